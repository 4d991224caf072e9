"""``assetmap check`` names everything that is wrong, where it is and what to do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from assetmap.cli.problem_list import ProblemList
from assetmap.errors import DataProblem, Severity
from assetmap.model import problem
from assetmap.tables import check
from assetmap.texts import Language
from tests.cli.conftest import Typing


def test_sound_tables_leave_nothing_to_say(typed: Typing, street: Path) -> None:
    """Nothing wrong: one friendly line, exit code 0, nothing on stderr."""
    done = typed("check", street)
    assert (done.code, done.err) == (0, "")
    assert done.out == "Alles klopt: niets gevonden om te herstellen.\n"


def test_the_bundled_neighbourhood_is_sound(typed: Typing, root: Path) -> None:
    """What everybody sees first has no faults."""
    assert typed("check", root / "examples" / "buurthuis").code == 0


def test_errors_end_with_two(typed: Typing, street: Path) -> None:
    """One error is enough; the line says severity, place, what to do and the code."""
    _spoil(street / "needs.csv", "n1,p1", "n1,p9")
    done = typed("check", street)
    assert done.code == 2
    assert done.out.startswith("fout: Vragen, regel 2, kolom ")
    assert done.out.endswith("[unknown-reference]\n")
    assert done.out.count("\n") == 1


def test_warnings_alone_end_with_one(typed: Typing, street: Path) -> None:
    """A doubtful cell is told, and the tables can be used."""
    _spoil(street / "talents.csv", "shopping", "bootschappen")
    done = typed("check", street)
    assert done.code == 1
    assert "waarschuwing: Talenten, regel 2" in done.out


def test_notices_alone_end_with_zero(typed: Typing, street: Path) -> None:
    """What is worth knowing is told without fuss."""
    _spoil(street / "people.csv", "walks_m", "lievelingskleur")
    done = typed("check", street)
    assert done.code == 0
    assert done.out.startswith("mededeling: Mensen")


def test_everything_is_told_at_once(typed: Typing, street: Path) -> None:
    """Errors come first, then warnings, then notices; none hides another."""
    _spoil(street / "needs.csv", "n1,p1", "n1,p9")
    _spoil(street / "needs.csv", "n2,p2", "n2,p8")
    _spoil(street / "talents.csv", "shopping", "bootschappen")
    _spoil(street / "people.csv", "walks_m", "lievelingskleur")
    done = typed("check", street, "--lang", "en")
    words = [line.partition(":")[0] for line in done.out.splitlines()]
    assert words == ["error", "error", "warning", "notice"]


@pytest.mark.parametrize(("lang", "word"), [("nl", "fout"), ("en", "error")])
def test_the_language_can_be_chosen(typed: Typing, street: Path, lang: str, word: str) -> None:
    """``--lang`` decides the language of everything that is said."""
    _spoil(street / "needs.csv", "n1,p1", "n1,p9")
    assert typed("check", street, "--lang", lang).out.startswith(f"{word}: ")


def test_the_team_chooses_the_language(typed: Typing, street: Path) -> None:
    """Without ``--lang`` the team's own language is spoken, also when something is wrong."""
    (street / "team.toml").write_text('language = "en"\n', encoding="utf-8")
    _spoil(street / "needs.csv", "n1,p1", "n1,p9")
    assert typed("check", street).out.startswith("error: Needs, row 2")


def test_a_machine_gets_canonical_names(typed: Typing, street: Path) -> None:
    """``--json`` gives one document with code, severity, table, row, column and message."""
    _spoil(street / "needs.csv", "n1,p1", "n1,p9")
    done = typed("check", street, "--json", "--lang", "en")
    assert done.code == done.document["exit"] == 2
    (found,) = done.document["problems"]
    assert found.pop("message").startswith("Nothing has this")
    assert found == {
        "code": "unknown-reference",
        "severity": "error",
        "table": "needs",
        "row": 2,
        "column": "owner",
    }


def test_a_single_file_can_be_checked(typed: Typing, street: Path) -> None:
    """A CSV file on its own is read like one in a folder."""
    _spoil(street / "people.csv", "300", "ver")
    done = typed("check", street / "people.csv", "--json")
    assert [p["code"] for p in done.document["problems"] if p["severity"] == "error"] == [
        "not-a-number"
    ]


