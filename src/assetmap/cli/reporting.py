"""``assetmap report``: what happened in a period, for the council."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from assetmap.cli.checking import opened, warned
from assetmap.cli.days import typed_day
from assetmap.cli.network_files import would_stand_among
from assetmap.cli.screen import Screen, progress
from assetmap.cli.week_asked import nearest_week, week_asked
from assetmap.errors import DataProblems, UnusableInput
from assetmap.match import Proposals, propose
from assetmap.model import Neighbourhood
from assetmap.overview import observers
from assetmap.overview.common import ref_of
from assetmap.privacy import Released, notices, split_safety
from assetmap.report import (
    CouncilFacts,
    Release,
    council_files,
    council_html,
    council_map,
    council_report,
    releases_of,
)
from assetmap.schedule import Week
from assetmap.tables import read
from assetmap.tables.output import put
from assetmap.texts import Language, day, say

__all__ = ["ReportOrder", "report_page"]


@dataclass(frozen=True)
class ReportOrder:
    """What somebody asked for.

    Attributes
    ----------
    folder : Path
        The tables.
    out : Path
        The page to write.
    first, last : str
        The period, as it was typed.
    tables : Path or None
        A workbook, or a folder for CSV files.
    before : Path or None
        Tables of an earlier moment.
    week : str or None
        The week of the proposals, as it was typed.
    seed : int
        Seed of the search.
    lang : Language or None
        Language of page and screen; None: the team's.
    as_json : bool
        Whether a machine reads.
    map : Path or None
        A GeoJSON file for the counts by area.
    reader : str or None
        The party that observes a team and reads this, as it was typed; None: the council.
    results : Path or None
        Folder of the results, where it is kept what was given out; None: beside the tables.
    draft : bool
        Whether it is for the team alone: then nothing is kept as given out.
    """

    folder: Path
    out: Path
    first: str
    last: str
    tables: Path | None = None
    before: Path | None = None
    week: str | None = None
    seed: int = 0
    lang: Language | None = None
    as_json: bool = False
    map: Path | None = None
    reader: str | None = None
    results: Path | None = None
    draft: bool = False


@dataclass(frozen=True)
class _Asked:
    """What was asked, understood."""

    first: dt.date
    last: dt.date
    week: Week | None
    reader: str | None = None


RELEASED = "released.json"
"""What was given out, beside the other results of the team; it holds exact counts and no ids."""


def report_page(order: ReportOrder) -> int:
    """Write the page and the tables, say where they are, and return the exit code."""
    ready = opened(order.folder, order.lang, as_json=order.as_json)
    if isinstance(ready, int):
        return ready
    hood, screen = ready
    asked = _understood(order, screen)
    if asked is None:
        return 2
    asked = replace(asked, reader=_observer(order, hood, asked.last))
    if order.reader is not None and asked.reader is None:
        return _stopped(order, screen, "no-observer", order.reader)
    try:
        before = None if order.before is None else read(order.before)
    except DataProblems:
        return _stopped(order, screen, "before-errors", str(order.before))
    earlier = _earlier(order, screen)
    if earlier is None:
        return 2
    kept, previous = earlier
    report = council_report(
        hood,
        first=asked.first,
        last=asked.last,
        before=before,
        proposals=_proposals(order, hood, asked, screen),
        previous=previous,
    )
    try:
        files = _files(order, report.released, hood, _name(asked, report.released, screen.lang))
    except UnusableInput:
        return _stopped(order, screen, "no-map", str(order.map))
    try:
        put(files if order.draft else {**files, kept: report.kept()})
    except UnusableInput:
        screen.tell("cli.not-written", place=str(order.out))
        return 2
    return _told(order, hood, report.released, screen)


def _earlier(order: ReportOrder, screen: Screen) -> tuple[Path, tuple[Release, ...]] | None:
    """Return where it is kept what was given out, and that; None when it cannot be read."""
    beside = order.folder if order.folder.is_dir() else order.folder.parent
    names = dict.fromkeys(say("workbook.start.results", each) for each in (screen.lang, *Language))
    places = [order.results] if order.results is not None else [beside / name for name in names]
    kept = next((place for place in places if place.is_dir()), places[0]) / RELEASED
    try:
        return kept, releases_of(kept.read_bytes()) if kept.exists() else ()
    except (UnusableInput, OSError):
        _stopped(order, screen, "kept-damaged", str(kept))
        return None


def _name(asked: _Asked, released: Released[CouncilFacts], lang: Language) -> str | None:
    """Return what the party that reads is called; None for the council."""
    return None if asked.reader is None else released.value.names[asked.reader][lang]


def _today() -> dt.date:
    return dt.date.today()


def _understood(order: ReportOrder, screen: Screen) -> _Asked | None:
    """Return the days and the week that were typed; None when one is wrong, which is then told."""
    first, last = typed_day(order.first), typed_day(order.last)
    if first is None or last is None:
        _stopped(order, screen, "no-such-day", order.first if first is None else order.last)
        return None
    places = [order.out.parent, *([] if order.tables is None else [order.tables])]
    places += [] if order.map is None else [order.map.parent]
    faults = {
        "until-first": last < first,
        "no-page": order.out.suffix.casefold() not in {".html", ".htm"},
        "no-geojson": order.map is not None and order.map.suffix.casefold() != ".geojson",
        "among-tables": any(would_stand_among(order.folder, place) for place in places),
    }
    fault = next((name for name, wrong in faults.items() if wrong), None)
    if fault is not None:
        _stopped(order, screen, fault, order.out.name)
        return None
    week = None if order.week is None else week_asked(order.week, _today())
    if order.week is not None and week is None:
        nearest = str(nearest_week(order.week, _today()))
        screen.tell("cli.no-such-week", found=order.week, nearest=nearest)
        about = {"folder": str(order.folder), "exit": 2}
        screen.hand_over({**about, "week": order.week, "nearest": nearest})
        return None
    return _Asked(first, last, week)


def _stopped(order: ReportOrder, screen: Screen, fault: str, found: str) -> int:
    """Say what cannot be done, and return the exit code; nothing was written."""
    screen.tell(f"cli.report.{fault}", found=found)
    screen.hand_over({"folder": str(order.folder), "exit": 2, "fault": fault})
    return 2


def _proposals(
    order: ReportOrder, hood: Neighbourhood, asked: _Asked, screen: Screen
) -> Proposals | None:
    if asked.week is None:
        return None
    with progress(screen) as step:
        return propose(hood, asked.week, seed=order.seed, progress=step)


def _observer(order: ReportOrder, hood: Neighbourhood, day: dt.date) -> str | None:
    """Return the party that reads, by id or name, if it observes a team on the last day."""
    if order.reader is None:
        return None
    watching = observers(hood, asof=day)
    by_id = [ref_of(row) for row in hood.matches(order.reader, "initiatives", "organisations")]
    name = order.reader.strip().casefold()
    parties = (*hood.initiatives, *hood.organisations)
    by_name = [ref_of(row) for row in parties if str(row.value("name")).strip().casefold() == name]
    found = [ref for ref in by_id if ref in watching] or [r for r in by_name if r in watching]
    return found[0] if len(found) == 1 else None


def _files(
    order: ReportOrder, released: Released[CouncilFacts], hood: Neighbourhood, reader: str | None
) -> Mapping[Path, bytes]:
    lang = order.lang or Language(hood.policy.language)
    files = {order.out: council_html(released, lang, reader=reader, draft=order.draft).encode()}
    if order.map is not None:
        files[order.map] = council_map(released, hood.shapes, lang=lang, draft=order.draft)
    if order.tables is not None:
        made = council_files(released, lang, reader=reader, draft=order.draft)
        book = next(name for name in made if name.endswith(".xlsx"))
        if order.tables.suffix.casefold() == ".xlsx":
            files[order.tables] = made[book]
        else:
            files |= {order.tables / name: made[name] for name in made if name != book}
    return files


def _told(
    order: ReportOrder, hood: Neighbourhood, released: Released[CouncilFacts], screen: Screen
) -> int:
    """Say whom the report is for and where it is, and return the exit code."""
    if order.reader is None:
        screen.show(*notices(released, screen.lang)[:1])
    screen.show(say("cli.report.page", screen.lang, path=str(order.out)), whole=True)
    if order.tables is not None:
        screen.show(say("cli.report.tables", screen.lang, path=str(order.tables)), whole=True)
    if order.map is not None:
        screen.show(say("cli.report.map", screen.lang, path=str(order.map)), whole=True)
    if released.value.as_before is not None:
        days = (day(each, screen.lang, year=True) for each in released.value.as_before)
        screen.show(say("council.as-before", screen.lang, first=next(days), last=next(days)))
    if split_safety(hood)[1].safety:
        screen.tell("cli.report.safety")
    code = int(warned(order.folder, hood.notices, screen))
    tables = None if order.tables is None else str(order.tables)
    about = {"folder": str(order.folder), "exit": code, "audience": released.audience.value}
    period = {name: getattr(released.value, name).isoformat() for name in ("first", "last")}
    drawn = None if order.map is None else str(order.map)
    before = [each.isoformat() for each in released.value.as_before or ()]
    places = {"out": str(order.out), "tables": tables, "map": drawn}
    screen.hand_over({**about, **period, **places, "as_before": before or None})
    return code
