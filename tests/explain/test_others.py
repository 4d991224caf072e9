"""Alternatives and reserves are possible beside everything else, and come best first."""

from __future__ import annotations

import dataclasses
from itertools import islice

import pytest
from hypothesis import HealthCheck, given, settings

import assetmap
from assetmap import Neighbourhood, Proposals
from assetmap.audit import faults
from assetmap.errors import UnknownName, UnusableInput
from assetmap.explain import alternatives, reserves
from assetmap.model import Level
from assetmap.plans import Beside, PlanStatus
from assetmap.solvers import Status, check
from tests.plans.small import WEEK, activity, arranged, need, person, run, talent, tie
from tests.strategies import neighbourhoods, outings

SHOPS = [person(p) for p in ("p1", "p2", "p3", "p4")]
THREE = [talent("t2", "p2"), talent("t3", "p3"), talent("t4", "p4")]
LADY = person("p1", area="north", walks_m=100)
EVENING = activity("a1", area="south")
CARS = [
    talent("t2", "p2", "ride", seats=2, going_to="a1"),
    talent("t3", "p3", "ride", seats=2, going_to="a1"),
]


def swapped(proposals: Proposals, old: str, new: assetmap.plans.Plan) -> Proposals:
    """Put one plan in the place of another; nothing is claimed to be best any more."""
    items = tuple(new if p.plan == old else p for p in proposals.items)
    proof = dataclasses.replace(proposals.certificate, status=Status.FEASIBLE)
    return dataclasses.replace(proposals, items=items, certificate=proof)


def traded(proposals: Proposals) -> list[assetmap.plans.Plan]:
    return [p for p in proposals.items if p.status is not PlanStatus.STANDING]


def assert_possible(proposals: Proposals) -> None:
    """Every alternative and reserve of every plan holds beside all the others."""
    for item in traded(proposals):
        found = list(alternatives(proposals, item.need, k=4, plan=item.plan))
        found += [o for r in reserves(proposals, item.plan, k=2) for o in r.others]
        for other in found:
            assert other.plan.plan != item.plan
            assert other.plan.need == item.need
            assert faults(swapped(proposals, item.plan, other.plan)) == []


@settings(suppress_health_check=list(HealthCheck), max_examples=25)
@given(neighbourhoods())
def test_every_alternative_is_possible_beside_the_others(hood: Neighbourhood) -> None:
    """The independent checker finds no fault when one is put in the place of what is proposed."""
    assert_possible(assetmap.propose(hood, WEEK))


@settings(suppress_health_check=list(HealthCheck), max_examples=15)
@given(outings())
def test_every_other_ride_is_possible_beside_the_others(hood: Neighbourhood) -> None:
    """The same where everybody needs a ride and few drive."""
    assert_possible(assetmap.propose(hood, WEEK))


@settings(suppress_health_check=list(HealthCheck), max_examples=20)
@given(outings())
def test_the_numbers_hold_and_the_best_comes_first(hood: Neighbourhood) -> None:
    """Checked as numbers: each whole run is feasible and worth what is told, the best first."""
    proposals = assetmap.propose(hood, WEEK)
    worked = proposals.worked
    assert worked is not None
    before = worked.solution.objective
    for ask in worked.working.opened.asks if worked.solution.chosen is not None else ():
        for slot in ask.slots:
            beside = Beside(worked.encoded, worked.solution, (ask.id, slot.index))
            costs = []
            for other in islice(beside.others(), 4):
                assert check(worked.solution.problem, other.plan) == []
                after = other.plan.objective
                assert before is not None
                assert after is not None
                assert other.cost == tuple(b - a for b, a in zip(before, after, strict=True))
                costs.append(other.cost)
            assert costs == sorted(costs)
            if proposals.certificate.status is Status.OPTIMAL:
                assert all(cost >= (0,) * len(cost) for cost in costs)


def test_nothing_is_left_out() -> None:
    """Whoever could do it on any day of the week comes up, each once a day."""
    proposals = run(*SHOPS, *THREE, need("n1", when="Mon 09:00-10:00"))
    now = proposals.plan_for("n1")
    assert now is not None
    others = [a.plan for a in alternatives(proposals, "n1", k=99)]
    ways = {(p.legs[0].provider, p.occurrence) for p in (now, *others)}
    assert len(others) + 1 == len(ways) == 3 * 5  # three people, five Mondays


