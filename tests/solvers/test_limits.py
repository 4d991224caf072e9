"""A search that is stopped says what it has, what it knows and why it stopped."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from assetmap.errors import ProblemError, UnusableInput
from assetmap.solvers import Problem, Progress, Reason, Solution, Status, check, prices, solve
from tests.solvers.random_problems import neighbourhood, transportation


@pytest.fixture(scope="module")
def crowd():
    """A problem that takes a moment, and its best plan."""
    problem = neighbourhood(60, 3)
    return problem, solve(problem)


def must_have(problem_levels=1):
    """One need that must be met, so that the empty plan will not do; not a flow, not tiny."""
    options = 16
    return Problem(
        needs=1,
        need_min=[2],
        need_max=[2],
        capacity=[7],
        capacity_min=[7],
        levels=problem_levels,
        option_need=[0] * options,
        option_use=[[i + 1] for i in range(options)],
        option_score=np.arange(options * problem_levels).reshape(options, problem_levels),
    )


@pytest.mark.parametrize("method", ["milp", "cpsat"])
def test_no_time_gives_the_empty_plan(method, crowd):
    """Without any time the plan that chooses nothing is returned, without bounds."""
    problem, _ = crowd
    solution = solve(problem, method=method, time_limit=0)
    assert solution.status is Status.FEASIBLE
    assert solution.reason is Reason.TIME_LIMIT
    assert solution.objective == (0, 0, 0)
    assert solution.bound == (None, None, None)
    assert solution.gap == (None, None, None)
    assert solution.closed == 0
    assert check(problem, solution) == []


def test_no_time_for_a_flow_and_for_a_tiny_component():
    """The same holds for methods that can't be stopped: they are not begun."""
    flow = solve(transportation(10, 1), time_limit=0)
    tiny = solve(
        Problem(
            needs=2, capacity=[3], option_need=[0, 1], option_score=[1, 1], option_use=[[2], [3]]
        ),
        time_limit=0,
    )
    for solution, method in ((flow, "flow"), (tiny, "enumeration")):
        assert (solution.status, solution.reason) == (Status.FEASIBLE, Reason.TIME_LIMIT)
        assert solution.method == method
        assert not solution.chosen.any()


def test_no_time_and_no_obvious_plan():
    """Where nothing is not a plan, stopping at once knows neither a plan nor that none exists."""
    for method in ("milp", "cpsat"):
        solution = solve(must_have(), method=method, time_limit=0)
        assert (solution.status, solution.reason) == (Status.NO_SOLUTION, Reason.TIME_LIMIT)
        assert solution.chosen is None
        assert solution.alternative is None
        assert solution.switch is None
        assert solution.objective is None
        assert solution.gap == (None,)
        assert check(solution.problem, solution) == []
        with pytest.raises(ProblemError, match="no plan"):
            solution.option_of_need()
        with pytest.raises(ProblemError, match="no plan"):
            solution.alternative_of_leg()
    assert solve(must_have()).objective == (5,)


def test_a_start_is_returned_when_there_is_no_time(crowd):
    """The plan to begin with is the plan to fall back on."""
    problem, full = crowd
    for method in ("milp", "cpsat"):
        solution = solve(problem, method=method, time_limit=0, start=full)
        assert solution.status is Status.FEASIBLE
        assert solution.objective == full.objective
    begun = solve(must_have(), time_limit=0, start=solve(must_have()))
    assert begun.objective == (5,)
    flow = transportation(10, 1)
    assert solve(flow, time_limit=0, start=solve(flow)).objective == solve(flow).objective


@pytest.mark.parametrize("method", ["auto", "milp", "cpsat"])
def test_a_start_does_not_change_the_best_values(method):
    """A good, an empty and an impossible plan to begin with all lead to the best values."""
    problem = neighbourhood(25, 2)
    full = solve(problem)
    everything = Solution.from_plan(problem, np.ones(problem.options))
    nothing = Solution.from_plan(problem, np.zeros(problem.options))
    for start in (full, everything, nothing):
        solution = solve(problem, method=method, start=start)
        assert solution.objective == full.objective
        assert check(problem, solution) == []


def test_a_start_of_another_problem_is_refused(crowd):
    """Sizes have to fit."""
    problem, _ = crowd
    with pytest.raises(ProblemError, match=r"start.chosen: found shape \(1,\)"):
        solve(problem, start=solve(Problem.from_scores([[1]])))


@pytest.mark.parametrize("method", ["milp", "cpsat"])
def test_a_gap_stops_level_0_and_holds_it(method, crowd):
    """Within the gap, level 0 stops; the bounds hold for the best plan; the plan is a plan."""
    problem, full = crowd
    solution = solve(problem, method=method, gap=0.5)
    assert check(problem, solution) == []
    assert solution.bound[0] >= full.objective[0] >= solution.objective[0]
    assert solution.gap[0] <= 0.5 * solution.objective[0]
    if solution.gap[0]:
        assert (solution.status, solution.reason) == (Status.FEASIBLE, Reason.GAP)
    else:
        assert solution.reason is Reason.FINISHED
    assert solution.bound[1] is not None


@pytest.mark.parametrize(("method", "gap"), [("milp", 2.0), ("cpsat", 0.5)])
def test_a_gap_is_really_used(method, gap, crowd):
    """A wide gap leaves level 0 open, and says that this is why it stopped."""
    problem, full = crowd
    solution = solve(problem, method=method, gap=gap)
    assert check(problem, solution) == []
    assert solution.bound[0] >= full.objective[0] >= solution.objective[0]
    if solution.status is Status.OPTIMAL:
        assert solution.objective == full.objective  # some versions are there at the first step
        return
    assert solution.reason is Reason.GAP
    assert solution.closed == 0


