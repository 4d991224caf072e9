"""Reading a JSON document: a list of rows for each table; never an exception."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assetmap.errors import DataProblem
from assetmap.tables.csv_files import file_bytes, text_of
from assetmap.tables.grid import ANY_TABLE, MOST_COLUMNS, MOST_ROWS, Found, Grid, cell_of, error

__all__ = ["read_document"]


class _DoubleNameError(ValueError):
    """A name stands twice in one object, and one of the two values would be lost."""


def _object(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise _DoubleNameError
    return made


def _no_number(_: str) -> Any:
    raise ValueError("not a number")


def read_document(path: Path) -> Found:
    """Read one JSON document.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    Found
        A grid for every table, or problems. Row 2 is the first of a list, as in a sheet.
    """
    raw = file_bytes(path)
    if isinstance(raw, DataProblem):
        return Found(problems=[raw], lost={ANY_TABLE})
    text, problems = text_of(raw, path.name)
    if text is None:
        return Found(problems=problems)
    result = Found(problems=problems)
    before = len(problems)
    document = _parsed(text, path, result)
    if not isinstance(document, dict):
        if len(problems) == before:
            problems.append(error("document-shape", file=path.name))
        return result
    for name, rows in document.items():
        if _is_table(rows):
            result.grids.append(_grid(name, path, rows))
        else:
            result.problems.append(error("document-table-shape", (name[:40], None, None)))
            result.lost.add(name)
    return result


def _parsed(text: str, path: Path, result: Found) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_no_number)
    except json.JSONDecodeError as wrong:
        result.problems.append(error("document-damaged", file=path.name, line=wrong.lineno))
    except RecursionError:
        result.problems.append(error("document-too-deep", file=path.name))
    except _DoubleNameError:
        result.problems.append(error("document-double-name", file=path.name))
    except ValueError:
        result.problems.append(error("document-shape", file=path.name))
    return None


def _is_table(rows: Any) -> bool:
    return (
        isinstance(rows, list)
        and len(rows) <= MOST_ROWS
        and all(isinstance(row, dict) and len(row) <= MOST_COLUMNS for row in rows)
        and all(_is_cell(value) for row in rows for value in row.values())
    )


def _is_cell(value: Any) -> bool:
    if isinstance(value, list):
        return all(isinstance(each, str | int | float) for each in value)
    return value is None or isinstance(value, str | int | float)


def _grid(name: str, file: Path, rows: Sequence[dict[str, Any]]) -> Grid:
    headings = tuple(dict.fromkeys(heading for row in rows for heading in row))
    cells = [(1, headings)] if headings else []
    for number, row in enumerate(rows, 2):
        texts = tuple(_text(row.get(heading)) for heading in headings)
        if any(texts):
            cells.append((number, texts))
    return Grid(name, f"{file.name}, {name[:40]}", cells, file=file)


def _text(value: Any) -> str:
    if isinstance(value, list):
        return " | ".join(cell_of(each) for each in value)
    return cell_of(value)
