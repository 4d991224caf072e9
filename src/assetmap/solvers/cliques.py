"""Rows that say of columns of which any two exclude each other that at most one is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assetmap.solvers.arrays import csr
from assetmap.solvers.model import reach

if TYPE_CHECKING:
    from assetmap.solvers.arrays import Bools, Floats, Ints, Sparse
    from assetmap.solvers.model import Part

VIOLATED = 0.01
"""A relaxation that breaks a row by less than this gains little by it."""


def violated_cliques(part: Part, values: Floats, doubtful: Ints) -> Sparse:
    """Return rows that no plan breaks, but that the values of a relaxation do.

    Somebody who helps at one of two times can't give a third thing at either time. Two rows say
    so, and both allow a half of everything; one row for all of these does not.

    1. A column excludes another where both together pass the limit of a row, even if all else
       on that row is at its least.
    2. Of a row on which any two columns exclude each other, those that a column elsewhere excludes
       are taken, with that column: at most one of these is chosen. Columns that the relaxation
       leaves at nothing are in it as well, so that it can't evade to these.

    Parameters
    ----------
    part : Part
        The rows and columns.
    values : array of float
        The values of the relaxation.
    doubtful : array of int
        Columns of which the values are not whole, ascending; each new row has one of them besides
        those of the row that it comes from.

    Returns
    -------
    csr array of int
        Rows that must be at most 1, over the same columns, in the order of the columns.
    """
    table = _Table(part)
    found: dict[tuple[int, ...], None] = {}
    near = np.zeros(part.columns.size, dtype=np.bool_)
    for column in doubtful[table.simple[doubtful]].tolist():
        excluded = table.excluded(column)
        near[excluded] = True
        for row in table.rows_at(excluded[values[excluded] > 0]):
            others = table.members(row)
            if column in others:
                continue
            mine = others[near[others]]
            if values[column] + values[mine].sum() > 1 + VIOLATED:
                found[tuple(np.union1d(mine, column).tolist())] = None
        near[excluded] = False
    sizes = [len(clique) for clique in found]
    columns = np.array([at for clique in found for at in clique], dtype=np.int64)
    rows = np.repeat(np.arange(len(sizes)), sizes)
    return csr((np.ones_like(columns), (rows, columns)), (len(sizes), part.columns.size))


class _Table:
    """Which columns exclude which, read from the rows."""

    def __init__(self, part: Part) -> None:
        self.part, self.by_column = part, part.by_column
        self.simple: Bools = (part.low == 0) & (part.high == 1)
        least, _ = reach(part.matrix, part.low, part.high)
        self.room: Ints = part.row_high - least
        """How much more than the least each row can take."""
        self.known: dict[int, Ints] = {}

    def excluded(self, column: int) -> Ints:
        """Return the columns that can't be chosen together with one, ascending."""
        matrix, table = self.part.matrix, self.by_column
        found = [np.zeros(0, dtype=np.int64)]
        for at in range(table.indptr[column], table.indptr[column + 1]):
            row, size = int(table.indices[at]), int(table.data[at])
            if size > 0:
                mine = slice(matrix.indptr[row], matrix.indptr[row + 1])
                other = matrix.data[mine]
                found.append(matrix.indices[mine][(other > 0) & (other + size > self.room[row])])
        columns = np.unique(np.concatenate(found))
        return np.asarray(columns[self.simple[columns] & (columns != column)])

    def rows_at(self, columns: Ints) -> list[int]:
        """Return the rows of columns, ascending."""
        found = [self._rows(int(column)) for column in columns]
        return np.unique(np.concatenate(found)).tolist() if found else []

    def _rows(self, column: int) -> Ints:
        table = self.by_column
        return np.asarray(table.indices[table.indptr[column] : table.indptr[column + 1]])

    def members(self, row: int) -> Ints:
        """Return the columns on a row of which any two exclude each other."""
        if row not in self.known:
            matrix = self.part.matrix
            mine = slice(matrix.indptr[row], matrix.indptr[row + 1])
            large = 2 * matrix.data[mine] > self.room[row]
            columns = matrix.indices[mine][large & (matrix.data[mine] > 0)]
            self.known[row] = columns[self.simple[columns]].astype(np.int64)
        return self.known[row]
