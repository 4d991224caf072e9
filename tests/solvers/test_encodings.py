"""The worked encodings of the reference page, each with a hand-made answer and its opposite."""

from __future__ import annotations

import pytest

from assetmap.errors import ProblemError
from assetmap.solvers import Problem, Status, check, solve
from tests.solvers.brute import best

METHODS = ("auto", "milp", "cpsat")


def solved(problem, *, flow=False, exhaustive=True):
    """Solve by every method; all must agree with trying everything."""
    expected = best(problem) if exhaustive else None
    for method in (*METHODS, "flow") if flow else METHODS:
        solution = solve(problem, method=method)
        assert check(problem, solution) == []
        expected = solution.objective if expected is None and exhaustive is False else expected
        assert solution.objective == expected
    if not flow:
        with pytest.raises(ProblemError, match="flow networks"):
            solve(problem, method="flow")
    return solve(problem)


def test_assignment():
    """Three needs, three talents: the best total is not the best pair first."""
    problem = Problem.from_scores([[9, 8, 1], [9, 1, 1], [2, 3, 4]])
    solution = solved(problem, flow=True)
    assert solution.objective == (8 + 9 + 4,)
    assert solution.option_of_need().tolist() == [1, 3, 8]
    assert solved(Problem.from_scores([[9], [8]]), flow=True).objective == (9,)


def transportation(second):
    """Two gardens give apples to two kitchens; a switch counts the crates on each road."""
    return Problem(
        needs=0,
        capacity=[4, second, 3, 2],
        capacity_min=[0, 0, 3, 2],
        switch_score=[-1, -4, -2, -1],
        switch_use=[[1, 0, 1, 0], [1, 0, 0, 1], [0, 1, 1, 0], [0, 1, 0, 1]],
        switch_max=[4, 4, 4, 4],
    )


def test_transportation_with_quantities():
    """Kitchens get exactly what they ask, by the cheapest roads; too few crates: infeasible."""
    solution = solved(transportation(2), flow=True)
    assert solution.switch.tolist() == [3, 0, 0, 2]
    assert solution.objective == (-5,)
    assert solved(transportation(1), flow=True).objective == (-8,)
    assert solve(transportation(0)).status is Status.INFEASIBLE


def test_generalised_assignment():
    """A job takes more hours of one helper than of another; hours do not stretch."""
    problem = Problem(
        needs=3,
        capacity=[5, 4],
        option_need=[0, 0, 1, 1, 2, 2],
        option_score=[6, 5, 6, 5, 6, 5],
        option_use=[[3, 0], [0, 2], [3, 0], [0, 2], [2, 0], [0, 3]],
    )
    solution = solved(problem)
    assert solution.objective == (6 + 5 + 6,)
    assert solution.option_of_need()[2] == 4


def knapsack(budget):
    """One size for each of two rooms, within one budget."""
    return Problem(
        needs=2,
        need_min=[1, 1],
        capacity=[budget],
        option_need=[0, 0, 1, 1],
        option_score=[2, 5, 1, 6],
        option_use=[[2], [4], [1], [5]],
    )


def test_multiple_choice_knapsack():
    """Every class gets exactly one item; a budget below the smallest ones is infeasible."""
    assert solved(knapsack(7)).objective == (8,)
    assert solved(knapsack(6)).objective == (6,)
    assert solved(knapsack(3)).objective == (3,)
    assert solve(knapsack(2)).status is Status.INFEASIBLE


def network(short_cut):
    """Three units from corner 0 to corner 3; each switch leaves one corner for another."""
    arcs = [(0, 1, 1, 2), (0, 2, 3, 2), (1, 3, 1, 1), (2, 3, 1, 3), (1, 2, short_cut, 2)]
    return Problem(
        needs=0,
        capacity=[3, 0, 0, -3],
        capacity_min=[3, 0, 0, -3],
        switch_score=[-cost for _, _, cost, _ in arcs],
        switch_use=[[(v == a) - (v == b) for v in range(4)] for a, b, _, _ in arcs],
        switch_max=[room for _, _, _, room in arcs],
    )


def test_min_cost_flow():
    """A cheap short cut is used, a dear one is not."""
    assert solved(network(1), flow=True).switch.tolist() == [2, 1, 1, 2, 1]
    assert solved(network(9), flow=True).switch.tolist() == [1, 2, 1, 2, 0]


def session(cooks):
    """Three people want a seat at a dinner that has seats only if it runs, with a cook."""
    return Problem(
        needs=3,
        capacity=[cooks, 0],
        option_need=[0, 1, 2],
        option_score=[4, 4, 4],
        option_use=[[0, 1], [0, 1], [0, 1]],
        switch_score=[-1],
        switch_use=[[1, -2]],
    )


