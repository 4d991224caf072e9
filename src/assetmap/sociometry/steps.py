"""How many steps apart: to everybody, or in a large network to a sample that is drawn."""

from __future__ import annotations

from weakref import WeakKeyDictionary

import numpy as np

from assetmap.errors import UnusableInput
from assetmap.networks import Network
from assetmap.networks.distances import Distances, distances, sampled_distances

__all__ = ["STEPS_UP_TO", "TARGETS", "every_step", "steps"]

STEPS_UP_TO = 20_000
"""Steps to all are counted up to so many nodes; above that to a sample."""

TARGETS = 1_024
"""How many nodes such a sample has."""

_DRAWN: WeakKeyDictionary[Network, tuple[tuple[int, int], Distances]] = WeakKeyDictionary()


def steps(network: Network, seed: int) -> tuple[Distances, str]:
    """Return the steps to all others or to a sample of them, and what to say of that.

    The network is that of :func:`assetmap.sociometry.steady.steady`: then the order of rows makes
    no difference to who is drawn. The last sample of each network is kept, as all measures of
    one call are after the same.
    """
    count = network.count
    if count <= STEPS_UP_TO:
        return distances(network), ""
    drawn, wanted = _DRAWN.get(network), (TARGETS, seed)
    if drawn is None or drawn[0] != wanted:
        chosen = np.random.default_rng(seed).choice(count, TARGETS, replace=False)
        drawn = wanted, sampled_distances(network, np.sort(chosen))
        _DRAWN[network] = drawn
    return drawn[1], f"estimated from the steps to {TARGETS} of {count} nodes, seed {seed}"


def every_step(network: Network, what: str) -> Distances:
    """Return the steps to all others, for what cannot be told from a sample.

    Raises
    ------
    UnusableInput
        The network is too large for that.
    """
    if network.count > STEPS_UP_TO:
        raise UnusableInput(
            f"{what} is worked out up to {STEPS_UP_TO:,} nodes; here are {network.count:,}"
        )
    return distances(network)
