"""Windows of the week: when somebody or something is available, as minutes since Monday 00:00."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from assetmap.errors import UnusableInput
from assetmap.schedule.words import DAY, DAY_NAMES, WEEK

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, order=True, slots=True)
class Window:
    """One stretch of time that comes back every week.

    It may run over several days and from Sunday into Monday.

    Attributes
    ----------
    start : int
        Minutes since Monday 00:00, from 0 to 10,079.
    end : int
        Minutes since the same Monday 00:00, after `start` and at most a week later; above 10,080
        when the window runs into the next Monday.

    Examples
    --------
    >>> window = Window(18 * 60, 22 * 60)
    >>> str(window), window.minutes
    ('Mon 18:00-22:00', 240)
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        whole = type(self.start) is int and type(self.end) is int
        if (
            not whole
            or not 0 <= self.start < WEEK
            or not self.start < self.end <= self.start + WEEK
        ):
            raise UnusableInput(
                f"A window from {self.start!r} to {self.end!r} is not possible: both are whole "
                f"minutes since Monday 00:00, the start lies from 0 to {WEEK - 1}, and the end "
                "comes after it, at most a week later."
            )

    @property
    def minutes(self) -> int:
        """How long the window is."""
        return self.end - self.start

    def __str__(self) -> str:
        """Return the canonical text, such as ``Fri 18:00-Sun 18:00``."""
        day, last = self.start // DAY, (self.end - 1) // DAY
        until = _clock(self.end - last * DAY)
        first = f"{DAY_NAMES[day]} {_clock(self.start - day * DAY)}"
        return f"{first}-{until}" if day == last else f"{first}-{DAY_NAMES[last % 7]} {until}"


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def merged(windows: Iterable[Window]) -> tuple[Window, ...]:
    """Join windows that overlap or touch, also from Sunday into Monday, and sort them.

    Examples
    --------
    >>> [str(w) for w in merged([Window(0, 60), Window(60, 90), Window(10020, 10080)])]
    ['Sun 23:00-Mon 01:30']
    """
    return _merged(tuple(windows))


@lru_cache(maxsize=4096)
def _merged(windows: tuple[Window, ...]) -> tuple[Window, ...]:
    joined: list[list[int]] = []
    for start, end in sorted(piece for window in windows for piece in _pieces(window)):
        if joined and start <= joined[-1][1]:
            joined[-1][1] = max(joined[-1][1], end)
        else:
            joined.append([start, end])
    if len(joined) > 1 and joined[0][0] == 0 and joined[-1][1] == WEEK:
        joined[-1][1] += joined.pop(0)[1]
    return tuple(Window(start, end) for start, end in joined)


def _pieces(window: Window) -> list[tuple[int, int]]:
    """Cut a window at Sunday midnight, so that every piece lies within one week."""
    if window.end <= WEEK:
        return [(window.start, window.end)]
    return [(window.start, WEEK), (0, window.end - WEEK)]


def format_windows(windows: Iterable[Window]) -> str:
    """Write windows as canonical English text, which `parse_windows` reads back.

    Parameters
    ----------
    windows : iterable of Window
        In any order; windows that overlap or touch are joined.

    Returns
    -------
    str
        Such as ``Mon 18:00-22:00 | Thu 09:00-12:00``; empty when there are none.

    Examples
    --------
    >>> format_windows([Window(4860, 5040), Window(1080, 1320)])
    'Mon 18:00-22:00 | Thu 09:00-12:00'
    """
    return " | ".join(map(str, merged(windows)))


def covers(windows: Sequence[Window], start: datetime, end: datetime, /) -> bool:
    """Say whether the whole time from `start` to `end` lies within the windows.

    Parameters
    ----------
    windows : sequence of Window
        Windows that touch count as one.
    start, end : datetime
        Local wall-clock time. Equal moments ask about that moment alone: a window holds its own
        start, not its own end.

    Returns
    -------
    bool
        True when every minute lies within the windows.

    Raises
    ------
    UnusableInput
        When `end` lies before `start`, or a time carries a time zone.

    Examples
    --------
    >>> weekend = (Window(4 * 1440 + 1080, 6 * 1440 + 1080),)
    >>> saturday = datetime(2026, 11, 28, 10, 0)
    >>> covers(weekend, saturday, saturday)
    True
    """
    first, minutes = _stretch(start, end)
    return any(
        w.minutes == WEEK
        or any(w.start <= at and at + max(minutes, 1) <= w.end for at in (first, first + WEEK))
        for w in merged(windows)
    )


