"""Structural holes in a two-mode network: whom somebody meets, and where else (Burchard)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from assetmap.networks.memory import remembered
from assetmap.networks.network import Network

__all__ = ["Affiliations", "affiliations"]

Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Affiliations:
    """Burchard and Cornwell's measures of every node of both modes; NaN where there is none.

    Attributes
    ----------
    constraint, effective_size : array of float
        NaN for whoever shares no node of the other mode with anybody.
    """

    constraint: Numbers
    effective_size: Numbers


@remembered
def affiliations(network: Network) -> Affiliations:
    """Work out both measures; direction and weights make no difference.

    Peers of a node are those of its own mode with whom it shares a node of the other mode.

    1. Constraint: the sum over peers of (shared / counted) squared, counted being the nodes of
       the other mode with two or more members.
    2. Effective size: the number of peers, less the mean number of other peers whom a peer
       meets at what it shares with the node itself.
    """
    ties = network.undirected.unweighted.ties
    shared = sp.csr_array(ties @ ties)
    shared.setdiag(0)
    shared.eliminate_zeros()
    peers = np.diff(shared.indptr).astype(np.float64)
    busy = np.diff(ties.indptr) >= 2
    counted = ties @ busy.astype(np.float64)
    row = np.repeat(np.arange(network.count), np.diff(shared.indptr))
    part = np.bincount(row, shared.data**2, network.count)
    with np.errstate(divide="ignore", invalid="ignore"):
        constraint = part / counted**2
        size = peers - _meetings(ties) / peers
    alone = peers == 0
    return Affiliations(np.where(alone, np.nan, constraint), np.where(alone, np.nan, size))


def _meetings(ties: Any) -> Numbers:
    """Return how many ordered pairs of peers meet at what they share with a node, by node."""
    found = np.zeros(ties.shape[0])
    for node in np.flatnonzero(np.diff(ties.indptr)):
        among = ties[ties.indices[ties.indptr[node] : ties.indptr[node + 1]]]
        members, place = np.unique(among.indices, return_inverse=True)
        shape = (among.shape[0], members.size)
        there = sp.csr_array((among.data, place, among.indptr), shape=shape)
        pairs = int((there.T @ there).nnz) - members.size
        found[node] = pairs - 2 * (members.size - 1)  # without those of the node itself
    return found
