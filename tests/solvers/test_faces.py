"""Levels are maximised on the best face of each: the same plans as with rows that hold them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings

from assetmap.solvers import Problem, Reason, Status, check, faces, solve, solving
from assetmap.solvers.components import split
from assetmap.solvers.faces import solve_by_faces
from assetmap.solvers.model import compile_problem
from assetmap.solvers.outcome import Outcome, Watch
from assetmap.solvers.regions import chart
from tests.solvers.brute import best
from tests.solvers.random_problems import neighbourhood
from tests.solvers.strategies import problems, rides


def climbed(problem, **changes):
    """Solve without trying everything, so that whatever is no flow climbs from face to face."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(solving, "is_tiny", lambda _: False)
        for name, value in changes.items():
            patch.setattr(faces, name, value)
        return solve(problem)


@settings(max_examples=150)
@given(problems())
def test_every_level_is_as_good_as_trying_everything(problem):
    """And its bound is proven."""
    found = climbed(problem)
    assert check(problem, found) == []
    wanted = best(problem)
    if wanted is None:
        assert found.status is Status.INFEASIBLE
    else:
        assert found.status is Status.OPTIMAL
        assert found.objective == found.bound == wanted


@settings(max_examples=60)
@given(rides())
def test_shared_cars_are_as_good_as_with_rows_that_hold_the_levels(problem):
    """Tokens and switches make values that are not whole."""
    found = climbed(problem)
    assert check(problem, found) == []
    assert found.objective == solve(problem, method="milp").objective
    assert found.status is Status.OPTIMAL


@settings(max_examples=60)
@given(problems())
def test_what_no_prices_prove_is_left_to_branch_and_bound(problem):
    """Without a single proof the answer is the same."""
    found = climbed(problem, DENOMINATORS=())
    assume("direct" not in found.method and found.method != "flow")
    assert found.objective == best(problem)
    assert "milp" in found.method or "cpsat" in found.method


@settings(max_examples=60)
@given(problems())
def test_a_relaxation_that_fails_changes_nothing(problem):
    """Everything is then left to branch and bound."""
    found = climbed(problem, _relaxed=lambda *_: None)
    assert found.objective == best(problem)


def ring(size: int) -> Problem:
    """Return options in a ring of which neighbours exclude each other."""
    use = np.zeros((size, size), dtype=np.int64)
    for at in range(size):
        use[at, at] = use[at, (at + 1) % size] = 1
    score = [[1, at] for at in range(size)]
    return Problem(
        needs=size,
        capacity=np.ones(size, dtype=np.int64),
        levels=2,
        option_need=np.arange(size),
        option_score=score,
        option_use=use,
    )


@pytest.mark.parametrize("size", [15, 17])
def test_a_ring_of_odd_length_has_no_whole_relaxation_and_is_solved_all_the_same(size):
    """Half of everything is the relaxation, and no prices prove less than half the ring."""
    found = climbed(ring(size))
    assert found.objective[0] == size // 2
    assert found.status is Status.OPTIMAL
    assert found.objective == solve(ring(size), method="cpsat").objective
    assert "milp" in found.method


def test_where_all_relaxations_are_whole_no_branch_and_bound_is_needed():
    """A ring of even length is a flow in disguise."""
    found = climbed(ring(14))
    assert found.objective == (7, sum(range(1, 14, 2)))
    assert found.method in {"faces", "flow"}


def test_no_time_leaves_the_empty_plan():
    """Nothing was proven, and that is said."""
    found = solve(ring(41), time_limit=0.0)
    assert found.status in {Status.FEASIBLE, Status.NO_SOLUTION}
    assert found.reason == "time_limit"


@pytest.mark.parametrize("last", [0, 1])
def test_who_stops_after_a_level_keeps_what_it_reached(last):
    """The levels so far are as good as they can be; nothing is said of those after."""
    problem = neighbourhood(40, 1)
    whole = solve(problem)

    def listen(told):
        return told.objective is None or told.level < last

    found = solve(problem, progress=listen)
    assert check(problem, found) == []
    assert found.reason == "interrupted"
    assert found.objective[: last + 1] == whole.objective[: last + 1]
    assert found.bound[: last + 1] == whole.objective[: last + 1]
    assert whole.method.startswith("faces")


def test_what_is_left_to_others_does_not_hang_together_by_implied_rows():
    """Each need and each switch stays a unit of its own, whatever rows tie users to suppliers."""
    problem = neighbourhood(40, 1)
    whole = split(compile_problem(problem)).core
    left = []

    def climb(part, share, plan):
        left.append(part)
        none = (None,) * part.levels
        return Outcome(Status.NO_SOLUTION, Reason.FINISHED, None, none, "none")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(faces, "_relaxed", lambda *_: None)
        solve_by_faces(whole, Watch(float("inf"), None, 0.0, 0), climb)
    parts = sum(part.row_low.size for part in left)
    assert parts == whole.row_low.size
    units = [chart(part, np.arange(part.columns.size)).units for part in left]
    assert sum(units) == chart(whole, np.arange(whole.columns.size)).units > 40


def failing_from(level):
    """Return a relaxation that fails on a level and those after it."""
    relaxed = faces._relaxed

    def failing(core, at, *rest):
        return relaxed(core, at, *rest) if at < level else None

    return failing


@pytest.mark.parametrize("made", [problems, rides])
@pytest.mark.parametrize("level", [1, 2])
def test_a_relaxation_that_fails_later_keeps_what_is_closed(made, level):
    """What is left to others are plans that are best on the levels before, and no others."""

    @settings(max_examples=40)
    @given(made())
    def found_all_the_same(problem):
        found = climbed(problem, _relaxed=failing_from(level))
        assert check(problem, found) == []
        assert found.objective == solve(problem, method="milp").objective

    found_all_the_same()


def test_who_is_left_to_others_keeps_the_rows_that_are_used_up():
    """The car is worth its trip only with somebody in it; later on an empty one is worth more."""
    problem = Problem(
        needs=1,
        levels=2,
        capacity=[0],
        option_need=[0],
        option_score=[[2, -1]],
        option_use=[[1]],
        switch_score=[[-2, 5]],
        switch_use=[[-3]],
    )
    found = climbed(problem, _relaxed=failing_from(1))
    assert found.objective == climbed(problem).objective == best(problem) == (0, 4)
