"""Who stops with what was arranged, and when: for whoever takes it over."""

from __future__ import annotations

import datetime as dt

from assetmap.model import Arrangement, Neighbourhood
from assetmap.plans.outcome import Plan, PlanLeg, PlanStatus

__all__ = ["last_day", "succeeds"]


def last_day(hood: Neighbourhood, row: Arrangement) -> dt.date | None:
    """Return the last day of an arrangement: its own, the giver's, or the talent's; None: none."""
    rows = [
        row,
        hood.index["people"].get(row.provider),
        hood.index["talents"].get(row.talent or ""),
    ]
    ends = [day for each in rows if (day := getattr(each, "until", None)) is not None]
    return min(ends, default=None)


def succeeds(
    hood: Neighbourhood, plan: Plan, monday: dt.date
) -> tuple[tuple[PlanLeg, str, dt.date], ...]:
    """Return the parts of a plan that take over from somebody who stops.

    Parameters
    ----------
    hood : Neighbourhood
        The neighbourhood of the run.
    plan : Plan
        The plan.
    monday : date
        The first day of the run; who stopped before it is not told any more.

    Returns
    -------
    tuple of (PlanLeg, str, date)
        The part, who did it, and until when.
    """
    if plan.status is PlanStatus.STANDING or plan.occurrence is None:
        return ()
    when = plan.occurrence
    day = when.date() if isinstance(when, dt.datetime) else when
    found: dict[tuple[str, str], tuple[PlanLeg, str, dt.date]] = {}
    for row in sorted(hood.arrangements, key=lambda a: a.arrangement):
        end = last_day(hood, row) if row.need == plan.need else None
        leg = plan.leg(row.leg)
        if end is None or leg is None or leg.provider == row.provider:
            continue
        if monday <= end < day:
            found[leg.leg, row.provider] = (leg, row.provider, end)
    return tuple(found.values())
