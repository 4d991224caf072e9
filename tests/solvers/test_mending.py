"""What a relaxation leaves not whole is made whole close by, and never believed unproven."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings

from assetmap.solvers import Problem, Status, check, faces, mending, solve, solving
from assetmap.solvers.levels import Task
from assetmap.solvers.model import compile_problem
from assetmap.solvers.outcome import Watch
from tests.solvers.brute import best
from tests.solvers.strategies import problems, rides


def climbed(problem, **changes):
    """Solve from face to face, and try to mend whatever is not whole, however small."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(solving, "is_tiny", lambda _: False)
        patch.setattr(mending, "MOST", 1.0)
        for name, value in changes.items():
            patch.setattr(faces, name, value)
        return solve(problem)


@settings(max_examples=100)
@given(problems())
def test_mended_plans_are_as_good_as_trying_everything(problem):
    """Every level has its best value, with a proof."""
    found = climbed(problem)
    assert check(problem, found) == []
    wanted = best(problem)
    if wanted is None:
        assert found.status is Status.INFEASIBLE
    else:
        assert found.objective == found.bound == wanted


@settings(max_examples=40)
@given(rides())
def test_shared_cars_are_mended_too(problem):
    """Tokens and switches make values that are not whole."""
    found = climbed(problem)
    assert check(problem, found) == []
    assert found.objective == solve(problem, method="milp").objective


@settings(max_examples=60)
@given(rides())
def test_what_prices_do_not_prove_is_searched_after_all(problem):
    """Values that keep every rule but are worse are found out."""

    def careless(task, _values, _near):
        return task.part.low if task.part.keeps(task.part.low) else None

    found = climbed(problem, mended=careless)
    assert check(problem, found) == []
    assert found.objective == solve(problem, method="milp").objective


def places(needs):
    """Return needs with two places each, half a need at each of the first two."""
    problem = Problem(
        needs=needs,
        capacity=np.ones(2 * needs, dtype=np.int64),
        option_need=np.repeat(np.arange(needs), 2),
        option_score=np.ones((2 * needs, 1), dtype=np.int64),
        option_use=np.eye(2 * needs, dtype=np.int64),
    )
    part = compile_problem(problem)
    watch = Watch(time.perf_counter() + 10.0, None, 0.0, 0, None, problem.options)
    weight = part.score[:, 0]
    task = Task(part, weight, (), None, 0, 10.0, None, 0.0, watch)
    values = np.tile([1.0, 0.0], needs)
    values[:2] = 0.5
    return task, values


def test_only_the_neighbours_of_what_is_not_whole_change():
    """The others keep their values."""
    task, values = places(20)
    found = mending.mended(task, values, 1e-6)
    assert found is not None
    assert sorted(found[:2].tolist()) == [0, 1]
    assert found[2:].tolist() == values[2:].tolist()


def test_what_is_not_as_good_as_the_relaxation_is_not_mended():
    """Then the whole is searched."""
    task, values = places(20)
    values[2] = values[3] = 0.75  # more than any plan reaches
    assert mending.mended(task, values, 1e-6) is None


def test_where_much_may_change_nothing_is_mended():
    """A search of the whole is as fast."""
    task, values = places(3)
    assert mending.mended(task, values, 1e-6) is None
