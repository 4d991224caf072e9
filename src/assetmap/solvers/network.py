"""See a flow network in rows and columns, where there is one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from assetmap.solvers.arrays import csr
from assetmap.solvers.model import reach

if TYPE_CHECKING:
    from assetmap.solvers.arrays import Bools, Ints, Sparse
    from assetmap.solvers.model import Part

COST_LIMIT = 2**58
"""Largest cost times nodes: cost scaling and path lengths then stay inside 64 bits."""


@dataclass(frozen=True, eq=False)
class Network:
    """A flow problem; the last node is the root, where everything else comes from and goes.

    Attributes
    ----------
    tail, head : array of int
        Where each arc leaves and arrives. The first arcs are the columns of the part, in
        order; then one arc per row, to the root, that carries what the row comes to.
    low, high : array of int
        The range of the flow on each arc.
    gain : array of int, shape (arcs, L)
        What one unit of flow adds to each level.
    sign, divisor : array of int
        What each row was multiplied with and divided by.
    """

    tail: Ints
    head: Ints
    low: Ints
    high: Ints
    gain: Ints
    sign: Ints
    divisor: Ints

    @property
    def nodes(self) -> int:
        """Number of nodes, the root included."""
        return int(self.sign.size) + 1


def flow_components(core: Part, labels: tuple[Ints, Ints], count: int) -> Bools:
    """Say which components are flow networks.

    A component is one if every column has at most two entries, all entries of a row have the
    same size, rows can be multiplied with -1 so that each column with two entries takes from
    one row and gives to the other, and the numbers are small enough for exact 64-bit costs.

    Parameters
    ----------
    core : Part
        The rows and columns.
    labels : tuple of array of int
        The component of each row and of each column.
    count : int
        Number of components.

    Returns
    -------
    array of bool
        One per component.
    """
    row_label, column_label = labels
    fits = np.ones(count, dtype=np.bool_)
    unit, _ = _divide(core.matrix)
    entries = unit.tocoo()
    fits[row_label[entries.coords[0][np.abs(entries.data) != 1]]] = False
    per_column = np.bincount(entries.coords[1], minlength=core.columns.size)
    fits[column_label[per_column > 2]] = False
    sign = _signs(unit, np.flatnonzero(per_column == 2))
    fits[row_label[sign == 0]] = False
    largest = np.zeros(count, dtype=np.int64)
    np.maximum.at(largest, column_label, np.abs(core.score).max(axis=1))
    nodes = core.row_low.size + 1
    fits[largest > COST_LIMIT // nodes] = False
    if float(core.high.astype(np.float64).sum()) >= float(COST_LIMIT):
        fits[:] = False
    return fits


def network_of(part: Part) -> Network:
    """Write a part as a flow network.

    Parameters
    ----------
    part : Part
        Of components for which :func:`flow_components` says yes.

    Returns
    -------
    Network
        The same choices as flows.
    """
    unit, divisor = _divide(part.matrix)
    height, width = unit.shape
    per_column = np.bincount(unit.indices, minlength=width)
    sign = _signs(unit, np.flatnonzero(per_column == 2))
    entries = unit.tocoo()
    rows, columns = entries.coords
    given = entries.data * sign[rows] > 0
    tail = np.full(width, height, dtype=np.int64)
    head = np.full(width, height, dtype=np.int64)
    head[columns[given]] = rows[given]
    tail[columns[~given]] = rows[~given]
    least, most = reach(unit, part.low, part.high)
    row_low = np.clip(-(-part.row_low // divisor), least - 1, most + 1)
    row_high = np.clip(part.row_high // divisor, least - 1, most + 1)
    turned = sign < 0
    low = np.where(turned, -row_high, row_low)
    high = np.where(turned, -row_low, row_high)
    return Network(
        tail=np.concatenate([tail, np.arange(height)]),
        head=np.concatenate([head, np.full(height, height)]),
        low=np.concatenate([part.low, low]),
        high=np.concatenate([part.high, high]),
        gain=np.vstack([part.score, np.zeros((height, part.levels), dtype=np.int64)]),
        sign=sign,
        divisor=divisor,
    )


def _divide(matrix: Sparse) -> tuple[Sparse, Ints]:
    """Divide each row by the greatest common divisor of its entries."""
    divisor = (
        np.gcd.reduceat(np.abs(matrix.data), matrix.indptr[:-1]) if matrix.nnz else np.empty(0, int)
    )
    data = matrix.data // np.repeat(divisor, np.diff(matrix.indptr))
    unit = csr((data, matrix.indices, matrix.indptr), matrix.shape)
    return unit, divisor.astype(np.int64)


def _signs(unit: Sparse, double: Ints) -> Ints:
    """Return +1 or -1 per row so that columns with two entries oppose; 0 where impossible.

    Each row stands as two points, itself and its negative. A column with two entries ties
    points that must go together; a row tied to its own negative can't be signed.
    """
    height = unit.shape[0]
    by_column = sparse.csc_array(unit)
    first = by_column.indptr[double]
    one, two = by_column.indices[first], by_column.indices[first + 1]
    same = by_column.data[first] != by_column.data[first + 1]
    partner = np.where(same, two, two + height)
    mirror = np.where(same, two + height, two)
    graph = sparse.coo_array(
        (
            np.ones(2 * one.size, dtype=np.int8),
            (np.concatenate([one, one + height]), np.concatenate([partner, mirror])),
        ),
        shape=(2 * height, 2 * height),
    )
    _, labels = csgraph.connected_components(graph, directed=False)
    plus, minus = labels[:height], labels[height:]
    return np.asarray(np.sign(minus - plus), dtype=np.int64)
