"""When an event of a calendar is held, by the clock of the neighbourhood."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from assetmap.errors import UnusableInput
from assetmap.schedule import from_utc, occurrences, parse_rule, to_utc
from assetmap.schedule.rules import Rule, read_rule
from assetmap.tables.calendar_lines import Event, Line, values_of
from assetmap.tables.calendar_told import Told

__all__ = ["Moment", "Timing", "moment_of", "timing_of"]

_YEARS = range(1900, 2201)
_LONGEST = 14 * 24 * 60
_SECOND = dt.timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment of a calendar.

    Attributes
    ----------
    local : datetime
        By the clock of the neighbourhood; of a whole day, its first minute.
    written : datetime
        By the clock of the calendar.
    zone : str or None
        The zone of that clock; None where the file names none that is known.
    whole_day : bool
        Whether it is a date without a time.
    """

    local: dt.datetime
    written: dt.datetime
    zone: str | None
    whole_day: bool = False


@dataclass(frozen=True, slots=True)
class Timing:
    """When an event is held.

    Attributes
    ----------
    start : datetime
        The first time, by the clock of the neighbourhood.
    minutes : int or None
        How long it lasts.
    rrule : str or None
        How often it comes back.
    until : date or None
        Its last day.
    gone : frozenset of date
        Days on which it is not held.
    """

    start: dt.datetime
    minutes: int | None = None
    rrule: str | None = None
    until: dt.date | None = None
    gone: frozenset[dt.date] = frozenset()


def timing_of(event: Event, home: str, told: Told) -> Timing | None:
    """Return when an event is held; None where nobody can tell.

    Parameters
    ----------
    event : Event
        The event.
    home : str
        Time zone of the neighbourhood.
    told : Told
        Where to tell what cannot be taken over.
    """
    line = event.one("DTSTART")
    start = None if line is None else moment_of(line, line.value, home)
    if line is None or start is None:
        told.at(event.number, "no-start")
        return None
    if start.zone is None and "TZID" in line.parameters:
        told.at(event.number, "zone-unknown", zone=line.parameters["TZID"][:60])
    if start.whole_day:
        told.at(event.number, "all-day")
        return None
    timing = Timing(start.local, _minutes(event, start, home, told))
    rule = event.one("RRULE")
    if rule is not None:
        timing = _repeated(timing, start, rule, home, told)
    return replace(timing, gone=frozenset(_gone(event, start, home, told)))


def moment_of(line: Line, value: str, home: str) -> Moment | None:
    """Return one moment that a property gives; None where it cannot be read."""
    from icalendar.prop import vDDDTypes

    reader: Any = vDDDTypes
    try:
        found = reader.from_ical(value.strip())
    except (ValueError, TypeError, OverflowError):
        return None
    if not isinstance(found, dt.date) or found.year not in _YEARS:
        return None
    if not isinstance(found, dt.datetime):
        day = dt.datetime.combine(found, dt.time())
        return Moment(day, day, None, whole_day=True)
    written = found.replace(tzinfo=None, second=0, microsecond=0)
    zone = "UTC" if found.tzinfo is not None else _zone(line.parameters.get("TZID", ""))
    zone = zone or _zone(line.clock)
    if zone is None or zone == home:
        return Moment(written, written, zone)
    local = from_utc(to_utc(written, zone), home).replace(fold=0)
    return Moment(local, written, zone)


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _zone(name: str) -> str | None:
    """Return the zone that a name means: of IANA, of Windows, or with a maker's name before it."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    bare = name.strip().strip('"/')
    parts = bare.split("/")
    tails = ["/".join(parts[at:]) for at in range(min(len(parts), 8))]
    known = WINDOWS_TO_OLSON.get(bare)
    return next((each for each in (*tails, known) if each in _zones()), None)


def _minutes(event: Event, start: Moment, home: str, told: Told) -> int | None:
    """Return how long the event really lasts; None where that is not known."""
    line = event.one("DTEND") or event.one("DURATION")
    if line is None:
        return None
    lasts = _length(line, start, home)
    minutes = None if lasts is None else lasts // dt.timedelta(minutes=1)
    if minutes is None or not 1 <= minutes <= _LONGEST:
        if minutes != 0:
            told.at(event.number, "length")
        return None
    return minutes


def _length(line: Line, start: Moment, home: str) -> dt.timedelta | None:
    from icalendar.prop import vDuration

    reader: Any = vDuration
    if line.name == "DURATION":
        try:
            found: dt.timedelta = reader.from_ical(line.value.strip())
        except (ValueError, TypeError, OverflowError):
            return None
        return found
    end = moment_of(line, line.value, home)
    if end is None or end.whole_day:
        return None
    return to_utc(end.written, end.zone or home) - to_utc(start.written, start.zone or home)


def _repeated(timing: Timing, start: Moment, line: Line, home: str, told: Told) -> Timing:
    """Add the rule of an event; where it cannot be held here, only the first time is left."""
    rule = _rule(line.value, start, home)
    if rule is None:
        told.at(line.number, "rule-unread")
        return timing
    until = None
    if rule.until is not None:
        until = rule.until.date()
        if rule.until.time() < timing.start.time():
            until -= dt.timedelta(days=1)
        rule = replace(rule, until=None)
    if start.zone is not None and _differs(start, home):
        told.at(line.number, "other-clock")
    first, text = timing.start, str(rule)
    if not occurrences(first, rrule=text, after=first, before=first + _SECOND):
        told.at(line.number, "start-off")
    return replace(timing, rrule=text, until=until)


def _rule(value: str, start: Moment, home: str) -> Rule | None:
    """Return the rule that a value gives; None where it cannot be held here."""
    kept = [part for part in value.split(";") if not _says_start(part, start.written)]
    try:
        rule = read_rule(parse_rule(";".join(kept), zone=home), home)
    except UnusableInput:
        return None
    named = rule.byday or rule.bymonthday or rule.byyearday or rule.byweekno or rule.bymonth
    moved = start.local.date() != start.written.date()
    return None if moved and named else rule


def _says_start(part: str, start: dt.datetime) -> bool:
    """Tell whether a part of a rule only says the time of the start once more."""
    name, _, number = part.strip().upper().partition("=")
    own = {"BYHOUR": start.hour, "BYMINUTE": start.minute, "BYSECOND": 0}
    short = number.isascii() and number.isdigit() and len(number) <= 2
    return name in own and short and int(number) == own[name]


def _differs(start: Moment, home: str) -> bool:
    """Tell whether the two clocks drift apart in the year that follows."""
    apart = {
        from_utc(to_utc(at, start.zone or home), home).replace(fold=0) - at
        for month in range(13)
        for at in [start.written + dt.timedelta(days=28 * month)]
    }
    return len(apart) > 1


def _gone(event: Event, start: Moment, home: str, told: Told) -> Iterator[dt.date]:
    """Yield the days on which an event is not held."""
    for line in event.lines.get("EXDATE", ()):
        for value in values_of(line.value):
            found = moment_of(line, value, home)
            if found is None or not (found.whole_day or found.local.time() == start.local.time()):
                told.at(line.number, "exception-odd")
            else:
                yield found.local.date()
