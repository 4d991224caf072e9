"""What a solver hands back: a plan, what is proven about it, and why it stopped."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from assetmap.errors import ProblemError

if TYPE_CHECKING:
    from assetmap.solvers.arrays import Bools, Floats, Ints
    from assetmap.solvers.problem import Problem


class Status(StrEnum):
    """What is known at the end."""

    OPTIMAL = "optimal"
    """Every level is closed: its bound equals its value."""
    FEASIBLE = "feasible"
    """There is a plan; some level is open."""
    INFEASIBLE = "infeasible"
    """It is proven that no plan exists."""
    NO_SOLUTION = "no_solution"
    """The search stopped without a plan and without a proof that there is none."""


class Reason(StrEnum):
    """Why the search stopped."""

    FINISHED = "finished"
    """There was nothing left to do."""
    GAP = "gap"
    """The gap that was asked for was reached."""
    WORK_LIMIT = "work_limit"
    """The limit on work was reached: the same input stops at the same place again."""
    TIME_LIMIT = "time_limit"
    """The wall clock stopped it: another run may end differently."""
    INTERRUPTED = "interrupted"
    """The caller's progress function returned False."""


@dataclass(frozen=True, slots=True)
class Progress:
    """One message to the caller's progress function.

    Attributes
    ----------
    method : str
        The method at work: flow, enumeration, milp or cpsat.
    component, components : int
        Which component it works on, from 0, and how many there are. All components that
        are flows count as one.
    level : int
        The level being maximised.
    objective : int or None
        The component's best value on that level so far; None if there is no plan yet.
    seconds : float
        Time since the start.
    bound : int or None
        The component's proven bound on that level; None if there is none yet.
    met : int or None
        How many options the component's plan chooses: needs that are met, where a need takes
        one. None if there is no plan to tell of.
    """

    method: str
    component: int
    components: int
    level: int
    objective: int | None
    seconds: float
    bound: int | None = None
    met: int | None = None


