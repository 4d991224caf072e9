"""How people like to be reached: a file of its own, read only to print for the worker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from os import PathLike
from pathlib import Path
from types import MappingProxyType

from assetmap.errors import DataProblem, DataProblems, Severity
from assetmap.model import Contact
from assetmap.model.spelling import plain
from assetmap.tables.csv_files import read_csv
from assetmap.tables.grid import Grid
from assetmap.tables.headings import known_headings, understood
from assetmap.tables.sources import beside
from assetmap.tables.vocabulary import table_called

__all__ = ["read_contacts"]

_TABLE = "contacts"
_WAYS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("phone", "telephone", "call", "telefoon", "tel", "bellen"), "phone"),
        **dict.fromkeys(("paper", "letter", "post", "papier", "brief", "per post"), "paper"),
        **dict.fromkeys(("email", "e mail", "mail", "e-mail"), "email"),
        **dict.fromkeys(("app", "whatsapp", "signal", "sms", "appen"), "app"),
    }
)
"""What people write, and the way that it means."""


def read_contacts(path: str | PathLike[str]) -> tuple[Contact, ...]:
    r"""Read how people like to be reached, from the file of its own.

    It is no part of a neighbourhood: nothing that matches, counts or shares reads it.

    Parameters
    ----------
    path : path
        The folder of the tables, in which the file is called ``contacts.csv`` (or
        ``contactgegevens.csv``); or a workbook or document, beside which it is called
        ``name.contacts.csv``.

    Returns
    -------
    tuple of Contact
        In the order of the rows; nothing where there is no such file. A way of reaching somebody
        that is not known stands as it was written.

    Raises
    ------
    DataProblems
        All errors of the file; never with what a cell says.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "contacts.csv").write_text("person,prefers\np1,telefoon\n")
    ...     [(row.person, row.prefers) for row in read_contacts(folder)]
    [('p1', 'phone')]
    """
    made: list[Contact] = []
    problems: list[DataProblem] = []
    for file in _files(Path(path)):
        found = read_csv(file, lambda _, cells: known_headings(_TABLE, cells))
        problems += found.problems
        for grid in found.grids:
            for cells, number in _rows(grid, problems):
                try:
                    made.append(Contact(**cells))
                except DataProblems as wrong:
                    problems += [_placed(each, number) for each in wrong.problems]
    errors = [each for each in problems if each.severity is Severity.ERROR]
    if errors:
        raise DataProblems(errors)
    return tuple(made)


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        files = (each for each in sorted(path.iterdir()) if each.suffix.casefold() == ".csv")
        return [each for each in files if table_called(each.stem) == _TABLE]
    apart = beside(path, f"{_TABLE}.csv")
    return [apart] if apart.exists() else []


def _rows(grid: Grid, problems: list[DataProblem]) -> Iterator[tuple[dict[str, str], int]]:
    if not grid.rows:
        return
    headings, found = understood(_TABLE, grid)
    problems += found
    if headings is None:
        return
    known = set(Contact.model_fields)
    for number, cells in grid.rows[headings.first :]:
        row = {
            name: cells[at]
            for at, name in headings.columns.items()
            if at < len(cells) and name in known and cells[at].strip()
        }
        if "prefers" in row:
            row["prefers"] = _WAYS.get(plain(row["prefers"]), row["prefers"])
        if row:
            yield row, number


def _placed(found: DataProblem, number: int) -> DataProblem:
    return replace(found, row=number)
