"""Blank ids are filled in where they are blank, and nothing else changes."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from assetmap.errors import DataProblems
from assetmap.tables import check, read, starter, write_back_ids
from tests.tables.files import book, laid


def _said(path: Path) -> list[tuple[str, str | None]]:
    return [(p.code, p.table) for p in write_back_ids(path)]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_csv_file_keeps_its_looks(mark: str, encoding: str, ending: str, tmp_path: Path) -> None:
    """Separator, letters, line ends, blank rows, quotes and own columns stay."""
    rows = ["Nummer,Roepnaam,Maat", ",André,38", "", 'p7,"Jo, de ""lange""",', ",Ali,=1+1"]
    wanted = ["Nummer,Roepnaam,Maat", "p1,André,38", "", 'p7,"Jo, de ""lange""",', "p2,Ali,=1+1"]
    path = tmp_path / "mensen.csv"
    old, new = (
        ending.join(line.replace(",", mark).replace(f"Jo{mark} de", "Jo, de") for line in lines)
        + ending
        for lines in (rows, wanted)
    )
    path.write_bytes(old.encode(encoding))
    new = new if mark == "," else new.replace('"Jo, de', '"Jo, de')
    assert _said(tmp_path) == [("ids-written", "people")]
    assert path.read_bytes() == new.encode(encoding)
    assert _said(tmp_path) == []


def test_a_csv_file_without_a_column_for_ids_gets_one(tmp_path: Path) -> None:
    """The new column stands at the end, with a heading in the language of the others."""
    laid(tmp_path, mensen="Roepnaam;Loopt\nJoke;200\nAli\n", needs="owner,category\nJoke,meal\n")
    assert _said(tmp_path) == [("ids-written", "people"), ("ids-written", "needs")]
    assert (tmp_path / "mensen.csv").read_text() == "Roepnaam;Loopt;Nummer\nJoke;200;p1\nAli;;p2\n"
    assert (tmp_path / "needs.csv").read_text() == "owner,category,Number\nJoke,meal,n1\n"
    assert check(tmp_path) == []


def test_ids_stay_with_their_rows_when_rows_are_sorted(tmp_path: Path) -> None:
    """What a decision is about does not change when somebody sorts the table."""
    laid(tmp_path, people="called\nJoke\nAli\n")
    write_back_ids(tmp_path)
    before = {p.called: p.person for p in read(tmp_path).people}
    head, *rows = (tmp_path / "people.csv").read_text().splitlines()
    laid(tmp_path, people="\n".join([head, "Bo", *sorted(rows)]) + "\n")
    after = {p.called: p.person for p in read(tmp_path).people}
    assert {name: after[name] for name in before} == before
    assert after["Bo"] not in before.values()


def _parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_in_a_workbook_only_the_sheets_with_new_ids_change(tmp_path: Path) -> None:
    """Formats, notes, drop-downs and hidden lists are the same bytes as before."""
    starter(tmp_path)
    path = tmp_path / "Buurt.xlsx"
    made = openpyxl.load_workbook(path)
    made["Mensen"]["A4"] = "Joke"
    made["Vragen"].append(["Joke", "maaltijd"])
    made.save(path)
    before = _parts(path)
    assert _said(tmp_path) == [("ids-written", "people"), ("ids-written", "needs")]
    after = _parts(path)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"xl/worksheets/sheet1.xml", "xl/worksheets/sheet3.xml"}
    assert list(after) == list(before)
    book = openpyxl.load_workbook(path)
    assert [cell.value for cell in book["Mensen"]["H"]] == ["Nummer", None, None, "p1"]
    assert book["Vragen"].data_validations.count > 3
    assert [(n.need, n.owner) for n in read(tmp_path).needs] == [("n1", "p1")]
    assert _said(tmp_path) == []


def test_a_workbook_without_a_column_for_ids_gets_one(tmp_path: Path) -> None:
    """The new column comes after the last filled one, also where a row is longer."""
    path = book(
        tmp_path / "b.xlsx",
        Mensen=[["Roepnaam", "Loopt"], ["Joke", 200], [], ["Ali", None, "kladje"]],
    )
    assert _said(path) == [("ids-written", "people")]
    assert [[c.value for c in row] for row in openpyxl.load_workbook(path)["Mensen"]] == [
        ["Roepnaam", "Loopt", None, "Nummer"],
        ["Joke", 200, None, "p1"],
        [None, None, None, None],
        ["Ali", None, "kladje", "p2"],
    ]


def test_examples_get_no_ids(tmp_path: Path) -> None:
    """They go once there are rows of one's own, and must not take numbers along."""
    starter(tmp_path)
    before = (tmp_path / "Buurt.xlsx").read_bytes()
    assert _said(tmp_path) == []
    assert (tmp_path / "Buurt.xlsx").read_bytes() == before


@pytest.mark.parametrize("lock", ["~$b.xlsx", ".~lock.b.xlsx#"])
def test_a_workbook_that_is_open_is_left_alone(lock: str, tmp_path: Path) -> None:
    """The program that has it open would write over the ids; a warning says what to do."""
    path = book(tmp_path / "b.xlsx", Mensen=[["Roepnaam"], ["Joke"]])
    (tmp_path / lock).touch()
    before = path.read_bytes()
    assert _said(path) == [("ids-not-written", "people")]
    assert path.read_bytes() == before


def test_a_workbook_that_is_put_together_strangely_is_left_alone(tmp_path: Path) -> None:
    """Rows without a number cannot be found for certain, so nothing is written."""
    path = book(tmp_path / "b.xlsx", Mensen=[["Roepnaam"], ["Joke"]])
    parts = _parts(path)
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b'<row r="1">', b"<row>").replace(
        b'<row r="2">', b"<row>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    before = path.read_bytes()
    assert _said(path) == [("ids-not-written", "people")]
    assert path.read_bytes() == before


def test_a_document_gets_its_ids(tmp_path: Path) -> None:
    """In JSON as well, under the name that the rows use."""
    path = tmp_path / "b.json"
    path.write_text('{"Mensen": [{"Roepnaam": "Joke"}, {"Nummer": "p9"}]}', encoding="utf-8")
    assert _said(path) == [("ids-written", "people")]
    assert [p.person for p in read(path).people] == ["p1", "p9"]


def test_tables_with_errors_are_not_written(tmp_path: Path) -> None:
    """First the errors, then the ids."""
    laid(tmp_path, people="called,walks_m\nJoke,ver\n")
    with pytest.raises(DataProblems):
        write_back_ids(tmp_path)
    assert (tmp_path / "people.csv").read_text() == "called,walks_m\nJoke,ver\n"


def test_rights_of_a_shared_file_stay(tmp_path: Path) -> None:
    """A file that the team shares is still shared afterwards."""
    laid(tmp_path, people="called\nJoke\n")
    (tmp_path / "people.csv").chmod(0o664)
    write_back_ids(tmp_path)
    assert (tmp_path / "people.csv").stat().st_mode & 0o777 == 0o664
