"""What else could be: the next-best plans for a need, and who can step in when somebody cancels."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType

from assetmap.errors import UnusableInput
from assetmap.explain.reasons import chosen_language, found_need, told_plan
from assetmap.match import Proposals
from assetmap.model import Leg, Level
from assetmap.plans import Beside, Chosen, Option, Other, Plan, PlanStatus, Worked, proposed
from assetmap.plans.options import Giver
from assetmap.plans.wording import Teller

__all__ = ["Alternative", "Reserve", "alternatives", "reserves"]


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another plan for a need, possible beside everything else that is proposed.

    Attributes
    ----------
    plan : Plan
        The plan.
    differs : Level or None
        The first level on which it is worse than what is proposed; None: it is not.
    cost : Mapping[str, int]
        How much the run as a whole loses on each level, in the units of that level; below 0:
        what it gains on a later level than the one that decides.
    sentence : str
        The same in words.
    """

    plan: Plan
    differs: Level | None
    cost: Mapping[str, int]
    sentence: str

    def __str__(self) -> str:
        """Return the sentence."""
        return self.sentence


@dataclass(frozen=True, slots=True)
class Reserve:
    """Who could take over one part of a plan, the rest of it staying as it is.

    Attributes
    ----------
    leg : Leg
        Which part.
    provider : str
        Who gives it now.
    others : tuple of Alternative
        The same plan with somebody else there, the best first.
    """

    leg: Leg
    provider: str
    others: tuple[Alternative, ...]


def alternatives(
    proposals: Proposals,
    need: str,
    *,
    k: int = 3,
    plan: str | None = None,
    language: str | None = None,
    name: Callable[[str], str] | None = None,
) -> tuple[Alternative, ...]:
    """Find the next-best plans for a need; everybody else keeps the very plan they have.

    Other people and other activities come first, each on its best day; then the same on other
    days. Each is the best one, level by level, that was not named before: found by solving again
    with what the others use taken away.

    Parameters
    ----------
    proposals : Proposals
        The run.
    need : str
        Id of a need, bare or as ``need:n1``.
    k : int, default 3
        At most so many.
    plan : str, optional
        Id of one of its plans, where it comes back; default: the first that can be traded.
    language : str, optional
        Language of the sentences; default: the team's.
    name : callable, optional
        How a party is named, such as ``called(proposals.hood)``; default: by id.

    Returns
    -------
    tuple of Alternative
        In that order, the best first; empty where there is no other plan, and for a standing
        arrangement.

    Raises
    ------
    UnknownName
        There is no such need.
    UnusableInput
        `k` is below 0, or the need has no such plan.

    Examples
    --------
    >>> import assetmap
    >>> from assetmap.model import Need, Neighbourhood, Person, Talent, Tie
    >>> people = [Person(person=p, area="north") for p in ("p1", "p2", "p3")]
    >>> hood = Neighbourhood.from_records(
    ...     people,
    ...     Talent(talent="t2", owner="p2", category="shopping"),
    ...     Talent(talent="t3", owner="p3", category="shopping"),
    ...     Tie(a="p1", b="p2", kind="friend"),
    ...     Need(need="n1", owner="p1", category="shopping", talked="yes", tried="own_network"),
    ... )
    >>> proposals = assetmap.propose(hood, "2026-W48")
    >>> others = alternatives(proposals, "n1", k=9)
    >>> proposals.plan_for("n1").legs[0].provider, others[-1].plan.legs[0].provider
    ('p3', 'p2')
    >>> others[-1].differs
    <Level.LADDER: 'ladder'>
    """
    if k < 0:
        raise UnusableInput(f"k is {k}; give how many alternatives you want, 0 or more.")
    found = found_need(proposals, need).need
    teller = Teller(proposals, chosen_language(proposals, language), name or str)
    return tuple(
        _alternative(teller, worked, other)
        for worked, beside in _beside(proposals, found, plan)
        for other in islice(_others(beside), k)
    )


