"""Filling in the workbook of a week, as somebody at a desk would."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

__all__ = ["answer", "change", "rows_of", "told"]

SHEET = "Besluiten"


def change(path: Path, how: Callable[[Any], None], *, sheet: str = SHEET) -> None:
    """Do something to a sheet, that of decisions unless told otherwise, and save the workbook."""
    book = load_workbook(path)
    how(book[sheet])
    book.save(path)


def rows_of(path: Path, *, sheet: str = SHEET) -> list[dict[str, Any]]:
    """Return the rows under their headings."""
    heads, *rows = load_workbook(path)[sheet].iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def told(path: Path, need: str) -> dict[str, Any]:
    """Return the row of a need."""
    (row,) = [row for row in rows_of(path) if row["Vraag"] == need]
    return row


def answer(path: Path, answers: Mapping[str, Mapping[str, Any] | str]) -> None:
    """Write decisions behind needs: a word, or cells by their heading."""

    def filled(sheet: Any) -> None:
        heads = {cell.value: cell.column for cell in sheet[1]}
        for row in sheet.iter_rows(min_row=2):
            found = answers.get(row[heads["Vraag"] - 1].value)
            cells = {"Besluit": found} if isinstance(found, str) else found or {}
            for head, value in cells.items():
                sheet.cell(row[0].row, heads[head], value)

    change(path, filled)
