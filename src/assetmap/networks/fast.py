"""What the optional extra `fast` does quicker, and where it is used.

rustworkx: exact betweenness in networks with long ways, where going outward step by step takes
many steps; the same numbers, within a billionth part. NetworKit: groups in networks of more than
100,000 ties; another division, of nearly the same modularity. Everywhere else the arrays of this
package are as quick as either on one thread, or quicker; ``benchmarks/graph.py`` measures it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from assetmap.networks.network import Network
from assetmap.networks.triangles import tails

__all__ = ["available", "betweenness_by_rust", "groups_by_networkit"]


def _rustworkx() -> Any:
    try:
        import rustworkx
    except ImportError:
        return None
    return rustworkx


def _networkit() -> Any:
    try:
        import networkit
    except ImportError:
        return None
    return networkit


def available() -> bool:
    """Tell whether the extra is installed."""
    return _rustworkx() is not None and _networkit() is not None


def betweenness_by_rust(network: Network) -> NDArray[np.float64] | None:
    """Return exact betweenness as a number of pairs; None without the extra.

    On one thread, so that a repeated run adds up in the same order.
    """
    rust = _rustworkx()
    if rust is None:
        return None
    ties, row = network.ties, tails(network.ties)
    graph = rust.PyDiGraph(multigraph=False) if network.directed else rust.PyGraph(multigraph=False)
    graph.add_nodes_from(range(network.count))
    kept = slice(None) if network.directed else row < ties.indices
    pairs = zip(row[kept].tolist(), ties.indices[kept].tolist(), strict=True)
    graph.add_edges_from_no_data(list(pairs))
    found = rust.betweenness_centrality(
        graph, normalized=False, parallel_threshold=network.count + 1
    )
    return np.array([found[node] for node in range(network.count)], dtype=np.float64)


def groups_by_networkit(
    network: Network, *, seed: int, resolution: float
) -> NDArray[np.int64] | None:
    """Return a division into groups by NetworKit's Leiden search; None without the extra.

    On one thread, so that the same seed gives the same groups. NetworKit has one seed for
    everything, which is set here; the number of threads is put back.
    """
    kit = _networkit()
    if kit is None:
        return None
    ties, row = network.ties, tails(network.ties)
    once = row < ties.indices
    ends = np.ascontiguousarray(row[once]), ties.indices[once].astype(np.int64)
    threads = kit.getMaxNumberOfThreads()
    kit.setNumberOfThreads(1)
    kit.setSeed(seed, False)
    try:
        made = kit.GraphFromCoo((ties.data[once], ends), n=network.count, weighted=True)
        search = kit.community.ParallelLeiden(made, iterations=10, randomize=True, gamma=resolution)
        return np.array(search.run().getPartition().getVector(), dtype=np.int64)
    finally:
        kit.setNumberOfThreads(threads)
