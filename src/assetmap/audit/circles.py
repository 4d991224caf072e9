"""Whether those who help each other are named: all of them, and nobody else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assetmap.audit.deeds import deeds_of
from assetmap.audit.facts import Facts
from assetmap.audit.views import CircleView, PlanView
from assetmap.model import Leg, Need

__all__ = ["faults_of_circles"]


def faults_of_circles(
    facts: Facts, plans: Sequence[PlanView], told: Sequence[CircleView]
) -> Iterator[str]:
    """Yield the circles of two or three that are missing, wrong, or told twice."""
    named = [tuple(circle.people) for circle in told]
    if len(named) != len(set(named)):
        yield "a circle is told twice"
    true = _true(_steps(facts, plans))
    for people in sorted(set(true) ^ set(named)):
        yield f"{' '.join(people)}: whether they help each other is told wrongly"
    for circle in told:
        if true.get(tuple(circle.people), list(circle.plans)) != list(circle.plans):
            yield f"{' '.join(circle.people)}: the plans of this circle are others"


def _true(steps: set[tuple[str, str, str]]) -> dict[tuple[str, ...], list[str]]:
    """Return every way round of two or three steps, begun at the lowest id, with its plans."""
    pairs = {(a, b) for a, b, _ in steps}
    rounds: list[tuple[tuple[str, str], ...]] = [(one, (one[1], one[0])) for one in pairs]
    joined = [(one, other) for one in pairs for other in pairs if one[1] == other[0]]
    rounds += [(one, other, (other[1], one[0])) for one, other in joined]
    found: dict[tuple[str, ...], list[str]] = {}
    for turns in rounds:
        ring = tuple(turn[0] for turn in turns)
        once = len(set(ring)) == len(ring)
        if once and set(turns) <= pairs and ring[0] == min(ring):
            found[ring] = sorted({plan for a, b, plan in steps if (a, b) in turns})
    return found


def _steps(facts: Facts, plans: Sequence[PlanView]) -> set[tuple[str, str, str]]:
    """Return who does something for whom, person to person and not for pay, in which plan."""
    found = set()
    for plan in plans:
        need = facts.need(plan.need)
        asker = facts.asker(need) if need is not None else None
        if need is None or asker is None or _discreet(need):
            continue
        for part, one in zip(plan.legs, deeds_of(facts, plan), strict=True):
            gives = one.giver is not None and one.giver[0] == "people" and one.place is None
            own = one.leg in {Leg.ACTIVITY, Leg.GROUP}
            if gives and not own and part.rung != "professional" and one.giver is not None:
                found.add((one.giver[1], asker.person, plan.plan))
    return found


def _discreet(need: Need) -> bool:
    return bool(need.sensitive or need.not_known or need.not_area)
