"""What hangs on one person, and what nobody new joins: facts about structures, no sentences."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from assetmap.model import (
    Activity,
    Initiative,
    InitiativeStatus,
    Membership,
    Neighbourhood,
    Person,
    Requirement,
    Status,
    Talent,
)
from assetmap.overview.common import live
from assetmap.sociometry import leaning_on_one

__all__ = ["Leaning", "Post", "Still", "leaning", "one_carrier", "posts", "still"]

PARTY = "party"


@dataclass(frozen=True, slots=True)
class Leaning:
    """A group whose ties fall apart without one of its people.

    Attributes
    ----------
    group, person : str
        Nodes.
    members : int
        How many take part, this person too.
    asked : int
        How many of them were asked about ties.
    parts : int
        Into how many parts the others fall.
    cut_off : int
        How many of them are then outside the largest part.
    top_share : float or None
        Which part of the agreed hours a third of the people does; None where they are not known.
    """

    group: str
    person: str
    members: int
    asked: int
    parts: int
    cut_off: int
    top_share: float | None


def leaning(graph: Any, hood: Neighbourhood, asof: dt.date, *, least: float) -> tuple[Leaning, ...]:
    """Return the groups of which so large a part is cut off when one person stops.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        As :func:`assetmap.graph.build` makes it: the neighbourhood on the day.
    hood : Neighbourhood
        The same, as tables.
    asof : date
        The day.
    least : float
        The part of the others that is outside the largest part, without this person.
    """
    hours = _hours(hood, asof)
    takers = _takers(graph)
    found = []
    for row in leaning_on_one(graph).to_dict("records"):
        others = row["members"] - 1
        cut = others - row["largest_after"]
        if cut >= least * others:
            group = str(row["group"])
            asked = sum("ties_asked_on" in graph.nodes[node] for node in takers[group])
            own = _top_share(hours.get(group, {}).values())
            found.append(
                Leaning(
                    group,
                    str(row["person"]),
                    int(row["members"]),
                    asked,
                    int(row["parts_after"]),
                    int(cut),
                    own,
                )
            )
    return tuple(found)


def _hours(hood: Neighbourhood, asof: dt.date) -> Mapping[str, Mapping[str, float]]:
    """Return the agreed hours of each person in each initiative and organisation."""
    found = defaultdict[str, dict[str, float]](lambda: defaultdict(float))
    for row in hood.memberships:
        if row.hours_week is None or not live(row, asof):
            continue
        for party in hood.matches(row.party, "initiatives", "organisations"):
            for member in hood.matches(row.member, "people"):
                found[f"{party.key}:{party.id}"][str(member.id)] += row.hours_week
    return found


def _top_share(hours: Iterable[float]) -> float | None:
    """Return which part of the hours the busiest third does, rounded up to whole people."""
    own = sorted(hours, reverse=True)
    total = sum(own)
    if len(own) < 3 or not total:
        return None
    return sum(own[: -(-len(own) // 3)]) / total


def _takers(graph: Any) -> Mapping[str, set[str]]:
    """Return for each initiative and organisation the people who take part or manage."""
    found = defaultdict[str, set[str]](set)
    for one, other, facts in graph.edges(data=True):
        kind = facts["kind"]
        if kind == "member_of" and one.startswith("person:"):
            found[other].add(one)
        elif kind == "managed_by" and other.startswith("person:"):
            found[one].add(other)
    return found


def _runs(row: Initiative) -> bool:
    """Tell whether an initiative is past being an idea, and has not ended."""
    return row.status not in {InitiativeStatus.IDEA, InitiativeStatus.ENDED}


def one_carrier(graph: Any, hood: Neighbourhood, asof: dt.date) -> tuple[tuple[str, str], ...]:
    """Return the initiatives in which one person takes part or manages, and nobody else does.

    Only those of which somebody filled in who takes part: a manager alone says nothing of that.
    """
    told = {row.party.removeprefix("initiative:") for row in hood.memberships if live(row, asof)}
    takers = _takers(graph)
    found = []
    for row in sorted(hood.initiatives, key=lambda row: row.initiative):
        own = set(takers.get(f"initiative:{row.initiative}", ()))
        if _runs(row) and row.initiative in told and len(own) == 1:
            found.append((f"initiative:{row.initiative}", own.pop()))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Post:
    """A post that activities cannot do without, and that one person can fill.

    Attributes
    ----------
    what : str
        The post, such as ``cook``.
    carrier : str
        The person.
    activities : tuple of str
        Ids of the activities of which this is so; sorted.
    """

    what: str
    carrier: str
    activities: tuple[str, ...]


def posts(hood: Neighbourhood, asof: dt.date) -> tuple[Post, ...]:
    """Return the posts of activities that go on, with just one person who can fill them.

    A post is filled as in the week's proposals: by a live talent of that category, or one below
    it, whose owner is the initiative, belongs to it or goes there anyway; or by a member with
    that role. A party that must be there is no post.
    """
    members = defaultdict[str, list[Membership]](list)
    for row in hood.memberships:
        if live(row, asof):
            members[row.party.removeprefix("initiative:")].append(row)
    offers = defaultdict[str, list[Talent]](list)
    for talent in hood.talents:
        if live(talent, asof):
            offers[talent.category].append(talent)
    found = defaultdict[tuple[str, str], set[str]](set)
    for activity in hood.activities:
        if _goes_on(hood, activity, asof):
            for wanted in activity.requires or ():
                own = set(_fillers(hood, activity, wanted, members, offers))
                if wanted.what != PARTY and len(own) == 1 and min(own).startswith("person:"):
                    found[wanted.what, min(own)].add(activity.activity)
    return tuple(
        Post(what, carrier, tuple(sorted(own))) for (what, carrier), own in sorted(found.items())
    )


def _goes_on(hood: Neighbourhood, row: Activity, asof: dt.date) -> bool:
    owner = hood.index["initiatives"].get((row.initiative or "").removeprefix("initiative:"))
    if row.status is Status.PAST or (isinstance(owner, Initiative) and not _runs(owner)):
        return False
    last = row.start.date() if row.rrule is None else row.until
    return last is None or asof <= last


def _fillers(
    hood: Neighbourhood,
    activity: Activity,
    wanted: Requirement,
    members: Mapping[str, list[Membership]],
    offers: Mapping[str, list[Talent]],
) -> Iterator[str]:
    party = (activity.initiative or "").removeprefix("initiative:")
    inside = {ref for row in members[party] for ref in _refs(hood, row.member)}
    inside |= {f"initiative:{party}"} if party else set()
    fitting = (own for category, own in offers.items() if _is(hood, category, wanted.what))
    for talent in chain.from_iterable(fitting):
        goes = (talent.going_to or "").removeprefix("activity:") == activity.activity
        for ref in _refs(hood, talent.owner):
            if goes or ref in inside:
                yield ref
    for row in members[party]:
        if row.role is not None and _is(hood, row.role, wanted.what):
            yield from _refs(hood, row.member)


def _refs(hood: Neighbourhood, ref: str) -> list[str]:
    parties = hood.matches(ref, "people", "initiatives", "organisations")
    return [f"{row.key}:{row.id}" for row in parties]


def _is(hood: Neighbourhood, category: str, what: str) -> bool:
    tree = hood.tree
    return category == what or (category in tree and what in tree.ancestors(category))


@dataclass(frozen=True, slots=True)
class Still:
    """An initiative that nobody new has joined for long.

    Attributes
    ----------
    initiative : str
        Id.
    newest : date
        The day on which the newest resident joined.
    members : int
        How many residents take part.
    """

    initiative: str
    newest: dt.date
    members: int


def still(
    hood: Neighbourhood, asof: dt.date, *, days: int
) -> tuple[tuple[Still, ...], tuple[str, ...]]:
    """Return the initiatives whose newest resident joined longer ago, and those not known.

    Of a resident without a first day it is not known when they joined: then nothing is said of
    the initiative, unless somebody else joined lately.
    """
    own = defaultdict[str, list[Membership]](list)
    for row in hood.memberships:
        residents = [
            person
            for person in hood.matches(row.member, "people")
            if isinstance(person, Person) and not person.is_worker
        ]
        if residents and live(row, asof):
            own[row.party.removeprefix("initiative:")].append(row)
    found, unknown = [], []
    for initiative in sorted(hood.initiatives, key=lambda row: row.initiative):
        rows = own[initiative.initiative]
        joined = [row.since for row in rows if row.since is not None]
        if not rows or not _runs(initiative):
            continue
        newest = max(joined, default=None)
        if newest is not None and newest >= asof - dt.timedelta(days=days):
            continue
        if newest is None or len(joined) < len(rows):
            unknown.append(initiative.initiative)
        else:
            members = len({row.member for row in rows})
            found.append(Still(initiative.initiative, newest, members))
    return tuple(found), tuple(unknown)
