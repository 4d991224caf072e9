"""What was released, as an object of another library."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from assetmap.errors import MissingProgram, UnusableInput
from assetmap.networks import Network
from assetmap.privacy import Released
from assetmap.ties.exports.plain import Plain, plain
from assetmap.ties.exports.shared import SharedNetwork

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

__all__ = ["networkx_of", "to_frames", "to_igraph", "to_networkx", "to_sparse"]


def to_networkx(shared: Released[SharedNetwork]) -> nx.Graph[str]:
    """Return what was released as a networkx graph, of the class of the one it was made of.

    Parameters
    ----------
    shared : Released
        From :func:`for_audience`.

    Returns
    -------
    networkx.Graph
        Sorted by id. Where two nodes may have several edges, each has a key of its own.

    Examples
    --------
    >>> import networkx as nx
    >>> from assetmap.graph import for_audience
    >>> shared = for_audience(nx.Graph([("Ans", "Bo")]), "team", own_ids=True)
    >>> list(to_networkx(shared).edges)
    [('Ans', 'Bo')]
    """
    return networkx_of(plain(shared))


def networkx_of(found: Plain) -> nx.Graph[str]:
    """Return plain nodes and edges as a networkx graph."""
    import networkx as nx

    graph: nx.Graph[str] = nx.MultiGraph() if found.parallel else nx.Graph()
    graph = graph.to_directed() if found.directed else graph
    graph.graph.update(found.about)
    graph.add_nodes_from((node, dict(facts)) for node, facts in found.nodes)
    for at, (source, target, facts) in enumerate(found.edges):
        own = {"key": at} if found.parallel else {}
        graph.add_edge(source, target, **own, **facts)
    return graph


def to_frames(shared: Released[SharedNetwork]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what was released as two tables: nodes, and edges.

    Parameters
    ----------
    shared : Released
        From :func:`for_audience`.

    Returns
    -------
    tuple of (DataFrame, DataFrame)
        Nodes with an index `id`; edges with the columns `source` and `target` first. What is
        unknown is missing.

    Examples
    --------
    >>> import networkx as nx
    >>> from assetmap.graph import for_audience
    >>> shared = for_audience(nx.Graph([("Ans", "Bo")]), "team", own_ids=True)
    >>> nodes, edges = to_frames(shared)
    >>> edges.to_dict("records")
    [{'source': 'Ans', 'target': 'Bo'}]
    """
    import pandas as pd

    found = plain(shared)
    of_nodes, of_edges = found.columns
    nodes = pd.DataFrame(
        {name: _column([facts.get(name) for _, facts in found.nodes]) for name in of_nodes}
    )
    nodes.index = pd.Index([node for node, _ in found.nodes], name="id", dtype="object")
    columns: dict[str, list[Any]] = {
        "source": [source for source, _, _ in found.edges],
        "target": [target for _, target, _ in found.edges],
    }
    columns |= {name: [facts.get(name) for _, _, facts in found.edges] for name in of_edges}
    return nodes, pd.DataFrame({name: _column(values) for name, values in columns.items()})


_DTYPES: Mapping[type, Any] = {str: "object", bool: "boolean", int: "Int64", float: "float64"}


def _column(values: list[Any]) -> pd.Series[Any]:
    """Return a column whose type does not depend on whether something is missing."""
    import pandas as pd

    kind = next((type(value) for value in values if value is not None), str)
    column: pd.Series[Any] = pd.Series(values, dtype=_DTYPES[kind])
    return column


def to_sparse(shared: Released[SharedNetwork]) -> tuple[Any, tuple[str, ...]]:
    """Return what was released as a sparse matrix, with the ids of its rows and columns.

    Parameters
    ----------
    shared : Released
        From :func:`for_audience`.

    Returns
    -------
    tuple of (scipy.sparse.csr_array of float, tuple of str)
        Entry (i, j) is the weight of the edge from i to j: its attribute `weight`, else 1;
        several edges are added up. Symmetric where edges have no direction. No node is joined
        to itself.

    Examples
    --------
    >>> import networkx as nx
    >>> from assetmap.graph import for_audience
    >>> network = nx.Graph()
    >>> network.add_edge("Ans", "Bo", weight=3)
    >>> matrix, ids = to_sparse(for_audience(network, "team", own_ids=True))
    >>> matrix.toarray().tolist(), ids
    ([[0.0, 3.0], [3.0, 0.0]], ('Ans', 'Bo'))
    """
    found = plain(shared)
    ids = tuple(node for node, _ in found.nodes)
    place = {node: at for at, node in enumerate(ids)}
    network = Network.from_ties(
        len(ids),
        [place[source] for source, _, _ in found.edges],
        [place[target] for _, target, _ in found.edges],
        weight=[_weight(facts.get("weight", 1.0)) for _, _, facts in found.edges],
        directed=found.directed,
    )
    return network.ties, ids


def _weight(value: Any) -> float:
    if isinstance(value, bool | str):
        raise UnusableInput("the weight of a tie must be a number above 0")
    return float(value)


def to_igraph(shared: Released[SharedNetwork]) -> Any:
    """Return what was released as an igraph graph, for those who use that library.

    igraph is no part of assetmap and is never loaded by it: ``import igraph`` comes first.

    Parameters
    ----------
    shared : Released
        From :func:`for_audience`.

    Returns
    -------
    igraph.Graph
        The ids are in the vertex attribute `name`; what a node was called is in `name_`. What is
        unknown is None.

    Raises
    ------
    MissingProgram
        igraph was not imported.

    Examples
    --------
    >>> import networkx as nx
    >>> from assetmap.graph import for_audience
    >>> to_igraph(for_audience(nx.Graph([("Ans", "Bo")])))
    Traceback (most recent call last):
        ...
    assetmap.errors.MissingProgram: igraph is not loaded; install it and write `import igraph` first
    """
    igraph: Any = sys.modules.get("igraph")
    if igraph is None:
        raise MissingProgram("igraph is not loaded; install it and write `import igraph` first")
    found = plain(shared)
    ids = [node for node, _ in found.nodes]
    place = {node: at for at, node in enumerate(ids)}
    of_nodes, of_edges = found.columns
    vertices = {
        "name_" if name == "name" else name: [facts.get(name) for _, facts in found.nodes]
        for name in of_nodes
    }
    return igraph.Graph(
        n=len(ids),
        edges=[(place[source], place[target]) for source, target, _ in found.edges],
        directed=found.directed,
        graph_attrs=found.about,
        vertex_attrs={"name": ids, **vertices},
        edge_attrs={name: [facts.get(name) for _, _, facts in found.edges] for name in of_edges},
    )
