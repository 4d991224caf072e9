"""The clock of a zone as a calendar file tells it: when summer time begins and ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from zoneinfo import ZoneInfo

from assetmap.schedule import to_utc

__all__ = ["zone_lines"]

_YEARS = 20
"""How many years after the last event the changes of the clock are looked up."""
_LAST = 9990
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_MINUTE = dt.timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class _Change:
    """One change of the clock: the hour by the old clock, both offsets, the new name."""

    local: dt.datetime
    before: dt.timedelta
    after: dt.timedelta
    name: str


@dataclass(frozen=True, slots=True)
class _Sort:
    """What the changes of one season have in common."""

    month: int
    hour: dt.time
    before: dt.timedelta
    after: dt.timedelta
    name: str


def zone_lines(zone: str, first: dt.date, last: dt.date) -> list[str]:
    """Return the component VTIMEZONE of a zone, line by line.

    Changes that come back on the same Sunday each year are told by a rule, which goes on for
    ever; others by their dates, until twenty years after the last event.

    Parameters
    ----------
    zone : str
        Name in the IANA time zone database.
    first, last : date
        The first and the last day that matter.

    Raises
    ------
    UnusableInput
        The zone is not known.

    Examples
    --------
    >>> lines = zone_lines("Europe/Amsterdam", dt.date(2026, 11, 1), dt.date(2026, 11, 30))
    >>> [line for line in lines if line.startswith("RRULE")]
    ['RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU', 'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU']
    """
    to_utc(dt.datetime.combine(first, dt.time()), zone)  # an unknown zone is told as everywhere
    place = ZoneInfo(zone)
    begin, end = max(2, first.year - 1), min(_LAST, last.year + _YEARS)
    changes = _changes(place, begin, end)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone}"]
    opening = dt.datetime(first.year, 1, 1)
    if not any(change.local < opening for change in changes):
        lines += _opening(place, dt.datetime(begin, 1, 1))
    groups: dict[_Sort, list[_Change]] = {}
    for each in changes:
        sort = _Sort(each.local.month, each.local.time(), each.before, each.after, each.name)
        groups.setdefault(sort, []).append(each)
    for group in groups.values():
        lines += _season(group, end)
    return [*lines, "END:VTIMEZONE"]


def _changes(place: ZoneInfo, begin: int, end: int) -> list[_Change]:
    """Find every change of the clock in some years, to the minute."""
    day, step = dt.datetime(begin, 1, 1, tzinfo=dt.UTC), dt.timedelta(days=1)
    days = (dt.datetime(end + 1, 1, 1, tzinfo=dt.UTC) - day).days
    clock = ((at := day + step * n, _offset(place, at)) for n in range(days + 1))
    return [
        _change(place, early, late)
        for (early, before), (late, after) in pairwise(clock)
        if before != after
    ]


def _change(place: ZoneInfo, early: dt.datetime, late: dt.datetime) -> _Change:
    before = _offset(place, early)
    while late - early > _MINUTE:
        middle = early + (late - early) // _MINUTE // 2 * _MINUTE
        early, late = (middle, late) if _offset(place, middle) == before else (early, middle)
    local = (late + before).replace(tzinfo=None)
    return _Change(local, before, _offset(place, late), late.astimezone(place).tzname() or "")


def _offset(place: ZoneInfo, moment: dt.datetime) -> dt.timedelta:
    return moment.astimezone(place).utcoffset() or dt.timedelta()


def _opening(place: ZoneInfo, since: dt.datetime) -> list[str]:
    """Tell the clock from before the first change, and of a zone that never changes."""
    moment = since.replace(tzinfo=place)
    offset = moment.utcoffset() or dt.timedelta()
    change = _Change(since, offset, offset, moment.tzname() or "")
    return _told("STANDARD", change, ())


def _season(group: list[_Change], end: int) -> list[str]:
    first = group[0]
    kind = "DAYLIGHT" if first.after > first.before else "STANDARD"
    days = {_place(change.local.date()) for change in group}
    ends = {_from_end(change.local.date()) for change in group}
    years = [change.local.year for change in group]
    yearly = years == list(range(years[0], end + 1)) and len(years) > 1
    fixed = ends if len(ends) == 1 and next(iter(ends))[0] == -1 else days
    if yearly and len(fixed) == 1:
        number, weekday = next(iter(fixed))
        rule = f"RRULE:FREQ=YEARLY;BYMONTH={first.local.month};BYDAY={number}{_DAYS[weekday]}"
        return _told(kind, first, (rule,))
    return _told(kind, first, (f"RDATE:{change.local:%Y%m%dT%H%M%S}" for change in group[1:]))


def _place(day: dt.date) -> tuple[int, int]:
    return (day.day - 1) // 7 + 1, day.weekday()


def _from_end(day: dt.date) -> tuple[int, int]:
    following = (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    return -(((following - day).days - 1) // 7 + 1), day.weekday()


def _told(kind: str, change: _Change, repeated: Iterable[str]) -> list[str]:
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{change.local:%Y%m%dT%H%M%S}",
        *repeated,
        f"TZOFFSETFROM:{_signed(change.before)}",
        f"TZOFFSETTO:{_signed(change.after)}",
        f"TZNAME:{change.name}",
        f"END:{kind}",
    ]


def _signed(offset: dt.timedelta) -> str:
    seconds = abs(offset) // dt.timedelta(seconds=1)
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    return f"{'-' if offset < dt.timedelta() else '+'}{hours:02}{minutes:02}" + (
        f"{rest:02}" if rest else ""
    )
