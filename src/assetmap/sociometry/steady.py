"""The same digits whatever the order of rows: nodes are sorted before anything is added up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from assetmap.errors import UnusableInput
from assetmap.networks import Network
from assetmap.sociometry.reading import Readable, Reading, reading
from assetmap.ties.order import id_key

__all__ = ["Steady", "in_order", "one_mode", "steady"]

Values = TypeVar("Values", bound=np.generic)


@dataclass(frozen=True, eq=False)
class Steady:
    """A network whose nodes stand in the order of their ids.

    Attributes
    ----------
    network : Network
        The ties, by position in the sorted ids.
    order : array of int
        Which node of the reading stands at each position.
    place : array of int
        The position of each node of the reading.
    """

    network: Network
    order: NDArray[np.int64]
    place: NDArray[np.int64]

    def back(self, values: NDArray[Values]) -> NDArray[Values]:
        """Return values in the order of the graph; rows are nodes."""
        return values[self.place]


_KNOWN: WeakKeyDictionary[Reading, Steady] = WeakKeyDictionary()


def steady(read: Reading) -> Steady:
    """Sort the nodes of a reading by id; done once per reading."""
    if read not in _KNOWN:
        names = [*map(id_key(read.nodes), read.nodes)]
        order = np.array(sorted(range(len(names)), key=names.__getitem__), dtype=np.int64)
        place = np.empty_like(order)
        place[order] = np.arange(order.size)
        _KNOWN[read] = Steady(_sorted(read.network, order, place), order, place)
    return _KNOWN[read]


def in_order(read: Reading) -> tuple[Reading, NDArray[np.int64]]:
    """Return the same reading with its nodes sorted by id, and where each node is in that.

    What adds floating-point numbers, or draws, works on this, so that the order of rows makes no
    difference to the last digit.
    """
    found = steady(read)
    if found.network is read.network:
        return read, found.place
    nodes = tuple(read.nodes[at] for at in found.order)
    return replace(read, nodes=nodes, network=found.network), found.place


def _sorted(network: Network, order: NDArray[np.int64], place: NDArray[np.int64]) -> Network:
    if (order == place).all() and (order == np.arange(order.size)).all():
        return network
    ties: Any = network.ties[order][:, order]
    ties.sort_indices()
    mode = None if network.mode is None else network.mode[order]
    return Network(ties, network.directed, mode)


def one_mode(graph: Readable, what: str) -> Reading:
    """Read a graph, and refuse a two-mode network, in which contacts of one node are never joined.

    Raises
    ------
    UnusableInput
        Every node has the attribute ``bipartite``.
    """
    read = reading(graph)
    if read.network.mode is not None:
        raise UnusableInput(
            f"{what} is undefined here in a two-mode network; project it on one mode first"
        )
    return read
