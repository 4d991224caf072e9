"""What a graph and a day have to be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable
from typing import TYPE_CHECKING, Any, TypeGuard

from assetmap.errors import UnusableInput
from assetmap.ties.schema import NODE_KINDS

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["check_built", "check_day", "is_built", "mode_of"]


def check_day(asof: dt.date | None) -> None:
    """Refuse what is not a date without a time."""
    if asof is not None and (isinstance(asof, dt.datetime) or not isinstance(asof, dt.date)):
        raise UnusableInput("asof must be a date without a time, or None")


def check_built(graph: nx.MultiDiGraph[str]) -> None:
    """Refuse a graph that was not made of the tables."""
    import networkx as nx

    kinds = {facts.get("kind") for _, facts in graph.nodes(data=True)}
    if type(graph) is not nx.MultiDiGraph or not kinds <= NODE_KINDS.keys():
        raise UnusableInput("this is not a graph made by graph.build")


def is_built(graph: nx.Graph[Any]) -> TypeGuard[nx.MultiDiGraph[str]]:
    """Tell whether a graph was made of the tables, with every kind of node in it."""
    if not (graph.is_multigraph() and graph.is_directed()):
        return False
    return all(facts.get("kind") in NODE_KINDS for _, facts in graph.nodes(data=True))


_MODES: dict[Hashable, int] = {0: 0, 1: 1, "0": 0, "1": 1, "top": 0, "bottom": 1}


def mode_of(value: Any) -> int | None:
    """Return the mode that the attribute ``bipartite`` names; None where it names none.

    Examples
    --------
    >>> [mode_of(value) for value in (0, 1.0, "1", "top", "people")]
    [0, 1, 1, 0, None]
    """
    return _MODES.get(value) if isinstance(value, Hashable) else None
