"""The workbooks of all weeks in one folder: which are read, which are open, which are copies."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from assetmap.errors import DataProblem, DataProblems, Severity
from assetmap.model.problems import problem
from assetmap.report.decisions import workbook_name
from assetmap.schedule import Week
from assetmap.tables.write_back import in_use
from assetmap.texts import Language

__all__ = ["bystanders", "stamps", "unchanged", "workbooks"]

_NAMES = "|".join(sorted({workbook_name("", lang).partition("-.")[0] for lang in Language}))
_READ = re.compile(rf"(?:{_NAMES})-(\d{{4}}-W\d\d)\.(?:xlsx|csv)")
_DOUBT = Severity.WARNING
_COPY = re.compile(rf"(?:{_NAMES})-(\d{{4}}-W\d\d).*\.(?:xls[xmb]?|ods|csv)", re.IGNORECASE)


def workbooks(folder: Path) -> list[tuple[Week, Path]]:
    """Return the workbooks of a folder with their weeks, the earliest first."""
    found = []
    for file in _lying(folder):
        match = _READ.fullmatch(file.name)
        if match is not None:
            found.append((Week.parse(match[1]), file))
    return sorted(found)


def bystanders(folder: Path, week: Week, *, writes: bool) -> Iterator[DataProblem]:
    """Yield what may be lost beside what is read.

    A workbook that is open holds what is not saved yet: that of the week itself would be
    written over, so that is an error; of an earlier one what was saved is read. A copy, such as
    a folder that is shared makes when two people save at once, is named and not read.

    Parameters
    ----------
    folder : Path
        Where the workbooks are.
    week : Week
        The week of the run.
    writes : bool
        Whether the workbook of the week is going to be written.
    """
    for of, file in workbooks(folder):
        if of <= week and in_use(file):
            own = of == week and writes
            code, how = ("book-open", Severity.ERROR) if own else ("book-open-then", _DOUBT)
            yield problem(code, how, file=file.name)
    for file in _lying(folder):
        match = _COPY.search(file.name)
        if match is not None and not _READ.fullmatch(file.name):
            yield problem("book-copy", _DOUBT, file=file.name, week=match[1].upper())


def stamps(files: Iterable[Path]) -> Mapping[Path, str]:
    """Return by what files can be known again: the SHA-256 of each that is there."""
    return {file: hashlib.sha256(file.read_bytes()).hexdigest() for file in files if file.is_file()}


def unchanged(before: Mapping[Path, str]) -> None:
    """See that nobody saved a workbook since it was read.

    Raises
    ------
    DataProblems
        Somebody did: what was typed there would be written over, or not be taken in.
    """
    now = stamps(before)
    changed = [file for file, stamp in before.items() if now.get(file) != stamp]
    if changed:
        raise DataProblems(
            problem("book-saved-meanwhile", Severity.ERROR, file=file.name) for file in changed
        )


def _lying(folder: Path) -> list[Path]:
    """Return the files of a folder, without those that programs lay beside them."""
    if not folder.is_dir():
        return []
    return [f for f in sorted(folder.iterdir()) if f.name[0] not in ".~" and f.is_file()]