def test_another_driver_comes_before_the_same_plan_on_a_later_day() -> None:
    """A driver cancels: the other one is named first, then the same evening a week later."""
    weekly = activity("a1", area="south", rrule="FREQ=WEEKLY")
    rows = (LADY, person("p2", area="south"), person("p3", area="south"), weekly, *CARS)
    proposals = run(*rows, need("n1", category="meal"))
    now = proposals.items[0]
    told = [a.plan for a in alternatives(proposals, "n1", k=99)]
    ways = [tuple(leg.provider for leg in p.legs) for p in (now, *told)]
    different = list(dict.fromkeys(ways))
    assert len(different) == 4
    assert ways[: len(different)] == different
    assert {p.occurrence for p in told[:3]} == {now.occurrence}
    assert len({(way, p.occurrence) for way, p in zip(ways, (now, *told), strict=True)}) == 4 * 5
    assert len(ways) == 4 * 5


def test_it_tells_on_which_level_it_is_worse() -> None:
    """A friend comes first on the ladder; whoever comes next stands a step further away."""
    proposals = run(*SHOPS[:3], *THREE[:2], tie("p1", "p2"), need("n1", when="Mon 09:00-10:00"))
    told = alternatives(proposals, "n1", k=9, language="en")
    further = [a for a in told if a.plan.legs[0].provider == "p3"]
    assert proposals.plan_for("n1").legs[0].provider == "p2"  # type: ignore[union-attr]
    assert {a.differs for a in further} <= {Level.LADDER}
    assert all(a.cost["ladder"] > 0 for a in further)
    assert all("a step further away" in str(a) for a in further)


def test_who_can_step_in_for_a_driver() -> None:
    """The other car brings her, the rest of her evening stays as it is."""
    proposals = run(
        LADY,
        person("p2", area="south"),
        person("p3", area="south"),
        EVENING,
        *CARS,
        need("n1", category="meal"),
    )
    plan = proposals.items[0]
    found = {r.leg.value: r for r in reserves(proposals, plan.plan)}
    assert set(found) == {"ride_out", "ride_back"}
    for leg, other in (("ride_out", "ride_back"), ("ride_back", "ride_out")):
        (instead,) = found[leg].others
        assert {found[leg].provider, instead.plan.leg(leg).provider} == {"p2", "p3"}  # type: ignore[union-attr]
        assert instead.plan.leg(other) == plan.leg(other)


def test_what_stands_is_not_traded() -> None:
    """For a confirmed arrangement there are no alternatives; it is not weighed again."""
    proposals = run(
        *SHOPS, *THREE, need("n1", rrule="elke maandag"), arranged("r1", "help", "p2", talent="t2")
    )
    assert {p.status for p in proposals.items} == {PlanStatus.STANDING}
    assert alternatives(proposals, "n1") == ()
    assert reserves(proposals, proposals.items[0].plan) == ()


def test_a_need_without_a_plan_has_none_when_the_search_was_finished() -> None:
    """Nothing that could be had for nothing was overlooked."""
    proposals = run(*SHOPS[:1], need("n1"))
    assert alternatives(proposals, "n1") == ()


def test_what_does_not_exist_is_told() -> None:
    """An unknown need, an unknown plan, and less than none of them."""
    proposals = run(*SHOPS, *THREE, need("n1"))
    with pytest.raises(UnknownName, match="did you mean 'n1'"):
        alternatives(proposals, "n11")
    with pytest.raises(UnusableInput, match="no plan 'n1-x'"):
        alternatives(proposals, "n1", plan="n1-x")
    with pytest.raises(UnusableInput, match="There is no plan"):
        reserves(proposals, "n1-x")
    with pytest.raises(UnusableInput, match="k is -1"):
        alternatives(proposals, "n1", k=-1)
    with pytest.raises(UnusableInput, match="do not hold their working"):
        alternatives(dataclasses.replace(proposals, worked=None), "n1")
