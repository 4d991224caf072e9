r"""A calendar file (iCalendar, RFC 5545): events in, the same bytes out for the same events.

The file is written here and not by the library that reads one (icalendar): so it is the same to the
byte with every version of that library, and a text comes back letter by letter. Version 7.3 writes
``C:\New`` as a line end, fails on a line end in a property of our own, leaves in what others take
for one, and tells summer time as a list of dates that stops in 2038.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from assetmap.errors import UnusableInput
from assetmap.model.cells import tidy
from assetmap.schedule import occurrences, parse_rule, to_utc
from assetmap.schedule.rules import read_rule
from assetmap.tables.calendar_zone import zone_lines

__all__ = ["CalendarEvent", "calendar_bytes", "coming"]

_FOLD = 75
"""Bytes of a line, at most; RFC 5545 asks for it."""
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
"""What one program or another takes for the end of a line."""
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_LETTER = re.compile(r"\\.|.", re.DOTALL)
_MARK = re.compile(r"[A-Z][A-Z0-9-]*")
_AHEAD = (40, 366, 12 * 366)
"""How many days ahead is looked for a date, step by step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEvent:
    """One event of a calendar file, which may come back.

    Attributes
    ----------
    uid : str
        Tells programs that it is the same event as last week: it must stay the same from file to
        file, and be another for every event. It leaves with the file, so make it from something
        that tells nobody's id or name.
    summary : str
        What it is called.
    begins : datetime or date
        When, by the clock of the zone that the file names, without a time zone of its own. A date
        alone lasts all day.
    ends : datetime or date, optional
        When it ends, by the same clock; of a date, the last day. Default: not known, or one day.
    place : str, default ""
        Where.
    description : str, default ""
        What else there is to say, in lines.
    rrule : str, optional
        How often it comes back, as :func:`assetmap.schedule.parse_rule` reads it. As everywhere
        here, `begins` counts as a date only where it matches the rule.
    until : date, optional
        The last day on which it can be held.
    except_ : tuple of datetime or date
        When it is not held; a date means whatever would begin on that day.
    categories : tuple of str
        What it is about.
    private : bool, default False
        Whether it is about persons: marked ``CLASS:PRIVATE``, which programs that share a
        calendar go by. It is a request to them and no lock.
    marks : tuple of (str, str)
        Properties of our own, each written as ``X-ASSETMAP-NAME``.
    """

    uid: str
    summary: str
    begins: dt.date
    ends: dt.date | None = None
    place: str = ""
    description: str = ""
    rrule: str | None = None
    until: dt.date | None = None
    except_: tuple[dt.date, ...] = ()
    categories: tuple[str, ...] = ()
    private: bool = False
    marks: tuple[tuple[str, str], ...] = ()


