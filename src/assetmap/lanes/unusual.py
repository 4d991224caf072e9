"""More is asked than is usual for this theme here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assetmap.lanes.asking import about, days_of, one_reporter, told_left_out
from assetmap.lanes.blocks import blocks_of
from assetmap.lanes.card import Basis, Card, Lane, Surprise, card_id
from assetmap.lanes.events import Event
from assetmap.lanes.lines import Line
from assetmap.lanes.results import Lack, LaneResult, cannot_say, looked
from assetmap.lanes.scene import Scene
from assetmap.model import SignalSettings

__all__ = ["look"]

VERSION = "unusual 1"
_LEAST = 4
"""So many periods before the window are needed at least."""
_WEEKS = 52
_SOME = 0.5
"""Below so many in a period, a mean is told in words: nobody asks it 0.13 times."""


@dataclass(frozen=True)
class _Tested:
    """A stream, and what the test says of it."""

    key: tuple[str, str | None]
    counts: tuple[int, ...]
    p: float
    weighed: bool
    """Whether the number of contacts was taken into account."""


def look(scene: Scene, settings: SignalSettings) -> LaneResult:
    """Return a card for each theme of which more is asked than is usual there.

    1. Cut the time back from the day into periods of `window_days`, and count distinct households
       in each. The last is the window; those of `baseline_weeks` before it, as far as there is
       history, are the baseline: at least four.
    2. Test each stream that is asked in the window with the tail of the Gamma-Poisson prediction.
       Where contacts are known for all these periods, they stand for how long each period is.
    3. It is a candidate when at most a share `alpha` of chance comes out so high, and at least
       `people` households asked. The whole neighbourhood only where none of its areas is one.

    Which of the candidates are told depends on how many streams were tested; that is decided over
    the whole list, not here.
    """
    width = settings.window_days
    before = min(settings.baseline_weeks * 7 // width, (scene.history_days - width) // width)
    if before < _LEAST:
        needed = (_LEAST + 1) * width
        return cannot_say(Lane.UNUSUAL, Lack.LITTLE_HISTORY, days=scene.history_days, needed=needed)
    tested = _tests(scene, width, before)
    found = [
        each for each in tested if each.p <= settings.alpha and each.counts[-1] >= settings.people
    ]
    in_areas = {each.key[0] for each in found if each.key[1] is not None}
    cards = [
        _card(scene, settings, each)
        for each in found
        if each.key[1] is not None or each.key[0] not in in_areas
    ]
    return looked(Lane.UNUSUAL, cards, streams=len(tested), tested=[each.p for each in tested])


def _tests(scene: Scene, width: int, before: int) -> list[_Tested]:
    """Test every stream in which something was asked in the window."""
    counts = blocks_of(scene.streams, scene.asof, width, width * (before + 1))
    asked = [key for key, own in counts.items() if own[-1]]
    efforts = {area: _effort(scene, area, width, before) for area in {area for _, area in asked}}
    weighed = [key for key in asked if efforts[key[1]] is not None]
    bare = [key for key in asked if efforts[key[1]] is None]
    p = _tails([counts[key] for key in bare], before, None)
    p += _tails([counts[key] for key in weighed], before, [efforts[key[1]] for key in weighed])
    by_key = dict(zip([*bare, *weighed], p, strict=True))
    return [_Tested(key, counts[key], by_key[key], efforts[key[1]] is not None) for key in asked]


def _tails(counts: list[tuple[int, ...]], before: int, effort: list[Any] | None) -> list[float]:
    """Return for each series how often chance gives as many in its last period, or more."""
    from assetmap.detectors import gamma_poisson

    if not counts:
        return []
    found = gamma_poisson(counts, before, effort=effort)
    return [float(p) for p in found.p[:, -1]]


def _effort(scene: Scene, area: str | None, width: int, before: int) -> tuple[int, ...] | None:
    """Return the contacts in each period; None unless there were some in every one."""
    found = []
    for back in range(before, -1, -1):
        last = scene.asof - dt.timedelta(days=back * width)
        contacts = scene.contacts(last - dt.timedelta(days=width - 1), last, area)
        if not contacts:
            return None
        found.append(contacts)
    return tuple(found)


def _card(scene: Scene, settings: SignalSettings, each: _Tested) -> Card:
    theme, area = each.key
    width = settings.window_days
    first = scene.asof - dt.timedelta(days=width - 1)
    own = days_of(scene.streams[each.key], first, scene.asof)
    fields = about(scene, own, theme, area)
    usual = sum(each.counts[:-1]) / (len(each.counts) - 1)
    key, key_area = "lane_unusual.what", "lane_unusual.what_area"
    if usual < _SOME:
        key, key_area = "lane_unusual.what_rare", "lane_unusual.what_rare_area"
    facts = {
        "n": each.counts[-1],
        "theme": fields["theme_name"],
        "days": width,
        "usual": round(usual, 1),
    }
    where = {} if area is None else {"area": fields["area_name"]}
    baseline = Line.of("lane_unusual.baseline", n=len(each.counts) - 1, days=width)
    effort = [] if each.weighed else [Line.of("lane_unusual.no_effort")]
    return Card(
        card=card_id(Lane.UNUSUAL, theme, area),
        lane=Lane.UNUSUAL,
        what=Line.of(key_area if where else key, **facts, **where),
        first=first,
        last=scene.asof,
        contacts=scene.contacts(first, scene.asof, area),
        surprise=Surprise(times_a_year=_WEEKS * each.p, p=each.p, at_most=True),
        basis=Basis(
            Line.of("lane_unusual.rule", n=settings.people, percent=100 * settings.alpha),
            VERSION,
            baseline,
            (*effort, *told_left_out(scene.gathered.left_out_of(theme))),
        ),
        steps=_steps(fields),
        others=_others(own, weighed=each.weighed),
        **fields,
    )


def _steps(fields: dict[str, object]) -> tuple[Line, ...]:
    talents = [Line.of("lane_unusual.with_talents")] if fields["talents"] else []
    join = [Line.of("lane_unusual.to_join")] if fields["to_join"] else []
    return (*talents, *join, Line.of("lane_unusual.ask_round"))


def _others(own: Sequence[Event], *, weighed: bool) -> tuple[Line, ...]:
    one = [Line.of("lane_unusual.one_reporter")] if one_reporter(own) else []
    busier = [] if weighed else [Line.of("lane_unusual.more_contacts")]
    return (*one, *busier, Line.of("lane_unusual.attention"), Line.of("lane_unusual.chance"))
