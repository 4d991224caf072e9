"""Every open need without a plan has one reason from the closed list."""

from __future__ import annotations

import datetime as dt

import pytest

from assetmap import explain
from assetmap.audit import faults
from assetmap.model import Leg, Policy, Rung
from assetmap.plans import Reason
from assetmap.plans.wording import Teller, why_gap
from tests.plans.small import (
    ASKER,
    PAIR,
    activity,
    decided,
    initiative,
    kept_apart,
    need,
    person,
    place,
    reason,
    run,
    talent,
    tie,
    worker,
)

LADY = person("p1", walks_m=100)
AWAY = activity("a1", area="south")
MEAL = need("n1", category="meal")
T1, N1 = talent("t1", "p2"), need("n1")
FAR = {"area": None, "x": 155_000}
OTHER = person("p3"), need("n3", "p3", urgency=5)
TWO_TEAMS = worker("w1", team="east"), worker("w2", team="west"), person("p1", worker="w1")
FRIEND = person("p3"), tie("p1", "p3"), talent("t3", "p3")
HARD = need("n1", language_hard="yes")
IN_HALL = activity("a1", place="h1")
WEEK_ONLY = Policy(horizon_weeks=1)

CASES = {
    Reason.FIRST_CONVERSATION: [
        (*PAIR, T1, need("n1", talked=None)),
        (ASKER, need("n1", talked="no")),
    ],
    Reason.NEEDS_WORKER: [
        (*PAIR, talent("t1", "p2", "debt_help"), need("n1", category="debt_help")),
        (ASKER, need("n1", category="debt_help")),
    ],
    Reason.WAITING_FOR_RUNG: [
        (*PAIR, T1, *FRIEND, N1, person("p4"), tie("p4", "p3"), need("n4", "p4", urgency=5)),
    ],
    Reason.NEXT_OCCURRENCE: [
        (ASKER, activity("a1", start="2027-04-09 18:00"), MEAL),
        (*PAIR, talent("t1", "p2", **{"from": "2027-04-09"}), N1),
    ],
    Reason.NO_TALENT: [(*PAIR, N1), (*PAIR, talent("t1", "p1"), N1)],
    Reason.TOO_FAR: [
        (person("p1", y=463_000, **FAR), person("p2", y=473_000, **FAR), T1, N1),
    ],
    Reason.NO_TIME: [
        (*PAIR, talent("t1", "p2", available="Mon 9-12"), need("n1", when="Tue 9-12")),
        (ASKER, activity("a1"), need("n1", category="meal", when="Mon")),
    ],
    Reason.NO_SHARED_LANGUAGE: [
        (person("p1", languages="ar"), person("p2", languages="nl"), T1, HARD),
    ],
    Reason.NO_CAPACITY: [
        (ASKER, activity("a1", capacity=0), MEAL),
        (ASKER, OTHER[0], need("n3", "p3", "meal", urgency=5), activity("a1", capacity=1), MEAL),
    ],
    Reason.NO_HOURS: [
        (*PAIR, talent("t1", "p2", hours_week=1), need("n1", hours=2)),
        (*PAIR, talent("t1", "p2", per_week=0), N1),
    ],
    Reason.NO_RIDE_OUT: [(LADY, AWAY, MEAL)],
    Reason.NO_RIDE_BACK: [
        (LADY, AWAY, MEAL, person("p2"), talent("t1", "p2", "ride", available="Fri 17-19")),
    ],
    Reason.NOT_ACCESSIBLE: [
        (person("p1", wheelchair="yes"), place("h1", step_free="no"), IN_HALL, MEAL),
    ],
    Reason.FEE_OVER_BUDGET: [
        (ASKER, activity("a1", fee_eur=5), need("n1", category="meal", fee_max_eur=4)),
    ],
    Reason.AUDIENCE: [(ASKER, activity("a1", audience="women"), MEAL)],
    Reason.TERM: [(*PAIR, talent("t1", "p2", term="once"), need("n1", term="long"))],
    Reason.GROUP_TOO_SMALL: [(*PAIR, T1, need("n1", people_needed=2))],
    Reason.ACTIVITY_INCOMPLETE: [(ASKER, activity("a1", requires="cook:1"), MEAL)],
    Reason.TAKEN_BY_MORE_URGENT: [(*PAIR, *OTHER, T1, need("n1", urgency=1))],
    Reason.ENDED: [
        (*PAIR, talent("t1", "p2", until="2026-11-01"), N1),
        (ASKER, activity("a1", status="past"), MEAL),
        (ASKER, initiative("i1", status="ended"), activity("a1", initiative="i1"), MEAL),
        (person("p1", until="2026-11-01"), person("p2"), T1, N1),
    ],
    Reason.NOT_POSSIBLE_HERE: [
        (ASKER, person("p2", share="no"), T1, N1),
        (*TWO_TEAMS, person("p2", share="team", worker="w2"), T1, N1),
        (*PAIR, T1, N1, kept_apart("p1", "p2")),
        (*PAIR, T1, N1, decided("n1-x-20261118", "no_more", provider="p2")),
        (ASKER, activity("a1"), MEAL, kept_apart("p1", "a1")),
        (*PAIR, T1, N1, decided("n1-xumke4pt-20261118", "no_more")),
        (*PAIR, T1, tie("p1", "p2"), need("n1", not_known="yes")),
    ],
}


