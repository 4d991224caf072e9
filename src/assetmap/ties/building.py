"""The graph of a neighbourhood: who knows whom, and what is around them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any, TypeAlias

from assetmap.errors import UnusableInput
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
from assetmap.ties.checks import check_day
from assetmap.ties.schema import ATTRIBUTES, EDGE_KINDS, ELSEWHERE, NODE_KINDS, WITH_AREA

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["build"]

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

    check_day(asof)
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
    names = _dated(type(row))
    if not names:
        return True
    days = {name: getattr(row, name) for name in names}
    first, last = days.get("since") or days.get("from_"), days.get("until")
    if isinstance(row, Activity) and row.rrule is None:
        last = row.start.date()
    closed = days.get("closed_on")
    if days.get("status") is InitiativeStatus.ENDED:
        closed = row.value("status_since") or asof
    return (
        (first is None or first <= asof)
        and (last is None or asof <= last)
        and (closed is None or asof < closed)
    )


@cache
def _dated(record: type[Record]) -> tuple[str, ...]:
    """Return those fields of a record that tell from when and until when it is there."""
    names = ("since", "from_", "until", "closed_on", "status")
    return tuple(name for name in names if name in record.model_fields)


def _facts(row: Record, names: Iterable[str]) -> dict[str, Any]:
    """Return the known attributes of a row, each with the type of the schema."""
    facts: dict[str, Any] = {}
    for name in names:
        value = row.value(ELSEWHERE.get(name, name))
        if value is not None:
            kind = ATTRIBUTES[name]
            if type(value) is not kind:
                value = cell_text(value) if kind is str else kind(value)
            facts[name] = value
    return facts


def _nodes(
    hood: Neighbourhood, wanted: frozenset[str], asof: dt.date | None
) -> Iterator[tuple[str, dict[str, Any]]]:
    for table in ("areas", *WITH_AREA):  # an area that nobody listed is a node as well
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
    if value is None:
        return ()
    refs = (value,) if isinstance(value, str) else value
    if row.table == "areas" or column == "area":
        return tuple(reference("areas", ref) for ref in refs)
    tables = _tables(type(row))[column]
    return tuple(
        reference(record.table, str(record.id))
        for ref in refs
        for record in hood.matches(ref, *tables)
    )


@cache
def _tables(record: type[Record]) -> Mapping[str, tuple[str, ...]]:
    """Return which tables each column of a record refers to."""
    return {column.name: column.refers_to for column in columns(record)}
