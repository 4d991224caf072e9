"""Every method finds what trying everything finds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from assetmap.errors import ProblemError
from assetmap.solvers import Status, check, prices, solve
from tests.solvers import strategies
from tests.solvers.brute import best
from tests.solvers.random_problems import neighbourhood, transportation

MANY = settings(max_examples=150, deadline=None)
SOME = settings(max_examples=60, deadline=None)


def compare(problem, method):
    """Solve and compare with trying everything; return the solution."""
    expected = best(problem)
    solution = solve(problem, method=method)
    assert check(problem, solution) == []
    if expected is None:
        assert solution.status is Status.INFEASIBLE
    else:
        assert solution.status is Status.OPTIMAL
        assert solution.objective == expected
        assert solution.bound == expected
        assert solution.closed == problem.levels
    return solution


@MANY
@given(strategies.problems())
def test_any_structure_by_auto(problem):
    """Any small problem: the best value of every level, or infeasible when nothing fits."""
    compare(problem, "auto")


@SOME
@given(strategies.problems())
def test_any_structure_by_milp(problem):
    """Branch and bound agrees with trying everything on any structure."""
    assert compare(problem, "milp").method in ("milp", "direct")


@SOME
@given(strategies.problems())
def test_any_structure_by_cpsat(problem):
    """CP-SAT agrees with trying everything on any structure."""
    assert compare(problem, "cpsat").method in ("cpsat", "direct")


@MANY
@given(strategies.flows())
def test_flows_by_flow(problem):
    """On flow structure the flow is exact and its prices prove the value of level 0."""
    solution = compare(problem, "flow")
    if solution.objective is not None:
        assert solution.price_bound == solution.objective[0]


@SOME
@given(strategies.problems(legs=False, switches=False))
def test_options_only(problem):
    """Options with any use: a generalised assignment with lower limits."""
    compare(problem, "auto")


@MANY
@given(strategies.problems(use=strategies.st.sampled_from([0, 0, 1, -1])))
def test_flow_is_exact_wherever_it_accepts(problem):
    """The flow method is exact or says that the structure is not a flow."""
    try:
        compare(problem, "flow")
    except ProblemError as error:
        assert "flow networks" in str(error)  # noqa: PT017


@pytest.mark.parametrize("method", ["auto", "milp", "cpsat"])
@settings(max_examples=40, deadline=None)
@given(problem=strategies.rides())
def test_rides(method, problem):
    """Legs on cars that supply seats only when they drive."""
    compare(problem, method)


@pytest.mark.parametrize("seed", range(3))
def test_methods_agree_where_trying_everything_is_too_long(seed):
    """Forty contended needs with rides and three levels: HiGHS and CP-SAT find the same."""
    problem = neighbourhood(40, seed)
    by_milp, by_cpsat = solve(problem, method="milp"), solve(problem, method="cpsat")
    assert check(problem, by_milp) == check(problem, by_cpsat) == []
    assert by_milp.status is by_cpsat.status is Status.OPTIMAL
    assert by_milp.objective == by_cpsat.objective
    assert prices(problem).price_bound >= by_milp.objective[0]


@pytest.mark.parametrize("seed", range(3))
def test_flow_agrees_where_trying_everything_is_too_long(seed):
    """Sixty needs, three levels: flow and branch and bound find the same, and prices prove it."""
    problem = transportation(60, seed)
    by_flow, by_milp = solve(problem, method="flow"), solve(problem, method="milp")
    assert check(problem, by_flow) == check(problem, by_milp) == []
    assert by_flow.objective == by_milp.objective
    assert by_flow.price_bound == by_flow.objective[0]
    assert by_milp.prices is None


def test_the_same_input_gives_the_same_plan():
    """Two runs choose the same options, not only the same values."""
    problem = neighbourhood(20, 5)
    one, two = solve(problem), solve(problem)
    assert (one.chosen == two.chosen).all()
    assert (one.alternative == two.alternative).all()
    assert (one.switch == two.switch).all()


@MANY
@given(strategies.problems())
def test_price_bound_holds_for_every_plan(problem):
    """The bound of the priced relaxation is never below the best plan."""
    expected = best(problem)
    result = prices(problem)
    if expected is not None:
        assert result.status is Status.OPTIMAL
        assert result.price_bound >= expected[0]
