"""What a newcomer gets: a workbook that runs as it is, and scripts to double-click."""

from __future__ import annotations

import shlex
import stat
import subprocess
from pathlib import Path

import openpyxl
import pytest

from assetmap.errors import UnusableInput
from assetmap.model import RECORDS, STARTER, columns
from assetmap.tables import check, read, starter
from assetmap.tables.starter_kit import starter_book
from assetmap.texts import Language, catalogue_keys

SHEETS = {
    "nl": ["Mensen", "Talenten", "Vragen", "Activiteiten", "Lees mij", "_keuzes"],
    "en": ["People", "Talents", "Needs", "Activities", "Read me", "_choices"],
}
NAMES = {"nl": "Buurt.xlsx", "en": "Neighbourhood.xlsx"}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_starter_is_read_as_it_is(language: str, tmp_path: Path) -> None:
    """Without a word of complaint: two people, two talents, two needs, two activities."""
    starter(tmp_path, language=language)
    assert check(tmp_path) == []
    hood = read(tmp_path)
    assert hood.counts() == dict.fromkeys(STARTER, 2)
    assert hood.needs[0].wants == (hood.activities[0].activity,)
    assert hood.talents[0].category == "ride"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_sheets_stand_in_order_with_talents_first(language: str, tmp_path: Path) -> None:
    """Talents before needs; guidance after the four; the lists hidden."""
    starter(tmp_path, language=language)
    book = openpyxl.load_workbook(tmp_path / NAMES[language])
    assert book.sheetnames == SHEETS[language]
    assert [s.sheet_state for s in book.worksheets] == ["visible"] * 5 + ["hidden"]
    for sheet in book.worksheets[:4]:
        assert sheet.freeze_panes == "B2"
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.page_setup.orientation == "landscape"


@pytest.mark.parametrize("language", list(Language))
def test_every_starter_column_has_a_note_in_both_languages(language: Language) -> None:
    """A column of the starter is explained, and nothing else is."""
    wanted = {
        f"workbook.note.{table}.{column.name}"
        for table in STARTER
        for column in columns(RECORDS[table])
        if column.starter or column.name == RECORDS[table].key
    }
    notes = {k for k in catalogue_keys("workbook", language) if k.startswith("workbook.note.")}
    assert notes == wanted


def test_notes_and_drop_downs(tmp_path: Path) -> None:
    """Each heading has a note; owners, categories, choices and languages drop down."""
    starter(tmp_path)
    book = openpyxl.load_workbook(tmp_path / "Buurt.xlsx")
    needs = book["Vragen"]
    assert all(cell.comment is not None for cell in needs[1])
    rules = needs.data_validations.dataValidation
    lists = {str(rule.sqref).partition(":")[0]: rule.formula1 for rule in rules}
    headings = {cell.value: cell.column_letter for cell in needs[1]}
    assert lists[f"{headings['Wie']}2"] == "assetmap_people"
    assert lists[f"{headings['Wat']}2"] == "assetmap_categories"
    assert lists[f"{headings['Besproken']}2"] == "assetmap_yes_no"
    assert lists[f"{headings['Wil naar']}2"] == "assetmap_activities"
    assert book.defined_names["assetmap_people"].attr_text == "'Mensen'!$A$2:$A$501"
    choices = {row[0]: row[1:] for row in book["_keuzes"].iter_cols(values_only=True)}
    assert choices["yes_no"][:2] == ("ja", "nee")
    assert "vervoer" in [str(word).lower() for word in choices["categories"]]
    assert "nl" not in choices["languages"]
    assert "Nederlands" in choices["languages"]


def test_safety_themes_are_not_in_the_list_of_categories(tmp_path: Path) -> None:
    """Nobody picks violence from a list by accident."""
    from assetmap.categories import shipped

    starter(tmp_path)
    words = {c.value for c in openpyxl.load_workbook(tmp_path / "Buurt.xlsx")["_keuzes"]["A"]}
    tree = shipped()
    assert words.isdisjoint(tree.label(n, "nl") for n in tree.ids if tree.is_safety(n))


def test_ids_are_left_blank_at_the_end(tmp_path: Path) -> None:
    """The last column is for the number, and holds nothing."""
    starter(tmp_path)
    for sheet in openpyxl.load_workbook(tmp_path / "Buurt.xlsx").worksheets[:4]:
        *_, last = sheet.iter_cols(values_only=True)
        assert last == ("Nummer", None, None)


@pytest.mark.parametrize("language", list(Language))
def test_the_starter_is_the_same_to_the_byte(language: Language) -> None:
    """Made twice, there is no difference."""
    assert starter_book(language) == starter_book(language)


def test_nothing_is_ever_overwritten(tmp_path: Path) -> None:
    """A second time it stops; a script of one's own stays as it is."""
    (tmp_path / "start-linux.sh").write_text("eigen", encoding="utf-8")
    made = {path.name for path in starter(tmp_path)}
    assert "start-linux.sh" not in made
    assert (tmp_path / "start-linux.sh").read_text(encoding="utf-8") == "eigen"
    before = (tmp_path / "Buurt.xlsx").read_bytes()
    with pytest.raises(UnusableInput, match=r"Buurt\.xlsx"):
        starter(tmp_path, language="en")
    assert (tmp_path / "Buurt.xlsx").read_bytes() == before
    assert not (tmp_path / "Neighbourhood.xlsx").exists()


