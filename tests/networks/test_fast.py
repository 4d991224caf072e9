"""The optional extra: the same numbers with and without it."""

from __future__ import annotations

import sys

import networkx as nx
import numpy as np
import pytest

from assetmap import graph
from assetmap.networks import communities, fast, paths
from assetmap.networks.paths import betweenness
from tests.house.programs import missing
from tests.networks.brute import arrays

LONG = [
    nx.grid_2d_graph(12, 12),
    nx.watts_strogatz_graph(150, 4, 0.02, seed=3),
    nx.disjoint_union(nx.path_graph(60), nx.cycle_graph(7, create_using=nx.Graph)),
    nx.gnp_random_graph(120, 0.012, seed=4, directed=True),
    nx.path_graph(40, create_using=nx.DiGraph),
]


def _with_the_extra() -> None:
    if not fast.available():
        missing("the extra `fast` is not installed (pip install 'assetmap[fast]')")


@pytest.mark.parametrize("graph", LONG, ids=range(len(LONG)))
def test_the_same_numbers_with_and_without(graph: nx.Graph) -> None:
    """Long ways, several parts, with and without direction: within a billionth part."""
    _with_the_extra()
    network = arrays(graph)
    told = list(nx.betweenness_centrality(graph, normalized=False).values())
    by_rust = fast.betweenness_by_rust(network)
    assert by_rust is not None
    assert by_rust == pytest.approx(told, rel=1e-9, abs=1e-9)
    total, _ = paths._gathered(network, np.arange(network.count))
    assert paths._halved(network, total) == pytest.approx(by_rust, rel=1e-9, abs=1e-9)


def test_it_is_used_where_ways_are_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """And nowhere else."""
    asked = list[int]()

    def noted(network: object) -> None:
        asked.append(network.count)  # type: ignore[attr-defined]

    monkeypatch.setattr(paths, "betweenness_by_rust", noted)
    betweenness(arrays(nx.path_graph(60)))
    betweenness(arrays(nx.star_graph(60)))
    assert asked == [60]


def test_without_the_extra_nothing_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A library that cannot be imported is done without."""
    monkeypatch.setitem(sys.modules, "rustworkx", None)
    monkeypatch.setitem(sys.modules, "networkit", None)
    assert not fast.available()
    assert fast.betweenness_by_rust(arrays(nx.path_graph(3))) is None
    assert betweenness(arrays(nx.path_graph(60))).value[30] == 30 * 29
    monkeypatch.setattr(communities, "LARGE", 1)
    (found,) = communities.partitions(arrays(nx.karate_club_graph()), runs=1, seed=0)
    assert not found.by_kit


def test_groups_of_large_networks_are_nearly_as_good(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nearly the modularity of the search without the extra, told, the same for one seed."""
    _with_the_extra()
    network = arrays(nx.planted_partition_graph(8, 40, 0.3, 0.01, seed=2))
    told = max(each.modularity for each in communities.partitions(network, runs=3, seed=0))
    monkeypatch.setattr(communities, "LARGE", 100)
    found = communities.partitions(network, runs=3, seed=0)
    assert all(each.by_kit for each in found)
    assert max(each.modularity for each in found) == pytest.approx(told, abs=0.01)
    again = communities.partitions(network, runs=3, seed=0)
    assert [each.label.tolist() for each in again] == [each.label.tolist() for each in found]
    for each in found:
        assert each.modularity == communities.modularity(network, each.label)
    said = graph.communities(nx.planted_partition_graph(8, 40, 0.3, 0.01, seed=2)).assumptions
    assert "searched by NetworKit" in said


def test_weights_and_resolution_reach_networkit() -> None:
    """Two pairs of strong ties in a ring; with a high resolution everybody is apart."""
    _with_the_extra()
    ring = nx.Graph()
    ring.add_weighted_edges_from([(0, 1, 9), (1, 2, 1), (2, 3, 9), (3, 0, 1)])
    label = fast.groups_by_networkit(arrays(ring), seed=1, resolution=1.0)
    assert label is not None
    assert label[0] == label[1] != label[2] == label[3]
    apart = fast.groups_by_networkit(arrays(ring), seed=1, resolution=9.0)
    assert apart is not None
    assert len(set(apart.tolist())) == 4
