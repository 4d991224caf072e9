"""What lies inside a workbook file, looked at before a library opens it.

Every part that is XML goes through a parser once, piece by piece. That finds what would make a
reader work or grow without end (entities, a row in the thousand-millionth place, an element with
a million children), and what a reader would pass over in silence: rows and cells out of order, a
sheet whose part is missing, a formula whose outcome was not saved.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree as ET
from xml.parsers import expat

from assetmap.tables.grid import MOST_CELLS, MOST_COLUMNS, MOST_ROWS

__all__ = ["DamagedError", "Outline", "TooLargeError", "UnsafeError", "looked_through", "parts_of"]

_MOST_TOGETHER = 400_000
"""Elements that may lie in one row, one text, or one part of another kind."""
_CHUNK = 1 << 18
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_LINK = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_PLACE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,9})")
_READ = re.compile(r"\[Content_Types\]\.xml|docProps/.*|xl/[^/]*|(xl/)?(_rels|theme|worksheets)/.*")


class DamagedError(Exception):
    """The workbook contradicts itself; a reader would lose something in silence."""


class UnsafeError(Exception):
    """A part declares a document type, which an ordinary workbook never does."""


class TooLargeError(Exception):
    """The workbook holds more than is still read."""


@dataclass(slots=True)
class Outline:
    """What one sheet holds, by place.

    Attributes
    ----------
    rows : int
        The last row with something in it; 0 when there is none.
    columns : int
        The last column with something in it, counted from 1.
    cells : int
        How many cells hold something.
    filled : bytearray
        For every row number: whether it holds something.
    lost : list of (int, int)
        Row, and column counted from 0, of formulas without a saved outcome.
    too_large : bool
        Whether it holds more than a table may; what follows was not looked at.
    """

    rows: int = 0
    columns: int = 0
    cells: int = 0
    filled: bytearray = field(default_factory=lambda: bytearray(1))
    lost: list[tuple[int, int]] = field(default_factory=list)
    too_large: bool = False

    def add(self, row: int, column: int) -> None:
        """Note that a cell holds something."""
        if row > MOST_ROWS or column > MOST_COLUMNS or self.cells >= MOST_CELLS:
            self.too_large = True
            return
        if row >= len(self.filled):
            self.filled.extend(bytes(row + 1 - len(self.filled)))
        self.filled[row] = 1
        self.cells += 1
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)


def parts_of(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return which part of the file holds each sheet, by the name of the sheet.

    Raises
    ------
    DamagedError
        The workbook does not say so, or names a part that is not there.
    """
    try:
        base = _target(archive, "", "officeDocument")
        folder, name = posixpath.split(base)
        book = ET.fromstring(archive.read(base))
        links = ET.fromstring(archive.read(posixpath.join(folder, "_rels", f"{name}.rels")))
    except (KeyError, ET.ParseError):
        raise DamagedError from None
    targets = {link.get("Id"): _joined(folder, link) for link in links}
    there = frozenset(archive.namelist())
    found: dict[str, str] = {}
    for sheet in book.iter():
        if sheet.tag.rpartition("}")[2] == "sheet":
            part = targets.get(sheet.get(_LINK) or sheet.get(_STRICT_LINK))
            title = str(sheet.get("name"))
            if part not in there or title in found:
                raise DamagedError
            found[title] = str(part)
    return found


def _target(archive: zipfile.ZipFile, folder: str, kind: str) -> str:
    links = ET.fromstring(archive.read(posixpath.join(folder, "_rels/.rels")))
    for link in links:
        if str(link.get("Type")).endswith(f"/{kind}"):
            return _joined(folder, link)
    raise DamagedError


def _joined(folder: str, link: ET.Element) -> str:
    target = str(link.get("Target"))
    whole = target if target.startswith("/") else posixpath.join(folder, target)
    return posixpath.normpath(whole).lstrip("/")


def looked_through(archive: zipfile.ZipFile) -> Mapping[str, Outline]:
    """Look through every part, and outline the sheets.

    Parameters
    ----------
    archive : ZipFile
        The workbook; what it unpacks to must be bounded already.

    Returns
    -------
    Mapping[str, Outline]
        For each sheet, by name.

    Raises
    ------
    DamagedError, UnsafeError, TooLargeError
        The workbook is not to be opened.
    """
    names = [part.filename for part in archive.infolist()]
    if len({name.casefold() for name in names}) < len(names):
        raise DamagedError
    small = [name for name in names if _READ.fullmatch(name) and "/worksheets/" not in name]
    for name in small:
        _parsed(archive, name, _Counter("si"))
    sheets = parts_of(archive)
    seen = frozenset(small)
    for name in names:
        if name not in seen and name not in sheets.values() and not name.endswith(".svg"):
            _parsed(archive, name, None)
    outlines: dict[str, Outline] = {}
    for title, part in sheets.items():
        counter = _Cells()
        _parsed(archive, part, counter)
        outlines[title] = counter.outline
    return outlines


