"""Needs that take several people: one plan with so many givers, each at their own time."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING

from assetmap.plans.options import Giver, Option, Part

if TYPE_CHECKING:
    from assetmap.plans.asks import Ask
    from assetmap.plans.scene import Scene

__all__ = ["together"]


def together(scene: Scene, ask: Ask, options: list[Option]) -> list[Option]:
    """Join plans with one giver each into plans with as many as are asked, one per week.

    Every giver stands at the first time of the week that suits both; the plan is for the week.
    Activities, vacancies and places stay as they are.
    """
    count = ask.need.people_needed or 1
    single = [o for o in options if o.offer.talent is not None and len(o.parts) == 1]
    joined = [o for o in options if o.offer.talent is None]
    weeks: dict[tuple[int, int], dict[str, Option]] = defaultdict(dict)
    for option in sorted(single, key=lambda o: (str(o.start), o.key)):
        weeks[option.slot.index, option.week].setdefault(option.offer.provider, option)
    for (_, week), found in sorted(weeks.items()):
        if len(found) >= count:
            joined.append(_joined(scene, week, list(found.values()), count))
    return joined


def _joined(scene: Scene, week: int, found: list[Option], count: int) -> Option:
    first = found[0]
    givers: tuple[Giver, ...] = tuple(o.parts[0].givers[0] for o in found)
    return Option(
        ask=first.ask,
        slot=first.slot,
        offer=first.offer,
        parts=(Part(first.parts[0].leg, givers, count),),
        start=scene.today + dt.timedelta(weeks=week),
        end=None,
        week=week,
    )
