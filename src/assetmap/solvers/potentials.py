"""Shortest distances over the residual network: the proof that a flow is best."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from assetmap.solvers.arrays import Ints


def distances(tail: Ints, head: Ints, cost: Ints, nodes: int) -> Ints:
    """Return potentials `d` with ``d[head] <= d[tail] + cost`` on every arc.

    Bellman–Ford from a point that is joined to every node at distance 0, a whole frontier
    at a time: only arcs that leave a node whose distance changed are looked at again.

    Parameters
    ----------
    tail, head : array of int
        The arcs.
    cost : array of int
        The length of each arc; may be negative.
    nodes : int
        Number of nodes.

    Returns
    -------
    array of int
        One potential per node, exact.

    Raises
    ------
    RuntimeError
        If there is a cycle of negative length: the flow was not the best one.

    Examples
    --------
    >>> import numpy as np
    >>> distances(np.array([0, 1]), np.array([1, 2]), np.array([-2, 1]), 3).tolist()
    [0, -2, -1]
    """
    order = np.argsort(tail, kind="stable")
    head, cost = head[order], cost[order]
    start = np.searchsorted(tail[order], np.arange(nodes + 1))
    distance = np.zeros(nodes, dtype=np.int64)
    down = cost < 0
    np.minimum.at(distance, head[down], cost[down])
    frontier = np.flatnonzero(distance)
    for _ in range(nodes + 1):
        counts = start[frontier + 1] - start[frontier]
        total = int(counts.sum())
        if total == 0:
            return distance
        skipped = np.repeat(start[frontier] - (np.cumsum(counts) - counts), counts)
        arcs = np.arange(total) + skipped
        reached = np.repeat(distance[frontier], counts) + cost[arcs]
        closer = np.flatnonzero(reached < distance[head[arcs]])
        arrived = head[arcs[closer]]
        np.minimum.at(distance, arrived, reached[closer])
        changed = np.zeros(nodes, dtype=np.bool_)
        changed[arrived] = True
        frontier = np.flatnonzero(changed)
    raise RuntimeError("The flow has a cycle along which it could be better: it is not the best.")
