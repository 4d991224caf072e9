"""What residents run: organisations, initiatives with their members and dates, agreements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from assetmap.model import (
    Activity,
    Agreement,
    Initiative,
    InitiativeStatus,
    Membership,
    Organisation,
    Record,
    Responsibility,
    TieKind,
)
from assetmap.schedule import occurrences
from assetmap.synthetic.acquaintance import Pairs
from assetmap.synthetic.draws import Draws
from assetmap.synthetic.ground import KINDS_OF_PLACE
from assetmap.synthetic.people import workers
from assetmap.synthetic.recipe import Recipe
from assetmap.synthetic.residents import Residents
from assetmap.synthetic.words import Words, stock

__all__ = ["Party", "activities", "agreements", "initiatives", "memberships", "organisations"]

_KINDS = (
    "team",
    "welfare",
    "municipality",
    "housing_corporation",
    "police",
    "church",
    "school",
    "general_practice",
    "association",
)
_GOING = frozenset({InitiativeStatus.RUNNING, InitiativeStatus.INDEPENDENT})
_AT_THE_TABLE = ("o3", "o4", "o5")
"""Municipality, landlord and police: they come to the question hour."""
RUNS_FOR = 300
"""Days since which what goes on goes on."""


@dataclass(frozen=True, eq=False)
class Party:
    """One initiative, before it becomes records.

    Attributes
    ----------
    id : str
        Its id.
    shape : Mapping
        What it is, as in the list of initiatives.
    centre : int
        Of which community centre.
    area : int
        Where.
    members : tuple of int
        Positions of its people; the first runs it.
    activities : tuple of str
        Ids of what it does.
    """

    id: str
    shape: Mapping[str, Any]
    centre: int
    area: int
    members: tuple[int, ...]
    activities: tuple[str, ...]

    @property
    def status(self) -> InitiativeStatus:
        """The stage of its life."""
        return InitiativeStatus(self.shape.get("status", "running"))

    @property
    def going(self) -> bool:
        """Whether it is going on."""
        return self.status in _GOING


def organisations(words: Words) -> list[Organisation]:
    """Make the organisations around the neighbourhood."""
    return [
        Organisation(
            organisation=f"o{number + 1}",
            name=words.one("organisations", number),
            kind=kind,
            area="b1" if number in {5, 6, 8} else None,
            parent="o3" if kind == "team" else None,
        )
        for number, kind in enumerate(_KINDS)
    ]


def parties(residents: Residents, draws: Draws, recipe: Recipe, words: Words) -> list[Party]:
    """Draw the initiatives around every centre, with the people in them."""
    shapes: list[Mapping[str, Any]] = stock("initiatives")["initiative"]
    ground, found, activity = residents.ground, list[Party](), 0
    for number in range(ground.centres * len(shapes)):
        centre, which = divmod(number, len(shapes))
        shape = shapes[which]
        names = []
        for _ in shape.get("activities", ()):
            names.append(words.id("a", activity))
            activity += 1
        wanted = recipe.centre_volunteers if which == 0 else shape["members"]
        found.append(
            Party(
                id=words.id("i", number),
                shape=shape,
                centre=centre,
                area=(ground.area_of_centre(centre) + shape["at"] // 2) % ground.areas,
                members=_members(residents, draws, number, centre, wanted),
                activities=tuple(names),
            )
        )
    return found


def _members(
    residents: Residents, draws: Draws, number: int, centre: int, wanted: int
) -> tuple[int, ...]:
    """Draw people from the areas around a centre, the well-known more often."""
    ground = residents.ground
    last = ground.area_of_centre(centre + 1) if centre + 1 < ground.centres else ground.areas
    edges = residents.area_edges
    low, high = int(edges[ground.area_of_centre(centre)]), int(edges[last])
    able = residents.adults[(residents.adults >= low) & (residents.adults < high)]
    able = able[~residents.solitary[able]]
    if len(able) == 0:
        able = residents.adults
    stream = draws.stream("members", number)
    drawn = able[stream.chosen(4 * wanted, residents.fame[able])]
    first = np.sort(np.unique(drawn, return_index=True)[1])[:wanted]
    return tuple(int(n) for n in drawn[first])


def met(found: list[Party]) -> Pairs:
    """Let the members of an initiative know the one who runs it, and two others."""
    a, b = [], []
    for party in found:
        ring = party.members
        for at, person in enumerate(ring[1:], 1):
            others = {ring[0], ring[at % (len(ring) - 1) + 1]} - {person}
            for other in sorted(others):
                a.append(person)
                b.append(other)
    return Pairs(TieKind.ACQUAINTANCE, np.asarray(a, np.int64), np.asarray(b, np.int64))


def initiatives(
    found: list[Party], residents: Residents, words: Words, *, start: dt.date
) -> list[Initiative]:
    """Make the initiatives."""
    made = []
    for number, party in enumerate(found):
        at = party.centre * KINDS_OF_PLACE + party.shape["at"]
        languages = party.shape.get("languages", "nl")
        made.append(
            Initiative(
                initiative=party.id,
                name=words.title(party.shape["name"], number),
                kind=party.shape["kind"],
                place=words.id("pl", at),
                area=f"b{party.area + 1}",
                manager=residents.ids[party.members[0]],
                host="o9" if party.shape["at"] == 0 else "o2",
                status=party.status,
                status_since=start - dt.timedelta(days=RUNS_FOR + number * 37 % 900),
                accessible=number % 4 != 3,
                languages=languages,
                support=("none", "some", "much")[number % 3],
                found_on=start - dt.timedelta(days=RUNS_FOR + number * 53 % 1200),
                visible=number % 7 != 6,
            )
        )
    return made


def activities(found: list[Party], words: Words, *, start: dt.date) -> list[Activity]:
    """Make what there is to join: what comes back, and what is once only."""
    made, times = list[Activity](), dict[tuple[str, str], dict[str, Any]]()
    for party in found:
        for name, shape in zip(party.activities, party.shape.get("activities", ()), strict=True):
            key = (shape["category"], shape[words.language])
            if key not in times:
                times[key] = _when(shape, start)
            cells = times[key] | _further(shape, words)
            at = party.centre * KINDS_OF_PLACE + party.shape["at"]
            made.append(
                Activity(
                    activity=name,
                    initiative=party.id,
                    name=words.title(shape, len(made)),
                    category=shape["category"],
                    place=words.id("pl", at),
                    area=f"b{party.area + 1}",
                    minutes=shape["minutes"],
                    capacity=shape.get("seats"),
                    requires=shape.get("requires"),
                    languages=party.shape.get("languages", "nl"),
                    **cells,
                )
            )
    return made


def _when(shape: Mapping[str, Any], start: dt.date) -> dict[str, Any]:
    clock = dt.time.fromisoformat(shape["from"])
    if "on" in shape:
        day = start + dt.timedelta(days=shape["on"])
        status = "past" if day < start else "planned"
        return {"start": dt.datetime.combine(day, clock), "status": status}
    begin = dt.datetime.combine(start - dt.timedelta(days=RUNS_FOR), clock)
    after = begin + dt.timedelta(days=600)
    dates = occurrences(begin, rrule=shape["every"], after=begin.date(), before=after)
    ahead = [moment.date() for moment in dates if moment.date() > start + dt.timedelta(days=210)]
    cells: dict[str, Any] = {"start": dates[0], "rrule": shape["every"], "status": "running"}
    if shape["category"] == "community_dinner":
        cells["except"] = (ahead[2],)
    if shape["category"] == "gym_class":
        cells["until"] = ahead[-1]
    return cells


def _further(shape: Mapping[str, Any], words: Words) -> dict[str, Any]:
    cells: dict[str, Any] = {"setting": "group"}
    if "fee" in shape:
        cells["fee_eur"] = shape["fee"]
    if shape.get("women"):
        cells["audience"] = (words.kept("women"),)
    if shape.get("seats", 99) < 10:
        cells["setting"] = "small_group"
    return cells


def memberships(
    found: list[Party], residents: Residents, words: Words, *, start: dt.date
) -> list[Membership]:
    """Make who belongs to what: workers to their team, residents to what they run or join."""
    made = [
        Membership(
            member=words.id("w", n),
            party="o2" if n % 3 == 0 else "o1",
            role=words.one("functions", n),
            reward="employed",
            hours_week=16 + 4 * (n % 4),
            purpose=("cases", "community")[n % 2],
            since=start - dt.timedelta(days=400 + 30 * n % 1500),
        )
        for n in range(workers(residents.count))
    ]
    made.append(Membership(member="o8", party="o9", since=start - dt.timedelta(days=900)))
    for number, party in enumerate(found):
        if party.shape["kind"] == "community_centre":
            made += [Membership(member=each, party=party.id) for each in _AT_THE_TABLE]
        for at, person in enumerate(party.members):
            role = 0 if at == 0 else 1 if at < 4 or party.shape["kind"] == "community_centre" else 2
            made.append(
                Membership(
                    member=residents.ids[person],
                    party=party.id,
                    role=words.kept("roles", role),
                    reward="allowance" if at == 1 else "none",
                    hours_week=(4, 2, 1)[role],
                    hour_eur="2.00" if at == 1 else None,
                    since=start - dt.timedelta(days=30 + (number * 31 + at * 17) % 1000),
                    until=start - dt.timedelta(days=10) if at == 7 and number % 3 == 0 else None,
                )
            )
    return made


def agreements(found: list[Party], words: Words, *, start: dt.date) -> list[Record]:
    """Make who holds the keys when, and what was agreed on."""
    made: list[Record] = []
    size = len(stock("initiatives")["initiative"])
    since = start - dt.timedelta(days=RUNS_FOR)
    for centre in range(len(found) // size):
        own = found[centre * size : (centre + 1) * size]
        place = words.id("pl", centre * KINDS_OF_PLACE)
        week = "Mon 08:00-22:30 | Tue 08:00-22:30 | Wed 08:00-22:30 | Thu 08:00-22:30"
        made += [
            Responsibility(place=place, party=own[0].id, when=week, from_=since),
            Responsibility(
                place=place,
                party=own[2].id,
                when="Fri 18:00-Sun 18:00",
                from_=since,
                until=start + dt.timedelta(days=400),
            ),
        ]
        for which, (kind, status, claim) in enumerate(_DEALS):
            made.append(
                Agreement(
                    agreement=words.id("ag", centre * len(_DEALS) + which),
                    kind=kind,
                    from_party="o3",
                    to_party=own[(0, 6, 1, 0)[which]].id,
                    about=words.one("duties", which),
                    claim=claim,
                    amount_eur=f"{1200 + 400 * which}.50",
                    status=status,
                    since=since + dt.timedelta(days=30 * which),
                    until=start + dt.timedelta(days=500) if which < 2 else None,
                )
            )
    return made


_DEALS = (
    ("task", "running", None),
    ("budget", "running", None),
    ("contract", "agreed", None),
    ("challenge", "negotiating", "better"),
)
