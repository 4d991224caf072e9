"""Finding the tables: a folder of files, a workbook or a document, and what lies beside it."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from assetmap.errors import DataProblem
from assetmap.model import STARTER
from assetmap.tables.csv_files import file_bytes, read_csv, text_of
from assetmap.tables.documents import read_document
from assetmap.tables.grid import ANY_TABLE, LARGEST_FILE, LARGEST_SETTINGS, Found, error
from assetmap.tables.headings import known_headings, no_table, unread
from assetmap.tables.key_figures import read_figures
from assetmap.tables.maps import MAP_FILE, is_map, read_map
from assetmap.tables.settings import SETTINGS_FILE
from assetmap.tables.vocabulary import passed_over, table_called
from assetmap.tables.workbooks import read_workbook

__all__ = ["WORKBOOKS", "beside", "found", "is_table_file", "maps_in", "workbook_in"]

WORKBOOKS = (".xlsx", ".xlsm")
_OTHER_BOOKS = (".xls", ".xlsb", ".ods", ".numbers")


def found(path: Path) -> Found:
    """Find every table in a folder, workbook or document.

    Parameters
    ----------
    path : Path
        What was given.

    Returns
    -------
    Found
        Tables, settings and problems; nothing is raised.
    """
    try:
        if path.is_dir():
            return _folder(path)
        if not path.exists():
            return Found(problems=[error("no-such-file", file=path.name)])
    except OSError:
        return Found(problems=[error("file-unreadable", file=path.name)])
    return _single(path)


def beside(path: Path, name: str) -> Path:
    """Return where a file that belongs to a single workbook or document stands.

    Examples
    --------
    >>> beside(Path("buurt.xlsx"), "safeguards.csv").name
    'buurt.safeguards.csv'
    """
    return path.with_name(f"{path.stem}.{name}")


def is_table_file(path: Path) -> bool:
    """Tell whether a file in a folder is a table, or is likely meant to be one."""
    return path.suffix.casefold() == ".csv" and not passed_over(path.stem, kind="files")


def workbook_in(folder: Path) -> list[Path]:
    """Return the workbooks of a folder, without what a spreadsheet program keeps beside them."""
    return [
        path
        for path in sorted(folder.iterdir())
        if path.suffix.casefold() in (*WORKBOOKS, *_OTHER_BOOKS)
        and not path.name.startswith(("~$", "."))
    ]


def maps_in(folder: Path) -> list[Path]:
    """Return the maps of a folder; the one that is written here comes first."""
    found = [path for path in folder.iterdir() if is_map(path)]
    return sorted(found, key=lambda path: (path.name != MAP_FILE, path.name))


def _folder(folder: Path) -> Found:
    result = Found(settings=None)
    try:
        files = sorted(path for path in folder.iterdir() if is_table_file(path))
        books = workbook_in(folder)
        size = sum(path.stat().st_size for path in files if path.is_file())
    except OSError:
        return Found(problems=[error("file-unreadable", file=folder.name)])
    if size > LARGEST_FILE:
        limit = LARGEST_FILE // 1024**2
        return Found(problems=[error("file-too-large", file=folder.name, limit=limit)])
    for path in files:
        result.add(_csv(path))
    if len(books) > 1:
        names = ", ".join(book.name for book in books)
        result.problems.append(error("several-workbooks", files=names))
        result.lost.add(ANY_TABLE)
    elif books:
        result.add(_book(books[0]))
    for path in maps_in(folder):
        result.add(read_map(path))
    if not result.grids and not result.areas and not result.wrong:
        result.problems.append(error("nothing-found", folder=folder.name))
    return _with_settings(result, folder / SETTINGS_FILE)


def _csv(path: Path) -> Found:
    table = table_called(path.stem)
    if table == "contacts":
        return Found()
    figures = read_figures(path) if table in {None, "areas"} else None
    if figures is not None:
        return figures
    if table is None:
        rows = [row for grid in read_csv(path, _of_some_table).grids for row in grid.rows]
        result = Found()
        unread(no_table(path.stem, path.name, rows), result)
        return result
    return read_csv(path, lambda name, cells: known_headings(table_called(name), cells))


def _of_some_table(_: str, cells: tuple[str, ...]) -> int:
    return max(known_headings(table, cells) for table in STARTER)


def _book(path: Path) -> Found:
    if path.suffix.casefold() in WORKBOOKS:
        return read_workbook(path)
    return Found(problems=[error("other-workbook", file=path.name)], lost={ANY_TABLE})


def _single(path: Path) -> Found:
    suffix = path.suffix.casefold()
    if suffix in (*WORKBOOKS, *_OTHER_BOOKS):
        result = _book(path)
    elif suffix == ".json":
        result = read_document(path)
    elif is_map(path):
        return read_map(path)
    elif suffix == ".csv":
        result = _csv(path)
        if table_called(path.stem) is None and not result.areas:
            result.problems.append(error("no-table-name", file=path.name))
        return result
    else:
        return Found(problems=[error("other-file", file=path.name)])
    apart = beside(path, "safeguards.csv")
    if _stands(apart):
        one = read_csv(apart, lambda _, cells: known_headings("safeguards", cells))
        result.problems.extend(one.problems)
        result.lost.update("safeguards" for _ in one.lost)
        result.grids.extend(replace(grid, name="safeguards") for grid in one.grids)
    drawn = beside(path, MAP_FILE)
    if _stands(drawn):
        result.add(read_map(drawn))
    own = beside(path, SETTINGS_FILE)
    return _with_settings(result, own if _stands(own) else path.with_name(SETTINGS_FILE))


def _stands(path: Path) -> bool:
    """Tell whether something has this name, be it a link to nothing; a name may be too long."""
    return os.path.lexists(path)


def _with_settings(result: Found, path: Path) -> Found:
    if not _stands(path):
        return result
    raw = file_bytes(path, LARGEST_SETTINGS)
    if isinstance(raw, DataProblem):
        result.problems.append(raw)
        return result
    text, problems = text_of(raw, path.name)
    return replace(result, problems=[*result.problems, *problems], settings=text)
