"""``assetmap export`` and ``assetmap import``: what there is to do, to and from a social map."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from assetmap.cli.checking import opened, refused, verdict, warned
from assetmap.cli.choices import Exchange
from assetmap.cli.problem_list import ProblemList, document
from assetmap.cli.screen import Screen
from assetmap.errors import DataProblem, DataProblems, UnusableInput
from assetmap.model import Policy
from assetmap.tables import read_hsds, write, write_hsds
from assetmap.texts import Language, say

__all__ = ["ExportOrder", "give_out", "take_in"]


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
    lang : Language or None
        Language of what is shown; None: the team's.
    as_json : bool
        Whether a machine reads.
    """

    folder: Path
    out: Path
    form: Exchange = Exchange.HSDS
    source: str = ""
    lang: Language | None = None
    as_json: bool = False


def give_out(order: ExportOrder) -> int:
    """Write the file for a social map, tell what stayed behind, and return the exit code."""
    ready = opened(order.folder, order.lang, as_json=order.as_json)
    if isinstance(ready, int):
        return ready
    hood, screen = ready
    if order.out.suffix.casefold() != ".json" or _among(order.folder, order.out):
        screen.tell("cli.export.not-there", place=str(order.out))
        screen.hand_over({"folder": str(order.folder), "exit": 2, "fault": "not-there"})
        return 2
    try:
        told = write_hsds(hood, order.out, source=order.source)
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


def take_in(folder: Path, file: Path, screen: Screen) -> int:
    """Read a social map into a new folder, tell what was not read, and return the exit code."""
    try:
        hood = read_hsds(file, policy=Policy(language=screen.lang.value))
    except DataProblems as wrong:
        code = refused(file, wrong.problems, screen)
        screen.tell("cli.nothing-written")
        return code
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


def _is_empty(folder: Path) -> bool:
    return folder.is_dir() and next(folder.iterdir(), None) is None


def _hand_over(screen: Screen, told: Iterable[DataProblem], facts: dict[str, object]) -> None:
    found = list(told)
    if found:
        screen.show(ProblemList(found, screen.lang), whole=True)
    screen.hand_over({**facts, "problems": document(found, screen.lang)})
