"""``assetmap report``: what happened in a period, for the council."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import openpyxl
import pytest

from assetmap.cli import reporting
from tests.cli.conftest import Typing

NAMES = ("Anna", "Bram", "Wil")
PERIOD = ("--from", "2026-01-01", "--until", "30-11-2026")


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reporting, "_today", lambda: dt.date(2026, 11, 24))


def test_a_page_for_the_council(street: Path, tmp_path: Path, typed: Typing) -> None:
    """It says whom it is for and where it is, and holds nobody's name."""
    page = tmp_path / "uit" / "raad.html"
    done = typed("report", street, "--out", page, *PERIOD, "--lang", "nl")
    assert done.code == 0
    assert done.out.startswith("Voor de gemeente.")
    assert f"Het verslag: {page}" in done.out
    text = page.read_text(encoding="utf-8")
    assert '<html lang="nl">' in text
    assert not [name for name in NAMES if name in text]


def test_the_tables_as_files(street: Path, tmp_path: Path, typed: Typing) -> None:
    """In one workbook by its ending, else as CSV files in a folder."""
    people = "".join(f"x{n},,resident,noord,,yes,,\n" for n in range(6))
    with (street / "people.csv").open("a", encoding="utf-8") as file:
        file.write(people)
    talents = "".join(f"y{n},x{n},ride\n" for n in range(6))
    (street / "talents.csv").write_text(f"talent,owner,category\n{talents}", encoding="utf-8")
    (street / "needs.csv").unlink()
    book, folder = tmp_path / "raad.xlsx", tmp_path / "tabellen"
    for place in (book, folder):
        done = typed(
            "report", street, "--out", tmp_path / "raad.html", *PERIOD, "--tables", place, "--json"
        )
        assert done.document["tables"] == str(place)
    assert book.read_bytes()[:2] == b"PK"
    assert {path.suffix for path in folder.iterdir()} == {".csv"}
    assert "vervoer,5" in (folder / "themes.csv").read_text(encoding="utf-8")


def test_with_a_week_and_an_earlier_moment(street: Path, tmp_path: Path, typed: Typing) -> None:
    """Then it tells whether proposals reach everybody, and which steps initiatives made."""
    page = tmp_path / "raad.html"
    earlier = tmp_path / "eerder"
    earlier.mkdir()
    heads = "initiative,name,status\n"
    (earlier / "initiatives.csv").write_text(f"{heads}i1,Koor,idea\n", encoding="utf-8")
    (street / "initiatives.csv").write_text(f"{heads}i1,Koor,running\n", encoding="utf-8")
    options = ("--week", "48", "--before", earlier, "--lang", "en")
    assert typed("report", street, "--out", page, *PERIOD, *options).code == 0
    text = page.read_text(encoding="utf-8")
    assert "the proposals of one week" in text
    assert "a stage further" in text


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--from", "2026-02-30", "--until", "2026-06-30"), "2026-02-30 is geen dag"),
        (("--from", "2026-06-30", "--until", "2026-01-01"), "ligt voor de eerste"),
        ((*PERIOD, "--week", "2026-W60"), "2026-W53"),
        ((*PERIOD, "--before", "nergens"), "eerdere moment"),
    ],
)
def test_what_cannot_be_done_is_said(
    options: tuple[str, ...], told: str, street: Path, tmp_path: Path, typed: Typing
) -> None:
    """Nothing is written then, and the exit code says so."""
    done = typed("report", street, "--out", tmp_path / "raad.html", *options)
    assert done.code == 2
    assert told in done.err
    assert not (tmp_path / "raad.html").exists()


def test_places_that_cannot_be_written(street: Path, tmp_path: Path, typed: Typing) -> None:
    """Not among the tables, not as another kind of file, and not where a folder stands."""
    assert typed("report", street, "--out", street / "raad.html", *PERIOD).code == 2
    assert typed("report", street, "--out", tmp_path / "raad.docx", *PERIOD).code == 2
    page = tmp_path / "raad.html"
    assert typed("report", street, "--out", page, *PERIOD, "--tables", street).code == 2
    page.mkdir()
    assert typed("report", street, "--out", page, *PERIOD).code == 2
    assert sorted(path.suffix for path in street.iterdir()) == [".csv"] * 4


def test_tables_with_errors_give_no_report(tmp_path: Path, typed: Typing) -> None:
    """What has to be repaired is named, and nothing is written."""
    tables = tmp_path / "tables"
    tables.mkdir()
    (tables / "needs.csv").write_text("need,owner,category\nn1,p9,meal\n", encoding="utf-8")
    done = typed("report", tables, "--out", tmp_path / "raad.html", *PERIOD)
    assert done.code == 2
    assert "Niets heeft dit nummer" in done.err
    assert not (tmp_path / "raad.html").exists()


def test_safety_is_told_to_who_makes_it_and_not_in_it(
    street: Path, tmp_path: Path, typed: Typing
) -> None:
    """The screen points to the reporting code; the page says nothing of it."""
    with (street / "needs.csv").open("a", encoding="utf-8") as file:
        file.write("n9,p1,violence,5,2026-11-02,yes\n")
    page = tmp_path / "raad.html"
    done = typed("report", street, "--out", page, *PERIOD)
    assert "meldcode" in done.err
    assert "meldcode" not in page.read_text(encoding="utf-8")


