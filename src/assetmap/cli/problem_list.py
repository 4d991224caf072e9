"""Showing what is wrong in somebody's tables: where it is, and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from assetmap.errors import DataProblem, Severity
from assetmap.model import RECORDS, columns
from assetmap.tables import told
from assetmap.tables.vocabulary import heading, sheet
from assetmap.texts import Language, say

__all__ = ["ProblemList", "document"]

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTICE: "blue"}


class ProblemList:
    """Problems by severity; a table where somebody watches, else one line for each.

    Parameters
    ----------
    problems : iterable of DataProblem
        In any language.
    lang : Language
        The language to show them in.
    """

    def __init__(self, problems: Iterable[DataProblem], lang: Language) -> None:
        self.problems = tuple(told(problem, lang) for problem in problems)
        self.lang = lang

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield a heading and a table for each severity."""
        if not self.problems:
            yield Text(say("cli.check.nothing", self.lang), style="green")
        for severity in Severity:
            rows = self._rows(severity)
            if rows and console.is_terminal:
                yield Text(self._counted(severity), style=f"bold {_COLOURS[severity]}")
                yield self._table(rows)
            elif rows:
                yield from self._lines(severity, rows)

    def _rows(self, severity: Severity) -> Sequence[tuple[DataProblem, int]]:
        """Return problems with how often each was found; only notices are taken together."""
        found = [problem for problem in self.problems if problem.severity is severity]
        if severity is not Severity.NOTICE:
            return [(problem, 1) for problem in found]
        alike = Counter((p.code, p.table, p.column, p.message) for p in found)
        first = {(p.code, p.table, p.column, p.message): p for p in reversed(found)}
        return [(first[key], n) for key, n in alike.items()]

    def _counted(self, severity: Severity) -> str:
        n = sum(problem.severity is severity for problem in self.problems)
        return say(f"cli.check.count-{severity.value}", self.lang, n=n)

    def _table(self, rows: Sequence[tuple[DataProblem, int]]) -> Table:
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
        for name in ("table", "row", "column"):
            table.add_column(say(f"cli.check.{name}", self.lang), overflow="fold", max_width=16)
        table.columns[1].justify = "right"
        table.add_column(say("cli.check.message", self.lang), ratio=1)
        for problem, n in rows:
            message = Text(problem.message).append(f"  {problem.code}", style="dim")
            row = "" if problem.row is None else str(problem.row)
            place = [_table_name(problem, self.lang), row if n == 1 else f"{n}×"]
            table.add_row(*map(Text, (*place, _column_name(problem, self.lang))), message)
        return table

    def _lines(self, severity: Severity, rows: Iterable[tuple[DataProblem, int]]) -> Iterator[Text]:
        word = say(f"cli.check.{severity.value}", self.lang)
        for problem, n in rows:
            parts = [_table_name(problem, self.lang)]
            if n > 1:
                parts.append(f"{n}×")
            elif problem.row is not None:
                parts.append(say("cli.check.in-row", self.lang, row=problem.row))
            if problem.column is not None:
                name = _column_name(problem, self.lang)
                parts.append(say("cli.check.in-column", self.lang, column=name))
            place = ", ".join(part for part in parts if part)
            said = ": ".join(part for part in (word, place, problem.message) if part)
            yield Text(f"{said} [{problem.code}]")


def _table_name(problem: DataProblem, lang: Language) -> str:
    name = problem.table or ""
    if name == "signals":  # a sheet of the workbook of a week, and no table
        return say("report.cards.sheet", lang)
    return sheet(name, lang) if name in RECORDS else name


def _column_name(problem: DataProblem, lang: Language) -> str:
    table, column = problem.table or "", problem.column or ""
    known = {each.name for each in columns(RECORDS[table])} if table in RECORDS else set()
    return heading(table, column, lang) if column in known else column


def document(problems: Iterable[DataProblem], lang: Language) -> list[dict[str, Any]]:
    """Return problems as a machine reads them; names of tables and columns are canonical."""
    return [
        {
            "code": problem.code,
            "severity": problem.severity.value,
            "table": problem.table,
            "row": problem.row,
            "column": problem.column,
            "message": told(problem, lang).message,
        }
        for problem in problems
    ]
