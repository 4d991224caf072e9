"""Weeks as teams live them: again on Monday, skipped, too early, and over the turn of the year."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from assetmap.errors import DataProblems
from assetmap.history import History
from assetmap.plans import Plan
from assetmap.privacy import Audience, require
from assetmap.week import WeekRun, run
from tests.week.books import answer, change, rows_of, told

TABLES = {
    "people": """person,called,area,share,ground,worker
p1,Anna,north,yes,consent,w1
p2,Bram,north,yes,consent,
p3,Cor,north,yes,consent,
w1,Wil,north,yes,consent,
""",
    "talents": """talent,owner,category,term,per_week
t2,p2,shopping,long,2
t3,p3,odd_job,short,2
""",
    "needs": """need,owner,category,talked,since,rrule,term
n1,p1,shopping,yes,2026-11-02,FREQ=WEEKLY,long
n2,p1,odd_job,yes,2026-11-02,,once
""",
    "ties": "a,b,kind\np1,p2,friend\np1,p3,neighbour\n",
}
NEW = "n3,p1,garden,yes,2026-11-02,,once\n"


@pytest.fixture
def street(tmp_path: Path) -> Path:
    """Somebody who asks for shopping every week and one odd job, and two who help."""
    folder = tmp_path / "straat"
    folder.mkdir()
    for name, text in TABLES.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "uit"


def _book(out: Path, week: str) -> Path:
    return out / f"voorstellen-{week}.xlsx"


def _plans(made: WeekRun, need: str) -> list[Plan]:
    return [plan for plan in made.proposals.items if plan.need == need]


def _statuses(made: WeekRun, need: str) -> set[str]:
    return {plan.status.value for plan in _plans(made, need)}


def _changes(made: WeekRun) -> str:
    return " ".join(line["nl"] for line in require(made.facts, Audience.TEAM).changes)


# --- when a week is run ------------------------------------------------------------------------


def test_on_friday_and_again_on_monday_with_other_tables(street: Path, out: Path) -> None:
    """What was decided on Friday stands in Monday's workbook; what came in is new."""
    run(street, "2026-W48", out=out)
    run(street, "2026-W49", out=out)
    answer(_book(out, "2026-W49"), {"n1": {"Besluit": "doen", "Opmerking": "belt zelf"}})
    with (street / "needs.csv").open("a", encoding="utf-8") as needs:
        needs.write(NEW)
    monday = run(street, "2026-W49", out=out)
    row = told(_book(out, "2026-W49"), "n1")
    assert (row["Besluit"], row["Opmerking"]) == ("doen", "belt zelf")
    assert _statuses(monday, "n1") == {"pinned"}
    assert monday.before is not None
    assert (monday.before.earlier, monday.before.asked) == (1, ("n3",))
    assert "Nieuw gevraagd: Anna (tuin)" in _changes(monday)
    with History(out / "history.sqlite") as store:
        assert [kept.week for kept in store.runs()] == ["2026-W48", "2026-W49", "2026-W49"]
    after = run(street, "2026-W50", out=out)
    assert after.before is not None
    assert (after.before.earlier, after.before.asked) == (monday.kept.run, ())


def test_a_week_that_is_skipped(street: Path, out: Path) -> None:
    """A holiday: the workbook of two weeks ago is read, and what was done then stands."""
    run(street, "2026-W51", out=out)
    answer(_book(out, "2026-W51"), {"n1": "gedaan", "n2": "gedaan"})
    made = run(street, "2026-W53", out=out)
    assert made.recorded.arranged == ("n1-help",)
    assert _statuses(made, "n1") == {"standing"}
    assert _plans(made, "n2") == []
    assert made.before is not None
    assert made.before.earlier == 1


