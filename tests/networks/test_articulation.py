"""Cut points, bridges, and what each removal leaves: against removing each in turn."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given

from assetmap.networks import Network
from assetmap.networks.articulation import cuts, fragmentation
from assetmap.networks.components import components
from assetmap.networks.triangles import tails
from tests.networks.brute import arrays, nets


@given(nets(most=10))
def test_what_is_left_is_what_removing_leaves(graph: nx.Graph) -> None:
    """Parts and connected pairs, counted anew after taking each node out."""
    plain, found = graph.to_undirected(), cuts(arrays(graph))
    for node in plain:
        own = nx.node_connected_component(plain, node)
        rest = plain.copy()
        rest.remove_node(node)
        parts = list(nx.connected_components(rest))
        assert found.parts[node] == sum(part < own for part in parts)
        assert found.pairs[node] == sum(len(part) * (len(part) - 1) for part in parts)


@given(nets(most=10))
def test_cut_points_and_bridges_are_those_of_networkx(graph: nx.Graph) -> None:
    """The definitions agree."""
    plain, network = graph.to_undirected(), arrays(graph)
    found, ties = cuts(network), network.undirected.ties
    assert set(np.flatnonzero(found.parts > 1)) == set(nx.articulation_points(plain))
    ends = zip(tails(ties)[found.bridge], ties.indices[found.bridge], strict=True)
    assert {frozenset(map(int, pair)) for pair in ends} == set(map(frozenset, nx.bridges(plain)))


def test_a_long_chain_and_a_star() -> None:
    """Depth of a thousand, and a thousand contacts of one."""
    chain, star = cuts(arrays(nx.path_graph(1000))), cuts(arrays(nx.star_graph(1000)))
    assert (chain.parts == 2).sum() == 998
    assert chain.bridge.all()
    assert star.parts.tolist() == [1000] + [1] * 1000
    assert star.pairs[0] == 0


@given(nets())
def test_components_and_fragmentation(graph: nx.Graph) -> None:
    """The share of pairs that no way joins."""
    network = arrays(graph)
    sizes = np.bincount(components(network)) if network.count else np.zeros(0, dtype=int)
    parts = list(nx.connected_components(graph.to_undirected()))
    assert sorted(sizes.tolist()) == sorted(len(part) for part in parts)
    if network.count > 1:
        pairs = [(a, b) for p in parts for a in p for b in p if a != b]
        told = 1 - len(pairs) / (network.count * (network.count - 1))
        assert fragmentation(sizes, network.count) == pytest.approx(told)


def test_fragmentation_needs_two() -> None:
    """One node has nobody to be apart from; no node neither."""
    assert np.isnan(fragmentation(np.array([1]), 1))
    assert cuts(Network.from_ties(0, [], [])).parts.size == 0
