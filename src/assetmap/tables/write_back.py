"""Writing filled-in ids back, so that next week's decisions are about the same rows.

Ids are filled in by the order of the rows, and rows get sorted. So as soon as a neighbourhood is
used, its blank ids are written into the very files they are blank in. Only cells with an id
change: a CSV file keeps its separator, its letters and its headings; in a workbook only the sheet
itself is touched, and everything else in the file (formatting, notes, drop-downs, pictures) stays
as it is, byte for byte. The new file is written beside the old one, read again to see that it
says the same, and then put in its place.
"""

from __future__ import annotations

import csv
import io
import json
import os
import warnings
from collections.abc import Collection, Mapping, Sequence
from os import PathLike
from pathlib import Path

from assetmap.errors import DataProblem, DataProblems, UnusableInput
from assetmap.model import RECORDS
from assetmap.tables.csv_files import laid_out, separated, text_of
from assetmap.tables.documents import document_of
from assetmap.tables.examples import examples_in
from assetmap.tables.grid import Grid, notice, warning
from assetmap.tables.headings import Headings, known_headings
from assetmap.tables.output import put
from assetmap.tables.reading import Everything, everything
from assetmap.tables.sheet_patch import CannotPatchError, Cells, patched
from assetmap.tables.vocabulary import heading, plain
from assetmap.tables.workbooks import BROKEN, workbook_tables

__all__ = ["encoding_of", "in_use", "quoted_cell", "seen_on", "write_back_ids"]


def write_back_ids(path: str | PathLike[str]) -> tuple[DataProblem, ...]:
    """Fill in blank ids where they are blank.

    Parameters
    ----------
    path : path
        What :func:`assetmap.tables.read` takes.

    Returns
    -------
    tuple of DataProblem
        For each table a notice that says how many ids were filled in; or a warning for a file
        that could not be written, which is then left as it was. Empty when no id was blank.

    Raises
    ------
    DataProblems
        The tables hold errors; nothing is written then.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "mensen.csv")
    ...     _ = file.write_text("Roepnaam;Nummer" + chr(10) + "Joke;" + chr(10))
    ...     [problem.code for problem in write_back_ids(folder)], file.read_text().split()[1]
    (['ids-written'], 'Joke;p1')
    """
    result = everything(path)
    if result.wrong:
        raise DataProblems(result.problems)
    by_file: dict[Path, dict[str, dict[int, str]]] = {}
    for table, ids in _blank(result).items():
        file = result.gathered.grids[table][0].file
        if file is not None:
            by_file.setdefault(file, {})[table] = ids
    said: list[DataProblem] = []
    for file, tables in by_file.items():
        said += _write(file, tables, result)
    return tuple(said)


def _blank(result: Everything) -> dict[str, dict[int, str]]:
    """Return the ids that were filled in, without those that replaced something."""
    found = {}
    examples = examples_in(result.gathered.rows)
    for table, ids in result.assembled.ids.items():
        key = str(RECORDS[table].key)
        rows = {row.number: row for row in result.gathered.rows[table]}
        blank = {
            number: new
            for number, new in ids.items()
            if not rows[number].cells.get(key) and number not in examples.get(table, ())
        }
        if blank:
            found[table] = blank
    return found


def _write(
    file: Path, tables: Mapping[str, Mapping[int, str]], result: Everything
) -> list[DataProblem]:
    failed = [
        warning("ids-not-written", (table, None, RECORDS[table].key), file=file.name)
        for table in tables
    ]
    if in_use(file):
        return failed
    try:
        old = file.read_bytes()
        new = _filled(file, old, tables, result)
        put({file: new}, keep_rights=True)
    except (*BROKEN, UnusableInput, CannotPatchError):
        return failed
    return [
        notice("ids-written", (table, None, RECORDS[table].key), n=len(ids))
        for table, ids in tables.items()
    ]


def _filled(
    file: Path, old: bytes, tables: Mapping[str, Mapping[int, str]], result: Everything
) -> bytes:
    """Return a file with its ids in place."""
    suffix = file.suffix.casefold()
    if suffix == ".csv":
        ((table, ids),) = tables.items()
        return _csv_filled(old, result.gathered.grids[table], table, ids)
    if suffix == ".json":
        return _document_filled(old, tables, result)
    cells = {
        result.gathered.grids[table][0].name: _cells(table, ids, result.gathered.grids[table])
        for table, ids in tables.items()
    }
    new = patched(old, cells)
    if seen_on(new, file, cells) != _wanted(seen_on(old, file, cells), cells):
        raise CannotPatchError
    return new


