"""The neighbourhood as a networkx graph: who knows whom, and what is around them.

:func:`build` makes a plain ``networkx.MultiDiGraph`` whose nodes and edges carry a `kind` and
only the attributes that the schema below allows, each with one type wherever it occurs, so that
GraphML and GEXF always write. :func:`people` is the network of acquaintance in it, and
:func:`chain` finds who could introduce two people to each other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache
from itertools import product
from math import inf
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

from assetmap.errors import UnknownName, UnusableInput
from assetmap.model import (
    Activity,
    InitiativeStatus,
    Neighbourhood,
    Record,
    cell_text,
    columns,
    reference,
)
from assetmap.privacy import split_safety

if TYPE_CHECKING:
    import networkx as nx

__all__ = [
    "ATTRIBUTES",
    "EDGE_KINDS",
    "NODE_KINDS",
    "EdgeKind",
    "NodeKind",
    "acquaintances",
    "build",
    "chain",
    "common",
    "people",
]

# --- the schema, as data ----------------------------------------------------------------------

_OF_TYPE: tuple[tuple[type, str], ...] = (
    (str, "kind area part category name role relation reported_by introduced_by ties_asked_on"),
    (str, "since until status sort scheme leg need rrule reward term begins setting languages"),
    (str, "groups support_needed household function team share support"),
    (int, "strength year population urgency per_week seats capacity minutes born walks_m x y"),
    (float, "km2 hours_week max_km fee_eur"),
    (bool, "minor wheelchair needs_buddy accessible visible step_free quiet"),
)
ATTRIBUTES: Mapping[str, type] = MappingProxyType(
    {name: kind for kind, names in _OF_TYPE for name in names.split()}
)
"""Every attribute with its type, the same on whatever carries it. Dates are ISO text, lists are
separated by ``|``; what is unknown is absent. There is no called name, no description, no remark,
no place where a person lives."""

_ELSEWHERE = {"part": "kind", "sort": "kind", "relation": "kind", "begins": "start"}
"""Attributes whose column has another name, because `kind` is taken and GEXF keeps `start`."""


@dataclass(frozen=True, slots=True)
class NodeKind:
    """What one kind of node comes from and carries."""

    table: str
    """The table whose rows are the nodes."""
    always: tuple[str, ...]
    """Attributes it carries where they are known."""
    further: tuple[str, ...] = ()
    """Attributes it carries when :func:`build` is asked for them."""


@dataclass(frozen=True, slots=True)
class EdgeKind:
    """What one kind of edge comes from and carries."""

    rows: tuple[tuple[str, str, str], ...]
    """The tables that state it, each with the columns that name where it goes from and to: ``key``
    is the row itself, ``asker`` the one who asked the need that the row is about."""
    attributes: tuple[str, ...] = ()
    """Attributes it carries where they are known; without any, stated twice is still one edge."""


NODE_KINDS: Mapping[str, NodeKind] = MappingProxyType(
    {
        "person": NodeKind(
            "people",
            ("part", "area", "ties_asked_on"),
            (
                *("born", "minor", "languages", "walks_m", "wheelchair", "needs_buddy"),
                *("support_needed", "household", "groups", "function", "team", "share"),
            ),
        ),
        "talent": NodeKind(
            "talents",
            ("category", "role", "term"),
            ("per_week", "hours_week", "max_km", "seats", "wheelchair", "languages", "fee_eur"),
        ),
        "need": NodeKind(
            "needs", ("category", "urgency", "term", "since"), ("languages", "setting")
        ),
        "initiative": NodeKind(
            "initiatives",
            ("name", "sort", "area", "status", "visible"),
            ("languages", "accessible", "support"),
        ),
        "activity": NodeKind(
            "activities",
            ("name", "category", "area", "status", "begins", "rrule"),
            ("minutes", "capacity", "fee_eur", "languages", "setting"),
        ),
        "place": NodeKind("places", ("name", "area"), ("step_free", "quiet", "x", "y")),
        "organisation": NodeKind("organisations", ("name", "sort", "area")),
        "area": NodeKind("areas", ("name",), ("scheme", "year", "population", "km2")),
    }
)
"""Every kind of node. Its id is the kind, a colon, and the id of the row."""

_PERIOD = ("since", "until")
_WITH_PLACE = ("talents", "initiatives", "activities")
_WITH_AREA = ("people", "initiatives", "organisations", "activities", "places")

EDGE_KINDS: Mapping[str, EdgeKind] = MappingProxyType(
    {
        "tie": EdgeKind(
            (("ties", "a", "b"),),
            ("relation", "strength", "reported_by", "introduced_by", *_PERIOD),
        ),
        "introduced_by": EdgeKind((("ties", "a", "introduced_by"), ("ties", "b", "introduced_by"))),
        "known_to": EdgeKind((("people", "key", "worker"),)),
        "offers": EdgeKind((("talents", "owner", "key"),)),
        "asks": EdgeKind((("needs", "owner", "key"),)),
        "wants": EdgeKind((("needs", "key", "wants"),)),
        "going_to": EdgeKind((("talents", "owner", "going_to"),)),
        "arrangement": EdgeKind(
            (("arrangements", "provider", "asker"),), ("need", "leg", "rrule", *_PERIOD)
        ),
        "member_of": EdgeKind(
            (("memberships", "member", "party"),), ("role", "reward", "hours_week", *_PERIOD)
        ),
        "managed_by": EdgeKind((("initiatives", "key", "manager"), ("places", "key", "manager"))),
        "hosted_by": EdgeKind((("initiatives", "key", "host"),)),
        "owned_by": EdgeKind((("places", "key", "owner"),)),
        "part_of": EdgeKind(
            (
                ("activities", "key", "initiative"),
                ("organisations", "key", "parent"),
                ("areas", "key", "parent"),
            )
        ),
        "at": EdgeKind(tuple((table, "key", "place") for table in _WITH_PLACE)),
        "in_area": EdgeKind(tuple((table, "key", "area") for table in _WITH_AREA)),
        "adjacent_to": EdgeKind((("areas", "key", "adjacent"),)),
    }
)
"""Every kind of edge. A tie goes from `a` to `b` as reported (from the carer, where the relation
is carer), one edge per report; an arrangement goes from who does it to who asked."""

# --- build ------------------------------------------------------------------------------------

Edge: TypeAlias = tuple[str, str, dict[str, Any]]


def build(
    hood: Neighbourhood, *, attributes: Iterable[str] = (), asof: dt.date | None = None
) -> nx.MultiDiGraph[str]:
    """Make the graph of a neighbourhood.

    Safety themes and categories that map to nothing known are left out first
    (:func:`assetmap.privacy.split_safety`). The order of rows makes no difference.

    Parameters
    ----------
    hood : Neighbourhood
        All tables.
    attributes : iterable of str, optional
        Further attributes for the kinds of node that allow them (``NODE_KINDS[...].further``);
        default: none.
    asof : date, optional
        Only what is there on this day: nothing that has ended, nothing that has yet to begin
        (an activity still to come is there). Default: everything, whenever it was.

    Returns
    -------
    networkx.MultiDiGraph
        Nodes and edges with the attributes of the schema. ``graph["asof"]`` holds the day.

    Raises
    ------
    UnusableInput
        An attribute that no kind of node allows, or an `asof` that is not a date.

    Examples
    --------
    >>> from assetmap.model import Neighbourhood, Person, Talent, Tie
    >>> g = build(
    ...     Neighbourhood.from_records(
    ...         Person(person="p1", called="Ans"),
    ...         Person(person="p2"),
    ...         Talent(talent="t1", owner="p2", category="ride"),
    ...         Tie(a="p1", b="p2", kind="friend", strength=2, reported_by="p1"),
    ...     )
    ... )
    >>> sorted(g.nodes)
    ['person:p1', 'person:p2', 'talent:t1']
    >>> g.edges["person:p1", "person:p2", 0]["reported_by"]
    'person:p1'
    """
    import networkx as nx

    _check_day(asof)
    wanted = _admitted(attributes)
    rest, _ = split_safety(hood)
    nodes = dict(_nodes(rest, wanted, asof))
    edges = [e for e in _edges(rest, asof) if e[0] in nodes and e[1] in nodes]
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    if asof is not None:
        graph.graph["asof"] = asof.isoformat()
    graph.add_nodes_from((node, nodes[node]) for node in sorted(nodes))
    for source, target, facts in sorted(edges, key=_edge_order):
        graph.add_edge(source, target, **facts)
    return graph


def _edge_order(edge: Edge) -> tuple[str, str, list[tuple[str, str]]]:
    source, target, facts = edge
    return source, target, sorted((name, str(value)) for name, value in facts.items())


def _check_day(asof: dt.date | None) -> None:
    if asof is not None and (isinstance(asof, dt.datetime) or not isinstance(asof, dt.date)):
        raise UnusableInput("asof must be a date without a time, or None")


def _admitted(attributes: Iterable[str]) -> frozenset[str]:
    if isinstance(attributes, str):
        raise UnusableInput(f"attributes must be several names, as in [{attributes!r}]")
    wanted = frozenset(attributes)
    allowed = {name for kind in NODE_KINDS.values() for name in kind.further}
    if unknown := sorted(wanted - allowed):
        may = ", ".join(sorted(allowed))
        raise UnusableInput(f"the graph has no attribute {unknown[0]!r}; allowed are: {may}")
    return wanted


def _there(row: Record, asof: dt.date | None) -> bool:
    """Tell whether a row holds on a day: begun, not ended, not closed."""
    if asof is None:
        return True
    first = getattr(row, "since", None) or getattr(row, "from_", None)
    last = getattr(row, "until", None)
    if isinstance(row, Activity) and row.rrule is None:
        last = row.start.date()
    closed = getattr(row, "closed_on", None)
    if getattr(row, "status", None) is InitiativeStatus.ENDED:
        closed = row.value("status_since") or asof
    return (
        (first is None or first <= asof)
        and (last is None or asof <= last)
        and (closed is None or asof < closed)
    )


def _facts(row: Record, names: Iterable[str]) -> dict[str, Any]:
    """Return the known attributes of a row, each with the type of the schema."""
    facts: dict[str, Any] = {}
    for name in names:
        value = row.value(_ELSEWHERE.get(name, name))
        if value is not None:
            kind = ATTRIBUTES[name]
            facts[name] = cell_text(value) if kind is str else kind(value)
    return facts


def _nodes(
    hood: Neighbourhood, wanted: frozenset[str], asof: dt.date | None
) -> Iterator[tuple[str, dict[str, Any]]]:
    for table in ("areas", *_WITH_AREA):  # an area that nobody listed is a node as well
        for row in hood.table(table):
            yield from ((area, {"kind": "area"}) for area in _named(hood, row, "area"))
    for kind, schema in NODE_KINDS.items():
        names = (*schema.always, *(n for n in schema.further if n in wanted))
        for row in hood.table(schema.table):
            if _there(row, asof):
                facts = {"kind": kind, **_facts(row, names)}
                if kind == "person":
                    facts.setdefault("part", "resident")
                yield reference(schema.table, str(row.id)), facts


_NODES_NAMED = ("reported_by", "introduced_by", "need")
"""Attributes of an edge that hold the id of a node."""


def _edges(hood: Neighbourhood, asof: dt.date | None) -> Iterator[Edge]:
    """Yield every edge that the rows of that day state; an end may be absent on that day."""
    for kind, schema in EDGE_KINDS.items():
        plain: set[tuple[str, str]] = set()
        for table, source, target in schema.rows:
            for row in hood.table(table):
                if not _there(row, asof):
                    continue
                facts: dict[str, Any] = {"kind": kind, **_facts(row, schema.attributes)}
                for name in _NODES_NAMED:
                    if name in facts:
                        (facts[name],) = _named(hood, row, name)
                for pair in product(_named(hood, row, source), _named(hood, row, target)):
                    if pair[0] != pair[1] and pair not in plain:
                        yield *pair, dict(facts)
                        if not schema.attributes:
                            plain.add(pair)


def _named(hood: Neighbourhood, row: Record, column: str) -> tuple[str, ...]:
    """Return the nodes that a column names; what is no longer there is left out."""
    if column == "key":
        return (reference(row.table, str(row.id)),)
    if column == "asker":
        needs = hood.matches(row.value("need"), "needs")
        return tuple(node for need in needs for node in _named(hood, need, "owner"))
    value = row.value(column)
    if column == "area" and value is None and isinstance(row, Activity) and row.place:
        places = hood.matches(row.place, "places")
        return tuple(node for place in places for node in _named(hood, place, "area"))
    refs = () if value is None else (value,) if isinstance(value, str) else value
    if row.table == "areas" or column == "area":
        return tuple(reference("areas", ref) for ref in refs)
    found = (record for ref in refs for record in hood.matches(ref, *_tables(type(row))[column]))
    return tuple(reference(record.table, str(record.id)) for record in found)


@cache
def _tables(record: type[Record]) -> Mapping[str, tuple[str, ...]]:
    """Return which tables each column of a record refers to."""
    return {column.name: column.refers_to for column in columns(record)}


# --- the network of people --------------------------------------------------------------------

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
        ``graph["assumptions"]`` says what was assumed.

    Raises
    ------
    UnusableInput
        Another graph than one of :func:`build`, another word for `combine`, or an `asof` that is
        not a date.

    Examples
    --------
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

    _check_built(graph)
    _check_day(asof)
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
    return network


def _check_built(graph: nx.MultiDiGraph[str]) -> None:
    import networkx as nx

    kinds = {facts.get("kind") for _, facts in graph.nodes(data=True)}
    if type(graph) is not nx.MultiDiGraph or not kinds <= NODE_KINDS.keys():
        raise UnusableInput("this is not a graph made by graph.build")


def _reports(
    graph: nx.MultiDiGraph[str], persons: Set[str], day: str | None
) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Gather the live ties and arrangements of each pair of people."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for a, b, facts in graph.edges(data=True):
        joins = facts.get("kind") in {"tie", "arrangement"} and a in persons and b in persons
        live = day is None or facts.get("since", day) <= day <= facts.get("until", day)
        if joins and live:
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


# --- acquaintance -----------------------------------------------------------------------------


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
