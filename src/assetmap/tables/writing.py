"""Writing a neighbourhood: a folder of CSV files, a workbook or a document."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any

from assetmap.errors import UnusableInput
from assetmap.model import RECORDS, Neighbourhood, Policy, Record, cell_text, columns
from assetmap.tables.area_rows import with_facts
from assetmap.tables.csv_files import file_bytes, text_of
from assetmap.tables.maps import MAP_FILE, read_map
from assetmap.tables.neighbourhood_book import neighbourhood_book
from assetmap.tables.output import csv_text, put
from assetmap.tables.settings import SETTINGS_FILE, read_settings, settings_text
from assetmap.tables.sources import beside, is_table_file, maps_in, workbook_in
from assetmap.tables.vocabulary import column_called, refused, table_called

__all__ = ["write"]

_APART = "safeguards"


def write(hood: Neighbourhood, path: str | PathLike[str]) -> None:
    """Write a neighbourhood; reading it again gives an equal one.

    Parameters
    ----------
    hood : Neighbourhood
        What to write.
    path : path
        A folder (CSV files with canonical English headings and words), a workbook (``.xlsx``,
        in the language of the team) or a document (``.json``). Safeguards and the team's
        settings always get files of their own: in the folder, or beside the single file as
        ``name.safeguards.csv`` and ``name.team.toml``. Contacts are not touched.

    Raises
    ------
    UnusableInput
        The path cannot be written, or the folder holds tables under other names, which would
        make every table occur twice. Nothing is written then.

    Notes
    -----
    The same neighbourhood always gives the same bytes. Files are written beside their places and
    moved when all are there; only their owner can read them. A table file that is in the folder
    already and has no rows any more keeps its headings only.

    Examples
    --------
    >>> import tempfile
    >>> from assetmap.model import Person
    >>> hood = Neighbourhood.from_records(Person(person="p1", called="Joke"))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write(hood, folder)
    ...     Path(folder, "people.csv").read_text().splitlines()
    ['person,called', 'p1,Joke']
    """
    target = Path(path)
    suffix = target.suffix.casefold()
    _fit_to_write(hood)
    if target.is_dir() or not suffix:
        put(_folder_files(hood, target))
    elif suffix == ".xlsx":
        put({target: neighbourhood_book(hood), **_beside(hood, target)})
    elif suffix == ".json":
        put({target: _document(hood), **_beside(hood, target)})
    else:
        raise UnusableInput(f"{target.name}: give a folder, or a file ending in .xlsx or .json.")


def _fit_to_write(hood: Neighbourhood) -> None:
    """Refuse a column of its own that would be refused or mistaken on reading."""
    for table, rows in hood.extra.items():
        for name in sorted({name for cells in rows.values() for name in cells}):
            if refused(table, name) or column_called(table, name):
                text = f"The column {name!r} cannot be added to {table}: take it out first."
                raise UnusableInput(text)


def _folder_files(hood: Neighbourhood, folder: Path) -> dict[Path, bytes]:
    _free_of_other_tables(folder)
    files = {}
    for table in RECORDS:
        path = folder / f"{table}.csv"
        if hood.table(table) or path.exists():
            files[path] = _csv(hood, table)
    return {
        **files,
        **_settings(hood.policy, folder / SETTINGS_FILE),
        **_map(hood, folder / MAP_FILE, maps_in(folder) if folder.is_dir() else []),
    }


def _free_of_other_tables(folder: Path) -> None:
    if not folder.is_dir():
        return
    others = workbook_in(folder)
    others += [
        path
        for path in sorted(folder.iterdir())
        if is_table_file(path)
        and table_called(path.stem) in RECORDS
        and path.name != f"{table_called(path.stem)}.csv"
    ]
    if others:
        names = ", ".join(path.name for path in others)
        raise UnusableInput(f"{folder.name} holds tables already ({names}); choose another folder.")


def _extra(hood: Neighbourhood, table: str) -> list[Mapping[str, str]]:
    """Return the cells of unknown columns for every row of a table."""
    kept = hood.extra.get(table, {})
    rows = hood.table(table)
    return [kept.get(str(row.id) if row.key else str(at), {}) for at, row in enumerate(rows)]


def _csv(hood: Neighbourhood, table: str) -> bytes:
    extra = _extra(hood, table)
    rows = [{**row.cells(), **more} for row, more in zip(hood.table(table), extra, strict=True)]
    used = {name for row in rows for name in row}
    known = columns(RECORDS[table])
    names = [c.name for c in known if c.required or c.name in used]
    names += sorted(used - {c.name for c in known})
    return csv_text(names, rows).encode()


def _settings(policy: Policy, path: Path) -> dict[Path, bytes]:
    """Return the file with settings, unless the one that is there says the same already."""
    there: str | None = ""
    if path.exists():
        raw = file_bytes(path)
        there = text_of(raw, path.name)[0] if isinstance(raw, bytes) else None
    if there is not None and read_settings(there)[0] == policy:
        return {}
    return {path: settings_text(policy).encode()}


def _map(hood: Neighbourhood, path: Path, there: Sequence[Path]) -> dict[Path, bytes]:
    """Return the file with the outlines of areas, unless maps that are there hold the same."""
    if not hood.shapes:
        return {}
    facts = [facts for file in there for facts in read_map(file).areas]
    if facts and with_facts((), facts).shapes == hood.shapes:
        return {}
    whole = hood.shapes.to_geojson()
    features = [json.dumps(each, ensure_ascii=False) for each in whole.pop("features")]
    head = json.dumps(whole, ensure_ascii=False, indent=1)[:-2]
    return {path: (f'{head},\n "features": [\n  ' + ",\n  ".join(features) + "\n ]\n}\n").encode()}


def _beside(hood: Neighbourhood, path: Path) -> dict[Path, bytes]:
    """Return what stands beside a single file: safeguards, settings."""
    files = _settings(hood.policy, beside(path, SETTINGS_FILE))
    apart = beside(path, f"{_APART}.csv")
    if hood.table(_APART) or apart.exists():
        files[apart] = _csv(hood, _APART)
    drawn = beside(path, MAP_FILE)
    files |= _map(hood, drawn, [drawn] if drawn.exists() else [])
    return files


def _document(hood: Neighbourhood) -> bytes:
    tables = {
        table: [
            {**_plain_cells(row), **more}
            for row, more in zip(hood.table(table), _extra(hood, table), strict=True)
        ]
        for table in RECORDS
        if table != _APART and hood.table(table)
    }
    return (json.dumps(tables, ensure_ascii=False, indent=1) + "\n").encode()


def _plain_cells(row: Record) -> dict[str, Any]:
    return {name: _plain(row.value(name)) for name in row.cells()}


def _plain(value: Any) -> Any:
    """Return a value as JSON holds it: numbers, yes and no as themselves, lists as lists."""
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, tuple) and all(isinstance(each, str) for each in value):
        return list(value)
    return cell_text(value)
