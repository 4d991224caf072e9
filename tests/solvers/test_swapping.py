"""Changing one choice after another: plans that keep every limit, and better ones than before."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from assetmap.solvers import Problem, Status, check, solve
from assetmap.solvers.bounding import all_rows, prove
from assetmap.solvers.components import select
from assetmap.solvers.model import compile_problem
from assetmap.solvers.packing import pack
from assetmap.solvers.relaxation import at_corner
from assetmap.solvers.swapping import Guide, choices, swap
from tests.solvers import strategies
from tests.solvers.brute import best

SOME = settings(max_examples=60, deadline=None)


def changed(problem, *, steps=200, begin=None, seed=0, stopped=lambda: None):
    """The part, and the plan that the changes reach, None if they reach none."""
    part = compile_problem(problem)
    found = choices(part)
    assert found is not None
    rows, weight, ranges = all_rows(part, ()), part.score[:, 0], (part.low, part.high)
    corner = at_corner(rows, weight, ranges, seconds=10.0, interior=False)
    if corner.price is None:
        return part, None
    point = corner.point if begin is None else begin
    plan = swap(
        found,
        Guide(rows, weight, ranges, corner.price),
        begin=point.astype(np.float64),
        rng=np.random.default_rng(seed),
        steps=steps,
        stopped=stopped,
    )
    return part, plan


def baskets(needs, seed, *, must=0):
    """Needs that take two to four of some things at once, in five ways each."""
    rng = np.random.default_rng(seed)
    things = max(4, needs // 40)
    need = np.repeat(np.arange(needs), 5)
    option = np.repeat(np.arange(need.size), 3)
    amount = rng.integers(1, 4, option.size)
    return Problem(
        needs=needs,
        need_min=must,
        capacity=np.full(things, needs * (5 if must else 3) // things),
        option_need=need,
        option_score=rng.integers(10, 100, need.size),
        option_use=sparse.csr_array(
            (amount, (option, rng.integers(0, things, option.size))), shape=(need.size, things)
        ),
    )


@SOME
@given(strategies.problems(legs=False, switches=False, levels=1))
def test_a_plan_keeps_every_limit_and_is_never_above_the_best(problem):
    """Whatever the numbers, limits from below too: what comes out is a plan, or nothing."""
    if choices(compile_problem(problem)) is None:
        return
    part, plan = changed(problem)
    top = best(problem)
    if plan is None:
        return
    assert top is not None
    assert part.keeps(plan)
    assert part.value(plan) <= top


def test_two_changes_over_a_limit_and_back():
    """Two needs change places, which one change at a time within the limits can't do."""
    problem = Problem(
        needs=2,
        need_min=1,
        capacity=[1, 1],
        option_need=[0, 0, 1, 1],
        option_score=[3, 5, 5, 4],
        option_use=[[1, 0], [0, 1], [1, 0], [0, 1]],
    )
    part, plan = changed(problem, begin=np.array([1, 0, 0, 1]))
    assert plan.tolist() == [0, 1, 1, 0]
    assert part.value(plan) == (10,)


def test_a_first_plan_is_found_from_a_point_that_breaks_limits():
    """Every need must have something: filling up does not lead there, changes do."""
    problem = baskets(200, 3, must=1)
    part, plan = changed(problem, steps=2000)
    assert part.keeps(plan)


def test_better_than_filling_up_and_close_to_the_bound():
    """On baskets the changes leave less than half of the gap that filling up leaves."""
    problem = baskets(400, 5)
    part = compile_problem(problem)
    rows, ranges = all_rows(part, ()), (part.low, part.high)
    corner = at_corner(rows, part.score[:, 0], ranges, seconds=10.0, interior=True)
    proof = prove(rows, part.score[:, 0], ranges, corner.price)
    filled = part.value(pack(part, proof, corner.point))[0]
    _, plan = changed(problem, steps=1000)
    reached = part.value(plan)[0]
    assert filled < reached <= proof.value
    assert proof.value - reached < (proof.value - filled) / 2


def test_the_same_seed_gives_the_same_plan():
    """Chance comes from the generator alone."""
    problem = baskets(120, 1)
    _, one = changed(problem, seed=4)
    _, two = changed(problem, seed=4)
    assert one.tolist() == two.tolist()


def test_no_changes_after_the_sign_to_stop():
    """Who stops at once gets the plan it began with if that is one, and nothing otherwise."""
    problem = baskets(120, 1)
    nothing = np.zeros(problem.options)
    _, plan = changed(problem, begin=nothing, stopped=lambda: "now")
    assert plan.tolist() == nothing.tolist()
    _, plan = changed(baskets(120, 1, must=1), begin=nothing, stopped=lambda: "now")
    assert plan is None


@pytest.mark.parametrize(
    "other",
    [
        {"need_max": 2},
        {"leg_option": [0], "alternative_leg": [0]},
        {"switch_score": [1]},
    ],
    ids=["several a need", "a leg", "a switch"],
)
def test_other_structures_are_not_taken_for_choices(other):
    """Legs, switches and needs that take several things are left to other searches."""
    plain = {"needs": 1, "capacity": [1], "option_need": [0, 0], "option_use": [[1], [1]]}
    assert choices(compile_problem(Problem(**plain))) is not None
    assert choices(compile_problem(Problem(**plain, **other))) is None


def test_columns_without_a_need_row_are_groups_of_their_own():
    """A row that can't be broken is dropped before; its column may still be left out."""
    part = compile_problem(baskets(3, 1))
    limits = np.flatnonzero(part.resource >= 0)
    bare = select(part, limits, np.arange(15))
    found = choices(bare)
    assert found.group.tolist() == list(range(15))
    assert not found.must.any()


@SOME
@given(strategies.problems(legs=False, switches=False, levels=2), st.sampled_from([None, 0.05]))
def test_the_search_guided_by_prices_stays_honest(problem, work):
    """With changes in it, the search guided by prices claims nothing that is not so."""
    expected = best(problem)
    solution = solve(problem, method="guided", work_limit=work)
    assert check(problem, solution) == []
    if expected is None:
        assert solution.status in (Status.INFEASIBLE, Status.NO_SOLUTION)
    elif solution.objective is not None:
        assert solution.objective <= expected
        assert solution.bound[0] >= expected[0]


def test_baskets_come_close_to_their_bound_with_little_work():
    """One level of choices goes straight to the prices; the gap is small and proven."""
    problem = baskets(600, 2)
    one, two = (solve(problem, work_limit=1.5) for _ in range(2))
    assert one.method.startswith("guided")
    assert check(problem, one) == []
    assert one.gap[0] <= one.bound[0] / 200
    assert one.chosen.tolist() == two.chosen.tolist()
