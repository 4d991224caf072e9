"""Which tables there are, and how a reference names its table."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from assetmap.model.notes import CategoryRow, ContactDay, Observation, TeamHours, Visit
from assetmap.model.offers import Arrangement, Decision, Need, Referral, Talent
from assetmap.model.people import Person, Safeguard, Tie
from assetmap.model.places import (
    Activity,
    Agreement,
    Area,
    Initiative,
    Membership,
    Organisation,
    Place,
    Responsibility,
)
from assetmap.model.record import Record
from assetmap.model.travel import Travel

__all__ = ["PREFIXES", "RECORDS", "STARTER", "reference"]

_RECORDS: tuple[type[Record], ...] = (
    Person,
    Talent,
    Need,
    Activity,
    Tie,
    Place,
    Area,
    Travel,
    Organisation,
    Initiative,
    Membership,
    Responsibility,
    Agreement,
    Arrangement,
    Decision,
    Safeguard,
    Referral,
    Observation,
    Visit,
    TeamHours,
    ContactDay,
    CategoryRow,
)

RECORDS: Mapping[str, type[Record]] = MappingProxyType({r.table: r for r in _RECORDS})
"""Every table of a neighbourhood, by its canonical name, in the order of the file format.
The table ``contacts`` is apart: it is never part of a neighbourhood."""

STARTER = ("people", "talents", "needs", "activities")
"""The four tables that are enough for a week's proposals."""

PREFIXES: Mapping[str, str] = MappingProxyType({r.key: r.table for r in _RECORDS if r.key})
"""What a qualified reference starts with: ``initiative:1`` points into ``initiatives``."""


def reference(table: str, identifier: str) -> str:
    """Write a reference that names its table, ``person:p1``.

    Examples
    --------
    >>> reference("people", "p1")
    'person:p1'
    """
    return f"{RECORDS[table].key}:{identifier}"