def test_the_turn_of_the_year(street: Path, out: Path) -> None:
    """Week 53 comes before week 1: read in that order, compared so, and nothing is asked twice."""
    run(street, "2026-W53", out=out)
    answer(_book(out, "2026-W53"), {"n1": "gedaan", "n2": "doen"})
    made = run(street, "2027-W01", out=out)
    assert made.before is not None
    assert (made.before.earlier, made.before.later) == (1, 2)
    assert _statuses(made, "n1") == {"standing"}
    assert [f"{plan.occurrence:%Y}" for plan in _plans(made, "n1")] == ["2027"]
    later = run(street, "2027-W02", out=out)
    assert later.before is not None
    assert later.before.earlier == 2
    assert (later.recorded.new, later.before.asked, later.before.gone) == (0, (), ())


def test_an_earlier_week_that_is_run_later(street: Path, out: Path) -> None:
    """Week 50 was made too early, then 49: it is compared with 48, and 50's answers wait."""
    run(street, "2026-W48", out=out)
    run(street, "2026-W50", out=out)
    answer(_book(out, "2026-W50"), {"n2": "niet meer"})
    between = run(street, "2026-W49", out=out)
    assert between.before is not None
    assert between.before.earlier == 1
    assert between.recorded.new == 0
    assert _plans(between, "n2") != []
    again = run(street, "2026-W50", out=out)
    assert again.before is not None
    assert again.before.earlier == between.kept.run
    assert again.recorded.new == 1
    assert _plans(again, "n2") == []
    assert (out / "week.html").read_bytes() == (out / "week-2026-W50.html").read_bytes()


def test_what_was_decided_later_does_not_reach_back(street: Path, out: Path) -> None:
    """The week of then is run again: what was turned down afterwards was still proposed."""
    first = run(street, "2026-W48", out=out)
    run(street, "2026-W49", out=out)
    answer(_book(out, "2026-W49"), {"n2": "niet meer"})
    run(street, "2026-W50", out=out)
    again = run(street, "2026-W48", out=out)
    assert again.kept == first.kept


# --- what comes back ---------------------------------------------------------------------------


def test_two_workbooks_with_other_words(street: Path, out: Path) -> None:
    """Do in the last but one, not now in the last: the last holds, whichever was saved last."""
    run(street, "2026-W48", out=out)
    run(street, "2026-W49", out=out)
    answer(_book(out, "2026-W49"), {"n2": "nu niet"})
    answer(_book(out, "2026-W48"), {"n2": "doen"})
    made = run(street, "2026-W50", out=out)
    assert made.recorded.new == 2
    assert _plans(made, "n2") == []
    answer(_book(out, "2026-W49"), {"n2": {"Besluit": "anders", "Opmerking": "zoon deed het"}})
    changed = run(street, "2026-W50", out=out)
    assert changed.recorded.changed == 1
    assert _plans(changed, "n2") != []


def test_an_answer_in_a_workbook_of_two_weeks_ago(street: Path, out: Path) -> None:
    """Somebody fills in the old one after all: it is about the plan of then, and holds."""
    run(street, "2026-W48", out=out)
    run(street, "2026-W49", out=out)
    answer(_book(out, "2026-W48"), {"n1": "gedaan"})
    made = run(street, "2026-W50", out=out)
    assert made.recorded.arranged == ("n1-help",)
    assert _statuses(made, "n1") == {"standing"}
    with History(out / "history.sqlite") as store:
        (row,) = store.arrangements()
    assert row.since == dt.date(2026, 11, 23)


def test_a_decision_on_what_is_no_longer_proposed(street: Path, out: Path) -> None:
    """The helper left meanwhile: the decision is kept, told, and nothing breaks."""
    run(street, "2026-W48", out=out)
    (street / "talents.csv").write_text("talent,owner,category\n", encoding="utf-8")
    run(street, "2026-W49", out=out)
    answer(_book(out, "2026-W48"), {"n2": {"Besluit": "doen", "Datum": dt.date(2026, 12, 1)}})
    made = run(street, "2026-W50", out=out)
    assert made.recorded.new == 1
    assert _plans(made, "n2") == []
    assert {gap.need for gap in made.proposals.gaps} == {"n1", "n2"}


