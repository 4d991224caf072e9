"""Chosen numbers as plans that people can read."""

from __future__ import annotations

import datetime as dt

import pytest

from assetmap.model import Membership, Organisation
from tests.plans.small import (
    ASKER,
    FRIDAY,
    PAIR,
    activity,
    arranged,
    decided,
    initiative,
    need,
    person,
    place,
    plan,
    run,
    talent,
    tie,
    worker,
)

LADY = person("p1", walks_m=100)
EVENING = activity("a1", area="south")
MEAL = need("n1", category="meal")
CAR = talent("t1", "p2", "ride")
T1, N1 = talent("t1", "p2"), need("n1")
CLUB = initiative("i1")


def test_legs_come_in_the_order_in_which_they_happen():
    """There, the evening, and home again; each with what, at what, on which step."""
    found = plan(run(LADY, person("p2"), EVENING, MEAL, CAR))
    assert [leg.leg.value for leg in found.legs] == ["ride_out", "activity", "ride_back"]
    assert [leg.provider for leg in found.legs] == ["p2", "a1", "p2"]
    assert [leg.talent for leg in found.legs] == ["t1", None, "t1"]
    assert {leg.activity for leg in found.legs} == {"a1"}
    assert [leg.rung.value for leg in found.legs] == ["neighbour", "initiative", "neighbour"]
    assert (found.occurrence, found.end) == (FRIDAY, FRIDAY + dt.timedelta(hours=2))
    assert found.leg("ride_back").provider == "p2"
    assert found.leg("help") is None


def test_the_step_of_a_plan_is_that_of_its_highest_leg():
    """On the ladder itself, also where steps were tried and come last."""
    found = plan(run(LADY, person("p2"), EVENING, MEAL, CAR))
    assert found.rung.value == "initiative"
    tried = need("n1", category="meal", tried="own_network | neighbour")
    assert plan(run(LADY, person("p2"), EVENING, tried, CAR)).rung.value == "initiative"


def test_what_is_new_is_proposed_and_what_was_decided_is_pinned():
    """The same plan."""
    first = plan(run(*PAIR, T1, N1))
    assert first.status.value == "proposed"
    again = plan(run(*PAIR, T1, N1, decided(first.plan, "do")))
    assert (again.plan, again.status.value) == (first.plan, "pinned")


def test_scores_are_told_by_the_name_of_the_level():
    """The weight of the need, the step, and the rest."""
    scores = plan(run(*PAIR, T1, N1)).scores
    assert list(scores) == ["met", "ladder", "continuity", "fit", "load", "order"]
    assert (scores["met"], scores["continuity"]) == (30, 0)
    assert scores["ladder"] < 0


@pytest.mark.parametrize(
    ("route", "role", "welfare"),
    [("clinic", None, True), (None, None, False), ("clinic", "professional", False)],
)
def test_an_informal_answer_where_a_formal_one_was_possible_is_told(route, role, welfare):
    """Not where a professional gives it."""
    found = run(*PAIR, talent("t1", "p2", role=role), need("n1", formal_route=route))
    assert plan(found).welfare_answer is welfare


# --- who can introduce ------------------------------------------------------------------------


def introducer(*records):
    """Return who introduces, and the chain, of the first leg of n1."""
    leg = plan(run(*records)).legs[0]
    return leg.introducer, leg.chain


def test_two_people_are_introduced_by_somebody_who_knows_both():
    """Nobody is needed for friends."""
    known = person("p3"), tie("p1", "p3"), tie("p3", "p2")
    assert introducer(*PAIR, T1, N1, *known) == ("p3", ("p1", "p3", "p2"))
    assert introducer(*PAIR, T1, N1, tie("p1", "p2")) == (None, ("p1", "p2"))
    assert introducer(*PAIR, T1, N1) == (None, ())


@pytest.mark.parametrize("wish", [{"not_known": "yes"}, {"sensitive": "yes"}])
def test_a_question_that_is_nobodys_business_is_introduced_by_the_worker(wish):
    """Nobody of the asker's own circle is named."""
    known = person("p3"), tie("p1", "p3"), tie("p3", "p2")
    people = worker("w1"), person("p1", worker="w1"), person("p2", area="south")
    gives = talent("t1", "p2", role="volunteer")
    assert introducer(*people, *known, gives, need("n1", **wish)) == ("w1", ())


def test_at_an_initiative_somebody_who_belongs_to_it_introduces():
    """The one whom the asker knows best, else the asker's worker."""
    meal = MEAL, CLUB, activity("a1", initiative="i1")
    members = [Membership(member=m, party="i1") for m in ("p2", "p3")]
    ties = tie("p1", "p2"), tie("p1", "p3", strength=2)
    people = worker("w1"), person("p1", worker="w1"), person("p2"), person("p3")
    assert introducer(*people, *meal, *members, *ties)[0] == "p3"
    shy = (*people[:3], person("p3", share="no"))
    assert introducer(*shy, *meal, *members, *ties)[0] == "p2"
    assert introducer(*people, *meal, *members)[0] == "w1"
    assert introducer(ASKER, *meal)[0] is None


