"""``assetmap new`` writes what a team needs to begin, and never overwrites anything."""

from __future__ import annotations

from pathlib import Path

import pytest

import assetmap
from tests.cli.conftest import Typing


def test_a_workbook_and_start_files_appear(typed: Typing, tmp_path: Path) -> None:
    """The folder is made, its files are named, and the next steps are told."""
    folder = tmp_path / "onze-buurt"
    done = typed("new", folder)
    assert done.code == 0
    there = {path.name for path in folder.iterdir()}
    assert "Buurt.xlsx" in there
    assert any(name.endswith(".bat") for name in there)
    assert all(name in done.out for name in there)
    assert "Vul de werkmap in." in done.out


def test_what_was_written_can_be_read(typed: Typing, tmp_path: Path) -> None:
    """The starter is sound as it stands."""
    typed("new", tmp_path / "buurt")
    problems = assetmap.check(tmp_path / "buurt")
    assert [p for p in problems if p.severity != "notice"] == []


def test_it_speaks_english_too(typed: Typing, tmp_path: Path) -> None:
    """``--lang en`` gives an English workbook and English words."""
    done = typed("new", tmp_path / "ours", "--lang", "en")
    assert "Fill in the workbook." in done.out
    assert not (tmp_path / "ours" / "Buurt.xlsx").exists()


def test_a_machine_gets_the_files(typed: Typing, tmp_path: Path) -> None:
    """``--json`` names the folder and the files that were written."""
    folder = tmp_path / "buurt"
    done = typed("new", folder, "--json")
    assert done.document["folder"] == str(folder)
    assert sorted(done.document["files"]) == sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("there", ["Buurt.xlsx", "mensen.csv", "oud.ods"])
def test_tables_that_are_there_are_left_alone(typed: Typing, tmp_path: Path, there: str) -> None:
    """A folder with tables in it is refused, and stays as it was."""
    (tmp_path / there).write_bytes(b"van iemand anders")
    done = typed("new", tmp_path)
    assert done.code == 2
    assert "staan al tabellen" in done.err
    assert done.out == ""
    assert [path.name for path in tmp_path.iterdir()] == [there]
    assert (tmp_path / there).read_bytes() == b"van iemand anders"


def test_a_file_is_no_folder(typed: Typing, tmp_path: Path) -> None:
    """The name of a file that exists is refused with a remedy."""
    (tmp_path / "x").write_text("x")
    done = typed("new", tmp_path / "x", "--lang", "en")
    assert (done.code, done.out) == (2, "")
    assert "is a file" in " ".join(done.err.split())


def test_a_place_where_nothing_can_be_made(typed: Typing, tmp_path: Path) -> None:
    """A folder that cannot be made is told without a traceback."""
    (tmp_path / "x").write_text("x")
    done = typed("new", tmp_path / "x" / "y")
    assert done.code == 2
    assert "kan niet worden geschreven" in " ".join(done.err.split())
