"""How far apart: pairs at each distance, by walking from many nodes at once; and the components."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assetmap.networks.network import Network

__all__ = ["Distances", "components", "distances"]

WORD = 64
"""Targets that one machine word follows at the same time."""
ROOM = 4_000_000
"""Words that are looked at in one step, so that memory stays bounded."""
MANY = 64
"""A node with more ties than this is served by itself."""
_BITS = np.array([value.bit_count() for value in range(1 << 16)], dtype=np.uint8)


@dataclass(frozen=True, eq=False)
class Distances:
    """Numbers of ties on shortest ways, from every node to the targets.

    Attributes
    ----------
    pairs : array of int
        ``pairs[d]``: ordered pairs at distance d; ``pairs[0]`` is 0.
    reached : array of int
        Per node: how many of the targets can be reached from it, itself left out.
    farness : array of int
        Per node: the sum of its distances to those.
    targets : int
        How many targets there were; as many as nodes unless a sample was asked for.
    """

    pairs: NDArray[np.int64]
    reached: NDArray[np.int64]
    farness: NDArray[np.int64]
    targets: int


def distances(network: Network, targets: NDArray[np.int64] | None = None) -> Distances:
    """Count ties on shortest ways from every node to every target, weights aside.

    1. Each node holds one bit per target, set at the target itself.
    2. In step d a node takes over the bits of those it has a tie to; what is new is at distance d.
    3. Until nothing is new. 64 targets share one machine word.

    Time grows with ties times targets / 64 times the longest distance.

    Parameters
    ----------
    network : Network
        Ties are followed in their direction.
    targets : array of int, optional
        Positions, each once; default: every node.

    Examples
    --------
    >>> distances(Network.from_ties(3, [0, 1], [1, 2])).pairs.tolist()
    [0, 4, 2]
    """
    count = network.count
    goals = np.arange(count, dtype=np.int64) if targets is None else targets
    pairs = np.zeros(1, dtype=np.int64)
    reached, farness = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    width = WORD * int(np.clip(ROOM // max(1, network.count), 1, 64))
    take = _Taking(network)
    for start in range(0, len(goals), width):
        steps = _steps(network, goals[start : start + width], take)
        for step, new in enumerate(steps, start=1):
            if step == len(pairs):
                pairs = np.append(pairs, 0)
            pairs[step] += new.sum()
            reached += new
            farness += step * new
    return Distances(pairs, reached, farness, len(goals))


def _steps(
    network: Network, goals: NDArray[np.int64], take: _Taking
) -> Iterator[NDArray[np.int64]]:
    """Yield, per step, how many of these targets each node meets for the first time."""
    words = -(-len(goals) // WORD)
    met = np.zeros((network.count, words), dtype=np.uint64)
    bit = np.arange(len(goals))
    met[goals, bit // WORD] = np.uint64(1) << (bit % WORD).astype(np.uint64)
    new = met.copy()
    while True:
        new = take.over(new) & ~met
        if not new.any():
            return
        met |= new
        yield _ones(new)


class _Taking:
    """Takes over the bits of those that each node has a tie to.

    Nodes with few ties are served one tie at a time, all nodes at once; nodes with many one by
    one. That is several times faster than one reduction over all ties.
    """

    def __init__(self, network: Network) -> None:
        ties, size = network.ties, network.degree
        self.few: list[tuple[NDArray[np.intp], NDArray[Any]]] = []
        for nth in range(min(MANY, int(size.max(initial=0)))):
            rows = np.flatnonzero((size > nth) & (size <= MANY))
            self.few.append((rows, ties.indices[ties.indptr[rows] + nth]))
        self.many = [(row, network.neighbours(row)) for row in np.flatnonzero(size > MANY).tolist()]

    def over(self, bits: NDArray[np.uint64]) -> NDArray[np.uint64]:
        """Return, for each node, the bits of all it has a tie to."""
        taken = np.zeros_like(bits)
        for rows, near in self.few:
            taken[rows] |= bits[near]
        for row, near in self.many:
            taken[row] = np.bitwise_or.reduce(bits[near], axis=0)
        return taken


def _ones(words: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Count the bits that are set in each row."""
    counted: NDArray[np.int64] = _BITS[words.view(np.uint16)].sum(axis=1, dtype=np.int64)
    return counted


def components(network: Network) -> NDArray[np.int64]:
    """Return in which component each node is: 0 for the largest.

    Joined by ties either way; of the same size, the one with the first node goes first.

    Examples
    --------
    >>> components(Network.from_ties(4, [1, 2], [2, 3])).tolist()
    [1, 0, 0, 0]
    """
    from scipy.sparse.csgraph import connected_components

    found: Any = connected_components(network.ties, directed=network.directed, connection="weak")
    return by_size(np.asarray(found[1], dtype=np.int64))


def by_size(label: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give groups new numbers: the largest is 0; of the same size, the one with the first node."""
    if not label.size:
        return label.astype(np.int64)
    _, first, inverse, size = np.unique(
        label, return_index=True, return_inverse=True, return_counts=True
    )
    rank = np.empty(len(size), dtype=np.int64)
    rank[np.lexsort((first, -size))] = np.arange(len(size))
    return rank[inverse]
