"""What a plan names as its provider can be decided on and arranged, also without a party."""

from __future__ import annotations

from pathlib import Path

import pytest

import assetmap
from assetmap import audit
from assetmap.model import Activity, Arrangement, Decision, Initiative, Leg, Need, Neighbourhood
from assetmap.plans import PlanStatus
from assetmap.tables import starter
from tests.plans.small import ASKER, WEEK, activity, arranged, initiative, need, place, run

MEAL = need("n1", category="meal")
ROOM = (initiative("i1"), place("hall", space_for="space"), need("n1", "i1", "space"))


def no_more(provider: str) -> Decision:
    return Decision(
        plan="n1-z", need="n1", provider=provider, date="2026-11-20", decision="no_more"
    )


@pytest.mark.parametrize("written", ["x", "activity:x", "Eetcafé"])
def test_a_seat_at_an_activity_of_nobody_can_stand(written):
    """By id, with its kind, or by name; what it is a seat at need not be written twice."""
    hall = activity("x", rrule="FREQ=WEEKLY").replace(name="Eetcafé")
    found = run(ASKER, hall, MEAL, arranged("q", "activity", written))
    (plan,) = found.items[:1]
    assert plan.status is PlanStatus.STANDING
    assert [(leg.leg, leg.provider, leg.activity) for leg in plan.legs] == [
        (Leg.ACTIVITY, "x", "x")
    ]
    assert found.gaps == ()
    assert audit.faults(found) == []


def test_the_activity_that_was_turned_down_is_not_proposed_again_and_another_is():
    """Also where an initiative runs it and somebody named the activity."""
    hosted = (initiative("i1"), activity("x", initiative="i1"))
    for offers in ((activity("x"),), hosted):
        alone = run(ASKER, *offers, MEAL, no_more("x"))
        assert [g.reason.value for g in alone.gaps] == ["not_possible_here"]
        both = run(ASKER, *offers, activity("y"), MEAL, no_more("x"))
        assert [leg.activity for leg in both.items[0].legs] == ["y"]
        assert audit.faults(alone) == audit.faults(both) == []


def test_a_seat_that_was_given_up_says_nothing_of_another_activity():
    """Who stopped at one activity may be proposed another one."""
    other = activity("y", start="2026-11-26 18:00")
    found = run(
        ASKER,
        activity("x"),
        other,
        need("n1", category="meal", rrule="FREQ=WEEKLY"),
        arranged("q", "activity", "x", until="2026-10-30"),
    )
    assert audit.faults(found) == []


def test_a_place_can_stand_and_be_turned_down():
    """A room that lends itself is its own provider."""
    proposed = run(*ROOM)
    assert [leg.provider for leg in proposed.items[0].legs] == ["hall"]
    stands = run(*ROOM, arranged("q", "place", "hall"))
    assert stands.items[0].status is PlanStatus.STANDING
    refused = run(*ROOM, no_more("hall"))
    assert [g.reason.value for g in refused.gaps] == ["not_possible_here"]
    assert audit.faults(stands) == audit.faults(refused) == []


def test_an_initiative_goes_before_an_activity_of_the_same_name():
    """Names of activities only count where no party has them, so nothing gets ambiguous."""
    hood = Neighbourhood.from_records(
        ASKER,
        Initiative(initiative="i1", name="Eetcafé"),
        Activity(activity="x", name="Eetcafé", category="meal", start="2026-11-27 18:00"),
        Need(need="n1", owner="p1", category="meal"),
        no_more("eetcafé"),
        Arrangement(arrangement="q", need="n1", leg="activity", provider="Eetcafé"),
    )
    assert hood.decisions[0].provider == hood.arrangements[0].provider == "i1"


def test_the_plans_of_the_starter_come_back_as_decisions_and_arrangements(tmp_path: Path):
    """Rows of plans.csv, copied as they are, are accepted and understood."""
    starter(tmp_path)
    plans = assetmap.propose(assetmap.read(tmp_path), WEEK).plans.fillna("")
    assert "activity" in set(plans["leg"])
    assert set(plans.loc[plans["leg"] == "activity", "provider"]) <= {"a1", "a2"}
    decisions = plans[["plan", "need", "provider"]].assign(date="2026-11-24", decision="do")
    decisions.to_csv(tmp_path / "decisions.csv", index=False)
    decided = assetmap.propose(assetmap.read(tmp_path), WEEK)
    assert {p.status for p in decided.items} == {PlanStatus.PINNED}
    assert {p.plan for p in decided.items} == set(plans["plan"])
    (tmp_path / "decisions.csv").unlink()
    once = plans.drop_duplicates(["need", "leg"])[["need", "leg", "provider", "talent", "activity"]]
    once.to_csv(tmp_path / "arrangements.csv", index=False)
    standing = assetmap.propose(assetmap.read(tmp_path), WEEK)
    told = {(p.need, leg.leg.value, leg.provider) for p in standing.items for leg in p.legs}
    assert {p.status for p in standing.items} == {PlanStatus.STANDING}
    assert told >= set(zip(once["need"], once["leg"], once["provider"], strict=True))
    assert audit.faults(decided) == audit.faults(standing) == []
