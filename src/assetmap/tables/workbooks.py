"""Reading a workbook: nothing in it is run, nothing it points to is opened, no exception comes out.

What is refused before it is opened: a password, an old format, a file that unpacks to more than
:data:`~assetmap.tables.grid.LARGEST_FILE`, and a document type declaration in any of its parts
(which an ordinary workbook never has, and an entity bomb needs).
"""

from __future__ import annotations

import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assetmap.errors import DataProblem
from assetmap.tables.csv_files import file_bytes
from assetmap.tables.grid import (
    ANY_TABLE,
    LARGEST_FILE,
    MOST_COLUMNS,
    MOST_ROWS,
    CellFault,
    Found,
    Grid,
    cell_of,
    error,
    unmarked,
    warning,
)
from assetmap.tables.headings import no_table
from assetmap.tables.vocabulary import passed_over, table_called

if TYPE_CHECKING:
    from openpyxl import Workbook

__all__ = ["BROKEN", "read_workbook", "workbook_tables"]

BROKEN = (
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    RuntimeError,
    EOFError,
    SyntaxError,
    MemoryError,
    struct.error,
    zlib.error,
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
)
"""What a damaged workbook makes the libraries raise; a parse error is a ``SyntaxError``."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
_CHUNK = 1 << 20


def read_workbook(path: Path) -> Found:
    """Read one workbook.

    Parameters
    ----------
    path : Path
        A file ``.xlsx`` or ``.xlsm``.

    Returns
    -------
    Found
        A grid for every sheet that is a table, or problems.
    """
    raw = file_bytes(path)
    if isinstance(raw, DataProblem):
        return Found(problems=[raw], lost={ANY_TABLE})
    refusal = _refusal(raw, path.name)
    if refusal is not None:
        return Found(problems=[refusal], lost={ANY_TABLE})
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return workbook_tables(raw, path)
    except BROKEN:
        damaged = error("workbook-damaged", file=path.name)
        return Found(problems=[damaged], lost={ANY_TABLE})


def _refusal(raw: bytes, file: str) -> DataProblem | None:
    """Say why a file is not even opened; None when it may be."""
    if raw.startswith(_OLE):
        return error("workbook-password" if _ENCRYPTED in raw else "other-workbook", file=file)
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            parts = archive.infolist()
            if any(part.flag_bits & 1 for part in parts):
                return error("workbook-password", file=file)
            if sum(part.file_size for part in parts) > LARGEST_FILE:
                return error("file-too-large", file=file, limit=LARGEST_FILE // 1024**2)
            if any(_declares_a_type(archive, part) for part in parts):
                return error("workbook-unsafe", file=file)
    except BROKEN:
        return error("workbook-damaged", file=file)
    return None


def _declares_a_type(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    if not part.filename.endswith((".xml", ".rels", ".vml")):
        return False
    with archive.open(part) as opened:
        beginning = opened.read(65536)
    return b"<!DOCTYPE" in beginning.replace(b"\x00", b"")


def _opened(raw: bytes, *, formulas: bool) -> Workbook:
    from openpyxl import load_workbook

    return load_workbook(
        BytesIO(raw), read_only=True, data_only=not formulas, keep_links=False, keep_vba=False
    )


def workbook_tables(raw: bytes, path: Path) -> Found:
    """Return the tables of a workbook that was found fit to open; may raise :data:`BROKEN`."""
    book = _opened(raw, formulas=False)
    result = Found()
    for sheet in book.worksheets:
        name = str(sheet.title)
        if passed_over(name, kind="sheets"):
            continue
        table, source = table_called(name), f"{path.name}, {name}"
        grid = replace(_grid(name, source, sheet, result), file=path)
        if table is None:
            if grid.rows:
                result.problems.append(no_table(name, source))
            continue
        if table == "safeguards":
            file = f"{path.stem}.safeguards.csv"
            place = ("safeguards", None, None)
            result.problems.append(warning("safeguards-inside", place, source=source, file=file))
        result.grids.append(grid)
    if _has_formulas(raw):
        _blame_formulas(raw, result)
    if not result.grids and not result.problems:
        result.problems.append(error("no-table-inside", file=path.name))
    return result


def _rows(sheet: Any) -> Iterator[tuple[int, Sequence[Any]]]:
    """Yield the cells of every row that has some, with its number."""
    sheet.reset_dimensions()  # what a file says of its own size is not always true
    rows: Iterable[Sequence[Any]] = sheet.iter_rows()
    for number, cells in enumerate(rows, 1):
        if cells:
            yield number, cells


def _grid(name: str, source: str, sheet: Any, result: Found) -> Grid:
    rows: list[tuple[int, tuple[str, ...]]] = []
    faults = []
    for number, cells in _rows(sheet):
        texts = [unmarked(cell_of(cell.value)) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        if not texts:
            continue
        if number > MOST_ROWS or len(texts) > MOST_COLUMNS:
            result.problems.append(error("table-too-large", source=source, rows=MOST_ROWS))
            result.lost.add(name)
            break
        for at, cell in enumerate(cells[: len(texts)]):
            if cell.data_type == "e":
                texts[at] = ""
                faults.append(CellFault(number, at, "cell-error"))
        rows.append((number, tuple(texts)))
    return Grid(name, source, rows, tuple(faults))


def _has_formulas(raw: bytes) -> bool:
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        return any(
            _contains(archive, part)
            for part in archive.infolist()
            if part.filename.startswith("xl/worksheets/")
        )


def _contains(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    with archive.open(part) as opened:
        end = b""
        while chunk := opened.read(_CHUNK):
            if _FORMULA.search(end + chunk):
                return True
            end = chunk[-32:]
    return False


def _blame_formulas(raw: bytes, result: Found) -> None:
    """Find the formulas without a saved outcome: they look like blank cells, and are not."""
    sheets = {str(sheet.title): sheet for sheet in _opened(raw, formulas=True).worksheets}
    for at, grid in enumerate(result.grids):
        filled = dict(grid.rows)
        faults = list(grid.faults)
        told = {(fault.row, fault.at) for fault in faults}
        lost = []
        for number, cells in _rows(sheets[grid.name]):
            for place, cell in enumerate(cells):
                here = filled.get(number, ())
                blank = place >= len(here) or not here[place]
                if cell.data_type == "f" and blank and (number, place) not in told:
                    faults.append(CellFault(number, place, "formula-without-value"))
                    lost.append(number)
        rows = list(grid.rows)
        rows += [(number, ()) for number in dict.fromkeys(lost) if number not in filled]
        result.grids[at] = replace(grid, rows=sorted(rows), faults=tuple(faults))
