"""What is passed on, in both directions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from assetmap.model import Need, Neighbourhood, Referral, ReferralStatus
from assetmap.overview.common import between, check_days, heading, homes_of, side
from assetmap.privacy import CountTable, Discloses, split_safety

__all__ = ["Referrals", "asker", "referrals"]


@dataclass(frozen=True)
class Referrals:
    """How often who passed a question to whom, and what became of it.

    The counts are raw; they leave through :func:`assetmap.privacy.release` only.

    Attributes
    ----------
    directions : CountTable
        By side of the table: who passed it on (row) to whom (column).
    parties : CountTable
        The same by party; persons are told as ``resident`` and ``worker``.
    outcomes : CountTable
        By direction, ``residents > professionals``, and what became of it; ``unknown`` where
        nobody filled that in.
    open, returned : tuple of str
        Ids of the referrals that still wait, and of those that came back.
    """

    directions: Annotated[CountTable, Discloses.COUNT]
    parties: Annotated[CountTable, Discloses.COUNT]
    outcomes: Annotated[CountTable, Discloses.COUNT]
    open: Annotated[tuple[str, ...], Discloses.RECORD]
    returned: Annotated[tuple[str, ...], Discloses.RECORD]


def referrals(
    hood: Neighbourhood, *, first: dt.date | None = None, last: dt.date | None = None
) -> Referrals:
    """Count what was passed on in a period.

    Parameters
    ----------
    hood : Neighbourhood
        All tables; what is about safety is left out.
    first, last : date, optional
        The period, both days included. With a period, a referral without a date is not counted.

    Examples
    --------
    >>> from assetmap.model import Initiative, Neighbourhood, Organisation, Referral
    >>> hood = Neighbourhood.from_records(
    ...     Organisation(organisation="team", kind="team"),
    ...     Initiative(initiative="jobs", name="Klussen"),
    ...     Referral(referral="r1", from_party="team", to_party="jobs", status="open"),
    ...     Referral(referral="r2", from_party="jobs", to_party="team", initiator="jobs"),
    ... )
    >>> found = referrals(hood)
    >>> found.directions.cells["professionals", "residents"], found.open
    (1, ('r1',))
    """
    check_days(first=first, last=last)
    rest, _ = split_safety(hood)
    rows = [row for row in rest.referrals if between(row.date, first, last)]
    directions: list[tuple[tuple[str, str], str | None]] = []
    parties: list[tuple[tuple[str, str], str | None]] = []
    outcomes: list[tuple[tuple[str, str], str | None]] = []
    for row in rows:
        ways = side(rest, row.from_party).value, side(rest, row.to_party).value
        who = asker(rest, row)
        directions.append((ways, who))
        parties.append(((heading(rest, row.from_party), heading(rest, row.to_party)), who))
        outcomes.append(((" > ".join(ways), row.status.value if row.status else "unknown"), who))
    homes = homes_of(rest)
    return Referrals(
        CountTable.tally(directions, households=homes),
        CountTable.tally(parties, households=homes),
        CountTable.tally(outcomes, households=homes),
        _with(rows, ReferralStatus.OPEN),
        _with(rows, ReferralStatus.RETURNED),
    )


def asker(hood: Neighbourhood, row: Referral) -> str | None:
    """Return whose question was passed on; None where the question is not filled in."""
    found = hood.matches(row.need, "needs") if row.need is not None else ()
    return next((need.owner for need in found if isinstance(need, Need)), None)


def _with(rows: list[Referral], status: ReferralStatus) -> tuple[str, ...]:
    return tuple(sorted(row.referral for row in rows if row.status is status))
