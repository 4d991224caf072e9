"""The next dates of an activity, and whether the parties that must be there belong to it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from assetmap.model import Activity, Neighbourhood
from assetmap.overview.common import check_days, heading, live, party_ref
from assetmap.privacy import Discloses
from assetmap.schedule import occurrences

__all__ = ["Meeting", "meetings"]


@dataclass(frozen=True)
class Meeting:
    """One date of an activity.

    Attributes
    ----------
    activity : str
        Id of the activity.
    start : datetime
        Local date and time.
    required : tuple of str
        References of the parties that must be there; a person stands here as ``resident`` or
        ``worker``.
    missing : tuple of str
        Those of them that do not belong to the initiative on that date.
    """

    activity: Annotated[str, Discloses.OPEN]
    start: Annotated[dt.datetime, Discloses.OPEN]
    required: Annotated[tuple[str, ...], Discloses.OPEN]
    missing: Annotated[tuple[str, ...], Discloses.OPEN]


def meetings(
    hood: Neighbourhood, activity: str, *, first: dt.date, last: dt.date
) -> tuple[Meeting, ...]:
    """List the dates of an activity in a period, with the parties that must be there.

    Parameters
    ----------
    hood : Neighbourhood
        All tables.
    activity : str
        Id of the activity, or ``activity:`` and its id.
    first, last : date
        The period, both days included.

    Returns
    -------
    tuple of Meeting
        In order of time. A party is there while it belongs to the initiative of the activity.

    Raises
    ------
    UnknownName
        An activity that is not there.

    Examples
    --------
    >>> import datetime as dt
    >>> from assetmap.model import Activity, Initiative, Membership, Neighbourhood, Organisation
    >>> hood = Neighbourhood.from_records(
    ...     Organisation(organisation="police", kind="politie"),
    ...     Organisation(organisation="town", kind="gemeente"),
    ...     Initiative(initiative="house", name="Buurthuis"),
    ...     Membership(member="police", party="house"),
    ...     Activity(
    ...         activity="open",
    ...         initiative="house",
    ...         name="Inloop",
    ...         category="drop_in",
    ...         start="2026-01-06 14:00",
    ...         rrule="eerste dinsdag van de maand",
    ...         requires="party:police:1 | party:town:1",
    ...     ),
    ... )
    >>> days = {"first": dt.date(2026, 11, 1), "last": dt.date(2026, 12, 31)}
    >>> [(f"{m.start:%d-%m}", m.missing) for m in meetings(hood, "open", **days)]
    [('03-11', ('organisation:town',)), ('01-12', ('organisation:town',))]
    """
    check_days(first=first, last=last)
    row = hood.find(activity, "activities")
    assert isinstance(row, Activity)
    dates = occurrences(
        row.start,
        rrule=row.rrule,
        after=first,
        before=last + dt.timedelta(days=1),
        until=row.until,
        exceptions=row.except_ or (),
    )
    required = [each.party for each in row.requires or () if each.party is not None]
    return tuple(_meeting(hood, row, start, required) for start in dates)


def _meeting(
    hood: Neighbourhood, row: Activity, start: dt.datetime, required: list[str]
) -> Meeting:
    owner = party_ref(hood, row.initiative)
    there = {
        party_ref(hood, each.member)
        for each in hood.memberships
        if owner is not None and party_ref(hood, each.party) == owner and live(each, start.date())
    }
    missing = [ref for ref in required if party_ref(hood, ref) not in there]
    return Meeting(row.activity, start, _named(hood, required), _named(hood, missing))


def _named(hood: Neighbourhood, refs: list[str]) -> tuple[str, ...]:
    return tuple(sorted(heading(hood, ref) for ref in refs))
