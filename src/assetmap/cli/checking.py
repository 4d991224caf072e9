"""``assetmap check``: everything that is wrong, doubtful or worth knowing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from assetmap.categories import Tree, shipped
from assetmap.cli.problem_list import ProblemList, document
from assetmap.cli.screen import Screen
from assetmap.errors import DataProblem, DataProblems, Severity, UnusableInput
from assetmap.model import RECORDS, CategoryRow, Neighbourhood, Record, problem
from assetmap.model.categories import extended
from assetmap.model.cells import as_text, tidy
from assetmap.overview import duplicates
from assetmap.privacy import Audience, holds_safety, release, require
from assetmap.tables.reading import Everything, everything, read
from assetmap.texts import Language

__all__ = ["examine", "opened", "refused", "verdict", "warned"]


def examine(folder: Path, *, lang: Language | None, as_json: bool) -> int:
    """List the problems of some tables, and return the exit code."""
    found = everything(folder)
    problems = (*found.problems, *_twice(found))
    screen = Screen(lang or Language(found.policy.language), as_json)
    screen.show(ProblemList(problems, screen.lang), whole=True)
    if holds_safety(found.assembled.tables, _tree(found.assembled.tables)):
        screen.tell("cli.safety")
    code = verdict(problems)
    screen.hand_over(
        {"folder": str(folder), "exit": code, "problems": document(problems, screen.lang)}
    )
    return code


def _twice(found: Everything) -> list[DataProblem]:
    """Return a notice for every pair of rows that may be about the same: the team looks at them."""
    if found.wrong:
        return []
    seen = (
        require(release(each, Audience.TEAM), Audience.TEAM)
        for each in duplicates(Neighbourhood.of(found.assembled, policy=found.policy))
    )
    notices = []
    for each in seen:
        rows = _row_numbers(found, each.table)
        first, second = sorted(rows[name] for name in each.pair or ())
        place = (each.table, second, None)
        notices.append(problem(f"likely-same-{each.because}", Severity.NOTICE, place, first=first))
    return sorted(notices, key=lambda notice: (notice.table or "", notice.row or 0))


def _row_numbers(found: Everything, table: str) -> Mapping[str, int]:
    """Return where each row of a table stands, by its id."""
    key, filled = RECORDS[table].key or "", found.assembled.ids.get(table, {})
    rows = found.gathered.rows.get(table, ())
    return {filled.get(row.number) or tidy(as_text(row.cells.get(key))): row.number for row in rows}


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


def opened(
    folder: Path, lang: Language | None, *, as_json: bool
) -> tuple[Neighbourhood, Screen] | int:
    """Return a neighbourhood and where to speak of it; the exit code when it cannot be read.

    What is wrong has been shown then.
    """
    try:
        hood = read(folder)
    except DataProblems as wrong:
        screen = Screen(lang or Language(everything(folder).policy.language), as_json)
        code = refused(folder, wrong.problems, screen)
        screen.tell("cli.nothing-written")
        return code
    return hood, Screen(lang or Language(hood.policy.language), as_json)


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
