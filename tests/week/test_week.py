"""A week in one call: the same week twice, decisions that come back, and all or nothing."""

from __future__ import annotations

import datetime as dt
import errno
import gc
import json
import os
import shutil
import stat
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

import assetmap
from assetmap.errors import DataProblems, InUse, UnusableInput
from assetmap.history import History
from assetmap.plans import Plan
from assetmap.week import Settings, WeekRun, run
from tests.house.office import Office
from tests.week.books import answer, change, rows_of, told

WEEK, NEXT = "2026-W48", "2026-W49"
BOOK = f"voorstellen-{WEEK}.xlsx"

PEOPLE = """person,called,area,share,ground,available
p1,Anna,north,yes,consent,
p2,Bram,north,yes,consent,Mon 09:00-17:00 | Tue 09:00-17:00
p3,Cor,north,yes,consent,Mon 09:00-17:00 | Wed 09:00-17:00
p4,Dina,north,yes,consent,
"""
TALENTS = """talent,owner,category,term,per_week
t2,p2,shopping,long,2
t3,p3,shopping,long,2
t4,p3,odd_job,short,1
"""
NEEDS = """need,owner,category,talked,since,rrule,term
n1,p1,shopping,yes,2026-11-02,FREQ=WEEKLY,long
n2,p4,odd_job,yes,2026-11-02,,once
n3,p4,garden,yes,2026-11-02,,once
"""
TIES = "a,b,kind\np1,p2,friend\np1,p3,neighbour\np3,p4,friend\n"


@pytest.fixture
def street(tmp_path: Path) -> Path:
    """Four people in a folder of tables."""
    folder = tmp_path / "straat"
    folder.mkdir()
    for name, text in {
        "people": PEOPLE,
        "talents": TALENTS,
        "needs": NEEDS,
        "ties": TIES,
    }.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "uit"


def _bytes(folder: Path) -> dict[str, bytes]:
    return {f.name: f.read_bytes() for f in folder.iterdir() if f.suffix != ".sqlite"}


def _plans(made: WeekRun, need: str) -> list[Plan]:
    return [plan for plan in made.proposals.items if plan.need == need]


def test_the_cycle_collector_rests_for_a_week_and_no_longer(street: Path, out: Path) -> None:
    """It works again after a week, and after one that could not be."""
    seen: list[bool] = []
    run(street, WEEK, out=out, progress=lambda _: seen.append(gc.isenabled()))
    assert not any(seen)
    assert gc.isenabled()
    (street / "needs.csv").write_text("need,owner,category\nn1,nobody,shopping\n")
    with pytest.raises(DataProblems):
        run(street, NEXT, out=out)
    assert gc.isenabled()


def test_a_week_gives_its_files(street: Path, out: Path) -> None:
    """The workbook, the page, the tables and the record, for the owner's eyes only."""
    made = run(street, WEEK, out=out)
    names = {"history.sqlite", BOOK, f"week-{WEEK}.html", "run.json"}
    assert {file.name for file in out.iterdir()} == {
        *names, "week.html", "plans.csv", "unmet.csv", "shortages.csv",
    }  # fmt: skip
    assert {file.name for file in out.iterdir()} == {*made.files, "history.sqlite"}
    assert {stat.S_IMODE(file.stat().st_mode) for file in out.iterdir()} == {0o600}
    assert [row["Vraag"] for row in rows_of(out / BOOK)] == ["n1", "n2"]
    assert made.before is None


def test_the_same_week_twice_is_the_same_bytes(street: Path, out: Path) -> None:
    """Nothing is proposed twice, nothing is kept twice."""
    first = run(street, WEEK, out=out)
    before = _bytes(out)
    second = run(street, WEEK, out=out)
    assert _bytes(out) == before
    assert second.kept == first.kept
    assert len(History(out / "history.sqlite").runs()) == 1


def test_ids_that_are_filled_in_make_no_other_run(street: Path, out: Path) -> None:
    """Blank ids are written back once; after that the week is the same to the byte."""
    path = street / "needs.csv"
    path.write_text(NEEDS.replace("n3,p4", ",p4"), encoding="utf-8")
    run(street, WEEK, out=out)
    before = _bytes(out)
    assert path.read_text(encoding="utf-8") == NEEDS
    run(street, WEEK, out=out)
    assert _bytes(out) == before


def test_a_dry_run_writes_nothing(street: Path, out: Path) -> None:
    """Not a folder, not a byte; and it sees what was decided."""
    made = run(street, WEEK, out=out, settings=Settings(dry_run=True))
    assert not out.exists()
    assert BOOK in made.files
    run(street, WEEK, out=out)
    answer(out / BOOK, {"n2": "gedaan"})
    before = {f.name: f.read_bytes() for f in out.iterdir()}
    dry = run(street, NEXT, out=out, settings=Settings(dry_run=True))
    assert dry.recorded.new == 1
    assert {f.name: f.read_bytes() for f in out.iterdir()} == before


