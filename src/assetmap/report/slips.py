"""One sheet to hand over, in words: what the page, the print and the calendar all show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from assetmap.privacy import pseudonyms
from assetmap.report.templates import style, template
from assetmap.tables.calendar_file import CalendarEvent, calendar_bytes
from assetmap.texts import clock, day, say

__all__ = ["Slip", "SlipTask", "calendar", "clock_lines", "document"]

_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class SlipTask:
    """One thing on a sheet.

    Attributes
    ----------
    when : str
        The heading that it stands under.
    lines : tuple of str
        What is told of it; the first says what it is.
    day : date or None
        The day; None: it has none.
    begins, ends : int or None
        Minutes after midnight.
    place : str or None
        Where.
    kind : str
        What sort of thing it is; with the day it tells one from another in a calendar.
    all_week : bool
        Whether it is some time in the week; what has no day and is not, is in no calendar.
    told : tuple of str
        The lines that a calendar has no column for.
    """

    when: str
    lines: tuple[str, ...]
    day: dt.date | None
    begins: int | None
    ends: int | None
    place: str | None
    kind: str
    all_week: bool
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Slip:
    """One sheet.

    Attributes
    ----------
    lang : str
        Its language.
    words : str
        Where its sentences stand in the catalogue.
    number : str
        The number of the week.
    monday, sunday : date
        Its first and last day.
    zone : str
        The time zone of its clock times.
    whom : str or None
        For whom it is, as it is printed on top.
    heading : str
        What it is called.
    tasks : tuple of SlipTask
        In order.
    notice : str
        For whose eyes it is.
    """

    lang: str
    words: str
    number: str
    monday: dt.date
    sunday: dt.date
    zone: str
    whom: str | None
    heading: str
    tasks: tuple[SlipTask, ...]
    notice: str

    def sentence(self, key: str, **facts: object) -> str:
        """Return a sentence of this kind of sheet."""
        return say(f"{self.words}.{key}", self.lang, **facts)

    @property
    def period(self) -> str:
        """From which day to which day it goes."""
        first, last = day(self.monday, self.lang), day(self.sunday, self.lang, year=True)
        return say("sheets.period", self.lang, first=first, last=last)

    @property
    def groups(self) -> tuple[tuple[str, tuple[SlipTask, ...]], ...]:
        """Its tasks under their headings."""
        return tuple((head, tuple(same)) for head, same in groupby(self.tasks, lambda t: t.when))


def clock_lines(begins: int | None, ends: int | None, lang: str) -> Iterator[str]:
    """Yield from when to when something is, as far as that is known."""
    first, last = (None if at is None else clock(at, lang) for at in (begins, ends))
    if first is not None and last is not None:
        yield say("sheets.from-to", lang, begins=first, ends=last)
    elif first is not None:
        yield say("sheets.at", lang, begins=first)


def document(slips: Sequence[Slip], lang: str, *, title: str, cover: object | None = None) -> str:
    """Return one page of sheets, each on paper of its own, that loads nothing.

    Parameters
    ----------
    slips : sequence of Slip
        The sheets.
    lang : str
        Language of the page.
    title : str
        What the window is called.
    cover : object, optional
        What stands on the first sheet, for whoever hands them out.
    """
    return template("slips").render(
        lang=lang,
        style=style("sheet") + style("slips"),
        say=lambda key, **told: say(f"sheets.{key}", lang, **told),
        title=title,
        slips=slips,
        cover=cover,
    )


def calendar(slip: Slip, *, reader: str, key: bytes) -> bytes | None:
    """Return a sheet as a calendar file; None where there is nothing to put in a calendar.

    Parameters
    ----------
    slip : Slip
        The sheet.
    reader : str
        Qualified id of whose it is. It is in the file as a code only.
    key : bytes
        For the codes by which a calendar knows an event again.
    """
    events = tuple(_events(slip, reader, key))
    if not events:
        return None
    name = " · ".join(
        (slip.sentence("heading-short", week=slip.number), *filter(None, [slip.whom]))
    )
    return calendar_bytes(events, name=name, zone=slip.zone, stamp=slip.monday)


def _events(slip: Slip, reader: str, key: bytes) -> Iterator[CalendarEvent]:
    """Yield an event for each task with a day, or some time in the week."""
    seen: dict[tuple[object, str], int] = {}
    for task in slip.tasks:
        if task.day is None and not task.all_week:
            continue
        same = (task.day or slip.monday, task.kind)
        seen[same] = seen.get(same, 0) + 1
        begins, ends = _span(task, slip)
        yield CalendarEvent(
            uid=_code((reader, *map(str, same), str(seen[same])), key),
            summary=task.lines[0].removesuffix("."),
            begins=begins,
            ends=ends,
            place=task.place or "",
            description="\n".join((*_undated(task), *task.told, slip.notice)),
            private=True,
        )


def _undated(task: SlipTask) -> Iterable[str]:
    return (task.when,) if task.day is None else ()


def _code(parts: Iterable[str], key: bytes) -> str:
    text = "|".join(("sheet", *parts))
    return f"{pseudonyms([text], key)[text]}@assetmap"


def _span(task: SlipTask, slip: Slip) -> tuple[dt.date, dt.date | None]:
    """Return begin and end, both with a time or both without; an end past midnight is next day."""
    if task.day is None:
        return slip.monday, slip.sunday
    if task.begins is None:
        return task.day, None
    start = dt.datetime.combine(task.day, dt.time()) + dt.timedelta(minutes=task.begins)
    if task.ends is None:
        return start, None
    past = task.ends if task.ends > task.begins else task.ends + _DAY
    return start, start + dt.timedelta(minutes=past - task.begins)
