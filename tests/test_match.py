"""A whole run: what it takes, what it hands back, what it remembers from week to week."""

from __future__ import annotations

import datetime as dt
from dataclasses import FrozenInstanceError, replace

import pandas as pd
import pytest

import assetmap
from assetmap import Neighbourhood, propose
from assetmap.audit import faults
from assetmap.errors import AssetmapError, UnusableInput
from assetmap.match import PLAN_COLUMNS, UNMET_COLUMNS, Progress
from assetmap.model import Level, Policy, SolverLimits
from assetmap.plans import PlanStatus
from assetmap.schedule import Week
from tests.plans.small import (
    ASKER,
    MONDAY,
    PAIR,
    WEEK,
    activity,
    arranged,
    decided,
    gives,
    initiative,
    kept_apart,
    need,
    person,
    place,
    plan,
    reason,
    run,
    talent,
    tie,
    worker,
)

T1, N1 = talent("t1", "p2"), need("n1")
SMALL = (*PAIR, T1, N1)
ALIKE = (
    person("p1", area=None),
    *(person(f"h{k}", area=None) for k in range(4)),
    *(talent(f"t{k}", f"h{k}") for k in range(4)),
    N1,
)
"""Four helpers of whom nothing tells one from another."""
LADY = person("p1", walks_m=100)


def hood(*records, policy=None):
    """Return a neighbourhood."""
    return Neighbourhood.from_records(*records, policy=policy)


# --- what a run takes -------------------------------------------------------------------------


def test_an_empty_neighbourhood_has_no_plans_and_no_gaps():
    """And its tables have their headings."""
    found = propose(Neighbourhood(), WEEK)
    assert (found.items, found.gaps, dict(found.funnels)) == ((), (), {})
    assert found.certificate.status == "optimal"
    assert list(found.plans.columns) == list(PLAN_COLUMNS)
    assert list(found.unmet.columns) == list(UNMET_COLUMNS)
    assert len(found.plans) == len(found.unmet) == 0
    assert repr(found) == "<Proposals 2026-W48: no plans, 0 unmet>"


def test_people_alone_ask_nothing():
    """Nor do talents without a question."""
    assert run(*PAIR).items == run(*PAIR, T1).items == ()


def test_the_week_is_a_text_or_a_week():
    """Both mean the same."""
    text, week = propose(hood(*SMALL), WEEK), propose(hood(*SMALL), Week.parse(WEEK))
    assert text.items == week.items
    assert text.week == week.week == Week.parse(WEEK)


def test_without_a_week_it_is_the_week_of_today(monkeypatch):
    """The only place where the calendar of the machine is looked at."""

    class Today(dt.date):
        @classmethod
        def today(cls):
            return cls(2026, 12, 9)

    monkeypatch.setattr("assetmap.match.dt.date", Today)
    assert str(propose(hood()).week) == "2026-W50"


@pytest.mark.parametrize("week", ["2026-W54", "2026-53", "next week", "", "2025-W53"])
def test_a_week_that_does_not_exist_is_told(week):
    """As an error of the library, with what was given."""
    with pytest.raises(UnusableInput) as caught:
        propose(hood(*SMALL), week)
    assert isinstance(caught.value, AssetmapError)


def test_something_else_than_a_neighbourhood_is_told():
    """With what to do."""
    with pytest.raises(UnusableInput, match=r"assetmap\.read"):
        propose("folder", WEEK)


def test_a_policy_goes_before_that_of_the_neighbourhood():
    """And is told with the result."""
    own = hood(*SMALL, policy=Policy(horizon_weeks=1))
    assert propose(own, WEEK).policy.horizon_weeks == 1
    other = propose(own, WEEK, policy=Policy(default_per_week=0))
    assert other.policy.default_per_week == 0
    assert reason(other) == "no_hours"
    assert own.policy.horizon_weeks == 1


