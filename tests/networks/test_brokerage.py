"""Brokerage by role: every triple by hand, and chance by every network there is."""

from __future__ import annotations

from itertools import combinations, permutations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetmap.networks.brokerage import brokerage, expected_of_all, expected_of_each
from tests.networks.brute import arrays, nets, role_of, roles_by_hand


@given(nets(), st.data())
def test_roles_are_those_of_every_ordered_triple(graph: nx.Graph, data: st.DataObject) -> None:
    """Also in an undirected network each pair counts both ways."""
    drawn = [data.draw(st.integers(0, 2)) for _ in graph]
    group = np.unique(np.array(drawn, dtype=int), return_inverse=True)[1]
    found = brokerage(arrays(graph), group)
    told = roles_by_hand(graph, group.tolist())
    assert found.raw.tolist() == told.tolist()
    assert found.whole[:, 0].tolist() == told.sum(axis=0).tolist()


def _every_network(
    group: tuple[int, ...], density: float, mutual: bool
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return mean and variance of each node and of all, over every network, by its chance."""
    count = len(group)
    pairs = list((combinations if mutual else permutations)(range(count), 2))
    number = np.arange(2 ** len(pairs))
    chance, there = np.ones(number.size), {}
    for at, (a, b) in enumerate(pairs):
        there[a, b] = (number >> at & 1).astype(bool)
        if mutual:
            there[b, a] = there[a, b]
        chance *= np.where(there[a, b], density, 1 - density)
    found = np.zeros((count, 6, number.size))
    for a, b, c in permutations(range(count), 3):
        brokered = there[a, b] & there[b, c] & ~there[a, c]
        found[b, role_of(group[a], group[b], group[c])] += brokered
        found[b, 5] += brokered
    mean, whole = found @ chance, found.sum(axis=0)
    total = whole @ chance
    return (
        mean,
        (found - mean[:, :, None]) ** 2 @ chance,
        total,
        (whole - total[:, None]) ** 2 @ chance,
    )


ORDERED = [(0, 0, 0, 0), (0, 0, 0, 1), (0, 0, 1, 1), (0, 0, 1, 2), (0, 1, 2, 3), (0, 0), (0,)]
MUTUAL = [(0, 0, 0, 0, 0), (0, 0, 0, 0, 1), (0, 0, 0, 1, 1), (0, 0, 0, 1, 2), (0, 0, 1, 1, 2)]


@pytest.mark.parametrize("density", [0.0, 0.2, 0.5, 0.9])
@pytest.mark.parametrize(
    ("group", "mutual"), [*((g, False) for g in ORDERED), *((g, True) for g in MUTUAL)]
)
def test_mean_and_variance_are_exact(group: tuple[int, ...], density: float, mutual: bool) -> None:
    """Each possible network of four nodes (of five, where ties go both ways) by its chance."""
    sizes = np.bincount(group).astype(float)
    mean, variance, total, spread = _every_network(group, density, mutual)
    own = expected_of_each(sizes, density, mutual=mutual)
    every = expected_of_all(sizes, density, mutual=mutual)
    assert own[0][list(group)] == pytest.approx(mean, abs=1e-12)
    assert own[1][list(group)] == pytest.approx(variance, abs=1e-12)
    assert every[0] == pytest.approx(total, abs=1e-12)
    assert every[1] == pytest.approx(spread, abs=1e-12)


def test_larger_networks_are_as_their_simulation_says() -> None:
    """Nine nodes in three groups, twenty thousand draws: within what chance allows."""
    group, random = np.array([0, 0, 0, 0, 1, 1, 1, 2, 2]), np.random.default_rng(8)
    off = ~np.eye(9, dtype=bool)
    draws = ((random.random((20_000, 9, 9)) < 0.3) & off).astype(np.int64)
    member = np.eye(3, dtype=np.int64)[group]
    way = np.einsum("tab,tbc,tac->tabc", draws, draws, (1 - draws) * off, optimize=True)
    inside = np.einsum("tabc,ag,bg,cg->t", way, member, member, member, optimize=True)
    mean, variance = expected_of_all(np.array([4.0, 3.0, 2.0]), 0.3)
    assert way.sum(axis=(1, 2, 3)).var() == pytest.approx(variance[5], rel=0.05)
    assert inside.mean() == pytest.approx(mean[0], rel=0.03)
    assert inside.var() == pytest.approx(variance[0], rel=0.05)
