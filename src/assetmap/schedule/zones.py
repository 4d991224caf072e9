"""Local wall-clock time and real time, across both changes of the clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from assetmap.errors import UnusableInput

ZONE = "Europe/Amsterdam"
"""The zone of a neighbourhood that names no other."""


def to_utc(local: datetime, zone: str = ZONE) -> datetime:
    """Turn local wall-clock time into UTC.

    Parameters
    ----------
    local : datetime
        Without a time zone. A time that is skipped when the clock goes forward moves forward by
        the gap; of a time that comes twice the first is meant, unless its ``fold`` says the
        second (as `from_utc` sets it).
    zone : str, default "Europe/Amsterdam"
        Name in the IANA time zone database.

    Returns
    -------
    datetime
        The same moment, in UTC.

    Raises
    ------
    UnusableInput
        When the zone is not known, or `local` carries a time zone.

    Examples
    --------
    >>> to_utc(datetime(2026, 3, 29, 2, 30)).isoformat()
    '2026-03-29T01:30:00+00:00'
    """
    if local.tzinfo is not None:
        raise UnusableInput("A local time has no time zone of its own: leave it out.")
    place = _zone(zone)
    moment = local.replace(tzinfo=place).astimezone(UTC)
    if local.fold and moment.astimezone(place).replace(tzinfo=None) != local:
        return local.replace(tzinfo=place, fold=0).astimezone(UTC)
    return moment


def from_utc(moment: datetime, zone: str = ZONE) -> datetime:
    """Turn a moment into local wall-clock time.

    Parameters
    ----------
    moment : datetime
        With a time zone, UTC or another.
    zone : str, default "Europe/Amsterdam"
        Name in the IANA time zone database.

    Returns
    -------
    datetime
        Local, without a time zone; ``fold`` is 1 for the second of a time that comes twice.

    Raises
    ------
    UnusableInput
        When the zone is not known, or `moment` has no time zone.

    Examples
    --------
    >>> from_utc(datetime(2026, 3, 29, 1, 30, tzinfo=UTC)).isoformat()
    '2026-03-29T03:30:00'
    """
    if moment.tzinfo is None:
        raise UnusableInput("A moment needs a time zone, such as datetime.UTC.")
    return moment.astimezone(_zone(zone)).replace(tzinfo=None)


def elapsed_minutes(start: datetime, end: datetime, /, zone: str = ZONE) -> int:
    """Count the minutes that really pass between two local times.

    Parameters
    ----------
    start, end : datetime
        Local wall-clock time, as in `to_utc`.
    zone : str, default "Europe/Amsterdam"
        Name in the IANA time zone database.

    Returns
    -------
    int
        Whole minutes, rounded down; negative when `end` comes before `start`.

    Examples
    --------
    >>> elapsed_minutes(datetime(2026, 10, 25, 1), datetime(2026, 10, 25, 4))
    240
    """
    return (to_utc(end, zone) - to_utc(start, zone)) // timedelta(minutes=1)


def ends(start: datetime, minutes: int, /, zone: str = ZONE) -> datetime:
    """Find the local time at which something ends.

    Parameters
    ----------
    start : datetime
        Local wall-clock time, as in `to_utc`.
    minutes : int
        How long it really takes.
    zone : str, default "Europe/Amsterdam"
        Name in the IANA time zone database.

    Returns
    -------
    datetime
        Local wall-clock time.

    Examples
    --------
    >>> ends(datetime(2026, 3, 29, 1), 120).isoformat()
    '2026-03-29T04:00:00'
    """
    return from_utc(to_utc(start, zone) + timedelta(minutes=minutes), zone)


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (LookupError, OSError, ValueError, TypeError):
        known = sorted(available_timezones())
        near = get_close_matches(str(name), known, n=1, cutoff=0.6)
        nearest = f" The nearest known name is {near[0]}." if near else ""
        raise UnusableInput(
            f"The time zone {name!r} is not known: use a name such as {ZONE}.{nearest}"
        ) from None
