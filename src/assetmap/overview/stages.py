"""The life of initiatives and agreements: which step was made, and where effort can go down."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from assetmap.model import (
    AgreementStatus,
    Initiative,
    InitiativeStatus,
    Neighbourhood,
    Person,
)
from assetmap.model.parties import Side, side_of
from assetmap.overview.common import check_days, homes_of, live, party, ref_of
from assetmap.privacy import CountTable, Discloses

__all__ = [
    "Effort",
    "Move",
    "Step",
    "effort",
    "newly_found",
    "participants",
    "steps",
    "unknown_to_team",
]


class Move(StrEnum):
    """What sort of step was made."""

    NEW = "new"
    """It was not in the tables before, or its stage was not known."""
    FORWARD = "forward"
    """The next stage, or one further on."""
    REOPENED = "reopened"
    """It stood on its own, was refused or had ended, and is worked on again."""
    BACK = "back"
    """An earlier stage."""
    ENDED = "ended"
    """It ended, or was refused."""


@dataclass(frozen=True)
class Step:
    """One step in the life of an initiative or agreement.

    Attributes
    ----------
    record : str
        Reference, such as ``initiative:i1``.
    was : InitiativeStatus, AgreementStatus or None
        The stage before; None where it was not known.
    now : InitiativeStatus or AgreementStatus
        The stage after.
    move : Move
        What sort of step.
    """

    record: Annotated[str, Discloses.OPEN]
    was: Annotated[StrEnum | None, Discloses.OPEN]
    now: Annotated[StrEnum, Discloses.OPEN]
    move: Annotated[Move, Discloses.OPEN]


_OVER: frozenset[StrEnum] = frozenset(
    {InitiativeStatus.ENDED, AgreementStatus.REFUSED, AgreementStatus.ENDED}
)


def steps(before: Neighbourhood, after: Neighbourhood) -> tuple[Step, ...]:
    """Compare two moments: which initiatives and agreements came to another stage.

    An initiative goes from idea to starting, running and independent; an agreement (a challenge
    among them) from proposed to negotiating, agreed and running. Both may end, and be reopened.

    Parameters
    ----------
    before, after : Neighbourhood
        The tables at two moments; the same id is the same thing.

    Returns
    -------
    tuple of Step
        Sorted by reference. What kept its stage, or is gone from the tables, is not in it.

    Examples
    --------
    >>> from assetmap.model import Initiative, Neighbourhood
    >>> def hood(status):
    ...     return Neighbourhood.from_records(
    ...         Initiative(initiative="i1", name="Moestuin", status=status)
    ...     )
    >>> [(step.record, step.move.value) for step in steps(hood("idea"), hood("running"))]
    [('initiative:i1', 'forward')]
    >>> [step.move.value for step in steps(hood("independent"), hood("starting"))]
    ['reopened']
    """
    old, new = _stages(before), _stages(after)
    return tuple(
        Step(record, old.get(record), now, _move(old.get(record), now))
        for record, now in sorted(new.items())
        if old.get(record) is not now
    )


def _stages(hood: Neighbourhood) -> dict[str, StrEnum]:
    found: dict[str, StrEnum] = {ref_of(r): r.status for r in hood.initiatives if r.status}
    return found | {ref_of(row): row.status for row in hood.agreements if row.status}


def _move(was: StrEnum | None, now: StrEnum) -> Move:
    if now in _OVER:
        return Move.ENDED
    if was is None:
        return Move.NEW
    if was in _OVER or was is InitiativeStatus.INDEPENDENT:
        return Move.REOPENED
    stages = list(type(now))
    return Move.FORWARD if stages.index(now) > stages.index(was) else Move.BACK


@dataclass(frozen=True)
class Effort:
    """The hours that workers give to an initiative.

    Attributes
    ----------
    initiative : str
        Id of the initiative.
    status : InitiativeStatus or None
        The stage of its life.
    hours_week : float
        What workers agreed on in their memberships, all together.
    may_drop : bool
        Whether it stands on its own, so that the effort can go down.
    """

    initiative: Annotated[str, Discloses.OPEN]
    status: Annotated[InitiativeStatus | None, Discloses.OPEN]
    hours_week: Annotated[float | None, Discloses.TEAM]
    may_drop: Annotated[bool | None, Discloses.TEAM]


def effort(hood: Neighbourhood, *, asof: dt.date) -> tuple[Effort, ...]:
    """List the initiatives that workers give hours to, and say where that can go down.

    Parameters
    ----------
    hood : Neighbourhood
        All tables.
    asof : date
        The day.

    Returns
    -------
    tuple of Effort
        Those that can do with less first, then by id. It advises nothing more: residents and
        worker talk it over, and an initiative can be helped again later.

    Examples
    --------
    >>> import datetime as dt
    >>> from assetmap.model import Initiative, Membership, Neighbourhood, Person
    >>> hood = Neighbourhood.from_records(
    ...     Person(person="w1", kind="worker"),
    ...     Initiative(initiative="i1", name="Moestuin", status="independent"),
    ...     Membership(member="w1", party="i1", hours_week=2),
    ... )
    >>> [(e.initiative, e.hours_week, e.may_drop) for e in effort(hood, asof=dt.date(2026, 11, 23))]
    [('i1', 2.0, True)]
    """
    check_days(asof=asof)
    hours: dict[str, float] = defaultdict(float)
    for row in hood.memberships:
        owner, member = party(hood, row.party), party(hood, row.member)
        works = member is not None and side_of(member) is Side.PROFESSIONALS
        if isinstance(owner, Initiative) and works and row.hours_week and live(row, asof):
            hours[owner.initiative] += row.hours_week
    found = [
        Effort(row.initiative, row.status, hours[row.initiative], _stands(row))
        for row in hood.initiatives
        if row.initiative in hours
    ]
    return tuple(sorted(found, key=lambda each: (not each.may_drop, each.initiative)))


def _stands(row: Initiative) -> bool:
    return row.status in {InitiativeStatus.INDEPENDENT, InitiativeStatus.ENDED}


def participants(hood: Neighbourhood, *, asof: dt.date) -> CountTable:
    """Count who takes part in each initiative on a day: its reach.

    Parameters
    ----------
    hood : Neighbourhood
        All tables.
    asof : date
        The day; compare two days to see whether an initiative grows.

    Returns
    -------
    CountTable
        Initiative by ``residents`` and ``professionals``: different persons with a membership
        that is live. The counts are raw: :func:`assetmap.privacy.protect` them before they leave.

    Examples
    --------
    >>> import datetime as dt
    >>> from assetmap.model import Initiative, Membership, Neighbourhood, Person
    >>> hood = Neighbourhood.from_records(
    ...     Person(person="p1"),
    ...     Initiative(initiative="i1", name="Moestuin"),
    ...     Membership(member="p1", party="i1", since="2026-05-01"),
    ... )
    >>> participants(hood, asof=dt.date(2026, 5, 1)).cells["initiative:i1", "residents"]
    1
    """
    check_days(asof=asof)
    sides = (Side.RESIDENTS, Side.PROFESSIONALS)
    cells = [(ref_of(row), side.value) for row in hood.initiatives for side in sides]
    pairs = set()
    for row in hood.memberships:
        owner, member = party(hood, row.party), party(hood, row.member)
        if isinstance(owner, Initiative) and isinstance(member, Person) and live(row, asof):
            pairs.add((ref_of(owner), side_of(member).value, member.person))
    there = [((initiative, side), who) for initiative, side, who in pairs]
    return CountTable.tally(there, cells=cells, households=homes_of(hood))


def newly_found(hood: Neighbourhood, *, first: dt.date, last: dt.date) -> tuple[str, ...]:
    """Return the ids of the initiatives that the team heard of in a period, both days included.

    Examples
    --------
    >>> import datetime as dt
    >>> from assetmap.model import Initiative, Neighbourhood
    >>> hood = Neighbourhood.from_records(
    ...     Initiative(initiative="i1", name="Breigroep", found_on="2026-11-24")
    ... )
    >>> newly_found(hood, first=dt.date(2026, 11, 23), last=dt.date(2026, 11, 29))
    ('i1',)
    """
    check_days(first=first, last=last)
    rows = (r for r in hood.initiatives if r.found_on is not None and first <= r.found_on <= last)
    return tuple(sorted(row.initiative for row in rows))


def unknown_to_team(hood: Neighbourhood, *, asof: dt.date) -> tuple[str, ...]:
    """Return the ids of the initiatives that are there, and that the team has not met yet.

    Nobody filled in a day on which the team heard of it (or that day has yet to come), no worker
    runs it, and no worker belongs to it.

    Examples
    --------
    >>> import datetime as dt
    >>> from assetmap.model import Initiative, Neighbourhood
    >>> hood = Neighbourhood.from_records(Initiative(initiative="i1", name="Breigroep"))
    >>> unknown_to_team(hood, asof=dt.date(2026, 11, 23))
    ('i1',)
    """
    check_days(asof=asof)
    met = {row.initiative for row in hood.initiatives if _works(hood, row.manager)}
    for row in hood.memberships:
        owner = party(hood, row.party)
        if isinstance(owner, Initiative) and live(row, asof) and _works(hood, row.member):
            met.add(owner.initiative)
    return tuple(
        sorted(
            row.initiative
            for row in hood.initiatives
            if row.status is not InitiativeStatus.ENDED
            and row.initiative not in met
            and (row.found_on is None or row.found_on > asof)
        )
    )


def _works(hood: Neighbourhood, ref: str | None) -> bool:
    found = party(hood, ref)
    return isinstance(found, Person) and found.is_worker
