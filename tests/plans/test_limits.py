"""How much somebody gives in a week."""

from __future__ import annotations

import pytest

from assetmap.model import Membership, Organisation, Policy, Purpose, TeamHours
from assetmap.plans.limits import (
    NO_LIMIT,
    minutes_left,
    own_limits,
    own_minutes_left,
    plans_left,
    seats_of,
)
from assetmap.plans.standing import Busy
from tests.plans.small import PAIR, activity, initiative, offer, scene, talent


@pytest.mark.parametrize(("seats", "free"), [(3, 3), (0, 0), (None, 1)])
def test_an_unknown_number_of_seats_is_read_as_one(seats, free):
    """Zero is none."""
    assert seats_of(offer(scene(*PAIR, talent("t1", "p2", "ride", seats=seats)))) == free


@pytest.mark.parametrize(
    ("cells", "plans"),
    [
        ({}, 1),
        ({"per_week": 3}, 3),
        ({"per_week": 0}, 0),
        ({"hours_week": 4}, NO_LIMIT),
        ({"hours_week": 4, "per_week": 2}, 2),
    ],
)
def test_plans_a_week_are_what_somebody_says_else_one(cells, plans):
    """Who names hours instead is held to the hours."""
    at = scene(*PAIR, talent("t1", "p2", **cells))
    assert plans_left(at, offer(at), 0, Busy()) == plans


def test_plans_a_week_of_who_says_nothing_is_the_teams_choice():
    """And of a party that says nothing there is no limit."""
    at = scene(*PAIR, talent("t1", "p2"), policy=Policy(default_per_week=2))
    assert plans_left(at, offer(at), 0, Busy()) == 2
    party = scene(Organisation(organisation="o1", name="x"), talent("t1", "o1"), activity("a1"))
    assert plans_left(party, offer(party), 0, Busy()) == NO_LIMIT
    assert plans_left(party, offer(party, "activity:a1"), 0, Busy()) == NO_LIMIT


def test_what_stands_by_arrangement_is_taken_off_in_its_own_week():
    """Never below nothing."""
    at = scene(*PAIR, talent("t1", "p2", per_week=2, hours_week=2))
    busy = Busy()
    busy.plans["t1", 0] = 1
    busy.plans["t1", 1] = 5
    busy.minutes["t1", 0] = 90
    busy.minutes["t1", 1] = 500
    assert [plans_left(at, offer(at), week, busy) for week in range(3)] == [1, 0, 2]
    assert [minutes_left(at, offer(at), week, busy) for week in range(3)] == [30, 0, 120]


@pytest.mark.parametrize(
    ("hours", "hard", "minutes"),
    [(2, True, 120), (0, True, 0), (0.5, True, 30), (None, True, None), (2, False, None)],
)
def test_hours_a_week_bind_where_they_are_named_and_the_team_holds_to_them(hours, hard, minutes):
    """Blank is no limit known."""
    at = scene(*PAIR, talent("t1", "p2", hours_week=hours), policy=Policy(hours_hard=hard))
    assert minutes_left(at, offer(at), 0, Busy()) == minutes


CLUB = initiative("i1")


@pytest.mark.parametrize(
    ("role", "hard", "minutes"),
    [
        ("volunteer", True, 120),
        ("professional", True, 120),
        ("neighbour", True, None),
        ("volunteer", False, None),
    ],
)
def test_hours_agreed_as_a_member_hold_for_all_that_is_given_as_a_volunteer(role, hard, minutes):
    """What neighbours do for each other is not counted in hours of the club."""
    member = Membership(member="p2", party="i1", hours_week=2)
    gives = talent("t1", "p2", role=role), talent("t2", "p2", "pets", role=role)
    at = scene(*PAIR, CLUB, member, *gives, policy=Policy(hours_hard=hard))
    assert own_minutes_left(at, offer(at), 0, Busy()) == minutes
    if minutes is not None:
        busy = Busy()
        busy.minutes["t2", 0] = 90  # with another talent of theirs
        assert own_minutes_left(at, offer(at), 0, busy) == 30


def test_without_agreed_hours_there_is_no_such_limit():
    """Nor for a party."""
    at = scene(*PAIR, CLUB, talent("t1", "p2", role="volunteer"), talent("t2", "i1"))
    assert own_minutes_left(at, offer(at), 0, Busy()) is None
    assert own_minutes_left(at, offer(at, "talent:t2"), 0, Busy()) is None


MEANT = (
    Membership(member="p2", party="i1", hours_week=1, purpose="cases"),
    Membership(member="p2", party="i1", hours_week=2, purpose="community"),
    Membership(member="p2", party="i1", hours_week=4, purpose="other"),
)


@pytest.mark.parametrize(
    ("written", "purpose", "whole", "own"),
    [
        (None, "cases", 180, 60),
        (None, "community", 180, 120),
        (("cases", 0.5), "cases", 150, 30),
        (("cases", 9), "community", 120, 120),
        (("community", 9), "cases", 60, 60),
        (("other", 9), "cases", 180, 60),
        ((None, 1), "community", 120, 120),
    ],
)
def test_hours_are_kept_for_what_they_are_meant_for(written, purpose, whole, own):
    """Other work is for neither; too much of one takes nothing of the other."""
    rows = []
    if written is not None:
        meant, hours = written
        rows = [TeamHours(week="2026-W48", worker="p2", purpose=meant, hours=hours)]
    at = scene(*PAIR, CLUB, *MEANT, *rows, talent("t1", "p2", role="volunteer"))
    left = own_limits(at, offer(at), 0, Busy(), Purpose(purpose))
    assert list(left.values()) == [whole, own]
    assert own_minutes_left(at, offer(at), 0, Busy(), Purpose(purpose)) == min(whole, own)
    assert max(own_limits(at, offer(at), 1, Busy(), Purpose(purpose)).values()) == 180


def test_a_team_may_use_all_hours_for_anything():
    """Then only their sum counts, and so does all that was written down."""
    row = TeamHours(week="2026-W48", worker="p2", purpose="cases", hours=3)
    either = Policy(purposes_apart=False)
    at = scene(*PAIR, CLUB, *MEANT, row, talent("t1", "p2", role="volunteer"), policy=either)
    assert list(own_limits(at, offer(at), 0, Busy(), Purpose.COMMUNITY).values()) == [240]


def test_what_stands_and_what_was_written_down_are_not_counted_twice():
    """The larger of the two: hours that were written down hold what stood."""
    row = TeamHours(week="2026-W48", worker="p2", purpose="cases", hours=0.5)
    at = scene(*PAIR, CLUB, *MEANT, row, talent("t1", "p2", role="volunteer"))
    for minutes, left in ((15, 30), (45, 15)):
        busy = Busy()
        busy.minutes["t1", 0] = busy.cases["t1", 0] = minutes
        assert own_minutes_left(at, offer(at), 0, busy, Purpose.CASES) == left
