"""When two sides could meet: shared windows laid on the calendar, worked out once for all pairs.

Many pairs of people share the very same hours, and many of them none at all. So the hours of each
side are kept as a whole number with one bit per minute of the week; what two sides share is then
one operation, and the dates that follow from it are remembered.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from assetmap.schedule import Window, common, dated, ends

if TYPE_CHECKING:
    from assetmap.plans.asks import Slot
    from assetmap.plans.scene import Scene

__all__ = ["Dates", "Hours", "Span", "Suited", "minutes_of_week"]

WEEK = 7 * 24 * 60
Windows = tuple[Window, ...]
Span = tuple[dt.datetime, dt.datetime]
Dates = Mapping[int, tuple[Span, ...]]
"""Beginnings and ends, by week of the horizon."""
Taken = Callable[[dt.datetime, dt.datetime], dt.datetime | None]
"""Until when what begins between two moments has to wait; None: both sides are free."""


@lru_cache(maxsize=4096)
def minutes_of_week(windows: Windows) -> int:
    """Return windows as a whole number: bit m is on where minute m of the week is inside.

    Examples
    --------
    >>> minutes_of_week((Window(0, 3), Window(10079, 10081))) == 0b111 + (1 << 10079)
    True
    """
    bits = 0
    for window in windows:
        bits |= ((1 << window.minutes) - 1) << window.start
    return (bits | bits >> WEEK) & ((1 << WEEK) - 1)


@dataclass(frozen=True, eq=False)
class Suited:
    """The windows that suit both sides, for something of a certain length.

    Attributes
    ----------
    windows : tuple of Window
        The windows; none where nothing suits.
    minutes : int
        How long it takes.
    laid : dict
        The dates that were worked out already.
    """

    windows: Windows
    minutes: int
    laid: dict[tuple[int, dt.date, dt.date], Dates] = field(default_factory=dict, repr=False)


class Hours:
    """The dates that follow from the hours of two sides.

    Parameters
    ----------
    scene : Scene
        The run.
    """

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._both: dict[tuple[int, int], Suited] = {}
        self._one: dict[tuple[Windows, int], Suited] = {}
        self._ends: dict[tuple[dt.datetime, int, int], dt.datetime] = {}

    def both(self, mine: Windows, theirs: Windows, bits: int, minutes: int) -> Suited:
        """Return the windows of both sides together.

        Parameters
        ----------
        mine, theirs : tuple of Window
            The hours of both sides.
        bits : int
            The minutes of the week that both have.
        minutes : int
            How long it takes.
        """
        found = self._both.get((bits, minutes))
        if found is None:
            found = self._both[bits, minutes] = Suited(common(mine, theirs, minutes), minutes)
        return found

    def one(self, windows: Windows, minutes: int) -> Suited:
        """Return the windows of one side, where nothing is known of the other."""
        found = self._one.get((windows, minutes))
        if found is None:
            found = self._one[windows, minutes] = Suited(windows, minutes)
        return found

    def dates(self, suited: Suited, slot: Slot, most: int) -> Dates:
        """Return when something could be done, where both sides are free whenever it suits.

        Parameters
        ----------
        suited : Suited
            The windows.
        slot : Slot
            From when to when it may begin.
        most : int
            At most so many times a week.
        """
        key = (most, slot.first, slot.last)
        known = suited.laid
        if key not in known:
            found: dict[int, list[Span]] = defaultdict(list)
            for week, span in self.weighed(suited, slot, most):
                found[week].append(span)
            known[key] = {week: tuple(spans) for week, spans in found.items()}
        return known[key]

    def weighed(
        self, suited: Suited, slot: Slot, most: int, *, taken: Taken | None = None
    ) -> Iterator[tuple[int, Span]]:
        """Yield the week of the horizon and the span of every time, one after the other.

        Within a window one time begins where the one before it ends, or where what was in the way
        is over; where that leaves a part of the window, one more time ends when the window does.
        """
        found: dict[int, int] = defaultdict(int)
        for begin, close in dated(suited.windows, slot.first, slot.last):
            for start, end in self._within(begin, close, suited.minutes, taken):
                day = start.date()
                week = self.scene.week_of(day)
                if found[week] >= most or day >= slot.last:
                    break
                if day >= slot.first:
                    found[week] += 1
                    yield week, (start, end)

    def _within(
        self, begin: dt.datetime, close: dt.datetime, minutes: int, taken: Taken | None
    ) -> Iterator[Span]:
        """Yield the times within one stretch of the calendar."""
        start, last = begin, None
        while (end := self.end(start, minutes)) <= close:
            over = None if taken is None else taken(start, end)
            if over is None:
                yield start, end
                last = end
            start = end if over is None else over
        late = close - dt.timedelta(minutes=minutes)
        fits = late >= begin and self.end(late, minutes) == close and last not in {None, close}
        if fits and (taken is None or taken(late, close) is None):
            yield late, close

    def end(self, start: dt.datetime, minutes: int) -> dt.datetime:
        """Return the local time at which something of so many minutes ends."""
        key = (start, start.fold, minutes)
        if key not in self._ends:
            self._ends[key] = ends(start, minutes, self.scene.policy.zone)
        return self._ends[key]
