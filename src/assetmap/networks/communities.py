"""Groups with more ties inside than expected: modularity, and a search for the most of it."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from assetmap.errors import UnusableInput
from assetmap.networks.components import by_size
from assetmap.networks.fast import groups_by_networkit
from assetmap.networks.moving import Level, move, refine
from assetmap.networks.network import Network
from assetmap.networks.triangles import tails

__all__ = ["Partition", "agreement", "modularity", "partitions"]

LARGE = 100_000
"""With more ties NetworKit searches, where it is installed."""

ROUNDS = 20
"""A run starts from its own result at most so often."""
FEW, LEAST, ENOUGH = 5_000, 1e-10, 1e-3
"""With at most so many ties a run goes on for any gain in modularity; with more, for this gain."""


@dataclass(frozen=True, eq=False)
class Partition:
    """Nodes divided into groups.

    Attributes
    ----------
    label : array of int
        The group of each node: 0 for the largest.
    modularity : float
        Of this division.
    by_kit : bool
        Whether NetworKit found it, which the optional extra `fast` brings.
    """

    label: NDArray[np.int64]
    modularity: float
    by_kit: bool = False


def modularity(
    network: Network, label: NDArray[np.int64], *, resolution: float = 1.0
) -> float | None:
    """Return the weight of ties within groups, less what is expected, over all weight.

    Expected as if ends of ties were joined at random (Newman and Girvan 2004; weights as Newman
    2004), times `resolution`.

    Returns
    -------
    float or None
        None where there is no tie.

    Examples
    --------
    >>> pairs = Network.from_ties(4, [0, 2], [1, 3])
    >>> modularity(pairs, np.array([0, 0, 1, 1]))
    0.5
    """
    plain = network.undirected
    _, group = np.unique(label, return_inverse=True)
    strength = _strength(plain)
    total = fsum(strength)
    if total == 0:
        return None
    row = tails(plain.ties)
    within = fsum(plain.ties.data[group[row] == group[plain.ties.indices]])
    each = np.bincount(group, weights=strength) / total
    return within / total - resolution * fsum(each**2)


def partitions(
    network: Network, *, runs: int, seed: int, resolution: float = 1.0
) -> tuple[Partition, ...]:
    """Search for the division with the most modularity, `runs` times, from different orders.

    Each run moves nodes to the neighbouring group with the largest gain until none gains, splits
    groups into well-connected parts, joins each part into one node and goes on with those; then
    starts again from what it found, until nothing is gained (Traag, Waltman and van Eck 2019,
    the best part rather than a random one). Ties either way count. With more than 100,000 ties
    NetworKit searches, where the extra `fast` is installed: on one thread, with the same seeds.

    Parameters
    ----------
    network : Network
        One mode. The result depends on the order of the nodes: sort them first.
    runs, seed : int
        How many runs, and what their orders are drawn from.
    resolution : float, default 1.0
        Larger values give smaller groups.

    Returns
    -------
    tuple of Partition
        In the order of the runs; none where there is no tie.

    Raises
    ------
    UnusableInput
        A two-mode network, fewer than one run, or a resolution that is not above 0.

    Examples
    --------
    >>> pairs = Network.from_ties(4, [0, 2], [1, 3])
    >>> best = max(partitions(pairs, runs=3, seed=0), key=lambda found: found.modularity)
    >>> best.label.tolist(), best.modularity
    ([0, 0, 1, 1], 0.5)
    """
    if network.mode is not None:
        raise UnusableInput(
            "modularity compares with chance among all pairs; project the two-mode network first"
        )
    if runs < 1 or not resolution > 0:
        raise UnusableInput("runs must be 1 or more, and resolution above 0")
    plain = network.undirected
    if not plain.tie_count:
        return ()
    ground = Level.of(plain.ties)
    found = list[Partition]()
    gain = LEAST if plain.tie_count <= FEW else ENOUGH
    for run in range(runs):
        by_kit = _by_kit(plain, seed, run, resolution)
        if by_kit is not None:
            found.append(by_kit)
            continue
        rng = np.random.default_rng([seed, run])
        label = np.arange(plain.count, dtype=np.int64)
        value = -np.inf
        for _ in range(ROUNDS):
            label = _once(ground, plain.ties, label, rng, resolution)
            before, value = value, modularity(plain, label, resolution=resolution) or 0.0
            if value < before + gain:
                break
        found.append(Partition(by_size(label), value))
    return tuple(found)


def _by_kit(network: Network, seed: int, run: int, resolution: float) -> Partition | None:
    """Return a division found by NetworKit; None in smaller networks, or without the extra."""
    if network.tie_count <= LARGE:
        return None
    drawn = int(np.random.default_rng([seed, run]).integers(2**31))
    label = groups_by_networkit(network, seed=drawn, resolution=resolution)
    if label is None:
        return None
    value = modularity(network, label, resolution=resolution)
    return Partition(by_size(label), value or 0.0, by_kit=True)


def _once(
    ground: Level,
    ties: Any,
    label: NDArray[np.int64],
    rng: np.random.Generator,
    resolution: float,
) -> NDArray[np.int64]:
    """Go up once, from single nodes to groups of groups; return the group of each node."""
    level, matrix = ground, ties
    inside = np.arange(ground.count)
    while True:
        label = move(level, label, rng, resolution)
        _, label = np.unique(label, return_inverse=True)
        if label.size == 0 or label.max() + 1 == level.count:
            return label[inside]
        part = refine(level, label, rng, resolution)
        _, first, part = np.unique(part, return_index=True, return_inverse=True)
        if len(first) == level.count:
            part, first = label, np.unique(label, return_index=True)[1]
        inside = part[inside]
        join = sp.csr_array((np.ones(level.count), (part, np.arange(level.count))))
        matrix = sp.csr_array(join @ matrix @ join.T)
        level, label = Level.of(matrix), label[first]


def agreement(one: NDArray[np.int64], other: NDArray[np.int64]) -> float:
    """Return the adjusted Rand index of two divisions: 1 the same, 0 as alike as by chance.

    Hubert and Arabie (1985).

    Examples
    --------
    >>> agreement(np.array([0, 0, 1, 1]), np.array([1, 1, 0, 0]))
    1.0
    """
    table = sp.coo_array((np.ones(len(one), dtype=np.int64), (one, other))).tocsr()
    table.sum_duplicates()

    def pairs(sizes: Any) -> int:
        return sum(int(size) * (int(size) - 1) // 2 for size in np.ravel(sizes))

    both, ours, theirs = pairs(table.data), pairs(table.sum(axis=1)), pairs(table.sum(axis=0))
    every = len(one) * (len(one) - 1) // 2
    expected = ours * theirs / every if every else 0.0
    largest = (ours + theirs) / 2
    return 1.0 if largest == expected else (both - expected) / (largest - expected)


def _strength(network: Network) -> NDArray[np.float64]:
    return np.asarray(network.ties.sum(axis=1), dtype=np.float64).ravel()
