"""For the team and for research: every person a node, under a pseudonym."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from assetmap.categories import Tree, shipped
from assetmap.model import Neighbourhood
from assetmap.ties.exports.naming import PERSONAL, Ids, Names, kind_of, plain_facts
from assetmap.ties.exports.shared import (
    Fact,
    SharedNetwork,
    SharedPerson,
    SharedRecord,
    SharedThing,
    SharedTie,
)
from assetmap.ties.schema import NODE_KINDS

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["about", "one_by_one", "sorted_edges", "things"]

Nodes = Mapping[Hashable, Mapping[str, Any]]

_TIE_TRAITS = frozenset({"relation", "strength", "weight", "kinds"})
_IDS = ("reported_by", "introduced_by", "need")
_COARSE = frozenset({"kind", "part", "area"})
_SPOT = frozenset({"name", "x", "y"})
_ABOUT = ("asof", "assumptions")


def one_by_one(
    graph: nx.Graph[Any],
    ids: Ids,
    *,
    hood: Neighbourhood | None,
    measures: Mapping[Hashable, Mapping[str, Any]],
    smallest: int,
) -> SharedNetwork:
    """Gather every node and edge.

    Parameters
    ----------
    graph : networkx.Graph
        The network.
    ids : Ids
        What each node is called.
    hood : Neighbourhood or None
        The tables, for names and the team's own categories.
    measures : Mapping
        Measures of each person, by node.
    smallest : int
        So many people of an area must share a decade of birth for it to be told.
    """
    nodes: dict[Hashable, Mapping[str, Any]] = dict(graph.nodes(data=True))
    decades = _decades(nodes, smallest)
    persons, records = [], []
    names = Names.of(hood)
    tree = shipped() if hood is None else hood.tree
    for node in sorted(nodes, key=str):
        facts, kind = nodes[node], kind_of(nodes[node])
        if kind == "person":
            traits = _person_traits(facts, decades.get(node))
            traits = names.without(traits) | plain_facts(measures.get(node, {}))
            rest = {n: v for n, v in facts.items() if n not in _COARSE}
            persons.append(SharedPerson(ids[node], names.without(plain_facts(rest)), traits))
        elif kind in PERSONAL:
            traits = _record_traits(facts, kind, tree)
            records.append(SharedRecord(ids[node], plain_facts(facts), traits))
    return SharedNetwork(
        directed=graph.is_directed(),
        parallel=graph.is_multigraph(),
        about=about(graph),
        persons=tuple(persons),
        records=tuple(records),
        things=things(graph, nodes, ids, names),
        ties=tuple(_tie(edge, nodes, ids, names) for edge in sorted_edges(graph)),
    )


def about(graph: nx.Graph[Any]) -> dict[str, str]:
    """Return what the network says of itself."""
    return {name: str(graph.graph[name]) for name in _ABOUT if graph.graph.get(name)}


def sorted_edges(graph: nx.Graph[Any]) -> list[tuple[Hashable, Hashable, dict[str, Any]]]:
    """Return the edges in an order that does not depend on that of the rows."""

    def order(edge: tuple[Hashable, Hashable, dict[str, Any]]) -> tuple[Any, ...]:
        source, target, facts = edge
        ends = (str(source), str(target))
        shown = ends if graph.is_directed() else tuple(sorted(ends))
        return shown, sorted((str(name), str(value)) for name, value in facts.items())

    return sorted(graph.edges(data=True), key=order)


def things(
    graph: nx.Graph[Any], nodes: Iterable[Hashable], ids: Ids, names: Names
) -> tuple[SharedThing, ...]:
    """Return what is not about one person, without texts in which somebody is named.

    A place that a person owns, such as a garden, keeps its name and its spot to itself.
    """
    private = {
        place
        for place, owner, facts in graph.edges(data=True)
        if facts.get("kind") == "owned_by" and kind_of(graph.nodes[owner]) == "person"
    }
    found = []
    for node in sorted(nodes, key=str):
        facts, kind = graph.nodes[node], kind_of(graph.nodes[node])
        if kind not in PERSONAL:
            schema = NODE_KINDS[kind]
            allowed = {"kind", *schema.always, *schema.further}
            allowed -= _SPOT if node in private else set()
            told = plain_facts({n: v for n, v in facts.items() if n in allowed})
            found.append(SharedThing(ids[node], names.without(told)))
    return tuple(found)


def _decades(nodes: Nodes, smallest: int) -> dict[Hashable, int]:
    """Return decades of birth, where enough people of the area share it."""
    born = {
        node: (facts.get("area"), int(facts["born"]) // 10 * 10)
        for node, facts in nodes.items()
        if kind_of(facts) == "person" and isinstance(facts.get("born"), int)
    }
    alike = Counter(born.values())
    return {node: group[1] for node, group in born.items() if alike[group] >= smallest}


def _person_traits(facts: Mapping[str, Any], decade: int | None) -> dict[str, Fact]:
    if facts.get("kind") != "person":
        return {}
    traits = plain_facts({name: facts.get(name) for name in sorted(_COARSE)})
    traits["asked"] = facts.get("ties_asked_on") is not None
    return traits if decade is None else {**traits, "decade": decade}


def _record_traits(facts: Mapping[str, Any], kind: str, tree: Tree) -> dict[str, Fact]:
    """Return what a talent or need is about; a need no nearer than its theme."""
    category = facts.get("category")
    if kind == "need" and category is not None:
        category = (category, *tree.ancestors(category))[-1] if category in tree else None
    return plain_facts({"kind": kind, "theme" if kind == "need" else "category": category})


def _tie(
    edge: tuple[Hashable, Hashable, dict[str, Any]], nodes: Nodes, ids: Ids, names: Names
) -> SharedTie:
    source, target, facts = edge
    ends: dict[str, str] = {}
    for side, node in (("source", source), ("target", target)):
        personal = kind_of(nodes[node]) in PERSONAL
        ends[side if personal else f"{side}_thing"] = ids[node]
    named = {name: ids.find(facts.get(name)) for name in _IDS}
    kind = facts.get("kind")
    skip = {"kind", *_IDS, *_TIE_TRAITS}
    return SharedTie(
        kind=None if kind is None else str(kind),
        facts=names.without(plain_facts({n: v for n, v in facts.items() if n not in skip})),
        traits=plain_facts({n: v for n, v in facts.items() if n in _TIE_TRAITS}),
        **ends,
        **named,
    )
