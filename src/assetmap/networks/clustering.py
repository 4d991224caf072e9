"""Whether those who know the same person know each other."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from assetmap.networks.network import Network
from assetmap.networks.triangles import triples

__all__ = ["closed_ways", "local_clustering"]


def closed_ways(network: Network) -> tuple[int, int]:
    """Count ways of two ties, from i over j to another k, and how many a tie from i to k closes.

    Each way counts in both directions where the network is undirected.

    Returns
    -------
    tuple of int
        Closed ways, and all ways.

    Examples
    --------
    >>> closed_ways(Network.from_ties(4, [0, 1, 2, 2], [1, 2, 0, 3]))
    (6, 10)
    """
    ties = _ones(network.ties)
    out = np.diff(ties.indptr).astype(np.int64)
    into = np.bincount(ties.indices, minlength=network.count).astype(np.int64)
    there_and_back = int(ties.multiply(ties.T).sum())
    closed = int(_through(ties).sum()) if network.directed else triples(network).ij.size
    return closed, int(out @ into) - there_and_back


def local_clustering(network: Network) -> NDArray[np.float64]:
    """Return how much of what could be closed around each node is closed.

    Undirected: ties among those joined to a node, over pairs of them. Directed: directed
    triangles of all kinds around a node, over those that there could be (Fagiolo 2007).

    Returns
    -------
    array of float
        NaN where nothing could be closed.

    Examples
    --------
    >>> local_clustering(Network.from_ties(4, [0, 1, 2, 2], [1, 2, 0, 3])).round(2).tolist()
    [1.0, 1.0, 0.33, nan]
    """
    ties = _ones(network.ties)
    if network.directed:
        both_ways = np.asarray(ties.multiply(ties.T).sum(axis=1)).ravel()
        ties = sp.csr_array(ties + ties.T)
        size = np.asarray(ties.sum(axis=1)).ravel()
        possible = 2 * (size * (size - 1) - 2 * both_ways)
        closed = _through(ties)
    else:
        size = np.diff(ties.indptr).astype(np.int64)
        possible = size * (size - 1)
        closed = np.bincount(triples(network).i, minlength=network.count)
    found = np.full(network.count, np.nan)
    np.divide(closed, possible, where=possible > 0, out=found)
    return found


def _ones(ties: sp.csr_array) -> sp.csr_array:
    """Return the same ties, each counted as 1, in whole numbers."""
    return sp.csr_array(
        (np.ones(ties.nnz, dtype=np.int64), ties.indices, ties.indptr), shape=ties.shape
    )


def _through(ties: sp.csr_array) -> NDArray[np.int64]:
    """Return per row how many ways of two ties are closed by the ties of that row."""
    return np.asarray(ties.multiply(ties @ ties).sum(axis=1)).ravel().astype(np.int64)
