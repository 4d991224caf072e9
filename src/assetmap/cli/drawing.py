"""``assetmap plot``: one picture, for somebody."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

from assetmap import graph, plot
from assetmap.cli.checking import opened, warned
from assetmap.cli.choices import Picture, Served
from assetmap.cli.screen import Screen
from assetmap.cli.week_asked import nearest_week, week_asked
from assetmap.errors import UnknownName, UnusableInput
from assetmap.match import propose
from assetmap.model import Neighbourhood
from assetmap.privacy import Released, notices, split_safety
from assetmap.schedule import Week
from assetmap.signals import detect
from assetmap.tables.output import put
from assetmap.texts import Language, say

__all__ = ["PictureOrder", "draw"]

_FORMS = (".svg", ".png", ".pdf")
Places = Mapping[Hashable, tuple[float, float]]


@dataclass(frozen=True)
class PictureOrder:
    """What somebody asked for.

    Attributes
    ----------
    folder : Path
        The tables.
    what : Picture
        Which picture.
    out : Path
        The file to make.
    audience : Served
        Whom it is for.
    week, since : str or None
        ISO weeks; None: that of today, and for `since` the week before the other.
    person : str or None
        Whom a picture of one person is about.
    places : Path or None
        File with the places of an earlier network.
    seed : int
        Seed of the search, and of the places.
    lang : Language or None
        Language of picture and screen; None: the team's.
    as_json : bool
        Whether a machine reads.
    """

    folder: Path
    what: Picture
    out: Path
    audience: Served = Served.TEAM
    week: str | None = None
    since: str | None = None
    person: str | None = None
    places: Path | None = None
    seed: int = 0
    lang: Language | None = None
    as_json: bool = False


@dataclass(frozen=True)
class _Subject:
    """What a picture is made of: the tables, the week and the week before it."""

    order: PictureOrder
    hood: Neighbourhood
    week: Week
    before: Week


def draw(order: PictureOrder) -> int:
    """Draw the picture, write it, and return the exit code."""
    ready = opened(order.folder, order.lang, as_json=order.as_json)
    if isinstance(ready, int):
        return ready
    hood, screen = ready
    weeks = [_week(order.week), None if order.since is None else _week(order.since)]
    for given, found in zip((order.week, order.since), weeks, strict=True):
        if given is not None and found is None:
            return _no_such_week(order, given, screen)
    week = weeks[0] or Week.at_hand(_today())
    subject = _Subject(order, hood, week, weeks[1] or week + -1)
    fault = _fault(subject)
    if fault is not None:
        return _stopped(order, fault, screen)
    return _drawn(subject, screen)


def _today() -> dt.date:
    return dt.date.today()


def _week(text: str | None) -> Week | None:
    return None if text is None else week_asked(text, _today())


def _no_such_week(order: PictureOrder, given: str, screen: Screen) -> int:
    nearest = str(nearest_week(given, _today()))
    screen.tell("cli.no-such-week", found=given, nearest=nearest)
    screen.hand_over({"folder": str(order.folder), "exit": 2, "week": given, "nearest": nearest})
    return 2


def _stopped(order: PictureOrder, fault: str, screen: Screen) -> int:
    """Say what cannot be done, and return the exit code; nothing was written."""
    found = order.places if fault == "no-places" else order.out
    screen.tell(f"cli.plot.{fault}", found="" if found is None else found.name)
    screen.hand_over({"folder": str(order.folder), "exit": 2, "fault": fault})
    return 2


def _fault(subject: _Subject) -> str | None:
    """Return what cannot be done; None when all of it can."""
    order = subject.order
    single = order.what is Picture.PERSON
    kept = order.places is not None and order.places.exists()
    faults: dict[str, Callable[[], bool]] = {
        "no-such-picture": lambda: order.out.suffix.casefold() not in _FORMS,
        "among-tables": lambda: _stands_among(order),
        "no-person": lambda: single and order.person is None,
        "not-for": lambda: _shows_people(order) and order.audience is not Served.TEAM,
        "no-such-person": lambda: single and not _is_there(subject.hood, order.person or ""),
        "no-places": lambda: kept and _places(order.places) is None,
        "later-first": lambda: subject.week.monday < subject.before.monday,
    }
    return next((name for name, wrong in faults.items() if wrong()), None)


def _shows_people(order: PictureOrder) -> bool:
    return order.what is Picture.PERSON or order.places is not None


def _stands_among(order: PictureOrder) -> bool:
    """Tell whether the file with places would be taken for a table, or be in the place of one."""
    if order.places is None:
        return False
    tables, kept = order.folder.resolve(), order.places.resolve()
    return kept == tables or (tables.is_dir() and kept.parent == tables)


def _is_there(hood: Neighbourhood, person: str) -> bool:
    try:
        hood.person(person.removeprefix("person:"))
    except UnknownName:
        return False
    return True


def _drawn(subject: _Subject, screen: Screen) -> int:
    order = subject.order
    shown, places = _shown(subject)
    form = order.out.suffix.removeprefix(".").casefold()
    files = {order.out: plot.picture_bytes(shown, form=form, language=screen.lang)}
    if order.places is not None and places is not None:
        rows = {str(name): list(at) for name, at in places.items()}
        files[order.places] = (json.dumps(rows, indent=0) + "\n").encode()
    try:
        put(files)
    except UnusableInput:
        screen.tell("cli.not-written", place=str(order.out))
        return 2
    screen.show(*_told(order, shown, screen.lang))
    screen.show(say("cli.plot.done", screen.lang, path=str(order.out)), whole=True)
    if split_safety(subject.hood)[1].safety:
        screen.tell("cli.plot.safety")
    code = int(warned(order.folder, subject.hood.notices, screen))
    about = {"folder": str(order.folder), "exit": code, "audience": order.audience.value}
    screen.hand_over(
        {**about, "what": order.what.value, "week": str(subject.week), "out": str(order.out)}
    )
    return code


def _told(order: PictureOrder, shown: Released[Any], lang: Language) -> tuple[str, ...]:
    """Say whom a picture is for and what was left out; most for the team hold no names."""
    first, *rest = notices(shown, lang)
    nameless = order.what not in {Picture.NETWORK, Picture.PERSON}
    if nameless and order.audience is Served.TEAM:
        first = say("plot.for-team", lang)
    return first, *rest


def _shown(subject: _Subject) -> tuple[Released[Any], Places | None]:
    """Gather what the picture shows, and the places of a network that are to be kept."""
    order, hood, day = subject.order, subject.hood, subject.week.monday
    reader = order.audience.value
    if order.what is Picture.NETWORK:
        at = None if order.places is None else _kept_places(subject)
        facts = plot.network_facts(hood, reader, asof=day, previous=at, seed=order.seed)
        return facts, at
    by_day: dict[Picture, Callable[[], Released[Any]]] = {
        Picture.MAP: lambda: plot.map_facts(hood, reader, asof=day),
        Picture.OFFERS: lambda: plot.offer_facts(hood, reader, asof=day),
        Picture.SIGNALS: lambda: plot.signal_facts(detect(hood, asof=day), hood, audience=reader),
        Picture.WAITING: lambda: plot.waiting_facts(hood, reader, asof=day),
        Picture.PERSON: lambda: plot.ego_facts(hood, order.person or "", asof=day),
    }
    if order.what in by_day:
        return by_day[order.what](), None
    run = propose(hood, subject.week, seed=order.seed)
    if order.what is Picture.CHANGE:
        before = propose(hood, subject.before, seed=order.seed)
        return plot.change_facts(before, run, audience=reader), None
    gather = plot.flow_facts if order.what is Picture.FLOW else plot.load_facts
    return gather(run, reader), None


# --- the places of an earlier picture -----------------------------------------------------------


def _kept_places(subject: _Subject) -> Places:
    """Return where everybody is drawn: as in the file, and newcomers beside them."""
    rest = split_safety(subject.hood)[0]
    network = graph.people(graph.build(rest, asof=subject.week.monday))
    known: Any = _places(subject.order.places)
    return graph.positions(network, previous=known, seed=subject.order.seed)


def _places(path: Path | None) -> Places | None:
    """Read the places of an earlier picture; None where the file holds none."""
    if path is None or not path.exists():
        return None
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(rows, dict) or not all(map(_is_place, rows.values())):
        return None
    return {str(name): (float(at[0]), float(at[1])) for name, at in rows.items()}


def _is_place(at: object) -> bool:
    """Tell whether something is two plain numbers."""
    return (
        isinstance(at, list)
        and len(at) == 2
        and all(isinstance(x, int | float) and isfinite(x) for x in at)
    )