def test_a_setting_has_a_place_too(typed: Typing, street: Path) -> None:
    """A wrong setting is placed in team.toml under its name."""
    (street / "team.toml").write_text("horizon_weeks = 90\n", encoding="utf-8")
    done = typed("check", street)
    assert done.code == 2
    assert done.out.startswith("fout: team.toml, kolom horizon_weeks: ")


@pytest.mark.parametrize("width", [60, 80, 120])
def test_on_a_terminal_it_is_a_table_that_fits(street: Path, width: int) -> None:
    """The table of problems keeps within the terminal and loses no word of a message."""
    problems = _many(street)
    shown = _on_terminal(problems, width)
    assert max(map(len, shown.splitlines())) <= width
    assert "2 fouten" in shown
    assert "1 waarschuwing" in shown
    words = " ".join(shown.split())
    for each in problems:
        assert all(word in words for word in each.message.split())


def _alike(n: int) -> list[DataProblem]:
    place = ("talents", "category")
    return [
        problem("unknown-category", Severity.NOTICE, (place[0], row, place[1]))
        for row in range(2, 2 + n)
    ]


def test_alike_notices_are_counted_on_one_line() -> None:
    """Many notices of a kind become one line with their number; a single one keeps its row."""
    shown = _on_terminal(_alike(12), 100).splitlines()
    assert shown[0] == "12 mededelingen"
    assert [line.split()[:3] for line in shown if "Talenten" in line] == [
        ["Talenten", "12×", "Wat"]
    ]
    assert "Talenten      2  Wat" in _on_terminal(_alike(1), 100)
    piped = Console(width=300, highlight=False)
    with piped.capture() as caught:
        piped.print(ProblemList(_alike(12), Language.NL))
    assert caught.get().startswith("mededeling: Talenten, 12×, kolom Wat: ")


def test_colours_are_for_terminals_and_can_be_left_out(
    typed: Typing, street: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A terminal gets colours, unless ``NO_COLOR`` is set; a pipe never does."""
    _spoil(street / "needs.csv", "n1,p1", "n1,p9")
    assert "\x1b" not in typed("check", street).out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[1;31m" in typed("check", street).out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "[1;31m" not in typed("check", street).out


def test_a_console_without_our_letters_does_not_stop_it(street: Path) -> None:
    """On a console that knows plain ASCII only, other letters are replaced."""
    _spoil(street / "activities.csv", "Koffieochtend,coffee_morning", "Café,café")
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "assetmap", "check", str(street), "--lang", "nl"],
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert b"waarschuwing" in done.stdout
    assert (done.stdout + done.stderr).isascii()


def _many(street: Path) -> list[DataProblem]:
    _spoil(street / "needs.csv", "n1,p1", "n1,p9")
    _spoil(street / "people.csv", "300", "ver")
    _spoil(street / "talents.csv", "shopping", "bootschappen")
    return check(street, language="nl")


def _on_terminal(problems: list[DataProblem], width: int) -> str:
    console = Console(width=width, force_terminal=True, no_color=True, highlight=False)
    with console.capture() as caught:
        console.print(ProblemList(problems, Language.NL))
    return "\n".join(line.rstrip() for line in _plain(caught.get()).splitlines())


def _plain(text: str) -> str:
    import re

    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def _spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_what_may_stand_there_twice_is_a_notice(typed: Typing, tmp_path: Path) -> None:
    """Two rows that may be one person are told by their rows, without a name, and are no error."""
    people = "called;area;born\n\nKarin;noord;1950\nBram;noord;1950\nCarin;noord;1950\n"
    (tmp_path / "people.csv").write_text(people, encoding="utf-8")
    done = typed("check", tmp_path, "--lang", "nl")
    assert done.code == 0
    assert "dezelfde als in regel 3" in " ".join(done.out.split())
    assert "arin" not in done.out
    found = typed("check", tmp_path, "--json").document["problems"]
    (notice,) = (p for p in found if p["code"] == "likely-same-decade")
    assert (notice["table"], notice["row"], notice["severity"]) == ("people", 5, "notice")


def test_the_sheet_of_signals_has_its_own_name() -> None:
    """A row of a sheet that is no table is told by what stands on its tab."""
    wrong = problem("no-decisions", Severity.ERROR, ("signals", 2, None), file="w.xlsx")
    shown = _on_terminal([wrong], 100)
    assert "Signalen" in shown
    assert "signals" not in shown
