"""``assetmap forget``, ``retention`` and ``export-person``: on screen, and done where asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

from assetmap.cli.checking import refused
from assetmap.cli.days import typed_day
from assetmap.cli.network_files import would_stand_among
from assetmap.cli.screen import Screen
from assetmap.errors import DataProblems, InUse, UnknownName, UnusableInput
from assetmap.history import Erased
from assetmap.rights import (
    Forgotten,
    Line,
    Overdue,
    PersonFile,
    Retained,
    export_person,
    forget,
    person_page,
    retention,
)
from assetmap.rights.results import HISTORY
from assetmap.tables.output import folder_of, put
from assetmap.tables.reading import everything
from assetmap.tables.vocabulary import heading, sheet
from assetmap.texts import Language, say, unusable_in

__all__ = ["RightsOrder", "forget_person", "keep_no_longer", "show_person"]

T = TypeVar("T")


@dataclass(frozen=True)
class RightsOrder:
    """What somebody asked for.

    Attributes
    ----------
    folder : Path
        The tables.
    out : Path or None
        Folder with the results of all weeks; None: the one beside the tables, where `week` puts
        them, and only the tables where there is none.
    really : bool
        Whether something may be changed.
    lang : Language or None
        Language of what is shown; None: the team's.
    as_json : bool
        Whether a machine reads.
    """

    folder: Path
    out: Path | None
    really: bool
    lang: Language | None
    as_json: bool

    def screen(self) -> Screen:
        """Return where to speak, in the language that was asked or that of the team."""
        lang = self.lang or Language(everything(self.folder).policy.language)
        return Screen(lang, self.as_json)

    def results(self, lang: Language) -> Path | None:
        """Return the folder with the results: as asked, else beside the tables, in any language."""
        if self.out is not None:
            return self.out
        beside = folder_of(self.folder)
        names = dict.fromkeys(say("workbook.start.results", each) for each in (lang, *Language))
        places = [place for name in names if (place := beside / name).is_dir()]
        kept = (place for place in places if (place / HISTORY).is_file())
        return next(kept, next(iter(places), None))


def forget_person(order: RightsOrder, person: str) -> int:
    """Take somebody out, or tell what would go; return the exit code."""
    screen = order.screen()
    out = order.results(screen.lang)
    found = _tried(
        order,
        screen,
        lambda: forget(order.folder, person, out=out, dry_run=not order.really),
    )
    if found is None:
        return 2
    screen.show(*_of_forgotten(found, screen.lang), whole=True)
    code = int(bool(found.look) or not found.done)
    _end(screen, done=found.done, looked=out is not None)
    screen.hand_over({"folder": str(order.folder), "exit": code, **_document(found)})
    return code


def keep_no_longer(order: RightsOrder, asof: str | None) -> int:
    """List what is kept too long, take it out where asked; return the exit code."""
    screen = order.screen()
    day = dt.date.today() if asof is None else typed_day(asof)
    if day is None:
        return _stopped(order, screen, say("cli.graph.no-such-day", screen.lang, found=asof or ""))
    out = order.results(screen.lang)
    found = _tried(
        order,
        screen,
        lambda: retention(order.folder, asof=day, out=out, dry_run=not order.really),
    )
    if found is None:
        return 2
    screen.show(*_of_retained(found, screen.lang), whole=True)
    if found.removes:
        _end(screen, done=found.done, looked=out is not None)
    code = int(bool(found.overdue) or (found.removes and not found.done))
    about = {"folder": str(order.folder), "exit": code, "asof": day.isoformat()}
    screen.hand_over({**about, **_document(found)})
    return code


def show_person(order: RightsOrder, person: str, *, file: Path | None) -> int:
    """Write everything about one person, for that person; return the exit code."""
    screen = order.screen()
    if file is not None and (file.is_dir() or would_stand_among(order.folder, file)):
        return _stopped(order, screen, say("cli.rights.among-tables", screen.lang))
    out = order.results(screen.lang)
    found = _tried(order, screen, lambda: export_person(order.folder, person, out=out))
    if found is None:
        return 2
    lang = None if order.lang is None else order.lang.value
    page = person_page(found, lang)
    if file is None:
        screen.show(page.rstrip(), whole=True)
    else:
        readable = file.with_suffix(".txt" if file.suffix != ".txt" else ".page.txt")
        try:
            put({file: found.to_json().encode(), readable: page.encode()})
        except UnusableInput:
            return _stopped(order, screen, say("cli.not-written", screen.lang, place=str(file)))
        screen.show(str(file), str(readable), whole=True)
    code = int(_for_the_team(found, screen))
    screen.hand_over({"exit": code, "out": None if file is None else str(file), **_given(found)})
    return code


def _given(found: PersonFile) -> dict[str, Any]:
    """Return what may be handed over, and how much the team has to look at."""
    tables = {name: [dict(row) for row in rows] for name, rows in found.tables.items()}
    history = [dict(row) for row in found.history]
    return {"person": found.person, "tables": tables, "history": history}


def _for_the_team(found: PersonFile, screen: Screen) -> bool:
    """Say on stderr what to read before handing it over, and what is not in it."""
    for key, lines in (("read-first", found.read_first), ("held-back", found.held_back)):
        if lines:
            screen.tell(f"cli.rights.{key}", n=len(lines))
            screen.tell_at_length(*(f"  {_place(line, screen.lang)}" for line in lines))
    return bool(found.read_first or found.held_back)


def _tried(order: RightsOrder, screen: Screen, how: Callable[[], T]) -> T | None:
    """Return what comes of it; None after saying why nothing does."""
    if order.out is not None and not order.out.is_dir():
        _stopped(order, screen, say("cli.rights.no-such-out", screen.lang, place=str(order.out)))
        return None
    try:
        return how()
    except DataProblems as wrong:
        refused(order.folder, wrong.problems, screen)
        screen.tell("cli.nothing-written")
    except UnknownName:
        _stopped(order, screen, say("cli.rights.nobody", screen.lang))
    except InUse:
        _stopped(order, screen, say("cli.rights.in-use", screen.lang))
    except UnusableInput as wrong:
        _stopped(order, screen, unusable_in(wrong, screen.lang))
    return None


def _stopped(order: RightsOrder, screen: Screen, why: str) -> int:
    screen.tell_at_length(why)
    screen.hand_over({"folder": str(order.folder), "exit": 2})
    return 2


def _end(screen: Screen, *, done: bool, looked: bool) -> None:
    """Say whether it was done, and what was not looked at."""
    screen.tell("cli.rights.done" if done else "cli.rights.not-done")
    if not looked:
        screen.tell("cli.rights.no-out")


def _of_forgotten(found: Forgotten, lang: Language) -> Iterator[str]:
    yield from _listed("rows", (_place(line, lang) for line in found.rows), lang)
    yield from _listed("cells", (_place(line, lang) for line in found.cells), lang)
    yield from _gone_elsewhere(found.results, found.erased, lang)
    yield from _listed("look", (_place(line, lang) for line in found.look), lang)


def _of_retained(found: Retained, lang: Language) -> Iterator[str]:
    if not found.overdue and not found.removes:
        yield say("cli.rights.nothing", lang)
    yield from _listed("overdue", (_reason(row, lang) for row in found.overdue), lang)
    yield from _gone_elsewhere(found.results, found.erased, lang)
    yield from _listed("look", (_place(line, lang) for line in found.look), lang)


def _gone_elsewhere(
    results: Iterable[Path], erased: Erased | None, lang: Language
) -> Iterator[str]:
    yield from _listed("results", (path.name for path in results), lang)
    n = 0 if erased is None else sum(asdict(erased).values())
    if n:
        yield say("cli.rights.history", lang, n=n)


def _reason(row: Overdue, lang: Language) -> str:
    name = "" if row.id is None else f" {row.id}"
    why, todo = say(f"rights.why.{row.why}", lang), say(f"rights.todo.{row.todo}", lang)
    return f"{_place(row.line, lang)}{name} ({todo}): {why}"


def _listed(key: str, lines: Iterable[str], lang: Language) -> Iterator[str]:
    found = list(lines)
    if found:
        yield say(f"cli.rights.{key}", lang, n=len(found))
        yield from (f"  {line}" for line in found)


def _place(line: Line, lang: Language) -> str:
    if line.table is None:
        return line.file
    row = say("cli.check.in-row", lang, row=line.row)
    named = f"{line.file}, {sheet(line.table, lang)}, {row}"
    return named if line.column is None else f"{named}, {_column(line.table, line.column, lang)}"


def _column(table: str, column: str, lang: Language) -> str:
    try:
        return heading(table, column, lang)
    except KeyError:
        return column  # one of the team's own


def _document(found: Forgotten | Retained) -> dict[str, Any]:
    whole: dict[str, Any] = asdict(found)
    whole["results"] = [path.name for path in found.results]
    if isinstance(found, Retained):
        whole["overdue"] = [
            {**asdict(row), "since": None if row.since is None else row.since.isoformat()}
            for row in found.overdue
        ]
    return whole
