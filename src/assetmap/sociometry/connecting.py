"""Who connects: on the way between others, near to everybody, the only way across."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from assetmap.errors import UnusableInput
from assetmap.networks import Network
from assetmap.networks.articulation import cuts
from assetmap.networks.paths import (
    Between,
    betweenness,
    estimated_betweenness,
    weighted_betweenness,
)
from assetmap.networks.triangles import tails
from assetmap.sociometry.measured import said
from assetmap.sociometry.reading import Readable, Reading, reading
from assetmap.sociometry.steady import steady
from assetmap.sociometry.steps import steps
from assetmap.sociometry.telling import per_node

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "EXACT_UP_TO",
    "SOURCES",
    "node_by_betweenness",
    "node_by_betweenness_sampled",
    "node_by_closeness",
    "node_by_harmonic",
    "node_is_cut_point",
    "tie_is_bridge",
]

EXACT_UP_TO = 10_000
"""Betweenness is exact up to so many nodes; above that it is estimated unless told otherwise."""

SOURCES = 128
"""From so many sources, drawn at random, betweenness is estimated."""


def node_by_betweenness(
    graph: Readable,
    *,
    normalised: bool = True,
    weighted: bool = False,
    sources: int | None = None,
    seed: int = 0,
) -> pd.Series[Any]:
    """Tell for each node how much of the shortest ways between others go through it.

    Parameters
    ----------
    graph : networkx.Graph
        Any network.
    normalised : bool, default True
        The share of the most that is possible (in a two-mode network: for its mode). Otherwise
        the number of pairs of others, each pair once where ties have no direction.
    weighted : bool, default False
        A tie of weight w is 1/w long; otherwise every tie is one step.
    sources : int, optional
        Estimate from so many sources. Default: exact up to 10,000 nodes, 128 sources above.
    seed : int, default 0
        Which sources are drawn.

    Returns
    -------
    pandas.Series of float
        One row per node, in the order of the graph. Where it was estimated the assumptions say
        so, with the largest standard error; :func:`node_by_betweenness_sampled` tells all.

    Raises
    ------
    UnusableInput
        `sources` below 2, or together with `weighted`.

    Examples
    --------
    >>> import networkx as nx
    >>> g = nx.Graph([("a", "b"), ("b", "c")])
    >>> node_by_betweenness(g).to_dict()
    {'a': 0.0, 'b': 1.0, 'c': 0.0}
    """
    read = reading(graph)
    network = steady(read).network
    if weighted:
        if sources is not None:
            raise UnusableInput("betweenness with weights is exact; leave sources out")
        found, notes = weighted_betweenness(network), ["a tie of weight w is 1/w long"]
    elif sources is None and network.count <= EXACT_UP_TO:
        found, notes = betweenness(network), []
    else:
        found, note = _estimated(network, SOURCES if sources is None else sources, seed)
        notes = [note]
    most = _most(network) if normalised else np.ones(network.count)
    if found.error is not None:
        notes.append(f"largest standard error {np.nanmax(found.error / most):.3g}")
    notes.append("share of the most possible" if normalised else "number of pairs")
    values = steady(read).back(found.value / most)
    return per_node(read, "node_by_betweenness", values, *notes)


def node_by_betweenness_sampled(
    graph: Readable, *, sources: int = SOURCES, seed: int = 0, normalised: bool = True
) -> pd.DataFrame:
    """Estimate betweenness from some sources, with the standard error of each estimate.

    Parameters
    ----------
    graph : networkx.Graph
        Any network.
    sources : int, default 128
        From how many nodes, drawn without replacement, shortest ways are followed. With as many
        as there are nodes the result is exact and the error 0.
    seed : int, default 0
        Which sources are drawn.
    normalised : bool, default True
        As in :func:`node_by_betweenness`.

    Returns
    -------
    pandas.DataFrame
        One row per node: ``node_by_betweenness_sampled`` and ``standard_error``.

    Raises
    ------
    UnusableInput
        `sources` below 2.

    Examples
    --------
    >>> import networkx as nx
    >>> table = node_by_betweenness_sampled(nx.path_graph(3), sources=3)
    >>> table["standard_error"].tolist()
    [0.0, 0.0, 0.0]
    """
    read = reading(graph)
    network = steady(read).network
    found, note = _estimated(network, sources, seed)
    most = _most(network) if normalised else np.ones(network.count)
    error = np.zeros(network.count) if found.error is None else found.error
    value = per_node(
        read, "node_by_betweenness_sampled", steady(read).back(found.value / most), note
    )
    table = value.to_frame()
    table["standard_error"] = steady(read).back(error / most)
    table.attrs["assumptions"] = value.attrs["assumptions"]
    return table


def _estimated(network: Network, sources: int, seed: int) -> tuple[Between, str]:
    if sources < 2:
        raise UnusableInput(f"sources is {sources}; an estimate needs 2 or more")
    if sources >= network.count:
        return betweenness(network), "exact: every node is a source"
    chosen = np.random.default_rng(seed).choice(network.count, sources, replace=False)
    found = estimated_betweenness(network, np.sort(chosen))
    return found, f"estimated from {sources} of {network.count} sources, seed {seed}"


def _most(network: Network) -> NDArray[np.float64]:
    """Return the most pairs that each node can lie between; NaN where there is no pair."""
    n = float(network.count)
    if network.mode is None or network.directed:
        pairs = (n - 1) * (n - 2) / (1 if network.directed else 2)
        return np.full(network.count, pairs if n > 2 else np.nan)
    most = np.full(network.count, np.nan)
    for side in (0, 1):
        here = network.mode == side
        own, other = float(here.sum()), float((~here).sum())
        if other:
            s, t = divmod(own - 1, other)
            reach = other**2 * (s + 1) ** 2 + other * (s + 1) * (2 * t - s - 1)
            most[here] = (reach - t * (2 * s - t + 3)) / 2
    return np.where(most > 0, most, np.nan)


def node_by_closeness(graph: Readable, *, seed: int = 0) -> pd.Series[Any]:
    """Tell how near each node is to those it can reach.

    Parameters
    ----------
    graph : networkx.Graph
        Any network.
    seed : int, default 0
        Which others are drawn, in a network of more than 20,000 nodes.

    Returns
    -------
    pandas.Series of float
        1 divided by the mean number of steps, times the share of all others that is reached
        (Wasserman & Faust); missing for whoever reaches nobody.

    Examples
    --------
    >>> import networkx as nx
    >>> node_by_closeness(nx.Graph([("a", "b"), ("b", "c")]))["b"]
    np.float64(1.0)
    """
    read = reading(graph)
    found, note = steps(steady(read).network, seed)
    with np.errstate(divide="ignore", invalid="ignore"):
        near = found.reached / found.farness * (found.reached / found.others)
    return per_node(read, "node_by_closeness", steady(read).back(near), note)


def node_by_harmonic(graph: Readable, *, normalised: bool = True, seed: int = 0) -> pd.Series[Any]:
    """Add up how near each node is to every other: 1 for a step, 1/2 for two, 0 for no way.

    Parameters
    ----------
    graph : networkx.Graph
        Any network.
    normalised : bool, default True
        Divided by the number of others.
    seed : int, default 0
        Which others are drawn, in a network of more than 20,000 nodes.

    Returns
    -------
    pandas.Series of float
        One row per node, in the order of the graph.

    Examples
    --------
    >>> import networkx as nx
    >>> node_by_harmonic(nx.Graph([("a", "b"), ("b", "c")])).to_dict()
    {'a': 0.75, 'b': 1.0, 'c': 0.75}
    """
    read = reading(graph)
    network = steady(read).network
    found, note = steps(network, seed)
    others, notes = found.others, [note] if note else []
    scale = 1.0 if normalised else float(network.count - 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = found.inverse / others
        if notes:
            spread = np.maximum(found.squares / others - mean**2, 0.0)
            error = scale * np.sqrt((1 - others / (network.count - 1)) * spread / (others - 1))
            notes.append(f"largest standard error {error.max():.3g}")
    if not normalised and network.count == 1:
        mean = np.zeros(1)
    notes.append("divided by the number of others" if normalised else "a sum")
    return per_node(read, "node_by_harmonic", steady(read).back(mean * scale), *notes)


def node_is_cut_point(graph: Readable) -> pd.Series[Any]:
    """Mark who is the only link between parts that would fall apart.

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
    >>> node_is_cut_point(nx.Graph([("a", "b"), ("b", "c")])).to_dict()
    {'a': False, 'b': True, 'c': False}
    """
    read = reading(graph)
    return per_node(read, "node_is_cut_point", cuts(read.network).parts > 1)


def tie_is_bridge(graph: Readable) -> pd.Series[Any]:
    """Mark the ties that are the only way between two parts.

    Parameters
    ----------
    graph : networkx.Graph
        Any network.

    Returns
    -------
    pandas.Series of bool
        One row per pair of nodes that are joined, by `source` and `target`.

    Examples
    --------
    >>> import networkx as nx
    >>> g = nx.Graph([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")])
    >>> tie_is_bridge(g)["c", "d"]
    np.True_
    """
    read = reading(graph)
    ties = read.network.undirected.ties
    row = tails(ties)
    once = np.flatnonzero(row < ties.indices)
    return _per_tie(read, "tie_is_bridge", cuts(read.network).bridge[once], (row, once))


def _per_tie(
    read: Reading, name: str, values: Any, where: tuple[Any, NDArray[np.int64]]
) -> pd.Series[Any]:
    """Return one value per joined pair, each pair once, in the order of the nodes."""
    row, once = where
    ends = read.network.undirected.ties.indices[once]
    pairs = [(read.nodes[a], read.nodes[b]) for a, b in zip(row[once], ends, strict=True)]
    index = pd.MultiIndex.from_tuples(pairs, names=["source", "target"])
    column = pd.Series(values, index=index, name=name)
    column.attrs["assumptions"] = said(read, name)
    return column
