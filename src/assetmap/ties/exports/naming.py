"""Ids and words on their way out: nobody's name, and values that every file can hold."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from math import isfinite
from types import MappingProxyType
from typing import Any

from assetmap.errors import UnusableInput
from assetmap.model.called import Names
from assetmap.privacy import pseudonyms
from assetmap.ties.exports.shared import Fact
from assetmap.ties.schema import NODE_KINDS

__all__ = ["PERSONAL", "Ids", "Names", "kind_of", "plain_facts"]

PERSONAL = frozenset({"person", "talent", "need"})
"""Kinds of node that are about one person."""
_MISSING = frozenset({"NAType", "NaTType"})


def kind_of(facts: Mapping[str, Any]) -> str:
    """Return the kind of a node; one of another network than a neighbourhood's is a person."""
    kind = facts.get("kind")
    return kind if isinstance(kind, str) and kind in NODE_KINDS else "person"


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
