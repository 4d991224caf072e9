"""A workbook that went through a real spreadsheet program gives the same proposals."""

from __future__ import annotations

from pathlib import Path

import pytest

import assetmap
from tests.cli.conftest import Typing
from tests.house.office import Office

WEEK = ("--week", "2026-W48")


@pytest.fixture
def workbook(root: Path, tmp_path: Path) -> Path:
    """The bundled neighbourhood as one workbook."""
    path = tmp_path / "buurthuis.xlsx"
    assetmap.write(assetmap.read(root / "examples" / "buurthuis"), path)
    return path


def test_saved_by_the_office_program_it_gives_the_same_plans(
    workbook: Path, root: Path, tmp_path: Path, typed: Typing, soffice: Office
) -> None:
    """Opened, a remark typed in, saved: the tables say the same as the CSV files."""
    sheet, column = _remark(workbook)
    place = tmp_path / "bewaard"
    place.mkdir()
    saved = place / workbook.name
    soffice.edit(workbook, {(sheet, f"{column}2"): "Koffie om tien uur"}, saved=saved)
    for beside in tmp_path.glob("buurthuis.*"):
        if beside != workbook:
            (place / beside.name).write_bytes(beside.read_bytes())
    folder = root / "examples" / "buurthuis"
    assert typed("match", folder, *WEEK, "--out", tmp_path / "csv").code == 0
    assert typed("match", saved, *WEEK, "--out", tmp_path / "xlsx").code == 0
    for name in ("plans.csv", "unmet.csv"):
        ours, theirs = (tmp_path / kind / name for kind in ("csv", "xlsx"))
        assert ours.read_bytes() == theirs.read_bytes(), name


def _remark(workbook: Path) -> tuple[str, str]:
    """Return the sheet and the column of what talents say of themselves, which decides nothing."""
    import openpyxl
    from openpyxl.utils import get_column_letter

    sheet = openpyxl.load_workbook(workbook)["Talenten"]
    headings = [cell.value for cell in sheet[1]]
    return "Talenten", get_column_letter(headings.index("Omschrijving") + 1)


def test_the_starter_filled_in_by_hand_gives_a_proposal(
    tmp_path: Path, typed: Typing, soffice: Office
) -> None:
    """A team types into the starter as people type; the week comes out, and ids are filled in."""
    typed("new", tmp_path / "buurt")
    starter = tmp_path / "buurt" / "Buurt.xlsx"
    cells = {
        "Mensen": [
            {"Roepnaam": "Wim", "Buurt": "Noord", "Delen": "ja"},
            {"Roepnaam": "Stefan", "Buurt": "Noord", "Delen": "ja", "Tijden": "ma 09:00-17:00"},
        ],
        "Talenten": [{"Wie": "Stefan", "Wat": "tuin", "Hoe lang": "lang"}],
        "Vragen": [{"Wie": "Wim", "Wat": "tuin", "Sinds": "2-11-2026", "Besproken": "ja"}],
    }
    soffice.edit(starter, _typed_in(starter, cells), saved=starter.with_name("nieuw.xlsx"))
    starter.with_name("nieuw.xlsx").replace(starter)
    done = typed("match", tmp_path / "buurt", *WEEK, "--out", tmp_path / "uit", "--lang", "nl")
    assert done.code == 0, done.err
    assert "Wim" in done.out
    assert "Stefan" in done.out
    plans = (tmp_path / "uit" / "plans.csv").read_text(encoding="utf-8").splitlines()
    assert len(plans) == 2
    again = typed("match", tmp_path / "buurt", *WEEK, "--out", tmp_path / "weer")
    assert again.code == 0
    assert (tmp_path / "weer" / "plans.csv").read_text(encoding="utf-8").splitlines() == plans
    hood = assetmap.read(tmp_path / "buurt")
    assert [person.called for person in hood.people] == ["Wim", "Stefan"]


def _typed_in(path: Path, cells: dict[str, list[dict[str, str]]]) -> dict[tuple[str, str], str]:
    """Return where each text goes: under its heading, below the examples."""
    import openpyxl
    from openpyxl.utils import get_column_letter

    book = openpyxl.load_workbook(path)
    found = {}
    for name, rows in cells.items():
        headings = [cell.value for cell in book[name][1]]
        for at, row in enumerate(rows):
            for heading, text in row.items():
                column = get_column_letter(headings.index(heading) + 1)
                found[name, f"{column}{4 + at}"] = text
    return found
