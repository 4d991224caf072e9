"""Several wishes of one person that one evening answers."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from assetmap import explain
from assetmap.audit import faults
from assetmap.model import Area, Place, Policy
from tests.plans.small import (
    FRIDAY,
    activity,
    decided,
    gives,
    kept_apart,
    need,
    person,
    plan,
    run,
    talent,
)

LADY = person("p1", area="north", walks_m=100, called="Ans")
EVENING = activity("a1", area="south", capacity=1)
WISHES = need("n1", category="meal"), need("n2", category="company")
CAR = person("p2", area="south"), talent("t2", "p2", "ride", seats=1, per_week=1)
WEEK = Policy(horizon_weeks=1)


def test_one_evening_answers_both_with_one_seat_and_one_ride():
    """One seat at the table, one in the car, one plan of the driver: and both have a plan."""
    found = run(LADY, EVENING, *WISHES, *CAR, policy=WEEK)
    assert found.gaps == ()
    legs = {"ride_out": "p2", "activity": "a1", "ride_back": "p2"}
    assert gives(found, "n1") == gives(found, "n2") == legs
    assert plan(found, "n1").also_answers == ("n2",)
    assert plan(found, "n2").also_answers == ("n1",)
    assert faults(found) == []


def test_the_seat_that_is_not_taken_twice_is_for_somebody_else():
    """Two seats at the table are for two people, though three questions are asked."""
    other = person("p3", area="south"), need("n3", "p3", "meal")
    found = run(LADY, activity("a1", area="south", capacity=2), *WISHES, *CAR, *other, policy=WEEK)
    assert found.gaps == ()
    assert plan(found, "n3").also_answers == ()
    assert faults(found) == []


def test_two_drivers_never_bring_one_person_both():
    """Each could: it is the same one for both questions."""
    cars = person("p3", area="south"), talent("t3", "p3", "ride", seats=1, per_week=1)
    found = run(LADY, EVENING, *WISHES, *CAR, *cars, policy=WEEK)
    assert found.gaps == ()
    assert gives(found, "n1") == gives(found, "n2")
    assert faults(found) == []


@pytest.mark.parametrize("wish", [{"max_km": "0.1"}, {"fee_max_eur": "1"}, {"setting": "quiet"}])
def test_what_the_one_question_rules_out_is_not_given_to_it_by_way_of_the_other(wish):
    """The rules of both hold: the evening answers the first question alone."""
    there = activity("a1", area="south", fee_eur="5")
    quiet = {"place": "h1"} if "setting" in wish else {}
    areas = Area(area="north", adjacent=("south",)), Area(area="south")
    hall = Place(place="h1", area="south", quiet="no")
    evening = type(there).model_validate({**dict(there), **quiet})
    asked = WISHES[0], need("n2", category="company", **wish)
    found = run(LADY, evening, *asked, *CAR, *areas, hall, policy=WEEK)
    assert [p.need for p in found.items] == ["n1"]
    assert plan(found, "n1").also_answers == ()
    assert faults(found) == []


def test_a_driver_whom_one_of_the_questions_turned_down_brings_for_neither():
    """Then another driver does, or the second question is told as unmet."""
    no = decided("n2-x-20261118", "no_more", provider="p2")
    alone = run(LADY, EVENING, *WISHES, *CAR, no, policy=WEEK)
    assert [p.need for p in alone.items] == ["n1"]
    assert faults(alone) == []
    cars = person("p3", area="south"), talent("t3", "p3", "ride", seats=1, per_week=1)
    both = run(LADY, EVENING, *WISHES, *CAR, *cars, no, policy=WEEK)
    assert gives(both, "n1")["ride_out"] == gives(both, "n2")["ride_out"] == "p3"
    assert faults(both) == []


def test_what_was_decided_about_both_is_kept():
    """Two promises for one evening do not contradict each other."""
    first = run(LADY, EVENING, *WISHES, *CAR, policy=WEEK)
    said = [decided(p.plan, "do", need=p.need) for p in first.items]
    again = run(LADY, EVENING, *WISHES, *CAR, *said, policy=WEEK)
    assert [p.plan for p in again.items] == [p.plan for p in first.items]
    assert {p.status for p in again.items} == {"pinned"}
    assert again.certificate.notes == ()
    assert faults(again) == []


def test_the_asker_is_still_kept_from_others():
    """Two plans of one visit bring one person: the other stays away, both plans stand."""
    other = person("p3", area="south"), need("n3", "p3", "meal", urgency=1)
    wide = activity("a1", area="south", capacity=5)
    found = run(LADY, wide, *WISHES, *CAR, *other, kept_apart("p3", "p1"), policy=WEEK)
    assert {p.need for p in found.items} == {"n1", "n2"}
    assert faults(found) == []


def test_another_evening_is_no_part_of_it():
    """Two activities at the same hour: one of them, for both."""
    elsewhere = activity("a2", "meal", area="north", capacity=1)
    found = run(person("p1"), activity("a1", capacity=1), elsewhere, *WISHES, policy=WEEK)
    places = {part.activity for p in found.items for part in p.legs}
    assert found.gaps == ()
    assert len(places) == 1
    assert faults(found) == []


def test_it_is_told_in_both_languages():
    """With what else it answers; but not what is for few ears."""
    found = run(LADY, EVENING, *WISHES, *CAR, policy=WEEK)
    name = explain.called(found.hood)
    dutch = str(explain.why(found, "n1", language="nl", name=name))
    assert "Met dezelfde keer is ook een andere vraag van Ans beantwoord: " in dutch
    english = str(explain.why(found, "n2", language="en", name=name))
    assert "The same visit also answers another question of Ans: " in english


def test_each_week_is_a_visit_of_its_own():
    """Both questions come back weekly, and so does the evening."""
    weekly = activity("a1", rrule="FREQ=WEEKLY", capacity=1)
    both = [
        need(n, category=c, rrule="FREQ=WEEKLY") for n, c in (("n1", "meal"), ("n2", "company"))
    ]
    found = run(person("p1"), weekly, *both, policy=Policy(horizon_weeks=2))
    assert [p.occurrence for p in found.items] == [FRIDAY, FRIDAY + dt.timedelta(weeks=1)] * 2
    assert faults(found) == []


def test_a_driver_who_cancels_is_replaced_for_both():
    """Another brings her there for the meal and the company alike, without a new run."""
    cars = person("p3", area="south"), talent("t3", "p3", "ride", seats=1, per_week=1)
    found = run(LADY, EVENING, *WISHES, *CAR, *cars, policy=WEEK)
    (driver,) = {part.provider for part in plan(found).legs if part.leg == "ride_out"}
    back = plan(found).leg("ride_back")
    for name in ("n1", "n2"):
        reserve = explain.reserves(found, plan(found, name).plan)
        out = next(r for r in reserve if r.leg == "ride_out")
        others = {o.plan.leg("ride_out").provider for o in out.others}
        assert others == {"p2", "p3"} - {driver}
        assert {o.plan.leg("ride_back").provider for o in out.others} == {back.provider}


@pytest.mark.parametrize("told", [(), ("n3",)])
def test_what_is_told_wrongly_is_found(told):
    """The audit looks up which plans are for one visit."""
    found = run(LADY, EVENING, *WISHES, *CAR, policy=WEEK)
    items = tuple(dataclasses.replace(p, also_answers=told) for p in found.items)
    assert any("told wrongly" in f for f in faults(dataclasses.replace(found, items=items)))
