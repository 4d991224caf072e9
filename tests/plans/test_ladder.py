"""The ladder: who stands on which step, and which steps are open."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.model import RUNGS, Leg, Organisation, Policy
from assetmap.plans.ladder import GROUP_FIRST, order_for, rung_of, step_of, steps_for
from assetmap.plans.options import Part
from tests.plans.small import (
    MONDAY,
    PAIR,
    activity,
    ask,
    initiative,
    need,
    offer,
    person,
    place,
    scene,
    talent,
    tie,
    weighed,
    worker,
)

T1, N1 = talent("t1", "p2"), need("n1")


def rung(*records, key="talent:t1"):
    """Name the step of an offer for need n1."""
    at = scene(*records)
    return rung_of(at, ask(at), offer(at, key)).value


@pytest.mark.parametrize("role", ["neighbour", "volunteer", None])
def test_own_network_is_a_live_personal_tie_and_nobody_acts_as_a_professional(role):
    """Whatever else they are; a tie that ended, or of a worker, is none."""
    gives = talent("t1", "p2", role=role)
    assert rung(*PAIR, gives, N1, tie("p1", "p2")) == "own_network"
    stranger = "volunteer" if role == "volunteer" else "neighbour"
    assert rung(*PAIR, gives, N1) == stranger
    assert rung(*PAIR, gives, N1, tie("p1", "p2", until="2026-11-01")) == stranger
    assert rung(*PAIR, gives, N1, tie("p1", "p2", kind="worker")) == stranger


def test_a_professional_is_a_professional_however_well_known():
    """Also a resident in that role, and a worker whose role is blank."""
    assert (
        rung(*PAIR, talent("t1", "p2", role="professional"), N1, tie("p1", "p2")) == "professional"
    )
    assert rung(person("p1"), worker("p2"), T1, N1, tie("p1", "p2")) == "professional"


def test_parties_activities_and_places():
    """An association stands beside initiatives; what an institution offers is professional."""
    base = (*PAIR, need("n1", category="meal"))
    church = Organisation(organisation="o1", name="x", kind="church")
    town = Organisation(organisation="o2", name="y", kind="municipality")
    assert rung(*base, activity("a1"), key="activity:a1") == "initiative"
    assert rung(*base, initiative("i1"), talent("t1", "i1", "meal")) == "initiative"
    assert rung(*base, church, talent("t1", "o1", "meal")) == "initiative"
    assert rung(*base, church, talent("t1", "o1", "meal", role="volunteer")) == "volunteer"
    assert rung(*base, town, talent("t1", "o2", "meal")) == "professional"
    assert rung(*base, place("h1", space_for="x"), key="place:h1") == "initiative"


def test_for_an_initiative_nobody_is_own_network():
    """Its helpers are neighbours or volunteers."""
    asked = need("n1", "i1", "garden")
    club = initiative("i1", manager="p1")
    assert rung(*PAIR, club, talent("t1", "p2", "garden"), asked, tie("p1", "p2")) == "neighbour"


def test_the_order_of_preference_is_the_ladder_with_what_was_tried_last():
    """A group comes before an unacquainted neighbour where the category says so."""
    at = scene(*PAIR, N1, need("n2", category="meal"), need("n3", tried="neighbour | own_network"))
    assert order_for(ask(at)) == RUNGS
    assert order_for(ask(at, "n2")) == GROUP_FIRST
    assert [r.value for r in order_for(ask(at, "n3"))] == [
        "initiative", "volunteer", "professional", "own_network", "neighbour",
    ]  # fmt: skip
    assert step_of(ask(at, "n2"), RUNGS[2], ride=False) == 1
    assert step_of(ask(at, "n2"), RUNGS[2], ride=True) == 2


BASE = scene(*PAIR, T1, N1)
OPTION = weighed(BASE).options[0]
GIVER = OPTION.parts[0].givers[0]


DAYS = {"own_network": 7, "neighbour": 7, "initiative": 7, "volunteer": 14, "professional": 0}
OWN, NEIGHBOUR, INITIATIVE, VOLUNTEER, PROFESSIONAL = RUNGS


def on(rung, **cells):
    """Return a plan with one giver on a step."""
    return replace(OPTION, parts=(Part(Leg.HELP, (replace(GIVER, rung=rung, **cells),)),))


def naive(ladder, *, able, tried, waited, talked):
    """Say which steps of a ladder are open, straight from the rule."""
    found = set()
    for at, rung in enumerate(ladder):
        held = []
        for below, lower in enumerate(ladder[:at]):
            days = sum(DAYS[r] for r in ladder[: below + 1])
            if lower in able and lower not in tried and waited < days:
                held.append(lower)
        if not held and (talked or rung == "own_network"):
            found.add(rung)
    return found


@given(
    able=st.sets(st.sampled_from(RUNGS)),
    coming=st.sets(st.sampled_from(RUNGS)),
    tried=st.sets(st.sampled_from(RUNGS)),
    waited=st.integers(0, 45),
    category=st.sampled_from(["shopping", "meal"]),
    talked=st.booleans(),
)
def test_open_steps_are_those_of_the_rule(able, coming, tried, waited, category, talked):
    """Every lower step was tried, has nobody who could, or its waiting days are over."""
    since = MONDAY - dt.timedelta(days=waited)
    told = "|".join(sorted(tried)) or None
    wish = need("n1", category=category, since=since, tried=told, talked="yes" if talked else None)
    at = scene(*PAIR, wish)
    found = steps_for(at, ask(at), [on(r) for r in sorted(able)], coming)
    facts = {"able": able | coming, "tried": tried, "waited": waited, "talked": talked}
    assert found.open == naive(GROUP_FIRST if category == "meal" else RUNGS, **facts)
    assert found.ride_open == naive(RUNGS, **facts)


@pytest.mark.parametrize(
    ("waited", "rungs"),
    [(0, RUNGS[:1]), (6, RUNGS[:1]), (7, RUNGS[:2]), (13, RUNGS[:2]), (14, RUNGS)],
)
def test_waiting_days_add_up_from_the_first_question(waited, rungs):
    """Seven days for the own network, seven more for neighbours; nobody is on the next steps."""
    since = MONDAY - dt.timedelta(days=waited)
    at = scene(*PAIR, need("n1", since=since))
    found = steps_for(at, ask(at), [on(OWN), on(NEIGHBOUR), on(PROFESSIONAL)])
    assert found.open == set(rungs)


def test_waiting_days_are_the_teams_own():
    """No days at all opens every step."""
    none = Policy(waiting_days=dict.fromkeys(RUNGS, 0))
    at = scene(*PAIR, N1, policy=none)
    assert steps_for(at, ask(at), [on(r) for r in RUNGS]).open == set(RUNGS)


@pytest.mark.parametrize("waited", [0, 10])
@pytest.mark.parametrize(
    ("category", "days"),
    [
        ("shopping", {OWN: 0, NEIGHBOUR: 7, INITIATIVE: 14, VOLUNTEER: 21, PROFESSIONAL: 35}),
        ("meal", {OWN: 0, INITIATIVE: 7, NEIGHBOUR: 14, VOLUNTEER: 21, PROFESSIONAL: 35}),
    ],
)
def test_when_a_step_opens_by_waiting(category, days, waited):
    """Counted from the first question along the ladder that holds; somebody is on every step."""
    since = MONDAY - dt.timedelta(days=waited)
    at = scene(*PAIR, need("n1", category=category, since=since))
    opens = steps_for(at, ask(at), [on(r) for r in RUNGS]).opens
    assert {rung: (day - since).days for rung, day in opens.items()} == days


def test_steps_with_nobody_are_not_waited_for():
    """Where no initiative could, volunteers come when the days of the neighbours end."""
    at = scene(*PAIR, need("n1", since=MONDAY))
    opens = steps_for(at, ask(at), [on(NEIGHBOUR), on(VOLUNTEER)]).opens
    assert [(opens[r] - MONDAY).days for r in RUNGS] == [0, 0, 14, 14, 35]


@given(
    st.sets(st.sampled_from(RUNGS)),
    st.integers(0, 40),
    st.sampled_from(["shopping", "meal"]),
    st.sets(st.sampled_from(RUNGS), max_size=2),
)
@settings(max_examples=30)
def test_a_step_is_open_from_the_day_that_is_told(able, waited, category, tried):
    """A run on that Monday or later uses it, a run before that does not."""
    since = MONDAY - dt.timedelta(days=waited)
    told = "|".join(sorted(tried)) or None
    at = scene(*PAIR, need("n1", category=category, since=since, tried=told))
    found = steps_for(at, ask(at), [on(r) for r in able])
    assert found.open == {rung for rung, day in found.opens.items() if day <= MONDAY}
    assert found.opens.keys() == set(RUNGS)


def test_who_goes_there_anyway_never_waits():
    """A ride by anybody else keeps the ordinary ladder, also where a group comes first."""
    at = scene(*PAIR, need("n1", category="meal"))
    steps = steps_for(at, ask(at), [on(NEIGHBOUR), on(INITIATIVE), on(VOLUNTEER)])
    ride = replace(GIVER, leg=Leg.RIDE_OUT, rung=VOLUNTEER)
    assert (steps.open, steps.ride_open) == ({OWN, INITIATIVE}, {OWN, NEIGHBOUR})
    assert not steps.allow(ride)
    assert steps.allow(replace(ride, never_waits=True))
    assert steps.allow(replace(ride, rung=NEIGHBOUR))
    assert not steps.allow(replace(GIVER, rung=NEIGHBOUR))
    assert steps.allow(replace(GIVER, rung=INITIATIVE))


def test_a_ride_that_waits_tells_the_day_of_the_ride():
    """A volunteer who would drive waits for neighbours, also where a group itself goes first."""
    rows = (
        *(person("p1", walks_m=100), person("p2"), person("p3")),
        *(talent("t2", "p2", "company"), talent("t3", "p3", "ride", role="volunteer", seats=1)),
        activity("a1", "company", area="south"),
        need("n1", category="company", since=MONDAY),
    )
    found = weighed(scene(*rows))
    assert (found.waiting, (found.opens - MONDAY).days) == (VOLUNTEER, 14)
    when = f"{MONDAY + dt.timedelta(weeks=2):%G-W%V}"
    evening = activity("a1", "company", area="south", start=dt.datetime(2026, 12, 11, 18))
    later = weighed(scene(*rows[:5], evening, rows[6], week=when))
    assert later.waiting is None
    assert "t3" in {g.offer.id for o in later.options for part in o.parts for g in part.givers}
