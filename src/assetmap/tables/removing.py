"""Taking rows and cells out of the team's own files, keeping everything else as it is.

A row goes from a CSV file and from a document. In a workbook its cells are emptied, so that no
formula or format moves, and the texts that no cell uses any more are taken out of the file too.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from assetmap.tables.csv_files import laid_out, separated, text_of
from assetmap.tables.documents import document_of
from assetmap.tables.grid import Grid
from assetmap.tables.headings import Headings, known_headings
from assetmap.tables.sheet_patch import CannotPatchError, emptied, patched
from assetmap.tables.workbooks import BROKEN
from assetmap.tables.write_back import encoding_of, quoted_cell, seen_on
from assetmap.texts import unusable

__all__ = ["Removal", "without"]

Where = tuple[Grid, Headings]


@dataclass(frozen=True)
class Removal:
    """What goes out of one table.

    Attributes
    ----------
    rows : frozenset of int
        Row numbers, as a spreadsheet shows them.
    cells : Mapping[int, Mapping[str, str]]
        Row number, then canonical column, to the text that stays; mostly none.
    """

    rows: frozenset[int] = frozenset()
    cells: Mapping[int, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))

    def texts(self, number: int, where: Where) -> dict[int, str]:
        """Return the new text of each cell of a row that changes, by its place."""
        changed = self.cells.get(number, {})
        columns = where[1].columns
        return {at: changed[name] for at, name in columns.items() if name in changed}


def without(
    file: Path, tables: Mapping[str, tuple[Where, Removal]], *, raw: bytes | None = None
) -> bytes:
    """Return a file without some rows and cells.

    Parameters
    ----------
    file : Path
        Where it stands.
    tables : Mapping[str, tuple]
        For each table in it that changes: its sheet with the headings, and what goes.
    raw : bytes, optional
        What is in it; default: read now.

    Raises
    ------
    UnusableInput
        The file is put together in a way that is not known; nothing was changed.

    Examples
    --------
    >>> import tempfile
    >>> from assetmap.tables.reading import everything
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "people.csv")
    ...     _ = file.write_text("person,called" + chr(10) + "p1,Bo" + chr(10) + "p2,Mo" + chr(10))
    ...     where = everything(folder).gathered.grids["people"]
    ...     without(file, {"people": (where, Removal(frozenset({2})))}).split()
    [b'person,called', b'p2,Mo']
    """
    suffix = file.suffix.casefold()
    try:
        old = file.read_bytes() if raw is None else raw
        if suffix == ".csv":
            (one,) = tables.items()
            return _csv_without(old, one[0], *one[1])
        if suffix == ".json":
            return _document_without(old, tables)
        return _book_without(old, file, tables)
    except (*BROKEN, CannotPatchError) as wrong:
        raise unusable("trouble.odd-workbook", name=file.name) from wrong


def _csv_without(old: bytes, table: str, where: Where, removal: Removal) -> bytes:
    encoding = encoding_of(old)
    text = old.decode(encoding)
    body, mark = laid_out(text.removeprefix("\ufeff"), lambda cells: known_headings(table, cells))
    begin = text[: len(text) - len(body)]
    ending = "\r\n" if "\r\n" in body else "\n"
    lines = []
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=mark, strict=True)
    for number, row in enumerate(reader, 1):
        if number in removal.rows:
            continue
        new = removal.texts(number, where)
        cells = [new.get(at, cell) for at, cell in enumerate(row)]
        lines.append(mark.join(quoted_cell(cell, mark) for cell in cells) + ending)
    whole = "".join(lines)
    if len(list(separated(whole, mark))) != len(lines):
        raise CannotPatchError
    return (begin + whole).encode(encoding)


def _document_without(old: bytes, tables: Mapping[str, tuple[Where, Removal]]) -> bytes:
    text, _ = text_of(old, "")
    document = document_of(text or "")
    for (grid, headings), removal in tables.values():
        names = grid.rows[headings.first - 1][1]
        for number in removal.cells:
            for at, new in removal.texts(number, (grid, headings)).items():
                row = document[grid.name][number - 2]
                if new:
                    row[names[at]] = new
                else:
                    row.pop(names[at], None)
        kept = enumerate(document[grid.name], 2)
        document[grid.name] = [row for number, row in kept if number not in removal.rows]
    new_text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    return new_text.encode("utf-8", "backslashreplace")


def _book_without(old: bytes, file: Path, tables: Mapping[str, tuple[Where, Removal]]) -> bytes:
    gone: dict[str, dict[int, frozenset[int] | None]] = {}
    left: dict[str, dict[int, dict[int, str]]] = {}
    for where, removal in tables.values():
        name = where[0].name
        gone[name] = dict.fromkeys(removal.rows)
        for number in removal.cells.keys() - removal.rows:
            texts = removal.texts(number, where)
            gone[name][number] = frozenset(texts)
            kept = {at: text for at, text in texts.items() if text}
            if kept:
                left.setdefault(name, {})[number] = kept
    new = emptied(old, gone)
    new = patched(new, left) if left else new
    wanted = {
        where[0].name: _rows_wanted(seen_on(old, file, gone)[where[0].name], where, removal)
        for where, removal in tables.values()
    }
    if seen_on(new, file, gone) != wanted:
        raise CannotPatchError
    return new


def _rows_wanted(
    rows: Mapping[int, tuple[str, ...]], where: Where, removal: Removal
) -> dict[int, tuple[str, ...]]:
    """Return what must be on a sheet afterwards, worked out from what was on it."""
    wanted = {}
    for number, row in rows.items():
        if number in removal.rows:
            continue
        new = removal.texts(number, where)
        cells = [new.get(at, cell) for at, cell in enumerate(row)]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            wanted[number] = tuple(cells)
    return wanted
