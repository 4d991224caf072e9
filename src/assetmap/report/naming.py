"""Whose called name may stand on a page, and who is kept apart from whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from assetmap.match import Proposals
from assetmap.model import PREFIXES, Person
from assetmap.model.age import under_age
from assetmap.privacy import SharingScope, sharing_of

__all__ = ["apart", "may_be_named", "protected"]


def protected(run: Proposals) -> frozenset[str]:
    """Return the bare ids of whoever is kept apart, or kept away from, within the horizon."""
    first, last = run.week.horizon(run.policy.horizon_weeks)
    live = [
        row
        for row in run.hood.safeguards
        if row.from_ < last and (row.until is None or row.until >= first)
    ]
    return frozenset(_bare(each) for row in live for each in (row.person, row.at))


def may_be_named(run: Proposals, person: str) -> bool:
    """Tell whether somebody agreed that others know them; a party that is no person may be.

    Who is under age may not, unless the team sets that.
    """
    found = run.hood.index["people"].get(_bare(person))
    if not isinstance(found, Person):
        return True
    if under_age(found, run.week.monday.year) and not run.policy.minors:
        return False
    return sharing_of(found, asof=run.week.monday).scope is SharingScope.EVERYBODY


def apart(run: Proposals, person: str, others: Iterable[str], *, on: dt.date) -> bool:
    """Tell whether somebody is kept apart on a day from one of these, whoever is protected."""
    one, rest = _bare(person), {_bare(each) for each in others}
    for row in run.hood.safeguards:
        if row.from_ <= on and (row.until is None or row.until >= on):
            pair = (_bare(row.person), _bare(row.at))
            if (pair[0] == one and pair[1] in rest) or (pair[1] == one and pair[0] in rest):
                return True
    return False


def _bare(identifier: str) -> str:
    prefix, mark, rest = identifier.partition(":")
    return rest if mark and prefix in PREFIXES else identifier
