"""Tables of counts that may leave the team: small cells hidden so that they stay hidden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from types import MappingProxyType
from typing import TypeAlias

from assetmap.errors import UnusableInput
from assetmap.model import PrivacyThresholds

__all__ = ["CountTable", "protect", "protected_count"]

Cell: TypeAlias = tuple[str, str]
Place: TypeAlias = tuple[int, int]
"""Row and column counted from 0; the totals are the last of each."""


@dataclass(frozen=True)
class CountTable:
    """Counts by row and column, with their totals; None is a count that is hidden.

    Attributes
    ----------
    rows, columns : tuple of str
        The headings, sorted; never the id of a person.
    cells : Mapping[tuple[str, str], int or None]
        Every combination of row and column.
    row_totals, column_totals : Mapping[str, int or None]
        Of each row and each column.
    total : int or None
        Of everything.

    Examples
    --------
    >>> table = CountTable.of({("north", "meal"): 3, ("south", "meal"): 12})
    >>> table.total, table.row_totals["north"]
    (15, 3)
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[Cell, int | None]
    row_totals: Mapping[str, int | None]
    column_totals: Mapping[str, int | None]
    total: int | None

    @classmethod
    def of(cls, counts: Mapping[Cell, int]) -> CountTable:
        """Make an exact table.

        Parameters
        ----------
        counts : Mapping[tuple[str, str], int]
            Count by (row, column); a combination that is not there is 0.

        Raises
        ------
        UnusableInput
            A count that is negative or no whole number.
        """
        for cell, count in counts.items():
            if type(count) is not int or count < 0:
                raise UnusableInput(f"the count of {cell} must be a whole number, 0 or more")
        rows = tuple(sorted({row for row, _ in counts}))
        columns = tuple(sorted({column for _, column in counts}))
        inside = [[counts.get((row, column), 0) for column in columns] for row in rows]
        with_totals = [[*line, sum(line)] for line in inside]
        below = [sum(line[at] for line in with_totals) for at in range(len(columns) + 1)]
        return _table(rows, columns, [*with_totals, below])

    @property
    def hidden(self) -> int:
        """How many counts are hidden, totals included."""
        totals = (*self.row_totals.values(), *self.column_totals.values(), self.total)
        return sum(count is None for count in (*self.cells.values(), *totals))


def _table(
    rows: tuple[str, ...], columns: tuple[str, ...], grid: Sequence[Sequence[int | None]]
) -> CountTable:
    """Make a table of lines of counts, the totals at the end of each and in the last."""
    cells = {(r, c): grid[i][j] for i, r in enumerate(rows) for j, c in enumerate(columns)}
    return CountTable(
        rows,
        columns,
        MappingProxyType(cells),
        MappingProxyType({r: grid[i][-1] for i, r in enumerate(rows)}),
        MappingProxyType({c: grid[-1][j] for j, c in enumerate(columns)}),
        grid[-1][-1],
    )


def protected_count(
    count: int, *, thresholds: PrivacyThresholds | None = None, sensitive: bool = False
) -> int | None:
    """Return a count as it may leave the team, or None where it is too small.

    Parameters
    ----------
    count : int
        A number of persons, or of things about persons.
    thresholds : PrivacyThresholds, optional
        Default: ``PrivacyThresholds()``, a minimum of 5 (10 where sensitive) and a base of 5.
    sensitive : bool, default False
        Whether it is about a sensitive theme.

    Returns
    -------
    int or None
        None below the minimum; else the nearest multiple of the base (halves up, never 0). A
        true 0 stays 0, because it is about nobody; of a sensitive theme it is hidden too, because
        a shown 0 would tell that the other counts left out are not.

    Examples
    --------
    >>> [protected_count(n) for n in (0, 3, 5, 12)]
    [0, None, 5, 10]
    >>> [protected_count(n, sensitive=True) for n in (0, 9, 10)]
    [None, None, 10]
    """
    limits = thresholds or PrivacyThresholds()
    if count < 0:
        raise UnusableInput("a count must be 0 or more")
    if _too_small(count, limits, sensitive=sensitive):
        return None
    return _rounded(count, limits.base)


def _too_small(count: int, limits: PrivacyThresholds, *, sensitive: bool) -> bool:
    return count < limits.minimum_sensitive if sensitive else 0 < count < limits.minimum


