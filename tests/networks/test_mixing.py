"""Like to like, against networkx and by hand."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.networks.mixing import (
    degree_assortativity,
    ends,
    group_assortativity,
    number_assortativity,
)
from tests.networks.drawn import arrays, graphs

FEW = settings(max_examples=50, deadline=None)


def _correlation(pairs: list[tuple[float, float]]) -> float:
    x, y = np.array(pairs, dtype=float).reshape(-1, 2).T
    if not len(x) or np.ptp(x) == 0 or np.ptp(y) == 0:
        return np.nan
    return float(np.corrcoef(x, y)[0, 1])


def _both_ways(graph: nx.Graph) -> list[tuple[int, int]]:
    """Each directed tie once, each undirected one from both ends."""
    ties = list(graph.edges)
    return ties if graph.is_directed() else ties + [(b, a) for a, b in ties]


@FEW
@given(graphs(directed=None), st.data())
def test_assortativity_from_its_definitions(graph: nx.Graph, data: st.DataObject) -> None:
    """Degrees, numbers and groups at the two ends of every tie."""
    network, pairs = arrays(graph), _both_ways(graph)
    out = dict(graph.out_degree if graph.is_directed() else graph.degree)
    into = dict(graph.in_degree if graph.is_directed() else graph.degree)
    expected = _correlation([(out[a], into[b]) for a, b in pairs])
    assert degree_assortativity(network) == pytest.approx(expected, nan_ok=True, abs=1e-9)
    size = len(graph)
    numbers = data.draw(st.lists(st.integers(0, 4), min_size=size, max_size=size))
    expected = _correlation([(numbers[a], numbers[b]) for a, b in pairs])
    found = number_assortativity(network, np.array(numbers, dtype=float))
    assert found == pytest.approx(expected, nan_ok=True, abs=1e-9)
    share = np.zeros((5, 5))
    for a, b in pairs:
        share[numbers[a], numbers[b]] += 1 / len(pairs)
    chance = float(share.sum(axis=1) @ share.sum(axis=0))
    expected = (np.trace(share) - chance) / (1 - chance) if pairs and chance < 1 - 1e-9 else np.nan
    found = group_assortativity(network, np.array(numbers, dtype=np.int64))
    assert found == pytest.approx(expected, nan_ok=True, abs=1e-9)


def test_the_same_as_networkx() -> None:
    """On the karate club and a directed network."""
    club = nx.karate_club_graph()
    turned = nx.gnm_random_graph(30, 120, seed=1, directed=True)
    for graph in (club, turned):
        for node in graph:
            graph.nodes[node]["sort"] = node % 3
        sort = np.array([graph.nodes[n]["sort"] for n in graph])
        network = arrays(graph).unweighted
        assert degree_assortativity(network) == pytest.approx(
            nx.degree_assortativity_coefficient(graph)
        )
        assert group_assortativity(network, sort) == pytest.approx(
            nx.attribute_assortativity_coefficient(graph, "sort")
        )
        assert number_assortativity(network, sort.astype(float)) == pytest.approx(
            nx.numeric_assortativity_coefficient(graph, "sort")
        )


def test_ties_with_an_unknown_end_are_left_out() -> None:
    """As if they were not there."""
    line, shorter = arrays(nx.path_graph(5)), arrays(nx.path_graph(4))
    numbers = np.array([1.0, 1.0, 5.0, 5.0, np.nan])
    assert number_assortativity(line, numbers) == number_assortativity(shorter, numbers[:4])
    groups = np.array([0, 0, 1, 1, -1])
    assert group_assortativity(line, groups) == group_assortativity(shorter, groups[:4])


@FEW
@given(graphs(directed=None))
def test_the_ends_are_the_ties(graph: nx.Graph) -> None:
    """Each tie once."""
    found = {
        frozenset(p) if not graph.is_directed() else p
        for p in zip(*ends(arrays(graph)), strict=True)
    }
    expected = {frozenset(e) if not graph.is_directed() else e for e in graph.edges}
    assert found == expected
