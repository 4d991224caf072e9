"""Writing a calendar of what there is to do: activities become events; never a person."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path

from assetmap.errors import DataProblem, Severity
from assetmap.model import Activity, Initiative, Neighbourhood, Place, problem
from assetmap.model.called import Names
from assetmap.model.words import InitiativeStatus, Status
from assetmap.schedule import ends
from assetmap.tables.calendar_file import CalendarEvent, calendar_bytes, coming
from assetmap.tables.output import put
from assetmap.tables.social_map_open import open_part
from assetmap.tables.social_map_words import uid
from assetmap.texts import Language, language_name, listing, money, say

__all__ = ["KEPT", "write_calendar"]

KEPT = (
    *("activity", "category", "place", "area", "capacity", "fee_eur", "audience", "languages"),
    *("setting", "requires", "status"),
)
"""Columns that stand in a property of our own, so that reading gives them back as they were."""
_TOLD = frozenset({"hidden", "safety", "named", "left-out"})
"""Why something stays out of what everybody can read, as far as a calendar is about it."""


def write_calendar(
    hood: Neighbourhood, path: str | PathLike[str], *, asof: dt.date, source: str = ""
) -> tuple[DataProblem, ...]:
    """Write what there is to do as a calendar file (iCalendar, RFC 5545) that everybody may read.

    Parameters
    ----------
    hood : Neighbourhood
        Where the activities come from. Persons stay out, whatever points to them as well. An
        activity of an initiative goes out only where the column ``visible`` of that initiative
        says yes; what may be about safety never does, nor what has somebody's called name in it.
    path : path
        The file, ending in ``.ics``.
    asof : date
        Activities that have no date from this day on stay out; it is the stamp of every event.
    source : str, default ""
        Name of the team or municipality, part of every identifier and of the name of the
        calendar. Give one where calendars of several teams come together.

    Returns
    -------
    tuple of DataProblem
        What stayed behind, as notices in English.

    Raises
    ------
    UnusableInput
        The path cannot be written.

    Notes
    -----
    An activity is one event with its rule and exceptions, at the same hour in summer and winter,
    and has the same identifier every time: a program that takes in next week's file replaces it.
    Place, area, price and what is needed stand in the language of the team. The same
    neighbourhood gives the same bytes, whatever the order of its rows.

    Examples
    --------
    >>> import tempfile
    >>> choir = Activity(
    ...     activity="a1",
    ...     name="Koor",
    ...     category="creative",
    ...     start=dt.datetime(2026, 11, 27, 20),
    ...     rrule="FREQ=WEEKLY",
    ... )
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "agenda.ics")
    ...     hood = Neighbourhood.from_records(choir)
    ...     notices = write_calendar(hood, path, asof=dt.date(2026, 11, 23))
    ...     "SUMMARY:Koor" in path.read_text(), notices
    (True, ())
    """
    part = open_part(hood)
    making = _Making(part.hood, part.names, asof, source)
    for (code, table, column), n in part.told.items():
        short = code.partition("-")[2]
        if short in _TOLD and (not column or table == "activities"):
            making.told[short, table, column] += n
    events = list(making.events())
    lang = Language(hood.policy.language)
    name = say("calendar.title-of", lang, source=source) if source else say("calendar.title", lang)
    file = calendar_bytes(events, name=name, zone=hood.policy.zone, stamp=asof)
    put({Path(path): file})
    return tuple(
        problem(f"calendar-{short}", Severity.NOTICE, (table, None, column or None), n=n)
        for (short, table, column), n in sorted(making.told.items())
    )


@dataclass(slots=True)
class _Making:
    """The events in the making, and what is to be told about them."""

    hood: Neighbourhood
    names: Names
    asof: dt.date
    source: str
    told: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def events(self) -> Iterator[CalendarEvent]:
        """Yield an event for each activity that is still to come."""
        for row in self.hood.activities:
            if self._is_over(row):
                self.told["over", "activities", ""] += 1
            else:
                yield self._event(row)

    def _is_over(self, row: Activity) -> bool:
        by = self._by(row)
        if row.status is Status.PAST or (by and by.status is InitiativeStatus.ENDED):
            return True
        found = coming(
            row.start,
            self.asof,
            rrule=None if row.rrule is None else str(row.rrule),
            until=row.until,
            exceptions=row.except_ or (),
        )
        return next(found, None) is None

    def _event(self, row: Activity) -> CalendarEvent:
        zone, place = self.hood.policy.zone, self._place(row)
        cells = {**row.cells(), "place": place.place if place else ""}
        return CalendarEvent(
            uid=uid("activity", row.activity, self.source),
            summary=row.name,
            begins=row.start,
            ends=None if row.minutes is None else ends(row.start, row.minutes, zone),
            place=(place.name if place else None) or "",
            description="\n".join(self._about(row, place)),
            rrule=None if row.rrule is None else str(row.rrule),
            until=row.until,
            except_=tuple(row.except_ or ()),
            categories=(self._label(row.category),),
            marks=tuple(
                (name.upper().replace("_", "-"), cells[name]) for name in KEPT if cells.get(name)
            ),
        )

    def _about(self, row: Activity, place: Place | None) -> Iterator[str]:
        """Yield what there is to know, a sentence each."""
        lang = self._lang
        by, area = self._by(row), row.area or (place.area if place else None)
        if by is not None:
            yield say("calendar.by", lang, initiative=by.name)
        if row.fee_eur is not None:
            amount = money(row.fee_eur, lang)
            yield say("calendar.fee" if row.fee_eur else "calendar.free", lang, amount=amount)
        if row.capacity is not None:
            yield say("calendar.seats", lang, n=row.capacity)
        if row.audience:
            yield say("calendar.audience", lang, audience=listing(row.audience, lang))
        if row.languages:
            spoken = listing([language_name(tag, lang) for tag in row.languages], lang)
            yield say("calendar.languages", lang, languages=spoken)
        if area is not None:
            known = self.hood.index["areas"].get(area)
            yield say("calendar.area", lang, area=getattr(known, "name", None) or area)
        if place is not None and place.step_free is not None:
            yield say(f"calendar.step-free-{'yes' if place.step_free else 'no'}", lang)
        if row.requires:
            needed = [
                say("calendar.needed-part", lang, category=self._label(each.what), n=each.count)
                for each in row.requires
            ]
            yield say("calendar.needed", lang, needed=listing(needed, lang))

    @property
    def _lang(self) -> Language:
        return Language(self.hood.policy.language)

    def _by(self, row: Activity) -> Initiative | None:
        found = self.hood.matches(row.initiative or "", "initiatives")
        return found[0] if found and isinstance(found[0], Initiative) else None

    def _place(self, row: Activity) -> Place | None:
        found = self.hood.matches(row.place or "", "places")
        return found[0] if found and isinstance(found[0], Place) else None

    def _label(self, category: str) -> str:
        tree = self.hood.tree
        label = tree.label(category, self._lang) if category in tree else category
        return category if self.names.said_in(label) else label
