"""Networks drawn at random: what is kept is kept, and all that is possible comes alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import combinations, permutations, product

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.networks import Network
from assetmap.networks.randomness import Keep, drawn, rewired
from tests.networks.drawn import arrays, graphs

Ties = frozenset[tuple[int, int]]


def _ties(network: Network) -> Ties:
    rows, columns = network.ties.nonzero()
    pairs = zip(rows.tolist(), columns.tolist(), strict=True)
    return frozenset(pair for pair in pairs if network.directed or pair[0] < pair[1])


def _alike(counts: Counter[Ties], possible: Iterable[Ties]) -> bool:
    """Everything possible occurs, nothing else, and about equally often (five deviations)."""
    states = set(possible)
    each = counts.total() / len(states)
    near = all(abs(counts[state] - each) < 5 * np.sqrt(each) + 1 for state in states)
    return set(counts) == states and near


def _same_degrees(graph: nx.Graph, allowed: list[tuple[int, int]]) -> list[Ties]:
    """All simple networks on these pairs in which everybody has as many ties, out and in."""

    def ends(ties: Iterable[tuple[int, int]]) -> tuple[Counter[int], Counter[int]]:
        listed = list(ties)
        out, into = Counter(a for a, _ in listed), Counter(b for _, b in listed)
        return (out, into) if graph.is_directed() else (out + into, Counter())

    size = graph.number_of_edges()
    return [frozenset(c) for c in combinations(allowed, size) if ends(c) == ends(graph.edges)]


@pytest.mark.parametrize(
    "graph",
    [
        nx.cycle_graph(5),
        nx.Graph([(0, 1), (1, 2), (2, 3), (3, 4), (1, 3)]),
        nx.DiGraph([(0, 1), (1, 2), (2, 0)]),
        nx.DiGraph([(0, 1), (1, 2), (2, 0), (3, 0), (1, 3)]),
        nx.DiGraph([(0, 1), (1, 0), (2, 3), (3, 2)]),
    ],
)
def test_rewiring_reaches_every_network_with_these_degrees_alike(graph: nx.Graph) -> None:
    """Compared with all of them: ring, tree with a loop, one-way triangle, answered ties."""
    count, directed = len(graph), graph.is_directed()
    allowed = list(permutations(range(count), 2) if directed else combinations(range(count), 2))
    chain = rewired(arrays(graph), np.random.default_rng(3), burn_in=300, between=40)
    counts = Counter(_ties(next(chain)) for _ in range(1500))
    assert _alike(counts, _same_degrees(graph, allowed))


def test_rewiring_keeps_two_modes_apart() -> None:
    """Ties join the two modes before and after, and all such networks come."""
    graph = nx.Graph([(0, 3), (1, 4), (2, 5), (0, 4)])
    network = arrays(graph, mode=[0, 0, 0, 1, 1, 1])
    chain = rewired(network, np.random.default_rng(1), burn_in=300, between=40)
    counts = Counter(_ties(next(chain)) for _ in range(1500))
    assert _alike(counts, _same_degrees(graph, list(product(range(3), range(3, 6)))))


@settings(max_examples=40, deadline=None)
@given(graphs(directed=None, most=8), st.integers(0, 3))
def test_rewiring_keeps_every_number_of_ties(graph: nx.Graph, seed: int) -> None:
    """Out and in; no loop and no second tie; also where nothing can be exchanged."""
    network = arrays(graph)
    chain = rewired(network, np.random.default_rng(seed), burn_in=50, between=5)
    for _ in range(3):
        found = next(chain)
        assert found.degree.tolist() == network.degree.tolist()
        assert found.reversed.degree.tolist() == network.reversed.degree.tolist()
        assert not found.weighted
        assert found.directed == network.directed


def _choices(allowed: list[tuple[int, int]], size: int | None) -> list[Ties]:
    sizes = range(len(allowed) + 1) if size is None else [size]
    return [frozenset(chosen) for n in sizes for chosen in combinations(allowed, n)]


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("keep", [Keep.SIZE, Keep.TIES])
def test_every_network_of_this_size_comes_alike(keep: Keep, directed: bool) -> None:
    """All pairs of three nodes, chosen freely or two of them."""
    network = Network.from_ties(3, [0, 1], [1, 2], directed=directed)
    rng = np.random.default_rng(5)
    counts = Counter(_ties(drawn(network, keep, rng)) for _ in range(3000))
    allowed = list(permutations(range(3), 2) if directed else combinations(range(3), 2))
    assert _alike(counts, _choices(allowed, None if keep is Keep.SIZE else 2))


def test_every_network_with_these_dyads_comes_alike() -> None:
    """One pair both ways and one way one, among the six pairs of four nodes."""
    network = Network.from_ties(4, [0, 1, 1], [1, 0, 2], directed=True)
    pairs = list(combinations(range(4), 2))
    expected = [
        frozenset([both, both[::-1], tie])
        for both, one in permutations(pairs, 2)
        for tie in (one, one[::-1])
    ]
    rng = np.random.default_rng(6)
    counts = Counter(_ties(drawn(network, Keep.DYADS, rng)) for _ in range(4000))
    assert _alike(counts, expected)


def test_drawn_networks_keep_two_modes_apart() -> None:
    """Two ties of the six between two and three nodes."""
    network = Network.from_ties(5, [0, 1], [2, 3], mode=[0, 0, 1, 1, 1])
    rng = np.random.default_rng(7)
    counts = Counter(_ties(drawn(network, Keep.TIES, rng)) for _ in range(2000))
    assert _alike(counts, _choices(list(product(range(2), range(2, 5))), 2))


@settings(max_examples=40, deadline=None)
@given(graphs(directed=None), st.sampled_from(list(Keep)), st.integers(0, 9))
def test_what_is_kept_is_kept(graph: nx.Graph, keep: Keep, seed: int) -> None:
    """Numbers of nodes, of ties, of answered ties; also of a network without nodes."""
    network = arrays(graph)
    found = drawn(network, keep, np.random.default_rng(seed))
    assert (found.count, found.directed) == (network.count, network.directed)
    if keep is not Keep.SIZE:
        assert found.tie_count == network.tie_count
    if keep is Keep.DYADS:
        both = [
            one.unweighted.ties.multiply(one.unweighted.ties.T).sum() for one in (found, network)
        ]
        assert both[0] == both[1]