@pytest.mark.parametrize("method", ["milp", "cpsat"])
def test_a_work_limit_stops_and_repeats(method, crowd):
    """With little work the plan is honest about its bounds, and the same twice."""
    problem, full = crowd
    one = solve(problem, method=method, work_limit=0.01)
    two = solve(problem, method=method, work_limit=0.01)
    assert check(problem, one) == []
    assert one.bound == two.bound
    assert one.objective == two.objective
    assert (one.chosen == two.chosen).all()
    assert one.status is Status.OPTIMAL or one.reason is Reason.WORK_LIMIT
    assert one.objective <= full.objective
    if one.bound[0] is not None:
        assert one.bound[0] >= full.objective[0]


def test_work_is_split_between_components(crowd):
    """Two copies side by side with double the work end as each would alone."""
    problem, _ = crowd
    alone = solve(problem, method="cpsat", work_limit=0.02)
    assert alone.reason is Reason.WORK_LIMIT
    double = side_by_side(problem)
    both = solve(double, method="cpsat", work_limit=0.04)
    assert check(double, both) == []
    assert both.reason is Reason.WORK_LIMIT
    assert both.objective == tuple(2 * value for value in alone.objective)


def side_by_side(problem):
    """The problem twice, with nothing in common."""

    def twice(table):
        return sparse.block_diag([table, table], format="csr")

    return Problem(
        needs=2 * problem.needs,
        levels=problem.levels,
        capacity=np.tile(problem.capacity, 2),
        option_need=np.concatenate([problem.option_need, problem.option_need + problem.needs]),
        option_score=np.tile(problem.option_score, (2, 1)),
        option_use=twice(problem.option_use),
        leg_option=np.concatenate([problem.leg_option, problem.leg_option + problem.options]),
        alternative_leg=np.concatenate(
            [problem.alternative_leg, problem.alternative_leg + problem.legs]
        ),
        alternative_score=np.tile(problem.alternative_score, (2, 1)),
        alternative_use=twice(problem.alternative_use),
        switch_score=np.tile(problem.switch_score, (2, 1)),
        switch_use=twice(problem.switch_use),
    )


@pytest.mark.parametrize("method", ["milp", "cpsat"])
def test_progress_hears_of_every_level(method, crowd):
    """Messages come in order, with the method and the value of the level."""
    problem, full = crowd
    heard: list[Progress] = []
    solve(problem, method=method, progress=heard.append)
    assert {message.method for message in heard} == {method}
    assert heard[0].objective is None
    assert [m.seconds for m in heard] == sorted(m.seconds for m in heard)
    last = {message.level: message.objective for message in heard}
    assert sorted(last) == [0, 1, 2]
    assert sum(1 for m in heard if m.level == 2) >= 1
    if heard[0].components == 1:
        assert tuple(last[level] for level in range(3)) == full.objective


@pytest.mark.parametrize("method", ["milp", "cpsat"])
def test_progress_can_stop_the_search(method, crowd):
    """Returning False ends it; what was found is returned, with the reason."""
    problem, full = crowd
    solution = solve(problem, method=method, progress=lambda message: message.objective is None)
    assert check(problem, solution) == []
    assert (solution.status, solution.reason) == (Status.FEASIBLE, Reason.INTERRUPTED)
    assert solution.bound[2] is None
    never = solve(problem, method=method, progress=lambda _: False)
    assert never.objective == (0, 0, 0)
    assert never.reason is Reason.INTERRUPTED
    assert full.status is Status.OPTIMAL


def test_progress_can_stop_a_flow_between_levels():
    """A flow is looked at between levels: the first is closed, the others are open."""
    problem = transportation(30, 2)
    solution = solve(problem, progress=lambda message: message.objective is None)
    assert (solution.status, solution.reason) == (Status.FEASIBLE, Reason.INTERRUPTED)
    assert solution.closed == 1
    assert solution.bound[1:] == (None, None)
    assert solution.price_bound == solution.objective[0]
    assert check(problem, solution) == []


@pytest.mark.parametrize("method", ["milp", "cpsat", "auto"])
def test_an_exception_of_progress_reaches_the_caller(method, crowd):
    """The caller's own error is not swallowed, not even inside CP-SAT."""
    problem, _ = crowd

    def listen(message):
        if message.objective is not None:
            raise LookupError("mine")

    with pytest.raises(LookupError, match="mine"):
        solve(problem, method=method, progress=listen)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"method": "guess"}, "method: found 'guess'; allowed: auto, flow, guided, milp, cpsat"),
        ({"time_limit": -1}, "time_limit: found -1"),
        ({"time_limit": float("nan")}, "time_limit: found nan"),
        ({"work_limit": -0.5}, "work_limit: found -0.5"),
        ({"gap": -1}, "gap: found -1"),
    ],
)
def test_limits_that_can_not_be_kept_are_refused(arguments, message):
    """The error says what was found and what is allowed."""
    with pytest.raises(UnusableInput, match=message):
        solve(Problem.from_scores([[1]]), **arguments)


def test_no_limit_at_all():
    """An infinite time limit is no limit."""
    for method in ("auto", "milp", "cpsat"):
        problem = neighbourhood(10, 1)
        assert solve(problem, method=method, time_limit=float("inf")).status is Status.OPTIMAL
    assert prices(problem, time_limit=float("inf")).status is Status.OPTIMAL


def test_prices_without_time():
    """Prices that were not computed are None, and the status says so."""
    result = prices(neighbourhood(60, 3), time_limit=0)
    assert result.status in (Status.NO_SOLUTION, Status.OPTIMAL)
    flow = prices(transportation(10, 1), time_limit=0)
    assert (flow.status, flow.reason) == (Status.NO_SOLUTION, Reason.TIME_LIMIT)
    assert flow.prices is None
    assert flow.price_bound is None
