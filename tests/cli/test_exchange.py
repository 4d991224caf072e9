"""``assetmap export`` and ``import``: to a social map and back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import assetmap
from tests.cli.conftest import Typing

BUNDLED = Path(__file__).parents[2] / "examples" / "buurthuis"


def test_there_and_back(typed: Typing, tmp_path: Path) -> None:
    """What was given away can be taken in again, in a folder of its own."""
    out, folder = tmp_path / "services.json", tmp_path / "map"
    done = typed("export", BUNDLED, "--format", "hsds", "--out", out, "--source", "west")
    assert done.code == 0
    assert str(out) in done.out
    assert len(json.loads(out.read_text())) == 36
    done = typed("import", folder, "--from", out, "--json")
    assert (done.document["initiatives"], done.document["activities"]) == (13, 23)
    assert done.code == done.document["exit"] == 0
    hood = assetmap.read(folder)
    assert len(hood.initiatives) == 13
    assert not hood.people


def test_what_stays_behind_is_told(typed: Typing, tmp_path: Path) -> None:
    """The notices are in the language that was asked for, and in the document for a machine."""
    out = tmp_path / "services.json"
    shown = " ".join(typed("export", BUNDLED, "--out", out, "--lang", "nl").out.split())
    assert "Mensen staan niet in het bestand" in shown
    found = typed("export", BUNDLED, "--out", out, "--json").document
    assert {"hsds-person", "hsds-stays"} <= {p["code"] for p in found["problems"]}


@pytest.mark.parametrize("name", ["services.txt", "inside"])
def test_a_place_that_does_not_do(typed: Typing, street: Path, tmp_path: Path, name: str) -> None:
    """Only a JSON file outside the tables is written."""
    out = street / "services.json" if name == "inside" else tmp_path / name
    done = typed("export", street, "--out", out, "--json")
    assert (done.code, done.document["fault"]) == (2, "not-there")
    assert not out.exists()


def test_a_place_that_cannot_be_written(typed: Typing, street: Path, tmp_path: Path) -> None:
    """Where nothing can be written that is said, with exit code 2."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    done = typed("export", street, "--out", tmp_path / "file" / "services.json", "--json")
    assert (done.code, done.document["fault"]) == (2, "not-written")


def test_tables_with_errors_are_not_given_away(typed: Typing, street: Path, tmp_path: Path) -> None:
    """The errors are listed, and nothing is written."""
    (street / "needs.csv").write_text("need,owner\nn1,nobody\n", encoding="utf-8")
    done = typed("export", street, "--out", tmp_path / "s.json", "--json")
    assert done.code == done.document["exit"] == 2
    assert not (tmp_path / "s.json").exists()


def test_tables_that_are_there_are_left_alone(typed: Typing, street: Path, tmp_path: Path) -> None:
    """A folder that holds something is never written to."""
    out = tmp_path / "s.json"
    out.write_text('[{"id": "s1", "name": "Inloop", "status": "active"}]', encoding="utf-8")
    before = sorted(street.iterdir())
    done = typed("import", street, "--from", out, "--json")
    assert (done.code, done.document["fault"]) == (2, "not-empty")
    assert sorted(street.iterdir()) == before


def test_another_file_is_refused(typed: Typing, tmp_path: Path) -> None:
    """What is no social map gives an error and no folder."""
    (tmp_path / "x.json").write_text("{}", encoding="utf-8")
    done = typed("import", tmp_path / "new", "--from", tmp_path / "x.json", "--json")
    assert done.code == 2
    assert [p["code"] for p in done.document["problems"]] == ["hsds-shape"]
    assert not (tmp_path / "new").exists()
