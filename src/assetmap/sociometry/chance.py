"""Could it be chance: a number about the network, beside that of networks drawn at random."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from math import fsum, sqrt
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from assetmap.errors import UnusableInput
from assetmap.networks.randomness import Keep, drawn, rewired
from assetmap.sociometry.catalogue import MEASURES
from assetmap.sociometry.reading import Readable, Reading, reading
from assetmap.sociometry.steady import in_order
from assetmap.sociometry.values import given

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Chance", "by_drawing", "by_rewiring", "by_shuffling"]

Statistic: TypeAlias = Callable[..., Any]
BURN_IN, BETWEEN = 100, 10
"""Steps of the chain of rewired networks, times the number of ties: before the first network, and
between two."""
SAME = 1e-9
"""Numbers that differ by less, as a share of their size, are equal: it is rounding."""
SHUFFLED = "shuffled attribute"


@dataclass(frozen=True, eq=False)
class Chance:
    """A number that was observed, beside those that chance gives.

    Attributes
    ----------
    statistic : str
        What was worked out.
    model : str
        What chance left as it was, and what it changed.
    observed : float
        The number for the network as it is.
    distribution : tuple of float
        The number for each drawn network where it is defined, in the order of drawing.
    p_greater, p_less : float
        How often chance gives as much or more, as little or less: (r + 1) / (n + 1), with r of
        the n draws; the observed network counts as one.
    p_two_sided : float
        Twice the smaller of the two, at most 1.
    undefined : int
        Draws that were left out because the number is undefined there.
    seed : int
        What was drawn from.
    """

    statistic: str
    model: str
    observed: float
    distribution: tuple[float, ...] = field(repr=False)
    p_greater: float
    p_less: float
    p_two_sided: float
    undefined: int
    seed: int

    @property
    def mean(self) -> float:
        """The mean of what chance gives."""
        return fsum(self.distribution) / len(self.distribution)

    @property
    def deviation(self) -> float:
        """The standard deviation of what chance gives."""
        mean = self.mean
        return sqrt(fsum((x - mean) ** 2 for x in self.distribution) / len(self.distribution))

    def __str__(self) -> str:
        """Return it in a sentence."""
        left = f"; undefined in {self.undefined} draws" if self.undefined else ""
        return (
            f"{self.statistic} is {self.observed:.4g}; by chance {self.mean:.4g} "
            f"(sd {self.deviation:.2g}): p = {self.p_greater:.3g} for as much or more, "
            f"{self.p_less:.3g} for as little or less, {self.p_two_sided:.3g} two-sided "
            f"({len(self.distribution)} draws, seed {self.seed}; {self.model}{left})"
        )


def compared(statistic: str, model: str, observed: float, draws: Any, seed: int) -> Chance:
    """Return an observed number beside draws; NaN among them is left out and counted.

    Raises
    ------
    UnusableInput
        The number is undefined for what was observed, or for every draw.
    """
    values = [float(value) for value in draws]
    known = [value for value in values if not np.isnan(value)]
    if np.isnan(observed):
        raise UnusableInput(f"{statistic} is undefined for this network, so nothing is compared")
    if not known:
        raise UnusableInput(f"{statistic} is undefined in every network that was drawn")
    near = SAME * max(1.0, abs(observed))
    greater = (sum(x >= observed - near for x in known) + 1) / (len(known) + 1)
    less = (sum(x <= observed + near for x in known) + 1) / (len(known) + 1)
    return Chance(
        statistic,
        model,
        float(observed),
        tuple(known),
        p_greater=greater,
        p_less=less,
        p_two_sided=min(1.0, 2 * min(greater, less)),
        undefined=len(values) - len(known),
        seed=seed,
    )


def by_rewiring(
    graph: Readable,
    statistic: Statistic,
    *,
    runs: int = 999,
    seed: int = 0,
    burn_in: int | None = None,
    between: int | None = None,
) -> Chance:
    """Compare with networks in which everybody has as many ties, with others (configuration model).

    1. Two ties, drawn at random, exchange their ends, unless that would make a loop or a second
       tie; again and again. Directed: ties out and in are both kept, and triangles are turned.
    2. After `burn_in` steps, a network; after every `between` more, the next.

    Parameters
    ----------
    graph : networkx.Graph
        Any network. Weights are left out, of the observed network too.
    statistic : callable
        Takes a networkx graph, returns a number, such as ``graph.whole_transitivity``.
    runs : int, default 999
        How many networks.
    seed : int, default 0
        What they are drawn from.
    burn_in, between : int, optional
        Steps of the chain. Default: 100 and 10 times the number of ties.

    Returns
    -------
    Chance
        ``str()`` says it in a sentence.

    Raises
    ------
    UnusableInput
        The statistic is undefined here, or returns no number; fewer than one run.

    Examples
    --------
    >>> import networkx as nx
    >>> from assetmap.graph import whole_transitivity
    >>> found = by_rewiring(nx.karate_club_graph(), whole_transitivity, runs=99)
    >>> found.p_greater > 0.05, len(found.distribution)
    (True, 99)
    """
    _check_runs(runs)
    read = _sorted(graph, weights=False)
    ties = read.network.tie_count
    first = BURN_IN * ties if burn_in is None else burn_in
    step = BETWEEN * ties if between is None else between
    if first < 0 or step < 1:
        raise UnusableInput("burn_in must be 0 or more, and between 1 or more")
    rng = np.random.default_rng(seed)
    chain = rewired(read.network, rng, burn_in=first, between=step)
    model = f"everybody keeps the number of ties; burn-in {first} steps, then every {step}"
    draws = (replace(read, network=network) for network in islice(chain, runs))
    return _compare(statistic, model, read, draws, seed)


def by_drawing(
    graph: Readable, statistic: Statistic, *, keep: str = "ties", runs: int = 999, seed: int = 0
) -> Chance:
    """Compare with all networks that share a few numbers alike (conditional uniform graphs).

    Parameters
    ----------
    graph : networkx.Graph
        Any network. Weights are left out, of the observed network too.
    statistic : callable
        Takes a networkx graph, returns a number, such as ``graph.whole_transitivity``.
    keep : {"size", "ties", "dyads"}, default "ties"
        Only the number of nodes (every tie with chance one half), that of ties as well, or in a
        directed network the numbers of pairs with ties both ways, one way and none.
    runs : int, default 999
        How many networks.
    seed : int, default 0
        What they are drawn from.

    Returns
    -------
    Chance
        ``str()`` says it in a sentence.

    Raises
    ------
    UnusableInput
        Another word for `keep`, ``"dyads"`` for an undirected network, or a statistic that is
        undefined here or returns no number; fewer than one run.

    Examples
    --------
    >>> import networkx as nx
    >>> from assetmap.graph import whole_transitivity
    >>> by_drawing(nx.karate_club_graph(), whole_transitivity, runs=99).p_greater
    0.01
    """
    _check_runs(runs)
    if keep not in set(Keep):
        raise UnusableInput(f"keep is {keep!r}; use 'size', 'ties' or 'dyads'")
    kept = Keep(keep)
    read = _sorted(graph, weights=False)
    if kept is Keep.DYADS and not read.network.directed:
        raise UnusableInput("'dyads' is for directed networks; use 'ties'")
    rng = np.random.default_rng(seed)
    networks = (drawn(read.network, kept, rng) for _ in range(runs))
    model = f"all networks with the same {_KEPT[kept]} alike"
    return _compare(statistic, model, read, (replace(read, network=n) for n in networks), seed)


_KEPT = {
    Keep.SIZE: "number of nodes",
    Keep.TIES: "numbers of nodes and ties",
    Keep.DYADS: "numbers of nodes and of pairs tied both ways, one way and not",
}


def by_shuffling(
    graph: Readable, statistic: Statistic, *, attribute: Any, runs: int = 999, seed: int = 0
) -> Chance:
    """Compare with the same network in which the values of an attribute changed places.

    Parameters
    ----------
    graph : networkx.Graph
        Any network; ties and weights stay.
    statistic : callable
        Takes a networkx graph and the name of the attribute, or only the graph; returns a
        number. Such as ``graph.whole_ei_index``.
    attribute : str, or mapping or Series by node
        What is shuffled over all nodes; who is unknown is shuffled too.
    runs : int, default 999
        How many times.
    seed : int, default 0
        What orders are drawn from.

    Returns
    -------
    Chance
        ``str()`` says it in a sentence.

    Raises
    ------
    UnusableInput
        No node has the attribute, or a statistic that is undefined here or returns no number;
        fewer than one run.

    Examples
    --------
    >>> import networkx as nx
    >>> from assetmap.graph import whole_ei_index
    >>> found = by_shuffling(nx.karate_club_graph(), whole_ei_index, attribute="club", runs=99)
    >>> found.p_less, round(found.observed, 3)
    (0.01, -0.718)
    """
    _check_runs(runs)
    read = _sorted(graph, weights=True)
    values = given(read, attribute)
    name = attribute if isinstance(attribute, str) else SHUFFLED
    rng = np.random.default_rng(seed)

    def with_values(order: Any) -> Reading:
        at = zip(read.nodes, order, strict=True)
        facts = {node: {**read.facts[node], name: values[place]} for node, place in at}
        return replace(read, facts=facts)

    size = len(values)
    draws = (with_values(rng.permutation(size).tolist()) for _ in range(runs))
    model = "ties stay, the values of the attribute change places"
    return _compare(_told(statistic, name), model, with_values(range(size)), draws, seed)


def _told(statistic: Statistic, name: str) -> Statistic:
    """Return a statistic of a graph alone: one that takes two things gets the attribute."""
    kinds = {inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD}
    takes = [p for p in inspect.signature(statistic).parameters.values() if p.kind in kinds]
    if len(takes) < 2:
        return statistic

    def both(graph: Any) -> Any:
        return statistic(graph, name)

    both.__name__, both.__module__ = _name(statistic), statistic.__module__
    return both


def _check_runs(runs: int) -> None:
    if runs < 1:
        raise UnusableInput(f"runs is {runs}; there must be 1 or more")


def _sorted(graph: Readable, *, weights: bool) -> Reading:
    """Return a reading in the order of ids, so that what is drawn does not depend on rows."""
    read, _ = in_order(reading(graph))
    return read if weights else replace(read, network=read.network.unweighted)


def _name(statistic: Statistic) -> str:
    return str(getattr(statistic, "__name__", "the statistic"))


def _compare(
    statistic: Statistic, model: str, read: Reading, draws: Iterator[Reading], seed: int
) -> Chance:
    observed = _value(statistic, read)
    return compared(_name(statistic), model, observed, (_value(statistic, d) for d in draws), seed)


def _value(statistic: Statistic, read: Reading) -> float:
    """Return the number; measures of this package take the reading, others a networkx graph."""
    module = str(getattr(statistic, "__module__", ""))
    ours = _name(statistic) in MEASURES and module.startswith("assetmap.")
    value = statistic(read if ours else _graph(read))
    if value is None:
        return float("nan")
    if isinstance(value, bool) or not isinstance(value, (int, float, np.number)):
        raise UnusableInput(f"{_name(statistic)} must return a number")
    return float(value)


def _graph(read: Reading) -> nx.Graph[Any]:
    """Return a reading as a plain networkx graph."""
    import networkx as nx

    network = read.network
    made: nx.Graph[Any] = nx.DiGraph() if network.directed else nx.Graph()
    for node in read.nodes:
        made.add_node(node, **{k: v for k, v in read.facts[node].items() if v is not None})
    ties = network.ties.tocoo()
    for a, b, weight in zip(ties.row.tolist(), ties.col.tolist(), ties.data.tolist(), strict=True):
        if network.directed or a < b:
            made.add_edge(read.nodes[a], read.nodes[b], weight=weight)
    return made
