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

__all__ = ["examine", "refused", "verdict", "warned"]


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


def refused(folder: Path, problems: Iterable[DataProblem], screen: Screen) -> int:
    """Show what has to be repaired first, and return the exit code; nothing was written."""
    found = list(problems)
    if screen.as_json:
        listed = document(found, screen.lang)
        screen.hand_over({"folder": str(folder), "exit": 2, "problems": listed})
    else:
        screen.tell_at_length(ProblemList(found, screen.lang))
    return 2


def warned(folder: Path, problems: Iterable[DataProblem], screen: Screen) -> bool:
    """Say how many warnings there are; tell whether there is one."""
    warnings = [p for p in problems if p.severity is Severity.WARNING]
    if warnings:
        screen.tell("cli.warnings", n=len(warnings), folder=str(folder))
    return verdict(warnings) > 0
