"""Shortest ways: betweenness exact, estimated and with weights."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given

from assetmap.networks import Network
from assetmap.networks.paths import betweenness, estimated_betweenness, weighted_betweenness
from tests.networks.brute import arrays, nets


@given(nets())
def test_betweenness_is_that_of_networkx(graph: nx.Graph) -> None:
    """The definitions agree: ordered pairs where ties have a direction, else pairs once."""
    told = nx.betweenness_centrality(graph, normalized=False)
    assert betweenness(arrays(graph)).value == pytest.approx(list(told.values()), abs=1e-12)


@given(nets(weighted=True))
def test_weighted_betweenness_is_that_of_networkx_in_whole_lengths(graph: nx.Graph) -> None:
    """Lengths 1/w, as whole numbers for the other program: it compares sums of them exactly."""
    for _, _, facts in graph.edges(data=True):
        facts["length"] = 12 // facts["weight"]
    told = nx.betweenness_centrality(graph, normalized=False, weight="length")
    found = weighted_betweenness(arrays(graph)).value
    assert found == pytest.approx(list(told.values()), abs=1e-12)


def test_ways_of_one_length_count_alike_whatever_their_rounding() -> None:
    """Ten ties of weight 10 are as long as one of weight 1: of 25 pairs one goes half round."""
    graph = nx.Graph()
    nx.add_path(graph, range(11), weight=10)
    graph.add_edge(0, 10, weight=1)
    assert weighted_betweenness(arrays(graph)).value[5] == pytest.approx(24.5)


@given(nets())
def test_all_sources_make_the_estimate_exact(graph: nx.Graph) -> None:
    """With every node as a source nothing is left to chance."""
    network = arrays(graph)
    if network.count < 2:
        return
    found = estimated_betweenness(network, np.arange(network.count))
    assert found.value == pytest.approx(betweenness(network).value, abs=1e-9)
    assert found.error == pytest.approx(np.zeros(network.count), abs=1e-9)


def test_estimates_lie_around_the_value_as_far_as_their_error_says() -> None:
    """Over many draws: no drift, and the mean squared error is the one that is told."""
    network = arrays(nx.connected_watts_strogatz_graph(60, 4, 0.2, seed=3))
    exact = betweenness(network).value
    random = np.random.default_rng(5)
    drawn = [random.choice(60, 15, replace=False) for _ in range(400)]
    found = [estimated_betweenness(network, np.sort(sources)) for sources in drawn]
    off = np.array([each.value - exact for each in found])
    told = np.array([each.error for each in found])
    assert np.abs(off.mean(axis=0)).max() < 4 * np.sqrt((told**2).mean(axis=0) / 400).max()
    assert (off**2).mean() == pytest.approx((told**2).mean(), rel=0.1)


def test_blocks_of_sources_add_up() -> None:
    """More nodes than one block holds, several parts, long chains: still that of networkx."""
    graph = nx.disjoint_union(nx.gnm_random_graph(90, 160, seed=2), nx.path_graph(40))
    told = list(nx.betweenness_centrality(graph, normalized=False).values())
    assert betweenness(arrays(graph)).value == pytest.approx(told)


def test_published_values() -> None:
    """Florentine marriages (Padgett), as printed: Medici 47.5, Guadagni 23.17, Albizzi 19.33."""
    graph = nx.florentine_families_graph()
    found = dict(zip(graph, betweenness(arrays(graph)).value, strict=True))
    assert found["Medici"] == pytest.approx(47.5)
    assert found["Guadagni"] == pytest.approx(23.1667, abs=1e-4)
    assert found["Albizzi"] == pytest.approx(19.3333, abs=1e-4)


def test_nobody_and_nothing() -> None:
    """A network of no node, and one without a tie."""
    for count in (0, 3):
        network = Network.from_ties(count, [], [])
        assert betweenness(network).value.tolist() == [0.0] * count
        assert weighted_betweenness(network).value.tolist() == [0.0] * count
