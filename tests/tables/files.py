"""Small helpers to lay out files for a test."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from assetmap.errors import DataProblem, Severity
from assetmap.tables import check

__all__ = ["book", "codes", "errors", "laid", "places"]


def laid(folder: Path, **tables: str) -> Path:
    """Write each table as a CSV file; returns the folder."""
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
    return folder


def book(path: Path, **sheets: Sequence[Sequence[object]]) -> Path:
    """Write a workbook with openpyxl, as any other program might."""
    import openpyxl

    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    made.save(path)
    return path


def codes(path: Path) -> list[str]:
    return [problem.code for problem in check(path)]


def errors(problems: Iterable[DataProblem]) -> list[DataProblem]:
    return [p for p in problems if p.severity is Severity.ERROR]


def places(problems: Iterable[DataProblem]) -> list[tuple[str, str | None, int | None, str | None]]:
    return [(p.code, p.table, p.row, p.column) for p in problems]
