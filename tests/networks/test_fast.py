"""The optional extra: the same numbers with and without it."""

from __future__ import annotations

import sys

import networkx as nx
import numpy as np
import pytest

from assetmap.networks import fast, paths
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
        missing("rustworkx is not installed (pip install 'assetmap[fast]')")


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
    assert not fast.available()
    assert fast.betweenness_by_rust(arrays(nx.path_graph(3))) is None
    assert betweenness(arrays(nx.path_graph(60))).value[30] == 30 * 29
