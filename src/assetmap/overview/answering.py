"""Which questions volunteers answered, and which they passed on."""

from __future__ import annotations

import datetime as dt

from assetmap.model import Decision, DecisionWord, Need, Neighbourhood, Role, Rung, Talent
from assetmap.overview.common import between, check_days, homes_of, party
from assetmap.privacy import CountTable

__all__ = ["answered"]

BY_VOLUNTEERS = "by_volunteers"
PASSED_ON = "passed_on"


def answered(
    hood: Neighbourhood, *, first: dt.date | None = None, last: dt.date | None = None
) -> CountTable:
    """Count the questions that volunteers answered, and those that they passed on.

    Answered is a decision ``done`` by somebody who offers it as a volunteer. Passed on is a
    question with ``volunteer`` among what was tried, on the day it was closed; while it is open,
    on the last day of the period.

    Parameters
    ----------
    hood : Neighbourhood
        All tables.
    first, last : date, optional
        The period, both days included; default: everything.

    Returns
    -------
    CountTable
        Category by ``by_volunteers`` and ``passed_on``; every question counts once in a column.
        The counts are raw: :func:`assetmap.privacy.protect` them before they leave.

    Examples
    --------
    >>> from assetmap.model import Decision, Need, Neighbourhood, Person, Talent
    >>> hood = Neighbourhood.from_records(
    ...     Person(person="p1"),
    ...     Person(person="p2"),
    ...     Talent(talent="t1", owner="p2", category="forms", role="volunteer"),
    ...     Need(need="n1", owner="p1", category="forms"),
    ...     Need(need="n2", owner="p1", category="forms", tried="volunteer"),
    ...     Decision(plan="n1-x", need="n1", provider="p2", date="2026-11-24", decision="done"),
    ... )
    >>> dict(answered(hood).cells)
    {('forms', 'by_volunteers'): 1, ('forms', 'passed_on'): 1}
    """
    check_days(first=first, last=last)
    needs = {n.need: n for n in hood.needs if _counts(hood, n)}
    done = {
        row.need
        for row in hood.decisions
        if row.need in needs
        and row.decision is DecisionWord.DONE
        and between(row.date, first, last)
        and _by_volunteer(hood, needs[row.need], row)
    }
    passed = {
        n.need
        for n in needs.values()
        if Rung.VOLUNTEER.value in (n.tried or ()) and _in_period(n, first, last)
    }
    columns = ((BY_VOLUNTEERS, done), (PASSED_ON, passed))
    return CountTable.tally(
        (
            ((needs[name].category, column), needs[name].owner)
            for column, names in columns
            for name in names
        ),
        cells=((needs[name].category, column) for name in done | passed for column, _ in columns),
        households=homes_of(hood),
    )


def _counts(hood: Neighbourhood, need: Need) -> bool:
    return need.category in hood.tree and not hood.tree.is_safety(need.category)


def _in_period(need: Need, first: dt.date | None, last: dt.date | None) -> bool:
    """Say whether a question that was passed on counts in a period."""
    if last is not None and need.since is not None and need.since > last:
        return False
    return need.closed_on is None or between(need.closed_on, first, last)


def _by_volunteer(hood: Neighbourhood, need: Need, row: Decision) -> bool:
    giver = party(hood, row.provider)
    return giver is not None and any(
        party(hood, talent.owner) is giver and _fits(hood, need, talent) for talent in hood.talents
    )


def _fits(hood: Neighbourhood, need: Need, talent: Talent) -> bool:
    fits = hood.tree.answer(talent.category, need.category) > 0
    return talent.role is Role.VOLUNTEER and fits
