"""Who does what is done: residents or professionals, counted in questions and in hours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from assetmap.model import (
    Activity,
    DecisionWord,
    Neighbourhood,
    Person,
    Place,
    Purpose,
    Role,
    Side,
    Talent,
    side_of,
)
from assetmap.overview.common import check_days, homes_of, party
from assetmap.privacy import CountTable, Discloses, split_safety
from assetmap.schedule import Week
from assetmap.texts import say

__all__ = ["COMPARISON", "InformalShare", "informal_share"]

COMPARISON = 0.9
"""A claim from practice: residents do nine tenths. A line to compare with, never a target."""


@dataclass(frozen=True, slots=True)
class InformalShare:
    """How much residents do and how much professionals do, in one period; raw.

    It leaves through :func:`assetmap.privacy.release`; the shares then rest on what it let pass.

    Attributes
    ----------
    first, last : date
        The period, both days included.
    by_residents, by_professionals, by_neither : CountTable
        One count each: questions for which one of them did something, and those that somebody
        else helped with, such as a fund or a company, or of whom it is not known. A question that
        both helped with counts for both.
    resident_hours, professional_hours : float or None
        Hours that residents agreed on in their memberships, and hours that the team wrote down
        for cases and for community building. None where nothing was filled in, which is not
        nought.
    """

    first: Annotated[dt.date, Discloses.OPEN]
    last: Annotated[dt.date, Discloses.OPEN]
    by_residents: Annotated[CountTable, Discloses.COUNT]
    by_professionals: Annotated[CountTable, Discloses.COUNT]
    by_neither: Annotated[CountTable, Discloses.COUNT]
    resident_hours: Annotated[float | None, Discloses.TEAM]
    professional_hours: Annotated[float | None, Discloses.TEAM]

    @property
    def residents(self) -> int | None:
        """Questions for which residents did something; None where that is hidden."""
        return self.by_residents.total

    @property
    def professionals(self) -> int | None:
        """Questions for which professionals did something; None where that is hidden."""
        return self.by_professionals.total

    @property
    def neither(self) -> int | None:
        """Questions that somebody else helped with; None where that is hidden."""
        return self.by_neither.total

    @property
    def by_questions(self) -> float | None:
        """The part that residents do, in questions; None where there were none, or too few."""
        return _part(self.residents, self.professionals)

    @property
    def by_hours(self) -> float | None:
        """The part that residents do, in hours; None where one of the two is not known."""
        return _part(self.resident_hours, self.professional_hours)

    def said(self, lang: str) -> str:
        """Return it in words, with the claim from practice as a line beside it.

        Parameters
        ----------
        lang : str
            Language code.
        """
        if self.by_questions is None:
            return say("informal.unknown", lang)
        percent, claim = round(100 * self.by_questions), round(100 * COMPARISON)
        return say("informal.share", lang, percent=percent, claim=claim)


def _part(own: float | None, other: float | None) -> float | None:
    return own / (own + other) if own is not None and other is not None and own + other else None


def informal_share(hood: Neighbourhood, *, first: dt.date, last: dt.date) -> InformalShare:
    """Count what residents and what professionals did in a period.

    A question counts for whoever has an arrangement for it that holds on some day of the period,
    or did it by a decision ``do`` or ``done`` of the period. Who gives a talent as a professional
    is one, whoever it is; an activity or place stands for whoever runs it.

    Parameters
    ----------
    hood : Neighbourhood
        All tables; what is about safety is left out.
    first, last : date
        The period, both days included.

    Returns
    -------
    InformalShare
        Questions and hours of both sides.

    Examples
    --------
    >>> import datetime as dt
    >>> from assetmap.model import Arrangement, Need, Neighbourhood, Person
    >>> hood = Neighbourhood.from_records(
    ...     Person(person="p1"),
    ...     Person(person="p2"),
    ...     Person(person="w1", kind="worker"),
    ...     Need(need="n1", owner="p1", category="shopping"),
    ...     Need(need="n2", owner="p1", category="forms"),
    ...     Arrangement(arrangement="r1", need="n1", leg="help", provider="p2"),
    ...     Arrangement(arrangement="r2", need="n2", leg="help", provider="w1"),
    ... )
    >>> days = {"first": dt.date(2026, 11, 1), "last": dt.date(2026, 11, 30)}
    >>> informal_share(hood, **days).by_questions
    0.5
    """
    check_days(first=first, last=last)
    rest = split_safety(hood)[0]
    found: dict[Side, set[str]] = {side: set() for side in Side}
    for row in rest.arrangements:
        if _meets(row, first, last):
            found[_side(rest, row.provider, row.talent)].add(row.need)
    for made in rest.decisions:
        did = made.decision in {DecisionWord.DO, DecisionWord.DONE}
        if did and made.provider is not None and first <= made.date <= last:
            found[_side(rest, made.provider, None)].add(made.need)
    return InformalShare(
        first,
        last,
        _asked(rest, Side.RESIDENTS, found),
        _asked(rest, Side.PROFESSIONALS, found),
        _asked(rest, Side.NEITHER, found),
        _resident_hours(rest, first, last),
        _professional_hours(rest, first, last),
    )


def _asked(hood: Neighbourhood, side: Side, helped: Mapping[Side, set[str]]) -> CountTable:
    """Count questions, and remember whose they are."""
    owners = {row.need: row.owner for row in hood.needs}
    cell = ("questions", side.value)
    found = [(cell, owners.get(need)) for need in sorted(helped[side])]
    return CountTable.tally(found, cells=[cell], households=homes_of(hood))


def _meets(row: Any, first: dt.date, last: dt.date) -> bool:
    """Tell whether a row with a first and last day holds on some day of a period."""
    begins, ends = row.since, row.until
    return (begins is None or begins <= last) and (ends is None or first <= ends)


def _side(hood: Neighbourhood, provider: str, talent: str | None) -> Side:
    for row in hood.matches(talent, "talents") if talent is not None else ():
        if isinstance(row, Talent) and row.role is Role.PROFESSIONAL:
            return Side.PROFESSIONALS
    found = party(hood, provider)
    if found is not None:
        return side_of(found)
    for thing in hood.matches(provider, "activities", "places"):
        behind = thing.initiative if isinstance(thing, Activity) else None
        if isinstance(thing, Place):
            behind = thing.manager or thing.owner
        owner = party(hood, behind)
        if owner is not None:
            return side_of(owner)
    return Side.NEITHER


def _resident_hours(hood: Neighbourhood, first: dt.date, last: dt.date) -> float | None:
    """Add up the hours that residents agreed on, by the days on which they hold."""
    hours = []
    for row in sorted(hood.memberships, key=lambda row: (row.member, row.party, str(row.since))):
        member = party(hood, row.member)
        if isinstance(member, Person) and not member.is_worker and row.hours_week is not None:
            begins, ends = max(row.since or first, first), min(row.until or last, last)
            days = (ends - begins).days + 1
            if days > 0:
                hours.append(row.hours_week * days / 7)
    return sum(sorted(hours)) if hours else None


def _professional_hours(hood: Neighbourhood, first: dt.date, last: dt.date) -> float | None:
    """Add up the hours that were written down for weeks that begin in the period."""
    hours = [
        row.hours
        for row in hood.team_hours
        if row.purpose in {Purpose.CASES, Purpose.COMMUNITY}
        and first <= Week.parse(row.week).monday <= last
    ]
    return sum(sorted(hours)) if hours else None
