"""The network as a whole: how dense, how closed, how far apart, how much around one point."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING, Any

import numpy as np

from assetmap.errors import UnusableInput
from assetmap.networks.clustering import closed_ways, local_clustering
from assetmap.networks.components import components
from assetmap.sociometry.measured import Measured, measured, said
from assetmap.sociometry.reading import Readable, reading
from assetmap.sociometry.steady import one_mode, steady
from assetmap.sociometry.steps import every_step, steps
from assetmap.sociometry.telling import per_node

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "node_by_clustering",
    "whole_closeness_centralisation",
    "whole_clustering",
    "whole_components",
    "whole_degree_centralisation",
    "whole_density",
    "whole_geodesics",
    "whole_mean_distance",
    "whole_reciprocity",
    "whole_transitivity",
]


def whole_density(graph: Readable) -> Measured:
    """Return which part of the ties that there could be is there.

    Parameters
    ----------
    graph : networkx.Graph
        Any network.

    Returns
    -------
    float
        0 to 1; NaN where no tie could be. ``.attrs["assumptions"]`` says what was assumed.

    Examples
    --------
    >>> import networkx as nx
    >>> whole_density(nx.path_graph(3)) == 2 / 3
    True
    """
    read = reading(graph)
    network, count = read.network, read.network.count
    if network.mode is None:
        possible = count * (count - 1) // (1 if network.directed else 2)
    else:
        second = int(network.mode.sum())
        possible = (count - second) * second * (2 if network.directed else 1)
    return measured(read, "whole_density", network.tie_count / possible if possible else None)


def whole_reciprocity(graph: Readable) -> Measured:
    """Return which part of the ties is answered by one the other way.

    Parameters
    ----------
    graph : networkx.DiGraph
        A directed network.

    Returns
    -------
    float
        0 to 1; NaN without ties.

    Raises
    ------
    UnusableInput
        The network is undirected: there every tie is its own answer.

    Examples
    --------
    >>> import networkx as nx
    >>> whole_reciprocity(nx.DiGraph([("a", "b"), ("b", "a"), ("a", "c"), ("c", "d")]))
    0.5
    """
    read = reading(graph)
    if not read.network.directed:
        raise UnusableInput("reciprocity is about directed ties; this network is undirected")
    ties = read.network.unweighted.ties
    answered, all_ties = int(ties.multiply(ties.T).sum()), read.network.tie_count
    return measured(read, "whole_reciprocity", answered / all_ties if all_ties else None)


def whole_transitivity(graph: Readable) -> Measured:
    """Return how often those who both know somebody know each other.

    Of all ways of two ties, from one over another to a third, the part that a tie from the first
    to the third closes: three times the triangles over the connected triples.

    Parameters
    ----------
    graph : networkx.Graph
        A network of one mode.

    Returns
    -------
    float
        0 to 1; NaN where no way of two ties leads anywhere.

    Raises
    ------
    UnusableInput
        The network has two modes: no triangle is possible.

    Examples
    --------
    >>> import networkx as nx
    >>> whole_transitivity(nx.Graph([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")]))
    0.6
    """
    read = one_mode(graph, "transitivity")
    closed, ways = closed_ways(read.network)
    return measured(read, "whole_transitivity", closed / ways if ways else None)


def node_by_clustering(graph: Readable) -> pd.Series[Any]:
    """Return how much those whom somebody knows know each other.

    Parameters
    ----------
    graph : networkx.Graph
        A network of one mode.

    Returns
    -------
    pandas.Series of float
        0 to 1 per node, in the order of the graph; NaN with fewer than two ties.

    Raises
    ------
    UnusableInput
        The network has two modes: no triangle is possible.

    Examples
    --------
    >>> import networkx as nx
    >>> g = nx.Graph([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")])
    >>> node_by_clustering(g).round(2).to_dict()
    {'a': 1.0, 'b': 1.0, 'c': 0.33, 'd': nan}
    """
    read = one_mode(graph, "clustering")
    return per_node(read, "node_by_clustering", local_clustering(read.network))


def whole_clustering(graph: Readable, *, few_ties: str = "zero") -> Measured:
    """Return the mean of the clustering of all nodes.

    Parameters
    ----------
    graph : networkx.Graph
        A network of one mode.
    few_ties : {"zero", "left out"}, default "zero"
        What a node with fewer than two ties, of which the clustering is undefined, counts as.

    Returns
    -------
    float
        0 to 1; NaN where no node counts.

    Raises
    ------
    UnusableInput
        The network has two modes, or another word for `few_ties`.

    Examples
    --------
    >>> import networkx as nx
    >>> g = nx.Graph([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")])
    >>> round(whole_clustering(g), 3), round(whole_clustering(g, few_ties="left out"), 3)
    (0.583, 0.778)
    """
    if few_ties not in {"zero", "left out"}:
        raise UnusableInput(f"few_ties is {few_ties!r}; use 'zero' or 'left out'")
    read = one_mode(graph, "clustering")
    found = local_clustering(read.network)
    known = found[np.isfinite(found)]
    size = len(found) if few_ties == "zero" else len(known)
    undefined = len(found) - len(known)
    note = f"{undefined} with fewer than two ties: {few_ties}" if undefined else ""
    return measured(read, "whole_clustering", fsum(known) / size if size else None, note)


def whole_mean_distance(graph: Readable, *, seed: int = 0) -> Measured:
    """Return the mean number of ties on a shortest way, over pairs that can reach each other.

    Parameters
    ----------
    graph : networkx.Graph
        Any network.
    seed : int, default 0
        What the sample of more than 20,000 nodes is drawn from: ways to 1,024 of them are looked
        at, and ``.attrs["assumptions"]`` says so.

    Returns
    -------
    float
        1 or more; NaN where nobody reaches anybody.

    Examples
    --------
    >>> import networkx as nx
    >>> round(whole_mean_distance(nx.Graph([("a", "b"), ("b", "c"), ("x", "y")])), 2)
    1.25
    """
    read = reading(graph)
    found, note = steps(steady(read).network, seed)
    pairs = int(found.pairs.sum())
    mean = int(found.farness.sum()) / pairs if pairs else None
    apart = int(found.others.sum()) - pairs
    left_out = f"{apart} of {apart + pairs} ordered pairs left out: no way between them"
    return measured(read, "whole_mean_distance", mean, note, left_out if apart else "")


def whole_geodesics(graph: Readable, *, seed: int = 0) -> pd.Series[Any]:
    """Count the pairs of nodes at each distance.

    Parameters
    ----------
    graph : networkx.Graph
        Any network.
    seed : int, default 0
        What the sample of more than 20,000 nodes is drawn from; counts are then estimates.

    Returns
    -------
    pandas.Series of int
        Indexed by distance, from 1 to the largest; directed: ordered pairs.
        ``.attrs["unreachable"]`` is how many pairs have no way between them.

    Examples
    --------
    >>> import networkx as nx
    >>> found = whole_geodesics(nx.Graph([("a", "b"), ("b", "c"), ("x", "y")]))
    >>> found.to_dict(), found.attrs["unreachable"]
    ({1: 3, 2: 1}, 6)
    """
    import pandas as pd

    read = reading(graph)
    found, note = steps(steady(read).network, seed)
    count, once = read.network.count, 1 if read.network.directed else 2
    pairs = found.pairs[1:]
    if found.targets == count:
        pairs = pairs // once
    else:
        pairs = np.rint(pairs * (count / found.targets / once)).astype(np.int64)
    index = pd.RangeIndex(1, len(pairs) + 1, name="distance")
    series = pd.Series(pairs, index=index, name="whole_geodesics")
    every = count * (count - 1) // once if count else 0
    series.attrs["assumptions"] = said(read, "whole_geodesics", note)
    series.attrs["unreachable"] = every - int(pairs.sum())
    return series


def whole_components(graph: Readable) -> Measured:
    """Count the components: parts between which there is no tie.

    Parameters
    ----------
    graph : networkx.Graph
        Any network.

    Returns
    -------
    float
        A whole number; the size of the largest is in ``.attrs["largest"]``.

    Examples
    --------
    >>> import networkx as nx
    >>> found = whole_components(nx.Graph([("a", "b"), ("b", "c"), ("x", "y")]))
    >>> found, found.attrs["largest"]
    (2.0, 3)
    """
    read = reading(graph)
    sizes = np.bincount(components(read.network))
    number = measured(read, "whole_components", len(sizes))
    number.attrs["largest"] = int(sizes.max(initial=0))
    return number


def whole_degree_centralisation(graph: Readable, *, direction: str | None = None) -> Measured:
    """Return how much the ties are those of one node: 1 in a star.

    Parameters
    ----------
    graph : networkx.Graph
        A network of one mode.
    direction : {"in", "out"}, optional
        Which ties of a directed network count. Default: a tie either way counts, once.

    Returns
    -------
    float
        0 to 1; NaN with fewer than three nodes.

    Raises
    ------
    UnusableInput
        The network has two modes, another word for `direction`, or one for an undirected network.

    Examples
    --------
    >>> import networkx as nx
    >>> (
    ...     whole_degree_centralisation(nx.star_graph(4)),
    ...     whole_degree_centralisation(nx.cycle_graph(4)),
    ... )
    (1.0, 0.0)
    """
    read = one_mode(graph, "centralisation")
    network, count = read.network, read.network.count
    if direction not in {None, "in", "out"}:
        raise UnusableInput(f"direction is {direction!r}; use 'in', 'out' or None")
    if direction and not network.directed:
        raise UnusableInput("direction is for directed networks; this one is undirected")
    if direction is None:
        degree, most = network.undirected.degree, (count - 1) * (count - 2)
    else:
        degree = (network if direction == "out" else network.reversed).degree
        most = (count - 1) ** 2
    above = int((degree.max(initial=0) - degree).sum())
    note = f"direction: {direction}" if direction else ""
    value = above / most if count > 2 else None
    return measured(read, "whole_degree_centralisation", value, note)


def whole_closeness_centralisation(graph: Readable) -> Measured:
    """Return how much one node is closer to all than the others are: 1 in a star.

    Parameters
    ----------
    graph : networkx.Graph
        An undirected, connected network of one mode.

    Returns
    -------
    float
        0 to 1; NaN with fewer than three nodes.

    Raises
    ------
    UnusableInput
        The network has two modes, is directed, has more than 20,000 nodes, or falls apart:
        closeness is undefined then.

    Examples
    --------
    >>> import networkx as nx
    >>> round(whole_closeness_centralisation(nx.star_graph(4)), 6)
    1.0
    """
    read = one_mode(graph, "centralisation")
    network, count = read.network, read.network.count
    if network.directed:
        raise UnusableInput("closeness centralisation is for undirected networks")
    found = every_step(steady(read).network, "closeness centralisation")
    if (found.reached < count - 1).any():
        raise UnusableInput(
            "closeness is undefined where some cannot reach others; take a component"
        )
    if count < 3:
        return measured(read, "whole_closeness_centralisation", None)
    closeness = (count - 1) / found.farness
    most = (count - 1) * (count - 2) / (2 * count - 3)
    value = fsum(closeness.max() - closeness) / most
    return measured(read, "whole_closeness_centralisation", value)
