"""The tables with their places: which record stands in which row of which file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from types import MappingProxyType

from assetmap.errors import DataProblems, UnknownName
from assetmap.model import Neighbourhood, Person, Record
from assetmap.tables.csv_files import read_csv
from assetmap.tables.grid import Grid
from assetmap.tables.headings import Headings, known_headings, understood
from assetmap.tables.reading import Everything, everything
from assetmap.tables.vocabulary import table_called

__all__ = ["CONTACTS", "At", "Line", "Sheets", "known_person", "sheets_of"]

At = tuple[str, int]
"""Table and row number."""

CONTACTS = "contacts"
"""A table that is never part of a neighbourhood."""


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """A place in the team's files.

    Attributes
    ----------
    file : str
        Name of the file.
    table : str or None
        The table; None: the file is no table.
    row : int or None
        Row number as a spreadsheet shows it; None: the whole file.
    column : str or None
        The column; None: the whole row.
    """

    file: str
    table: str | None = None
    row: int | None = None
    column: str | None = None


@dataclass(frozen=True)
class Sheets:
    """All tables of a team, and where each row stands.

    Attributes
    ----------
    path : Path
        What was read.
    hood : Neighbourhood
        The records.
    rows : Mapping[str, Mapping[int, Record]]
        By table and row number.
    where : Mapping[str, tuple of (Grid, Headings)]
        The sheet of each table.
    contacts : tuple of (Grid, Headings)
        Every file with contacts.
    """

    path: Path
    hood: Neighbourhood
    rows: Mapping[str, Mapping[int, Record]]
    where: Mapping[str, tuple[Grid, Headings]]
    contacts: tuple[tuple[Grid, Headings], ...]

    def person(self, identifier: str) -> Person | None:
        """Return a person by id, bare or as ``person:p1``; None: not in the tables."""
        found = self.hood.matches(identifier, "people")
        return found[0] if found and isinstance(found[0], Person) else None

    def all_rows(self) -> Iterator[tuple[At, Record]]:
        """Yield every record with its place, in the order of the tables."""
        for table, rows in self.rows.items():
            for number, record in rows.items():
                yield (table, number), record

    def places(self) -> Mapping[tuple[str, str], int]:
        """Return the row number of each record with an id, by table and id."""
        return {(at[0], row.id): at[1] for at, row in self.all_rows() if row.id is not None}

    def text(self, at: At, column: str) -> str:
        """Return what stands in a cell as it was typed; empty where there is none."""
        grid, headings = self.where[at[0]]
        cells = dict(grid.rows).get(at[1], ())
        place = next((n for n, name in headings.columns.items() if name == column), None)
        return cells[place] if place is not None and place < len(cells) else ""

    def line(self, at: At, column: str | None = None) -> Line:
        """Return a place in words of the files."""
        grid = self.where[at[0]][0]
        return Line(grid.file.name if grid.file else grid.source, at[0], at[1], column)

    @property
    def folder(self) -> Path:
        """The folder in which the tables are."""
        return self.path if self.path.is_dir() else self.path.parent


def sheets_of(path: str | PathLike[str]) -> Sheets:
    """Read the tables with their places.

    Raises
    ------
    DataProblems
        There are errors in them; all of them.
    """
    place = Path(path)
    result = everything(place)
    if result.wrong:
        raise DataProblems(result.problems)
    hood = Neighbourhood.of(result.assembled, policy=result.policy, notices=result.problems)
    return Sheets(
        place,
        hood,
        MappingProxyType(_numbered(result)),
        MappingProxyType(result.gathered.grids),
        tuple(_contacts(place)),
    )


def _numbered(result: Everything) -> dict[str, Mapping[int, Record]]:
    """Put the number of its row beside each record; areas may come from a map, without a row."""
    found: dict[str, Mapping[int, Record]] = {}
    for table, records in result.assembled.tables.items():
        if table in result.gathered.grids and table != "areas":
            numbers = [row.number for row in result.gathered.rows[table]]
            found[table] = MappingProxyType(dict(zip(numbers, records, strict=True)))
    return found


def _contacts(path: Path) -> Iterator[tuple[Grid, Headings]]:
    """Read how people are reached; nothing else reads it but what prints it for the worker."""
    for file in sorted((path if path.is_dir() else path.parent).iterdir()):
        own = file.stem if path.is_dir() else file.stem.removeprefix(f"{path.stem}.")
        if file.suffix.casefold() != ".csv" or table_called(own) != CONTACTS:
            continue
        found = read_csv(file, lambda _, cells: known_headings(CONTACTS, cells))
        if found.wrong:
            raise DataProblems(found.problems)
        for grid in found.grids:
            headings = understood(CONTACTS, grid)[0] if grid.rows else None
            if headings is not None:
                yield grid, headings


def known_person(sheets: Sheets, identifier: str) -> Person:
    """Return a person by id.

    Raises
    ------
    UnknownName
        Nobody in the tables has that id.
    """
    found = sheets.person(identifier)
    if found is None:
        text = "Nobody in the tables has that id. Look in the column `person` of the people."
        raise UnknownName(text)
    return found
