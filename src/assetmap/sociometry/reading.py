"""From a networkx graph to arrays, and what was assumed on the way."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from assetmap.errors import UnusableInput
from assetmap.networks import Network
from assetmap.ties import people
from assetmap.ties.checks import is_built, mode_of

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Readable", "Reading", "reading"]


@dataclass(frozen=True, eq=False)
class Reading:
    """A graph as it was read: once, for any number of measures.

    Attributes
    ----------
    nodes : tuple
        The ids, in the order of the graph.
    network : Network
        The ties, by position in `nodes`.
    facts : mapping
        The attributes of each node.
    notes : tuple of str
        What was assumed on the way.
    """

    nodes: tuple[Hashable, ...]
    network: Network
    facts: Mapping[Hashable, Mapping[str, Any]] = field(repr=False)
    notes: tuple[str, ...] = ()

    def attribute(self, name: str) -> list[Any]:
        """Return an attribute of every node; None where it is absent.

        Raises
        ------
        UnusableInput
            No node has it.
        """
        found = [self.facts[node].get(name) for node in self.nodes]
        if self.nodes and all(value is None for value in found):
            raise UnusableInput(f"no node has the attribute {name!r}")
        return found


Readable: TypeAlias = "nx.Graph[Any] | Reading"
"""What a measure takes: any networkx graph, or one that was read before."""


def reading(graph: Readable) -> Reading:
    """Read a graph into arrays.

    1. A graph of :func:`assetmap.graph.build` is projected on the network of people.
    2. The attribute ``weight`` of an edge is its weight, 1 where there is none.
    3. Ties of a node to itself are left out; parallel ties become one, their weights added.
    4. The attribute ``bipartite`` on every node, 0 or 1 (or ``"top"`` and ``"bottom"``), makes a
       two-mode network. Where all have the same value, as in a projection, it is of one mode.

    Raises
    ------
    UnusableInput
        No networkx graph, a weight that is not a number above 0, a tie within one mode of a
        two-mode network, or ``bipartite`` on some nodes only.

    Examples
    --------
    >>> import networkx as nx
    >>> read = reading(nx.Graph([("b", "a"), ("a", "c")]))
    >>> read.nodes, read.network.degree.tolist(), read.notes
    (('b', 'a', 'c'), [1, 2, 1], ())
    """
    if isinstance(graph, Reading):
        return graph
    if not hasattr(graph, "is_multigraph"):
        raise UnusableInput(
            "a measure takes a networkx graph; make one of a table with graph.from_edges(edges)"
        )
    notes = list[str]()
    if len(graph) and is_built(graph):
        graph = people(graph)
    if said := graph.graph.get("assumptions"):
        notes.append(str(said))
    nodes = tuple(graph.nodes)
    place = {node: at for at, node in enumerate(nodes)}
    ties = list(graph.edges(data="weight", default=1.0))
    tails, heads = (
        np.fromiter((place[tie[end]] for tie in ties), dtype=np.int64, count=len(ties))
        for end in (0, 1)
    )
    if bool((tails == heads).any()):
        notes.append("ties of a node to itself left out")
    if graph.is_multigraph() and len({tie[:2] for tie in ties}) < len(ties):
        notes.append("parallel ties are one tie, their weights added")
    modes, told = _modes(nodes, graph.nodes)
    if told:
        notes.append(told)
    network = Network.from_ties(
        len(nodes),
        tails,
        heads,
        weight=_weights([tie[2] for tie in ties]),
        directed=graph.is_directed(),
        mode=modes,
    )
    return Reading(nodes, network, {node: graph.nodes[node] for node in nodes}, tuple(notes))


def _weights(values: Sequence[Any]) -> NDArray[np.float64]:
    """Return the weights as numbers; what is none is refused."""
    for kind in set(map(type, values)):
        number = issubclass(kind, int | float | np.integer | np.floating)
        if not number or issubclass(kind, bool):
            raise UnusableInput("the weight of a tie must be a number above 0")
    return np.array(values, dtype=np.float64)


def _modes(nodes: Sequence[Hashable], facts: Any) -> tuple[list[int] | None, str]:
    """Return the mode of each node, None for a network of one mode; and what was assumed."""
    found = [facts[node].get("bipartite") for node in nodes]
    without = sum(value is None for value in found)
    if without == len(found):
        return None, ""
    if without:
        raise UnusableInput(
            f"{without} of {len(found)} nodes have no attribute bipartite; a two-mode network has "
            "it on every node, a network of one mode on none"
        )
    modes = [mode for mode in map(mode_of, found) if mode is not None]
    if len(modes) < len(found):
        raise UnusableInput(
            "the attribute bipartite is 0 or 1 (or top and bottom); call another attribute "
            "otherwise"
        )
    if len(set(modes)) == 1:
        return None, "every node has the same value of bipartite: one mode"
    return modes, ""
