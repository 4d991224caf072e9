"""Reading a neighbourhood, and checking one: every problem at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path

from assetmap.errors import DataProblem, DataProblems, Severity, UnusableInput
from assetmap.geo import Shapes
from assetmap.model import (
    RECORDS,
    Assembled,
    CategoryRow,
    Neighbourhood,
    Policy,
    gathered,
)
from assetmap.model.categories import extended
from assetmap.tables.area_rows import with_facts
from assetmap.tables.collecting import unhurried
from assetmap.tables.gathering import Gathered, gather
from assetmap.tables.grid import ANY_TABLE, Found
from assetmap.tables.settings import read_settings, unknown_categories
from assetmap.tables.sources import found
from assetmap.tables.telling import told
from assetmap.tables.vocabulary import table_called
from assetmap.texts import language as language_of

__all__ = ["Everything", "check", "everything", "read"]


@dataclass(frozen=True, slots=True)
class Everything:
    """All that reading brought.

    Attributes
    ----------
    gathered : Gathered
        The rows, and where they came from.
    assembled : Assembled
        The records made of them.
    policy : Policy
        The choices of the team.
    problems : tuple of DataProblem
        Everything found, in reading order.
    shapes : Shapes
        The outlines of areas.
    """

    gathered: Gathered
    assembled: Assembled
    policy: Policy
    problems: tuple[DataProblem, ...]
    shapes: Shapes

    @property
    def wrong(self) -> bool:
        """Whether there is an error among the problems."""
        return any(p.severity is Severity.ERROR for p in self.problems)


def everything(path: str | PathLike[str], *, policy: Policy | None = None) -> Everything:
    """Read all there is at a path, without raising on anything that stands in it."""
    source = found(Path(path))
    with unhurried(sum(len(grid.rows) for grid in source.grids)):
        rows = gather(source.grids)
        areas = with_facts(rows.rows.get("areas", ()), source.areas)
        if source.areas:
            rows.rows["areas"] = areas.rows
        assembled = gathered(rows.rows)
    problems = [*source.problems, *rows.problems, *areas.problems]
    lost = _lost_tables(source, rows)
    rest = [p for p in assembled.problems if not _follows(p, rows, lost)]
    problems = _blamed([*problems, *rest], hidden=len(rest) < len(assembled.problems))
    if policy is None:
        policy, wrong = read_settings(source.settings)
        problems += wrong
    if policy is None:
        policy = Policy()
    own = assembled.tables.get("categories", ())
    try:
        tree = extended(row for row in own if isinstance(row, CategoryRow))
        policy, unknown = unknown_categories(policy, tree)
        problems += unknown
    except UnusableInput:
        pass  # the categories themselves are the problem, and that is told
    return Everything(rows, assembled, policy, tuple(problems), areas.shapes)


def _lost_tables(source: Found, rows: Gathered) -> frozenset[str]:
    """Return the tables of which rows are known to be unread."""
    tables = set(rows.unread)
    for name in source.lost:
        table = table_called(name)
        tables.update(RECORDS.keys() - rows.rows.keys() if name == ANY_TABLE else {str(table)})
    return frozenset(tables)


def _blamed(problems: list[DataProblem], *, hidden: bool) -> list[DataProblem]:
    """Make an error of a table that is missing by its name only, when rows need it.

    What points into it is not told again for every row; yet it must not pass for right.
    """
    if not hidden:
        return problems
    return [
        replace(p, severity=Severity.ERROR) if p.code == "not-a-table-near" else p for p in problems
    ]


def _follows(found: DataProblem, rows: Gathered, lost: frozenset[str]) -> bool:
    """Tell whether a problem only follows from one that is told already.

    A column that is not there at all is told once, not again for every row; and what points to
    a table that could not be read may well point to something.
    """
    if found.code == "missing-value":
        return (found.table, found.column) in rows.absent
    if found.code == "unknown-reference":
        return not lost.isdisjoint(found.facts["tables"].split(", "))
    return False


def read(path: str | PathLike[str], *, policy: Policy | None = None) -> Neighbourhood:
    """Read a neighbourhood.

    Parameters
    ----------
    path : path
        A folder of CSV files (or with one workbook), a workbook (``.xlsx``) or a document
        (``.json``). Maps (``.geojson``) and the key figures of CBS in the folder fill the areas.
    policy : Policy, optional
        The choices of the team; default: those of ``team.toml`` beside the tables.

    Returns
    -------
    Neighbourhood
        Checked and frozen. Its ``notices`` hold the warnings and notices.

    Raises
    ------
    DataProblems
        Everything that is wrong, at once; also a file that is missing, locked or damaged.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with Path(folder, "mensen.csv").open("w") as file:
    ...         print("Roepnaam;Loopt", "Joke;200", sep=chr(10), file=file)
    ...     hood = read(folder)
    >>> hood.people[0].person, hood.people[0].walks_m
    ('p1', 200)
    """
    result = everything(path, policy=policy)
    if result.wrong:
        raise DataProblems(result.problems)
    return Neighbourhood.of(
        result.assembled, policy=result.policy, notices=result.problems
    ).with_shapes(result.shapes)


def check(path: str | PathLike[str], *, language: str = "en") -> list[DataProblem]:
    """Return everything that is wrong, doubtful or worth knowing in a neighbourhood's tables.

    Parameters
    ----------
    path : path
        As for :func:`read`.
    language : str, default "en"
        Language of the messages, ``"nl"`` or ``"en"``.

    Returns
    -------
    list of DataProblem
        Errors, warnings and notices; empty when there is nothing to say. Never raises because
        of what stands in the files, or because they are missing, locked or damaged.

    Examples
    --------
    >>> [problem.code for problem in check("a-folder-that-is-not-there")]
    ['no-such-file']
    """
    chosen = language_of(language)
    return [told(problem, chosen) for problem in everything(path).problems]
