"""Free spots for discs: how the parts of a drawing are put side by side."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["free_spots"]

Points = NDArray[np.float64]

_FINE = 60
"""The lattice has at most so many steps from the middle to a side."""
_TOUCHING = 1e-9


def free_spots(
    radius: NDArray[np.float64], *, taken: Points | None = None, taken_radius: float = 0.0
) -> Points:
    """Return a middle for each disc so that none overlaps, as near to (0, 0) as they go.

    Each disc in turn gets the nearest spot of a fine lattice that is still free: largest first
    looks best. The first lies at (0, 0) where nothing is taken. Where no spot is left, a disc
    lies east of all others.

    Parameters
    ----------
    radius : array of float
        Of each disc, above 0; discs may touch.
    taken : array, n x 2, optional
        Points that discs stay away from.
    taken_radius : float, default 0.0
        How far at least.

    Notes
    -----
    Time grows with discs and taken points, times lattice points, of which there are at most
    some 15,000.

    Examples
    --------
    >>> free_spots(np.array([2.0, 1.0])).tolist()
    [[0.0, 0.0], [-3.0, 0.0]]
    """
    if not len(radius):
        return np.zeros((0, 2))
    line, order = _lattice(radius, taken)
    clear, east = np.full((len(line), len(line)), np.inf), -np.inf
    left = np.maximum.accumulate(radius[::-1])[::-1]  # the largest that is still to come
    for point in np.zeros((0, 2)) if taken is None else taken:
        _cover(clear, line, point, taken_radius, left[0])
        east = max(east, float(point[0]) + taken_radius)
    spots = np.empty((len(radius), 2))
    for at, wanted in enumerate(radius):
        free = clear.ravel()[order] >= wanted - _TOUCHING
        first = np.unravel_index(order[int(np.argmax(free))], clear.shape)
        spots[at] = line[list(first)] if free.any() else (east + wanted, 0.0)
        _cover(clear, line, spots[at], float(wanted), left[min(at + 1, len(left) - 1)])
        east = max(east, float(spots[at, 0]) + float(wanted))
    return spots


def _lattice(radius: NDArray[np.float64], taken: Points | None) -> tuple[Points, NDArray[np.int64]]:
    """Return the steps along one side of a square around (0, 0), and its points nearest first."""
    reach = 0.0 if taken is None or not len(taken) else float(np.hypot(*taken.T).max())
    reach += 2 * float(radius.max()) + 2 * float(np.sqrt((radius**2).sum()))
    step = max(float(radius.min()), reach / _FINE)
    count = int(np.ceil(reach / step))
    line: Points = np.arange(-count, count + 1, dtype=np.float64) * step
    x, y = (each.ravel() for each in np.meshgrid(line, line, indexing="ij"))
    nearest = np.lexsort((y, x, np.round(x**2 + y**2, 9)))
    return line, nearest.astype(np.int64)


def _cover(clear: Points, line: Points, point: Points, radius: float, most: float) -> None:
    """Take off the room around a disc, as far as a disc of at most that size would notice."""
    reach = radius + most + 2 * (line[1] - line[0])
    x0, y0 = np.searchsorted(line, point - reach, "left")
    x1, y1 = np.searchsorted(line, point + reach, "right")
    near = np.hypot(line[x0:x1, None] - point[0], line[None, y0:y1] - point[1]) - radius
    np.minimum(clear[x0:x1, y0:y1], near, out=clear[x0:x1, y0:y1])
