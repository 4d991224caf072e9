"""``assetmap view``: a page for an audience, in one file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from assetmap.cli import viewing
from tests.cli.conftest import Typing

NAMES = ("Anna", "Bram", "Wil")


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(viewing, "_today", lambda: dt.date(2026, 11, 24))


def test_the_team_gets_its_page(street: Path, tmp_path: Path, typed: Typing) -> None:
    """Names and proposals are in it; the screen says whose it is and where."""
    page = tmp_path / "uit" / "buurt.html"
    done = typed("view", street, "--out", page, "--week", "2026-W48", "--lang", "nl")
    assert done.code == 0
    assert done.out.startswith("Alleen voor het wijkteam.")
    assert f"De pagina voor het team: {page}" in done.out
    text = page.read_text(encoding="utf-8")
    assert all(name in text for name in NAMES)
    assert '"proposals":[{' in text


@pytest.mark.parametrize("audience", ["residents", "research"])
def test_others_get_theirs(audience: str, street: Path, tmp_path: Path, typed: Typing) -> None:
    """Nobody's name is in the file, and no proposal."""
    page = tmp_path / "map.html"
    done = typed("view", street, "--out", page, "--audience", audience, "--json")
    assert done.document["audience"] == audience
    assert done.document["week"] == "2026-W48"
    assert done.document["page"] == page.as_uri()
    text = page.read_text(encoding="utf-8").partition('id="facts"')[2]
    assert not [name for name in NAMES if name in text.partition('"worlds"')[2]]
    assert '"proposals":[]' in text


def test_earlier_weeks_make_a_slider(street: Path, tmp_path: Path, typed: Typing) -> None:
    """Given in any order, they stand from old to new."""
    page = tmp_path / "map.html"
    done = typed("view", street, "--out", page, "--before", "40", "--before", "2026-W30")
    assert done.code == 0
    text = page.read_text(encoding="utf-8")
    days = [text.index(each) for each in ("20 July 2026", "28 September 2026", "23 November")]
    assert days == sorted(days)


def test_without_a_place_it_stands_where_one_is(
    street: Path, tmp_path: Path, typed: Typing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Named after who gets it, so that the team's page is not given away for another."""
    monkeypatch.chdir(tmp_path)
    assert typed("view", street).code == 0
    assert typed("view", street, "--audience", "residents").code == 0
    assert {each.name for each in tmp_path.glob("*.html")} == {
        "buurt-team.html",
        "buurt-residents.html",
    }


def test_what_cannot_be_done_is_said(street: Path, tmp_path: Path, typed: Typing) -> None:
    """A week that does not exist, the place of the tables, and a place where nothing can be."""
    for option in ("--week", "--before"):
        done = typed("view", street, "--out", tmp_path / "m.html", option, "2026-W60")
        assert done.code == 2
        assert "2026-W53" in done.err
    done = typed("view", street, "--out", tmp_path / "m.html", "--before", "2026-W50")
    assert (done.code, "--before" in done.err) == (2, True)
    assert typed("view", street, "--out", street).code == 2
    (tmp_path / "taken.html").mkdir()
    assert typed("view", street, "--out", tmp_path / "taken.html").code == 2
    assert not (tmp_path / "m.html").exists()


def test_tables_with_errors_give_no_page(tmp_path: Path, typed: Typing) -> None:
    """What has to be repaired is named, and nothing is written."""
    tables = tmp_path / "tables"
    tables.mkdir()
    (tables / "needs.csv").write_text("need,owner,category\nn1,p9,meal\n", encoding="utf-8")
    done = typed("view", tables, "--out", tmp_path / "m.html")
    assert done.code == 2
    assert "Niets heeft dit nummer" in done.err
    assert not (tmp_path / "m.html").exists()
