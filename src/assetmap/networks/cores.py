"""K-cores: what is left when everybody with fewer than k ties is taken out, again and again."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from assetmap.networks.network import Network

__all__ = ["core_numbers"]


def core_numbers(network: Network) -> NDArray[np.int64]:
    """Return the largest k for which each node is in the k-core.

    Nodes are taken out in the order of the ties they have left (Batagelj and Zaversnik 2003);
    time grows with nodes and ties. Ties either way count, once.

    Examples
    --------
    >>> core_numbers(Network.from_ties(5, [0, 1, 2, 2], [1, 2, 0, 3])).tolist()
    [2, 2, 2, 1, 0]
    """
    plain = network.undirected
    left = plain.degree.tolist()
    order = np.argsort(plain.degree, kind="stable").tolist()
    place = [0] * len(order)
    for at, node in enumerate(order):
        place[node] = at
    start = np.searchsorted(np.sort(plain.degree), np.arange(max(left, default=0) + 2)).tolist()
    near, indptr = plain.ties.indices.tolist(), plain.ties.indptr.tolist()
    for at in range(len(order)):
        node = order[at]
        own = left[node]
        for other in near[indptr[node] : indptr[node + 1]]:
            degree = left[other]
            if degree > own:
                first = start[degree]
                swapped, old = order[first], place[other]
                order[first], order[old] = other, swapped
                place[other], place[swapped] = first, old
                start[degree] = first + 1
                left[other] = degree - 1
    return np.array(left, dtype=np.int64)
