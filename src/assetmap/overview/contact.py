"""Who said that they would like more contact: for the own worker, and counted by area."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from assetmap.model import Need, Neighbourhood, Observation, ObservationKind, Person
from assetmap.overview.common import check_days, homes_of, live
from assetmap.overview.homes import area_of
from assetmap.privacy import CountTable, Discloses, split_safety

__all__ = [
    "ContactWish",
    "ContactWishes",
    "ContactWishesByArea",
    "contact_wishes",
    "contact_wishes_by_area",
]

COMPANY = "company"
WISH = "wish_for_contact"
UNKNOWN = "unknown"
HEARD_DAYS = 365
"""What was heard at a door or in the street counts for so long."""


@dataclass(frozen=True, slots=True)
class ContactWish:
    """One resident who would like more contact; for the worker who knows them and nobody else.

    Attributes
    ----------
    workers : tuple of str
        The worker who reads this; empty where none is known.
    person : str
        Reference of the resident.
    since : date or None
        When they said it first; None where that was not filled in.
    """

    workers: Annotated[tuple[str, ...], Discloses.READERS]
    person: Annotated[str, Discloses.OWNER]
    since: Annotated[dt.date | None, Discloses.OWNER]


@dataclass(frozen=True, slots=True)
class ContactWishes:
    """Who said that they would like more contact; each for the own worker.

    Attributes
    ----------
    people : tuple of ContactWish
        Those who are known, sorted by id.
    """

    people: tuple[ContactWish, ...]


@dataclass(frozen=True, slots=True)
class ContactWishesByArea:
    """How many residents said that they would like more contact; raw.

    Attributes
    ----------
    table : CountTable
        Area (``unknown`` where it is not) by one column, ``wish_for_contact``. Who is not known by
        name counts too: a household once, and otherwise each conversation.
    """

    table: Annotated[CountTable, Discloses.SENSITIVE_COUNT]


def contact_wishes(hood: Neighbourhood, *, asof: dt.date) -> ContactWishes:
    """List the residents who said themselves that they would like more contact.

    It is an open question for company, or one heard in the year up to the day. Ties are not
    looked at: who has few may be content, and who has many may long for another.

    Parameters
    ----------
    hood : Neighbourhood
        All tables; what is about safety is left out.
    asof : date
        The day.

    Returns
    -------
    ContactWishes
        ``release(found, Audience.TEAM, reader=worker)`` gives each worker the own residents.

    Examples
    --------
    >>> import datetime as dt
    >>> from assetmap.model import Need, Neighbourhood, Person
    >>> hood = Neighbourhood.from_records(
    ...     Person(person="w1", kind="worker"),
    ...     *[Person(person=p, area="north", worker="w1") for p in ("p1", "p2")],
    ...     Need(need="n1", owner="p1", category="company"),
    ...     Need(need="n2", owner="p1", category="company"),
    ... )
    >>> found = contact_wishes(hood, asof=dt.date(2026, 11, 23))
    >>> [each.person for each in found.people]
    ['person:p1']
    """
    check_days(asof=asof)
    rest = split_safety(hood)[0]
    found = [
        ContactWish(_workers(rest, who.person), key, who.since)
        for key, who in sorted(_told(rest, asof).items())
        if who.person is not None
    ]
    return ContactWishes(tuple(found))


def contact_wishes_by_area(hood: Neighbourhood, *, asof: dt.date) -> ContactWishesByArea:
    """Count by area the residents who said themselves that they would like more contact.

    Parameters
    ----------
    hood, asof
        As for :func:`contact_wishes`.

    Returns
    -------
    ContactWishesByArea
        Raw; :func:`assetmap.privacy.release` hides small counts, with the higher minimum.

    Examples
    --------
    >>> import datetime as dt
    >>> from assetmap.model import Need, Neighbourhood, Person
    >>> hood = Neighbourhood.from_records(
    ...     *[Person(person=p, area="north") for p in ("p1", "p2")],
    ...     *[Need(need=f"n{p}", owner=p, category="company") for p in ("p1", "p2")],
    ... )
    >>> contact_wishes_by_area(hood, asof=dt.date(2026, 11, 23)).table.total
    2
    """
    check_days(asof=asof)
    rest = split_safety(hood)[0]
    found = [((who.area, WISH), key) for key, who in _told(rest, asof).items()]
    homes = {f"person:{person}": home for person, home in homes_of(rest).items()}
    return ContactWishesByArea(CountTable.tally(found, households=homes))


@dataclass(frozen=True, slots=True)
class _Who:
    """Somebody who said it: a resident who is known, or somebody of a household or at a door."""

    person: Person | None
    area: str
    since: dt.date | None


def _told(hood: Neighbourhood, asof: dt.date) -> dict[str, _Who]:
    """Return everybody who said it, once, by what tells them apart."""
    found: dict[str, _Who] = {}
    rows: list[Need | Observation] = [*_needs(hood, asof), *_heard(hood, asof)]
    for row in rows:
        ref = row.owner if isinstance(row, Need) else row.speaker
        person = _resident(hood, ref)
        if (person is None) is not (ref is None) or (person and not live(person, asof)):
            continue
        key = _somebody(row) if person is None else f"person:{person.person}"
        where = _where(hood, row) if person is None else person.area
        day = row.since if isinstance(row, Need) else row.date
        before = found.get(key, _Who(person, where or UNKNOWN, day))
        known = [each for each in (before.since, day) if each is not None]
        found[key] = _Who(person, before.area, min(known, default=None))
    return found


def _needs(hood: Neighbourhood, asof: dt.date) -> list[Need]:
    return [
        row
        for row in hood.needs
        if _company(hood, row.category)
        and (row.since is None or row.since <= asof)
        and (row.closed_on is None or asof < row.closed_on)
    ]


def _heard(hood: Neighbourhood, asof: dt.date) -> list[Observation]:
    first = asof - dt.timedelta(days=HEARD_DAYS)
    return [
        row
        for row in sorted(hood.observations, key=lambda row: row.observation)
        if row.kind is ObservationKind.NEED
        and _company(hood, row.category)
        and first < row.date <= asof
    ]


def _company(hood: Neighbourhood, category: str) -> bool:
    return category == COMPANY or COMPANY in hood.tree.ancestors(category)


def _resident(hood: Neighbourhood, ref: str | None) -> Person | None:
    for person in hood.matches(ref, "people") if ref is not None else ():
        if isinstance(person, Person) and not person.is_worker:
            return person
    return None


def _somebody(row: Need | Observation) -> str:
    """Tell apart who is not known by name: by household, by door, else by conversation."""
    household = getattr(row, "household", None)
    visit = getattr(row, "visit", None)
    if household is not None:
        return f"household:{household}"
    return f"visit:{visit}" if visit is not None else f"observation:{row.id}"


def _where(hood: Neighbourhood, row: Need | Observation) -> str | None:
    """Return where something was asked: its own area, else that of the door."""
    doors = hood.matches(row.visit, "visits") if isinstance(row, Observation) and row.visit else ()
    return area_of(hood, row) or next((area_of(hood, door) for door in doors), None)


def _workers(hood: Neighbourhood, person: Person) -> tuple[str, ...]:
    found = hood.matches(person.worker, "people") if person.worker is not None else ()
    return tuple(f"person:{row.id}" for row in found)
