"""Workbooks as other programs write them, and as somebody with bad intentions might."""

from __future__ import annotations

import datetime as dt
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.tables import check, read
from tests.tables.files import book, codes, places

MENSEN = [["Roepnaam", "Loopt (meter)", "Nummer"], ["Joke", 200, None]]


def test_real_numbers_dates_and_yes_no(tmp_path: Path) -> None:
    """Cells are read by what they hold: numbers, dates with and without time, booleans."""
    path = book(
        tmp_path / "b.xlsx",
        Mensen=[["Nummer", "Loopt (meter)", "Rolstoel"], [12.0, 200.0, True], ["p2", "50", "nee"]],
        Vragen=[
            ["Wie", "Wat", "Sinds", "Besproken"],
            [12, "maaltijd", dt.datetime(2026, 11, 2), "ja"],
        ],
        Activiteiten=[
            ["Naam", "Wat", "Begint op", "Kosten (€)"],
            ["eetcafé", "maaltijd", dt.datetime(2026, 11, 27, 17, 59, 59, 999990), 7],
        ],
    )
    hood = read(path)
    assert [(p.person, p.walks_m, p.wheelchair) for p in hood.people] == [
        ("12", 200, True),
        ("p2", 50, False),
    ]
    assert (hood.needs[0].owner, hood.needs[0].since) == ("12", dt.date(2026, 11, 2))
    assert hood.activities[0].start == dt.datetime(2026, 11, 27, 18)
    assert str(hood.activities[0].fee_eur) == "7.00"


def test_sheets_that_are_no_table(tmp_path: Path) -> None:
    """Guidance and lists are passed over; an unknown sheet that holds something is named."""
    sheets = {"Mensen": MENSEN, "Lees mij": [["Hallo"]], "_keuzes": [["x"]], "Blad4": []}
    assert codes(book(tmp_path / "a.xlsx", **sheets)) == []
    assert codes(book(tmp_path / "b.xlsx", **sheets, Kladblok=[["x"]])) == ["not-a-table"]
    assert codes(book(tmp_path / "c.xlsx", Blad1=[])) == ["no-table-inside"]


def test_a_formula_counts_by_its_saved_outcome(tmp_path: Path) -> None:
    """Without a saved outcome the cell looks blank, and is not: that is an error on the cell."""
    path = book(tmp_path / "b.xlsx", Mensen=[["Roepnaam", "Loopt"], ["Joke", "=100+100"]])
    assert places(check(path)) == [("formula-without-value", "people", 2, "walks_m")]
    text = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
    _replaced(
        path,
        "xl/worksheets/sheet1.xml",
        text.replace("<v></v>", "<v>200</v>").replace("<v />", "<v>200</v>"),
    )
    assert read(path).people[0].walks_m == 200


def _replaced(path: Path, part: str, text: str | bytes) -> None:
    """Replace one part of a workbook, or add it."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts[part] = text.encode() if isinstance(text, str) else text
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)


def test_an_error_of_the_spreadsheet_program(tmp_path: Path) -> None:
    """``#N/A`` is no text; the cell is named."""
    path = book(tmp_path / "b.xlsx", Mensen=[["Roepnaam", "Loopt"], ["Joke", "#N/A"]])
    assert places(check(path)) == [("cell-error", "people", 2, "walks_m")]


def test_a_column_without_a_heading(tmp_path: Path) -> None:
    """Notes in the margin are not read, and that is said with the letter of the column."""
    path = book(tmp_path / "b.xlsx", Mensen=[["Roepnaam"], ["Joke"], ["Ali", "", "bellen!"]])
    (found,) = check(path, language="nl")
    assert places([found]) == [("no-heading", "people", 3, None)]
    assert "Kolom C" in found.message
    assert "bellen" not in repr(found)


def test_merged_cells_are_read_once(tmp_path: Path) -> None:
    """The first of merged cells holds the value, the others are blank."""
    import openpyxl

    path = book(
        tmp_path / "b.xlsx", Mensen=[["Roepnaam", "Buurt"], ["Joke", "Noord"], ["Ali", None]]
    )
    made = openpyxl.load_workbook(path)
    made["Mensen"].merge_cells("B2:B3")
    made.save(path)
    assert [p.area for p in read(path).people] == ["Noord", None]