def overlaps(windows: Sequence[Window], start: datetime, end: datetime, /) -> bool:
    """Say whether any part of the time from `start` to `end` lies within the windows.

    Parameters
    ----------
    windows : sequence of Window
        In any order.
    start, end : datetime
        Local wall-clock time; equal moments ask about that moment alone.

    Returns
    -------
    bool
        True when they have at least a minute in common; touching is not enough.

    Raises
    ------
    UnusableInput
        When `end` lies before `start`, or a time carries a time zone.

    Examples
    --------
    >>> evening = (Window(1080, 1320),)
    >>> overlaps(evening, datetime(2026, 11, 23, 17), datetime(2026, 11, 23, 18, 30))
    True
    """
    first, minutes = _stretch(start, end)
    if minutes >= WEEK:
        return bool(windows)
    return any(
        w.start < at + max(minutes, 1) and at < w.end
        for w in windows
        for at in (first - WEEK, first, first + WEEK)
    )


def _stretch(start: datetime, end: datetime) -> tuple[int, int]:
    """Return the minute of the week at which a time begins, and its length in begun minutes."""
    if start.tzinfo is not None or end.tzinfo is not None:
        raise UnusableInput("Windows are in local time: give a start and end without a time zone.")
    if end < start:
        raise UnusableInput("The end lies before the start: give the earlier time first.")
    begin = start.replace(second=0, microsecond=0)
    first = begin.weekday() * DAY + begin.hour * 60 + begin.minute
    return first, -((begin - end) // _MINUTE)


def common(a: Iterable[Window], b: Iterable[Window], /, minutes: int = 0) -> tuple[Window, ...]:
    """Find the time that lies within both.

    Parameters
    ----------
    a, b : iterable of Window
        In any order.
    minutes : int, default 0
        Leave out what is shorter than this.

    Returns
    -------
    tuple of Window
        Joined and sorted.

    Examples
    --------
    >>> [str(w) for w in common([Window(1080, 1320)], [Window(1200, 1500)], 60)]
    ['Mon 20:00-22:00']
    """
    left = [piece for window in merged(a) for piece in _pieces(window)]
    right = [piece for window in merged(b) for piece in _pieces(window)]
    shared = merged(
        Window(max(s, t), min(e, f)) for s, e in left for t, f in right if max(s, t) < min(e, f)
    )
    return tuple(window for window in shared if window.minutes >= minutes)


def dated(windows: Iterable[Window], first: date, last: date, /) -> list[tuple[datetime, datetime]]:
    """Lay windows on the calendar.

    Parameters
    ----------
    windows : iterable of Window
        In any order.
    first, last : date
        The first and the last day, both included; what lies outside them is cut off.

    Returns
    -------
    list of (datetime, datetime)
        Start and end in local wall-clock time, sorted, none touching another.

    Examples
    --------
    >>> [(s, e)] = dated([Window(1080, 1320)], date(2026, 11, 23), date(2026, 11, 29))
    >>> s.isoformat(), e.isoformat()
    ('2026-11-23T18:00:00', '2026-11-23T22:00:00')
    """
    begin = datetime.combine(first, time())
    close = datetime.combine(last, time()) + timedelta(days=1)
    pieces = sorted(piece for window in merged(windows) for piece in _pieces(window))
    found: list[tuple[datetime, datetime]] = []
    monday = begin - timedelta(days=begin.weekday())
    while monday < close:
        for start, end in pieces:
            since = max(monday + start * _MINUTE, begin)
            until = min(monday + end * _MINUTE, close)
            if since < until:
                if found and found[-1][1] == since:
                    since = found.pop()[0]
                found.append((since, until))
        monday += timedelta(days=7)
    return found
