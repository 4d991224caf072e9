"""Rows over columns that exclude each other: no plan breaks them, and they bring the bound down."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.solvers import Problem, Status, check, faces, solve, solving
from assetmap.solvers.cliques import violated_cliques
from assetmap.solvers.model import compile_problem
from tests.solvers.brute import best, plans
from tests.solvers.strategies import problems, rides


def climbed(problem, **changes):
    """Solve by faces, where components of every size get such rows, however much is not whole."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(solving, "is_tiny", lambda _: False)
        for name, value in {"LARGE": 1, "FEW": 1.0, **changes}.items():
            patch.setattr(faces, name, value)
        return solve(problem)


@settings(max_examples=200)
@given(problems(), st.integers(0, 2**32 - 1))
def test_no_plan_breaks_such_a_row(problem, seed):
    """Whatever values a relaxation has."""
    part = compile_problem(problem)
    if (part.low > part.high).any():
        return
    values = np.random.default_rng(seed).uniform(0, 1, part.columns.size) * part.high
    rows = violated_cliques(part, values, np.arange(part.columns.size)).toarray()
    assert all(row @ values > 1 for row in rows)
    for groups in plans(problem):
        plan = np.array([value for group in groups for value in group], dtype=np.int64)
        if part.keeps(plan):
            assert (rows @ plan <= 1).all()


@settings(max_examples=100)
@given(problems())
def test_every_level_is_as_good_as_trying_everything(problem):
    """With such rows wherever the relaxation breaks one."""
    found = climbed(problem)
    assert check(problem, found) == []
    wanted = best(problem)
    assert (found.status is Status.INFEASIBLE) if wanted is None else found.objective == wanted


@settings(max_examples=40)
@given(rides())
def test_shared_cars_are_as_good_as_with_rows_that_hold_the_levels(problem):
    """Tokens and switches make values that are not whole."""
    found = climbed(problem)
    assert check(problem, found) == []
    assert found.objective == solve(problem, method="milp").objective


def two_helpers() -> Problem:
    """Return two needs with two helpers each, and a group that takes both helpers of one need."""
    return Problem(
        needs=3,
        levels=2,
        capacity=np.ones(4, dtype=np.int64),
        option_need=[0, 0, 1, 1, 2, 2],
        option_score=[[12, 5], [12, 4], [12, 3], [12, 2], [30, 0], [30, 1]],
        option_use=[
            [1, 0, 0, 0],
            [0, 1, 0, 0],
            [0, 0, 1, 0],
            [0, 0, 0, 1],
            [1, 1, 0, 0],
            [0, 0, 1, 1],
        ],
    )


def test_halves_of_two_helpers_are_ruled_out_by_one_row():
    """Half of each option keeps every limit; at most one of the three that exclude each other."""
    part = compile_problem(two_helpers())
    rows = violated_cliques(part, np.full(6, 0.5), np.arange(6)).toarray()
    assert sorted(row.nonzero()[0].tolist() for row in rows) == [[0, 1, 4], [2, 3, 5]]


def test_with_such_rows_prices_prove_the_level():
    """The relaxation was 54 before, and the best plan is 42: no branch and bound is needed."""
    found = climbed(two_helpers())
    assert found.objective == found.bound == best(two_helpers()) == (42, 6)
    assert "milp" not in found.method
    assert "milp" in climbed(two_helpers(), ROUNDS=0).method


def test_a_relaxation_that_takes_too_long_with_such_rows_is_taken_without():
    """The rows are only help."""
    relaxed, asked = faces._relaxed, []

    def once(core, level, *rest):
        asked.append(level)
        return relaxed(core, level, *rest) if level not in asked[:-1] else None

    found = climbed(two_helpers(), _relaxed=once)
    assert asked[:2] == [0, 0]
    assert found.objective == found.bound == (42, 6)
