"""Core and periphery: against every division, and against a general optimiser."""

from __future__ import annotations

from itertools import product

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from assetmap.networks import periphery
from assetmap.networks.periphery import Between, best_core, closeness_to_core, fit_of_core
from tests.networks.drawn import arrays, graphs


def _fit(graph: nx.Graph, core: tuple[bool, ...], between: Between) -> float:
    """Correlation over pairs, from the definition; -2 where one of the two does not vary."""
    rows = []
    for a in graph:
        for b in range(a + 1, len(graph)):
            one_of_each = core[a] != core[b]
            if one_of_each and between is Between.OPEN:
                continue
            pattern = (core[a] and core[b]) or (one_of_each and between is Between.TIED)
            rows.append((graph.has_edge(a, b), pattern))
    if len({tie for tie, _ in rows}) < 2 or len({pattern for _, pattern in rows}) < 2:
        return -2.0
    return float(np.corrcoef(np.array(rows, dtype=float).T)[0, 1])


@settings(max_examples=40, deadline=None)
@given(graphs(most=7), st.sampled_from(list(Between)))
def test_the_core_is_the_best_of_all_divisions(graph: nx.Graph, between: Between) -> None:
    """With few nodes nothing fits better; the search finds the same fit."""
    network = arrays(graph)
    every = {core: _fit(graph, core, between) for core in product([False, True], repeat=len(graph))}
    best = max(every.values())
    found = best_core(network, between=between)
    if found is None or best == -2.0:
        assert found is None
        assert best == -2.0
        return
    assert found.exact
    assert found.fit == pytest.approx(best)
    assert every[tuple(found.core.tolist())] == pytest.approx(best)
    smallest = min(sum(core) for core, fit in every.items() if fit >= best - 1e-9)
    assert found.core.sum() == smallest
    assert fit_of_core(network, found.core, between) == pytest.approx(best)


@pytest.mark.parametrize("between", list(Between))
def test_the_search_finds_what_looking_at_all_finds(
    between: Between, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On thirty random networks of 12 nodes the search misses none of the best fits."""
    for seed in range(30):
        network = arrays(nx.gnp_random_graph(12, 0.1 + seed / 50, seed=seed))
        monkeypatch.setattr(periphery, "EXACT", 20)
        exact = best_core(network, between=between)
        monkeypatch.setattr(periphery, "EXACT", 0)
        searched = best_core(network, between=between)
        assert exact.exact
        assert not searched.exact
        assert searched.fit == pytest.approx(exact.fit)


@pytest.mark.parametrize("size", [40, 700])
def test_a_planted_core_is_found(size: int) -> None:
    """Five who all know each other and everybody else, who know nobody else; also by leaps."""
    graph = nx.complete_graph(5)
    graph.add_edges_from((a, b) for a in range(5) for b in range(5, size))
    found = best_core(arrays(graph))
    assert np.flatnonzero(found.core).tolist() == [0, 1, 2, 3, 4]
    assert found.fit == pytest.approx(1.0)


def test_leaps_end_where_single_steps_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """With and without leaps the fit is nearly the same; no single change makes it better."""
    for seed in range(5):
        network = arrays(nx.barabasi_albert_graph(120, 3, seed=seed))
        slow = best_core(network)
        monkeypatch.setattr(periphery, "SMALL", 50)
        leapt = best_core(network)
        monkeypatch.undo()
        assert leapt.fit == pytest.approx(slow.fit, abs=0.02)
        for node in range(120):
            other = leapt.core.copy()
            other[node] = not other[node]
            assert fit_of_core(network, other, Between.TIED) <= leapt.fit + 1e-9


@settings(max_examples=8, deadline=None)
@given(graphs(most=7, weighted=True))
def test_closeness_to_the_core_leaves_the_least_squares(graph: nx.Graph) -> None:
    """A general optimiser from several starts comes no closer to the ties."""
    found = closeness_to_core(arrays(graph))
    if found is None:
        return
    closeness, fit = found
    upper = np.triu_indices(len(graph), 1)
    ties = nx.to_numpy_array(graph, nodelist=range(len(graph)))[upper]
    products = np.outer(closeness, closeness)[upper]
    scale = (ties @ products) / (products @ products)  # as close as these products can come

    def rest(c: np.ndarray) -> float:
        return float(((ties - np.outer(c, c)[upper]) ** 2).sum())

    rng = np.random.default_rng(0)
    starts = [rng.random(len(graph)) * 2 for _ in range(3)]
    best = min(minimize(rest, start, bounds=[(0, None)] * len(graph)).fun for start in starts)
    assert rest(closeness * np.sqrt(scale)) <= best + 0.02
    assert (closeness**2).sum() == pytest.approx(1.0)
    if np.ptp(products) > 1e-6:
        assert fit == pytest.approx(np.corrcoef(ties, products)[0, 1], abs=1e-6)


def test_without_a_pattern_there_is_no_core() -> None:
    """No tie, all ties, one node, no node."""
    for graph in (nx.empty_graph(4), nx.complete_graph(4), nx.empty_graph(1), nx.Graph()):
        assert best_core(arrays(graph)) is None
        assert closeness_to_core(arrays(graph)) is None
