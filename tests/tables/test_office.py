"""The starter workbook in a real spreadsheet program: filled in, saved, and read the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from assetmap.tables import check, read, starter, write, write_back_ids
from tests.house.office import Office

TYPED = {
    ("Mensen", "A4"): "Joke",
    ("Mensen", "C4"): "Noord",
    ("Mensen", "D4"): "Nederlands | Turks",
    ("Mensen", "E4"): "250",
    ("Mensen", "F4"): "vrijdagavond",
    ("Mensen", "G4"): "ja",
    ("Mensen", "A5"): "Ali",
    ("Talenten", "A4"): "Ali",
    ("Talenten", "B4"): "vervoer",
    ("Talenten", "G4"): "3,5",
    ("Talenten", "H4"): "2",
    ("Vragen", "A4"): "Joke",
    ("Vragen", "B4"): "maaltijd",
    ("Vragen", "D4"): "2-11-2026",
    ("Vragen", "E4"): "ja",
    ("Vragen", "H4"): "Eetcafé",
    ("Activiteiten", "A4"): "Eetcafé",
    ("Activiteiten", "B4"): "maaltijd",
    ("Activiteiten", "D4"): "27-11-2026 18:00",
    ("Activiteiten", "F4"): "elke 2e en 4e vrijdag",
    ("Activiteiten", "H4"): "7,00",
}


@pytest.fixture(scope="module")
def filled(soffice: Office, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starter workbook with rows typed into it and saved."""
    folder = tmp_path_factory.mktemp("office")
    starter(folder / "new")
    (folder / "saved").mkdir()
    return soffice.edit(folder / "new" / "Buurt.xlsx", TYPED, saved=folder / "saved" / "Buurt.xlsx")


def test_rows_typed_in_a_spreadsheet_program_are_read(filled: Path) -> None:
    """Dates, decimal commas, choices, languages and names: all as they were typed."""
    hood = read(filled.parent)
    assert {p.code for p in hood.notices} == {"examples-left-out"}
    joke, ali = hood.people
    assert (joke.called, joke.walks_m, joke.languages) == ("Joke", 250, ("nl", "tr"))
    assert str(joke.share) == "yes"
    assert (hood.talents[0].owner, hood.talents[0].category) == (ali.person, "ride")
    assert (hood.talents[0].max_km, hood.talents[0].seats) == (3.5, 2)
    need, activity = hood.needs[0], hood.activities[0]
    assert (need.owner, need.category, str(need.since)) == (joke.person, "meal", "2026-11-02")
    assert (need.talked, need.wants) == (True, (activity.activity,))
    assert str(activity.start) == "2026-11-27 18:00:00"
    assert (activity.rrule, str(activity.fee_eur)) == ("FREQ=MONTHLY;BYDAY=2FR,4FR", "7.00")


def test_the_workbook_and_the_csv_of_it_say_the_same(filled: Path, tmp_path: Path) -> None:
    """Converted to CSV, the neighbourhood is equal."""
    hood = read(filled.parent)
    write(hood, tmp_path / "csv")
    assert read(tmp_path / "csv") == hood


def test_ids_are_written_into_a_workbook_of_a_spreadsheet_program(
    filled: Path, soffice: Office, tmp_path: Path
) -> None:
    """After which the program still opens it, and its drop-downs are still there."""
    import openpyxl

    path = tmp_path / "Buurt.xlsx"
    path.write_bytes(filled.read_bytes())
    before = read(path)
    assert {p.code for p in write_back_ids(path)} == {"ids-written"}
    again = soffice.convert(path, to="xlsx", folder=tmp_path / "again")
    assert read(again) == before
    book = openpyxl.load_workbook(again)
    assert [cell.value for cell in book["Mensen"]["H"]][3:5] == ["p1", "p2"]
    assert book["Vragen"].data_validations.count >= 5
    assert book["Vragen"]["A1"].comment is not None


def test_a_written_neighbourhood_survives_a_spreadsheet_program(
    soffice: Office, root: Path, tmp_path: Path
) -> None:
    """The bundled neighbourhood, opened and saved, is read equal and without a word."""
    hood = read(root / "examples" / "buurthuis")
    (tmp_path / "out").mkdir()
    write(hood, tmp_path / "b.xlsx")
    saved = soffice.convert(tmp_path / "b.xlsx", to="xlsx", folder=tmp_path / "out")
    for beside in tmp_path.glob("b.*.*"):
        (tmp_path / "out" / beside.name).write_bytes(beside.read_bytes())
    assert check(saved) == []
    assert read(saved) == hood
