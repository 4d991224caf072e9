"""Who and what holds a network together: cut points, bridges, and what each removal leaves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.csgraph import depth_first_order

from assetmap.networks.components import components
from assetmap.networks.memory import remembered
from assetmap.networks.network import Network
from assetmap.networks.triangles import tails

__all__ = ["Cuts", "cuts", "fragmentation"]

Whole = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Cuts:
    """What falls apart, for each node and each tie; directions aside.

    Attributes
    ----------
    parts : array of int
        Into how many parts the rest of a node's component falls without the node; 2 or more is
        a cut point, 0 is somebody without ties.
    pairs : array of int
        How many ordered pairs of others are still connected without the node.
    bridge : array of bool
        For each entry of the ties of the undirected network: whether it is the only way between
        its two ends.
    """

    parts: Whole
    pairs: Whole
    bridge: NDArray[np.bool_]


def fragmentation(sizes: Whole, count: int) -> float:
    """Return the share of pairs that are not connected (Borgatti 2006); NaN below two nodes."""
    if count < 2:
        return float("nan")
    connected = sum(int(size) * (int(size) - 1) for size in sizes)
    return 1.0 - connected / (count * (count - 1))


@remembered
def cuts(network: Network) -> Cuts:
    """Find every cut point and every bridge in one walk (Hopcroft & Tarjan 1973).

    1. Walk in depth through each component; number the nodes as they are met.
    2. What is met from a node on is a range of numbers; look up the lowest number that a tie
       leads to from that range.
    3. A part that leads no further back than its parent is cut off without the parent.

    Time grows with ties, plus nodes times their logarithm.
    """
    ties, count = network.undirected.ties, network.count
    if not count:
        none = np.zeros(0, dtype=np.int64)
        return Cuts(none, none, np.zeros(0, dtype=bool))
    order, parent, number = _walked(ties, components(network))
    above = number[parent]  # by number: above[k] is the number of the parent of the k-th
    end = _ends(above)
    back = number[ties.indices].astype(np.int64)
    row = tails(ties)
    back[ties.indices == parent[number[row]]] = count + 1
    low = np.arange(count + 1)
    some = np.flatnonzero(np.diff(ties.indptr))
    if some.size:
        least = np.minimum.reduceat(back, ties.indptr[some])
        low[number[some]] = np.minimum(low[number[some]], least)
    lowest = _lowest(low, np.arange(count + 1), end)
    size = end - np.arange(count + 1)
    return _told(ties, order, (above, size, lowest))


def _walked(ties: Any, member: Whole) -> tuple[Whole, Whole, Whole]:
    """Walk in depth from an extra node that is joined to one node of each component.

    Returns the nodes in the order in which they are met, the parent of each in that order, and
    the number of each node.
    """
    count = ties.shape[0]
    _, first = np.unique(member, return_index=True)
    column = np.concatenate([ties.indices, first])
    begin = np.append(ties.indptr, column.size)
    shape = (count + 1, count + 1)
    joined = sp.csr_matrix((np.ones(column.size), column, begin), shape=shape)
    order, before = depth_first_order(joined, count, directed=True)
    number = np.empty(count + 1, dtype=np.int64)
    number[order] = np.arange(count + 1)
    before[count] = count
    return order.astype(np.int64), before[order].astype(np.int64), number


def _ends(above: Whole) -> Whole:
    """Return where the range of each number ends: the next number that is no deeper."""
    depth = (above != np.arange(above.size)).astype(np.int64)
    jump = above.copy()
    while (jump != jump[jump]).any():
        depth, jump = depth + depth[jump], jump[jump]
    levels = _doubled(depth)
    place = np.arange(1, above.size + 1)
    for step in range(len(levels) - 1, -1, -1):
        fits = place + (1 << step) <= above.size
        deeper = np.zeros(above.size, dtype=bool)
        deeper[fits] = levels[step][place[fits]] > depth[fits]
        place = place + (deeper.astype(np.int64) << step)
    return place


def _doubled(values: Whole) -> list[Whole]:
    """Return the least of each run of 1, 2, 4, ... values, by where the run begins."""
    levels = [values]
    while 2 * (1 << (len(levels) - 1)) <= values.size:
        half = 1 << (len(levels) - 1)
        levels.append(np.minimum(levels[-1][:-half], levels[-1][half:]))
    return levels


def _lowest(values: Whole, begin: Whole, end: Whole) -> Whole:
    """Return the least value of each range."""
    levels = _doubled(values)
    step = np.frexp((end - begin).astype(np.float64))[1] - 1
    found = np.empty(begin.size, dtype=np.int64)
    for at, level in enumerate(levels):
        here = step == at
        a, b = begin[here], end[here] - (1 << at)
        found[here] = np.minimum(level[a], level[b])
    return found


def _told(ties: Any, order: Whole, walk: tuple[Whole, Whole, Whole]) -> Cuts:
    """Turn the numbers of the walk into what holds for each node and each tie."""
    above, size, lowest = walk
    count = order.size - 1
    child = np.arange(1, count + 1)
    apart = child[(lowest[1:] >= above[1:]) & (above[1:] > 0)]
    gone = np.zeros((3, count + 1))
    for at, worth in enumerate((np.ones(apart.size), size[apart], size[apart] * (size[apart] - 1))):
        gone[at] = np.bincount(above[apart], worth, count + 1)
    parts, lost, pairs = gone.astype(np.int64)
    top = np.flatnonzero(above == 0)[1:]
    whole = np.zeros(count + 1, dtype=np.int64)
    whole[top] = size[top]
    whole = whole[np.maximum.accumulate(np.where(whole > 0, np.arange(count + 1), 0))]
    rest = whole - 1 - lost
    everything = int((size[top] * (size[top] - 1)).sum())
    left = everything - whole * (whole - 1) + pairs + rest * (rest - 1)
    node = order[1:]
    result = np.zeros((2, count), dtype=np.int64)
    result[0, node] = (parts + (rest > 0))[1:]
    result[1, node] = left[1:]
    narrow = child[(lowest[1:] > above[1:]) & (above[1:] > 0)]
    ends, other = order[narrow], order[above[narrow]]
    wanted = np.concatenate([ends * count + other, other * count + ends])
    bridge = np.zeros(ties.nnz, dtype=bool)
    bridge[np.searchsorted(tails(ties) * count + ties.indices, wanted)] = True
    return Cuts(result[0], result[1], bridge)
