"""What comes of one offer for one need."""

from __future__ import annotations

import datetime as dt

from assetmap.audit import faults
from assetmap.model import Leg
from assetmap.plans.building import Desk
from assetmap.plans.outcome import Doubt
from tests.plans.small import (
    ASKER,
    FRIDAY,
    MONDAY,
    PAIR,
    activity,
    ask,
    decided,
    need,
    offer,
    person,
    run,
    scene,
    supply,
    talent,
)

T1, N1 = talent("t1", "p2"), need("n1")


def tried(*records, key="talent:t1"):
    """Return what comes of an offer for need n1."""
    at = scene(*records)
    return Desk(at, ask(at), supply(at)).tried(offer(at, key), 100)


def test_help_without_hours_is_sketched_for_each_week():
    """One sketch for all of them."""
    (sketch,) = tried(*PAIR, T1, N1).sketches
    assert [time for times in sketch.times.values() for time in times] == [
        (MONDAY + dt.timedelta(weeks=week), None) for week in range(5)
    ]
    assert sketch.hand.doubts == (Doubt.TIME_UNKNOWN, Doubt.NOT_MET_BEFORE)


def test_a_day_that_is_named_is_a_day_on_which_the_giver_is_there():
    """Who is here until Thursday comes on Wednesday and not on Friday, also without an hour."""
    until = talent("t1", "p2", until="2026-11-26", per_week=2)
    asked = need("n1", rrule="FREQ=WEEKLY;BYDAY=WE,FR")
    (sketch,) = tried(*PAIR, until, asked).sketches
    assert [day for times in sketch.times.values() for day, _ in times] == [dt.date(2026, 11, 25)]
    found = run(*PAIR, until, asked)
    assert [plan.occurrence for plan in found.items] == [dt.date(2026, 11, 25)]
    assert faults(found) == []


def test_hours_that_do_not_meet_leave_nothing():
    """No time within reach; that is the rule that is told."""
    mine, theirs = {"when": "Mon 09:00-12:00"}, {"available": "Tue 09:00-12:00"}
    found = tried(*PAIR, talent("t1", "p2", **theirs), need("n1", **mine))
    assert not found.possible
    assert found.rule == "time"


def test_the_furthest_rule_is_remembered():
    """Turned down comes before the time in the order of the funnel, so the time is told."""
    found = tried(*PAIR, T1, N1)
    assert found.rule == "time"
    found.stopped_by("declined")
    assert found.rule == "declined"
    found.stopped_by("hours")
    found.stopped_by("coming")
    assert found.rule == "hours"


def test_plans_that_were_turned_down_as_a_whole_are_not_made():
    """Whatever their date."""
    at = scene(*PAIR, T1, N1)
    desk = Desk(at, ask(at), supply(at))
    (sketch,) = desk.tried(offer(at), 100).sketches
    no = decided(f"n1-{sketch.hand.code}-20261116", "no_more")
    again = tried(*PAIR, T1, N1, no)
    assert not again.possible
    assert again.rule == "declined"


def test_an_activity_gives_a_plan_for_each_of_its_dates():
    """With the seats that are left."""
    weekly = activity("a1", rrule="FREQ=WEEKLY;COUNT=2", capacity=3)
    found = tried(ASKER, weekly, need("n1", category="meal"), key="activity:a1")
    assert [o.start for o in found.options] == [FRIDAY, FRIDAY + dt.timedelta(weeks=1)]
    assert {o.seats_left for o in found.options} == {3}
    assert [p.leg for p in found.options[0].parts] == [Leg.ACTIVITY]


def test_an_appointment_of_either_side_is_kept_free():
    """Who goes to the evening does no shopping meanwhile."""
    helper = person("p2", available="Fri 18:00-21:00")
    goes = talent("t2", "p2", "host", going_to="a1")
    (sketch,) = tried(ASKER, helper, T1, goes, activity("a1"), N1).sketches
    assert [start.hour for start, _ in sketch.times[0]] == [20]
    assert [start.hour for start, _ in sketch.times[1]] == [18, 19, 20]
