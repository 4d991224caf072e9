"""Who stands alone, or nearly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assetmap.sociometry.reading import Readable, reading
from assetmap.sociometry.telling import per_node

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["node_by_degree", "node_is_isolate"]


def node_by_degree(graph: Readable) -> pd.Series[Any]:
    """Count the others that each node is joined to.

    Parameters
    ----------
    graph : networkx.Graph
        Any network.

    Returns
    -------
    pandas.Series of int
        One row per node, in the order of the graph.

    Examples
    --------
    >>> import networkx as nx
    >>> node_by_degree(nx.Graph([("a", "b"), ("b", "c")])).to_dict()
    {'a': 1, 'b': 2, 'c': 1}
    """
    read = reading(graph)
    return per_node(read, "node_by_degree", read.network.undirected.degree)


def node_is_isolate(graph: Readable) -> pd.Series[Any]:
    """Mark who has no tie at all.

    Parameters
    ----------
    graph : networkx.Graph
        Any network.

    Returns
    -------
    pandas.Series of bool
        One row per node, in the order of the graph.

    Examples
    --------
    >>> import networkx as nx
    >>> g = nx.Graph([("a", "b")])
    >>> g.add_node("c")
    >>> node_is_isolate(g).to_dict()
    {'a': False, 'b': False, 'c': True}
    """
    read = reading(graph)
    return per_node(read, "node_is_isolate", read.network.undirected.degree == 0)
