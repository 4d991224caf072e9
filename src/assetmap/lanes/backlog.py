"""Questions wait longer, or the list of open ones grows."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from assetmap.lanes.card import Basis, Card, Lane, Surprise, card_id
from assetmap.lanes.lines import Fact, Line
from assetmap.lanes.parts import addressed, around, members_of
from assetmap.lanes.results import Lack, LaneResult, cannot_say, looked
from assetmap.lanes.scene import Scene
from assetmap.lanes.waits import Wait, flow, little, waits
from assetmap.model import SignalSettings

__all__ = ["look"]

VERSION = "backlog 1"
_WEEK = 7
_WEEKS = 52
_OTHER_COHORT = 2
"""Questions of a period are compared with those of so many as long before it."""
_OUT_OF_BALANCE = 1.5
"""The list is so many times as long as coming and waiting would make it."""


def look(scene: Scene, settings: SignalSettings) -> LaneResult:
    """Return whether questions wait longer, or pile up.

    Open questions count as much as closed ones: of those that wait it is known how long already.

    1. Over `list_weeks` weeks of seven days up to the day, the list grew in all but one; or more
       came in than went out, and a fair coin would seldom fall so often on one side.
    2. The questions of the last `waits_weeks` wait longer than those of twice as long before: the
       log-rank test, with the median of both.
    3. The questions about one theme wait longer than all others of these periods.

    A card tells the oldest that is open, the median with its interval, and whether the list is
    longer than what comes in and how long it waits would make it (Little's law).
    """
    found, undated = waits(scene.hood, scene.asof)
    left_out = Counter({"lane_backlog.undated": undated})
    if not found:
        return cannot_say(Lane.BACKLOG, Lack.NO_DATES if undated else Lack.NOTHING_KNOWN)
    history = (scene.asof - min(wait.since for wait in found)).days + 1
    needed = settings.list_weeks * _WEEK
    if history < needed:
        return cannot_say(Lane.BACKLOG, Lack.LITTLE_HISTORY, days=history, needed=needed)
    if len(found) < settings.fewest:
        return cannot_say(Lane.BACKLOG, Lack.TOO_FEW, n=len(found), needed=settings.fewest)
    tested: list[float] = []
    cards = [
        *_grows(scene, settings, found, tested),
        *_slower(scene, settings, found, tested),
        *_themes(scene, settings, found, tested),
    ]
    themes = len({wait.category for wait in found})
    return looked(Lane.BACKLOG, cards, streams=themes, tested=tested, left_out=left_out)


# --- the list grows ------------------------------------------------------------------------------


def _grows(
    scene: Scene, settings: SignalSettings, found: Sequence[Wait], tested: list[float]
) -> Iterator[Card]:
    from assetmap.detectors import exact_binomial

    weeks = settings.list_weeks
    own = flow(found, scene.asof, weeks)
    came, gone = sum(own.inflow), sum(own.outflow)
    p = exact_binomial(came, came + gone, expected=0.5, side="greater") if came + gone else 1.0
    tested.append(p)
    steady = own.rose >= weeks - 1
    if not steady and not (came > gone and p <= settings.alpha):
        return
    rule = Line.of("lane_backlog.steady", n=own.rose, weeks=weeks)
    if not steady:
        rule = Line.of("lane_backlog.more_came", came=came, gone=gone)
    first = scene.asof - dt.timedelta(days=weeks * _WEEK - 1)
    waiting = [wait for wait in found if wait.ended is None]
    facts = {"n": own.open[-1], "before": own.open[0], "weeks": weeks}
    yield Card(
        card=card_id(Lane.BACKLOG, None, "grows"),
        lane=Lane.BACKLOG,
        what=Line.of("lane_backlog.grows", **facts),
        first=first,
        last=scene.asof,
        count=own.open[-1],
        surprise=None if steady else _surprise(p),
        basis=Basis(rule, VERSION, _oldest(scene, waiting)),
        steps=(
            Line.of("lane_backlog.oldest_first"),
            Line.of("lane_backlog.could_join"),
        ),
        others=(
            *_unbalanced(scene, settings, found),
            Line.of("lane_backlog.more_asked"),
            Line.of("lane_backlog.fewer_hands"),
        ),
        **_about(scene, waiting),
    )


def _surprise(p: float) -> Surprise:
    """Return how surprising it is; looked at every week, it cannot be more often than that."""
    return Surprise(times_a_year=_WEEKS * p, p=p, at_most=True)


def _about(scene: Scene, own: Sequence[Wait]) -> dict[str, Any]:
    """Return the fields of a card on some waits; what is near fits what is waited for most."""
    needs = tuple(f"need:{need}" for wait in own for need in wait.needs)
    themes = Counter(wait.category for wait in own)
    most = min(themes, key=lambda theme: (-themes[theme], theme), default="volunteering")
    index = scene.hood.index["needs"]
    holders = {index[ref.removeprefix("need:")].value("worker") for ref in needs}
    return {
        "people": len({wait.owner for wait in own}),
        "latest": max((wait.since for wait in own), default=None),
        "evidence": tuple(sorted(needs)),
        "members": members_of(scene, needs),
        **addressed(scene, {wait.owner for wait in own} | holders),
        **around(scene, most, None),
    }


def _oldest(scene: Scene, waiting: Sequence[Wait]) -> Line | None:
    if not waiting:
        return None
    oldest = max(wait.days(scene.asof) for wait in waiting)
    return Line.of("lane_backlog.oldest", n=oldest)


def _unbalanced(scene: Scene, settings: SignalSettings, found: Sequence[Wait]) -> tuple[Line, ...]:
    """Tell that the list is longer than Little's law makes it, where it is."""
    law = little(found, scene.asof, settings.list_weeks)
    if law is None or law[0] <= _OUT_OF_BALANCE * law[1]:
        return ()
    return (Line.of("lane_backlog.not_closed", length=round(law[0]), expected=round(law[1])),)


# --- waits are longer ----------------------------------------------------------------------------


def _log_rank(own: Sequence[Wait], others: Sequence[Wait], asof: dt.date) -> tuple[float, bool]:
    """Return p, and whether the first wait longer; 1 where nothing can differ."""
    from assetmap.detectors import log_rank

    both = [*own, *others]
    found = log_rank(
        [wait.days(asof) for wait in both],
        [wait.ended is not None for wait in both],
        group=[0] * len(own) + [1] * len(others),
    )
    if found is None:
        return 1.0, False
    return found.p, bool(found.ended[0] < found.expected[0])


def _median(own: Sequence[Wait], asof: dt.date) -> Line:
    """Tell the median wait with its interval; or that half of them is not done yet."""
    from assetmap.detectors import kaplan_meier

    curve = kaplan_meier(
        [wait.days(asof) for wait in own], [wait.ended is not None for wait in own]
    )
    low, high = curve.median_interval
    if curve.median is None or low is None:
        return Line.of("lane_backlog.not_half", n=len(own))
    facts: dict[str, Fact] = {"median": round(curve.median), "low": round(low)}
    if high is None:
        return Line.of("lane_backlog.median_open", **facts)
    return Line.of("lane_backlog.median", high=round(high), **facts)


def _cohorts(found: Sequence[Wait], asof: dt.date, weeks: int) -> tuple[list[Wait], list[Wait]]:
    """Return the waits that began in the last weeks, and in twice as many before them."""
    days = weeks * _WEEK
    back = [((asof - wait.since).days, wait) for wait in found]
    now = [wait for ago, wait in back if ago < days]
    before = [wait for ago, wait in back if days <= ago < (1 + _OTHER_COHORT) * days]
    return now, before


def _slower(
    scene: Scene, settings: SignalSettings, found: Sequence[Wait], tested: list[float]
) -> Iterator[Card]:
    now, before = _cohorts(found, scene.asof, settings.waits_weeks)
    if min(len(now), len(before)) < settings.fewest:
        return
    p, longer = _log_rank(now, before, scene.asof)
    tested.append(p)
    if longer and p <= settings.alpha:
        yield Card(
            card=card_id(Lane.BACKLOG, None, "slower"),
            lane=Lane.BACKLOG,
            what=Line.of("lane_backlog.slower", weeks=settings.waits_weeks),
            first=scene.asof - dt.timedelta(days=settings.waits_weeks * _WEEK - 1),
            last=scene.asof,
            count=len(now),
            surprise=_surprise(p),
            basis=Basis(_median(now, scene.asof), VERSION, _median(before, scene.asof)),
            **_waiting(scene, [wait for wait in now if wait.ended is None]),
        )


def _waiting(scene: Scene, waiting: Sequence[Wait]) -> dict[str, Any]:
    return {
        **_about(scene, waiting),
        "steps": (
            Line.of("lane_backlog.oldest_first"),
            Line.of("lane_backlog.could_join"),
        ),
        "others": (
            Line.of("lane_backlog.harder"),
            Line.of("lane_backlog.closed_is_not_helped"),
        ),
    }


def _themes(
    scene: Scene, settings: SignalSettings, found: Sequence[Wait], tested: list[float]
) -> Iterator[Card]:
    now, before = _cohorts(found, scene.asof, settings.waits_weeks)
    lately = [*now, *before]
    for theme in sorted({wait.category for wait in lately}):
        own = [wait for wait in lately if wait.category == theme]
        others = [wait for wait in lately if wait.category != theme]
        if min(len(own), len(others)) < settings.fewest:
            continue
        p, longer = _log_rank(own, others, scene.asof)
        tested.append(p)
        if longer and p <= settings.alpha:
            name = scene.theme_name(theme)
            yield Card(
                card=card_id(Lane.BACKLOG, theme, "slower"),
                lane=Lane.BACKLOG,
                what=Line.of("lane_backlog.theme", theme=name),
                theme=theme,
                theme_name=name,
                last=scene.asof,
                count=len(own),
                surprise=_surprise(p),
                basis=Basis(_median(own, scene.asof), VERSION, _median(others, scene.asof)),
                **_waiting(scene, [wait for wait in own if wait.ended is None]),
            )