def calendar_bytes(
    events: Iterable[CalendarEvent], *, name: str, zone: str, stamp: dt.date
) -> bytes:
    r"""Return a calendar file (``.ics``, RFC 5545) with some events.

    Parameters
    ----------
    events : iterable of CalendarEvent
        In any order.
    name : str
        What the calendar is called.
    zone : str
        Time zone of every time, by its name in the IANA database. The file tells the clock of
        that zone, summer time included, so that six o'clock stays six o'clock.
    stamp : date or datetime
        As of when, by the clock of that zone. The clock of the computer is not looked at: the same
        events with the same stamp give the same bytes. A program that has an event already goes by
        the latest stamp.

    Returns
    -------
    bytes
        UTF-8; to be written with ``Path.write_bytes``. Nothing in it is an invitation: it names
        no organiser and nobody who is asked to come, and opening it sends nothing.

    Raises
    ------
    UnusableInput
        Two events have one uid, or one has none; an event ends before it begins, mixes a date
        with a time, has a time zone of its own, or has no date at all; the zone or a rule cannot
        be read.

    Notes
    -----
    Texts lose what no eye sees (control characters), and white space around them. What stands in
    a text stays a text: a line end within it is written as ``\n``.

    Examples
    --------
    >>> dinner = CalendarEvent(
    ...     uid="d1",
    ...     summary="Buurtmaaltijd",
    ...     begins=dt.datetime(2026, 11, 27, 18),
    ...     rrule="FREQ=WEEKLY",
    ... )
    >>> file = calendar_bytes(
    ...     [dinner], name="Te doen", zone="Europe/Amsterdam", stamp=dt.date(2026, 11, 23)
    ... )
    >>> b"DTSTART;TZID=Europe/Amsterdam:20261127T180000" in file
    True
    """
    made = _checked(events, zone)
    title = _text(name)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//assetmap//calendar//EN"]
    lines += [f"NAME:{title}", f"X-WR-CALNAME:{title}"] if title else []
    lines.append(f"X-WR-TIMEZONE:{zone}")
    stamped = f"{to_utc(_moment(stamp), zone):%Y%m%dT%H%M%SZ}"
    days = [_day(each.begins) for each in made if isinstance(each.begins, dt.datetime)]
    if days:
        lines += zone_lines(zone, min(days), max(days))
    for each in made:
        lines += _event(each, zone, stamped)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def coming(
    start: dt.datetime,
    after: dt.date,
    *,
    rrule: str | None = None,
    until: dt.date | None = None,
    exceptions: Iterable[dt.date] = (),
) -> Iterator[dt.datetime]:
    """Yield the dates of something from a day on, as far as twelve years ahead.

    Examples
    --------
    >>> next(coming(dt.datetime(2026, 1, 9, 18), dt.date(2026, 11, 23), rrule="FREQ=WEEKLY"))
    datetime.datetime(2026, 11, 27, 18, 0)
    """
    gone = tuple(exceptions)
    begin = early = max(start, _moment(after))
    for days in _AHEAD:
        most = (dt.date.max - begin.date()).days
        late = begin + dt.timedelta(days=min(days, most))
        yield from occurrences(
            start, rrule=rrule, after=early, before=late, until=until, exceptions=gone
        )
        early = late


def _checked(events: Iterable[CalendarEvent], zone: str) -> list[CalendarEvent]:
    """Return the events, each from its first date on, in an order of their own."""
    made: dict[str, CalendarEvent] = {}
    for each in events:
        uid = _clean(each.uid)
        if not uid:
            raise UnusableInput("An event of a calendar needs a uid of its own: give one.")
        if uid in made:
            raise UnusableInput(f"Two events have the uid {uid!r}: give each its own.")
        made[uid] = _from_first(replace(each, uid=uid), zone)
    return sorted(made.values(), key=lambda each: (_moment(each.begins), each.uid))


def _from_first(event: CalendarEvent, zone: str) -> CalendarEvent:
    """Let an event begin on its first date: other programs count the begin as one always."""
    begins, *_ = [to_utc(_moment(each), zone) for each in (event.begins, *event.except_)]
    if event.ends is not None:
        timed = isinstance(event.begins, dt.datetime)
        if isinstance(event.ends, dt.datetime) is not timed:
            raise UnusableInput("An event begins and ends with a time, or both are dates alone.")
        if to_utc(_moment(event.ends), zone) < begins:
            raise UnusableInput(f"The event {event.uid!r} ends before it begins.")
    rule = None if event.rrule is None else parse_rule(event.rrule, zone=zone)
    start = _moment(event.begins)
    first = next(coming(start, start, rrule=rule, until=event.until), None)
    if first is None:
        raise UnusableInput(f"The event {event.uid!r} never takes place: look at its rule.")
    moved = first.date() - _day(event.begins)
    if not moved:
        return replace(event, rrule=rule)  # also which of two equal hours is meant
    ends = None if event.ends is None else event.ends + moved
    return replace(event, begins=event.begins + moved, ends=ends, rrule=rule)


