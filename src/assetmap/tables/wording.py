"""From what people write in a cell to what the model reads: choices, languages, categories, ids.

A word that is not known passes through as it is; the model says what is wrong with it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType

from assetmap.categories import Tree
from assetmap.model import RECORDS, Column, columns
from assetmap.model.record import plain_type
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


_UNITS: Mapping[str, str] = MappingProxyType(
    {
        "m": r"m|meters?|metres?",
        "km": r"km|kilometers?|kilometres?",
        "minutes": r"min|minuten|minuut|minutes?",
        "hours": r"u|uur|uren|hrs?|hours?",
        "hours a week": r"(?:u|uur|uren|hours?)(?: (?:per|a|in de) week)?",
        "plans a week": r"x|keer|maal|times?|(?:x|keer|maal|times?) (?:per|a|in de) week",
        "seats": r"plaatsen|personen|mensen|people|persons|places|seats?",
        "EUR": r"eur|euro'?s?",
    }
)
"""How people write the unit behind a number; only the unit of the column itself is understood."""
_ZERO_CENTS = re.compile(r"(?<!\d)(\d+)\s*,\s*[-–—]+")
_NOTHING = frozenset({"", "onbekend", "unknown", "nvt", "nb", "na", "weetniet", "notknown"})
"""What people write, without its signs, in a cell of which they do not know the value."""


def _number(unit: str, *, free: bool) -> Reader:
    behind = re.compile(rf"(.*\d)\s*(?:{_UNITS.get(unit, '(?!)')})\.?", re.IGNORECASE)

    def read(text: str) -> str:
        if free and plain(text) == "gratis":
            return "0"
        bare = _ZERO_CENTS.sub(r"\1", text)
        found = behind.fullmatch(bare)
        return found[1] if found else bare

    return read


def _unless_unknown(read: Reader) -> Reader:
    """Take ``?``, ``-`` and the like for a blank cell: unknown, never "no"."""

    def known(text: str) -> str:
        return "" if plain(text) in _NOTHING else read(text)

    return known


def _as_it_is(text: str) -> str:
    return text


_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Signs without a shape: two ids that look the same are the same."""


def _id(text: str) -> str:
    text = _UNSEEN.sub("", text)
    if not text:
        return text
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
    # "Nederlands en Turks" are two; "en" by itself, as in "nl | en", is English
    parts = (part.strip() for part in re.split(r"[|,;/+&]|(?<=\w)\s+(?:en|and)\s+(?=\w)", text))
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


def _reader(table: str, column: Column, tree: Tree) -> Reader | None:
    shape = CATEGORY_COLUMNS.get((table, column.name))
    if shape is not None:
        return _category(tree, shape)
    choices = choices_of(table, column.name)
    if choices is not None:
        return _unless_unknown(_choice(choices))
    if column.name == "languages":
        return _languages
    if (table, column.name) == ("needs", "not_area"):
        return _not_area
    kind = plain_type(RECORDS[table], column.name)
    if kind in _NUMBERS:
        return _unless_unknown(_number(column.unit or "", free=kind is Decimal))
    if kind in {dt.date, dt.datetime} or column.name in {"when", "available", "rrule"}:
        return _unless_unknown(_as_it_is)
    return _id if column.refers_to or column.name == RECORDS[table].key else None


_NUMBERS = frozenset({int, float, Decimal})


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
    found = {column.name: _reader(table, column, tree) for column in columns(RECORDS[table])}
    return {
        name: lru_cache(maxsize=10_000)(read) for name, read in found.items() if read is not None
    }