Sheets = Mapping[str, Mapping[int, tuple[str, ...]]]


def seen_on(raw: bytes, file: Path, sheets: Collection[str]) -> Sheets:
    """Return what stands on sheets, as the reader sees it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            grids = workbook_tables(raw, file).grids
    except BROKEN:
        raise CannotPatchError from None
    return {grid.name: dict(grid.rows) for grid in grids if grid.name in sheets}


def _wanted(sheets: Sheets, cells: Mapping[str, Cells]) -> Sheets:
    """Return what must stand there: the same, with the ids in place."""
    wanted = {name: dict(rows) for name, rows in sheets.items()}
    for name, rows in cells.items():
        for number, places in rows.items():
            wanted[name][number] = _placed(wanted[name][number], places)
    return wanted


def _placed(row: Sequence[str], places: Mapping[int, str]) -> tuple[str, ...]:
    longer = list(row) + [""] * (max(places) + 1 - len(row))
    for at, text in places.items():
        longer[at] = text
    return tuple(longer)


def _cells(table: str, ids: Mapping[int, str], where: tuple[Grid, Headings]) -> Cells:
    """Return the cells that get an id, and the heading where the sheet has none for them."""
    grid, headings = where
    key = str(RECORDS[table].key)
    at = next((place for place, name in headings.columns.items() if name == key), None)
    cells: dict[int, Mapping[int, str]] = {}
    if at is None:
        at = max(len(row) for _, row in grid.rows)
        cells[headings.row] = {at: heading(table, key, _language(table, grid, headings))}
    cells.update((number, {at: new}) for number, new in ids.items())
    return cells


def _language(table: str, grid: Grid, headings: Headings) -> str:
    """Return the language in which a sheet's own headings are."""
    texts = {plain(text) for text in grid.rows[headings.first - 1][1]}
    dutch = {plain(heading(table, name, "nl")) for name in headings.columns.values()}
    return "nl" if texts & dutch else "en"


def _csv_filled(
    old: bytes,
    where: tuple[Grid, Headings],
    table: str,
    ids: Mapping[int, str],
) -> bytes:
    encoding = encoding_of(old)
    text = old.decode(encoding)
    body, mark = laid_out(text.removeprefix(_BOM), lambda cells: known_headings(table, cells))
    begin = text[: len(text) - len(body)]
    ending = "\r\n" if "\r\n" in body else "\n"
    cells = _cells(table, ids, where)
    lines = []
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=mark, strict=True)
    for number, row in enumerate(reader, 1):
        filled = _placed(row, cells[number]) if number in cells else row
        lines.append(mark.join(quoted_cell(cell, mark) for cell in filled) + ending)
    new = "".join(lines)
    if len(list(separated(new, mark))) != len(lines):
        raise CannotPatchError
    return (begin + new).encode(encoding)


_BOM = "\ufeff"


def encoding_of(raw: bytes) -> str:
    """Return how the text of a file is written."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16-le" if raw.startswith(b"\xff") else "utf-16-be"
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def quoted_cell(cell: str, mark: str) -> str:
    """Return a cell as it is written between marks."""
    special = any(sign in cell for sign in (mark, '"', "\r", "\n"))
    return '"' + cell.replace('"', '""') + '"' if special else cell


def _document_filled(
    old: bytes, tables: Mapping[str, Mapping[int, str]], result: Everything
) -> bytes:
    text, _ = text_of(old, "")
    document = document_of(text or "")
    for table, ids in tables.items():
        grid, headings = result.gathered.grids[table]
        key = str(RECORDS[table].key)
        texts = grid.rows[headings.first - 1][1]
        name = next((texts[at] for at, n in headings.columns.items() if n == key), key)
        for number, new in ids.items():
            document[grid.name][number - 2][name] = new
    new = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    return new.encode("utf-8", "backslashreplace")  # half a letter goes back as it came


def in_use(file: Path) -> bool:
    """Tell whether a spreadsheet program has the file open: it would write over the ids."""
    marks = (f"~${file.name}", f".~lock.{file.name}#")
    return any(os.path.lexists(file.with_name(mark)) for mark in marks)
