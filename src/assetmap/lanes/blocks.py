"""Counts per period of as many days as a window: each household once in each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from assetmap.lanes.events import Event

__all__ = ["blocks_of", "weeks_of"]

_WEEK = 7


def blocks_of(events: Iterable[Event], asof: dt.date, width: int, days: int) -> tuple[int, ...]:
    """Return how many distinct households there are in each block of days, the newest last.

    Blocks are counted back from `asof`, which is in the last; a first block that `days` does not
    fill is there too.

    Parameters
    ----------
    events : iterable of Event
        One stream.
    asof : date
        The last day.
    width : int
        Days in a block.
    days : int
        How many days are looked back on.

    Examples
    --------
    >>> import datetime as dt
    >>> day = dt.date(2026, 11, 23)
    >>> asked = [
    ...     Event(f"need:n{back}", day - dt.timedelta(days=back), "meal", None, "person:p1")
    ...     for back in (0, 20, 21, 50)
    ... ]
    >>> blocks_of(asked, day, 21, 63)
    (1, 1, 1)
    """
    seen = _placed(events, asof, width, days)
    found = [0] * (-(-days // width))
    for block, _ in seen:
        found[block] += 1
    return tuple(reversed(found))


def weeks_of(events: Iterable[Event], asof: dt.date, width: int, weeks: int) -> tuple[int, ...]:
    """Return how many households there are in each week, each once per block of days.

    A household counts in the week of its first question of a block, so that asking again within
    the block changes nothing.

    Parameters
    ----------
    events : iterable of Event
        One stream.
    asof : date
        The last day.
    width : int
        Days in a block.
    weeks : int
        How many weeks are looked back on; the last one ends with `asof`.
    """
    found = [0] * weeks
    for _, back in _placed(events, asof, width, weeks * _WEEK):
        found[back // _WEEK] += 1
    return tuple(reversed(found))


def _placed(events: Iterable[Event], asof: dt.date, width: int, days: int) -> list[tuple[int, int]]:
    """Return the block and the days back of the first question of each household in each block."""
    first: dict[tuple[int, str], int] = {}
    for event in events:
        back = (asof - event.day).days
        if 0 <= back < days:
            key = (back // width, event.household)
            first[key] = max(back, first.get(key, back))
    return [(block, back) for (block, _), back in first.items()]
