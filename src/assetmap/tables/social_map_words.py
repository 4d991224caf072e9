"""What our columns are called in a social map, and the marks that keep what it has no word for.

The format is HSDS 3.1 of Open Referral. A mark is an ``attribute`` of it, with the name of one of
our columns as its label: other programs may pass it over, and ours reads the column back exactly.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from uuid import UUID, uuid5

__all__ = [
    "CARRIED",
    "KNOWN",
    "MARK",
    "STATUS_IN",
    "STATUS_OUT",
    "mark",
    "marks_of",
    "objects",
    "text_of_field",
    "uid",
]

MARK = "assetmap"
"""The ``link_type`` of our marks."""
_OURS = UUID("6f0d3a52-7c1e-5b6a-9a44-1f7f8f3b2c90")
"""The name space of the identifiers that we make."""

CARRIED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "organisations": ("organisation", "name", "kind", "area", "parent"),
        "places": ("place", "name", "area", "x", "y", "step_free", "quiet", "space_for"),
        "initiatives": (
            *("initiative", "name", "kind", "place", "area", "host", "status"),
            *("status_since", "accessible", "languages", "support", "visible"),
        ),
        "activities": (
            *("activity", "initiative", "name", "category", "place", "area", "start", "minutes"),
            *("rrule", "except", "until", "capacity", "fee_eur", "audience", "languages"),
            *("setting", "requires", "status"),
        ),
    }
)
"""The columns that a social map can hold, with a mark where it has no word for them."""

KNOWN: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "service": frozenset(
            {
                *("id", "name", "status", "attributes", "organization", "organization_id"),
                *("service_at_locations", "schedules", "languages", "cost_options"),
                *("service_areas", "program_id"),
            }
        ),
        "organization": frozenset({"id", "name", "attributes", "parent_organization_id"}),
        "location": frozenset(
            {"id", "name", "location_type", "latitude", "longitude", "organization_id"}
        ),
        "service_at_location": frozenset(
            {"id", "service_id", "location_id", "location", "schedules"}
        ),
        "schedule": frozenset(
            {
                *("id", "service_id", "location_id", "service_at_location_id", "valid_from"),
                *("valid_to", "dtstart", "timezone", "until", "count", "wkst", "freq"),
                *("interval", "byday", "byweekno", "bymonthday", "byyearday", "opens_at"),
                "closes_at",
            }
        ),
    }
)
"""The fields of objects of others that are read; any other is told."""

STATUS_OUT: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "initiatives": {"idea": "inactive", "starting": "inactive", "ended": "defunct"},
        "activities": {"past": "defunct"},
    }
)
"""Our words to those of a social map; any other word, and none, is ``active``."""

STATUS_IN: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "initiatives": {"active": "running", "inactive": "starting", "defunct": "ended"},
        "activities": {"active": "running", "inactive": "planned", "defunct": "past"},
    }
)
"""The words of a social map to ours; ``temporarily closed`` has no word of ours."""


def uid(kind: str, identifier: str, source: str = "") -> str:
    """Return the identifier that a social map asks for; one that fits already is kept.

    Examples
    --------
    >>> uid("activity", "a1") == uid("activity", "a1"), uid("activity", "a1", "elsewhere")[14]
    (True, '5')
    >>> uid("activity", "ac148810-d857-441c-9679-408f346de14b")
    'ac148810-d857-441c-9679-408f346de14b'
    """
    try:
        if str(UUID(identifier)) == identifier:
            return identifier
    except ValueError:
        pass
    return str(uuid5(_OURS, f"{source}/{kind}/{identifier}"))


def mark(owner: str, entity: str, label: str, value: str) -> dict[str, Any]:
    """Return the attribute that keeps one column of ours.

    Examples
    --------
    >>> mark("s1", "service", "setting", "quiet")["value"]
    'quiet'
    """
    return {
        "id": str(uuid5(_OURS, f"{owner}/{entity}/{label}")),
        "link_id": owner,
        "link_type": MARK,
        "link_entity": entity,
        "label": label,
        "value": value,
    }


def marks_of(found: Mapping[str, Any]) -> dict[str, str]:
    """Return the columns that our marks keep.

    Examples
    --------
    >>> marks_of({"attributes": [mark("s1", "service", "setting", "quiet"), {"id": "x"}]})
    {'setting': 'quiet'}
    """
    return {
        each["label"]: each["value"]
        for each in objects(found.get("attributes"))
        if each.get("link_type") == MARK
        and isinstance(each.get("label"), str)
        and isinstance(each.get("value"), str)
    }


def objects(value: object) -> list[Mapping[str, Any]]:
    """Return the objects of a list; nothing where there is no list.

    Examples
    --------
    >>> objects([{"id": "x"}, 3]), objects(None)
    ([{'id': 'x'}], [])
    """
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def text_of_field(value: object) -> str:
    """Return the text of a field; nothing where there is none.

    Examples
    --------
    >>> text_of_field(" x "), text_of_field(None)
    ('x', '')
    """
    return value.strip() if isinstance(value, str) else ""
