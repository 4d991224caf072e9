"""Every exception and warning of assetmap, in one tree.

Each error derives from :class:`AssetmapError` *and* from the built-in that a caller would
expect, so ``except ValueError`` and ``except AssetmapError`` both work.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

__all__ = [
    "AssetmapError",
    "AssetmapWarning",
    "DataProblem",
    "DataProblems",
    "InUse",
    "MissingProgram",
    "PrivacyError",
    "ProblemError",
    "Severity",
    "UnknownName",
    "UnusableInput",
]


class AssetmapError(Exception):
    """Base of every exception that assetmap raises on purpose."""


class AssetmapWarning(UserWarning):
    """Base of every warning that assetmap gives."""


class UnusableInput(AssetmapError, ValueError):
    """An argument cannot be used: the text says what was found, what is allowed, what to do.

    Parameters
    ----------
    text : str
        The sentence, in English.
    key : str, optional
        Key of the sentence in the catalogues, for who says it in another language.
    facts : Mapping[str, str], optional
        What the sentence was made from.

    Examples
    --------
    >>> print(UnusableInput("The disk is full."))
    The disk is full.
    """

    def __init__(
        self, text: str = "", *, key: str | None = None, facts: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(text)
        self.key = key
        self.facts: Mapping[str, str] = MappingProxyType(dict(facts or {}))


class UnknownName(AssetmapError, KeyError):
    """An id or name that is not there; the text names the nearest that is.

    ``KeyError`` would print its text in quotes, which this class undoes.
    """

    def __str__(self) -> str:
        """Return the plain sentence."""
        return str(self.args[0]) if self.args else ""


class ProblemError(AssetmapError, ValueError):
    """The arrays of an optimisation problem contradict each other or are out of range."""


class PrivacyError(AssetmapError, PermissionError):
    """Something about a person was about to leave without having been released."""


class InUse(AssetmapError, BlockingIOError):
    """Another program holds what was to be changed; nothing was changed."""


class MissingProgram(AssetmapError, ImportError):
    """An optional library is not installed; the text says which extra brings it."""


class Severity(StrEnum):
    """How bad a problem in the data is."""

    ERROR = "error"
    """The row cannot be used as it is; nothing is read until it is repaired."""
    WARNING = "warning"
    """The row is used; something in it is doubtful, and the message says what was done."""
    NOTICE = "notice"
    """Nothing is wrong; worth knowing (an unknown column that is kept, an id filled in)."""


@dataclass(frozen=True, slots=True)
class DataProblem:
    """One thing that is wrong, or worth knowing, in somebody's tables.

    Attributes
    ----------
    code : str
        Stable kebab-case code, such as ``"unknown-reference"``.
    severity : Severity
        Error, warning or notice.
    table : str or None
        Canonical English table name; None for a problem of the whole input.
    row : int or None
        Row number as a spreadsheet shows it (the headings are row 1); None for a whole table.
    column : str or None
        Canonical English column name; None for a whole row.
    message : str
        The sentence, in the language that was asked for; never the value of a personal field.
    facts : Mapping[str, str]
        What the sentence was made from, so that it can be said in another language.

    Examples
    --------
    >>> problem = DataProblem("unknown-reference", Severity.ERROR, "needs", 4, "owner", "...")
    >>> problem.place
    'needs, row 4, column owner'
    """

    code: str
    severity: Severity
    table: str | None
    row: int | None
    column: str | None
    message: str
    facts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), compare=False)

    @property
    def place(self) -> str:
        """Where it is: table, row and column, as far as they are known."""
        parts = []
        if self.table is not None:
            parts.append(self.table)
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.column is not None:
            parts.append(f"column {self.column}")
        return ", ".join(parts)

    def __str__(self) -> str:
        """Return place and message in one line."""
        return f"{self.place}: {self.message}" if self.place else self.message


class DataProblems(AssetmapError, ValueError):
    """The input holds errors; all of them travel with the exception.

    Parameters
    ----------
    problems : iterable of DataProblem
        Everything found, errors first.

    Examples
    --------
    >>> error = DataProblems([DataProblem("x", Severity.ERROR, "needs", 2, None, "No owner.")])
    >>> print(error)
    1 problem must be repaired first:
    needs, row 2: No owner.
    """

    def __init__(self, problems: Iterable[DataProblem]) -> None:
        self.problems: tuple[DataProblem, ...] = tuple(problems)
        errors = [p for p in self.problems if p.severity is Severity.ERROR]
        count = "1 problem" if len(errors) == 1 else f"{len(errors)} problems"
        lines = "\n".join(str(p) for p in errors)
        super().__init__(f"{count} must be repaired first:\n{lines}")
