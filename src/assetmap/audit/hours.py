"""The hours that people agreed on, and those that were written down, looked up for the audit."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from assetmap.audit.facts import Facts, Party, alive
from assetmap.model import Purpose
from assetmap.schedule import Week

__all__ = ["agreed", "written"]


def agreed(facts: Facts, who: Party) -> Mapping[Purpose | None, float]:
    """Return the hours a week of somebody's memberships, by what they are meant for."""
    found: dict[Purpose | None, float] = defaultdict(float)
    for row in facts.hood.memberships:
        mine = facts.party(row.member) == who and alive(row, facts.monday, "since")
        if mine and row.hours_week is not None:
            found[row.purpose] += row.hours_week
    return found


def written(facts: Facts, who: Party, week: int) -> Counter[Purpose | None]:
    """Return the minutes that a worker wrote down for a week of the horizon, by purpose."""
    found: Counter[Purpose | None] = Counter()
    for row in facts.hood.team_hours:
        when = facts.week_of(Week.parse(row.week).monday)
        if when == week and facts.party(row.worker) == who:
            found[row.purpose] += round(60 * row.hours)
    return found
