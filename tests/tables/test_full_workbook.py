"""The full workbook: a sheet for every table, and nothing in it that may not be there."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from assetmap.model import RECORDS, STARTER, columns
from assetmap.tables import check, read, starter, vocabulary
from assetmap.tables.starter_kit import starter_book
from assetmap.texts import Language
from tests.cli.conftest import Typing, typed
from tests.house.office import Office

__all__ = ["typed"]

APART = ("contacts", "safeguards")
NAMES = {"nl": "Buurt.xlsx", "en": "Neighbourhood.xlsx"}


@pytest.fixture(scope="module", params=["nl", "en"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The full workbook in its folder; the folder is named after the language."""
    folder = tmp_path_factory.mktemp("full") / str(request.param)
    starter(folder, language=request.param, full=True)
    return folder


def test_every_table_has_a_sheet_with_every_column(made: Path) -> None:
    """The four of the starter first, then the guide, then the rest; contacts and safeguards not."""
    language = made.name
    book = openpyxl.load_workbook(made / NAMES[language])
    tables = [table for table in RECORDS if table not in APART]
    visible = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    assert visible[:4] == [vocabulary.sheet(table, language) for table in STARTER]
    assert vocabulary.table_called(visible[4]) is None
    assert [vocabulary.table_called(name) for name in (*visible[:4], *visible[5:])] == tables
    for table in tables:
        headings = [cell.value for cell in book[vocabulary.sheet(table, language)][1]]
        read_as = [vocabulary.column_called(table, str(text)) for text in headings]
        assert sorted(map(str, read_as)) == sorted(c.name for c in columns(RECORDS[table]))


def test_every_heading_has_a_note_in_the_language_of_the_workbook(made: Path) -> None:
    """Short, and in Dutch not the English description."""
    book = openpyxl.load_workbook(made / NAMES[made.name])
    for sheet in book.worksheets:
        table = vocabulary.table_called(sheet.title)
        if table is None:
            continue
        for cell in sheet[1]:
            column = vocabulary.column_called(table, str(cell.value))
            known = next(c for c in columns(RECORDS[table]) if c.name == column)
            text = cell.comment.text
            assert 4 <= len(text) <= 240, (table, column)
            assert made.name == "en" or text != known.description, (table, column)


def test_fixed_choices_drop_down(made: Path) -> None:
    """Every column with a fixed choice, and every yes or no, has its list; names have theirs."""
    language = made.name
    book = openpyxl.load_workbook(made / NAMES[language])
    for table in RECORDS:
        if table in APART:
            continue
        sheet = book[vocabulary.sheet(table, language)]
        rules = {
            str(rule.sqref).partition(":")[0].rstrip("0123456789"): rule.formula1
            for rule in sheet.data_validations.dataValidation
        }
        for cell in sheet[1]:
            column = str(vocabulary.column_called(table, str(cell.value)))
            choices = vocabulary.choices_of(table, column)
            if choices is not None and not choices.several:
                name = rules[cell.column_letter].removeprefix("=")
                place, _, cells = book.defined_names[name].attr_text.partition("!")
                words = [row[0].value for row in book[place.strip("'")][cells.replace("$", "")]]
                assert words == list(choices.labels[language].values())
    ties = book[vocabulary.sheet("ties", language)].data_validations.dataValidation
    assert "assetmap_people" in {rule.formula1 for rule in ties}


def test_it_is_read_as_the_starter_is(made: Path) -> None:
    """Not a word about it, with only the four sheets' examples in it."""
    assert check(made) == []
    assert read(made).counts() == dict.fromkeys(STARTER, 2)


def test_contacts_and_safeguards_have_files_of_their_own(made: Path) -> None:
    """With headings only; the safeguards are read, the contacts never."""
    for table in APART:
        text = (made / f"{table}.csv").read_bytes().decode("utf-8-sig")
        mark = ";" if made.name == "nl" else ","
        headings = text.rstrip("\r\n").split(mark)
        assert text.endswith("\r\n")
        assert all(vocabulary.column_called(table, heading) for heading in headings)
    assert {c.name for c in columns(RECORDS["safeguards"])} == {
        vocabulary.column_called("safeguards", h) for h in headings
    }


def test_safeguards_that_are_filled_in_count(tmp_path: Path) -> None:
    """A row in the file with safeguards protects, though the workbook knows nothing of it."""
    starter(tmp_path, full=True)
    with (tmp_path / "safeguards.csv").open("a", encoding="utf-8", newline="") as file:
        file.write(";Voorbeeld Anja;Voorbeeld Karim;1-1-2026;;1-6-2026;verzoek\r\n")
    (guard,) = read(tmp_path).safeguards
    assert (guard.person, guard.at, str(guard.reason)) == ("p1", "p2", "request")


@pytest.mark.parametrize("language", list(Language))
def test_it_is_the_same_to_the_byte(language: Language) -> None:
    """Made twice, there is no difference; and it is not the small one."""
    assert starter_book(language, full=True) == starter_book(language, full=True)
    assert starter_book(language, full=True) != starter_book(language)


def test_a_spreadsheet_program_keeps_it(soffice: Office, made: Path, tmp_path: Path) -> None:
    """Opened and saved, it is read the same, and every note is there."""
    source = made / NAMES[made.name]
    saved = soffice.convert(source, to="xlsx", folder=tmp_path)
    assert check(saved) == []
    assert read(saved) == read(source)
    again, before = openpyxl.load_workbook(saved), openpyxl.load_workbook(source)
    assert again.sheetnames == before.sheetnames
    for sheet in before.worksheets:
        notes = [cell.comment and cell.comment.text for cell in sheet[1]]
        assert [c.comment and c.comment.text for c in again[sheet.title][1]] == notes


def test_the_command_writes_it(typed: Typing, tmp_path: Path) -> None:
    """``assetmap new --full`` names its files; a second time it stops."""
    done = typed("new", tmp_path / "b", "--full")
    assert done.code == 0
    assert "safeguards.csv" in done.out
    assert typed("check", tmp_path / "b").code == 0
    assert typed("new", tmp_path / "b", "--full").code == 2
