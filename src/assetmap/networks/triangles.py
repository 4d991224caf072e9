"""Every triangle of a network, with the place of each of its ties."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from assetmap.networks.memory import remembered
from assetmap.networks.network import Network

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Triples", "spread", "tails", "triples", "turned"]

_AT_ONCE = 2_000_000
Places = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Triples:
    """Every ordered choice of three nodes i, q, j that are all joined to each other.

    Each triangle occurs six times.

    Attributes
    ----------
    iq, qj, ij : array of int
        Where the tie from i to q, from q to j and from i to j stands among the ties of the
        undirected network.
    row, column : array of int
        The two ends of each of those ties.
    """

    iq: Places
    qj: Places
    ij: Places
    row: Places
    column: Places

    @property
    def i(self) -> Places:
        """The first node."""
        return self.row[self.iq]

    @property
    def q(self) -> Places:
        """The one in between."""
        return self.row[self.qj]

    @property
    def j(self) -> Places:
        """The last node."""
        return self.column[self.qj]


def tails(ties: Any) -> Places:
    """Return the node that each entry of a sparse matrix stands in the row of."""
    return np.repeat(np.arange(ties.shape[0]), np.diff(ties.indptr))


def turned(ties: Any) -> Places:
    """Return for each entry of a symmetric matrix the place of the same tie, turned round."""
    places = sp.csr_array((np.arange(ties.nnz), ties.indices, ties.indptr), shape=ties.shape)
    return np.asarray(sp.csr_array(places.T).data, dtype=np.int64)


def spread(first: Places, count: Places) -> tuple[Places, Places]:
    """Return, for ranges that begin at `first`, which range each place is of, and each place."""
    of = np.repeat(np.arange(count.size), count)
    start = np.cumsum(count) - count
    return of, np.arange(of.size) - start[of] + first[of]


@remembered
def triples(network: Network) -> Triples:
    """List every closed triple, directions aside.

    1. Point each tie from the node with fewer ties to the one with more.
    2. For each tie u → v and each w that v points at, look whether u points at w.
    3. Read each triangle that was found in its six orders.

    Time grows with the ties times the square root of the ties at worst.
    """
    ties = network.undirected.ties
    slim = np.int32 if ties.nnz < np.iinfo(np.int32).max else np.int64
    back = turned(ties).astype(slim)
    found = [tuple(part.astype(slim) for part in each) for each in _upward(network)]
    uv, vw, uw = (
        (np.concatenate([part[at] for part in found]) for at in range(3))
        if found
        else (np.zeros(0, dtype=slim) for _ in range(3))
    )
    six = (
        (uv, vw, uw),
        (uw, back[vw], uv),
        (back[uv], uw, vw),
        (vw, back[uw], back[uv]),
        (back[uw], uv, back[vw]),
        (back[vw], back[uv], back[uw]),
    )
    iq, qj, ij = (np.concatenate([turn[at] for turn in six]) for at in range(3))
    return Triples(iq, qj, ij, tails(ties), ties.indices.astype(np.int64))


def _upward(network: Network) -> Iterator[tuple[Places, Places, Places]]:
    """Yield the triangles u → v → w, each once, as the places of uv, vw and uw."""
    ties, count = network.undirected.ties, network.count
    degree = np.diff(ties.indptr)
    rank = np.empty(count, dtype=np.int64)
    rank[np.lexsort((np.arange(count), degree))] = np.arange(count)
    row, column = tails(ties), ties.indices.astype(np.int64)
    kept = np.flatnonzero(rank[row] < rank[column])
    keys = row[kept] * count + column[kept]
    begin = np.searchsorted(kept, ties.indptr)
    sizes = np.diff(begin)[column[kept]]
    full = np.searchsorted(np.cumsum(sizes), np.arange(0, sizes.sum(), _AT_ONCE))
    cuts = np.unique(np.concatenate([[0], full, [kept.size]]))
    for low, high in pairwise(cuts):
        part = np.arange(low, high)
        of, place = spread(begin[column[kept[part]]], sizes[part])
        edge = part[of]
        asked = row[kept[edge]] * count + column[kept[place]]
        at = np.searchsorted(keys, asked)
        there = np.flatnonzero(keys[np.minimum(at, keys.size - 1)] == asked)
        yield kept[edge[there]], kept[place[there]], kept[at[there]]
