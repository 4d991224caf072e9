"""The search guided by prices: exact where it finishes, honest where it does not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.solvers import (
    Problem,
    Progress,
    Reason,
    Status,
    check,
    guided,
    polishing,
    prices,
    relaxation,
    solve,
)
from assetmap.solvers.bounding import Relaxation, all_rows, prove
from assetmap.solvers.components import split
from assetmap.solvers.model import compile_problem
from assetmap.solvers.outcome import Watch
from assetmap.solvers.regions import ball, chart, narrow
from assetmap.solvers.solving import _jobs, _run
from tests.solvers import strategies
from tests.solvers.brute import best, dense, is_plan, plans
from tests.solvers.random_problems import neighbourhood
from tests.solvers.test_exact import compare
from tests.solvers.test_limits import side_by_side

SOME = settings(max_examples=60, deadline=None)
WORK = st.sampled_from([0.3, 0.05, 0.001])
GAP = st.sampled_from([0.0, 0.0, 0.2])


@pytest.fixture
def small(monkeypatch):
    """Thresholds so small that tiny problems go through every step for large ones."""
    monkeypatch.setattr(guided, "AT_A_TIME", 0)
    monkeypatch.setattr(guided, "STAGES", (5, 20))
    monkeypatch.setattr(polishing, "AT_ONCE", 0)
    monkeypatch.setattr(polishing, "SIZES", (2, 4, 6, 8))
    monkeypatch.setattr(polishing, "COVER", 3)


def honest(problem, **limits):
    """Solve within limits and compare everything that is claimed with trying everything."""
    expected = best(problem)
    solution = solve(problem, method="guided", **limits)
    assert check(problem, solution) == []
    if expected is None:
        assert solution.status in (Status.INFEASIBLE, Status.NO_SOLUTION)
        return
    assert solution.status is not Status.INFEASIBLE
    if solution.objective is None:
        return
    assert solution.objective <= expected
    assert (solution.status is Status.OPTIMAL) <= (solution.objective == expected)
    for level, bound in enumerate(solution.bound):
        assert bound is None or bound >= expected[level]
        if solution.objective[level] != expected[level]:
            break


@SOME
@given(strategies.problems())
def test_any_structure(problem):
    """On any structure the best values, proven, or infeasible when nothing fits."""
    assert compare(problem, "guided").method.split("+")[0] in ("guided", "direct")


@SOME
@given(strategies.rides())
def test_rides(problem):
    """Legs on cars that supply seats only when they drive."""
    compare(problem, "guided")


@pytest.mark.parametrize("whole", [0, 9000])
@pytest.mark.usefixtures("small")
def test_never_claims_more_than_it_proved(monkeypatch, whole):
    """Stopped after any amount of work, bounds hold and the status is not too good."""
    monkeypatch.setattr(guided, "WHOLE", whole)

    @SOME
    @given(strategies.problems(), WORK, GAP)
    def anything(problem, work, gap):
        honest(problem, work_limit=work, gap=gap)

    @SOME
    @given(strategies.rides(), WORK, GAP)
    def cars(problem, work, gap):
        honest(problem, work_limit=work, gap=gap)

    anything()
    cars()


@SOME
@given(strategies.problems(), st.lists(st.floats(-5, 5), min_size=30, max_size=30))
def test_any_prices_prove_a_bound(problem, given_prices):
    """Whatever the prices: no plan is above the bound, and ranges keep all plans of interest."""
    part = compile_problem(problem)
    if (part.low > part.high).any():
        return
    rows = all_rows(part, ())
    price = np.resize(np.array(given_prices), rows.low.size)
    price[part.row_low.size :] = np.abs(price[part.row_low.size :])
    proof = prove(rows, part.score[:, 0], (part.low, part.high), price)
    expected = best(problem)
    if expected is None:
        return
    assert proof.value >= expected[0]
    low, high = proof.tighten(part.low, part.high, expected[0])
    uses = [dense(problem, kind)[1] for kind in ("option", "alternative", "switch")]
    for plan in plans(problem):
        if is_plan(problem, *plan, uses):
            values = np.array([value for group in plan for value in group], dtype=np.int64)
            if part.value(values)[0] >= expected[0]:
                assert (low <= values).all()
                assert (values <= high).all()


def test_the_relaxation_closes_in():
    """Further rounds bring the bound down to the linear relaxation, and end there."""
    part = split(compile_problem(neighbourhood(60, 1))).core
    rows, ranges = all_rows(part, ()), (part.low, part.high)
    relaxation = Relaxation(rows, part.score[:, 0], ranges)
    found = [
        prove(rows, part.score[:, 0], ranges, relaxation.advance(rounds, 60.0)).exact
        for rounds in (64, 5000)
    ]
    assert found[1] < found[0]
    assert relaxation.finished


def test_numbers_that_are_too_large_for_any_grid_prove_nothing():
    """A bound that could leave 64 bits is not computed."""
    problem = Problem(
        needs=2,
        capacity=[2**60],
        option_need=[0, 1],
        option_score=[2**58, 2**58],
        option_use=[[2**59], [2**59 + 1]],
    )
    part = compile_problem(problem)
    price = np.full(3, 1.0)
    assert prove(all_rows(part, ()), part.score[:, 0], (part.low, part.high), price) is None


def test_regions_are_units_that_meet():
    """A region holds whole needs; what is free in it can be decided without breaking the rest."""
    part = split(compile_problem(neighbourhood(60, 2))).core
    found = chart(part, np.arange(part.columns.size))
    assert sorted(np.concatenate(found.members)) == list(range(part.columns.size))
    taken: set[int] = set()
    rng = np.random.default_rng(1)
    units = ball(found, rng, columns=40, taken=taken)
    assert 40 <= sum(found.members[unit].size for unit in units) < part.columns.size
    assert taken == set(units)
    assert not taken & set(ball(found, rng, columns=40, taken=taken)[:0])
    columns = np.sort(np.concatenate([found.members[unit] for unit in units]))
    sub = narrow(part, part.low, columns, ranges=(part.low, part.high))
    assert sub.keeps(sub.low)
    assert (sub.columns == columns).all()


@pytest.mark.usefixtures("small")
def test_the_same_input_gives_the_same_plan():
    """Two runs through regions choose the same, and another seed keeps the values."""
    problem = neighbourhood(40, 4)
    one, two = (solve(problem, method="guided") for _ in range(2))
    assert one.status is Status.OPTIMAL
    assert check(problem, one) == []
    for name in ("chosen", "alternative", "switch"):
        assert (getattr(one, name) == getattr(two, name)).all()
    assert solve(problem, method="guided", seed=9).objective == one.objective
    assert solve(problem, method="milp").objective == one.objective


def test_large_parts_are_guided():
    """A contended neighbourhood of 150 needs is large; milp finds the same values."""
    problem = neighbourhood(150, 1)
    solution = solve(problem)
    assert "guided" in solution.method
    assert solution.status is Status.OPTIMAL
    assert check(problem, solution) == []


@pytest.mark.parametrize("method", ["guided", "milp", "cpsat"])
def test_components_side_by_side_give_the_same_bytes(method):
    """One worker or three: every part of the result is the same."""
    problem = side_by_side(side_by_side(neighbourhood(12, 3)))
    taken = split(compile_problem(problem))
    results = []
    for workers in (1, 3):
        watch = Watch(deadline=float("inf"), work=2.0, gap=0.0, seed=0)
        results.append(_run(_jobs(taken, method, faces=False), watch, None, workers=workers))
    assert len(results[0]) >= 4
    for one, two in zip(*results, strict=True):
        assert one.values.tobytes() == two.values.tobytes()
        assert (one.status, one.reason, one.bound) == (two.status, two.reason, two.bound)
        assert one.method == two.method


def test_an_error_of_progress_stops_every_component():
    """With several components at work, the caller's own error reaches the caller."""
    problem = side_by_side(neighbourhood(15, 3))

    def listen(message):
        if message.objective is not None:
            raise LookupError("mine")

    with pytest.raises(LookupError, match="mine"):
        solve(problem, method="guided", progress=listen)


