"""From the first row of a sheet to columns: known, kept, refused, or written twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assetmap.errors import DataProblem
from assetmap.model import STARTER
from assetmap.tables.grid import Found, Grid, error, letter, notice, warning
from assetmap.tables.vocabulary import column_called, near_column, near_table, refused

__all__ = ["Headings", "known_headings", "no_table", "understood", "unread"]

_SEARCHED = 10
"""Filled rows in which the headings are looked for when the first does not hold them."""
_SURE = 3
"""Known headings that tell which table a sheet is, whatever its name."""
Rows = Sequence[tuple[int, tuple[str, ...]]]
_SHOWN = 40
"""Characters of an unknown heading that a message shows."""


@dataclass(frozen=True, slots=True)
class Headings:
    """What the headings of one sheet mean.

    Attributes
    ----------
    columns : Mapping[int, str]
        Column, counted from 0, to its canonical name, or to its own where it is not known.
    first : int
        Place in the grid's rows of the first row below the headings.
    width : int
        Columns up to the last heading.
    row : int
        Row number of the headings.
    """

    columns: dict[int, str]
    first: int
    width: int
    row: int


def known_headings(table: str | None, cells: Sequence[str]) -> int:
    """Count how many cells of a row are headings of a table; 0 when there is no such table."""
    if table is None:
        return 0
    return len({name for c in cells if c and (name := column_called(table, c))})


def no_table(name: str, source: str, rows: Rows = ()) -> DataProblem:
    """Say that no table is called so, and which one may be meant.

    Parameters
    ----------
    name : str
        Name of the sheet or file.
    source : str
        What a message calls it.
    rows : sequence of (int, tuple of str)
        What stands on it: the headings may tell where the name does not.
    """
    near = near_table(name) or _table_of(rows)
    if near is None:
        return warning("not-a-table", source=source)
    return warning("not-a-table-near", source=source, near=near)


def unread(found: DataProblem, result: Found) -> None:
    """Add what :func:`no_table` said; what points into that table may well be there."""
    result.problems.append(found)
    if "near" in found.facts:
        result.lost.add(found.facts["near"])


def _table_of(rows: Rows) -> str | None:
    """Return the table of the starter whose headings stand on a sheet, if it is clear which."""
    best = {
        table: max((known_headings(table, cells) for _, cells in rows[:_SEARCHED]), default=0)
        for table in STARTER
    }
    most = max(best.values())
    found = [table for table, n in best.items() if n == most]
    return found[0] if most >= _SURE and len(found) == 1 else None


def understood(table: str, grid: Grid) -> tuple[Headings | None, list[DataProblem]]:
    """Understand the headings of a sheet.

    Parameters
    ----------
    table : str
        Canonical name of the table.
    grid : Grid
        The sheet.

    Returns
    -------
    (Headings or None, list of DataProblem)
        None when no row looks like headings.
    """
    at = _heading_row(table, grid)
    if at is None:
        first = grid.rows[0][0]
        return None, [error("no-known-headings", (table, first, None), source=grid.source)]
    row, cells = grid.rows[at]
    problems = []
    if at:
        problems.append(notice("headings-lower", (table, row, None), source=grid.source))
    columns: dict[int, str] = {}
    for place, text in enumerate(cells):
        if text:
            name, found = _column(table, row, text)
            problems.extend(found)
            if name is not None:
                columns[place] = name
    for name, times in Counter(columns.values()).items():
        if times > 1:
            problems.append(error("double-heading", (table, row, name), source=grid.source))
    width = max(i for i, text in enumerate(cells) if text) + 1
    if not grid.ruled:
        problems.extend(_without_heading(table, grid, Headings(columns, at + 1, width, row)))
    return Headings(columns, at + 1, max(width, len(cells)), row), problems


def _heading_row(table: str, grid: Grid) -> int | None:
    """Find the headings: the first filled row, unless that is a title above a row of them."""
    known = [known_headings(table, cells) for _, cells in grid.rows[:_SEARCHED]]
    lower = next((at for at, n in enumerate(known) if at and n > 1), None)
    if known[0] == 0 or (lower is not None and len([c for c in grid.rows[0][1] if c]) == 1):
        return lower
    return 0


def _column(table: str, row: int, text: str) -> tuple[str | None, list[DataProblem]]:
    known = column_called(table, text)
    if known is not None:
        return known, []
    place = (table, row, text[:_SHOWN])
    reason = refused(table, text)
    if reason is not None:
        return None, [error(f"refused-heading-{reason}", place)]
    near = near_column(table, text)
    if near is not None:
        return text, [warning("misspelt-heading", place, near=near)]
    return text, [notice("unknown-heading", place)]


def _without_heading(table: str, grid: Grid, headings: Headings) -> list[DataProblem]:
    """Cells of a workbook in a column that has no heading are not read, and that is said."""
    headed = {i for i, text in enumerate(grid.rows[headings.first - 1][1]) if text}
    lonely: dict[int, int] = {}
    for number, cells in grid.rows[headings.first :]:
        for place, text in enumerate(cells):
            if text and place not in headed:
                lonely.setdefault(place, number)
    return [
        warning("no-heading", (table, number, None), letter=letter(place), source=grid.source)
        for place, number in sorted(lonely.items())
    ]
