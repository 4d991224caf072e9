"""A bound and good plans where each choice uses one limit: every limit as a knapsack of its own.

The linear relaxation takes fractions of choices. Here a price is put on every group instead, and
each limit takes what fits and gains most at these prices, in whole choices and exactly. Prices at
which every group is taken about once prove a bound that is mostly much closer, and what the limits
take there, settled group by group, is a good plan.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from assetmap.solvers.arrays import SAFE

if TYPE_CHECKING:
    from collections.abc import Callable

    from assetmap.solvers.arrays import Bools, Floats, Ints
    from assetmap.solvers.swapping import Choices, Guide

SHIFT = 10
"""Prices are multiples of ``2**-SHIFT``."""
MISSING = -(2**40)
"""What a choice gains that does not exist; all others gain less than that in size."""
CELLS = 4_000_000
"""So many cells, choices times room, are looked at for one bound at most."""
SMOOTH = 0.6
"""This part of the last direction is kept in the next."""
REMEMBER = 0.9
"""This part of what was taken in the rounds before counts."""
CHANCE = 0.05
"""So much chance decides which groups are settled first, and where."""
DEAR = 0.01
"""What the choice of the largest gain counts for, beside how often it was taken."""
SLOWER = 1.5
"""The steps get smaller by so much when nothing was gained for a while."""


@dataclass(frozen=True, eq=False)
class Table:
    """Groups of which exactly one choice each is made; a choice uses one limit.

    Attributes
    ----------
    gain : array of int, shape (limits + 1, groups)
        What the choice of a group at a limit adds; the last row is for choices that use none.
    use : array of int, shape (limits + 1, groups)
    room : array of int, shape (limits + 1,)
    column : array of int, shape (limits + 1, groups)
        Its column in the part, -1 for choosing nothing.
    """

    gain: Ints
    use: Ints
    room: Ints
    column: Ints

    @property
    def groups(self) -> int:
        """Number of groups."""
        return int(self.gain.shape[1])

    def plan(self, choice: Ints, width: int) -> Ints:
        """Return the values of so many columns."""
        values = np.zeros(width, dtype=np.int64)
        column = self.column[choice, np.arange(self.groups)]
        values[column[column >= 0]] = 1
        return values

    def load(self, choice: Ints) -> Ints:
        """Return what some choices use of each limit."""
        used = self.use[choice, np.arange(self.groups)]
        load = np.zeros_like(self.room)
        np.add.at(load, choice, used)
        return load


def table_of(found: Choices, guide: Guide) -> Table | None:
    """Write a part as a table; None where a choice uses several limits, or it is too large.

    Parameters
    ----------
    found : Choices
        The groups.
    guide : Guide
        The weights, the ranges and all rows.
    """
    weight, ranges, rows = guide.weight, guide.ranges, guide.rows
    limits = np.append(
        np.flatnonzero(~found.own), np.arange(found.own.size, rows.low.size, dtype=np.int64)
    )
    entries = rows.matrix[limits].tocoo()
    row, column = entries.coords
    once = np.bincount(column, minlength=weight.size).max(initial=0) <= 1
    if not once or (entries.data <= 0).any() or (rows.low[limits] > 0).any():
        return None
    groups = found.must.size
    place = np.full(weight.size, limits.size, dtype=np.int64)
    use = np.zeros(weight.size, dtype=np.int64)
    place[column], use[column] = row, entries.data
    if np.unique(place * groups + found.group).size < weight.size:
        return None
    shape = (limits.size + 1, groups)
    gains = np.full(shape, MISSING, dtype=np.int64)
    uses, columns = np.zeros(shape, dtype=np.int64), np.full(shape, -1, dtype=np.int64)
    gains[-1, ~found.must] = 0
    room = np.append(rows.high[limits], 0)
    possible = (ranges[1] > 0) & (use <= room[place])
    if (possible & (place == limits.size) & ~found.must[found.group]).any():
        return None
    # a group of which a column is fixed has no other choice
    gains[:, found.group[ranges[0] > 0]] = MISSING
    other = np.isin(found.group, found.group[ranges[0] > 0]) & (ranges[0] == 0)
    at = np.flatnonzero(possible & ~other)
    gains[place[at], found.group[at]] = weight[at]
    uses[place[at], found.group[at]] = use[at]
    columns[place[at], found.group[at]] = at
    table = Table(gains, uses, room, columns)
    return table if _is_small(table) else None


def cells(table: Table) -> int:
    """Return about how many cells, choices times room, one bound looks at."""
    real = table.gain[:-1] != MISSING
    # few choices of a limit gain anything at good prices; a fourth of them is on the safe side
    depth = int(real.sum(axis=1).max(initial=0)) // 4 + 1
    return int(depth * real.shape[0] * (table.room.max(initial=0) + 1))


def _is_small(table: Table) -> bool:
    real = table.gain != MISSING
    if not real.any(axis=0).all() or table.gain.shape[0] < 2:
        return False
    largest = int(np.abs(table.gain[real]).max(initial=0))
    return cells(table) <= CELLS and (largest << SHIFT) * 4 * (table.groups + 1) < SAFE


def _fill(profit: Ints, use: Ints, room: Ints) -> tuple[Ints, Bools]:
    """Return the most that each limit can gain, and what it takes for that.

    All limits are filled side by side, choice by choice, for every amount of room.
    """
    count, top = profit.shape[0], int(room.max(initial=0))
    wanted = (profit > 0) & (use <= room[:, None])
    many = wanted.sum(axis=1)
    depth = int(many.max(initial=0))
    order = np.argsort(~wanted, axis=1, kind="stable")[:, :depth]
    real = np.arange(depth)[None, :] < many[:, None]
    gains = np.where(real, np.take_along_axis(profit, order, 1), 0)
    uses = np.where(real, np.take_along_axis(use, order, 1), 0)
    best = np.zeros((count, top + 1), dtype=np.int64)
    padded = np.full((count, 2 * top + 2), np.iinfo(np.int64).min // 4)
    begin = np.arange(count)[:, None] * (2 * top + 2) + top + 1 + np.arange(top + 1)[None, :]
    taken = np.zeros((depth, count, top + 1), dtype=np.bool_)
    for at in range(depth):
        padded[:, top + 1 :] = best
        other = padded.ravel()[begin - uses[:, at][:, None]] + gains[:, at][:, None]
        np.greater(other, best, out=taken[at])
        best = np.maximum(best, other)
    limits, left = np.arange(count), room.copy()
    chosen = np.zeros(profit.shape, dtype=np.bool_)
    for at in range(depth - 1, -1, -1):
        mine = taken[at, limits, left]
        chosen[limits[mine], order[mine, at]] = True
        left = left - np.where(mine, uses[:, at], 0)
    return best[limits, room], chosen


@dataclass(frozen=True, eq=False)
class Descent:
    """Where prices of groups have come to.

    Attributes
    ----------
    exact : int
        No plan is above this, in units of ``2**-SHIFT``.
    price : array of float
        One per group.
    share : array of float, shape (limits + 1, groups)
        How often each choice was taken lately.
    """

    exact: int
    price: Floats
    share: Floats


def descend(
    table: Table,
    price: Floats,
    *,
    target: float,
    rounds: int,
    pace: tuple[float, int],
    stopped: Callable[[], bool],
) -> Descent:
    """Lower the bound by changing prices: dearer what is taken twice, cheaper what nobody takes.

    Steps are as long as the bound is above the target, less when nothing is gained for a while
    (the subgradient method of Held, Wolfe and Crowder, with a part of the last direction kept).

    Parameters
    ----------
    table : Table
        The choices.
    price : array of float
        One per group, to begin with.
    target : float
        What a plan is worth.
    rounds : int
        So many bounds.
    pace : tuple of (float, int)
        How large steps are at first, and after how many rounds in vain they get smaller.
    stopped : callable
        Says whether to stop.
    """
    step, patience = pace
    best = Descent(int(SAFE), price, np.zeros(table.gain.shape))
    share, now, idle = None, price, 0
    direction = np.zeros(table.groups)
    for _ in range(rounds):
        exact, chosen = bound_at(table, now)
        share = chosen if share is None else REMEMBER * share + (1 - REMEMBER) * chosen
        idle += 1
        if exact < best.exact:
            best, idle = Descent(exact, now, best.share), 0
        elif idle >= patience:
            step, idle, now = step / SLOWER, 0, best.price
            direction = np.zeros(table.groups)
        direction = SMOOTH * direction + chosen.sum(axis=0) - 1.0
        length = float(direction @ direction)
        if length == 0.0 or stopped():
            break
        over = max(exact / 2.0**SHIFT - target, 1.0)
        now = now + step * over / length * direction
    return replace(best, share=best.share if share is None else np.asarray(share, dtype=float))


def bound_at(table: Table, price: Floats) -> tuple[int, Bools]:
    """Return the bound that prices prove, in units of ``2**-SHIFT``, and what is taken there.

    Parameters
    ----------
    table : Table
        The choices.
    price : array of float
        One per group.
    """
    real = table.gain != MISSING
    size = int(np.abs(table.gain[real]).max(initial=1)) << SHIFT
    grid = np.clip(np.rint(price * 2.0**SHIFT), -2 * size, 2 * size).astype(np.int64)
    profit = np.where(real, (table.gain << SHIFT) - grid, -1)
    gained, taken = _fill(profit[:-1], table.use[:-1], table.room[:-1])
    free = profit[-1] > 0
    exact = int(grid.sum()) + int(gained.sum()) + int(profit[-1][free].sum())
    return exact, np.vstack([taken, free])


def settle(
    table: Table,
    price: Floats,
    *,
    target: float,
    pace: tuple[float, int, float],
    rng: np.random.Generator,
    stopped: Callable[[], bool],
) -> Ints | None:
    """Settle group by group what the limits take at good prices, and find new prices in between.

    What is settled may use a little more than there is, where nothing else is left.

    Parameters
    ----------
    table : Table
        The choices.
    price : array of float
        One per group, to begin with.
    target : float
        What a plan is worth.
    pace : tuple of (float, int, float)
        The part of the groups that are settled at once, the rounds in between, and how large
        steps are.
    rng : numpy Generator
        Where chance comes from.
    stopped : callable
        Says whether to stop.
    """
    part_at_once, rounds, step = pace
    choice = np.full(table.groups, -1, dtype=np.int64)
    price, open_, room, fixed = price.copy(), np.arange(table.groups), table.room.copy(), 0
    while open_.size:
        rest = Table(table.gain[:, open_], table.use[:, open_], room, table.column[:, open_])
        found = descend(
            rest,
            price[open_],
            target=target - fixed,
            rounds=rounds,
            pace=(step, 6),
            stopped=stopped,
        )
        if stopped():
            return None
        price[open_] = found.price
        total = found.share.sum(axis=0)
        often = found.share / np.maximum(total, 1e-9) + CHANCE * rng.random(found.share.shape)
        sure = often.max(axis=0) - 0.5 * np.abs(1.0 - total)
        many = int(np.ceil(part_at_once * open_.size))
        chosen = np.argsort(-sure, kind="stable")[:many]
        for at in chosen.tolist():
            where = _place(rest, at, often[:, at], room)
            choice[open_[at]] = where
            room[where] = max(0, int(room[where] - rest.use[where, at]))
            fixed += int(rest.gain[where, at])
        open_ = np.delete(open_, chosen)
    return choice


def _place(table: Table, group: int, often: Floats, room: Ints) -> int:
    """Return the limit at which a group is settled: where it was taken most, if it fits."""
    real = table.gain[:, group] != MISSING
    fits = real & (table.use[:, group] <= room)
    if fits.any():
        size = max(int(np.abs(table.gain[real, group]).max()), 1)
        worth = often + DEAR * table.gain[:, group] / size
        return int(np.where(fits, worth, -np.inf).argmax())
    over = table.use[:, group] - room
    return int(np.where(real, over, np.iinfo(np.int64).max).argmin())
