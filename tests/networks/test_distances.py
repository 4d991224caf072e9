"""Distances, against a search from each node."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

from assetmap.networks import Network
from assetmap.networks import distances as room
from assetmap.networks.distances import distances, sampled_distances
from tests.networks.drawn import arrays, graphs


@settings(max_examples=60, deadline=None)
@given(graphs(directed=None, weighted=True))
def test_distances_are_those_of_a_walk_from_every_node(graph: nx.Graph) -> None:
    """Whom each reaches, how far in all, and how many pairs are how far apart."""
    found = distances(arrays(graph))
    steps = {a: dict(nx.single_source_shortest_path_length(graph, a)) for a in graph}
    assert found.reached.tolist() == [len(steps[a]) - 1 for a in graph]
    assert found.farness.tolist() == [sum(steps[a].values()) for a in graph]
    assert found.farthest.tolist() == [max(steps[a].values()) for a in graph]
    near = [sum(1 / d for d in steps[a].values() if d) for a in graph]
    assert found.inverse == pytest.approx(near)
    every = [d for a in graph for d in steps[a].values() if d]
    assert found.pairs.tolist() == [every.count(d) for d in range(max(every, default=0) + 1)]


def test_distances_of_more_nodes_than_one_word_holds() -> None:
    """Sets of more than 64 nodes are joined as well."""
    graph = nx.gnm_random_graph(200, 260, seed=4, directed=True)
    found = distances(arrays(graph))
    told = dict(nx.all_pairs_shortest_path_length(graph))
    assert found.farness.tolist() == [sum(told[a].values()) for a in graph]


def test_bits_are_counted_without_the_newest_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Older versions of numpy have no count of bits; the table counts the same."""
    graph = nx.gnm_random_graph(80, 120, seed=1)
    told = distances(arrays(graph)).inverse
    monkeypatch.delattr(np, "bitwise_count", raising=False)
    assert distances(arrays(graph)).inverse.tolist() == told.tolist()


@pytest.mark.parametrize(
    "graph", [nx.star_graph(150), nx.path_graph(200), nx.gnm_random_graph(300, 500, seed=1)]
)
def test_more_targets_than_fit_in_a_word_and_nodes_with_many_ties(
    graph: nx.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Several words and several blocks add up; a node with many ties is served as well."""
    monkeypatch.setattr(room, "ROOM", 1)
    found = distances(arrays(graph))
    expected = [sum(nx.single_source_shortest_path_length(graph, n).values()) for n in graph]
    assert found.farness.tolist() == expected


def test_a_sample_of_targets() -> None:
    """Only ways to the targets count."""
    found = sampled_distances(arrays(nx.path_graph(4)), np.array([0, 3]))
    assert found.targets == 2
    assert found.others.tolist() == [1, 2, 2, 1]
    assert found.farness.tolist() == [3, 3, 3, 3]
    assert found.pairs.tolist() == [0, 2, 2, 2]


def test_nobody_and_nothing() -> None:
    """A network of no node, and one without a tie, reach nobody."""
    for count in (0, 3):
        found = distances(Network.from_ties(count, [], []))
        assert found.reached.tolist() == found.inverse.tolist() == [0] * count
        assert found.pairs.tolist() == [0]


def test_distances_are_worked_out_once() -> None:
    """A network never changes, so all measures of it share one count."""
    network = arrays(nx.path_graph(5))
    assert distances(network) is distances(network)
