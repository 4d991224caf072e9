"""Writing a neighbourhood and reading it again: nothing is lost, and the bytes are the same."""

from __future__ import annotations

import json
import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from assetmap.errors import UnusableInput
from assetmap.model import RECORDS, Neighbourhood, Person, Policy, Row, Safeguard, Tie
from assetmap.tables import check, read, write
from tests.tables.strategies import neighbourhoods

FORMS = ("folder", "buurt.xlsx", "buurt.json")


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=40)
@given(hood=neighbourhoods())
def test_what_is_written_is_read_again(
    form: str, hood: Neighbourhood, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Any neighbourhood survives each of the three forms, awkward texts and all."""
    path = tmp_path_factory.mktemp("written") / form
    write(hood, path)
    again = read(path)
    for table in RECORDS:
        assert again.table(table) == hood.table(table)
    assert again.policy == hood.policy


@settings(max_examples=15)
@given(hood=neighbourhoods())
def test_forms_convert_into_each_other(
    hood: Neighbourhood, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """CSV to workbook to JSON to CSV gives the very bytes of the first CSV."""
    folder = tmp_path_factory.mktemp("converted")
    write(hood, folder / "first")
    write(read(folder / "first"), folder / "b.xlsx")
    write(read(folder / "b.xlsx"), folder / "b.json")
    write(read(folder / "b.json"), folder / "last")
    assert _bytes(folder / "last") == _bytes(folder / "first")


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture
def hood() -> Neighbourhood:
    """Two people, one tie, one safeguard, a column of the team's own, other settings."""
    rows = {
        "people": [
            Row(2, {"person": "p1", "called": "Joke", "schoenmaat": "38"}),
            Row(3, {"person": "p2", "called": "=HYPERLINK()"}),
        ],
        "ties": [Row(2, {"a": "p1", "b": "p2", "kleur": "rood"})],
        "safeguards": [
            Row(
                2,
                {
                    "safeguard": "s1",
                    "person": "p1",
                    "at": "p2",
                    "from": "2026-01-01",
                    "review_on": "2026-06-01",
                },
            )
        ],
    }
    return Neighbourhood.from_rows(rows, policy=Policy(horizon_weeks=3))


@pytest.mark.parametrize("form", FORMS)
def test_the_same_neighbourhood_gives_the_same_bytes(
    form: str, hood: Neighbourhood, tmp_path: Path
) -> None:
    """Writing twice, in two places, makes no difference in a single byte."""
    for place in ("one", "two"):
        (tmp_path / place).mkdir()
        write(hood, tmp_path / place / form)
    one, two = (
        sorted(p for p in (tmp_path / at).rglob("*") if p.is_file()) for at in ("one", "two")
    )
    assert [p.name for p in one] == [p.name for p in two]
    assert [p.read_bytes() for p in one] == [p.read_bytes() for p in two]


@pytest.mark.parametrize("form", FORMS)
def test_unknown_columns_are_kept(form: str, hood: Neighbourhood, tmp_path: Path) -> None:
    """A column of the team's own comes back, in tables with a key and without."""
    write(hood, tmp_path / form)
    assert read(tmp_path / form).extra == {
        "people": {"p1": {"schoenmaat": "38"}},
        "ties": {"0": {"kleur": "rood"}},
    }


@pytest.mark.parametrize("form", FORMS)
def test_safeguards_and_settings_have_files_of_their_own(
    form: str, hood: Neighbourhood, tmp_path: Path
) -> None:
    """A workbook or document never holds the safeguards; they stand beside it."""
    write(hood, tmp_path / form)
    begin = "" if form == "folder" else "buurt."
    place = tmp_path / form if form == "folder" else tmp_path
    assert "s1,p1,p2" in (place / f"{begin}safeguards.csv").read_text(encoding="utf-8")
    assert (place / f"{begin}team.toml").read_text(encoding="utf-8") == "horizon_weeks = 3\n"
    if form != "folder":
        assert b"safeguard" not in (tmp_path / form).read_bytes()
    assert read(tmp_path / form) == hood


def test_files_are_for_their_owner_only(hood: Neighbourhood, tmp_path: Path) -> None:
    """Nobody else on the computer can open what is written."""
    write(hood, tmp_path / "new" / "folder")
    rights = {
        path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "new").rglob("*")
    }
    assert rights.pop("folder") == 0o700
    assert set(rights.values()) == {0o600}


def test_csv_is_canonical(hood: Neighbourhood, tmp_path: Path) -> None:
    """English headings, line feeds, formulas marked, used columns only."""
    write(hood, tmp_path)
    assert (tmp_path / "people.csv").read_bytes() == (
        b"person,called,schoenmaat\np1,Joke,38\np2,'=HYPERLINK(),\n"
    )


def test_a_table_without_rows_any_more_keeps_its_headings(
    hood: Neighbourhood, tmp_path: Path
) -> None:
    """What was in the folder before does not come back to life."""
    write(hood, tmp_path)
    smaller = Neighbourhood.from_records(hood.people, policy=hood.policy)
    write(smaller, tmp_path)
    assert (tmp_path / "ties.csv").read_text(encoding="utf-8") == "a,b\n"
    assert read(tmp_path) == smaller


