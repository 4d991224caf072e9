"""What should rather stay as it was last time: proposals that nobody said no to."""

from __future__ import annotations

import datetime as dt

from assetmap.history import History, KeptPlan
from assetmap.model import DecisionWord
from assetmap.plans.refusals import legs_code, plan_id
from assetmap.schedule import Week

__all__ = ["unanswered"]


def unanswered(store: History, week: Week, *, weeks: int) -> frozenset[str]:
    """Return the plans of last time that nobody turned down, did, or did otherwise.

    What is to be done still counts. Where the dates of a need are past, the same people may come
    back on any day.

    Parameters
    ----------
    store : History
        Knows what was proposed, and what was said of it.
    week : Week
        The week of the run.
    weeks : int
        How many weeks the run looks ahead.
    """
    last = store.before(week)
    if last is None:
        return frozenset()
    said = {
        (row.need, legs_code(row.plan, row.need))
        for row in store.decisions()
        if row.decision is not DecisionWord.DO
    }
    still = [p for p in last.plans if (p.need, legs_code(p.plan, p.need)) not in said]
    ahead = [plan for plan in still if _day(plan) >= week.monday]
    coming = {plan.need for plan in ahead}
    codes = {(p.need, legs_code(p.plan, p.need)) for p in still if p.need not in coming}
    days = [week.monday + dt.timedelta(days=n) for n in range(7 * weeks)]
    again = {plan_id(need, code, day) for need, code in codes for day in days}
    return frozenset({plan.plan for plan in ahead} | again)


def _day(plan: KeptPlan) -> dt.date:
    when = plan.occurrence
    return when.date() if isinstance(when, dt.datetime) else when or dt.date.min
