"""How often somebody lies on the shortest ways between others (Freeman 1977; Brandes 2001)."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.csgraph import reverse_cuthill_mckee

from assetmap.networks.fast import betweenness_by_rust
from assetmap.networks.lengths import dependencies
from assetmap.networks.memory import remembered
from assetmap.networks.network import Network

__all__ = ["Between", "betweenness", "estimated_betweenness", "weighted_betweenness"]

_CELLS = 2_000_000
_WIDEST = 32
_LONG = 16
_WORTH_CUTTING = 0.8
Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Between:
    """Betweenness of every node.

    Attributes
    ----------
    value : array of float
        For how many pairs of others the node lies between them, a pair with several shortest
        ways counting in part. Undirected: pairs without order.
    error : array of float or None
        Standard error where it was estimated; None: exact.
    sources : int
        From how many nodes shortest ways were followed.
    """

    value: Numbers
    error: Numbers | None
    sources: int


@remembered
def betweenness(network: Network) -> Between:
    """Work out betweenness exactly, each tie one step.

    1. Take sources in blocks that lie near each other.
    2. Go outward from all sources of a block at once, counting shortest ways: a product of the
       ties with a dense block.
    3. Come back, handing to each node its share of what lies behind it.

    Where ways are long and the extra `fast` is installed, one source after the other instead.

    Time grows with nodes times ties. Threads share the blocks; the sum is always in one order.
    """
    near = np.arange(network.count)
    if network.ties.nnz:
        flat = sp.csr_matrix(network.undirected.ties)
        near = reverse_cuthill_mckee(flat, symmetric_mode=True).astype(np.int64)
        if len(_block(network.unweighted.ties, near[:1])) > _LONG:
            by_rust = betweenness_by_rust(network)
            if by_rust is not None:
                return Between(by_rust, None, network.count)
    total, _ = _gathered(network, near)
    return Between(_halved(network, total), None, network.count)


def estimated_betweenness(network: Network, sources: NDArray[np.int64]) -> Between:
    """Estimate betweenness from some sources, drawn without replacement (Brandes & Pich 2007).

    The estimate of a node is n times the mean of what each source adds to it; its standard
    error comes from the spread over the sources, with the correction for a finite population.
    """
    total, squares = _gathered(network, sources)
    drawn, count = sources.size, network.count
    spread = np.maximum(squares - total**2 / drawn, 0.0) / max(drawn - 1, 1)
    error = count * np.sqrt((1 - drawn / count) * spread / drawn)
    value = total * (count / drawn)
    return Between(_halved(network, value), _halved(network, error), drawn)


def weighted_betweenness(network: Network) -> Between:
    """Work out betweenness exactly where a tie of weight w is 1/w long (Newman 2001).

    Lengths that differ by less than a billionth part count as equal.
    """
    total = np.zeros(network.count)
    for source in range(network.count):
        total += dependencies(network, source)
    return Between(_halved(network, total), None, network.count)


def _halved(network: Network, value: Numbers) -> Numbers:
    return value if network.directed else value / 2


def _gathered(network: Network, sources: NDArray[np.int64]) -> tuple[Numbers, Numbers]:
    """Add up what each source adds to each node, and the squares of it."""
    total, squares = np.zeros(network.count), np.zeros(network.count)
    if not network.count or not network.ties.nnz:
        return total, squares
    ties = network.unweighted.ties
    wide = int(np.clip(_CELLS // network.count, 8, _WIDEST))
    blocks = [sources[at : at + wide] for at in range(0, sources.size, wide)]
    with ThreadPoolExecutor(max_workers=min(os.cpu_count() or 1, 8)) as pool:
        for found in _in_turn(pool, ties, blocks):
            for rows, behind in found:
                total[rows] += behind.sum(axis=1)
                squares[rows] += np.einsum("ij,ij->i", behind, behind)
    return total, squares


def _in_turn(
    pool: ThreadPoolExecutor, ties: Any, blocks: list[NDArray[np.int64]]
) -> Iterator[list[tuple[Any, Numbers]]]:
    """Yield the results of the blocks in their order, few at a time in memory."""
    ahead = 2 * min(os.cpu_count() or 1, 8)
    waiting = deque(pool.submit(_block, ties, block) for block in blocks[:ahead])
    for block in blocks[ahead:]:
        yield waiting.popleft().result()
        waiting.append(pool.submit(_block, ties, block))
    while waiting:
        yield waiting.popleft().result()


def _block(ties: Any, sources: NDArray[np.int64]) -> list[tuple[Any, Numbers]]:
    """Return, per step away from the sources, who is there and what each source adds to them."""
    rows, ways = np.unique(sources), np.zeros((sources.size, sources.size))
    ways[np.searchsorted(rows, sources), np.arange(sources.size)] = 1.0
    seen = np.zeros((ties.shape[0], sources.size), dtype=bool)
    seen[rows] = ways > 0
    layers, steps = [(rows, ways)], list[Any]()
    while True:
        rows, ways = layers[-1]
        met, step = _outward(ties, rows)
        everybody = met.size == ties.shape[0]
        further = step.T @ ways
        further[seen if everybody else seen[met]] = 0.0
        new = further > 0
        kept = np.flatnonzero(new.any(axis=1))
        if not kept.size:
            break
        if kept.size < _WORTH_CUTTING * met.size:
            everybody = False
            met, further, new, step = met[kept], further[kept], new[kept], step[:, kept]
        layers.append((met, further))
        seen[slice(None) if everybody else met] |= new
        steps.append(step)
    behind = np.zeros_like(layers[-1][1])
    found = list[tuple[Any, Numbers]]()
    for at in range(len(steps), 0, -1):
        rows, ways = layers[at]
        found.append((rows, behind))
        here = ways > 0
        share = (here + behind) / (ways + ~here)  # 0 where nobody is: nothing is behind them
        behind = layers[at - 1][1] * (steps[at - 1] @ share)
    return found


def _outward(ties: Any, rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], Any]:
    """Return whom some nodes have ties to, and those ties as a matrix between the two."""
    part = ties if rows.size == ties.shape[0] else ties[rows]
    there = np.zeros(ties.shape[0], dtype=bool)
    there[part.indices] = True
    met = np.flatnonzero(there)
    if met.size == there.size:
        return met, part
    place = np.cumsum(there) - 1
    shape = (rows.size, met.size)
    return met, sp.csr_array((part.data, place[part.indices], part.indptr), shape=shape)
