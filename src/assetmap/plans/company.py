"""Needs that take several people: one plan with so many givers, each at their own time."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from assetmap.plans.options import Giver, Option, Part

if TYPE_CHECKING:
    from assetmap.plans.asks import Ask
    from assetmap.plans.scene import Scene

__all__ = ["together"]


def together(scene: Scene, ask: Ask, options: list[Option]) -> list[Option]:
    """Join plans with one giver each into plans with as many as are asked.

    Who helps a person comes at the same time. Who helps an initiative comes at their own first
    time of the week, and the plan is for the week. Activities, vacancies and places stay as they
    are.
    """
    count = ask.need.people_needed or 1
    single = [o for o in options if o.offer.talent is not None and len(o.parts) == 1]
    joined = [o for o in options if o.offer.talent is None]
    moments: dict[tuple[int, str], dict[str, Option]] = defaultdict(dict)
    for option in sorted(single, key=lambda o: (str(o.start), o.key)):
        when = str(option.start) if ask.person is not None else f"{option.week:03}"
        moments[option.slot.index, when].setdefault(option.offer.provider, option)
    for _, found in sorted(moments.items()):
        if len(found) >= count:
            joined.append(_joined(scene, list(found.values()), count))
    return joined


def _joined(scene: Scene, found: list[Option], count: int) -> Option:
    first = found[0]
    givers: tuple[Giver, ...] = tuple(o.parts[0].givers[0] for o in found)
    parts = (Part(first.parts[0].leg, givers, count),)
    if first.ask.person is not None:
        return replace(first, parts=parts)
    monday = scene.today + dt.timedelta(weeks=first.week)
    return replace(first, parts=parts, start=monday, end=None)
