"""A table as it was found: texts in rows and columns, before anything of it is understood."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import isfinite
from pathlib import Path

from assetmap.errors import DataProblem, Severity
from assetmap.geo import Shapes
from assetmap.model import problem
from assetmap.model.cells import tidy

__all__ = [
    "ANY_TABLE",
    "LARGEST_FILE",
    "LARGEST_SETTINGS",
    "LARGEST_UNPACKED",
    "LONGEST_TEXT",
    "MOST_CELLS",
    "MOST_COLUMNS",
    "MOST_ROWS",
    "AreaFacts",
    "CellFault",
    "Found",
    "Grid",
    "cell_of",
    "error",
    "is_blank_row",
    "letter",
    "marked",
    "notice",
    "too_large",
    "unbroken",
    "unmarked",
    "warning",
]

LARGEST_FILE = 64 * 1024 * 1024
"""Bytes of one file that are still read."""
LARGEST_UNPACKED = 128 * 1024 * 1024
"""Bytes that a workbook may unpack to."""
LONGEST_TEXT = 32_767
"""Characters of one cell that are looked at: as many as a spreadsheet can hold."""
LARGEST_SETTINGS = 1024 * 1024
"""Bytes of ``team.toml`` that are still read."""
ANY_TABLE = "*"
"""Stands for tables that could not even be listed."""
MOST_ROWS = 1_048_576
"""Rows of one table that are still read: what a spreadsheet can hold."""
MOST_COLUMNS = 512
"""Columns of one table that are still read."""
MOST_CELLS = 5_000_000
"""Cells of one table that are still read."""


@dataclass(frozen=True, slots=True)
class CellFault:
    """A cell that cannot be used, known before the headings are.

    Attributes
    ----------
    row : int
        Row number as a spreadsheet shows it.
    at : int
        Column, counted from 0.
    code : str
        Code of the problem.
    """

    row: int
    at: int
    code: str


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet or file.

    Attributes
    ----------
    name : str
        Name of the sheet, or of the file without its ending.
    source : str
        What a message calls it: the name of the file, with the sheet where there is one.
    rows : sequence of (int, tuple of str)
        Row number as a spreadsheet shows it, and the texts of the cells; blank rows left out.
    faults : tuple of CellFault
        Cells that cannot be used.
    ruled : bool
        Whether every row ends where the headings end, so that a longer row is a fault (CSV).
    file : Path or None
        Where it stands, to write ids back to.
    """

    name: str
    source: str
    rows: Sequence[tuple[int, tuple[str, ...]]]
    faults: tuple[CellFault, ...] = ()
    ruled: bool = False
    file: Path | None = None


