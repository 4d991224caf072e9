"""Counts that are given out again and again: their difference must not tell of few people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from assetmap.errors import UnusableInput
from assetmap.model import PrivacyThresholds
from assetmap.privacy.counts import Cell, CountTable, protect

__all__ = ["Republished", "republish"]

_TOTAL = ""
"""Stands for all rows or all columns in the place of an entry; no heading is empty."""


@dataclass(frozen=True, repr=False)
class Republished:
    """A table of counts as it may leave the team, and what the team keeps for the next time.

    Attributes
    ----------
    shown : CountTable
        What may leave.
    behind : Mapping[tuple[str, str], int]
        The exact counts that it was made of; for the team alone.
    """

    shown: CountTable
    behind: Mapping[Cell, int]


def republish(
    counts: Mapping[Cell, int],
    *,
    previous: Republished | None = None,
    thresholds: PrivacyThresholds | None = None,
    sensitive: bool = False,
) -> Republished:
    """Return a table of counts to give out after an earlier one about the same.

    1. A count takes its new value only when that differs from the one behind the last release by
       at least the minimum; else the old one stays.
    2. Where a total of a row, of a column or of everything would then differ by less than the
       minimum, but not by 0, the counts of that line keep their old value.
    3. The table is protected as by :func:`protect`. A count or total that did not change must be
       hidden or shown as it was; where one is not, the counts that share a line with it keep their
       old value.
    4. Steps 2 and 3 are repeated until nothing is held back any more. At worst the last release
       is given again, so there is always an answer.

    So of any two releases after each other every count and every total is the same, or differs
    by at least the minimum; and no release shows what the one before hid of a count that stayed
    the same. A count that is given out may be behind by less than the minimum, or, in a line that
    was held back, by more. It says nothing of another table about the same people.

    Parameters
    ----------
    counts : Mapping[tuple[str, str], int]
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
        A count that is negative or no whole number, or a heading that is empty.

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
    least = limits.minimum_sensitive if sensitive else limits.minimum
    if any(_TOTAL in cell for cell in counts):
        raise UnusableInput("a row or column of counts needs a heading")
    CountTable.of(counts)  # refuses what is no count
    if previous is None:
        return Republished(
            protect(counts, thresholds=limits, sensitive=sensitive), MappingProxyType(dict(counts))
        )
    old = previous.behind
    new = {cell: n for cell, n in counts.items() if abs(n - old.get(cell, 0)) >= least}
    new |= {cell: 0 for cell, n in old.items() if cell not in counts and n >= least}
    while True:
        behind = {**old, **new}
        shown = protect(behind, thresholds=limits, sensitive=sensitive)
        held = set(_too_near(old, behind, least))
        held |= set(_otherwise_hidden(previous, Republished(shown, behind)))
        back = {cell for cell in new if any(_shares_line(cell, entry) for entry in held)}
        if not held or not new:
            return Republished(shown, MappingProxyType(behind))
        for cell in back or set(new):
            del new[cell]


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
