"""Large numbers stay exact, or are refused where a method can't hold them."""

from __future__ import annotations

import pytest

from assetmap.errors import ProblemError
from assetmap.solvers import Problem, Status, check, prices, solve
from tests.solvers.brute import best

HUGE = 2**60


def bundle(score):
    """Options of uneven size on one resource: no flow, too many to enumerate."""
    return Problem(
        needs=14,
        capacity=[20],
        option_need=range(14),
        option_score=score,
        option_use=[[2 + i % 3] for i in range(14)],
    )


def test_differences_of_one_in_sums_beyond_floats():
    """Scores near 2**58 that differ by one are told apart; auto keeps clear of floats."""
    score = [2**57 + i % 5 for i in range(14)]
    problem = bundle(score)
    solution = solve(problem)
    assert solution.method == "cpsat"
    assert solution.status is Status.OPTIMAL
    assert solution.objective == best(problem)
    assert check(problem, solution) == []


def test_milp_is_refused_where_floats_are_not_exact():
    """The caller is told which sum is too large and what to use instead."""
    with pytest.raises(ProblemError, match=r"2\*\*53 or more.*'cpsat'"):
        solve(bundle([2**57] * 14), method="milp")


def test_milp_on_large_but_safe_numbers():
    """Below 2**53 HiGHS may be asked for; its plan is computed again and is the best."""
    problem = bundle([2**45 + 7 * i for i in range(14)])
    solution = solve(problem, method="milp")
    assert check(problem, solution) == []
    assert solution.status is Status.OPTIMAL
    assert solution.objective == best(problem)


def test_flow_leaves_costs_that_do_not_fit():
    """Costs too large for 64-bit flow go to another method; asking for flow says why not."""
    problem = Problem.from_scores([[HUGE, 5], [HUGE + 1, 4]])
    solution = solve(problem)
    assert solution.method == "enumeration"
    assert solution.objective == (HUGE + 6,)
    with pytest.raises(ProblemError, match="very large scores"):
        solve(problem, method="flow")


def test_capacities_without_end():
    """The largest and smallest 64-bit numbers as limits bind nothing."""
    top, bottom = 2**63 - 1, -(2**63)
    problem = Problem(
        needs=2,
        capacity=[top, top, 1],
        capacity_min=[bottom, bottom + 1, bottom],
        option_need=[0, 1],
        option_score=[3, 4],
        option_use=[[1, 5, 1], [-1, -5, 1]],
    )
    for method in ("auto", "flow", "milp", "cpsat"):
        solution = solve(problem, method=method)
        assert solution.objective == (4,)
        assert check(problem, solution) == []


def test_capacities_that_nothing_can_keep():
    """The smallest capacity and the largest lower limit make it infeasible, not an overflow."""
    for limits in ({"capacity": [-(2**63)]}, {"capacity": [2**63 - 1], "capacity_min": [2**62]}):
        problem = Problem(needs=1, option_need=[0], option_use=[[1]], **limits)
        solution = solve(problem)
        assert solution.status is Status.INFEASIBLE
        assert solution.objective is None
        assert check(problem, solution) == []
        assert prices(problem).status is Status.INFEASIBLE


def test_prices_of_large_scores():
    """Prices keep to what floats and 64 bits can hold, and prove a bound or none."""
    problem = Problem.from_scores([[2**40, 5], [2**40 + 1, 4]])
    solution = solve(problem)
    assert solution.method == "flow"
    assert solution.price_bound == solution.objective[0] == 2**40 + 6
    assert check(problem, solution) == []
    too_large = Problem.from_scores([[HUGE * 2, 5], [1, 4]])
    assert prices(too_large).price_bound is None


def test_a_wide_switch():
    """A switch with a wide range is a whole number of any size, in every method."""
    problem = Problem(
        needs=0,
        capacity=[10**9 + 1],
        switch_score=[2],
        switch_use=[[3]],
        switch_max=[10**12],
    )
    for method in ("auto", "flow", "milp", "cpsat"):
        solution = solve(problem, method=method)
        assert solution.switch.tolist() == [(10**9 + 1) // 3]
        assert check(problem, solution) == []
