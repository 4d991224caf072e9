"""Writing a social map (HSDS 3): initiatives and activities become services; never a person."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import Any

from assetmap.errors import DataProblem, Severity, UnusableInput
from assetmap.geo import wgs84_from_rd
from assetmap.model import (
    RECORDS,
    Activity,
    Initiative,
    Neighbourhood,
    Organisation,
    Place,
    Record,
    cell_text,
    problem,
)
from assetmap.model.called import Names
from assetmap.model.parties import party_kind
from assetmap.tables.output import put
from assetmap.tables.social_map_open import open_part
from assetmap.tables.social_map_reading import of_service, spot_of
from assetmap.tables.social_map_times import schedule_of
from assetmap.tables.social_map_words import CARRIED, MARK, STATUS_OUT, mark, uid
from assetmap.tables.vocabulary import language_names
from assetmap.texts import Language, say

__all__ = ["write_hsds"]

_ENTITY = {
    "organisations": "organization",
    "places": "location",
    "initiatives": "service",
    "activities": "service",
}
_MARKED_ONLY = {
    "places": ("quiet", "space_for"),
    "initiatives": ("status_since", "accessible", "support", "visible"),
    "activities": ("except", "capacity", "audience", "setting", "requires"),
}
"""Columns that other programs do not see, because a social map has no word for them."""
_TABLES = frozenset({*CARRIED, "areas"})


def write_hsds(
    hood: Neighbourhood, path: str | PathLike[str], *, source: str = ""
) -> tuple[DataProblem, ...]:
    """Write what there is to do for a social map (sociale kaart), as HSDS 3.1 of Open Referral.

    Parameters
    ----------
    hood : Neighbourhood
        Where its initiatives and activities come from. Persons, their questions, their talents
        and their contacts stay out, and so does whoever runs an initiative. An initiative goes
        out only where its column ``visible`` says yes, its activities with it; what may be about
        safety never does, nor a text in which somebody's called name stands.
    path : path
        The JSON file: a list of services, each with its organisation, schedule and location.
    source : str, default ""
        Name of the team or municipality, part of every identifier that is made. Give one where
        files of several teams come together.

    Returns
    -------
    tuple of DataProblem
        What stayed behind and what other programs will not see, as notices in English.

    Raises
    ------
    UnusableInput
        The path cannot be written.

    Notes
    -----
    The same neighbourhood gives the same bytes, whatever the order of its rows. No addresses are
    written, since the tables have none. A time bears the offset from UTC of its first day.

    Examples
    --------
    >>> import tempfile
    >>> choir = Initiative(initiative="i1", name="Koor", status="running", visible="yes")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "services.json")
    ...     notices = write_hsds(Neighbourhood.from_records(choir), path)
    ...     services = json.loads(path.read_text())
    >>> services[0]["name"], services[0]["status"], notices[0].code
    ('Koor', 'active', 'hsds-no-organisation')
    """
    part = open_part(hood)
    making = _Making(part.hood, source, part.names, part.told)
    services = making.services()
    text = json.dumps(services, ensure_ascii=False, indent=1)
    put({Path(path): (text + "\n").encode()})
    return making.problems(hood)


@dataclass(slots=True)
class _Making:
    """The services in the making, and what is to be told about them."""

    hood: Neighbourhood
    source: str
    names: Names
    told: Counter[tuple[str, str, str]]
    made: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    """Locations and organisations that are made already."""

    def services(self) -> list[dict[str, Any]]:
        """Return all services, by table and id."""
        started = sorted(self.hood.initiatives, key=lambda row: row.initiative)
        held = sorted(self.hood.activities, key=lambda row: row.activity)
        return [*map(self._initiative, started), *map(self._activity, held)]

    def _initiative(self, row: Initiative) -> dict[str, Any]:
        name = uid("initiative", row.initiative, self.source)
        made = self._common(row, name, row.kind)
        made |= self._under(self._behind(row), "initiatives")
        return self._finished(row, made)

    def _activity(self, row: Activity) -> dict[str, Any]:
        name = uid("activity", row.activity, self.source)
        made = self._common(row, name, row.category)
        initiative = self.hood.index["initiatives"].get(row.initiative or "")
        started = initiative if isinstance(initiative, Initiative) else None
        behind = self._under(None if started is None else self._behind(started), "activities")
        made |= behind
        if started is not None:
            program = {"id": uid("program", f"program/{started.initiative}", self.source)}
            program |= {"name": started.name, "description": started.name}
            if "organization_id" in behind:
                program["organization_id"] = behind["organization_id"]
            made |= {"program_id": program["id"], "program": program}
        rule = None if row.rrule is None else str(row.rrule)
        zone = self.hood.policy.zone
        times, whole = schedule_of(row.start, row.minutes, rule, row.until, zone)
        if not whole:
            self.told["hsds-rule-apart", "activities", "rrule"] += 1
        at = uid("schedule", f"{name}/schedule")
        made["schedules"] = [{"id": at, "service_id": name, **times}]
        if row.fee_eur is not None:
            cost = {"id": uid("cost", f"{name}/cost"), "service_id": name}
            made["cost_options"] = [{**cost, "currency": "EUR", "amount": float(row.fee_eur)}]
        if row.audience:
            made["eligibility_description"] = ", ".join(row.audience)
        return self._finished(row, made)

    def _common(
        self, row: Initiative | Activity, name: str, category: str | None
    ) -> dict[str, Any]:
        status = "" if row.status is None else row.status.value
        made: dict[str, Any] = {
            "id": name,
            "name": row.name,
            "status": STATUS_OUT[row.table].get(status, "active"),
        }
        if row.languages:
            made["languages"] = [self._language(name, tag) for tag in row.languages]
        if row.area is not None:
            made["service_areas"] = [self._area(name, row.area)]
        if category is not None:
            made["attributes"] = [self._term(name, category)]
        place = self.hood.index["places"].get(row.place or "")
        if isinstance(place, Place):
            location = self._location(place)
            ids = {"service_id": name, "location_id": location["id"]}
            at = uid("service_at_location", f"{row.table}/{row.id}", self.source)
            made["service_at_locations"] = [{"id": at, **ids, "location": location}]
        return made

    def _language(self, service: str, tag: str) -> dict[str, str]:
        code = tag.split("-")[0].casefold()
        made = {"id": uid("language", f"{service}/{tag}"), "service_id": service}
        made["name"] = language_names([tag])[0]
        return {**made, "code": code} if code.isalpha() and len(code) in {2, 3} else made

    def _area(self, service: str, code: str) -> dict[str, str]:
        area = self.hood.index["areas"].get(code)
        name = getattr(area, "name", None) or code
        return {
            "id": uid("service_area", f"{service}/service_area"),
            "service_id": service,
            "name": name,
        }

    def _term(self, service: str, category: str) -> dict[str, Any]:
        tree, lang = self.hood.tree, self.hood.policy.language
        label = tree.label(category, lang) if category in tree else category
        label = category if self.names.said_in(label) else label
        term = {"id": uid("term", category), "code": category, "name": label}
        term |= {"description": label, "taxonomy": MARK}
        return {
            "id": uid("category", f"{service}/category"),
            "link_id": service,
            "link_entity": "service",
            "taxonomy_term_id": term["id"],
            "taxonomy_term": term,
        }

    def _location(self, place: Place) -> dict[str, Any]:
        known = self.made.get(("places", place.place))
        if known is not None:
            return known
        name = uid("location", place.place, self.source)
        made: dict[str, Any] = {"id": name, "location_type": "physical"}
        if place.name is not None:
            made["name"] = place.name
        if place.x is not None and place.y is not None:
            try:
                lat, lon = wgs84_from_rd(place.x, place.y)
                made |= {"latitude": round(lat, 7), "longitude": round(lon, 7)}
            except UnusableInput:
                pass  # a mark keeps what lies outside the map
        if place.step_free is not None:
            text = say(f"hsds.step-free-{cell_text(place.step_free)}", self._lang)
            made["accessibility"] = [
                {
                    "id": uid("accessibility", f"{name}/access"),
                    "location_id": name,
                    "description": text,
                }
            ]
        made["attributes"] = self._marks(place, name, {"name": place.name or "", **spot_of(made)})
        self.made["places", place.place] = made
        return made

    @property
    def _lang(self) -> Language:
        return Language(self.hood.policy.language)

    def _behind(self, row: Initiative) -> Organisation | None:
        found = self.hood.matches(row.host, "organisations") if row.host is not None else ()
        return found[0] if found and isinstance(found[0], Organisation) else None

    def _under(self, row: Organisation | None, table: str) -> dict[str, Any]:
        """Return the organisation of a service; the format as tables asks for one everywhere."""
        if row is None:
            self.told["hsds-no-organisation", table, ""] += 1
            return {}
        name = uid("organization", row.organisation, self.source)
        known = self.made.get(("organisations", row.organisation))
        if known is not None:
            return {"organization_id": name, "organization": known}
        sort = party_kind(row.kind) if row.kind is not None else None
        kind = sort.label(self._lang) if sort is not None else row.kind
        made: dict[str, Any] = {
            "id": name,
            "name": row.name or row.organisation,
            "description": kind or row.name or row.organisation,
        }
        if row.parent is not None:
            made["parent_organization_id"] = uid("organization", row.parent, self.source)
        made["attributes"] = self._marks(row, name, {"name": made["name"]})
        self.made["organisations", row.organisation] = made
        return {"organization_id": name, "organization": made}

    def _finished(self, row: Initiative | Activity, made: dict[str, Any]) -> dict[str, Any]:
        """Add the marks of what the fields do not give back."""
        said = of_service(made, row.table, self.hood.policy.zone)
        own = self._marks(row, made["id"], said)
        about = mark(made["id"], "service", "table", row.table)
        return {**made, "attributes": [*made.get("attributes", ()), about, *own]}

    def _marks(self, row: Record, owner: str, said: Mapping[str, str]) -> list[dict[str, Any]]:
        """Return a mark for every column that reading would not give back as it is."""
        cells, found = row.cells(), []
        for name in CARRIED[row.table]:
            text = cells.get(name, "")
            if text != said.get(name, "") or name == row.key:
                found.append(mark(owner, _ENTITY[row.table], name, text))
            if text and name in _MARKED_ONLY.get(row.table, ()):
                self.told["hsds-not-seen", row.table, name] += 1
        return found

    def problems(self, whole: Neighbourhood) -> tuple[DataProblem, ...]:
        """Return what is to be told, in a fixed order."""
        notes = [
            problem(code, Severity.NOTICE, (table, None, column or None), n=n)
            for (code, table, column), n in sorted(self.told.items())
        ]
        rest = [name for name in RECORDS if name not in _TABLES and whole.table(name)]
        if rest:
            notes.append(problem("hsds-stays", Severity.NOTICE, tables=", ".join(rest)))
        return tuple(notes)
