"""Tables of counts that may leave the team: small cells hidden so that they stay hidden."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from assetmap.errors import UnusableInput
from assetmap.model import PrivacyThresholds
from assetmap.privacy.behind import Behind, Cell
from assetmap.privacy.hiding import Grid, Place, hide

__all__ = ["CountTable", "protect", "protected_count"]


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
    behind : Behind or None
        How many people stand behind each count and how much each gives, for :func:`protect`;
        None where it is not known, and in a table that was protected.
    given_out : CountTable or None
        As this table leaves, where that was settled beside an earlier release
        (:func:`assetmap.privacy.republish`).

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
    behind: Behind | None = field(default=None, compare=False, repr=False)
    given_out: CountTable | None = field(default=None, compare=False, repr=False)

    @classmethod
    def of(
        cls,
        counts: Mapping[Cell, int],
        *,
        people: Mapping[Cell, Mapping[str, int]] | None = None,
        households: Mapping[str, str] | None = None,
    ) -> CountTable:
        """Make an exact table.

        Parameters
        ----------
        counts : Mapping[tuple[str, str], int]
            Count by (row, column); a combination that is not there is 0.
        people : Mapping[tuple[str, str], Mapping[str, int]], optional
            What each person gives of a count, by id; ids are not kept. What is left of a count is
            taken to be given by one person. Default: not known, and then only the counts
            themselves are looked at.
        households : Mapping[str, str], optional
            Household by person; somebody who is not in it is a household alone.

        Raises
        ------
        UnusableInput
            A count that is negative or no whole number, or people who give more than is counted.
        """
        for cell, count in counts.items():
            if type(count) is not int or count < 0:
                raise UnusableInput(f"the count of {cell} must be a whole number, 0 or more")
        rows = tuple(sorted({row for row, _ in counts}))
        columns = tuple(sorted({column for _, column in counts}))
        inside = [[counts.get((row, column), 0) for column in columns] for row in rows]
        with_totals = [[*line, sum(line)] for line in inside]
        below = [sum(line[at] for line in with_totals) for at in range(len(columns) + 1)]
        made = _table(rows, columns, [*with_totals, below])
        behind = None if people is None else Behind.of(counts, people, households)
        return made if behind is None else replace(made, behind=behind)

    @classmethod
    def tally(
        cls,
        things: Iterable[tuple[Cell, str | None]],
        *,
        cells: Iterable[Cell] = (),
        households: Mapping[str, str] | None = None,
    ) -> CountTable:
        """Count things, and remember how many people they are of.

        Parameters
        ----------
        things : iterable of (tuple[str, str], str or None)
            One for each thing: where it is counted, and whose it is. Things in one cell of whom
            nobody is known are taken to be of one person.
        cells : iterable of tuple[str, str], optional
            Cells that are there even when nothing is counted in them.
        households : Mapping[str, str], optional
            Household by person.

        Examples
        --------
        >>> table = CountTable.tally([(("north", "meal"), "ans")] * 6)
        >>> table.total, protect(table).total is None
        (6, True)
        """
        counts: Counter[Cell] = Counter(dict.fromkeys(cells, 0))
        people: defaultdict[Cell, Counter[str]] = defaultdict(Counter)
        for cell, who in things:
            counts[cell] += 1
            if who is not None:
                people[cell][who] += 1
        return cls.of(counts, people=people, households=households)

    def merged(self, into: Callable[[Cell], Cell]) -> CountTable:
        """Return an exact table with cells added up, and the people behind them with it.

        Parameters
        ----------
        into : callable
            Says into which (row, column) a cell goes.

        Raises
        ------
        UnusableInput
            Something is hidden already.

        Examples
        --------
        >>> streets = CountTable.of({("north: Dijk", "open"): 3, ("north: Laan", "open"): 4})
        >>> streets.merged(lambda cell: ("north", cell[1])).cells["north", "open"]
        7
        """
        counts: Counter[Cell] = Counter()
        shares: defaultdict[Cell, Counter[int]] = defaultdict(Counter)
        for cell, count in self.cells.items():
            if count is None:
                raise UnusableInput("this table has hidden counts already; merge the exact one")
            counts[into(cell)] += count
            if self.behind is not None:
                shares[into(cell)].update(self.behind.shares.get(cell, {}))
        made = CountTable.of(counts)
        behind = None if self.behind is None else replace(self.behind, shares=shares)
        return replace(made, behind=behind)

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

    1. Hide each cell and each total that is too small (:func:`protected_count`), and where it is
       known who stands behind it, each of too few people or households, or of which one gives too
       much (:func:`assetmap.privacy.behind.few_behind`).
    2. Hide further counts until no hidden one can be worked out from the rest: until another
       table of whole numbers agrees with all that is shown. In the graph whose nodes are the rows
       and columns (totals included) and whose edges are the hidden cells, that is so when the cell
       lies on a cycle along which one can be added and taken off in turn; the one that hides least
       is found by a shortest path. What the same households give elsewhere may not make it good, so
       that the sum of all that is theirs cannot be worked out either.
    3. What is hidden in a row or column adds up to what can be worked out from the total. Where
       too few people stand behind that sum, one more count is hidden, and so on from step 2.
    4. Round what is shown to the base. That only takes information away.

    A reader is taken to know these rules, and so that a hidden count is at least 1 (0 where
    sensitive). Time grows with hidden cells times cells. Sums over several rows and columns of
    counts of different households are not looked at.

    Parameters
    ----------
    counts : Mapping[tuple[str, str], int] or CountTable
        Exact counts by (row, column); a combination that is not there is 0. For counts of things
        a table that knows the people (:meth:`CountTable.tally`), for six questions of one person
        tell of one person. A table of :func:`republish` leaves as that settled.
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
    Computing 17 (1988), 552-571: hidden cells as a graph. A. Hundepool and others, "Handbook on
    Statistical Disclosure Control", 2nd edition (2024), chapter 4: few respondents, or one, in
    a cell or several.

    Examples
    --------
    >>> cells = [("north", "meal"), ("north", "ride"), ("south", "meal"), ("south", "ride")]
    >>> table = protect(dict(zip(cells, (2, 20, 11, 31), strict=True)))
    >>> [table.cells["north", c] for c in table.columns], table.total
    ([None, None], 65)
    """
    limits = thresholds or PrivacyThresholds()
    table = counts if isinstance(counts, CountTable) else CountTable.of(counts)
    if table.given_out is not None:
        return table.given_out
    grid, least = _grid(table), 0 if sensitive else 1
    watched = None if table.behind is None else _Watched(table, table.behind, limits, sensitive)
    small = {
        (i, j)
        for i, line in enumerate(grid)
        for j, count in enumerate(line)
        if _too_small(count, limits, sensitive=sensitive)
        or (watched is not None and watched.is_few((i, j)))
    }
    hidden = hide(Grid(grid, least, *(() if watched is None else watched.told())), small)
    shown = [
        [None if (i, j) in hidden else _rounded(n, limits.base) for j, n in enumerate(line)]
        for i, line in enumerate(grid)
    ]
    return _table(table.rows, table.columns, shown)