def _rounded(count: int, base: int) -> int:
    return max(base, (2 * count + base) // (2 * base) * base) if count else 0


def protect(
    counts: Mapping[Cell, int] | CountTable,
    *,
    thresholds: PrivacyThresholds | None = None,
    sensitive: bool = False,
) -> CountTable:
    """Return a table of counts as it may leave the team.

    1. Hide each cell and each total that is too small (:func:`protected_count`).
    2. Hide further counts until no hidden one can be worked out from the rest. A count can be
       worked out when no other table of whole numbers agrees with everything that is shown. In
       the graph whose nodes are the rows and columns (totals included) and whose edges are the
       hidden cells, another table exists exactly when the cell lies on a cycle along which one
       can be added and taken off in turn. Where it does not, the cycle that hides least is found
       by a shortest path, and hidden.
    3. Round what is shown to the base. That only takes information away.

    A reader is taken to know these rules, and so that a hidden count is at least 1 (0 where
    sensitive). Time grows with hidden cells times cells.

    Parameters
    ----------
    counts : Mapping[tuple[str, str], int] or CountTable
        Exact counts by (row, column); a combination that is not there is 0.
    thresholds : PrivacyThresholds, optional
        Default: ``PrivacyThresholds()``.
    sensitive : bool, default False
        Whether it is about a sensitive theme: the higher minimum, and zeros hidden.

    Returns
    -------
    CountTable
        With None for what is hidden; totals are rounded by themselves and need not add up.

    Raises
    ------
    UnusableInput
        Counts that are negative or no whole number, or a table in which something is hidden
        already.

    References
    ----------
    D. Gusfield, "A graph theoretic approach to statistical data security", SIAM Journal on
    Computing 17 (1988), 552-571: hidden cells of a two-way table as a graph.

    Examples
    --------
    >>> table = protect(
    ...     {
    ...         ("north", "meal"): 2,
    ...         ("north", "ride"): 20,
    ...         ("south", "meal"): 11,
    ...         ("south", "ride"): 31,
    ...     }
    ... )
    >>> [table.cells["north", c] for c in table.columns], table.total
    ([None, None], 65)
    """
    limits = thresholds or PrivacyThresholds()
    table = counts if isinstance(counts, CountTable) else CountTable.of(counts)
    grid = _grid(table)
    least = 0 if sensitive else 1
    hidden = {
        (i, j)
        for i, line in enumerate(grid)
        for j, count in enumerate(line)
        if _too_small(count, limits, sensitive=sensitive)
    }
    for cell in sorted(hidden):
        ways = (_Search(grid, hidden, least, up).way_back(cell) for up in (True, False))
        found = [way for way in ways if way is not None]
        hidden.update(min(found)[1])
    shown = [
        [None if (i, j) in hidden else _rounded(n, limits.base) for j, n in enumerate(line)]
        for i, line in enumerate(grid)
    ]
    return _table(table.rows, table.columns, shown)


def _grid(table: CountTable) -> list[list[int]]:
    """Return an exact table with its totals in the last row and column."""
    if table.hidden:
        raise UnusableInput("this table has hidden counts already; protect the exact one")
    exact = {cell: count for cell, count in table.cells.items() if count is not None}
    inside = [[exact[row, column] for column in table.columns] for row in table.rows]
    lines = [[*line, sum(line)] for line in inside]
    return [*lines, [sum(line[at] for line in lines) for at in range(len(table.columns) + 1)]]


Cost: TypeAlias = tuple[int, int]
"""What hiding takes: the counts hidden in addition, and how many."""


@dataclass(frozen=True)
class _Search:
    """Looks for the cheapest cycle along which one is added and taken off in turn.

    With the totals counted as negative, every row and every column sums to zero. Adding one to
    an entry must then be made good in its column by another entry, that one in its row, and so
    on until the row of the first is reached.
    """

    grid: list[list[int]]
    hidden: set[Place]
    least: int
    up: bool
    """Whether one is added to the entry that the search starts from, or taken off."""

    def way_back(self, cell: Place) -> tuple[Cost, tuple[Place, ...]] | None:
        """Return the cost of a cycle through a cell and its other cells; None without one."""
        if not self._can(cell, adding=self.up):
            return None
        row, column = cell
        start, goal = (False, column), (True, row)
        best: dict[tuple[bool, int], Cost] = {start: (0, 0)}
        heap: list[tuple[Cost, tuple[bool, int], tuple[Place, ...]]] = [((0, 0), start, ())]
        while heap:
            cost, node, way = heappop(heap)
            if node == goal:
                return cost, way
            if cost > best[node]:
                continue
            for other, place, price in self._steps(node, cell):
                total = (cost[0] + price[0], cost[1] + price[1])
                if other not in best or total < best[other]:
                    best[other] = total
                    heappush(heap, (total, other, (*way, place)))
        return None

    def _steps(
        self, node: tuple[bool, int], start: Place
    ) -> Iterator[tuple[tuple[bool, int], Place, Cost]]:
        """Yield where one can go from a row or column, over which cell, and what that costs."""
        is_row, at = node
        width = len(self.grid[0]) if is_row else len(self.grid)
        for to in range(width):
            place = (at, to) if is_row else (to, at)
            adding = is_row == self.up
            if place != start and self._can(place, adding=adding):
                hidden = place in self.hidden
                yield (not is_row, to), place, ((0, 0) if hidden else (self._count(place), 1))

    def _count(self, place: Place) -> int:
        return self.grid[place[0]][place[1]]

    def _can(self, place: Place, *, adding: bool) -> bool:
        """Tell whether the entry of a cell can change; that of a total is its negative."""
        count = self._count(place)
        if count < self.least:
            return False
        is_total = (place[0] == len(self.grid) - 1) != (place[1] == len(self.grid[0]) - 1)
        return adding != is_total or count > self.least
