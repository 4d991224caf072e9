"""The problem as rows and columns of whole numbers, the form that every method reads."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from assetmap.solvers.arrays import csr, stacked, times

if TYPE_CHECKING:
    from assetmap.solvers.arrays import Bools, Ints, Sparse
    from assetmap.solvers.problem import Problem


OWN, CUT, HELD = -1, -2, -3
"""What stands in the place of a resource for rows that are none."""


@dataclass(frozen=True, eq=False)
class Part:
    """Rows ``row_low <= matrix @ x <= row_high`` over columns ``low <= x <= high``.

    Columns are options, alternatives and switches; rows are needs, legs and resources. A part
    is the whole problem or one component of it, and what the methods solve.

    Attributes
    ----------
    columns : array of int, shape (n,)
        The place of each column in the whole problem.
    low, high : array of int, shape (n,)
        The range of each column.
    score : array of int, shape (n, L)
        What one unit of each column adds to each level.
    switch : array of bool, shape (n,)
        Which columns are switches.
    matrix : csr array of int, shape (m, n)
    row_low, row_high : array of int, shape (m,)
        The range of each row, no wider than one beyond what the columns can reach.
    resource : array of int, shape (m,)
        The resource behind each row; `OWN` for a need or a leg, `CUT` for a row that the others
        imply, `HELD` for one that holds a level.
    """

    columns: Ints
    low: Ints
    high: Ints
    score: Ints
    switch: Bools
    matrix: Sparse
    row_low: Ints
    row_high: Ints
    resource: Ints

    @property
    def levels(self) -> int:
        """Number of levels."""
        return int(self.score.shape[1])

    @cached_property
    def by_column(self) -> Any:
        """The matrix with the entries of each column together, rows ascending."""
        return sparse.csc_array(self.matrix)

    def value(self, values: Ints) -> tuple[int, ...]:
        """Return the exact value of a plan on every level."""
        return tuple(int(total) for total in values @ self.score)

    def keeps(self, values: Ints) -> bool:
        """Say whether a plan keeps every range exactly."""
        if (values < self.low).any() or (values > self.high).any():
            return False
        reached = times(self.matrix, values)
        return bool((reached >= self.row_low).all() and (reached <= self.row_high).all())


def compile_problem(problem: Problem) -> Part:
    """Write a problem as rows and columns.

    Options whose legs can't be filled get the range 0 to 0, and so do their alternatives.

    Parameters
    ----------
    problem : Problem
        The problem.

    Returns
    -------
    Part
        The whole problem. A column whose low is above its high means that no plan exists.
    """
    options, alternatives, switches = problem.options, problem.alternatives, problem.switches
    width = options + alternatives + switches
    low = np.zeros(width, dtype=np.int64)
    low[:options] = problem.pinned
    high = np.ones(width, dtype=np.int64)
    high[options + alternatives :] = problem.switch_max
    high[:options][problem.forbidden] = 0
    filled = np.bincount(problem.alternative_leg, minlength=problem.legs)
    high[problem.leg_option[filled < problem.leg_count]] = 0
    owner = problem.leg_option[problem.alternative_leg]
    high[options : options + alternatives][high[owner] == 0] = 0
    matrix = _rows(problem, high)
    row_low, row_high = _row_ranges(problem, matrix, high)
    return Part(
        columns=np.arange(width, dtype=np.int64),
        low=low,
        high=high,
        score=np.vstack([problem.option_score, problem.alternative_score, problem.switch_score]),
        switch=np.arange(width) >= options + alternatives,
        matrix=matrix,
        row_low=row_low,
        row_high=row_high,
        resource=np.concatenate(
            [np.full(problem.needs + problem.legs, OWN), np.arange(problem.resources)]
        ),
    )


def reach(matrix: Sparse, low: Ints, high: Ints) -> tuple[Ints, Ints]:
    """Return the least and the most that each row can come to.

    Parameters
    ----------
    matrix : csr array of int
        The rows.
    low, high : array of int
        The range of each column; low may not be above high.

    Returns
    -------
    tuple of array of int
        The least and the most.
    """
    if (matrix.data >= 0).all():
        return times(matrix, low), times(matrix, high)
    gains = csr((np.maximum(matrix.data, 0), matrix.indices, matrix.indptr), matrix.shape)
    losses = csr((np.minimum(matrix.data, 0), matrix.indices, matrix.indptr), matrix.shape)
    return (
        times(gains, low) + times(losses, high),
        times(gains, high) + times(losses, low),
    )


def _rows(problem: Problem, high: Ints) -> Sparse:
    """Stack the rows of needs, legs and resources."""
    options, alternatives = problem.options, problem.alternatives
    width = high.size
    ones = np.ones(options, dtype=np.int64)
    needs = csr((ones, (problem.option_need, np.arange(options))), (problem.needs, width))
    # a leg of an option that can't be chosen may ask for any number: keep it small
    count = np.where(high[problem.leg_option] > 0, problem.leg_count, 1)
    legs = csr(
        (
            np.concatenate([np.ones(alternatives, dtype=np.int64), -count]),
            (
                np.concatenate([problem.alternative_leg, np.arange(problem.legs)]),
                np.concatenate([options + np.arange(alternatives), problem.leg_option]),
            ),
        ),
        (problem.legs, width),
    )
    uses = stacked([problem.option_use, problem.alternative_use, problem.switch_use])
    return stacked([needs, legs, csr(uses.T)])


def _row_ranges(problem: Problem, matrix: Sparse, high: Ints) -> tuple[Ints, Ints]:
    """Return the row limits, brought within one of what the row can reach at most."""
    none = np.zeros(problem.legs, dtype=np.int64)
    row_low = np.concatenate([problem.need_min, none, problem.capacity_min])
    row_high = np.concatenate([problem.need_max, none, problem.capacity])
    least, most = reach(matrix, np.zeros_like(high), high)
    return np.clip(row_low, least - 1, most + 1), np.clip(row_high, least - 1, most + 1)
