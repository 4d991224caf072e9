"""The sheets of a network map in Kumu: a workbook, a folder of CSV files or a JSON document."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assetmap.errors import DataProblem, DataProblems, Severity
from assetmap.tables.csv_files import file_bytes, read_csv, text_of
from assetmap.tables.documents import document_of
from assetmap.tables.grid import MOST_CELLS, MOST_COLUMNS, Found, Grid, cell_of, error, too_large
from assetmap.tables.workbooks import read_workbook

__all__ = ["kumu_grids"]

_HEADINGS = frozenset({"label", "type", "from", "to", "direction", "tags", "description", "id"})
_LISTS = ("elements", "connections")
_INNER = "attributes"
"""Where a backup of a Kumu project keeps the columns of an element."""
_TYPES = frozenset({"element type", "connection type"})


def kumu_grids(path: Path) -> tuple[Grid, ...]:
    """Read every sheet of a file or folder, as texts in rows and columns.

    Parameters
    ----------
    path : Path
        A workbook (``.xlsx``), a JSON document, one CSV file, or a folder of CSV files.

    Returns
    -------
    tuple of Grid
        In the order of the file, or of the names of the files. A list in a JSON document becomes
        one text with ``|`` between its members; row 2 is its first object, as in a sheet.

    Raises
    ------
    DataProblems
        It cannot be read.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "map.json")
    ...     _ = path.write_text('{"elements": [{"label": "A"}], "connections": []}')
    ...     kumu_grids(path)[0].rows
    [(1, ('label',)), (2, ('A',))]
    """
    found = Found()
    if path.is_dir():
        for file in sorted(each for each in path.iterdir() if each.suffix.casefold() == ".csv"):
            found.add(read_csv(file, _known))
    elif path.suffix.casefold() == ".csv":
        found.add(read_csv(path, _known))
    elif path.suffix.casefold() == ".json":
        found.add(_document(path))
    else:
        found.add(read_workbook(path, every=True))
    errors = [each for each in found.problems if each.severity is Severity.ERROR]
    if errors:
        raise DataProblems(errors)
    return tuple(grid for grid in found.grids if "(ignore)" not in grid.name.casefold())


def _known(_: str, cells: tuple[str, ...]) -> int:
    return sum(cell.strip().casefold() in _HEADINGS for cell in cells)


def _document(path: Path) -> Found:
    raw = file_bytes(path)
    if isinstance(raw, DataProblem):
        return Found(problems=[raw])
    text, problems = text_of(raw, path.name)
    if text is None:
        return Found(problems=problems)
    if sum(map(text.count, "[{,")) > MOST_CELLS:
        return Found(problems=[too_large(path.name)])
    try:
        document = document_of(text)
    except (ValueError, RecursionError):
        document = None
    lists = document if isinstance(document, Mapping) else {}
    rows = {name: lists.get(name, []) for name in _LISTS}
    usable = any(name in lists for name in _LISTS) and all(
        isinstance(of, list) and all(isinstance(each, Mapping) for each in of)
        for of in rows.values()
    )
    if not usable:
        return Found(problems=[error("kumu-shape", file=path.name)])
    found = Found()
    for name, listed in rows.items():
        laid = [_row(each) for each in listed]
        headings = tuple(dict.fromkeys(heading for row in laid for heading in row))
        if len(headings) > MOST_COLUMNS or len(headings) * len(laid) > MOST_CELLS:
            return Found(problems=[too_large(path.name)])
        cells = [(at, tuple(row.get(n, "") for n in headings)) for at, row in enumerate(laid, 2)]
        whole = [(1, headings), *cells] if headings else []
        found.grids.append(Grid(name, f"{path.name}, {name}", whole))
    return found


def _row(thing: Mapping[str, Any]) -> dict[str, str]:
    """Return the columns of an element or connection; what holds others by name is left out."""
    inner = thing.get(_INNER)
    whole = {**inner, **thing} if isinstance(inner, Mapping) else thing
    row = {}
    for name, value in whole.items():
        text = _text(value)
        if text:
            said = "type" if name.casefold() in _TYPES else name
            row["id" if name == "_id" else said] = text
    return row


def _text(value: object) -> str:
    if isinstance(value, list):
        return "|".join(cell_of(each) for each in value if not isinstance(each, list | Mapping))
    return "" if isinstance(value, Mapping) else cell_of(value)
