"""Where the plans of a level lie that come up to its bound: ranges, and rows that are used up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from assetmap.solvers.arrays import csr, stacked
from assetmap.solvers.bounding import all_rows
from assetmap.solvers.model import CUT, reach

if TYPE_CHECKING:
    from assetmap.solvers.arrays import Ints
    from assetmap.solvers.bounding import Held, Proof
    from assetmap.solvers.model import Part


@dataclass(frozen=True, eq=False)
class Summit:
    """The plans of a part that are worth at least so much on a level.

    Attributes
    ----------
    part : Part
        The part with narrower ranges and rows; columns are numbered as before.
    enough : bool
        Whether every plan in it is worth so much; otherwise a row has to say so.
    """

    part: Part
    enough: bool


def summit(
    part: Part, proof: Proof, held: Held, *, ranges: tuple[Ints, Ints], target: int, step: int
) -> Summit | None:
    """Return where the plans lie that come up to a target; None if there are none.

    1. In the bound every column is at the better end of its range, and every row with a price is
       used up. A unit less costs the worth of the column, or the price of the row.
    2. So no plan that comes up to the target falls short by more than the bound leaves over.
    3. If all that is left of them together costs less than a step, the plans that are left are
       worth the target, and nothing has to hold it: at the bound itself mostly so.

    Parameters
    ----------
    part : Part
        The rows and columns.
    proof : Proof
        A bound on the level.
    held : tuple of (array of int, int)
        The levels that were held when it was proven.
    ranges : tuple of array of int
        The ranges of the columns for which it was proven.
    target : int
        The least value of interest.
    step : int
        By so much the values of two plans differ at least.
    """
    low, high = proof.tighten(*ranges, target)
    if (low > high).any():
        return None
    rows = all_rows(part, held)
    left = proof.exact - (target << proof.shift)
    grid = np.rint(proof.price * 2.0**proof.shift).astype(np.int64)
    room = left // np.maximum(np.abs(grid), 1)
    least, most = reach(rows.matrix, low, high)
    row_low, row_high = np.maximum(rows.low, least), np.minimum(rows.high, most)
    row_low = np.where(grid > 0, np.maximum(row_low, rows.high - room), row_low)
    row_high = np.where(grid < 0, np.minimum(row_high, rows.low + room), row_high)
    if (row_low > row_high).any():
        return None
    spread = np.where(grid > 0, rows.high - row_low, row_high - rows.low)
    size = np.abs(grid).astype(np.float64)
    over = float(size @ np.where(grid != 0, spread, 0))
    over += float(np.abs(proof.worth).astype(np.float64) @ (high - low))
    # the bound less all of that is what the worst plan that is left is worth
    enough = (proof.exact - over) / 2.0**proof.shift > target - step + 0.5
    height, above = part.row_low.size, rows.low.size - len(held)
    cuts = height + np.flatnonzero(row_low[height:above] == row_high[height:above])
    kept = np.concatenate([np.arange(height), cuts[grid[cuts] != 0]])
    added = kept[height:]
    changed = replace(
        part,
        low=low,
        high=high,
        matrix=stacked([part.matrix, csr(rows.matrix[added])]),
        row_low=row_low[kept],
        row_high=row_high[kept],
        resource=np.concatenate([part.resource, np.full(added.size, CUT)]),
    )
    return Summit(changed, enough)