@dataclass(frozen=True, slots=True)
class AreaFacts:
    """What a map, or a file with figures, says about areas.

    Attributes
    ----------
    file : str
        Its name.
    cells : Mapping of str to Mapping of str to str
        By code of the area: heading of the table to the text of the cell.
    shapes : Shapes or None
        The outlines; None for figures.
    """

    file: str
    cells: Mapping[str, Mapping[str, str]]
    shapes: Shapes | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a file or folder turned out to hold.

    Attributes
    ----------
    grids : list of Grid
        Tables, not yet understood.
    problems : list of DataProblem
        What came up on the way.
    settings : str or None
        The text of ``team.toml``; None when there is none.
    lost : set of str
        Files of which rows could not be read, as ``name`` of their grid; ``ANY_TABLE`` when
        nobody can tell which tables those are.
    areas : list of AreaFacts
        What maps and figures say about areas, in the order in which they count.
    """

    grids: list[Grid] = field(default_factory=list)
    problems: list[DataProblem] = field(default_factory=list)
    settings: str | None = None
    lost: set[str] = field(default_factory=set)
    areas: list[AreaFacts] = field(default_factory=list)

    @property
    def wrong(self) -> bool:
        """Whether there is an error among the problems."""
        return any(found.severity is Severity.ERROR for found in self.problems)

    def add(self, other: Found) -> None:
        """Take over what was found elsewhere."""
        self.lost.update(other.lost)
        self.grids.extend(other.grids)
        self.areas.extend(other.areas)
        self.problems.extend(other.problems)


Place = tuple[str | None, int | None, str | None]
_NOWHERE: Place = (None, None, None)


def error(code: str, place: Place = _NOWHERE, **facts: object) -> DataProblem:
    """Make an error."""
    return _made(code, Severity.ERROR, place, facts)


def warning(code: str, place: Place = _NOWHERE, **facts: object) -> DataProblem:
    """Make a warning."""
    return _made(code, Severity.WARNING, place, facts)


def notice(code: str, place: Place = _NOWHERE, **facts: object) -> DataProblem:
    """Make a notice."""
    return _made(code, Severity.NOTICE, place, facts)


def _made(code: str, severity: Severity, place: Place, facts: Mapping[str, object]) -> DataProblem:
    """Make a problem that can be shown anywhere, whatever a file or a heading is called."""
    table, row, column = place
    where = (table and _shown(table), row, column and _shown(column))
    return problem(code, severity, where, **{n: _shown(str(v)) for n, v in facts.items()})


def _shown(text: str) -> str:
    if text.isprintable():
        return text
    return tidy(text.encode("utf-8", "replace").decode()).replace("\n", " ")


def unbroken(text: str) -> str:
    """Return a text without halves of letters, which only a JSON document can hold.

    Examples
    --------
    >>> unbroken("Joke" + chr(0xD800))
    'Joke'
    """
    return text if text.isascii() else text.encode("utf-8", "ignore").decode()


def too_large(source: str) -> DataProblem:
    """Say that a table holds more than is read."""
    return error("table-too-large", source=source, rows=MOST_ROWS, cells=MOST_CELLS)


def is_blank_row(cells: Sequence[str]) -> bool:
    """Tell whether a row holds nothing at all."""
    return not any(cells)


def letter(at: int) -> str:
    """Return the letter of a column as a spreadsheet shows it, counted from 0.

    Examples
    --------
    >>> letter(0), letter(25), letter(26)
    ('A', 'Z', 'AA')
    """
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


_MARKED = re.compile(r"'+[=+\-@]")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")


def marked(text: str) -> str:
    """Put a ``'`` before a text that a spreadsheet program would take for a formula.

    Examples
    --------
    >>> marked("=1+1"), marked("-5"), marked("'=x")
    ("'=1+1", '-5', "''=x")
    """
    formula = text[:1] in {"=", "+", "-", "@"} and not _NUMBER.fullmatch(text)
    return f"'{text}" if formula or _MARKED.match(text) else text


def unmarked(text: str) -> str:
    """Undo :func:`marked`.

    Examples
    --------
    >>> unmarked("'=1+1"), unmarked("'s ochtends")
    ('=1+1', "'s ochtends")
    """
    return text[1:] if text.startswith("'") and _MARKED.match(text) else text


def _whole_seconds(moment: dt.datetime) -> dt.datetime:
    """Undo what a spreadsheet's counting in fractions of days does to a time."""
    rounded = moment + dt.timedelta(microseconds=500_000)
    return rounded.replace(microsecond=0)


def _moment_text(value: dt.datetime) -> str:
    moment = _whole_seconds(value)
    if (moment.hour, moment.minute, moment.second) == (0, 0, 0):
        return moment.date().isoformat()
    return f"{moment.date().isoformat()} {moment:%H:%M}"


def _float_text(value: float) -> str:
    """Return a number without an exponent; what is no number (infinity) as it is called."""
    return format(Decimal(repr(value)).normalize(), "f") if isfinite(value) else repr(value)


def cell_of(value: object) -> str:
    """Return the text of a cell, whatever a spreadsheet program or JSON made of it.

    Parameters
    ----------
    value : object
        Text, number, date, yes or no, or None.

    Returns
    -------
    str
        What a person would have typed; empty for a blank cell.

    Examples
    --------
    >>> cell_of(12.0), cell_of(True), cell_of(" p1 "), cell_of(None)
    ('12', 'yes', 'p1', '')
    """
    if isinstance(value, str):
        return unbroken(value).strip()
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return _float_text(value)
    if isinstance(value, dt.datetime):
        return _moment_text(value)
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    if isinstance(value, dt.timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value)
