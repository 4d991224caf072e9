"""Where somebody ends up who walks along ties at random."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from assetmap.networks.network import Network

__all__ = ["visits"]

SMALLEST = 1e-13
"""The walk has settled when the shares together change by less."""
STEPS = 10_000


def visits(network: Network, damping: float = 0.85) -> NDArray[np.float64]:
    """Return the share of time that a random walk spends at each node (PageRank).

    With probability `damping` the walk goes on along a tie, chosen in proportion to its weight;
    else, or where no tie goes out, it starts anew at any node alike (Brin and Page 1998).

    Examples
    --------
    >>> visits(Network.from_ties(3, [0, 2], [1, 1])).round(4).tolist()
    [0.2568, 0.4865, 0.2568]
    """
    count = network.count
    if not count:
        return np.zeros(0)
    strength = np.asarray(network.ties.sum(axis=1), dtype=np.float64).ravel()
    stuck = strength == 0
    each = np.divide(1.0, strength, where=~stuck, out=np.zeros(count))
    step = sp.csr_array(network.ties.T @ sp.diags_array(each))
    share = np.full(count, 1.0 / count)
    for _ in range(STEPS):
        anew = (1.0 - damping + damping * share[stuck].sum()) / count
        after = damping * (step @ share) + anew
        after /= after.sum()
        moved = np.abs(after - share).sum()
        share = after
        if moved < SMALLEST:
            break
    return share
