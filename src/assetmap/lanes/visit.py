"""A complaint about somebody who asked nothing, or a worry that somebody passed on: go by."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from assetmap.lanes.card import Basis, Lane, OwnCard, card_id
from assetmap.lanes.lines import Line
from assetmap.lanes.results import LaneResult, looked
from assetmap.lanes.scene import Scene
from assetmap.model import Observation, ObservationKind, Person, SignalSettings, reference

__all__ = ["look"]

VERSION = "visit 1"


def look(scene: Scene, settings: SignalSettings) -> LaneResult:
    """Return a card for the own worker of each person who is complained about and asked nothing.

    1. Take the complaints about a resident of the last `visit_days`.
    2. Leave out whoever has an open question, or has asked something since the first of them.
    3. Address it to the worker who knows them, else to the worker whom the note names, else to the
       worker who wrote it down. Where there is none, only that is counted.

    A concern about a resident that was passed on to somebody (`to`) is a card as well: where that
    is a worker, to go by; where it is an initiative or an organisation, to ask it to lend an ear.

    It is about a person, so it goes to that worker alone, and a complaint never counts as a theme.
    """
    first = scene.asof - dt.timedelta(days=settings.visit_days - 1)
    left_out = Counter[str]()
    about: dict[str, list[Observation]] = {}
    for note in scene.observations:
        if note.kind is ObservationKind.COMPLAINT and note.about and note.date >= first:
            person = scene.party(note.about)
            if isinstance(person, Person) and not person.is_worker:
                about.setdefault(person.person, []).append(note)
    cards = []
    for name, notes in sorted(about.items()):
        person = scene.hood.person(name)
        if _asked(scene, name, notes[0].date):
            continue
        worker = _worker(scene, person, notes)
        if worker is None:
            left_out["lane_visit.no_worker"] += 1
        else:
            cards.append(_card(scene, person, notes, worker))
    passed = list(_passed_on(scene, first, left_out))
    return looked(
        Lane.VISIT, [*cards, *passed], streams=len(about) + len(passed), left_out=left_out
    )


def _asked(scene: Scene, person: str, day: dt.date) -> bool:
    """Tell whether somebody has a wish of their own, open or asked since a day."""
    return any(
        need.closed_on is None
        or need.closed_on > scene.asof
        or (need.since is not None and need.since >= day)
        for need in scene.askers.get(("people", person), ())
    )


def _worker(scene: Scene, person: Person, notes: list[Observation]) -> str | None:
    """Return who could have coffee."""
    known = scene.worker_of(person.worker)
    if known is not None:
        return known
    parties = [note.to for note in notes] + [note.reporter for note in notes]
    for ref in parties:
        found = scene.party(ref)
        if isinstance(found, Person) and found.is_worker:
            return reference("people", found.person)
    return None


def _card(scene: Scene, person: Person, notes: list[Observation], worker: str) -> OwnCard:
    ref = reference("people", person.person)
    evidence = sorted(reference("observations", note.observation) for note in notes)
    subjects = tuple(scene.theme_name(name) for name in sorted({n.category for n in notes}))
    who = person.called or person.person
    whom = scene.whom(worker)
    reporters = len({scene.member_of(each) for each in evidence})
    days = (scene.asof - notes[0].date).days + 1
    return OwnCard(
        card=card_id(Lane.VISIT, ref),
        lane=Lane.VISIT,
        what=Line.of("lane_visit.what", who=who, n=len(notes), subjects=subjects),
        area=person.area,
        area_name=scene.area_name(person.area),
        first=notes[0].date,
        last=scene.asof,
        count=len(notes),
        people=1,
        households=1,
        reporters=reporters,
        latest=notes[-1].date,
        basis=Basis(Line.of("lane_visit.rule", n=days), VERSION),
        evidence=tuple(evidence),
        members=tuple(sorted({scene.member_of(each) for each in evidence})),
        ask=() if whom is None else (whom,),
        to=(worker,),
        steps=(
            Line.of("lane_visit.coffee", who=who),
            Line.of("lane_visit.own_wish", who=who),
        ),
        others=(
            Line.of("lane_visit.one_reporter" if reporters == 1 else "lane_visit.each_other"),
            Line.of("lane_visit.not_by_choice"),
        ),
        persons=(ref,),
    )


def _passed_on(scene: Scene, first: dt.date, left_out: Counter[str]) -> Iterator[OwnCard]:
    """Yield a card for each resident and party to whom a concern about them was passed on."""
    concerns: dict[tuple[str, str], list[Observation]] = {}
    for note in scene.observations:
        person, party = scene.party(note.about), scene.party(note.to)
        concern = note.kind is ObservationKind.CONCERN and note.date >= first
        if concern and isinstance(person, Person) and not person.is_worker and party is not None:
            key = (person.person, reference(party.table, str(party.id)))
            concerns.setdefault(key, []).append(note)
    for (name, to), notes in sorted(concerns.items()):
        person = scene.hood.person(name)
        worker = to if _is_worker(scene, to) else _worker(scene, person, notes)
        if worker is None:
            left_out["lane_visit.no_worker"] += 1
        else:
            yield _worry(scene, person, notes, (worker, to))


def _is_worker(scene: Scene, ref: str) -> bool:
    found = scene.party(ref)
    return isinstance(found, Person) and found.is_worker


def _worry(
    scene: Scene, person: Person, notes: list[Observation], whose: tuple[str, str]
) -> OwnCard:
    """Return the card of a concern, for the worker; `whose` are that worker and who can act."""
    worker, to = whose
    ref = reference("people", person.person)
    who = person.called or person.person
    evidence = sorted(reference("observations", note.observation) for note in notes)
    subjects = tuple(scene.theme_name(name) for name in sorted({n.category for n in notes}))
    givers = {note.reporter for note in notes if note.reporter}
    ask = [whom for each in sorted(givers) if (whom := scene.whom(each)) is not None]
    actor = scene.whom(to)
    if worker == to:
        step = Line.of("lane_visit.go_by", who=who)
    else:
        step = Line.of("lane_visit.lend_an_ear", who=who, party=(actor and actor.name) or to)
    return OwnCard(
        card=card_id(Lane.VISIT, ref, to),
        lane=Lane.VISIT,
        what=Line.of("lane_visit.concern", who=who, subjects=subjects),
        area=person.area,
        area_name=scene.area_name(person.area),
        first=notes[0].date,
        last=scene.asof,
        count=len(notes),
        people=1,
        reporters=len(givers) or None,
        latest=notes[-1].date,
        basis=Basis(Line.of("lane_visit.concern_rule"), VERSION),
        evidence=tuple(evidence),
        members=tuple(sorted({scene.member_of(each) for each in evidence})),
        parties=() if actor is None or worker == to else (actor,),
        ask=tuple(ask),
        to=tuple(dict.fromkeys((worker, to))),
        steps=(step, Line.of("lane_visit.agree_first", who=who)),
        others=(Line.of("lane_visit.perhaps_well", who=who),),
        persons=(ref,),
    )
