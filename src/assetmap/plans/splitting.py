"""Long questions in turns: several people who help for a short time, where nobody helps for long.

A question that comes back is divided by its dates; one that does not gets two people at once, who
agree between themselves who comes when. Nobody is ever asked for the whole.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from assetmap.model import Leg, Term
from assetmap.plans.building import leg_of
from assetmap.plans.options import Giver, Option, Part

if TYPE_CHECKING:
    from assetmap.plans.asks import Ask
    from assetmap.plans.scene import Scene

__all__ = ["HELPERS", "in_turns", "may_split", "turns_each"]

HELPERS = 2
"""So many people share a long question that names no dates."""


def may_split(scene: Scene, ask: Ask) -> bool:
    """Say whether a question may be divided: long, about help for one person, talked about."""
    need = ask.need
    return (
        scene.policy.split_long
        and need.term is Term.LONG
        and (need.people_needed or 1) == 1
        and ask.talked
        and ask.id not in scene.arrangements
        and leg_of(scene, ask) is Leg.HELP
    )


def turns_each(ask: Ask) -> int:
    """Return for how many of its dates one of them is asked: half at most, rounded up."""
    return (len(ask.slots) + 1) // 2


def in_turns(scene: Scene, ask: Ask, options: list[Option]) -> list[Option]:
    """Join plans of one giver each into plans of several who take turns, week by week.

    Plans for a question that comes back stay as they are: each of its dates is a turn.
    """
    if ask.need.rrule is not None:
        return options
    weeks: dict[tuple[int, int], dict[str, Option]] = defaultdict(dict)
    for option in sorted(options, key=lambda o: (str(o.start), o.key)):
        weeks[option.slot.index, option.week].setdefault(option.offer.provider, option)
    return [
        _joined(scene, list(found.values()))
        for _, found in sorted(weeks.items())
        if len(found) >= HELPERS
    ]


def _joined(scene: Scene, found: list[Option]) -> Option:
    """Return the plan of that week; who comes when is for them to say."""
    first = found[0]
    givers: tuple[Giver, ...] = tuple(
        replace(o.parts[0].givers[0], start=None, end=None) for o in found
    )
    parts = (Part(first.parts[0].leg, givers, HELPERS),)
    monday = scene.today + dt.timedelta(weeks=first.week)
    return replace(first, parts=parts, start=monday, end=None)
