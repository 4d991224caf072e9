"""A proven bound on one level from prices of rows, and what the bound rules out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from assetmap.solvers.arrays import SAFE, csr, small, stacked, times
from assetmap.solvers.cuts import user_needs_supplier

if TYPE_CHECKING:
    from assetmap.solvers.arrays import Floats, Ints, Sparse
    from assetmap.solvers.model import Part

Held = tuple[tuple["Ints", int], ...]

GRID = (20, 12, 6, 0)
"""Prices are rounded to multiples of 2**-20, or of a coarser grid where sums grow too large."""


@dataclass(frozen=True, eq=False)
class Rows:
    """Every row that a plan has to keep, as ``low <= matrix @ x <= high``.

    The rows of a part, the rows that tie users to their suppliers, and last one row for each
    level that is held; so many are those.
    """

    matrix: Sparse
    low: Ints
    high: Ints
    held: int


@dataclass(frozen=True, eq=False)
class Proof:
    """What prices prove about one level.

    Attributes
    ----------
    value : int
        No plan that keeps the rows is above this.
    exact : int
        The same before rounding down, in units of ``2**-shift``.
    worth : array of int
        What one unit of each column is worth at these prices, in the same units.
    shift : int
    price : array of float
        The prices of the rows of the part, cuts and held levels after them.
    combined : array of int
        What one unit of each column adds to the level and, at their prices, to the levels
        that are held, in the same units as `worth`.
    """

    value: int
    exact: int
    worth: Ints
    shift: int
    price: Floats
    combined: Ints

    def tighten(self, low: Ints, high: Ints, target: int) -> tuple[Ints, Ints]:
        """Return ranges without values that no plan of at least the target has.

        A column that is worth something stands at the top of its range in the bound; every
        unit less lowers the bound by its worth. Where that would bring the bound below the
        target, no plan of interest lies.

        Parameters
        ----------
        low, high : array of int
            The ranges for which the bound was proven.
        target : int
            The least value of interest.
        """
        slack = self.exact - (target << self.shift)
        if slack < 0:
            return low, low - 1
        size = np.abs(self.worth)
        room = np.where(size > 0, slack // np.maximum(size, 1), np.iinfo(np.int64).max)
        room = np.minimum(room, high - low)
        up = self.worth > 0
        return np.where(up, high - room, low), np.where(up, high, low + room)


def all_rows(part: Part, held: Held) -> Rows:
    """Return the rows of a part with the cuts and the held levels.

    Parameters
    ----------
    part : Part
        The rows and columns.
    held : tuple of (array of int, int)
        Weights and least value of each level before.

    Returns
    -------
    Rows
        In this order.
    """
    cuts = user_needs_supplier(part)
    size = np.maximum(np.abs(part.low), np.abs(part.high))
    levels = [csr(weight.reshape(1, -1)) for weight, _ in held]
    reached = abs(cuts) @ size
    return Rows(
        stacked([part.matrix, cuts, *levels]),
        np.concatenate([part.row_low, -reached, [value for _, value in held]]).astype(np.int64),
        np.concatenate(
            [part.row_high, np.zeros_like(reached), [int(np.abs(w) @ size) for w, _ in held]]
        ).astype(np.int64),
        len(held),
    )


def prove(rows: Rows, weight: Ints, ranges: tuple[Ints, Ints], price: Floats) -> Proof | None:
    """Compute the bound that prices prove, in whole numbers.

    With prices `y` every plan is worth at most ``y`` times the row limits (the upper one
    where the price is positive, else the lower one) plus, for each column, the better end of
    its range at ``weight - y @ matrix``. Any prices prove some bound; those of the linear
    relaxation prove the best.

    Parameters
    ----------
    rows : Rows
        The rows.
    weight : array of int
        What one unit of each column adds.
    ranges : tuple of array of int
        The least and the most of each column.
    price : array of float
        One per row, in units of the level per unit of the row.

    Returns
    -------
    Proof or None
        None if the numbers are too large for 64 bits on every grid.
    """
    low, high = ranges
    size = np.maximum(np.abs(low), np.abs(high)).astype(np.float64)
    reached = abs(rows.matrix).astype(np.float64) @ size
    limits = np.maximum(np.abs(rows.low), np.abs(rows.high)).astype(np.float64)
    scores = float(np.abs(weight) @ size)
    for shift in GRID:
        rounded = np.rint(price * 2.0**shift)
        total = scores * 2.0**shift + float(np.abs(rounded) @ (reached + limits))
        if total < SAFE / 4 and np.abs(rounded).max(initial=0.0) < SAFE / 4:
            break
    else:
        return None
    grid = rounded.astype(np.int64)
    worth = (weight << shift) - times(csr(rows.matrix.T), grid)
    paid = int((grid * np.where(grid > 0, rows.high, rows.low)).sum())
    exact = paid + int(np.where(worth > 0, worth * high, worth * low).sum())
    divisor = int(np.gcd.reduce(weight[low < high], initial=0))
    base = int(weight[low == high] @ low[low == high])
    value = exact >> shift
    if divisor > 1:
        value = (value - base) // divisor * divisor + base
    levels = grid.size - rows.held
    combined = (weight << shift) - times(csr(rows.matrix[levels:].T), grid[levels:])
    return Proof(value, exact, worth, shift, price, combined)


@dataclass
class Relaxation:
    """The linear relaxation of one level, solved further each time it is asked.

    First-order: each round costs two products with the rows, and any prices it has reached
    prove a bound. One thread and a limit on rounds make it repeatable.
    """

    rows: Rows
    weight: Ints
    ranges: tuple[Ints, Ints]
    rounds: int = 0
    finished: bool = False
    state: Any = None

    def advance(self, rounds: int, seconds: float) -> Floats | None:
        """Go on for so many rounds; return the prices, None if there are none.

        Parameters
        ----------
        rounds : int
            At most so many more.
        seconds : float
            At most so long.
        """
        if not self.weight.size:
            return np.zeros(self.rows.low.size)
        from ortools.pdlp import solve_log_pb2, solvers_pb2
        from ortools.pdlp.python import pdlp

        parameters = solvers_pb2.PrimalDualHybridGradientParams()
        parameters.num_threads = 1
        stop = parameters.termination_criteria
        stop.iteration_limit = rounds
        if np.isfinite(seconds):
            stop.time_sec_limit = max(seconds, 0.01)
        stop.simple_optimality_criteria.eps_optimal_relative = 1e-7
        stop.simple_optimality_criteria.eps_optimal_absolute = 1e-7
        result = pdlp.primal_dual_hybrid_gradient(
            self._programme(pdlp), parameters, initial_solution=self.state
        )
        self.rounds += int(result.solve_log.iteration_count)
        ended = result.solve_log.termination_reason
        self.finished = ended == solve_log_pb2.TERMINATION_REASON_OPTIMAL
        price = -np.asarray(result.dual_solution, dtype=np.float64)
        if price.size != self.rows.low.size or not np.isfinite(price).all():
            return None
        self.state = pdlp.PrimalAndDualSolution()
        self.state.primal_solution = result.primal_solution
        self.state.dual_solution = result.dual_solution
        return price

    @property
    def point(self) -> Floats | None:
        """The values of the columns that the last round reached."""
        return None if self.state is None else np.asarray(self.state.primal_solution)

    def _programme(self, pdlp: Any) -> Any:
        """Write the relaxation; a limit that can't bind is left out."""
        matrix = sparse.csc_matrix(small(self.rows.matrix).astype(np.float64))
        low, high = self.ranges
        gains = self.rows.matrix.copy()
        gains.data = np.maximum(gains.data, 0)
        losses = self.rows.matrix - gains
        least = times(gains, low) + times(csr(losses), high)
        most = times(gains, high) + times(csr(losses), low)
        programme = pdlp.QuadraticProgram()
        programme.resize_and_initialize(matrix.shape[1], matrix.shape[0])
        programme.objective_vector = -self.weight.astype(np.float64)
        programme.constraint_matrix = matrix
        programme.constraint_lower_bounds = np.where(self.rows.low > least, self.rows.low, -np.inf)
        programme.constraint_upper_bounds = np.where(self.rows.high < most, self.rows.high, np.inf)
        programme.variable_lower_bounds = low.astype(np.float64)
        programme.variable_upper_bounds = high.astype(np.float64)
        return programme
