"""What people decided before, and for how long it counts."""

from __future__ import annotations

import datetime as dt

import pytest

from assetmap.model import Leg, Policy
from assetmap.plans.refusals import (
    agreed,
    agreed_on,
    finished,
    legs_code,
    plan_id,
    refused,
    stepped_down,
    turned_down,
)
from tests.plans.small import MONDAY, PAIR, activity, arranged, decided, need, scene, talent

DAY = dt.timedelta(days=1)
BASE = (*PAIR, talent("t1", "p2"), need("n1"))


def no(word, days, **cells):
    """Somebody was turned down so many days before the Monday of the run."""
    return decided("n1-x-20261118", word, provider="p2", date=MONDAY - days * DAY, **cells)


@pytest.mark.parametrize(
    ("word", "days", "holds"),
    [
        ("no_more", 181, True),
        ("no_more", 182, False),
        ("not_now", 27, True),
        ("not_now", 28, False),
        ("do", 1, False),
        ("done", 1, False),
        ("other", 1, False),
    ],
)
def test_a_refusal_counts_for_the_teams_number_of_days(word, days, holds):
    """Half a year; four weeks for `not_now`; other words are no refusals."""
    assert refused(scene(*BASE, no(word, days)), "n1", "p2") is holds


def test_the_number_of_days_is_the_teams_own():
    """Both of them."""
    policy = Policy(declined_days=10, not_now_days=5)
    held = [
        refused(scene(*BASE, no(word, days), policy=policy), "n1", "p2")
        for word, days in (("no_more", 9), ("no_more", 10), ("not_now", 4), ("not_now", 5))
    ]
    assert held == [True, False, True, False]


@pytest.mark.parametrize(
    ("until", "holds"), [(MONDAY - DAY, False), (MONDAY, True), (MONDAY + 700 * DAY, True)]
)
@pytest.mark.parametrize("word", ["no_more", "not_now"])
@pytest.mark.parametrize("days", [1, 400])
def test_a_date_that_is_given_goes_before_the_number_of_days(word, days, until, holds):
    """Up to and including that day, however long ago it was decided."""
    assert refused(scene(*BASE, no(word, days, until=until)), "n1", "p2") is holds


def test_a_refusal_is_about_one_provider_and_one_need():
    """Others may still be proposed, and this one for other needs."""
    at = scene(*BASE, need("n2"), no("no_more", 1))
    assert refused(at, "n1", "p2")
    assert not refused(at, "n1", "p1")
    assert not refused(at, "n2", "p2")


def test_a_refusal_of_nobody_in_particular_is_about_that_plan():
    """Its legs, on whatever date."""
    at = scene(*BASE, decided("n1-k3f9q2-20261118", "no_more"))
    assert turned_down(at, "n1") == {"k3f9q2"}
    assert not refused(at, "n1", "p2")
    assert turned_down(scene(*BASE, no("no_more", 1)), "n1") == frozenset()


@pytest.mark.parametrize(
    ("until", "holds"), [("2026-11-22", True), ("2026-10-26", True), ("2026-10-25", False)]
)
def test_who_stopped_helping_a_short_while_ago_is_not_asked_again_at_once(until, holds):
    """Four weeks, as after `not_now`."""
    ended = arranged("r1", "help", "p2", talent="t1", since="2026-09-01", until=until)
    assert refused(scene(*BASE, ended), "n1", "p2") is holds


def test_who_steps_down_from_one_part_may_still_give_another():
    """Also when the end lies within the horizon: who stops is not asked again for the same."""
    out = arranged("r1", "ride_out", "p2", talent="t1", activity="a1", until="2026-12-05")
    back = arranged("r2", "ride_back", "p2", talent="t1", activity="a1")
    at = scene(*PAIR, talent("t1", "p2", "ride"), activity("a1"), need("n1"), out, back)
    assert stepped_down(at, "n1", "p2", Leg.RIDE_OUT)
    assert not stepped_down(at, "n1", "p2", Leg.RIDE_BACK)
    assert not stepped_down(at, "n1", "p1", Leg.RIDE_OUT)
    assert not refused(at, "n1", "p2")


def test_who_still_helps_was_not_turned_down():
    """An arrangement that ended and was made anew."""
    ended = arranged("r1", "help", "p2", talent="t1", since="2026-09-01", until="2026-11-20")
    again = arranged("r2", "help", "p2", talent="t1", since="2026-11-21")
    assert not refused(scene(*BASE, ended, again), "n1", "p2")


def test_the_last_word_about_a_plan_counts():
    """What somebody decided to do and took back later is not agreed."""
    do = decided("n1-x-20261127", "do", date="2026-11-16")
    back = decided("n1-x-20261127", "not_now", date="2026-11-18")
    assert agreed(scene(*BASE, do), "n1") == {"n1-x-20261127"}
    assert agreed(scene(*BASE, do, back), "n1") == frozenset()
    again = decided("n1-x-20261127", "do", date="2026-11-20")
    assert agreed(scene(*BASE, do, back, again), "n1") == {"n1-x-20261127"}


def test_a_need_is_finished_when_a_plan_for_it_was_carried_out():
    """Not when somebody only said they would."""
    assert finished(scene(*BASE, decided("n1-x-20261118", "done")), "n1")
    assert not finished(scene(*BASE, decided("n1-x-20261118", "do")), "n1")


@pytest.mark.parametrize(
    ("plan", "day"),
    [
        ("n1-x-20261127", dt.date(2026, 11, 27)),
        ("n1-x", None),
        ("n1-x-20261399", None),
        ("n1-12345678", None),
        ("", None),
    ],
)
def test_a_plan_id_that_holds_no_date_has_none(plan, day):
    """People type in workbooks: whatever stands there is no reason to stop."""
    assert agreed_on(plan) == day


@pytest.mark.parametrize("need_id", ["n1", "n-1", "n1-2"])
@pytest.mark.parametrize("when", [dt.date(2026, 11, 27), None])
def test_the_code_of_the_legs_is_found_back_in_the_id_of_a_plan(need_id, when):
    """Whatever its date, and also for ids with a dash."""
    assert legs_code(plan_id(need_id, "k3f9q2", when), need_id) == "k3f9q2"
