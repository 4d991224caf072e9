"""Candidate plans: parts, stable ids, and the steps of the ladder they stand on."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from assetmap.model import RUNGS, Leg, Rung
from assetmap.plans.options import Giver, Part, code_of, stable_number
from tests.plans.small import PAIR, activity, need, offer, person, scene, talent, weighed

AT = scene(*PAIR, talent("t1", "p2"), need("n1"))
OPTION = weighed(AT).options[0]
GIVER = OPTION.parts[0].givers[0]
identities = st.lists(
    st.tuples(st.sampled_from(["help", "place"]), st.text("ab"), st.text("cd"), st.just("")),
    min_size=1,
    max_size=4,
)


@given(identities, st.randoms(use_true_random=False))
def test_the_code_of_a_plan_does_not_depend_on_the_order_of_its_legs(parts, random):
    """Eight letters and digits that are not easily taken for one another."""
    shuffled = random.sample(parts, len(parts))
    assert code_of(parts) == code_of(shuffled)
    assert len(code_of(parts)) == 8
    assert not set(code_of(parts)) & set("l01o-")


def test_codes_and_numbers_are_the_same_on_every_machine():
    """Kept as they were on the day that this was written: decisions in workbooks name them."""
    assert code_of([("help", "p2", "t1", "")]) == "xumke4pt"
    assert stable_number("n1", 20) == 792_213


def test_stable_numbers_have_the_bits_that_were_asked():
    """Different for different texts, as far as so few bits can be."""
    numbers = {stable_number(f"n{k}", 10) for k in range(2000)}
    assert max(numbers) < 1024
    assert len(numbers) > 800


def _giver(step, leg):
    return replace(GIVER, step=step, rung=RUNGS[step], leg=leg)


parts = st.lists(
    st.tuples(st.lists(st.integers(0, 4), max_size=4), st.integers(1, 2)), min_size=1, max_size=3
)


@given(parts)
def test_the_steps_of_an_option_are_the_highest_steps_of_all_its_plans(drawn):
    """Tried one by one: every choice of givers stands on its highest step."""
    legs = (Leg.HELP, Leg.RIDE_OUT, Leg.RIDE_BACK)
    made = tuple(
        Part(leg, tuple(_giver(s, leg) for s in steps), count)
        for leg, (steps, count) in zip(legs, drawn, strict=False)
    )
    every = product(*(combinations(part.givers, part.count) for part in made))
    highest = {max(g.step for some in plan for g in some) for plan in every}
    assert replace(OPTION, parts=made).steps() == highest
    assert {rung.step for rung in replace(OPTION, parts=made).highest_rungs()} == highest


@given(st.lists(st.integers(0, 4), max_size=5), st.integers(0, 4))
def test_a_part_is_cut_off_above_a_step(steps, step):
    """Those on the step itself stay, in their order."""
    part = Part(Leg.HELP, tuple(_giver(s, Leg.HELP) for s in steps)).upto(step)
    assert [g.step for g in part.givers] == [s for s in steps if s <= step]
    assert part.possible is bool(part.givers)


def test_the_id_of_a_plan_tells_need_legs_and_day():
    """A week later the legs have the same code."""
    weeks = weighed(AT).options
    first, second = (o.plan([o.parts[0].givers[0]]) for o in weeks[:2])
    assert first == "n1-xumke4pt-20261123"
    assert second == "n1-xumke4pt-20261130"


def test_the_key_of_an_option_is_unique_within_its_step():
    """For every date, offer and slot."""
    at = scene(
        *PAIR,
        person("p3"),
        talent("t1", "p2", per_week=3, available="Mon 9-18"),
        talent("t2", "p3"),
        need("n1", rrule="FREQ=WEEKLY"),
    )
    found = weighed(at).options
    keys = [(o.key, o.step) for o in found]
    assert len(set(keys)) == len(keys) > 10


def test_a_giver_adds_up_its_points_and_knows_what_it_is():
    """A ride is a ride out or back; the identity has no date."""
    assert GIVER.total == sum(GIVER.points.values()) > 0
    assert GIVER.identity == ("help", "p2", "t1", "")
    assert not GIVER.is_ride
    assert _giver(0, Leg.RIDE_BACK).is_ride
    evening = scene(*PAIR, activity("a1"), need("n1", category="meal"))
    seat = Giver(Leg.ACTIVITY, offer(evening, "activity:a1"), Rung.INITIATIVE, 2, {})
    assert seat.identity == ("activity", "a1", "", "a1")


def test_the_day_of_an_option_is_that_of_its_start():
    """Or the Monday of its week, or there is none."""
    assert OPTION.day == dt.date(2026, 11, 23)
    assert replace(OPTION, start=dt.datetime(2026, 11, 27, 18)).day == dt.date(2026, 11, 27)
    assert replace(OPTION, start=None).day is None