def test_a_helper_is_introduced_to_an_initiative_by_the_worker_who_knows_them():
    """Else by the worker who holds the question."""
    call = CLUB, need("n1", "i1", "garden"), talent("t1", "p2", "garden")
    workers = worker("w1"), worker("w2")
    assert introducer(*workers, person("p2", worker="w2"), *call)[0] == "w2"
    assert introducer(*workers, person("p2"), *call)[0] == "w1"


def test_two_parties_introduce_themselves():
    """A fund and an initiative need nobody between them."""
    fund = Organisation(organisation="o1", name="Fund"), talent("t1", "o1", "money")
    assert introducer(*fund, CLUB, need("n1", "i1", "money")) == (None, ())


def test_a_place_is_asked_of_who_says_yes_for_it():
    """Its manager."""
    room = CLUB, need("n1", "i1", "space"), place("h1", space_for="meeting", manager="p2")
    found = plan(run(person("p2"), *room)).legs[0]
    assert (found.leg.value, found.provider, found.introducer) == ("place", "h1", "p2")


# --- what stands ----------------------------------------------------------------------------------

ROWS = (
    arranged("r1", "ride_out", "p2", talent="t1", activity="a1"),
    arranged("r3", "ride_back", "p2", talent="t1", activity="a1"),
)


def standing(*records, week="2026-W48"):
    """Return the standing plans of n1."""
    return [p for p in run(*records, week=week).items if p.status.value == "standing"]


def test_a_standing_plan_is_told_for_the_week_of_the_run():
    """Every date of that week."""
    often = activity("a1", area="south", rrule="FREQ=DAILY", start="2026-11-26 18:00")
    found = standing(LADY, person("p2"), often, CLUB, MEAL, CAR, *ROWS)
    assert [p.occurrence.day for p in found] == [26, 27, 28, 29]


def test_a_standing_plan_without_a_date_this_week_tells_its_next():
    """So that nobody thinks it was forgotten."""
    later = activity("a1", area="south", start="2026-12-18 18:00")
    found = standing(LADY, person("p2"), later, CLUB, MEAL, CAR, *ROWS)
    assert [p.occurrence.date() for p in found] == [dt.date(2026, 12, 18)]


def test_a_standing_plan_shows_the_seat_even_if_only_the_rides_were_noted():
    """There, the evening, home; rides by whom one meets each week are those of a neighbour."""
    (found,) = standing(LADY, person("p2"), EVENING, MEAL, CAR, *ROWS)
    assert [leg.leg.value for leg in found.legs] == ["ride_out", "activity", "ride_back"]
    assert [leg.rung.value for leg in found.legs] == ["neighbour", "initiative", "neighbour"]
    assert found.rung.value == "initiative"
    assert found.status.value == "standing"
    known = standing(LADY, person("p2"), tie("p1", "p2"), EVENING, MEAL, CAR, *ROWS)
    assert known[0].legs[0].rung.value == "own_network"


@pytest.mark.parametrize(
    ("role", "rung"),
    [(None, "neighbour"), ("volunteer", "volunteer"), ("professional", "professional")],
)
def test_the_step_of_standing_help_is_that_of_who_gives_it(role, rung):
    """As they offer it."""
    row = arranged("r1", "help", "p2", talent="t1")
    found = standing(*PAIR, talent("t1", "p2", role=role), N1, row)
    assert found[0].rung.value == rung
    party = standing(ASKER, CLUB, N1, arranged("r1", "help", "i1"))
    assert party[0].rung.value == "initiative"


@pytest.mark.parametrize(
    ("until", "soon"), [("2026-12-28", True), ("2026-12-29", False), (None, False)]
)
def test_an_arrangement_that_ends_soon_says_so(until, soon):
    """Five weeks before, so that a successor can be found; also where the helper leaves."""
    row = arranged("r1", "help", "p2", talent="t1", until=until)
    (found,) = standing(*PAIR, T1, N1, row)
    assert ("stops_soon" in {d.value for d in found.legs[0].doubts}) is soon
    leaves = standing(
        ASKER, person("p2", until=until), T1, N1, arranged("r1", "help", "p2", talent="t1")
    )
    assert ("stops_soon" in {d.value for d in leaves[0].legs[0].doubts}) is soon


def test_a_standing_plan_keeps_its_id_from_week_to_week_but_for_the_date():
    """The same legs have the same code."""
    row = arranged("r1", "help", "p2", talent="t1")
    ids = [standing(*PAIR, T1, N1, row, week=w)[0].plan for w in ("2026-W48", "2026-W49")]
    assert [i.rpartition("-")[0] for i in ids] == [ids[0].rpartition("-")[0]] * 2
    assert ids[0] != ids[1]
    again = plan(run(*PAIR, T1, N1)).plan
    assert again.rpartition("-")[0] == ids[0].rpartition("-")[0]