def test_the_size_that_a_file_claims_is_not_believed(tmp_path: Path) -> None:
    """A sheet that says it is one cell large loses no rows."""
    path = book(tmp_path / "b.xlsx", Mensen=MENSEN)
    text = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
    _replaced(path, "xl/worksheets/sheet1.xml", text.replace('ref="A1:C2"', 'ref="A1"'))
    assert len(read(path).people) == 1


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda raw: raw[:0],
    "cut short": lambda raw: raw[: len(raw) // 2],
    "no workbook": lambda raw: b"Roepnaam;Loopt" + raw[:0],
    "scrambled": lambda raw: raw[:100] + bytes(b ^ 85 for b in raw[100:400]) + raw[400:],
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_damaged_workbook(kind: str, tmp_path: Path) -> None:
    """One clear problem with the name of the file."""
    path = book(tmp_path / "b.xlsx", Mensen=MENSEN)
    path.write_bytes(DAMAGE[kind](path.read_bytes()))
    (found,) = check(path)
    assert found.code == "workbook-damaged"
    assert "b.xlsx" in found.message


SOMEWHERE = st.integers(0, 1_000_000)
"""A place in a file, round and round: its length holds the moment at which it was written."""


@settings(max_examples=60)
@given(data=st.data())
def test_no_damage_makes_an_exception(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever happens to the bytes of a workbook: problems, or the same people."""
    path = book(tmp_path_factory.mktemp("damaged") / "b.xlsx", Mensen=MENSEN)
    raw = bytearray(path.read_bytes())
    for at in data.draw(st.lists(SOMEWHERE, min_size=1, max_size=20)):
        raw[at % len(raw)] = data.draw(st.integers(0, 255))
    path.write_bytes(bytes(raw))
    assert check(path) or len(read(path).people) <= 1


@settings(max_examples=60)
@given(data=st.data())
def test_no_damage_inside_a_part_makes_an_exception(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The same for the XML inside, which the checksums of the archive no longer guard."""
    path = book(tmp_path_factory.mktemp("damaged") / "b.xlsx", Mensen=MENSEN)
    part = data.draw(st.sampled_from(sorted(zipfile.ZipFile(path).namelist())))
    raw = bytearray(zipfile.ZipFile(path).read(part))
    for at in data.draw(st.lists(SOMEWHERE, min_size=1, max_size=5)):
        raw[at % len(raw)] = data.draw(st.sampled_from(b'<>"/=&; 0aZ\xff'))
    _replaced(path, part, bytes(raw))
    check(path)


def test_a_workbook_with_a_password(tmp_path: Path) -> None:
    """An encrypted workbook is another container; the remedy is to take the password off."""
    path = tmp_path / "b.xlsx"
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
    path.write_bytes(ole + "EncryptedPackage".encode("utf-16-le"))
    assert codes(path) == ["workbook-password"]
    path.write_bytes(ole)
    assert codes(path) == ["other-workbook"]


def test_an_entity_bomb_is_not_opened(tmp_path: Path) -> None:
    """A part that declares a document type is refused before anything is expanded."""
    path = book(tmp_path / "b.xlsx", Mensen=MENSEN)
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    _replaced(path, "xl/worksheets/sheet1.xml", bomb)
    assert codes(path) == ["workbook-unsafe"]
    _replaced(path, "xl/worksheets/sheet1.xml", bomb.encode("utf-16"))
    assert codes(path) == ["workbook-unsafe"]


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    """What would unpack to more than the limit is refused, in little memory."""
    path = book(tmp_path / "b.xlsx", Mensen=MENSEN)
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/media/image1.bin", "w", force_zip64=True) as part,
    ):
        for _ in range(300):
            part.write(bytes(1 << 20))
    tracemalloc.start()
    assert codes(path) == ["file-too-large"]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20 << 20


def test_a_cell_in_the_last_row_of_the_sheet(tmp_path: Path) -> None:
    """A million empty rows in between cost neither memory nor a row of data."""
    path = book(tmp_path / "b.xlsx", Mensen=MENSEN)
    text = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
    last = '<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>Ali</t></is></c></row>'
    _replaced(path, "xl/worksheets/sheet1.xml", text.replace("</sheetData>", f"{last}</sheetData>"))
    assert [p.called for p in read(path).people] == ["Joke", "Ali"]


def test_a_sheet_that_is_too_wide(tmp_path: Path) -> None:
    """More columns than any table has: said once."""
    path = book(tmp_path / "b.xlsx", Mensen=[["Roepnaam", *[""] * 600, "x"], ["Joke"]])
    assert "table-too-large" in codes(path)


def test_what_a_workbook_points_to_is_never_opened(tmp_path: Path) -> None:
    """Links to other files, and macros, stay closed; the saved values are read."""
    path = book(tmp_path / "b.xlsm", Mensen=MENSEN)
    _replaced(path, "xl/vbaProject.bin", b"not a program")
    _replaced(path, "xl/externalLinks/externalLink1.xml", "<externalLink/>")
    assert read(path).people[0].called == "Joke"