def test_progress_is_told_from_the_first_candidate_to_the_last_plan():
    """In order; nothing else is printed."""
    told = []
    run(*SMALL, need("n2", category="pets"), progress=told.append)
    assert told == [
        Progress("candidates", 0, 2),
        Progress("candidates", 1, 2),
        Progress("solving", 0, 1),
        Progress("done", 1, 1),
    ]


def test_nothing_that_was_given_is_changed():
    """The same neighbourhood again gives the same again."""
    given = hood(*SMALL, tie("p1", "p2"))
    before = given.frames()
    first = propose(given, WEEK)
    second = propose(given, WEEK)
    assert first.items == second.items
    for name, frame in given.frames().items():
        pd.testing.assert_frame_equal(frame, before[name])
    with pytest.raises(FrozenInstanceError):
        first.items = ()
    with pytest.raises(TypeError):
        first.funnels["n1"] = None


@pytest.mark.parametrize("seed", [1, 99])
def test_a_seed_is_on_record_and_changes_nothing_that_is_proven(seed):
    """What is optimal is unique: ties are broken by the objective."""
    first, other = run(*ALIKE), run(*ALIKE, seed=seed)
    assert other.certificate.seed == seed
    assert other.items == first.items
    assert other.certificate.objective == first.certificate.objective


# --- the certificate --------------------------------------------------------------------------


def test_a_finished_run_is_proven_on_every_level():
    """Value and bound are equal, by the name of the level."""
    proof = run(*ALIKE).certificate
    assert (proof.status, proof.stopped) == ("optimal", "finished")
    assert list(proof.objective) == [level.value for level in Level]
    assert dict(proof.gap) == dict.fromkeys(proof.objective, 0)
    assert proof.bound == proof.objective
    assert (proof.considered, proof.cut, proof.notes) == ("all", 0, ())
    assert set(proof.versions) == {"assetmap", "numpy", "ortools", "scipy"}


def test_what_was_cut_off_is_told():
    """The plans are the best among those considered."""
    few = Policy(solver=SolverLimits(options_per_need=3))
    proof = run(*ALIKE, policy=few).certificate
    assert (proof.considered, proof.cut) == ("cut", 17)


def test_met_is_what_the_needs_weigh_together():
    """Ten per urgency and ten per week."""
    both = need("n1", urgency=5, since="2026-11-02"), need("n2", category="pets", urgency=2)
    found = run(*PAIR, T1, talent("t2", "p2", "pets"), *both)
    assert found.certificate.objective["met"] == 80 + 20


CONTENDED = [
    *(person(f"q{k}", walks_m=100) for k in range(5)),
    *(need(f"n{k}", f"q{k}", "meal", urgency=1 + k) for k in range(5)),
    *(person(f"h{k}") for k in range(2)),
    *(talent(f"t{k}", f"h{k}", "ride", seats=2) for k in range(2)),
    activity("a1", area="south", capacity=2, rrule="FREQ=WEEKLY;COUNT=2"),
]


@pytest.mark.parametrize("limit", [1e-9, 1e-3])
@pytest.mark.parametrize("promised", [False, True])
def test_a_run_without_time_is_honest_about_what_it_knows(limit, promised):
    """It does not crash: every need is in a plan or has a reason, and nothing is called proven."""
    first = run(*CONTENDED).items[0] if promised else None
    words = [decided(first.plan, "do", need=first.need)] if first is not None else []
    found = run(*CONTENDED, *words, time_limit=limit)
    proof = found.certificate
    assert proof.status in {"feasible", "no_solution"}
    assert proof.stopped == "time_limit"
    needs = {f"n{k}" for k in range(5)}
    planned = {p.need for p in found.items}
    assert planned | {g.need for g in found.gaps} == needs
    assert not planned & {g.need for g in found.gaps}
    for level, value in proof.objective.items():
        bound = proof.bound[level]
        assert proof.gap[level] == (None if bound is None else bound - value)
    assert len(found.plans) == sum(len(p.legs) for p in found.items)
    assert len(found.unmet) == len(found.gaps)


