"""Saying a problem in somebody's language, with the words of their own workbook."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from assetmap.categories import shipped
from assetmap.errors import DataProblem
from assetmap.model import RECORDS, columns
from assetmap.tables.vocabulary import choices_of, heading, sheet
from assetmap.texts import Language, say

__all__ = ["told"]


def told(problem: DataProblem, language: Language) -> DataProblem:
    """Return the same problem, said in a language; names in it are those of the workbook.

    Parameters
    ----------
    problem : DataProblem
        Any problem.
    language : Language
        The language of the message.

    Examples
    --------
    >>> from assetmap.errors import Severity
    >>> from assetmap.model import problem as made
    >>> wrong = made(
    ...     "not-in-list", Severity.ERROR, ("talents", 4, "term"), allowed="once, short, long"
    ... )
    >>> told(wrong, Language.NL).message
    'Dit woord staat niet in de lijst. Kies uit: eenmalig, kort, lang.'
    """
    facts = {name: _said(problem, name, language) for name in problem.facts}
    return replace(problem, message=say(f"problems.{problem.code}", language, **facts))


def _said(problem: DataProblem, fact: str, language: Language) -> str:
    value = problem.facts[fact]
    if fact == "tables":
        return ", ".join(sheet(table, language) for table in value.split(", "))
    if fact == "kind":
        return say(f"workbook.personal-{value}", language)
    write = _WRITERS.get(fact)
    return write(problem, value, language) if write is not None else value


def _allowed(problem: DataProblem, value: str, language: Language) -> str:
    if problem.table is None or problem.table not in RECORDS or problem.column is None:
        return value
    known = {column.name for column in columns(RECORDS[problem.table])}
    choices = choices_of(problem.table, problem.column) if problem.column in known else None
    return ", ".join(choices.labels[language].values()) if choices else value


def _near(problem: DataProblem, value: str, language: Language) -> str:
    if problem.code == "misspelt-heading" and problem.table is not None:
        return heading(problem.table, value, language)
    if problem.code == "not-a-table-near":
        return sheet(value, language)
    named = problem.code == "unknown-category-near" and value in shipped()
    return shipped().label(value, language) if named else value


def _column(problem: DataProblem, value: str, language: Language) -> str:
    if problem.table is not None and problem.code in _NAMING_A_COLUMN:
        return heading(problem.table, value, language)
    return value


_NAMING_A_COLUMN = frozenset({"ends-before-it-begins", "half-a-point"})
_WRITERS: Mapping[str, Callable[[DataProblem, str, Language], str]] = MappingProxyType(
    {
        "allowed": _allowed,
        "near": _near,
        "first": _column,
        "other": _column,
    }
)
