"""Which groups there are: components, cores, communities, and their names from week to week."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from math import fsum
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from assetmap.errors import UnusableInput
from assetmap.networks.communities import agreement, modularity, partitions
from assetmap.networks.components import components
from assetmap.networks.cores import core_numbers
from assetmap.networks.walking import visits
from assetmap.sociometry.catalogue import assumptions
from assetmap.sociometry.measured import Measured, measured
from assetmap.sociometry.reading import Readable, Reading, reading
from assetmap.sociometry.steady import in_order, one_mode
from assetmap.sociometry.telling import per_node
from assetmap.sociometry.values import numbered, one_group_each

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "Communities",
    "communities",
    "node_by_core",
    "node_by_pagerank",
    "node_in_community",
    "node_in_component",
    "same_names",
    "whole_modularity",
]

WORK = 20_000
MOST_RUNS, FEWEST_RUNS = 50, 3
"""How many runs a search has: so many that runs times ties are about `WORK`, within these."""


def node_in_component(graph: Readable) -> pd.Series[Any]:
    """Return in which component each node is: the parts between which there is no tie.

    Parameters
    ----------
    graph : networkx.Graph
        Any network.

    Returns
    -------
    pandas.Series of int
        0 for the largest component; of one size, that with the first id goes first.

    Examples
    --------
    >>> import networkx as nx
    >>> node_in_component(nx.Graph([("x", "y"), ("a", "b"), ("b", "c")])).to_dict()
    {'x': 1, 'y': 1, 'a': 0, 'b': 0, 'c': 0}
    """
    read = reading(graph)
    ordered, back = in_order(read)
    return per_node(read, "node_in_component", components(ordered.network)[back])


def node_by_core(graph: Readable) -> pd.Series[Any]:
    """Return the largest k for which each node is in the k-core.

    The k-core is what is left when everybody with fewer than k ties to the rest is taken out,
    again and again.

    Parameters
    ----------
    graph : networkx.Graph
        Any network.

    Returns
    -------
    pandas.Series of int
        0 or more.

    Examples
    --------
    >>> import networkx as nx
    >>> node_by_core(nx.Graph([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")])).to_dict()
    {'a': 2, 'b': 2, 'c': 2, 'd': 1}
    """
    read = reading(graph)
    return per_node(read, "node_by_core", core_numbers(read.network))


def node_by_pagerank(graph: Readable, *, damping: float = 0.85) -> pd.Series[Any]:
    """Return the share of time that a walk along ties, at random, spends at each node.

    Parameters
    ----------
    graph : networkx.Graph
        Any network.
    damping : float, default 0.85
        How often the walk goes on along a tie rather than anywhere, 0 or more and below 1.

    Returns
    -------
    pandas.Series of float
        Above 0; together 1.

    Raises
    ------
    UnusableInput
        `damping` is out of range.

    Examples
    --------
    >>> import networkx as nx
    >>> node_by_pagerank(nx.Graph([("a", "b"), ("b", "c")])).round(3).to_dict()
    {'a': 0.257, 'b': 0.486, 'c': 0.257}
    """
    if not 0 <= damping < 1:
        raise UnusableInput(f"damping is {damping}; it is 0 or more and below 1")
    read = reading(graph)
    ordered, back = in_order(read)
    note = f"damping {damping:g}"
    return per_node(read, "node_by_pagerank", visits(ordered.network, damping)[back], note)


@dataclass(frozen=True, eq=False)
class Communities:
    """Groups with more ties inside than expected, as a search found them.

    Attributes
    ----------
    groups : tuple of frozenset
        The nodes of each group, the largest first; their place is their number.
    metric : str
        What was made as large as possible: ``"modularity"``.
    modularity : float or None
        Of these groups; None where there is no tie.
    stability : float or None
        How much the other runs agree with these groups: the mean adjusted Rand index, 1 when all
        found the same. None for a single run. Groups that change with every run are no finding.
    runs, seed : int
        How many runs, and what they were drawn from.
    resolution : float
        Above 1 for smaller groups.
    assumptions : str
        What was assumed.
    """

    groups: tuple[frozenset[Hashable], ...]
    metric: str
    modularity: float | None
    stability: float | None
    runs: int
    seed: int
    resolution: float
    assumptions: str = field(repr=False)
    nodes: tuple[Hashable, ...] = field(repr=False, default=())

    def to_series(self) -> pd.Series[Any]:
        """Return the number of the group of each node, in the order of the graph."""
        import pandas as pd

        number = {node: at for at, group in enumerate(self.groups) for node in group}
        index = pd.Index(list(self.nodes), name="node", tupleize_cols=False)
        told = pd.Series(
            np.array([number[node] for node in self.nodes], dtype=np.int64),
            index=index,
            name="node_in_community",
        )
        told.attrs["assumptions"] = self.assumptions
        return told

    def __str__(self) -> str:
        """Return it in a sentence."""
        if self.modularity is None:
            return "no groups: there is no tie"
        steady = "" if self.stability is None else f", stability {self.stability:.2f}"
        return (
            f"{len(self.groups)} groups, {self.metric} {self.modularity:.4f} "
            f"(best of {self.runs} runs{steady})"
        )


def communities(
    graph: Readable,
    *,
    runs: int | None = None,
    seed: int = 0,
    weighted: bool = False,
    resolution: float = 1.0,
) -> Communities:
    """Find groups with more ties inside than expected by chance.

    1. Search from `runs` different orders for the division with the largest modularity.
    2. Take the best; of equals the one whose groups come first in order of ids.
    3. Compare all others with it: that is the stability.

    Finding the largest modularity for certain takes too long in any but tiny networks; a search
    may miss it. Time grows with runs times ties. With more than 100,000 ties NetworKit searches,
    where the extra `fast` is installed, and the assumptions say so.

    Parameters
    ----------
    graph : networkx.Graph
        A network of one mode; ties either way count.
    runs : int, optional
        Default: 50 in small networks, fewer as ties grow, at least 3.
    seed : int, default 0
        The same seed gives the same groups.
    weighted : bool, default False
        Whether the weight of a tie counts.
    resolution : float, default 1.0
        Above 1 for smaller groups, below for larger.

    Returns
    -------
    Communities
        Who is alone, without ties, is a group alone.

    Raises
    ------
    UnusableInput
        A two-mode network, fewer than one run, a resolution that is not above 0.

    Examples
    --------
    >>> import networkx as nx
    >>> found = communities(nx.karate_club_graph())
    >>> found.metric, round(found.modularity, 4), [len(group) for group in found.groups]
    ('modularity', 0.4198, [12, 11, 6, 5])
    """
    read = reading(graph)
    ordered, back = in_order(read)
    network = ordered.network if weighted else ordered.network.unweighted
    ties = network.undirected.tie_count
    many = int(np.clip(WORK // max(1, ties), FEWEST_RUNS, MOST_RUNS)) if runs is None else runs
    found = partitions(network, runs=many, seed=seed, resolution=resolution)
    best = min(
        found, key=lambda one: (-round(one.modularity, 12), one.label.tolist()), default=None
    )
    label = np.arange(len(read.nodes)) if best is None else best.label
    others = list(found)
    if best is not None:
        others.remove(best)
    agreed = [agreement(best.label, one.label) for one in others] if best else []
    stability = fsum(agreed) / len(agreed) if agreed else None
    row = (assumptions("node_in_community"), *read.notes, "weights used" if weighted else "")
    value = None if best is None else best.modularity
    steady = "" if stability is None else f"stability over runs {stability:.3f}"
    told = "" if value is None else f"modularity {value:.4f}, best of {many} runs, seed {seed}"
    kit = "searched by NetworKit" if best is not None and best.by_kit else ""
    said = "; ".join(text for text in (*row, told, steady, kit) if text)
    groups = _groups(read, label[back])
    return Communities(
        groups, "modularity", value, stability, many, seed, resolution, said, read.nodes
    )


def _groups(read: Reading, label: NDArray[np.int64]) -> tuple[frozenset[Hashable], ...]:
    members = [set[Hashable]() for _ in range(int(label.max(initial=-1)) + 1)]
    for node, at in zip(read.nodes, label.tolist(), strict=True):
        members[at].add(node)
    return tuple(frozenset(group) for group in members)


def node_in_community(
    graph: Readable, *, runs: int | None = None, seed: int = 0, weighted: bool = False
) -> pd.Series[Any]:
    """Return the number of the group of each node; :func:`communities` tells more.

    Parameters
    ----------
    graph : networkx.Graph
        A network of one mode; ties either way count.
    runs : int, optional
        Default: 50 in small networks, fewer as ties grow, at least 3.
    seed : int, default 0
        The same seed gives the same groups.
    weighted : bool, default False
        Whether the weight of a tie counts.

    Returns
    -------
    pandas.Series of int
        0 for the largest group; :func:`same_names` keeps numbers from week to week.

    Examples
    --------
    >>> import networkx as nx
    >>> g = nx.Graph([("a", "b"), ("b", "c"), ("c", "a"), ("x", "y"), ("c", "x")])
    >>> node_in_community(g).to_dict()
    {'a': 0, 'b': 0, 'c': 0, 'x': 1, 'y': 1}
    """
    return communities(graph, runs=runs, seed=seed, weighted=weighted).to_series()


def whole_modularity(graph: Readable, attribute: Any, *, weighted: bool = False) -> Measured:
    """Return how much more weight lies within the groups of an attribute than by chance.

    Parameters
    ----------
    graph : networkx.Graph
        A network of one mode; ties either way count.
    attribute : str, or mapping or Series by node
        The group of each node, such as ``"area"`` or what :func:`node_in_community` returned.
    weighted : bool, default False
        Whether the weight of a tie counts.

    Returns
    -------
    float
        -0.5 to 1; NaN without ties.

    Raises
    ------
    UnusableInput
        A two-mode network, or a node without a group or with several.

    Examples
    --------
    >>> import networkx as nx
    >>> g = nx.Graph([("a", "b"), ("x", "y")])
    >>> whole_modularity(g, {"a": 0, "b": 0, "x": 1, "y": 1})
    0.5
    """
    read = one_mode(graph, "modularity")
    ordered, _ = in_order(read)
    label = numbered(one_group_each(ordered, attribute, what="modularity"))
    if (label < 0).any():
        raise UnusableInput("modularity needs a group for every node")
    network = ordered.network if weighted else ordered.network.unweighted
    note = "weights used" if weighted else ""
    return measured(read, "whole_modularity", modularity(network, label), note)


def same_names(
    previous: pd.Series[Any], current: pd.Series[Any], *, taken: Iterable[int] = ()
) -> pd.Series[Any]:
    """Give groups the numbers that they had before, so that they keep their names.

    1. For each group of before and each of now, the overlap: members in both, over members in
       either (Greene, Doyle and Cunningham 2010).
    2. The pair with the largest overlap has the number of before; then the next, as long as both
       are free. Without a common member there is no pair.
    3. What is new gets the next number that was never used.

    A group that splits keeps its number in the part that overlaps most; of two that merge, the
    one that overlaps most stays.

    Parameters
    ----------
    previous, current : pandas.Series
        The number of the group of each node, as :func:`node_in_community` returns it. People may
        have come and gone.
    taken : iterable of int, optional
        Numbers of still earlier weeks, which are not given out anew.

    Returns
    -------
    pandas.Series of int
        As `current`, renamed.

    Examples
    --------
    >>> import pandas as pd
    >>> before = pd.Series({"a": 0, "b": 0, "c": 0, "x": 1, "y": 1})
    >>> now = pd.Series({"x": 0, "y": 0, "z": 0, "a": 1, "b": 1, "q": 2})
    >>> same_names(before, now).to_dict()
    {'x': 1, 'y': 1, 'z': 1, 'a': 0, 'b': 0, 'q': 2}
    """
    old, new = _members(previous), _members(current)
    common = [
        (-len(old[a] & new[b]) / len(old[a] | new[b]), -len(old[a] & new[b]), a, b)
        for a in old
        for b in new
        if old[a] & new[b]
    ]
    name = dict[Any, int]()
    for *_, a, b in sorted(common):
        if b not in name and a not in name.values():
            name[b] = a
    free = max((-1, *old, *taken)) + 1
    for b in sorted(new):
        if b not in name:
            name[b], free = free, free + 1
    renamed = current.map(name).astype("int64")
    renamed.attrs = {**current.attrs, "assumptions": _kept(current)}
    return renamed


def _members(label: pd.Series[Any]) -> dict[int, set[Hashable]]:
    found = dict[int, set[Hashable]]()
    for node, name in label.items():
        found.setdefault(int(name), set()).add(node)
    return found


def _kept(current: pd.Series[Any]) -> str:
    said = str(current.attrs.get("assumptions", ""))
    note = "numbers kept from the groups of before with which members overlap most"
    return f"{said}; {note}" if said else note
