"""What cards about a theme have in common: counts, whom to ask, what fits, and whom to gather."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from assetmap.lanes.card import Whom
from assetmap.lanes.events import Event
from assetmap.lanes.lines import Line, Word
from assetmap.lanes.nearby import fitting
from assetmap.lanes.scene import Scene
from assetmap.model import Need, party_kind, party_kinds, reference

__all__ = ["about", "counted", "days_of", "of_parties", "one_reporter", "told_left_out"]


def about(scene: Scene, events: Iterable[Event], theme: str, area: str | None) -> dict[str, Any]:
    """Return the fields of a card on what some households ask.

    Where one of the questions was called sensitive, neither neighbours nor those whom the askers
    know are named beside it.

    Parameters
    ----------
    scene : Scene
        What is looked at.
    events : iterable of Event
        What is asked, at least one.
    theme : str
        Category.
    area : str or None
        Where; None: the whole neighbourhood.
    """
    own = tuple(events)
    marked = any(need.sensitive for need in _needs(scene, own))
    askers = {event.person for event in own if event.person is not None}
    found = fitting(scene, theme, area, outside=scene.circle_of(askers) if marked else None)
    workers = _workers(scene, own)
    return {
        "theme": theme,
        "theme_name": scene.theme_name(theme),
        "area": area,
        "area_name": scene.area_name(area),
        **counted(own),
        "nearby": found.nearby,
        "talents": found.talents,
        "to_join": found.to_join,
        "ask": tuple(whom for ref in workers if (whom := scene.whom(ref)) is not None),
        "to": workers,
        "sensitive": marked or scene.hood.is_reserved(theme),
    }


def counted(events: tuple[Event, ...]) -> dict[str, Any]:
    """Return the counts of some events, and the records they are."""
    persons = {event.person for event in events if event.person is not None}
    known = {event.household for event in events if event.person is not None}
    strangers = {event.household for event in events} - known
    return {
        "count": len(events),
        "people": len(persons) + len(strangers),
        "households": len({event.household for event in events}),
        "reporters": len({event.reporter for event in events if event.reporter is not None}),
        "latest": max(event.day for event in events),
        "evidence": tuple(sorted(event.record for event in events)),
        "members": tuple(sorted({event.household for event in events})),
    }


def _needs(scene: Scene, events: Iterable[Event]) -> Iterable[Need]:
    records = {event.record for event in events}
    return (need for need in scene.needs if reference("needs", need.need) in records)


def _workers(scene: Scene, events: tuple[Event, ...]) -> tuple[str, ...]:
    """Return the workers who know the askers, who hold the questions, or who wrote them down."""
    refs = {event.person for event in events} | {need.worker for need in _needs(scene, events)}
    records = {event.record for event in events}
    for note in scene.observations:
        if reference("observations", note.observation) in records:
            refs |= {note.to, note.reporter}
    found = {scene.worker_of(ref) for ref in refs if ref is not None}
    return tuple(sorted(ref for ref in found if ref is not None))


def of_parties(scene: Scene, theme: str, area: str | None) -> tuple[Whom, ...]:
    """Return whom to bring together for a theme, as its category says.

    A kind of party that is in the tables is named, those of the area where there are; one that is
    not in the tables stands by its kind.
    """
    found: list[Whom] = []
    for name in scene.hood.tree[theme].parties:
        kind = party_kind(name) or party_kinds().get(name)
        word = Word(name, name) if kind is None else Word(kind.label("nl"), kind.label("en"))
        own = [row for row in scene.hood.organisations if row.kind and party_kind(row.kind) is kind]
        own = [] if kind is None else own
        near = [row for row in own if area is not None and row.area == area] or own
        for row in sorted(near, key=lambda row: row.organisation):
            ref = reference("organisations", row.organisation)
            found.append(Whom(ref, row.name or row.organisation, word))
        found += [] if near else [Whom(None, None, word)]
    return tuple(found)


def told_left_out(left_out: Mapping[str, int]) -> tuple[Line, ...]:
    """Return the sentences on what did not count."""
    return tuple(Line.of(key, n=number) for key, number in sorted(left_out.items()) if number)


def one_reporter(events: Iterable[Event]) -> bool:
    """Tell whether all of it is known to come by one person or party."""
    reporters = {event.reporter for event in events}
    return len(reporters) == 1 and None not in reporters


def days_of(events: Iterable[Event], first: dt.date, last: dt.date) -> tuple[Event, ...]:
    """Return the events of a period, both days included."""
    return tuple(event for event in events if first <= event.day <= last)