@dataclass(frozen=True)
class _Watched:
    """Tells of places in a table who stands behind them, and whether those are too few."""

    table: CountTable
    behind: Behind
    limits: PrivacyThresholds
    sensitive: bool

    def told(self) -> tuple[Mapping[Place, frozenset[int]], Callable[[Sequence[Place]], bool]]:
        """Return the households behind each entry, and what tells whether those are too few."""
        rows, columns = range(len(self.table.rows) + 1), range(len(self.table.columns) + 1)
        places = [(i, j) for i in rows for j in columns]
        homes = self.behind.homes
        found = {place: frozenset(homes[who] for who in self._given([place])) for place in places}
        return found, self.too_few

    def is_few(self, place: Place) -> bool:
        """Tell whether an entry by itself is of too few people, or is to be hidden anyway."""
        rows, columns = (*self.table.rows, ""), (*self.table.columns, "")
        named = rows[place[0]], columns[place[1]]
        return named in self.behind.few or self.too_few([place])

    def too_few(self, places: Sequence[Place]) -> bool:
        """Tell whether entries together are of too few people."""
        return self.behind.too_few(self._given(places), self.limits, sensitive=self.sensitive)

    def _given(self, places: Sequence[Place]) -> Counter[int]:
        return self.behind.together(cell for place in places for cell in self._cells(place))

    def _cells(self, place: Place) -> Iterator[Cell]:
        """Yield the cells that an entry is the sum of."""
        (i, j), rows, columns = place, self.table.rows, self.table.columns
        for row in rows if i == len(rows) else rows[i : i + 1]:
            for column in columns if j == len(columns) else columns[j : j + 1]:
                yield row, column


def _grid(table: CountTable) -> list[list[int]]:
    """Return an exact table with its totals in the last row and column."""
    if table.hidden:
        raise UnusableInput("this table has hidden counts already; protect the exact one")
    exact = {cell: count for cell, count in table.cells.items() if count is not None}
    inside = [[exact[row, column] for column in table.columns] for row in table.rows]
    lines = [[*line, sum(line)] for line in inside]
    return [*lines, [sum(line[at] for line in lines) for at in range(len(table.columns) + 1)]]