def test_a_folder_with_tables_or_a_file_is_refused(tmp_path: Path) -> None:
    """Tables that are there already would be mixed with the examples."""
    (tmp_path / "mensen.csv").write_text("Roepnaam\n", encoding="utf-8")
    with pytest.raises(UnusableInput, match=r"mensen\.csv"):
        starter(tmp_path)
    with pytest.raises(UnusableInput, match="give a folder"):
        starter(tmp_path / "mensen.csv")


def test_scripts_can_be_started_and_run_the_right_command(tmp_path: Path) -> None:
    """Each calls ``python -m assetmap week`` on its own folder, wherever that is."""
    place = tmp_path / "map met 'spaties' & tekens"
    for path in starter(place):
        text = path.read_bytes().decode() if path.suffix != ".xlsx" else ""
        if path.suffix in {".bat", ".command", ".sh"}:
            assert "-m assetmap week . --out uitkomst" in text
        if path.suffix in {".command", ".sh", ".desktop"}:
            assert stat.S_IMODE(path.stat().st_mode) & stat.S_IXUSR
    assert (place / "start-windows.bat").read_bytes().count(b"\r\n") > 5
    subprocess.run(["sh", "-n", place / "start-linux.sh"], check=True)


def test_the_desktop_file_starts_the_script_beside_it(tmp_path: Path) -> None:
    """Its command is quoted as such files must be, and goes to its own folder first."""
    place = tmp_path / "een map"
    starter(place)
    (place / "start-linux.sh").write_text("pwd", encoding="utf-8")
    text = (place / "start-linux.desktop").read_text(encoding="utf-8")
    (line,) = (line for line in text.splitlines() if line.startswith("Exec="))
    plain = line.removeprefix("Exec=").replace("\\\\", "\\").replace("\\$", "$")
    command = shlex.split(plain)
    command[-1] = str(place / "start-linux.desktop")
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(place)


def test_the_linux_script_runs_from_anywhere(tmp_path: Path) -> None:
    """It goes to its own folder first, and waits for Enter when it is done."""
    place = tmp_path / "een map"
    starter(place)
    python = tmp_path / "python"
    python.write_text('#!/bin/sh\npwd\necho "$@"\n', encoding="utf-8")
    python.chmod(0o700)
    script = place / "start-linux.sh"
    lines = script.read_text(encoding="utf-8").splitlines()
    lines = [f"python={python}" if line.startswith("python=") else line for line in lines]
    script.write_text("\n".join(lines), encoding="utf-8")
    done = subprocess.run(["sh", script], input="\n", text=True, capture_output=True, check=False)
    assert str(place) in done.stdout
    assert "-m assetmap week . --out uitkomst" in done.stdout
    assert "Enter" in done.stdout


@pytest.mark.parametrize(("code", "opened"), [(0, True), (1, True), (2, False), (3, False)])
def test_an_old_page_is_not_shown_as_if_it_were_new(
    code: int, opened: bool, tmp_path: Path
) -> None:
    """The page opens after a run that wrote it, and stays closed after one that stopped."""
    place, programs = tmp_path / "buurt", tmp_path / "programs"
    starter(place)
    programs.mkdir()
    (place / "uitkomst").mkdir()
    (place / "uitkomst" / "week.html").write_text("van vorige week", encoding="utf-8")
    stub = {
        "python": f'[ "$1" = -c ] && exit 0\nexit {code}',
        "xdg-open": 'echo "opened $1"',
        "open": 'echo "opened $1"',
    }
    for name, text in stub.items():
        (programs / name).write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
        (programs / name).chmod(0o700)
    script = place / "start-linux.sh"
    lines = script.read_text(encoding="utf-8").splitlines()
    lines = [f"python={programs}/python" if x.startswith("python=") else x for x in lines]
    script.write_text("\n".join(lines), encoding="utf-8")
    path = {"PATH": f"{programs}:/usr/bin:/bin"}
    done = subprocess.run(
        ["sh", script], input="\n", text=True, capture_output=True, check=False, env=path
    )
    assert ("opened uitkomst/week.html" in done.stdout) is opened
    assert "Enter" in done.stdout


def test_without_the_package_it_says_whom_to_ask(tmp_path: Path) -> None:
    """A Python that lacks assetmap gives a sentence, and no traceback."""
    starter(tmp_path)
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\necho Traceback >&2\nexit 1\n", encoding="utf-8")
    python.chmod(0o700)
    script = tmp_path / "start-linux.sh"
    lines = script.read_text(encoding="utf-8").splitlines()
    lines = [f"python={python}" if line.startswith("python=") else line for line in lines]
    script.write_text("\n".join(lines), encoding="utf-8")
    done = subprocess.run(["sh", script], input="\n", text=True, capture_output=True, check=False)
    assert "pip install assetmap" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_the_windows_script_goes_the_same_way(tmp_path: Path) -> None:
    """Also on a network drive; every jump has its mark, and no page is shown after a stop."""
    starter(tmp_path)
    text = (tmp_path / "start-windows.bat").read_bytes().decode()
    assert text.count("\n") == text.count("\r\n")
    lines = text.splitlines()
    assert lines.index('pushd "%~dp0"') < lines.index("popd")
    jumps = {line.rpartition("goto ")[2] for line in lines if "goto " in line}
    assert jumps == {line[1:] for line in lines if line.startswith(":")}
    (show,) = (at for at, line in enumerate(lines) if line.startswith("if exist"))
    assert "if errorlevel 2 goto end" in lines[:show]
