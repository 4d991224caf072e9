"""``assetmap report``: what happened in a period, for the council."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assetmap.cli.checking import opened, warned
from assetmap.cli.days import typed_day
from assetmap.cli.network_files import would_stand_among
from assetmap.cli.screen import Screen, progress
from assetmap.cli.week_asked import nearest_week, week_asked
from assetmap.errors import DataProblems, UnusableInput
from assetmap.match import Proposals, propose
from assetmap.model import Neighbourhood
from assetmap.privacy import Released, notices, split_safety
from assetmap.report import CouncilFacts, council_files, council_html, gather_council
from assetmap.schedule import Week
from assetmap.tables import read
from assetmap.tables.output import put
from assetmap.texts import Language, say

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


@dataclass(frozen=True)
class _Asked:
    """What was asked, understood."""

    first: dt.date
    last: dt.date
    week: Week | None


def report_page(order: ReportOrder) -> int:
    """Write the page and the tables, say where they are, and return the exit code."""
    ready = opened(order.folder, order.lang, as_json=order.as_json)
    if isinstance(ready, int):
        return ready
    hood, screen = ready
    asked = _understood(order, screen)
    if asked is None:
        return 2
    try:
        before = None if order.before is None else read(order.before)
    except DataProblems:
        return _stopped(order, screen, "before-errors", str(order.before))
    released = gather_council(
        hood,
        first=asked.first,
        last=asked.last,
        before=before,
        proposals=_proposals(order, hood, asked, screen),
    )
    try:
        put(_files(order, released, screen.lang))
    except UnusableInput:
        screen.tell("cli.not-written", place=str(order.out))
        return 2
    return _told(order, hood, released, screen)


def _today() -> dt.date:
    return dt.date.today()


def _understood(order: ReportOrder, screen: Screen) -> _Asked | None:
    """Return the days and the week that were typed; None when one is wrong, which is then told."""
    first, last = typed_day(order.first), typed_day(order.last)
    if first is None or last is None:
        _stopped(order, screen, "no-such-day", order.first if first is None else order.last)
        return None
    places = (order.out.parent, *([] if order.tables is None else [order.tables]))
    faults = {
        "until-first": last < first,
        "no-page": order.out.suffix.casefold() not in {".html", ".htm"},
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


def _files(
    order: ReportOrder, released: Released[CouncilFacts], lang: Language
) -> Mapping[Path, bytes]:
    files = {order.out: council_html(released, lang).encode()}
    if order.tables is not None:
        made = council_files(released, lang)
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
    screen.show(*notices(released, screen.lang)[:1])
    screen.show(say("cli.report.page", screen.lang, path=str(order.out)), whole=True)
    if order.tables is not None:
        screen.show(say("cli.report.tables", screen.lang, path=str(order.tables)), whole=True)
    if split_safety(hood)[1].safety:
        screen.tell("cli.report.safety")
    code = int(warned(order.folder, hood.notices, screen))
    tables = None if order.tables is None else str(order.tables)
    about = {"folder": str(order.folder), "exit": code, "audience": released.audience.value}
    days = {name: getattr(released.value, name).isoformat() for name in ("first", "last")}
    screen.hand_over({**about, **days, "out": str(order.out), "tables": tables})
    return code
