"""Where a text may still speak of somebody: found by their name, for a human to read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from assetmap.model import RECORDS, columns
from assetmap.rights.falling import Falling
from assetmap.rights.results import HISTORY
from assetmap.rights.sheets import CONTACTS, Line
from assetmap.rights.traces import Words, files_in, tells_of, texts_in

__all__ = ["contact_words", "left_to_look_at"]

_REACHED = ("name", "phone", "email", "address")
_OWN = frozenset({("people", "called"), ("people", "person")})
_SHEET = re.compile(r"(?:^|/)worksheets/[^/]*\.xml$")
_STRINGS = "sharedStrings.xml"
_STRING = re.compile(r"<(?:\w+:)?si\b.*?</(?:\w+:)?si>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def contact_words(gone: Falling) -> frozenset[str]:
    """Return how those who go are reached: what stands in the rows of contacts that go."""
    found = set()
    for grid, headings in gone.sheets.contacts:
        numbers = gone.contacts.get(grid.file, set()) if grid.file is not None else set()
        for number, cells in grid.rows:
            if number in numbers:
                named = {
                    name: cells[at] for at, name in headings.columns.items() if at < len(cells)
                }
                found |= {named.get(column, "") for column in _REACHED}
    return frozenset(found - {""})


def left_to_look_at(
    gone: Falling,
    people: Iterable[str],
    out: tuple[Path | None, Iterable[Path]],
    remarks: Iterable[tuple[Path, str]] = (),
) -> tuple[Line, ...]:
    """Return the places that may still tell of somebody after everything else is gone.

    Parameters
    ----------
    gone : Falling
        What goes.
    people : iterable of str
        Their ids.
    out : tuple
        Folder of the results (or None), and which of them are removed.
    remarks : iterable of (Path, str)
        Texts in the history that stay.
    """
    words = _words_for(gone, people)
    lines = {*_cells(gone, words), *_files(gone, words, out), *_parts(gone, words)}
    lines |= {Line(file.name) for file, text in remarks if text in words}
    order = sorted(lines, key=lambda line: (line.file, line.table or "", line.row or 0, str(line)))
    return tuple(order)


def _words_for(gone: Falling, people: Iterable[str]) -> Words:
    sheets = gone.sheets
    ids = set(people)
    names = set(contact_words(gone))
    for name in list(ids):
        person = sheets.person(name)
        if person is not None:
            names |= {person.called or ""}
            names |= {sheets.text(("people", sheets.places()["people", name]), "person")} - ids
    return Words(ids, names)


def _cells(gone: Falling, words: Words) -> Iterator[Line]:
    """Find texts in rows that stay. What names somebody by rule is emptied already."""
    for table, (grid, headings) in gone.sheets.where.items():
        naming = {c.name for c in columns(RECORDS[table]) if c.refers_to}
        for number, cells in grid.rows[headings.first :]:
            at = (table, number)
            for place, column in headings.columns.items():
                known = column in naming or (table, column) in _OWN or (at, column) in gone.cells
                text = cells[place] if place < len(cells) else ""
                if text and not known and at not in gone.rows and text in words:
                    yield gone.sheets.line(at, column)
    for grid, headings in gone.sheets.contacts:
        numbers = gone.contacts.get(grid.file, set()) if grid.file is not None else set()
        for number, cells in grid.rows[headings.first :]:
            if number not in numbers and any(cell in words for cell in cells):
                yield Line(grid.source, CONTACTS, number)


def _files(gone: Falling, words: Words, out: tuple[Path | None, Iterable[Path]]) -> Iterator[Line]:
    """Find files beside the tables and results: notes, copies, lists of somebody's own."""
    sheets = gone.sheets
    tables = {where[0].file for where in (*sheets.where.values(), *sheets.contacts)}
    passed = {*tables, *out[1]}
    folders = [sheets.folder] if sheets.path.is_dir() else []
    folders += [] if out[0] is None else [out[0]]
    for folder in folders:
        for file in files_in(folder):
            if file in passed or file.name.startswith(HISTORY):
                continue
            passed.add(file)
            if tells_of(file, words):
                yield Line(file.relative_to(folder).as_posix())


def _parts(gone: Falling, words: Words) -> Iterator[Line]:
    """Find what stands in a workbook besides the tables: notes, drawings, other sheets."""
    read: dict[Path, set[str]] = {}
    for grid, _ in gone.sheets.where.values():
        if grid.file is not None and grid.file.suffix.casefold() in {".xlsx", ".xlsm"}:
            cells = {cell for _, row in grid.rows for cell in row}
            read.setdefault(grid.file, set()).update(cells)
    for file, cells in read.items():
        if _besides(file.read_bytes(), words, cells):
            yield Line(file.name)


def _besides(raw: bytes, words: Words, cells: set[str]) -> bool:
    """Tell whether something else than the cells that were read holds a word."""
    for part, text in texts_in(raw):
        name = part or ""
        if name.endswith(_STRINGS):
            strings = (_TAG.sub("", found[0]).strip() for found in _STRING.finditer(text))
            if any(each in words for each in strings if each not in cells):
                return True
        elif not _SHEET.search(name) and _TAG.sub(" ", text) in words:
            return True
    return False
