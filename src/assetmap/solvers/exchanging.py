"""Make choices better where each uses one limit: move one group, or let two change places.

As in :mod:`assetmap.solvers.swapping` limits may be broken at a price that rises while they are
and falls while they are kept; but two groups may change places in one step, which tight limits
mostly ask for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assetmap.solvers.knapsacks import MISSING

if TYPE_CHECKING:
    from collections.abc import Callable

    from assetmap.solvers.arrays import Floats, Ints
    from assetmap.solvers.knapsacks import Table

TABU = (5, 15)
"""For so many steps a group that changed its choice keeps it."""
KEPT, BROKEN = 3, 8
"""After so many steps within, or outside, the limits the factor changes."""
FACTOR = 1.1
RANGE = (1.0, 5000.0)
"""The least and the largest factor."""
FIRST = 5.0
LOOK = 64
"""After so many steps the clock is looked at."""
MOST = 2000
"""With more groups than this, pairs are too many to look at all of them."""


def exchange(
    table: Table,
    choice: Ints,
    price: Floats,
    *,
    steps: int,
    rng: np.random.Generator,
    stopped: Callable[[], bool],
) -> Ints | None:
    """Return the best choices within all limits that so many steps come across, None if none.

    Parameters
    ----------
    table : Table
        The choices.
    choice : array of int
        The place of each group to begin with; limits may be broken.
    price : array of float
        What a unit of each limit is worth, more than 0.
    steps : int
        So many.
    rng : numpy Generator
        Where chance comes from.
    stopped : callable
        Says whether to stop.
    """
    walk = _Walk(table, choice, price)
    walk.look()
    for step in range(steps):
        if step % LOOK == 0 and stopped():
            break
        if not walk.change(step, rng):
            break
    return walk.best


@dataclass
class _Walk:
    """Where the search is: the place of each group, what is used, the best choices."""

    table: Table
    now: Ints
    price: Floats
    best: Ints | None = None
    best_value: float = -np.inf
    factor: float = FIRST
    streak: int = 0

    def __post_init__(self) -> None:
        table = self.table
        self.now = self.now.copy()
        self.gain = np.where(table.gain == MISSING, -np.inf, table.gain.astype(np.float64))
        self.use = table.use.astype(np.float64)
        self.room = table.room.astype(np.float64)
        self.load = table.load(self.now).astype(np.float64)
        self.until = np.zeros(table.groups)
        self.all = np.arange(table.groups)

    def look(self) -> bool:
        """Keep the choices if they are within all limits and the best; say if within."""
        if (self.load > self.room).any():
            return False
        value = float(self.gain[self.now, self.all].sum())
        if value > self.best_value:
            self.best, self.best_value = self.now.copy(), value
        return True

    def change(self, step: int, rng: np.random.Generator) -> bool:
        """Take the best move or exchange; False if there is none."""
        fee = self.price * self.factor
        over = np.maximum(self.load - self.room, 0.0)
        more = self.gain - self.gain[self.now, self.all]
        still = self.until > step
        move, at = self._move(fee, over, more, still)
        pair, two = self._pair(fee, over, more, still)
        if max(move, pair) == -np.inf:
            return False
        if move >= pair:
            place, group = divmod(at, self.all.size)
            self._put(group, place)
            self.until[group] = step + int(rng.integers(*TABU))
        else:
            one, other = divmod(two, self.all.size)
            here, there = int(self.now[one]), int(self.now[other])
            self._put(one, there)
            self._put(other, here)
            self.until[[one, other]] = step + rng.integers(*TABU, 2)
        self._steer(kept=self.look())
        return True

    def _put(self, group: int, place: int) -> None:
        self.load[self.now[group]] -= self.use[self.now[group], group]
        self.load[place] += self.use[place, group]
        self.now[group] = place

    def _move(
        self, fee: Floats, over: Floats, more: Floats, still: np.ndarray
    ) -> tuple[float, int]:
        """Return the best move of one group and what it brings."""
        now, used = self.now, self.use[self.now, self.all]
        relief = fee[now] * (over[now] - np.maximum(self.load[now] - used - self.room[now], 0.0))
        excess = np.maximum(self.load[:, None] + self.use - self.room[:, None], 0.0)
        score = more + relief - fee[:, None] * (excess - over[:, None])
        score[now, self.all] = -np.inf
        score[:, still] = -np.inf
        at = int(score.argmax())
        return float(score.flat[at]), at

    def _pair(
        self, fee: Floats, over: Floats, more: Floats, still: np.ndarray
    ) -> tuple[float, int]:
        """Return the best exchange of two groups and what it brings."""
        now = self.now
        if now.size > MOST:
            return -np.inf, 0
        # one row per group that leaves, one column per group that comes in its place
        excess = self.use[now]
        excess += (self.load - self.room)[now][:, None]
        excess -= self.use[now, self.all][:, None]
        np.maximum(excess, 0.0, out=excess)
        excess -= over[now][:, None]
        excess *= fee[now][:, None]
        half = more[now] - excess
        score = half + half.T
        score[now[:, None] == now[None, :]] = -np.inf
        score[still] = -np.inf
        score[:, still] = -np.inf
        at = int(score.argmax())
        return float(score.flat[at]), at

    def _steer(self, *, kept: bool) -> None:
        """Raise the factor while limits are broken, lower it while they are kept."""
        self.streak = max(self.streak, 0) + 1 if kept else min(self.streak, 0) - 1
        if self.streak >= KEPT:
            self.factor, self.streak = max(self.factor / FACTOR, RANGE[0]), 0
        elif self.streak <= -BROKEN:
            self.factor, self.streak = min(self.factor * FACTOR, RANGE[1]), 0
