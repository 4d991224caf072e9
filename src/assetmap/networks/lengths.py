"""Shortest ways where ties have lengths."""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.csgraph import dijkstra

from assetmap.networks.memory import remembered
from assetmap.networks.network import Network
from assetmap.networks.triangles import tails

__all__ = ["dependencies"]

_NEAR = 1e-9


@remembered
def _long(network: Network) -> Any:
    """Return how long each tie is: the inverse of its weight."""
    ties = network.ties
    return sp.csr_matrix((1.0 / ties.data, ties.indices, ties.indptr), shape=ties.shape)


def dependencies(network: Network, source: int) -> NDArray[np.float64]:
    """Return what one source adds to the betweenness of each node.

    1. Find the distance of every node, and the ties that lie on some shortest way.
    2. Follow these ties outward, a tie further each time, counting ways; note when each node
       was met last.
    3. Come back from who was met last, handing on shares.
    """
    length = _long(network)
    away = np.asarray(dijkstra(length, indices=[source]))[0]
    row, column = tails(length), length.indices
    with np.errstate(invalid="ignore"):
        short = np.abs(away[row] + length.data - away[column]) <= _NEAR * away[column]
    row, column = row[short], column[short]
    count = network.count
    front = np.zeros(count)
    front[source] = 1.0
    ways, last = front.copy(), np.zeros(count, dtype=np.int64)
    for step in range(1, count):
        front = np.bincount(column, front[row], count).astype(np.float64)
        if not front.any():
            break
        ways += front
        last[front > 0] = step
    behind = np.zeros(count)
    for step in range(int(last.max()) - 1, 0, -1):
        here = last[row] == step
        a, b = row[here], column[here]
        behind += np.bincount(a, ways[a] / ways[b] * (1.0 + behind[b]), count)
    return behind
