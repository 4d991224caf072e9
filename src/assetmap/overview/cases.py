"""Whose case something is, and on which table it belongs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated

from assetmap.categories import Domain
from assetmap.model import Need, Neighbourhood, ReferralStatus
from assetmap.model.parties import Side
from assetmap.overview.common import between, check_days, ref_of, side
from assetmap.privacy import Discloses, split_safety

__all__ = ["Case", "CaseReason", "agenda", "tables_for", "triage"]


class CaseReason(StrEnum):
    """Why a question lies with the residents or with the professionals."""

    RESERVED = "reserved"
    """The team keeps this theme for professionals."""
    SENSITIVE = "sensitive"
    """The asker would rather not have this in the own circle."""
    TAKEN = "taken"
    """Somebody it was passed on to has taken it: that is what people decided."""
    RESIDENTS_FIRST = "residents_first"
    """Nothing stands in the way of residents."""


@dataclass(frozen=True)
class Case:
    """One open question, and who could own it: a proposal to decide on.

    Attributes
    ----------
    need : str
        Id of the question.
    side : Side
        Residents, or professionals.
    reason : CaseReason
        Why.
    tables : tuple of Domain
        On which tables it belongs: behind the door, liveability outside, or both.
    worker : str or None
        The worker who holds it.
    """

    need: Annotated[str | None, Discloses.RECORD]
    side: Annotated[Side, Discloses.OPEN]
    reason: Annotated[CaseReason | None, Discloses.TEAM]
    tables: Annotated[tuple[Domain, ...], Discloses.OPEN]
    worker: Annotated[str | None, Discloses.PERSON]


def tables_for(hood: Neighbourhood, category: str) -> tuple[Domain, ...]:
    """Return on which tables a category belongs.

    Parameters
    ----------
    hood : Neighbourhood
        All tables, for the team's own categories.
    category : str
        Id of a category.

    Returns
    -------
    tuple of Domain
        The table of its domain; both where it has none. None at all for a theme of safety, which
        goes to the named worker, and for what is not in the tree.

    Examples
    --------
    >>> from assetmap.model import Neighbourhood
    >>> hood = Neighbourhood()
    >>> [table.value for table in tables_for(hood, "litter")]
    ['liveability']
    >>> [table.value for table in tables_for(hood, "nuisance")]
    ['indoors', 'liveability']
    """
    if category not in hood.tree or hood.tree.is_safety(category):
        return ()
    domain = hood.tree[category].domain
    return tuple(Domain) if domain is None else (domain,)


def triage(hood: Neighbourhood, *, asof: dt.date) -> tuple[Case, ...]:
    """List the open questions of a day, each with a proposed owner.

    1. A reserved theme is for professionals.
    2. So is a question that the asker calls sensitive.
    3. What was passed on and taken is with whoever took it.
    4. Everything else begins with the residents.

    Parameters
    ----------
    hood : Neighbourhood
        All tables; what is about safety is left out.
    asof : date
        The day.

    Returns
    -------
    tuple of Case
        By id. It proposes; the team decides.

    Examples
    --------
    >>> import datetime as dt
    >>> from assetmap.model import Need, Neighbourhood, Person
    >>> hood = Neighbourhood.from_records(
    ...     Person(person="p1"),
    ...     Need(need="n1", owner="p1", category="odd_job"),
    ...     Need(need="n2", owner="p1", category="debt_help"),
    ... )
    >>> [(case.need, case.side.value) for case in triage(hood, asof=dt.date(2026, 11, 23))]
    [('n1', 'residents'), ('n2', 'professionals')]
    """
    check_days(asof=asof)
    rest, _ = split_safety(hood)
    return tuple(
        _case(rest, need, asof) for need in sorted(rest.needs, key=_id) if _open(need, asof)
    )


def _id(need: Need) -> str:
    return need.need


def _open(need: Need, asof: dt.date) -> bool:
    begun = need.since is None or need.since <= asof
    return begun and (need.closed_on is None or asof < need.closed_on)


def _case(hood: Neighbourhood, need: Need, asof: dt.date) -> Case:
    taker = _taker(hood, need, asof)
    owner, reason = Side.RESIDENTS, CaseReason.RESIDENTS_FIRST
    if hood.is_reserved(need.category):
        owner, reason = Side.PROFESSIONALS, CaseReason.RESERVED
    elif need.sensitive:
        owner, reason = Side.PROFESSIONALS, CaseReason.SENSITIVE
    elif taker is not None:
        owner, reason = taker, CaseReason.TAKEN
    return Case(need.need, owner, reason, tables_for(hood, need.category), need.worker)


def _taker(hood: Neighbourhood, need: Need, asof: dt.date) -> Side | None:
    """Return the side of whoever took it last; of two on one day the last by id."""
    taken = [
        row
        for row in hood.referrals
        if row.need == need.need
        and row.status is ReferralStatus.TAKEN
        and (row.date is None or row.date <= asof)
    ]
    if not taken:
        return None
    latest = max(taken, key=lambda row: (row.date or dt.date.min, row.referral))
    return side(hood, latest.to_party)


def agenda(
    hood: Neighbourhood, *, first: dt.date, last: dt.date
) -> Mapping[Domain, tuple[str, ...]]:
    """Divide what came up in a period over the two tables; what belongs to both stands on both.

    For the team alone: it holds ids of questions and of what was heard.

    Parameters
    ----------
    hood : Neighbourhood
        All tables; what is about safety is left out.
    first, last : date
        What was heard in this period, and the questions that are open on its last day.

    Returns
    -------
    Mapping[Domain, tuple of str]
        For each table references such as ``need:n1`` and ``observation:o3``, sorted.

    Examples
    --------
    >>> import datetime as dt
    >>> from assetmap.model import Neighbourhood, Observation
    >>> hood = Neighbourhood.from_records(
    ...     Observation(observation="o1", date="2026-11-24", category="nuisance"),
    ...     Observation(observation="o2", date="2026-11-24", category="litter"),
    ... )
    >>> week = agenda(hood, first=dt.date(2026, 11, 23), last=dt.date(2026, 11, 29))
    >>> {table.value: refs for table, refs in week.items()}
    {'indoors': ('observation:o1',), 'liveability': ('observation:o1', 'observation:o2')}
    """
    check_days(first=first, last=last)
    rest, _ = split_safety(hood)
    found: dict[Domain, list[str]] = {domain: [] for domain in Domain}
    rows = [(ref_of(need), need.category) for need in rest.needs if _open(need, last)]
    heard = (row for row in rest.observations if between(row.date, first, last))
    rows += [(ref_of(row), row.category) for row in heard]
    for ref, category in rows:
        for table in tables_for(rest, category):
            found[table].append(ref)
    return MappingProxyType({domain: tuple(sorted(refs)) for domain, refs in found.items()})
