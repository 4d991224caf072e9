"""Prices of capacities, and the bound that they prove in exact whole numbers."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assetmap.solvers.arrays import FLOAT_SAFE, SAFE, magnitude
from assetmap.solvers.components import Split, select, split
from assetmap.solvers.flow import solve_flow
from assetmap.solvers.model import compile_problem
from assetmap.solvers.network import flow_components
from assetmap.solvers.outcome import Watch
from assetmap.solvers.problem import NO_MINIMUM, Problem
from assetmap.solvers.relaxation import relaxed_prices
from assetmap.solvers.solution import Reason, Status

if TYPE_CHECKING:
    from assetmap.solvers.arrays import Bools, Floats, Ints


@dataclass(frozen=True, eq=False, kw_only=True)
class Prices:
    """The prices of a problem's capacities.

    Attributes
    ----------
    prices : array of float, shape (R,), or None
        Level-0 units per unit of each capacity; at least 0, of either sign where there is a
        lower limit. Whole multiples of a power of two, so that they are exact as floats.
    price_bound : int or None
        The upper bound on level 0 that they prove.
    status : Status
        Optimal, infeasible (then no plan exists), or no_solution if time ran out.
    reason : Reason
    seconds : float
    """

    prices: Floats | None
    price_bound: int | None
    status: Status
    reason: Reason
    seconds: float


def prices(problem: Problem, *, time_limit: float = 60.0) -> Prices:
    """Return what one more unit of each capacity is worth on level 0, at the margin.

    Components that are flow networks are priced by their flow, the others by the linear
    relaxation; prices are then rounded and the bound is computed again from the rounded
    prices, in whole numbers, so that it holds whatever the floats did.

    Parameters
    ----------
    problem : Problem
        The problem.
    time_limit : float, default 60.0
        Seconds after which the linear programme is given up.

    Returns
    -------
    Prices
        The prices and their bound.

    Examples
    --------
    Two needs want the one seat; one more seat is worth what the second need would bring:

    >>> from assetmap.solvers import Problem, prices
    >>> result = prices(Problem.from_scores([[5], [3]]))
    >>> result.price_bound, bool(3 <= result.prices[0] <= 5)
    (5, True)
    """
    watch = Watch(deadline=time.perf_counter() + time_limit, work=None, gap=0.0, seed=0)
    taken = split(compile_problem(problem))
    status, reason = (Status.OPTIMAL if taken.feasible else Status.INFEASIBLE), Reason.FINISHED
    found = np.zeros(problem.resources)
    for rows, columns, is_flow in _halves(taken) if taken.feasible else []:
        part = select(taken.core, rows, columns)
        outcome = (solve_flow if is_flow else relaxed_prices)(part, watch)
        if outcome.status is Status.INFEASIBLE:
            status = Status.INFEASIBLE
            break
        if outcome.row_price is None:
            status, reason = Status.NO_SOLUTION, outcome.reason
            continue
        priced = part.resource >= 0
        found[part.resource[priced]] = outcome.row_price[priced]
    exact = proven(problem, found) if status is Status.OPTIMAL else None
    if exact is None and status is Status.OPTIMAL:
        status = Status.NO_SOLUTION
    return Prices(
        prices=None if exact is None else exact[0],
        price_bound=None if exact is None else exact[1],
        status=status,
        reason=reason,
        seconds=watch.elapsed(),
    )


def _halves(taken: Split) -> list[tuple[Ints, Ints, bool]]:
    """Return rows and columns of the flow components together and of all others together."""
    labels = (taken.row_component, taken.column_component)
    is_flow = flow_components(taken.core, labels, taken.count)
    pairs = []
    for flag in (True, False):
        rows = np.flatnonzero(is_flow[taken.row_component] == flag)
        if rows.size:
            columns = np.flatnonzero(is_flow[taken.column_component] == flag)
            pairs.append((rows, columns, flag))
    return pairs


def proven(problem: Problem, found: Floats) -> tuple[Floats, int] | None:
    """Round prices so that they are exact and compute the bound they prove.

    With prices `p` no plan can be better on level 0 than ``p @ capacity`` (the lower limit
    where the price is negative) plus the best choice when every use is paid for: per need
    the best options between its limits, per leg its best alternatives, per switch its
    maximum if that gains. All in int64, on a grid of 2**-20, or coarser if that is too fine.

    Parameters
    ----------
    problem : Problem
        The problem.
    found : array of float
        Prices, as good as they are; any prices prove some bound.

    Returns
    -------
    tuple of (array of float, int), or None
        The rounded prices and the bound; None if the numbers are too large for 64 bits or
        no choice keeps the limits of the needs.
    """
    scores = sum(
        magnitude(score[:, :1], count)[0]
        for score, count in (
            (problem.option_score, 1),
            (problem.alternative_score, 1),
            (problem.switch_score, problem.switch_max),
        )
    )
    uses = np.zeros(problem.resources)
    for use, count in (
        (problem.option_use, 1),
        (problem.alternative_use, 1),
        (problem.switch_use, problem.switch_max),
    ):
        uses += np.array(magnitude(use, count), dtype=np.float64)
    for shift in (20, 10, 0):
        rounded = np.rint(found * 2.0**shift)
        paid = float(np.abs(rounded) @ uses)
        if scores * 2.0**shift + paid < SAFE / 2 and (np.abs(rounded) < FLOAT_SAFE).all():
            break
    else:
        return None
    grid = rounded.astype(np.int64)
    grid = np.where(problem.capacity_min == NO_MINIMUM, np.maximum(grid, 0), grid)
    best = _best_when_paid(problem, grid, shift)
    if best is None:
        return None
    for index in np.flatnonzero(grid):
        limit = problem.capacity if grid[index] > 0 else problem.capacity_min
        best += int(grid[index]) * int(limit[index])
    return grid / 2.0**shift, best >> shift


def _best_when_paid(problem: Problem, grid: Ints, shift: int) -> int | None:
    """Return the value of the best choice when capacities are bought at their price."""
    option = (problem.option_score[:, 0] << shift) - problem.option_use @ grid
    other = (problem.alternative_score[:, 0] << shift) - problem.alternative_use @ grid
    switch = (problem.switch_score[:, 0] << shift) - problem.switch_use @ grid
    rank = _rank(problem.alternative_leg, other, np.zeros(other.size, dtype=np.bool_))
    taken = rank < problem.leg_count[problem.alternative_leg]
    np.add.at(option, problem.leg_option[problem.alternative_leg[taken]], other[taken])
    filled = np.bincount(problem.alternative_leg, minlength=problem.legs)
    possible = ~problem.forbidden
    possible[problem.leg_option[filled < problem.leg_count]] = False
    if (problem.pinned & ~possible).any():
        return None
    need, option, pinned = problem.option_need[possible], option[possible], problem.pinned[possible]
    if not (pinned.any() or problem.need_min.any() or (problem.need_max != 1).any()):
        best = np.zeros(problem.needs, dtype=np.int64)
        np.maximum.at(best, need, option)
        return int(best.sum()) + int((np.maximum(switch, 0) * problem.switch_max).sum())
    rank = _rank(need, option, pinned)
    chosen = (rank < problem.need_min[need]) | pinned
    chosen |= (rank < problem.need_max[need]) & (option > 0)
    count = np.bincount(need[chosen], minlength=problem.needs)
    if (count < problem.need_min).any() or (count > problem.need_max).any():
        return None
    gains = np.maximum(switch, 0) * problem.switch_max
    return int(option[chosen].sum()) + int(gains.sum())


def _rank(owner: Ints, worth: Ints, first: Bools) -> Ints:
    """Return the place of each item among its owner's: `first` ones, then the most worth."""
    order = np.lexsort((-worth, ~first, owner))
    place = np.arange(owner.size)
    sorted_owner = owner[order]
    begin = np.searchsorted(sorted_owner, sorted_owner)
    rank = np.empty_like(place)
    rank[order] = place - begin
    return rank
