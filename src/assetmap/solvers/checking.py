"""Check a solution against the definition of the problem, one rule at a time.

Nothing here is shared with any method: every rule is written again from the definition, in
plain Python integers where a sum could be large.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from assetmap.solvers.solution import Status

if TYPE_CHECKING:
    from assetmap.solvers.problem import Problem
    from assetmap.solvers.solution import Solution

_NO_MINIMUM = -(2**63)


def check(problem: Problem, solution: Solution) -> list[str]:
    """Return everything that is wrong with a solution, nothing if all is well.

    Verified are the rules of the plan, the values, what the status says, that no bound lies
    below the plan's own value, and that the prices prove the price bound. That a plan is the
    best is verified as far as prices prove it; a claim of infeasible is refuted where the
    plan that chooses only what is pinned keeps every rule.

    Parameters
    ----------
    problem : Problem
        The problem.
    solution : Solution
        The solution; it may come from anywhere.

    Returns
    -------
    list of str
        One sentence per fault.

    Examples
    --------
    >>> from assetmap.solvers import Problem, Solution, check
    >>> problem = Problem(needs=1, capacity=[], option_need=[0, 0], option_score=[2, 3])
    >>> check(problem, Solution.from_plan(problem, [0, 1]))
    []
    >>> check(problem, Solution.from_plan(problem, [1, 1]))
    ['Need 0 has 2 options; allowed: 0 to 1.']
    """
    faults = list(_status(problem, solution))
    if solution.chosen is None or solution.alternative is None or solution.switch is None:
        return faults
    shapes = list(_shapes(problem, solution))
    if shapes:
        return faults + shapes
    for rule in (
        _needs,
        _pins,
        _legs,
        _switches,
        _capacities,
        _objective,
        _bounds,
        _prices,
    ):
        faults.extend(rule(problem, solution))
    return faults


def _status(problem: Problem, solution: Solution) -> Iterator[str]:
    """Find arrays that are there without a plan, or not with one, and claims that clash."""
    has_plan = solution.status in (Status.OPTIMAL, Status.FEASIBLE)
    for name in ("chosen", "alternative", "switch", "objective"):
        if (getattr(solution, name) is not None) != has_plan:
            there = "missing" if has_plan else "present"
            yield f"The status is {solution.status}, but {name} is {there}."
    if len(solution.bound) != problem.levels:
        yield f"There are {len(solution.bound)} bounds; allowed: {problem.levels}, one per level."
    closed = solution.objective is not None and solution.bound == solution.objective
    if has_plan and closed != (solution.status is Status.OPTIMAL):
        levels = "all levels are closed" if closed else "not all levels are closed"
        yield f"The status is {solution.status}, but {levels}."
    if solution.status is Status.INFEASIBLE and _least_plan_is_fine(problem):
        yield "The status is infeasible, but choosing only what is pinned keeps every rule."


def _least_plan_is_fine(problem: Problem) -> bool:
    """Say whether the plan with only the pinned options keeps every rule."""
    pinned = problem.pinned
    if problem.legs and pinned[problem.leg_option].any():
        return False
    count = np.bincount(problem.option_need[pinned], minlength=problem.needs)
    if ((count < problem.need_min) | (count > problem.need_max)).any():
        return False
    used = [0] * problem.resources
    rows = problem.option_use.tocoo()
    for option, resource, use in zip(*rows.coords, rows.data, strict=True):
        if pinned[option]:
            used[resource] += int(use)
    limits = zip(used, problem.capacity_min, problem.capacity, strict=True)
    return all(least <= amount <= most for amount, least, most in limits)


def _shapes(problem: Problem, solution: Solution) -> Iterator[str]:
    """Find arrays without one entry per item, and values without one per level."""
    for name, size, kind in (
        ("chosen", problem.options, "b"),
        ("alternative", problem.alternatives, "b"),
        ("switch", problem.switches, "i"),
    ):
        array = getattr(solution, name)
        if array.shape != (size,) or array.dtype.kind != kind:
            yield f"{name} has shape {array.shape} and type {array.dtype}; allowed: ({size},)."
    if solution.objective is not None and len(solution.objective) != problem.levels:
        yield f"There are {len(solution.objective)} values; allowed: {problem.levels}."


def _needs(problem: Problem, solution: Solution) -> Iterator[str]:
    """Find needs that do not have between need_min and need_max options."""
    assert solution.chosen is not None
    count = np.bincount(problem.option_need[solution.chosen], minlength=problem.needs)
    wrong = (count < problem.need_min) | (count > problem.need_max)
    for need in np.flatnonzero(wrong):
        allowed = f"{problem.need_min[need]} to {problem.need_max[need]}"
        yield f"Need {need} has {count[need]} options; allowed: {allowed}."


def _pins(problem: Problem, solution: Solution) -> Iterator[str]:
    """Find pinned options that are not chosen and forbidden ones that are."""
    assert solution.chosen is not None
    for option in np.flatnonzero(problem.pinned & ~solution.chosen):
        yield f"Option {option} is pinned, but not chosen."
    for option in np.flatnonzero(problem.forbidden & solution.chosen):
        yield f"Option {option} is forbidden, but chosen."


def _legs(problem: Problem, solution: Solution) -> Iterator[str]:
    """Find legs: one of a chosen option has exactly leg_count alternatives, any other leg none."""
    assert solution.chosen is not None
    assert solution.alternative is not None
    taken = np.bincount(problem.alternative_leg[solution.alternative], minlength=problem.legs)
    for leg in range(problem.legs):
        chosen = bool(solution.chosen[problem.leg_option[leg]])
        asked = int(problem.leg_count[leg]) if chosen else 0
        if int(taken[leg]) != asked:
            yield f"Leg {leg} has {taken[leg]} alternatives; allowed: exactly {asked}."


def _switches(problem: Problem, solution: Solution) -> Iterator[str]:
    """Find switches that do not lie between 0 and switch_max."""
    assert solution.switch is not None
    for switch in np.flatnonzero((solution.switch < 0) | (solution.switch > problem.switch_max)):
        value, most = solution.switch[switch], problem.switch_max[switch]
        yield f"Switch {switch} is {value}; allowed: 0 to {most}."


def _capacities(problem: Problem, solution: Solution) -> Iterator[str]:
    """Find resources whose total use does not lie between capacity_min and capacity."""
    used: dict[int, int] = defaultdict(int)
    for use, values in (
        (problem.option_use, solution.chosen),
        (problem.alternative_use, solution.alternative),
        (problem.switch_use, solution.switch),
    ):
        entries = use.tocoo()
        assert values is not None
        for item, resource, amount in zip(
            *(coordinate.tolist() for coordinate in entries.coords),
            entries.data.tolist(),
            strict=True,
        ):
            if values[item]:
                used[resource] += amount * int(values[item])
    for resource in range(problem.resources):
        amount = used[resource]
        least, most = int(problem.capacity_min[resource]), int(problem.capacity[resource])
        if not least <= amount <= most:
            allowed = f"at most {most}" if least == _NO_MINIMUM else f"{least} to {most}"
            yield f"Resource {resource} has a use of {amount}; allowed: {allowed}."


def _objective(problem: Problem, solution: Solution) -> Iterator[str]:
    """Find levels whose value is not the sum of the scores of what is chosen."""
    assert solution.objective is not None
    for level in range(problem.levels):
        total = 0
        for score, values in (
            (problem.option_score, solution.chosen),
            (problem.alternative_score, solution.alternative),
            (problem.switch_score, solution.switch),
        ):
            assert values is not None
            places = np.flatnonzero(values)
            pairs = zip(score[places, level].tolist(), values[places].tolist(), strict=True)
            total += sum(int(points) * int(times) for points, times in pairs)
        claimed = solution.objective[level]
        if type(claimed) is not int or claimed != total:
            yield f"Level {level} claims the value {claimed!r}; the plan has {total}."


def _bounds(_: Problem, solution: Solution) -> Iterator[str]:
    """Find bounds below the plan's own value, which is one of the values they speak of."""
    assert solution.objective is not None
    for level, (value, bound) in enumerate(zip(solution.objective, solution.bound, strict=False)):
        if bound is not None and (type(bound) is not int or bound < value):
            yield f"Level {level} claims the bound {bound!r}; the plan itself has {value}."


