"""``assetmap check``: everything that is wrong, doubtful or worth knowing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from assetmap.categories import Tree, shipped
from assetmap.cli.problem_list import ProblemList, document
from assetmap.cli.screen import Screen
from assetmap.errors import DataProblem, Severity, UnusableInput
from assetmap.model import CategoryRow, Record
from assetmap.model.categories import extended
from assetmap.privacy import holds_safety
from assetmap.tables.reading import everything
from assetmap.texts import Language

__all__ = ["examine", "verdict"]


def examine(folder: Path, *, lang: Language | None, as_json: bool) -> int:
    """List the problems of some tables, and return the exit code."""
    found = everything(folder)
    screen = Screen(lang or Language(found.policy.language), as_json)
    screen.show(ProblemList(found.problems, screen.lang), whole=True)
    if holds_safety(found.assembled.tables, _tree(found.assembled.tables)):
        screen.tell("cli.safety")
    code = verdict(found.problems)
    screen.hand_over(
        {"folder": str(folder), "exit": code, "problems": document(found.problems, screen.lang)}
    )
    return code


def _tree(tables: Mapping[str, Sequence[Record]]) -> Tree:
    """Return the categories with the team's own, or the shipped ones where those are wrong."""
    try:
        return extended(row for row in tables.get("categories", ()) if isinstance(row, CategoryRow))
    except UnusableInput:
        return shipped()


def verdict(problems: Iterable[DataProblem]) -> int:
    """Return 2 when there is an error, 1 when there is a warning, else 0."""
    worst = {problem.severity for problem in problems}
    return 2 if Severity.ERROR in worst else int(Severity.WARNING in worst)