def test_a_run_without_time_keeps_what_stands():
    """Arrangements do not depend on the search."""
    row = arranged("r1", "help", "p2", talent="t1")
    others = [r for r in CONTENDED if r.id not in {"n1", "t1"}]
    found = run(*SMALL, row, *others, time_limit=1e-9)
    assert plan(found).status is PlanStatus.STANDING


def test_a_longer_run_is_never_worse():
    """On the first level that differs."""
    short, long = (run(*CONTENDED, time_limit=t).certificate for t in (1e-9, 30))
    assert long.status == "optimal"
    assert list(short.objective.values()) <= list(long.objective.values())


# --- what it hands back -----------------------------------------------------------------------


def test_every_open_need_is_in_a_plan_a_gap_or_met_by_giving():
    """And in one of them only; closed ones are nowhere."""
    asks = (
        N1,
        need("n2", category="pets"),
        need("n3", "p2", "walk"),
        need("n4", category="walk"),
        need("n5", closed_on="2026-11-01"),
    )
    found = run(*PAIR, T1, talent("t2", "p2", "walk"), *asks)
    planned = {p.need for p in found.items}
    gaps = {g.need for g in found.gaps}
    assert planned | gaps | found.met_by_giving == {"n1", "n2", "n3", "n4"}
    assert not planned & gaps
    assert not gaps & found.met_by_giving
    assert set(found.funnels) == {"n1", "n2", "n3", "n4"}


def test_plans_come_by_need_and_date_and_gaps_by_need():
    """Standing and new ones together."""
    weekly = need("n1", rrule="FREQ=WEEKLY")
    found = run(*PAIR, talent("t1", "p2", term="long"), weekly, need("n0", category="pets"))
    assert [p.occurrence for p in found.items] == [
        MONDAY + k * dt.timedelta(weeks=1) for k in range(5)
    ]
    assert [g.need for g in found.gaps] == ["n0"]
    assert found.plan_for("n1") is found.items[0]
    assert found.plan_for("n9") is found.gap_for("n9") is None


def test_the_table_of_plans_has_one_row_per_leg():
    """With the columns of the format, as text."""
    car = talent("t2", "p2", "ride")
    found = run(LADY, person("p2"), car, activity("a1", area="south"), need("n1", category="meal"))
    table = found.plans
    assert list(table.columns) == list(PLAN_COLUMNS)
    assert table["leg"].tolist() == ["ride_out", "activity", "ride_back"]
    assert table["provider"].tolist() == ["p2", "a1", "p2"]
    assert table["occurrence"].nunique() == table["plan"].nunique() == 1
    assert table["why"].str.len().min() > 0


def test_the_table_of_unmet_needs_tells_reason_and_worker():
    """One row per need."""
    table = run(worker("w1"), ASKER, N1).unmet
    assert list(table.columns) == list(UNMET_COLUMNS)
    assert table.loc[0, ["need", "reason", "worker"]].tolist() == ["n1", "no_talent", "w1"]


def test_the_summary_holds_nothing_personal():
    """Counts only."""
    found = run(*SMALL, need("n2", category="pets"))
    assert repr(found) == "<Proposals 2026-W48: 1 proposed, 1 unmet>"


def test_safety_is_set_apart_and_in_no_result():
    """The record is there for the named worker alone."""
    found = run(
        worker("w1"), *PAIR, need("n1", category="violence", worker="w1"), talent("t1", "p2")
    )
    assert (found.items, found.gaps, dict(found.funnels)) == ((), (), {})
    assert "n1" not in {n.need for n in found.hood.needs}
    assert [(r.record, r.worker) for r in found.apart.safety] == [("need:n1", "w1")]


