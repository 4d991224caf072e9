"""Who knows somebody, whom two people both know, and who could introduce them."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import TYPE_CHECKING, TypeAlias

from assetmap.errors import UnknownName, UnusableInput

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["acquaintances", "chain", "common"]


def acquaintances(network: nx.Graph[str], person: str) -> tuple[str, ...]:
    """Return the ids of those whom somebody knows, sorted; `network` as :func:`people` makes it.

    Examples
    --------
    >>> import networkx as nx
    >>> acquaintances(nx.Graph([("b", "c"), ("b", "a")]), "b")
    ('a', 'c')
    """
    _check_there(network, person)
    return tuple(sorted(network.adj[person]))


def common(network: nx.Graph[str], a: str, b: str, /) -> tuple[str, ...]:
    """Return the ids of those whom two people both know, sorted.

    Examples
    --------
    >>> import networkx as nx
    >>> common(nx.Graph([("a", "x"), ("x", "b"), ("a", "y")]), "a", "b")
    ('x',)
    """
    _check_there(network, a, b)
    return tuple(sorted(set(network.adj[a]) & set(network.adj[b])))


def chain(
    network: nx.Graph[str],
    a: str,
    b: str,
    /,
    *,
    permits: Callable[[str], bool] | None = None,
    longest: int = 3,
) -> tuple[str, ...] | None:
    """Return the shortest chain of acquaintance between two people.

    1. Walk outward from `b`, through people who permit it, at most `longest` ties.
    2. Note for each person how strong the weakest tie is on the best shortest way to `b`.
    3. Walk from `a` along the best of these, the smallest id first.

    Time grows with the ties of the people within reach.

    Parameters
    ----------
    network : networkx.Graph
        As :func:`people` makes it; ties without a weight count as 1.
    a, b : str
        Ids of the two who would be introduced.
    permits : callable, optional
        Tells of the id of a person in between whether he or she may be in the chain. It is not
        asked of `a` and `b`. Default: everybody permits it.
    longest : int, default 3
        At most so many ties; 2 is one introducer, 1 means they know each other.

    Returns
    -------
    tuple of str or None
        From `a` to `b`, both included; of the shortest chains the one whose weakest tie is the
        strongest, then the first in order of ids. None when there is no chain.

    Raises
    ------
    UnknownName
        When one of them is not in the network.
    UnusableInput
        When `a` is `b`, or `longest` is below 1.

    Examples
    --------
    >>> import networkx as nx
    >>> network = nx.Graph([("a", "x"), ("x", "b"), ("a", "y"), ("y", "b")])
    >>> chain(network, "a", "b")
    ('a', 'x', 'b')
    >>> chain(network, "a", "b", permits=lambda person: person != "x")
    ('a', 'y', 'b')
    """
    _check_there(network, a, b)
    if a == b:
        raise UnusableInput("a chain joins two different people")
    if longest < 1:
        raise UnusableInput(f"longest is {longest}; a chain has at least 1 tie")
    layers = _layers_from(network, a, b, permits or (lambda _: True), longest)
    return None if layers is None else _walk(network, a, layers)


def _check_there(network: nx.Graph[str], *persons: str) -> None:
    for person in persons:
        if person not in network:
            raise UnknownName(f"{person!r} is not in this network")


Widths: TypeAlias = dict[str, float]


def _layers_from(
    network: nx.Graph[str], a: str, b: str, permits: Callable[[str], bool], longest: int
) -> list[Widths] | None:
    """Return, per number of ties to `b`, who is there and how strong their weakest tie is.

    The last layer holds `a`; None when `a` is not met.
    """
    layers: list[Widths] = [{b: inf}]
    seen = {b}
    while len(layers) <= longest:
        found: Widths = {}
        for person, width in layers[-1].items():
            for other, facts in network.adj[person].items():
                if other not in seen:
                    strength = min(width, facts.get("weight", 1))
                    found[other] = max(found.get(other, -inf), strength)
        seen |= found.keys()
        if a in found:
            return [*layers, {a: found[a]}]
        layers.append({other: width for other, width in found.items() if permits(other)})
        if not layers[-1]:
            return None
    return None


def _walk(network: nx.Graph[str], a: str, layers: list[Widths]) -> tuple[str, ...]:
    """Follow the layers back to `b`, never below the strength that is possible."""
    needed = layers[-1][a]
    way = [a]
    for layer in reversed(layers[:-1]):
        ties = network.adj[way[-1]]
        way.append(
            min(
                other
                for other, width in layer.items()
                if other in ties and min(width, ties[other].get("weight", 1)) >= needed
            )
        )
    return tuple(way)
