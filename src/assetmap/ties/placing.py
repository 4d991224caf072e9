"""Where to draw the nodes of a network, the same from week to week."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from assetmap.errors import UnusableInput
from assetmap.networks import Network
from assetmap.networks.layout import layout
from assetmap.ties.order import in_id_order

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["positions"]


def positions(
    graph: nx.Graph[Any],
    *,
    previous: Mapping[Hashable, tuple[float, float]] | None = None,
    seed: int = 0,
) -> dict[Any, tuple[float, float]]:
    """Return where to draw each node: near those it has ties with, and none over another.

    Components lie side by side, the largest in the middle. The order of nodes and ties makes no
    difference, nor do directions, weights and ties of a node to itself.

    Parameters
    ----------
    graph : networkx.Graph
        Any network. One of :func:`build` is drawn with all its kinds of node; :func:`people` gives
        the network of people.
    previous : mapping of node to (x, y), optional
        What this function gave before, for an earlier week. Whoever was there stays exactly
        there, and newcomers get a place beside whom they know. Who is no longer there is ignored.
    seed : int, default 0
        What chance is drawn from; another seed gives another drawing.

    Returns
    -------
    dict of node to (float, float)
        In the order of ids; a tie is about one unit long.

    Raises
    ------
    UnusableInput
        No networkx graph, or a previous place that is not two numbers.

    Notes
    -----
    Pivot MDS (Brandes and Pich 2007), then pulling ties and pushing nodes (Fruchterman and
    Reingold 1991). Time grows with ties + n log n.

    Examples
    --------
    >>> import networkx as nx
    >>> before = positions(nx.Graph([("a", "b"), ("b", "c")]))
    >>> after = positions(nx.Graph([("a", "b"), ("b", "c"), ("c", "d")]), previous=before)
    >>> all(after[node] == before[node] for node in before), sorted(after.keys() - before.keys())
    (True, ['d'])
    """
    if not hasattr(graph, "is_multigraph"):
        raise UnusableInput("positions takes a networkx graph")
    nodes = in_id_order(graph.nodes)
    place = {node: at for at, node in enumerate(nodes)}
    ties = sorted((place[a], place[b]) for a, b in graph.edges())
    tails, heads = (np.array([tie[end] for tie in ties], dtype=np.int64) for end in (0, 1))
    network = Network.from_ties(len(nodes), tails, heads)
    known = _known(nodes, previous)
    at = layout(network, seed=seed, previous=known)
    return {node: (float(x), float(y)) for node, (x, y) in zip(nodes, at, strict=True)}


def _known(
    nodes: list[Hashable], previous: Mapping[Hashable, tuple[float, float]] | None
) -> np.ndarray[Any, np.dtype[np.float64]] | None:
    if previous is None:
        return None
    try:
        rows = [tuple(map(float, previous.get(node, (np.nan, np.nan)))) for node in nodes]
    except (TypeError, ValueError):
        raise UnusableInput("a previous place is two numbers, x and y") from None
    if any(len(row) != 2 for row in rows):
        raise UnusableInput("a previous place is two numbers, x and y")
    return np.array(rows, dtype=np.float64).reshape(-1, 2)
