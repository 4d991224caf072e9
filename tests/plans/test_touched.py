"""A run after a change is the run as if there had been none before it, and reuses what it can."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import assetmap
from assetmap import Neighbourhood
from assetmap.model import Membership, Policy
from assetmap.plans import touched, working
from assetmap.synthetic import neighbourhood
from tests.plans.changing import changed, neighbourhoods, told_run
from tests.plans.small import (
    FRIDAY,
    activity,
    arranged,
    decided,
    initiative,
    need,
    person,
    place,
    talent,
    tie,
    worker,
)

WEEK = "2026-W48"


@given(data=st.data())
@settings(max_examples=30)
def test_a_run_after_a_change_is_what_it_is_without_the_run_before(data):
    """Whatever changes: candidates, plans, reasons and certificate are the same."""
    hood, other = data.draw(neighbourhoods()), data.draw(neighbourhoods())
    run = assetmap.propose(hood, WEEK)
    for _ in range(2):
        hood = data.draw(changed(hood, other))
        whole = assetmap.propose(hood, WEEK)
        run = assetmap.propose(hood, WEEK, after=run)
        assert told_run(run) == told_run(whole)


@given(data=st.data())
@settings(max_examples=15)
def test_what_was_proposed_and_not_answered_counts_after_a_change_too(data):
    """With plans of the week before kept, and with a run before it that kept none or others."""
    hood, other = data.draw(neighbourhoods()), data.draw(neighbourhoods())
    run = assetmap.propose(hood, WEEK)
    kept = [plan.plan for plan in run.items if data.draw(st.booleans())]
    hood = data.draw(changed(hood, other))
    whole = assetmap.propose(hood, WEEK, kept=kept)
    found = assetmap.propose(hood, WEEK, kept=kept, after=run)
    assert told_run(found) == told_run(whole)
    again = assetmap.propose(hood, WEEK, after=found)
    assert told_run(again) == told_run(assetmap.propose(hood, WEEK))


# --- one thing at a time ------------------------------------------------------------------------

HELP = (need("n1"), talent("t1", "p2"))
MEAL = (need("n1", category="meal"), activity("a1", capacity=3))
OUTING = (need("n1", category="meal"), activity("a1", area="south"))
RIDE = talent("t2", "p2", "ride", seats=2, max_km=9)
FAR = person("p1", walks_m=100)
P2, P3, P4 = (person(name) for name in ("p2", "p3", "p4"))
COOKED = (need("n1", category="meal"), activity("a1", initiative="i1", requires="cook:1"))
COOK = talent("t3", "p2", "cook", available="Fri 17:00-23:00")
ROOM = place("hall", space_for="space", manager="p1", quiet="no")
CLUB = (initiative("i1"), Membership(member="p2", party="i1"))
MONDAYS = arranged("x1", "help", "p2", need="n2", activity=None, talent="t1")
CASES = {
    "an offer comes": ((person("p1"), P2, HELP[0]), (person("p1"), P2, *HELP)),
    "an offer goes": ((person("p1"), P2, *HELP), (person("p1"), P2, HELP[0])),
    "an offer is another": (
        (person("p1"), P2, *HELP),
        (person("p1"), P2, HELP[0], talent("t1", "p2", per_week=0)),
    ),
    "a giver is away": (
        (person("p1"), P2, *HELP),
        (person("p1"), person("p2", until=dt.date(2026, 1, 1)), *HELP),
    ),
    "two get to know each other": (
        (person("p1"), P2, *HELP),
        (person("p1"), P2, *HELP, tie("p1", "p2", strength=3)),
    ),
    "an acquaintance gets to know the giver": (
        (person("p1"), P2, P3, *HELP, tie("p1", "p3")),
        (person("p1"), P2, P3, *HELP, tie("p1", "p3"), tie("p3", "p2")),
    ),
    "an acquaintance may be named no longer": (
        (person("p1"), P2, P3, *HELP, tie("p1", "p3"), tie("p3", "p2")),
        (person("p1"), P2, person("p3", share="no"), *HELP, tie("p1", "p3"), tie("p3", "p2")),
    ),
    "an activity of the asker becomes a quiet one": (
        (person("p1"), CLUB[0], ROOM, need("n1", "i1", "space"), activity("a1", initiative="i1")),
        (
            *(person("p1"), CLUB[0], ROOM, need("n1", "i1", "space")),
            activity("a1", initiative="i1", setting="quiet"),
        ),
    ),
    "they meet by arrangement": (
        (person("p1"), P2, *HELP, need("n2", "p2", "walk")),
        (
            *(person("p1"), P2, *HELP, need("n2", "p2", "walk")),
            arranged("x1", "help", "p1", need="n2", rrule="FREQ=YEARLY"),
        ),
    ),
    "somebody was turned down": (
        (person("p1"), P2, *HELP),
        (person("p1"), P2, *HELP, decided("n1-aaaaaaaa-20261120", "not_now", provider="p2")),
    ),
    "a giver gets another thing to do": (
        (person("p1"), person("p2", available="Fri 09:00-12:00"), *HELP),
        (
            *(person("p1"), person("p2", available="Fri 09:00-12:00"), *HELP),
            need("n3", "p2", "walk"),
        ),
    ),
    "the asker gets another thing to do": (
        (person("p1", available="Fri 09:00-12:00"), P2, *HELP),
        (
            *(person("p1", available="Fri 09:00-12:00"), P2, *HELP),
            talent("t9", "p1", "garden"),
        ),
    ),
    "a giver is used up by an arrangement": (
        (person("p1"), P2, P3, *HELP, need("n2", "p3")),
        (person("p1"), P2, P3, *HELP, need("n2", "p3"), MONDAYS),
    ),
    "a seat is taken by an arrangement": (
        (person("p1"), P2, P3, MEAL[0], activity("a1", capacity=1), need("n2", "p3", "meal")),
        (
            *(person("p1"), P2, P3, MEAL[0], activity("a1", capacity=1)),
            need("n2", "p3", "meal"),
            arranged("x1", "activity", "a1", need="n2", activity="a1"),
        ),
    ),
    "somebody goes there anyway": (
        (person("p1"), P2, MEAL[0], activity("a1", capacity=1)),
        (
            *(person("p1"), P2, MEAL[0], activity("a1", capacity=1)),
            talent("t5", "p2", "ride", going_to="a1"),
        ),
    ),
    "an activity is on another day": (
        (person("p1", available="Fri 17:00-23:00"), *MEAL),
        (
            person("p1", available="Fri 17:00-23:00"),
            MEAL[0],
            activity("a1", capacity=3, start=FRIDAY + dt.timedelta(days=1)),
        ),
    ),
    "a cook comes": ((person("p1"), P2, *CLUB, *COOKED), (person("p1"), P2, *CLUB, *COOKED, COOK)),
    "a cook can come no longer": (
        (person("p1"), P2, *CLUB, *COOKED, COOK),
        (
            *(person("p1"), P2, *CLUB, *COOKED),
            talent("t3", "p2", "cook", available="Mon 17:00-23:00"),
        ),
    ),
    "a driver comes": ((FAR, P2, *OUTING), (FAR, P2, *OUTING, RIDE)),
    "a driver goes": ((FAR, P2, *OUTING, RIDE), (FAR, P2, *OUTING)),
    "the asker has a car now": (
        (FAR, *OUTING),
        (FAR, *OUTING, talent("t7", "p1", "ride", per_week=0)),
    ),
    "the asker's worker is of another team": (
        (
            *(person("p1", worker="w1"), person("p2", share="team", worker="w2")),
            *(worker("w1", team="a"), worker("w2", team="b"), *HELP),
        ),
        (
            *(person("p1", worker="w1"), person("p2", share="team", worker="w2")),
            *(worker("w1", team="b"), worker("w2", team="b"), *HELP),
        ),
    ),
    "the giver's worker is of another team": (
        (
            *(person("p1", worker="w1"), person("p2", share="team", worker="w2")),
            *(worker("w1", team="a"), worker("w2", team="a"), *HELP),
        ),
        (
            *(person("p1", worker="w1"), person("p2", share="team", worker="w2")),
            *(worker("w1", team="a"), worker("w2", team="b"), *HELP),
        ),
    ),
    "an initiative asks for people": (
        (person("p1"), initiative("i1"), need("n1", category="volunteering")),
        (
            *(person("p1"), initiative("i1"), need("n1", category="volunteering")),
            need("n2", "i1", "volunteering"),
        ),
    ),
    "the asker offers what a vacancy asks": (
        (
            *(person("p1"), initiative("i1"), need("n1", category="volunteering")),
            need("n2", "i1", "garden"),
        ),
        (
            *(person("p1"), initiative("i1"), need("n1", category="volunteering")),
            *(need("n2", "i1", "garden"), talent("t1", "p1", "garden")),
        ),
    ),
    "a room is offered on conditions": (
        (initiative("i1"), place("pl1", space_for=("space",)), P2, need("n1", "i1", "space")),
        (
            *(initiative("i1"), place("pl1", space_for=("space",)), P2, need("n1", "i1", "space")),
            talent("t1", "p2", "space", place="pl1"),
        ),
    ),
}


def _hood(records) -> Neighbourhood:
    return Neighbourhood.from_records(*records, policy=Policy())


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_each_thing_that_a_question_rests_on_is_seen_to_change(case, monkeypatch):
    """The run after it is right; and were it not seen, the candidates would be wrong."""
    before, now = (_hood(records) for records in case)
    run, whole = assetmap.propose(before, WEEK), assetmap.propose(now, WEEK)
    assert told_run(assetmap.propose(now, WEEK, after=run)) == told_run(whole)
    monkeypatch.setattr(touched.Touched, "touches", lambda _, ask, was, **__: ask is not was)
    unseen = assetmap.propose(now, WEEK, after=run)
    assert told_run(unseen)["plain"] != told_run(whole)["plain"]


def test_who_may_be_proposed_for_the_same_activity_is_seen_to_change(monkeypatch):
    """A driver who asks to come along may drive others there, whose question did not change."""
    here = (FAR, person("p2", area="south"), *OUTING, RIDE)
    before, now = (_hood([*here, need("n2", "p2", what)]) for what in ("shopping", "meal"))
    run, whole = assetmap.propose(before, WEEK), assetmap.propose(now, WEEK)
    assert told_run(assetmap.propose(now, WEEK, after=run)) == told_run(whole)
    monkeypatch.setattr(working, "differing", lambda found, *_: touched.limited(found, ()))
    unseen = assetmap.propose(now, WEEK, after=run)
    assert told_run(unseen)["candidates"] != told_run(whole)["candidates"]


UNCLEAR = {
    "a place": place("pl1", step_free="no"),
    "an initiative": initiative("i1", status="ended"),
    "a membership": Membership(member="p2", party="i1", hours_week=0),
}


@pytest.mark.parametrize("record", UNCLEAR.values(), ids=UNCLEAR)
def test_what_reaches_far_is_worked_out_anew(record, monkeypatch):
    """Where it cannot be told apart what a change touches, nothing is taken over."""
    base = [person("p1"), P2, initiative("i1"), place("pl1"), *HELP]
    key = record.key
    kept = [r for r in base if key is None or r.key != key]
    run = assetmap.propose(_hood(base), WEEK)
    seen = _candidates(monkeypatch)
    found = assetmap.propose(_hood([*kept, record]), WEEK, after=run)
    assert seen == ["n1"]
    assert told_run(found) == told_run(assetmap.propose(_hood([*kept, record]), WEEK))


@pytest.mark.parametrize("told", [{"policy": Policy(horizon_weeks=2)}, {"week": "2026-W49"}])
def test_another_week_or_policy_takes_nothing_over(told, monkeypatch):
    """The run is right, and every question is looked at."""
    hood = _hood([person("p1"), P2, *HELP])
    run = assetmap.propose(hood, WEEK)
    seen = _candidates(monkeypatch)
    week = told.pop("week", WEEK)
    found = assetmap.propose(hood, week, after=run, **told)
    assert seen == ["n1"]
    assert told_run(found) == told_run(assetmap.propose(hood, week, **told))


def _candidates(monkeypatch) -> list[str]:
    """Note for which questions candidates are looked for."""
    seen: list[str] = []
    real = working.candidates

    def noted(scene, ask, supply):
        seen.append(ask.id)
        return real(scene, ask, supply)

    monkeypatch.setattr(working, "candidates", noted)
    return seen


def test_what_no_change_touches_is_not_looked_at_again(monkeypatch):
    """After somebody cancelled only the questions that they could help with are looked at."""
    hood = neighbourhood(200, 3)
    run = assetmap.propose(hood, WEEK)
    leg = next(leg for plan in run.items for leg in plan.legs if leg.talent)
    rest = replace(hood, talents=tuple(t for t in hood.talents if t.talent != leg.talent))
    seen = _candidates(monkeypatch)
    after = assetmap.propose(rest, WEEK, after=run)
    again = set(seen)
    assert 0 < len(again) < len(run.worked.working.opened.asks) / 2
    whole = assetmap.propose(rest, WEEK)
    assert told_run(after) == told_run(whole)


def test_numbers_of_what_no_change_touches_are_taken_over():
    """What an option comes to by itself is the very same; it is worked out for the others alone."""
    hood = neighbourhood(200, 3)
    run = assetmap.propose(hood, WEEK)
    leg = next(leg for plan in run.items for leg in plan.legs if leg.talent)
    rest = replace(hood, talents=tuple(t for t in hood.talents if t.talent != leg.talent))
    after = assetmap.propose(rest, WEEK, after=run)
    before, now = run.worked.encoded.written, after.worked.encoded.written
    both = [option for option in now if option in before]
    assert len(both) > len(now) / 2
    assert all(now[option] is before[option] for option in both)


def test_the_same_tables_need_no_candidates_at_all(monkeypatch):
    """Tables that are read again hold equal rows, which are as good as the same."""
    hood = neighbourhood(120, 3)
    run = assetmap.propose(hood, WEEK)
    again = Neighbourhood.from_frames(hood.frames(), policy=hood.policy)
    seen = _candidates(monkeypatch)
    after = assetmap.propose(again, WEEK, after=run)
    assert not seen
    assert told_run(after) == told_run(run)
