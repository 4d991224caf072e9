"""Putting cells into a workbook: in the right order, with their format, and nothing else."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles import Font

from assetmap.tables.sheet_patch import CannotPatchError, patched
from tests.tables.files import book


def _cells(raw: bytes, sheet: str = "Blad") -> list[list[object]]:
    return [[c.value for c in row] for row in openpyxl.load_workbook(BytesIO(raw))[sheet]]


def _edited(path: Path, old: str, new: str, part: str = "xl/worksheets/sheet1.xml") -> bytes:
    """Return the workbook with one part changed as text."""
    buffer = BytesIO()
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(buffer, "w") as after:
        for name in before.namelist():
            text = before.read(name)
            if name == part:
                assert old.encode() in text
                text = text.replace(old.encode(), new.encode())
            after.writestr(name, text)
    return buffer.getvalue()


@given(at=st.integers(0, 30), filled=st.sets(st.integers(0, 30), min_size=1))
def test_a_cell_comes_in_its_place(
    at: int, filled: set[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Before, between, on or after other cells; these stay, and their order is kept."""
    row = [f"x{n}" if n in filled else None for n in range(31)]
    path = book(tmp_path_factory.mktemp("patch") / "b.xlsx", Blad=[row])
    new = patched(path.read_bytes(), {"Blad": {1: {at: "<&nieuw>"}}})
    wanted = [*row]
    wanted[at] = "<&nieuw>"
    (found,) = _cells(new)
    assert found == wanted[: len(found)]
    assert not any(wanted[len(found) :])
    text = zipfile.ZipFile(BytesIO(new)).read("xl/worksheets/sheet1.xml").decode()
    places = [int(openpyxl.utils.column_index_from_string(c[:-1])) for c in _references(text)]
    assert places == sorted(set(places))


def _references(text: str) -> list[str]:
    return [piece.split('"')[0] for piece in text.split('<c r="')[1:]]


def test_a_blank_cell_keeps_its_format(tmp_path: Path) -> None:
    """The id stands there in the format that somebody gave the empty cell."""
    path = book(tmp_path / "b.xlsx", Blad=[["Joke", None, "x"]])
    made = openpyxl.load_workbook(path)
    made["Blad"]["B1"].font = Font(bold=True)
    made.save(path)
    new = patched(path.read_bytes(), {"Blad": {1: {1: "p1"}}})
    cell = openpyxl.load_workbook(BytesIO(new))["Blad"]["B1"]
    assert (cell.value, cell.font.bold) == ("p1", True)
    assert _cells(new) == [["Joke", "p1", "x"]]


def test_sheets_are_found_by_name(tmp_path: Path) -> None:
    """Also when the file calls them by a place from the top."""
    path = book(tmp_path / "b.xlsx", Een=[["a"]], Twee=[["b"]])
    links = "xl/_rels/workbook.xml.rels"
    for raw in (
        path.read_bytes(),
        _edited(path, 'Target="/xl/worksheets', 'Target="worksheets', links),
    ):
        new = patched(raw, {"Twee": {1: {1: "p1"}}})
        assert _cells(new, "Een") == [["a"]]
        assert _cells(new, "Twee") == [["b", "p1"]]


def test_a_sheet_with_prefixes(tmp_path: Path) -> None:
    """Some programs write ``x:row``; the new cell follows."""
    path = book(tmp_path / "b.xlsx", Blad=[["a"]])
    text = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
    prefixed = text.replace("xmlns=", "xmlns:x=").replace("</", "</x:").replace("<", "<x:")
    prefixed = prefixed.replace("<x:/x:", "</x:").replace("<x:?xml", "<?xml")
    new = patched(_edited(path, text, prefixed), {"Blad": {1: {1: "p1"}}})
    assert _cells(new) == [["a", "p1"]]


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ('<row r="1"', "<row", "xl/worksheets/sheet1.xml"),
        ('<row r="1"', '<row r="9"', "xl/worksheets/sheet1.xml"),
        ('r="A1"', "", "xl/worksheets/sheet1.xml"),
        ('name="Blad"', 'name="Anders"', "xl/workbook.xml"),
        ("<workbook", "<<workbook", "xl/workbook.xml"),
    ],
)
def test_what_is_not_understood_is_not_touched(
    old: str, new: str, part: str, tmp_path: Path
) -> None:
    """Better no id than an id in the wrong place."""
    path = book(tmp_path / "b.xlsx", Blad=[["a"]])
    with pytest.raises(CannotPatchError):
        patched(_edited(path, old, new, part), {"Blad": {1: {1: "p1"}}})
