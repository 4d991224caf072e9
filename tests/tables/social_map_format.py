"""What HSDS 3.1 asks of a list of services, in our own words; no code is shared with the writer.

Compared with the schemas of the releases 3.1 to 3.1.3, as far as these can be read: the fields that
must be there, the type of each, closed lists, the form of identifiers, dates and times.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

__all__ = ["faults"]

_KINDS: Mapping[str, str] = {
    "service": (
        "id! uuid, organization_id uuid, program_id uuid, name! text, status! status, "
        "eligibility_description text, organization one:organization, program one:program, "
        "schedules many:schedule, languages many:language, cost_options many:cost_option, "
        "service_areas many:service_area, service_at_locations many:service_at_location, "
        "attributes many:attribute"
    ),
    "organization": (
        "id! uuid, name! text, description! text, parent_organization_id uuid, "
        "attributes many:attribute"
    ),
    "program": "id! uuid, organization_id uuid, name! text, description! text",
    "location": (
        "id! uuid, location_type! location_type, name text, latitude lat, longitude lon, "
        "accessibility many:accessibility, attributes many:attribute"
    ),
    "service_at_location": "id! uuid, service_id uuid, location_id uuid, location one:location",
    "schedule": (
        "id! uuid, service_id uuid, valid_to date, dtstart date, timezone hours, until date, "
        "count whole, wkst day, freq freq, interval whole, byday days, bymonthday numbers, "
        "opens_at clock, closes_at clock, notes text"
    ),
    "language": "id! uuid, service_id uuid, name text, code language",
    "cost_option": "id! uuid, service_id uuid, currency currency, amount number",
    "accessibility": "id! uuid, location_id uuid, description text",
    "service_area": "id! uuid, service_id uuid, name text",
    "attribute": (
        "id! uuid, link_id uuid, link_type text, link_entity entity, label text, value any-text, "
        "taxonomy_term_id uuid, taxonomy_term one:taxonomy_term"
    ),
    "taxonomy_term": "id! uuid, code text, name! text, description! text, taxonomy text",
}
"""Per kind the fields that we may write, with their form; with a mark those that must be there.