def test_done_and_coming_back_stands_next_week(street: Path, out: Path) -> None:
    """Shopping every week was done: it is an arrangement now, with the same helper."""
    first = run(street, WEEK, out=out)
    (helper,) = {leg.provider for leg in _plans(first, "n1")[0].legs}
    answer(out / BOOK, {"n1": "gedaan"})
    second = run(street, NEXT, out=out)
    assert second.recorded.arranged == ("n1-help",)
    plans = _plans(second, "n1")
    assert {p.status for p in plans} == {"standing"}
    assert {leg.provider for p in plans for leg in p.legs} == {helper}
    assert "n1" not in {row["Vraag"] for row in rows_of(out / f"voorstellen-{NEXT}.xlsx")}
    third = run(street, "2026-W50", out=out)
    assert third.recorded.known > 0
    assert (third.recorded.new, third.recorded.arranged) == (0, ())


def test_turned_down_is_not_proposed_again(street: Path, out: Path) -> None:
    """Another helper is; the remark stays in the store and in the workbook, nowhere else."""
    first = run(street, WEEK, out=out)
    helper = _plans(first, "n1")[0].legs[0].provider
    name = first.proposals.hood.person(helper).called
    secret = "geheim-gezegd"
    answer(out / BOOK, {"n1": {"Besluit": "niet meer", "Over wie": name, "Opmerking": secret}})
    second = run(street, NEXT, out=out)
    helpers = {leg.provider for p in _plans(second, "n1") for leg in p.legs}
    assert helpers == {"p2", "p3"} - {helper}
    for file, content in _bytes(out).items():
        assert (secret.encode() in content) is False, file
    (kept,) = [d for d in History(out / "history.sqlite").decisions() if d.remark]
    assert (kept.remark, kept.provider, kept.decision) == (secret, helper, "no_more")


def test_no_answer_stays_open(street: Path, out: Path) -> None:
    """What nobody decided on is proposed again, with the same people."""
    first = run(street, WEEK, out=out)
    second = run(street, NEXT, out=out)
    assert second.before is not None
    assert (second.before.met, second.before.unmet, second.before.changed) == ((), (), ())

    def helpers(made: WeekRun, need: str) -> set[str]:
        return {leg.provider for p in _plans(made, need) for leg in p.legs}

    assert helpers(first, "n1") == helpers(second, "n1")
    assert helpers(first, "n2") == helpers(second, "n2")


TWO_SUIT = """talent,owner,category,term,per_week,from
t2,p2,odd_job,short,1,
t3,p3,odd_job,short,1,2026-11-30
"""


@pytest.mark.parametrize(
    ("said", "helper"),
    [(None, "p2"), ("doen", "p2"), ("anders", "p3"), ("niet meer", "p3")],
)
def test_the_same_people_come_back_when_their_day_is_past(
    street: Path, out: Path, said: str | None, helper: str
) -> None:
    """Somebody who could come suits as well takes no place of whom nobody answered about."""
    (street / "talents.csv").write_text(TWO_SUIT, encoding="utf-8")
    (street / "ties.csv").write_text("a,b,kind\n", encoding="utf-8")
    (plan,) = _plans(run(street, WEEK, out=out), "n2")
    assert [leg.provider for leg in plan.legs] == ["p2"]
    if said is not None:
        answer(out / BOOK, {"n2": said})
    (plan,) = _plans(run(street, NEXT, out=out), "n2")
    assert [leg.provider for leg in plan.legs] == [helper]


def test_running_again_after_deciding_keeps_what_was_decided(street: Path, out: Path) -> None:
    """On Wednesday the week is run again: what was written on Monday stands in the workbook."""
    run(street, WEEK, out=out)
    answer(out / BOOK, {"n1": {"Besluit": "doen", "Opmerking": "belt zelf"}})
    again = run(street, WEEK, out=out)
    assert {p.status for p in again.proposals.items if p.need == "n1"} == {"pinned"}
    row = told(out / BOOK, "n1")
    assert (row["Besluit"], row["Opmerking"]) == ("doen", "belt zelf")


def test_what_was_typed_without_a_decision_stays_too(street: Path, out: Path) -> None:
    """Somebody noted whom to call and until when, and did not choose a word yet."""
    run(street, WEEK, out=out)
    typed = {"Opmerking": "belt zelf", "Over wie": "Bram", "Tot en met": dt.date(2026, 12, 20)}
    answer(out / BOOK, {"n1": typed})
    made = run(street, WEEK, out=out)
    assert made.recorded.new == 0
    row = told(out / BOOK, "n1")
    assert (row["Besluit"], row["Opmerking"], row["Over wie"]) == (None, "belt zelf", "Bram")
    assert str(row["Tot en met"]).startswith("2026-12-20")
    once = _bytes(out)
    run(street, WEEK, out=out)
    assert _bytes(out) == once


