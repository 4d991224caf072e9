"""Put the plans and bounds of the parts together into one solution."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from assetmap.solvers.levels import worst
from assetmap.solvers.pricing import proven
from assetmap.solvers.solution import Reason, Solution, Status, plan_value

if TYPE_CHECKING:
    from assetmap.solvers.arrays import Floats, Ints
    from assetmap.solvers.components import Split
    from assetmap.solvers.model import Part
    from assetmap.solvers.outcome import Outcome, Watch
    from assetmap.solvers.problem import Problem

Piece = tuple["Part", "Outcome"]


def assemble(problem: Problem, watch: Watch, taken: Split, pieces: Sequence[Piece]) -> Solution:
    """Put the results of all parts together.

    Bounds add up because each is over plans that, in its own component, are at least as good
    on the levels before; where a part has none the whole has none. Values are computed again
    from the plan and the problem.

    Parameters
    ----------
    problem : Problem
        The problem.
    watch : Watch
        For the time it took.
    taken : Split
        What was decided before the parts were solved.
    pieces : sequence of (Part, Outcome)
        The parts; an infeasible one decides the whole.

    Returns
    -------
    Solution
        The result of the whole.
    """
    outcomes = [outcome for _, outcome in pieces]
    infeasible = any(outcome.status is Status.INFEASIBLE for outcome in outcomes)
    if infeasible or not taken.feasible:
        return _without(problem, watch, Status.INFEASIBLE, outcomes)
    base = _decided(problem, taken)
    if any(outcome.values is None for outcome in outcomes):
        bound = _added(base[:1], outcomes) + (None,) * (problem.levels - 1)
        return _without(problem, watch, Status.NO_SOLUTION, outcomes, bound)
    values = taken.values.copy()
    for part, outcome in pieces:
        if outcome.values is not None:
            values[part.columns] = outcome.values
    plan = _arrays(problem, values)
    objective = plan_value(problem, **plan)
    bound = _added(base, outcomes)
    prices, price_bound = _prices(problem, pieces)
    if price_bound is not None:
        bound = (price_bound if bound[0] is None else min(bound[0], price_bound), *bound[1:])
    optimal = bound == objective
    return Solution(
        problem=problem,
        **plan,
        objective=objective,
        bound=bound,
        status=Status.OPTIMAL if optimal else Status.FEASIBLE,
        reason=Reason.FINISHED if optimal else worst([o.reason for o in outcomes]),
        seconds=watch.elapsed(),
        method=_methods(outcomes),
        prices=prices,
        price_bound=price_bound,
    )


def _without(
    problem: Problem,
    watch: Watch,
    status: Status,
    outcomes: Sequence[Outcome],
    bound: tuple[int | None, ...] | None = None,
) -> Solution:
    """Return a solution that holds no plan."""
    proof = status is Status.INFEASIBLE
    return Solution(
        problem=problem,
        chosen=None,
        alternative=None,
        switch=None,
        objective=None,
        bound=bound or (None,) * problem.levels,
        status=status,
        reason=Reason.FINISHED if proof else worst([o.reason for o in outcomes]),
        seconds=watch.elapsed(),
        method=_methods(outcomes),
    )


def _arrays(problem: Problem, values: Ints) -> dict[str, Any]:
    """Cut the columns into the read-only arrays of a plan."""
    ends = [problem.options, problem.options + problem.alternatives]
    chosen, alternative, switch = (piece.copy() for piece in np.split(values, ends))
    plan = {
        "chosen": chosen.astype(np.bool_),
        "alternative": alternative.astype(np.bool_),
        "switch": switch,
    }
    for array in plan.values():
        array.setflags(write=False)
    return plan


def _decided(problem: Problem, taken: Split) -> tuple[int, ...]:
    """Return the value of the columns outside the core."""
    outside = taken.values.copy()
    outside[taken.core.columns] = 0
    return plan_value(problem, **_arrays(problem, outside))


def _added(base: tuple[int, ...], outcomes: Sequence[Outcome]) -> tuple[int | None, ...]:
    """Add the bounds of the parts to what is decided, level by level."""
    total: list[int | None] = []
    for level, value in enumerate(base):
        bounds = [outcome.bound[level] for outcome in outcomes]
        known = [bound for bound in bounds if bound is not None]
        total.append(value + sum(known) if len(known) == len(bounds) else None)
    return tuple(total)


def _prices(problem: Problem, pieces: Sequence[Piece]) -> tuple[Floats | None, int | None]:
    """Return the prices and their bound, if every part has prices."""
    found = np.zeros(problem.resources)
    for part, outcome in pieces:
        if outcome.row_price is None:
            return None, None
        priced = part.resource >= 0
        found[part.resource[priced]] = outcome.row_price[priced]
    return proven(problem, found) or (None, None)


def _methods(outcomes: Sequence[Outcome]) -> str:
    """Return the methods in order of first use; direct if nothing was left to search."""
    used = [name for outcome in outcomes for name in outcome.method.split("+")]
    return "+".join(dict.fromkeys(used)) or "direct"
