"""Who stands alone, or nearly."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from assetmap.sociometry.reading import Readable, Reading, reading
from assetmap.sociometry.telling import per_node

__all__ = [
    "node_by_degree",
    "node_by_ties_with_residents",
    "node_by_ties_with_workers",
    "node_is_isolate",
    "node_is_only_with_workers",
    "node_is_pendant",
]


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


def node_is_pendant(graph: Readable) -> pd.Series[Any]:
    """Mark whose every tie is to one and the same person.

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
    >>> node_is_pendant(nx.Graph([("a", "b"), ("b", "c")])).to_dict()
    {'a': True, 'b': False, 'c': True}
    """
    read = reading(graph)
    return per_node(read, "node_is_pendant", read.network.undirected.degree == 1)


def node_by_ties_with_workers(graph: Readable) -> pd.Series[Any]:
    """Count the workers to whom each node is joined.

    Parameters
    ----------
    graph : networkx.Graph
        A network whose nodes say in `part` who is a worker, as one of :func:`build` does.

    Returns
    -------
    pandas.Series of int
        One row per node, in the order of the graph.

    Raises
    ------
    UnusableInput
        No node has `part`.

    Examples
    --------
    >>> import networkx as nx
    >>> g = nx.Graph([("a", "w"), ("a", "b")])
    >>> nx.set_node_attributes(g, {"a": "resident", "b": "resident", "w": "worker"}, "part")
    >>> node_by_ties_with_workers(g).to_dict()
    {'a': 1, 'w': 0, 'b': 0}
    """
    read = reading(graph)
    _, theirs = _ties_by_part(read)
    return per_node(read, "node_by_ties_with_workers", theirs)


def node_by_ties_with_residents(graph: Readable) -> pd.Series[Any]:
    """Count the others than workers to whom each node is joined.

    Parameters
    ----------
    graph : networkx.Graph
        As for :func:`node_by_ties_with_workers`.

    Returns
    -------
    pandas.Series of int
        One row per node, in the order of the graph.

    Raises
    ------
    UnusableInput
        No node has `part`.

    Examples
    --------
    >>> import networkx as nx
    >>> g = nx.Graph([("a", "w"), ("a", "b")])
    >>> nx.set_node_attributes(g, {"a": "resident", "b": "resident", "w": "worker"}, "part")
    >>> node_by_ties_with_residents(g).to_dict()
    {'a': 1, 'w': 1, 'b': 1}
    """
    read = reading(graph)
    _, theirs = _ties_by_part(read)
    own = read.network.undirected.degree - theirs
    return per_node(read, "node_by_ties_with_residents", own)


def node_is_only_with_workers(graph: Readable) -> pd.Series[Any]:
    """Mark who has ties, every one of them with a worker.

    Parameters
    ----------
    graph : networkx.Graph
        As for :func:`node_by_ties_with_workers`.

    Returns
    -------
    pandas.Series of boolean
        One row per node, in the order of the graph; missing for workers themselves.

    Raises
    ------
    UnusableInput
        No node has `part`.

    Examples
    --------
    >>> import networkx as nx
    >>> g = nx.Graph([("a", "w"), ("b", "c")])
    >>> nx.set_node_attributes(g, {n: "resident" for n in "abc"} | {"w": "worker"}, "part")
    >>> node_is_only_with_workers(g).dropna().to_dict()
    {'a': True, 'b': False, 'c': False}
    """
    read = reading(graph)
    works, theirs = _ties_by_part(read)
    degree = read.network.undirected.degree
    only = pd.arrays.BooleanArray((degree > 0) & (theirs == degree), mask=works)
    return per_node(read, "node_is_only_with_workers", only)


def _ties_by_part(read: Reading) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Return who is a worker, and with how many workers each node has a tie."""
    works = np.array([part == "worker" for part in read.attribute("part")], dtype=bool)
    pattern = read.network.undirected.unweighted.ties
    return works, np.asarray(pattern @ works.astype(np.float64)).round().astype(np.int64)
