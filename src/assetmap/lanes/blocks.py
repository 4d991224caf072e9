"""Counts per period of as many days as a window: each household once in each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable, Mapping
from typing import TYPE_CHECKING, TypeVar

from assetmap.lanes.events import Event

if TYPE_CHECKING:
    from assetmap.detectors import Streams

__all__ = ["blocks_of", "weeks_of"]

Key = TypeVar("Key", bound=Hashable)
_WEEK = 7


def blocks_of(
    streams: Mapping[Key, Iterable[Event]], asof: dt.date, width: int, days: int
) -> Mapping[Key, tuple[int, ...]]:
    """Return how many distinct households each stream has in each block, the newest last.

    Blocks are counted back from `asof`, which is in the last; a first block that `days` does not
    fill is there too.

    Parameters
    ----------
    streams : Mapping of iterable of Event
        What is asked, by any key.
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
    >>> dict(blocks_of({"meal": asked}, day, 21, 63))
    {'meal': (1, 1, 1)}
    """
    return _counts(streams, _placed(streams, asof, width, days), width)


def weeks_of(
    streams: Mapping[Key, Iterable[Event]], asof: dt.date, width: int, weeks: int
) -> Mapping[Key, tuple[int, ...]]:
    """Return how many households each stream has in each week, each once per block of days.

    A household counts in the week of its first question of a block, so that asking again within
    the block changes nothing.

    Parameters
    ----------
    streams : Mapping of iterable of Event
        What is asked, by any key.
    asof : date
        The last day.
    width : int
        Days in a block.
    weeks : int
        How many weeks are looked back on; the last one ends with `asof`.
    """
    return _counts(streams, _placed(streams, asof, width, weeks * _WEEK), _WEEK)


def _placed(
    streams: Mapping[Key, Iterable[Event]], asof: dt.date, width: int, days: int
) -> Streams:
    """Count with numbers for streams and households."""
    from assetmap.detectors import streams as count

    homes: dict[str, int] = {}
    rows = [
        (event.day.toordinal(), stream, homes.setdefault(event.household, len(homes)))
        for stream, events in enumerate(streams.values())
        for event in events
    ]
    day, stream, who = zip(*rows, strict=True) if rows else ((), (), ())
    return count(day, stream, who=who, last=asof.toordinal(), block=width, within=days)


def _counts(
    streams: Mapping[Key, Iterable[Event]], placed: Streams, days: int
) -> Mapping[Key, tuple[int, ...]]:
    """Return the counts by key; zeros for a key without any event."""
    found = dict(zip(placed.codes.tolist(), placed.per(days).tolist(), strict=True))
    none = [0] * -(-placed.within // days)
    return {key: tuple(found.get(code, none)) for code, key in enumerate(streams)}
