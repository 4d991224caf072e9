"""What is asked in a made-up neighbourhood, week by week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from assetmap.categories import shipped
from assetmap.model import Activity, Channel, Need, Rung, Setting, Term
from assetmap.synthetic.draws import Draws, Whole
from assetmap.synthetic.parties import Party
from assetmap.synthetic.people import DAYTIME, EVENINGS, worker_of, workers
from assetmap.synthetic.recipe import Recipe
from assetmap.synthetic.residents import OLD, Residents
from assetmap.synthetic.words import Words, shares

__all__ = ["Asker", "Asking", "Calendar", "due"]

_TRIED = (("own_network",), ("own_network", "neighbour"))
_TERMS = (Term.ONCE, Term.SHORT, Term.LONG, None)
_CHANNELS = (
    Channel.DROP_IN,
    Channel.DOORSTEP,
    Channel.STREET,
    Channel.PHONE,
    Channel.APP,
    Channel.PARTNER,
    Channel.MEETING,
    Channel.CHURCH,
)
_DAYS = ("MO", "TU", "WE", "TH", "FR")


@dataclass(frozen=True, slots=True)
class Asking:
    """One question and who asks it, before what becomes of it is known.

    Attributes
    ----------
    cells : dict
        The cells of the need.
    asker : int
        Position of the resident.
    since : date
        Since when.
    activity : Activity or None
        What the asker would like to join.
    """

    cells: dict[str, Any]
    asker: int
    since: dt.date
    activity: Activity | None


def due(per_period: float, week: int, period: int = 26) -> int:
    """Return how many of something fall in one week, so that every period has its full number."""
    return int(per_period * (week + 1) / period + 1e-9) - int(per_period * week / period + 1e-9)


class Calendar:
    """What there is to join, by community centre and kind."""

    def __init__(self, parties: Sequence[Party], activities: Sequence[Activity]) -> None:
        by_id = {row.activity: row for row in activities}
        tree = shipped()
        self._joins: dict[tuple[int, str], list[Activity]] = {}
        for party in parties:
            for name in party.activities if party.going else ():
                row = by_id[name]
                root = (row.category, *tree.ancestors(row.category))[-1]
                if not row.audience and root != "knowledge":
                    self._joins.setdefault((party.centre, root), []).append(row)

    def near(self, centre: int, category: str) -> list[Activity]:
        """Return what there is around a centre for a question of a category."""
        return self._joins.get((centre, category), [])


class Asker:
    """Draws the questions of each week."""

    def __init__(
        self,
        residents: Residents,
        draws: Draws,
        recipe: Recipe,
        words: Words,
        *,
        calendar: Calendar,
    ) -> None:
        self.residents, self.draws, self.recipe, self.words = residents, draws, recipe, words
        self.calendar = calendar
        self.team = workers(residents.count)
        self.names, self.weights = shares("asked")

    @cached_property
    def askers(self) -> Whole:
        """Positions of the adults who ever ask; those who cannot walk far more often."""
        adults = self.residents.adults
        share = np.where(self.residents.riders[adults], 2.0, 1.0) * self.recipe.asking
        asks = adults[self.draws.stream("askers").flags(len(adults), share)]
        return asks if len(asks) else adults[:1]

    def of_initiatives(self, parties: Sequence[Party], start: dt.date) -> list[Need]:
        """Make what initiatives ask: land, money, permission, people."""
        found = list[Need]()
        for party in parties:
            for what in party.shape.get("asks", ()):
                number = len(found)
                cells: dict[str, Any] = {
                    "need": self.words.id("n", number),
                    "owner": party.id,
                    "category": what,
                    "since": start - dt.timedelta(days=1 + number * 13 % 120),
                    "talked": True,
                }
                if what == "homework":
                    cells |= {"people_needed": 2, "term": Term.SHORT}
                elif what == "money":
                    cells["amount_eur"] = f"{250 * (1 + number % 4)}.00"
                found.append(Need.model_validate(cells))
        return found

    def week(self, week: int, monday: dt.date, first: int) -> list[Asking]:
        """Draw the questions of one week, in order of time; ids count on from `first`."""
        count = due(self.recipe.needs_per_resident * self.residents.count, week)
        columns = self._drawn(week, count)
        return [self._one(at, first + at, monday, columns) for at in range(count)]

    def _drawn(self, week: int, count: int) -> Mapping[str, list[Any]]:
        stream = self.draws.stream("asked", week)
        return {
            "asker": self.askers[stream.whole(count, len(self.askers))].tolist(),
            "category": stream.chosen(count, self.weights).tolist(),
            "day": np.sort(stream.whole(count, 7)).tolist(),
            "urgency": stream.chosen(count, (15, 8, 17, 35, 18, 7)).tolist(),
            "talked": stream.uniform(count).tolist(),
            "tried": stream.whole(count, 8).tolist(),
            "term": stream.chosen(count, (40, 35, 10, 15)).tolist(),
            "hours": stream.whole(count, 8).tolist(),
            "when": stream.whole(count, 12).tolist(),
            "again": stream.whole(count, 40).tolist(),
            "wants": stream.uniform(count).tolist(),
            "channel": stream.whole(count, len(_CHANNELS)).tolist(),
            "rare": stream.whole(count, 60).tolist(),
        }

    def _one(
        self, at: int, number: int, monday: dt.date, columns: Mapping[str, list[Any]]
    ) -> Asking:
        asker, category = columns["asker"][at], self.names[columns["category"][at]]
        since = monday + dt.timedelta(days=columns["day"][at])
        cells: dict[str, Any] = {
            "need": self.words.id("n", number),
            "owner": self.residents.ids[asker],
            "category": category,
            "since": since,
        }
        cells |= self._told(at, columns)
        cells |= self._how(at, asker, columns)
        area = int(self.residents.area[asker])
        centre = self.residents.ground.centre_of(area)
        joins = self.calendar.near(centre, category)
        activity = joins[number % len(joins)] if joins and columns["wants"][at] < 0.4 else None
        if activity is not None:
            cells["wants"] = (activity.activity,)
            cells.pop("when", None)
        cells |= self._rarely(number, columns["rare"][at], cells, area)
        return Asking(cells, asker, since, activity)

    def _told(self, at: int, columns: Mapping[str, list[Any]]) -> dict[str, Any]:
        cells: dict[str, Any] = {"channel": _CHANNELS[columns["channel"][at]]}
        if columns["urgency"][at]:
            cells["urgency"] = columns["urgency"][at]
        told = columns["talked"][at]
        if told < self.recipe.talked:
            cells["talked"] = True
        elif told < self.recipe.talked + (1 - self.recipe.talked) / 4:
            cells["talked"] = False
        if columns["tried"][at] < len(_TRIED):
            cells["tried"] = _TRIED[columns["tried"][at]]
        return cells

    def _how(self, at: int, asker: int, columns: Mapping[str, list[Any]]) -> dict[str, Any]:
        cells: dict[str, Any] = {}
        if (term := _TERMS[columns["term"][at]]) is not None:
            cells["term"] = term
        if columns["hours"][at] < 4:
            cells["hours"] = (0.5, 1.0, 2.0, 3.0)[columns["hours"][at]]
        if columns["when"][at] < 5:
            times = DAYTIME if self.residents.age[asker] >= OLD else EVENINGS
            cells["when"] = times[columns["when"][at]]
        if columns["again"][at] < len(_DAYS):
            cells |= {"rrule": f"FREQ=WEEKLY;BYDAY={_DAYS[columns['again'][at]]}"}
            cells["term"] = Term.LONG
            cells.pop("when", None)
        return cells

    def _rarely(
        self, number: int, rare: int, cells: Mapping[str, Any], area: int
    ) -> dict[str, Any]:
        """Return what few questions say."""
        words, since = self.words, cells["since"]
        if cells["category"] in {"debt_help", "social_work"}:
            worker = worker_of(area, self.team, self.residents.ground.areas)
            return {"worker": words.id("w", worker), "sensitive": True}
        match rare:
            case 40 | 41:
                return {"formal_route": words.one("formal", number), "formal_open": rare == 41}
            case 42 | 43 | 44:
                return {"context": (words.kept("contexts", number),)}
            case 45 | 46:
                return {"source": words.one("sources", number)}
            case 50 | 51:
                return {"review_on": since + dt.timedelta(days=60)}
            case 47:
                return {"event": words.one("events", number)}
            case 48:
                return {"not_area": ("yes",) if number % 2 else (f"b{area + 1}",)}
            case 49:
                worker = worker_of(area, self.team, self.residents.ground.areas)
                return {"worker": words.id("w", worker)}
            case _:
                return dict(_RARE[rare]) if rare < len(_RARE) else {}


_RARE: tuple[Mapping[str, Any], ...] = (
    {"languages": ("nl",), "language_hard": True},
    {"languages": ("ar",), "language_hard": True},
    {"not_known": True},
    {"sensitive": True},
    {"max_km": 1.0},
    {"max_km": 2.5},
    {"fee_max_eur": "0.00"},
    {"fee_max_eur": "3.50"},
    {"setting": Setting.QUIET},
    {"setting": Setting.SMALL_GROUP},
    {"people_needed": 2},
    {"tried": (Rung.OWN_NETWORK.value, Rung.NEIGHBOUR.value, Rung.INITIATIVE.value)},
)
