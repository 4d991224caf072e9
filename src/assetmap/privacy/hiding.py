"""Which counts of a table to hide, so that what is hidden cannot be worked out; numbers only."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import TypeAlias

__all__ = ["Grid", "Place", "hide"]

Place: TypeAlias = tuple[int, int]
"""Row and column counted from 0; the totals are the last of each."""
Cost: TypeAlias = tuple[int, int]
"""What hiding takes: the counts hidden in addition, and how many."""


@dataclass(frozen=True)
class Grid:
    """A table of counts with its totals in the last row and column.

    Attributes
    ----------
    counts : sequence of sequence of int
        The exact counts.
    least : int
        What a hidden count is at least, as a reader knows.
    homes : Mapping of Place to frozenset of int
        The households behind each count, by number; empty where that is not known.
    too_few : callable, optional
        Tells of several places whether their counts together are of too few people; None where
        it is not known who stands behind them.
    """

    counts: Sequence[Sequence[int]]
    least: int
    homes: Mapping[Place, frozenset[int]] = field(default_factory=dict)
    too_few: Callable[[Sequence[Place]], bool] | None = None

    def is_total(self, place: Place) -> bool:
        """Tell whether an entry is counted as negative: the total of one row or one column."""
        return (place[0] == len(self.counts) - 1) != (place[1] == len(self.counts[0]) - 1)

    def lines(self) -> Iterator[tuple[Place, ...]]:
        """Yield every row and every column, its total last."""
        rows, columns = range(len(self.counts)), range(len(self.counts[0]))
        yield from (tuple((i, j) for j in columns) for i in rows)
        yield from (tuple((i, j) for i in rows) for j in columns)

    def count(self, place: Place) -> int:
        """Return the count at a place."""
        return self.counts[place[0]][place[1]]


def hide(grid: Grid, small: set[Place]) -> set[Place]:
    """Return all places to hide, given those whose counts are of too few people.

    1. For each place to guard, look for the cheapest cycle along which its count can be another
       one, and hide what lies on it (:class:`_Search`).
    2. In each row and column whose total is shown, what is hidden adds up to a sum that can be
       worked out. Where too few people stand behind that sum, hide the smallest other count with
       which they are enough, or else the total; that place is then guarded too.
    3. Repeat until nothing is added.

    Parameters
    ----------
    grid : Grid
        The exact table.
    small : set of Place
        What must be hidden by itself.
    """
    hidden, to_guard = set(small), sorted(small)
    while to_guard:
        for place in to_guard:
            ways = (_Search(grid, hidden, up, place).way_back() for up in (True, False))
            hidden.update(min(way for way in ways if way is not None)[1])
        to_guard = []
        for line in grid.lines():
            added = _beside(grid, line, hidden)
            if added is not None:
                hidden.add(added)
                to_guard.append(added)
    return hidden


def _beside(grid: Grid, line: tuple[Place, ...], hidden: set[Place]) -> Place | None:
    """Return what to hide too in a line whose hidden counts add up to those of too few people."""
    *inside, total = line
    found = [place for place in inside if place in hidden]
    if grid.too_few is None or total in hidden or not found or not grid.too_few(found):
        return None
    shown = [place for place in inside if place not in hidden and grid.count(place)]
    for place in sorted(shown, key=lambda each: (grid.count(each), each)):
        if not grid.too_few([*found, place]):
            return place
    return total


class _Search:
    """Looks for the cheapest cycle along which one is added and taken off in turn.

    With the totals counted as negative, every row and every column sums to zero. Adding one to
    an entry must then be made good in its column by another entry, that one in its row, and so
    on until the row of the first is reached. A count of the same households as the first, or of
    some of them, may not go down where the first goes up, or the other way round: the sum of all
    that is theirs would stay the same, and could be worked out.
    """

    def __init__(self, grid: Grid, hidden: set[Place], up: bool, cell: Place) -> None:
        self.grid = grid
        self.hidden = hidden
        self.up = up
        """Whether one is added to the entry that the search starts from, or taken off."""
        self.cell = cell
        self.own = grid.homes.get(cell)
        self.rises = up != grid.is_total(cell)

    def way_back(self) -> tuple[Cost, tuple[Place, ...]] | None:
        """Return the cost of a cycle through the cell and its other cells; None without one."""
        if not self._can(self.cell, adding=self.up):
            return None
        row, column = self.cell
        start, goal = (False, column), (True, row)
        best: dict[tuple[bool, int], Cost] = {start: (0, 0)}
        heap: list[tuple[Cost, tuple[bool, int], tuple[Place, ...]]] = [((0, 0), start, ())]
        while heap:
            cost, node, way = heappop(heap)
            if node == goal:
                return cost, way
            if cost > best[node]:
                continue
            for other, place, price in self._steps(node):
                total = (cost[0] + price[0], cost[1] + price[1])
                if other not in best or total < best[other]:
                    best[other] = total
                    heappush(heap, (total, other, (*way, place)))
        return None

    def _steps(self, node: tuple[bool, int]) -> Iterator[tuple[tuple[bool, int], Place, Cost]]:
        """Yield where one can go from a row or column, over which cell, and what that costs."""
        is_row, at = node
        width = len(self.grid.counts[0]) if is_row else len(self.grid.counts)
        for to in range(width):
            place = (at, to) if is_row else (to, at)
            adding = is_row == self.up
            if place != self.cell and self._can(place, adding=adding):
                free = place in self.hidden
                yield (not is_row, to), place, ((0, 0) if free else (self.grid.count(place), 1))

    def _can(self, place: Place, *, adding: bool) -> bool:
        """Tell whether the entry of a cell can change; that of a total is its negative."""
        count = self.grid.count(place)
        if count < self.grid.least:
            return False
        rises = adding != self.grid.is_total(place)
        if place != self.cell and rises != self.rises and self._is_theirs(place):
            return False
        return rises or count > self.grid.least

    def _is_theirs(self, place: Place) -> bool:
        """Tell whether nobody stands behind a count but the households behind the first."""
        return self.own is not None and self.grid.homes.get(place, self.own) <= self.own
