"""What people decided before: who is not proposed again for a while, and what was agreed to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from assetmap.model import Decision, DecisionWord, Leg

if TYPE_CHECKING:
    from assetmap.plans.scene import Scene

__all__ = [
    "agreed",
    "agreed_moments",
    "agreed_on",
    "by_need",
    "finished",
    "legs_code",
    "plan_id",
    "refusals",
    "refused",
    "stepped_down",
    "turned_down",
]

_NO = frozenset({DecisionWord.NOT_NOW, DecisionWord.NO_MORE})


def plan_id(need: str, code: str, when: dt.date | None) -> str:
    """Write the stable id of a plan: need, code of its legs, date.

    Examples
    --------
    >>> import datetime as dt
    >>> plan_id("n1", "k3f9q2", dt.date(2026, 11, 27))
    'n1-k3f9q2-20261127'
    """
    date = f"-{when:%Y%m%d}" if when is not None else ""
    return f"{need}-{code}{date}"


def legs_code(plan: str, need: str) -> str:
    """Return the part of a plan id that stands for its legs, whatever its date.

    Examples
    --------
    >>> legs_code("n1-k3f9q2-20261127", "n1")
    'k3f9q2'
    """
    return plan.removeprefix(f"{need}-").partition("-")[0]


def by_need(plans: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return the ids of plans by the need that they may be for.

    Whether an id ends in a date or in the code of its legs cannot be seen for certain; it stands
    under both needs that it may be for.

    Examples
    --------
    >>> by_need(["n1-k3f9q2x7-20261127"])["n1"]
    frozenset({'n1-k3f9q2x7-20261127'})
    """
    found: dict[str, set[str]] = {}
    for plan in plans:
        for parts in (1, 2):
            found.setdefault(plan.rsplit("-", parts)[0], set()).add(plan)
    return {need: frozenset(ids) for need, ids in found.items()}


def _holds(scene: Scene, decision: Decision) -> bool:
    """Say whether a refusal still counts on the Monday of the run."""
    if decision.until is not None:
        return decision.until >= scene.today
    policy = scene.policy
    now = decision.decision is DecisionWord.NOT_NOW
    days = policy.not_now_days if now else policy.declined_days
    return decision.date + dt.timedelta(days=days) > scene.today


def refusals(scene: Scene, need: str) -> tuple[Decision, ...]:
    """Return the refusals for a need that still count."""
    found = scene.decisions.get(need)
    if not found:
        return ()
    return tuple(d for d in found if d.decision in _NO and _holds(scene, d))


def refused(scene: Scene, need: str, provider: str) -> bool:
    """Say whether this provider is not to be proposed for this need now.

    They were turned down, or stopped a standing arrangement for it a short while ago.
    """
    if any(d.provider == provider for d in refusals(scene, need)):
        return True
    legs = {r.leg for r in scene.arrangements.get(need, ()) if r.provider == provider}
    return bool(legs) and all(stepped_down(scene, need, provider, leg) for leg in legs)


def stepped_down(scene: Scene, need: str, provider: str, leg: Leg) -> bool:
    """Say whether somebody ended this part of a standing arrangement a short while ago.

    An end within the horizon counts too: who stops is not asked again for the same.
    """
    since = scene.today - dt.timedelta(days=scene.policy.not_now_days)
    rows = scene.arrangements.get(need, ())
    ends = [r.until for r in rows if r.provider == provider and r.leg is leg]
    known = [day for day in ends if day is not None]
    return bool(ends) and len(known) == len(ends) and since <= max(known) < scene.last


def turned_down(scene: Scene, need: str) -> frozenset[str]:
    """Return the codes of whole plans that were turned down for a need and still count."""
    return frozenset(legs_code(d.plan, need) for d in refusals(scene, need) if d.provider is None)


def agreed(scene: Scene, need: str) -> frozenset[str]:
    """Return the ids of plans that somebody decided to do, and nobody took back since."""
    return frozenset(agreed_moments(scene, need))


def agreed_moments(scene: Scene, need: str) -> Mapping[str, dt.datetime | None]:
    """Return the plans that somebody decided to do with the moment that was agreed to."""
    last = {decision.plan: decision for decision in scene.decisions.get(need, ())}
    return {plan: said.moment for plan, said in last.items() if said.decision is DecisionWord.DO}


def agreed_on(plan: str) -> dt.date | None:
    """Return the date in a plan id, or None.

    Examples
    --------
    >>> agreed_on("n1-k3f9q2-20261127")
    datetime.date(2026, 11, 27)
    """
    text = plan.rpartition("-")[2]
    try:
        return dt.datetime.strptime(text, "%Y%m%d").date()
    except ValueError:  # somebody typed it
        return None


def finished(scene: Scene, need: str) -> bool:
    """Say whether a need was met: a plan for it was carried out."""
    words = [d.decision for d in scene.decisions.get(need, ())]
    return DecisionWord.DONE in words
