"""Finding what people are called in texts about something else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from assetmap.model.neighbourhood import Neighbourhood

__all__ = ["Names"]

Value = TypeVar("Value")
_WORD = re.compile(r"[^\W_]+")
_BEFORE_A_NAME = frozenset(
    {
        *("de", "het", "een", "van", "den", "der", "ten", "ter", "te", "la", "le", "el", "al"),
        *("dhr", "heer", "meneer", "mevr", "mevrouw", "mw", "mr", "mrs", "ms", "dr", "drs", "ir"),
        *("oma", "opa", "tante", "oom", "juf", "meester", "buurvrouw", "buurman", "zuster"),
        *("broeder", "pastoor", "dominee", "familie", "fam"),
    }
)
"""Words before a name that would be found in half of all texts."""


@dataclass(frozen=True)
class Names:
    """The names of people, to find them in texts about something else.

    Looked for are what somebody is called, whole, and the first word of it (behind *mevrouw* and
    the like); with and without accents, capitals and a genitive *s*, as words of their own, which
    a hyphen or an underscore may join. Not found are a family name by itself, a pet name, a typing
    error, and a name inside a longer word.
    """

    words: frozenset[tuple[str, ...]] = frozenset()

    @classmethod
    def of(cls, hood: Neighbourhood | None) -> Names:
        """Gather what people are called in some tables."""
        called = () if hood is None else (p.called for p in hood.people if p.called)
        return cls(frozenset(form for name in called for form in _forms(_words(name))))

    def said_in(self, text: str) -> bool:
        """Tell whether a text holds somebody's name, as words of its own."""
        words = _words(text)
        return any(
            words[at : at + length] in self.words
            for length in self._lengths
            for at in range(len(words))
        )

    @cached_property
    def _lengths(self) -> frozenset[int]:
        return frozenset(len(name) for name in self.words)

    def without(self, facts: Mapping[str, Value]) -> dict[str, Value]:
        """Leave out texts that hold a name."""
        return {
            name: value
            for name, value in facts.items()
            if name == "kind" or not (isinstance(value, str) and self.said_in(value))
        }


def _words(text: str) -> tuple[str, ...]:
    """Return the words of a text without capitals and accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return tuple(_WORD.findall(bare.casefold()))


def _forms(name: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the forms of a name: whole, in one word and its first word, each with an s."""
    told = (word for word in name if len(word) > 1 and word not in _BEFORE_A_NAME)
    first = next(told, None)
    whole = {name, ("".join(name),)} if name else set()
    for form in whole | ({(first,)} if first else set()):
        yield form
        yield (*form[:-1], f"{form[-1]}s")
