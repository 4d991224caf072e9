"""Reading a calendar (iCalendar): events become activities; never a person."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from os import PathLike
from pathlib import Path

from assetmap.categories import shipped
from assetmap.errors import DataProblem, DataProblems, UnusableInput
from assetmap.model import Neighbourhood, Policy, Row
from assetmap.tables.calendar_file import coming
from assetmap.tables.calendar_lines import (
    Event,
    events_of,
    is_calendar,
    text_of_value,
    values_of,
)
from assetmap.tables.calendar_times import Moment, Timing, moment_of, timing_of
from assetmap.tables.calendar_told import Told
from assetmap.tables.calendar_writing import KEPT
from assetmap.tables.csv_files import file_bytes, text_of
from assetmap.tables.grid import error
from assetmap.tables.social_map_words import uid

__all__ = ["read_calendar"]

_LARGEST = 16 * 1024 * 1024
"""Bytes of a calendar that are still read."""
_MOST = 10_000
"""Events that are still read."""
_ONLINE = re.compile(r"https?:|www\.|\bteams\b|\bzoom\b", re.IGNORECASE)
_ADDRESS = re.compile(
    r"\b\d{4}\s?[A-Z]{2}\b|@|\d{6}"
    r"|(straat|laan|weg|plein|gracht|kade|pad|hof|dreef|singel|steeg|dijk|markt|plantsoen)\s+\d",
    re.IGNORECASE,
)
"""What looks like an address, of which the tables have none."""


def read_calendar(
    path: str | PathLike[str],
    *,
    category: str | None = None,
    since: dt.date | None = None,
    policy: Policy | None = None,
) -> Neighbourhood:
    r"""Read activities from a calendar file (iCalendar, RFC 5545).

    Parameters
    ----------
    path : path
        A file ending in ``.ics``, such as the calendar program of a community centre writes.
    category : str, optional
        What the events are that do not say it themselves: an id, a label or a synonym. Default:
        such an event is an error, since nobody can be matched with it.
    since : date, optional
        Leave out what has no date from this day on. Default: everything is read.
    policy : Policy, optional
        The choices of the team, for its time zone; default: ``Policy()``.

    Returns
    -------
    Neighbourhood
        Activities, and the places where they are held; never a person. What was left behind or
        assumed is told in its ``notices``, with the line of the file as row.

    Raises
    ------
    DataProblems
        The file cannot be read, or something in it cannot be used.
    UnusableInput
        The category is not known.

    Notes
    -----
    1. Who is invited, who invites, descriptions, addresses and links are not read, nor are events
       that are marked as private: they may be about persons.
    2. Every time is turned into the clock of the neighbourhood, and from then on that clock
       counts.
    3. One date of a series that was moved becomes a row of its own, and an exception of the
       series; one that was cancelled only the exception. What is cancelled as a whole is left out.
    4. An event that :func:`write_calendar` wrote gives its columns back as they were, but for
       the initiative, which a calendar does not hold.

    Examples
    --------
    >>> import tempfile
    >>> lines = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:1", "DTSTART:20261127T170000Z"]
    >>> lines += ["SUMMARY:Koor", "ATTENDEE:mailto:x@example.org", "END:VEVENT", "END:VCALENDAR"]
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "agenda.ics")
    ...     _ = path.write_text("\n".join(lines))
    ...     hood = read_calendar(path, category="muziek")
    >>> hood.activities[0].start.isoformat(), [notice.code for notice in hood.notices]
    ('2026-11-27T18:00:00', ['calendar-not-kept'])
    """
    chosen = policy or Policy()
    taken = _Taken(chosen.zone, _category(category), since)
    for event in _events(Path(path), taken.told):
        taken.event(event)
    rows = taken.rows()
    notices = taken.told.problems()
    if any(each.code == "calendar-no-category" for each in notices):
        raise DataProblems(notices)
    try:
        hood = Neighbourhood.from_rows(rows, policy=chosen)
    except DataProblems as wrong:
        raise DataProblems((*wrong.problems, *notices)) from None
    return replace(hood, notices=(*notices, *hood.notices))


def _category(word: str | None) -> str | None:
    found = None if word is None else shipped().find(word)
    if word is not None and found is None:
        raise UnusableInput(
            f"The category {word!r} is not known: give an id, a label or a synonym of one."
        )
    return found


def _events(path: Path, told: Told) -> Iterator[Event]:
    raw = file_bytes(path, _LARGEST)
    text, problems = (None, [raw]) if isinstance(raw, DataProblem) else text_of(raw, path.name)
    if text is None:
        raise DataProblems(problems)
    if not is_calendar(text):
        raise DataProblems([error("calendar-shape", file=path.name)])
    told.found += problems
    for number, event in enumerate(events_of(text, told)):
        if number >= _MOST:
            raise DataProblems([error("calendar-too-many", file=path.name, limit=_MOST)])
        yield event


@dataclass(slots=True)
class _Taken:
    """What was taken over so far.

    Attributes
    ----------
    zone : str
        Time zone of the neighbourhood.
    category : str or None
        What an event is that does not say so.
    since : date or None
        The day from which something must be held.
    told : Told
        What is to be told.
    series : dict of str to list of Event
        The events of each identifier.
    places : dict of str to (int, dict)
        The places by id, each with the line where it was first named.
    ids : set of str
        Ids of activities that were given out.
    """

    zone: str
    category: str | None
    since: dt.date | None
    told: Told = field(default_factory=Told)
    series: dict[str, list[Event]] = field(default_factory=dict)
    places: dict[str, Row] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)

    def event(self, event: Event) -> None:
        """Put an event with the others of its identifier."""
        if event.text("CLASS").upper() in {"PRIVATE", "CONFIDENTIAL"}:
            self.told.count("private")
            return
        name = event.text("UID") or f"{event.text('SUMMARY')} line {event.number}"
        self.series.setdefault(name, []).append(event)

    def rows(self) -> dict[str, list[Row]]:
        """Return the rows of all tables."""
        made = [row for name, events in self.series.items() for row in self._held(name, events)]
        made.sort(key=lambda row: row.number)
        return {"activities": made, "places": list(self.places.values())}

    def _held(self, name: str, events: Sequence[Event]) -> Iterator[Row]:
        """Yield the rows of one series: itself, and each date of it that was moved."""
        whole = [each for each in events if each.one("RECURRENCE-ID") is None]
        moved = [each for each in events if each.one("RECURRENCE-ID") is not None]
        base = max(whole, key=_sequence, default=None)
        for each in whole:
            if each is not base:
                self.told.at(each.number, "double-event")
        gone: dict[dt.date, Event] = {}
        for day, each in self._replaced(moved):
            if day in gone:
                self.told.at(gone[day].number, "double-event")
            gone[day] = each
        if base is not None:
            yield from self._row(base, name, frozenset(gone))
        for day, each in gone.items():
            yield from self._row(each, f"{name} {day}", frozenset(), base)

    def _replaced(self, moved: Iterable[Event]) -> Iterator[tuple[dt.date, Event]]:
        """Yield the days of a series that another event stands for."""
        for each in sorted(moved, key=_sequence):
            line = each.one("RECURRENCE-ID")
            found: Moment | None = None
            if line is not None and "RANGE" not in line.parameters:
                found = moment_of(line, line.value, self.zone)
            if found is None:
                self.told.at(each.number, "following")
            else:
                yield found.local.date(), each

    def _row(
        self, event: Event, name: str, gone: frozenset[dt.date], base: Event | None = None
    ) -> Iterator[Row]:
        if event.text("STATUS").upper() == "CANCELLED":
            self.told.at(event.number, "cancelled")
            return
        title = " ".join((event.text("SUMMARY") or (base.text("SUMMARY") if base else "")).split())
        if not title:
            self.told.at(event.number, "no-name")
            return
        timing = timing_of(event, self.zone, self.told)
        if timing is None or not self._comes(event, timing, gone):
            return
        about = event if base is None or event.lines.get("CATEGORIES") else base
        category = event.marks.get("category") or self._about(about)
        if category is None:
            self.told.at(event.number, "no-category")
            return
        if event.described and "activity" not in event.marks:
            self.told.count("not-kept", "DESCRIPTION")
        cells = self._cells(event, timing, gone)
        marks = {column: event.marks[column] for column in KEPT if event.marks.get(column)}
        cells |= marks | {"activity": self._id(marks.get("activity"), name)}
        cells |= {"name": title, "category": category, "place": self._place(event)}
        yield Row(event.number, {column: text for column, text in cells.items() if text})

    def _comes(self, event: Event, timing: Timing, gone: frozenset[dt.date]) -> bool:
        """Tell whether there is a date from the day on that was asked for."""
        left_out = {*timing.gone, *gone}
        start = timing.start

        def dates(after: dt.date) -> Iterator[dt.datetime]:
            return coming(start, after, rrule=timing.rrule, until=timing.until, exceptions=left_out)

        first = next(dates(start), None)
        if first is None:
            self.told.at(event.number, "never")
            return False
        since = self.since
        if since is not None and first.date() < since and next(dates(since), None) is None:
            self.told.count("past")
            return False
        return True

    def _cells(self, event: Event, timing: Timing, gone: frozenset[dt.date]) -> dict[str, str]:
        left_out = sorted({*timing.gone, *gone})
        planned = event.text("STATUS").upper() == "TENTATIVE"
        return {
            "start": f"{timing.start:%Y-%m-%d %H:%M}",
            "minutes": "" if timing.minutes is None else str(timing.minutes),
            "rrule": timing.rrule or "",
            "until": "" if timing.until is None else timing.until.isoformat(),
            "except": " | ".join(day.isoformat() for day in left_out) if timing.rrule else "",
            "status": "planned" if planned else "",
        }

    def _id(self, own: str | None, name: str) -> str:
        """Return an id that is the same each time, and no other event has."""
        made = uid("calendar", name)
        found = next(
            each
            for each in (own, f"ics-{made[:8]}", f"ics-{made}", f"ics-{made}-{len(self.ids)}")
            if each and each not in self.ids
        )
        self.ids.add(found)
        return found

    def _about(self, event: Event) -> str | None:
        """Return the category that an event names, else the one that was given."""
        words = [
            text_of_value(word)
            for line in event.lines.get("CATEGORIES", ())
            for word in values_of(line.value)
        ]
        found = next((named for word in words if (named := shipped().find(word))), None)
        if found is None and any(words) and self.category is not None:
            self.told.at(event.number, "category-given")
        return found or self.category

    def _place(self, event: Event) -> str:
        """Return the id of where an event is held; nothing where it names no place."""
        text, own = event.text("LOCATION"), event.marks.get("place", "")
        if "activity" in event.marks and not own:
            return ""
        name = text if own else re.split(r"[,\n]| - ", text)[0].strip()
        if not own and (_ONLINE.search(name) or _ADDRESS.search(name)):
            name = ""
        if not own and name != text:
            self.told.count("not-kept", "LOCATION")
        if not own and not name:
            return ""
        known = own or f"ics-{uid('place', ' '.join(name.casefold().split()))[:8]}"
        cells = {"place": known, "name": name}
        self.places.setdefault(known, Row(event.number, {n: t for n, t in cells.items() if t}))
        return known


def _sequence(event: Event) -> tuple[int, int]:
    """Return which of two events with one identifier is the latest."""
    text = event.text("SEQUENCE")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    return number, event.number
