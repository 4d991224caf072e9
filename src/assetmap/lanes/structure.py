"""What hangs on one person, ends soon, or is closed in on itself. A structure, never a person."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from assetmap.graph import housing_openness
from assetmap.lanes.card import Basis, Card, Lane, Nearby, NearbyKind, card_id
from assetmap.lanes.leaning import Leaning, Post, Still, leaning, one_carrier, posts, still
from assetmap.lanes.lines import Line
from assetmap.lanes.nearby import fitting
from assetmap.lanes.parts import members_of, whoms, workers_of
from assetmap.lanes.results import Lack, Lacking, LaneResult, cannot_say, looked
from assetmap.lanes.scene import Scene
from assetmap.model import Person, SignalSettings
from assetmap.overview import HandOver, hand_overs
from assetmap.sociometry import Openness

__all__ = ["look"]

VERSION = "structure 1"
_HELPING = "volunteering"
_MONTH = 30
_SHOWN = 5


def look(scene: Scene, settings: SignalSettings) -> LaneResult:
    """Return a card for each thing that hangs on one person, or that will soon hang on nobody.

    1. A group of `group_people` or more in which a third of the others (`cut_off_share`) is cut off
       from the rest when one person stops: a cut point of the ties among those who take part.
    2. Initiatives that one person carries, and posts of activities that one can fill; a card each.
    3. Arrangements that go on after the one who does them stops, within `ending_soon_days`; and
       somebody who runs an initiative and stops within that time.
    4. An initiative that nobody joined for `still_days`.
    5. A housing complex that is closed in on itself.

    It is about the structure: nobody's load is judged, and the person is asked, not told. A card
    about what hangs on one person counts as a card about one person, and so never leaves the team.
    """
    hood = scene.hood
    if not (hood.initiatives or hood.organisations or hood.activities or hood.arrangements):
        return cannot_say(Lane.STRUCTURE, Lack.NOTHING_KNOWN)
    graph = scene.graph(scene.asof)
    leans = [
        each
        for each in leaning(graph, hood, scene.asof, least=settings.cut_off_share)
        if each.members >= settings.group_people
    ]
    alone = one_carrier(graph, hood, scene.asof)
    quiet, undated = still(hood, scene.asof, days=settings.still_days)
    homes = housing_openness(graph)
    cards = [
        *(_leaning(scene, each) for each in leans),
        *_alone(scene, alone),
        *_posts(scene, posts(hood, scene.asof)),
        *_ending(scene),
        *_stopping(scene),
        *_still(scene, settings, quiet),
        *(_closed(scene, each) for each in homes if each.closed),
    ]
    left_out = Counter(
        {
            "lane_structure.undated": len(undated),
            "lane_structure.complex_not_asked": sum(each.closed is None for each in homes),
        }
    )
    untold = hood.memberships and not scene.network(scene.asof).number_of_edges()
    lacking = [Lacking(Lack.NOT_ASKED)] if untold else []
    return looked(
        Lane.STRUCTURE,
        sorted(cards, key=lambda card: card.card or ""),
        streams=len(hood.initiatives) + len(hood.activities),
        lacking=lacking,
        left_out=left_out,
    )


# --- what every card of this lane has ------------------------------------------------------------


def _named(scene: Scene, ref: str) -> str:
    """Return how an initiative or organisation is called."""
    whom = scene.whom(ref)
    return ref if whom is None or whom.name is None else whom.name


def _around(scene: Scene, group: str, category: str | None = None) -> dict[str, Any]:
    """Return where a group is, and the talents that fit what it does."""
    row = scene.party(group)
    kind = getattr(row, "kind", None)
    does = category or (scene.hood.tree.find(kind) if kind else None) or _HELPING
    area = getattr(row, "area", None)
    found = fitting(scene, does, area)
    if not found.talents:
        found = fitting(scene, _HELPING, area)
    others = tuple(near for near in found.nearby if near.owner != group)
    return {
        "area": area,
        "area_name": scene.area_name(area),
        "nearby": others,
        "talents": sum(near.kind is NearbyKind.TALENT for near in others),
        "to_join": tuple(name for name in found.to_join if name != getattr(row, "name", None)),
    }


# --- one person ----------------------------------------------------------------------------------


def _leaning(scene: Scene, found: Leaning) -> Card:
    group = _named(scene, found.group)
    baseline = None
    if found.top_share is not None:
        percent = round(100 * found.top_share)
        baseline = Line.of("lane_structure.hours", percent=percent)
    return Card(
        card=card_id(Lane.STRUCTURE, found.group, "leans", found.person),
        lane=Lane.STRUCTURE,
        what=Line.of("lane_structure.leans", group=group, n=found.members - 1, parts=found.parts),
        last=scene.asof,
        people=1,
        basis=Basis(Line.of("lane_structure.leans_rule", n=found.cut_off), VERSION, baseline),
        evidence=(found.group, found.person),
        members=members_of(scene, (found.group, found.person)),
        ask=whoms(scene, (found.person,)),
        to=workers_of(scene, (found.person,)),
        steps=(
            Line.of("lane_structure.ask_what_helps"),
            Line.of("lane_structure.do_together", group=group),
            Line.of("lane_structure.find_second"),
        ),
        others=(
            Line.of("lane_structure.perhaps_ties", asked=found.asked, members=found.members),
            Line.of("lane_structure.perhaps_chosen"),
        ),
        **_around(scene, found.group),
    )


def _alone(scene: Scene, found: Sequence[tuple[str, str]]) -> Iterator[Card]:
    """Yield one card for all initiatives that one person carries."""
    if not found:
        return
    groups = tuple(group for group, _ in found)
    carriers = tuple(dict.fromkeys(person for _, person in found))
    evidence = tuple(sorted({*groups, *carriers}))
    yield Card(
        card=card_id(Lane.STRUCTURE, "one"),
        lane=Lane.STRUCTURE,
        what=Line.of(
            "lane_structure.one",
            n=len(groups),
            names=tuple(_named(scene, group) for group in groups),
        ),
        last=scene.asof,
        people=len(carriers),
        basis=Basis(Line.of("lane_structure.one_rule"), VERSION),
        evidence=evidence,
        members=members_of(scene, evidence),
        ask=whoms(scene, carriers),
        to=workers_of(scene, carriers),
        steps=(
            Line.of("lane_structure.ask_what_helps"),
            Line.of("lane_structure.find_second"),
        ),
        others=(
            Line.of("lane_structure.perhaps_more"),
            Line.of("lane_structure.perhaps_chosen"),
        ),
        **_around(scene, groups[0] if len(groups) == 1 else ""),
    )


def _posts(scene: Scene, found: Sequence[Post]) -> Iterator[Card]:
    """Yield one card for all posts that one person can fill."""
    if not found:
        return
    activities = tuple(dict.fromkeys(name for each in found for name in each.activities))
    rows = [scene.hood.index["activities"][name] for name in activities]
    carriers = tuple(dict.fromkeys(each.carrier for each in found))
    kinds = tuple(dict.fromkeys(each.what for each in found))
    known = [kind for kind in kinds if kind in scene.hood.tree]
    near = [near for kind in known for near in fitting(scene, kind, None).nearby]
    others = _once(near, set(carriers))
    evidence = tuple(sorted({*(f"activity:{name}" for name in activities), *carriers}))
    yield Card(
        card=card_id(Lane.STRUCTURE, "posts"),
        lane=Lane.STRUCTURE,
        what=Line.of(
            "lane_structure.posts",
            what=tuple(scene.theme_name(kind) if kind in known else kind for kind in kinds),
            names=tuple(dict.fromkeys(str(row.value("name")) for row in rows)),
        ),
        last=scene.asof,
        people=len(carriers),
        basis=Basis(Line.of("lane_structure.posts_rule"), VERSION),
        evidence=evidence,
        members=members_of(scene, evidence),
        nearby=others,
        talents=sum(each.kind is NearbyKind.TALENT for each in others),
        ask=whoms(scene, carriers),
        to=workers_of(scene, carriers),
        steps=(
            Line.of("lane_structure.ask_what_helps"),
            Line.of("lane_structure.come_along"),
        ),
        others=(
            Line.of("lane_structure.perhaps_more"),
            Line.of("lane_structure.perhaps_chosen"),
        ),
    )


# --- what ends -----------------------------------------------------------------------------------


def _ending(scene: Scene) -> Iterator[Card]:
    """Yield one card for all arrangements that need somebody else soon."""
    found = hand_overs(scene.hood, asof=scene.asof)
    if not found:
        return
    needs = scene.hood.index["needs"]
    asked = sorted({str(needs[each.need or ""].value("category")) for each in found})
    stopping = {each.provider for each in found}
    near = [near for theme in asked for near in fitting(scene, theme, None).nearby]
    others = _once(near, stopping)
    days = [each.last_day for each in found if each.last_day is not None]
    providers = tuple(each.provider for each in found)
    owners = tuple(str(needs[each.need or ""].value("owner")) for each in found)
    yield Card(
        card=card_id(Lane.STRUCTURE, "hand_over"),
        lane=Lane.STRUCTURE,
        what=Line.of("lane_structure.ends", n=len(found), day=min(days)),
        theme=asked[0] if len(asked) == 1 else None,
        theme_name=scene.theme_name(asked[0]) if len(asked) == 1 else None,
        last=scene.asof,
        people=len(set(owners)),
        basis=Basis(
            Line.of("lane_structure.ends_rule", n=scene.hood.policy.ending_soon_days), VERSION
        ),
        evidence=tuple(_arrangement(each) for each in found),
        members=tuple(sorted(_arrangement(each) for each in found)),
        nearby=others,
        talents=sum(each.kind is NearbyKind.TALENT for each in others),
        ask=whoms(scene, providers),
        to=workers_of(scene, owners),
        steps=(
            Line.of("lane_structure.thank"),
            Line.of("lane_structure.hand_over"),
        ),
        others=(Line.of("lane_structure.perhaps_longer"),),
    )


def _arrangement(each: HandOver) -> str:
    return f"arrangement:{each.arrangement}"


def _once(found: list[Nearby], without: set[str | None]) -> tuple[Nearby, ...]:
    """Return each talent once, without those of some people; at most five."""
    unique = {near.ref: near for near in found if near.owner not in without}
    return tuple(unique.values())[:_SHOWN]


def _stopping(scene: Scene) -> Iterator[Card]:
    """Yield a card for each initiative that is run by somebody who stops soon."""
    horizon = scene.asof + dt.timedelta(days=scene.hood.policy.ending_soon_days)
    for row in sorted(scene.hood.initiatives, key=lambda row: row.initiative):
        manager = scene.party(row.manager)
        last = manager.until if isinstance(manager, Person) else None
        if not isinstance(manager, Person) or last is None or not scene.asof <= last <= horizon:
            continue
        if row.status is not None and row.status.value in {"idea", "ended"}:
            continue
        ref, person = f"initiative:{row.initiative}", f"person:{manager.person}"
        yield Card(
            card=card_id(Lane.STRUCTURE, ref, "stops"),
            lane=Lane.STRUCTURE,
            what=Line.of("lane_structure.stops", group=row.name, day=last),
            last=scene.asof,
            people=1,
            basis=Basis(
                Line.of("lane_structure.ends_rule", n=scene.hood.policy.ending_soon_days), VERSION
            ),
            evidence=(ref, person),
            members=members_of(scene, (ref, person)),
            ask=whoms(scene, (person,)),
            to=workers_of(scene, (person,)),
            steps=(
                Line.of("lane_structure.thank"),
                Line.of("lane_structure.find_second"),
            ),
            others=(Line.of("lane_structure.perhaps_longer"),),
            **_around(scene, ref),
        )


# --- nobody new, and closed ----------------------------------------------------------------------


def _still(scene: Scene, settings: SignalSettings, found: tuple[Still, ...]) -> Iterator[Card]:
    """Yield one card for all initiatives that nobody joined for long."""
    if not found:
        return
    refs = tuple(f"initiative:{each.initiative}" for each in found)
    rows = [scene.hood.index["initiatives"][each.initiative] for each in found]
    names = tuple(str(row.value("name")) for row in rows)
    managers = [row.value("manager") for row in rows]
    yield Card(
        card=card_id(Lane.STRUCTURE, "still"),
        lane=Lane.STRUCTURE,
        what=Line.of(
            "lane_structure.still",
            names=names,
            n=settings.still_days // _MONTH,
            members=sum(each.members for each in found),
        ),
        first=min(each.newest for each in found),
        last=scene.asof,
        basis=Basis(Line.of("lane_structure.still_rule", n=settings.still_days), VERSION),
        evidence=refs,
        members=members_of(scene, refs),
        ask=whoms(scene, (*managers, *refs)),
        to=workers_of(scene, managers),
        steps=(
            Line.of("lane_structure.ask_wish"),
            Line.of("lane_structure.show"),
        ),
        others=(
            Line.of("lane_structure.perhaps_not_written"),
            Line.of("lane_structure.perhaps_full"),
        ),
        **_around(scene, refs[0] if len(refs) == 1 else ""),
    )


def _closed(scene: Scene, found: Openness) -> Card:
    name = _named(scene, found.group)
    known, out = found.known or 0, found.reaching_out or 0
    return Card(
        card=card_id(Lane.STRUCTURE, found.group, "closed"),
        lane=Lane.STRUCTURE,
        what=Line.of("lane_structure.closed", group=name, n=out, known=known),
        last=scene.asof,
        people=found.members,
        basis=Basis(
            Line.of("lane_structure.closed_rule"),
            VERSION,
            Line.of(
                "lane_structure.closed_ties",
                inside=found.inside or 0,
                outside=found.outside or 0,
            ),
        ),
        evidence=(found.group,),
        members=(found.group,),
        ask=whoms(scene, (found.group,)),
        steps=(
            Line.of("lane_structure.what_they_have", group=name),
            Line.of("lane_structure.meet_outside"),
        ),
        others=(
            Line.of("lane_structure.perhaps_ties", asked=known, members=found.members or 0),
            Line.of("lane_structure.inside_is_strength"),
        ),
        **_around(scene, found.group, "company"),
    )
