"""Reading a JSON document: a list of rows for each table; never an exception."""

from __future__ import annotations

import json
from collections.abc import Sequence
from math import isfinite
from pathlib import Path
from typing import Any

from assetmap.errors import DataProblem
from assetmap.tables.csv_files import file_bytes, text_of
from assetmap.tables.grid import (
    ANY_TABLE,
    LONGEST_TEXT,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    CellFault,
    Found,
    Grid,
    cell_of,
    error,
    too_large,
    unbroken,
)

__all__ = ["document_of", "read_document"]

_LONGEST_NUMBER = 300
"""Digits of a number that is still taken for one."""


class _DoubleNameError(ValueError):
    """A name stands twice in one object, and one of the two values would be lost."""


def _object(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    made = {unbroken(name): value for name, value in pairs}
    if len(made) < len(pairs):
        raise _DoubleNameError
    return made


def _no_number(_: str) -> Any:
    raise ValueError("not a number")


def _decimal(text: str) -> float | str:
    """Return a number; one that is too large for that stays the text that it is."""
    number = float(text)
    return number if isfinite(number) else text


def _whole(text: str) -> int | str:
    return int(text) if len(text) <= _LONGEST_NUMBER else text


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
    if sum(map(text.count, "[{,")) > MOST_CELLS:
        problems.append(too_large(path.name))
        return Found(problems=problems, lost={ANY_TABLE})
    document = _parsed(text, path, result)
    if not isinstance(document, dict):
        if len(problems) == before:
            problems.append(error("document-shape", file=path.name))
        return result
    for name, rows in document.items():
        if _is_table(rows):
            headings = _headings(rows)
            if headings is None:
                result.problems.append(too_large(f"{path.name}, {name[:40]}"))
                result.lost.add(name)
            else:
                result.grids.append(_grid(name, path, rows, headings))
        else:
            result.problems.append(error("document-table-shape", (name[:40], None, None)))
            result.lost.add(name)
    return result


def document_of(text: str) -> Any:
    """Return what a JSON text holds; a name that stands twice, and NaN, are refused."""
    return json.loads(
        text,
        object_pairs_hook=_object,
        parse_constant=_no_number,
        parse_float=_decimal,
        parse_int=_whole,
    )


def _parsed(text: str, path: Path, result: Found) -> Any:
    try:
        return document_of(text)
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


def _headings(rows: Sequence[dict[str, Any]]) -> tuple[str, ...] | None:
    """Return every name in the rows, in the order they come up; None when there are too many."""
    headings: dict[str, None] = {}
    for row in rows:
        headings.update(dict.fromkeys(row))
        if len(headings) > MOST_COLUMNS or len(headings) * len(rows) > 4 * MOST_CELLS:
            return None
    return tuple(headings)


def _grid(name: str, file: Path, rows: Sequence[dict[str, Any]], headings: tuple[str, ...]) -> Grid:
    cells = [(1, headings)] if headings else []
    faults = []
    for number, row in enumerate(rows, 2):
        texts = tuple(_text(row.get(heading)) for heading in headings)
        if max(map(len, texts), default=0) > LONGEST_TEXT:
            places = [at for at, text in enumerate(texts) if len(text) > LONGEST_TEXT]
            faults += [CellFault(number, at, "cell-too-large") for at in places]
            texts = tuple("" if at in places else text for at, text in enumerate(texts))
        if any(texts):
            cells.append((number, texts))
    return Grid(name, f"{file.name}, {name[:40]}", cells, tuple(faults), file=file)


def _text(value: Any) -> str:
    if isinstance(value, list):
        return " | ".join(cell_of(each) for each in value)
    return cell_of(value)