HSDS has more fields. One that is not named here would be a slip of the pen, or has to be thought
about first: a telephone number, a contact and an address must never be among them."""

_DAY = "MO|TU|WE|TH|FR|SA|SU"
_FORMS: Mapping[str, str] = {
    "status": "active|inactive|defunct|temporarily closed",
    "location_type": "physical|postal|virtual",
    "freq": "WEEKLY|MONTHLY",
    "day": _DAY,
    "days": rf"-?\d*(?:{_DAY})(?:,-?\d*(?:{_DAY}))*",
    "numbers": r"-?\d{1,2}(?:,-?\d{1,2})*",
    "clock": r"(?:[01]\d|2[0-3]):[0-5]\d(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)",
    "language": "[a-z]{2,3}",
    "currency": "[A-Z]{3}",
    "entity": "|".join(_KINDS),
    "text": r"(?s).*\S.*",
    "any-text": r"(?s).*",
}
_NUMBERS: Mapping[str, tuple[float, float]] = {
    "lat": (-90, 90),
    "lon": (-180, 180),
    "hours": (-12, 14),
    "number": (0, math.inf),
    "whole": (1, math.inf),
}
_BACK = {"service": "service_id", "location": "location_id"}
"""How what stands inside an object points back to it."""
_POINTERS = ("organization", "program", "location", "taxonomy_term")


def faults(services: object) -> list[str]:
    """Return everything that is wrong with a list of services; nothing where it fits."""
    if not isinstance(services, list):
        return ["no list"]
    found: list[str] = []
    for at, service in enumerate(services):
        found += (f"{at}: {said}" for said in _of("service", service))
    return [*found, *_two_things_with_one_id(services)]


def _of(kind: str, thing: object) -> Iterator[str]:
    """Check one object, and everything inside it."""
    if not isinstance(thing, Mapping):
        yield f"{kind} is no object"
        return
    fields = [part.split() for part in _KINDS[kind].split(", ")]
    forms = {name.rstrip("!"): form for name, form in fields}
    yield from (
        f"{kind} without {name[:-1]}"
        for name, _ in fields
        if name.endswith("!") and name[:-1] not in thing
    )
    for name, value in thing.items():
        if name not in forms:
            yield f"{kind}.{name} is not a field"
        else:
            yield from _value(f"{kind}.{name}", forms[name], value)
    yield from _pointers(kind, thing)
    if kind == "schedule":
        yield from _schedule(thing)


def _value(where: str, form: str, value: object) -> Iterator[str]:
    number, inside = form.partition(":")[::2]
    if number == "many":
        if not isinstance(value, list) or not value:
            yield f"{where} is no list of something"
            return
        for each in value:
            yield from _of(inside, each)
    elif number == "one":
        yield from _of(inside, value)
    elif not _fits(form, value):
        yield f"{where} is no {form}"


def _fits(form: str, value: object) -> bool:
    """Tell whether a value that holds no others has its form."""
    if form in _NUMBERS:
        least, most = _NUMBERS[form]
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        whole = form != "whole" or float(value).is_integer()
        return whole and math.isfinite(value) and least <= value <= most
    if not isinstance(value, str):
        return False
    if form == "uuid":
        return _is_uuid(value)
    if form == "date":
        return bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", value)) and _is_date(value)
    return re.fullmatch(_FORMS[form], value) is not None


def _is_uuid(value: str) -> bool:
    try:
        return str(UUID(value)) == value
    except ValueError:
        return False


def _is_date(value: str) -> bool:
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _pointers(kind: str, thing: Mapping[str, Any]) -> Iterator[str]:
    """Check that what stands inside is what the identifiers beside it point to."""
    for name in _POINTERS:
        inside, said = thing.get(name), thing.get(f"{name}_id")
        if isinstance(inside, Mapping) and said != inside.get("id"):
            yield f"{kind}.{name}_id is not that of its {name}"
    for value in thing.values():
        for each in value if isinstance(value, list) else ():
            for name in (_BACK.get(kind), "link_id"):
                if name in each and each[name] != thing.get("id"):
                    yield f"{kind}: something inside it has the {name} of another"


def _schedule(thing: Mapping[str, Any]) -> Iterator[str]:
    """Check what the fields of a schedule ask of each other."""
    if "interval" in thing and "dtstart" not in thing:
        yield "schedule.interval needs dtstart"
    if {"byday", "bymonthday", "interval", "count", "until"} & thing.keys() and "freq" not in thing:
        yield "a part of a rule without freq"
    if {"count", "until"} <= thing.keys():
        yield "schedule has count and until"
    if thing.get("freq") == "WEEKLY" and re.search(r"\d", thing.get("byday", "")):
        yield "schedule.byday counts days of a month in weeks"
    if "bymonthday" in thing and thing.get("freq") != "MONTHLY":
        yield "schedule.bymonthday is for months"
    clock = thing.get("opens_at")
    if isinstance(clock, str) and "timezone" in thing and clock[-6:-5] in {"+", "-"}:
        hours = int(clock[-6:-3]) + int(clock[-6] + clock[-2:]) / 60
        if hours != thing["timezone"]:
            yield "schedule.timezone is not that of opens_at"


def _two_things_with_one_id(services: list[Any]) -> Iterator[str]:
    """Tell of identifiers that stand for two different objects of a kind."""
    seen: dict[tuple[str, str], str] = {}
    for kind, thing in _all(services):
        known = seen.setdefault((kind, str(thing.get("id"))), repr(thing))
        if known != repr(thing):
            yield f"two forms of {kind} with one id"


def _all(things: list[Any], kind: str = "service") -> Iterator[tuple[str, Mapping[str, Any]]]:
    for thing in things:
        if not isinstance(thing, Mapping):
            continue
        yield kind, thing
        forms = dict(
            part.replace("!", "").split() for part in _KINDS.get(kind, "id uuid").split(", ")
        )
        for name, value in thing.items():
            inside = forms.get(name, "").partition(":")[2]
            if inside:
                yield from _all(value if isinstance(value, list) else [value], inside)
