"""What of a network may be shared, field by field: the form that passes the gate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, TypeAlias

from assetmap.privacy import Discloses

__all__ = [
    "Fact",
    "Facts",
    "SharedCount",
    "SharedNetwork",
    "SharedPerson",
    "SharedRecord",
    "SharedThing",
    "SharedTie",
]

Fact: TypeAlias = str | int | float | bool
Facts: TypeAlias = Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class SharedPerson:
    """One person: for the team and for research."""

    id: Annotated[str | None, Discloses.PERSON]
    facts: Annotated[Facts | None, Discloses.TEAM]
    """As exact as the tables have it."""
    traits: Annotated[Facts | None, Discloses.TRAIT]
    """Coarse: area, decade of birth, place in the network."""


@dataclass(frozen=True, slots=True)
class SharedRecord:
    """One talent or need of somebody."""

    id: Annotated[str | None, Discloses.RECORD]
    facts: Annotated[Facts | None, Discloses.TEAM]
    traits: Annotated[Facts | None, Discloses.TRAIT]


@dataclass(frozen=True, slots=True)
class SharedThing:
    """An initiative, activity, place, organisation or area."""

    id: Annotated[str, Discloses.OPEN]
    facts: Annotated[Facts, Discloses.OPEN]


@dataclass(frozen=True, slots=True)
class SharedTie:
    """One edge. Each of its ends is a person (or a record of somebody), or a thing."""

    kind: Annotated[str | None, Discloses.OPEN]
    source: Annotated[str | None, Discloses.PERSON] = None
    target: Annotated[str | None, Discloses.PERSON] = None
    source_thing: Annotated[str | None, Discloses.OPEN] = None
    target_thing: Annotated[str | None, Discloses.OPEN] = None
    facts: Annotated[Facts | None, Discloses.TEAM] = None
    traits: Annotated[Facts | None, Discloses.TRAIT] = None
    reported_by: Annotated[str | None, Discloses.PERSON] = None
    introduced_by: Annotated[str | None, Discloses.PERSON] = None
    need: Annotated[str | None, Discloses.RECORD] = None


@dataclass(frozen=True, slots=True)
class SharedCount:
    """A number of people, or of things about people, at a thing or between two."""

    what: Annotated[str, Discloses.OPEN]
    """People, talents by theme, pairs that are acquainted, members."""
    at: Annotated[str, Discloses.OPEN]
    """The id of an area."""
    to: Annotated[str | None, Discloses.OPEN]
    """The id of another area, or of an initiative or organisation."""
    count: Annotated[int | None, Discloses.COUNT]


@dataclass(frozen=True, slots=True)
class SharedNetwork:
    """A network on its way out; :func:`for_audience` makes one.

    Attributes
    ----------
    directed, parallel : bool
        Whether edges have a direction, and whether two nodes may have several.
    about : Mapping[str, str]
        What was assumed, and of which day it is.
    persons, records, things, ties : tuple
        Nodes and edges. Outside the team and research there are no persons and no records.
    counts : tuple of SharedCount
        For residents and the council, instead of persons and records. No totals are told, so
        each count is protected by itself.
    """

    directed: Annotated[bool, Discloses.OPEN]
    parallel: Annotated[bool, Discloses.OPEN]
    about: Annotated[Mapping[str, str], Discloses.OPEN]
    persons: tuple[SharedPerson, ...] = ()
    records: tuple[SharedRecord, ...] = ()
    things: tuple[SharedThing, ...] = ()
    ties: tuple[SharedTie, ...] = ()
    counts: tuple[SharedCount, ...] = ()
