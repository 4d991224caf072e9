"""What falls apart if one stops, and who would be missed most together."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import numpy as np

from assetmap.errors import UnusableInput
from assetmap.networks.articulation import cuts, fragmentation
from assetmap.networks.components import components
from assetmap.networks.keyplayers import (
    POOL,
    Chosen,
    breaking,
    breaking_distance,
    reaching,
)
from assetmap.sociometry.reading import Readable, Reading, reading
from assetmap.sociometry.steady import steady
from assetmap.sociometry.steps import every_step
from assetmap.sociometry.telling import per_node

if TYPE_CHECKING:
    import pandas as pd

    from assetmap.networks import Network

__all__ = [
    "Aim",
    "KeyPlayers",
    "key_players",
    "node_by_fragmentation",
    "whole_fragmentation",
    "whole_fragmentation_distance",
]


class Aim(StrEnum):
    """What a set of key players is to attain (Borgatti 2006)."""

    BREAK = "break"
    """Without them as many pairs as possible of the others are not connected (KPP-neg, F)."""
    BREAK_DISTANCE = "break_distance"
    """Without them the others are as far apart as possible (KPP-neg, distance-weighted)."""
    REACH = "reach"
    """They are as near as possible to everybody (KPP-pos, distance-weighted reach)."""
    REACH_WITHIN = "reach_within"
    """As many as possible are within some steps of them (KPP-pos, m-reach)."""


@dataclass(frozen=True, slots=True)
class KeyPlayers:
    """A set of nodes, what it attains, and how it was found.

    It is a property of a network with holes in what is known, not of persons: use it to ask
    where a network leans on few.
    """

    nodes: tuple[Hashable, ...]
    """The set, in the order of ids."""
    aim: Aim
    """What it is to attain."""
    value: float
    """What it attains, from 0 to 1."""
    before: float | None
    """The same without taking anybody out; None for an aim that takes nobody out."""
    exact: bool
    """Whether every set was tried. Otherwise one was added after the other, and swapped as long
    as that helped; a better set may exist."""
    assumptions: str
    """What was assumed."""


def node_by_fragmentation(graph: Readable) -> pd.Series[Any]:
    """Tell for each node which share of pairs of the others has no way to each other without it.

    Parameters
    ----------
    graph : networkx.Graph
        Any network.

    Returns
    -------
    pandas.Series of float
        One row per node, in the order of the graph; compare with :func:`whole_fragmentation`.

    Examples
    --------
    >>> import networkx as nx
    >>> node_by_fragmentation(nx.Graph([("a", "b"), ("b", "c")])).to_dict()
    {'a': 0.0, 'b': 1.0, 'c': 0.0}
    """
    read = reading(graph)
    left = len(read.nodes) - 1
    pairs = left * (left - 1) if left > 1 else np.nan
    return per_node(read, "node_by_fragmentation", 1.0 - cuts(read.network).pairs / pairs)


def whole_fragmentation(graph: Readable) -> float:
    """Return the share of pairs of nodes that no way joins.

    Parameters
    ----------
    graph : networkx.Graph
        Any network.

    Returns
    -------
    float
        0 where everybody is connected, 1 where nobody has a tie; NaN below two nodes.

    Examples
    --------
    >>> import networkx as nx
    >>> whole_fragmentation(nx.Graph([("a", "b"), ("c", "d")])).__round__(4)
    0.6667
    """
    network = reading(graph).network
    sizes = np.bincount(components(network)) if network.count else np.zeros(0, dtype=np.int64)
    return fragmentation(sizes, network.count)


def whole_fragmentation_distance(graph: Readable) -> float:
    """Return how far apart all are: 1 less the mean of 1 / steps over pairs, 0 for no way.

    Parameters
    ----------
    graph : networkx.Graph
        Any network.

    Returns
    -------
    float
        0 where everybody knows everybody, 1 where nobody has a tie; NaN below two nodes.

    Raises
    ------
    UnusableInput
        More than 20,000 nodes: it needs the steps between all of them.

    Examples
    --------
    >>> import networkx as nx
    >>> whole_fragmentation_distance(nx.Graph([("a", "b"), ("b", "c")])).__round__(4)
    0.1667
    """
    return _apart(steady(reading(graph)).network)


def _apart(network: Network) -> float:
    pairs = network.count * (network.count - 1)
    near = every_step(network, "fragmentation by distance").inverse.sum()
    return float(1.0 - near / pairs) if pairs else float("nan")


def key_players(
    graph: Readable, size: int, *, aim: Aim | str = Aim.BREAK, within: int = 2
) -> KeyPlayers:
    """Choose a set of key players (Borgatti 2006).

    1. Up to 50,000 sets (2,000 for ``break_distance``) all are tried.
    2. Above that the best is added one by one, then each is swapped for whoever attains more,
       until nobody does. ``break_distance`` then looks at the 60 nodes with the highest
       betweenness.
    3. Of sets that attain the same, the first in the order of ids.

    Parameters
    ----------
    graph : networkx.Graph
        Any network. To break, a tie either way counts, but for distances; to reach, steps follow
        the direction of ties.
    size : int
        How many.
    aim : Aim or str, default "break"
        What they are to attain.
    within : int, default 2
        For ``reach_within``: at most so many steps.

    Returns
    -------
    KeyPlayers
        The set, what it attains and whether a better one may exist.

    Raises
    ------
    UnusableInput
        A size that leaves fewer than two (to break) or is larger than the network, another word
        for `aim`, or a network too large: 5,000 nodes for reach, 2,000 for ``break_distance``.

    Examples
    --------
    >>> import networkx as nx
    >>> found = key_players(nx.Graph(["ab", "bc", "cd", "ce"]), 1)
    >>> found.nodes, found.value.__round__(4), found.exact
    (('c',), 0.8333, True)
    """
    try:
        wanted = Aim(aim)
    except ValueError:
        raise UnusableInput(f"aim is {aim!r}; use {', '.join(Aim)}") from None
    read = reading(graph)
    network = steady(read).network
    before: float | None = None
    if wanted is Aim.BREAK:
        found, before = breaking(network, size), whole_fragmentation(read)
    elif wanted is Aim.BREAK_DISTANCE:
        found, before = breaking_distance(network, size), _apart(network)
    else:
        found = reaching(network, size, within=within if wanted is Aim.REACH_WITHIN else None)
    nodes = tuple(read.nodes[steady(read).order[at]] for at in found.nodes)
    told = _told(read, wanted, found, within)
    return KeyPlayers(nodes, wanted, found.value, before, found.exact, told)


_MEANT = {
    Aim.BREAK: "share of pairs of those who are left that no way joins; a tie either way counts",
    Aim.BREAK_DISTANCE: "1 less the mean of 1 / steps over ordered pairs of those who are left",
    Aim.REACH: "mean of 1 / steps from the nearest of the set, 1 for the set itself",
    Aim.REACH_WITHIN: "share of nodes within {} steps of the set, the set itself included",
}


def _told(read: Reading, aim: Aim, found: Chosen, within: int) -> str:
    how = "every set was tried"
    if not found.exact:
        how = "one added after the other, then swapped as long as that helped"
        how += f"; among {POOL} nodes" if aim is Aim.BREAK_DISTANCE else ""
    return "; ".join((_MEANT[aim].format(within), how, "weights: not used", *read.notes))
