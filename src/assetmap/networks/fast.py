"""What the optional extra `fast` does quicker: the same numbers, within a billionth part.

Only rustworkx is used, and only for exact betweenness in networks with long ways, where going
outward step by step takes many steps. Everywhere else the arrays of this package are as quick as
rustworkx and NetworKit on one thread, or quicker; ``benchmarks/graph.py`` measures it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from assetmap.networks.network import Network
from assetmap.networks.triangles import tails

__all__ = ["available", "betweenness_by_rust"]


def _rustworkx() -> Any:
    try:
        import rustworkx
    except ImportError:
        return None
    return rustworkx


def available() -> bool:
    """Tell whether the extra is installed."""
    return _rustworkx() is not None


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
