"""Tables of any kind as columns of plain Python values, with all that is wrong gathered."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import isnan
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from assetmap.errors import DataProblem, Severity, UnusableInput

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Faults", "PlainTable", "Tabular", "attributes_of", "plain_table", "writable"]

Tabular: TypeAlias = "pd.DataFrame | Iterable[Mapping[str, Any]]"
"""A DataFrame, or its rows as mappings from the name of a column to a value."""

_SHOWN = 50
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NO_TABLE = "{} must be a DataFrame, or a sequence of mappings from column to value"


@dataclass(frozen=True, slots=True)
class Faults:
    """What is wrong, so that it can be told at once."""

    found: list[DataProblem] = field(default_factory=list)

    def add(self, code: str, *place: Any, says: str) -> None:
        """Note one fault; `place` is table, row (a position from 0, or None) and column."""
        table, row, column = place
        line = None if row is None else row + 2
        self.found.append(DataProblem(code, Severity.ERROR, table, line, column, says))

    def raise_any(self) -> None:
        """Refuse the input when there is any fault.

        Raises
        ------
        UnusableInput
            Every fault with its table, row and column.
        """
        if not self.found:
            return
        count = len(self.found)
        lines = [str(fault) for fault in self.found[:_SHOWN]]
        if count > _SHOWN:
            lines.append(f"and {count - _SHOWN} more")
        said = "1 problem" if count == 1 else f"{count} problems"
        raise UnusableInput("\n".join((f"{said} must be repaired first:", *lines)))


@dataclass(frozen=True, slots=True)
class PlainTable:
    """One table; a missing cell is None."""

    name: str
    columns: Mapping[str, Sequence[Any]]
    count: int
    index: Sequence[Any] = ()
    """The labels of the rows of a DataFrame."""

    def others(self, *names: str) -> dict[str, Sequence[Any]]:
        """Return the columns that have another name than these."""
        return {name: cells for name, cells in self.columns.items() if name not in names}


def plain_table(name: str, rows: Tabular | None, faults: Faults) -> PlainTable:
    """Read a table; None is a table without rows."""
    import pandas as pd

    if rows is None:
        return PlainTable(name, {}, 0)
    if isinstance(rows, pd.DataFrame):
        return _of_frame(name, rows, faults)
    if isinstance(rows, (str, bytes, Mapping)) or not isinstance(rows, Iterable):
        raise UnusableInput(_NO_TABLE.format(name))
    listed = list(rows)
    if not all(isinstance(row, Mapping) for row in listed):
        raise UnusableInput(_NO_TABLE.format(name))
    heads = list(dict.fromkeys(head for row in listed for head in row))
    _check_heads(name, heads, faults)
    columns = {head: [_plain(row.get(head)) for row in listed] for head in heads}
    return PlainTable(name, columns, len(listed))


def _of_frame(name: str, frame: pd.DataFrame, faults: Faults) -> PlainTable:
    heads = frame.columns.tolist()
    _check_heads(name, heads, faults)
    columns = {str(head): _cells(frame.iloc[:, at]) for at, head in enumerate(heads)}
    return PlainTable(name, columns, len(frame), _cells(frame.index.to_series()))


def _check_heads(name: str, heads: Sequence[Any], faults: Faults) -> None:
    for at, head in enumerate(heads):
        if not isinstance(head, str) or not head:
            says = f"the name of column {at + 1} is no text; give it a name"
            faults.add("bad-heading", name, None, None, says=says)
        elif head in heads[:at]:
            faults.add("column-twice", name, None, head, says="this column is there twice")


def _cells(column: pd.Series[Any]) -> list[Any]:
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "iub":
        return list(column.tolist())
    return [_plain(value) for value in column.tolist()]


def _plain(value: Any) -> Any:
    """Return a value as plain Python; None where it is missing, ISO text for a date."""
    import pandas as pd

    if isinstance(value, np.datetime64):
        value = pd.Timestamp(value)
    elif isinstance(value, np.generic):
        value = value.item()
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, float):
        return None if isnan(value) else float(value)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return int(value)
    return value.isoformat() if isinstance(value, (dt.date, dt.time)) else value


def attributes_of(table: PlainTable, *leave: str, faults: Faults) -> list[dict[str, Any]]:
    """Return the attributes of each row: plain values, each column of one type.

    Whole numbers beside fractions become fractions. Text beside numbers is a fault, and so is
    what no file of a graph can hold.
    """
    rows: list[dict[str, Any]] = [{} for _ in range(table.count)]
    for name, cells in table.others(*leave).items():
        kinds = {type(cell) for cell in cells if cell is not None}
        if strange := [at for at, cell in enumerate(cells) if not _keeps(cell)]:
            says = "an attribute is text (no control signs), a number, or true or false"
            for at in strange:
                faults.add("bad-value", table.name, at, name, says=says)
        elif not (len(kinds) <= 1 or kinds == {int, float}):
            told = ", ".join(sorted(_WORDS[kind] for kind in kinds))
            says = f"an attribute has one type, and here are {told}"
            faults.add("mixed-types", table.name, None, name, says=says)
        else:
            kind = float if float in kinds else None
            for row, cell in zip(rows, cells, strict=True):
                if cell is not None:
                    row[name] = kind(cell) if kind else cell
    return rows


_WORDS = {str: "text", int: "whole numbers", float: "fractions", bool: "true or false"}


def writable(text: str) -> bool:
    """Tell whether every file can hold a text: no control signs, no halves of a sign."""
    return _UNWRITABLE.search(text) is None


def _keeps(cell: Any) -> bool:
    if isinstance(cell, str):
        return writable(cell)
    return cell is None or type(cell) in _WORDS
