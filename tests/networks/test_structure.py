"""Triangles and structural holes, against networkx and against each node's own network."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from hypothesis import given

from assetmap.networks.holes import ego_holes, whole_holes
from assetmap.networks.triangles import tails, triples
from tests.networks.brute import arrays, nets


@given(nets())
def test_every_closed_triple_is_there_once_with_its_ties(graph: nx.Graph) -> None:
    """Three nodes that are joined in pairs, in each of six orders."""
    network, plain = arrays(graph), graph.to_undirected()
    found, ties = triples(network), network.undirected.ties
    told = [
        (i, q, j)
        for i in plain
        for q in plain[i]
        for j in plain[q]
        if j != i and plain.has_edge(i, j)
    ]
    assert sorted(zip(found.i, found.q, found.j, strict=True)) == sorted(told)
    for place, a, b in (
        (found.iq, found.i, found.q),
        (found.qj, found.q, found.j),
        (found.ij, found.i, found.j),
    ):
        assert tails(ties)[place].tolist() == a.tolist()
        assert ties.indices[place].tolist() == b.tolist()


def test_many_triangles_come_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking up a few at a time finds the same."""
    graph = nx.gnp_random_graph(30, 0.4, seed=1)
    network = arrays(graph)

    def found() -> list[tuple[int, ...]]:
        listed = triples(replace(network))
        return sorted(zip(listed.iq, listed.qj, listed.ij, strict=True))

    whole = found()
    monkeypatch.setattr("assetmap.networks.triangles._AT_ONCE", 7)
    assert found() == whole


def _told(graph: nx.Graph, node: int) -> tuple[float, float]:
    """Constraint and effective size by the formulas, one sum at a time."""
    contacts = set(nx.all_neighbors(graph, node))

    def both(a: int, b: int) -> float:
        one, other = graph.get_edge_data(a, b, {}), graph.get_edge_data(b, a, {})
        return one.get("weight", 0) + other.get("weight", 0)

    def share(a: int, b: int) -> float:
        return both(a, b) / sum(both(a, k) for k in graph)

    def strongest(a: int, b: int) -> float:
        return both(a, b) / max(both(a, k) for k in graph)

    constraint = size = 0.0
    for j in contacts:
        others = contacts - {j}
        constraint += (share(node, j) + sum(share(node, q) * share(q, j) for q in others)) ** 2
        size += 1 - sum(share(node, q) * strongest(j, q) for q in others)
    return constraint, size


@given(nets(weighted=True))
def test_both_forms_follow_their_formulas(graph: nx.Graph) -> None:
    """The whole form on the network; the other on each node's own network and nothing else."""
    whole, own = whole_holes(arrays(graph)), ego_holes(arrays(graph))
    for node in graph:
        contacts = set(nx.all_neighbors(graph, node))
        if not contacts:
            assert np.isnan([whole.constraint[node], own.effective_size[node]]).all()
            continue
        near = graph.subgraph(contacts | {node})
        for found, told in ((whole, _told(graph, node)), (own, _told(near, node))):
            assert (found.constraint[node], found.effective_size[node]) == pytest.approx(told)
            assert found.efficiency[node] == pytest.approx(told[1] / len(contacts))


@given(nets(weighted=True))
def test_the_whole_constraint_is_that_of_networkx(graph: nx.Graph) -> None:
    """Directed, undirected, with weights; some versions miss who has no tie that goes out."""
    told = nx.constraint(graph, weight="weight") if len(graph) else {}
    found = whole_holes(arrays(graph)).constraint
    out = [node for node in graph if graph.adj[node]]
    assert found[out] == pytest.approx([told[node] for node in out])


def test_hierarchy_by_hand() -> None:
    """Contacts alike: 0. One of three who knows the others: worked out on paper."""
    star = ego_holes(arrays(nx.star_graph(4))).hierarchy
    assert star[0] == pytest.approx(0.0)
    assert np.isnan(star[1])
    graph = nx.Graph([(0, 1), (0, 2), (0, 3), (1, 2), (1, 3)])
    parts = np.array([(1 / 3 + 1 / 6 + 1 / 6) ** 2, (1 / 3 + 1 / 9) ** 2, (1 / 3 + 1 / 9) ** 2])
    ratio = parts / parts.mean()
    told = (ratio * np.log(ratio)).sum() / (3 * np.log(3))
    assert ego_holes(arrays(graph)).hierarchy[0] == pytest.approx(told)


def test_published_constraint() -> None:
    """Zachary's club without weights: the instructor 0.1554, the administrator 0.1491 or so."""
    graph = nx.karate_club_graph()
    for _, _, facts in graph.edges(data=True):
        facts["weight"] = 1
    found = whole_holes(arrays(graph)).constraint
    assert found[0] == pytest.approx(0.155423, abs=1e-6)
    assert found[33] == pytest.approx(nx.constraint(graph)[33])
