"""Visits in turns: whether they are spread as evenly as those who can allow."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from assetmap.audit.deeds import Deed, deeds_of
from assetmap.audit.facts import Facts
from assetmap.audit.possible import whole
from assetmap.audit.shapes import slots, touches
from assetmap.audit.views import PlanView
from assetmap.model import Need

__all__ = ["uneven"]


def uneven(facts: Facts, plans: Sequence[PlanView], deeds: Sequence[Deed]) -> Iterator[str]:
    """Yield the turns that somebody with two fewer could have taken, all else being the same.

    Plans that were kept from a week before are left out, and so are those with several givers.
    """
    turns: dict[str, list[PlanView]] = defaultdict(list)
    for plan in plans:
        need = facts.need(plan.need)
        mine = plan.status == "proposed" and len(plan.legs) == 1
        if need is not None and mine and _in_turns(facts, need):
            turns[plan.need].append(plan)
    for name, own in sorted(turns.items()):
        need = facts.need(name)
        assert need is not None
        count = Counter(plan.legs[0].provider for plan in own)
        for plan in own:
            if plan.scores.get("continuity"):
                continue
            gone = deeds_of(facts, plan)
            others = [d for d in deeds if d not in gone]
            for found in whole(facts, need, others):
                one = found.deeds[0]
                if one.giver is None or one.giver[0] != "people" or len(found.deeds) > 1:
                    continue
                same = _same_turn(facts, need, plan.occurrence, one.start)
                less = count[one.giver[1]] + 2 <= count[plan.legs[0].provider]
                if same and less and found.rung.step == plan.rung.step:
                    yield f"{plan.plan}: {one.giver[1]} has two turns fewer, and could"


def _in_turns(facts: Facts, need: Need) -> bool:
    """Say whether a question comes back more than once in some week."""
    weeks = Counter(facts.week_of(first) for first, _ in slots(facts, need))
    return need.rrule is not None and max(weeks.values(), default=0) > 1


def _same_turn(facts: Facts, need: Need, one: dt.date | None, other: dt.date | None) -> bool:
    found = slots(facts, need)
    return any(touches(slot, one) and touches(slot, other) for slot in found)