def _event(event: CalendarEvent, zone: str, stamped: str) -> list[str]:
    whole_day = not isinstance(event.begins, dt.datetime)
    kind = ";VALUE=DATE" if whole_day else f";TZID={zone}"
    lines = ["BEGIN:VEVENT", f"UID:{_text(event.uid)}", f"DTSTAMP:{stamped}"]
    lines.append(f"DTSTART{kind}:{_when(event.begins)}")
    if event.ends is not None:
        lines.extend(_end(event, event.ends, zone))
    if event.rrule is not None:
        lines.append(f"RRULE:{_rule(event, event.rrule, zone)}")
    left_out = sorted({_when(_left_out(event.begins, each)) for each in event.except_})
    lines.extend(f"EXDATE{kind}:{each}" for each in left_out)
    told = {"SUMMARY": event.summary, "LOCATION": event.place, "DESCRIPTION": event.description}
    lines.extend(f"{name}:{_text(said)}" for name, said in told.items() if _clean(said))
    about = [text for each in event.categories if (text := _text(each))]
    if about:
        lines.append(f"CATEGORIES:{','.join(about)}")
    if event.private:
        lines.append("CLASS:PRIVATE")
    lines.extend(_marks(event))
    return [*lines, "END:VEVENT"]


def _end(event: CalendarEvent, ends: dt.date, zone: str) -> Iterator[str]:
    """Tell the end; as a length where the clock shows that time twice and the second is meant."""
    if not isinstance(ends, dt.datetime):
        yield f"DTEND;VALUE=DATE:{_when(ends + dt.timedelta(days=1))}"
        return
    lasts = (to_utc(ends, zone) - to_utc(_moment(event.begins), zone)) // dt.timedelta(seconds=1)
    if ends.fold:
        yield f"DURATION:PT{lasts}S"
    elif lasts > 0:
        yield f"DTEND;TZID={zone}:{_when(ends)}"


def _marks(event: CalendarEvent) -> Iterator[str]:
    for name, said in event.marks:
        if not _MARK.fullmatch(name):
            raise UnusableInput(f"The mark {name!r} is not possible: use capitals and hyphens.")
        yield f"X-ASSETMAP-{name}:{_text(said)}"


def _rule(event: CalendarEvent, text: str, zone: str) -> str:
    """Return the rule as RFC 5545 asks: its end in UTC, or as a date where days are whole."""
    rule = read_rule(text, zone)
    if event.until is not None:
        last = dt.datetime.combine(_day(event.until), dt.time.max.replace(microsecond=0))
        if isinstance(event.until, dt.datetime):
            last = event.until
        if rule.count is None or _held(event, text) < rule.count:
            rule = replace(rule, count=None, until=min(last, rule.until or last))
    if rule.until is None:
        return str(rule)
    whole_day = not isinstance(event.begins, dt.datetime)
    stop = f"{rule.until:%Y%m%d}" if whole_day else f"{to_utc(rule.until, zone):%Y%m%dT%H%M%SZ}"
    parts = str(replace(rule, until=None)).split(";")
    return ";".join([parts[0], f"UNTIL={stop}", *parts[1:]])


def _held(event: CalendarEvent, rule: str) -> int:
    """Count the dates until the last day."""
    start, last = _moment(event.begins), _day(event.until or event.begins)
    close = last + dt.timedelta(days=1)
    return len(occurrences(start, rrule=rule, after=start, before=close, until=event.until))


def _left_out(begins: dt.date, when: dt.date) -> dt.date:
    """Return when something is not held, in the kind of the event: a time, or a whole day."""
    if not isinstance(begins, dt.datetime):
        return _day(when)
    return when if isinstance(when, dt.datetime) else dt.datetime.combine(when, begins.time())


def _when(when: dt.date) -> str:
    day = f"{when.year:04}{when:%m%d}"
    return f"{day}T{when:%H%M%S}" if isinstance(when, dt.datetime) else day


def _moment(when: dt.date) -> dt.datetime:
    return when if isinstance(when, dt.datetime) else dt.datetime.combine(when, dt.time())


def _day(when: dt.date) -> dt.date:
    return when.date() if isinstance(when, dt.datetime) else when


def _clean(text: str) -> str:
    return tidy(_LINE_ENDS.sub("\n", text))


def _text(text: str) -> str:
    return _clean(text).translate(_ESCAPES)


def _folded(line: str) -> bytes:
    """Return one line in pieces of so many bytes; no letter and no escape is cut in two."""
    pieces, piece, room = [], "", _FOLD
    for letter in _LETTER.findall(line):
        size = len(letter.encode())
        if size > room:
            pieces.append(piece)
            piece, room = " ", _FOLD - 1
        piece += letter
        room -= size
    return "\r\n".join([*pieces, piece, ""]).encode()
