"""The one form in which every kernel gets a network."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import ArrayLike, NDArray

from assetmap.errors import UnusableInput

if TYPE_CHECKING:
    Matrix = sp.csr_array[Any]

__all__ = ["Network"]


@dataclass(frozen=True, eq=False)
class Network:
    """A network of `count` nodes; make one with :meth:`from_ties`.

    Attributes
    ----------
    ties : scipy.sparse.csr_array of float, n x n
        ``ties[i, j]`` is the weight of the tie from i to j, above 0. Canonical; the diagonal is
        empty; symmetric where the network is undirected.
    directed : bool
        Whether a tie from i to j says nothing about one from j to i.
    mode : array of int8 or None
        0 or 1 for each node of a two-mode network; None: one mode.

    Examples
    --------
    >>> line = Network.from_ties(3, [0, 1], [1, 2])
    >>> line.degree.tolist(), line.tie_count
    ([1, 2, 1], 2)
    """

    ties: Matrix
    directed: bool = False
    mode: NDArray[np.int8] | None = None

    @classmethod
    def from_ties(
        cls,
        count: int,
        source: ArrayLike,
        target: ArrayLike,
        *,
        weight: ArrayLike | None = None,
        directed: bool = False,
        mode: ArrayLike | None = None,
    ) -> Network:
        """Make a network from the two ends of each tie.

        Ties of a node to itself are left out; parallel ties become one, their weights added.

        Parameters
        ----------
        count : int
            Number of nodes.
        source, target : array of int
            Positions of the two ends, one entry per tie; undirected: each tie once.
        weight : array of float, optional
            Above 0 and finite; default: 1 each.
        directed : bool, default False
            Whether ties have a direction.
        mode : array of int, optional
            0 or 1 for each node, where ties join the two modes only.

        Raises
        ------
        UnusableInput
            Lengths that differ, a position that is not there, a weight that is not above 0, or a
            tie within one mode.
        """
        tail, head = np.asarray(source, dtype=np.int64), np.asarray(target, dtype=np.int64)
        given = 1.0 if weight is None else weight
        size = np.array(np.broadcast_to(np.asarray(given, dtype=np.float64), tail.shape))
        if tail.shape != head.shape or tail.ndim != 1:
            raise UnusableInput("source and target must be two arrays of one length")
        if tail.size and (min(tail.min(), head.min()) < 0 or max(tail.max(), head.max()) >= count):
            raise UnusableInput(f"an end of a tie is not one of the {count} nodes")
        if not np.all(np.isfinite(size) & (size > 0)):
            raise UnusableInput("the weight of a tie must be a number above 0")
        sides = None if mode is None else np.asarray(mode, dtype=np.int8)
        if sides is not None:
            _check_modes(count, sides, tail, head)
        keep = tail != head
        tail, head, size = tail[keep], head[keep], size[keep]
        if weight is not None:  # parallel ties are added in one order, whatever theirs was
            order = np.argsort(size, kind="stable")
            tail, head, size = tail[order], head[order], size[order]
        if not directed:
            tail, head = np.concatenate([tail, head]), np.concatenate([head, tail])
            size = np.concatenate([size, size])
        ties = sp.csr_array(sp.coo_array((size, (tail, head)), shape=(count, count)))
        ties.sum_duplicates()
        return cls(ties, directed, sides)

    @property
    def count(self) -> int:
        """Number of nodes."""
        return int(self.ties.shape[0])

    @cached_property
    def tie_count(self) -> int:
        """Number of ties; an undirected tie counts once."""
        return int(self.ties.nnz) if self.directed else int(self.ties.nnz) // 2

    @cached_property
    def weighted(self) -> bool:
        """Whether some tie has another weight than 1."""
        return bool(np.any(self.ties.data != 1.0))

    @cached_property
    def degree(self) -> NDArray[np.int64]:
        """Number of ties of each node; directed: of those that go out."""
        return np.diff(self.ties.indptr).astype(np.int64)

    @cached_property
    def unweighted(self) -> Network:
        """The same ties, each with weight 1."""
        ones = self.ties.copy()
        ones.data = np.ones_like(ones.data)
        return Network(ones, self.directed, self.mode)

    @cached_property
    def undirected(self) -> Network:
        """Joined where there is a tie either way; the weight is the larger of the two."""
        if not self.directed:
            return self
        larger = self.ties.maximum(self.ties.T)
        return Network(sp.csr_array(larger), directed=False, mode=self.mode)

    @cached_property
    def reversed(self) -> Network:
        """Every tie the other way round."""
        if not self.directed:
            return self
        return Network(sp.csr_array(self.ties.T), self.directed, self.mode)

    def neighbours(self, node: int) -> NDArray[Any]:
        """Return the positions that ties of a node go to, in order."""
        ties = self.ties
        return ties.indices[ties.indptr[node] : ties.indptr[node + 1]]


def _check_modes(
    count: int, sides: NDArray[np.int8], tail: NDArray[np.int64], head: NDArray[np.int64]
) -> None:
    if sides.shape != (count,) or not np.isin(sides, (0, 1)).all():
        raise UnusableInput(f"mode must hold 0 or 1 for each of the {count} nodes")
    if np.any(sides[tail] == sides[head]):
        raise UnusableInput("a tie of a two-mode network joins the two modes")
