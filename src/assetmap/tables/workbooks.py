"""Reading a workbook: nothing in it is run, nothing it points to is opened, no exception comes out.

What is refused before it is opened: a password, another format, a file that unpacks to too much,
and what :mod:`~assetmap.tables.workbook_parts` finds in its parts. What it found there must come
out again: nothing is lost in silence.
"""

from __future__ import annotations

import lzma
import struct
import warnings
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assetmap.errors import DataProblem
from assetmap.tables.csv_files import file_bytes
from assetmap.tables.grid import (
    ANY_TABLE,
    LARGEST_UNPACKED,
    LONGEST_TEXT,
    CellFault,
    Found,
    Grid,
    cell_of,
    error,
    too_large,
    unmarked,
    warning,
)
from assetmap.tables.headings import no_table, unread
from assetmap.tables.vocabulary import passed_over, table_called
from assetmap.tables.workbook_parts import (
    DamagedError,
    Outline,
    TooLargeError,
    UnsafeError,
    looked_through,
)

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
    DamagedError,
    struct.error,
    lzma.LZMAError,
    zlib.error,
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
)
"""What a damaged workbook makes the libraries raise; a parse error is a ``SyntaxError``."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHER = frozenset({"mimetype", "xl/workbook.bin"})
"""Parts of an OpenDocument sheet and of a binary workbook, whatever the file is called."""
_ENTRY = b"PK\x01\x02"
_MOST_ENTRIES = 10_000
_SEARCHED = 10


def read_workbook(path: Path, *, also: Collection[str] = (), every: bool = False) -> Found:
    """Read one workbook.

    Parameters
    ----------
    path : Path
        A file ``.xlsx`` or ``.xlsm``.
    also : collection of str, optional
        Names of sheets that are no table and are wanted all the same.
    every : bool, default False
        Whether every sheet is wanted, whatever it is called: a workbook of another program.

    Returns
    -------
    Found
        A grid for every sheet that is a table, or problems.
    """
    raw = file_bytes(path)
    if isinstance(raw, DataProblem):
        return Found(problems=[raw], lost={ANY_TABLE})
    outlines = _examined(raw, path.name)
    if isinstance(outlines, DataProblem):
        return Found(problems=[outlines], lost={ANY_TABLE})
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _tables(raw, path, outlines, also=outlines if every else also)
    except BROKEN:
        damaged = error("workbook-damaged", file=path.name)
        return Found(problems=[damaged], lost={ANY_TABLE})


def _examined(raw: bytes, file: str) -> DataProblem | Mapping[str, Outline]:
    """Look at a file before it is opened: what is on its sheets, or why it stays closed."""
    if raw.startswith(_OLE):
        return error("workbook-password" if _ENCRYPTED in raw else "other-workbook", file=file)
    if raw.count(_ENTRY) > _MOST_ENTRIES:
        return error("workbook-unsafe", file=file)
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            parts = archive.infolist()
            if any(part.flag_bits & 1 for part in parts):
                return error("workbook-password", file=file)
            if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                return error("file-too-large", file=file, limit=LARGEST_UNPACKED // 1024**2)
            if any(part.filename in _OTHER for part in parts):
                return error("other-workbook", file=file)
            return looked_through(archive)
    except (UnsafeError, TooLargeError):
        return error("workbook-unsafe", file=file)
    except BROKEN:
        return error("workbook-damaged", file=file)


def workbook_tables(raw: bytes, path: Path) -> Found:
    """Return the tables of a workbook that was made of a readable one; may raise BROKEN."""
    outlines = _examined(raw, path.name)
    if isinstance(outlines, DataProblem):
        raise DamagedError
    return _tables(raw, path, outlines)


def _tables(
    raw: bytes, path: Path, outlines: Mapping[str, Outline], *, also: Collection[str] = ()
) -> Found:
    book = _opened(raw)
    if set(book.sheetnames) != outlines.keys():
        raise DamagedError
    result = Found()
    for sheet in book.worksheets:
        name = str(sheet.title)
        if passed_over(name, kind="sheets"):
            continue
        table, source = table_called(name), f"{path.name}, {name}"
        outline = outlines[name]
        if table is None and name not in also:
            if outline.rows or outline.lost:
                unread(no_table(name, source, _beginning(sheet, outline)), result)
            continue
        if table == "safeguards":
            file = f"{path.stem}.safeguards.csv"
            place = ("safeguards", None, None)
            result.problems.append(warning("safeguards-inside", place, source=source, file=file))
        if outline.too_large:
            result.problems.append(too_large(source))
            result.lost.add(name)
        else:
            result.grids.append(replace(_grid(name, source, sheet, outline), file=path))
    if not result.grids and not result.wrong:
        result.problems.append(error("no-table-inside", file=path.name))
    return result


def _opened(raw: bytes) -> Workbook:
    from openpyxl import load_workbook

    return load_workbook(
        BytesIO(raw), read_only=True, data_only=True, keep_links=False, keep_vba=False
    )


def _filled(sheet: Any, outline: Outline) -> Iterator[tuple[int, Sequence[Any]]]:
    """Yield the cells of every row that holds something, with its number."""
    if outline.rows:
        sheet.reset_dimensions()  # what a file says of its own size is not always true
        rows = sheet.iter_rows(max_row=outline.rows, max_col=outline.columns)
        for number, cells in enumerate(rows, 1):
            if outline.filled[number]:
                yield number, cells


def _beginning(sheet: Any, outline: Outline) -> list[tuple[int, tuple[str, ...]]]:
    """Return the first rows of a sheet: its headings may tell what it is."""
    return [
        (number, tuple(unmarked(cell_of(cell.value)) for cell in cells))
        for number, cells in islice(_filled(sheet, outline), _SEARCHED)
    ]


def _grid(name: str, source: str, sheet: Any, outline: Outline) -> Grid:
    rows: list[tuple[int, tuple[str, ...]]] = []
    faults = [CellFault(*place, "formula-without-value") for place in outline.lost]
    seen = 0
    for number, cells in _filled(sheet, outline):
        texts = [""] * len(cells)
        for at, cell in enumerate(cells):
            if cell.value is None:
                continue
            seen += 1
            if cell.data_type == "e":
                faults.append(CellFault(number, at, "cell-error"))
            else:
                texts[at] = unmarked(cell_of(cell.value))
                if len(texts[at]) > LONGEST_TEXT:
                    texts[at] = ""
                    faults.append(CellFault(number, at, "cell-too-large"))
        while texts and not texts[-1]:
            texts.pop()
        rows.append((number, tuple(texts)))
    if seen < outline.cells:
        raise DamagedError  # something stands there that was not brought along
    held = {fault.row for fault in faults}
    rows = [row for row in rows if row[1] or row[0] in held]
    there = {number for number, _ in rows}
    rows += [(number, ()) for number in sorted(held - there)]
    return Grid(name, source, sorted(rows), tuple(faults))
