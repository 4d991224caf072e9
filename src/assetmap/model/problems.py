"""Making problems: a code and facts become a sentence with its place."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from assetmap.errors import DataProblem, Severity
from assetmap.texts import Language, say

__all__ = ["SHOWN", "problem", "said_in"]

SHOWN = 40
"""Characters of an unknown heading that a message shows."""


def problem(
    code: str,
    severity: Severity,
    place: tuple[str | None, int | None, str | None] = (None, None, None),
    /,
    **facts: object,
) -> DataProblem:
    """Make one problem, its message in English.

    Parameters
    ----------
    code : str
        Key in the section ``problems`` of the catalogues.
    severity : Severity
        Error, warning or notice.
    place : tuple
        Table, row and column, each None where it does not apply.
    **facts : object
        What the sentence needs; never the value of a personal field.

    Examples
    --------
    >>> from assetmap.errors import Severity
    >>> problem("no-rows", Severity.NOTICE, ("needs", None, None)).code
    'no-rows'
    """
    table, row, column = place
    texts = {name: str(value) for name, value in facts.items()}
    message = say(f"problems.{code}", Language.EN, **texts)
    return DataProblem(code, severity, table, row, column, message, MappingProxyType(texts))


def said_in(found: DataProblem, language: Language) -> DataProblem:
    """Return the same problem with its message in another language.

    Parameters
    ----------
    found : DataProblem
        Any problem that :func:`problem` made.
    language : Language
        The language of the message.

    Examples
    --------
    >>> said_in(problem("no-rows", Severity.NOTICE), Language.NL).message
    'Het tabblad is er wel, maar er staan geen regels in.'
    """
    return replace(found, message=say(f"problems.{found.code}", language, **found.facts))
