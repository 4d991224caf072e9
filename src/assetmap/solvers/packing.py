"""A first plan where everything only uses: take what the relaxation takes, while it fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from assetmap.solvers.arrays import Floats, Ints
    from assetmap.solvers.bounding import Proof
    from assetmap.solvers.model import Part

EVEN = 1e-3
"""Values of the relaxation that differ by less count as equal."""


def pack(part: Part, guide: Proof, point: Floats | None) -> Ints | None:
    """Return a plan filled up in the order of the relaxation, None if that is not possible.

    Where nothing supplies and the plan of all lows keeps every row, columns are raised one
    after another as far as they fit: first those that the relaxation takes whole, then the
    fractions, then what is worth most at its prices. A column that adds nothing to the level
    is left out.

    Parameters
    ----------
    part : Part
        The rows and columns.
    guide : Proof
        The prices.
    point : array of float, or None
        The values of the columns in the relaxation.
    """
    matrix = part.by_column
    if point is None or (matrix.data < 0).any() or not part.keeps(part.low):
        return None
    left = part.row_high - part.matrix @ part.low
    taken = np.rint(point / EVEN)
    order = np.lexsort((-guide.worth, -taken))
    order = order[(guide.combined[order] > 0) & (part.high[order] > part.low[order])]
    values = part.low.copy()
    for column in order.tolist():
        begin, end = matrix.indptr[column], matrix.indptr[column + 1]
        rows, uses = matrix.indices[begin:end], matrix.data[begin:end]
        room = int(part.high[column] - part.low[column])
        fits = min(room, int((left[rows] // uses).min()) if end > begin else room)
        if fits > 0:
            values[column] += fits
            left[rows] -= fits * uses
    return values
