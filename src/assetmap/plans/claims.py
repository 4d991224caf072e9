"""Which other initiatives ask the time of the worker who is proposed for one."""

from __future__ import annotations

from collections.abc import Collection

from assetmap.model import Neighbourhood, Person, Talent
from assetmap.plans.outcome import Plan, PlanStatus

__all__ = ["also_asking"]


def also_asking(hood: Neighbourhood, asked: Collection[str], plan: Plan) -> tuple[str, ...]:
    """Return the other initiatives that ask what the worker of a plan gives to one, by id.

    Parameters
    ----------
    hood : Neighbourhood
        The neighbourhood of the run.
    asked : collection of str
        The needs that the run tells about.
    plan : Plan
        One of its plans.

    Returns
    -------
    tuple of str
        Empty where no worker gives it, or it is for a person.
    """
    owner, initiatives = hood.need(plan.need).owner, hood.index["initiatives"]
    if plan.status is not PlanStatus.PROPOSED or owner not in initiatives:
        return ()
    given = [
        talent.category
        for leg in plan.legs
        if isinstance(talent := hood.index["talents"].get(leg.talent or ""), Talent)
        and isinstance(giver := hood.index["people"].get(leg.provider), Person)
        and giver.is_worker
    ]
    needs = (hood.need(name) for name in asked) if given else ()
    found = {
        need.owner
        for need in needs
        if need.owner in initiatives and any(hood.tree.answer(c, need.category) for c in given)
    }
    return tuple(sorted(found - {owner}))
