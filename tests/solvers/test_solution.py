"""A solution reads easily and can't be changed."""

from __future__ import annotations

import dataclasses

import pytest

from assetmap.errors import ProblemError
from assetmap.solvers import Problem, Reason, Solution, Status, solve


def test_every_field_is_there():
    """Types are as documented: booleans, int64, plain integers, enums that are strings."""
    solution = solve(Problem.from_scores([[5, 1], [4, 3]]))
    assert solution.chosen.dtype == bool
    assert solution.alternative.shape == (0,)
    assert solution.switch.dtype == "int64"
    assert solution.objective == (8,)
    assert all(type(value) is int for value in (*solution.objective, *solution.bound))
    assert solution.gap == (0,)
    assert solution.closed == 1
    assert solution.status == "optimal"
    assert solution.reason == "finished"
    assert solution.method == "flow"
    assert solution.seconds > 0
    assert solution.prices.shape == (2,)
    assert solution.price_bound == 8


def test_it_is_frozen():
    """Neither fields nor arrays can be changed."""
    solution = solve(Problem.from_scores([[5]]))
    with pytest.raises(dataclasses.FrozenInstanceError):
        solution.status = Status.FEASIBLE
    with pytest.raises(ValueError, match="read-only"):
        solution.chosen[0] = False


def test_chosen_options_and_alternatives_by_owner():
    """One number per need and per leg, -1 for none."""
    problem = Problem(
        needs=3,
        capacity=[],
        option_need=[0, 0, 2],
        option_score=[1, 2, -1],
        leg_option=[1, 2],
        alternative_leg=[0, 0, 1],
        alternative_score=[1, 2, 0],
    )
    solution = solve(problem)
    assert solution.option_of_need().tolist() == [1, -1, -1]
    assert solution.alternative_of_leg().tolist() == [1, -1]


def test_several_have_no_one_answer():
    """Where the limit is not one, the question is refused, with the way out."""
    solution = solve(
        Problem(needs=1, capacity=[], need_max=[2], option_need=[0], leg_option=[0], leg_count=[2])
    )
    with pytest.raises(ProblemError, match=r"need_max\[0\]: found 2; allowed: 1"):
        solution.option_of_need()
    with pytest.raises(ProblemError, match=r"leg_count\[0\]: found 2; allowed: 1"):
        solution.alternative_of_leg()


def test_gap_and_closed_count_leading_levels():
    """A later closed level does not count while an earlier one is open."""
    solution = Solution.from_plan(Problem.from_scores([[5]]), [1])
    three = dataclasses.replace(solution, objective=(5, 4, 3), bound=(5, 6, 3))
    assert three.gap == (0, 2, 0)
    assert three.closed == 1
    assert dataclasses.replace(three, bound=(5, None, 3)).gap == (0, None, 0)


def test_a_plan_of_the_caller():
    """Left out groups are empty; sizes are verified; the value is exact."""
    problem = Problem(
        needs=1,
        capacity=[],
        option_need=[0],
        option_score=[2**61],
        switch_score=[3],
        switch_max=[9],
    )
    solution = Solution.from_plan(problem, [True], switch=[7])
    assert solution.objective == (2**61 + 21,)
    assert solution.bound == (None,)
    assert Solution.from_plan(problem, [False]).objective == (0,)
    with pytest.raises(ProblemError, match=r"switch: found shape \(2,\); allowed: shape \(1,\)"):
        Solution.from_plan(problem, [True], switch=[1, 2])


def test_summary_is_one_line():
    """Status, reason, method and each level are in it."""
    text = solve(Problem.from_scores([[5]])).summary()
    assert text.startswith("optimal (finished) by direct in 0.")
    assert text.endswith("level 0: 5, at most 5")
    stopped = Solution.from_plan(Problem.from_scores([[5]]), [1])
    assert "level 0: 5, no bound" in stopped.summary()
    assert stopped.reason is Reason.FINISHED
