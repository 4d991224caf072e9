"""What every question needs: references, parties, and whether a row holds on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache

from assetmap.errors import UnusableInput
from assetmap.model import Neighbourhood, Observation, Record, reference
from assetmap.model.parties import Side, side_of
from assetmap.model.spelling import plain

__all__ = [
    "between",
    "check_days",
    "heading",
    "homes_of",
    "live",
    "party",
    "party_ref",
    "ref_of",
    "side",
    "teller",
]

_PARTIES = ("people", "initiatives", "organisations")


def ref_of(row: Record) -> str:
    """Write the reference of a row, ``initiative:i1``."""
    return reference(row.table, str(row.id))


def party(hood: Neighbourhood, ref: str | None) -> Record | None:
    """Return the party behind a reference; None where there is none."""
    found = hood.matches(ref, *_PARTIES) if ref is not None else ()
    return found[0] if len(found) == 1 else None


def party_ref(hood: Neighbourhood, ref: str | None) -> str | None:
    """Write a reference to a party with the name of its table."""
    found = party(hood, ref)
    return None if found is None else ref_of(found)


def side(hood: Neighbourhood, ref: str | None) -> Side:
    """Return on which side of the table the party of a reference sits."""
    found = party(hood, ref)
    return Side.NEITHER if found is None else side_of(found)


def heading(hood: Neighbourhood, ref: str | None) -> str:
    """Return how a party stands in a table of counts: never by the id of a person."""
    found = party(hood, ref)
    if found is None:
        return "unknown"
    if found.table == "people":
        return "worker" if side_of(found) is Side.PROFESSIONALS else "resident"
    return ref_of(found)


def homes_of(hood: Neighbourhood) -> Mapping[str, str]:
    """Return the household of everybody of whom it is known, by id, for counts of people."""
    return {row.person: plain(row.household) for row in hood.people if row.household is not None}


def teller(row: Observation) -> str | None:
    """Return who stands behind an observation: a person, else a household or a door; or nobody."""
    person = row.speaker or row.about
    if person is not None:
        return person.removeprefix("person:")
    if row.household is not None:
        return f"household:{plain(row.household)}"
    return None if row.visit is None else f"visit:{row.visit.removeprefix('visit:')}"


def live(row: Record, day: dt.date) -> bool:
    """Tell whether a row with a first and a last day holds on a day, both included."""
    begins, ends = _dated(type(row))
    first = next((found for name in begins if (found := getattr(row, name)) is not None), None)
    last = next((getattr(row, name) for name in ends), None)
    return (first is None or first <= day) and (last is None or day <= last)


@cache
def _dated(record: type[Record]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the fields of a record that tell from when, and until when; asked once for each."""
    names = record.model_fields
    return tuple(n for n in ("since", "from_") if n in names), tuple({"until"} & set(names))


def between(day: dt.date | None, first: dt.date | None, last: dt.date | None) -> bool:
    """Tell whether a day lies in a period; an unknown day lies in the open period only."""
    if day is None:
        return first is None and last is None
    return (first is None or first <= day) and (last is None or day <= last)


def check_days(**days: dt.date | None) -> None:
    """Refuse a day that is no plain date, and a period that ends before it begins."""
    for name, day in days.items():
        if day is not None and (isinstance(day, dt.datetime) or not isinstance(day, dt.date)):
            raise UnusableInput(f"{name} must be a date without a time, or None")
    first, last = days.get("first"), days.get("last")
    if first is not None and last is not None and last < first:
        raise UnusableInput("last lies before first: give the earlier day first")
