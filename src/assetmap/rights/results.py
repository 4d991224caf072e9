"""The results of earlier weeks: which files they are, and the history beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from os import PathLike
from pathlib import Path

from assetmap.history import History, trial
from assetmap.report.decisions import workbook_name
from assetmap.report.handing import sheet_files_in
from assetmap.schedule import Week
from assetmap.tables.output import folder_of, sweep
from assetmap.texts import Language

__all__ = ["HISTORY", "opened", "results_before", "results_in", "whole_sets"]

HISTORY = "history.sqlite"
"""Name of the store, as the week calls it."""
_STEMS = (
    *("plans", "unmet", "shortages", "run", "week", "signals", "measures", "about"),
    *("network", "nodes", "edges", "kumu"),
)
_ENDINGS = "csv|xlsx|html|json|log|graphml|gexf|cyjs|txt"


def results_in(out: Path) -> tuple[Path, ...]:
    """Return the files in a folder that a run wrote and can write again, in order.

    Examples
    --------
    >>> results_in(Path("examples/buurthuis"))
    ()
    """
    books = (workbook_name("", lang).partition("-.")[0] for lang in Language)
    stems = "|".join(sorted({*_STEMS, *books}))
    form = re.compile(rf"(?:{stems})(?:-\d{{4}}-W\d\d)?\.(?:{_ENDINGS})")
    if not out.is_dir():
        return ()
    found = (p for p in out.iterdir() if form.fullmatch(p.name) and p.is_file())
    return tuple(sorted((*found, *sheet_files_in(out))))


def whole_sets(found: Iterable[Path], out: Path) -> tuple[Path, ...]:
    """Return files with all sheets of the weeks of which one is among them, in order.

    The list of a week's sheets tells whom they are about, also where no sheet tells a name.

    Examples
    --------
    >>> whole_sets((), Path("examples/buurthuis"))
    ()
    """
    files = set(found)
    folders = {path.parent for path in files} - {out}
    return tuple(sorted(files | {path for path in sheet_files_in(out) if path.parent in folders}))


def results_before(out: Path, week: Week) -> tuple[Path, ...]:
    """Return the results of the weeks before one.

    The week stands in the name of a file; one without is of the last run, of which the record
    tells the week.

    Examples
    --------
    >>> results_before(Path("examples/buurthuis"), Week.parse("2026-W48"))
    ()
    """
    last = out / "run.json"
    said = last.read_text(encoding="utf-8", errors="replace") if last.is_file() else ""
    recorded = re.search(r'"week": "(\d{4}-W\d\d)"', said)
    found = []
    for path in results_in(out):
        named = re.search(r"\d{4}-W\d\d", path.relative_to(out).as_posix())
        of = named[0] if named else recorded[1] if recorded else None
        if of is not None and of < str(week):
            found.append(path)
    return tuple(found)


@contextmanager
def opened(
    out: Path | None, folder: str | PathLike[str], *, copy: bool
) -> Iterator[History | None]:
    """Hold the history of a folder, or a copy of it; None where there is none.

    It is held before the tables are read, so that no week is run meanwhile; what a program that
    was killed left beside the tables is taken away.
    """
    file = None if out is None else out / HISTORY
    if file is None or not file.is_file():
        yield None
    elif not copy:
        with History(file) as store, store.changing():
            sweep(folder_of(folder))
            yield store
    else:
        with trial(file) as store:
            yield store
