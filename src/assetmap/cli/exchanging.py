"""``assetmap export`` and ``import``: what there is to do, to and from maps and calendars."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from assetmap.cli.checking import opened, refused, verdict, warned
from assetmap.cli.choices import Exchange
from assetmap.cli.days import typed_day
from assetmap.cli.problem_list import ProblemList, document
from assetmap.cli.screen import Screen
from assetmap.errors import DataProblem, DataProblems, UnusableInput
from assetmap.model import Neighbourhood, Policy
from assetmap.tables import read_calendar, read_hsds, write, write_calendar, write_hsds
from assetmap.texts import Language, say

__all__ = ["ExportOrder", "ImportOrder", "give_out", "take_in"]

_ENDINGS = {Exchange.HSDS: ".json", Exchange.CALENDAR: ".ics"}


@dataclass(frozen=True)
class ExportOrder:
    """What somebody asked to give away.

    Attributes
    ----------
    folder : Path
        The tables.
    out : Path
        The file.
    form : Exchange
        The format.
    source : str
        Name of the team, part of every identifier.
    asof : str or None
        The first day of a calendar, as it was typed; None: today.
    lang : Language or None
        Language of what is shown; None: the team's.
    as_json : bool
        Whether a machine reads.
    """

    folder: Path
    out: Path
    form: Exchange = Exchange.HSDS
    source: str = ""
    asof: str | None = None
    lang: Language | None = None
    as_json: bool = False


@dataclass(frozen=True)
class ImportOrder:
    """What somebody asked to take in.

    Attributes
    ----------
    folder : Path
        The new tables.
    file : Path
        Where they come from: a calendar where it ends in ``.ics``, else a social map.
    category : str or None
        What the events of a calendar are that do not say so.
    since : str or None
        Leave out what is over before this day, as it was typed.
    """

    folder: Path
    file: Path
    category: str | None = None
    since: str | None = None

    @property
    def is_calendar(self) -> bool:
        """Whether the file is a calendar."""
        return self.file.suffix.casefold() == _ENDINGS[Exchange.CALENDAR]


def give_out(order: ExportOrder) -> int:
    """Write the file, tell what stayed behind, and return the exit code."""
    ready = opened(order.folder, order.lang, as_json=order.as_json)
    if isinstance(ready, int):
        return ready
    hood, screen = ready
    day = _today() if order.asof is None else typed_day(order.asof)
    ending = _ENDINGS[order.form]
    if day is None:
        return _stopped(order.folder, "no-such-day", screen, "export", found=order.asof)
    if order.out.suffix.casefold() != ending or _among(order.folder, order.out):
        place = {"place": str(order.out), "ending": ending}
        return _stopped(order.folder, "not-there", screen, "export", **place)
    try:
        told = _written(hood, order, day)
    except UnusableInput:
        screen.tell("cli.not-written", place=str(order.out))
        screen.hand_over({"folder": str(order.folder), "exit": 2, "fault": "not-written"})
        return 2
    screen.show(say("cli.export.written", screen.lang, place=str(order.out)), whole=True)
    code = int(warned(order.folder, hood.notices, screen))
    _hand_over(screen, told, {"folder": str(order.folder), "exit": code, "out": str(order.out)})
    return code


def _among(folder: Path, out: Path) -> bool:
    """Tell whether a file would come among the tables, and be taken for one."""
    return out.parent.resolve() == (folder if folder.is_dir() else folder.parent).resolve()


def _today() -> dt.date:
    return dt.date.today()


def _written(hood: Neighbourhood, order: ExportOrder, day: dt.date) -> tuple[DataProblem, ...]:
    if order.form is Exchange.CALENDAR:
        return write_calendar(hood, order.out, asof=day, source=order.source)
    return write_hsds(hood, order.out, source=order.source)


def _stopped(folder: Path, fault: str, screen: Screen, what: str, **facts: object) -> int:
    """Say what cannot be done, and return the exit code; nothing was written."""
    screen.tell(f"cli.{what}.{fault}", **facts)
    screen.hand_over({"folder": str(folder), "exit": 2, "fault": fault})
    return 2


def take_in(order: ImportOrder, screen: Screen) -> int:
    """Read a file into a new folder, tell what was not read, and return the exit code."""
    folder, since = order.folder, typed_day(order.since or "")
    if order.since is not None and since is None:
        return _stopped(folder, "no-such-day", screen, "import", found=order.since)
    if not order.is_calendar and (order.category, order.since) != (None, None):
        return _stopped(folder, "only-calendar", screen, "import", place=str(order.file))
    try:
        hood = _read(order, since, Policy(language=screen.lang.value))
    except DataProblems as wrong:
        code = refused(order.file, wrong.problems, screen)
        screen.tell("cli.nothing-written")
        return code
    except UnusableInput:
        return _stopped(folder, "no-such-category", screen, "import", found=order.category)
    fault = "not-empty" if folder.exists() and not _is_empty(folder) else None
    if fault is None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            write(hood, folder)
        except (UnusableInput, OSError):
            fault = "not-written"
    if fault is not None:
        screen.tell(f"cli.{fault}", folder=str(folder), place=str(folder))
        screen.hand_over({"folder": str(folder), "exit": 2, "fault": fault})
        return 2
    rows = {"initiatives": len(hood.initiatives), "activities": len(hood.activities)}
    screen.show(say("cli.import.written", screen.lang, place=str(folder), **rows), whole=True)
    code = verdict(hood.notices)
    _hand_over(screen, hood.notices, {"folder": str(folder), "exit": code, **rows})
    return code


def _read(order: ImportOrder, since: dt.date | None, policy: Policy) -> Neighbourhood:
    if order.is_calendar:
        return read_calendar(order.file, category=order.category, since=since, policy=policy)
    return read_hsds(order.file, policy=policy)


def _is_empty(folder: Path) -> bool:
    return folder.is_dir() and next(folder.iterdir(), None) is None


def _hand_over(screen: Screen, told: Iterable[DataProblem], facts: dict[str, object]) -> None:
    found = list(told)
    if found:
        screen.show(ProblemList(found, screen.lang), whole=True)
    screen.hand_over({**facts, "problems": document(found, screen.lang)})