# --- what was given out before, a map, and a party that observes ---------------------------------


def _offers(street: Path, number: int) -> None:
    """Write so many residents with a talent each into the tables."""
    (street / "needs.csv").unlink(missing_ok=True)
    people = "".join(f"x{n},noord\n" for n in range(number))
    (street / "people.csv").write_text(f"person,area\n{people}", encoding="utf-8")
    talents = "".join(f"y{n},x{n},ride\n" for n in range(number))
    (street / "talents.csv").write_text(f"talent,owner,category\n{talents}", encoding="utf-8")


def test_a_report_of_a_week_more_follows_the_one_before(
    street: Path, tmp_path: Path, typed: Typing
) -> None:
    """What was given out is kept with the results, for the owner alone; one more is not seen."""
    page, kept = tmp_path / "raad.html", tmp_path / "uit"
    period = ("--from", "2026-01-01", "--until", "2026-06-30", "--results", kept, "--lang", "nl")
    _offers(street, 12)
    first = typed("report", street, "--out", page, *period)
    assert "nog die van het verslag" not in first.out
    assert (kept / "released.json").stat().st_mode & 0o077 == 0
    assert '"x1"' not in (kept / "released.json").read_text(encoding="utf-8")
    _offers(street, 13)
    longer = ("--from", "2026-01-01", "--until", "2026-07-07", *period[4:])
    done = typed("report", street, "--out", page, *longer)
    assert done.code == 0
    assert "nog die van het verslag over donderdag 1 januari 2026" in done.out
    assert "nog die van het verslag" in page.read_text(encoding="utf-8")
    again = typed("report", street, "--out", page, *longer, "--json")
    assert again.document["as_before"] == ["2026-01-01", "2026-07-07"]


def test_what_was_given_out_is_beside_the_other_results(
    street: Path, tmp_path: Path, typed: Typing
) -> None:
    """Without a folder of results it goes where `assetmap week` keeps them."""
    assert typed("report", street, "--out", tmp_path / "raad.html", *PERIOD).code == 0
    (found,) = street.rglob("released.json")
    assert found.parent.parent == street


def test_a_draft_does_not_count_as_given_out(street: Path, tmp_path: Path, typed: Typing) -> None:
    """It says what it is wherever it can be read, and the next report does not follow it."""
    page, book, kept = tmp_path / "raad.html", tmp_path / "raad.xlsx", tmp_path / "uit"
    asked = ("report", street, "--out", page, "--tables", book, *PERIOD, "--results", kept)
    _offers(street, 12)
    assert typed(*asked, "--draft").code == 0
    assert not kept.exists()
    said = "Concept: geef dit niet weg."
    assert said in page.read_text(encoding="utf-8")
    about = openpyxl.load_workbook(book).worksheets[0]
    assert said in [cell.value for cell in about["A"]]
    _offers(street, 13)
    assert typed(*asked).code == 0
    assert said not in page.read_text(encoding="utf-8")
    assert (kept / "released.json").exists()


def test_a_damaged_memory_gives_no_report(street: Path, tmp_path: Path, typed: Typing) -> None:
    """The screen says what to do, and nothing is written."""
    (tmp_path / "released.json").write_text("{}", encoding="utf-8")
    page = tmp_path / "raad.html"
    done = typed("report", street, "--out", page, *PERIOD, "--results", tmp_path)
    assert done.code == 2
    assert "Zet een eerdere kopie terug" in done.err
    assert not page.exists()
    assert (tmp_path / "released.json").read_text(encoding="utf-8") == "{}"


def test_a_map_of_the_counts(street: Path, tmp_path: Path, typed: Typing) -> None:
    """With an outline beside the tables; without one it is said, and nothing is written."""
    page, drawn = tmp_path / "raad.html", tmp_path / "raad.geojson"
    _offers(street, 12)
    done = typed("report", street, "--out", page, *PERIOD, "--map", drawn)
    assert done.code == 2
    assert "geen gebied heeft een omtrek" in done.err
    assert not page.exists()
    ring = [[5.38, 52.15], [5.39, 52.15], [5.39, 52.16], [5.38, 52.15]]
    feature = {
        "type": "Feature",
        "properties": {"area": "noord"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    (street / "kaart.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8"
    )
    done = typed("report", street, "--out", page, *PERIOD, "--map", drawn)
    assert done.code == 0
    assert f"De kaart: {drawn}" in done.out
    (made,) = json.loads(drawn.read_text(encoding="utf-8"))["features"]
    assert made["properties"]["talents"] == 10
    assert typed("report", street, "--out", page, *PERIOD, "--map", page).code == 2
    assert typed("report", street, "--out", page, *PERIOD, "--map", street / "a.geojson").code == 2


def test_only_a_party_that_observes_a_team_reads_as_one(
    street: Path, tmp_path: Path, typed: Typing
) -> None:
    """The screen says what the table of memberships needs."""
    page = tmp_path / "raad.html"
    done = typed("report", street, "--out", page, *PERIOD, "--for", "senioren")
    assert done.code == 2
    assert "de rol waarnemer" in done.err
    assert not page.exists()
