"""The lines of a calendar file: unfolded, numbered, and put together to events."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from assetmap.tables.calendar_clocks import Clocks
from assetmap.tables.calendar_told import Told

__all__ = ["Event", "Line", "events_of", "is_calendar", "text_of_value", "values_of"]

_LONGEST = 10_000
"""Characters of one line that are still read, as of a cell."""
_LONGEST_WITH_PARAMETERS = 2_000
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*(?=[;:])")
_READ = frozenset(
    {
        *("UID", "SUMMARY", "DTSTART", "DTEND", "DURATION", "RRULE", "EXDATE", "LOCATION"),
        *("CATEGORIES", "STATUS", "CLASS", "RECURRENCE-ID", "SEQUENCE"),
    }
)
_MANY = frozenset({"EXDATE", "CATEGORIES"})
"""Properties that an event may hold several times."""
_SILENT = frozenset(
    {"DTSTAMP", "CREATED", "LAST-MODIFIED", "TRANSP", "PRIORITY", "BEGIN", "END", "DESCRIPTION"}
)
"""What says nothing that a table would want; a description is told apart."""
_MARK = "X-ASSETMAP-"
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_COMMA = re.compile(r"(?<!\\)((?:\\\\)*),")


@dataclass(frozen=True, slots=True)
class Line:
    """One property of an event.

    Attributes
    ----------
    number : int
        The line of the file on which it begins, from 1.
    name : str
        Its name, in capitals.
    parameters : Mapping of str to str
        What stands between name and value, names in capitals.
    value : str
        As it is written.
    clock : str
        What the calendar itself says of its zone: a zone with the same clock.
    """

    number: int
    name: str
    parameters: Mapping[str, str]
    value: str
    clock: str = ""


@dataclass(slots=True)
class Event:
    """One event, as its lines say it.

    Attributes
    ----------
    number : int
        The line of the file on which it begins.
    lines : dict of str to list of Line
        The properties that are read, by name.
    marks : dict of str to str
        The columns that assetmap wrote itself.
    described : bool
        Whether it has a description, which is not read.
    """

    number: int
    lines: dict[str, list[Line]] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    described: bool = False

    def one(self, name: str) -> Line | None:
        """Return the one line with a name; None where there is none."""
        found = self.lines.get(name)
        return found[0] if found else None

    def text(self, name: str) -> str:
        """Return what a text says; nothing where there is none."""
        line = self.one(name)
        return "" if line is None else text_of_value(line.value)


def is_calendar(text: str) -> bool:
    r"""Tell whether a text begins as a calendar does.

    Examples
    --------
    >>> is_calendar("BEGIN:VCALENDAR\r\n"), is_calendar("x")
    (True, False)
    """
    return text[:100].lstrip().upper().startswith("BEGIN:VCALENDAR")


def events_of(text: str, told: Told) -> Iterator[Event]:
    """Yield the events of a calendar; what is none is counted.

    Parameters
    ----------
    text : str
        The whole file.
    told : Told
        Where to tell what cannot be read.
    """
    walk = _Walk(told)
    number = 1
    for number, line in _unfolded(text, told):
        name, kind = _name_of(line), line.partition(":")[2].strip().upper()
        if name == "BEGIN":
            walk.begin(number, kind)
        elif name == "END":
            ended = walk.end(kind)
            if ended is not None:
                yield ended
        elif walk.event is not None and walk.open[-1:] == ["VEVENT"]:
            _take(walk.event, number, name, line, walk)
        elif walk.event is None and "VTIMEZONE" in walk.open:
            walk.clocks.line(name, line.partition(":")[2])
    walk.cut()
    if walk.open:
        told.at(number, "cut-file")


@dataclass(slots=True)
class _Walk:
    """Where in the file we are: what was begun and not ended, and the event among it."""

    told: Told
    open: list[str] = field(default_factory=list)
    event: Event | None = None
    clocks: Clocks = field(default_factory=Clocks)

    def begin(self, number: int, kind: str) -> None:
        """Go into a component."""
        if kind == "VEVENT":
            self.cut()
            self.open, self.event = self.open[:1], Event(number)
        elif kind not in _FRAME:
            self.told.count("not-kept", kind if kind in _KINDS else "BEGIN")
        if len(self.open) < _DEEPEST:
            self.open.append(kind)

    def end(self, kind: str) -> Event | None:
        """Leave a component; give the event that ends with it."""
        if kind == "VEVENT" and self.event is not None:
            ended, self.event = self.event, None
            self.open = self.open[:1]
            return ended
        if kind == "VTIMEZONE":
            self.clocks.end()
        if kind == "VCALENDAR":
            self.cut()
            self.open = []
        elif self.open[-1:] == [kind]:
            self.open.pop()
        return None

    def cut(self) -> None:
        """Tell of an event that has no end."""
        if self.event is not None:
            self.told.at(self.event.number, "cut-off")
        self.event = None


_FRAME = frozenset({"VCALENDAR", "VEVENT", "VTIMEZONE", "STANDARD", "DAYLIGHT"})
_KINDS = frozenset({"VALARM", "VTODO", "VJOURNAL", "VFREEBUSY", "VAVAILABILITY"})
_DEEPEST = 10


def _name_of(line: str) -> str:
    found = _NAME.match(line)
    return found[0].upper() if found else ""


def _unfolded(text: str, told: Told) -> Iterator[tuple[int, str]]:
    """Yield the lines with their numbers, those that were folded put together again."""
    pieces: list[str] = []
    first, size = 1, 0
    for number, piece in enumerate(_physical(text), 1):
        if piece[:1] in {" ", "\t"} and pieces:
            size += len(piece) - 1
            if size <= _LONGEST:
                pieces.append(piece[1:])
            continue
        if pieces:
            yield from _whole(first, pieces, size, told)
        pieces, first, size = [piece[: _LONGEST + 1]], number, len(piece)
    yield from _whole(first, pieces, size, told)


def _physical(text: str) -> Iterator[str]:
    """Yield the lines as the file has them, one at a time."""
    for found in re.finditer("[^\r\n]*(?:\r\n|\r|\n|$)", text):
        if found[0]:
            yield found[0].rstrip("\r\n")


def _whole(first: int, pieces: list[str], size: int, told: Told) -> Iterator[tuple[int, str]]:
    line = "".join(pieces)
    name = _name_of(line)
    if size > _LONGEST:
        if name in _READ or name.startswith(_MARK):
            told.at(first, "line-unread")
        elif name:
            yield first, f"{name}:…"
    elif name:
        yield first, line
    elif line.strip():
        told.at(first, "line-unread")


def _take(event: Event, number: int, name: str, line: str, walk: _Walk) -> None:
    """Take one property over into an event, or count it."""
    if name == "DESCRIPTION":
        event.described = True
    elif name.startswith(_MARK):
        column = name.removeprefix(_MARK).lower().replace("-", "_")
        event.marks.setdefault(column, text_of_value(line.partition(":")[2]))
    elif name not in _READ:
        if name not in _SILENT and line.partition(":")[2].strip():
            walk.told.count("not-kept", "X-" if name.startswith("X-") else name)
    elif name in event.lines and name not in _MANY:
        walk.told.at(number, "double", field=name)
    else:
        found = _line(number, name, line, walk.clocks)
        if found is None:
            walk.told.at(number, "line-unread")
        else:
            event.lines.setdefault(name, []).append(found)


def _line(number: int, name: str, line: str, clocks: Clocks) -> Line | None:
    """Split a line; None where that is not possible."""
    from icalendar.parser import Contentline

    reader: Any = Contentline
    if line[len(name)] == ":":
        return Line(number, name, {}, line[len(name) + 1 :])
    if len(line) > _LONGEST_WITH_PARAMETERS:
        return None
    content = reader(line)
    try:
        _, parameters, _ = content.parts()
    except ValueError:
        return None
    at = content.value_separator_index()
    known = {str(key).upper(): str(value) for key, value in parameters.items()}
    clock = clocks.known.get(known.get("TZID", ""), "")
    return Line(number, name, known, line[at + 1 :], clock) if at > 0 else None


def text_of_value(value: str) -> str:
    r"""Return what a written text says.

    Examples
    --------
    >>> text_of_value("a\\, b\\nc")
    'a, b\nc'
    """
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value).strip()


def values_of(value: str) -> list[str]:
    r"""Return the values of a list, each as it is written.

    Examples
    --------
    >>> values_of("a\\,b,c")
    ['a\\,b', 'c']
    """
    return _COMMA.sub("\\1\n", value).split("\n")
