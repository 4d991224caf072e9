"""Whom we have not reached: doors, streets, areas, groups, and a source that went quiet."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from assetmap.lanes.card import Basis, Card, Lane, Surprise, card_id
from assetmap.lanes.lines import Fact, Line, Word
from assetmap.lanes.parts import around, members_of, whoms
from assetmap.lanes.reach import Group, Less, by_population, by_street, groups, quiet
from assetmap.lanes.results import Lack, Lacking, LaneResult, cannot_say, looked
from assetmap.lanes.scene import Scene
from assetmap.model import SignalSettings
from assetmap.overview import DoorToDoor, door_to_door, unknown_to_team
from assetmap.texts import language_name, say

__all__ = ["look"]

VERSION = "not_heard 1"
_COMPANY = "company"
_WEEKS, _YEAR = 52, 365


def look(scene: Scene, settings: SignalSettings) -> LaneResult:
    """Return whom we have not heard yet, beside whom we have.

    1. The door-to-door scan of the last `scan_days`: its reach with an interval, and what was
       told. No answer is a state of its own, and not "nothing is asked there".
    2. A street where fewer doors opened than chance gives, beside the other doors of the scan.
    3. An area of which fewer residents were heard in `heard_days` than its inhabitants make
       likely; a group (by age or language) beside the other residents we know of.
    4. A channel, or an organisation that brings in questions, of which little came lately.
    5. Initiatives that are there, and that the team has not met yet.

    Groups and streets smaller than `fewest` are not compared. A group that was not heard is no
    group without wishes.
    """
    first = scene.asof - dt.timedelta(days=settings.scan_days)
    scan = door_to_door(scene.hood, first=first, last=scene.asof)
    streets = by_street(scan, least=settings.fewest)
    since = scene.asof - dt.timedelta(days=settings.heard_days)
    areas = by_population(scene, since, least=settings.fewest)
    people = tuple(groups(scene, since, least=settings.fewest))
    sources = quiet(scene, days=settings.quiet_days, least=settings.fewest)
    tested = [*streets, *areas, *(less for _, less in people), *sources]
    unmet = unknown_to_team(scene.hood, asof=scene.asof)
    lack = Lack.NOT_KNOWN_REACHED if _blank(scan) else Lack.NO_VISITS
    if not (scan.doors() or tested or unmet):
        nothing = not (scene.hood.people or _blank(scan))
        return cannot_say(Lane.NOT_HEARD, Lack.NOTHING_KNOWN if nothing else lack)
    alpha = settings.alpha
    cards = [
        *_scan(scene, scan, first, settings.fewest),
        *(_street(scene, settings, each) for each in streets if each.p <= alpha),
        *(_area(scene, settings, each) for each in areas if each.p <= alpha),
        *(_group(scene, settings, by, each) for by, each in people if each.p <= alpha),
        *(_quiet(scene, settings, each) for each in sources if each.p <= alpha),
        *_not_met(scene, unmet),
    ]
    return looked(
        Lane.NOT_HEARD,
        cards,
        streams=len(tested),
        tested=[each.p for each in tested],
        lacking=() if scan.doors() else (Lacking(lack),),
        left_out=Counter({"lane_not_heard.blank": _blank(scan)}),
    )


def _blank(scan: DoorToDoor) -> int:
    column = "unknown"
    return (scan.streets.column_totals[column] or 0) if column in scan.streets.columns else 0


def _percent(part: int, of: int) -> int:
    return round(100 * part / of) if of else 0


def _near(scene: Scene, area: str | None) -> dict[str, Any]:
    return around(scene, _COMPANY, area)


def _surprise(found: Less, days: int | None = None) -> Surprise:
    """Return how surprising it is: a scan is looked at once, other things every week."""
    if days is None:
        return Surprise(times_a_year=_WEEKS * found.p, p=found.p, at_most=True)
    return Surprise(times_a_year=_YEAR * found.p / days, p=found.p)


# --- the scan ------------------------------------------------------------------------------------


def _scan(scene: Scene, scan: DoorToDoor, first: dt.date, least: int) -> Iterator[Card]:
    """Yield the card of the whole scan, where it is large enough."""
    doors, ends = scan.doors() or 0, scan.interval()
    if doors < least or ends is None:
        return
    reached = scan.streets.column_totals["reached"] or 0
    kinds = {kind: scan.heard.row_totals[kind] or 0 for kind in scan.heard.rows}
    told = Line.of(
        "lane_not_heard.told",
        talents=kinds.get("talent", 0),
        ideas=kinds.get("idea", 0),
        needs=kinds.get("need", 0),
        concerns=kinds.get("concern", 0) + kinds.get("complaint", 0),
    )
    low, high = (round(100 * end, 1) for end in ends)
    areas = {row.partition(":")[0] for row in scan.streets.rows}
    evidence = tuple(f"visit:{row.visit}" for row in scene.visits if row.date >= first)
    yield Card(
        card=card_id(Lane.NOT_HEARD, "scan"),
        lane=Lane.NOT_HEARD,
        what=Line.of(
            "lane_not_heard.scan",
            doors=doors,
            reached=reached,
            percent=round(100 * reached / doors, 1),
            low=low,
            high=high,
        ),
        first=first,
        last=scene.asof,
        households=reached,
        basis=Basis(Line.of("lane_not_heard.scan_rule"), VERSION, told),
        evidence=evidence,
        members=members_of(scene, evidence),
        steps=(
            *((Line.of("lane_not_heard.talents_first"),) if kinds.get("talent") else ()),
            *((Line.of("lane_not_heard.idea_meeting"),) if kinds.get("idea") else ()),
            Line.of("lane_not_heard.again", n=doors - reached),
        ),
        others=(Line.of("lane_not_heard.no_answer", n=doors - reached),),
        **_near(scene, min(areas) if len(areas) == 1 else None),
    )


def _street(scene: Scene, settings: SignalSettings, found: Less) -> Card:
    first = scene.asof - dt.timedelta(days=settings.scan_days)
    area, _, street = found.name.partition(": ")
    evidence = tuple(
        f"visit:{row.visit}"
        for row in scene.visits
        if (row.area, row.street or "") == (area, street) and row.date >= first
    )
    return Card(
        card=card_id(Lane.NOT_HEARD, "street", found.name),
        lane=Lane.NOT_HEARD,
        what=Line.of(
            "lane_not_heard.street",
            street=_street_name(scene, found.name),
            seen=found.seen,
            of=found.of,
            others=_percent(found.others, found.of_others),
        ),
        last=scene.asof,
        households=found.seen,
        surprise=_surprise(found, settings.scan_days),
        basis=Basis(Line.of("lane_not_heard.street_rule"), VERSION),
        evidence=evidence,
        members=members_of(scene, evidence),
        steps=(
            Line.of("lane_not_heard.other_hour"),
            Line.of("lane_not_heard.who_lives_there"),
        ),
        others=(
            Line.of("lane_not_heard.not_home"),
            Line.of("lane_not_heard.not_nothing"),
        ),
        **_near(scene, area),
    )


def _street_name(scene: Scene, heading: str) -> str:
    area, colon, street = heading.partition(": ")
    name = scene.area_name(area) or area
    return f"{street}, {name}" if colon else name


# --- areas, groups and sources -------------------------------------------------------------------


def _area(scene: Scene, settings: SignalSettings, found: Less) -> Card:
    return Card(
        card=card_id(Lane.NOT_HEARD, "area", found.name),
        lane=Lane.NOT_HEARD,
        what=Line.of(
            "lane_not_heard.area",
            area=scene.area_name(found.name) or found.name,
            n=found.seen,
            total=found.seen + found.others,
            percent=_percent(found.of, found.of + found.of_others),
        ),
        last=scene.asof,
        people=found.seen,
        surprise=_surprise(found),
        basis=Basis(Line.of("lane_not_heard.area_rule", n=settings.heard_days), VERSION),
        evidence=(f"area:{found.name}",),
        members=members_of(scene, (f"area:{found.name}",)),
        steps=(
            Line.of("lane_not_heard.go_there"),
            Line.of("lane_not_heard.who_lives_there"),
        ),
        others=(
            Line.of("lane_not_heard.other_team"),
            Line.of("lane_not_heard.not_nothing"),
        ),
        **_near(scene, found.name),
    )


def _group(scene: Scene, settings: SignalSettings, by: Group, found: Less) -> Card:
    name: Fact = found.name
    if by is Group.LANGUAGE:
        name = Word(language_name(found.name, "nl"), language_name(found.name, "en"))
    return Card(
        card=card_id(Lane.NOT_HEARD, by.value, found.name),
        lane=Lane.NOT_HEARD,
        what=Line.of(
            f"lane_not_heard.group_{by.value}",
            group=name,
            n=found.seen,
            of=found.of,
            others=_percent(found.others, found.of_others),
        ),
        last=scene.asof,
        people=found.of,
        surprise=_surprise(found),
        basis=Basis(Line.of("lane_not_heard.group_rule", n=settings.heard_days), VERSION),
        evidence=(f"{by.value}:{found.name}",),
        members=members_of(scene, (f"{by.value}:{found.name}",)),
        steps=(
            Line.of("lane_not_heard.ask_somebody"),
            Line.of("lane_not_heard.go_there"),
        ),
        others=(
            Line.of("lane_not_heard.manage_alone"),
            Line.of("lane_not_heard.not_nothing"),
        ),
        **_near(scene, None),
    )


def _quiet(scene: Scene, settings: SignalSettings, found: Less) -> Card:
    kind, _, name = found.name.partition(":")
    whom = scene.whom(found.name) if kind != "channel" else None
    source: Fact = name
    if kind == "channel":
        key = f"words.channel.{name}"
        source = Word(say(key, "nl"), say(key, "en"))
    elif whom is not None and whom.name is not None:
        source = whom.name
    return Card(
        card=card_id(Lane.NOT_HEARD, "quiet", found.name),
        lane=Lane.NOT_HEARD,
        what=Line.of(
            "lane_not_heard.quiet",
            source=source,
            n=found.seen,
            weeks=settings.quiet_days // 7,
            usual=round((found.of - found.seen) / 4),
        ),
        first=scene.asof - dt.timedelta(days=settings.quiet_days - 1),
        last=scene.asof,
        households=found.seen,
        surprise=_surprise(found),
        basis=Basis(Line.of("lane_not_heard.quiet_rule"), VERSION),
        evidence=(found.name,),
        members=members_of(scene, (found.name,)),
        ask=whoms(scene, (found.name,)),
        steps=(Line.of("lane_not_heard.call_them", source=source),),
        others=(
            Line.of("lane_not_heard.holiday"),
            Line.of("lane_not_heard.not_written"),
        ),
        **_near(scene, None),
    )


def _not_met(scene: Scene, unmet: Iterable[str]) -> Iterator[Card]:
    """Yield one card for the initiatives that the team has not met yet."""
    refs = tuple(f"initiative:{name}" for name in unmet)
    if refs:
        parties = whoms(scene, refs)
        yield Card(
            card=card_id(Lane.NOT_HEARD, "initiatives"),
            lane=Lane.NOT_HEARD,
            what=Line.of(
                "lane_not_heard.not_met",
                n=len(refs),
                names=tuple(whom.name or "" for whom in parties),
            ),
            last=scene.asof,
            basis=Basis(Line.of("lane_not_heard.not_met_rule"), VERSION),
            evidence=refs,
            members=members_of(scene, refs),
            ask=parties,
            steps=(
                Line.of("lane_not_heard.have_a_look"),
                Line.of("lane_not_heard.make_known"),
            ),
            others=(Line.of("lane_not_heard.met_not_noted"),),
            **_near(scene, None),
        )
