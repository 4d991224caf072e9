"""Putting cells into a workbook, or emptying some, without touching anything else in it.

A library that loads and saves a workbook loses what it does not know. So the text of the one
sheet is changed where the cells stand, and all other parts are copied as they are.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from io import BytesIO
from xml.sax.saxutils import escape

from assetmap.tables.grid import letter
from assetmap.tables.workbook_parts import DamagedError, parts_of

__all__ = ["CannotPatchError", "Cells", "emptied", "patched"]

Cells = Mapping[int, Mapping[int, str]]
"""Row number, then column counted from 0, to the text that must stand there."""

_ROW = re.compile(r"<((?:\w+:)?)row\b([^>]*?)(/?)>")
_NUMBER = re.compile(r'\br="(\d+)"')
_PLACE = re.compile(r'\br="([A-Z]{1,3})(\d+)"')
_CELL = r"<{0}c\b([^>]*?)(?:/>|>(.*?)</{0}c>)"
_TOGETHER = re.compile(r"<(?:\w+:)?f\b[^>]*\bt=\"(?:shared|array|dataTable)\"")
_SHARED = re.compile(r"<(?:\w+:)?c\b[^>]*\bt=\"s\"[^>]*>\s*<(?:\w+:)?v>\s*(\d+)\s*<")
_STRING = re.compile(r"<((?:\w+:)?)si\b[^>]*?(?:/>|>.*?</\1si>)", re.DOTALL)
_STYLE = re.compile(r'\bs="\d+"')


class CannotPatchError(Exception):
    """The workbook is put together in a way that is not known; it is left alone."""


def patched(raw: bytes, sheets: Mapping[str, Cells]) -> bytes:
    """Return a workbook with a few more cells.

    Parameters
    ----------
    raw : bytes
        The workbook.
    sheets : Mapping[str, Cells]
        Name of the sheet to its new cells. Only rows that hold something can get them.

    Raises
    ------
    CannotPatchError
        The workbook is put together in a way that is not known.
    """
    with zipfile.ZipFile(BytesIO(raw)) as old:
        try:
            parts = parts_of(old)
        except DamagedError:
            raise CannotPatchError from None
        changed = {}
        for name, cells in sheets.items():
            if name not in parts:
                raise CannotPatchError
            text = old.read(parts[name]).decode("utf-8")
            changed[parts[name]] = _with_cells(text, cells).encode()
        return _copied(old, changed)


def emptied(raw: bytes, sheets: Mapping[str, Mapping[int, frozenset[int] | None]]) -> bytes:
    """Return a workbook in which some cells hold nothing; their format stays.

    A text that no cell uses any more is taken out of the workbook as well.

    Parameters
    ----------
    raw : bytes
        The workbook.
    sheets : Mapping
        Name of the sheet, then row number, to its columns counted from 0; None: all of them.

    Raises
    ------
    CannotPatchError
        The workbook is put together in a way that is not known.
    """
    with zipfile.ZipFile(BytesIO(raw)) as old:
        try:
            parts = parts_of(old)
        except DamagedError:
            raise CannotPatchError from None
        if not sheets.keys() <= parts.keys():
            raise CannotPatchError
        texts = {part: old.read(part).decode("utf-8") for part in set(parts.values())}
        before = _used(texts)
        changed = {parts[name]: _emptied(texts[parts[name]], rows) for name, rows in sheets.items()}
        unused = before - _used({**texts, **changed})
        for part in old.namelist():
            if part.endswith("sharedStrings.xml"):
                changed[part] = _forgotten(old.read(part).decode("utf-8"), unused)
        return _copied(old, {part: text.encode() for part, text in changed.items()})


def _used(texts: Mapping[str, str]) -> set[int]:
    """Return which shared texts the cells of all sheets use."""
    return {int(n) for text in texts.values() for n in _SHARED.findall(text)}


def _forgotten(text: str, unused: set[int]) -> str:
    """Empty the shared texts that nothing uses; the others keep their number."""
    at = -1

    def one(found: re.Match[str]) -> str:
        nonlocal at
        at += 1
        prefix = found[1]
        return f"<{prefix}si><{prefix}t></{prefix}t></{prefix}si>" if at in unused else found[0]

    return _STRING.sub(one, text)


def _emptied(text: str, rows: Mapping[int, frozenset[int] | None]) -> str:
    pieces, done = [], 0
    for found in _ROW.finditer(text):
        numbered = _NUMBER.search(found[2])
        if numbered is None:
            raise CannotPatchError
        if int(numbered[1]) in rows and not found[3]:
            end = text.find(f"</{found[1]}row>", found.end())
            pieces.append(text[done : found.end()])
            pieces.append(_bare(text[found.end() : end], found[1], rows[int(numbered[1])]))
            done = end
    return "".join((*pieces, text[done:]))


def _bare(content: str, prefix: str, places: frozenset[int] | None) -> str:
    """Empty the cells of a row; what is calculated for several cells at once is left alone."""

    def one(found: re.Match[str]) -> str:
        there = _PLACE.search(found[1])
        if there is None or _TOGETHER.search(found[2] or ""):
            raise CannotPatchError
        if places is not None and _at(there[1]) not in places:
            return found[0]
        kept = _STYLE.search(found[1])
        return f"<{prefix}c {there[0]}{f' {kept[0]}' if kept else ''}/>"

    return re.sub(_CELL.format(prefix), one, content, flags=re.DOTALL)


def _copied(old: zipfile.ZipFile, changed: Mapping[str, bytes]) -> bytes:
    """Return a workbook with some parts replaced, and all others as they are."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as new:
        for part in old.infolist():
            content = changed.get(part.filename)
            new.writestr(part, old.read(part) if content is None else content)
    return buffer.getvalue()


def _with_cells(text: str, cells: Cells) -> str:
    rows: dict[int, re.Match[str]] = {}
    for found in _ROW.finditer(text):
        numbered = _NUMBER.search(found[2])
        if numbered is None:
            raise CannotPatchError
        rows[int(numbered[1])] = found
    pieces = []
    done = 0
    for number in sorted(cells):
        row = rows.get(number)
        if row is None or row[3]:
            raise CannotPatchError
        end = text.find(f"</{row[1]}row>", row.end())
        pieces += [text[done : row.end()], _row(text[row.end() : end], row[1], number, cells)]
        done = end
    return "".join((*pieces, text[done:]))


def _row(content: str, prefix: str, number: int, cells: Cells) -> str:
    for at, new in sorted(cells[number].items()):
        content = _cell(content, prefix, (number, at), new)
    return content


def _cell(content: str, prefix: str, place: tuple[int, int], new: str) -> str:
    """Replace the cell at a place, or put a new one in the right order."""
    number, at = place
    pattern = rf"<{prefix}c\b([^>]*?)(?:/>|>.*?</{prefix}c>)"
    insert_at = len(content)
    style = ""
    end = insert_at
    for found in re.finditer(pattern, content, re.DOTALL):
        there = _PLACE.search(found[1])
        if there is None:
            raise CannotPatchError
        if _at(there[1]) >= at:
            insert_at = end = found.start()
            if _at(there[1]) == at:
                kept = _STYLE.search(found[1])
                style, end = f" {kept[0]}" if kept else "", found.end()
            break
    made = (
        f'<{prefix}c r="{letter(at)}{number}"{style} t="inlineStr">'
        f"<{prefix}is><{prefix}t>{escape(new)}</{prefix}t></{prefix}is></{prefix}c>"
    )
    return content[:insert_at] + made + content[end:]


def _at(letters: str) -> int:
    at = 0
    for sign in letters:
        at = at * 26 + ord(sign) - 64
    return at - 1