def test_contacts_are_not_touched(hood: Neighbourhood, tmp_path: Path) -> None:
    """The file with addresses is neither read nor written."""
    contacts = tmp_path / "contacts.csv"
    contacts.write_bytes(b"\xff\x00 whatever")
    write(hood, tmp_path)
    assert contacts.read_bytes() == b"\xff\x00 whatever"
    assert read(tmp_path) == hood


@pytest.mark.parametrize("name", ["mensen.csv", "Buurt.xlsx"])
def test_a_folder_with_tables_under_other_names_is_left_alone(
    name: str, hood: Neighbourhood, tmp_path: Path
) -> None:
    """Every table would be there twice; so nothing is written, and the text says why."""
    (tmp_path / name).write_text("Roepnaam\nJoke\n", encoding="utf-8")
    with pytest.raises(UnusableInput, match=name):
        write(hood, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_settings_with_comments_stay_when_they_say_the_same(
    hood: Neighbourhood, tmp_path: Path
) -> None:
    """A file with settings is only replaced when the policy is another one."""
    settings_file = tmp_path / "team.toml"
    settings_file.write_text("# drie weken\nhorizon_weeks = 3\n", encoding="utf-8")
    write(hood, tmp_path)
    assert settings_file.read_text(encoding="utf-8").startswith("# drie weken")
    write(hood.with_policy(Policy()), tmp_path)
    assert settings_file.read_text(encoding="utf-8") == ""


def test_another_kind_of_file_is_refused(hood: Neighbourhood, tmp_path: Path) -> None:
    """The text says what can be given."""
    with pytest.raises(UnusableInput, match=r"\.xlsx or \.json"):
        write(hood, tmp_path / "buurt.pdf")


@pytest.mark.parametrize("heading", ["nationaliteit", "Roepnaam"])
def test_a_column_that_would_not_be_read_is_not_written(heading: str, tmp_path: Path) -> None:
    """A refused heading, or one that means a known column, cannot get into a file."""
    plain = Neighbourhood.from_rows({"people": [Row(2, {"person": "p1"})]})
    hood = replace(plain, extra={"people": {"p1": {heading: "x"}}})
    with pytest.raises(UnusableInput, match=heading):
        write(hood, tmp_path / "folder")
    assert not (tmp_path / "folder").exists()


def test_all_files_or_none(
    hood: Neighbourhood, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the last file cannot be written beside its place, the first is not there either."""
    written = []

    def full(handle: int) -> None:
        written.append(handle)
        if len(written) == 3:
            raise OSError(28, "no space left")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UnusableInput, match="cannot be written"):
        write(hood, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_workbook_shows_people_by_called_name(tmp_path: Path) -> None:
    """A name that can mean one person only is shown; two of the same name go by id."""
    import openpyxl

    people = [
        Person(person=f"p{n}", called=name) for n, name in enumerate(("Joke", "Ali", "Ali"), 1)
    ]
    ties = [Tie(a="p1", b="p2"), Tie(a="p3", b="p1")]
    hood = Neighbourhood.from_records(people, ties)
    write(hood, tmp_path / "b.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "b.xlsx")["Contacten tussen mensen"]
    assert list(sheet.values) == [("Persoon 1", "Persoon 2"), ("Joke", "p2"), ("p3", "Joke")]
    assert read(tmp_path / "b.xlsx") == hood


def test_a_document_holds_plain_values(tmp_path: Path) -> None:
    """Numbers, yes and no, and lists are themselves in JSON."""
    person = Person(
        person="p1", walks_m=200, minor=False, languages=("nl", "tr"), from_="2026-01-01"
    )
    write(Neighbourhood.from_records(person), tmp_path / "b.json")
    assert json.loads((tmp_path / "b.json").read_text(encoding="utf-8")) == {
        "people": [
            {
                "person": "p1",
                "minor": False,
                "languages": ["nl", "tr"],
                "walks_m": 200,
                "from": "2026-01-01",
            }
        ]
    }


def test_nothing_at_all_can_be_written(tmp_path: Path) -> None:
    """An empty neighbourhood gives an empty folder and a workbook with headings."""
    write(Neighbourhood(), tmp_path / "folder")
    write(Neighbourhood(), tmp_path / "b.xlsx")
    assert [p.code for p in check(tmp_path / "folder")] == ["no-such-file"]
    assert read(tmp_path / "b.xlsx") == Neighbourhood()


def test_a_safeguard_is_written_before_its_neighbourhood_is_trusted(tmp_path: Path) -> None:
    """Taking the last safeguard away empties the file beside the workbook as well."""
    safeguard = Safeguard(
        safeguard="s1", person="p1", at="p2", from_="2026-01-01", review_on="2026-06-01"
    )
    people = [Person(person="p1"), Person(person="p2")]
    write(Neighbourhood.from_records(people, safeguard), tmp_path / "b.xlsx")
    write(Neighbourhood.from_records(people), tmp_path / "b.xlsx")
    assert read(tmp_path / "b.xlsx").safeguards == ()