def test_every_reason_has_a_case():
    """The list is closed: a new code needs one. `several` has a test of its own below."""
    assert set(CASES) | {Reason.SEVERAL} == set(Reason)


def test_where_the_search_was_stopped_no_shortage_is_told_that_is_none():
    """Nobody has a seat, so it is not the seats that ran out."""
    base = ASKER, OTHER[0], MEAL, need("n3", "p3", "meal"), activity("a1", capacity=1)
    found = run(*base, time_limit=1e-9)
    assert found.certificate.status == "feasible"
    assert [(g.reason.value, g.leg, g.closest) for g in found.gaps] == [("several", None, None)] * 2
    assert [g.reason.value for g in run(*base).gaps] == ["no_capacity"]
    assert all(gap.stopped for gap in found.gaps)
    told = why_gap(Teller(found, "nl"), found.gaps[0])
    assert told.startswith("Er is niet verder gezocht")
    assert "ontbreekt" not in told


@pytest.mark.parametrize(
    ("code", "at"), [(c, k) for c, cases in CASES.items() for k in range(len(cases))]
)
def test_a_need_without_a_plan_has_this_reason(code, at):
    """One code, and the need is in no plan."""
    assert reason(run(*CASES[code][at], policy=WEEK_ONLY)) == code.value


@pytest.mark.parametrize("at", range(len(CASES[Reason.NOT_POSSIBLE_HERE])))
def test_what_may_not_be_known_gives_nobody_away(at):
    """No closest, no talent, no price, nor which of the rules it was."""
    gap = run(*CASES[Reason.NOT_POSSIBLE_HERE][at]).gap_for("n1")
    assert gap.closest is None
    assert (gap.price, gap.rung, gap.next_date) == (None, None, None)


SHY = person("p2", share="no")
WISHING = need("n1", not_known="yes")
CAUSES = {
    "the wish itself": (*PAIR, T1, tie("p1", "p2")),
    "sharing": (ASKER, SHY, T1),
    "a protection": (*PAIR, T1, kept_apart("p1", "p2")),
    "a refusal": (*PAIR, T1, decided("n1-k1", "no_more", provider="p2")),
    "somebody who goes there": (
        *PAIR,
        kept_apart("p1", "p2"),
        activity("a1", "shopping"),
        need("n2", "p2", "shopping", urgency=5),
    ),
}


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("cause", CAUSES)
def test_own_wishes_are_told_whatever_the_cause(cause, lang):
    """The neutral answer reads the same with and without them as the cause, word for word."""
    found = run(*CAUSES[cause], WISHING)
    gap = found.gap_for("n1")
    assert gap.reason is Reason.NOT_POSSIBLE_HERE
    assert gap.wishes == ("not_known",)
    first = run(*CAUSES["the wish itself"], WISHING)
    told = explain.why(found, "n1", language=lang)
    assert str(told) == str(explain.why(first, "n1", language=lang))
    assert run(*PAIR, T1, N1, kept_apart("p1", "p2")).gap_for("n1").wishes == ()


