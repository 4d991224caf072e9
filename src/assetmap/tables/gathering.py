"""From sheets to the rows that the model takes, with every problem on the way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assetmap.categories import Tree, shipped
from assetmap.errors import DataProblem, UnusableInput
from assetmap.model import RECORDS, CategoryRow, Row, columns, gathered
from assetmap.model.categories import extended
from assetmap.tables.examples import without_examples
from assetmap.tables.grid import Grid, error, notice, warning
from assetmap.tables.headings import Headings, no_table, understood
from assetmap.tables.vocabulary import table_called
from assetmap.tables.wording import Reader, readers, scientific

__all__ = ["Gathered", "gather"]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The rows of all tables, ready for the model.

    Attributes
    ----------
    rows : dict of str to sequence of Row
        By canonical name of the table, in canonical words.
    problems : list of DataProblem
        What came up.
    absent : set of (str, str)
        Tables with a required column that has no heading at all.
    unread : set of str
        Tables whose rows could not be understood.
    grids : dict of str to (Grid, Headings)
        Where each table came from, to write ids back.
    """

    rows: dict[str, Sequence[Row]] = field(default_factory=dict)
    problems: list[DataProblem] = field(default_factory=list)
    absent: set[tuple[str, str]] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    grids: dict[str, tuple[Grid, Headings]] = field(default_factory=dict)


def gather(grids: Sequence[Grid]) -> Gathered:
    """Turn sheets into rows with canonical headings and words.

    Parameters
    ----------
    grids : sequence of Grid
        Sheets and files as they were found.

    Returns
    -------
    Gathered
        Rows and problems; nothing is raised.
    """
    result = Gathered()
    named = _named(grids, result.problems)
    for table, grid in named.items():
        _understand(table, grid, result)
    tree = shipped()
    if "categories" in result.grids:
        _read("categories", tree, result)
        tree = _own_tree(result.rows["categories"])
    for table in result.grids:
        if table != "categories":
            _read(table, tree, result)
    kept, left_out = without_examples(result.rows)
    result.rows.update(kept)
    result.problems.extend(left_out)
    return result


def _named(grids: Sequence[Grid], problems: list[DataProblem]) -> dict[str, Grid]:
    """Find out which table each sheet is; every table may be there once."""
    named: dict[str, Grid] = {}
    for grid in grids:
        table = table_called(grid.name)
        if table is None:
            problems.append(no_table(grid.name, grid.source, grid.rows))
        elif table == "contacts":
            problems.append(error("contacts-inside", ("contacts", None, None), source=grid.source))
        elif table in named:
            first = named[table].source
            problems.append(
                error("table-twice", (table, None, None), source=grid.source, first=first)
            )
        else:
            named[table] = grid
    return {table: named[table] for table in RECORDS if table in named}


def _understand(table: str, grid: Grid, result: Gathered) -> None:
    if not grid.rows:
        result.problems.append(notice("no-rows", (table, None, None)))
        return
    headings, problems = understood(table, grid)
    result.problems.extend(problems)
    if headings is None:
        result.unread.add(table)
        return
    result.grids[table] = (grid, headings)
    key, there = RECORDS[table].key, set(headings.columns.values())
    in_workbook = grid.file is not None and grid.file.suffix == ".xlsx"
    filled = len(grid.rows) > headings.first
    if table == "needs" and "talked" not in there and in_workbook and filled:
        result.problems.append(notice("no-talked", (table, headings.row, "talked")))
    for column in columns(RECORDS[table]):
        if column.required and column.name not in there and column.name != key:
            result.absent.add((table, column.name))
            if len(grid.rows) > headings.first:
                place = (table, headings.row, column.name)
                result.problems.append(error("missing-column", place, source=grid.source))


def _own_tree(rows: Sequence[Row]) -> Tree:
    """Return the categories with the team's own; the model says what is wrong with these."""
    made = gathered({"categories": rows}).tables["categories"]
    try:
        return extended(row for row in made if isinstance(row, CategoryRow))
    except UnusableInput:
        return shipped()


def _read(table: str, tree: Tree, result: Gathered) -> None:
    grid, headings = result.grids[table]
    words = readers(table, tree)
    plan = [(at, name, words.get(name)) for at, name in headings.columns.items()]
    described = {column.name for column in columns(RECORDS[table])}
    rows = []
    for number, cells in grid.rows[headings.first :]:
        if grid.ruled and any(cells[headings.width :]):
            result.problems.append(error("too-many-cells", (table, number, None)))
        row = _row(table, number, cells, plan, result.problems)
        if _is_total(table, row):
            result.problems.append(warning("totals-row", (table, number, None)))
        elif row.cells and described.isdisjoint(row.cells):
            result.problems.append(warning("nothing-known", (table, number, None)))
        elif row.cells:
            rows.append(row)
    for fault in grid.faults:
        if fault.row == headings.row:
            result.problems.append(error(fault.code, (table, fault.row, None)))
        elif fault.row > headings.row and fault.at in headings.columns:
            place = (table, fault.row, headings.columns[fault.at])
            result.problems.append(error(fault.code, place))
    result.rows[table] = rows


_TOTAL = re.compile(
    r"(?:sub|eind|grand\s)?tota(?:al|l)(?:en|s)?(?:\s+aantal\b.*)?[\s:\d]*", re.IGNORECASE
)

_SUM = re.compile(r"[\d.,\s€-]+")


def _is_total(table: str, row: Row) -> bool:
    """Tell whether a row adds up the others: it says so, and names nothing of its own."""
    key = RECORDS[table].key
    if key is None or str(row.cells.get(key, "t"))[:1] not in "tsegTSEG":
        return False
    cells = {name: str(value) for name, value in row.cells.items()}
    if key not in cells:
        return any(map(_TOTAL.fullmatch, cells.values()))
    others = [text for name, text in cells.items() if name != key]
    return bool(others and _TOTAL.fullmatch(cells[key]) and all(map(_SUM.fullmatch, others)))


def _row(
    table: str,
    number: int,
    cells: Sequence[str],
    plan: Sequence[tuple[int, str, Reader | None]],
    problems: list[DataProblem],
) -> Row:
    made: dict[str, object] = {}
    length = len(cells)
    for at, name, read in plan:
        text = cells[at] if at < length else ""
        if not text.strip("|, "):
            continue
        made[name] = text if read is None else read(text)
        if made[name] == "":
            del made[name]
        elif made[name] != text and scientific(text):
            problems.append(warning("scientific-id", (table, number, name), id=str(made[name])))
    return Row(number, made)