def test_a_session_runs_only_with_a_cook():
    """With a cook two seats; without one the session does not run."""
    assert solved(session(1)).objective == (7,)
    assert solved(session(0)).objective == (0,)


def group(people):
    """Each who joins is a participant; a group uses three and gives five places."""
    return Problem(
        needs=people,
        capacity=[0, 0],
        option_need=range(people),
        option_score=[2] * people,
        option_use=[[-1, 1]] * people,
        switch_use=[[3, -5]],
    )


def test_a_group_of_at_least_three():
    """Three start a group, two do not; the sixth finds it full."""
    assert solved(group(3)).objective == (6,)
    assert solved(group(2)).objective == (0,)
    assert solved(group(6)).objective == (10,)


def hours(second):
    """Six hours of help, all or nothing, from helpers who have four and so many."""
    return Problem(
        needs=1,
        levels=2,
        capacity=[0, 4, second],
        capacity_min=[0, 0, 0],
        option_need=[0],
        option_score=[[9, 0]],
        option_use=[[6, 0, 0]],
        switch_score=[[0, -1], [0, -2]],
        switch_use=[[-1, 1, 0], [-1, 0, 1]],
        switch_max=[4, 4],
    )


def test_hours_split_over_helpers():
    """The nearer helper gives four hours, the other two; one hour short is no help at all."""
    solution = solved(hours(3))
    assert solution.objective == (9, -8)
    assert solution.switch.tolist() == [4, 2]
    assert solved(hours(1)).objective == (0, 0)


def rota(turns):
    """Each turn by one of three people; the k-th turn of a person costs 2k - 1."""
    return Problem(
        needs=turns,
        levels=2,
        capacity=[0, 0, 0],
        option_need=[turn for turn in range(turns) for _ in range(3)],
        option_score=[[1, 0]] * (3 * turns),
        option_use=[[person == p for p in range(3)] for _ in range(turns) for person in range(3)],
        switch_score=[[0, -(2 * k - 1)] for _ in range(3) for k in range(1, 4)],
        switch_use=[[-(person == p) for p in range(3)] for person in range(3) for _ in range(3)],
    )


def test_convex_load_is_exact_leximin():
    """Turns are spread as evenly as can be: squares of the loads are least."""
    for turns, squares in ((3, 3), (4, 1 + 1 + 4), (7, 4 + 4 + 9)):
        solution = solved(rota(turns), flow=True, exhaustive=False)
        assert solution.objective == (turns, -squares)
    assert best(rota(2)) == (2, -2)


def movers(present):
    """A cupboard takes two people; so many of three have time."""
    return Problem(
        needs=1,
        capacity=[1] * present + [0] * (3 - present),
        option_need=[0],
        option_score=[5],
        leg_option=[0],
        leg_count=[2],
        alternative_leg=[0, 0, 0],
        alternative_score=[1, 2, 3],
        alternative_use=[[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    )


def test_k_people_for_one_need():
    """The two best of three; of two, those; with one person the cupboard stays."""
    assert solve(movers(3)).alternative.tolist() == [False, True, True]
    assert solved(movers(2)).objective == (8,)
    assert solve(movers(1)).objective == (0,)
    assert best(movers(1)) == (0,)


def shared_car(sets):
    """Three people want a ride in one car, which may take one of some sets of riders."""
    return Problem(
        needs=3,
        capacity=[1, 0, 0, 0],
        option_need=[0, 1, 2],
        option_score=[5, 1, 4],
        leg_option=[0, 1, 2],
        alternative_leg=[0, 1, 2],
        alternative_use=[[0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]],
        switch_use=[[1, *(-(rider in riders) for rider in range(3))] for riders in sets],
    )


def test_a_shared_car_with_detour():
    """Riders 0 and 2 live too far apart: the car takes 0 and 1, unless the detour is allowed."""
    near = solved(shared_car([{0, 1}, {1, 2}]))
    assert near.chosen.tolist() == [True, True, False]
    assert solved(shared_car([{0, 1, 2}])).objective == (10,)
    assert solved(shared_car([{0, 1}, {2}])).objective == (6,)


def budget(euros):
    """Four wishes with a price, one purse."""
    return Problem(
        needs=4,
        capacity=[euros],
        option_need=[0, 1, 2, 3],
        option_score=[7, 5, 4, 3],
        option_use=[[50], [30], [25], [20]],
    )


def test_a_budget():
    """The best set of wishes that can be paid, to the euro."""
    assert solved(budget(75)).objective == (12,)
    assert solved(budget(100)).objective == (15,)
    assert solved(budget(79)).chosen.tolist() == [False, True, True, True]
    assert solved(budget(19)).objective == (0,)
