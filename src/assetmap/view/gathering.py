"""Gather the map of the team from the tables: every dot, and how they are connected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, TypeAlias

from assetmap.model import Activity, Need, Neighbourhood, Record, Talent, reference
from assetmap.schedule import Window
from assetmap.texts import listing, say
from assetmap.view.details import dates_of, details, times_of
from assetmap.view.facts import Dot, Line, Said
from assetmap.view.naming import Words, in_both

__all__ = ["dots_of", "lines_of"]

Graph: TypeAlias = Any
"""What :mod:`assetmap.graph` gives; only that part of the house knows networkx."""

_DAY = 24 * 60
_SHOWN = {
    "person": "people",
    "talent": "talents",
    "need": "needs",
    "initiative": "initiatives",
    "activity": "activities",
    "place": "places",
    "organisation": "organisations",
}
"""Kinds of node that the map draws, with their tables; an area is a choice, not a dot."""
_ON_TIES = ("tie", "arrangement")
_LEFT_OUT = frozenset({"in_area", "adjacent_to", "introduced_by"})
"""Told elsewhere: the area of each dot, and who introduced whom in the tie itself."""


def dots_of(graph: Graph, words: Words, asof: dt.date | None) -> tuple[Dot, ...]:
    """Return what there is, in the order of ids.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        Of :func:`assetmap.graph.build`.
    words : Words
        What things are called.
    asof : date or None
        The day of the map; activities are looked at from there on.
    """
    return tuple(_dots(graph, words, asof))


def _dots(graph: Graph, words: Words, asof: dt.date | None) -> Iterator[Dot]:
    index = words.hood.index
    for node, facts in sorted(graph.nodes(data=True)):
        table = _SHOWN.get(facts["kind"])
        row = None if table is None else index[table].get(node.partition(":")[2])
        if row is None:
            continue
        owner = _owner(words.hood, row)
        category = getattr(row, "category", None)
        yield Dot(
            id=node,
            kind=facts["kind"],
            name=words.name(row),
            owner=None if owner is None else reference(owner.table, str(owner.id)),
            area=words.area(facts.get("area") or (owner and getattr(owner, "area", None))),
            theme=None if category is None else words.theme(category),
            days=_days(row, owner, asof),
            details=tuple(details(row, words, asof)),
        )


def _owner(hood: Neighbourhood, row: Record) -> Record | None:
    if not isinstance(row, Talent | Need):
        return None
    return next(iter(hood.matches(row.owner, "people", "initiatives", "organisations")), None)


def _days(row: Record, owner: Record | None, asof: dt.date | None) -> tuple[int, ...] | None:
    """Return on which days of the week something can be; None where nobody said."""
    if isinstance(row, Activity):
        return tuple(sorted({when.weekday() for when in dates_of(row, asof)})) or None
    windows = times_of(row) or times_of(owner)
    if windows is None:
        return None
    return tuple(sorted({at % 7 for w in windows for at in _touched(w)}))


def _touched(window: Window) -> range:
    return range(window.start // _DAY, (window.end - 1) // _DAY + 1)


# --- how things are connected ---------------------------------------------------------------------


def lines_of(graph: Graph, dots: Iterable[Dot]) -> tuple[Line, ...]:
    """Return how the dots are connected; what two people are to each other is one line.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        Of :func:`assetmap.graph.build`.
    dots : iterable of Dot
        What is drawn.
    """
    there = {dot.id for dot in dots}
    known: dict[tuple[str, str], dict[str, None]] = {}
    lines: dict[tuple[str, str, str], None] = {}
    for source, target, facts in sorted(graph.edges(data=True), key=_order):
        kind = facts["kind"]
        if kind in _LEFT_OUT or source not in there or target not in there:
            continue
        if kind in _ON_TIES:
            pair = (min(source, target), max(source, target))
            word = "arranged" if kind == "arrangement" else str(facts.get("relation") or "")
            known.setdefault(pair, {})[word] = None
        else:
            lines[source, target, kind] = None
    ties = (Line(a, b, "tie", _relations(tuple(sorted(found)))) for (a, b), found in known.items())
    return (*ties, *(Line(*line) for line in lines))


def _order(edge: tuple[Hashable, Hashable, Mapping[str, Any]]) -> tuple[str, ...]:
    source, target, facts = edge
    return str(source), str(target), str(facts["kind"]), str(facts.get("relation"))


@cache
def _relations(words: tuple[str, ...]) -> Said | None:
    """Return what two people are to each other, in words."""
    keys = ["view.arranged" if w == "arranged" else f"words.tie.{w}" for w in words if w]
    if not keys:
        return None
    return in_both(lambda lang: listing([say(key, lang) for key in keys], lang))
