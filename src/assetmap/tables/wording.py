"""From what people write in a cell to what the model reads: choices, languages, categories, ids.

A word that is not known passes through as it is; the model says what is wrong with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache

from assetmap.categories import Tree
from assetmap.model import RECORDS, columns
from assetmap.tables.vocabulary import (
    CATEGORY_COLUMNS,
    Choices,
    choices_of,
    language_called,
    plain,
)

__all__ = ["Reader", "readers", "scientific"]

Reader = Callable[[str], str]

_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE]\+\d{1,3}")
_POINT_NOUGHT = re.compile(r"(\d+)[.,]0+")


def scientific(text: str) -> bool:
    """Tell whether a spreadsheet program made a number such as ``1.2E+05`` of an id.

    Examples
    --------
    >>> scientific("1,2E+05"), scientific("E5")
    (True, False)
    """
    return _SCIENTIFIC.fullmatch(text) is not None


def _id(text: str) -> str:
    if not text[0].isdigit():
        return text
    if found := _POINT_NOUGHT.fullmatch(text):
        return found[1]
    if scientific(text):
        number = Decimal(text.replace(",", "."))
        if number == number.to_integral_value():
            return format(number.quantize(Decimal(1)) if number < 10**20 else number, "f")
    return text


def _each(marks: str, one: Reader) -> Reader:
    def read(text: str) -> str:
        parts = (part.strip() for part in re.split(marks, text))
        return " | ".join(one(part) for part in parts if part)

    return read


def _choice(choices: Choices) -> Reader:
    def one(text: str) -> str:
        return choices.meaning.get(plain(text), text)

    return _each(r"[|,]", one) if choices.several else one


def _language(text: str) -> str:
    return language_called(text) or text


def _languages(text: str) -> str:
    parts = (part.strip() for part in re.split(r"[|,;/+&]|\ben\b|\band\b", text))
    return " | ".join(dict.fromkeys(_language(part) for part in parts if part))


def _not_area(text: str) -> str:
    return "yes" if plain(text) in {"ja", "yes"} else _each(r"[|,]", _id)(text)


def _category(tree: Tree, shape: str) -> Reader:
    def one(text: str) -> str:
        return tree.find(text) or text

    def marked(text: str) -> str:
        name, mark, rest = text.partition(":")
        if name.strip() in {"party", "partij"}:
            return f"party:{rest.strip()}"
        return f"{one(name.strip())}{mark}{rest.strip()}"

    if shape == "one":
        return one
    return _each(r"[|,]", one) if shape == "list" else _each(r"\|", marked)


def _reader(table: str, column: str, refers: bool, tree: Tree) -> Reader | None:
    shape = CATEGORY_COLUMNS.get((table, column))
    if shape is not None:
        return _category(tree, shape)
    choices = choices_of(table, column)
    if choices is not None:
        return _choice(choices)
    if column == "languages":
        return _languages
    if (table, column) == ("needs", "not_area"):
        return _not_area
    return _id if refers or column == RECORDS[table].key else None


def readers(table: str, tree: Tree) -> Mapping[str, Reader]:
    """Return what has to be done to the cells of a table, by column.

    Parameters
    ----------
    table : str
        Canonical name of the table.
    tree : Tree
        The shipped categories with the team's own.

    Examples
    --------
    >>> from assetmap.categories import shipped
    >>> words = readers("needs", shipped())
    >>> words["talked"]("ja"), words["category"]("Hond uitlaten"), words["term"]("Eenmalig")
    ('yes', 'dog_walking', 'once')
    """
    found = {
        column.name: _reader(table, column.name, bool(column.refers_to), tree)
        for column in columns(RECORDS[table])
    }
    return {
        name: lru_cache(maxsize=10_000)(read) for name, read in found.items() if read is not None
    }
