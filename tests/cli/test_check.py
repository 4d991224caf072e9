"""``assetmap check`` names everything that is wrong, where it is and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.console import Console

from assetmap.cli.problem_list import ProblemList
from assetmap.errors import DataProblem
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
    _spoil(street / "talents.csv", "shopping", "boodschapje")
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
    _spoil(street / "talents.csv", "shopping", "boodschapje")
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
    (problem,) = done.document["problems"]
    assert problem.pop("message").startswith("Nothing has this")
    assert problem == {
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
    for problem in problems:
        assert all(word in words for word in problem.message.split())


def test_alike_notices_are_counted_on_one_line(street: Path) -> None:
    """Many notices of a kind become one line with their number."""
    rows = "\n".join(f",Joke {n},resident,noord,w1,,," for n in range(12))
    text = (street / "people.csv").read_text(encoding="utf-8")
    (street / "people.csv").write_text(f"{text}{rows}\n", encoding="utf-8")
    notices = check(street, language="nl")
    assert {problem.severity for problem in notices} <= {"notice"}
    shown = _on_terminal([*notices, *notices, *notices], 80)
    assert len(shown.splitlines()) <= 8


def _many(street: Path) -> list[DataProblem]:
    _spoil(street / "needs.csv", "n1,p1", "n1,p9")
    _spoil(street / "people.csv", "300", "ver")
    _spoil(street / "talents.csv", "shopping", "boodschapje")
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
