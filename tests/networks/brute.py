"""Small random networks, and measures of them written slowly from their definitions."""

from __future__ import annotations

from itertools import permutations

import networkx as nx
import numpy as np
from hypothesis import strategies as st

from assetmap.networks import Network

__all__ = ["arrays", "nets", "role_of", "roles_by_hand"]


@st.composite
def nets(draw: st.DrawFn, most: int = 8, weighted: bool = False) -> nx.Graph:
    """Draw a graph on 0, 1, ...: directed or not, in parts, with isolates, or with no node."""
    count = draw(st.integers(0, most))
    made = draw(st.sampled_from([nx.Graph, nx.DiGraph]))()
    made.add_nodes_from(range(count))
    pairs = [p for p in permutations(range(count), 2) if made.is_directed() or p[0] < p[1]]
    for pair in draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []:
        made.add_edge(*pair, weight=draw(st.integers(1, 4)) if weighted else 1)
    return made


def arrays(graph: nx.Graph, mode: list[int] | None = None) -> Network:
    """Return the same network as arrays, nodes by their place in the graph."""
    place = {node: at for at, node in enumerate(graph)}
    ends = [(place[a], place[b], w) for a, b, w in graph.edges(data="weight", default=1)]
    table = np.array(ends, dtype=float).reshape(-1, 3)
    return Network.from_ties(
        len(graph),
        table[:, 0].astype(int),
        table[:, 1].astype(int),
        weight=table[:, 2],
        directed=graph.is_directed(),
        mode=mode,
    )


def role_of(first: int, broker: int, last: int) -> int:
    """Tell the role of a broker from three groups, in the order of the kernel."""
    if first == broker == last:
        return 0
    if first == last:
        return 1
    if broker == last:
        return 2
    return 3 if first == broker else 4


def roles_by_hand(graph: nx.Graph, group: list[int]) -> np.ndarray:
    """Count the ordered pairs that each node of 0, 1, ... brokers, by role and in all."""
    found = np.zeros((len(graph), 6), dtype=int)
    for a, b, c in permutations(graph, 3):
        if graph.has_edge(a, b) and graph.has_edge(b, c) and not graph.has_edge(a, c):
            found[b, role_of(group[a], group[b], group[c])] += 1
            found[b, 5] += 1
    return found
