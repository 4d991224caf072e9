"""Prices of rows from the linear relaxation."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from assetmap.solvers.arrays import csr, small, stacked
from assetmap.solvers.bounding import Relaxation, Rows
from assetmap.solvers.model import reach
from assetmap.solvers.outcome import Outcome, Watch
from assetmap.solvers.solution import Reason, Status

if TYPE_CHECKING:
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
    from scipy.optimize import linprog

    least, most = reach(part.matrix, part.low, part.high)
    equal = np.flatnonzero(part.row_low == part.row_high)
    above = np.flatnonzero((part.row_high < most) & (part.row_low != part.row_high))
    below = np.flatnonzero((part.row_low > least) & (part.row_low != part.row_high))
    remaining = watch.remaining()
    options: Any = {"time_limit": remaining} if math.isfinite(remaining) else {}
    method: Any = "highs-ipm" if part.columns.size >= LARGE else "highs-ds"
    ranges: Any = np.column_stack([part.low, part.high]).astype(np.float64)
    upper_rows: Any = small(stacked([part.matrix[above], -part.matrix[below]]))
    equal_rows: Any = small(csr(part.matrix[equal]))
    costs: Any = -part.score[:, 0].astype(np.float64)
    result = linprog(
        costs,
        A_ub=upper_rows.astype(np.float64),
        b_ub=np.concatenate([part.row_high[above], -part.row_low[below]]).astype(np.float64),
        A_eq=equal_rows.astype(np.float64),
        b_eq=part.row_high[equal].astype(np.float64),
        bounds=ranges,
        method=method,
        options=options,
    )
    none: tuple[int | None, ...] = (None,) * part.levels
    if result.status == 2:
        return Outcome(Status.INFEASIBLE, Reason.FINISHED, None, none, "relaxation")
    if result.status != 0:
        reason = Reason.TIME_LIMIT if result.status == 1 else Reason.FINISHED
        return Outcome(Status.NO_SOLUTION, reason, None, none, "relaxation")
    price = np.zeros(part.row_low.size)
    upper, lower = np.split(result.ineqlin.marginals, [above.size])
    price[above] -= upper
    price[below] += lower
    price[equal] -= result.eqlin.marginals
    return Outcome(Status.OPTIMAL, Reason.FINISHED, None, none, "relaxation", price)


def _approached(part: Part, watch: Watch) -> Outcome:
    """Return prices near those of the relaxation; any prices prove a bound."""
    none: tuple[int | None, ...] = (None,) * part.levels
    rows = Rows(part.matrix, part.row_low, part.row_high, held=0)
    relaxation = Relaxation(rows, part.score[:, 0], (part.low, part.high))
    price = None if watch.remaining() <= 0 else relaxation.advance(ROUNDS, watch.remaining())
    if price is None:
        return Outcome(Status.NO_SOLUTION, Reason.TIME_LIMIT, None, none, "relaxation")
    return Outcome(Status.OPTIMAL, Reason.FINISHED, None, none, "relaxation", price)
