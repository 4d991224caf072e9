"""Fewer hours for building community than the team agreed on."""

from __future__ import annotations

from assetmap.lanes.card import Basis, Card, Lane, card_id
from assetmap.lanes.hours import WeekHours, agreed_share, share_of, week_hours
from assetmap.lanes.lines import Line
from assetmap.lanes.parts import around, members_of
from assetmap.lanes.results import Lack, LaneResult, cannot_say, looked
from assetmap.lanes.scene import Scene
from assetmap.model import SignalSettings

__all__ = ["look"]

VERSION = "balance 1"
_WEEK = 7
_LEAST = 3
_FIRM = 12
_CHART = 26


def look(scene: Scene, settings: SignalSettings) -> LaneResult:
    """Return a card when the part for community building lies below what was agreed.

    1. Agreed is `community_share`, or else what the memberships of the team say.
    2. Take the last `hours_weeks` weeks of which hours were written down, as far as they lie in
       the last twice as many: three at least. A week without hours is not known.
    3. It is a signal when the part over these weeks together lies below what was agreed, and so
       it does in more than half of the weeks by themselves.

    A chart of the weeks (XmR) tells whether this is how it always is, or a change. The hours are
    of the team as a whole, and never of one worker or of one conversation.
    """
    weeks = week_hours(scene.hood, scene.asof)
    if not weeks:
        return cannot_say(Lane.BALANCE, Lack.NO_HOURS)
    agreed = settings.community_share or agreed_share(scene.hood, scene.asof)
    if agreed is None:
        return cannot_say(Lane.BALANCE, Lack.NO_AGREEMENT)
    reach = 2 * settings.hours_weeks * _WEEK
    lately = tuple(w for w in weeks if (scene.asof - w.week.sunday).days < reach)
    lately = lately[-settings.hours_weeks :]
    if len(lately) < _LEAST:
        days, needed = _WEEK * len(lately), _WEEK * _LEAST
        return cannot_say(Lane.BALANCE, Lack.LITTLE_HISTORY, days=days, needed=needed)
    below = sum(each.share < agreed for each in lately)
    if share_of(lately) >= agreed or below * 2 <= len(lately):
        return looked(Lane.BALANCE, streams=1)
    return looked(Lane.BALANCE, [_card(scene, weeks[-_CHART:], lately, agreed)], streams=1)


def _card(
    scene: Scene, weeks: tuple[WeekHours, ...], lately: tuple[WeekHours, ...], agreed: float
) -> Card:
    usual, changed = _chart(weeks, len(lately))
    what = Line.of(
        "lane_balance.what",
        percent=_percent(share_of(lately)),
        weeks=len(lately),
        agreed=_percent(agreed),
    )
    near = around(scene, "volunteering", None)
    months = sorted({f"month:{each.week.sunday:%Y-%m}" for each in lately})
    return Card(
        card=card_id(Lane.BALANCE, "community"),
        lane=Lane.BALANCE,
        what=what,
        first=lately[0].week.monday,
        last=lately[-1].week.sunday,
        latest=lately[-1].week.sunday,
        basis=Basis(
            Line.of("lane_balance.rule"),
            VERSION,
            usual,
            () if len(weeks) >= _FIRM else (Line.of("lane_balance.trial", n=len(weeks)),),
        ),
        evidence=tuple(months),
        members=members_of(scene, months),
        steps=(
            Line.of("lane_balance.fixed_part"),
            Line.of("lane_balance.together"),
            Line.of("lane_balance.talk_agreement"),
        ),
        others=(
            Line.of("lane_balance.changed" if changed else "lane_balance.as_always"),
            Line.of("lane_balance.not_written"),
        ),
        **near,
    )


def _percent(part: float) -> int:
    return round(100 * part)


def _chart(weeks: tuple[WeekHours, ...], lately: int) -> tuple[Line, bool]:
    """Return the usual part with its limits, and whether the last weeks fall outside of it."""
    from assetmap.detectors import xmr

    chart = xmr([100 * each.share for each in weeks])
    low, high = max(0.0, float(chart.low[-1])), min(100.0, float(chart.high[-1]))
    centre = float(chart.centre[-1])
    lower = chart.signal[-lately:] & (chart.values[-lately:] < centre)
    facts = {"percent": round(centre), "low": round(low), "high": round(high)}
    return Line.of("lane_balance.usual", n=len(weeks), **facts), bool(lower.any())
