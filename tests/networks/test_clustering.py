"""Closed ways, k-cores and random walks, against slow definitions and networkx."""

from __future__ import annotations

from itertools import permutations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

from assetmap.networks.clustering import closed_ways, local_clustering
from assetmap.networks.cores import core_numbers
from assetmap.networks.walking import visits
from tests.networks.drawn import arrays, graphs

FEW = settings(max_examples=60, deadline=None)


@FEW
@given(graphs(most=7, directed=None))
def test_closed_ways_are_counted_one_by_one(graph: nx.Graph) -> None:
    """Every i, j, k with ties from i to j and from j to k; closed by one from i to k."""
    ways = [
        (i, j, k)
        for i, j, k in permutations(graph, 3)
        if graph.has_edge(i, j) and graph.has_edge(j, k)
    ]
    closed = sum(graph.has_edge(i, k) for i, _, k in ways)
    assert closed_ways(arrays(graph)) == (closed, len(ways))


@FEW
@given(graphs(directed=None))
def test_local_clustering_is_that_of_networkx_where_it_is_defined(graph: nx.Graph) -> None:
    """NaN where nothing could be closed; networkx says 0 there."""
    found = local_clustering(arrays(graph))
    expected = nx.clustering(graph)
    assert np.nan_to_num(found).tolist() == pytest.approx([expected[n] for n in range(len(graph))])
    if not graph.is_directed():
        assert np.isnan(found).tolist() == [graph.degree[n] < 2 for n in range(len(graph))]


@FEW
@given(graphs(most=12, directed=None))
def test_core_numbers_are_those_of_networkx(graph: nx.Graph) -> None:
    """Ties either way count once."""
    expected = nx.core_number(graph.to_undirected())
    assert core_numbers(arrays(graph)).tolist() == [expected[n] for n in range(len(graph))]


@FEW
@given(graphs(directed=None, weighted=True))
def test_visits_solve_the_equation_of_the_walk(graph: nx.Graph) -> None:
    """The shares solve the linear equation that defines them."""
    count = len(graph)
    found = visits(arrays(graph))
    if not count:
        assert found.size == 0
        return
    ties = nx.to_numpy_array(graph, nodelist=range(count))
    strength = ties.sum(axis=1, keepdims=True)
    step = np.where(strength > 0, ties / np.where(strength > 0, strength, 1), 1 / count)
    expected = np.linalg.solve(np.eye(count) - 0.85 * step.T, np.full(count, 0.15 / count))
    assert found.tolist() == pytest.approx(expected.tolist(), abs=1e-11)