@pytest.mark.parametrize(
    ("code", "leg", "closest"),
    [
        (Reason.NO_RIDE_OUT, Leg.RIDE_OUT, "a1"),
        (Reason.NO_RIDE_BACK, Leg.RIDE_BACK, "a1"),
        (Reason.NO_CAPACITY, Leg.ACTIVITY, "a1"),
        (Reason.TOO_FAR, Leg.HELP, "t1"),
        (Reason.FEE_OVER_BUDGET, Leg.ACTIVITY, "a1"),
        (Reason.TAKEN_BY_MORE_URGENT, Leg.HELP, "t1"),
        (Reason.NO_TALENT, Leg.HELP, None),
        (Reason.FIRST_CONVERSATION, None, None),
    ],
)
def test_the_missing_part_and_what_came_nearest_are_told(code, leg, closest):
    """Where they can be."""
    gap = run(*CASES[code][0], policy=WEEK_ONLY).gap_for("n1")
    assert (gap.leg, gap.closest) == (leg, closest)


def test_a_date_that_is_coming_and_a_price_are_told():
    """With the reasons that are about them."""
    coming = [run(*case).gap_for("n1") for case in CASES[Reason.NEXT_OCCURRENCE]]
    assert [gap.next_date for gap in coming] == [dt.date(2027, 4, 9)] * 2
    assert run(*CASES[Reason.FEE_OVER_BUDGET][0]).gap_for("n1").price == "5.00"


def test_who_waits_for_a_step_hears_which_and_from_when():
    """The friend helps somebody else; a neighbour could from next week."""
    gap = run(*CASES[Reason.WAITING_FOR_RUNG][0], policy=WEEK_ONLY).gap_for("n1")
    assert (gap.rung, gap.opens_on) == (Rung.NEIGHBOUR, dt.date(2026, 11, 30))


def test_the_worker_who_holds_the_question_is_named_with_every_reason():
    """Nobody is left with a code alone."""
    for code, cases in CASES.items():
        for case in cases:
            gap = run(worker("w9"), *case, policy=WEEK_ONLY).gap_for("n1")
            assert gap is None or gap.worker is not None, code


def test_the_furthest_rule_is_told_of_several_offers():
    """Too far came further than a language that is not shared."""
    people = (
        person("p1", languages="ar", y=463_000, **FAR),
        person("p2", languages="nl", y=463_000, **FAR),
    )
    far = person("p3", languages="ar", y=473_000, **FAR), talent("t3", "p3")
    gap = run(*people, T1, *far, need("n1", language_hard="yes")).gap_for("n1")
    assert (gap.reason.value, gap.closest) == ("too_far", "t3")


def test_somebody_known_to_a_colleague_is_told_before_what_came_further():
    """The worker can ask there; nobody is named."""
    hidden = person("p2", share="team", worker="w2")
    late = person("p3"), talent("t3", "p3", until="2026-11-01")
    found = run(*TWO_TEAMS, hidden, T1, *late, N1)
    assert (reason(found), found.gap_for("n1").closest) == ("not_possible_here", None)
    assert found.funnels["n1"].colleagues == 1


def test_who_loses_to_somebody_as_urgent_is_told_that_the_hours_ran_out():
    """Nobody was more urgent."""
    found = run(*PAIR, OTHER[0], need("n3", "p3"), T1, N1, policy=WEEK_ONLY)
    assert [g.reason.value for g in found.gaps] == ["no_hours"]


def test_where_the_one_professional_helps_another_a_worker_is_needed():
    """None is free: nobody else may be named."""
    pro = worker("p2"), talent("t1", "p2", "debt_help", per_week=1)
    asks = need("n1", category="debt_help", urgency=1), need("n3", "p3", "debt_help", urgency=5)
    found = run(ASKER, person("p3"), *pro, *asks, policy=WEEK_ONLY)
    assert (reason(found), found.gap_for("n1").closest) == ("needs_worker", None)


def test_a_need_that_is_met_has_no_gap():
    """Nor one that stands, or is met by giving."""
    assert run(*PAIR, T1, N1).gaps == ()
    assert [g.need for g in run(*PAIR, T1, N1, need("n2", category="pets")).gaps] == ["n2"]