def _prices(problem: Problem, solution: Solution) -> Iterator[str]:
    """Find prices of the wrong sign, or that do not prove the bound; bound[0] is no higher."""
    if solution.prices is None or solution.price_bound is None:
        if solution.prices is not None or solution.price_bound is not None:
            yield "Prices and the price bound are only of use together."
        return
    if solution.prices.shape != (problem.resources,) or not np.isfinite(solution.prices).all():
        yield f"There must be one finite price per resource; allowed: {problem.resources}."
        return
    wrong = (solution.prices < 0) & (problem.capacity_min == _NO_MINIMUM)
    for resource in np.flatnonzero(wrong):
        yield f"Resource {resource} has a negative price, but no lower limit."
    if wrong.any():
        return
    best = _value_when_paid(problem, [Fraction(price) for price in solution.prices.tolist()])
    if best is None:
        yield "No choice keeps the limits of the needs, so prices prove nothing."
    elif solution.price_bound < best // 1:
        yield f"The price bound is {solution.price_bound}; the prices prove only {best // 1}."
    if solution.bound[0] is None or solution.bound[0] > solution.price_bound:
        yield f"The bound on level 0 is {solution.bound[0]}, above the price bound."


def _value_when_paid(problem: Problem, prices: list[Fraction]) -> Fraction | None:
    """Return the best value of level 0 when any use may be had at its price.

    The prices that all capacities cost together, plus the best choice for each need and each
    switch on its own. None if some need can't have a choice within its limits.
    """
    scale = max((price.denominator for price in prices), default=1)
    cost = [int(price * scale) for price in prices]

    def worth(kind: str) -> list[int]:
        points = [scale * score for score in getattr(problem, f"{kind}_score")[:, 0].tolist()]
        entries = getattr(problem, f"{kind}_use").tocoo()
        items, resources = (coordinate.tolist() for coordinate in entries.coords)
        for item, resource, use in zip(items, resources, entries.data.tolist(), strict=True):
            points[item] -= use * cost[resource]
        return points

    total = 0
    for price, least, most in zip(
        cost, problem.capacity_min.tolist(), problem.capacity.tolist(), strict=True
    ):
        total += price * (most if price >= 0 else least)
    for points, most in zip(worth("switch"), problem.switch_max.tolist(), strict=True):
        total += max(0, points) * most
    needs = _needs_when_paid(problem, worth("option"), worth("alternative"))
    return None if needs is None else Fraction(total + needs, scale)