def _parsed(archive: zipfile.ZipFile, part: str, counter: _Counter | None) -> None:
    """Send a part through a parser; one that is not read later may well be no XML."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _unsafe
    if counter is not None:
        counter.listen(parser)
    try:
        with archive.open(part) as opened:
            while chunk := opened.read(_CHUNK):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
    except expat.ExpatError:
        if counter is not None and part.endswith((".xml", ".rels")):
            raise DamagedError from None


def _unsafe(*_: object) -> None:
    raise UnsafeError


class _Counter:
    """Counts the elements that a reader holds in memory together."""

    def __init__(self, *released: str) -> None:
        self.together = 0
        self.released = frozenset(released)
        self.names: dict[str, str] = {}

    def listen(self, parser: Any) -> None:
        """Take the calls of a parser."""
        parser.StartElementHandler = self.begin
        parser.EndElementHandler = self.end

    def local(self, name: str) -> str:
        """Return the name of an element without its namespace."""
        found = self.names.get(name)
        if found is None:
            found = self.names[name] = name.rpartition(" ")[2]
            if len(self.names) > _MOST_TOGETHER:
                raise TooLargeError
        return found

    def begin(self, name: str, _: Mapping[str, str]) -> str:
        """Note the beginning of an element."""
        self.together += 1
        if self.together > _MOST_TOGETHER:
            raise TooLargeError
        return self.local(name)

    def end(self, name: str) -> str:
        """Note the end of an element."""
        found = self.local(name)
        if found in self.released:
            self.together = 0
        return found


class _Cells(_Counter):
    """Follows the rows and cells of a sheet."""

    def __init__(self) -> None:
        super().__init__("row")
        self.outline = Outline()
        self.row = self.column = 0
        self.kind = ""
        self.inside = self.text = self.formula = self.value = False

    def listen(self, parser: Any) -> None:
        """Take the calls of a parser, and the texts as well."""
        super().listen(parser)
        parser.buffer_text = True
        parser.CharacterDataHandler = self.said

    def begin(self, name: str, attributes: Mapping[str, str]) -> str:
        """Note the beginning of a row, a cell or what is in it."""
        local = super().begin(name, attributes)
        if local == "c":
            self._cell(attributes)
        elif local == "row":
            self._row(attributes)
        elif local in {"v", "t"}:
            self.inside = self.value = True
        elif local == "f":
            self.formula = True
        return local

    def end(self, name: str) -> str:
        """Note the end of a cell: what was in it is known by now."""
        local = super().end(name)
        if local in {"v", "t"}:
            self.inside = False
        elif local == "c":
            blank = self.kind == "str" and self.value
            if self.text:
                self.outline.add(self.row, self.column)
            elif self.formula and not blank:
                self._lost()
        return local

    def said(self, text: str) -> None:
        """Note that a cell holds something."""
        if self.inside and not self.text and text.strip():
            self.text = True

    def _lost(self) -> None:
        if self.row > MOST_ROWS or len(self.outline.lost) >= MOST_ROWS:
            self.outline.too_large = True
        else:
            self.outline.lost.append((self.row, self.column - 1))

    def _row(self, attributes: Mapping[str, str]) -> None:
        number = attributes.get("r", str(self.row + 1))
        if not re.fullmatch(r"[1-9]\d{0,9}", number) or int(number) <= self.row:
            raise DamagedError
        self.row, self.column = int(number), 0

    def _cell(self, attributes: Mapping[str, str]) -> None:
        place = attributes.get("r")
        column = self.column + 1
        if place is not None:
            found = _PLACE.fullmatch(place)
            if found is None or int(found[2]) != self.row:
                raise DamagedError
            column = _number(found[1])
        if column <= self.column:
            raise DamagedError
        self.column = column
        self.kind = attributes.get("t", "n")
        self.text = self.formula = self.value = False


def _number(letters: str) -> int:
    number = 0
    for sign in letters:
        number = number * 26 + ord(sign) - 64
    return number
