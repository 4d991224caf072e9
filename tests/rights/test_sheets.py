"""The sheets of earlier weeks go with whom they are about, named there or not."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from assetmap.model import Policy
from assetmap.report.handing import sheet_files_in
from assetmap.rights import forget, retention
from assetmap.week import run
from tests.acceptance.stories import files, put
from tests.report.evening import EVENING
from tests.rights.hood import everything_written, mentions

WEEK, NEXT = "2026-W48", "2026-W49"


@pytest.fixture
def street(tmp_path: Path) -> Path:
    """The eetcafé, its week run, in a folder of tables."""
    folder = tmp_path / "straat"
    folder.mkdir()
    files(folder, EVENING)
    run(folder, WEEK, out=tmp_path / "uit")
    return folder


@pytest.mark.parametrize("person", ["p1", "p2", "p4"])
def test_the_sheets_go_with_whoever_is_on_them(street: Path, person: str, tmp_path: Path) -> None:
    """Who is helped, who helps, and who is only one of a number: all sheets of that week go."""
    out = tmp_path / "uit"
    assert sheet_files_in(out, WEEK)
    seen = forget(street, person, out=out, dry_run=True)
    assert set(sheet_files_in(out)) <= set(seen.results)
    done = forget(street, person, out=out)
    assert done.results == seen.results
    assert sheet_files_in(out) == ()
    assert not (out / f"briefjes-{WEEK}").exists()
    called = {"p1": "Rie", "p2": "Sam", "p4": "Ana"}[person]
    left = everything_written(street, out)
    assert [word for word in (person, called) if mentions(left, word)] == []
    run(street, WEEK, out=out)
    assert sheet_files_in(out, WEEK)
    assert not mentions(everything_written(out), person)


def test_only_the_weeks_in_which_they_had_a_part(street: Path, tmp_path: Path) -> None:
    """Sheets of another week stay, and so does what somebody else laid in the folder."""
    out = tmp_path / "uit"
    later = put(EVENING["arrangements"], "r8", until="2026-11-29")
    files(street, {"arrangements": later})
    run(street, NEXT, out=out)
    own = out / f"briefjes-{WEEK}" / "lijst van mij.txt"
    own.write_text("Jet", encoding="utf-8")
    done = forget(street, "p8", out=out)
    assert sheet_files_in(out, WEEK) == ()
    assert sheet_files_in(out, NEXT)
    assert own.is_file()
    assert f"briefjes-{WEEK}/lijst van mij.txt" in {line.file for line in done.look}


def test_old_sheets_go_by_age(street: Path, tmp_path: Path) -> None:
    """The week stands in the name of the folder; the other language is the same."""
    out = tmp_path / "uit"
    kept = Policy().privacy.keep_ended_days
    monday = dt.date(2026, 11, 23)
    soon = retention(street, asof=monday + dt.timedelta(days=kept), out=out)
    assert not set(sheet_files_in(out)) & set(soon.results)
    later = monday + dt.timedelta(days=kept + 7)
    done = retention(street, asof=later, out=out, dry_run=False)
    assert {path.name for path in done.results} >= {"alles.html", "helper-p2.ics", "sheets.json"}
    assert sheet_files_in(out) == ()
    assert not (out / f"briefjes-{WEEK}").exists()
