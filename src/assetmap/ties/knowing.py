"""The network of people: who knows whom, by whoever reported it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Set
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from assetmap.errors import UnusableInput
from assetmap.ties.checks import check_built, check_day

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["asked_both", "people"]

_COMBINE = MappingProxyType(
    {
        "any": "one report makes a tie",
        "all": "a tie needs a report from both people; who was not asked confirms none",
    }
)


def people(
    graph: nx.MultiDiGraph[str], *, combine: str = "any", asof: dt.date | None = None
) -> nx.Graph[str]:
    """Return who knows whom: the undirected, weighted network of people.

    Two people are joined when there is a live tie between them, by whoever reported it, or a
    confirmed arrangement. Ties with workers count too; `kinds` says what each tie is.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        As :func:`build` makes it.
    combine : {"any", "all"}, default "any"
        Whether one report is enough, or both of the two have to report it.
    asof : date, optional
        The day on which a tie has to be live. Default: the day for which the graph was built;
        if there is none, the dates of ties are not looked at.

    Returns
    -------
    networkx.Graph
        Every person, those without a tie too, with the attributes they have in `graph`; sorted.
        Each edge has `weight` (the strongest live report; 1 where no strength is given) and
        `kinds` (relations, ``arrangement``, ``unknown``; separated by ``|``).
        ``graph["assumptions"]`` says what was assumed, ``graph["asof"]`` the day, if there is one.

    Raises
    ------
    UnusableInput
        Another graph than one of :func:`build`, another word for `combine`, or an `asof` that is
        not a date.

    Examples
    --------
    >>> from assetmap.graph import build
    >>> from assetmap.model import Neighbourhood, Person, Tie
    >>> hood = Neighbourhood.from_records(
    ...     *[Person(person=p) for p in ("p1", "p2", "p3")],
    ...     Tie(a="p1", b="p2", kind="friend", strength=2, reported_by="p1"),
    ... )
    >>> network = people(build(hood))
    >>> network.edges["person:p1", "person:p2"]
    {'weight': 2, 'kinds': 'friend'}
    >>> people(build(hood), combine="all").number_of_edges()
    0
    """
    import networkx as nx

    check_built(graph)
    check_day(asof)
    if combine not in _COMBINE:
        raise UnusableInput(f"combine is {combine!r}; use 'any' or 'all'")
    day = asof.isoformat() if asof is not None else graph.graph.get("asof")
    network: nx.Graph[str] = nx.Graph()
    persons = {n: facts for n, facts in graph.nodes(data=True) if facts["kind"] == "person"}
    network.add_nodes_from((n, dict(persons[n])) for n in sorted(persons))
    reports = _reports(graph, persons.keys(), day)
    for pair in sorted(reports):
        found = reports[pair]
        if combine == "any" or _both_said(pair, found):
            weight = max(facts.get("strength", 1) for facts in found)
            kinds = "|".join(sorted({_kind_of_tie(facts) for facts in found}))
            network.add_edge(*pair, weight=weight, kinds=kinds)
    network.graph["assumptions"] = _assumed(combine, day)
    if day is not None:
        network.graph["asof"] = day
    return network


_JOINING = frozenset({"tie", "arrangement"})
"""Kinds of edge that say of two people that they know each other."""


def asked_both(network: nx.Graph[Any]) -> bool:
    """Tell whether a network of people has only ties that both reported, or arrangements."""
    return _COMBINE["all"] in str(network.graph.get("assumptions"))


def _reports(
    graph: nx.MultiDiGraph[str], persons: Set[str], day: str | None
) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Gather the live ties and arrangements of each pair of people."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for a, b, facts in graph.edges(data=True):
        if facts.get("kind") not in _JOINING or a not in persons or b not in persons:
            continue
        if day is None or facts.get("since", day) <= day <= facts.get("until", day):
            found.setdefault((min(a, b), max(a, b)), []).append(facts)
    return found


def _both_said(pair: tuple[str, str], found: list[dict[str, Any]]) -> bool:
    arranged = any(facts["kind"] == "arrangement" for facts in found)
    return arranged or {facts.get("reported_by") for facts in found} >= set(pair)


def _kind_of_tie(facts: Mapping[str, Any]) -> str:
    return "arrangement" if facts["kind"] == "arrangement" else facts.get("relation", "unknown")


def _assumed(combine: str, day: str | None) -> str:
    """Say what was assumed; one text, so that it can be written with the graph."""
    return (
        f"undirected; {_COMBINE[combine]}; a confirmed arrangement counts as a tie; "
        "weight is the strongest report, 1 where no strength was given; "
        f"{f'live on {day}' if day else 'dates of ties not looked at'}; "
        "no tie may also mean: not asked"
    )
