"""How far everybody is from everybody, a tie being one step."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assetmap.networks.memory import remembered
from assetmap.networks.network import Network

__all__ = ["Distances", "distances", "sampled_distances"]

_WORDS = 4_000_000
_BITS = 64
Bits = NDArray[np.uint64]


@dataclass(frozen=True, eq=False)
class Distances:
    """Steps to others, following the direction of ties.

    Attributes
    ----------
    reached : array of int
        How many others each node can reach.
    total : array of int
        The steps to those, added up.
    inverse : array of float
        The sum of 1 / steps.
    squares : array of float
        The sum of 1 / steps squared.
    farthest : array of int
        The steps to the farthest of those; 0 where nobody is reached.
    pairs : array of int
        How many ordered pairs are 0, 1, 2, ... steps apart; none at 0.
    """

    reached: NDArray[np.int64]
    total: NDArray[np.int64]
    inverse: NDArray[np.float64]
    squares: NDArray[np.float64]
    farthest: NDArray[np.int64]
    pairs: NDArray[np.int64]


@remembered
def distances(network: Network) -> Distances:
    """Count for each node how many others are one step away, two, and so on.

    Whom a node reaches in d + 1 steps are those whom its contacts reach in d: sets of nodes are
    bits, joined 64 at a time. Time grows with nodes times ties times steps, divided by 64.
    """
    return sampled_distances(network, np.arange(network.count))


def sampled_distances(network: Network, targets: NDArray[np.int64]) -> Distances:
    """Count as :func:`distances`, but only the steps to some nodes; a node itself never counts."""
    count = network.count
    reached, total, farthest = (np.zeros(count, dtype=np.int64) for _ in range(3))
    inverse, squares, pairs = np.zeros(count), np.zeros(count), [0]
    words = max(1, _WORDS // max(network.ties.nnz, 1))
    for first in range(0, targets.size, words * _BITS):
        some = targets[first : first + words * _BITS]
        for step, found in enumerate(_outward(network, some), start=1):
            if step == len(pairs):
                pairs.append(0)
            reached += found
            total += step * found
            inverse += found / step
            squares += found / step**2
            farthest[found > 0] = np.maximum(farthest[found > 0], step)
            pairs[step] += int(found.sum())
    told = np.array(pairs, dtype=np.int64)
    return Distances(reached, total, inverse, squares, farthest, told)


def _outward(network: Network, targets: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Return per step how many of the targets each node newly reaches."""
    ties = network.ties
    some = np.flatnonzero(np.diff(ties.indptr))
    begin = ties.indptr[some]
    front = np.zeros((network.count, -(-targets.size // _BITS)), dtype=np.uint64)
    at = np.arange(targets.size)
    front[targets, at // _BITS] = np.uint64(1) << (at % _BITS).astype(np.uint64)
    seen, found = front.copy(), list[NDArray[np.int64]]()
    while some.size:
        met = np.zeros_like(front)
        met[some] = np.bitwise_or.reduceat(front[ties.indices], begin, axis=0)
        front = met & ~seen
        if not front.any():
            break
        seen |= front
        found.append(_count(front))
    return found


_ONES = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1).sum(axis=1, dtype=np.int64)


def _count(bits: Bits) -> NDArray[np.int64]:
    """Count the ones of each row."""
    if hasattr(np, "bitwise_count"):
        ones: NDArray[np.int64] = np.bitwise_count(bits).sum(axis=1, dtype=np.int64)
        return ones
    counted: NDArray[np.int64] = _ONES[bits.view(np.uint8)].sum(axis=1)
    return counted
