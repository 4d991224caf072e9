"""Modularity and the search for it, against networkx and against all divisions."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.errors import UnusableInput
from assetmap.networks import Network
from assetmap.networks.communities import agreement, modularity, partitions
from assetmap.networks.moving import Level, move, refine
from tests.networks.drawn import arrays, graphs

FEW = settings(max_examples=40, deadline=None)


def _divisions(count: int, used: int = 0) -> Iterator[list[int]]:
    """Every way to divide nodes: each in an old group or in the next new one."""
    if count == 0:
        yield []
        return
    for name in range(used + 1):
        for rest in _divisions(count - 1, max(used, name + 1)):
            yield [name, *rest]


@FEW
@given(graphs(most=8, weighted=True), st.data())
def test_modularity_is_that_of_networkx(graph: nx.Graph, data: st.DataObject) -> None:
    """For any division, with weights; None without a tie."""
    label = data.draw(st.lists(st.integers(0, 3), min_size=len(graph), max_size=len(graph)))
    found = modularity(arrays(graph), np.array(label, dtype=np.int64))
    if not graph.number_of_edges():
        assert found is None
        return
    groups = [{n for n in graph if label[n] == name} for name in set(label)]
    assert found == pytest.approx(nx.community.modularity(graph, groups))


@FEW
@given(graphs(most=7, weighted=True))
def test_the_best_run_is_the_best_of_all_divisions(graph: nx.Graph) -> None:
    """On small networks ten runs find the largest modularity there is."""
    network = arrays(graph)
    found = partitions(network, runs=10, seed=0)
    if not graph.number_of_edges():
        assert found == ()
        return
    every = (modularity(network, np.array(d, dtype=np.int64)) for d in _divisions(len(graph)))
    assert max(one.modularity for one in found) == pytest.approx(max(every))
    for one in found:
        assert one.modularity == modularity(network, one.label)


@FEW
@given(graphs(most=10), st.integers(0, 5), st.sampled_from([0.5, 1.0, 2.0]))
def test_moving_and_refining_keep_their_promises(graph: nx.Graph, seed: int, fine: float) -> None:
    """No move gains any more; parts lie within groups and hang together."""
    network = arrays(graph)
    if not network.tie_count:
        return
    level, rng = Level.of(network.ties), np.random.default_rng(seed)
    label = move(level, np.arange(len(graph)), rng, fine)
    value = modularity(network, label, resolution=fine)
    for node in graph:
        for name in {*label.tolist(), len(graph)}:
            other = label.copy()
            other[node] = name
            assert modularity(network, other, resolution=fine) <= value + 1e-9
    part = refine(level, label, rng, fine)
    for name in set(part.tolist()):
        nodes = np.flatnonzero(part == name).tolist()
        assert len(set(label[nodes].tolist())) == 1
        assert nx.is_connected(graph.subgraph(nodes))


@FEW
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=8))
def test_agreement_counts_pairs(both: list[tuple[int, int]]) -> None:
    """The adjusted Rand index from its definition over pairs."""
    one, other = (np.array(part) for part in zip(*both, strict=True))
    pairs = list(combinations(range(len(both)), 2))
    a = sum(one[i] == one[j] for i, j in pairs)
    b = sum(other[i] == other[j] for i, j in pairs)
    same = sum(one[i] == one[j] and other[i] == other[j] for i, j in pairs)
    by_chance, most = a * b / len(pairs), (a + b) / 2
    expected = 1.0 if by_chance == most else (same - by_chance) / (most - by_chance)
    assert agreement(one, other) == pytest.approx(expected)


def test_disconnected_groups_are_not_made() -> None:
    """Every group hangs together, on a ring of cliques and on a long line."""
    for graph in (nx.ring_of_cliques(6, 4), nx.path_graph(40)):
        for found in partitions(arrays(graph), runs=5, seed=3):
            for name in set(found.label.tolist()):
                assert nx.is_connected(graph.subgraph(np.flatnonzero(found.label == name)))


def test_what_cannot_be_divided_is_refused() -> None:
    """Two modes, no run, a resolution of 0."""
    pair = Network.from_ties(2, [0], [1])
    with pytest.raises(UnusableInput, match="project"):
        partitions(Network.from_ties(2, [0], [1], mode=[0, 1]), runs=1, seed=0)
    with pytest.raises(UnusableInput, match="runs must be 1 or more"):
        partitions(pair, runs=0, seed=0)
    with pytest.raises(UnusableInput, match="resolution above 0"):
        partitions(pair, runs=1, seed=0, resolution=0.0)
