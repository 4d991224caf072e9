"""As many households as the team agreed on ask the same, within as many days."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from functools import cache
from math import log1p

from assetmap.lanes.asking import about, days_of, of_parties, one_reporter, told_left_out
from assetmap.lanes.blocks import blocks_of
from assetmap.lanes.card import Basis, Card, CardState, Lane, Surprise, Whom, card_id
from assetmap.lanes.events import Event
from assetmap.lanes.lines import Fact, Line
from assetmap.lanes.nearby import fitting
from assetmap.lanes.results import LaneResult, looked
from assetmap.lanes.scene import Scene
from assetmap.model import SignalSettings
from assetmap.overview import Collective, collective

__all__ = ["cluster", "look"]

VERSION = "agreement 1"
_YEAR = 365
_TELLS = 91
"""So many days of history are needed to tell how often chance would do the same."""
_OFTEN = 52.0
"""More often than this in a year is told as this."""


def look(scene: Scene, settings: SignalSettings) -> LaneResult:
    """Return a card for each theme that enough households ask in an area, or together.

    1. For each theme and area, and for the whole neighbourhood, find the last period of
       `window_days` in which `households` distinct households asked it (:func:`cluster`).
    2. Tell how often chance alone would bring that, from how many households asked it in a year.
    3. Where that is more than `common_times_a_year`, the theme is too common for this rule and is
       left to the lane of what is unusual; it is counted as such.
    4. The whole neighbourhood has a card only where none of its areas has.

    A signal about a group, in which nobody is named, is a card of this lane as well, for
    `look_back_days`.
    """
    left_out = Counter[str]()
    cards: list[Card] = []
    fired: set[str] = set()
    # the areas of a theme before the neighbourhood as a whole
    for theme, area in sorted(
        scene.streams, key=lambda key: (key[0], key[1] is None, key[1] or "")
    ):
        events = scene.streams[theme, area]
        last = cluster(events, scene.asof, settings)
        if last is None or (area is None and theme in fired):
            continue
        fired.add(theme)
        surprise = _surprise(scene, events, settings)
        often = surprise.times_a_year
        if often is not None and often > settings.common_times_a_year:
            left_out["lane_agreement.too_common"] += 1
            continue
        cards.append(_card(scene, settings, (theme, area), last, surprise))
    groups = [_of_group(scene, each) for each in _lately(scene, settings)]
    return looked(Lane.AGREEMENT, [*cards, *groups], streams=len(scene.streams), left_out=left_out)


def cluster(events: Sequence[Event], asof: dt.date, settings: SignalSettings) -> dt.date | None:
    """Return the last day of the latest period in which enough distinct households asked.

    A period is `window_days` long, to and with a day on which somebody asked, of the last
    `window_days` before `asof`. Days are real days, so that a week has no edges.

    Parameters
    ----------
    events : sequence of Event
        What is asked of one theme, up to and with `asof`.
    asof : date
        The day.
    settings : SignalSettings
        How many households, and in how many days.

    Returns
    -------
    date or None
        The day on which the period ends; None where there is no such period.
    """
    width = dt.timedelta(days=settings.window_days - 1)
    for last in sorted({event.day for event in events if event.day >= asof - width}, reverse=True):
        within = {e.household for e in events if last - width <= e.day <= last}
        if len(within) >= settings.households:
            return last
    return None


def _surprise(scene: Scene, events: Sequence[Event], settings: SignalSettings) -> Surprise:
    """Return how often chance alone would bring as many together in a year."""
    days = min(scene.history_days, _YEAR)
    if days < max(_TELLS, settings.window_days):
        return Surprise()
    number = sum(blocks_of({None: events}, scene.asof, settings.window_days, days)[None])
    chance = _chance(number, days, settings.households, settings.window_days)
    times = _OFTEN if chance >= 1 else min(_OFTEN, -log1p(-chance) * _YEAR / days)
    return Surprise(times_a_year=times)


@cache
def _chance(number: int, days: int, households: int, within: int) -> float:
    """Return the chance that so many questions, spread at random, make a cluster somewhere."""
    from assetmap.detectors import chance_of_cluster

    return float(chance_of_cluster(number, days, households, within=within, discrete=True))


def _card(
    scene: Scene,
    settings: SignalSettings,
    key: tuple[str, str | None],
    last: dt.date,
    surprise: Surprise,
) -> Card:
    theme, area = key
    first = last - dt.timedelta(days=settings.window_days - 1)
    own = days_of(scene.streams[key], first, last)
    fields = about(scene, own, theme, area)
    parties = of_parties(scene, theme, area)
    facts = {"n": fields["households"], "days": settings.window_days, "theme": fields["theme_name"]}
    where = {} if area is None else {"area": fields["area_name"]}
    rule = Line.of("lane_agreement.rule", n=settings.households, days=settings.window_days)
    return Card(
        card=card_id(Lane.AGREEMENT, theme, area),
        lane=Lane.AGREEMENT,
        what=Line.of(
            "lane_agreement.what_area" if where else "lane_agreement.what", **facts, **where
        ),
        first=first,
        last=last,
        contacts=scene.contacts(first, last, area),
        surprise=surprise,
        basis=Basis(rule, VERSION, None, told_left_out(scene.gathered.left_out_of(theme))),
        parties=parties,
        steps=_steps(scene, own, parties, fields),
        others=_others(own),
        **fields,
    )


def _steps(
    scene: Scene, events: Sequence[Event], parties: tuple[Whom, ...], fields: dict[str, object]
) -> tuple[Line, ...]:
    records = {event.record for event in events}
    still_open = sum(f"need:{need.need}" in records for need in scene.open_needs)
    named = tuple(name for party in parties if (name := party.name or party.kind) is not None)
    steps = []
    if fields["talents"] or fields["to_join"]:
        steps.append(Line.of("lane_agreement.with_talents"))
    if named:
        steps.append(Line.of("lane_agreement.bring_together", parties=named))
    steps.append(Line.of("lane_agreement.start"))
    if still_open:
        steps.append(Line.of("lane_agreement.keep_open", n=still_open))
    return tuple(steps)


def _others(own: Sequence[Event]) -> tuple[Line, ...]:
    one = [Line.of("lane_agreement.one_reporter")] if one_reporter(own) else []
    return (*one, Line.of("lane_agreement.attention"), Line.of("lane_agreement.same_cause"))


def _lately(scene: Scene, settings: SignalSettings) -> list[Collective]:
    """Return the signals about a group of the last `look_back_days`."""
    first = scene.asof - dt.timedelta(days=settings.look_back_days - 1)
    return [each for each in collective(scene.hood) if first <= each.date <= scene.asof]


def _of_group(scene: Scene, each: Collective) -> Card:
    """Return the card of a signal about a group: nobody stands in it."""
    note = f"observation:{each.observation}"
    theme = scene.theme_name(each.category)
    found = fitting(scene, each.category, None)
    giver, actor = scene.whom(each.from_party), scene.whom(each.to_party)
    facts: dict[str, Fact] = {"theme": theme, "group": each.target_group}
    known = each.answered is not None and each.answered <= scene.asof
    days = (each.answered - each.date).days if known and each.answered else 0
    answer = Line.of("lane_agreement.answered", n=days) if known else None
    taken = scene.whom(each.initiative)
    steps = [answer] if answer else []
    if taken is not None and taken.name is not None and not known:
        steps.append(Line.of("lane_agreement.ask_initiative", who=taken.name))
    if actor is not None and actor.name is not None:
        steps.append(Line.of("lane_agreement.tell_party", who=actor.name))
    return Card(
        card=card_id(Lane.AGREEMENT, note),
        lane=Lane.AGREEMENT,
        what=(
            Line.of("lane_agreement.group_from", who=giver.name, **facts)
            if giver is not None and giver.name is not None
            else Line.of("lane_agreement.group", **facts)
        ),
        theme=each.category,
        theme_name=theme,
        first=each.date,
        last=scene.asof,
        count=1,
        people=0,
        households=0,
        latest=each.date,
        basis=Basis(Line.of("lane_agreement.group_rule"), VERSION),
        evidence=(note,),
        members=(scene.member_of(note),),
        nearby=found.nearby,
        talents=found.talents,
        to_join=found.to_join,
        parties=of_parties(scene, each.category, None),
        ask=tuple(whom for whom in (giver, taken) if whom is not None),
        to=() if actor is None or actor.ref is None else (actor.ref,),
        steps=tuple(steps),
        others=(Line.of("lane_agreement.whose_words"),),
        state=CardState.PICKED_UP if known else CardState.NEW,
    )
