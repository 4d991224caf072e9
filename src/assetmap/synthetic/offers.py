"""What a made-up neighbourhood offers: residents, initiatives, organisations and places."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from assetmap.model import Role, Talent, Term
from assetmap.schedule import parse_windows
from assetmap.synthetic.draws import Draws, Whole
from assetmap.synthetic.ground import KINDS_OF_PLACE
from assetmap.synthetic.parties import Party
from assetmap.synthetic.people import DAYTIME, EVENINGS
from assetmap.synthetic.recipe import Recipe
from assetmap.synthetic.residents import OLD, Residents
from assetmap.synthetic.words import Words, shares

__all__ = ["Offered", "offered", "talents"]

_TERMS = (Term.ONCE, Term.SHORT, Term.LONG, None)


@dataclass(frozen=True, eq=False)
class Offered:
    """The talents of residents as columns, in the order of their owners.

    Attributes
    ----------
    owner : array of int
        Positions of the residents.
    category : array of int
        Place in `categories`.
    categories : tuple of str
        Ids of categories; the last is that of drivers.
    volunteer : array of bool
        Offered as a volunteer.
    goes : array of int
        For drivers who go to an activity anyway, its place among all; else -1.
    """

    owner: Whole
    category: Whole
    categories: tuple[str, ...]
    volunteer: np.ndarray[Any, np.dtype[np.bool_]]
    goes: Whole

    @property
    def count(self) -> int:
        """How many."""
        return len(self.owner)


def offered(
    residents: Residents, draws: Draws, recipe: Recipe, activities: Sequence[Any]
) -> Offered:
    """Draw which residents offer what."""
    stream = draws.stream("offers")
    total = round(recipe.talents_per_resident * residents.count)
    order = residents.adults[np.argsort(stream.uniform(len(residents.adults)), kind="stable")]
    givers = order[: max(1, round(recipe.offering * len(order)))]
    volunteers = np.zeros(residents.count, dtype=np.bool_)
    volunteers[order[: round(recipe.volunteering * len(order))]] = True
    more = givers[stream.whole(max(total - len(givers), 0), len(givers))]
    owner = np.concatenate([givers[:total], more])
    names, weights = shares("offered")
    category = stream.chosen(len(owner), weights)
    drivers = min(len(owner), max(1, round(recipe.drivers * int(residents.riders.sum()))))
    goes = np.full(len(owner), -1)
    able = np.flatnonzero(~residents.riders[owner])[:drivers]
    goes[able] = stream.whole(len(able), len(activities))
    category = np.where(goes >= 0, len(names), category)
    first = np.arange(len(owner)) < len(givers)
    volunteer = volunteers[owner] & (first | stream.flags(len(owner), 0.5))
    kept = np.argsort(owner, kind="stable")
    return Offered(
        owner=owner[kept],
        category=category[kept].astype(np.int64),
        categories=(*names, "ride_to_activity"),
        volunteer=volunteer[kept],
        goes=goes[kept].astype(np.int64),
    )


def talents(
    found: Offered,
    residents: Residents,
    draws: Draws,
    words: Words,
    *,
    going: Sequence[Any],
    start: dt.date,
) -> list[Talent]:
    """Make the talents of residents."""
    return _Maker(found, residents, draws, words, going=going, start=start).everything()


class _Maker:
    """Makes the talents of residents one by one from columns drawn at once."""

    def __init__(
        self,
        found: Offered,
        residents: Residents,
        draws: Draws,
        words: Words,
        *,
        going: Sequence[Any],
        start: dt.date,
    ) -> None:
        self.found, self.residents, self.words = found, residents, words
        self.going, self.start = going, start
        self.columns = self._drawn(draws)
        self.old = (residents.age >= OLD).tolist()

    def _drawn(self, draws: Draws) -> dict[str, list[Any]]:
        stream, count = draws.stream("talents"), self.found.count
        return {
            "term": stream.chosen(count, (20, 35, 15, 30)).tolist(),
            "plain": stream.flags(count, 0.3).tolist(),
            "per_week": stream.chosen(count, (0, 55, 30, 15)).tolist(),
            "says_often": stream.flags(count, 0.7).tolist(),
            "times": stream.whole(count, 40).tolist(),
            "far": stream.chosen(count, (20, 30, 30, 20)).tolist(),
            "seats": stream.chosen(count, (0, 25, 30, 30, 15)).tolist(),
            "wheels": stream.flags(count, 0.15).tolist(),
            "rare": stream.whole(count, 200).tolist(),
            "text": stream.whole(count, 1000).tolist(),
            "says": stream.flags(count, 0.35).tolist(),
        }

    def everything(self) -> list[Talent]:
        """Make all talents of residents."""
        found, columns = self.found, self.columns
        owner, category = found.owner.tolist(), found.category.tolist()
        volunteer, goes = found.volunteer.tolist(), found.goes.tolist()
        made = []
        for at in range(found.count):
            cells: dict[str, Any] = {
                "talent": self.words.id("t", at),
                "owner": self.residents.ids[owner[at]],
                "category": found.categories[category[at]],
            }
            if volunteer[at]:
                cells["role"] = Role.VOLUNTEER
            elif columns["plain"][at]:
                cells["role"] = Role.NEIGHBOUR
            if (term := _TERMS[columns["term"][at]]) is not None:
                cells["term"] = term
            if columns["says_often"][at]:
                cells["per_week"] = columns["per_week"][at]
            if columns["far"][at]:
                cells["max_km"] = (0.5, 1.5, 3.0)[columns["far"][at] - 1]
            if columns["says"][at]:
                cells["description"] = self.words.one("offers", columns["text"][at])
            if found.categories[category[at]].startswith("ride"):
                cells |= self._ride(at, goes[at])
            elif columns["times"][at] < 5:
                times = DAYTIME if self.old[owner[at]] else EVENINGS
                cells["available"] = times[columns["times"][at]]
            cells |= self._rarely(at)
            made.append(Talent.model_validate(cells))
        return made

    def _ride(self, at: int, goes: int) -> dict[str, Any]:
        """Return what a ride says: many drive in the daytime, few go to an evening anyway."""
        cells: dict[str, Any] = {"seats": self.columns["seats"][at]}
        if self.columns["wheels"][at]:
            cells["wheelchair"] = True
        if goes < 0:
            cells["available"] = _DAY_RIDES[at % len(_DAY_RIDES)]
        else:
            activity = self.going[goes]
            cells |= {"going_to": activity.activity, "max_km": 5.0, "term": Term.LONG}
            cells |= {"available": _ALWAYS, "role": Role.VOLUNTEER, "per_week": 3}
        return cells

    def _rarely(self, at: int) -> dict[str, Any]:
        """Return what few offers say."""
        number, words, cells = self.columns["rare"][at], self.words, dict[str, Any]()
        day = dt.timedelta(days=number)
        match number:
            case 0 | 1:
                cells["hours_week"] = 4.0
            case 2 | 3:
                cells["conditions"] = words.one("conditions", at)
            case 4:
                cells |= {"reward": "allowance", "fee_eur": "2.50"}
            case 5 | 6:
                here = int(self.residents.area[self.found.owner[at]])
                cells["areas"] = (f"b{here + 1}",)
            case 7:
                cells["languages"] = ("nl", "en")
            case 8 | 9:
                cells["source"] = words.one("sources", at)
            case 10:
                cells["event"] = words.one("events", at)
            case 11 | 12:
                cells["from_"] = self.start - 20 * day
            case 13:
                cells["until"] = self.start + 20 * day
            case _:
                pass
        return cells


_DAY_RIDES = tuple(
    parse_windows(text)
    for text in (
        "Mon 09:00-12:00 | Wed 09:00-12:00",
        "Tue 13:00-17:00 | Thu 13:00-17:00",
        "Fri 09:00-16:00",
    )
)
_ALWAYS = parse_windows("Mon-Sun 08:00-23:30")


def of_parties(
    parties: Sequence[Party],
    residents: Residents,
    words: Words,
    *,
    first: int,
    places: Sequence[Any],
) -> list[Talent]:
    """Make what initiatives need to run (a cook, a host), and what parties have to offer.

    Parameters
    ----------
    parties : sequence of Party
        The initiatives.
    residents : Residents
        Who lives there.
    words : Words
        The texts.
    first : int
        How many talents there are already.
    places : sequence of Place
        The places.
    """
    made: list[Mapping[str, Any]] = []
    for party in parties:
        for shape in party.shape.get("activities", ()):
            what = str(shape.get("requires", "")).partition(":")[0]
            if what in {"cook", "host"}:
                cook = residents.ids[party.members[1 % len(party.members)]]
                made.append(
                    {"owner": cook, "category": what, "role": "volunteer", "term": "long"}
                    | {"per_week": 4, "hours_week": 8.0, "available": _ALWAYS, "reward": "none"}
                )
        if party.going:
            made.append(
                {"owner": party.id, "category": party.shape["kind"], "per_week": 6}
                | {"place": words.id("pl", party.centre * KINDS_OF_PLACE + party.shape["at"])}
            )
    for number, place in enumerate(places):
        made.append({"owner": place.place, "category": "space", "place": place.place})
        if number % KINDS_OF_PLACE == 0:
            made += [
                {"owner": "o3", "category": "money", "amount_eur": "5000.00"},
                {"owner": "o3", "category": "permission"},
                {"owner": "o4", "category": "land"},
                {"owner": "o2", "category": "knowledge", "reward": "employed"},
            ]
    workers = [
        {"owner": words.id("w", n), "category": "social_work", "role": "professional"}
        for n in range(3)
    ]
    helping = [{"owner": "o1", "category": "debt_help", "role": "professional", "per_week": 3}]
    return [
        Talent.model_validate({"talent": words.id("t", first + n), **cells})
        for n, cells in enumerate([*made, *workers, *helping])
    ]
