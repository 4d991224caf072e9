"""The hours of a team for cases and for community building, week by week: numbers, no sentences."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from assetmap.model import Neighbourhood, Purpose
from assetmap.overview import purpose_hours
from assetmap.schedule import Week

__all__ = ["WeekHours", "agreed_share", "share_of", "week_hours"]


@dataclass(frozen=True, slots=True)
class WeekHours:
    """The hours of one week.

    Attributes
    ----------
    week : Week
        Which week.
    community, cases : float
        Hours for community building, and for cases. What went to other things is in neither.
    """

    week: Week
    community: float
    cases: float

    @property
    def share(self) -> float:
        """Which part went to community building."""
        return self.community / (self.community + self.cases)


def week_hours(hood: Neighbourhood, asof: dt.date) -> tuple[WeekHours, ...]:
    """Return the weeks that were over on a day and of which hours were written down, in order.

    A week without hours is not known, and is left out; it is not a week without work.
    """
    hours = defaultdict[Week, dict[Purpose, list[float]]](lambda: defaultdict(list))
    for row in hood.team_hours:
        week = Week.parse(row.week)
        if row.purpose is not None and week.sunday <= asof:
            hours[week][row.purpose].append(row.hours)
    found = (
        WeekHours(week, sum(sorted(own[Purpose.COMMUNITY])), sum(sorted(own[Purpose.CASES])))
        for week, own in sorted(hours.items())
    )
    return tuple(each for each in found if each.community + each.cases > 0)


def share_of(weeks: tuple[WeekHours, ...]) -> float:
    """Return which part of the hours of several weeks went to community building."""
    community = sum(each.community for each in weeks)
    return community / (community + sum(each.cases for each in weeks))


def agreed_share(hood: Neighbourhood, asof: dt.date) -> float | None:
    """Return which part was agreed on in the memberships of the team; None where nothing was."""
    agreed = {each.purpose: each.agreed for each in purpose_hours(hood, week=str(Week.of(asof)))}
    community, cases = agreed[Purpose.COMMUNITY], agreed[Purpose.CASES]
    if community is None or community + (cases or 0.0) <= 0:
        return None
    return community / (community + (cases or 0.0))
