"""Make the values of a relaxation whole where few of them are not, by a search close to those."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from assetmap.solvers.arrays import csr, times
from assetmap.solvers.components import split
from assetmap.solvers.levels import End, Task
from assetmap.solvers.mixed import search_mixed

if TYPE_CHECKING:
    from assetmap.solvers.arrays import Bools, Floats, Ints

RINGS = 2
"""Columns that share a row with one that is not whole may change; where that is not enough, those
that share a row with these as well."""
MOST = 0.25
"""A part of which more than this may change is searched as a whole at once."""


def mended(task: Task, values: Floats, near: float) -> Ints | None:
    """Find whole values that are as good as those of the relaxation, near to them.

    1. Columns that are not whole may change, and so may their neighbours; all others are fixed.
    2. What is left is small, and is searched with branch and bound.
    3. Whole values that come to what the relaxation comes to are the best; prices have to prove
       it yet.

    Parameters
    ----------
    task : Task
        The part and the level; no level is held by a row.
    values : array of float
        The best values of the relaxation of this part.
    near : float
        So near to a whole number is whole.

    Returns
    -------
    array of int or None
        None where there are no such values near by; elsewhere there may be.
    """
    part = task.part
    whole = np.rint(values).astype(np.int64)
    free = np.abs(values - whole) > near
    links = csr(abs(part.matrix))
    aim = float(task.weight @ values)
    for _ in range(RINGS):
        free |= times(csr(links.T), times(links, free.astype(np.int64))) > 0
        if free.mean() > MOST:
            return None
        found = _searched(task, free, whole)
        if found is not None and abs(int(task.weight @ found) - aim) <= near * (1 + abs(aim)):
            return found
    return None


def _searched(task: Task, free: Bools, whole: Ints) -> Ints | None:
    """Search over some columns; the others have the whole values given. None: there is no plan."""
    part = task.part
    fixed = replace(
        part,
        columns=np.arange(part.columns.size, dtype=np.int64),
        low=np.where(free, part.low, whole),
        high=np.where(free, part.high, whole),
    )
    taken = split(fixed)
    if not taken.feasible:
        return None
    found, core = taken.values, taken.core.columns
    if core.size:
        reply = search_mixed(replace(task, part=taken.core, weight=task.weight[core]))
        if reply.end is not End.PROVED or reply.values is None:
            return None
        found[core] = reply.values
    return found if part.keeps(found) else None
