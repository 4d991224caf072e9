"""Counts that are given out again and again: their difference must not tell of few people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, TypeAlias

from assetmap.errors import UnusableInput
from assetmap.model import PrivacyThresholds
from assetmap.privacy.behind import Behind, Cell
from assetmap.privacy.counts import CountTable, protect

__all__ = ["Republished", "republish"]

_Few: TypeAlias = tuple[int, int, int]
"""Of a count: how many people and households, and what the household gives that gives most."""
_TOTAL = ""
"""Stands for all rows or all columns in the place of an entry; no heading is empty."""


@dataclass(frozen=True, repr=False)
class Republished:
    """A table of counts as it may leave the team, and what the team keeps for the next time.

    Attributes
    ----------
    shown : CountTable
        What may leave.
    table : CountTable
        The exact table that it was made of, which the gate of privacy lets pass as `shown`; for
        the team alone.
    behind : Mapping[tuple[str, str], int]
        Its exact counts; for the team alone.
    people : Mapping[tuple[str, str], tuple[int, int, int]]
        By cell: how many people and how many households stand behind it, and how much of it the
        household gives that gives most; no ids. Empty where it is not known. For the team alone.
    """

    shown: CountTable
    table: CountTable
    behind: Mapping[Cell, int]
    people: Mapping[Cell, _Few]

    def kept(self) -> dict[str, object]:
        """Return what to keep for the next time, as plain values that fit in JSON.

        Examples
        --------
        >>> first = republish({("north", "meal"): 12})
        >>> again = Republished.of_kept(first.kept())
        >>> again.shown == first.shown, again.behind["north", "meal"]
        (True, 12)
        """
        cells = [[*cell, n, *self.people.get(cell, ())] for cell, n in sorted(self.behind.items())]
        hidden = [list(entry) for entry, n in _entries(self.shown).items() if n is None]
        return {"counts": cells, "hidden": sorted(hidden), "shown": _shown(self.shown)}

    @classmethod
    def of_kept(cls, kept: object) -> Republished:
        """Make again what was kept.

        Parameters
        ----------
        kept : object
            What :meth:`kept` returned, also after it was written to JSON and read back.

        Raises
        ------
        UnusableInput
            Something else.
        """
        try:
            return _remembered(kept)
        except (KeyError, TypeError, ValueError, AttributeError):
            raise UnusableInput("this is not what was kept of an earlier release") from None


def republish(
    counts: Mapping[Cell, int] | CountTable,
    *,
    previous: Republished | None = None,
    thresholds: PrivacyThresholds | None = None,
    sensitive: bool = False,
) -> Republished:
    """Return a table of counts to give out after an earlier one about the same.

    1. A count takes its new value only when that differs from the one behind the last release by
       at least the minimum; else the old one stays. Where it is known who stands behind it, the
       number of people has to differ by as much too, that of households by theirs, and what the
       household gives that gives most may not be most of the difference: a family is one household.
    2. Where a total of a row, of a column or of everything would then differ by less than the
       minimum, but not by 0, the counts of that line keep their old value.
    3. The table is protected as by :func:`protect`. A count or total that did not change must be
       hidden or shown as it was; where one is not, the counts that share a line with it keep their
       old value. Of those behind a count that keeps its old value only the number is known; they
       are taken to be the same in each.
    4. Steps 2 and 3 are repeated until nothing is held back any more. At worst the last release
       is given again, so there is always an answer.

    So of any two releases after each other every count and every total is the same, or differs
    by at least the minimum; and no release shows what the one before hid of a count that stayed
    the same. A count that is given out may be behind by less than the minimum, or, in a line that
    was held back, by more. It says nothing of another table about the same people.

    Parameters
    ----------
    counts : Mapping[tuple[str, str], int] or CountTable
        Exact counts of now by (row, column); a combination that is not there is 0.
    previous : Republished, optional
        The last release. Default: there was none.
    thresholds : PrivacyThresholds, optional
        Default: ``PrivacyThresholds()``. Give the same every time.
    sensitive : bool, default False
        Whether it is about a sensitive theme.

    Returns
    -------
    Republished
        What may leave, and what to give as `previous` the next time.

    Raises
    ------
    UnusableInput
        A count that is negative or no whole number, a heading that is empty, or a table in which
        something is hidden already.

    Examples
    --------
    >>> first = republish({("north", "meal"): 12})
    >>> later = republish({("north", "meal"): 13}, previous=first)
    >>> later.shown == first.shown, later.behind["north", "meal"]
    (True, 12)
    >>> republish({("north", "meal"): 18}, previous=later).shown.total
    20
    """
    limits = thresholds or PrivacyThresholds()
    table = counts if isinstance(counts, CountTable) else CountTable.of(counts)
    now = _Now.of(table)
    if previous is None:
        shown = protect(table, thresholds=limits, sensitive=sensitive)
        return Republished(shown, _settled(table, shown), now.counts, now.people)
    least = limits.minimum_sensitive if sensitive else limits.minimum
    new = {
        cell
        for cell in {*now.counts, *previous.behind}
        if now.differs(previous, cell, limits, least)
    }
    while new:
        made = now.beside(previous, new)
        shown = protect(made, thresholds=limits, sensitive=sensitive)
        found = Republished(shown, _settled(made, shown), _exact(made), now.known(previous, new))
        held = set(_too_near(previous.behind, found.behind, least))
        held |= set(_otherwise_hidden(previous, found))
        if not held:
            return found
        new -= {cell for cell in new if any(_shares_line(cell, entry) for entry in held)} or new
    return previous


@dataclass(frozen=True)
class _Now:
    """What is counted now."""

    table: CountTable
    counts: Mapping[Cell, int]
    people: Mapping[Cell, _Few]

    @classmethod
    def of(cls, table: CountTable) -> _Now:
        counts = _exact(table)
        if any(_TOTAL in cell for cell in counts):
            raise UnusableInput("a row or column of counts needs a heading")
        if table.behind is None:
            return cls(table, counts, MappingProxyType({}))
        people = {}
        for cell in counts:
            own, by_home = table.behind.shares.get(cell, {}), Counter[int]()
            for who, n in own.items():
                by_home[table.behind.homes[who]] += n
            people[cell] = (len(own), len(by_home), max(by_home.values(), default=0))
        return cls(table, counts, MappingProxyType(people))

    def differs(
        self, previous: Republished, cell: Cell, limits: PrivacyThresholds, least: int
    ) -> bool:
        """Tell whether a count differs by so many people that it may take its new value."""
        step = abs(self.counts.get(cell, 0) - previous.behind.get(cell, 0))
        if step < least or self.table.behind is None:
            return step >= least
        pairs = zip(self.people.get(cell, (0, 0, 0)), _people(previous, cell), strict=True)
        people, homes, most = (abs(now - before) for now, before in pairs)
        one = 100 * most > limits.dominance_percent * step
        return people >= least and homes >= limits.minimum_households and not one

    def known(self, previous: Republished, new: set[Cell]) -> Mapping[Cell, _Few]:
        """Return who stands behind a table in which some counts are new."""
        if self.table.behind is None:
            return previous.people
        old = {cell: _people(previous, cell) for cell in previous.behind}
        return MappingProxyType(old | {cell: self.people.get(cell, (0, 0, 0)) for cell in new})

    def beside(self, previous: Republished, new: set[Cell]) -> CountTable:
        """Return the table in which some counts are new, and the others what they were."""
        counts = {**previous.behind, **{cell: self.counts.get(cell, 0) for cell in new}}
        made = CountTable.of(counts)
        if self.table.behind is None:
            return made
        homes = self.table.behind.homes
        shares: dict[Cell, Mapping[int, int]] = {
            cell: self.table.behind.shares.get(cell, {}) for cell in new
        }
        old = {cell: _people(previous, cell) for cell in previous.behind if cell not in new}
        shares |= {
            cell: dict(_unnamed(previous.behind[cell], known, len(homes)))
            for cell, known in old.items()
        }
        more = max((number for number, _, _ in old.values()), default=0)
        before, sums = _sums(previous.behind), _sums(counts)
        few = frozenset(
            entry
            for entry, n in _entries(previous.shown).items()
            if n is None and before.get(entry, 0) == sums.get(entry, 0)
        )
        every = (*homes, *range(len(homes), len(homes) + more))
        return replace(made, behind=Behind(MappingProxyType(shares), every, few))


def _settled(table: CountTable, shown: CountTable) -> CountTable:
    return replace(table, given_out=shown)


def _people(previous: Republished, cell: Cell) -> _Few:
    """Return how many people and households stood behind a count, and what one gave at most."""
    count = previous.behind.get(cell, 0)
    return previous.people.get(cell, (count, count, min(count, 1)))


def _unnamed(count: int, known: _Few, first: int) -> Iterator[tuple[int, int]]:
    """Yield how much of a count each of some people gave, by numbers from a first one on."""
    people, _, most = known
    rest = count - most
    for k in range(people):
        given = most if k == 0 else rest // (people - k)
        rest -= 0 if k == 0 else given
        yield first + k, given


def _exact(table: CountTable) -> Mapping[Cell, int]:
    """Return the counts of a table in which nothing is hidden."""
    if table.hidden:
        raise UnusableInput("this table has hidden counts already; give the exact one")
    return MappingProxyType({cell: n for cell, n in table.cells.items() if n is not None})


def _shown(table: CountTable) -> list[list[str | int]]:
    """Return what a table shows, totals with an empty heading."""
    return [[*entry, n] for entry, n in sorted(_entries(table).items()) if n is not None]


def _remembered(kept: Any) -> Republished:
    counts = {(str(row), str(column)): int(n) for row, column, n, *_ in kept["counts"]}
    people = {
        (str(row), str(column)): _few(*more) for row, column, _, *more in kept["counts"] if more
    }
    table = CountTable.of(counts)
    seen: dict[Cell, int | None] = {(str(r), str(c)): int(n) for r, c, n in kept["shown"]}
    seen |= {(str(row), str(column)): None for row, column in kept["hidden"]}
    shown = CountTable(
        table.rows,
        table.columns,
        MappingProxyType({cell: seen[cell] for cell in table.cells}),
        MappingProxyType({row: seen[row, _TOTAL] for row in table.rows}),
        MappingProxyType({column: seen[_TOTAL, column] for column in table.columns}),
        seen[_TOTAL, _TOTAL],
    )
    exact = MappingProxyType(counts)
    return Republished(shown, _settled(table, shown), exact, MappingProxyType(people))


def _few(people: Any, homes: Any, most: Any) -> _Few:
    return int(people), int(homes), int(most)


def _sums(counts: Mapping[Cell, int]) -> dict[Cell, int]:
    """Return every count and every total, a total with an empty heading."""
    found: dict[Cell, int] = dict(counts)
    for (row, column), n in counts.items():
        for entry in ((row, _TOTAL), (_TOTAL, column), (_TOTAL, _TOTAL)):
            found[entry] = found.get(entry, 0) + n
    return found


def _too_near(old: Mapping[Cell, int], new: Mapping[Cell, int], least: int) -> Iterator[Cell]:
    """Yield the totals that differ, but by too little."""
    before = _sums(old)
    for entry, n in _sums(new).items():
        if 0 < abs(n - before.get(entry, 0)) < least:
            yield entry


def _otherwise_hidden(before: Republished, after: Republished) -> Iterator[Cell]:
    """Yield what stayed the same and is hidden in one of the two only."""
    old, new = _sums(before.behind), _sums(after.behind)
    first, second = _entries(before.shown), _entries(after.shown)
    for entry in first.keys() & second.keys():
        same = old.get(entry, 0) == new.get(entry, 0)
        if same and (first[entry] is None) != (second[entry] is None):
            yield entry


def _entries(table: CountTable) -> dict[Cell, int | None]:
    """Return all that a table shows or hides, by row and column."""
    return {
        **table.cells,
        **{(row, _TOTAL): n for row, n in table.row_totals.items()},
        **{(_TOTAL, column): n for column, n in table.column_totals.items()},
        (_TOTAL, _TOTAL): table.total,
    }


def _shares_line(cell: Cell, entry: Cell) -> bool:
    """Tell whether a count is in the row or the column of an entry."""
    return entry == (_TOTAL, _TOTAL) or cell[0] == entry[0] or cell[1] == entry[1]
