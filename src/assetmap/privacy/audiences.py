"""Who something is for, what a field says about a person, and what each audience gets of it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, StrEnum
from types import MappingProxyType

__all__ = ["ACCESS", "Access", "Audience", "Discloses", "Withheld"]


class Audience(StrEnum):
    """Who is going to read it."""

    TEAM = "team"
    """The neighbourhood team that knows the people."""
    HELPER = "helper"
    """One person who helps, reading about the own plans."""
    INITIATIVE = "initiative"
    """Those who run an initiative."""
    RESIDENTS = "residents"
    """Everybody in the neighbourhood."""
    COUNCIL = "council"
    """The municipality: counts, never persons."""
    RESEARCH = "research"
    """Researchers: pseudonyms, never names."""


class Discloses(Enum):
    """What a field of a result tells about a person; written in its annotation.

    ``who: Annotated[str | None, Discloses.PERSON]`` says that the field holds a person's id.
    """

    OPEN = "open"
    """Nothing personal: words of enums, category ids, areas as headings, dates and names of
    activities."""
    PERSON = "person"
    """The id of a person."""
    RECORD = "record"
    """The id of a record about a person: a need, a talent, a plan."""
    CALLED = "called"
    """A roepnaam."""
    TEAM = "team"
    """What only the team reads: sentences, reasons, doubts, remarks."""
    AREA = "area"
    """The area of one person, or of one person's need or talent."""
    TRAIT = "trait"
    """What else is told of one person or tie, made coarse: a decade of birth, a kind of tie."""
    COUNT = "count"
    """A number of persons, or of things about persons."""
    SENSITIVE_COUNT = "sensitive_count"
    """The same for a sensitive theme."""
    READERS = "readers"
    """The ids of those whom the item is about and who may read it as their own."""
    OWNER = "owner"
    """Only for the one reader whom the item names under `READERS`; elsewhere the whole item is
    absent and not even counted."""


class Access(Enum):
    """What is done with a field for an audience."""

    KEEP = "keep"
    """It goes out as it is."""
    OWN = "own"
    """It goes out only inside an item that names the reader."""
    OWN_EXACT = "own_exact"
    """As it is inside an item that names the reader; elsewhere small counts are left out and
    others are rounded."""
    PSEUDONYM = "pseudonym"
    """A keyed pseudonym goes out in its place."""
    PROTECT = "protect"
    """Small counts are left out, others are rounded."""
    DROP = "drop"
    """It is left out."""


class Withheld(StrEnum):
    """Why something was left out or changed."""

    PERSON = "person"
    RECORD = "record"
    CALLED = "called"
    TEAM_ONLY = "team_only"
    AREA = "area"
    TRAIT = "trait"
    NOT_FOR_READER = "not_for_reader"
    """An item about others than the one who reads it."""
    SMALL_COUNT = "small_count"
    """Below the minimum, or hidden so that another small count can't be worked out."""


_KEEP, _OWN, _DROP = Access.KEEP, Access.OWN, Access.DROP
_ORDER = tuple(Audience)


def _row(
    team: Access,
    helper: Access,
    research: Access,
    others: Access,
    *,
    initiative: Access | None = None,
) -> Mapping[Audience, Access]:
    named = {
        Audience.TEAM: team,
        Audience.HELPER: helper,
        Audience.INITIATIVE: others if initiative is None else initiative,
        Audience.RESEARCH: research,
    }
    return MappingProxyType({audience: named.get(audience, others) for audience in _ORDER})


ACCESS: Mapping[Discloses, Mapping[Audience, Access]] = MappingProxyType(
    {
        Discloses.OPEN: _row(_KEEP, _KEEP, _KEEP, _KEEP),
        Discloses.PERSON: _row(_KEEP, _DROP, Access.PSEUDONYM, _DROP),
        Discloses.READERS: _row(_KEEP, _DROP, Access.PSEUDONYM, _DROP),
        Discloses.RECORD: _row(_KEEP, _OWN, Access.PSEUDONYM, _DROP),
        Discloses.CALLED: _row(_KEEP, _OWN, _DROP, _DROP, initiative=_OWN),
        Discloses.TEAM: _row(_KEEP, _DROP, _DROP, _DROP),
        Discloses.AREA: _row(_KEEP, _OWN, _KEEP, _DROP),
        Discloses.TRAIT: _row(_KEEP, _OWN, _KEEP, _DROP, initiative=_OWN),
        Discloses.COUNT: _row(
            _KEEP,
            Access.PROTECT,
            Access.PROTECT,
            Access.PROTECT,
            initiative=Access.OWN_EXACT,
        ),
        Discloses.SENSITIVE_COUNT: _row(_KEEP, Access.PROTECT, Access.PROTECT, Access.PROTECT),
        Discloses.OWNER: _row(_OWN, _DROP, _DROP, _DROP),
    }
)
"""What each audience gets of each class: the whole policy, in one table."""