def test_what_is_to_be_looked_at_again_is_told_until_it_is_done():
    """By the end of the week of the run, the oldest first; what is over or closed is not."""
    rows = (
        person("p1", review_on="2026-11-29"),
        person("p2", review_on="2026-11-30"),
        need("n1", review_on="2026-10-01"),
        need("n2", review_on="2026-10-01", closed_on="2026-11-01"),
        kept_apart("p1", "p2", review_on="2026-11-20"),
        kept_apart("p2", "p1", review_on="2026-11-20", until="2026-11-21"),
    )
    assert run(*rows).reviews == ("need:n1", "safeguard:s-p1-p2", "person:p1")


def test_an_arrangement_that_fell_away_is_told():
    """By id."""
    row = arranged("r1", "help", "p2", talent="t1", until="2026-12-03")
    assert run(*SMALL, row).stopped == ("r1",)
    assert run(*SMALL, arranged("r1", "help", "p2", talent="t1")).stopped == ()


# --- continuity -------------------------------------------------------------------------------


def helped_by(found):
    """Return who helps with n1."""
    return gives(found)["help"]


def test_a_plan_that_was_proposed_stays_over_one_that_is_as_good():
    """Whichever of them it was: without an answer nobody is exchanged."""
    for at in range(4):
        others = [f"h{k}" for k in range(4) if k != at]
        alone = [r for r in ALIKE if getattr(r, "person", getattr(r, "owner", None)) not in others]
        before = plan(run(*alone))
        found = run(*ALIKE, kept=[before.plan])
        assert plan(found).plan == before.plan
        assert found.certificate.objective["continuity"] > 0


def test_a_plan_that_was_proposed_goes_before_a_better_fit():
    """Continuity is above fit."""
    before = plan(run(*PAIR, T1, N1))
    better = person("p3", languages="nl"), talent("t3", "p3")
    asker = person("p1", languages="nl")
    new = (asker, person("p2"), T1, *better, N1)
    assert helped_by(run(*new)) == "p3"
    assert helped_by(run(*new, kept=[before.plan])) == "p2"


def test_a_plan_that_was_proposed_gives_way_to_a_lower_step():
    """The ladder is above continuity."""
    before = plan(run(*PAIR, T1, N1))
    friend = person("p3"), tie("p1", "p3"), talent("t3", "p3")
    assert helped_by(run(*PAIR, T1, *friend, N1, kept=[before.plan])) == "p3"


def test_a_plan_that_was_proposed_gives_way_to_one_need_more():
    """What is met goes first: p2 is the only one for n4."""
    week = Policy(horizon_weeks=1)
    before = plan(run(*PAIR, T1, N1, policy=week))
    assert before.legs[0].provider == "p2"
    other = person("p3"), talent("t3", "p3", max_km=0.5)
    far = person("p4"), need("n4", "p4", not_known="yes"), tie("p3", "p4")
    found = run(*PAIR, T1, N1, *other, *far, policy=week, kept=[before.plan])
    assert (gives(found, "n4"), gives(found, "n1")) == ({"help": "p2"}, {"help": "p3"})


def test_a_driver_is_kept_as_well():
    """Each leg that stays counts."""
    drivers = [person(f"h{k}", area=None) for k in range(3)]
    cars = [talent(f"t{k}", f"h{k}", "ride") for k in range(3)]
    evening = LADY, activity("a1", area="south"), need("n1", category="meal")
    for at in range(3):
        before = plan(run(*evening, drivers[at], cars[at]))
        found = run(*evening, *drivers, *cars, kept=[before.plan])
        assert plan(found).plan == before.plan


def test_ids_of_plans_that_are_no_longer_possible_are_passed_over():
    """A plan of last week, of another need, or no id at all."""
    first = run(*SMALL)
    odd = ["n1-aaaaaaaa-20261116", "n9-xumke4pt-20261123", "", "n1-"]
    again = run(*SMALL, kept=odd)
    assert again.items == first.items
    assert again.certificate.objective["continuity"] == 0


# --- decisions --------------------------------------------------------------------------------


@pytest.fixture(name="agreed")
def _agreed():
    """Return the id of a plan that p2 helps p1 on Monday."""
    return plan(run(*SMALL)).plan


FRIEND = person("p3"), tie("p1", "p3", strength=3), talent("t3", "p3")


