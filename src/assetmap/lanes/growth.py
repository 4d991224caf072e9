"""What is asked creeps up, too slowly for any three weeks to be unusual."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from math import exp

from assetmap.lanes.asking import about, days_of, one_reporter, told_left_out
from assetmap.lanes.blocks import weeks_of
from assetmap.lanes.card import Basis, Card, Lane, Surprise, card_id
from assetmap.lanes.lines import Line
from assetmap.lanes.results import Lack, LaneResult, cannot_say, looked
from assetmap.lanes.scene import Scene
from assetmap.model import SignalSettings

__all__ = ["look"]

VERSION = "growth 1"
_WEEK = 7
_WATCHED = 52
"""At most so many weeks after the baseline are looked at."""
_LEAST = 8
"""So few weeks after the baseline say nothing of a slow growth."""
_MONTH = 30.4375 / 7


@dataclass(frozen=True)
class _Climb:
    """A stream that climbed until lately."""

    key: tuple[str, str | None]
    usual: float
    """Per week, before."""
    now: float
    """Per week, since the climb began."""
    first: dt.date
    households: int


def look(scene: Scene, settings: SignalSettings) -> LaneResult:
    """Return a card for each theme that is asked more and more.

    1. Count households by week, each once per period of `window_days`.
    2. The first `baseline_weeks` of the last year and a half, as far as there is history, say what
       is usual; one household is added to them, so that a theme that was never asked has a rate.
    3. Add up, week by week after that, the evidence for `growth_ratio` times the usual (the
       likelihood-ratio form of the cumulative sum). At `growth_limit` it is a signal and the sum
       starts anew.
    4. It is told when that was within the last `window_days`, and `people` households asked since
       the climb began. The whole neighbourhood only where none of its areas is told.
    """
    weeks = min(scene.history_days // _WEEK, settings.baseline_weeks + _WATCHED)
    if weeks < settings.baseline_weeks + _LEAST:
        needed = (settings.baseline_weeks + _LEAST) * _WEEK
        return cannot_say(Lane.GROWTH, Lack.LITTLE_HISTORY, days=scene.history_days, needed=needed)
    climbs = _climbs(scene, settings, weeks)
    in_areas = {climb.key[0] for climb in climbs if climb.key[1] is not None}
    cards = [
        _card(scene, settings, climb)
        for climb in climbs
        if climb.key[1] is not None or climb.key[0] not in in_areas
    ]
    return looked(Lane.GROWTH, cards, streams=len(scene.streams))


def _climbs(scene: Scene, settings: SignalSettings, weeks: int) -> list[_Climb]:
    """Add up the evidence for all streams at once; keep those that climbed until lately."""
    from assetmap.detectors import cusum

    keys = list(scene.streams)
    if not keys:
        return []
    base = settings.baseline_weeks
    by_key = weeks_of(scene.streams, scene.asof, settings.window_days, weeks)
    counts = [by_key[key] for key in keys]
    found = cusum(
        [own[base:] for own in counts],
        mean=[[(sum(own[:base]) + 1) / base] for own in counts],
        ratio=settings.growth_ratio,
        h=settings.growth_limit,
        reset=True,
    )
    climbs = []
    fresh = weeks - base + settings.window_days // -_WEEK
    for key, own, alarm, since in zip(keys, counts, found.alarm, found.since, strict=True):
        alarms = [at for at in range(max(0, fresh), weeks - base) if alarm[at]]
        if alarms:
            climb = _climb(scene, key, own, base, int(since[alarms[-1]]))
            climbs += [climb] if climb.households >= settings.people else []
    return climbs


def _climb(
    scene: Scene, key: tuple[str, str | None], counts: tuple[int, ...], base: int, since: int
) -> _Climb:
    climbed = counts[base + since :]
    first = scene.asof - dt.timedelta(days=len(climbed) * _WEEK - 1)
    own = days_of(scene.streams[key], first, scene.asof)
    return _Climb(
        key=key,
        usual=sum(counts[:base]) / base,
        now=sum(climbed) / len(climbed),
        first=first,
        households=len({event.household for event in own}),
    )


def _card(scene: Scene, settings: SignalSettings, climb: _Climb) -> Card:
    theme, area = climb.key
    own = days_of(scene.streams[climb.key], climb.first, scene.asof)
    fields = about(scene, own, theme, area)
    facts = {
        "theme": fields["theme_name"],
        "first": climb.first,
        "usual": round(climb.usual * _MONTH, 1),
        "now": round(climb.now * _MONTH, 1),
    }
    where = {} if area is None else {"area": fields["area_name"]}
    one = [Line.of("lane_growth.one_reporter")] if one_reporter(own) else []
    talents = [Line.of("lane_growth.with_talents")] if fields["talents"] else []
    return Card(
        card=card_id(Lane.GROWTH, theme, area),
        lane=Lane.GROWTH,
        what=Line.of("lane_growth.what_area" if where else "lane_growth.what", **facts, **where),
        first=climb.first,
        last=scene.asof,
        contacts=scene.contacts(climb.first, scene.asof, area),
        surprise=Surprise(times_a_year=52 / exp(settings.growth_limit), at_most=True),
        basis=Basis(
            Line.of("lane_growth.rule", ratio=settings.growth_ratio, n=settings.people),
            VERSION,
            Line.of("lane_growth.baseline", n=settings.baseline_weeks),
            told_left_out(scene.gathered.left_out_of(theme)),
        ),
        steps=(*talents, Line.of("lane_growth.talk"), Line.of("lane_growth.start")),
        others=(*one, Line.of("lane_growth.known"), Line.of("lane_growth.season")),
        **fields,
    )
