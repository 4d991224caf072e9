"""``assetmap contacts``: whom to call and for whom to print, for the worker."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from assetmap.cli.checking import opened, warned
from assetmap.cli.network_files import would_stand_among
from assetmap.cli.screen import Screen, progress
from assetmap.cli.week_asked import nearest_week, week_asked
from assetmap.errors import DataProblems, UnusableInput
from assetmap.match import propose
from assetmap.model import Neighbourhood
from assetmap.privacy import notices
from assetmap.report import gather_contacts, write_reaching
from assetmap.schedule import Week
from assetmap.tables import read_contacts
from assetmap.texts import Language, say

__all__ = ["ContactOrder", "contact_page"]


@dataclass(frozen=True)
class ContactOrder:
    """What somebody asked for.

    Attributes
    ----------
    folder : Path
        The tables; the file of contacts stands among them.
    out : Path
        The page to write.
    week : str or None
        The week, as it was typed; None: that of today.
    worker : str or None
        Whose people; None: everybody.
    seed : int
        Seed of the search.
    lang : Language or None
        Language of page and screen; None: the team's.
    as_json : bool
        Whether a machine reads.
    """

    folder: Path
    out: Path
    week: str | None = None
    worker: str | None = None
    seed: int = 0
    lang: Language | None = None
    as_json: bool = False


def contact_page(order: ContactOrder) -> int:
    """Write the page, say where it is, and return the exit code."""
    ready = opened(order.folder, order.lang, as_json=order.as_json)
    if isinstance(ready, int):
        return ready
    hood, screen = ready
    fault = _fault(order, hood)
    if fault is not None:
        return _stopped(order, screen, fault)
    week = week_asked(order.week, _today()) if order.week else Week.at_hand(_today())
    if week is None:
        nearest = str(nearest_week(order.week or "", _today()))
        screen.tell("cli.no-such-week", found=order.week, nearest=nearest)
        about = {"folder": str(order.folder), "exit": 2}
        screen.hand_over({**about, "week": order.week, "nearest": nearest})
        return 2
    return _written(order, hood, week, screen)


def _today() -> dt.date:
    return dt.date.today()


def _fault(order: ContactOrder, hood: Neighbourhood) -> str | None:
    workers = {person.person for person in hood.people if person.is_worker}
    if order.out.suffix.casefold() not in {".html", ".htm"}:
        return "no-page"
    if would_stand_among(order.folder, order.out.parent):
        return "among-tables"
    if order.worker is not None and order.worker.removeprefix("person:") not in workers:
        return "no-such-worker"
    return None


def _stopped(order: ContactOrder, screen: Screen, fault: str) -> int:
    screen.tell(f"cli.contacts.{fault}", found=order.out.name)
    screen.hand_over({"folder": str(order.folder), "exit": 2, "fault": fault})
    return 2


def _written(order: ContactOrder, hood: Neighbourhood, week: Week, screen: Screen) -> int:
    try:
        known = read_contacts(order.folder)
    except DataProblems as wrong:
        for each in wrong.problems:
            facts = {"row": each.row or "?", "column": each.column or "?"}
            screen.tell("cli.contacts.error", message=each.message, **facts)
        return _stopped(order, screen, "errors")
    with progress(screen) as step:
        run = propose(hood, week, seed=order.seed, progress=step)
    released = gather_contacts(run, known, worker=order.worker)
    try:
        write_reaching(released, order.out, lang=screen.lang)
    except UnusableInput:
        screen.tell("cli.not-written", place=str(order.out))
        return 2
    screen.show(notices(released, screen.lang)[0])
    screen.show(say("cli.contacts.page", screen.lang, path=str(order.out)), whole=True)
    if not known:
        screen.tell("cli.contacts.no-file")
    code = int(warned(order.folder, hood.notices, screen))
    about = {"folder": str(order.folder), "exit": code, "audience": released.audience.value}
    screen.hand_over({**about, "week": str(week), "out": str(order.out)})
    return code
