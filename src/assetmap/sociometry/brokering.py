"""Who stands between two others, and between which groups (Gould & Fernandez 1989)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from assetmap.errors import UnusableInput
from assetmap.networks import Network
from assetmap.networks.brokerage import ROLES, Brokerage, brokerage
from assetmap.sociometry.catalogue import assumptions
from assetmap.sociometry.reading import Readable, Reading, reading
from assetmap.sociometry.steady import one_mode, steady
from assetmap.sociometry.values import numbered, one_group_each

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["node_by_brokerage", "whole_brokerage"]

_NULLS = {
    "ordered": "each ordered pair has a tie on its own, with the chance of the density",
    "mutual": "each pair has a tie both ways or none, with the chance of the density",
}


def node_by_brokerage(graph: Readable, *, attribute: str, null: str = "ordered") -> pd.DataFrame:
    """Count whom each node stands between, by the groups of all three.

    Somebody brokers an ordered pair: the first has a tie to the broker, the broker has one to
    the last, the first has none to the last. Coordinator: all are of one group; itinerant
    (consultant): the two others are of one group, the broker is not; gatekeeper: only the first
    is of another group; representative: only the last is; liaison: three groups.

    Parameters
    ----------
    graph : networkx.Graph
        Any network of one mode. An undirected tie counts both ways.
    attribute : str
        The attribute of nodes that names their group.
    null : {"ordered", "mutual"}, default "ordered"
        What chance would give: a tie from a to b and one from b to a each on its own, or both
        at once (undirected networks only).

    Returns
    -------
    pandas.DataFrame
        One row per node. For each role, and in all (``total``): the number of ordered pairs
        (``coordinator``, ...), what chance would give (``coordinator_expected``, ...) and how
        many standard deviations lie between (``coordinator_z``, ...). Whoever has no group is
        left out of all counting, and missing. A z is missing where chance gives no spread.

    Raises
    ------
    UnusableInput
        No node has the attribute, some have several values, a two-mode network, or another word
        for `null`.

    Examples
    --------
    >>> import networkx as nx
    >>> g = nx.Graph([("a", "b"), ("b", "c")])
    >>> nx.set_node_attributes(g, {"a": "north", "b": "north", "c": "south"}, "area")
    >>> table = node_by_brokerage(g, attribute="area")
    >>> table.loc["b", ["gatekeeper", "representative"]].tolist()
    [1.0, 1.0]
    """
    read = reading(graph)
    name = "node_by_brokerage"
    known, found = _found(read, attribute, null, name)
    z = _standard(found.raw, found.expected, found.deviation)
    parts = (("", found.raw.astype(np.float64)), ("_expected", found.expected), ("_z", z))
    columns = {}
    for ending, values in parts:
        for at, role in enumerate(ROLES):
            column = np.full(len(read.nodes), np.nan)
            column[known] = values[:, at]
            columns[f"{role}{ending}"] = column
    index = pd.Index(list(read.nodes), name="node", tupleize_cols=False)
    table = pd.DataFrame(columns, index=index)
    table.attrs["assumptions"] = _assumed(read, name, attribute, null, known)
    return table


def whole_brokerage(graph: Readable, *, attribute: str, null: str = "ordered") -> pd.DataFrame:
    """Count all brokered pairs of a network, by role, beside what chance would give.

    Parameters
    ----------
    graph : networkx.Graph
        Any network of one mode. An undirected tie counts both ways.
    attribute : str
        The attribute of nodes that names their group.
    null : {"ordered", "mutual"}, default "ordered"
        As in :func:`node_by_brokerage`.

    Returns
    -------
    pandas.DataFrame
        One row per role and one for the ``total``: ``raw``, ``expected``, ``deviation`` and
        ``z``.

    Raises
    ------
    UnusableInput
        As :func:`node_by_brokerage`.

    Examples
    --------
    >>> import networkx as nx
    >>> g = nx.Graph([("a", "b"), ("b", "c")])
    >>> nx.set_node_attributes(g, {"a": "north", "b": "north", "c": "south"}, "area")
    >>> whole_brokerage(g, attribute="area").loc["total", "raw"]
    np.float64(2.0)
    """
    read = reading(graph)
    name = "whole_brokerage"
    known, found = _found(read, attribute, null, name)
    raw, expected, deviation = found.whole.T
    table = pd.DataFrame(
        {
            "raw": raw,
            "expected": expected,
            "deviation": deviation,
            "z": _standard(raw, expected, deviation),
        },
        index=pd.Index(ROLES, name="role"),
    )
    table.attrs["assumptions"] = _assumed(read, name, attribute, null, known)
    return table


def _found(
    read: Reading, attribute: str, null: str, name: str
) -> tuple[NDArray[np.int64], Brokerage]:
    """Return who has a group, by position in the graph, and their brokerage."""
    if null not in _NULLS:
        raise UnusableInput(f"null is {null!r}; use 'ordered' or 'mutual'")
    if null == "mutual" and read.network.directed:
        raise UnusableInput("null='mutual' is for networks whose ties have no direction")
    one_mode(read, name)
    number = numbered(one_group_each(read, attribute, what="brokerage"))
    order = steady(read).order
    positions = order[number[order] >= 0]
    group = number[positions]
    ties: Any = read.network.ties[positions][:, positions]
    ties.sort_indices()
    network = Network(ties, read.network.directed)
    return positions, brokerage(network, group, mutual=null == "mutual")


def _standard(raw: Any, expected: Any, deviation: Any) -> NDArray[np.float64]:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(deviation > 0, (raw - expected) / deviation, np.nan)


def _assumed(read: Reading, name: str, attribute: str, null: str, known: NDArray[np.int64]) -> str:
    left = len(read.nodes) - known.size
    notes = [f"groups by {attribute}", f"chance: {_NULLS[null]}"]
    if left:
        notes.append(f"{left} without {attribute} left out")
    return "; ".join((assumptions(name), *read.notes, *notes))
