"""Reading a social map (HSDS 3): services become initiatives and activities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import isfinite
from os import PathLike
from pathlib import Path
from typing import Any

from assetmap.categories import shipped
from assetmap.errors import DataProblem, DataProblems, Severity, UnusableInput
from assetmap.geo import rd_from_wgs84
from assetmap.model import Neighbourhood, Policy, Row, problem
from assetmap.tables.csv_files import file_bytes, text_of
from assetmap.tables.documents import document_of
from assetmap.tables.grid import error
from assetmap.tables.social_map_times import Times, times_of
from assetmap.tables.social_map_words import (
    CARRIED,
    KNOWN,
    MARK,
    STATUS_IN,
    marks_of,
    objects,
    text_of_field,
    uid,
)
from assetmap.tables.vocabulary import language_called

__all__ = ["Taken", "of_service", "read_hsds", "spot_of"]

Object = Mapping[str, Any]
_LISTS = ("services", "service", "contents")
"""What a list of services may be called where it is not the whole file."""
_OF_ORGANISATION = frozenset(
    {"organization_identifiers", "locations", "programs", "legal_status", "year_incorporated"}
)
"""Fields that an organisation has and a service has not."""
_POINTS = (
    ("organisations", "parent", ("organisations",)),
    ("initiatives", "host", ("organisations", "initiatives")),
    ("initiatives", "place", ("places",)),
    ("activities", "initiative", ("initiatives",)),
    ("activities", "place", ("places",)),
)
"""Columns that point to a row of another table, which may be missing."""


def read_hsds(path: str | PathLike[str], *, policy: Policy | None = None) -> Neighbourhood:
    """Read services from a social map (sociale kaart) in the format HSDS 3 of Open Referral.

    Parameters
    ----------
    path : path
        A JSON file: a list of services, one service, or a page of them as an HSDS interface
        gives it (``contents``).
    policy : Policy, optional
        The choices of the team, for its time zone; default: ``Policy()``.

    Returns
    -------
    Neighbourhood
        Organisations, initiatives, activities and places; never a person. What was left behind
        is told in its ``notices``: contacts, telephone numbers, addresses and all else that the
        tables have no column for.

    Raises
    ------
    DataProblems
        The file cannot be read, or something in it cannot be used.

    Notes
    -----
    A service of another program becomes an initiative, and each of its schedules that has a first
    day and a time becomes an activity of it. A file that :func:`write_hsds` made gives the same
    rows back. Reading checks nothing against tables that are there already: the team decides
    what to take in.

    Examples
    --------
    >>> import json, tempfile
    >>> service = {"id": "s1", "name": "Inloop", "status": "active", "email": "x@example.org"}
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "services.json")
    ...     _ = path.write_text(json.dumps([service]))
    ...     hood = read_hsds(path)
    >>> hood.initiatives[0].name, [notice.code for notice in hood.notices]
    ('Inloop', ['hsds-not-kept'])
    """
    chosen = policy or Policy()
    taken = Taken(chosen.zone)
    services, pages = _services(Path(path))
    if pages > 1:
        taken.told["hsds-page", ""] = pages
    for service in services:
        taken.service(service)
    rows, notices = taken.rows(), taken.problems()
    try:
        hood = Neighbourhood.from_rows(rows, policy=chosen)
    except DataProblems as wrong:
        raise DataProblems((*wrong.problems, *notices)) from None
    return replace(hood, notices=(*notices, *hood.notices))


def _services(path: Path) -> tuple[Sequence[Object], int]:
    """Return the services of a file, and of how many pages the file is one."""
    raw = file_bytes(path)
    text, problems = (None, [raw]) if isinstance(raw, DataProblem) else text_of(raw, path.name)
    if text is None:
        raise DataProblems(problems)
    try:
        document = document_of(text)
    except (ValueError, RecursionError):
        raise DataProblems([error("hsds-shape", file=path.name)]) from None
    pages = 1
    if isinstance(document, Mapping):
        pages = _pages(document)
        lists = (document[name] for name in _LISTS if isinstance(document.get(name), list))
        document = next(lists, [document])
    usable = isinstance(document, list) and all(
        isinstance(each, Mapping)
        and text_of_field(each.get("name"))
        and ("status" in each or not each.keys() & _OF_ORGANISATION)
        for each in document
    )
    if not usable:
        raise DataProblems([error("hsds-shape", file=path.name)])
    return document, pages


def _pages(document: Object) -> int:
    """Return how many pages an interface says there are; 1 where it says nothing."""
    said = document.get("total_pages")
    return said if isinstance(said, int) and not isinstance(said, bool) else 1


def _plain_id(kind: str, found: Object) -> str:
    """Return the id of an object of others, without the marks that our lists are parted by."""
    identifier = text_of_field(found.get("id"))
    for sign in "|,:":
        identifier = identifier.replace(sign, "-")
    return identifier or uid(kind, text_of_field(found.get("name")))


@dataclass(slots=True)
class Taken:
    """What was taken over so far: cells by table and id, and what was left behind.

    Attributes
    ----------
    zone : str
        Time zone of the neighbourhood.
    cells : dict
        By table, by id, by column.
    told : Counter
        How often a problem came up, by code and what it is about.
    """

    zone: str
    cells: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)
    told: Counter[tuple[str, str]] = field(default_factory=Counter)

    def service(self, found: Object) -> None:
        """Take over one service."""
        table = marks_of(found).get("table", "")
        here = self._places(found)
        host = self._organisation(found.get("organization"))
        place = here[0][0] if here else None
        if table in {"initiatives", "activities"}:
            self._own(table, found, _given(place, host))
            return
        self._count("service", found)
        for name in ("service_at_locations", "cost_options", "service_areas"):
            if len(objects(found.get(name))) > 1:
                self.told["hsds-more", f"service.{name}"] += 1
        self._others(found, here, _given(place, host))

    def _own(self, table: str, found: Object, given: Mapping[str, str]) -> None:
        """Take over a service that assetmap wrote: what its marks say goes before."""
        cells, marks = {**of_service(found, table, self.zone), **given}, marks_of(found)
        kept = _kept(table, marks)
        whole = {CARRIED[table][0]: _plain_id("service", found), **cells, **kept}
        if table == "activities":
            whole.pop("host", None)
        self._add(table, {name: text for name, text in whole.items() if text})

    def _others(
        self, found: Object, here: Sequence[tuple[str, Object]], given: Mapping[str, str]
    ) -> None:
        """Take over a service of another program: an initiative, and what it holds when."""
        name = _plain_id("service", found)
        cells = of_service(found, "initiatives", self.zone)
        if found.get("status") not in STATUS_IN["initiatives"]:
            self.told["hsds-not-kept", "service.status"] += 1
        self._add("initiatives", {"initiative": name, **cells, **given})
        common = of_service({**found, "schedules": []}, "activities", self.zone)
        common.setdefault("category", cells["name"])
        held: list[tuple[str | None, Object]] = [
            (None, each) for each in objects(found.get("schedules"))
        ]
        held += [(place, each) for place, at in here for each in objects(at.get("schedules"))]
        for number, (place, schedule) in enumerate(held, 1):
            self._count("schedule", schedule)
            times = times_of(schedule, self.zone)
            self.told.update((fault, "") for fault in times.faults)
            if not times.cells:
                continue
            where = {"place": at} if (at := place or given.get("place")) else {}
            ids = {"activity": f"{name}.{number}", "initiative": name}
            self._add("activities", {**common, **times.cells, **ids, **where})

    def _places(self, found: Object) -> list[tuple[str, Object]]:
        """Take over where a service is, and return the places."""
        here = []
        for at in objects(found.get("service_at_locations")):
            location = at.get("location")
            if not isinstance(location, Mapping):
                self.told["hsds-elsewhere", ""] += 1
                continue
            marks = marks_of(location)
            if not marks:
                self._count("service_at_location", at)
                self._count("location", location)
            if location.get("location_type", "physical") != "physical":
                self.told["hsds-elsewhere", ""] += 1
                continue
            cells = {"place": _plain_id("location", location), **self._spot(location)}
            if text_of_field(location.get("name")):
                cells["name"] = text_of_field(location["name"])
            kept = _kept("places", marks)
            whole = {name: text for name, text in {**cells, **kept}.items() if text}
            self._add("places", whole)
            here.append((whole["place"], at))
        return here

    def _spot(self, location: Object) -> dict[str, str]:
        spot = spot_of(location)
        if not spot and (location.get("latitude"), location.get("longitude")) != (None, None):
            self.told["hsds-elsewhere", ""] += 1
        return spot

    def _organisation(self, found: object) -> str | None:
        """Take over the organisation behind a service, and return its id."""
        if not isinstance(found, Mapping):
            return None
        marks = marks_of(found)
        if not marks:
            self._count("organization", found)
        cells = {"organisation": _plain_id("organization", found)}
        cells["name"] = text_of_field(found.get("name"))
        parent = {"id": found.get("parent_organization_id")}
        if parent["id"] and "organisation" not in marks:
            cells["parent"] = _plain_id("organization", parent)
        kept = _kept("organisations", marks)
        whole = {name: text for name, text in {**cells, **kept}.items() if text}
        self._add("organisations", whole)
        return whole["organisation"]

    def _count(self, kind: str, found: Object) -> None:
        """Remember which fields of others hold something that has no column here."""
        for name, value in found.items():
            if name not in KNOWN[kind] and value not in (None, "", [], {}):
                self.told["hsds-not-kept", f"{kind}.{name}"] += 1

    def _add(self, table: str, cells: dict[str, str]) -> None:
        key = CARRIED[table][0]
        self.cells.setdefault(table, {}).setdefault(cells[key], cells)

    def rows(self) -> dict[str, list[Row]]:
        """Return the rows of all tables; what points to a row that is not there is left out."""
        for table, column, targets in _POINTS:
            known = {name for target in targets for name in self.cells.get(target, {})}
            for cells in self.cells.get(table, {}).values():
                if column in cells and cells[column].rpartition(":")[2] not in known:
                    del cells[column]
                    self.told["hsds-not-kept", f"{table}.{column}"] += 1
        return {
            table: [Row(at, cells) for at, cells in enumerate(rows.values(), 2)]
            for table, rows in self.cells.items()
        }

    def problems(self) -> tuple[DataProblem, ...]:
        """Return what was left behind or assumed, as notices."""
        return tuple(
            problem(code, Severity.NOTICE, field=about, n=n)
            for (code, about), n in sorted(self.told.items())
        )


def _kept(table: str, marks: Mapping[str, str]) -> dict[str, str]:
    """Return the columns that marks keep; a key that says nothing is none."""
    key = CARRIED[table][0]
    return {n: marks[n] for n in CARRIED[table] if n in marks and (marks[n].strip() or n != key)}


def _given(place: str | None, host: str | None) -> dict[str, str]:
    return {name: ref for name, ref in (("place", place), ("host", host)) if ref is not None}


def spot_of(location: Object) -> dict[str, str]:
    """Return the point of a location in metres of the Dutch grid; nothing where it has none.

    Examples
    --------
    >>> spot_of({"latitude": 52.155172897, "longitude": 5.387203657})
    {'x': '155000', 'y': '463000'}
    """
    try:
        x, y = rd_from_wgs84(
            _degrees(location.get("latitude")), _degrees(location.get("longitude"))
        )
    except (UnusableInput, ValueError):
        return {}
    return {"x": str(round(x)), "y": str(round(y))}


def _degrees(value: object) -> float:
    number = float(str(value))
    if not isfinite(number):
        raise ValueError("no number")
    return number


def of_service(found: Object, table: str, zone: str) -> dict[str, str]:
    """Return what the fields of a service say, in cells of a table; without its place and host.

    Parameters
    ----------
    found : Mapping
        A service of HSDS; its marks are not looked at.
    table : str
        ``initiatives`` or ``activities``.
    zone : str
        Time zone of the neighbourhood.

    Examples
    --------
    >>> of_service({"name": "Koor", "status": "active"}, "initiatives", "Europe/Amsterdam")
    {'name': 'Koor', 'status': 'running'}
    """
    cells = {
        "name": text_of_field(found.get("name")),
        "status": STATUS_IN[table].get(text_of_field(found.get("status")), ""),
        "kind" if table == "initiatives" else "category": _category(found),
        "languages": " | ".join(_languages(found)),
        "area": _only(found.get("service_areas"), lambda area: text_of_field(area.get("name"))),
    }
    if table == "activities":
        cells["fee_eur"] = _only(found.get("cost_options"), _fee)
        schedules = objects(found.get("schedules"))
        times = times_of(schedules[0], zone) if len(schedules) == 1 else Times({})
        cells |= times.cells
    return {name: text for name, text in cells.items() if text}


def _only(value: object, read: Callable[[Object], str]) -> str:
    """Return what the one object of a list says; nothing where there are several."""
    found = objects(value)
    return read(found[0]) if len(found) == 1 else ""


def _fee(option: Object) -> str:
    amount = option.get("amount")
    euro = text_of_field(option.get("currency")).upper() == "EUR"
    number = isinstance(amount, int | float) and not isinstance(amount, bool)
    return f"{amount:.2f}" if euro and number else ""


def _languages(found: Object) -> list[str]:
    said = []
    for each in objects(found.get("languages")):
        code, name = text_of_field(each.get("code")), text_of_field(each.get("name"))
        word = language_called(code) or language_called(name) or name or code
        said.append(word.replace("|", " ").replace(",", " "))
    return list(dict.fromkeys(said))


def _category(found: Object) -> str:
    """Return the first term that is a category here; else the name of the first term."""
    terms = [
        term
        for each in objects(found.get("attributes"))
        if isinstance(term := each.get("taxonomy_term"), Mapping)
    ]
    words = [text_of_field(term.get(name)) for term in terms for name in ("code", "name")]
    for term in terms:
        if text_of_field(term.get("taxonomy")) == MARK:
            return text_of_field(term.get("code"))
    known = (named for word in words if word and (named := shipped().find(word)))
    return next(known, next((text_of_field(term.get("name")) for term in terms), ""))
