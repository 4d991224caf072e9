"""Key players: every set tried from the definitions, and sets that are found step by step."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.errors import UnusableInput
from assetmap.networks import keyplayers
from assetmap.networks.keyplayers import (
    Chosen,
    breaking,
    breaking_distance,
    reaching,
    steps_between,
    without,
)
from tests.networks.brute import arrays, nets


def _broken(graph: nx.Graph, chosen: tuple[int, ...]) -> float:
    rest = graph.to_undirected()
    rest.remove_nodes_from(chosen)
    pairs = len(rest) * (len(rest) - 1)
    return 1 - sum(len(part) * (len(part) - 1) for part in nx.connected_components(rest)) / pairs


def _apart(graph: nx.Graph, chosen: tuple[int, ...]) -> float:
    rest = graph.copy()
    rest.remove_nodes_from(chosen)
    steps = dict(nx.all_pairs_shortest_path_length(rest))
    near = sum(1 / d for a in rest for d in steps[a].values() if d)
    return 1 - near / (len(rest) * (len(rest) - 1))


def _reached(graph: nx.Graph, chosen: tuple[int, ...], within: int | None) -> float:
    steps = nx.multi_source_dijkstra_path_length(graph, set(chosen), weight=None)
    if within is not None:
        return sum(d <= within for d in steps.values()) / len(graph)
    return sum(1 / max(d, 1) for d in steps.values()) / len(graph)


def _best(graph: nx.Graph, size: int, value: object) -> tuple[tuple[int, ...], float]:
    """Return the first of the sets with the highest value, by trying them all."""
    told = [(value(graph, each), each) for each in combinations(graph, size)]  # type: ignore[operator]
    top = max(worth for worth, _ in told)
    return next(each for worth, each in told if worth > top - 1e-9), top


@settings(max_examples=40)
@given(nets(most=7), st.integers(1, 3))
def test_sets_are_the_best_of_all_sets(graph: nx.Graph, size: int) -> None:
    """For each aim: the value by its definition, and the first of the best sets."""
    network = arrays(graph)
    if len(graph) - size >= 2:
        for found, value in ((breaking, _broken), (breaking_distance, _apart)):
            nodes, top = _best(graph, size, value)
            assert found(network, size) == Chosen(nodes, pytest.approx(top), exact=True)
    if len(graph) >= size:
        for within in (None, 1, 2):
            nodes, top = _best(graph, size, lambda g, each, m=within: _reached(g, each, m))
            found = reaching(network, size, within=within)
            assert found == Chosen(nodes, pytest.approx(top), exact=True)


@pytest.mark.parametrize("seed", range(4))
def test_step_by_step_nearly_as_good_and_says_so(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where not all sets are tried: marked, the value is that of the set, and no swap helps."""
    monkeypatch.setattr(keyplayers, "_SETS", 1)
    monkeypatch.setattr(keyplayers, "_SETS_BY_DISTANCE", 1)
    graph = nx.connected_watts_strogatz_graph(14, 2, 0.5, seed=seed)
    network = arrays(graph)
    for found, value in (
        (breaking(network, 2), _broken),
        (breaking_distance(network, 2), _apart),
        (reaching(network, 2), lambda g, each: _reached(g, each, None)),
    ):
        assert not found.exact
        assert found.value == pytest.approx(value(graph, found.nodes))
        _, top = _best(graph, 2, value)
        assert 0.8 * top <= found.value <= top + 1e-9
        for out in found.nodes:
            rest = set(found.nodes) - {out}
            swaps = [tuple(sorted(rest | {other})) for other in set(graph) - set(found.nodes)]
            assert max(value(graph, each) for each in swaps) <= found.value + 1e-9


def test_swapping_mends_a_greedy_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Best alone is the middle of five; together the two at a third reach more."""
    monkeypatch.setattr(keyplayers, "_SETS", 1)
    found = reaching(arrays(nx.path_graph(5)), 2, within=1)
    assert found == Chosen((1, 3), 1.0, exact=False)


def test_only_some_are_tried_by_distance(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those with the highest betweenness."""
    monkeypatch.setattr(keyplayers, "_SETS_BY_DISTANCE", 1)
    monkeypatch.setattr(keyplayers, "POOL", 1)
    assert breaking_distance(arrays(nx.path_graph(7)), 1).nodes == (3,)


@given(nets())
def test_steps_between_all(graph: nx.Graph) -> None:
    """A walk from each node, -1 where it does not come."""
    told = dict(nx.all_pairs_shortest_path_length(graph))
    found = steps_between(arrays(graph))
    assert found.tolist() == [[told[a].get(b, -1) for b in graph] for a in graph]


def test_the_rest_of_a_network_keeps_its_kind() -> None:
    """Direction, weights and modes stay; positions are told."""
    graph = nx.DiGraph()
    graph.add_weighted_edges_from([(0, 1, 2), (1, 2, 3), (2, 3, 4)])
    rest, place = without(arrays(graph, mode=[0, 1, 0, 1]), (1,))
    assert place.tolist() == [0, 2, 3]
    assert (rest.directed, rest.ties.nnz, rest.ties.data.tolist()) == (True, 1, [4.0])
    assert rest.mode is not None
    assert np.array_equal(rest.mode, [0, 0, 1])


def test_sizes_that_cannot_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody, more than there are, too few left, too large a network."""
    network = arrays(nx.path_graph(4))
    for size in (0, 3):
        with pytest.raises(UnusableInput, match=f"size is {size}"):
            breaking(network, size)
    with pytest.raises(UnusableInput, match="size is 5"):
        reaching(network, 5)
    assert reaching(network, 4).value == 1.0
    monkeypatch.setattr(keyplayers, "MOST_FOR_REACH", 3)
    monkeypatch.setattr(keyplayers, "MOST_FOR_DISTANCE", 3)
    with pytest.raises(UnusableInput, match="up to 3 nodes; here are 4"):
        reaching(network, 1)
    with pytest.raises(UnusableInput, match="up to 3 nodes; here are 4"):
        breaking_distance(network, 1)
