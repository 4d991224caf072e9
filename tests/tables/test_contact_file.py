"""The file of contacts: apart from the tables, read only to print."""

from __future__ import annotations

from pathlib import Path

import pytest

import assetmap
from assetmap.errors import DataProblems
from assetmap.tables import read_contacts


def test_without_a_file_nothing_is_known(tmp_path: Path) -> None:
    """A folder without contacts, and a workbook without them beside it."""
    assert read_contacts(tmp_path) == ()
    assert read_contacts(tmp_path / "buurt.xlsx") == ()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("telefoon", "phone"),
        ("Bellen", "phone"),
        ("papier", "paper"),
        ("E-mail", "email"),
        ("WhatsApp", "app"),
        ("rooksignalen", "rooksignalen"),
    ],
)
def test_dutch_headings_and_words(written: str, meant: str, tmp_path: Path) -> None:
    """As teams keep such a list; a way that is not known stays as it is."""
    text = f"Nummer;Naam;Telefoon;Adres;Liefst via\np1;Ans Voorbeeld;06 1;Straat 1;{written}\n"
    (tmp_path / "contactgegevens.csv").write_text(text, encoding="utf-8")
    (row,) = read_contacts(tmp_path)
    assert (row.person, row.name, row.phone, row.address) == (
        "p1",
        "Ans Voorbeeld",
        "06 1",
        "Straat 1",
    )
    assert row.prefers == meant


def test_beside_a_workbook(tmp_path: Path) -> None:
    """It has the name of the workbook before its own."""
    (tmp_path / "buurt.contacts.csv").write_text("person,phone\np1,06 1\n", encoding="utf-8")
    assert [row.phone for row in read_contacts(tmp_path / "buurt.xlsx")] == ["06 1"]


def test_errors_name_the_row_and_never_what_it_says(tmp_path: Path) -> None:
    """A row without a person is an error; its number is not repeated."""
    (tmp_path / "contacts.csv").write_text("person,phone\np1,1\n,0612345678\n", encoding="utf-8")
    with pytest.raises(DataProblems) as wrong:
        read_contacts(tmp_path)
    assert [(each.row, each.column) for each in wrong.value.problems] == [(3, "person")]
    assert "0612345678" not in str(wrong.value)


def test_matching_does_not_read_it(tmp_path: Path) -> None:
    """The neighbourhood is the same with it, without it, and with one that is spoilt."""
    (tmp_path / "people.csv").write_text("person\np1\n", encoding="utf-8")
    without = assetmap.read(tmp_path)
    for text in ("person,phone\np1,1\n", "person,phone\n,1\n"):
        (tmp_path / "contacts.csv").write_text(text, encoding="utf-8")
        assert assetmap.read(tmp_path) == without