def test_progress_tells_value_bound_and_how_many_are_met():
    """Messages carry the best value, the bound once it is proven, and the options chosen."""
    problem = neighbourhood(60, 3)
    heard: list[Progress] = []
    solution = solve(problem, method="guided", progress=heard.append)
    assert any(message.met for message in heard)
    for message in heard:
        if message.bound is not None and message.objective is not None:
            assert message.bound >= message.objective
    assert solution.status is Status.OPTIMAL


def test_an_interrupt_returns_the_best_so_far():
    """Returning False after the first plan ends the search with that plan or a better one."""
    problem = neighbourhood(60, 3)
    solution = solve(problem, method="guided", progress=lambda m: m.objective is None)
    assert (solution.status, solution.reason) == (Status.FEASIBLE, Reason.INTERRUPTED)
    assert solution.chosen.any()
    assert check(problem, solution) == []


def test_no_time_returns_the_start():
    """Without time, what was begun with is returned and nothing is claimed."""
    problem = neighbourhood(30, 3)
    full = solve(problem)
    solution = solve(problem, method="guided", time_limit=0, start=full)
    assert solution.objective == full.objective
    assert solution.status is Status.FEASIBLE
    assert solution.bound == (None, None, None)


@SOME
@given(problem=strategies.problems())
def test_prices_of_huge_parts_prove_a_bound(problem):
    """Prices that are only approached are honest all the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(relaxation, "HUGE", 0)
        found = prices(problem)
    expected = best(problem)
    if expected is not None and found.price_bound is not None:
        assert found.price_bound >= expected[0]
    assert found.status is not Status.INFEASIBLE or expected is None
