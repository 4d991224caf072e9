"""What is sensitive stays with the team: a need that is, and whatever was arranged for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assetmap.model import Arrangement, Neighbourhood, Record, reference
from assetmap.ties.building import build
from assetmap.ties.knowing import asked_both, people

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["only_open", "without_sensitive"]

_ARRANGED = "arrangement"


def without_sensitive(hood: Neighbourhood) -> Neighbourhood:
    """Return the tables without needs that are sensitive, and without what rests on them.

    Measures that go to research with a network are worked out on these: a number of ties would
    tell of an arrangement that is not in the file.

    Parameters
    ----------
    hood : Neighbourhood
        All tables.

    Returns
    -------
    Neighbourhood
        Without sensitive needs, and the arrangements, decisions and referrals about them.

    Examples
    --------
    >>> from assetmap.model import Need, Neighbourhood, Person
    >>> hood = Neighbourhood.from_records(
    ...     Person(person="p1"),
    ...     Need(need="n1", owner="p1", category="meal", sensitive=True),
    ...     Need(need="n2", owner="p1", category="ride"),
    ... )
    >>> [need.need for need in without_sensitive(hood).needs]
    ['n2']
    """
    gone = {need.need for need in hood.needs if need.sensitive}
    if not gone:
        return hood
    resting = {
        table: tuple(
            row
            for row in hood.table(table)
            if not gone & {need.id for need in hood.matches(row.value("need"), "needs")}
        )
        for table in ("arrangements", "decisions", "referrals")
    }
    kept = tuple(need for need in hood.needs if need.need not in gone)
    changes: dict[str, Any] = {"needs": kept, **resting}
    changes["extra"] = {
        table: _own_columns(cells, changes[table]) if table in changes else cells
        for table, cells in hood.extra.items()
    }
    return replace(hood, **changes, notices=())


def _own_columns(
    cells: Mapping[str, Mapping[str, str]], rows: tuple[Record, ...]
) -> Mapping[str, Mapping[str, str]]:
    """Keep the columns that a team added, of the rows that stay and have an id."""
    ids = {str(row.id) for row in rows} if rows and rows[0].table != "decisions" else set()
    return {key: own for key, own in cells.items() if key in ids}


def only_open(graph: nx.Graph[Any], hood: Neighbourhood) -> nx.Graph[Any]:
    """Return a network without sensitive needs, and without what tells that there is one.

    Somebody between whom and a helper there is an arrangement, but who has no need, would be
    known to have asked something sensitive: the arrangement goes with the need. A need that is
    not in the tables goes too.

    Parameters
    ----------
    graph : networkx.Graph
        Of a neighbourhood, or of its people; it stays as it is.
    hood : Neighbourhood
        The tables that it was made of.
    """
    rest = without_sensitive(hood)
    needs = {reference("needs", need.need) for need in rest.needs}
    pairs = _arranged(rest, graph.graph.get("asof"))
    agreed = _agreed(rest, graph) if asked_both(graph) else None
    found = graph.copy()
    found.remove_nodes_from(
        [n for n, f in graph.nodes(data=True) if f.get("kind") == "need" and n not in needs]
    )
    gone: list[Any] = []
    for *edge, facts in _edges(found):
        kinds = str(facts.get("kinds", "")).split("|")
        if facts.get("kind") == _ARRANGED and facts.get("need") not in needs:
            gone.append(edge)
        elif _ARRANGED in kinds and frozenset(edge[:2]) not in pairs:
            others = [kind for kind in kinds if kind != _ARRANGED]
            facts["kinds"] = "|".join(others)
            gone += [] if others and (agreed is None or agreed.has_edge(*edge[:2])) else [edge]
    found.remove_edges_from(gone)
    return found


def _agreed(hood: Neighbourhood, graph: nx.Graph[Any]) -> nx.Graph[str]:
    """Return who knows whom by the reports of both, on the day of a network."""
    day = graph.graph.get("asof")
    asof = None if day is None else dt.date.fromisoformat(day)
    return people(build(hood), combine="all", asof=asof)


def _edges(graph: nx.Graph[Any]) -> list[tuple[Any, ...]]:
    """Return the edges with their attributes; where two nodes may have several, with a key."""
    if graph.is_multigraph():
        return [(a, b, key, facts) for (a, b, key), facts in graph.edges.items()]
    return list(graph.edges(data=True))


def _arranged(hood: Neighbourhood, day: str | None) -> frozenset[frozenset[Hashable]]:
    """Return the pairs of people between whom something is arranged on a day, or ever."""
    return frozenset(
        frozenset((reference("people", str(giver.id)), reference("people", str(owner.id))))
        for row in hood.arrangements
        if day is None or _live(row, day)
        for need in hood.matches(row.need, "needs")
        for owner in hood.matches(need.value("owner"), "people")
        for giver in hood.matches(row.provider, "people")
    )


def _live(row: Arrangement, day: str) -> bool:
    begun = row.since is None or row.since.isoformat() <= day
    return begun and (row.until is None or day <= row.until.isoformat())