def test_a_sheet_that_was_renamed_is_refused(street: Path, out: Path) -> None:
    """What was decided is on it: going on would lose it, making the same week would erase it."""
    run(street, WEEK, out=out)
    answer(out / BOOK, {"n1": "doen"})
    change(out / BOOK, lambda sheet: setattr(sheet, "title", "Blad1"))
    before = (out / BOOK).read_bytes()
    for week in (WEEK, NEXT):
        with pytest.raises(DataProblems) as caught:
            run(street, week, out=out)
        assert "no-decisions" in {p.code for p in caught.value.problems}
        assert BOOK in str(caught.value)
    assert (out / BOOK).read_bytes() == before
    book = load_workbook(out / BOOK)
    book["Blad1"].title = "Besluiten"
    book.save(out / BOOK)
    assert run(street, NEXT, out=out).recorded.new > 0


def test_rows_and_columns_may_be_moved(street: Path, out: Path, tmp_path: Path) -> None:
    """A sorted sheet with the columns in another order says the same."""
    run(street, WEEK, out=out)
    answer(out / BOOK, {"n2": "gedaan"})
    shutil.copytree(out, tmp_path / "gedraaid")

    def turned(sheet: Any) -> None:
        rows = list(sheet.iter_rows(values_only=True))
        sheet.delete_rows(1, sheet.max_row)
        for at, row in enumerate([rows[0], *reversed(rows[1:])], 1):
            for place, value in enumerate(reversed(row), 1):
                sheet.cell(at, place, value)

    change(tmp_path / "gedraaid" / BOOK, turned)
    one = run(street, NEXT, out=out)
    two = run(street, NEXT, out=tmp_path / "gedraaid")
    assert one.recorded == two.recorded
    assert one.recorded.new == 1
    assert one.kept.plans == two.kept.plans


