"""The schema of the graph, as data: kinds of node, kinds of edge, and what each may carry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

__all__ = [
    "ATTRIBUTES",
    "EDGE_KINDS",
    "ELSEWHERE",
    "NODE_KINDS",
    "WITH_AREA",
    "EdgeKind",
    "NodeKind",
]

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

ELSEWHERE = {"part": "kind", "sort": "kind", "relation": "kind", "begins": "start"}
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
WITH_AREA = ("people", "initiatives", "organisations", "activities", "places")

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
        "in_area": EdgeKind(tuple((table, "key", "area") for table in WITH_AREA)),
        "adjacent_to": EdgeKind((("areas", "key", "adjacent"),)),
    }
)
"""Every kind of edge. A tie goes from `a` to `b` as reported (from the carer, where the relation
is carer), one edge per report; an arrangement goes from who does it to who asked."""
