"""Take out what is decided already and split the rest into independent components."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from assetmap.solvers.arrays import csr, times
from assetmap.solvers.model import Part, reach

if TYPE_CHECKING:
    from assetmap.solvers.arrays import Bools, Ints, Sparse

SAMPLE = 8
"""One pair of rows out of so many is looked at first when components are sought."""


@dataclass(frozen=True, eq=False)
class Split:
    """A whole problem taken apart.

    Attributes
    ----------
    values : array of int
        A value for every column of the whole; final for every column outside `core`.
    core : Part
        The columns and rows on which something is left to decide.
    row_component, column_component : array of int
        The component of each row and column of the core, numbered by their first row.
    count : int
        Number of components.
    feasible : bool
        False if some row can't be kept whatever is chosen; the rest is then without meaning.
    """

    values: Ints
    core: Part
    row_component: Ints
    column_component: Ints
    count: int
    feasible: bool


def split(whole: Part) -> Split:
    """Take out decided columns and rows that never bind, and find the components.

    1. Columns whose range is one value get it, and their use is taken off the rows.
    2. Rows that the remaining columns can't break are dropped.
    3. Columns without rows get the value that is best on the first level where it matters.
    4. The rest falls apart into the connected components of the graph of rows and columns.

    Parameters
    ----------
    whole : Part
        The whole problem.

    Returns
    -------
    Split
        The values found, and the core with its components.
    """
    values = whole.low.copy()
    open_columns = np.flatnonzero(whole.low < whole.high)
    used = times(whole.matrix, np.where(whole.low == whole.high, whole.low, 0))
    row_low, row_high = whole.row_low - used, whole.row_high - used
    matrix = _some(whole.matrix, None, open_columns)
    least, most = reach(matrix, whole.low[open_columns], whole.high[open_columns])
    feasible = bool(
        (whole.low <= whole.high).all() and (row_low <= most).all() and (row_high >= least).all()
    )
    binding = np.flatnonzero((row_low > least) | (row_high < most))
    matrix = _some(matrix, binding, None)
    tied = np.bincount(matrix.indices, minlength=matrix.shape[1]) > 0
    alone = open_columns[~tied]
    values[alone] = np.where(_gains(whole.score[alone]), whole.high[alone], whole.low[alone])
    columns = open_columns[tied]
    core = Part(
        columns=whole.columns[columns],
        low=whole.low[columns],
        high=whole.high[columns],
        score=whole.score[columns],
        switch=whole.switch[columns],
        matrix=_some(matrix, None, np.flatnonzero(tied)),
        row_low=row_low[binding],
        row_high=row_high[binding],
        resource=whole.resource[binding],
    )
    rows, columns, count = _connected(core)
    return Split(values, core, rows, columns, count, feasible)


def select(part: Part, rows: Ints, columns: Ints) -> Part:
    """Return the part made of some rows and columns.

    Parameters
    ----------
    part : Part
        Where they are taken from.
    rows, columns : array of int
        Which, in ascending order.

    Returns
    -------
    Part
        The smaller part.
    """
    if rows.size == part.row_low.size and columns.size == part.columns.size:
        return part
    return replace(
        part,
        columns=part.columns[columns],
        low=part.low[columns],
        high=part.high[columns],
        score=part.score[columns],
        switch=part.switch[columns],
        matrix=_some(part.matrix, rows, columns),
        row_low=part.row_low[rows],
        row_high=part.row_high[rows],
        resource=part.resource[rows],
    )


def members(labels: Ints, count: int) -> list[Ints]:
    """Return, per component, the places that carry its label, in ascending order.

    Parameters
    ----------
    labels : array of int
        The component of each place.
    count : int
        Number of components.

    Returns
    -------
    list of array of int
        One array per component.
    """
    order = np.argsort(labels, kind="stable")
    sizes = np.bincount(labels, minlength=count)
    return np.split(order, np.cumsum(sizes)[:-1]) if count else []


def _some(matrix: Sparse, rows: Ints | None, columns: Ints | None) -> Sparse:
    """Return some rows and columns of a table, the table itself where that is all of them."""
    if rows is not None and rows.size < matrix.shape[0]:
        matrix = csr(matrix[rows])
    if columns is not None and columns.size < matrix.shape[1]:
        matrix = csr(matrix[:, columns])
    return matrix


def _gains(score: Ints) -> Bools:
    """Say per column whether more of it is better on the first level that is not zero."""
    first = (score != 0).argmax(axis=1)
    return np.asarray(score[np.arange(score.shape[0]), first] > 0)


def _connected(core: Part) -> tuple[Ints, Ints, int]:
    """Label rows and columns by component; the first row decides the number.

    Rows that share a column hang together: it is enough to tie neighbours within a column.
    """
    height = core.row_low.size
    rows, start = core.by_column.indices, core.by_column.indptr
    same = np.ones(max(rows.size - 1, 0), dtype=np.bool_)
    same[start[1:-1] - 1] = False
    tied = np.flatnonzero(same)
    one, two = rows[tied], rows[tied + 1]
    # a sample of the pairs joins nearly all; the others then rarely tell anything new
    count, labels = _joined(one[::SAMPLE], two[::SAMPLE], height)
    news = np.flatnonzero(labels[one] != labels[two])
    if news.size:
        count, merged = _joined(labels[one[news]], labels[two[news]], count)
        labels = merged[labels]
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    number = np.argsort(np.argsort(first))[inverse]
    return number, number[rows[start[:-1]]], int(count)


def _joined(one: Ints, two: Ints, nodes: int) -> tuple[int, Ints]:
    """Return the number of components of a graph, and the component of each node."""
    graph = sparse.coo_array((np.ones(one.size, dtype=np.int8), (one, two)), shape=(nodes, nodes))
    count, labels = csgraph.connected_components(graph, directed=False)
    return int(count), labels.astype(np.int64)
