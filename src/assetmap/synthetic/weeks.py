"""What is heard and seen week by week: notes, doors, hours, contacts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from assetmap.model import (
    Channel,
    ContactDay,
    Observation,
    ObservationKind,
    Purpose,
    Reached,
    Record,
    TeamHours,
    Visit,
)
from assetmap.schedule import Week
from assetmap.synthetic.draws import Draws
from assetmap.synthetic.parties import Party
from assetmap.synthetic.people import worker_of, workers
from assetmap.synthetic.questions import due
from assetmap.synthetic.recipe import Recipe
from assetmap.synthetic.residents import Residents
from assetmap.synthetic.words import Words, shares

__all__ = ["Diary"]

_KINDS = tuple(ObservationKind)
_KIND_SHARES = (35, 22, 15, 20, 8)
_CHANNELS = (
    Channel.DROP_IN,
    Channel.DROP_IN,
    Channel.DOORSTEP,
    Channel.STREET,
    Channel.PHONE,
    Channel.MEETING,
    Channel.PARTNER,
    Channel.APP,
)
_SEASON = (1.1, 1.0, 1.0, 1.0, 1.05, 1.0, 0.75, 0.7, 1.1, 1.1, 1.15, 1.0)
"""How busy a month is; a holiday month is quieter. Assumed."""
_SCANNED = 6
"""One resident in so many lives behind a door that is rung at in 26 weeks."""
_HOURS = ((Purpose.CASES, 16.0), (Purpose.COMMUNITY, 8.0), (Purpose.OTHER, 3.0))
_ACTS = {ObservationKind.NEED: "o1", ObservationKind.TALENT: "o2", ObservationKind.IDEA: "o9"}


class Diary:
    """Writes down what happens, week after week; a week does not depend on what comes later."""

    def __init__(
        self,
        residents: Residents,
        draws: Draws,
        recipe: Recipe,
        words: Words,
        *,
        parties: Sequence[Party],
    ) -> None:
        self.residents, self.draws, self.recipe, self.words = residents, draws, recipe, words
        self.parties = parties
        self.team = workers(residents.count)
        self.company = residents.adults
        self.observations: list[Observation] = []
        self.visits: list[Visit] = []
        self.hours: list[TeamHours] = []
        self.contacts: list[ContactDay] = []
        self.heard = {kind: shares("heard", kind.value) for kind in _KINDS}

    def week(self, week: int, monday: dt.date) -> None:
        """Write one week."""
        first = len(self.visits)
        self._doors(week, monday)
        self._notes(week, monday, doors=self.visits[first:])
        self._hours(week, monday)
        self._contacts(week, monday)

    def everything(self) -> Iterator[Record]:
        """Yield all that was written down."""
        yield from self.observations
        yield from self.visits
        yield from self.hours
        yield from self.contacts

    def _doors(self, week: int, monday: dt.date) -> None:
        """Ring at the doors of one street or more."""
        count = max(due(self.residents.count / _SCANNED, week), int(week == 0))
        stream, ground = self.draws.stream("doors", week), self.residents.ground
        streets = int(self.residents.street[-1]) + 1
        reached = stream.flags(count, self.recipe.reached).tolist()
        outcome = stream.whole(count, 1000).tolist()
        for at in range(count):
            street = (week * 7 + at // ground.homes_per_street) % streets
            self.visits.append(
                Visit(
                    visit=self.words.id("v", len(self.visits)),
                    date=monday + dt.timedelta(days=1 + at % 3),
                    area=f"b{street // ground.streets_per_area + 1}",
                    street=ground.street(street, self.words),
                    reached=Reached.YES if reached[at] else Reached.NO,
                    outcome=self.words.one("outcomes", outcome[at]) if outcome[at] < 600 else None,
                )
            )

    def _notes(self, week: int, monday: dt.date, *, doors: Sequence[Visit]) -> None:
        """Write down what was heard: a few notes a week."""
        stream = self.draws.stream("notes", week)
        mean = self.recipe.notes_per_week * self.residents.count / 1200 * _SEASON[monday.month - 1]
        count = stream.often(mean) if week else max(1, stream.often(mean))
        days = sorted(stream.whole(count, 7).tolist())
        kinds = stream.chosen(count, _KIND_SHARES).tolist()
        who = self.company[stream.whole(count, len(self.company))].tolist()
        marks = stream.whole(count, 2**32).tolist()
        at = stream.uniform(count).tolist()
        for number, day in enumerate(days):
            kind = _KINDS[kinds[number]]
            names, weights = self.heard[kind]
            category = names[_pick(weights, at[number])]
            cells = self._note(kind, who[number], marks[number], doors)
            self.observations.append(
                Observation(
                    observation=self.words.id("ob", len(self.observations)),
                    date=monday + dt.timedelta(days=day),
                    kind=kind,
                    category=category,
                    review_on=monday + dt.timedelta(days=42) if marks[number] % 5 == 0 else None,
                    **cells,
                )
            )

    def _note(
        self, kind: ObservationKind, who: int, mark: int, doors: Sequence[Visit]
    ) -> dict[str, Any]:
        residents, words = self.residents, self.words
        area = int(residents.area[who])
        worker = words.id("w", worker_of(area, self.team, residents.ground.areas))
        channel = _CHANNELS[mark % len(_CHANNELS)]
        cells: dict[str, Any] = {
            "area": f"b{area + 1}",
            "reporter": worker,
            "to": _ACTS.get(kind, "o3"),
            "channel": channel,
            "note": words.one(f"heard_{kind.value}", mark // 8),
        }
        if kind is ObservationKind.COMPLAINT:
            other = self.company[mark % len(self.company)]
            cells["about"] = residents.ids[other]
        elif kind is ObservationKind.IDEA and mark % 3 == 0:
            cells["target_group"] = words.kept("youth")
            return cells
        if mark // 8 % 3:
            cells["speaker"] = residents.ids[who]
        cells["household"] = f"h{residents.home[who] + 1}"
        if channel is Channel.DOORSTEP and doors:
            cells["visit"] = doors[mark % len(doors)].visit
        if channel is Channel.MEETING:
            cells["initiative"] = self.parties[mark % len(self.parties)].id
        return cells

    def _hours(self, week: int, monday: dt.date) -> None:
        """Write down the hours of every worker, per purpose."""
        stream = self.draws.stream("hours", week)
        more = stream.whole(self.team * len(_HOURS), 9).tolist()
        for number in range(self.team * len(_HOURS)):
            purpose, usual = _HOURS[number % len(_HOURS)]
            self.hours.append(
                TeamHours(
                    week=str(Week.of(monday)),
                    worker=self.words.id("w", number // len(_HOURS)),
                    purpose=purpose,
                    hours=max(0.0, usual + more[number] / 2 - 2),
                )
            )

    def _contacts(self, week: int, monday: dt.date) -> None:
        """Count the contacts on two days of the week in every area."""
        areas = self.residents.ground.areas
        stream = self.draws.stream("contacts", week)
        many = stream.whole(2 * areas, 9).tolist()
        for number in range(2 * areas):
            self.contacts.append(
                ContactDay(
                    date=monday + dt.timedelta(days=1 + 2 * (number // areas)),
                    area=f"b{number % areas + 1}",
                    contacts=many[number],
                )
            )


def _pick(weights: Sequence[int], at: float) -> int:
    """Return which weight a fraction of their sum falls on."""
    left = at * sum(weights)
    for number, weight in enumerate(weights):
        left -= weight
        if left < 0:
            return number
    return len(weights) - 1
