"""Decisions come back once, and what is done and comes back becomes a standing arrangement."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import assetmap
from assetmap import Proposals
from assetmap.history import History
from assetmap.model import Decision
from tests.golden.hoods import WEEK, evening

MONDAY = dt.date(2026, 11, 30)


@pytest.fixture(scope="module")
def proposals() -> Proposals:
    return assetmap.propose(evening(), WEEK)


@pytest.fixture
def history(tmp_path: Path, proposals: Proposals) -> History:
    store = History(tmp_path / "history.sqlite")
    store.keep(proposals)
    return store


def _said(word: str, *, plan: str, need: str = "n1", **cells: object) -> Decision:
    return Decision.model_validate(
        {"plan": plan, "need": need, "date": MONDAY, "decision": word, **cells}
    )


def test_done_and_coming_back_becomes_an_arrangement(
    history: History, proposals: Proposals
) -> None:
    """A leg each, from the first date on, as often as the activity; next week it stands."""
    plan = next(p for p in proposals.items if len(p.legs) > 1)
    told = history.decide([_said("done", plan=plan.plan, need=plan.need)])
    made = history.arrangements()
    assert sorted(told.arranged) == [row.arrangement for row in made]
    assert {(row.leg, row.provider, row.talent) for row in made} == {
        (leg.leg, leg.provider, leg.talent) for leg in plan.legs
    }
    assert {row.since for row in made} == {plan.occurrence.date()}  # type: ignore[union-attr]
    hood = replace(
        proposals.hood,
        arrangements=made,
        activities=tuple(replace_until(a) for a in proposals.hood.activities),
    )
    (again,) = [p for p in assetmap.propose(hood, "2026-W49").items if p.need == plan.need][:1]
    assert again.status == "standing"
    assert {leg.provider for leg in again.legs} == {leg.provider for leg in plan.legs}


def replace_until(activity: assetmap.Activity) -> assetmap.Activity:
    """The evening goes on for another month."""
    return activity.model_copy(update={"until": dt.date(2026, 12, 31)})


def test_done_for_once_arranges_nothing(history: History, proposals: Proposals) -> None:
    """What does not come back is a decision and nothing more."""
    once = [p for p in history.runs()[0].plans if p.repeats is None]
    for plan in once:
        told = history.decide([_said("done", plan=plan.plan, need=plan.need)])
        assert (told.new, told.arranged) == (1, ())


def test_no_more_ends_it_the_day_before(history: History, proposals: Proposals) -> None:
    """Of the whole plan, or only of the one it is about."""
    plan = next(p for p in proposals.items if len(p.legs) > 1)
    history.decide([_said("done", plan=plan.plan, need=plan.need)])
    who = plan.legs[-1].provider
    later = MONDAY + dt.timedelta(days=7)
    told = history.decide(
        [_said("no_more", plan=plan.plan, need=plan.need, provider=who, date=later)]
    )
    last = later - dt.timedelta(days=1)
    for row in history.arrangements():
        assert row.until == (last if row.provider == who else None)
        assert (row.arrangement in told.ended) == (row.provider == who)
    assert {row.provider for row in history.arrangements(on=later)} == {
        leg.provider for leg in plan.legs if leg.provider != who
    }


def test_the_same_decision_twice_changes_nothing(history: History, proposals: Proposals) -> None:
    """Reading last week's workbook again is harmless."""
    plan = proposals.items[0]
    decision = _said("not_now", plan=plan.plan, need=plan.need, remark="After the holidays.")
    assert history.decide([decision]).new == 1
    before = history.decisions()
    again = history.decide([decision])
    assert (again.new, again.changed, again.known) == (0, 0, 1)
    assert history.decisions() == before == (decision,)


def test_another_word_takes_the_place_of_the_first(history: History, proposals: Proposals) -> None:
    """On the same day there is one word per plan and person."""
    plan = proposals.items[0]
    history.decide([_said("do", plan=plan.plan, need=plan.need)])
    told = history.decide([_said("not_now", plan=plan.plan, need=plan.need)])
    assert (told.new, told.changed) == (0, 1)
    assert [row.decision for row in history.decisions()] == ["not_now"]


def test_a_plan_that_nobody_proposed_is_named(history: History) -> None:
    """It may be of a run that was lost: the decision is kept, nothing follows from it."""
    told = history.decide([_said("done", plan="n1-somewhere")])
    assert told.unknown == ("n1-somewhere",)
    assert len(history.decisions()) == 1
    assert history.arrangements() == ()


words = st.sampled_from(["do", "done", "not_now", "no_more", "other"])
one_said = st.tuples(words, st.sampled_from(["x", "y"]), st.integers(0, 3), st.booleans())


@settings(max_examples=20)
@given(st.lists(one_said, max_size=12))
def test_the_store_is_a_plain_table_of_last_words(
    tmp_path_factory: pytest.TempPathFactory, said: list[tuple[str, str, int, bool]]
) -> None:
    """Whatever is said in whatever order: per plan, person and day the last word stands."""
    expected: dict[tuple[str, str | None, dt.date], str] = {}
    with History(tmp_path_factory.mktemp("said") / "h.sqlite") as history:
        for word, plan, day, about in said:
            date = MONDAY + dt.timedelta(days=day)
            provider = "p9" if about else None
            history.decide([_said(word, plan=plan, date=date, provider=provider)])
            expected[plan, provider, date] = word
        found = {(d.plan, d.provider, d.date): d.decision.value for d in history.decisions()}
    assert found == expected
