"""``assetmap match``: a week on screen and in files, all of them or none."""

from __future__ import annotations

import datetime as dt
import json
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import assetmap
from assetmap.cli.week_asked import nearest_week, week_asked
from assetmap.schedule import Week
from tests.cli.conftest import Typed, Typing

FILES = {"week.html", "plans.csv", "unmet.csv", "shortages.csv", "run.json", "run.log"}


def _match(typed: Typing, street: Path, *more: object) -> Typed:
    return typed("match", street, "--week", "2026-W48", *more)


def test_the_week_is_shown_and_the_files_are_written(
    typed: Typing, street: Path, tmp_path: Path
) -> None:
    """Who could meet whom is on the screen, and the page is named with a link."""
    done = _match(typed, street, "--out", tmp_path / "uit")
    assert (done.code, done.err) == (0, "")
    assert "Anna" in done.out
    assert "Bram" in done.out
    assert (tmp_path / "uit" / "week.html").as_uri() in done.out
    assert {path.name for path in (tmp_path / "uit").iterdir()} == FILES


def test_nothing_is_written_without_a_place(
    typed: Typing, street: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without ``--out`` the week is shown, and no file appears or changes."""
    monkeypatch.chdir(tmp_path)
    before = _contents(tmp_path)
    done = _match(typed, street)
    assert done.code == 0
    assert "Bram" in done.out
    assert _contents(tmp_path) == before


def test_only_the_owner_can_read_what_was_written(
    typed: Typing, street: Path, tmp_path: Path
) -> None:
    """The files hold names, so they are nobody else's."""
    out = tmp_path / "uit"
    _match(typed, street, "--out", out)
    assert {stat.S_IMODE(path.stat().st_mode) for path in out.iterdir()} == {0o600}
    assert stat.S_IMODE(out.stat().st_mode) == 0o700


def test_what_was_there_is_replaced_and_the_rest_stays(
    typed: Typing, street: Path, tmp_path: Path
) -> None:
    """A second run replaces its own files and touches no other."""
    out = tmp_path / "uit"
    out.mkdir()
    (out / "plans.csv").write_text("oud")
    (out / "notulen.txt").write_text("van ons")
    assert _match(typed, street, "--out", out).code == 0
    assert (out / "plans.csv").read_text().startswith("plan,need,occurrence,leg,provider")
    assert (out / "notulen.txt").read_text() == "van ons"
    assert {path.name for path in out.iterdir()} == FILES | {"notulen.txt"}


def test_a_failed_write_leaves_no_half_set(
    typed: Typing, street: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When a file cannot be moved into place the old ones stay, and nothing half is left."""
    out = tmp_path / "uit"
    out.mkdir()
    (out / "week.html").write_text("oud")
    before = _contents(tmp_path)
    monkeypatch.setattr(Path, "replace", _refuse)
    done = _match(typed, street, "--out", out)
    assert done.code == 2
    assert "kan niet worden geschreven" in " ".join(done.err.split())
    assert _contents(tmp_path) == before


def _refuse(self: Path, target: object) -> None:
    raise PermissionError(13, "in use")


KILLED = """\
import os, signal, sys
from assetmap.cli import main

left = [2]
real = os.fsync

def fsync(handle):
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    real(handle)

os.fsync = fsync
main(sys.argv[1:])
"""


def test_a_killed_run_leaves_what_was_there(street: Path, tmp_path: Path) -> None:
    """Killed halfway through writing, every file still has its old content, whole."""
    out = tmp_path / "uit"
    out.mkdir()
    for name in FILES:
        (out / name).write_text("oud")
    done = subprocess.run(
        [sys.executable, "-c", KILLED, "match", str(street), "--out", str(out)],
        capture_output=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    assert {name: (out / name).read_text() for name in FILES} == dict.fromkeys(FILES, "oud")


def test_a_place_that_is_a_file_is_told(typed: Typing, street: Path, tmp_path: Path) -> None:
    """``--out`` at a file is refused; the file stays."""
    (tmp_path / "uit").write_text("een brief")
    done = _match(typed, street, "--out", tmp_path / "uit", "--lang", "en")
    assert done.code == 2
    assert "Nothing can be written" in " ".join(done.err.split())
    assert (tmp_path / "uit").read_text() == "een brief"


def test_the_tables_are_those_of_the_library(typed: Typing, street: Path, tmp_path: Path) -> None:
    """The CSV files hold just what ``propose`` returns, with remedies that are worked out."""
    import pandas as pd

    out = tmp_path / "uit"
    _match(typed, street, "--out", out)
    proposals = assetmap.propose(assetmap.read(street), week="2026-W48")
    tables = {"plans": proposals.plans, "unmet": assetmap.explain.with_remedies(proposals)}
    for name, table in tables.items():
        written = pd.read_csv(out / f"{name}.csv", dtype="string", keep_default_na=False)
        pd.testing.assert_frame_equal(written, table, check_dtype=False)
    assert "Dit is nagerekend" in tables["unmet"]["remedy"].item()
    assert list(proposals.plans["provider"]) == ["p2"]


def test_the_record_says_from_what_and_how_good(
    typed: Typing, street: Path, tmp_path: Path
) -> None:
    """``run.json`` holds hashes, settings, versions, seed and, per level, what is proven."""
    import hashlib

    _match(typed, street, "--out", tmp_path / "uit", "--seed", 3)
    record = json.loads((tmp_path / "uit" / "run.json").read_text(encoding="utf-8"))
    assert set(record["inputs"]) == {path.name for path in street.iterdir()}
    people = (street / "people.csv").read_bytes()
    assert record["inputs"]["people.csv"] == hashlib.sha256(people).hexdigest()
    assert (record["week"], record["seed"], record["status"]) == ("2026-W48", 3, "optimal")
    assert record["policy"]["horizon_weeks"] == 5
    assert record["versions"]["assetmap"] == assetmap.__version__
    assert list(record["objective"]) == list(record["bound"]) == list(record["gap"])
    assert set(record["gap"].values()) == {0}
    assert (record["plans"], record["unmet"]) == (1, 1)


def test_a_second_run_gives_the_same_bytes(typed: Typing, street: Path, tmp_path: Path) -> None:
    """All files but the log of times are the same the second time."""
    _match(typed, street, "--out", tmp_path / "a")
    _match(typed, street, "--out", tmp_path / "b")
    for name in FILES - {"run.log"}:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_a_machine_gets_tables_and_record(typed: Typing, street: Path, tmp_path: Path) -> None:
    """``--json`` gives one ASCII document on stdout and nothing else anywhere."""
    done = _match(typed, street, "--json", "--out", tmp_path / "uit")
    assert (done.code, done.err) == (0, "")
    assert done.out.isascii()
    document = done.document
    assert set(document) == {
        *("folder", "exit", "out", "page", "week", "plans", "unmet", "shortages", "record"),
    }
    assert [row["provider"] for row in document["plans"]] == ["p2"]
    assert [row["reason"] for row in document["unmet"]] == ["no_talent"]
    assert document["record"] == json.loads((tmp_path / "uit" / "run.json").read_text())
    assert "Anna" not in done.out


@pytest.mark.parametrize(("lang", "word"), [("nl", "Wie stel je"), ("en", "Whom do you")])
def test_screen_and_page_speak_the_language_that_was_asked(
    typed: Typing, street: Path, tmp_path: Path, lang: str, word: str
) -> None:
    """``--lang`` is that of screen and page; the tables stay as the team has them."""
    out = tmp_path / lang
    done = _match(typed, street, "--lang", lang, "--out", out)
    assert word in done.out
    assert f'<html lang="{lang}"' in (out / "week.html").read_text(encoding="utf-8")
    _match(typed, street, "--out", tmp_path / "team")
    assert (out / "plans.csv").read_bytes() == (tmp_path / "team" / "plans.csv").read_bytes()


def test_the_week_of_today_is_the_usual_one(typed: Typing, street: Path) -> None:
    """Without ``--week`` the week in which one types is proposed, from Friday on the next."""
    import datetime as dt

    before = Week.at_hand(dt.date.today())
    asked = typed("match", street, "--json").document["week"]
    assert asked in {str(before), str(Week.at_hand(dt.date.today()))}


@pytest.mark.parametrize(
    ("day", "week", "begun"),
    [(23, "2026-W48", False), (25, "2026-W48", True), (27, "2026-W49", False)],
)
def test_a_week_that_has_begun_is_told(
    typed: Typing, street: Path, monkeypatch: pytest.MonkeyPatch, day: int, week: str, begun: bool
) -> None:
    """Who types on Wednesday hears that some days are past; on Friday it is the coming week."""
    import datetime as dt

    monkeypatch.setattr("assetmap.cli.running._today", lambda: dt.date(2026, 11, day))
    done = typed("match", street, "--lang", "en")
    assert ("This week has begun" in done.err) is begun
    assert f"Week {int(week[-2:])}:" in done.out


def test_warnings_are_counted_and_end_with_one(typed: Typing, street: Path, tmp_path: Path) -> None:
    """A warning about the tables does not stop the week, and is not passed over in silence."""
    text = (street / "needs.csv").read_text(encoding="utf-8")
    (street / "needs.csv").write_text(text.replace("language", "taalles thuis bij ons"))
    done = _match(typed, street, "--out", tmp_path / "uit")
    assert done.code == 1
    assert "1 waarschuwing" in done.err
    assert f"assetmap check {street}" in " ".join(done.err.split())
    assert (tmp_path / "uit" / "week.html").exists()


def test_a_name_is_shown_as_it_stands(typed: Typing, street: Path) -> None:
    """Brackets and the like in a called name are letters, not orders to the terminal."""
    text = (street / "people.csv").read_text(encoding="utf-8")
    (street / "people.csv").write_text(text.replace("Bram", "[bold]Br[/]am :smile:"))
    done = _match(typed, street)
    assert done.code == 0
    assert "[bold]Br[/]am :smile:" in done.out


def test_blank_ids_are_filled_in_for_next_week(typed: Typing, street: Path, tmp_path: Path) -> None:
    """When something is written, ids left blank are written back; else they are left."""
    text = (street / "needs.csv").read_text(encoding="utf-8").replace("n2,", ",")
    (street / "needs.csv").write_text(text, encoding="utf-8")
    _match(typed, street)
    assert (street / "needs.csv").read_text(encoding="utf-8") == text
    assert _match(typed, street, "--out", tmp_path / "uit").code == 0
    lines = (street / "needs.csv").read_text(encoding="utf-8").splitlines()
    assert all(line.split(",")[0] for line in lines)
    unmet = (tmp_path / "uit" / "unmet.csv").read_text(encoding="utf-8").splitlines()[1]
    assert lines[2].split(",")[0] == unmet.split(",")[0]


def test_a_search_without_time_is_told(
    typed: Typing, street: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is not proven is said, and the exit code is 1."""
    import dataclasses

    from assetmap.cli import running
    from assetmap.match import Proposals, propose
    from assetmap.solvers import Status

    def hurried(*given: object, **named: object) -> Proposals:
        found = propose(*given, **named)  # type: ignore[arg-type]
        proof = dataclasses.replace(
            found.certificate, status=Status.FEASIBLE, cut=4, notes=("n1-x",)
        )
        return dataclasses.replace(found, certificate=proof)

    monkeypatch.setattr(running, "propose", hurried)
    done = _match(typed, street)
    assert done.code == 1
    assert "De tijd was op." in done.err
    assert "niet alles is gewogen" in " ".join(done.err.split())
    assert "1 voorstel waartoe al was besloten" in done.err


@pytest.mark.parametrize(
    ("text", "nearest"),
    [("2026-W60", "2026-W53"), ("2025-W53", "2025-W52"), ("2026w0", "2026-W01")],
)
def test_the_nearest_week_is_named(
    typed: Typing, street: Path, tmp_path: Path, text: str, nearest: str
) -> None:
    """A week that does not exist is refused with the nearest that does; nothing is written."""
    done = typed("match", street, "--week", text, "--out", tmp_path / "uit")
    assert (done.code, done.out) == (2, "")
    assert f"De week {text} bestaat niet. Is misschien {nearest} bedoeld?" in done.err
    assert not (tmp_path / "uit").exists()
    again = typed("match", street, "--week", text, "--json").document
    assert (again["exit"], again["nearest"]) == (2, nearest)


def test_words_that_are_no_week_lead_to_this_week() -> None:
    """When nothing in the text looks like a week, the week of today is the best guess."""
    assert nearest_week("ooit") == Week.of(dt.date.today())
    assert str(nearest_week("60", dt.date(2026, 11, 25))) == "2026-W53"
    assert nearest_week("9999-W10") == Week.of(dt.date.today())


@pytest.mark.parametrize(
    "arguments",
    [
        ["match"],
        ["match", "x", "--time-limit", "0"],
        ["match", "x", "--seed", "-1"],
        ["match", "x", "--lang", "fr"],
        ["mach", "x"],
        ["match", "x", "--weak", "2026-W48"],
    ],
)
def test_arguments_that_cannot_be_used_end_with_two(typed: Typing, arguments: list[str]) -> None:
    """A wrong argument is told on stderr with the way to the help."""
    done = typed(*arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.strip()


def _contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize("command", ["check", "match"])
def test_whoever_runs_it_hears_that_something_is_about_safety(
    typed: Typing, street: Path, command: str
) -> None:
    """Not what and not how much; without such a record nothing is said."""
    assert "about safety" not in typed(command, street, "--lang", "en").err
    rows = (street / "needs.csv").read_text(encoding="utf-8").splitlines()
    column = rows[0].split(",").index("category")
    cells = rows[1].split(",")
    cells[column] = "violence"
    rows[1] = ",".join(cells)
    (street / "needs.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    done = typed(command, street, "--lang", "en")
    assert "about safety" in done.err
    assert "violence" not in done.out + done.err


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("49", "2026-W49"),
        ("week 49", "2026-W49"),
        ("w2", "2027-W02"),
        ("30", "2026-W30"),
        ("volgende", "2026-W49"),
        ("Volgende week", "2026-W49"),
        ("next", "2026-W49"),
        ("deze week", "2026-W48"),
        ("vorige", "2026-W47"),
        ("2026-W50", "2026-W50"),
        ("0", None),
        ("60", None),
        ("ooit", None),
    ],
)
def test_a_week_as_people_write_it(text: str, week: str | None) -> None:
    """A bare number is that week nearest to today; words count from today."""
    asked = week_asked(text, dt.date(2026, 11, 25))
    assert asked == (None if week is None else Week.parse(week))


def test_a_bare_number_proposes_that_week(
    typed: Typing, street: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody has to know how ISO writes a week."""
    monkeypatch.setattr("assetmap.cli.running._today", lambda: dt.date(2026, 11, 18))
    for text in ("48", "volgende"):
        assert typed("match", street, "--week", text, "--json").document["week"] == "2026-W48"
