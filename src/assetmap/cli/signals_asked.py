"""``assetmap signals``: the list of signals for a meeting, on screen and in files."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assetmap import signals
from assetmap.cli.checking import opened, warned
from assetmap.cli.choices import Served
from assetmap.cli.days import typed_day
from assetmap.cli.screen import Screen
from assetmap.cli.signals_screen import SignalsScreen
from assetmap.errors import UnusableInput
from assetmap.model import Neighbourhood, Person
from assetmap.privacy import Audience, Released
from assetmap.signals import MeetingNote, SharedSignals, Signals
from assetmap.tables.grid import unmarked
from assetmap.tables.output import csv_text, put
from assetmap.texts import Language

__all__ = ["SignalsOrder", "list_signals"]

_LIST, _NOTES = "signals.csv", "notes.csv"
_COLUMNS = ("card", "date", "state", "evidence", "because", "outcome")
_LARGEST = 16_000_000
"""Bytes of notes that are read at most."""


@dataclass(frozen=True)
class SignalsOrder:
    """What somebody asked for.

    Attributes
    ----------
    folder : Path
        The tables.
    asof : str or None
        The day of the meeting, as it was typed; None: today.
    out : Path or None
        Folder to write in; None: nowhere.
    earlier : Path or None
        File with the notes of earlier meetings.
    worker : str or None
        Id of the worker who reads, and gets the own cards too.
    audience : Served
        Whom the list is for.
    lang : Language or None
        Language of what is shown; None: the team's.
    as_json : bool
        Whether a machine reads.
    """

    folder: Path
    asof: str | None = None
    out: Path | None = None
    earlier: Path | None = None
    worker: str | None = None
    audience: Served = Served.TEAM
    lang: Language | None = None
    as_json: bool = False


def list_signals(order: SignalsOrder) -> int:
    """Show the list, write it where asked, and return the exit code."""
    ready = opened(order.folder, order.lang, as_json=order.as_json)
    if isinstance(ready, int):
        return ready
    hood, screen = ready
    day = _today() if order.asof is None else typed_day(order.asof)
    fault = _fault(order, hood)
    if day is None or fault is not None:
        return _stopped(order, "no-such-day" if day is None else str(fault), screen)
    try:
        earlier = _earlier(order.earlier)
    except UnusableInput as wrong_row:
        return _stopped(order, "no-notes", screen, why=str(wrong_row))
    return _shown(order, hood, signals.detect(hood, asof=day, earlier=earlier), earlier, screen)


def _today() -> dt.date:
    return dt.date.today()


def _fault(order: SignalsOrder, hood: Neighbourhood) -> str | None:
    """Return what cannot be done; None when all of it can."""
    found = hood.matches(order.worker, "people") if order.worker is not None else ()
    faults = {
        "not-for-worker": order.worker is not None and order.audience is not Served.TEAM,
        "no-worker": order.worker is not None
        and not any(isinstance(row, Person) and row.is_worker for row in found),
        "among-tables": order.out is not None and _same(order.out, order.folder),
        "no-folder": order.out is not None and order.out.is_file(),
    }
    return next((name for name, wrong in faults.items() if wrong), None)


def _same(out: Path, tables: Path) -> bool:
    folder = tables if tables.is_dir() else tables.parent
    return out.resolve() == folder.resolve()


def _stopped(order: SignalsOrder, fault: str, screen: Screen, **facts: str) -> int:
    """Say what cannot be done, and return the exit code; nothing was written."""
    screen.tell(f"cli.signals.{fault}", found=order.asof or "", **facts)
    screen.hand_over({"folder": str(order.folder), "exit": 2, "fault": fault})
    return 2


def _earlier(path: Path | None) -> tuple[MeetingNote, ...]:
    """Read the notes of earlier meetings.

    Raises
    ------
    UnusableInput
        No such file, or rows that cannot be read.
    """
    if path is None:
        return ()
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
        text = content.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise UnusableInput(f"{path.name} is not a CSV file that can be read") from None
    if len(content) > _LARGEST:
        raise UnusableInput(f"{path.name} is larger than 16 MB")
    mark = ";" if ";" in text.partition("\n")[0] else ","
    try:
        rows = list(csv.DictReader(io.StringIO(text), delimiter=mark, strict=True))
    except csv.Error:
        raise UnusableInput(f"{path.name} is not a CSV file that can be read") from None
    plain = [{n: unmarked(c) for n, c in row.items() if isinstance(c, str)} for row in rows]
    return signals.notes_from_rows(plain)


def _shown(
    order: SignalsOrder,
    hood: Neighbourhood,
    found: Signals,
    earlier: tuple[MeetingNote, ...],
    screen: Screen,
) -> int:
    shared = signals.for_audience(found, order.audience.value, reader=order.worker)
    screen.show(SignalsScreen(shared, screen.lang))
    names: list[str] = []
    if order.out is not None:
        files = _files(order, found, shared, earlier, screen.lang)
        try:
            put({order.out / name: text.encode() for name, text in files.items()})
        except UnusableInput:
            screen.tell("cli.not-written", place=str(order.out))
            return 2
        names = sorted(files)
        screen.show(*(str(order.out / name) for name in names), whole=True)
    if found.apart.safety:
        screen.tell("cli.signals.safety")
    code = int(warned(order.folder, hood.notices, screen))
    screen.hand_over(_document(order, shared, code, names, screen.lang))
    return code


def _document(
    order: SignalsOrder,
    shared: Released[SharedSignals],
    code: int,
    files: list[str],
    lang: Language,
) -> dict[str, Any]:
    """Return the list for a machine."""
    rows = [
        {name: _plain(value) for name, value in row.items()}
        for row in signals.as_rows(shared, lang)
    ]
    return {
        "folder": str(order.folder),
        "exit": code,
        "audience": order.audience.value,
        "asof": shared.value.asof.isoformat(),
        "cards": rows,
        "remarks": [line.said(lang) for line in shared.value.remarks or ()],
        "out": None if order.out is None else str(order.out),
        "files": files,
    }


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, dt.date) else value


def _files(
    order: SignalsOrder,
    found: Signals,
    shared: Released[SharedSignals],
    earlier: tuple[MeetingNote, ...],
    lang: Language,
) -> dict[str, str]:
    """Return the files by name: the list, and for the team the notes to fill in."""
    files = {_LIST: csv_text(signals.COLUMNS, signals.as_rows(shared, lang))}
    if shared.audience is Audience.TEAM:
        before = [note for note in earlier if note.date != found.asof]
        same_day = {note.card: note for note in earlier if note.date == found.asof}
        now = [same_day.pop(n.card, n) for n in found.notes(reader=order.worker)]
        notes = [*before, *same_day.values(), *now]
        files[_NOTES] = csv_text(_COLUMNS, [note.row() for note in notes])
    return files
