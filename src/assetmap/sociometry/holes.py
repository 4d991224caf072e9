"""Whose contacts have contact with each other: structural holes, in two forms.

The form without a word behind its name looks at each node's own network of contacts and nothing
else (UCINET). The form called `whole` lets contacts spend their time on everybody in the network
(networkx, igraph). On the same network they differ; neither is an error of the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from assetmap.errors import UnusableInput
from assetmap.networks.affiliations import affiliations
from assetmap.networks.holes import ego_holes, whole_holes
from assetmap.sociometry.reading import Readable, reading
from assetmap.sociometry.steady import one_mode, steady
from assetmap.sociometry.telling import per_node

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "node_by_constraint",
    "node_by_constraint_two_mode",
    "node_by_constraint_whole",
    "node_by_effective_size",
    "node_by_effective_size_two_mode",
    "node_by_effective_size_whole",
    "node_by_efficiency",
    "node_by_efficiency_whole",
    "node_by_hierarchy",
    "node_by_hierarchy_whole",
]

Burt = Literal["constraint", "effective_size", "efficiency", "hierarchy"]


def _of_each(graph: Readable, burt: Burt, form: str, *, weighted: bool) -> pd.Series[Any]:
    name = f"node_by_{burt}{form}"
    read = one_mode(graph, name)
    network = steady(read).network
    note = "weights used" if weighted and network.weighted else "every tie counts as 1"
    holes = (whole_holes if form else ego_holes)(network if weighted else network.unweighted)
    return per_node(read, name, steady(read).back(getattr(holes, burt)), note)


def node_by_constraint(graph: Readable, *, weighted: bool = True) -> pd.Series[Any]:
    """Tell how far each node's time goes to contacts who know each other, in its own network.

    Parameters
    ----------
    graph : networkx.Graph
        Any network of one mode.
    weighted : bool, default True
        The stronger a tie the more of somebody's time it takes; otherwise all ties are alike.

    Returns
    -------
    pandas.Series of float
        Low where contacts do not know each other, high where they do; missing without a tie.

    Raises
    ------
    UnusableInput
        A two-mode network.

    Examples
    --------
    >>> import networkx as nx
    >>> node_by_constraint(nx.Graph(["ab", "ac", "bc", "cd"]))["c"].round(4)
    np.float64(0.6111)
    """
    return _of_each(graph, "constraint", "", weighted=weighted)


def node_by_constraint_whole(graph: Readable, *, weighted: bool = True) -> pd.Series[Any]:
    """Tell how far each node's time goes to contacts who know each other, in the whole network.

    Parameters
    ----------
    graph : networkx.Graph
        Any network of one mode.
    weighted : bool, default True
        The stronger a tie the more of somebody's time it takes; otherwise all ties are alike.

    Returns
    -------
    pandas.Series of float
        Low where contacts do not know each other, high where they do; missing without a tie.

    Raises
    ------
    UnusableInput
        A two-mode network.

    Examples
    --------
    >>> import networkx as nx
    >>> node_by_constraint_whole(nx.Graph(["ab", "ac", "bc", "cd"]))["c"].round(4)
    np.float64(0.6111)
    """
    return _of_each(graph, "constraint", "_whole", weighted=weighted)


def node_by_effective_size(graph: Readable, *, weighted: bool = True) -> pd.Series[Any]:
    """Count each node's contacts less what they have in common, in its own network.

    Parameters
    ----------
    graph : networkx.Graph
        Any network of one mode.
    weighted : bool, default True
        The stronger a tie the more of somebody's time it takes; otherwise all ties are alike.

    Returns
    -------
    pandas.Series of float
        From 1 to the number of contacts; missing without a tie.

    Raises
    ------
    UnusableInput
        A two-mode network.

    Examples
    --------
    >>> import networkx as nx
    >>> node_by_effective_size(nx.Graph(["ab", "ac", "bc", "cd"]))["c"].round(4)
    np.float64(2.3333)
    """
    return _of_each(graph, "effective_size", "", weighted=weighted)


def node_by_effective_size_whole(graph: Readable, *, weighted: bool = True) -> pd.Series[Any]:
    """Count each node's contacts less what they have in common, in the whole network.

    Parameters
    ----------
    graph : networkx.Graph
        Any network of one mode.
    weighted : bool, default True
        The stronger a tie the more of somebody's time it takes; otherwise all ties are alike.

    Returns
    -------
    pandas.Series of float
        From 1 to the number of contacts; missing without a tie.

    Raises
    ------
    UnusableInput
        A two-mode network.

    Examples
    --------
    >>> import networkx as nx
    >>> node_by_effective_size_whole(nx.Graph(["ab", "ac", "bc", "cd"]))["c"].round(4)
    np.float64(2.3333)
    """
    return _of_each(graph, "effective_size", "_whole", weighted=weighted)


def node_by_efficiency(graph: Readable, *, weighted: bool = True) -> pd.Series[Any]:
    """Tell which share of each node's contacts adds something, in its own network.

    Parameters
    ----------
    graph : networkx.Graph
        Any network of one mode.
    weighted : bool, default True
        The stronger a tie the more of somebody's time it takes; otherwise all ties are alike.

    Returns
    -------
    pandas.Series of float
        Effective size divided by the number of contacts; missing without a tie.

    Raises
    ------
    UnusableInput
        A two-mode network.

    Examples
    --------
    >>> import networkx as nx
    >>> node_by_efficiency(nx.Graph(["ab", "ac", "bc", "cd"]))["c"].round(4)
    np.float64(0.7778)
    """
    return _of_each(graph, "efficiency", "", weighted=weighted)


def node_by_efficiency_whole(graph: Readable, *, weighted: bool = True) -> pd.Series[Any]:
    """Tell which share of each node's contacts adds something, in the whole network.

    Parameters
    ----------
    graph : networkx.Graph
        Any network of one mode.
    weighted : bool, default True
        The stronger a tie the more of somebody's time it takes; otherwise all ties are alike.

    Returns
    -------
    pandas.Series of float
        Effective size divided by the number of contacts; missing without a tie.

    Raises
    ------
    UnusableInput
        A two-mode network.

    Examples
    --------
    >>> import networkx as nx
    >>> node_by_efficiency_whole(nx.Graph(["ab", "ac", "bc", "cd"]))["c"].round(4)
    np.float64(0.7778)
    """
    return _of_each(graph, "efficiency", "_whole", weighted=weighted)


def node_by_hierarchy(graph: Readable, *, weighted: bool = True) -> pd.Series[Any]:
    """Tell how far each node's constraint comes from one contact, in its own network.

    Parameters
    ----------
    graph : networkx.Graph
        Any network of one mode.
    weighted : bool, default True
        The stronger a tie the more of somebody's time it takes; otherwise all ties are alike.

    Returns
    -------
    pandas.Series of float
        0 where all contacts constrain alike; missing with fewer than two contacts.

    Raises
    ------
    UnusableInput
        A two-mode network.

    Examples
    --------
    >>> import networkx as nx
    >>> node_by_hierarchy(nx.Graph(["ab", "ac", "bc", "cd"]))["c"].round(4)
    np.float64(0.0522)
    """
    return _of_each(graph, "hierarchy", "", weighted=weighted)


def node_by_hierarchy_whole(graph: Readable, *, weighted: bool = True) -> pd.Series[Any]:
    """Tell how far each node's constraint comes from one contact, in the whole network.

    Parameters
    ----------
    graph : networkx.Graph
        Any network of one mode.
    weighted : bool, default True
        The stronger a tie the more of somebody's time it takes; otherwise all ties are alike.

    Returns
    -------
    pandas.Series of float
        0 where all contacts constrain alike; missing with fewer than two contacts.

    Raises
    ------
    UnusableInput
        A two-mode network.

    Examples
    --------
    >>> import networkx as nx
    >>> node_by_hierarchy_whole(nx.Graph(["ab", "ac", "bc", "cd"]))["c"].round(4)
    np.float64(0.0522)
    """
    return _of_each(graph, "hierarchy", "_whole", weighted=weighted)


def _of_members(
    graph: Readable, measure: Literal["constraint", "effective_size"]
) -> pd.Series[Any]:
    name = f"node_by_{measure}_two_mode"
    read = reading(graph)
    if read.network.mode is None:
        raise UnusableInput(f"{name} is about two-mode networks; this network has one mode")
    found = affiliations(steady(read).network)
    return per_node(read, name, steady(read).back(getattr(found, measure)))


def node_by_constraint_two_mode(graph: Readable) -> pd.Series[Any]:
    """Tell how far somebody meets the same people again and again, in a two-mode network.

    Parameters
    ----------
    graph : networkx.Graph
        A two-mode network: every node has the attribute ``bipartite``, 0 or 1.

    Returns
    -------
    pandas.Series of float
        The sum over peers of the share of meeting places that is shared with them, squared; for
        the nodes of both modes. Missing for who meets nobody.

    Raises
    ------
    UnusableInput
        A network of one mode.

    Examples
    --------
    >>> import networkx as nx
    >>> g = nx.Graph(["a1", "b1", "a2", "c2"])
    >>> nx.set_node_attributes(g, {n: int(n.isdigit()) for n in g}, "bipartite")
    >>> node_by_constraint_two_mode(g)[["a", "b"]].to_dict()
    {'a': 0.5, 'b': 1.0}
    """
    return _of_members(graph, "constraint")


def node_by_effective_size_two_mode(graph: Readable) -> pd.Series[Any]:
    """Count whom somebody meets and who does not meet the others there, in a two-mode network.

    Parameters
    ----------
    graph : networkx.Graph
        A two-mode network: every node has the attribute ``bipartite``, 0 or 1.

    Returns
    -------
    pandas.Series of float
        The number of peers, less what is redundant, for the nodes of both modes. Missing for who
        meets nobody.

    Raises
    ------
    UnusableInput
        A network of one mode.

    Examples
    --------
    >>> import networkx as nx
    >>> g = nx.Graph(["a1", "b1", "a2", "c2"])
    >>> nx.set_node_attributes(g, {n: int(n.isdigit()) for n in g}, "bipartite")
    >>> node_by_effective_size_two_mode(g)[["a", "b"]].to_dict()
    {'a': 2.0, 'b': 1.0}
    """
    return _of_members(graph, "effective_size")
