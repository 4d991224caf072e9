"""The ladder: who stands on which step, and which steps are open."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
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


def on_step(step):
    """Return a plan with one giver on a step."""
    return replace(OPTION, parts=(Part(Leg.HELP, (replace(GIVER, step=step),)),))


def naive(days, order, ladder, *, able, tried, waited, talked):
    """Say which steps are open, straight from the rule."""
    found = set()
    for rung in ladder:
        is_open = True
        for lower in ladder:
            if lower == rung:
                break
            nobody = lower not in able
            over = waited >= sum(days[r] for r in RUNGS[: RUNGS.index(lower) + 1])
            is_open = is_open and (lower in tried or nobody or over)
        if is_open and (talked or rung == "own_network"):
            found.add(order.index(rung))
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
    mine = ask(at)
    order = order_for(mine)
    options = [on_step(order.index(r)) for r in sorted(able)]
    soon = {order.index(r) for r in coming}
    ladder = GROUP_FIRST if category == "meal" else RUNGS
    days = {"own_network": 7, "neighbour": 7, "initiative": 7, "volunteer": 14, "professional": 0}
    expected = naive(
        days, order, ladder, able=able | coming, tried=tried, waited=waited, talked=talked
    )
    assert steps_for(at, mine, options, soon).open == expected


@pytest.mark.parametrize(
    ("waited", "who"), [(0, {0}), (6, {0}), (7, {0, 1}), (13, {0, 1}), (14, {0, 1, 2, 3, 4})]
)
def test_waiting_days_add_up_from_the_first_question(waited, who):
    """Seven days for the own network, seven more for neighbours; nobody is on the next step."""
    since = MONDAY - dt.timedelta(days=waited)
    at = scene(*PAIR, need("n1", since=since))
    found = steps_for(at, ask(at), [on_step(0), on_step(1), on_step(4)]).open
    assert found == who


def test_waiting_days_are_the_teams_own():
    """No days at all opens every step."""
    none = Policy(waiting_days=dict.fromkeys(RUNGS, 0))
    at = scene(*PAIR, N1, policy=none)
    assert steps_for(at, ask(at), [on_step(s) for s in range(5)]).open == set(range(5))


@pytest.mark.parametrize(("step", "days"), [(0, 0), (1, 7), (2, 14), (3, 21), (4, 35)])
def test_when_a_step_opens_by_waiting(step, days):
    """Counted from the first question, however long ago; with somebody on every step."""
    for waited in (0, 10):
        since = MONDAY - dt.timedelta(days=waited)
        at = scene(*PAIR, need("n1", since=since))
        found = steps_for(at, ask(at), [on_step(s) for s in range(5)])
        assert found.opens[step] == since + dt.timedelta(days=days)


def test_steps_with_nobody_are_not_waited_for():
    """Where no initiative could, volunteers come when the days of the neighbours end."""
    at = scene(*PAIR, need("n1", since=MONDAY))
    found = steps_for(at, ask(at), [on_step(1), on_step(3)])
    assert [(found.opens[s] - MONDAY).days for s in range(5)] == [0, 0, 14, 14, 35]


@given(
    st.sets(st.integers(0, 4)),
    st.integers(0, 40),
    st.sampled_from(["shopping", "meal"]),
    st.sets(st.sampled_from(RUNGS), max_size=2),
)
def test_a_step_is_open_from_the_day_that_is_told(able, waited, category, tried):
    """A run on that Monday or later uses it, a run before that does not."""
    since = MONDAY - dt.timedelta(days=waited)
    told = "|".join(sorted(tried)) or None
    at = scene(*PAIR, need("n1", category=category, since=since, tried=told))
    found = steps_for(at, ask(at), [on_step(s) for s in able])
    assert found.open == {s for s, day in found.opens.items() if day <= MONDAY}
    assert found.opens.keys() == set(range(5))
