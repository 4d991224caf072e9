"""``assetmap graph``: who knows whom, on screen and in files for somebody."""

from __future__ import annotations

import dataclasses
import datetime as dt
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from assetmap import graph
from assetmap.cli.checking import opened, warned
from assetmap.cli.choices import Form, Served
from assetmap.cli.days import typed_day
from assetmap.cli.network_files import files_of, forms_of, places, told, would_stand_among
from assetmap.cli.network_screen import NetworkScreen
from assetmap.cli.screen import Screen
from assetmap.errors import UnusableInput
from assetmap.model import Neighbourhood
from assetmap.privacy import Audience, release, split_safety
from assetmap.tables.output import put
from assetmap.texts import Language, say

__all__ = ["NetworkOrder", "network"]

Graph: TypeAlias = Any
"""What :mod:`assetmap.graph` gives; only that part of the house knows networkx."""

_KEY_BYTES, _SHORTEST_KEY, _LONGEST_KEY = 32, 16, 64
_COUNTED = (Served.RESIDENTS, Served.COUNCIL)


@dataclass(frozen=True)
class NetworkOrder:
    """What somebody asked for.

    Attributes
    ----------
    folder : Path
        The tables.
    out : Path or None
        Where to write; None: nowhere.
    forms : tuple of Form
        Kinds of file; none: by the ending of `out`, else GraphML.
    audience : Served
        Whom the files are for.
    people : bool
        Whether only the network of people is written.
    measures : bool
        Whether the measures of people are written too.
    own_ids : bool
        Whether the team keeps its own ids.
    key : Path or None
        File with the key of the pseudonyms; made where it is not there. None: a key that is
        thrown away.
    asof : str or None
        The day, as it was typed; None: today.
    seed : int
        Of measures that draw.
    lang : Language or None
        Language of what is shown; None: the team's.
    as_json : bool
        Whether a machine reads.
    """

    folder: Path
    out: Path | None = None
    forms: tuple[Form, ...] = ()
    audience: Served = Served.RESEARCH
    people: bool = False
    measures: bool = False
    own_ids: bool = False
    key: Path | None = None
    asof: str | None = None
    seed: int = 0
    lang: Language | None = None
    as_json: bool = False

    @property
    def asks_for_files(self) -> bool:
        """Whether something was asked that only files can give."""
        wanted = (self.forms, self.people, self.measures, self.own_ids, self.key)
        return any(wanted) or self.audience is not Served.RESEARCH


def network(order: NetworkOrder) -> int:
    """Show the network, write it where asked, and return the exit code."""
    ready = opened(order.folder, order.lang, as_json=order.as_json)
    if isinstance(ready, int):
        return ready
    hood, screen = ready
    day = _day(order.asof)
    fault = _fault(order, day)
    if fault is not None or day is None:
        return _stopped(order, fault or "no-such-day", screen)
    return _shown(order, hood, day, screen)


def _stopped(order: NetworkOrder, fault: str, screen: Screen) -> int:
    """Say what cannot be done, and return the exit code; nothing was written."""
    facts = {"found": order.asof or "", "audience": order.audience.value}
    screen.tell(f"cli.graph.{fault}", **facts)
    screen.hand_over({"folder": str(order.folder), "exit": 2, "fault": fault})
    return 2


def _today() -> dt.date:
    return dt.date.today()


def _day(text: str | None) -> dt.date | None:
    """Return the day that was asked for; None when it does not exist."""
    return _today() if text is None else typed_day(text)


def _fault(order: NetworkOrder, day: dt.date | None) -> str | None:
    """Return what cannot be done; None when all of it can."""
    faults = {
        "no-such-day": day is None,
        "no-out": order.out is None and order.asks_for_files,
        "among-tables": order.out is not None and would_stand_among(order.folder, order.out),
        "not-measures": order.measures and order.audience in _COUNTED,
        "no-key": order.key is not None and order.key.exists() and not _holds_key(order.key),
        "not-own-ids": order.own_ids and order.audience is not Served.TEAM,
    }
    return next((name for name, wrong in faults.items() if wrong), None)


def _holds_key(path: Path) -> bool:
    return path.is_file() and _SHORTEST_KEY <= path.stat().st_size <= _LONGEST_KEY


def _shown(order: NetworkOrder, hood: Neighbourhood, day: dt.date, screen: Screen) -> int:
    built = graph.build(hood, attributes=["born"], asof=day)
    seen = release(graph.glance(built), Audience.TEAM)
    written: dict[str, Any] = {"out": None, "files": []}
    if order.audience in _COUNTED and _only_persons(built):
        return _stopped(order, "no-areas", screen)
    screen.show(NetworkScreen(seen, day, screen.lang))
    if order.out is not None:
        try:
            leaving = _leaving(order, hood, built, day)
            names = _written(order, order.out, hood, leaving, screen)
        except UnusableInput:
            screen.tell("cli.not-written", place=str(order.out))
            return 2
        written = {"out": str(order.out), "files": names}
    elif seen.value.residents:
        screen.show(say("cli.graph.next", screen.lang, folder=str(order.folder)))
    if split_safety(hood)[1].safety:
        screen.tell("cli.graph.safety")
    code = int(warned(order.folder, hood.notices, screen))
    facts = {"asof": day.isoformat(), "network": dataclasses.asdict(seen.value)}
    about = {"folder": str(order.folder), "exit": code, "audience": order.audience.value}
    screen.hand_over({**about, **facts, **written})
    return code


def _leaving(order: NetworkOrder, hood: Neighbourhood, built: Graph, day: dt.date) -> Graph:
    """Return the network to write: for research one of which no measure tells what is sensitive."""
    rest = graph.without_sensitive(hood) if order.audience is Served.RESEARCH else hood
    return built if rest is hood else graph.build(rest, attributes=["born"], asof=day)


def _only_persons(built: Graph) -> bool:
    """Tell whether there are people, and nothing to count them by."""
    kinds = {kind for _, kind in built.nodes(data="kind")}
    return bool(kinds) and kinds <= {"person", "talent", "need"}


def _written(
    order: NetworkOrder,
    out: Path,
    hood: Neighbourhood,
    built: Graph,
    screen: Screen,
) -> list[str]:
    """Write the files, say whom they are for, and return their names."""
    known = graph.people(built)
    shared = graph.for_audience(
        known if order.people else built,
        order.audience.value,
        hood=hood,
        measures=_measured(known, order.seed) if order.measures else None,
        key=_key(order.key),
        own_ids=order.own_ids,
    )
    forms = forms_of(out, order.forms)
    files = files_of(shared, forms, measures=order.measures, lang=screen.lang)
    where = places(out, forms, sorted(files))
    put({where[name]: content for name, content in files.items()})
    screen.show(*told(shared, screen.lang))
    screen.show(*map(str, where.values()), whole=True)
    return [path.name for path in where.values()]


def _measured(known: Graph, seed: int) -> Any:
    """Work out the measures of people, by area where areas are known."""
    areas = any(area for _, area in known.nodes(data="area"))
    return graph.measures(known, "area" if areas else None, seed=seed)


def _key(path: Path | None) -> bytes | None:
    """Return the key that is kept in a file; a new one where there is no such file yet."""
    if path is None:
        return None
    if not path.exists():
        put({path: secrets.token_bytes(_KEY_BYTES)})
    return path.read_bytes()
