"""What must hold of any input, however bad: judged by counting, without the reader's help."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import assetmap
from assetmap.errors import AssetmapError, DataProblem, DataProblems, Severity
from assetmap.model import RECORDS, Neighbourhood
from assetmap.tables import told, write_back_ids
from assetmap.tables.reading import everything
from assetmap.tables.vocabulary import table_called
from assetmap.texts import Language

__all__ = ["judged"]


def judged(path: Path, rows: Mapping[str, Sequence[int]]) -> list[str]:
    """Play an input through every reader, and return what does not hold.

    Parameters
    ----------
    path : Path
        What to read.
    rows : Mapping[str, sequence of int]
        By name of sheet or file: the numbers of the rows that hold something.

    Returns
    -------
    list of str
        Empty when everything holds. An exception that is none of ours goes through: that it came
        is what has to be found.
    """
    folder = path if path.is_dir() else path.parent
    before = _contents(folder)
    problems = assetmap.check(path)
    wrong = [f"cannot be said: {p.code}" for p in problems if not _sayable(p)]
    errors = [p for p in problems if p.severity is Severity.ERROR]
    try:
        hood = assetmap.read(path)
    except DataProblems as refused:
        if not errors:
            wrong.append("read refuses what check finds no error in")
        if {p.code for p in refused.problems} != {p.code for p in problems}:
            wrong.append("read and check do not agree")
        hood = None
        wrong += _unnamed(path, rows)
    else:
        if errors:
            wrong.append("read takes what check finds errors in")
        wrong += _lost(hood, rows, problems)
        wrong += _forms(hood)
    if _contents(folder) != before:
        wrong.append("reading changed the folder")
    return wrong + _written_back(path, folder, before, hood)


_UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e]")


def _sayable(found: DataProblem) -> bool:
    """Tell whether a problem has a sentence in both languages, for any screen."""
    for language in Language:
        text = told(found, language).message
        text.encode()
        if not text or "BadZip" in text or _UNSEEN.search(text):
            return False
    str(found).encode()
    return True


def _lost(
    hood: Neighbourhood, rows: Mapping[str, Sequence[int]], problems: Sequence[DataProblem]
) -> list[str]:
    """Count the rows that went in against those that came out or were said to be left out."""
    wrong = []
    for name, numbers in rows.items():
        table = table_called(name)
        if table in RECORDS and numbers:
            own = [p for p in problems if p.table == table]
            first = max((p.row or 0 for p in own if p.code == "headings-lower"), default=0)
            left = sum(int(p.facts["n"]) for p in own if p.code == "examples-left-out")
            left += sum(p.code == "totals-row" for p in own)
            expected = sum(number > first for number in numbers) - left
            if len(hood.table(table)) != expected:
                wrong.append(f"{table}: {expected} rows in, {len(hood.table(table))} out")
    return wrong


def _unnamed(path: Path, rows: Mapping[str, Sequence[int]]) -> list[str]:
    """Count the same where reading refuses: every row is a record, or named, or its table is."""
    found = everything(path)
    wrong = []
    errors = [p for p in found.problems if p.severity is not Severity.NOTICE]
    if any(p.table is None for p in errors):
        return []
    for name, numbers in rows.items():
        own = [p for p in errors if p.table == table_called(name)]
        if table_called(name) in RECORDS and all(p.row is not None for p in own):
            first = max(
                (p.row or 0 for p in found.problems if p.code == "headings-lower"), default=0
            )
            below = [n for n in numbers if n > first]
            got = len(found.assembled.tables.get(str(table_called(name)), ()))
            told_of = len({p.row for p in own} & set(below))
            headed = any(p.code in _TABLE_WIDE for p in own)
            if got + told_of < len(below) and not headed:
                wrong.append(f"{name}: {len(below)} rows in, {got} out, {told_of} named")
    return wrong


_TABLE_WIDE = frozenset({"no-known-headings", "double-heading", "missing-column"})
"""What is said of a whole table at the row of its headings."""


def _forms(hood: Neighbourhood) -> list[str]:
    """What was read must survive its own tables."""
    frames = hood.frames()
    again = Neighbourhood.from_frames(frames, policy=hood.policy)
    return [] if again == hood else ["frames do not come back the same"]


def _contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def _written_back(
    path: Path, folder: Path, before: Mapping[str, bytes], hood: Neighbourhood | None
) -> list[str]:
    """Fill in blank ids: nothing else may change, and nothing may be left lying about."""
    try:
        said = write_back_ids(path)
    except AssetmapError:
        return [] if _contents(folder) == before else ["refused ids changed the folder"]
    after = _contents(folder)
    wrong = []
    if after.keys() != before.keys():
        wrong.append("writing ids back left files behind")
    if after != before and not any(p.code == "ids-written" for p in said):
        wrong.append("a file changed though no id was written")
    if hood is None:
        wrong.append("ids were written though reading refuses")
    elif assetmap.read(path) != hood:
        wrong.append("written ids changed what is read")
    return wrong
