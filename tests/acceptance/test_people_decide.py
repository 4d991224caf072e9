"""What the software must not do: ask for a log of every talk (S86), or decide (S88)."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import fields, replace
from pathlib import Path

import pytest

import assetmap
from assetmap import Neighbourhood, Policy
from assetmap.lanes.results import Verdict
from assetmap.model import RECORDS, STARTER, columns
from assetmap.plans import PlanStatus
from assetmap.week import run
from tests.week.books import answer, rows_of

WEEK = "2026-W48"
ROOT = Path(__file__).parents[2]
LOGS = ("observations", "contact_days", "visits", "team_hours")
"""Tables in which a talk, a visit or an hour could be written down."""


@pytest.fixture(scope="module")
def hood() -> Neighbourhood:
    return assetmap.read(ROOT / "examples/buurthuis")


def _unlogged(hood: Neighbourhood) -> Neighbourhood:
    return replace(hood, extra={}, **dict.fromkeys(LOGS, ()))


def test_S86_a_week_needs_no_log_of_talks(hood: Neighbourhood) -> None:
    """Without one note, visit or hour the week's proposals are the same."""
    without = assetmap.propose(_unlogged(hood), WEEK)
    whole = assetmap.propose(hood, WEEK)
    assert [plan.plan for plan in without.items] == [plan.plan for plan in whole.items]
    assert [gap.need for gap in without.gaps] == [gap.need for gap in whole.gaps]


def test_S86_signals_come_without_a_log_and_none_asks_for_one(hood: Neighbourhood) -> None:
    """Questions alone give cards; a lane that needs a table says so and nothing more."""
    found = assetmap.signals.detect(_unlogged(hood), asof=dt.date(2026, 11, 23))
    assert [card for card in found.cards if card.lane == "agreement"]
    silent = {lane for lane, said in found.lanes.items() if said.verdict is Verdict.CANNOT_SAY}
    assert silent <= {"unusual", "growth", "place", "not_heard", "balance"}


def test_S86_no_column_holds_a_talk_and_none_is_required() -> None:
    """The starter has no table for talks; of a need only whether one was had is asked."""
    assert not {*LOGS} & {*STARTER}
    for table in STARTER:
        required = {column.name for column in columns(RECORDS[table]) if column.required}
        assert not required & {"talked", "channel", "source", "note", "contacts", "hours"}


def test_S86_logging_more_is_not_rewarded(hood: Neighbourhood) -> None:
    """Who writes down every talk gets no other plans, and is nowhere counted per worker."""
    row = hood.observations[0]
    more = [
        row.model_copy(update={"observation": f"extra{n}", "category": "company", "area": None})
        for n in range(200)
    ]
    logged = replace(hood, observations=(*hood.observations, *more), extra={})
    one, two = (assetmap.propose(each, WEEK) for each in (hood, logged))
    assert [plan.plan for plan in one.items] == [plan.plan for plan in two.items]


def test_S88_nothing_stands_that_nobody_decided(hood: Neighbourhood) -> None:
    """A plan is proposed, unless an arrangement or a decision of people is behind it."""
    made = assetmap.propose(replace(hood, decisions=(), arrangements=(), extra={}), WEEK)
    assert {plan.status for plan in made.items} == {PlanStatus.PROPOSED}
    decided = {row.need for row in (*hood.decisions, *hood.arrangements)}
    for plan in assetmap.propose(hood, WEEK).items:
        assert plan.status is PlanStatus.PROPOSED or plan.need in decided


def test_S88_a_week_leaves_the_decision_blank(tmp_path: Path) -> None:
    """The workbook asks and fills in nothing; run after run, nothing is arranged by itself."""
    for week in (WEEK, "2026-W49", "2026-W50"):
        made = run(ROOT / "examples/buurthuis", week, out=tmp_path)
        assert made.recorded.arranged == ()
        rows = rows_of(tmp_path / f"voorstellen-{week}.xlsx")
        assert rows
        assert {row["Besluit"] for row in rows} == {None}
    page = (tmp_path / f"week-{WEEK}.html").read_text(encoding="utf-8")
    assert "Mensen beslissen" in page


def test_S88_nobody_is_handed_what_was_only_proposed(tmp_path: Path) -> None:
    """The sheets of a week are about what stands; after *do* there is one more, to ask first."""
    folder, out = tmp_path / "buurt", tmp_path / "uit"
    shutil.copytree(ROOT / "examples/buurthuis", folder)
    made = run(folder, WEEK, out=out)
    standing = {plan.need for plan in made.proposals.items if plan.status is PlanStatus.STANDING}
    sheets = out / f"briefjes-{WEEK}"
    assert standing == {"n3"}
    assert {path.stem for path in sheets.glob("*-*.html")} == {"helper-p8", "initiatief-i2"}
    assert "Vraag het eerst" not in (sheets / "alles.html").read_text(encoding="utf-8")
    answer(out / f"voorstellen-{WEEK}.xlsx", {"n16": "doen"})
    run(folder, WEEK, out=out)
    assert {path.stem for path in sheets.glob("helper-*.html")} == {"helper-p8", "helper-p38"}
    assert "Vraag het eerst" in (sheets / "alles.html").read_text(encoding="utf-8")


def test_S88_every_proposal_comes_with_reasons_or_questions(hood: Neighbourhood) -> None:
    """Whoever decides can see why, and what to ask first."""
    made = assetmap.propose(hood, WEEK)
    for plan in made.items:
        told = assetmap.explain.why(made, plan.need)
        assert told.sentences
        assert str(told)


def test_S88_the_rules_are_the_teams_own() -> None:
    """What is preferred, reserved, waited for or warned about can be set; nothing is a target."""
    names = set(Policy.model_fields)
    assert {"levels", "reserved", "waiting_days", "not_now_days", "signals", "privacy"} <= names
    assert not {name for name in names if "target" in name or "quota" in name}
    assert not {field.name for field in fields(assetmap.signals.Card) if "score" in field.name}
