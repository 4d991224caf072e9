"""When the giver of a talent could do something, whoever asks."""

from __future__ import annotations

import datetime as dt

from assetmap.model import Policy
from assetmap.plans.diaries import diary
from assetmap.plans.standing import Busy
from tests.plans.small import MONDAY, PAIR, need, offer, person, scene, talent

NOON = dt.datetime(2026, 11, 24, 12)


def of(*records, busy=None, policy=None):
    """Return the diary of talent t1."""
    at = scene(*records, policy=policy)
    return diary(at, offer(at), busy or Busy())


def test_who_has_no_dates_and_no_appointments_is_there_always():
    """All the horizon, for one plan a week."""
    found = of(*PAIR, talent("t1", "p2"))
    assert found.always
    assert not found.full
    assert found.there(MONDAY)
    assert len(found.room) == 5
    assert found.least > 7 * 24 * 60
    assert found.most == 1


def test_the_narrower_of_two_periods_counts():
    """Of the talent and of its owner."""
    until, begin = MONDAY + dt.timedelta(days=9), MONDAY + dt.timedelta(days=2)
    owner = person("p2", until=until, from_=MONDAY)
    found = of(PAIR[0], owner, talent("t1", "p2", from_=begin))
    assert (found.first, found.last) == (begin, until)
    assert not found.always
    assert found.there(begin)
    assert found.there(until)
    assert not found.there(MONDAY)
    assert not found.there(until + dt.timedelta(days=1))


def test_who_leaves_after_the_horizon_is_there_always():
    """The last day that counts is the last of the horizon."""
    last = MONDAY + dt.timedelta(weeks=5)
    assert of(*PAIR, talent("t1", "p2", until=last)).always
    assert not of(*PAIR, talent("t1", "p2", until=last - dt.timedelta(days=1))).always


def test_an_appointment_is_not_overlooked():
    """Of the owner, not of somebody else."""
    busy = Busy()
    busy.spans["p2"].append((NOON, NOON + dt.timedelta(hours=1)))
    assert not of(*PAIR, talent("t1", "p2"), busy=busy).always
    assert of(*PAIR, talent("t1", "p1"), busy=busy).always


def test_room_is_what_is_left_of_each_week():
    """Below 0 where the plans of a week are given away, else the minutes that are left."""
    busy = Busy()
    busy.plans["t1", 1] = 2
    busy.minutes["t1", 2] = 30
    found = of(*PAIR, talent("t1", "p2", per_week=2, hours_week=1), busy=busy)
    assert found.room == (60, -1, 30, 60, 60)
    assert found.least == -1


def test_a_car_without_a_seat_is_full():
    """No other talent is."""
    assert of(*PAIR, talent("t1", "p2", "ride", seats=0)).full
    assert not of(*PAIR, talent("t1", "p2", "ride", seats=1)).full
    assert not of(*PAIR, talent("t1", "p2", "shopping", seats=0)).full


def test_who_has_more_to_fit_in_is_known():
    """A second talent, or a question of one's own."""
    assert not of(*PAIR, talent("t1", "p2")).several
    assert of(*PAIR, talent("t1", "p2"), talent("t2", "p2")).several
    assert of(*PAIR, talent("t1", "p2"), need("n1", "p2")).several


def test_hours_come_from_the_talent_else_from_its_owner():
    """Unknown hours have no bits; how many plans they have in mind comes from the team else."""
    owner = person("p2", available="Mon 18:00-22:00")
    found = of(PAIR[0], owner, talent("t1", "p2"), policy=Policy(default_per_week=3))
    assert found.windows == owner.available
    assert found.bits.bit_count() == 4 * 60
    assert found.most == 3
    assert of(*PAIR, talent("t1", "p2")).bits == 0
