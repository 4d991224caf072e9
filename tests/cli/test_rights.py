"""Forgetting, keeping no longer than needed, showing: typed, with exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Typing


def _state(folder: Path) -> dict[str, bytes]:
    return {str(f): f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file()}


def test_nothing_happens_without_a_yes(street: Path, typed: Typing) -> None:
    """Shown, and exit code 1; a dry run goes before a yes."""
    before = _state(street)
    for words in ([], ["--dry-run"], ["--dry-run", "--yes"]):
        done = typed("forget", street, "--person", "p1", "--lang", "nl", *words)
        assert done.code == 1
        assert "people.csv, Mensen, regel 2" in done.out
        assert "--yes" in done.err
    assert _state(street) == before


def test_somebody_is_forgotten(street: Path, typed: Typing) -> None:
    """With a yes it is done; a second time there is nobody."""
    done = typed("forget", street, "--person", "p1", "--yes", "--lang", "en", "--json")
    assert (done.code, done.document["done"]) == (0, True)
    assert {line["table"] for line in done.document["rows"]} == {"people", "needs"}
    assert "p1" not in (street / "people.csv").read_text(encoding="utf-8")
    again = typed("forget", street, "--person", "p1", "--yes", "--lang", "en")
    assert again.code == 2
    assert "nothing anywhere" in again.err


@pytest.mark.parametrize("name", ["uitkomst", "results"])
def test_the_results_beside_the_tables_are_dealt_with_too(
    street: Path, typed: Typing, name: str
) -> None:
    """Where a week puts its results they are found without being named, history included."""
    out = street / name
    typed("week", street, "--week", "2026-W48", "--quick", "--out", out)
    shown = typed("forget", street, "--person", "p1", "--lang", "en")
    assert "plans.csv" in shown.out
    assert "not looked at" not in shown.err
    asked = typed("export-person", street, "--person", "p1", "--lang", "en")
    assert "2026-W48" in asked.out
    done = typed("forget", street, "--person", "p1", "--yes", "--lang", "en")
    assert done.code == 0
    assert not (out / "plans.csv").exists()
    assert b"p1" not in (out / "history.sqlite").read_bytes()


def test_without_results_it_is_said_that_none_were_looked_at(street: Path, typed: Typing) -> None:
    """They may lie elsewhere."""
    done = typed("forget", street, "--person", "p1", "--lang", "en")
    assert "not looked at" in done.err


def test_a_folder_of_results_that_is_not_there_is_refused(street: Path, typed: Typing) -> None:
    """A typing error must not pass for everything being gone."""
    before = _state(street)
    wrong = ("--out", street / "uitkonst")
    for words in (["forget", street, "--person", "p1", "--yes"], ["retention", street, "--yes"]):
        done = typed(*words, *wrong, "--lang", "en")
        assert done.code == 2
        assert "uitkonst" in done.err
    shown = typed("export-person", street, "--person", "p1", "--results", street / "uitkonst")
    assert shown.code == 2
    assert _state(street) == before


def test_what_is_left_asks_for_attention(street: Path, typed: Typing) -> None:
    """Done, and yet exit code 1: somebody has to read a text."""
    (street / "brief.txt").write_text("Dag Anna", encoding="utf-8")
    done = typed("forget", street, "--person", "p1", "--yes", "--lang", "en")
    assert done.code == 1
    assert "brief.txt" in done.out
    assert "That is done." in done.err


def test_an_open_file_and_a_broken_table(street: Path, typed: Typing) -> None:
    """Exit code 2, and nothing was changed."""
    mark = street / "~$people.csv"
    mark.write_text("", encoding="utf-8")
    assert typed("forget", street, "--person", "p1", "--yes").code == 2
    mark.unlink()
    (street / "needs.csv").write_text("need,owner,category\nn1,niemand,meal\n", encoding="utf-8")
    before = _state(street)
    for words in (["forget", street, "--person", "p1", "--yes"], ["retention", street, "--yes"]):
        assert typed(*words).code == 2
    assert typed("export-person", street, "--person", "p1").code == 2
    assert _state(street) == before


def test_retention_lists_and_removes(street: Path, typed: Typing) -> None:
    """Nothing changes without a yes; a day that does not exist is said."""
    needs = street / "needs.csv"
    needs.write_text(
        "need,owner,category,closed_on\nn1,p1,meal,2020-01-01\nn2,p2,meal,\n", encoding="utf-8"
    )
    first = typed("retention", street, "--asof", "23-11-2026", "--lang", "en")
    assert first.code == 1
    assert "needs.csv, Needs, row 2 n1 (take out)" in first.out
    assert "Ground" in first.out or "row" in first.out
    done = typed("retention", street, "--asof", "2026-11-23", "--yes", "--json")
    assert done.document["done"]
    assert done.document["asof"] == "2026-11-23"
    assert "n1" not in needs.read_text(encoding="utf-8")
    assert typed("retention", street, "--asof", "31-02-2026").code == 2


def test_nothing_to_retain_is_fine(tmp_path: Path, typed: Typing) -> None:
    """Exit code 0, and a sentence that says so."""
    (tmp_path / "activities.csv").write_text(
        "activity,name,category,start\na1,Eten,meal,2026-11-25 18:00\n", encoding="utf-8"
    )
    done = typed("retention", tmp_path, "--asof", "2026-11-23", "--lang", "en")
    assert done.code == 0
    assert "Nothing is kept longer" in done.out


@pytest.mark.parametrize("name", ["anna.json", "anna.txt"])
def test_everything_about_one(street: Path, tmp_path: Path, typed: Typing, name: str) -> None:
    """Two files, for the owner's eyes only; the team hears what was left out."""
    file = tmp_path / "uit" / name
    done = typed("export-person", street, "--person", "p1", "--out", file, "--lang", "en")
    assert done.code == 0
    assert json.loads(file.read_text(encoding="utf-8"))["person"] == "p1"
    assert file.stat().st_mode & 0o077 == 0
    (page,) = [path for path in file.parent.iterdir() if path != file]
    assert page.read_text(encoding="utf-8").startswith("What is written down about you")
    shown = typed("export-person", street, "--person", "p1", "--lang", "nl")
    assert "Roepnaam: Anna" in shown.out


def test_what_is_held_back_is_for_the_team(street: Path, typed: Typing) -> None:
    """On stderr, with exit code 1, and not in the document."""
    (street / "safeguards.csv").write_text(
        "safeguard,person,at,from,review_on\ns1,p2,p1,2026-01-01,2027-01-01\n", encoding="utf-8"
    )
    done = typed("export-person", street, "--person", "p1", "--json", "--lang", "en")
    assert done.code == 1
    assert "safeguards.csv" in done.err
    assert "safeguard" not in done.out


def test_a_file_is_not_put_among_the_tables(street: Path, typed: Typing) -> None:
    """Nor over one of them, nor in the place of a folder; nobody is exit code 2 as well."""
    before = _state(street)
    for out in (street / "anna.json", street):
        assert typed("export-person", street, "--person", "p1", "--out", out).code == 2
    assert typed("export-person", street, "--person", "p9").code == 2
    assert _state(street) == before
