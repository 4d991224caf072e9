"""Every pair of spots within a distance, for many spots at once."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import isfinite
from typing import TYPE_CHECKING

from assetmap.errors import UnusableInput
from assetmap.geo.spots import Spot

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["near_pairs"]


def near_pairs(
    spots_a: Sequence[Spot], spots_b: Sequence[Spot], /, metres: float
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Find every pair of spots that lie within a distance of each other.

    Parameters
    ----------
    spots_a, spots_b : sequence of Spot
        Spots without coordinates are in no pair.
    metres : float
        The distance in a straight line, itself included.

    Returns
    -------
    tuple of arrays
        Positions in `spots_a` and in `spots_b`, one of each for every pair, sorted by the first
        and then by the second.

    Raises
    ------
    UnusableInput
        When `metres` is negative or not a finite number.

    Notes
    -----
    A k-d tree finds the candidates, whole numbers decide: time grows with the number of spots
    and of pairs found, not with the number of possible pairs.

    Examples
    --------
    >>> here, there = near_pairs(
    ...     [Spot(155_000, 463_000)], [Spot(155_000, 463_500), Spot(155_300, 463_400)], 500
    ... )
    >>> here.tolist(), there.tolist()
    ([0, 0], [0, 1])
    """
    import numpy as np
    from scipy.spatial import cKDTree

    if not isfinite(metres) or metres < 0:
        raise UnusableInput("The distance must be a number of metres, 0 or more.")
    places_a, at_a = _located(spots_a)
    places_b, at_b = _located(spots_b)
    if not len(at_a) or not len(at_b):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    near = cKDTree(places_a).sparse_distance_matrix(
        cKDTree(places_b), metres + 0.5, output_type="ndarray"
    )
    first, second = near["i"].astype(np.int64), near["j"].astype(np.int64)
    squares = ((places_a[first] - places_b[second]) ** 2).sum(axis=1)
    within = squares <= int(Fraction(metres) ** 2)
    first, second = at_a[first[within]], at_b[second[within]]
    order = np.lexsort((second, first))
    return first[order], second[order]


def _located(spots: Sequence[Spot]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the coordinates of the spots that have any, and their positions."""
    import numpy as np

    found = [(spot.x, spot.y, place) for place, spot in enumerate(spots) if spot.x is not None]
    table = np.array(found, dtype=np.int64).reshape(-1, 3)
    return table[:, :2], table[:, 2]
