"""What a run knows beforehand: where, who knows whom, what is when, what was agreed."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings

from assetmap import graph
from assetmap.model import Membership, Policy
from assetmap.plans import Scene
from assetmap.plans.scene import live
from assetmap.schedule import Week
from tests.plans.small import (
    FRIDAY,
    MONDAY,
    PAIR,
    WEEK,
    activity,
    arranged,
    decided,
    initiative,
    kept_apart,
    need,
    person,
    place,
    scene,
    talent,
    tie,
    worker,
)
from tests.strategies import neighbourhoods

DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("until", "day", "holds"),
    [(None, MONDAY, True), (MONDAY, MONDAY, True), (MONDAY, MONDAY + DAY, False)],
)
def test_a_period_includes_its_last_day(until, day, holds):
    """And a blank end is open."""
    assert live(talent("t1", "p2", until=until), day) is holds


@pytest.mark.parametrize(("begin", "holds"), [(None, True), (MONDAY, True), (MONDAY + DAY, False)])
def test_a_period_includes_its_first_day(begin, holds):
    """And a blank begin is open."""
    assert live(talent("t1", "p2", from_=begin), MONDAY) is holds


def test_the_horizon_begins_on_monday_and_ends_before_its_last_day():
    """Two weeks from Monday 23 November end on Sunday 6 December."""
    at = scene(policy=Policy(horizon_weeks=2))
    assert (at.today, at.last) == (MONDAY, dt.date(2026, 12, 7))
    assert [at.week_of(MONDAY + n * DAY) for n in (0, 6, 7, 13)] == [0, 0, 1, 1]


def test_dates_of_an_activity_lie_within_the_horizon():
    """Without dates that are excepted, and up to its own last day."""
    weekly = activity("a1", rrule="FREQ=WEEKLY", start="2026-10-02 18:00")
    dates = [m.start.date() for m in scene(weekly).meetings["a1"]]
    assert dates == [FRIDAY.date() + n * 7 * DAY for n in range(5)]
    less = activity("a1", rrule="FREQ=WEEKLY", except_="2026-12-04", until="2026-12-11")
    assert [m.start.day for m in scene(less).meetings["a1"]] == [27, 11]


@pytest.mark.parametrize(
    "cells",
    [
        {"status": "past"},
        {"start": "2026-11-13 18:00", "rrule": "FREQ=WEEKLY", "until": "2026-11-20"},
        {"start": "2026-11-20 18:00"},
    ],
)
def test_an_activity_that_is_over_has_no_dates(cells):
    """Past, over its last day, or once and long ago."""
    at = scene(activity("a1", **cells))
    assert at.meetings["a1"] == ()
    assert at.next_meeting("a1") is None


def test_an_activity_ends_with_its_initiative():
    """An initiative that ended has no dates, whatever its activities say."""
    at = scene(initiative("i1", status="ended"), activity("a1", initiative="i1"))
    assert at.meetings["a1"] == ()
    assert at.next_meeting("a1") is None


def test_an_activity_without_a_length_lasts_as_long_as_the_team_says():
    """Two hours unless the policy says otherwise."""
    evening = activity("a1", minutes=None)
    assert scene(evening).meetings["a1"][0].end == FRIDAY + dt.timedelta(hours=2)
    short = scene(evening, policy=Policy(activity_minutes=30))
    assert short.meetings["a1"][0].end == FRIDAY + dt.timedelta(minutes=30)


def test_the_next_date_is_looked_for_up_to_a_year_beyond_the_horizon():
    """A market in April is coming; one in two years is not yet."""
    april = scene(activity("a1", start="2027-04-10 11:00"))
    assert april.meetings["a1"] == ()
    assert april.next_meeting("a1").start == dt.datetime(2027, 4, 10, 11)
    assert scene(activity("a1", start="2028-04-10 11:00")).next_meeting("a1") is None


def test_an_activity_is_at_its_place_else_at_that_of_its_initiative():
    """An area of its own stays its own."""
    hall = place("h1", x=155_000, y=463_000, area="south")
    at = scene(
        hall,
        initiative("i1", place="h1", area=None),
        activity("a1", place="h1", area=None),
        activity("a2", initiative="i1", area=None),
        activity("a3", initiative="i1", area="west"),
    )
    spots = [at.spot(at.hood.index["activities"][a]) for a in ("a1", "a2", "a3")]
    assert [(s.x, s.area) for s in spots] == [
        (155_000, "south"),
        (155_000, "south"),
        (None, "west"),
    ]
    nowhere = at.spot(None)
    assert (nowhere.x, nowhere.y, nowhere.area) == (None, None, None)


def test_how_well_people_know_each_other_is_the_strongest_live_tie():
    """Both ways; a blank strength is 1; a tie that ended or begins later is none."""
    people = [person(p) for p in ("p1", "p2", "p3", "p4", "p5")]
    at = scene(
        *people,
        tie("p1", "p2"),
        tie("p2", "p1", strength=2),
        tie("p1", "p3", strength=3, until="2026-11-22"),
        tie("p1", "p4", since="2026-11-24"),
        tie("p1", "p5", kind="worker"),
    )
    assert at.strength("p1", "p2") == at.strength("p2", "p1") == 2
    assert [at.strength("p1", p) for p in ("p3", "p4", "p5")] == [0, 0, 0]


def test_who_share_a_household_know_each_other_best():
    """Nobody needs to write that down as a tie."""
    at = scene(person("p1", household="h"), person("p2", household="h"), person("p3"))
    assert at.strength("p1", "p2") == 3
    assert at.strength("p1", "p3") == at.strength("p1", "p1") == 0


def test_people_who_meet_by_arrangement_have_met():
    """It counts as knowing each other a little, as long as it lasts."""
    helps = arranged("r1", "help", "p2", talent="t1")
    records = (*PAIR, talent("t1", "p2"), need("n1"))
    assert scene(*records, helps).strength("p1", "p2") == 1
    over = arranged("r1", "help", "p2", talent="t1", until="2026-11-01")
    assert scene(*records, over).strength("p1", "p2") == 0


def test_common_acquaintances_are_told_by_id():
    """Whom both know."""
    people = [person(p) for p in ("p1", "p2", "p3", "p4")]
    at = scene(*people, tie("p1", "p4"), tie("p4", "p2"), tie("p3", "p1"), tie("p2", "p3"))
    assert at.common("p1", "p2") == ("p3", "p4")
    assert at.common("p3", "p4") == ("p1", "p2")


@pytest.mark.parametrize(
    ("cells", "yes"),
    [
        ({}, True),
        ({"share": None}, True),
        ({"share": "no"}, False),
        ({"minor": "yes"}, False),
        ({"born": 2000}, False),
        ({"born": 2000, "minor": "no"}, True),
    ],
)
def test_who_may_be_named_as_the_one_who_introduces(cells, yes):
    """Not who wants to stay out of it, nor somebody under age; nor somebody unknown."""
    at = scene(person("p3", **cells))
    assert at.permits("p3") is yes
    assert not at.permits("p9")


def test_a_chain_of_acquaintance_goes_only_past_people_who_may_be_named():
    """The shortest one; a worker who knows both is a link as well."""
    people = (person("p1"), person("p2"), person("p3"), person("p4"), person("p5"))
    long_way = tie("p1", "p4"), tie("p4", "p5"), tie("p5", "p2")
    at = scene(*people, tie("p1", "p3"), tie("p3", "p2"), *long_way)
    assert at.chain("p1", "p2") == ("p1", "p3", "p2")
    shy = (*people[:2], person("p3", share="no"), *people[3:])
    assert scene(*shy, tie("p1", "p3"), tie("p3", "p2"), *long_way).chain("p1", "p2") == (
        "p1", "p4", "p5", "p2",
    )  # fmt: skip
    known = worker("w1"), person("p1", worker="w1"), person("p2", worker="w1")
    assert scene(*known).chain("p1", "p2") == ("p1", "w1", "p2")
    assert scene(*PAIR).chain("p1", "p2") is None
    assert at.chain("p1", "p1") is None


def test_hours_agreed_in_memberships_add_up():
    """Those that hold on the Monday of the run; no hours is not none."""
    club = initiative("i1"), initiative("i2")
    rows = (
        Membership(member="p1", party="i1", hours_week=3),
        Membership(member="p1", party="i2", hours_week=2.5),
        Membership(member="p1", party="i2", role="host", hours_week=9, until="2026-11-01"),
        Membership(member="p2", party="i1"),
    )
    assert scene(*PAIR, *club, *rows).agreed_hours == {"p1": 5.5}


def test_who_offers_rides_has_a_car():
    """Finer kinds of rides included; an offer that is over is not."""
    people = [person(p) for p in ("p1", "p2", "p3")]
    at = scene(
        *people,
        talent("t1", "p1", "hospital_ride"),
        talent("t2", "p2", "ride", until="2026-11-01"),
        talent("t3", "p3", "shopping"),
    )
    assert at.car_owners == {"p1"}


def test_a_worker_is_known_to_themself():
    """Others to the worker who is noted with them."""
    at = scene(worker("w1"), person("p1", worker="w1"), person("p2"))
    assert [at.worker_of(at.people.get(p)) for p in ("w1", "p1", "p2", "p9")] == [
        "w1", "w1", None, None,
    ]  # fmt: skip


def test_what_was_decided_counts_from_the_week_in_which_it_was():
    """Oldest first; a decision of next week is not known yet."""
    at = scene(
        *PAIR,
        need("n1"),
        decided("n1-b-20261118", "do", date="2026-11-20"),
        decided("n1-a-20261118", "not_now", date="2026-11-13"),
        decided("n1-c-20261118", "do", date="2026-11-29"),
        decided("n1-d-20261118", "do", date="2026-11-30"),
    )
    assert [d.plan for d in at.decisions["n1"]] == [
        "n1-a-20261118", "n1-b-20261118", "n1-c-20261118",
    ]  # fmt: skip


def test_who_is_kept_apart_on_a_day():
    """Between people both ways; from an activity only the person it is written for."""
    at = scene(
        *PAIR, activity("a1"), kept_apart("p1", "person:p2", until="2026-12-01"),
        kept_apart("p1", "a1"),
    )  # fmt: skip
    assert at.kept_apart("p1", "p2")
    assert at.kept_apart("p2", "p1")
    assert at.kept_apart("p1", "a1")
    assert not at.kept_apart("p2", "a1")
    assert at.kept_apart("p1", "p2", dt.date(2026, 12, 1))
    assert not at.kept_apart("p1", "p2", dt.date(2026, 12, 2))


def test_of_two_who_are_kept_apart_one_stays_away():
    """The one for whom it is written."""
    at = scene(*PAIR, kept_apart("p1", "p2"))
    assert at.yields("p1", "p2", MONDAY)
    assert not at.yields("p2", "p1", MONDAY)


def test_regulars_of_an_activity_come_by_arrangement_or_say_so():
    """A driver who goes anyway, and who is brought there each week."""
    at = scene(
        *PAIR,
        activity("a1", rrule="FREQ=WEEKLY"),
        initiative("i1"),
        talent("t1", "p2", "ride", going_to="a1"),
        need("n1", category="meal"),
        arranged("r1", "activity", "i1", activity="a1"),
    )
    assert at.regulars == {"a1": {"p1", "p2"}}


def test_a_scene_does_not_change_the_neighbourhood():
    """What is worked out is kept beside it."""
    at = scene(*PAIR, tie("p1", "p2"), activity("a1"))
    before = at.hood.counts()
    assert at.personal
    assert at.meetings
    assert at.network is not None
    assert at.hood.counts() == before


@settings(max_examples=25)
@given(neighbourhoods())
def test_the_network_is_that_of_the_whole_graph_and_the_workers(hood):
    """With the same people, the same ties, and the same strengths."""
    at = Scene(hood, hood.policy, Week.parse(WEEK))
    whole = graph.people(graph.build(hood, asof=MONDAY))
    for known in hood.people:
        if known.worker and known.worker != known.person:
            ends = (f"person:{known.worker}", f"person:{known.person}")
            if all(end in whole for end in ends) and not whole.has_edge(*ends):
                whole.add_edge(*ends, weight=1)
    told = {a: {b: facts["weight"] for b, facts in whole.adj[a].items()} for a in whole}
    mine = at.network.adj
    assert {a: {b: facts["weight"] for b, facts in mine[a].items()} for a in mine} == told
