"""Extra rows that no plan breaks and that bring the relaxation close to the plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assetmap.solvers.arrays import csr, stacked
from assetmap.solvers.model import OWN

if TYPE_CHECKING:
    from assetmap.solvers.arrays import Sparse
    from assetmap.solvers.model import Part


def user_needs_supplier(part: Part) -> Sparse:
    """Return rows that say: a user is at most the sum of the switches that supply it.

    On a resource with capacity 0, where only switches supply and every other use is at
    least 0, somebody can use it only if a supplying switch is on. The plain row
    ``use * user <= supply * switch`` allows a fraction of a switch; the row
    ``user <= sum of the switches`` does not. Where no switch supplies more than the user takes
    the plain row says it already, and no row is added.

    Parameters
    ----------
    part : Part
        The rows and columns.

    Returns
    -------
    csr array of int
        Rows that must be at most 0, over the same columns.
    """
    width = part.columns.size
    entries = part.matrix.tocoo()
    rows, columns = entries.coords
    supplies = entries.data < 0
    bad = rows[supplies & (~part.switch[columns] | (part.low[columns] != 0))]
    eligible = (part.resource >= 0) & (part.row_high == 0)
    eligible[bad] = False
    most = np.zeros(part.matrix.shape[0], dtype=np.int64)
    np.maximum.at(most, rows[supplies], -entries.data[supplies])
    # one switch supplies no more than one user takes: the plain row says the same already
    needed = entries.data < most[rows]
    user = ~supplies & eligible[rows] & ~part.switch[columns] & needed
    supplier = supplies & eligible[rows]
    if not user.any():
        return csr((0, width))
    count = int(user.sum())
    one = np.ones(entries.data.size, dtype=np.int64)
    users = csr((one[user], (np.arange(count), columns[user])), (count, width))
    suppliers = csr((one[supplier], (rows[supplier], columns[supplier])), part.matrix.shape)
    return csr(users - suppliers[rows[user]])


def alternative_needs_option(part: Part) -> Sparse:
    """Return rows that say: an alternative is chosen only where its option is.

    The row of a leg that takes several alternatives, ``sum of the alternatives = count * option``,
    allows half an option with half of the alternatives, each of them whole; the row
    ``alternative <= option`` does not.

    Parameters
    ----------
    part : Part
        The rows and columns.

    Returns
    -------
    csr array of int
        Rows that must be at most 0, over the same columns.
    """
    width = part.columns.size
    entries = part.matrix.tocoo()
    rows, columns = entries.coords
    legs = (part.resource == OWN) & (part.row_low == 0) & (part.row_high == 0)
    several = legs[rows] & (entries.data < -1)
    option = np.full(part.matrix.shape[0], -1, dtype=np.int64)
    option[rows[several]] = columns[several]
    mine = (option[rows] >= 0) & (entries.data == 1)
    count = int(mine.sum())
    place, one = np.arange(count), np.ones(count, dtype=np.int64)
    return csr(
        (
            np.concatenate([one, -one]),
            (np.concatenate([place, place]), np.concatenate([columns[mine], option[rows[mine]]])),
        ),
        (count, width),
    )


def cuts(part: Part) -> Sparse:
    """Return all rows that no plan breaks and that must be at most 0.

    Parameters
    ----------
    part : Part
        The rows and columns.

    Returns
    -------
    csr array of int
        The rows, over the same columns.
    """
    return stacked([user_needs_supplier(part), alternative_needs_option(part)])
