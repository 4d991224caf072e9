"""For residents and the council: no persons, but areas, what is there, and protected counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, cast

from assetmap.categories import Tree, shipped
from assetmap.errors import UnusableInput
from assetmap.model import Neighbourhood, PrivacyThresholds
from assetmap.privacy import Audience, few_people, few_ties
from assetmap.ties.exports.naming import PERSONAL, Ids, Names, kind_of
from assetmap.ties.exports.one_by_one import about, sorted_edges, things
from assetmap.ties.exports.shared import SharedCount, SharedNetwork, SharedThing, SharedTie
from assetmap.ties.knowing import people
from assetmap.ties.schema import EDGE_KINDS

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["by_area"]

Nodes = Mapping[Hashable, Mapping[str, Any]]

_PUBLIC = EDGE_KINDS.keys() - {"arrangement"}
"""Edges between things that are nobody's business; what members have in common is."""


def by_area(
    graph: nx.Graph[Any],
    ids: Ids,
    *,
    audience: Audience,
    hood: Neighbourhood | None,
    limits: PrivacyThresholds,
) -> SharedNetwork:
    """Gather what can be shared with everybody.

    1. Areas, and the initiatives, activities, places and organisations in them. Residents see an
       initiative only where the tables say that they may, and what belongs to it with it.
    2. Counts by area, of residents without workers: people, their talents by theme, pairs that
       know each other, members of initiatives. Where too few people stand behind a count, or one
       of them gives too much of it, it is made so small that it is hidden.

    Parameters
    ----------
    graph : networkx.Graph
        A graph of a neighbourhood, or the network of its people.
    ids : Ids
        What each node is called.
    audience : Audience
        Residents or the council.
    hood : Neighbourhood or None
        The tables, for names and the team's own categories.
    limits : PrivacyThresholds
        What counts that leave the team are held to.
    """
    nodes: dict[Hashable, Mapping[str, Any]] = dict(graph.nodes(data=True))
    homes = _homes(nodes, ids)
    if nodes and not homes and not _has_things(nodes):
        raise UnusableInput("no node has an area; without areas there is nothing to count by")
    shown = _shown(graph, nodes, audience)
    tree = shipped() if hood is None else hood.tree
    return SharedNetwork(
        directed=graph.is_directed(),
        parallel=graph.is_multigraph(),
        about=about(graph),
        things=_with_areas(things(graph, shown, ids, Names.of(hood)), homes),
        ties=tuple(_between_things(graph, shown, ids)),
        counts=(
            *_people(homes),
            *_talents(graph, homes, tree, limits),
            *_acquainted(graph, homes, limits),
            *_members(graph, homes, shown, ids),
        ),
    )


def _has_things(nodes: Nodes) -> bool:
    return any(kind_of(facts) not in PERSONAL for facts in nodes.values())


def _homes(nodes: Nodes, ids: Ids) -> dict[Hashable, str]:
    """Return the area of every resident of whom it is known."""
    return {
        node: ids[f"area:{facts['area']}"]
        for node, facts in nodes.items()
        if kind_of(facts) == "person" and facts.get("part") != "worker" and facts.get("area")
    }


def _shown(graph: nx.Graph[Any], nodes: Nodes, audience: Audience) -> frozenset[Hashable]:
    """Return the things that this audience sees."""
    found = {node for node, facts in nodes.items() if kind_of(facts) not in PERSONAL}
    if audience is not Audience.RESIDENTS:
        return frozenset(found)
    hidden = {n for n in found if kind_of(nodes[n]) == "initiative" and not nodes[n].get("visible")}
    hidden |= {
        source
        for source, target, facts in graph.edges(data=True)
        if facts.get("kind") == "part_of" and target in hidden
    }
    return frozenset(found - hidden)


def _with_areas(
    found: tuple[SharedThing, ...], homes: Mapping[Hashable, str]
) -> tuple[SharedThing, ...]:
    """Add the areas that people live in but that are no nodes: a network of people has none."""
    there = {thing.id for thing in found}
    missing = sorted(set(homes.values()) - there)
    return (*found, *(SharedThing(area, {"kind": "area"}) for area in missing))


def _between_things(
    graph: nx.Graph[Any], shown: frozenset[Hashable], ids: Ids
) -> Iterable[SharedTie]:
    for source, target, facts in sorted_edges(graph):
        kind = facts.get("kind")
        if source in shown and target in shown and kind in _PUBLIC:
            yield SharedTie(kind=kind, source_thing=ids[source], target_thing=ids[target])


def _people(homes: Mapping[Hashable, str]) -> Iterator[SharedCount]:
    for area, count in sorted(Counter(homes.values()).items()):
        yield SharedCount("people", area, None, count)


def _talents(
    graph: nx.Graph[Any], homes: Mapping[Hashable, str], tree: Tree, limits: PrivacyThresholds
) -> Iterator[SharedCount]:
    """Count talents by area and theme."""
    givers: dict[tuple[str, str], list[Hashable]] = {}
    for owner, talent, facts in graph.edges(data=True):
        category = str(graph.nodes[talent].get("category"))
        if facts.get("kind") == "offers" and owner in homes and category in tree:
            theme = (category, *tree.ancestors(category))[-1]
            givers.setdefault((homes[owner], theme), []).append(owner)
    for (area, theme), owners in sorted(givers.items()):
        count = _no_more(owners, limits)
        yield SharedCount(f"talents_{theme}", area, None, count)


def _acquainted(
    graph: nx.Graph[Any], homes: Mapping[Hashable, str], limits: PrivacyThresholds
) -> Iterator[SharedCount]:
    """Count pairs that know each other by their areas; each pair of areas once."""
    network = graph
    if graph.is_multigraph() and graph.is_directed():
        network = people(cast("nx.MultiDiGraph[str]", graph))
    found: dict[tuple[str, str], set[tuple[Hashable, Hashable]]] = {}
    for pair in network.edges():
        if pair[0] != pair[1] and all(node in homes for node in pair):
            a, b = sorted(pair, key=lambda node: (homes[node], str(node)))
            found.setdefault((homes[a], homes[b]), set()).add((a, b))
    for (area, other), pairs in sorted(found.items()):
        few = few_ties(sorted(pairs, key=str), limits, across=area != other)
        count = min(len(pairs), limits.minimum - 1) if few else len(pairs)
        yield SharedCount("acquainted", area, None if area == other else other, count)


def _no_more(owners: list[Hashable], limits: PrivacyThresholds) -> int:
    """Return a count, but too small to be shown where too few people are behind it."""
    behind = Counter(owners)
    few = few_people(behind, limits)
    return min(len(owners), len(behind), limits.minimum - 1) if few else len(owners)


def _members(
    graph: nx.Graph[Any],
    homes: Mapping[Hashable, str],
    shown: frozenset[Hashable],
    ids: Ids,
) -> Iterator[SharedCount]:
    found = {
        (homes[member], ids[party], member)
        for member, party, facts in graph.edges(data=True)
        if facts.get("kind") == "member_of" and member in homes and party in shown
    }
    for (area, party), count in sorted(Counter((area, to) for area, to, _ in found).items()):
        yield SharedCount("members", area, party, count)
