"""Small random networks for property tests, as networkx graphs and as arrays."""

from __future__ import annotations

import networkx as nx
import numpy as np
from hypothesis import strategies as st

from assetmap.networks import Network


@st.composite
def graphs(
    draw: st.DrawFn, most: int = 9, directed: bool | None = False, weighted: bool = False
) -> nx.Graph:
    """Draw a graph on the nodes 0, 1, ...; isolates, several parts and no node at all occur."""
    count = draw(st.integers(0, most))
    turned = draw(st.booleans()) if directed is None else directed
    made = nx.DiGraph() if turned else nx.Graph()
    made.add_nodes_from(range(count))
    pairs = [(a, b) for a in range(count) for b in range(count) if a < b or (turned and a != b)]
    for pair in draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []:
        weight = draw(st.integers(1, 4)) if weighted else 1
        made.add_edge(*pair, weight=weight)
    return made


def arrays(graph: nx.Graph, mode: list[int] | None = None) -> Network:
    """The same network as arrays, each node at the position of its number."""
    ends = list(graph.edges(data="weight", default=1))
    source, target, weight = zip(*ends, strict=True) if ends else ((), (), ())
    return Network.from_ties(
        len(graph),
        np.array(source, dtype=int),
        np.array(target, dtype=int),
        weight=np.array(weight, dtype=float),
        directed=graph.is_directed(),
        mode=mode,
    )
