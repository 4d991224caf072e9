"""The sheets that a week writes: for everybody who does something, and never one too many."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path
from textwrap import dedent

import pytest

from assetmap.errors import UnusableInput
from assetmap.report.handing import sheet_files_in
from assetmap.week import Settings, run
from tests.acceptance.stories import Tables, files, put
from tests.report.evening import EVENING

WEEK = "2026-W48"
FOLDER = f"briefjes-{WEEK}"
ALL = {
    *("alles.html", "sheets.json"),
    *(f"{stem}.{kind}" for stem in ("helper-p2", "helper-p3") for kind in ("html", "ics")),
    *(f"initiatief-{one}.{kind}" for one in ("i1", "i2") for kind in ("html", "ics")),
}


def _street(tmp_path: Path, tables: Tables = EVENING, **changed: str) -> Path:
    folder = tmp_path / "straat"
    folder.mkdir(exist_ok=True)
    files(folder, {**tables, **changed})
    return folder


def _bytes(out: Path) -> dict[str, bytes]:
    found = (path for path in out.rglob("*") if path.is_file() and path.suffix != ".sqlite")
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in found}


def test_a_week_writes_a_sheet_for_everybody(tmp_path: Path) -> None:
    """In a folder of that week, for the owner's eyes only, and the same bytes the second time."""
    out = tmp_path / "uit"
    made = run(_street(tmp_path), WEEK, out=out)
    assert {path.name for path in (out / FOLDER).iterdir()} == ALL
    assert {f"{FOLDER}/{name}" for name in ALL} <= set(made.files)
    assert made.files[f"{FOLDER}/alles.html"] == out / FOLDER / "alles.html"
    found = [*(out / FOLDER).iterdir(), out / "sheets.key"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in found} == {0o600}
    assert stat.S_IMODE((out / FOLDER).stat().st_mode) == 0o700
    before = _bytes(out)
    run(tmp_path / "straat", WEEK, out=out)
    assert _bytes(out) == before


def test_who_dropped_out_has_no_sheet_left(tmp_path: Path) -> None:
    """Run again, the week takes away what it wrote and would not write now, and nothing else."""
    out = tmp_path / "uit"
    run(_street(tmp_path), WEEK, out=out)
    own = out / FOLDER / "briefje van mij.txt"
    own.write_text("melk", encoding="utf-8")
    stopped = put(EVENING["arrangements"], "r7", until="2026-11-15")
    run(_street(tmp_path, arrangements=stopped), WEEK, out=out)
    left = {path.name for path in (out / FOLDER).iterdir()}
    assert left == {*ALL - {"helper-p3.html", "helper-p3.ics"}, own.name}
    none = run(_street(tmp_path, arrangements="arrangement;need;leg;provider\n"), WEEK, out=out)
    assert not [name for name in none.files if name.startswith(FOLDER)]
    assert {path.name for path in (out / FOLDER).iterdir()} == {own.name}


def test_another_language_takes_the_place_of_the_first(tmp_path: Path) -> None:
    """The folder of the other language goes with all that is in it; that of another week stays."""
    out = tmp_path / "uit"
    street = _street(tmp_path)
    run(street, "2026-W47", out=out)
    run(street, WEEK, out=out)
    run(street, WEEK, out=out, settings=Settings(language="en"))
    assert not (out / FOLDER).exists()
    assert (out / f"sheets-{WEEK}" / "all.html").is_file()
    assert (out / "briefjes-2026-W47" / "alles.html").is_file()


def test_without_sheets_none_is_written_and_none_stays(tmp_path: Path) -> None:
    """What an earlier run of that week wrote could be wrong by now."""
    out = tmp_path / "uit"
    street = _street(tmp_path)
    run(street, WEEK, out=out, settings=Settings(sheets=False))
    assert not (out / FOLDER).exists()
    assert not (out / "sheets.key").exists()
    run(street, WEEK, out=out)
    run(street, WEEK, out=out, settings=Settings(sheets=False))
    assert sheet_files_in(out) == ()


def test_a_dry_run_tells_and_writes_nothing(tmp_path: Path) -> None:
    """Which files there would be is told; those of before stay as they were."""
    out = tmp_path / "uit"
    street = _street(tmp_path)
    made = run(street, WEEK, out=out, settings=Settings(dry_run=True))
    assert f"{FOLDER}/helper-p2.ics" in made.files
    assert not out.exists()
    run(street, WEEK, out=out)
    before = _bytes(out)
    stopped = put(EVENING["arrangements"], "r7", until="2026-11-15")
    run(_street(tmp_path, arrangements=stopped), WEEK, out=out, settings=Settings(dry_run=True))
    assert _bytes(out) == before


def test_a_full_disk_leaves_the_sheets_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """None is new, none is gone: all files of a week, or none."""
    out = tmp_path / "uit"
    run(_street(tmp_path), WEEK, out=out)
    before = _bytes(out)
    stopped = put(EVENING["arrangements"], "r7", until="2026-11-15")
    real = os.fsync
    seen = iter(range(100))

    def full(handle: int) -> None:
        if next(seen) == 6:
            raise OSError(28, "full")
        real(handle)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(UnusableInput):
            run(_street(tmp_path, arrangements=stopped), WEEK, out=out)
    assert _bytes(out) == before


def test_the_key_comes_from_all_tables_and_stays(tmp_path: Path) -> None:
    """The same in an empty folder, whatever the order of rows; another where one cell differs."""
    street = _street(tmp_path)
    keys = {}
    for name in ("one", "two", "three", "four"):
        if name == "two":
            head, *rows = dedent(EVENING["people"]).strip().splitlines()
            files(street, {"people": "\n".join([head, *reversed(rows)])})
        if name == "three":
            files(street, {"people": put(EVENING["people"], "p8", called="Jetty")})
        if name == "four":
            shutil.copytree(tmp_path / "one", tmp_path / "four")
        run(street, WEEK, out=tmp_path / name)
        keys[name] = (tmp_path / name / "sheets.key").read_bytes()
    assert keys["one"] == keys["two"] == keys["four"]
    assert keys["three"] != keys["one"]
    assert {len(key) for key in keys.values()} == {32}


def test_a_key_that_is_not_whole_is_told(tmp_path: Path) -> None:
    """Another key would put every date in calendars twice, so nothing is made up."""
    out = tmp_path / "uit"
    street = _street(tmp_path)
    run(street, WEEK, out=out)
    (out / "sheets.key").write_bytes(b"short")
    with pytest.raises(UnusableInput, match="not whole"):
        run(street, WEEK, out=out)


def test_a_calendar_knows_next_week_from_this_one(tmp_path: Path) -> None:
    """The same key in every week; each date of a standing arrangement is an event of its own."""
    out = tmp_path / "uit"
    street = _street(tmp_path)
    codes = []
    for week in (WEEK, "2026-W49"):
        run(street, week, out=out)
        text = (out / f"briefjes-{week}" / "initiatief-i1.ics").read_text(encoding="utf-8")
        codes.append({line for line in text.splitlines() if line.startswith("UID:")})
    assert len(codes[0]) == len(codes[1]) == 2
    assert codes[0].isdisjoint(codes[1])
