"""Who belongs to what, who runs it, and what a training unlocks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from assetmap.model import Initiative, Neighbourhood, Person, Reward
from assetmap.model.parties import Side
from assetmap.model.spelling import plain
from assetmap.model.trainings import categories_of_training
from assetmap.overview.common import check_days, live, party, party_ref, side
from assetmap.privacy import Audience, Discloses

__all__ = ["Member", "audience_of", "members", "run_by", "unlocked"]


@dataclass(frozen=True)
class Member:
    """Somebody, or an organisation, that belongs to a party.

    Attributes
    ----------
    member : str
        Reference, such as ``person:w1``.
    side : Side
        On which side of the table: a volunteer in a team stays a resident.
    role, function : str or None
        As what, in this party; and what somebody does as a worker.
    reward : Reward or None
        Unpaid, an allowance, employed or hired.
    """

    member: Annotated[str | None, Discloses.PERSON]
    side: Annotated[Side, Discloses.OPEN]
    role: Annotated[str | None, Discloses.TEAM]
    function: Annotated[str | None, Discloses.TEAM]
    reward: Annotated[Reward | None, Discloses.TEAM]


def members(hood: Neighbourhood, of: str, *, asof: dt.date) -> tuple[Member, ...]:
    """List who belongs to a team, organisation or initiative on a day.

    Parameters
    ----------
    hood : Neighbourhood
        All tables.
    of : str
        Id of the party, or with the name of its table.
    asof : date
        The day.

    Returns
    -------
    tuple of Member
        Everybody with a membership, and the workers whose column ``team`` names the party (and
        who are there on that day); by reference, then by role.

    Raises
    ------
    UnknownName
        A party that is not there.

    Examples
    --------
    >>> import datetime as dt
    >>> from assetmap.model import Membership, Neighbourhood, Organisation, Person
    >>> hood = Neighbourhood.from_records(
    ...     Organisation(organisation="team", kind="wijkteam"),
    ...     Person(person="w1", kind="worker", function="opbouwwerker", team="team"),
    ...     Person(person="p1"),
    ...     Membership(member="p1", party="team", role="vrijwilliger", reward="none"),
    ... )
    >>> [(m.member, m.side.value) for m in members(hood, "team", asof=dt.date(2026, 11, 23))]
    [('person:p1', 'residents'), ('person:w1', 'professionals')]
    """
    check_days(asof=asof)
    whole = hood.find(of, "initiatives", "organisations")
    found = {
        _member(hood, row.member, row.role, row.reward)
        for row in hood.memberships
        if live(row, asof) and party(hood, row.party) is whole
    }
    names = {plain(str(name)) for name in (whole.id, getattr(whole, "name", None)) if name}
    listed = {each.member for each in found}
    for person in hood.people:
        in_team = person.team is not None and plain(person.team) in names
        ref = f"person:{person.person}"
        if in_team and person.is_worker and live(person, asof) and ref not in listed:
            found.add(_member(hood, ref, None, None))
    return tuple(sorted(found, key=lambda each: (each.member or "", each.role or "")))


def _member(hood: Neighbourhood, ref: str, role: str | None, reward: Reward | None) -> Member:
    found = party(hood, ref)
    function = found.function if isinstance(found, Person) else None
    return Member(party_ref(hood, ref), side(hood, ref), role, function, reward)


_OBSERVERS = frozenset({"observer", "waarnemer", "toehoorder", "adopteert", "adoptie"})


def audience_of(role: str | None) -> Audience | None:
    """Return as which audience somebody with a role in a team reads.

    An observer, such as the council of seniors that adopts a team, reads what the municipality may
    read: counts, never persons. For any other role this says nothing (None).

    Examples
    --------
    >>> audience_of("Toehoorder").value, audience_of("wijkverpleegkundige")
    ('council', None)
    """
    observes = role is not None and plain(role) in _OBSERVERS
    return Audience.COUNCIL if observes else None


def run_by(hood: Neighbourhood, initiative: str) -> Side | None:
    """Return who runs an initiative: residents or professionals; None where nobody is named.

    It looks at who runs it, else at the body behind it.

    Examples
    --------
    >>> from assetmap.model import Initiative, Neighbourhood, Person
    >>> hood = Neighbourhood.from_records(
    ...     Person(person="p1"), Initiative(initiative="i1", name="Moestuin", manager="p1")
    ... )
    >>> run_by(hood, "i1").value
    'residents'
    """
    row = hood.find(initiative, "initiatives")
    assert isinstance(row, Initiative)
    ref = row.manager or row.host
    return None if ref is None else side(hood, ref)


def unlocked(hood: Neighbourhood, person: str, *, asof: dt.date) -> tuple[str, ...]:
    """Return the categories that somebody's trainings unlock; never a reserved one.

    Parameters
    ----------
    hood : Neighbourhood
        All tables, for the team's own categories and what it keeps for professionals.
    person : str
        Id of the person.
    asof : date
        The day; a training of a later day does not count yet, one without a day does.

    Returns
    -------
    tuple of str
        Ids of categories and of everything finer, sorted.

    Examples
    --------
    >>> import datetime as dt
    >>> from assetmap.model import Neighbourhood, Person
    >>> hood = Neighbourhood.from_records(
    ...     Person(person="p1", trainings="luisterend oor:2026-03-01 | schuldhulpverlening")
    ... )
    >>> unlocked(hood, "p1", asof=dt.date(2026, 3, 1))
    ('grief_support', 'listening', 'listening_by_phone')
    """
    check_days(asof=asof)
    todo = [
        category
        for topic, day in hood.person(person).trainings or ()
        if day is None or day <= asof
        for category in categories_of_training(topic, hood.tree)
    ]
    found = set()
    while todo:
        category = todo.pop()
        todo += hood.tree.children(category)
        if not hood.is_reserved(category) and not hood.tree.is_safety(category):
            found.add(category)
    return tuple(sorted(found))
