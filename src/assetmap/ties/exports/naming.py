"""Ids and words on their way out: nobody's name, and values that every file can hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import isfinite
from types import MappingProxyType
from typing import Any

from assetmap.errors import UnusableInput
from assetmap.model import Neighbourhood
from assetmap.privacy import pseudonyms
from assetmap.ties.exports.shared import Fact
from assetmap.ties.schema import NODE_KINDS

__all__ = ["PERSONAL", "Ids", "Names", "kind_of", "plain_facts"]

PERSONAL = frozenset({"person", "talent", "need"})
"""Kinds of node that are about one person."""
_MISSING = frozenset({"NAType", "NaTType"})
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


def kind_of(facts: Mapping[str, Any]) -> str:
    """Return the kind of a node; one of another network than a neighbourhood's is a person."""
    kind = facts.get("kind")
    return kind if isinstance(kind, str) and kind in NODE_KINDS else "person"


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

    def without(self, facts: Mapping[str, Fact]) -> dict[str, Fact]:
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


@dataclass(frozen=True)
class Ids:
    """What each node is called outside."""

    given: Mapping[Hashable, str]

    @classmethod
    def of(
        cls, nodes: Mapping[Hashable, Mapping[str, Any]], names: Names, key: bytes, *, persons: bool
    ) -> Ids:
        """Choose an id for every node.

        Parameters
        ----------
        nodes : Mapping of id to attributes
            The nodes.
        names : Names
            A thing whose id holds somebody's name gets a pseudonym.
        key : bytes
            Of the pseudonyms.
        persons : bool
            Whether people and their records get a pseudonym here; else the gate gives it.
        """
        texts = {
            node: str(node) if facts.get("kind") in NODE_KINDS else f"person:{node}"
            for node, facts in nodes.items()
        }
        hidden = {
            texts[node]
            for node, facts in nodes.items()
            if (persons and kind_of(facts) in PERSONAL)
            or (kind_of(facts) not in PERSONAL and names.said_in(texts[node].partition(":")[2]))
        }
        codes = pseudonyms(hidden, key)
        return cls(_different({node: codes.get(text, text) for node, text in texts.items()}))

    @classmethod
    def own(cls, nodes: Iterable[Hashable]) -> Ids:
        """Keep the ids as they are."""
        return cls(_different({node: str(node) for node in nodes}))

    def __getitem__(self, node: Hashable) -> str:
        """Return what a node is called outside."""
        return self.given[node]

    def find(self, node: Hashable) -> str | None:
        """Return what a node is called outside; None for what is no node."""
        return None if node is None else self.given.get(node)


def _different(texts: dict[Hashable, str]) -> Mapping[Hashable, str]:
    if len(set(texts.values())) < len(texts):
        raise UnusableInput("two nodes have ids that are the same text")
    return MappingProxyType(texts)


def plain_facts(facts: Mapping[Any, Any]) -> dict[str, Fact]:
    """Return attributes as text, numbers, yes and no; what is unknown is absent."""
    found = {str(name): _plain(value) for name, value in facts.items()}
    return {name: value for name, value in found.items() if value is not None}


def _plain(value: Any) -> Fact | None:
    value = value.item() if hasattr(value, "item") else value
    if isinstance(value, float) and not isfinite(value):
        return None
    if value is None or isinstance(value, str | bool | int | float):
        return value
    return None if type(value).__name__ in _MISSING else str(value)
