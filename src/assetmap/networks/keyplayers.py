"""The few whose stopping breaks a network most, or who reach most of it (Borgatti 2006)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from assetmap.errors import UnusableInput
from assetmap.networks.articulation import cuts
from assetmap.networks.distances import distances
from assetmap.networks.network import Network
from assetmap.networks.paths import betweenness

__all__ = [
    "MOST_FOR_DISTANCE",
    "MOST_FOR_REACH",
    "POOL",
    "Chosen",
    "breaking",
    "breaking_distance",
    "reaching",
    "steps_between",
    "without",
]

MOST_FOR_REACH = 5_000
"""Reach needs the steps between all pairs: up to so many nodes."""

MOST_FOR_DISTANCE = 2_000
"""Distance-weighted fragmentation needs them anew for each set that is tried."""

POOL = 60
"""Where not all sets are tried, fragmentation by distance looks at so many nodes: those with the
highest betweenness."""

_SETS = 50_000
_SETS_BY_DISTANCE = 2_000
_NEAR = 1e-9
Numbers = NDArray[np.float64]
Nodes: TypeAlias = tuple[int, ...]
Gain: TypeAlias = Callable[[Nodes], Numbers]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A set of nodes, and what it attains.

    Attributes
    ----------
    nodes : tuple of int
        In order.
    value : float
        What is attained; more is more broken, or more reached.
    exact : bool
        Whether every set was tried; otherwise one node after the other was added, and swapped
        as long as that helped.
    """

    nodes: Nodes
    value: float
    exact: bool


def without(network: Network, nodes: Nodes) -> tuple[Network, NDArray[np.int64]]:
    """Return the rest of a network, and where its nodes stood."""
    left = np.delete(np.arange(network.count), list(nodes))
    ties: Any = network.ties[left][:, left]
    ties.sort_indices()
    mode = None if network.mode is None else network.mode[left]
    return Network(ties, network.directed, mode), left


def breaking(network: Network, size: int) -> Chosen:
    """Choose the set without which the fewest pairs of the others are connected; directions aside.

    The value is the share of pairs of those who are left that no way joins. All sets are tried
    up to 50,000 of them; each walk through the network tells for every node at once what would
    be left without it as well.
    """
    left = network.count - size
    _check(size, left, "fragmentation")
    plain = network.undirected

    def gain(chosen: Nodes) -> Numbers:
        rest, place = without(plain, chosen)
        found = np.full(plain.count, -np.inf)
        found[place] = 1.0 - cuts(rest).pairs / (left * (left - 1))
        return found

    return _best(network.count, size, gain, _SETS)


def breaking_distance(network: Network, size: int) -> Chosen:
    """Choose the set without which the others are farthest apart, on the whole.

    The value is 1 less the mean of 1 / steps over ordered pairs of those who are left, 0 for no
    way. All sets are tried up to 2,000 of them.
    """
    _check(size, network.count - size, "fragmentation")
    if network.count > MOST_FOR_DISTANCE:
        raise UnusableInput(
            f"fragmentation by distance is worked out up to {MOST_FOR_DISTANCE} nodes; "
            f"here are {network.count}"
        )
    every = np.arange(network.count)
    pool = every
    if comb(network.count, size) > _SETS_BY_DISTANCE:
        between = np.round(betweenness(network).value, 9)
        pool = np.sort(np.lexsort((every, -between))[:POOL])

    def gain(chosen: Nodes) -> Numbers:
        found = np.full(network.count, -np.inf)
        for node in pool.tolist():
            if node not in chosen:
                rest, _ = without(network, (*chosen, node))
                apart = distances(rest).inverse.sum() / (rest.count * (rest.count - 1))
                found[node] = 1.0 - apart
        return found

    return _best(network.count, size, gain, _SETS_BY_DISTANCE)


def reaching(network: Network, size: int, *, within: int | None = None) -> Chosen:
    """Choose the set that reaches most of the network, in few steps.

    The value is the sum over all nodes of 1 / steps from the nearest of the set, 1 for those of
    the set, 0 for no way; divided by the number of nodes. With `within` it is the share of nodes
    at most so many steps away. All sets are tried up to 50,000 of them.
    """
    _check(size, network.count - size + 2, "reach")  # the whole network may be chosen
    if network.count > MOST_FOR_REACH:
        raise UnusableInput(
            f"reach is worked out up to {MOST_FOR_REACH} nodes; here are {network.count}"
        )
    steps = steps_between(network)
    worth = np.zeros(steps.shape, dtype=np.float64)
    there = steps >= 0 if within is None else (steps >= 0) & (steps <= within)
    worth[there] = 1.0 if within is not None else 1.0 / np.maximum(steps[there], 1)

    def gain(chosen: Nodes) -> Numbers:
        near = worth[list(chosen)].max(axis=0, initial=0.0)
        found: Numbers = np.maximum(worth, near).sum(axis=1) / network.count
        found[list(chosen)] = -np.inf
        return found

    return _best(network.count, size, gain, _SETS)


def _check(size: int, left: int, what: str) -> None:
    if size < 1 or left < 2:
        raise UnusableInput(f"{what}: size is {size}; it leaves too few, or chooses nobody")


def steps_between(network: Network) -> NDArray[np.int16]:
    """Return the steps from each node to each other; -1 where there is no way."""
    count = network.count
    steps = np.full((count, count), -1, dtype=np.int16)
    step_of = network.unweighted.reversed.ties.astype(np.float32)
    for first in range(0, count, 256):
        block = np.arange(first, min(first + 256, count))
        found = np.full((count, block.size), -1, dtype=np.int16)
        found[block, block - first] = 0
        front = (found == 0).astype(np.float32)
        for step in range(1, count):
            new = ((step_of @ front) > 0) & (found < 0)
            if not new.any():
                break
            found[new] = step
            front = new.astype(np.float32)
        steps[block] = found.T
    return steps


def _best(count: int, size: int, gain: Gain, most: int) -> Chosen:
    """Try every set, or add and swap; of sets that are as good the first in order."""
    if comb(count, size) <= most:
        return _every(count, size, gain)
    return _swapped(_greedy(size, gain), gain)


def _every(count: int, size: int, gain: Gain) -> Chosen:
    best = Chosen((), -np.inf, exact=True)
    for first in combinations(range(count), size - 1):
        last = first[-1] if first else -1
        found = gain(first)[last + 1 :]
        if found.size and found.max() > best.value + _NEAR:
            at = int(_first_best(found))
            best = Chosen((*first, last + 1 + at), float(found[at]), exact=True)
    return best


def _first_best(found: Numbers) -> int:
    return int(np.flatnonzero(found >= found.max() - _NEAR)[0])


def _greedy(size: int, gain: Gain) -> Chosen:
    chosen, value = list[int](), -np.inf
    for _ in range(size):
        found = gain(tuple(sorted(chosen)))
        at = _first_best(found)
        chosen.append(at)
        value = float(found[at])
    return Chosen(tuple(sorted(chosen)), value, exact=False)


def _swapped(best: Chosen, gain: Gain) -> Chosen:
    """Replace one of the set by somebody else as long as that attains more."""
    while True:
        for better in _swaps(best, gain):
            if better.value > best.value + _NEAR:
                best = better
                break
        else:
            return best


def _swaps(best: Chosen, gain: Gain) -> Iterator[Chosen]:
    for out in best.nodes:
        rest = tuple(node for node in best.nodes if node != out)
        found = gain(rest)
        at = _first_best(found)
        yield Chosen(tuple(sorted((*rest, at))), float(found[at]), exact=False)
