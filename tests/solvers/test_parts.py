"""The pieces that methods are made of."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.optimize
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.solvers import Problem, Reason, Status, check, solve
from assetmap.solvers.components import split
from assetmap.solvers.cpsat import search_cpsat
from assetmap.solvers.cuts import alternative_needs_option, cuts, user_needs_supplier
from assetmap.solvers.levels import Climb, End, Reply, Task, worst
from assetmap.solvers.mixed import search_mixed
from assetmap.solvers.model import compile_problem
from assetmap.solvers.network import flow_components
from assetmap.solvers.outcome import Watch
from assetmap.solvers.potentials import distances
from tests.solvers import strategies
from tests.solvers.brute import dense, is_plan, plans
from tests.solvers.random_problems import neighbourhood


def test_components_are_found():
    """Needs that share a resource that can bind go together; a roomy resource binds nobody."""
    problem = Problem(
        needs=5,
        capacity=[1, 1, 9],
        option_need=[0, 1, 2, 3, 4],
        option_use=[[1, 0, 1], [1, 0, 1], [0, 1, 1], [0, 1, 1], [0, 0, 1]],
    )
    taken = split(compile_problem(problem))
    assert taken.count == 2
    assert taken.core.columns.tolist() == [0, 1, 2, 3]
    assert taken.column_component.tolist() == [0, 0, 1, 1]


def test_components_of_different_structure_get_different_methods():
    """A flow, a tiny component and a larger one stand side by side in one solution."""
    large = neighbourhood(20, 1)
    columns = np.zeros((large.options, 2), dtype=int)
    extra = Problem(
        needs=large.needs + 4,
        levels=3,
        capacity=[*large.capacity, 1, 2],
        option_need=[*large.option_need, *(large.needs + np.arange(4))],
        option_score=[*large.option_score.tolist(), *[[1, 0, 0]] * 4],
        option_use=[
            *np.hstack([large.option_use.toarray(), columns]).tolist(),
            *([0] * large.resources + use for use in ([1, 0], [1, 0], [0, 1], [0, 2])),
        ],
        leg_option=large.leg_option,
        alternative_leg=large.alternative_leg,
        alternative_score=large.alternative_score,
        alternative_use=np.hstack(
            [large.alternative_use.toarray(), np.zeros((large.alternatives, 2), dtype=int)]
        ),
        switch_score=large.switch_score,
        switch_use=np.hstack(
            [large.switch_use.toarray(), np.zeros((large.switches, 2), dtype=int)]
        ),
    )
    solution = solve(extra)
    assert set(solution.method.split("+")) == {"flow", "enumeration", "faces"}
    alone = solve(large).objective
    assert solution.objective == (alone[0] + 2, *alone[1:])
    assert check(extra, solution) == []


@pytest.mark.parametrize(
    ("switch_use", "is_flow"),
    [
        ([1, 0], True),
        ([-1, 0], True),
        ([1, -1], True),
        ([1, 1], True),
        ([2, -1], True),
        ([1, -1, 0], True),
    ],
)
def test_switches_that_are_arcs(switch_use, is_flow):
    """A switch on one resource, or between two, is an arc; sizes count per resource."""
    width = len(switch_use)
    problem = Problem(
        needs=0,
        capacity=[0] * width,
        capacity_min=[-3] * width,
        switch_use=[switch_use],
        switch_max=[5],
    )
    taken = split(compile_problem(problem))
    labels = (taken.row_component, taken.column_component)
    assert flow_components(taken.core, labels, taken.count).all() == is_flow


def test_an_odd_circle_is_no_flow():
    """Three resources, each pair used together: no signs make every column an arc."""
    problem = Problem(
        needs=0,
        capacity=[1, 1, 1],
        switch_score=[1, 1, 1],
        switch_use=[[1, 1, 0], [0, 1, 1], [1, 0, 1]],
    )
    taken = split(compile_problem(problem))
    labels = (taken.row_component, taken.column_component)
    assert not flow_components(taken.core, labels, taken.count).any()
    assert solve(problem).objective == (1,)


def test_distances_on_a_long_chain_and_a_bad_circle():
    """A long path is followed to its end; a circle of negative length is an error."""
    chain = np.arange(500)
    found = distances(chain, chain + 1, np.full(500, -1), 501)
    assert found.tolist() == list(range(0, -501, -1))
    with pytest.raises(RuntimeError, match="not the best"):
        distances(np.array([0, 1]), np.array([1, 0]), np.array([1, -2]), 2)


@settings(max_examples=100, deadline=None)
@given(st.one_of(strategies.rides(), strategies.problems()))
def test_cuts_keep_every_plan(problem):
    """A row that is added breaks no plan."""
    whole = compile_problem(problem)
    added = cuts(whole).toarray()
    uses = [dense(problem, kind)[1] for kind in ("option", "alternative", "switch")]
    for plan in plans(problem):
        if is_plan(problem, *plan, uses):
            values = np.array([value for group in plan for value in group], dtype=np.int64)
            assert (added @ values <= 0).all()


def test_cuts_are_there_for_rides():
    """Every seat in a car asks for the car, and only where the car alone supplies it."""
    problem = neighbourhood(20, 1)
    assert user_needs_supplier(compile_problem(problem)).shape[0] == problem.alternatives


def test_a_switch_that_supplies_no_more_than_one_takes_needs_no_cut():
    """The plain row says the same already."""
    supplies = {"capacity": [0], "switch_score": [-1], "option_need": [0, 1]}
    one = Problem(needs=2, option_use=[[1], [1]], switch_use=[[-1]], switch_max=2, **supplies)
    two = Problem(needs=2, option_use=[[1], [1]], switch_use=[[-2]], **supplies)
    assert user_needs_supplier(compile_problem(one)).shape[0] == 0
    assert user_needs_supplier(compile_problem(two)).shape[0] == 2


def test_half_an_option_cannot_have_half_of_its_helpers_whole():
    """Each alternative of a leg that takes several is at most its option; of one, as it is."""
    problem = Problem(
        needs=1,
        capacity=[],
        option_need=[0],
        leg_option=[0, 0],
        leg_count=[2, 1],
        alternative_leg=[0, 0, 0, 1],
    )
    added = alternative_needs_option(compile_problem(problem)).toarray()
    assert added.tolist() == [[-1, 1, 0, 0, 0], [-1, 0, 1, 0, 0], [-1, 0, 0, 1, 0]]


def climb(problem, searches):
    """Maximise the one component of a problem with searches of our own."""
    part = split(compile_problem(problem)).core
    watch = Watch(deadline=float("inf"), work=None, gap=0.0, seed=0)
    return part, Climb(part, searches, watch, 60.0, None, part.low).run()


@pytest.mark.parametrize(
    "lie",
    [
        lambda _: Reply(End.FAILED),
        lambda _: Reply(End.INFEASIBLE),
        lambda task: Reply(End.PROVED, task.part.high, 99),
        lambda task: Reply(End.PROVED, task.part.low, -1),
    ],
    ids=["failed", "infeasible", "broken rows", "bound below a known plan"],
)
def test_a_search_that_is_wrong_is_replaced(lie):
    """What contradicts exact arithmetic is not believed; the next search takes over."""
    problem = neighbourhood(10, 1)
    part, outcome = climb(problem, [("milp", lie), ("cpsat", search_cpsat)])
    assert outcome.method == "milp+cpsat"
    assert outcome.status is Status.OPTIMAL
    assert part.keeps(outcome.values)
    assert part.value(outcome.values) == solve(problem).objective


def test_a_search_that_is_wrong_and_alone_leaves_the_plan_as_it_was():
    """Without another search there is the plan to fall back on, and no bound."""
    part, outcome = climb(neighbourhood(10, 1), [("milp", lambda _: Reply(End.FAILED))])
    assert outcome.status is Status.FEASIBLE
    assert outcome.bound == (None, None, None)
    assert outcome.values.tolist() == part.low.tolist()


def test_the_worst_reason_is_told():
    """Of several reasons the one that says most; none at all means finished."""
    assert worst([]) is Reason.FINISHED
    assert worst([Reason.GAP, Reason.TIME_LIMIT, Reason.WORK_LIMIT]) is Reason.TIME_LIMIT
    assert worst([Reason.FINISHED, Reason.GAP]) is Reason.GAP


def told(monkeypatch, **result):
    """What the search makes of an answer of HiGHS, for one that may be taken and scores 4."""
    problem = Problem.from_scores([[4], [8]])
    part = split(compile_problem(problem)).core
    answer = scipy.optimize.OptimizeResult(
        **({"x": None, "fun": None, "mip_dual_bound": None, "mip_node_count": None} | result)
    )
    monkeypatch.setattr(scipy.optimize, "milp", lambda *_, **__: answer)
    watch = Watch(deadline=float("inf"), work=None, gap=0.0, seed=0)
    weight = part.score[:, 0]
    return search_mixed(Task(part, weight, (), None, 0, 60.0, 1.0, 0.0, watch))


def test_highs_without_an_answer(monkeypatch):
    """Infeasible, failed and stopped are told apart by status and message."""
    infeasible = told(monkeypatch, status=2, message="The problem is infeasible.")
    assert infeasible.end is End.INFEASIBLE
    failed = told(monkeypatch, status=4, message="HiGHS Status 4: Solve error")
    assert failed.end is End.FAILED
    stopped = told(monkeypatch, status=4, message="HiGHS Status 16: Solution limit reached")
    assert (stopped.end, stopped.reason) == (End.STOPPED, Reason.WORK_LIMIT)
    assert stopped.values is None


def test_highs_with_an_answer_that_is_not_quite_whole(monkeypatch):
    """Values are rounded; a value that then differs from the claim is a failure."""
    right = {"status": 0, "message": "Optimal", "x": np.array([1e-7, 1 - 1e-7])}
    proved = told(monkeypatch, **right, fun=-2.0000001, mip_dual_bound=-2.0)
    assert proved.end is End.PROVED
    assert proved.values.tolist() == [0, 1]
    assert proved.bound == 8
    assert told(monkeypatch, **right, fun=-3.0, mip_dual_bound=-3.0).end is End.FAILED


@pytest.mark.parametrize(("dual", "bound"), [(-2.9999999, 12), (-2.4, 8), (-np.inf, None)])
def test_highs_stopped_with_a_bound(monkeypatch, dual, bound):
    """A bound is rounded down to a multiple of the common divisor, float error allowed for."""
    answer = {"status": 1, "message": "Time limit reached.", "x": np.array([1.0, 0.0])}
    reply = told(monkeypatch, **answer, fun=-1.0, mip_dual_bound=dual, mip_node_count=50)
    assert reply.end is End.STOPPED
    assert reply.bound == bound
    assert reply.work == 0.5


def test_sizes_that_leave_nothing_between_the_limits():
    """Uses of two and limits of exactly one: the flow has no whole value, so none exists."""
    problem = Problem(
        needs=2, capacity=[1], capacity_min=[1], option_need=[0, 1], option_use=[[2], [2]]
    )
    for method in ("flow", "milp", "cpsat"):
        solution = solve(problem, method=method)
        assert solution.status is Status.INFEASIBLE
        assert check(problem, solution) == []