def test_a_missing_row_stays_open(street: Path, out: Path) -> None:
    """Somebody deleted a row: the proposal is as open as if it had been left blank."""
    run(street, WEEK, out=out)
    answer(out / BOOK, {"n2": "gedaan"})
    change(out / BOOK, lambda sheet: sheet.delete_rows(2))
    made = run(street, NEXT, out=out)
    assert made.recorded.new == 1
    assert {p.need for p in made.proposals.items} == {"n1"}


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ({"Besluit": "misschien"}, "not-in-list", "decision"),
        ({"Besluit": "doen", "Voorstel": "n1-elders"}, "decision-unknown-plan", "plan"),
        ({"Besluit": "doen", "Over wie": "Zus"}, "decision-unknown-provider", "provider"),
        ({"Besluit": "nu niet", "Tot en met": "ooit"}, "not-a-date", "until"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_changes(
    street: Path, out: Path, cells: dict[str, Any], code: str, column: str
) -> None:
    """File, row and column; last week stays as it was, and the good rows wait with the bad."""
    run(street, WEEK, out=out)
    answer(out / BOOK, {"n1": cells, "n2": "gedaan"})
    before = {f.name: f.read_bytes() for f in out.iterdir()}
    with pytest.raises(DataProblems) as caught:
        run(street, NEXT, out=out)
    (problem,) = caught.value.problems
    assert (problem.code, problem.row, problem.column) == (code, 2, column)
    assert problem.message.startswith(f"{BOOK}: ")
    assert {f.name: f.read_bytes() for f in out.iterdir()} == before
    assert History(out / "history.sqlite").decisions() == ()


def test_two_words_on_one_proposal_are_refused(street: Path, out: Path) -> None:
    """Somebody copied a row and chose another word: nobody can know which one holds."""
    run(street, WEEK, out=out)
    answer(out / BOOK, {"n1": "doen"})

    def copied(sheet: Any) -> None:
        heads = {cell.value: cell.column for cell in sheet[1]}
        row = [cell.value for cell in sheet[2]]
        row[heads["Besluit"] - 1] = "niet meer"
        sheet.append(row)

    change(out / BOOK, copied)
    with pytest.raises(DataProblems) as caught:
        run(street, NEXT, out=out)
    assert [(p.code, p.row) for p in caught.value.problems] == [("decision-twice", 4)]


def test_a_workbook_saved_as_csv_is_read(street: Path, out: Path) -> None:
    """Some prefer it so."""
    run(street, WEEK, out=out)
    answer(out / BOOK, {"n2": "gedaan"})
    rows = rows_of(out / BOOK)
    lines = [";".join(rows[0])]
    lines += [
        ";".join('"' + str(value or "").replace("\n", " ") + '"' for value in row.values())
        for row in rows
    ]
    (out / BOOK).unlink()
    (out / f"voorstellen-{WEEK}.csv").write_text("\n".join(lines), encoding="utf-8-sig")
    assert run(street, NEXT, out=out).recorded.new == 1


def test_two_at_once_are_refused(street: Path, out: Path) -> None:
    """The second is told to wait, before anything is searched for or written."""
    run(street, WEEK, out=out)
    before = _bytes(out)
    with (
        History(out / "history.sqlite") as busy,
        busy.changing(),
        pytest.raises(InUse, match="another program"),
    ):
        run(street, NEXT, out=out)
    assert _bytes(out) == before


def test_a_full_disk_leaves_last_week(
    street: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files cannot be written: the history does not know of the new week either."""
    run(street, WEEK, out=out)
    before = _bytes(out)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UnusableInput, match="The disk is full"):
        run(street, NEXT, out=out)
    monkeypatch.undo()
    assert _bytes(out) == before
    assert [kept.week for kept in History(out / "history.sqlite").runs()] == [WEEK]


def test_somebody_who_left_the_tables_is_no_trouble(street: Path, out: Path) -> None:
    """Arrangements and decisions about people or questions that are gone are left out."""
    run(street, WEEK, out=out)
    answer(out / BOOK, {"n1": "gedaan", "n2": "gedaan"})
    run(street, NEXT, out=out)
    needs = "\n".join(line for line in NEEDS.splitlines() if not line.startswith("n1"))
    (street / "needs.csv").write_text(needs + "\n", encoding="utf-8")
    made = run(street, "2026-W50", out=out)
    assert made.before is not None
    assert made.before.gone == ("n1",)
    assert made.proposals.hood.arrangements == ()


def test_a_spreadsheet_program_in_between(
    street: Path, out: Path, soffice: Office, tmp_path: Path
) -> None:
    """LibreOffice opens the workbook, a word is chosen and a date typed, and it is read back."""
    run(street, WEEK, out=out)
    heads = list(rows_of(out / BOOK)[0])
    column = {name: chr(ord("A") + at) for at, name in enumerate(heads)}
    typed = {
        ("Besluiten", f"{column['Besluit']}2"): "nu niet",
        ("Besluiten", f"{column['Tot en met']}2"): "31-12-2026",
        ("Besluiten", f"{column['Opmerking']}2"): "na de feestdagen",
    }
    saved = soffice.edit(out / BOOK, typed, saved=tmp_path / "terug.xlsx")
    saved.replace(out / BOOK)
    made = run(street, NEXT, out=out)
    said = {
        (d.need, d.decision, d.until, d.remark) for d in History(out / "history.sqlite").decisions()
    }
    assert said == {("n1", "not_now", dt.date(2026, 12, 31), "na de feestdagen")}
    assert made.recorded.new == len(History(out / "history.sqlite").decisions())


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_headings_are_read_as_what_they_are(street: Path, out: Path, language: str) -> None:
    """No heading that tells is taken for one that asks, in either language."""
    made = run(street, WEEK, out=out, settings=Settings(language=language))
    assert made.problems == ()
    again = run(street, WEEK, out=out, settings=Settings(language=language))
    assert again.problems == ()
    assert again.recorded == assetmap.history.Recorded()


def test_a_quick_week_says_what_it_left_out(street: Path, out: Path) -> None:
    """The same proposals; what was not worked out is named wherever somebody would look for it."""
    whole = run(street, WEEK, out=out)
    slow = {name: (out / name).read_bytes() for name in ("plans.csv", "shortages.csv")}
    assert b"category" in slow["shortages.csv"]
    quick = run(street, WEEK, out=out, settings=Settings(quick=True))
    assert quick.kept == whole.kept
    assert (out / "plans.csv").read_bytes() == slow["plans.csv"]
    assert (out / "shortages.csv").read_text(encoding="utf-8") == "niet uitgezocht\n"
    page = (out / "week.html").read_text(encoding="utf-8")
    assert "Deze keer is niet uitgezocht wat er tekort is" in page
    assert {row["Als het niet lukt"] for row in rows_of(out / BOOK)} == {"niet uitgezocht"}
    left_out = json.loads((out / "run.json").read_text(encoding="utf-8"))["left_out"]
    assert left_out == ["remedies", "shortages", "reserves"]
    run(street, WEEK, out=out)
    assert {name: (out / name).read_bytes() for name in slow} == slow
    assert "niet uitgezocht" not in (out / "week.html").read_text(encoding="utf-8")
    assert json.loads((out / "run.json").read_text(encoding="utf-8"))["left_out"] == []
