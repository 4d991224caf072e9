"""See a flow network in rows and columns, where there is one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

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
        order; then one arc per row, to the root or from it, that carries what the row comes to.
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
    divisor = _divisors(core)
    uneven = np.flatnonzero(np.abs(core.matrix.data) != np.repeat(divisor, _lengths(core)))
    fits[row_label[np.searchsorted(core.matrix.indptr, uneven, side="right") - 1]] = False
    per_column = np.diff(core.by_column.indptr)
    fits[column_label[per_column > 2]] = False
    fits[row_label[_signs(core, per_column == 2) == 0]] = False
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
    divisor = _divisors(part)
    data = part.matrix.data // np.repeat(divisor, _lengths(part))
    unit = part.matrix if (divisor == 1).all() else csr(_like(part.matrix, data))
    height = unit.shape[0]
    sign = _signs(part, np.diff(part.by_column.indptr) == 2)
    tail, head = _ends(part, sign)
    least, most = reach(unit, part.low, part.high)
    row_low = np.clip(-(-part.row_low // divisor), least - 1, most + 1)
    row_high = np.clip(part.row_high // divisor, least - 1, most + 1)
    nodes, root = np.arange(height), np.full(height, height)
    return Network(
        tail=np.concatenate([tail, np.where(sign < 0, root, nodes)]),
        head=np.concatenate([head, np.where(sign < 0, nodes, root)]),
        low=np.concatenate([part.low, row_low]),
        high=np.concatenate([part.high, row_high]),
        gain=np.vstack([part.score, np.zeros((height, part.levels), dtype=np.int64)]),
        sign=sign,
        divisor=divisor,
    )


def _ends(part: Part, sign: Ints) -> tuple[Ints, Ints]:
    """Return where the arc of each column leaves and arrives; the root stands in for no row."""
    root = part.row_low.size
    start, rows = part.by_column.indptr[:-1], part.by_column.indices
    double = np.diff(part.by_column.indptr) == 2
    gives = (part.by_column.data > 0) == (sign > 0)[rows]
    if double.all():
        one, two = rows[::2], rows[1::2]
        gives = gives[::2]
    else:
        one, two = rows[start], np.full(start.size, root, dtype=rows.dtype)
        two[double] = rows[start[double] + 1]
        gives = gives[start]
    tail, head = np.where(gives, two, one), np.where(gives, one, two)
    return tail.astype(np.int64, copy=False), head.astype(np.int64, copy=False)


def _lengths(part: Part) -> Ints:
    """Return the number of entries of each row."""
    return np.diff(part.matrix.indptr).astype(np.int64)


def _like(matrix: Sparse, data: Ints) -> Any:
    """Return other entries at the places of a table."""
    return sparse.csr_array((data, matrix.indices, matrix.indptr), shape=matrix.shape)


def _divisors(part: Part) -> Ints:
    """Return the greatest common divisor of the entries of each row."""
    if (np.abs(part.matrix.data) == 1).all():
        return np.ones(part.row_low.size, dtype=np.int64)
    return np.gcd.reduceat(np.abs(part.matrix.data), part.matrix.indptr[:-1]).astype(np.int64)


def _signs(part: Part, double: Bools) -> Ints:
    """Return +1 or -1 per row so that columns with two entries oppose; 0 where impossible.

    Mostly needs and legs against resources will do. Otherwise each row stands as two points,
    itself and its negative: a column with two entries ties points that must go together, and
    a row tied to its own negative can't be signed.
    """
    by_column = part.by_column
    first = by_column.indptr[:-1][double]
    one = by_column.indices[first].astype(np.int64, copy=False)
    two = by_column.indices[first + 1].astype(np.int64, copy=False)
    same = (by_column.data[first] > 0) != (by_column.data[first + 1] > 0)
    plain = np.where(part.resource < 0, -1, 1)
    if ((plain[one] == plain[two]) == same).all():
        return plain
    height = part.row_low.size
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
