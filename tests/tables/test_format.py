"""The rules of the file format that hold for every table and column at once."""

from __future__ import annotations

import csv
import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.errors import Severity
from assetmap.model import RECORDS, Neighbourhood, Person, columns
from assetmap.model.refusals import refused
from assetmap.tables import check, read, vocabulary, write
from assetmap.tables.vocabulary import column_called
from tests.tables.files import laid
from tests.tables.strategies import AWKWARD, neighbourhoods, texts

FORMS = ("folder", "buurt.xlsx", "buurt.json")
SECRET = "zwx-geheim 12 maart"


def _dutch(value: object) -> str:
    """Return a cell as a Dutch spreadsheet program writes it into a CSV file."""
    if value is None:
        return ""
    if isinstance(value, float):
        return repr(value).replace(".", ",") if "e" not in repr(value) else f"{value:.20f}"
    if isinstance(value, dt.datetime):
        return f"{value:%d-%m-%Y}" if value.time() == dt.time() else f"{value:%d-%m-%Y %H:%M}"
    return str(value)


@settings(max_examples=25)
@given(hood=neighbourhoods(), bom=st.booleans(), mark=st.sampled_from([";", ",", "\t"]))
def test_the_dutch_workbook_saved_as_csv_says_the_same(
    hood: Neighbourhood, bom: bool, mark: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Every column of every table under its Dutch heading, with Dutch words, dates and decimals."""
    folder = tmp_path_factory.mktemp("dutch")
    write(hood.with_policy(hood.policy.model_copy(update={"language": "nl"})), folder / "b.xlsx")
    (folder / "csv").mkdir()
    for sheet in openpyxl.load_workbook(folder / "b.xlsx").worksheets:
        if sheet.sheet_state == "visible":
            path = folder / "csv" / f"{sheet.title}.csv"
            with path.open("w", encoding="utf-8-sig" if bom else "utf-8", newline="") as file:
                rows = ([_dutch(v) for v in row] for row in sheet.iter_rows(values_only=True))
                csv.writer(file, delimiter=mark, lineterminator="\r\n").writerows(rows)
    for apart in folder.glob("b.*.csv"):
        apart.rename(folder / "csv" / "maatregelen.csv")
    again = read(folder / "csv")
    for table in RECORDS:
        assert again.table(table) == hood.table(table), table


_headings = texts.filter(
    lambda text: (
        len(text) < 30
        and "\n" not in text
        and all(refused(table, text) is None for table in ("people", "ties", "needs"))
        and all(column_called(table, text) is None for table in ("people", "ties", "needs"))
    )
)


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=25)
@given(
    names=st.lists(_headings, min_size=1, max_size=3, unique_by=str.casefold),
    cells=st.lists(texts, min_size=3, max_size=3),
)
def test_columns_of_ones_own_survive_with_any_text(
    form: str, names: list[str], cells: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever the heading and the cells are, they come back, and each heading is said once."""
    extra = {"people": {"p1": dict(zip(names, cells, strict=False))}}
    hood = replace(Neighbourhood.from_records(Person(person="p1", called="Joke")), extra=extra)
    path = tmp_path_factory.mktemp("own") / form
    write(hood, path)
    again = read(path)
    assert again.extra == extra
    said = {p.code for p in again.notices}
    assert said <= {"unknown-heading", "misspelt-heading"}
    assert len(again.notices) == len(names)
    write(again, path)
    assert read(path) == again


@pytest.mark.parametrize("table", [table for table in RECORDS if table != "categories"])
def test_no_message_repeats_what_stands_in_a_cell(table: str, tmp_path: Path) -> None:
    """Whatever column a word stands in, it is in no message, in neither language."""
    names = [column.name for column in columns(RECORDS[table])]
    rows = [",".join(names), ",".join([SECRET] * len(names))]
    laid(tmp_path, **{table: "\n".join(rows) + "\n"})
    for language in ("nl", "en"):
        found = check(tmp_path, language=language)
        assert found or table == "organisations"
        assert "zwx" not in json.dumps([(p.message, dict(p.facts)) for p in found]).casefold()


@pytest.mark.parametrize("table", RECORDS)
def test_any_table_may_be_the_only_one(table: str, tmp_path: Path) -> None:
    """A file with headings alone is sound, whichever table it is, under both its names."""
    names = [column.name for column in columns(RECORDS[table])]
    laid(tmp_path, **{table: ",".join(names) + "\n"})
    assert check(tmp_path) == []
    (tmp_path / f"{table}.csv").unlink()
    dutch = ";".join(vocabulary.heading(table, name, "nl") for name in names)
    laid(tmp_path, **{vocabulary.sheet(table, "nl"): dutch + "\r\n"})
    assert check(tmp_path) == []


_IDS = [text for text in AWKWARD if text not in {"1.0", "\u202etsrif"}]


@pytest.mark.parametrize("text", _IDS)
def test_awkward_ids_are_ids(text: str, tmp_path: Path) -> None:
    """A text that is no id is refused with a problem; every other one comes back as it was.

    Left out are ``1.0``, which is read as 1 because spreadsheet programs make such numbers of
    ids, and signs that nobody sees.
    """
    for form in FORMS:
        path = tmp_path / form
        made = [Person(person=text, called="Joke"), Person(person="p9")]
        try:
            hood = Neighbourhood.from_records(made)
        except ValueError:
            return
        write(hood, path)
        again = read(path)
        assert [p.called for p in again.people] == ["Joke", None]
        problems = [p for p in check(path) if p.severity is not Severity.NOTICE]
        assert again.people == hood.people or problems