@dataclass(frozen=True, eq=False, kw_only=True)
class Solution:
    """A plan and what is proven about it.

    Attributes
    ----------
    problem : Problem
        The problem that was solved.
    chosen : array of bool, shape (P,), or None
        Which options are chosen; None if there is no plan.
    alternative : array of bool, shape (A,), or None
        Which alternatives are chosen.
    switch : array of int, shape (S,), or None
        The value of each switch.
    objective : tuple of int, or None
        The exact value of each level, recomputed from the plan.
    bound : tuple of (int or None)
        Per level a proven upper bound over all plans that, in every component, reach at
        least this plan's value on the levels before; None where it was not computed. A
        component is what hangs together through needs, legs and resources that can bind.
    status : Status
    reason : Reason
    seconds : float
        Wall-clock time.
    method : str
        The methods used, joined by ``+``: direct, flow, enumeration, milp, cpsat.
    prices : array of float, shape (R,), or None
        Level-0 units per unit of each capacity; at least 0, of either sign where there is a
        lower limit; None after branch and bound or enumeration.
    price_bound : int or None
        The bound on level 0 that the prices prove; ``bound[0]`` may be lower.

    Examples
    --------
    >>> from assetmap.solvers import Problem, solve
    >>> solution = solve(Problem.from_scores([[5, 1], [4, 3]]))
    >>> solution.objective, solution.gap, solution.closed, str(solution.status)
    ((8,), (0,), 1, 'optimal')
    >>> solution.option_of_need().tolist()
    [0, 3]
    """

    problem: Problem = field(repr=False)
    chosen: Bools | None
    alternative: Bools | None
    switch: Ints | None
    objective: tuple[int, ...] | None
    bound: tuple[int | None, ...]
    status: Status
    reason: Reason
    seconds: float
    method: str
    prices: Floats | None = None
    price_bound: int | None = None

    @classmethod
    def from_plan(
        cls,
        problem: Problem,
        chosen: object,
        *,
        alternative: object = None,
        switch: object = None,
    ) -> Solution:
        """Make a solution of a plan that the caller has, to start from or to check.

        Parameters
        ----------
        problem : Problem
            The problem that the plan is for.
        chosen, alternative, switch : array
            The plan; left out means nothing of that kind.

        Returns
        -------
        Solution
            With the exact objective and no bounds. Whether the plan keeps the rules is for
            :func:`assetmap.solvers.check` to say.

        Raises
        ------
        ProblemError
            If an array has another length than the problem.

        Examples
        --------
        >>> from assetmap.solvers import Problem
        >>> problem = Problem.from_scores([[5, 1], [4, 3]])
        >>> Solution.from_plan(problem, [0, 1, 1, 0]).objective
        (5,)
        """
        picked = _sized("chosen", chosen, problem.options).astype(np.bool_)
        other = _sized("alternative", alternative, problem.alternatives).astype(np.bool_)
        values = _sized("switch", switch, problem.switches)
        return cls(
            problem=problem,
            chosen=picked,
            alternative=other,
            switch=values,
            objective=plan_value(problem, picked, other, values),
            bound=(None,) * problem.levels,
            status=Status.FEASIBLE,
            reason=Reason.FINISHED,
            seconds=0.0,
            method="given",
        )

    @property
    def gap(self) -> tuple[int | None, ...]:
        """Per level the bound minus the value; None where either is missing."""
        if self.objective is None:
            return (None,) * len(self.bound)
        pairs = zip(self.objective, self.bound, strict=True)
        return tuple(None if bound is None else bound - value for value, bound in pairs)

    @property
    def closed(self) -> int:
        """How many leading levels have a gap of 0."""
        return next((i for i, gap in enumerate(self.gap) if gap != 0), len(self.gap))

    def option_of_need(self) -> Ints:
        """Return the chosen option of each need, -1 for none.

        Raises
        ------
        ProblemError
            If there is no plan, or some need may have more than one option.
        """
        if self.chosen is None:
            raise ProblemError(f"There is no plan to read: the status is {self.status}.")
        return _only(
            self.chosen, self.problem.option_need, self.problem.need_max, ("need", "need_max")
        )

    def alternative_of_leg(self) -> Ints:
        """Return the chosen alternative of each leg, -1 for none.

        Raises
        ------
        ProblemError
            If there is no plan, or some leg takes more than one alternative.
        """
        if self.alternative is None:
            raise ProblemError(f"There is no plan to read: the status is {self.status}.")
        owner, count = self.problem.alternative_leg, self.problem.leg_count
        return _only(self.alternative, owner, count, ("leg", "leg_count"))

    def summary(self) -> str:
        """Return the result in one line of text."""
        parts = [f"{self.status} ({self.reason}) by {self.method} in {self.seconds:.2f} s"]
        if self.objective is not None:
            for level, (value, bound) in enumerate(zip(self.objective, self.bound, strict=True)):
                proven = "no bound" if bound is None else f"at most {bound}"
                parts.append(f"level {level}: {value}, {proven}")
        return "; ".join(parts)


def plan_value(
    problem: Problem, chosen: Bools, alternative: Bools, switch: Ints
) -> tuple[int, ...]:
    """Return the exact value of a plan on every level."""
    total = problem.option_score[chosen].sum(axis=0)
    total = total + problem.alternative_score[alternative].sum(axis=0)
    total = total + (problem.switch_score * switch[:, None]).sum(axis=0)
    return tuple(int(value) for value in total)


def _sized(name: str, value: object, size: int) -> Ints:
    array = np.zeros(size, dtype=np.int64) if value is None else np.array(value, dtype=np.int64)
    if array.shape != (size,):
        raise ProblemError(f"{name}: found shape {array.shape}; allowed: shape ({size},).")
    return array


def _only(picked: Bools, owner: Ints, limit: Ints, names: tuple[str, str]) -> Ints:
    """Return the one picked item of each owner, -1 for none."""
    several = np.flatnonzero(limit > 1)
    if several.size:
        first = several[0]
        raise ProblemError(
            f"{names[1]}[{first}]: found {limit[first]}; allowed: 1, because only then does a "
            f"{names[0]} have one answer. Read the array of choices instead."
        )
    result = np.full(limit.size, -1, dtype=np.int64)
    items = np.flatnonzero(picked)
    result[owner[items]] = items
    return result
