"""Who is tied to whom: like to like, or to others."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from assetmap.networks.network import Network
from assetmap.networks.triangles import tails

__all__ = ["degree_assortativity", "ends", "group_assortativity", "number_assortativity"]

NAN = float("nan")


def ends(network: Network) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the two ends of each tie; an undirected tie once, from the lower position.

    Examples
    --------
    >>> [part.tolist() for part in ends(Network.from_ties(3, [2, 1], [0, 2]))]
    [[0, 1], [2, 2]]
    """
    first, second = tails(network.ties), network.ties.indices.astype(np.int64)
    if network.directed:
        return first, second
    return first[first < second], second[first < second]


def degree_assortativity(network: Network) -> float:
    """Return the correlation of the numbers of ties at the two ends of a tie.

    Newman (2002); directed: ties going out of where it starts, coming in where it ends. Worked
    out in whole numbers. NaN where one of them does not vary.

    Examples
    --------
    >>> round(degree_assortativity(Network.from_ties(4, [0, 1, 2], [1, 2, 3])), 3)
    -0.5
    """
    first, second = ends(network)
    x, y = network.degree[first], network.reversed.degree[second]
    if not network.directed:
        x, y = np.concatenate([x, y]), np.concatenate([y, x])
    n, sx, sy = len(x), int(x.sum()), int(y.sum())
    spread = (n * int(x @ x) - sx**2) * (n * int(y @ y) - sy**2)
    return float((n * int(x @ y) - sx * sy) / np.sqrt(float(spread))) if spread else NAN


def number_assortativity(network: Network, value: NDArray[np.float64]) -> float:
    """Return the correlation of a number at the two ends of a tie; NaN: not in the number known.

    Ties of which an end is NaN are left out. NaN where the number does not vary.

    Examples
    --------
    >>> line = Network.from_ties(4, [0, 1, 2], [1, 2, 3])
    >>> round(number_assortativity(line, np.array([1.0, 1.0, 5.0, 5.0])), 3)
    0.333
    """
    first, second = ends(network)
    x, y = value[first], value[second]
    known = np.isfinite(x) & np.isfinite(y)
    x, y = x[known], y[known]
    if not network.directed:
        x, y = np.concatenate([x, y]), np.concatenate([y, x])
    if not len(x) or np.ptp(x) == 0 or np.ptp(y) == 0:
        return NAN
    x, y = x - x.mean(), y - y.mean()
    return float((x @ y) / np.sqrt((x @ x) * (y @ y)))


def group_assortativity(network: Network, group: NDArray[np.int64]) -> float:
    """Return how much more ties stay within groups than by chance, 1 if all do.

    Newman (2003), equation 2. Ties of which an end has a group below 0 are left out. Worked out
    in whole numbers. NaN where all ends are of one group.

    Examples
    --------
    >>> line = Network.from_ties(4, [0, 1, 2], [1, 2, 3])
    >>> round(group_assortativity(line, np.array([0, 0, 1, 1])), 3)
    0.333
    """
    first, second = ends(network)
    x, y = group[first], group[second]
    known = (x >= 0) & (y >= 0)
    x, y = x[known], y[known]
    if not network.directed:
        x, y = np.concatenate([x, y]), np.concatenate([y, x])
    size = int(group.max(initial=-1)) + 1
    n, within = len(x), int((x == y).sum())
    by_chance = int(np.bincount(x, minlength=size) @ np.bincount(y, minlength=size))
    return (n * within - by_chance) / (n * n - by_chance) if n * n > by_chance else NAN
