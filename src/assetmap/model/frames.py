"""Records to DataFrames and back, without loss."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from assetmap.errors import DataProblem, Severity, UnusableInput
from assetmap.model.cells import cell_text
from assetmap.model.identity import Row
from assetmap.model.problems import SHOWN, problem
from assetmap.model.record import Record, columns, plain_type

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["frame_of", "rows_of"]


_DTYPES: tuple[tuple[type, str], ...] = (
    (bool, "boolean"),
    (StrEnum, "string"),
    (int, "Int64"),
    (float, "Float64"),
    (dt.datetime, "datetime64[s]"),
    (dt.date, "datetime64[s]"),
)


def _dtype(kind: type | None) -> str:
    if kind is not None:
        for known, dtype in _DTYPES:
            if issubclass(kind, known):
                return dtype
    return "string"


def frame_of(rows: Sequence[Record], extra: Mapping[str, Mapping[str, str]]) -> pd.DataFrame:
    """Make a DataFrame of one table; ``extra`` holds the cells of unknown columns."""
    import pandas as pd

    record = type(rows[0])
    series: dict[str, pd.Series] = {}
    for column, attribute in zip(columns(record), record.model_fields, strict=True):
        values = [getattr(row, attribute) for row in rows]
        if all(v is None for v in values) and not column.required:
            continue
        dtype = _dtype(plain_type(record, column.name))
        plain = [_plain(v, text=dtype == "string") for v in values]
        series[column.name] = pd.Series(plain, dtype=dtype)
    keys = [str(row.id) if record.key else str(at) for at, row in enumerate(rows)]
    for name in sorted({n for cells in extra.values() for n in cells}):
        series[name] = pd.Series([extra.get(k, {}).get(name) for k in keys], dtype="string")
    return pd.DataFrame(series)


def _plain(value: Any, *, text: bool) -> Any:
    if value is None:
        return None
    return cell_text(value) if text else value


def rows_of(frames: Any) -> tuple[dict[str, tuple[Row, ...]], Sequence[DataProblem]]:
    """Turn DataFrames into rows by table, and tell the columns that are there twice.

    Raises
    ------
    UnusableInput
        It is no mapping of table names to DataFrames.
    """
    if not isinstance(frames, Mapping):
        kind = type(frames).__name__
        raise UnusableInput(f"Give a mapping of table names to DataFrames; found: {kind}.")
    doubles: list[DataProblem] = []
    for table, frame in frames.items():
        if not isinstance(table, str) or not hasattr(frame, "itertuples"):
            kinds = f"{type(table).__name__} to {type(frame).__name__}"
            raise UnusableInput(f"Give a mapping of table names to DataFrames; found: {kinds}.")
        counts = Counter(str(name) for name in frame.columns)
        doubles += [
            problem("double-heading", Severity.ERROR, (table, None, name[:SHOWN]))
            for name, n in counts.items()
            if n > 1
        ]
    return {table: _rows_of(frame) for table, frame in frames.items()}, doubles


def _rows_of(frame: pd.DataFrame) -> tuple[Row, ...]:
    """Turn a DataFrame into rows of cells; NA, NaN, NaT and None are blank cells."""
    names = [str(name) for name in frame.columns]
    rows = []
    for number, values in enumerate(frame.itertuples(index=False, name=None), 2):
        cells = {n: v for n, v in zip(names, map(_cell, values), strict=True) if v is not None}
        rows.append(Row(number, cells))
    return tuple(rows)


def _cell(value: Any) -> Any:
    if value is None or type(value).__name__ in {"NAType", "NaTType"}:
        return None
    if isinstance(value, float) and math.isnan(value):
        return None
    if hasattr(value, "to_pydatetime"):
        return value.to_pydatetime()
    return value.item() if hasattr(value, "item") else value
