"""K-cores: what is left when everybody with fewer than k ties is taken out, again and again."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from assetmap.networks.network import Network
from assetmap.networks.triangles import spread

__all__ = ["core_numbers"]


def core_numbers(network: Network) -> NDArray[np.int64]:
    """Return the largest k for which each node is in the k-core.

    Everybody with the fewest ties left is taken out at once (after Batagelj and Zaversnik 2003);
    time grows with nodes and ties. Ties either way count, once.

    Examples
    --------
    >>> core_numbers(Network.from_ties(5, [0, 1, 2, 2], [1, 2, 0, 3])).tolist()
    [2, 2, 2, 1, 0]
    """
    plain = network.undirected
    left, core = plain.degree.copy(), np.zeros(network.count, dtype=np.int64)
    there = np.ones(network.count, dtype=bool)
    least = 0
    while there.any():
        least = max(least, int(left[there].min()))
        out = np.flatnonzero(there & (left <= least))
        while out.size:
            core[out], there[out] = least, False
            _, place = spread(plain.ties.indptr[out].astype(np.int64), plain.degree[out])
            met = plain.ties.indices[place].astype(np.int64)
            others, times = np.unique(met[there[met]], return_counts=True)
            left[others] -= times
            out = others[left[others] <= least]
    return core
