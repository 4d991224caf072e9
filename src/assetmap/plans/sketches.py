"""Plans of one giver that differ in their time alone, written out only when they are weighed."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from heapq import nsmallest
from itertools import groupby
from typing import TYPE_CHECKING

from assetmap.model import Leg, Rung
from assetmap.plans.options import Giver, Option, Part, code_of

if TYPE_CHECKING:
    from assetmap.plans.asks import Ask, Slot
    from assetmap.plans.offers import Offer
    from assetmap.plans.outcome import Doubt

__all__ = ["Hand", "Sketch", "Time", "best"]

Time = tuple[dt.datetime | dt.date, dt.datetime | None]
"""When a plan begins and ends; a bare date is some time in that week."""


@dataclass(eq=False)
class Hand:
    """Somebody who could give all that a need takes, whatever the date.

    Attributes
    ----------
    ask : Ask
        The need.
    offer : Offer
        With what.
    leg : Leg
        Which part.
    rung, step : Rung, int
        The step of the ladder, and its place in the order that holds for this need.
    points : Mapping[str, int]
        What it adds to `fit`.
    ask_about : callable
        Returns what to ask about.
    """

    ask: Ask
    offer: Offer
    leg: Leg
    rung: Rung
    step: int
    points: Mapping[str, int]
    ask_about: Callable[[], tuple[Doubt, ...]] = field(repr=False)

    @cached_property
    def total(self) -> int:
        """Its points together."""
        return sum(self.points.values())

    @cached_property
    def doubts(self) -> tuple[Doubt, ...]:
        """What to ask about."""
        return self.ask_about()

    def giver(self, start: dt.datetime | None = None, end: dt.datetime | None = None) -> Giver:
        """Return the giver at a time."""
        return Giver(
            leg=self.leg,
            offer=self.offer,
            rung=self.rung,
            step=self.step,
            points=self.points,
            doubts=self.doubts,
            start=start,
            end=end,
        )

    @cached_property
    def code(self) -> str:
        """The code of plans with this giver alone."""
        return code_of([self.giver().identity])


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """All plans of one giver for one occurrence of a need.

    Attributes
    ----------
    hand : Hand
        Who gives it.
    slot : Slot
        Which occurrence.
    times : Mapping[int, tuple of (start, end)]
        When it could be, by week of the horizon.
    """

    hand: Hand
    slot: Slot
    times: Mapping[int, Sequence[Time]]

    def __len__(self) -> int:
        """Return how many plans these are."""
        return sum(map(len, self.times.values()))

    def options(self) -> Iterator[Option]:
        """Yield all plans."""
        for week, times in self.times.items():
            for time in times:
                yield self.option(week, time)

    def option(self, week: int, time: Time) -> Option:
        """Return the plan at a time."""
        hand, (start, end) = self.hand, time
        if isinstance(start, dt.datetime):
            giver = hand.giver(start, start if end is None else end)
        else:
            giver = hand.giver()
        return Option(
            ask=hand.ask,
            slot=self.slot,
            offer=hand.offer,
            parts=(Part(hand.leg, (giver,)),),
            start=start,
            end=end,
            week=week,
            step=hand.step,
        )

    def name(self, time: Time) -> str:
        """Return what the plan at a time is: the same as the key of its option."""
        return f"{self.hand.ask.id}#{self.slot.index}@{time[0].isoformat()}:{self.hand.code}"


def best(sketches: Iterable[Sketch], most: int) -> Iterator[Option]:
    """Yield at most so many plans of one occurrence, the best of them.

    A lower step comes first, then an earlier week, then more points, then the key.
    """
    steps: dict[int, list[Sketch]] = defaultdict(list)
    for sketch in sketches:
        steps[sketch.hand.step].append(sketch)
    for step in sorted(steps):
        ranked = sorted(steps[step], key=_points)
        for week in sorted({week for sketch in ranked for week in sketch.times}):
            for _, alike in groupby(ranked, key=_points):
                found = [(s, time) for s in alike for time in s.times.get(week, ())]
                if len(found) > most:
                    found = nsmallest(most, found, key=lambda pair: pair[0].name(pair[1]))
                for sketch, time in found:
                    yield sketch.option(week, time)
                most -= len(found)
                if not most:
                    return


def _points(sketch: Sketch) -> int:
    return -sketch.hand.total
