"""Asked and offered by nobody; offered and never asked; areas with nothing to meet at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from assetmap.lanes.asking import of_parties
from assetmap.lanes.card import Basis, Card, Lane, NearbyKind, card_id
from assetmap.lanes.lines import Line
from assetmap.lanes.nearby import fitting
from assetmap.lanes.parts import addressed, members_of, whoms, workers_of
from assetmap.lanes.results import Lack, Lacking, LaneResult, cannot_say, looked
from assetmap.lanes.scene import Scene
from assetmap.lanes.supply import Asked, Offered, asked_in_vain, at_no_time, never_asked
from assetmap.model import SignalSettings
from assetmap.overview import AreaStructure, Known, structures

__all__ = ["look"]

VERSION = "gaps 1"
_COMPANY = "company"


def look(scene: Scene, settings: SignalSettings) -> LaneResult:
    """Return what is missing, and what waits to be asked for.

    1. What `households` or more ask while nothing in the neighbourhood answers it; and what is
       offered, but by nobody at the time for which so many ask it.
    2. What so many offer while nobody ever asked for it: that is a find, not a lack.
    3. An area with no place and no activity to meet at, as far as is known. Where nobody filled
       anything in it is unknown, which is not none: that is counted, and no card.
    """
    hood, least = scene.hood, settings.households
    found = structures(hood, asof=scene.asof)
    if not (hood.needs or hood.talents or found.areas):
        return cannot_say(Lane.GAPS, Lack.NOTHING_KNOWN)
    offered = never_asked(hood, scene.asof, least=least) if scene.needs else ()
    vain = asked_in_vain(hood, scene.asof, least=least) if hood.talents else ()
    late = at_no_time(hood, scene.asof, least=least)
    bare = _bare(scene, found.areas)
    cards = [
        *(_offered(scene, each, least) for each in offered),
        *(_asked(scene, each, least) for each in vain),
        *(_late(scene, each, least) for each in late),
        *(_area(scene, each, found.unplaced) for each in bare),
    ]
    unknown = Counter({"lane_gaps.unknown": len(found.where(Known.UNKNOWN))})
    themes = {n.category for n in scene.needs} | {t.category for t in hood.talents}
    lacking = () if hood.talents or not scene.needs else (Lacking(Lack.NO_TALENTS),)
    streams = len(themes) + len(found.areas)
    return looked(Lane.GAPS, cards, streams=streams, lacking=lacking, left_out=unknown)


def _bare(scene: Scene, areas: Iterable[AreaStructure]) -> list[AreaStructure]:
    """Return the areas with nothing to meet at; of an area and one in it, the smaller."""
    none = {each.area: each for each in areas if each.meeting is Known.NONE}
    above = {row.parent for row in scene.hood.areas if row.area in none}
    return [each for name, each in sorted(none.items()) if name not in above]


def _one(areas: tuple[str, ...]) -> str | None:
    return areas[0] if len(areas) == 1 else None


def _near(scene: Scene, category: str, area: str | None) -> dict[str, Any]:
    """Return what fits; of a thing that nobody offers, what comes near it."""
    above = scene.hood.tree.ancestors(category)
    found = fitting(scene, category, area)
    for wider in above:
        if found.nearby:
            break
        found = fitting(scene, wider, area)
    return {
        "theme": category,
        "theme_name": scene.theme_name(category),
        "area": area,
        "area_name": scene.area_name(area),
        "nearby": found.nearby,
        "talents": found.talents,
        "to_join": found.to_join,
    }


def _counts(scene: Scene, found: Asked) -> dict[str, Any]:
    evidence = tuple(f"need:{need}" for need in found.needs)
    return {
        "last": scene.asof,
        "count": len(found.needs),
        "people": len(found.owners),
        "evidence": evidence,
        "members": members_of(scene, evidence),
        **addressed(scene, found.owners),
    }


def _asked(scene: Scene, found: Asked, least: int) -> Card:
    theme = scene.theme_name(found.category)
    area = _one(found.areas)
    parties = of_parties(scene, found.category, area)
    near = _near(scene, found.category, area)
    step = "lane_gaps.comes_near" if near["nearby"] else "lane_gaps.who_could"
    return Card(
        card=card_id(Lane.GAPS, found.category, "asked"),
        lane=Lane.GAPS,
        what=Line.of("lane_gaps.asked", n=len(found.owners), theme=theme),
        basis=Basis(Line.of("lane_gaps.asked_rule", n=least), VERSION),
        parties=parties,
        steps=(Line.of(step, theme=theme), Line.of("lane_gaps.ask_them")),
        others=(
            Line.of("lane_gaps.perhaps_hidden"),
            Line.of("lane_gaps.perhaps_other_word"),
        ),
        **near,
        **_counts(scene, found),
    )


def _late(scene: Scene, found: Asked, least: int) -> Card:
    theme = scene.theme_name(found.category)
    return Card(
        card=card_id(Lane.GAPS, found.category, "time"),
        lane=Lane.GAPS,
        what=Line.of("lane_gaps.late", n=len(found.owners), theme=theme),
        basis=Basis(
            Line.of("lane_gaps.late_rule", n=least),
            VERSION,
            Line.of("lane_gaps.elsewhere", n=found.elsewhere),
        ),
        steps=(
            Line.of("lane_gaps.ask_time", theme=theme),
            Line.of("lane_gaps.other_time"),
        ),
        others=(Line.of("lane_gaps.perhaps_flexible"),),
        **_near(scene, found.category, _one(found.areas)),
        **_counts(scene, found),
    )


def _offered(scene: Scene, found: Offered, least: int) -> Card:
    theme = scene.theme_name(found.category)
    near = _near(scene, found.category, _one(found.areas))
    named = sum(each.kind is NearbyKind.TALENT for each in near["nearby"])
    evidence = tuple(f"talent:{talent}" for talent in found.talents)
    workers = workers_of(scene, found.owners)
    return Card(
        card=card_id(Lane.GAPS, found.category, "offered"),
        lane=Lane.GAPS,
        what=Line.of("lane_gaps.offered", n=len(found.owners), theme=theme),
        last=scene.asof,
        people=len(found.owners),
        basis=Basis(Line.of("lane_gaps.offered_rule", n=least), VERSION),
        evidence=evidence,
        members=members_of(scene, evidence),
        ask=whoms(scene, (*found.owners[:named], *workers)),
        to=workers,
        steps=(
            Line.of("lane_gaps.tell_it", theme=theme),
            Line.of("lane_gaps.begin_together"),
        ),
        others=(
            Line.of("lane_gaps.perhaps_not_known"),
            Line.of("lane_gaps.perhaps_not_dared"),
        ),
        **near,
    )


def _area(scene: Scene, found: AreaStructure, unplaced: int) -> Card:
    near = _near(scene, _COMPANY, found.area) | {"theme": None, "theme_name": None}
    name = found.name or found.area
    return Card(
        card=card_id(Lane.GAPS, None, found.area),
        lane=Lane.GAPS,
        what=Line.of("lane_gaps.area", area=name),
        last=scene.asof,
        people=found.residents,
        basis=Basis(
            Line.of("lane_gaps.area_rule"),
            VERSION,
            _numbers(found),
            (Line.of("lane_gaps.unplaced", n=unplaced),) if unplaced else (),
        ),
        evidence=(f"area:{found.area}",),
        members=members_of(scene, (f"area:{found.area}",)),
        steps=(
            Line.of("lane_gaps.what_is_there", area=name),
            Line.of("lane_gaps.borrow_place"),
        ),
        others=(
            Line.of("lane_gaps.perhaps_not_written"),
            Line.of("lane_gaps.perhaps_next_door", n=found.within_reach or 0),
        ),
        **near,
    )


def _numbers(found: AreaStructure) -> Line:
    """Return the numbers behind it; of ties only where somebody was asked."""
    facts = {
        "residents": found.residents or 0,
        "initiatives": found.initiatives or 0,
        "ties": found.ties or 0,
        "asked": found.asked or 0,
    }
    if found.density is None:
        return Line.of("lane_gaps.numbers", **facts)
    return Line.of("lane_gaps.numbers_asked", percent=round(100 * found.density), **facts)
