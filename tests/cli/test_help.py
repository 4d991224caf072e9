"""Every command explains itself, in both languages, as the reference page does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import assetmap
from assetmap.cli import main
from assetmap.cli.starting import help_language, spoken
from assetmap.texts import Language
from tests.cli.conftest import Typing

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "cli.md"
COMMANDS = sorted(spoken(Language.EN).commands)


def _section(command: str) -> str:
    text = PAGE.read_text(encoding="utf-8")
    return text.partition(f"\n## {command}\n")[2].partition("\n## ")[0]


def test_the_commands_of_the_first_week_are_there() -> None:
    """One looks, begins, checks and matches."""
    assert {"demo", "new", "check", "match"} <= set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("lang", list(Language))
def test_help_is_whole(command: str, lang: Language, typed: Typing) -> None:
    """Help names every option, the exit codes lead to it, and no key is left untranslated."""
    done = typed(command, "--lang", lang.value, "--help")
    assert (done.code, done.err) == (0, "")
    assert "cli." not in done.out
    for parameter in spoken(lang).commands[command].params:
        assert all(name in done.out for name in parameter.opts if name.startswith("--"))
    assert ("Voorbeeld" if lang is Language.NL else "Example") in done.out


@pytest.mark.parametrize("command", COMMANDS)
def test_the_reference_page_says_what_the_help_says(command: str) -> None:
    """Purpose, exit codes, every option with its text, and the example stand on the page."""
    told, section = spoken(Language.EN).commands[command], _section(command)
    for sentence in (told.help or "").split("\n\n"):
        assert sentence in section
    for parameter in told.params:
        name = next(iter(parameter.opts))
        shown = name if name.startswith("--") else "FOLDER"
        row = re.search(rf"^\| `{re.escape(shown)}[ `][^\n]*$", section, re.MULTILINE)
        assert row is not None, name
        assert getattr(parameter, "help", None) in row[0]
    options = re.findall(r"^\| `(--[\w-]+)", section, re.MULTILINE)
    assert set(options) == {n for p in told.params for n in p.opts if n.startswith("--")}
    example = (told.epilog or "").partition(": ")[2]
    assert example in section


def test_the_start_page_tells_exit_codes(typed: Typing) -> None:
    """``assetmap --help`` lists the commands and what an exit code means."""
    done = typed("--help")
    assert done.code == 0
    assert all(command in done.out for command in COMMANDS)
    assert "Exit codes: 0 fine" in done.out


def test_the_version_is_told(typed: Typing) -> None:
    """``--version`` gives the bare version."""
    assert typed("--version").out == f"{assetmap.__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "environment", "expected"),
    [
        (["--help"], {}, "en"),
        (["--help"], {"LANG": "nl_BE.UTF-8"}, "nl"),
        (["--help"], {"LC_ALL": "", "LANG": "nl_NL"}, "nl"),
        (["--help"], {"LC_ALL": "C", "LANG": "nl_NL"}, "en"),
        (["x", "--lang", "en", "--help"], {"LANG": "nl_NL"}, "en"),
        (["x", "--lang=nl"], {}, "nl"),
        (["x", "--lang", "fr"], {"LANG": "nl_NL"}, "nl"),
        (["x", "--lang"], {}, "en"),
    ],
)
def test_the_help_speaks_what_the_machine_speaks(
    arguments: list[str], environment: dict[str, str], expected: str
) -> None:
    """What was asked comes first, then the language of the machine, then English."""
    assert help_language(arguments, environment).value == expected


def test_a_fault_of_our_own_is_told_without_values(
    typed: Typing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An exception nobody foresaw: kind and place, exit code 3, nothing that was filled in."""
    from assetmap.cli import starting

    def broken(**given: object) -> None:
        raise KeyError("Geheimpje")

    monkeypatch.setattr(starting, "spoken", lambda _: broken)
    done = typed("check", "x")
    assert done.code == 3
    assert "KeyError, test_help.py:" in done.err
    assert "Geheimpje" not in done.err


def test_the_program_leaves_with_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """The entry point takes what was typed and ends with the exit code."""
    monkeypatch.setattr("sys.argv", ["assetmap", "check", "nergens-te-vinden"])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 2
    with pytest.raises(SystemExit) as end:
        main(["--version"])
    assert end.value.code == 0


def test_an_interrupted_command_ends_quietly(
    typed: Typing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C gives no traceback, and no success."""
    from assetmap.cli import checking

    def stopped(path: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(checking, "everything", stopped)
    assert typed("check", "x").code not in {0, 3}
