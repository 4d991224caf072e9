"""``assetmap week`` and ``assetmap history``: a team's Mondays, typed."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path
from typing import Any

import pytest

from assetmap.history import History
from tests.acceptance.stories import files
from tests.cli.conftest import Typed, Typing
from tests.report.evening import EVENING
from tests.week.books import answer, change

BOOK = "voorstellen-2026-W48.xlsx"


def _week(typed: Typing, street: Path, *more: object, week: str = "2026-W48") -> Typed:
    return typed("week", street, "--week", week, *more)


def test_a_week_is_shown_and_lies_beside_the_tables(typed: Typing, street: Path) -> None:
    """Without a place the results come in a folder of their own beside the tables."""
    done = _week(typed, street)
    assert (done.code, done.err) == (0, "")
    assert "Bram" in done.out
    out = street / "uitkomst"
    assert (out / BOOK).is_file()
    assert (out / "week-2026-W48.html").as_uri() in done.out
    assert (out / "week.html").read_bytes() == (out / "week-2026-W48.html").read_bytes()
    assert typed("check", street).code == 0


def test_decisions_are_taken_in_and_told(typed: Typing, street: Path) -> None:
    """The next week says how many there were, and what is different."""
    _week(typed, street)
    answer(street / "uitkomst" / BOOK, {"n1": "gedaan"})
    done = _week(typed, street, week="2026-W49")
    assert done.code == 0
    assert "1 besluit is verwerkt." in done.out
    assert "Niet meer open: 1 vraag." in done.out
    again = _week(typed, street, "--json", week="2026-W49").document
    assert again["decisions"] == {
        "new": 0, "changed": 0, "known": 1, "arranged": [], "ended": [],
    }  # fmt: skip


def test_the_sheets_are_told_and_can_be_left_out(typed: Typing, tmp_path: Path) -> None:
    """How many there are to hand over, and where to print all of them."""
    street = tmp_path / "hoek"
    street.mkdir()
    files(street, EVENING)
    done = _week(typed, street)
    whole = street / "uitkomst" / "briefjes-2026-W48" / "alles.html"
    assert "4 briefjes om te geven." in done.out
    assert str(whole) in done.out.replace("\n", "")
    assert whole.is_file()
    without = _week(typed, street, "--no-sheets")
    assert "briefje" not in without.out
    assert not whole.parent.exists()
    (street / "team.toml").write_text("sheets = false\n", encoding="utf-8")
    assert "briefje" not in _week(typed, street).out
    assert not whole.parent.exists()


def test_a_trial_says_so_and_writes_nothing(typed: Typing, street: Path) -> None:
    """Not even the folder is made."""
    done = _week(typed, street, "--dry-run")
    assert done.code == 0
    assert "niets geschreven" in done.err
    assert not (street / "uitkomst").exists()


def test_a_wrong_decision_is_named_by_file_and_row(typed: Typing, street: Path) -> None:
    """Nothing is changed, and the exit code tells."""
    _week(typed, street)
    answer(street / "uitkomst" / BOOK, {"n1": "misschien"})
    done = _week(typed, street, week="2026-W49")
    assert done.code == 2
    assert BOOK in done.err
    assert not (street / "uitkomst" / "week-2026-W49.html").exists()


def test_another_window_is_told_to_wait(typed: Typing, street: Path) -> None:
    """Two at once would propose everything twice."""
    _week(typed, street)
    with History(street / "uitkomst" / "history.sqlite") as busy, busy.changing():
        done = _week(typed, street, week="2026-W49")
    assert done.code == 2
    assert "ander venster" in done.err


def test_a_place_that_cannot_be_written(typed: Typing, street: Path, tmp_path: Path) -> None:
    """A file where the folder should be."""
    (tmp_path / "vol").write_text("")
    done = _week(typed, street, "--out", tmp_path / "vol")
    assert done.code == 2
    assert "kon niet worden weggeschreven" in done.err


def test_what_stops_a_week_is_said_in_the_language_of_the_team(
    typed: Typing, street: Path, tmp_path: Path
) -> None:
    """A key that is damaged, a folder in the way of a file: nothing of it in English."""
    out = tmp_path / "uit"
    (out / "week-2026-W48.html").mkdir(parents=True)
    done = _week(typed, street, "--out", out, "--lang", "nl")
    assert done.code == 2
    assert "week-2026-W48.html kan niet worden geschreven. Er is een map met die naam" in done.err
    (out / "history.sqlite").write_bytes(b"no history" * 200)
    done = _week(typed, street, "--out", out, "--lang", "nl")
    assert done.code == 2
    assert "history.sqlite is niet te gebruiken. Het is geen geschiedenis" in done.err


def test_a_week_that_does_not_exist(typed: Typing, street: Path) -> None:
    """The nearest that does is named."""
    done = _week(typed, street, week="2026-W60")
    assert done.code == 2
    assert "2026-W53" in done.err


@pytest.mark.parametrize("where", ["", "uitkomst", "uitkomst/history.sqlite"])
def test_earlier_runs_are_listed(typed: Typing, street: Path, where: str) -> None:
    """From the tables, from the results or from the file itself."""
    _week(typed, street)
    _week(typed, street, week="2026-W49")
    done = typed("history", street / where)
    assert done.code == 0
    assert "2026-W48" in done.out
    assert "2026-W49" in done.out
    runs = typed("history", street / where, "--json").document["runs"]
    assert [run["week"] for run in runs] == ["2026-W48", "2026-W49"]


def test_two_runs_are_laid_side_by_side(typed: Typing, street: Path) -> None:
    """What changed in the tables is named, and what that did."""
    _week(typed, street)
    needs = street / "needs.csv"
    needs.write_text(needs.read_text(encoding="utf-8") + "n3,p1,garden,2,2026-11-02,yes\n")
    _week(typed, street)
    done = typed("history", street, "--compare", 1, 2)
    assert done.code == 0
    assert "Nieuw gevraagd: n3." in done.out
    assert "needs.csv" in done.out
    found = typed("history", street, "--compare", 1, 2, "--json").document["difference"]
    assert found["asked"] == ["n3"]


def test_the_list_says_what_differs_from_the_run_before(typed: Typing, street: Path) -> None:
    """Which file, which choice; the first run differs from nothing."""
    _week(typed, street)
    needs = street / "needs.csv"
    needs.write_text(needs.read_text(encoding="utf-8") + "n3,p1,garden,2,2026-11-02,yes\n")
    (street / "team.toml").write_text("not_now_days = 5\n", encoding="utf-8")
    _week(typed, street, week="2026-W49")
    done = typed("history", street)
    assert "Andere bestanden, keuzes of versies dan de keer erboven:" in done.out
    for said in ("needs.csv", "team.toml", "not_now_days", "beste"):
        assert said in done.out
    runs = typed("history", street, "--json").document["runs"]
    assert (runs[0]["inputs"], runs[0]["settings"]) == ([], [])
    assert runs[1]["inputs"] == ["needs.csv", "team.toml"]
    assert runs[1]["settings"] == ["not_now_days"]
    two = typed("history", street, "--compare", 1, 2)
    assert "Nieuw gevraagd: n3." in two.out
    assert "not_now_days was 28 en is 5" in two.out
    assert "team.toml is nieuw" in two.out
    assert typed("history", street, "--compare", 2, 1).out.count("team.toml is weg") == 1


def test_a_researcher_gets_tables(typed: Typing, street: Path) -> None:
    """The list and the comparison as CSV, and as the JSON that --json gives."""
    _week(typed, street)
    (street / "team.toml").write_text("not_now_days = 5\n", encoding="utf-8")
    _week(typed, street, week="2026-W49")
    runs = list(csv.DictReader(io.StringIO(typed("history", street, "--format", "csv").out)))
    assert [row["week"] for row in runs] == ["2026-W48", "2026-W49"]
    assert all(len(row["fingerprint"]) == 64 for row in runs)
    assert runs[1]["settings"] == "not_now_days"
    both = typed("history", street, "--compare", 1, 2, "--format", "csv").out
    found = {(row["kind"], row["name"]): row for row in csv.DictReader(io.StringIO(both))}
    assert found["settings", "not_now_days"]["after"] == "5"
    assert found["inputs", "team.toml"]["before"] == ""
    as_json = typed("history", street, "--format", "json")
    assert as_json.out == typed("history", street, "--json").out


def test_a_quick_week_is_told(typed: Typing, street: Path) -> None:
    """On the screen too: what is missing was not looked for."""
    assert "niet uitgezocht" in _week(typed, street, "--quick").err
    assert "niet uitgezocht" not in _week(typed, street).err


def test_a_history_that_is_not_there(typed: Typing, street: Path) -> None:
    """Or a number that is not in it."""
    assert typed("history", street).code == 2
    _week(typed, street)
    done = typed("history", street, "--compare", 1, 9)
    assert done.code == 2
    assert "De nummers gaan van 1 tot en met 1." in done.err


def test_workbooks_that_are_open_or_copied_are_told(typed: Typing, street: Path) -> None:
    """Their names stand on the screen, in words, with what to do; the exit code asks for it."""
    _week(typed, street)
    out, copy, then = street / "uitkomst", f"{BOOK[:-5]} (1).xlsx", "voorstellen-2026-W49.xlsx"
    shutil.copyfile(out / BOOK, out / copy)
    (out / f".~lock.{BOOK}#").write_text("")
    done = _week(typed, street, week="2026-W49")
    assert done.code == 1
    said = " ".join(done.err.split())
    assert f"{copy} is een kopie van de werkmap van 2026-W48" in said
    assert f"{BOOK} staat nog open in een ander programma" in said
    (out / f"~${then}").write_text("")
    again = _week(typed, street, "--lang", "en", week="2026-W49")
    assert again.code == 2
    assert f"{then} is still open in another program" in " ".join(again.err.split())


def test_what_a_workbook_warns_of_is_shown(typed: Typing, street: Path) -> None:
    """`assetmap check` reads no workbook of a week, so nobody is sent there for it."""
    _week(typed, street)

    def own_notes(sheet: Any) -> None:
        sheet.cell(sheet.max_row + 2, 1, "Nog bellen")

    change(street / "uitkomst" / BOOK, own_notes)
    done = _week(typed, street, week="2026-W49")
    assert done.code == 1
    said = " ".join(done.err.split())
    assert "De regel is niet gelezen." in said
    assert f"Dit staat in: {BOOK}." in said
    assert "assetmap check" not in said


def test_another_language_goes_on_in_the_same_folder(typed: Typing, street: Path) -> None:
    """Somebody who reads English runs the week: it is the same history that grows."""
    _week(typed, street)
    answer(street / "uitkomst" / BOOK, {"n1": "gedaan"})
    done = _week(typed, street, "--lang", "en", "--json", week="2026-W49").document
    assert done["decisions"]["new"] == 1
    assert not (street / "results").exists()


def test_a_workbook_that_was_half_saved_is_told(typed: Typing, street: Path) -> None:
    """The name of the file, and nothing of how programs think."""
    _week(typed, street)
    book = street / "uitkomst" / BOOK
    book.write_bytes(book.read_bytes()[:1000])
    done = _week(typed, street, week="2026-W49")
    assert done.code == 2
    assert BOOK in done.err
    assert "Traceback" not in done.err
