"""An asker who said no to sharing is made known to nobody new."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assetmap import audit
from tests.plans.small import (
    HELPER,
    activity,
    arranged,
    gives,
    initiative,
    need,
    person,
    reason,
    run,
    talent,
    tie,
    worker,
)

SHY = person("p1", share="no", worker="w1", ground=None)
WORKER = worker("w1")
N1, MEAL = need("n1"), need("n1", category="meal")


@pytest.mark.parametrize(
    "offers",
    [
        (N1, HELPER, talent("t1", "p2")),
        (N1, worker("w2"), talent("t1", "w2")),
        (N1, initiative("i1"), talent("t1", "i1")),
        (MEAL, activity("a1")),
        (MEAL, initiative("i1"), activity("a1", initiative="i1")),
    ],
)
def test_nobody_outside_is_proposed_and_the_answer_is_the_neutral_one(offers):
    """Not a neighbour, nor another worker, an initiative or a seat at an activity."""
    found = run(SHY, WORKER, *offers)
    assert reason(found) == "not_possible_here"
    assert found.funnels["n1"].removed == (("not_possible_here", 1),)
    assert audit.faults(found) == []
    open_to = run(SHY.replace(share="team"), WORKER, *offers)
    assert open_to.plan_for("n1") is not None


def test_no_colleague_is_counted_for_somebody_who_is_not_told_about():
    """Asking a colleague would tell who asks."""
    away = (worker("w2", team="south"), person("p2", share="team", worker="w2"))
    found = run(SHY, worker("w1", team="north"), *away, N1, talent("t1", "p2"))
    assert found.funnels["n1"].colleagues == 0


def test_the_own_network_and_the_own_worker_stay():
    """They know already who asks."""
    friend = run(SHY, WORKER, HELPER, tie("p1", "p2"), N1, talent("t1", "p2"))
    assert gives(friend) == {"help": "p2"}
    own = run(SHY, WORKER, N1, talent("t1", "w1"))
    assert gives(own) == {"help": "w1"}
    held = run(SHY, WORKER, worker("w2"), need("n1", worker="w2"), talent("t1", "w2"))
    assert gives(held) == {"help": "w2"}
    for found in (friend, own, held):
        assert audit.faults(found) == []


def test_what_was_arranged_goes_on_and_is_mended_where_they_are_expected():
    """A standing seat stays; when the driver stops, the same activity is asked again."""
    meals = activity("a1", rrule="FREQ=WEEKLY")
    seat = arranged("q", "activity", "a1", activity="a1")
    found = run(SHY, WORKER, MEAL, meals, seat)
    assert {p.status.value for p in found.items} == {"standing"}
    rides = [
        arranged(leg, leg, "p2", talent="t1", activity="a1", until="2026-11-20")
        for leg in ("ride_out", "ride_back")
    ]
    friends = (HELPER, person("p3"), tie("p1", "p3"))
    cars = (talent("t1", "p2", "ride", seats=1), talent("t2", "p3", "ride", seats=1))
    mended = run(SHY, WORKER, MEAL, meals, seat, *rides, *friends, *cars)
    assert gives_first(mended) == {"ride_out": "p3", "activity": "a1", "ride_back": "p3"}
    assert audit.faults(found) == audit.faults(mended) == []


def gives_first(found):
    return {leg.leg.value: leg.provider for leg in found.items[0].legs}


def test_the_audit_finds_it_by_itself():
    """A plan for whoever now says no is a fault of the clause about sharing."""
    open_to = run(SHY.replace(share="yes"), WORKER, HELPER, N1, talent("t1", "p2"))
    people = tuple(p.replace(share="no") if p.person == "p1" else p for p in open_to.hood.people)
    faults = audit.faults(replace(open_to, hood=replace(open_to.hood, people=people)))
    assert any("sharing" in fault for fault in faults)
