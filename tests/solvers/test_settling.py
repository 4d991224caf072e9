"""Where each choice uses one limit: bounds hold, and what is settled keeps the limits."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from assetmap.solvers import Problem, Status, check, guided, settling, solve, solving
from assetmap.solvers.bounding import all_rows
from assetmap.solvers.exchanging import exchange
from assetmap.solvers.knapsacks import SHIFT, bound_at, descend, settle, table_of
from assetmap.solvers.model import compile_problem
from assetmap.solvers.settling import settled
from assetmap.solvers.swapping import Guide, choices
from tests.solvers.brute import best, dense, is_plan, plans
from tests.solvers.test_guided import honest

SOME = settings(max_examples=40, deadline=None)


def never():
    """Nothing stops the search."""
    return False


@st.composite
def jobs(draw):
    """A few jobs for two or three agents, or for nobody where a job may be left undone."""
    agents, number = draw(st.integers(2, 3)), draw(st.integers(1, 3))
    size = agents * number
    cost = draw(st.lists(st.integers(-9, 9), min_size=size, max_size=size))
    use = draw(st.lists(st.integers(1, 5), min_size=size, max_size=size))
    option = np.arange(size)
    return Problem(
        needs=number,
        need_min=np.array(draw(st.lists(st.integers(0, 1), min_size=number, max_size=number))),
        capacity=np.array(draw(st.lists(st.integers(0, 9), min_size=agents, max_size=agents))),
        option_need=option // agents,
        option_score=np.array(cost),
        option_use=sparse.csr_array((np.array(use), (option, option % agents)), (size, agents)),
        forbidden=np.array(draw(st.lists(st.booleans(), min_size=size, max_size=size)))
        & (option % 5 == 0),
    )


def hard(agents, number, seed):
    """Jobs of which the cheap ones take much, as in the hard classes of the literature."""
    rng = np.random.default_rng(seed)
    use = rng.integers(1, 101, (number, agents))
    cost = 111 - use + rng.integers(-10, 11, (number, agents))
    option = np.arange(agents * number)
    return Problem(
        needs=number,
        need_min=1,
        capacity=(0.8 * use.sum(axis=0) / agents).astype(np.int64),
        option_need=option // agents,
        option_score=-cost.ravel(),
        option_use=sparse.csr_array((use.ravel(), (option, option % agents))),
    )


def written(problem):
    """The part of a problem, its groups, what guides there, and the table."""
    part = compile_problem(problem)
    found = choices(part)
    rows = all_rows(part, ())
    guide = Guide(rows, part.score[:, 0], (part.low, part.high), np.ones(rows.low.size))
    return part, found, guide, table_of(found, guide)


@SOME
@given(jobs(), st.lists(st.floats(-20, 20), min_size=3, max_size=3))
def test_any_prices_of_groups_prove_a_bound(problem, price):
    """Whatever the prices, no plan is above the bound."""
    expected = best(problem)
    table = written(problem)[3]
    if expected is None or table is None:
        return
    price = np.resize(np.array(price), table.groups)
    assert bound_at(table, price)[0] >= expected[0] << SHIFT
    lower = descend(table, price, target=expected[0], rounds=30, pace=(1.0, 5), stopped=never)
    assert expected[0] << SHIFT <= lower.exact <= bound_at(table, price)[0]


@SOME
@given(jobs(), st.integers(0, 9))
def test_a_table_holds_every_plan_and_exchanges_keep_the_limits(problem, seed):
    """Each plan is one choice per group; what comes out of settling and exchanging is a plan."""
    part, _, _, table = written(problem)
    if table is None:
        return
    uses = [dense(problem, kind)[1] for kind in ("option", "alternative", "switch")]
    for plan in plans(problem):
        values = np.array(plan[0], dtype=np.int64)
        there = [set(table.column[table.gain[:, at] > -(2**40), at]) for at in range(table.groups)]
        mine = [set(np.flatnonzero(values * (problem.option_need == g))) or {-1} for g in range(3)]
        possible = all(len(m) == 1 and m <= t for m, t in zip(mine, there, strict=False))
        assert possible or not is_plan(problem, *plan, uses)
    rng = np.random.default_rng(seed)
    price = np.zeros(table.groups)
    choice = settle(table, price, target=0.0, pace=(0.5, 5, 0.5), rng=rng, stopped=never)
    fee = np.ones(table.room.size)
    found = exchange(table, choice, fee, steps=20, rng=rng, stopped=never)
    if found is not None:
        assert (table.load(found) <= table.room).all()
        assert part.keeps(table.plan(found, part.columns.size))


def test_what_uses_several_limits_is_no_table():
    """A choice that takes from two limits, and a limit from below, are left to others."""
    two = Problem(needs=1, capacity=[3, 3], option_need=[0], option_score=[1], option_use=[[1, 1]])
    assert written(two)[3] is None
    below = Problem(
        needs=1,
        capacity=[3],
        capacity_min=[1],
        option_need=[0],
        option_score=[1],
        option_use=[[1]],
    )
    assert written(below)[3] is None


def test_never_claims_more_than_it_proved(monkeypatch):
    """With any amount of work the bound holds, and what is called optimal is."""
    monkeypatch.setattr(settling, "FEWEST", 0)
    monkeypatch.setattr(settling, "ROUNDS", 10)
    monkeypatch.setattr(settling, "STEPS", 10)
    monkeypatch.setattr(guided, "ATTEMPTS", 2)
    monkeypatch.setattr(guided, "CHANGES", 0)
    seen = []
    real = guided.settled
    monkeypatch.setattr(guided, "settled", lambda *a, **k: seen.append(1) or real(*a, **k))

    @SOME
    @given(jobs(), st.sampled_from([None, 0.3, 0.01]))
    def stopped(problem, work):
        honest(problem, work_limit=work)

    stopped()
    assert seen


def test_hard_jobs_are_close_to_their_bound_and_the_same_again():
    """Limits that are nearly used up: the bound of knapsacks and what is settled nearly meet."""
    problem = hard(agents=5, number=40, seed=1)
    part, found, guide, _ = written(problem)

    def run():
        every = settled(
            found,
            guide,
            value=lambda: -2700,
            rng=np.random.default_rng(1),
            attempts=3,
            stopped=never,
        )
        return [(each.bound, each.values) for each in every]

    first, second = run(), run()
    assert [bound for bound, _ in first] == [bound for bound, _ in second]
    assert all(np.array_equal(a[1], b[1]) for a, b in zip(first, second, strict=True))
    reached = [values for _, values in first if values is not None]
    assert all(part.keeps(values) for values in reached)
    value = max(part.value(values)[0] for values in reached)
    assert value <= first[0][0]
    assert first[0][0] - value <= 0.015 * abs(value)


def test_where_branch_and_bound_did_not_end_prices_guide_the_next_search(monkeypatch):
    """Where choices are all there is, what one search left open is not given to it again."""
    seen = []
    real = solving.Guided
    monkeypatch.setattr(solving, "HARD", 0)
    monkeypatch.setattr(solving, "Guided", lambda *a: seen.append(1) or real(*a))
    problem = hard(agents=3, number=15, seed=2)
    found = solve(problem, work_limit=0.02)
    assert check(problem, found) == []
    assert seen
    assert found.status in (Status.OPTIMAL, Status.FEASIBLE)