def test_who_may_not_meet_a_guest_gets_the_one_neutral_reason() -> None:
    """Where the seat goes to somebody kept apart from the asker, no errand is sent after time."""
    people = [person(p) for p in ("p1", "p2")]
    both = [need("n1", "p1", "meal"), need("n2", "p2", "meal", urgency=5)]
    kept = run(*people, *both, activity("a1", capacity=5), kept_apart("p1", "p2"))
    assert [p.need for p in kept.items] == ["n2"]
    told = kept.gap_for("n1")
    assert told is not None
    assert (told.reason, told.closest) == (Reason.NOT_POSSIBLE_HERE, None)


def test_who_may_not_share_a_car_is_not_sent_after_another_ride() -> None:
    """The same where they would need a ride as well."""
    askers = [person("p1", walks_m=100), person("p2", walks_m=100)]
    both = [need("n1", "p1", "meal"), need("n2", "p2", "meal", urgency=5)]
    car = [person("p3", area="south"), talent("t1", "p3", "ride", seats=3, going_to="a1")]
    evening = activity("a1", capacity=5, area="south")
    kept = run(*askers, *both, *car, evening, kept_apart("p1", "p2"))
    assert [p.need for p in kept.items] == ["n2"]
    told = kept.gap_for("n1")
    assert told is not None
    assert (told.reason, told.closest) == (Reason.NOT_POSSIBLE_HERE, None)


def test_an_asker_who_is_busy_herself_lacks_time_not_somebodys_hours() -> None:
    """Two wishes at one hour: the second helper has given nothing."""
    soon = dt.date(2026, 11, 29)
    rows = [person(p) for p in ("p1", "p2", "p3")]
    rows += [
        need("n1", "p1", "shopping", when="Mon 09:00-10:00"),
        need("n2", "p1", "garden", when="Mon 09:00-10:00", urgency=5),
        talent("t1", "p2", "shopping", per_week=5, until=soon),
        talent("t2", "p3", "garden", per_week=5, until=soon),
    ]
    told = run(*rows).gap_for("n1")
    assert told is not None
    assert told.reason is Reason.NO_TIME


def test_an_activity_that_is_over_has_nobody_to_thank() -> None:
    """It tells to ask whether it comes again."""
    over = activity("a1", start=dt.datetime(2026, 11, 20, 18))
    found = run(person("p1"), need("n1", "p1", "meal"), over)
    told = found.gap_for("n1")
    assert told is not None
    assert told.reason is Reason.ENDED
    said = str(explain.why(found, "n1", language="en"))
    assert "come again" in said
    assert "thanks" not in said


def test_who_is_helped_by_the_same_person_in_the_same_week_is_not_met_there():
    """Two who are kept apart may have the same helper: then the hours ran out, and that is told."""
    both = need("n1"), need("n2", "p3", urgency=5)
    people = person("p1"), person("p2"), person("p3")
    once = talent("t1", "p2", per_week=1)
    found = run(*people, once, *both, kept_apart("p1", "p3"), policy=Policy(horizon_weeks=1))
    assert reason(found) == "taken_by_more_urgent"
    assert faults(found) == []


def test_a_friday_after_the_last_day_of_the_giver_is_over():
    """Money is for a week, but who asks it for Fridays asks it for that day."""
    sums = person("p1"), person("p2", until="2026-11-26"), talent("t1", "p2", "money")
    asked = need("n1", category="money", rrule="FREQ=WEEKLY;BYDAY=FR")
    found = run(*sums, worker("w1"), asked, policy=Policy(horizon_weeks=1))
    assert reason(found) == "ended"
    assert faults(found) == []


def test_a_wednesday_before_the_first_day_of_the_giver_is_too_early():
    """Who begins on Thursday comes on no Wednesday of that week."""
    begins = person("p1"), person("p2"), talent("t1", "p2", from_="2026-11-26")
    asked = need("n1", rrule="FREQ=WEEKLY;BYDAY=WE")
    found = run(*begins, worker("w1"), asked, policy=Policy(horizon_weeks=1))
    assert found.items == ()
    assert faults(found) == []
