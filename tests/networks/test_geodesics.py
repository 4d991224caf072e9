"""Distances and components, against breadth-first search from each node."""

from __future__ import annotations

from collections import Counter

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.networks import geodesics
from assetmap.networks.geodesics import by_size, components, distances
from tests.networks.drawn import arrays, graphs


@settings(max_examples=60, deadline=None)
@given(graphs(directed=None))
def test_distances_are_those_of_a_search_from_each_node(graph: nx.Graph) -> None:
    """Pairs per distance, how many are reached and how far: as found one by one."""
    found = distances(arrays(graph))
    ways = {node: nx.single_source_shortest_path_length(graph, node) for node in graph}
    counted = Counter(d for there in ways.values() for d in there.values() if d)
    assert dict(enumerate(found.pairs.tolist())) == {0: 0, **counted}
    assert found.reached.tolist() == [len(ways[node]) - 1 for node in graph]
    assert found.farness.tolist() == [sum(ways[node].values()) for node in graph]


@pytest.mark.parametrize(
    "graph", [nx.star_graph(150), nx.path_graph(200), nx.gnm_random_graph(300, 500, seed=1)]
)
def test_more_targets_than_fit_in_a_word_and_nodes_with_many_ties(
    graph: nx.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Several words and several blocks add up; a node with many ties is served as well."""
    monkeypatch.setattr(geodesics, "ROOM", 1)
    found = distances(arrays(graph))
    expected = [sum(nx.single_source_shortest_path_length(graph, n).values()) for n in graph]
    assert found.farness.tolist() == expected


def test_a_sample_of_targets() -> None:
    """Only ways to the targets count."""
    found = distances(arrays(nx.path_graph(4)), np.array([0, 3]))
    assert found.targets == 2
    assert found.farness.tolist() == [3, 3, 3, 3]
    assert found.pairs.tolist() == [0, 2, 2, 2]


@settings(max_examples=40, deadline=None)
@given(graphs(directed=None))
def test_components_are_the_weak_ones_largest_first(graph: nx.Graph) -> None:
    """Same label, same component; of equal size the one with the first node has the lower."""
    plain = graph.to_undirected()
    found = sorted(nx.connected_components(plain), key=lambda part: (-len(part), min(part)))
    expected = {node: at for at, part in enumerate(found) for node in part}
    assert components(arrays(graph)).tolist() == [expected[node] for node in range(len(graph))]


@given(st.lists(st.integers(0, 5)))
def test_numbers_by_size_keep_the_groups(label: list[int]) -> None:
    """The same are together as before, and sizes do not grow with the number."""
    new = by_size(np.array(label, dtype=np.int64)).tolist()
    assert len(set(zip(label, new, strict=True))) == len(set(label)) == len(set(new))
    sizes = [new.count(name) for name in sorted(set(new))]
    assert sizes == sorted(sizes, reverse=True)
