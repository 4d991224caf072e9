"""Sentences before they are said: a key of the catalogue and the facts that go in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias

from assetmap.texts import Language, day, language, say

__all__ = ["Fact", "Line", "Word"]


@dataclass(frozen=True)
class Word:
    """What is called differently in each language.

    Attributes
    ----------
    nl, en : str
        The word in Dutch and in English.

    Examples
    --------
    >>> Word("maaltijd", "meal").said("en")
    'meal'
    """

    nl: str
    en: str

    def said(self, lang: str) -> str:
        """Return the word in a language."""
        return self.nl if language(lang) is Language.NL else self.en


Plain: TypeAlias = str | int | float | dt.date | Word
Fact: TypeAlias = Plain | tuple[Plain, ...]
"""What may go into a sentence."""


@dataclass(frozen=True)
class Line:
    """One sentence of a card, in no language yet.

    Attributes
    ----------
    key : str
        Where it stands in the catalogues.
    facts : Mapping[str, Fact]
        What its placeholders stand for.

    Examples
    --------
    >>> Line("words.answer.yes").said("nl")
    'ja'
    """

    key: str
    facts: Mapping[str, Fact] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def of(cls, key: str, **facts: Fact) -> Line:
        """Make a line of a key and its facts."""
        return cls(key, MappingProxyType(facts))

    def said(self, lang: str) -> str:
        """Return the sentence in a language; days with their year."""
        return say(self.key, lang, **{name: _in(fact, lang) for name, fact in self.facts.items()})


def _in(fact: Fact, lang: str) -> object:
    if isinstance(fact, tuple):
        return [_in(each, lang) for each in fact]
    if isinstance(fact, dt.date):
        return day(fact, lang, year=True)
    return fact.said(lang) if isinstance(fact, Word) else fact
