"""Rows and cells go out of the team's own files; everything else stays as it was."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from assetmap.errors import UnusableInput
from assetmap.tables.output import put
from assetmap.tables.reading import everything
from assetmap.tables.removing import Removal, without


def _without(file: Path, table: str, removal: Removal) -> bytes:
    where = everything(file).gathered.grids[table]
    return without(file, {table: (where, removal)})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_csv_file_keeps_its_letters_and_marks(tmp_path: Path, encoding: str) -> None:
    """Separator, line ends, quotes and letters are as they were; one row and one cell are gone."""
    file = tmp_path / "mensen.csv"
    text = 'Nummer;Roepnaam;Eigen\r\np1;Zoë;a\r\np2;"Jo;ke";b\r\np3;Bé;c\r\n'
    file.write_bytes(text.encode(encoding))
    removal = Removal(frozenset({2}), {4: {"called": ""}})
    new = _without(file, "people", removal).decode(encoding)
    assert new == 'Nummer;Roepnaam;Eigen\r\np2;"Jo;ke";b\r\np3;;c\r\n'


def test_a_document_keeps_what_is_not_a_row(tmp_path: Path) -> None:
    """Rows go from their list, a blank cell loses its name, another cell gets its new text."""
    file = tmp_path / "buurt.json"
    people = [{"person": "p1"}, {"person": "p2", "called": "Bo"}, {"person": "p3", "motive": "x"}]
    file.write_text(json.dumps({"people": people, "needs": []}), encoding="utf-8")
    cells = {3: {"called": ""}, 4: {"motive": "y"}}
    new = json.loads(_without(file, "people", Removal(frozenset({2}), cells)))
    assert new == {"people": [{"person": "p2"}, {"person": "p3", "motive": "y"}], "needs": []}


def _book(path: Path) -> Workbook:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Mensen"
    for row in (["Nummer", "Roepnaam"], ["p1", "Zwaantje"], ["p2", "Bram"]):
        sheet.append(row)
    sheet["B2"].font = Font(bold=True)
    book.save(path)
    return book


def test_a_workbook_keeps_its_rows_and_formats(tmp_path: Path) -> None:
    """The cells are empty and still bold; the text is in no part of the file."""
    file = tmp_path / "buurt.xlsx"
    _book(file)
    put({file: _without(file, "people", Removal(frozenset({2})))})
    sheet = load_workbook(file)["Mensen"]
    assert [cell.value for cell in sheet["B"]] == ["Roepnaam", None, "Bram"]
    assert sheet["B2"].font.bold
    with zipfile.ZipFile(file) as archive:
        assert not any(b"Zwaantje" in archive.read(name) for name in archive.namelist())


def test_a_text_that_others_use_stays(tmp_path: Path) -> None:
    """Two cells can share one text in a workbook; it goes with the last of them."""
    file = tmp_path / "buurt.xlsx"
    book = _book(file)
    book["Mensen"].append(["p3", "Zwaantje"])
    book.save(file)
    put({file: _without(file, "people", Removal(frozenset({2})))})
    assert load_workbook(file)["Mensen"]["B4"].value == "Zwaantje"


def test_what_is_calculated_together_is_left_alone(tmp_path: Path) -> None:
    """One formula for several cells cannot lose one of them: nothing is changed, and it says so."""
    file = tmp_path / "buurt.xlsx"
    _book(file)
    where = everything(file).gathered.grids["people"]
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    formula = b'<c r="C2"><f t="shared" ref="C2:C3" si="0">1+1</f><v>2</v></c></row>'
    rows = parts[name].split(b"</row>")
    parts[name] = rows[0] + b"</row>" + rows[1] + formula + b"</row>".join(rows[2:])
    with zipfile.ZipFile(file, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    with pytest.raises(UnusableInput, match="nothing was changed"):
        without(file, {"people": (where, Removal(frozenset({2})))})


def test_files_go_with_the_others_or_not_at_all(tmp_path: Path) -> None:
    """What is taken away is back when something else cannot be written."""
    old, new, stuck = tmp_path / "old.csv", tmp_path / "new.csv", tmp_path / "folder"
    old.write_text("x", encoding="utf-8")
    stuck.mkdir()
    with pytest.raises(UnusableInput):
        put({new: b"y", stuck: b"z"}, gone=[old])
    assert old.read_text(encoding="utf-8") == "x"
    assert not new.exists()
    with pytest.raises(UnusableInput):
        put({new: b"y"}, gone=[old, tmp_path / "nowhere.csv"])
    assert old.read_text(encoding="utf-8") == "x"
    put({new: b"y"}, gone=[old])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "new.csv"]