def test_what_somebody_decided_to_do_stays_when_something_better_appears(agreed):
    """Also a lower step, and also a need more."""
    do = decided(agreed, "do")
    found = run(*SMALL, *FRIEND, do)
    # a friend holds back the neighbour's step, but what was agreed is agreed
    assert helped_by(run(*SMALL, *FRIEND)) == "p3"
    assert helped_by(found) == "p2"
    assert plan(found).status is PlanStatus.PINNED
    more = person("p4"), need("n4", "p4", urgency=5, since="2026-06-01")
    week = Policy(horizon_weeks=1)
    taken = run(*SMALL, *more, do, policy=week)
    assert [p.need for p in taken.items] == ["n1"]


def test_what_was_decided_and_is_no_longer_possible_is_told(agreed):
    """The run goes on without it: two were promised the same hour of one helper."""
    second = person("p3"), need("n3", "p3")
    other = plan(run(person("p2"), T1, *second), "n3").plan
    both = decided(agreed, "do"), decided(other, "do")
    found = run(*SMALL, *second, *both)
    assert found.certificate.status == "optimal"
    kept = [p.plan for p in found.items if p.status is PlanStatus.PINNED]
    assert [*kept, *found.certificate.notes] == [agreed, other]
    assert {p.need for p in found.items} == {"n1", "n3"}  # the other gets another week


def test_one_promise_that_clashes_frees_no_other(agreed):
    """A promise that has nothing to do with it is kept, and only what is not kept is told."""
    second = person("p3"), need("n3", "p3")
    other = plan(run(person("p2"), T1, *second), "n3").plan
    pets = person("p5"), need("n5", "p5", "pets"), person("p6"), talent("t6", "p6", "pets")
    third = plan(run(*pets), "n5").plan
    better = person("p7"), tie("p5", "p7"), talent("t7", "p7", "pets")
    words = [decided(name, "do") for name in (agreed, other, third)]
    found = run(*SMALL, *second, *pets, *better, *words)
    assert gives(found, "n5") == {"help": "p6"}
    kept = {p.plan for p in found.items if p.status is PlanStatus.PINNED}
    assert third in kept
    assert set(found.certificate.notes) == {agreed, other, third} - kept


def test_what_was_decided_is_kept_when_there_is_no_time_to_search():
    """What else there is may be missed; a promise is not."""
    first = run(*CONTENDED).items[0]
    found = run(*CONTENDED, decided(first.plan, "do", need=first.need), time_limit=1e-9)
    assert plan(found, first.need).plan == first.plan
    assert plan(found, first.need).status is PlanStatus.PINNED
    assert found.certificate.notes == ()


def test_what_was_decided_is_kept_among_many(agreed):
    """Also where only a few candidates are weighed."""
    later = agreed.replace("20261123", "20261221")
    few = Policy(solver=SolverLimits(options_per_need=1))
    assert plan(run(*SMALL, decided(later, "do"), policy=few)).plan == later


def test_a_decision_about_somebody_who_left_is_told(agreed):
    """The plan is nowhere among the candidates any more: it is not forgotten in silence."""
    gone = person("p2", until="2026-11-01")
    found = run(ASKER, gone, T1, N1, decided(agreed, "do"))
    assert reason(found) == "ended"
    assert agreed in found.certificate.notes


@pytest.mark.parametrize(
    ("word", "weeks", "again"),
    [("no_more", 1, False), ("no_more", 25, False), ("no_more", 26, True), ("not_now", 3, False),
     ("not_now", 4, True)],
)  # fmt: skip
def test_who_said_no_is_not_asked_again_for_a_while(agreed, word, weeks, again):
    """Half a year; four weeks after `not_now`."""
    said = decided(agreed, word, provider="p2", date=MONDAY)
    week = str(Week.parse(WEEK) + weeks)
    found = run(*SMALL, said, week=week)
    assert (len(found.items) == 1) is again
    if not again:
        assert reason(found) == "not_possible_here"


