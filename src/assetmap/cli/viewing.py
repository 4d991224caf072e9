"""``assetmap view``: the map of a neighbourhood as one file, for one audience."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from assetmap.cli.checking import opened, warned
from assetmap.cli.choices import Seen
from assetmap.cli.network_files import would_stand_among
from assetmap.cli.screen import Screen, progress
from assetmap.cli.week_asked import nearest_week, week_asked
from assetmap.cli.week_screen import page_link
from assetmap.errors import UnusableInput
from assetmap.match import propose
from assetmap.model import Neighbourhood
from assetmap.privacy import split_safety
from assetmap.schedule import Week
from assetmap.texts import Language, say
from assetmap.view import Viewer, neighbourhood

__all__ = ["ViewOrder", "view_page"]


@dataclass(frozen=True)
class ViewOrder:
    """What somebody asked for.

    Attributes
    ----------
    folder : Path
        The tables.
    out : Path or None
        The file to write; None: one named after the audience, where one stands.
    audience : Seen
        Whom the page is for.
    week : str or None
        The week of the proposals and of the map, as it was typed; None: that of today.
    before : tuple of str
        Earlier weeks to compare with, the oldest first.
    seed : int
        Seed of the search.
    lang : Language or None
        Language of what is shown and of the page; None: the team's.
    as_json : bool
        Whether a machine reads.
    """

    folder: Path
    out: Path | None = None
    audience: Seen = Seen.TEAM
    week: str | None = None
    before: tuple[str, ...] = ()
    seed: int = 0
    lang: Language | None = None
    as_json: bool = False

    @property
    def place(self) -> Path:
        """Where the page goes."""
        return self.out or Path(f"buurt-{self.audience.value}.html")


def view_page(order: ViewOrder) -> int:
    """Write the page, say where it is, and return the exit code."""
    ready = opened(order.folder, order.lang, as_json=order.as_json)
    if isinstance(ready, int):
        return ready
    hood, screen = ready
    today = _today()
    if would_stand_among(order.folder, order.place):
        return _stopped(order, screen, "cli.graph.among-tables", "among-tables")
    for text in (*order.before, *([order.week] if order.week else ())):
        if week_asked(text, today) is None:
            return _no_such_week(order, screen, text)
    week = week_asked(order.week, today) if order.week else Week.at_hand(today)
    assert week is not None  # looked at above
    before = sorted({found.monday for text in order.before if (found := week_asked(text, today))})
    if before and before[-1] >= week.monday:
        return _stopped(order, screen, "cli.view.later-first", "later-first")
    try:
        _seen(order, hood, screen, (week, before)).save(order.place)
    except UnusableInput:
        screen.tell("cli.not-written", place=str(order.place))
        return 2
    return _told(order, hood, screen, week)


def _today() -> dt.date:
    return dt.date.today()


def _stopped(order: ViewOrder, screen: Screen, key: str, fault: str) -> int:
    screen.tell(key)
    screen.hand_over({"folder": str(order.folder), "exit": 2, "fault": fault})
    return 2


def _no_such_week(order: ViewOrder, screen: Screen, text: str) -> int:
    nearest = str(nearest_week(text, _today()))
    screen.tell("cli.no-such-week", found=text, nearest=nearest)
    found = {"exit": 2, "week": text, "nearest": nearest}
    screen.hand_over({"folder": str(order.folder), **found})
    return 2


def _seen(
    order: ViewOrder, hood: Neighbourhood, screen: Screen, when: tuple[Week, list[dt.date]]
) -> Viewer:
    """Make the page; the week is proposed for the team only, since nobody else gets it."""
    week, before = when
    proposals = None
    if order.audience is Seen.TEAM:
        with progress(screen) as step:
            proposals = propose(hood, week, seed=order.seed, progress=step)
    return neighbourhood(
        hood,
        proposals,
        audience=order.audience.value,
        language=screen.lang,
        before=before,
        asof=week.monday,
    )


def _told(order: ViewOrder, hood: Neighbourhood, screen: Screen, week: Week) -> int:
    """Say whom the page is for and where it is, and return the exit code."""
    screen.show(say(f"privacy.notice.{order.audience.value}", screen.lang))
    screen.show(*page_link(order.place, screen.lang, order.audience.value), whole=True)
    if split_safety(hood)[1].safety:
        screen.tell("cli.graph.safety")
    code = int(warned(order.folder, hood.notices, screen))
    about = {"folder": str(order.folder), "exit": code, "audience": order.audience.value}
    where = {"week": str(week), "out": str(order.place), "page": order.place.resolve().as_uri()}
    screen.hand_over({**about, **where})
    return code
