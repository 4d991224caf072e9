"""How far everybody is from everybody, a tie being one step: walking from many nodes at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assetmap.networks.memory import remembered
from assetmap.networks.network import Network

__all__ = ["Distances", "distances", "sampled_distances"]

WORD = 64
"""Targets that one machine word follows at the same time."""
ROOM = 4_000_000
"""Words that one step may take over, or hold, so that memory stays bounded."""
MANY = 64
"""A node with more ties than this is served by itself."""


@dataclass(frozen=True, eq=False)
class Distances:
    """Steps from every node to the targets, following the direction of ties.

    Attributes
    ----------
    targets : int
        How many targets there were; as many as nodes unless a sample was asked for.
    others : array of int
        Per node: how many targets are others than the node itself.
    reached : array of int
        Per node: how many of the targets can be reached from it, itself left out.
    farness : array of int
        The steps to those, added up.
    inverse : array of float
        The sum of 1 / steps.
    squares : array of float
        The sum of 1 / steps squared.
    farthest : array of int
        The steps to the farthest of those; 0 where nobody is reached.
    pairs : array of int
        ``pairs[d]``: ordered pairs that are d steps apart; ``pairs[0]`` is 0.
    """

    targets: int
    others: NDArray[np.int64]
    reached: NDArray[np.int64]
    farness: NDArray[np.int64]
    inverse: NDArray[np.float64]
    squares: NDArray[np.float64]
    farthest: NDArray[np.int64]
    pairs: NDArray[np.int64]


@remembered
def distances(network: Network) -> Distances:
    """Count for each node how many others are one step away, two, and so on; weights aside.

    1. Each node holds one bit per target, set at the target itself.
    2. In step d a node takes over the bits of those it has a tie to; what is new is d steps away.
    3. Until nothing is new. 64 targets share one machine word.

    Time grows with ties times targets / 64 times the longest distance.

    Examples
    --------
    >>> distances(Network.from_ties(3, [0, 1], [1, 2])).pairs.tolist()
    [0, 4, 2]
    """
    return sampled_distances(network, np.arange(network.count))


def sampled_distances(network: Network, targets: NDArray[np.int64]) -> Distances:
    """Count as :func:`distances`, but only the steps to some nodes; a node itself never counts.

    Parameters
    ----------
    network : Network
        Ties are followed in their direction.
    targets : array of int
        Positions, each once.
    """
    count = network.count
    reached, farness, farthest = (np.zeros(count, dtype=np.int64) for _ in range(3))
    inverse, squares, pairs = np.zeros(count), np.zeros(count), [0]
    width = WORD * max(1, ROOM // max(network.ties.nnz, count, 1))
    take = _Taking(network)
    for first in range(0, targets.size, width):
        steps = _steps(take, take.place[targets[first : first + width]])
        for step, new in enumerate(steps, start=1):
            if step == len(pairs):
                pairs.append(0)
            pairs[step] += int(new.sum())
            reached += new
            farness += step * new
            inverse += new / step
            squares += new / step**2
            farthest[new > 0] = np.maximum(farthest[new > 0], step)
    others, at = np.full(count, targets.size), take.place
    others[targets] -= 1
    return Distances(
        targets=targets.size,
        others=others,
        reached=reached[at],
        farness=farness[at],
        inverse=inverse[at],
        squares=squares[at],
        farthest=farthest[at],
        pairs=np.array(pairs, dtype=np.int64),
    )


def _steps(take: _Taking, targets: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    """Yield, per step, how many of these targets the node at each place meets newly."""
    met = np.zeros((take.place.size, -(-targets.size // WORD)), dtype=np.uint64)
    at = np.arange(targets.size)
    met[targets, at // WORD] = np.uint64(1) << (at % WORD).astype(np.uint64)
    new = met.copy()
    while True:
        new = take.over(new) & ~met
        if not new.any():
            return
        met |= new
        yield _ones(new)


class _Taking:
    """Takes over the bits of those that each node has a tie to.

    Nodes stand by their number of ties, most first, so that those that have a first tie, a
    second, ... are always a run. Nodes with few ties are served one tie at a time, all nodes at
    once; nodes with many one by one. That is faster than one reduction over all ties.

    Attributes
    ----------
    place : array of int
        Where each node stands.
    """

    def __init__(self, network: Network) -> None:
        ties, size = network.ties, network.degree
        order = np.argsort(-size, kind="stable")
        self.place = np.empty_like(order)
        self.place[order] = np.arange(order.size)
        hubs = int(np.count_nonzero(size > MANY))
        self.many = [self.place[network.neighbours(node)] for node in order[:hubs].tolist()]
        self.few: list[NDArray[np.int64]] = []
        for nth in range(min(MANY, int(size.max(initial=0)))):
            having = order[hubs : np.count_nonzero(size > nth)]
            self.few.append(self.place[ties.indices[ties.indptr[having] + nth]])

    def over(self, bits: NDArray[np.uint64]) -> NDArray[np.uint64]:
        """Return, for each node, the bits of all it has a tie to."""
        taken = np.zeros_like(bits)
        for row, near in enumerate(self.many):
            taken[row] = np.bitwise_or.reduce(bits[near], axis=0)
        rest = taken[len(self.many) :]
        for near in self.few:
            rest[: near.size] |= bits[near]
        return taken


_ONES = np.array([value.bit_count() for value in range(1 << 16)], dtype=np.uint8)


def _ones(words: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Count the bits that are set in each row."""
    if hasattr(np, "bitwise_count"):
        ones: NDArray[np.int64] = np.bitwise_count(words).sum(axis=1, dtype=np.int64)
        return ones
    counted: NDArray[np.int64] = _ONES[words.view(np.uint16)].sum(axis=1, dtype=np.int64)
    return counted