def test_something_else_happened(street: Path, out: Path) -> None:
    """Other, with a remark: kept word for word in the store, on no page, and it stays open."""
    run(street, "2026-W48", out=out)
    remark = "de buurvrouw sprong in"
    answer(_book(out, "2026-W48"), {"n2": {"Besluit": "anders", "Opmerking": remark}})
    made = run(street, "2026-W49", out=out)
    assert _statuses(made, "n2") == {"proposed"}
    with History(out / "history.sqlite") as store:
        assert [(d.decision, d.remark) for d in store.decisions()] == [("other", remark)]
    for file in out.iterdir():
        if file.suffix not in {".xlsx", ".sqlite"}:
            assert remark not in file.read_text(encoding="utf-8"), file.name


@pytest.mark.parametrize("word", ["nu niet", "niet meer"])
def test_turned_down_comes_back_after_the_team_s_period(street: Path, out: Path, word: str) -> None:
    """Not within the period the team chose, and after it again."""
    run(street, "2026-W48", out=out)
    answer(_book(out, "2026-W48"), {"n2": word})
    assert _plans(run(street, "2026-W49", out=out), "n2") == []
    (street / "team.toml").write_text("declined_days = 5\nnot_now_days = 5\n", encoding="utf-8")
    assert _plans(run(street, "2026-W50", out=out), "n2") != []


def test_why_somebody_was_turned_down_is_nowhere_else(street: Path, out: Path) -> None:
    """Not in tables, pages, records or what is short: nobody reads that somebody was refused."""
    run(street, "2026-W48", out=out)
    secret = "durft-niet-langs"
    answer(
        _book(out, "2026-W48"),
        {"n2": {"Besluit": "niet meer", "Over wie": "Cor", "Opmerking": secret}},
    )
    run(street, "2026-W49", out=out)
    for file in out.iterdir():
        if file.name.startswith(("history", "voorstellen-2026-W48")):
            continue
        assert secret.encode() not in file.read_bytes(), file.name
    for name in ("shortages.csv", "unmet.csv", "plans.csv"):
        text = (out / name).read_text(encoding="utf-8")
        assert "declined" not in text
        assert "Cor" not in text
        assert "p3" not in text
    assert {row["Vraag"] for row in rows_of(_book(out, "2026-W49"))} == {"n1"}


def test_an_unknown_word_in_an_old_workbook_names_that_file(street: Path, out: Path) -> None:
    """Table, row and column of the right file; the other workbook is not blamed."""
    run(street, "2026-W48", out=out)
    run(street, "2026-W49", out=out)
    answer(_book(out, "2026-W48"), {"n2": "misschien"})
    answer(_book(out, "2026-W49"), {"n1": "gedaan"})
    with pytest.raises(DataProblems) as caught:
        run(street, "2026-W50", out=out)
    (problem,) = caught.value.problems
    assert (problem.table, problem.row, problem.column) == ("decisions", 3, "decision")
    assert problem.message.startswith("voorstellen-2026-W48.xlsx: ")


def test_a_sheet_without_its_codes_is_named(street: Path, out: Path) -> None:
    """Somebody removed the last columns: the answers cannot be placed, and that is said."""
    run(street, "2026-W48", out=out)
    answer(_book(out, "2026-W48"), {"n2": "gedaan"})

    def without_codes(sheet: Any) -> None:
        heads = {cell.value: cell.column for cell in sheet[1]}
        sheet.delete_cols(heads["Voorstel"])

    change(_book(out, "2026-W48"), without_codes)
    with pytest.raises(DataProblems) as caught:
        run(street, "2026-W49", out=out)
    assert {problem.column for problem in caught.value.problems} == {"plan"}
    with History(out / "history.sqlite") as store:
        assert store.decisions() == ()
