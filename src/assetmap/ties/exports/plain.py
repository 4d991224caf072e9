"""What was released, as plain nodes and edges that every kind of file can hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from assetmap.privacy import Released, require
from assetmap.ties.exports.audience import SERVED
from assetmap.ties.exports.shared import (
    Fact,
    SharedCount,
    SharedNetwork,
    SharedPerson,
    SharedRecord,
    SharedTie,
)

__all__ = ["Plain", "plain"]

Row = dict[str, Fact]

_TAKEN = frozenset(
    {
        *("id", "source", "target", "key", "label", "value", "from", "to", "direction"),
        *("start", "end", "viz", "pid", "parents", "slices", "spells", "type"),
    }
)
"""Words that mean something else in one of the formats; an attribute of that name gets a ``_``."""


@dataclass(frozen=True, slots=True)
class Plain:
    """Nodes and edges, sorted.

    Attributes
    ----------
    directed, parallel : bool
        Whether edges have a direction, and whether two nodes may have several.
    about : dict
        What the network says of itself.
    nodes : tuple of (id, attributes)
        Unknown attributes are absent; one attribute has one type on every node.
    edges : tuple of (id, id, attributes)
        The same for edges.
    """

    directed: bool
    parallel: bool
    about: dict[str, str]
    nodes: tuple[tuple[str, Row], ...]
    edges: tuple[tuple[str, str, Row], ...]

    @property
    def columns(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The attributes of nodes and of edges, in the order that they have on each."""
        return (
            _in_order(tuple(facts) for _, facts in self.nodes),
            _in_order(tuple(facts) for _, _, facts in self.edges),
        )


def _in_order(rows: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Put names in one order, each behind what it follows where it is met first."""
    found: list[str] = []
    for row in dict.fromkeys(rows):
        at = 0
        for name in row:
            if name in found:
                at = found.index(name) + 1
            else:
                found.insert(at, name)
                at += 1
    return tuple(found)


def plain(released: Released[SharedNetwork]) -> Plain:
    """Return the nodes and edges of what was released."""
    shared = require(released, *SERVED)
    personal: tuple[SharedPerson | SharedRecord, ...] = (*shared.persons, *shared.records)
    nodes = {
        each.id: _named({**(each.facts or {}), **(each.traits or {})})
        for each in personal
        if each.id is not None
    }
    nodes |= {thing.id: _named(thing.facts) for thing in shared.things}
    edges = [edge for tie in shared.ties if (edge := _edge(tie)) is not None]
    for count in shared.counts:
        _count_in(count, nodes, edges)
    if not shared.directed:
        edges = [(min(a, b), max(a, b), facts) for a, b, facts in edges]
    rows = sorted(edges, key=lambda edge: (edge[0], edge[1], sorted(map(str, edge[2].items()))))
    known = sorted(nodes.items())
    _one_type([facts for _, facts in known])
    _one_type([facts for _, _, facts in rows])
    return Plain(shared.directed, shared.parallel, dict(shared.about), tuple(known), tuple(rows))


def _named(facts: Mapping[str, Fact]) -> Row:
    return {f"{name}_" if name.casefold() in _TAKEN else name: v for name, v in facts.items()}


def _edge(tie: SharedTie) -> tuple[str, str, Row] | None:
    source, target = tie.source or tie.source_thing, tie.target or tie.target_thing
    if source is None or target is None:
        return None
    named: dict[str, str | None] = {
        "kind": tie.kind,
        "reported_by": tie.reported_by,
        "introduced_by": tie.introduced_by,
        "need": tie.need,
    }
    known: Row = {name: value for name, value in named.items() if value is not None}
    return source, target, known | _named({**(tie.traits or {}), **(tie.facts or {})})


def _count_in(count: SharedCount, nodes: dict[str, Row], edges: list[tuple[str, str, Row]]) -> None:
    """Put a count that may be seen on its node, or between two."""
    if count.count and count.to is None:
        nodes[count.at][count.what] = count.count
    elif count.count and count.to is not None:
        edges.append((count.at, count.to, {"kind": count.what, "weight": count.count}))


def _one_type(rows: Iterable[Row]) -> None:
    """Give an attribute the same type wherever it occurs: a number, or else text."""
    rows = list(rows)
    kinds: dict[str, set[type]] = {}
    for facts in rows:
        for name, value in facts.items():
            kinds.setdefault(name, set()).add(type(value))
    for name, found in kinds.items():
        if len(found) > 1:
            wide: Any = float if found == {int, float} else str
            for facts in rows:
                if name in facts:
                    facts[name] = wide(facts[name])
