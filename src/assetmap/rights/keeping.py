"""What is kept longer than needed, and what has to be talked over again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import Any

from assetmap.history import Erased
from assetmap.model import (
    InitiativeStatus,
    Person,
    PrivacyThresholds,
    Record,
    ReferralStatus,
    Share,
    columns,
)
from assetmap.report.handing import without_empty
from assetmap.rights.falling import falling
from assetmap.rights.forgetting import apply, mentioning, plans_with
from assetmap.rights.leftovers import left_to_look_at
from assetmap.rights.results import opened, results_before
from assetmap.rights.sheets import At, Line, Sheets, sheets_of
from assetmap.schedule import Week

__all__ = ["Overdue", "Retained", "Todo", "WhyNow", "retention"]


class WhyNow(StrEnum):
    """Why something is on the list."""

    CLOSED = "closed"
    """A question that was closed so long ago."""
    ENDED = "ended"
    """Something that ended so long ago."""
    OLD = "old"
    """Something heard of a person so long ago."""
    NOTHING_OPEN = "nothing_open"
    """A person of whom nothing is open, and nothing was written for so long."""
    NO_DATE = "no_date"
    """A person of whom nothing is open, and nothing says since when."""
    REVIEW_DUE = "review_due"
    """The day has passed on which it was to be looked at again."""
    NO_GROUND = "no_ground"
    """Shared without a word on what that rests on."""
    NO_REVIEW = "no_review"
    """Shared without a day on which that is talked over again."""


class Todo(StrEnum):
    """What to do about it."""

    REMOVE = "remove"
    """It can be taken out."""
    MAKE_NAMELESS = "make_nameless"
    """It can stay without who it is about."""
    TALK = "talk"
    """Somebody has to talk it over; nothing is changed."""


@dataclass(frozen=True, slots=True)
class Overdue:
    """One row that should not go on like this.

    Attributes
    ----------
    line : Line
        Where it is.
    id : str or None
        Its id, if it has one.
    why : WhyNow
        Why it is on the list.
    todo : Todo
        What to do.
    since : date or None
        The day from which was counted.
    """

    line: Line
    id: str | None
    why: WhyNow
    todo: Todo
    since: dt.date | None


@dataclass(frozen=True, slots=True)
class Retained:
    """What is past its time, and what was done about it.

    Attributes
    ----------
    overdue : tuple of Overdue
        The list.
    rows, cells : tuple of Line
        What goes out of the tables, with all that rests on it.
    results : tuple of Path
        Results of earlier weeks that mention a person who goes, or are too old themselves.
    look : tuple of Line
        Where a text or a file may still tell of a person who goes: for somebody to read.
    erased : Erased or None
        What goes out of the history; None: there is no history, or no place for it was given.
    done : bool
        Whether it was done.
    """

    overdue: tuple[Overdue, ...]
    rows: tuple[Line, ...]
    cells: tuple[Line, ...]
    results: tuple[Path, ...]
    look: tuple[Line, ...]
    erased: Erased | None
    done: bool

    @property
    def removes(self) -> bool:
        """Whether there is something that can be taken out."""
        kept = self.erased is not None and self.erased != Erased(0, 0, 0, 0)
        return bool(self.rows or self.cells or self.results or kept)


def retention(
    folder: str | PathLike[str],
    *,
    asof: dt.date,
    out: str | PathLike[str] | None = None,
    dry_run: bool = True,
) -> Retained:
    """List what is past its time, and take it out where asked, all of it or nothing.

    The periods are those of the team, section ``privacy`` of ``team.toml``. What has to be talked
    over is listed and never changed.

    Parameters
    ----------
    folder : path
        The tables, as for :func:`assetmap.read`.
    asof : date
        The day.
    out : path, optional
        Folder of the results and the history. Default: only the tables.
    dry_run : bool, default True
        Whether nothing is changed.

    Raises
    ------
    DataProblems
        There are errors in the tables; all of them.
    InUse
        A file is open in another program.
    UnusableInput
        A file cannot be changed; then none was.

    Examples
    --------
    >>> import datetime as dt
    >>> found = retention("examples/buurthuis", asof=dt.date(2026, 11, 23))
    >>> found.done, {row.todo.value for row in found.overdue} <= {"remove", "talk"}
    (False, True)
    """
    place = None if out is None else Path(out)
    with opened(place, folder, copy=dry_run) as store:
        sheets = sheets_of(folder)
        keeping = sheets.hood.policy.privacy
        found = tuple(_overdue(sheets, keeping, asof))
        gone = falling(sheets, [at for at, row in found if row.todo is Todo.REMOVE])
        for at, row in found:
            if row.todo is Todo.MAKE_NAMELESS and at not in gone.rows:
                filled = (name for name in _NAMES if sheets.text(at, name))
                gone.cells.update({(at, name): "" for name in filled})
        people = sorted(
            str(sheets.rows[table][number].id) for table, number in gone.rows if table == "people"
        )
        first = Week.of(asof - dt.timedelta(days=keeping.keep_ended_days))
        plans = plans_with(store, people)
        results = set(mentioning(place, gone, people, plans) if people else ())
        results |= set(() if place is None else results_before(place, first))
        look = left_to_look_at(gone, people, (place, results)) if people else ()
        erased = apply(gone, people, (store, results), before=first, dry_run=dry_run)
    without_empty(() if dry_run else results)
    return Retained(
        overdue=tuple(row for _, row in found),
        rows=gone.row_lines,
        cells=gone.cell_lines,
        results=tuple(sorted(results)),
        look=look,
        erased=erased,
        done=not dry_run,
    )


_NAMES = ("about", "speaker", "household", "note")
"""Columns of an observation by which it is about somebody."""
_DATES = ("until", "date", "closed_on", "since", "from", "review_on", "ties_asked_on")

Check = Callable[[Sheets, PrivacyThresholds, dt.date], Iterator[tuple[At, Overdue]]]


def _overdue(
    sheets: Sheets, keeping: PrivacyThresholds, asof: dt.date
) -> Iterator[tuple[At, Overdue]]:
    """Go through all rows; one that goes is not listed for something else as well."""
    seen: set[At] = set()
    for check in (_ended, _heard, _idle, _reviews, _grounds):
        for at, row in check(sheets, keeping, asof):
            if at not in seen:
                yield at, row
            if row.todo is not Todo.TALK:
                seen.add(at)


def _made(
    sheets: Sheets, at: At, why: WhyNow, todo: Todo, since: dt.date | None
) -> tuple[At, Overdue]:
    record = sheets.rows[at[0]][at[1]]
    column = {WhyNow.REVIEW_DUE: "review_on", WhyNow.NO_REVIEW: "review_on"}.get(why)
    ground = "ground" if why is WhyNow.NO_GROUND else column
    return at, Overdue(sheets.line(at, ground), record.id, why, todo, since)


_ENDS: Mapping[str, str] = MappingProxyType(
    {
        "needs": "closed_on",
        "people": "until",
        "talents": "until",
        "ties": "until",
        "memberships": "until",
        "responsibilities": "until",
        "arrangements": "until",
        "safeguards": "until",
        "referrals": "date",
        "decisions": "date",
    }
)
"""By which day a row is over."""
_PASSED = frozenset({ReferralStatus.RETURNED, ReferralStatus.DONE, InitiativeStatus.ENDED})


def _ended(
    sheets: Sheets, keeping: PrivacyThresholds, asof: dt.date
) -> Iterator[tuple[At, Overdue]]:
    for at, row in sheets.all_rows():
        column = _ENDS.get(at[0])
        end: dt.date | None = row.value(column) if column is not None else None
        if end is None or (at[0] == "referrals" and row.value("status") not in _PASSED):
            continue
        if at[0] == "decisions":
            end = max(end, row.value("until") or end)
        question = at[0] == "needs"
        days = keeping.keep_closed_days if question else keeping.keep_ended_days
        if end + dt.timedelta(days=days) < asof:
            why = WhyNow.CLOSED if question else WhyNow.ENDED
            yield _made(sheets, at, why, Todo.REMOVE, end)


def _heard(
    sheets: Sheets, keeping: PrivacyThresholds, asof: dt.date
) -> Iterator[tuple[At, Overdue]]:
    """Observations stay as what was heard, without who."""
    for at, row in sheets.all_rows():
        if at[0] == "observations" and any(row.value(name) for name in _NAMES):
            day: dt.date = row.value("date")
            if day + dt.timedelta(days=keeping.keep_observations_days) < asof:
                yield _made(sheets, at, WhyNow.OLD, Todo.MAKE_NAMELESS, day)


def _idle(
    sheets: Sheets, keeping: PrivacyThresholds, asof: dt.date
) -> Iterator[tuple[At, Overdue]]:
    """People of whom nothing is open any more."""
    busy: set[str] = set()
    last: dict[str, dt.date] = {}
    for _, row in sheets.all_rows():
        days = [day for name in _DATES if (day := _day(row, name)) is not None and day <= asof]
        for person in _about(sheets, row):
            if days:
                last[person] = max(last.get(person, dt.date.min), *days)
            if _open(row, asof):
                busy.add(person)
    for at, row in sheets.all_rows():
        if not isinstance(row, Person) or row.is_worker or row.person in busy:
            continue
        since = last.get(row.person)
        if since is None:
            yield _made(sheets, at, WhyNow.NO_DATE, Todo.TALK, None)
        elif since + dt.timedelta(days=keeping.keep_people_days) < asof:
            yield _made(sheets, at, WhyNow.NOTHING_OPEN, Todo.REMOVE, since)


def _about(sheets: Sheets, row: Record) -> Iterator[str]:
    """Yield the residents whom a row is about; who wrote it down is not among them."""
    if isinstance(row, Person):
        yield row.person
    for column in columns(type(row)):
        named = row.value(column.name) if column.refers_to else None
        if isinstance(named, str) and column.name not in {"reporter", "reported_by", "worker"}:
            yield from (
                str(p.id)
                for p in sheets.hood.matches(named, *column.refers_to)
                if p.table == "people"
            )


_STANDING = frozenset(
    {"needs", "talents", "arrangements", "memberships", "responsibilities", "safeguards"}
    | {"initiatives", "places", "agreements", "referrals"}
)
"""Tables of which a row that is not over keeps somebody on the list."""


def _open(row: Record, asof: dt.date) -> bool:
    """Tell whether a row still counts on a day."""
    if row.table not in _STANDING:
        return False
    if row.table in {"referrals", "initiatives"}:
        return row.value("status") not in _PASSED
    end = _day(row, "closed_on" if row.table == "needs" else "until")
    return end is None or end >= asof


def _day(row: Record, column: str) -> dt.date | None:
    names: dict[str, Any] = {c.name: None for c in columns(type(row))}
    value = row.value(column) if column in names else None
    return value if isinstance(value, dt.date) else None


def _reviews(
    sheets: Sheets, keeping: PrivacyThresholds, asof: dt.date
) -> Iterator[tuple[At, Overdue]]:
    del keeping
    for at, row in sheets.all_rows():
        day = _day(row, "review_on")
        over = at[0] == "needs" and _day(row, "closed_on") is not None
        ended = at[0] == "safeguards" and not _open(row, asof)
        if day is not None and day < asof and not over and not ended:
            yield _made(sheets, at, WhyNow.REVIEW_DUE, Todo.TALK, day)


def _grounds(
    sheets: Sheets, keeping: PrivacyThresholds, asof: dt.date
) -> Iterator[tuple[At, Overdue]]:
    """Sharing that rests on nothing that was written down, or is never talked over again."""
    del keeping, asof
    for at, row in sheets.all_rows():
        if isinstance(row, Person) and row.share is Share.YES:
            if not row.ground:
                yield _made(sheets, at, WhyNow.NO_GROUND, Todo.TALK, None)
            elif row.review_on is None:
                yield _made(sheets, at, WhyNow.NO_REVIEW, Todo.TALK, None)
