"""Sums on outlines in metres: how large, where the middle is, and which share a border.

Plain formulas on plain numbers: the area and middle of a polygon are a sum over its corners, and
a shared border is an overlap of edges. That needs no library, so a map can be read everywhere;
the tests compare with shapely.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Point", "Polygons", "Ring", "bounds", "centroid", "shared_borders", "surface"]

Point = tuple[float, float]
Ring = tuple[Point, ...]
"""Corners in order; the last is the first again."""
Polygons = tuple[tuple[Ring, ...], ...]
"""The parts of an outline; each part is its outer ring and then its holes."""

LEAST_SHARED = 10
"""A shared border is at least so many times as long as the tolerance; less is a corner."""


def _moments(ring: Ring) -> tuple[float, float, float]:
    """Return twice the signed area of a ring, and six times its first moments.

    The first corner is taken as the origin, so that large coordinates lose no digits.
    """
    x0, y0 = ring[0]
    double = east = north = 0.0
    for (x1, y1), (x2, y2) in pairwise((x - x0, y - y0) for x, y in ring):
        cross = x1 * y2 - x2 * y1
        double += cross
        east += (x1 + x2) * cross
        north += (y1 + y2) * cross
    return double, east + 3 * double * x0, north + 3 * double * y0


def _sums(polygons: Polygons) -> tuple[float, float, float]:
    """Add the moments of all rings: outer ones count, holes count off, whichever way they turn."""
    total = [0.0, 0.0, 0.0]
    for rings in polygons:
        for place, ring in enumerate(rings):
            moments = _moments(ring)
            sign = (1 if moments[0] >= 0 else -1) * (-1 if place else 1)
            total = [have + sign * more for have, more in zip(total, moments, strict=True)]
    return total[0], total[1], total[2]


def surface(polygons: Polygons) -> float:
    """Return the surface of an outline, in the square of its unit.

    Examples
    --------
    >>> surface(((((0, 0), (4, 0), (4, 3), (0, 3), (0, 0)),),))
    12.0
    """
    return _sums(polygons)[0] / 2


def centroid(polygons: Polygons) -> Point:
    """Return the middle of an outline: where it would balance.

    Examples
    --------
    >>> centroid(((((0, 0), (4, 0), (4, 3), (0, 3), (0, 0)),),))
    (2.0, 1.5)
    """
    double, east, north = _sums(polygons)
    return east / (3 * double), north / (3 * double)


def bounds(polygons: Polygons) -> tuple[float, float, float, float]:
    """Return the least x and y and the largest x and y.

    Examples
    --------
    >>> bounds(((((0, 0), (4, 0), (4, 3), (0, 0)),),))
    (0, 0, 4, 3)
    """
    points = [point for rings in polygons for ring in rings for point in ring]
    east, north = [x for x, _ in points], [y for _, y in points]
    return min(east), min(north), max(east), max(north)


def shared_borders(
    outlines: Mapping[str, Polygons], *, tolerance: float = 1.0
) -> frozenset[tuple[str, str]]:
    """Find every pair of outlines with a stretch of border in common.

    Parameters
    ----------
    outlines : Mapping of str to Polygons
        In metres, by id.
    tolerance : float, default 1.0
        So far apart, in metres, two edges may run and still be one border. Together they must be
        at least ten times as long: outlines that only touch in a corner share no border.

    Returns
    -------
    frozenset of (str, str)
        The ids of each pair, the first in order of text first.

    Notes
    -----
    1. Only outlines whose bounding boxes meet are compared, and only their edges that lie where
       both boxes are.
    2. An edge of one and an edge of the other overlap along the first; where the other stays
       within the tolerance over the whole overlap, its length counts.

    Time grows with the product of the numbers of edges near each other.

    Examples
    --------
    >>> left = ((((0, 0), (50, 0), (50, 90), (0, 90), (0, 0)),),)
    >>> right = ((((50, 0), (99, 0), (99, 90), (50, 90), (50, 45), (50, 0)),),)
    >>> sorted(shared_borders({"b": right, "a": left}))
    [('a', 'b')]
    """
    edges = {name: _edges(outlines[name]) for name in sorted(outlines)}
    least = LEAST_SHARED * tolerance
    return frozenset(
        (one, other)
        for one, other in _meeting(outlines, tolerance)
        if _shared(edges[one], edges[other], tolerance) >= least
    )


def _meeting(outlines: Mapping[str, Polygons], tolerance: float) -> Iterator[tuple[str, str]]:
    """Yield the pairs whose bounding boxes meet, by a sweep from west to east."""
    boxes = sorted((bounds(outlines[name]), name) for name in outlines)
    open_: list[tuple[tuple[float, float, float, float], str]] = []
    for box, name in boxes:
        open_ = [(b, n) for b, n in open_ if b[2] + tolerance >= box[0]]
        for other, near in open_:
            if other[1] - tolerance <= box[3] and box[1] - tolerance <= other[3]:
                yield (name, near) if name < near else (near, name)
        open_.append((box, name))


def _edges(polygons: Polygons) -> NDArray[np.float64]:
    """Return a row x1, y1, x2, y2 for every edge that has a length."""
    import numpy as np

    rows = [(*a, *b) for rings in polygons for ring in rings for a, b in pairwise(ring) if a != b]
    return np.array(rows, dtype=np.float64).reshape(-1, 4)


def _shared(a: NDArray[np.float64], b: NDArray[np.float64], tolerance: float) -> float:
    """Return how many metres of the edges `a` run along edges of `b`."""
    import numpy as np

    a, b = _near(a, b, tolerance), _near(b, a, tolerance)
    total = 0.0
    for x1, y1, x2, y2 in a:
        length = np.hypot(x2 - x1, y2 - y1)
        east, north = (x2 - x1) / length, (y2 - y1) / length
        along = [(b[:, i] - x1) * east + (b[:, i + 1] - y1) * north for i in (0, 2)]
        beside = [(b[:, i + 1] - y1) * east - (b[:, i] - x1) * north for i in (0, 2)]
        low = np.maximum(np.minimum(*along), 0.0)
        high = np.minimum(np.maximum(*along), length)
        run = along[1] - along[0]
        overlaps = (high > low) & (run != 0)
        slope = np.divide(beside[1] - beside[0], run, out=np.zeros_like(run), where=run != 0)
        off = [np.abs(beside[0] + slope * (end - along[0])) for end in (low, high)]
        fits = overlaps & (np.maximum(*off) <= tolerance)
        total += float(np.minimum((high - low)[fits].sum(), length))
    return total


def _near(a: NDArray[np.float64], b: NDArray[np.float64], tolerance: float) -> NDArray[np.float64]:
    """Return the edges of `a` that reach into the bounding box of `b`."""
    import numpy as np

    if not len(b):
        return a[:0]
    east, north = b[:, (0, 2)], b[:, (1, 3)]
    inside = (
        (np.maximum(a[:, 0], a[:, 2]) >= east.min() - tolerance)
        & (np.minimum(a[:, 0], a[:, 2]) <= east.max() + tolerance)
        & (np.maximum(a[:, 1], a[:, 3]) >= north.min() - tolerance)
        & (np.minimum(a[:, 1], a[:, 3]) <= north.max() + tolerance)
    )
    chosen: NDArray[np.float64] = a[inside]
    return chosen