@pytest.mark.parametrize("word", ["no_more", "not_now"])
def test_a_date_that_was_given_with_the_no_decides(agreed, word):
    """Up to and including that day."""
    said = decided(agreed, word, provider="p2", date=MONDAY, until="2027-02-01")
    for week, again in (("2027-W05", False), ("2027-W06", True)):
        assert (len(run(*SMALL, said, week=week).items) == 1) is again


def test_after_a_no_somebody_else_is_asked(agreed):
    """The next best."""
    other = person("p3"), talent("t3", "p3")
    found = run(*SMALL, *other, decided(agreed, "no_more", provider="p2"))
    assert helped_by(found) == "p3"


def test_what_was_done_is_not_asked_again(agreed):
    """The need is met."""
    found = run(*SMALL, decided(agreed, "done"))
    assert (found.items, found.gaps) == ((), ())


def test_the_plan_of_a_week_is_found_back_by_its_id_in_a_later_run(agreed):
    """A decision about a date further on still pins that date."""
    later = agreed.replace("20261123", "20261207")
    found = run(*SMALL, decided(later, "do"))
    assert plan(found).plan == later
    assert plan(found).status is PlanStatus.PINNED


# --- the same everywhere ----------------------------------------------------------------------


def test_proposals_of_the_public_name_are_these():
    """One function under one name."""
    assert assetmap.propose is propose
    found = run(*SMALL)
    assert isinstance(found, assetmap.Proposals)
    assert replace(found).items == found.items


def test_standing_pinned_and_new_plans_are_told_apart(agreed):
    """In one list."""
    row = arranged("r1", "help", "p4", need="n4", talent="t4")
    fourth = person("p4"), talent("t4", "p4"), need("n4", "p3"), person("p3")
    pets = need("n5", category="pets"), talent("t5", "p3", "pets")
    found = run(*SMALL, *fourth, *pets, row, decided(agreed, "do"))
    status = {p.need: p.status.value for p in found.items}
    assert status == {"n1": "pinned", "n4": "standing", "n5": "proposed"}
    assert repr(found) == "<Proposals 2026-W48: 1 proposed, 1 standing, 1 pinned, 0 unmet>"


def test_an_initiative_is_helped_as_people_are():
    """Somebody for the garden, a room for the meeting."""
    club = initiative("i1")
    asks = need("n1", "i1", "garden"), need("n2", "i1", "space")
    hall = place("h1", space_for="meeting")
    found = run(*PAIR, club, hall, talent("t1", "p2", "garden"), *asks)
    assert gives(found, "n1") == {"help": "p2"}
    assert gives(found, "n2") == {"place": "h1"}


MONDAY_MORNING = (
    person("p1"),
    person("p2"),
    person("p3"),
    talent("t1", "p3", per_week=2, available="Mon 08:30-11:00", until=dt.date(2026, 11, 29)),
    need("n1", "p1", when="Mon 09:00-10:30"),
)
EARLY = {"when": "Mon 08:30-09:45"}


def test_two_who_fit_one_after_the_other_are_both_helped():
    """The one begins when the window opens, the other ends when it closes."""
    found = propose(hood(*MONDAY_MORNING, need("n2", "p2", **EARLY)), WEEK)
    begins = {p.need: p.occurrence.time() for p in found.items}
    assert begins == {"n1": dt.time(9, 30), "n2": dt.time(8, 30)}
    assert found.certificate.considered == "times"


def test_help_begins_when_what_stands_is_over():
    """Beside a standing hour there is room after it, and the checker agrees."""
    rows = [need("n2", "p2", rrule="elke maandag", **EARLY)]
    rows.append(arranged("r1", "help", "p3", talent="t1", need="n2", since=dt.date(2026, 1, 5)))
    found = propose(hood(*MONDAY_MORNING, *rows), WEEK)
    assert found.plan_for("n1").occurrence == dt.datetime(2026, 11, 23, 9, 30)
    assert faults(found) == []
