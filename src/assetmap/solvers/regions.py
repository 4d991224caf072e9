"""Regions of a problem: columns that hang closely together, to be decided anew."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from assetmap.solvers.arrays import csr, times
from assetmap.solvers.model import OWN, Part, reach

if TYPE_CHECKING:
    from assetmap.solvers.arrays import Ints, Sparse

CROWD = 24
"""Of a row that ties more units than this together, so many are drawn."""


@dataclass(frozen=True, eq=False)
class Map:
    """What hangs together how in a part.

    A unit is what rows of needs and legs tie together: a need with its options, their legs
    and alternatives; or a switch alone. Units meet in the rows of resources.

    Attributes
    ----------
    members : list of array of int
        The open columns of each unit.
    rows_of, units_of : csr array
        The resource rows of each unit, and the units on each row.
    rows : array of int
        The resource rows on which more than one unit meets.
    """

    members: list[Ints]
    rows_of: Sparse
    units_of: Sparse
    rows: Ints

    @property
    def units(self) -> int:
        """Number of units."""
        return len(self.members)


def chart(part: Part, still: Ints) -> Map:
    """Find the units of a part and where they meet.

    Parameters
    ----------
    part : Part
        The rows and columns.
    still : array of int
        The columns that are open, ascending.

    Returns
    -------
    Map
        Units are numbered by their first column.
    """
    matrix = csr(part.matrix[:, still])
    own = matrix[np.flatnonzero(part.resource == OWN)]
    width = still.size
    joined = sparse.csr_array(own.T @ own) if own.shape[0] else sparse.csr_array((width, width))
    count, label = csgraph.connected_components(joined, directed=False)
    _, first = np.unique(label, return_index=True)
    place = np.argsort(np.argsort(first))[label]
    order = np.argsort(place, kind="stable")
    sizes = np.bincount(place, minlength=count)
    members = np.split(still[order], np.cumsum(sizes)[:-1]) if width else []
    shared = np.flatnonzero(part.resource >= 0)
    entries = matrix[shared].tocoo()
    meets = csr(
        (
            np.ones(entries.nnz, dtype=np.int64),
            (shared[entries.coords[0]], place[entries.coords[1]]),
        ),
        (part.row_low.size, count),
    )
    rows = np.flatnonzero(np.diff(meets.indptr) > 1)
    return Map(members, csr(meets.T), meets, rows)


def ball(chart: Map, rng: np.random.Generator, *, columns: int, taken: set[int]) -> list[int]:
    """Return units around a row drawn at random, outwards until there are enough columns.

    Parameters
    ----------
    chart : Map
        What hangs together.
    rng : numpy Generator
        Where chance comes from.
    columns : int
        About so many columns.
    taken : set of int
        Units that may not be used; the new ones are added.

    Returns
    -------
    list of int
        The units, ascending; maybe none.
    """
    if not chart.rows.size:
        return []
    frontier = [int(rng.choice(chart.rows))]
    seen, units, total = set(frontier), [], 0
    while frontier and total < columns:
        row = frontier.pop(int(rng.integers(len(frontier))))
        found = _near(chart.units_of, row)
        if found.size > CROWD:
            found = rng.choice(found, CROWD, replace=False)
        for unit in found.tolist():
            if unit in taken or total >= columns:
                continue
            taken.add(unit)
            units.append(unit)
            total += chart.members[unit].size
            for other in _near(chart.rows_of, unit).tolist():
                if other not in seen:
                    seen.add(other)
                    frontier.append(other)
    return sorted(units)


def _near(table: Sparse, row: int) -> Ints:
    """Return the columns of the entries of one row."""
    return table.indices[table.indptr[row] : table.indptr[row + 1]].astype(np.int64)


def narrow(part: Part, plan: Ints, columns: Ints, *, ranges: tuple[Ints, Ints]) -> Part:
    """Return the part in which only some columns are still free, the others as in a plan.

    Parameters
    ----------
    part : Part
        The rows and columns.
    plan : array of int
        A value for every column.
    columns : array of int
        The columns that stay free, ascending.
    ranges : tuple of array of int
        The least and the most of every column of the part.

    Returns
    -------
    Part
        Its columns are numbered as in `part`; its rows are those that a free column touches,
        and those that the others break.
    """
    low, high = ranges[0][columns], ranges[1][columns]
    table = part.by_column[:, columns]
    rest = plan.copy()
    rest[columns] = 0
    used = times(part.matrix, rest)
    needed = (used < part.row_low) | (used > part.row_high)
    needed[table.indices] = True
    rows = np.flatnonzero(needed)
    used = used[rows]
    matrix = csr(csr(table)[rows])
    least, most = reach(matrix, low, high)
    return replace(
        part,
        columns=columns,
        low=low,
        high=high,
        score=part.score[columns],
        switch=part.switch[columns],
        matrix=matrix,
        row_low=np.clip(part.row_low[rows] - used, least - 1, most + 1),
        row_high=np.clip(part.row_high[rows] - used, least - 1, most + 1),
        resource=part.resource[rows],
    )
