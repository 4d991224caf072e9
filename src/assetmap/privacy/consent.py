"""Who may be proposed to whom: sharing, its ground and its review date, in one place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from assetmap.model import Initiative, Neighbourhood, Organisation, Person, Share, reference
from assetmap.texts import say

__all__ = ["Sharing", "SharingReason", "SharingScope", "may_propose", "sharing_of", "teams_of"]


class SharingScope(StrEnum):
    """To whom somebody may be proposed."""

    EVERYBODY = "everybody"
    TEAM = "team"
    """To people and initiatives of the own worker's team."""
    NOBODY = "nobody"


class SharingReason(StrEnum):
    """What the scope rests on."""

    SAID_YES = "said_yes"
    SAID_TEAM = "said_team"
    SAID_NO = "said_no"
    NOT_ASKED = "not_asked"
    """Nothing was filled in, which is never a yes."""
    NO_GROUND = "no_ground"
    """Yes was filled in, but not what it rests on: a doubt to tell."""
    REVIEW_DUE = "review_due"
    """The day has passed on which sharing was to be talked over again."""


@dataclass(frozen=True, slots=True)
class Sharing:
    """To whom somebody may be proposed, and why.

    Attributes
    ----------
    scope : SharingScope
        Everybody, the own team, or nobody.
    reason : SharingReason
        What that rests on.
    """

    scope: SharingScope
    reason: SharingReason

    def said(self, lang: str) -> str:
        """Return it as a sentence for the team, in a language."""
        return say(f"privacy.sharing.{self.reason.value}", lang)


def sharing_of(person: Person, *, asof: dt.date) -> Sharing:
    """Return to whom somebody may be proposed on a day.

    Parameters
    ----------
    person : Person
        The one who might be proposed.
    asof : date
        The day; the review date itself still counts.

    Returns
    -------
    Sharing
        ``no`` is nobody. ``yes`` is everybody until the review date has passed, then the team;
        without a ground the reason says so. ``team`` and blank are the team.

    Examples
    --------
    >>> import datetime as dt
    >>> from assetmap.model import Person
    >>> ans = Person(person="p1", share="yes", ground="consent", review_on="2026-12-01")
    >>> sharing_of(ans, asof=dt.date(2026, 12, 1)).scope.value
    'everybody'
    >>> sharing_of(ans, asof=dt.date(2026, 12, 2)).reason.value
    'review_due'
    """
    if person.share is Share.NO:
        return Sharing(SharingScope.NOBODY, SharingReason.SAID_NO)
    if person.share is None:
        return Sharing(SharingScope.TEAM, SharingReason.NOT_ASKED)
    if person.share is Share.TEAM:
        return Sharing(SharingScope.TEAM, SharingReason.SAID_TEAM)
    if person.review_on is not None and person.review_on < asof:
        return Sharing(SharingScope.TEAM, SharingReason.REVIEW_DUE)
    reason = SharingReason.SAID_YES if person.ground else SharingReason.NO_GROUND
    return Sharing(SharingScope.EVERYBODY, reason)


def may_propose(
    person: Person, *, own_team: str | None, to_team: str | None, asof: dt.date
) -> bool:
    """Tell whether somebody may be proposed to a person or initiative of a team.

    Parameters
    ----------
    person : Person
        The one who might be proposed.
    own_team : str or None
        The team that knows this person, from :func:`teams_of`; None: no team is known.
    to_team : str or None
        The team that knows the one who asks; None: no team is known.
    asof : date
        The day.

    Returns
    -------
    bool
        Whether it is allowed. With the scope ``team`` it has to be the same team; whom no team
        is known of belongs to the team that holds the tables.

    Examples
    --------
    >>> import datetime as dt
    >>> from assetmap.model import Person
    >>> bo = Person(person="p2", share="team")
    >>> day = dt.date(2026, 11, 23)
    >>> may_propose(bo, own_team="north", to_team="north", asof=day)
    True
    >>> may_propose(bo, own_team="north", to_team="south", asof=day)
    False
    """
    scope = sharing_of(person, asof=asof).scope
    if scope is SharingScope.TEAM:
        return own_team is None or to_team is None or own_team == to_team
    return scope is SharingScope.EVERYBODY


def teams_of(hood: Neighbourhood) -> Mapping[str, str]:
    """Return which team knows each person and each initiative.

    A worker belongs to the own team, somebody else to that of the worker who knows them, an
    initiative to that of the one who runs it (else of the body behind it). A worker whose team
    is not filled in is a team of one, since blank is never read as the same.

    Parameters
    ----------
    hood : Neighbourhood
        The tables.

    Returns
    -------
    Mapping[str, str]
        Qualified reference (``person:p1``, ``initiative:i1``) to the name of the team, or to
        ``person:w1`` for a team of one. Who has no known team is not in it.

    Examples
    --------
    >>> from assetmap.model import Neighbourhood, Person
    >>> hood = Neighbourhood.from_records(
    ...     Person(person="w1", kind="worker", team="north"),
    ...     Person(person="w2", kind="worker", team="south"),
    ...     Person(person="p1", worker="w2"),
    ... )
    >>> teams_of(hood)["person:p1"]
    'south'
    """
    named = frozenset(p.team for p in hood.people if p.is_worker and p.team)
    found: dict[str, str] = {}
    for row in (*hood.people, *hood.initiatives):
        team = _team(hood, row, named)
        if team is not None:
            found[reference(row.table, str(row.id))] = team
    return MappingProxyType(found)


def _team(hood: Neighbourhood, row: object, named: frozenset[str]) -> str | None:
    """Follow worker, manager, host and parent until a named team is met; each row once."""
    todo, seen = [row], set()
    while todo:
        at = todo.pop(0)
        if id(at) in seen:
            continue
        seen.add(id(at))
        if isinstance(at, Person) and at.is_worker:
            return at.team or reference("people", at.person)
        if isinstance(at, Organisation) and at.organisation in named:
            return at.organisation
        todo += [r for ref in _next(at) if ref for r in hood.matches(ref, *_PARTIES)]
    return None


_PARTIES = ("people", "initiatives", "organisations")


def _next(row: object) -> tuple[str | None, ...]:
    if isinstance(row, Person):
        return (row.worker,)
    if isinstance(row, Initiative):
        return (row.manager, row.host)
    return (row.parent,) if isinstance(row, Organisation) else ()
