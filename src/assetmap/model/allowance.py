"""What a volunteer may receive in a year before it is no longer a volunteer's allowance.

The amounts are the law's, not ours. A new year is a new row, with the page it was read on. Whatever
is above a limit is told as a warning and changes nothing else.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from assetmap.errors import UnusableInput
from assetmap.model.places import Membership
from assetmap.model.words import Reward

__all__ = ["ALLOWANCE_LIMITS", "Allowance", "AllowanceLimit", "Cap", "allowance_of"]


@dataclass(frozen=True, slots=True)
class AllowanceLimit:
    """The limits of one calendar year, in euro.

    Attributes
    ----------
    year : int
        The calendar year.
    hour_eur, young_hour_eur : Decimal
        An hour, from 21 years of age and below it.
    month_eur, year_eur : Decimal
        A month and a year, over all organisations together.
    source : str
        Where the amounts were read.
    """

    year: int
    hour_eur: Decimal
    young_hour_eur: Decimal
    month_eur: Decimal
    year_eur: Decimal
    source: str


def _limit(year: int, amounts: str, source: str) -> AllowanceLimit:
    hour, young, month, whole = map(Decimal, amounts.split())
    return AllowanceLimit(year, hour, young, month, whole, source)


_TAX_OFFICE = "Belastingdienst, Vrijwilligersvergoedingen"

ALLOWANCE_LIMITS: Mapping[int, AllowanceLimit] = MappingProxyType(
    {
        row.year: row
        for row in (
            _limit(2023, "5.00 2.75 190 1900", f"{_TAX_OFFICE}, 2023"),
            _limit(2024, "5.50 3.25 210 2100", f"{_TAX_OFFICE}, 2024"),
            _limit(
                2025,
                "5.60 3.30 210 2100",
                "Kennisnetwerk belastingen en toeslagen, Vrijwilligersbijdrage, September 2025",
            ),
            _limit(
                2026,
                "5.75 3.40 220 2200",
                "HLB Nannen, Onbelaste vrijwilligersvergoeding 2.200 euro in 2026, January 2026",
            ),
        )
    }
)
"""The limits by year. A year that is not here is not judged."""


class Cap(StrEnum):
    """Which limit is passed."""

    HOUR = "hour"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Allowance:
    """What somebody receives in a calendar year over all organisations together.

    Attributes
    ----------
    year : int
        The calendar year.
    year_eur : Decimal
        In the whole year.
    month_eur : Decimal
        In the month in which it is most.
    passed : tuple of Cap
        Which limits are passed; empty when none is, or when the year is not in the table.
    """

    year: int
    year_eur: Decimal
    month_eur: Decimal
    passed: tuple[Cap, ...]


def allowance_of(rows: Iterable[Membership], year: int, *, young: bool = False) -> Allowance:
    """Add up the allowances of one person in a calendar year.

    A row counts when its reward is an allowance and both the euros an hour and the hours a week
    are filled in. Every day from `since` to `until` (blank: the whole year) counts for a seventh
    of a week; amounts are rounded to cents at the end. Nothing is sold as exact: weeks off are
    not in the tables, and what somebody really received is in nobody's table here.

    Parameters
    ----------
    rows : iterable of Membership
        The memberships of one person, at all organisations and initiatives.
    year : int
        The calendar year.
    young : bool, default False
        Whether the amount an hour for those below 21 holds.

    Examples
    --------
    >>> from assetmap.model import Membership
    >>> cook = Membership(member="p1", party="i1", reward="allowance", hour_eur="5", hours_week=8)
    >>> found = allowance_of([cook], 2026)
    >>> str(found.year_eur), [cap.value for cap in found.passed]
    ('2085.71', [])
    """
    if not 1900 <= year <= 2200:
        raise UnusableInput(f"The year {year} is out of range: give one from 1900 to 2200.")
    own = [row for row in rows if _counts(row)]
    months = [_in_month(own, year, month) for month in range(1, 13)]
    whole, most = _cents(sum(months, Decimal(0))), _cents(max(months))
    limit = ALLOWANCE_LIMITS.get(year)
    if limit is None:
        return Allowance(year, whole, most, ())
    hour = limit.young_hour_eur if young else limit.hour_eur
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    passed = {
        Cap.HOUR: any(_days(row, first, last) and _hour(row) > hour for row in own),
        Cap.MONTH: most > limit.month_eur,
        Cap.YEAR: whole > limit.year_eur,
    }
    return Allowance(year, whole, most, tuple(cap for cap in Cap if passed[cap]))


def _counts(row: Membership) -> bool:
    known = row.hour_eur is not None and row.hours_week is not None
    return known and row.reward is Reward.ALLOWANCE


def _hour(row: Membership) -> Decimal:
    return row.hour_eur or Decimal(0)


def _in_month(rows: Iterable[Membership], year: int, month: int) -> Decimal:
    first = dt.date(year, month, 1)
    last = dt.date(year, month, monthrange(year, month)[1])
    found = Decimal(0)
    for row in rows:
        hours = Decimal(repr(row.hours_week or 0.0))
        found += _hour(row) * hours * _days(row, first, last) / 7
    return found


def _days(row: Membership, first: dt.date, last: dt.date) -> int:
    begin, end = max(row.since or first, first), min(row.until or last, last)
    return max(0, (end - begin).days + 1)


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"))
