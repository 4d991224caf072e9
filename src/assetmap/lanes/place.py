"""One corner of the neighbourhood, for a short time: more is asked there than chance would give."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assetmap.lanes.asking import about, days_of, told_left_out
from assetmap.lanes.card import Basis, Card, Lane, Surprise, card_id
from assetmap.lanes.events import Event
from assetmap.lanes.lines import Line
from assetmap.lanes.results import Lack, LaneResult, cannot_say, looked
from assetmap.lanes.scene import Scene
from assetmap.model import SignalSettings

if TYPE_CHECKING:
    from assetmap.detectors import Scan

__all__ = ["look"]

VERSION = "place 1"
_PERIODS = 4
"""The study period is at least so many times as long as the longest window."""
_DAYS = 182
"""And at most so long: over longer periods streets themselves change."""
_SEED = 1
_FEW = 99
"""Chance is asked so often first, and only where that gives a small p as often as was agreed."""
_PERHAPS = 0.2
_WEEKS = 52
_AREAS = 3


@dataclass(frozen=True)
class _Ground:
    """The areas with their neighbours, and the groups of them that are looked at.

    Attributes
    ----------
    areas : tuple of str
        In order.
    beside : tuple of tuple of int
        For each, the positions of those beside it.
    zones : sequence of tuple of int
        Groups of areas that hang together.
    """

    areas: tuple[str, ...]
    beside: tuple[tuple[int, ...], ...]
    zones: Sequence[tuple[int, ...]]


def look(scene: Scene, settings: SignalSettings) -> LaneResult:
    """Return a card for each theme that stands out in one corner, in the last days.

    1. A corner is one area, or areas that hang together by the column `adjacent`, at most
       `place_areas` and at most half of them. Two areas with a canal in between are not beside
       each other when the table does not say so.
    2. Count for each theme the households that asked it by area and day, over at most half a
       year: each once per `place_days`.
    3. Of all corners and windows of up to `place_days` that end today, the one with the most more
       than expected (space-time permutation: an area that always asks much, or a day on which
       everybody does, does not stand out). p is how often dealing out the days anew gives as much.
    4. It is a candidate when p is at most `alpha` and at least `people` households asked. Which
       candidates are told is decided over the whole list.

    How many pairs of questions are near and shortly after each other is told as well (Knox).
    """
    ground = _ground(scene, settings)
    if ground is None:
        return cannot_say(Lane.PLACE, Lack.NOT_BESIDE)
    days = min(_DAYS, scene.history_days)
    needed = _PERIODS * settings.place_days
    if days < needed:
        return cannot_say(Lane.PLACE, Lack.LITTLE_HISTORY, days=days, needed=needed)
    first = scene.asof - dt.timedelta(days=days - 1)
    cards: list[Card] = []
    tested: list[float] = []
    streams = 0
    for theme in sorted({event.theme for event in scene.events}):
        own = _once(scene, theme, first, settings.place_days, set(ground.areas))
        streams += bool(own)
        lately = scene.asof - dt.timedelta(days=settings.place_days - 1)
        if sum(event.day >= lately for event in own) >= settings.people:
            found = _card(scene, settings, ground, (theme, first), own)
            tested.append(found[0])
            cards += [] if found[1] is None else [found[1]]
    return looked(Lane.PLACE, cards, streams=streams, tested=tested)


def _ground(scene: Scene, settings: SignalSettings) -> _Ground | None:
    """Return the areas that have a neighbour, and the corners; None where there are too few."""
    from assetmap.detectors import connected_zones

    index = scene.hood.index["areas"]
    pairs = {
        frozenset((row.area, other))
        for row in scene.hood.areas
        for other in row.adjacent or ()
        if other in index and other != row.area
    }
    areas = tuple(sorted({area for pair in pairs for area in pair}))
    if len(areas) < _AREAS:
        return None
    at = {area: number for number, area in enumerate(areas)}
    beside = tuple(
        tuple(sorted(at[other] for pair in pairs if area in pair for other in pair - {area}))
        for area in areas
    )
    size = max(1, min(settings.place_areas, len(areas) // 2))
    return _Ground(areas, beside, connected_zones(beside, size))


def _once(
    scene: Scene, theme: str, first: dt.date, width: int, areas: set[str]
) -> tuple[Event, ...]:
    """Return the first question of each household in each block of days, by day and area."""
    kept: dict[tuple[str, int], Event] = {}
    for event in scene.events:
        if event.theme == theme and event.area in areas and event.day >= first:
            block = (scene.asof - event.day).days // width
            kept.setdefault((event.household, block), event)
    return tuple(sorted(kept.values(), key=lambda event: (event.day, event.area or "")))


def _card(
    scene: Scene,
    settings: SignalSettings,
    ground: _Ground,
    key: tuple[str, dt.date],
    own: Sequence[Event],
) -> tuple[float, Card | None]:
    """Scan one theme; return its p, and the card where it is a candidate.

    A few replicates tell that most themes are nothing. That keeps the promise on p: it is at most
    a in a share a of the themes that are chance, whichever of both scans gave it.
    """
    theme, first = key
    found = _scanned(_counts(ground, own, first, scene.asof), ground, settings, _FEW)
    if found.p <= max(_PERHAPS, settings.alpha) and settings.replicates > _FEW:
        found = _scanned(_counts(ground, own, first, scene.asof), ground, settings, None)
    best = found.best
    if best is None or best.p > settings.alpha:
        return found.p, None
    corner = tuple(ground.areas[at] for at in best.members)
    since = first + dt.timedelta(days=best.first_day)
    inside = [e for e in days_of(scene.events, since, scene.asof) if e.theme == theme]
    area = corner[0] if len(corner) == 1 else None
    fields = about(scene, [e for e in inside if e.area in corner], theme, area)
    names = tuple(scene.area_name(each) or each for each in corner)
    return found.p, Card(
        card=card_id(Lane.PLACE, theme, "+".join(corner)),
        lane=Lane.PLACE,
        what=Line.of(
            "lane_place.what",
            areas=names,
            theme=fields["theme_name"],
            n=best.cases,
            days=best.days,
        ),
        first=since,
        last=scene.asof,
        surprise=Surprise(times_a_year=_WEEKS * best.p, p=best.p, at_most=True),
        basis=Basis(
            Line.of("lane_place.rule", zones=len(ground.zones), times=settings.replicates),
            VERSION,
            Line.of("lane_place.expected", expected=round(best.expected, 1)),
            (*_pairs(settings, ground, own), *told_left_out(scene.gathered.left_out_of(theme))),
        ),
        steps=(
            Line.of("lane_place.go_there"),
            Line.of("lane_place.what_happened"),
            *((Line.of("lane_place.with_talents"),) if fields["talents"] else ()),
        ),
        others=_others(fields),
        **fields,
    )


def _scanned(
    counts: list[list[int]], ground: _Ground, settings: SignalSettings, few: int | None
) -> Scan:
    """Scan with all replicates, or with a few of them."""
    from assetmap.detectors import scan

    return scan(
        counts,
        None,
        ground.zones,
        model="permutation",
        max_days=settings.place_days,
        replicates=min(settings.replicates, few or settings.replicates),
        seed=_SEED + bool(few),
        minimum_cases=settings.people,
    )


def _others(fields: dict[str, Any]) -> tuple[Line, ...]:
    one = [Line.of("lane_place.one_reporter")] if fields["reporters"] == 1 else []
    return (*one, Line.of("lane_place.campaign"), Line.of("lane_place.not_the_people"))


def _counts(
    ground: _Ground, own: Iterable[Event], first: dt.date, last: dt.date
) -> list[list[int]]:
    """Return how many households asked, per area and day."""
    table = [[0] * ((last - first).days + 1) for _ in ground.areas]
    rows = dict(zip(ground.areas, table, strict=True))
    for event in own:
        rows[event.area or ""][(event.day - first).days] += 1
    return table


def _pairs(settings: SignalSettings, ground: _Ground, own: Sequence[Event]) -> tuple[Line, ...]:
    """Tell how many pairs of questions are near, and shortly after each other."""
    from assetmap.detectors import knox

    at = {area: number for number, area in enumerate(ground.areas)}
    places = [at[event.area or ""] for event in own]
    apart = [[_steps(ground, one, other) for other in places] for one in places]
    found = knox(
        apart,
        [event.day.toordinal() for event in own],
        near=1,
        close=settings.place_days,
        replicates=settings.replicates,
        seed=_SEED,
    )
    return (Line.of("lane_place.pairs", n=found.pairs, expected=round(found.expected, 1)),)


def _steps(ground: _Ground, one: int, other: int) -> int:
    """Return 0 for one area, 1 for two beside each other, and 2 for any further."""
    if one == other:
        return 0
    return 1 if other in ground.beside[one] else 2
