"""From a value to what a cell of the workbook shows, in the reader's own words.

The opposite of :mod:`assetmap.tables.wording`: a word is only shown when it is read back as the
very same value.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal

from assetmap.categories import Tree
from assetmap.model import Requirement, cell_text
from assetmap.schedule import Window
from assetmap.tables.grid import marked
from assetmap.tables.vocabulary import (
    CATEGORY_COLUMNS,
    Choices,
    choices_of,
    language_called,
    language_names,
)
from assetmap.texts import Language, weekday

__all__ = ["Shown", "shown"]

Shown = str | float | dt.date | dt.datetime
_FIRST_DAY = dt.date(1901, 1, 1)
"""Before this a spreadsheet program counts its days differently."""


def shown(
    table: str, column: str, value: object, *, language: Language, tree: Tree
) -> Shown | None:
    """Return what the cell of a value shows.

    Parameters
    ----------
    table, column : str
        Where it stands.
    value : object
        The value of the record.
    language : Language
        Language of the workbook.
    tree : Tree
        The categories with their labels.

    Returns
    -------
    str, float, date, datetime or None
        Text, or what a spreadsheet program holds as a number or date; None for a blank cell.

    Examples
    --------
    >>> from assetmap.categories import shipped
    >>> shown("needs", "talked", True, language=Language.NL, tree=shipped())
    'ja'
    """
    if value is None:
        return None
    choices = choices_of(table, column)
    if choices is not None:
        return _chosen(choices, value, language)
    if isinstance(value, dt.datetime | dt.date):
        return value if _is_safe_date(value) else cell_text(value)
    if isinstance(value, int | float | Decimal):
        return _number(value)
    if (table, column) in CATEGORY_COLUMNS:
        return marked(_categories(value, language, tree))
    return marked(_text(column, value, language))


def _is_safe_date(value: dt.date) -> bool:
    """Tell whether a spreadsheet program holds it as it is: midnight would lose its time."""
    if isinstance(value, dt.datetime):
        return value.date() >= _FIRST_DAY and (value.hour, value.minute) != (0, 0)
    return value >= _FIRST_DAY


def _chosen(choices: Choices, value: object, language: Language) -> str:
    labels = choices.labels[language]
    words = value if isinstance(value, tuple) else (value,)
    texts = [cell_text(word) for word in words]
    return " | ".join(labels.get(text, text) for text in texts)


def _number(value: float | Decimal) -> Shown:
    """Return a number where a spreadsheet program holds it exactly, else its text."""
    as_float = float(value)
    exact = Decimal(f"{as_float:.16G}") == Decimal(str(value))
    return as_float if exact and abs(as_float) < 1e15 else cell_text(value)


def _categories(value: object, language: Language, tree: Tree) -> str:
    def label(name: str) -> str:
        if name not in tree:
            return name
        text = tree.label(name, language)
        return text if tree.find(text) == name and not re.search(r"[|,:]", text) else name

    if isinstance(value, str):
        return label(value)
    return cell_text(tuple(_relabelled(part, label) for part in _parts(value)))


def _parts(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else (value,)


def _relabelled(part: object, label: Callable[[str], str]) -> object:
    if isinstance(part, Requirement):
        return part if part.party is not None else Requirement(label(part.what), None, part.count)
    if isinstance(part, tuple):
        return (label(part[0]), part[1])
    return label(str(part))


def _text(column: str, value: object, language: Language) -> str:
    text = cell_text(value)
    if language is Language.NL and column == "languages" and isinstance(value, tuple):
        return " | ".join(map(_language, value))
    if isinstance(value, tuple) and value and isinstance(value[0], Window):
        return _DAY.sub(lambda found: _days(language)[found[0]], text)
    return text


def _language(tag: str) -> str:
    (name,) = language_names([tag])
    return name if language_called(name) == tag else tag


_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_DAY = re.compile("|".join(_DAYS))


def _days(language: Language) -> dict[str, str]:
    if language is Language.EN:
        return {day: day for day in _DAYS}
    return {day: weekday(at, language)[:2] for at, day in enumerate(_DAYS)}
