"""Where the plans lie that come up to a bound: none is lost, and at best no other is left."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.solvers import Problem, Status, check, guided, incumbent, polishing, solve
from assetmap.solvers.bounding import Relaxation, all_rows, prove
from assetmap.solvers.model import compile_problem
from assetmap.solvers.summits import summit
from tests.solvers import strategies
from tests.solvers.brute import best, dense, is_plan, plans
from tests.solvers.random_problems import neighbourhood

SOME = settings(max_examples=60, deadline=None)
PRICES = st.none() | st.lists(st.floats(-5, 5), min_size=30, max_size=30)


def every(problem):
    """All plans, as one value per column."""
    uses = [dense(problem, kind)[1] for kind in ("option", "alternative", "switch")]
    for plan in plans(problem):
        if is_plan(problem, *plan, uses):
            yield np.array([value for group in plan for value in group], dtype=np.int64)


def left(problem, given_prices, below):
    """The summit at given prices, or the best ones, for the best value less so much."""
    part = compile_problem(problem)
    expected = best(problem)
    if expected is None or (part.low > part.high).any():
        return part, None, 0
    rows = all_rows(part, ())
    ranges = (part.low, part.high)
    if given_prices is None:
        price = Relaxation(rows, part.score[:, 0], ranges).advance(2000, 60.0)
    else:
        price = np.resize(np.array(given_prices), rows.low.size)
        price[part.row_low.size :] = np.abs(price[part.row_low.size :])
    proof = prove(rows, part.score[:, 0], ranges, price)
    target = expected[0] - below
    step = int(np.gcd.reduce(part.score[:, 0], initial=0)) or 1
    return part, summit(part, proof, (), ranges=ranges, target=target, step=step), target


@SOME
@given(st.one_of(strategies.problems(), strategies.rides()), PRICES, st.integers(0, 3))
def test_no_plan_of_interest_is_lost(problem, given_prices, below):
    """Whatever the prices: who comes up to the target stays, and where it says so nobody else."""
    part, found, target = left(problem, given_prices, below)
    for values in every(problem) if found is not None else ():
        if part.value(values)[0] >= target:
            assert found.part.keeps(values)
        elif found.enough:
            assert not found.part.keeps(values)


def test_above_the_bound_there_is_nothing():
    """A target above what the prices prove leaves no plan."""
    problem = Problem.from_scores([[5, 1], [4, 3]])
    part = compile_problem(problem)
    rows = all_rows(part, ())
    ranges = (part.low, part.high)
    proof = prove(rows, part.score[:, 0], ranges, np.zeros(rows.low.size))
    target = proof.value + 1
    assert summit(part, proof, (), ranges=ranges, target=target, step=1) is None


def test_at_the_best_prices_only_the_best_plans_are_left():
    """Two needs want one seat: with the seat at its price only the dearer one can have it."""
    problem = Problem.from_scores([[5], [3]])
    part = compile_problem(problem)
    rows = all_rows(part, ())
    price = np.zeros(rows.low.size)
    price[np.flatnonzero(part.resource >= 0)] = 4
    ranges = (part.low, part.high)
    proof = prove(rows, part.score[:, 0], ranges, price)
    found = summit(part, proof, (), ranges=ranges, target=5, step=1)
    assert proof.value == 5
    assert found.enough
    assert [found.part.keeps(np.array(plan)) for plan in ([1, 0], [0, 1], [0, 0])] == [
        True,
        False,
        False,
    ]


def test_a_level_at_its_bound_needs_no_row_for_the_next(monkeypatch):
    """The next level is searched among the best plans alone, by parts or all at once."""
    problem = neighbourhood(needs=40, seed=3)
    held = []
    search = incumbent.search_mixed
    monkeypatch.setattr(
        incumbent, "search_mixed", lambda task: held.append(task.held) or search(task)
    )
    expected = solve(problem, method="guided")
    assert expected.status is Status.OPTIMAL
    assert () in held
    monkeypatch.setattr(guided, "AT_A_TIME", 0)
    monkeypatch.setattr(polishing, "AT_ONCE", 0)
    other = solve(problem, method="guided")
    assert check(problem, other) == []
    assert other.objective == expected.objective
