"""The words of the tables in Dutch and English: sheets, headings, choices and languages.

One list, in the folder ``data``, both understands what people write and makes the workbook.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from assetmap.categories import Distance, Domain, Where
from assetmap.model import RECORDS, Contact, Rung, columns
from assetmap.model.record import plain_type
from assetmap.model.refusals import refused
from assetmap.model.spelling import plain, plain_words
from assetmap.texts import Language, catalogue_keys, say

__all__ = [
    "CATEGORY_COLUMNS",
    "Choices",
    "choices_of",
    "column_called",
    "heading",
    "language_called",
    "language_names",
    "near_column",
    "near_table",
    "note",
    "passed_over",
    "plain",
    "refused",
    "sheet",
    "table_called",
]

CATEGORY_COLUMNS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("talents", "category"): "one",
        ("needs", "category"): "one",
        ("activities", "category"): "one",
        ("observations", "category"): "one",
        ("initiatives", "kind"): "one",
        ("categories", "parent"): "one",
        ("places", "space_for"): "list",
        ("categories", "answers"): "shares",
        ("activities", "requires"): "counts",
    }
)
"""Columns that hold categories: one, a list, or each with a share or a count behind it."""


@cache
def _data(name: str) -> Mapping[str, Any]:
    source = files("assetmap.tables") / "data" / f"{name}.toml"
    return MappingProxyType(tomllib.loads(source.read_text(encoding="utf-8")))


def _of(table: str) -> tuple[str, ...]:
    """List the canonical columns of a table."""
    return tuple(c.name for c in columns(Contact if table == "contacts" else RECORDS[table]))


@cache
def _entries(table: str) -> Mapping[str, Mapping[str, list[str]]]:
    """Look up the words for every column of a table."""
    own, common = _data("headings").get(table, {}), _data("headings")["common"]
    nothing: dict[str, list[str]] = {}
    return {name: own.get(name) or common.get(name) or nothing for name in _of(table)}


@cache
def _sheets() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for table, words in _data("headings")["sheets"].items():
        for word in (table, *words["nl"], *words["en"]):
            found.setdefault(plain(word), table)
    return found


@cache
def _headings(table: str) -> Mapping[str, str]:
    found = {plain(name): name for name in _of(table)}
    for name, words in _entries(table).items():
        for word in (*words.get("nl", ()), *words.get("en", ())):
            for form in (word, re.sub(r"\(.*\)", "", word)):
                found.setdefault(plain(form), name)
    return found


def table_called(name: str) -> str | None:
    """Return the table that a sheet or file is called after; ``contacts`` among them.

    Examples
    --------
    >>> table_called("Hulpvragen"), table_called("people"), table_called("Blad1")
    ('needs', 'people', None)
    """
    return _sheets().get(plain(name))


def near_table(name: str) -> str | None:
    """Return the table that a sheet or file with another name may be meant for.

    Examples
    --------
    >>> near_table("Activiteitn"), near_table("Export vragen 2026-11"), near_table("Blad1")
    ('activities', 'needs', None)
    """
    close = get_close_matches(plain(name), _sheets(), n=1, cutoff=0.8)
    if close:
        return _sheets()[close[0]]
    among = {_sheets()[word] for word in plain_words(name) if word in _sheets()}
    return among.pop() if len(among) == 1 else None


def passed_over(name: str, *, kind: str) -> bool:
    """Tell whether a sheet (``"sheets"``) or file (``"files"``) is known to be no table."""
    return plain(name) in {plain(word) for word in _data("headings")["passed_over"][kind]}


@lru_cache(maxsize=20_000)
def column_called(table: str, text: str) -> str | None:
    """Return the column that a heading stands for.

    Examples
    --------
    >>> column_called("needs", "Hoe dringend"), column_called("needs", "lievelingskleur")
    ('urgency', None)
    """
    known = _headings(table)
    found = known.get(plain(text))
    return found or known.get(plain(re.sub(r"\([^()]*\)", "", text)))


def near_column(table: str, text: str) -> str | None:
    """Return the column that a misspelt heading may be meant for."""
    if len(plain(text)) < 4:
        return None
    close = get_close_matches(plain(text), _headings(table), n=1, cutoff=0.8)
    return _headings(table)[close[0]] if close else None


def sheet(table: str, language: str) -> str:
    """Return the name of a sheet.

    Examples
    --------
    >>> sheet("needs", "nl")
    'Vragen'
    """
    return str(_data("headings")["sheets"][table][language][0])


def heading(table: str, column: str, language: str) -> str:
    """Return the heading of a column.

    Examples
    --------
    >>> heading("people", "called", "nl")
    'Roepnaam'
    """
    words = _entries(table)[column].get(language)
    return words[0] if words else column


def note(table: str, column: str, language: str) -> str:
    """Return what a column means, in a short note for whoever fills it in.

    Examples
    --------
    >>> note("people", "worker", "nl")
    'De medewerker die deze persoon kent: de roepnaam.'
    >>> note("people", "worker", "en")
    'The worker who knows them.'
    """
    known = next(each for each in columns(RECORDS[table]) if each.name == column)
    written = f"workbook.note.{table}.{column}"
    if written in catalogue_keys("workbook", Language(language)):
        return say(written, Language(language))
    if language != "nl":
        return known.description
    own, common = _data("notes").get(table, {}), _data("notes")["common"]
    keyed = column == RECORDS[table].key
    return str(own.get(column) or common["key" if keyed else column])


@dataclass(frozen=True)
class Choices:
    """The words of one fixed choice.

    Attributes
    ----------
    meaning : Mapping[str, str]
        Plain word to canonical word.
    labels : Mapping[str, Mapping[str, str]]
        Language, then canonical word, to the word we write ourselves.
    several : bool
        Whether a cell holds a list of them.
    """

    meaning: Mapping[str, str]
    labels: Mapping[str, Mapping[str, str]]
    several: bool = False


@cache
def _choices(name: str, *, several: bool = False) -> Choices:
    words = _data("words")[name]
    meaning = {plain(word): word for word in words}
    for word, ways in words.items():
        for way in (*ways["nl"], *ways["en"]):
            meaning.setdefault(plain(way), word)
    labels = {code: {word: ways[code][0] for word, ways in words.items()} for code in ("nl", "en")}
    return Choices(meaning, labels, several)


_IN_TEXT: Mapping[tuple[str, str], tuple[type[StrEnum], bool]] = MappingProxyType(
    {
        ("needs", "tried"): (Rung, True),
        ("categories", "distance"): (Distance, False),
        ("categories", "at"): (Where, False),
        ("categories", "domain"): (Domain, False),
    }
)


@cache
def choices_of(table: str, column: str) -> Choices | None:
    """Return the fixed choice that a column holds; None for other columns."""
    if (table, column) in _IN_TEXT:
        kind, several = _IN_TEXT[table, column]
        return _choices(kind.__name__, several=several)
    record = Contact if table == "contacts" else RECORDS[table]
    found = plain_type(record, column)
    if found is bool:
        return _choices("YesNo")
    if found is not None and issubclass(found, StrEnum):
        return _choices(found.__name__)
    return None


@cache
def _languages() -> Mapping[str, str]:
    found = {plain(tag): tag for tag in _data("languages")}
    for tag, names in _data("languages").items():
        found.update((plain(name), tag) for name in names)
    return found


def language_called(text: str) -> str | None:
    """Return the BCP 47 tag of a language as people write it; None when it is not known.

    Examples
    --------
    >>> language_called("Turks"), language_called("Arabic"), language_called("Quenya")
    ('tr', 'ar', None)
    """
    return _languages().get(plain(text))


def language_names(tags: Iterable[str]) -> tuple[str, ...]:
    """Return the Dutch names of languages; the tag itself where there is none."""
    return tuple(_data("languages").get(tag, [tag])[0] for tag in tags)
