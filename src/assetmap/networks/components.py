"""Which parts there are between which there is no tie, and groups numbered by their size."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from assetmap.networks.network import Network

__all__ = ["by_size", "components"]


def components(network: Network) -> NDArray[np.int64]:
    """Return in which component each node is: 0 for the largest.

    Joined by ties either way; of the same size, the one with the first node goes first.

    Examples
    --------
    >>> components(Network.from_ties(4, [1, 2], [2, 3])).tolist()
    [1, 0, 0, 0]
    """
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
