"""Make a plan better where needs choose one thing each: change choices one by one, over limits too.

A plan at which every single change breaks a limit can still be far from the best. So changes may
break limits at a price, that of the relaxation times a factor which rises while limits are broken
and falls while they are kept. The path goes along the edge of what is allowed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from assetmap.solvers.arrays import csr, stacked
from assetmap.solvers.model import OWN

if TYPE_CHECKING:
    from assetmap.solvers.arrays import Bools, Floats, Ints, Sparse
    from assetmap.solvers.bounding import Rows
    from assetmap.solvers.model import Part

CELLS, FEWEST, MOST = 4_000_000, 200, 4_000
"""So many choices besides the best of each need are looked at: what fits in so many cells."""
FLOOR = 0.1
"""Limits without a price cost this part of the average price."""
PERSIST = 150
"""After so many changes without a better plan the path goes on from the best."""
TABU = (5, 15)
"""For so many changes a need that changed its choice keeps it."""
KEPT, BROKEN = 3, 8
"""After so many changes within, or outside, the limits the factor changes."""
FACTOR = 1.1
RANGE = (0.3, 1000.0)
"""The least and the largest factor."""
LOOK = 256
"""After so many changes the clock is looked at."""


@dataclass(frozen=True, eq=False)
class Choices:
    """A part in which every column belongs to one group, of which at most one is chosen.

    Attributes
    ----------
    group : array of int
        The group of each column: mostly a need.
    must : array of bool
        The groups of which exactly one is chosen.
    own : array of bool
        The rows that say so; all other rows are limits.
    """

    group: Ints
    must: Bools
    own: Bools


def choices(part: Part) -> Choices | None:
    """See the groups of a part; None where there are legs, switches or several choices.

    Parameters
    ----------
    part : Part
        The rows and columns.
    """
    width = part.columns.size
    if part.switch.any() or (part.low < 0).any() or (part.high > 1).any():
        return None
    own = part.resource == OWN
    entries = part.matrix[np.flatnonzero(own)].tocoo()
    group = np.full(width, -1, dtype=np.int64)
    group[entries.coords[1]] = entries.coords[0]
    once = entries.nnz == int((group >= 0).sum())
    if not once or (entries.data != 1).any() or (part.row_high[own] != 1).any():
        return None
    must = part.row_low[own] >= 1
    alone = np.flatnonzero(group < 0)
    group[alone] = must.size + np.arange(alone.size)
    return Choices(group, np.concatenate([must, np.zeros(alone.size, dtype=np.bool_)]), own)


@dataclass(frozen=True, eq=False)
class Guide:
    """What is to be maximised, and the prices that tell which choices are worth looking at.

    Attributes
    ----------
    rows : Rows
        All rows, those of the part first.
    weight : array of int
        What each column adds.
    ranges : tuple of array of int
        The least and the most of each column.
    price : array of float
        One per row.
    """

    rows: Rows
    weight: Ints
    ranges: tuple[Ints, Ints]
    price: Floats


def swap(
    found: Choices,
    guide: Guide,
    *,
    begin: Floats,
    rng: np.random.Generator,
    steps: int,
    stopped: Callable[[], object],
) -> Ints | None:
    """Return the best plan that so many changes of one choice each come across, None if none.

    Parameters
    ----------
    found : Choices
        The groups.
    guide : Guide
        The weights, the rows and their prices.
    begin : array of float
        A plan, or a point of the relaxation: each group begins with its largest column.
    rng : numpy Generator
        Where chance comes from.
    steps : int
        So many changes.
    stopped : callable
        Says why to stop, None to go on.
    """
    rows, weight, price = guide.rows, guide.weight, guide.price
    limits = np.ones(rows.low.size, dtype=np.bool_)
    limits[: found.own.size] = ~found.own
    least, matrix = rows.low[limits], csr(rows.matrix[np.flatnonzero(limits)])
    table, room, cost = _at_most(matrix, least, rows.high[limits], price[limits])
    worth: Floats = np.asarray(weight - matrix.T @ price[limits], dtype=np.float64)
    start = _beginning(found, begin, guide.ranges)
    columns = _candidates(found, worth, guide.ranges, start, most=_most(table.shape[0]))
    walk = _Walk(found, table, weight, columns, start, room=room, cost=cost, rng=rng)
    for step in range(steps):
        if step % LOOK == 0 and stopped() is not None:
            break
        if not walk.change(step):
            break
    if walk.best is None:
        return None
    final = start.copy()
    final[walk.groups] = columns[walk.best]
    values = np.zeros(weight.size, dtype=np.int64)
    values[final[final < weight.size]] = 1
    return values


def _most(rows: int) -> int:
    return max(FEWEST, min(MOST, CELLS // max(rows, 1)))


def _at_most(matrix: Sparse, low: Ints, high: Ints, price: Floats) -> tuple[Sparse, Ints, Floats]:
    """Write limits from below as limits from above; return uses, limits and what they cost."""
    size: Ints = np.asarray(abs(matrix).sum(axis=1), dtype=np.int64)
    above, below = np.flatnonzero(high < size), np.flatnonzero(low > -size)
    table = stacked([csr(matrix[above]), csr(-matrix[below])])
    paid = np.concatenate([np.maximum(price[above], 0.0), np.maximum(-price[below], 0.0)])
    average = float(paid[paid > 0].mean()) if (paid > 0).any() else 1.0
    return table, np.concatenate([high[above], -low[below]]), np.maximum(paid, FLOOR * average)


def _beginning(found: Choices, begin: Floats, ranges: tuple[Ints, Ints]) -> Ints:
    """Return the choice of each group: a column, or the place of none after all columns."""
    width, groups = begin.size, found.must.size
    total = np.bincount(found.group, begin, minlength=groups)
    amount = np.concatenate([begin, np.where(found.must, -1.0, 1.0 - total)])
    amount[:width][ranges[1] == 0] = -2.0
    amount[:width][ranges[0] == 1] = 2.0
    group = np.concatenate([found.group, np.arange(groups)])
    order = np.lexsort((np.arange(group.size), -amount, group))
    first = np.flatnonzero(np.diff(group[order], prepend=-1))
    return order[first]


def _candidates(
    found: Choices, worth: Floats, ranges: tuple[Ints, Ints], start: Ints, *, most: int
) -> Ints:
    """Return the choices that are worth looking at, none of a group among them."""
    groups = found.must.size
    group = np.concatenate([found.group, np.arange(groups)])
    value = np.concatenate([worth, np.where(found.must, -np.inf, 0.0)])
    value[: worth.size][ranges[1] == 0] = -np.inf
    fixed = np.zeros(groups, dtype=np.bool_)
    fixed[found.group[ranges[0] == 1]] = True
    best = np.full(groups, -np.inf)
    np.maximum.at(best, group, value)
    best = np.maximum(best, value[start])
    with np.errstate(invalid="ignore"):
        regret = np.where(np.isfinite(value) & ~fixed[group], best[group] - value, np.inf)
    order = np.argsort(regret, kind="stable")[: groups + most]
    near = np.zeros(group.size, dtype=np.bool_)
    near[order[np.isfinite(regret[order])]] = True
    near[start] = True
    several = np.bincount(group[near], minlength=groups) > 1
    return np.flatnonzero(near & several[group])


@dataclass
class _Walk:
    """Where the search is: one choice per group, what is left of each limit, the best plan."""

    found: Choices
    table: Sparse
    weight: Ints
    columns: Ints
    start: Ints
    room: Ints
    cost: Floats
    rng: np.random.Generator
    best: Ints | None = None
    best_value: float = -np.inf
    factor: float = 1.0
    streak: int = 0
    last: int = 0
    now: Ints = field(init=False)

    def __post_init__(self) -> None:
        width, count = self.weight.size, self.columns.size
        real = np.flatnonzero(self.columns < width)
        self.uses = np.zeros((self.table.shape[0], count))
        self.uses[:, real] = self.table[:, self.columns[real]].toarray()
        self.gain = np.zeros(count)
        self.gain[real] = self.weight[self.columns[real]]
        every = np.concatenate([self.found.group, np.arange(self.found.must.size)])
        self.groups, self.group = np.unique(every[self.columns], return_inverse=True)
        order = np.argsort(self.group, kind="stable")
        ends = np.cumsum(np.bincount(self.group, minlength=self.groups.size))
        self.members = np.split(order, ends[:-1]) if count else []
        self.until = np.zeros(count)
        fixed = np.ones(self.found.must.size, dtype=np.bool_)
        fixed[self.groups] = False
        still = self.start[fixed]
        rest = np.zeros(width, dtype=np.int64)
        rest[still[still < width]] = 1
        self.free_room = (self.room - self.table @ rest).astype(np.float64)
        self._place(np.searchsorted(self.columns, self.start[self.groups]))
        self._look()

    def _place(self, now: Ints) -> None:
        """Go to a plan."""
        self.now = now.copy()
        self.left = self.free_room - self.uses[:, now].sum(axis=1)
        self.value = float(self.gain[now].sum())
        back = now[self.group] if self.group.size else self.group
        self.more = self.uses - self.uses[:, back]
        self.better = self.gain - self.gain[back]
        self.short = (self.cost[:, None] * np.minimum(self.left[:, None] - self.more, 0)).sum(
            axis=0
        )

    def change(self, step: int) -> bool:
        """Change the choice of one group; False if there is nothing to change."""
        if step - self.last >= PERSIST and self.best is not None:
            self._go_back(step)
        missing = float(self.cost @ np.minimum(self.left, 0))
        score = self.better + self.factor * (self.short - missing)
        score[self.until > step] = -np.inf
        score[self.now] = -np.inf
        if not score.size or not np.isfinite(at := score.argmax()) or score[at] == -np.inf:
            return False
        self._take(int(at), step)
        self._steer()
        if self._look():
            self.last = step
        return True

    def _take(self, at: int, step: int) -> None:
        touched = np.flatnonzero(self.more[:, at])
        if touched.size:
            more, left = self.more[touched], self.left[touched]
            before = np.minimum(left[:, None] - more, 0)
            left = left - more[:, at]
            after = np.minimum(left[:, None] - more, 0)
            self.short += (self.cost[touched, None] * (after - before)).sum(axis=0)
            self.left[touched] = left
        self.value += float(self.better[at])
        mine = self.members[self.group[at]]
        self.now[self.group[at]] = at
        self.more[:, mine] = self.uses[:, mine] - self.uses[:, [at]]
        self.better[mine] = self.gain[mine] - self.gain[at]
        lacking = np.minimum(self.left[:, None] - self.more[:, mine], 0)
        self.short[mine] = (self.cost[:, None] * lacking).sum(axis=0)
        self.until[mine] = step + int(self.rng.integers(*TABU))

    def _steer(self) -> None:
        """Raise the factor while limits are broken, lower it while they are kept."""
        kept = bool((self.left >= 0).all())
        self.streak = max(self.streak, 0) + 1 if kept else min(self.streak, 0) - 1
        if self.streak >= KEPT:
            self.factor, self.streak = max(self.factor / FACTOR, RANGE[0]), 0
        elif self.streak <= -BROKEN:
            self.factor, self.streak = min(self.factor * FACTOR, RANGE[1]), 0

    def _look(self) -> bool:
        """Keep the plan if it is within all limits and the best so far."""
        if self.value <= self.best_value or (self.left < 0).any():
            return False
        self.best, self.best_value = self.now.copy(), self.value
        return True

    def _go_back(self, step: int) -> None:
        """Go on from the best plan, another way."""
        assert self.best is not None
        self._place(self.best)
        count = self.until.size
        wait = self.rng.integers(0, TABU[1], count) * (self.rng.random(count) < 0.5)
        self.until = step + wait.astype(np.float64)
        self.factor, self.streak, self.last = float(self.rng.uniform(0.5, 3.0)), 0, step