def _needs_when_paid(problem: Problem, option: list[int], other: list[int]) -> int | None:
    """Return the best value of all needs together, each on its own; None if one has none."""
    of_leg: dict[int, list[int]] = defaultdict(list)
    for leg, points in zip(problem.alternative_leg.tolist(), other, strict=True):
        of_leg[leg].append(points)
    possible = (~problem.forbidden).tolist()
    for leg, (owner, count) in enumerate(
        zip(problem.leg_option.tolist(), problem.leg_count.tolist(), strict=True)
    ):
        best = sorted(of_leg[leg], reverse=True)[:count]
        option[owner] += sum(best)
        possible[owner] = possible[owner] and len(best) == count
    forced: dict[int, list[int]] = defaultdict(list)
    choice: dict[int, list[int]] = defaultdict(list)
    for index, need in enumerate(problem.option_need.tolist()):
        if problem.pinned[index]:
            if not possible[index]:
                return None
            forced[need].append(option[index])
        elif possible[index]:
            choice[need].append(option[index])
    total = 0
    limits = zip(problem.need_min.tolist(), problem.need_max.tolist(), strict=True)
    for need, (least, most) in enumerate(limits):
        ranked = sorted(choice[need], reverse=True)
        must, may = least - len(forced[need]), most - len(forced[need])
        if may < 0 or must > len(ranked):
            return None
        wanted = [points for place, points in enumerate(ranked[:may]) if place < must or points > 0]
        total += sum(forced[need]) + sum(wanted)
    return total
