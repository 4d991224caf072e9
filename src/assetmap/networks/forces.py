"""How nodes push each other away, and how ties pull: the sums behind a drawing.

A tie wants to be one unit long. Any two nodes push with 1/d at a distance d, and a tie pulls with
the square of d (Fruchterman and Reingold 1991). Among few nodes every pair is summed; among many
the push comes from a mesh, on which each node is spread over the four points around it and which
is folded with the push of one point by Fourier transforms, so that time grows with n log n.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

__all__ = ["Points", "pull", "push_by_mesh", "push_by_pairs"]

Points = NDArray[np.float64]
"""One row with x and y for each node."""
Index = NDArray[np.int64]

_NEAREST = 0.05
"""Two nodes nearer than this push as if they were so far apart, so that no force is endless."""
_LEAST, _MOST = 64, 256
"""The least and the most points along one side of the mesh."""


def pull(at: Points, tails: Index, heads: Index) -> Points:
    """Return how ties pull at each node.

    Parameters
    ----------
    at : array, n x 2
        Where the nodes are.
    tails, heads : array of int
        The two ends of each tie, each tie once.

    Examples
    --------
    >>> at = np.array([[0.0, 0.0], [2.0, 0.0]])
    >>> pull(at, np.array([0]), np.array([1])).tolist()
    [[4.0, 0.0], [-4.0, 0.0]]
    """
    apart = at[heads] - at[tails]
    force = apart * np.hypot(apart[:, 0], apart[:, 1])[:, None]
    return _summed(force, tails, len(at)) - _summed(force, heads, len(at))


def push_by_pairs(at: Points, one: Index, other: Index) -> Points:
    """Return how nodes push each other away, for the pairs that are given.

    Examples
    --------
    >>> at = np.array([[0.0, 0.0], [2.0, 0.0]])
    >>> push_by_pairs(at, np.array([0]), np.array([1])).tolist()
    [[-0.5, 0.0], [0.5, 0.0]]
    """
    apart = at[one] - at[other]
    squared = np.maximum((apart**2).sum(axis=1), _NEAREST**2)
    force = apart / squared[:, None]
    return _summed(force, one, len(at)) - _summed(force, other, len(at))


def push_by_mesh(at: Points) -> Points:
    """Return about how all nodes push each other away.

    Within two points of the mesh the push is weaker than it is by pairs.

    Examples
    --------
    >>> at = np.array([[0.0, 0.0], [30.0, 0.0]])
    >>> np.round(push_by_mesh(at)[:, 0] * 30, 1).tolist()
    [-1.0, 1.0]
    """
    mesh = _Mesh.over(at)
    low, share = mesh.corners(at)
    size = mesh.size
    charge = np.zeros(size * size)
    for corner in range(4):
        charge += np.bincount(low + mesh.steps[corner], share[corner], size * size)
    spread = np.fft.rfft2(charge.reshape(size, size), s=(2 * size, 2 * size))
    out = np.empty_like(at)
    for axis in (0, 1):
        felt = np.fft.irfft2(spread * _kernel(size, axis), s=(2 * size, 2 * size))
        field = felt[:size, :size].ravel() / mesh.step
        out[:, axis] = sum(field[low + mesh.steps[c]] * share[c] for c in range(4))
    return out


def _summed(force: Points, at: Index, count: int) -> Points:
    return np.stack([np.bincount(at, force[:, axis], count) for axis in (0, 1)], axis=1)


@dataclass(frozen=True)
class _Mesh:
    """A square of points over a drawing."""

    corner: Points
    step: float
    size: int

    @classmethod
    def over(cls, at: Points) -> _Mesh:
        """Lay a mesh over nodes, finer where there are more."""
        low = at.min(axis=0)
        side = max(float((at.max(axis=0) - low).max()), 1.0)
        wanted = int(2.5 * np.sqrt(len(at)))
        size = min(_MOST, max(_LEAST, -(-wanted // 32) * 32))
        return cls(low, side / (size - 2), size)

    @property
    def steps(self) -> tuple[int, int, int, int]:
        """How far the four points around a node lie from the lowest of them."""
        return 0, 1, self.size, self.size + 1

    def corners(self, at: Points) -> tuple[Index, tuple[Points, ...]]:
        """Return the lowest point around each node, and the share of each of the four."""
        scaled = (at - self.corner) / self.step
        whole = np.clip(np.floor(scaled), 0, self.size - 2)
        x, y = (scaled - whole).T
        low = (whole[:, 0] * self.size + whole[:, 1]).astype(np.int64)
        return low, ((1 - x) * (1 - y), (1 - x) * y, x * (1 - y), x * y)


@lru_cache(maxsize=8)
def _kernel(size: int, axis: int) -> NDArray[np.complex128]:
    """Return the transform of the push of one point, along one axis, for steps of one unit."""
    reach = np.fft.fftfreq(2 * size, 1 / (2 * size))
    x, y = np.meshgrid(reach, reach, indexing="ij")
    squared = np.maximum(x**2 + y**2, 1.0)
    turned: NDArray[np.complex128] = np.fft.rfft2((x if axis == 0 else y) / squared)
    return turned