def reserves(
    proposals: Proposals,
    plan: str,
    *,
    k: int = 3,
    language: str | None = None,
    name: Callable[[str], str] | None = None,
) -> tuple[Reserve, ...]:
    """Find who can step in for each part of a plan, so that nobody needs a new run.

    Parameters
    ----------
    proposals : Proposals
        The run.
    plan : str
        Id of a plan that is proposed or decided on.
    k : int, default 3
        At most so many for each part.
    language : str, optional
        Language of the sentences; default: the team's.
    name : callable, optional
        How a party is named; default: by id.

    Returns
    -------
    tuple of Reserve
        One per part that somebody gives, in the order in which they happen.

    Raises
    ------
    UnusableInput
        There is no such plan.

    Examples
    --------
    >>> import assetmap
    >>> from assetmap.model import Need, Neighbourhood, Person, Talent
    >>> people = [Person(person=p, area="north") for p in ("p1", "p2", "p3")]
    >>> hood = Neighbourhood.from_records(
    ...     people,
    ...     Talent(talent="t2", owner="p2", category="shopping"),
    ...     Talent(talent="t3", owner="p3", category="shopping"),
    ...     Need(need="n1", owner="p1", category="shopping", talked="yes"),
    ... )
    >>> proposals = assetmap.propose(hood, "2026-W48")
    >>> found = reserves(proposals, proposals.items[0].plan)
    >>> {found[0].provider, found[0].others[0].plan.legs[0].provider} == {"p2", "p3"}
    True
    """
    item = next((p for p in proposals.items if p.plan == plan), None)
    if item is None:
        raise UnusableInput(f"There is no plan {plan!r} in this run.")
    teller = Teller(proposals, chosen_language(proposals, language), name or str)
    return tuple(
        Reserve(giver.leg, giver.offer.provider, tuple(_instead(teller, worked, beside, giver, k)))
        for worked, beside in _beside(proposals, item.need, plan)
        for giver in _givers(beside)
        if giver.leg is not Leg.ACTIVITY
    )


def _others(beside: Beside) -> Iterator[Other]:
    """Yield other people and activities first, each on its best day; then the other days."""
    told = set()
    for other in beside.others(other_people=True):
        told.add(_same(other))
        yield other
    for other in beside.others():
        if _same(other) not in told:
            yield other


def _same(other: Other) -> tuple[object, frozenset[object]]:
    return other.chosen.option.day, frozenset(giver.identity for giver in other.chosen.givers)


def _beside(proposals: Proposals, need: str, plan: str | None) -> Iterator[tuple[Worked, Beside]]:
    """Yield the small problem of the occurrence that is asked about, if it can be solved again."""
    worked = proposals.worked
    if worked is None:
        raise UnusableInput("These proposals do not hold their working; run propose again.")
    mine = [p for p in proposals.items if p.need == need]
    if plan is not None and all(p.plan != plan for p in mine):
        raise UnusableInput(f"Need {need!r} has no plan {plan!r} in this run.")
    if worked.solution.chosen is None:
        return
    traded = [p for p in mine if p.status is not PlanStatus.STANDING]
    if mine and not traded:
        return
    wanted = plan or (traded[0].plan if traded else None)
    for ask in worked.working.opened.asks:
        for slot in ask.slots if ask.id == need else ():
            beside = Beside(worked.encoded, worked.solution, (need, slot.index))
            now = beside.now()
            if _id(now) == wanted:
                yield worked, beside
                return


def _id(chosen: Chosen | None) -> str | None:
    return None if chosen is None else chosen.option.plan(list(chosen.givers))


def _givers(beside: Beside) -> tuple[Giver, ...]:
    now = beside.now()
    return () if now is None else now.givers


def _instead(
    teller: Teller, worked: Worked, beside: Beside, giver: Giver, k: int
) -> Iterator[Alternative]:
    """Yield the same plan at the same time with somebody else for one part."""
    now = beside.now()
    assert now is not None
    stay = {g.identity for g in now.givers if g is not giver}

    def allowed(option: Option, other: Giver) -> bool:
        same_time = option.start == now.option.start
        return same_time and (other.identity in stay or other.leg is giver.leg)

    several = sum(g.leg is giver.leg for g in now.givers) > 1
    found = (o for o in beside.others(allowed) if not several or _keeps(o, stay))
    for other in islice(found, k):
        yield _alternative(teller, worked, other)


def _keeps(other: Other, stay: set[tuple[str, str, str, str]]) -> bool:
    """Say whether everybody else stays, where several give the same part."""
    return stay <= {g.identity for g in other.chosen.givers}


def _alternative(teller: Teller, worked: Worked, other: Other) -> Alternative:
    scene, links = worked.working.scene, worked.working.links
    plan = proposed(scene, other.chosen, links)
    levels = scene.policy.levels
    differs = next((level for level, n in zip(levels, other.cost, strict=True) if n > 0), None)
    first = next((level for level, n in zip(levels, other.cost, strict=True) if n), None)
    cost = {level.value: n for level, n in zip(levels, other.cost, strict=True)}
    said = [told_plan(teller, plan), _compared(teller, differs if differs is first else None)]
    return Alternative(plan, differs, MappingProxyType(cost), " ".join(said))


def _compared(teller: Teller, differs: Level | None) -> str:
    return teller.say(f"explain.other.{'none' if differs is None else differs.value}")
