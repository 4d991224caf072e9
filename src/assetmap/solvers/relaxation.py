"""Prices of rows from the linear relaxation."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from assetmap.solvers.arrays import csr, small, stacked
from assetmap.solvers.bounding import Relaxation, Rows
from assetmap.solvers.model import reach
from assetmap.solvers.outcome import Outcome, Watch
from assetmap.solvers.solution import Reason, Status

if TYPE_CHECKING:
    from assetmap.solvers.arrays import Floats, Ints
    from assetmap.solvers.model import Part

LARGE = 5000
"""From so many columns on the interior point method is the faster one."""

HUGE = 20_000
"""From so many columns on prices are approached by rounds, which is much faster."""
ROUNDS = 2000


def relaxed_prices(part: Part, watch: Watch) -> Outcome:
    """Solve the linear relaxation of level 0 for the prices of its rows.

    Parameters
    ----------
    part : Part
        The rows and columns.
    watch : Watch
        The clock.

    Returns
    -------
    Outcome
        With row prices and without values; floats, to be rounded and proven by the caller.
    """
    if part.columns.size >= HUGE:
        return _approached(part, watch)
    rows = Rows(part.matrix, part.row_low, part.row_high, held=0)
    corner = at_corner(
        rows,
        part.score[:, 0],
        (part.low, part.high),
        seconds=watch.remaining(),
        interior=part.columns.size >= LARGE,
    )
    none: tuple[int | None, ...] = (None,) * part.levels
    if corner.status == 2:
        return Outcome(Status.INFEASIBLE, Reason.FINISHED, None, none, "relaxation")
    if corner.price is None:
        reason = Reason.TIME_LIMIT if corner.status == 1 else Reason.FINISHED
        return Outcome(Status.NO_SOLUTION, reason, None, none, "relaxation")
    return Outcome(Status.OPTIMAL, Reason.FINISHED, None, none, "relaxation", corner.price)


@dataclass(frozen=True, eq=False)
class Corner:
    """A corner of the relaxation at which a level is best, as floats tell.

    Attributes
    ----------
    status : int
        That of scipy: 0 solved, 1 a limit struck, 2 infeasible.
    price : array of float, or None
        One per row.
    point : array of float, or None
        The values of the columns.
    """

    status: int
    price: Floats | None = None
    point: Floats | None = None


def at_corner(
    rows: Rows, weight: Ints, ranges: tuple[Ints, Ints], *, seconds: float, interior: bool
) -> Corner:
    """Solve the relaxation of one level to the end.

    Parameters
    ----------
    rows : Rows
        The rows.
    weight : array of int
        What one unit of each column adds.
    ranges : tuple of array of int
        The least and the most of each column.
    seconds : float
        At most so long.
    interior : bool
        By the interior point method, then to a corner; else by the simplex method.
    """
    from scipy.optimize import linprog

    if not weight.size:
        return Corner(0, np.zeros(rows.low.size), np.zeros(0))
    low, high = ranges
    least, most = reach(rows.matrix, low, high)
    equal = np.flatnonzero(rows.low == rows.high)
    above = np.flatnonzero((rows.high < most) & (rows.low != rows.high))
    below = np.flatnonzero((rows.low > least) & (rows.low != rows.high))
    options: Any = {"time_limit": max(seconds, 0.01)} if math.isfinite(seconds) else {}
    method: Any = "highs-ipm" if interior else "highs-ds"
    limits: Any = np.column_stack([low, high]).astype(np.float64)
    upper_rows: Any = small(stacked([csr(rows.matrix[above]), csr(-rows.matrix[below])]))
    equal_rows: Any = small(csr(rows.matrix[equal]))
    costs: Any = -weight.astype(np.float64)
    result = linprog(
        costs,
        A_ub=upper_rows.astype(np.float64),
        b_ub=np.concatenate([rows.high[above], -rows.low[below]]).astype(np.float64),
        A_eq=equal_rows.astype(np.float64),
        b_eq=rows.high[equal].astype(np.float64),
        bounds=limits,
        method=method,
        options=options,
    )
    if result.status != 0:
        return Corner(int(result.status))
    price = np.zeros(rows.low.size)
    upper, lower = np.split(result.ineqlin.marginals, [above.size])
    price[above] -= upper
    price[below] += lower
    price[equal] -= result.eqlin.marginals
    return Corner(0, price, np.asarray(result.x))


def _approached(part: Part, watch: Watch) -> Outcome:
    """Return prices near those of the relaxation; any prices prove a bound."""
    none: tuple[int | None, ...] = (None,) * part.levels
    rows = Rows(part.matrix, part.row_low, part.row_high, held=0)
    relaxation = Relaxation(rows, part.score[:, 0], (part.low, part.high))
    price = None if watch.remaining() <= 0 else relaxation.advance(ROUNDS, watch.remaining())
    if price is None:
        return Outcome(Status.NO_SOLUTION, Reason.TIME_LIMIT, None, none, "relaxation")
    return Outcome(Status.OPTIMAL, Reason.FINISHED, None, none, "relaxation", price)
