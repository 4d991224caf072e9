"""What a team keeps of the reports that it gave out, so that two of them tell nothing together."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Generic, TypeAlias, TypeVar

from assetmap.errors import UnusableInput
from assetmap.model import PrivacyThresholds
from assetmap.privacy import CountTable, Republished, republish

__all__ = ["Release", "Settled", "Stock", "releases_bytes", "releases_of", "settle"]

_KEY = "releases, version 1"
"""The name says what is in it, so that another version is not read as this one."""


Facts = TypeVar("Facts")


@dataclass(frozen=True, repr=False)
class Release:
    """What was given out in one report; for the team alone, and without the id of anybody.

    Attributes
    ----------
    first, last : date
        The period that the report was about.
    tables : Mapping of str to Republished
        Its tables of counts, by name.
    """

    first: dt.date
    last: dt.date
    tables: Mapping[str, Republished]

    def days_apart(self, first: dt.date, last: dt.date) -> int | None:
        """Return how many days are in one of two periods only; None where none is in both."""
        if last < self.first or self.last < first:
            return None
        return abs((self.first - first).days) + abs((self.last - last).days)


@dataclass(frozen=True, slots=True)
class Stock:
    """A table of what is there on one day.

    Attributes
    ----------
    at : str
        Where it is in the facts, such as ``fairness.areas``.
    name : str
        Under which name it is kept.
    on_first : bool
        Whether it is about the first day of the period, or the last.
    of : str
        What it counts: tables that count the same follow each other.
    """

    at: str
    name: str
    of: str
    on_first: bool = False

    def day(self, period: tuple[dt.date, dt.date]) -> dt.date:
        """Return the day that it is about in a report on a period."""
        return period[0] if self.on_first else period[1]


@dataclass(frozen=True, repr=False)
class Settled(Generic[Facts]):
    """Facts whose tables were settled beside earlier reports.

    Attributes
    ----------
    facts : object
        With the tables that may be released.
    release : Release
        What to keep of it.
    held : tuple of Release
        The earlier reports from which a count was taken again, because it differs by too few
        people; the latest last.
    """

    facts: Facts
    release: Release
    held: tuple[Release, ...]


def settle(
    facts: Facts,
    *,
    period: tuple[dt.date, dt.date],
    stocks: Sequence[Stock],
    flows: Mapping[str, str],
    previous: Sequence[Release],
    limits: PrivacyThresholds,
) -> Settled[Facts]:
    """Settle every table of a report beside what was given out before.

    A table of what is there on a day follows the one that was given out about the nearest day. A
    table of what happened in a period follows that of the report whose period shares days with it
    and differs least; of two periods that share no day the difference is nobody's. The tables of
    one report do not follow each other.

    Parameters
    ----------
    facts : object
        A frozen dataclass.
    period : tuple of date
        The first and last day of what it tells.
    stocks : sequence of Stock
        Its tables of one day.
    flows : Mapping of str to str
        Where its tables of the period are (``doors.streets``), and the name of each.
    previous : sequence of Release
        Earlier reports, the latest last.
    limits : PrivacyThresholds
        The thresholds of the team.
    """
    made: dict[str, Republished] = {}
    held: list[Release] = []
    whole: Facts = facts
    days = {stock.at: stock for stock in stocks}
    for at, name in ({each.at: each.name for each in stocks} | dict(flows)).items():
        table = _at(whole, at)
        if table is None:
            continue
        before = (
            _of_day(previous, days[at], stocks, period)
            if at in days
            else _of_period(previous, name, period)
        )
        made[name] = republish(table, previous=before and before[1], thresholds=limits)
        whole = _with(whole, at, made[name].table)
        if before is not None and _differs(table, made[name]):
            held.append(before[0])
    release = Release(*period, MappingProxyType(made))
    return Settled(whole, release, tuple(each for each in previous if each in held))


def _at(facts: Any, at: str) -> CountTable | None:
    for name in at.split("."):
        facts = None if facts is None else getattr(facts, name)
    return facts if isinstance(facts, CountTable) else None


def _with(facts: Facts, at: str, table: CountTable) -> Facts:
    """Return facts with another table in them."""
    name, _, rest = at.partition(".")
    inside: Any = facts
    new = _with(getattr(inside, name), rest, table) if rest else table
    made: Facts = replace(inside, **{name: new})
    return made


Before: TypeAlias = tuple[Release, Republished] | None


def _of_day(
    releases: Sequence[Release],
    stock: Stock,
    stocks: Sequence[Stock],
    period: tuple[dt.date, dt.date],
) -> Before:
    """Return the table of the same on the nearest day; of two alike the latest."""
    day = stock.day(period)
    near = [
        (abs((each.day((release.first, release.last)) - day).days), -number, each.name)
        for number, release in enumerate(releases)
        for each in stocks
        if each.of == stock.of and each.name in release.tables
    ]
    if not near:
        return None
    _, number, name = min(near)
    return releases[-number], releases[-number].tables[name]


def _of_period(releases: Sequence[Release], name: str, period: tuple[dt.date, dt.date]) -> Before:
    """Return the table of the report on the period that is most alike; of two alike the latest."""
    near = [
        (apart, -number)
        for number, each in enumerate(releases)
        if name in each.tables and (apart := each.days_apart(*period)) is not None
    ]
    if not near:
        return None
    found = releases[-min(near)[1]]
    return found, found.tables[name]


def _differs(table: CountTable, made: Republished) -> bool:
    """Tell whether a count that is given out is not the one of now."""
    cells = {cell: n for cell, n in table.cells.items() if n}
    return cells != {cell: n for cell, n in made.behind.items() if n}


def releases_bytes(releases: Sequence[Release]) -> bytes:
    """Write what a team keeps of its reports, for a file of the team alone.

    Parameters
    ----------
    releases : sequence of Release
        The reports, the latest last; of two about the same period the latest is kept.

    Examples
    --------
    >>> import datetime as dt
    >>> day = dt.date(2026, 6, 30)
    >>> releases_of(releases_bytes([Release(day, day, {})]))[0].last == day
    True
    """
    latest = {(each.first, each.last): each for each in releases}
    kept = [
        {
            "first": each.first.isoformat(),
            "last": each.last.isoformat(),
            "tables": {name: table.kept() for name, table in sorted(each.tables.items())},
        }
        for each in releases
        if latest[each.first, each.last] is each
    ]
    document = {_KEY: kept}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def releases_of(kept: bytes) -> tuple[Release, ...]:
    """Read what :func:`releases_bytes` wrote.

    Parameters
    ----------
    kept : bytes
        The file.

    Raises
    ------
    UnusableInput
        Something else, or of a later version: then no report should be given out.

    Examples
    --------
    >>> releases_of(b"{}")
    Traceback (most recent call last):
        ...
    assetmap.errors.UnusableInput: this is not what was kept of earlier reports
    """
    try:
        document = json.loads(kept)
        return tuple(_read(document[_KEY]))
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        raise UnusableInput("this is not what was kept of earlier reports") from None


def _read(releases: Any) -> Iterator[Release]:
    for each in releases:
        first, last = dt.date.fromisoformat(each["first"]), dt.date.fromisoformat(each["last"])
        tables = {name: Republished.of_kept(table) for name, table in each["tables"].items()}
        yield Release(first, last, MappingProxyType(tables))
