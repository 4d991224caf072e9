"""Do things that happen near each other also happen close in time? Knox's pairs.

References
----------
E. G. Knox, "The detection of space-time interactions", Applied Statistics 13 (1964), 25-29.
N. Mantel, "The detection of disease clustering and a generalized regression approach", Cancer
Research 27 (1967), 209-220.
D. E. Barton and F. N. David, "The random intersection of two graphs", in F. N. David (ed.),
Research Papers in Statistics, 1966, 445-459.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from assetmap.detectors.checking import Numbers, numbers_of, whole
from assetmap.errors import UnusableInput

__all__ = ["Knox", "knox"]

EXACT = 8
"""Up to so many events every order of the days is tried."""
AT_ONCE = 4_000_000
"""So many pairs are held in memory together."""
Pairs = tuple[NDArray[np.intp], NDArray[np.intp]]


@dataclass(frozen=True)
class Knox:
    """How many pairs are near in space and close in time, and how many chance would give.

    Attributes
    ----------
    pairs : int
        Pairs of events that are both.
    near_pairs, close_pairs, all_pairs : int
        Pairs that are near in space; close in time; that there are.
    expected, variance : float
        Mean and variance of ``pairs`` over all orders of the days (Barton and David's).
    p : float
        How often chance gives as many, or more.
    p_poisson : float
        The same from a Poisson curve with this mean: good where few pairs are near or close.
    exact : bool
        Whether every order was tried; if not, p comes from drawn ones.
    """

    pairs: int
    near_pairs: int
    close_pairs: int
    all_pairs: int
    expected: float
    variance: float
    p: float
    p_poisson: float
    exact: bool


def knox(
    places: ArrayLike,
    days: ArrayLike,
    *,
    near: float,
    close: float,
    replicates: int = 999,
    seed: int = 0,
) -> Knox:
    """Count the pairs that are near in space and close in time, and deal the days out anew.

    1. A pair is near if its distance is at most ``near``, close if its days differ by at most
       ``close``. Count the pairs that are both.
    2. Up to 8 events: try every order of the days. p is the share of orders with at least as
       many pairs. More events: draw ``replicates`` orders; p is (1 + number with at least as
       many) / (replicates + 1).
    3. The mean over all orders is near pairs times close pairs over all pairs; the variance
       follows from how many pairs share an event (Barton and David 1966).

    A pair is counted once. Time grows with the square of the number of events, and with
    replicates times near pairs.

    Parameters
    ----------
    places : array of float, n x 2 or n x n
        Where each event is, in a unit in which distances are straight lines; or the distance
        between each two, as a symmetric matrix with a diagonal of zeros. (Two events: a matrix
        of that kind is taken for distances.)
    days : array of float
        When each event was.
    near, close : float
        The largest distance, and the most days apart; 0 or more.
    replicates : int, default 999
        How many orders are drawn.
    seed : int, default 0
        Where chance begins.

    Raises
    ------
    UnusableInput
        Arrays of another shape, missing numbers, or negative limits.

    Examples
    --------
    Three events in one flat within days of each other, and three elsewhere and later:

    >>> places = [[0, 0], [1, 0], [0, 1], [50, 0], [90, 5], [20, 80]]
    >>> found = knox(places, [1, 2, 4, 30, 61, 90], near=2, close=5)
    >>> found.pairs, found.expected, found.exact, round(found.p, 4)
    (3, 0.6, True, 0.05)
    """
    when = numbers_of("days", days)
    apart = _distances(numbers_of("places", places, dimensions=(2,)), when.size)
    reach = float(numbers_of("near", near, low=0, dimensions=(0,)))
    span = float(numbers_of("close", close, low=0, dimensions=(0,)))
    rounds, start = whole("replicates", replicates), whole("seed", seed)
    first, second = np.triu_indices(when.size, 1)
    is_near = apart[first, second] <= reach
    is_close = np.abs(when[first] - when[second]) <= span
    both = int((is_near & is_close).sum())
    pairs = first[is_near], second[is_near]
    mean, variance = _moments(pairs, (first[is_close], second[is_close]), when.size)
    exact = when.size <= EXACT
    p = _exact(pairs, when, span, both) if exact else 1.0
    if not exact:
        p = _drawn(pairs, when, span, both, rounds=rounds, rng=np.random.default_rng(start))
    return Knox(
        both,
        int(is_near.sum()),
        int(is_close.sum()),
        first.size,
        mean,
        variance,
        p,
        _poisson(both, mean),
        exact,
    )


def _distances(places: Numbers, count: int) -> Numbers:
    """Return the distance between each two events."""
    if len(places) != count:
        raise UnusableInput(f"places must hold one row per day: {count}, not {len(places)}")
    if places.shape == (count, count) and not np.diag(places).any():
        if (places == places.T).all():
            return numbers_of("places", places, low=0, dimensions=(2,))
        if count != 2:
            raise UnusableInput("a matrix of distances must be symmetric")
    if count and places.shape[1] != 2:
        raise UnusableInput("places must have two columns, or be a square matrix of distances")
    x, y = places.reshape(count, 2).T
    return np.hypot(x[:, None] - x, y[:, None] - y)


def _both(pairs: Pairs, when: Numbers, span: float) -> NDArray[np.int64]:
    """Count the near pairs that are close in time, for each row of days."""
    close = np.abs(when[:, pairs[0]] - when[:, pairs[1]]) <= span
    return np.asarray(close.sum(axis=1))


def _exact(pairs: Pairs, when: Numbers, span: float, both: int) -> float:
    """Return the share of all orders of the days with at least as many pairs."""
    orders = np.array(list(permutations(range(when.size))), dtype=np.intp)
    return float((_both(pairs, when[orders], span) >= both).mean())


def _drawn(
    pairs: Pairs,
    when: Numbers,
    span: float,
    both: int,
    *,
    rounds: int,
    rng: np.random.Generator,
) -> float:
    """Return p from orders that are drawn."""
    step = max(1, AT_ONCE // max(when.size, pairs[0].size))
    as_many = 0
    for at in range(0, rounds, step):
        mixed = rng.permuted(np.tile(when, (min(step, rounds - at), 1)), axis=1)
        as_many += int((_both(pairs, mixed, span) >= both).sum())
    return (1 + as_many) / (rounds + 1)


def _moments(near: Pairs, close: Pairs, count: int) -> tuple[float, float]:
    """Return mean and variance of the number of pairs over all orders of the days."""
    total = count * (count - 1) // 2
    if not total:
        return 0.0, 0.0
    (edges, paths), (other_edges, other_paths) = _shape(near, count), _shape(close, count)
    mean = edges * other_edges / total
    square = mean
    if count > 2:
        square += 4 * paths * other_paths / (count * (count - 1) * (count - 2))
    if count > 3:
        rest = edges**2 - edges - 2 * paths, other_edges**2 - other_edges - 2 * other_paths
        square += 4 * rest[0] * rest[1] / (count * (count - 1) * (count - 2) * (count - 3))
    return mean, max(0.0, square - mean**2)


def _shape(pairs: Pairs, count: int) -> tuple[int, int]:
    """Return how many pairs there are, and how many pairs of pairs share an event."""
    degree = np.bincount(np.concatenate(pairs), minlength=count)
    return len(pairs[0]), int((degree * (degree - 1)).sum()) // 2


def _poisson(both: int, mean: float) -> float:
    """Return the upper tail of the Poisson distribution."""
    from scipy.stats import poisson

    return float(poisson.sf(both - 1, mean))
