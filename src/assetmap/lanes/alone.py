"""Residents with hardly a tie, for their own worker; and who has more of them by now."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Any

from assetmap.graph import Company, compare, nearly_alone
from assetmap.lanes.card import Basis, Card, Lane, OwnCard, card_id
from assetmap.lanes.lines import Line
from assetmap.lanes.parts import around, members_of, whoms
from assetmap.lanes.results import Lack, LaneResult, cannot_say, looked
from assetmap.lanes.scene import Scene
from assetmap.model import Person, SignalSettings, TieKind
from assetmap.overview import contact_wishes_by_area
from assetmap.ties import NearlyAloneResident

__all__ = ["look"]

VERSION = "alone 1"
_COMPANY = "company"


def look(scene: Scene, settings: SignalSettings) -> LaneResult:
    """Return who is nearly alone, each for the own worker; numbers of an area for the team.

    1. A resident who was asked about ties and told at most `few_ties` with other residents: a
       card for the worker who knows them. Ties with workers are no company. Who was not asked is
       not alone; that is only counted.
    2. The same as a number, of an area where it is at least the smallest that may leave the team.
    3. A resident who had so few `less_alone_days` ago, had been asked by then, and has more now: a
       card that tells it, and counts whoever cares for them as helped as well.
    4. How many said themselves that they would like more contact, of an area where there are
       enough. It is never derived from ties, nor the other way round.
    """
    graph = scene.graph(scene.asof)
    found = nearly_alone(graph, few=settings.few_ties).people
    alone = [each for each in found if each.company is Company.NEARLY_ALONE]
    not_asked = len(found) - len(alone)
    wishes = list(_wishes(scene))
    if not wishes and not any(p.ties_asked_on for p in scene.hood.people if not p.is_worker):
        return cannot_say(Lane.ALONE, Lack.NOT_ASKED)
    left_out = Counter({"lane_alone.not_asked": not_asked})
    cards: list[Card] = []
    for each in alone:
        if each.workers:
            cards.append(_card(scene, each))
        else:
            left_out["lane_alone.no_worker"] += 1
    cards += _less_alone(scene, settings, left_out)
    cards += _areas(scene, settings, alone)
    return looked(Lane.ALONE, [*cards, *wishes], streams=len(found), left_out=left_out)


def _person(scene: Scene, node: str) -> Person:
    return scene.hood.person(node)


def _known_workers(scene: Scene, node: str) -> tuple[str, ...]:
    worker = scene.worker_of(node)
    return () if worker is None else (worker,)


def _who(person: Person) -> str:
    return person.called or person.person


def _company(scene: Scene, area: str | None) -> dict[str, Any]:
    return around(scene, _COMPANY, area)


def _card(scene: Scene, found: NearlyAloneResident) -> OwnCard:
    """Return the card of one resident for the worker who knows them."""
    person = _person(scene, found.person)
    who = _who(person)
    workers = tuple(found.workers or ())
    near = _company(scene, person.area)
    near["nearby"] = tuple(each for each in near["nearby"] if each.owner != found.person)
    talents = _talents(scene, person)
    first = [Line.of("lane_alone.own_talents", who=who, talents=talents)] if talents else []
    joins = near["to_join"]
    last = [Line.of("lane_alone.go_along", who=who, names=joins)] if joins else []
    key = "lane_alone.none" if not found.known else "lane_alone.few"
    return OwnCard(
        card=card_id(Lane.ALONE, found.person),
        lane=Lane.ALONE,
        what=Line.of(key, who=who, n=len(found.known)),
        last=scene.asof,
        people=1,
        basis=Basis(Line.of("lane_alone.rule"), VERSION, left_out=_apart(found)),
        evidence=(found.person,),
        members=members_of(scene, (found.person,)),
        ask=whoms(scene, workers),
        to=workers,
        steps=(*first, Line.of("lane_alone.ask_wish", who=who), *last),
        others=(
            Line.of("lane_alone.not_lonely", who=who),
            Line.of("lane_alone.perhaps_unknown"),
        ),
        persons=(found.person,),
        **near,
    )


def _apart(found: NearlyAloneResident) -> tuple[Line, ...]:
    n = found.with_workers
    return (Line.of("lane_alone.with_workers", n=n),) if n else ()


def _talents(scene: Scene, person: Person) -> tuple[Any, ...]:
    """Return what somebody offers: where a conversation begins."""
    own = scene.once("offered by", lambda: _by_owner(scene)).get(person.person, set())
    return tuple(scene.theme_name(category) for category in sorted(own))


def _by_owner(scene: Scene) -> dict[str, set[str]]:
    """Return what each person offers on the day."""
    found: dict[str, set[str]] = {}
    for row in scene.hood.talents:
        begun = row.from_ is None or row.from_ <= scene.asof
        if begun and (row.until is None or scene.asof <= row.until):
            owner = scene.party(row.owner)
            if isinstance(owner, Person):
                found.setdefault(owner.person, set()).add(row.category)
    return found


# --- who has more of them by now ------------------------------------------------------------------


def _less_alone(
    scene: Scene, settings: SignalSettings, left_out: Counter[str]
) -> Iterator[OwnCard]:
    """Yield a card for each resident who is no longer nearly alone."""
    first = scene.asof - dt.timedelta(days=settings.less_alone_days)
    network = scene.network(scene.asof)
    found = compare(scene.network(first), network, few=settings.few_ties)
    sure = set(found.less_alone or ()) - set(found.perhaps_before or ())
    for node in sorted(str(each) for each in sure):
        workers = _known_workers(scene, node)
        if not workers:
            left_out["lane_alone.no_worker"] += 1
            continue
        person = _person(scene, node)
        ties = [n for n in network.adj[node] if network.nodes[n].get("part") != "worker"]
        carers = _carers(scene, node)
        names = tuple(_who(_person(scene, carer)) for carer in carers)
        eased = [Line.of("lane_alone.ask_carer", names=names)] if carers else []
        yield OwnCard(
            card=card_id(Lane.ALONE, node, "more"),
            lane=Lane.ALONE,
            what=Line.of("lane_alone.more", who=_who(person), n=len(ties)),
            first=first,
            last=scene.asof,
            people=1 + len(carers),
            basis=Basis(
                Line.of("lane_alone.more_rule", n=settings.less_alone_days),
                VERSION,
                Line.of("lane_alone.carers", n=len(carers)) if carers else None,
            ),
            evidence=(node, *carers),
            members=members_of(scene, (node, *carers)),
            ask=whoms(scene, workers),
            to=workers,
            steps=(Line.of("lane_alone.how_is_it", who=_who(person)), *eased),
            others=(Line.of("lane_alone.perhaps_told_later"),),
            persons=(node, *carers),
            **_company(scene, person.area),
        )


def _carers(scene: Scene, node: str) -> tuple[str, ...]:
    """Return the residents who care for somebody on the day."""
    found = set[str]()
    for tie in scene.hood.ties:
        begun = tie.since is None or tie.since <= scene.asof
        if tie.kind is TieKind.CARER and begun and (tie.until is None or scene.asof <= tie.until):
            cared, carer = scene.party(tie.b), scene.party(tie.a)
            eased = cared is not None and f"person:{cared.id}" == node
            if eased and isinstance(carer, Person) and not carer.is_worker:
                found.add(f"person:{carer.person}")
    return tuple(sorted(found))


# --- numbers of an area ---------------------------------------------------------------------------


def _areas(
    scene: Scene, settings: SignalSettings, alone: list[NearlyAloneResident]
) -> Iterator[Card]:
    """Yield a card for each area where enough residents have hardly a tie; nobody is in it."""
    counts = Counter(_person(scene, each.person).area for each in alone)
    least = scene.hood.policy.privacy.minimum
    for area, n in sorted((area, n) for area, n in counts.items() if area is not None):
        if n >= least:
            yield Card(
                card=card_id(Lane.ALONE, None, area),
                lane=Lane.ALONE,
                what=Line.of(
                    "lane_alone.area",
                    area=scene.area_name(area) or area,
                    n=n,
                    few=settings.few_ties,
                ),
                last=scene.asof,
                people=n,
                sensitive=True,
                basis=Basis(Line.of("lane_alone.rule"), VERSION),
                evidence=(f"area:{area}",),
                members=members_of(scene, (f"area:{area}",)),
                steps=(Line.of("lane_alone.meet_there"),),
                others=(
                    Line.of("lane_alone.not_lonely_there"),
                    Line.of("lane_alone.perhaps_unknown"),
                ),
                **_company(scene, area),
            )


def _wishes(scene: Scene) -> Iterator[Card]:
    """Yield a card for each area where enough people said that they would like more contact."""
    table = contact_wishes_by_area(scene.hood, asof=scene.asof).table
    least = scene.hood.policy.privacy.minimum_sensitive
    for area in table.rows:
        n = table.row_totals[area] or 0
        if n >= least and area != "unknown":
            yield Card(
                card=card_id(Lane.ALONE, _COMPANY, area),
                lane=Lane.ALONE,
                what=Line.of("lane_alone.wish", area=scene.area_name(area) or area, n=n),
                theme=_COMPANY,
                theme_name=scene.theme_name(_COMPANY),
                last=scene.asof,
                people=n,
                basis=Basis(Line.of("lane_alone.wish_rule"), VERSION),
                evidence=(f"area:{area}",),
                members=members_of(scene, (f"area:{area}",)),
                sensitive=True,
                steps=(Line.of("lane_alone.meet_there"), Line.of("lane_alone.start")),
                others=(Line.of("lane_alone.perhaps_campaign"),),
                **_company(scene, area),
            )
