"""Hours per purpose, work that has to be handed over, and allowances."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from assetmap.model import Leg, Neighbourhood, Purpose
from assetmap.model.allowance import Allowance, allowance_of
from assetmap.overview.common import check_days, live, party, party_ref
from assetmap.privacy import Discloses
from assetmap.schedule import Week

__all__ = ["HandOver", "PurposeHours", "allowance_in", "hand_overs", "purpose_hours"]


@dataclass(frozen=True)
class PurposeHours:
    """The hours of a week for one purpose.

    Attributes
    ----------
    purpose : Purpose
        Cases, community building, or other.
    agreed : float or None
        What was agreed on; None where nothing was.
    used : float or None
        What was written down; None where nothing was, which is not nought.
    """

    purpose: Annotated[Purpose, Discloses.OPEN]
    agreed: Annotated[float | None, Discloses.TEAM]
    used: Annotated[float | None, Discloses.TEAM]

    @property
    def left(self) -> float | None:
        """What is left of this purpose's own hours; below nought when more was used."""
        return None if self.agreed is None else self.agreed - (self.used or 0.0)


def purpose_hours(
    hood: Neighbourhood, *, week: str, worker: str | None = None
) -> tuple[PurposeHours, ...]:
    """Set the hours that were agreed on for each purpose beside those that were used.

    Hours of one purpose are never counted for another. Agreed are the memberships with a purpose
    that are live on the Monday of the week; used is what stands in the hours of the team.

    Parameters
    ----------
    hood : Neighbourhood
        All tables.
    week : str
        ISO week, such as ``2026-W48``.
    worker : str, optional
        Id of one worker; default: the whole team.

    Returns
    -------
    tuple of PurposeHours
        One for each purpose, in the order of :class:`assetmap.model.Purpose`.

    Examples
    --------
    >>> from assetmap.model import Membership, Neighbourhood, Organisation, Person, TeamHours
    >>> hood = Neighbourhood.from_records(
    ...     Person(person="w1", kind="worker"),
    ...     Organisation(organisation="team", kind="team"),
    ...     Membership(member="w1", party="team", hours_week=9, purpose="cases"),
    ...     Membership(member="w1", party="team", hours_week=9, purpose="community"),
    ...     TeamHours(week="2026-W48", worker="w1", purpose="cases", hours=12),
    ... )
    >>> [(each.purpose.value, each.left) for each in purpose_hours(hood, week="2026-W48")]
    [('cases', -3.0), ('community', 9.0), ('other', None)]
    """
    monday = Week.parse(week).monday
    one = None if worker is None else hood.person(worker)
    agreed: dict[Purpose, list[float]] = {purpose: [] for purpose in Purpose}
    used: dict[Purpose, list[float]] = {purpose: [] for purpose in Purpose}
    for row in hood.memberships:
        if one is not None and party(hood, row.member) is not one:
            continue
        if row.purpose is not None and row.hours_week is not None and live(row, monday):
            agreed[row.purpose].append(row.hours_week)
    for hours in hood.team_hours:
        mine = one is None or party(hood, hours.worker) is one
        if mine and hours.purpose is not None and Week.parse(hours.week) == Week.parse(week):
            used[hours.purpose].append(hours.hours)
    return tuple(PurposeHours(p, _total(agreed[p]), _total(used[p])) for p in Purpose)


def _total(hours: list[float]) -> float | None:
    return float(sum(sorted(hours))) if hours else None


@dataclass(frozen=True)
class HandOver:
    """A standing arrangement that goes on after the one who does it stops.

    Attributes
    ----------
    arrangement, need : str
        Ids of the arrangement and of the question it answers.
    leg : Leg
        Which part of it.
    provider : str or None
        Reference of the one who stops.
    last_day : date
        The last day of the provider, of the talent, or of the membership it is given from.
    """

    arrangement: Annotated[str | None, Discloses.RECORD]
    need: Annotated[str | None, Discloses.RECORD]
    leg: Annotated[Leg, Discloses.OPEN]
    provider: Annotated[str | None, Discloses.PERSON]
    last_day: Annotated[dt.date | None, Discloses.TEAM]


def hand_overs(
    hood: Neighbourhood, *, asof: dt.date, days: int | None = None
) -> tuple[HandOver, ...]:
    """List the arrangements for which a successor is needed.

    Parameters
    ----------
    hood : Neighbourhood
        All tables.
    asof : date
        The day; arrangements that have ended by then are left out.
    days : int, optional
        How far to look ahead. Default: ``ending_soon_days`` of the team's policy.

    Returns
    -------
    tuple of HandOver
        Whoever stops first comes first, then by arrangement. An end in the past is told as well:
        then nobody does it any more.

    Examples
    --------
    >>> import datetime as dt
    >>> from assetmap.model import Arrangement, Need, Neighbourhood, Person
    >>> hood = Neighbourhood.from_records(
    ...     Person(person="p1"),
    ...     Person(person="p2", until="2026-12-05"),
    ...     Need(need="n1", owner="p1", category="shopping"),
    ...     Arrangement(arrangement="r1", need="n1", leg="help", provider="p2"),
    ... )
    >>> [(h.arrangement, str(h.last_day)) for h in hand_overs(hood, asof=dt.date(2026, 11, 23))]
    [('r1', '2026-12-05')]
    """
    check_days(asof=asof)
    ahead = hood.policy.ending_soon_days if days is None else days
    horizon = asof + dt.timedelta(days=ahead)
    found = []
    for row in hood.arrangements:
        last = _last_day(hood, row.provider, row.talent)
        goes_on = last is not None and (row.until is None or row.until > last)
        if last is not None and goes_on and last <= horizon and _still(row.until, asof):
            ref = party_ref(hood, row.provider)
            found.append(HandOver(row.arrangement, row.need, row.leg, ref, last))
    return tuple(sorted(found, key=lambda each: (each.last_day, each.arrangement)))


def _still(until: dt.date | None, asof: dt.date) -> bool:
    return until is None or asof <= until


def _last_day(hood: Neighbourhood, provider: str, talent: str | None) -> dt.date | None:
    rows = [party(hood, provider)]
    if talent is not None:
        rows += hood.matches(talent, "talents")
    ends = [getattr(row, "until", None) for row in rows]
    return min((end for end in ends if end is not None), default=None)


def allowance_in(hood: Neighbourhood, person: str, *, year: int) -> Allowance:
    """Add up what somebody receives as a volunteer's allowance in a calendar year.

    For the team alone: it is about one person. See :func:`assetmap.model.allowance_of`.

    Parameters
    ----------
    hood : Neighbourhood
        All tables.
    person : str
        Id of the person.
    year : int
        The calendar year.

    Examples
    --------
    >>> from assetmap.model import Initiative, Membership, Neighbourhood, Person
    >>> hood = Neighbourhood.from_records(
    ...     Person(person="p1"),
    ...     Initiative(initiative="i1", name="Eetcafé"),
    ...     Membership(
    ...         member="p1",
    ...         party="i1",
    ...         reward="allowance",
    ...         hour_eur="5",
    ...         hours_week=10,
    ...         since="2026-11-02",
    ...         until="2026-11-29",
    ...     ),
    ... )
    >>> str(allowance_in(hood, "p1", year=2026).year_eur)
    '200.00'
    """
    one = hood.person(person)
    rows = [row for row in hood.memberships if party(hood, row.member) is one]
    return allowance_of(rows, year, young=one.minor is True)
