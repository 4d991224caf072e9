"""Matching: the plans of a week for a whole neighbourhood at once, and what could not be met."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from importlib.metadata import version
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from assetmap.errors import UnusableInput
from assetmap.model import Neighbourhood, Policy, Record, SolverLimits, reference
from assetmap.plans import (
    Chosen,
    Circle,
    Doubt,
    Duty,
    Earlier,
    Encoded,
    Funnel,
    Gap,
    Outcome,
    Plan,
    PlanLeg,
    PlanStatus,
    Reason,
    Scene,
    Worked,
    Working,
    agreed,
    agreed_on,
    circles,
    distinct,
    encode,
    further_needs,
    naming_each_other,
    outward,
    overloaded,
    prepared,
    proposed,
    standing_plans,
    unmet,
)
from assetmap.privacy import SafetyRecords, split_safety
from assetmap.schedule import Week
from assetmap.solvers import Reason as Stopped
from assetmap.solvers import Solution, Status, solve

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "Certificate",
    "Circle",
    "Doubt",
    "Duty",
    "Funnel",
    "Gap",
    "Plan",
    "PlanLeg",
    "PlanStatus",
    "Progress",
    "Proposals",
    "Reason",
    "propose",
]

FEW_SECONDS = 10.0
"""For keeping what was decided when the search itself was stopped."""
PLAN_COLUMNS = (
    "plan",
    "need",
    "occurrence",
    "leg",
    "provider",
    "talent",
    "activity",
    "rung",
    "introducer",
    "status",
    "also_helps",
    "doubts",
    "why",
)
UNMET_COLUMNS = ("need", "reason", "leg", "closest", "remedy", "worker", "why")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come; passed to the caller's `progress` function.

    Attributes
    ----------
    stage : str
        ``candidates``, ``solving`` or ``done``.
    done, total : int
        Steps of this stage.
    """

    stage: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Certificate:
    """What is proven about a set of proposals.

    Attributes
    ----------
    status : Status
        ``optimal``: no other plans are better on any level, the higher levels first.
        ``feasible``: good plans, but a level is still open.
    stopped : Reason
        Why the search stopped; after ``time_limit`` another run may end differently.
    objective : Mapping[str, int]
        Value of each level, by its name.
    bound : Mapping[str, int or None]
        Proven upper bound of each level, given the levels before it; None: not computed.
    gap : Mapping[str, int or None]
        Bound minus value.
    considered : str
        ``all`` candidates; ``times``: all, but of the hours at which somebody's help could begin
        only some; ``cut``: some were left out. The plans are the best among those considered.
    cut : int
        Candidates that were left out because there were too many.
    method : str
        Methods of the solver.
    seed : int
        Seed of the run.
    versions : Mapping[str, str]
        Versions of assetmap and of what it solves with.
    notes : tuple of str
        Ids of plans that somebody decided to do but that are no longer possible.
    more_needs : int or None
        A proven bound: at most so many needs more could be met than are, by plans that are worth
        at least as much on the first level; among those considered. None: there are no plans.
    """

    status: Status
    stopped: Stopped
    objective: Mapping[str, int]
    bound: Mapping[str, int | None]
    gap: Mapping[str, int | None]
    considered: str
    cut: int
    method: str
    seed: int
    versions: Mapping[str, str]
    notes: tuple[str, ...] = ()
    more_needs: int | None = None


@dataclass(frozen=True, eq=False)
class Proposals:
    """What a run proposes: introductions to consider, with reasons and doubts. People decide.

    Attributes
    ----------
    hood : Neighbourhood
        The neighbourhood that was matched: safety records set apart, and ids that several kinds
        of party share written with their kind (``person:1``), as they are in the results.
    week : Week
        The week of the run.
    policy : Policy
        The team's choices.
    items : tuple of Plan
        Standing, pinned and proposed plans, by need and date.
    gaps : tuple of Gap
        Open needs without a plan, by need.
    funnels : Mapping[str, Funnel]
        For every open need: how many offers each rule removed. What may not be told apart
        (sharing, safeguards, wishes, refusals) is one number, under ``not_possible_here``.
    met_by_giving : frozenset of str
        Needs that are met by what the asker does for somebody else.
    stopped : tuple of str
        Arrangements that fell away within the horizon.
    overloaded : tuple of str
        Talents of which more hours a week are asked than was agreed; then people (``person:p1``)
        who give, or wrote down, more hours than their memberships say.
    reviews : tuple of str
        What is to be looked at again by the end of the week: protections, sharing, needs.
    certificate : Certificate
        What is proven.
    apart : SafetyRecords
        Records about safety, for the named workers only; they are in no other result.
    worked : Worked or None
        The run as numbers, so that :mod:`assetmap.explain` can answer by solving again.
    """

    hood: Neighbourhood
    week: Week
    policy: Policy
    items: tuple[Plan, ...]
    gaps: tuple[Gap, ...]
    funnels: Mapping[str, Funnel]
    met_by_giving: frozenset[str]
    stopped: tuple[str, ...]
    overloaded: tuple[str, ...]
    reviews: tuple[str, ...]
    certificate: Certificate
    apart: SafetyRecords = field(repr=False)
    worked: Worked | None = field(default=None, repr=False)

    @cached_property
    def roster(self) -> tuple[Duty, ...]:
        """Who is there for activities that cannot do without, on every date of the horizon.

        A post that nobody can fill is a gap: its `missing` is above 0.
        """
        return () if self.worked is None else self.worked.duties()

    @cached_property
    def circles(self) -> tuple[Circle, ...]:
        """Who help each other: pairs both ways, and rings of three, what stands included."""
        return circles(self.hood, self.items)

    @property
    def plans(self) -> pd.DataFrame:
        """One row per leg of every plan, as in ``plans.csv``."""
        import pandas as pd

        from assetmap.plans.wording import plan_rows

        return pd.DataFrame(plan_rows(self), columns=list(PLAN_COLUMNS), dtype="string")

    @property
    def unmet(self) -> pd.DataFrame:
        """One row per open need without a plan, as in ``unmet.csv``."""
        import pandas as pd

        from assetmap.plans.wording import gap_rows

        return pd.DataFrame(gap_rows(self), columns=list(UNMET_COLUMNS), dtype="string")

    def plan_for(self, need: str) -> Plan | None:
        """Return the first plan for a need, or None."""
        return next((p for p in self.items if p.need == need), None)

    def gap_for(self, need: str) -> Gap | None:
        """Return why a need has no plan, or None."""
        return next((g for g in self.gaps if g.need == need), None)

    def __repr__(self) -> str:
        """Return a summary without anything personal."""
        counts = {s: sum(p.status is s for p in self.items) for s in PlanStatus}
        said = ", ".join(f"{n} {status}" for status, n in counts.items() if n)
        return f"<Proposals {self.week}: {said or 'no plans'}, {len(self.gaps)} unmet>"

    def _repr_html_(self) -> str:
        from assetmap.plans.glance import glance

        return glance(self)


def propose(  # noqa: PLR0913 (the knobs of a run; all but two are keywords)
    hood: Neighbourhood,
    week: str | Week | None = None,
    *,
    policy: Policy | None = None,
    time_limit: float | None = None,
    seed: int = 0,
    progress: Callable[[Progress], None] | None = None,
    kept: Collection[str] = (),
    after: Proposals | None = None,
) -> Proposals:
    """Propose the plans of a week for a whole neighbourhood at once.

    1. Safety records are set apart; what standing arrangements use is reserved.
    2. For every other open need all plans are enumerated that pass the hard rules.
    3. The best set of plans is found, level by level (:class:`~assetmap.model.Level`).
    4. Every need without a plan gets one reason.

    Parameters
    ----------
    hood : Neighbourhood
        The tables, with decisions and arrangements. It is not changed.
    week : str or Week, optional
        ISO week, such as ``2026-W48``; default: the week of today, from Friday on the coming one.
    policy : Policy, optional
        Default: the neighbourhood's own.
    time_limit : float, optional
        Emergency exit in seconds; default: the policy's.
    seed : int, default 0
        Seed of the solver.
    progress : callable, optional
        Called with a :class:`Progress` now and then.
    kept : collection of str, optional
        Ids of plans proposed before and not answered; they stay unless a higher level gains.
    after : Proposals, optional
        A run on nearly the same tables: the answer is the same with it, and is there sooner.

    Raises
    ------
    UnusableInput
        The week does not exist.

    Examples
    --------
    >>> from assetmap.model import Need, Neighbourhood, Person, Talent
    >>> hood = Neighbourhood.from_records(
    ...     Person(person="p1", area="north"),
    ...     Person(person="p2", area="north"),
    ...     Talent(talent="t1", owner="p2", category="shopping"),
    ...     Need(need="n1", owner="p1", category="shopping", talked="yes"),
    ... )
    >>> propose(hood, "2026-W48").plan_for("n1").legs[0].provider
    'p2'
    """
    begun, apart = _scene(hood, week, policy, after)
    tell = progress or (lambda _: None)
    run = _prepared(begun, after, tell)
    scene = run.scene
    encoded = _encoded(run, kept, after)
    tell(Progress("solving", 0, 1))
    solution, pinned = _solved(encoded, scene.policy.solver, time_limit, seed)
    chosen, met = encoded.chosen(solution, pinned), encoded.met_by_giving(solution)
    plans, notes, worked = *_plans(run, chosen), Worked(run, encoded, solution)
    gaps = unmet(scene, run.opened.asks, run.found, Outcome(chosen, met, solution.status))
    tell(Progress("done", 1, 1))
    return Proposals(
        hood=scene.hood,
        week=scene.week,
        policy=scene.policy,
        items=plans,
        gaps=gaps,
        funnels=_funnels(run, gaps),
        met_by_giving=met,
        stopped=run.opened.stopped,
        overloaded=overloaded(scene, run.busy, chosen),
        reviews=_reviews(scene),
        certificate=_certificate(worked, _left_out(run), seed, notes),
        apart=apart,
        worked=worked,
    )


def _scene(
    hood: Neighbourhood,
    week: str | Week | None,
    policy: Policy | None,
    after: Proposals | None,
) -> tuple[Scene, SafetyRecords]:
    if not isinstance(hood, Neighbourhood):
        raise UnusableInput("propose needs a Neighbourhood; assetmap.read(path) makes one.")
    when = Week.parse(week) if isinstance(week, str) else week or Week.at_hand(dt.date.today())
    known = hood
    if after is not None and after.hood.categories == hood.categories:
        known = replace(hood)
        vars(known)["tree"] = after.hood.tree  # the words of the categories are known already
    rest, apart = split_safety(known)
    return Scene(distinct(rest), policy or hood.policy, when), apart


def _funnels(run: Working, gaps: Sequence[Gap]) -> Mapping[str, Funnel]:
    because = {gap.need: gap.reason for gap in gaps}
    told = {name: outward(c.funnel, because.get(name)) for name, c in run.found.items()}
    return MappingProxyType(told)


def _prepared(scene: Scene, after: Proposals | None, tell: Callable[[Progress], None]) -> Working:
    """Find the candidates; of what no change touches since an earlier run they are taken over."""
    before = after.worked.working if after is not None and after.worked is not None else None
    return prepared(
        scene, lambda done, total: tell(Progress("candidates", done, total)), before=before
    )


def _encoded(run: Working, kept: Collection[str], after: Proposals | None) -> Encoded:
    """Write the candidates as numbers; what an earlier run worked out of them is taken over."""
    before = after.worked.encoded if after is not None and after.worked is not None else None
    asks, was = run.opened.asks, Earlier(kept, before)
    return encode(run.scene, run.busy, asks, run.options, links=run.links, earlier=was)


def _plans(run: Working, chosen: Sequence[Chosen]) -> tuple[tuple[Plan, ...], tuple[str, ...]]:
    """Return all plans, those that stand too; and what was promised and is not there."""
    scene = run.scene
    new = naming_each_other(scene.hood, [proposed(scene, c, run.links) for c in chosen])
    notes = _lost_promises(scene, run, [p.plan for p in new if p.status is PlanStatus.PINNED])
    plans = (*standing_plans(scene, run.opened.fixed), *new)
    return tuple(sorted(plans, key=_by_need)), notes


def _left_out(run: Working) -> tuple[int, bool]:
    """Return how many candidates were not weighed, and whether some hours were not."""
    found = run.found.values()
    return sum(c.cut for c in found), any(c.tiled for c in found)


def _by_need(plan: Plan) -> tuple[str, str, str]:
    when = "" if plan.occurrence is None else plan.occurrence.isoformat()
    return (plan.need, when, plan.plan)


def _solved(
    encoded: Encoded, limits: SolverLimits, seconds: float | None, seed: int
) -> tuple[Solution, frozenset[int]]:
    """Solve with what was decided fixed; return which of it was kept.

    Where decisions contradict each other, or what else is decided by now, as many as possible
    are kept. Where the search is stopped before it has anything, what was decided still stands.
    """
    how: dict[str, Any] = {"work_limit": limits.work_limit, "seed": seed}
    how["time_limit"] = limits.time_limit if seconds is None else seconds
    kept = encoded.pinned
    found = solve(encoded.problem(), **how)
    if found.status is Status.INFEASIBLE and kept:
        most = solve(encoded.promises(), **how)
        chosen = most.chosen if most.chosen is not None else ()
        kept = frozenset(at for at in encoded.pinned if len(chosen) and chosen[at])
        found = solve(encoded.problem(kept), **how)
    if found.chosen is None:
        held = solve(encoded.problem(kept, only=True), time_limit=FEW_SECONDS)
        if held.chosen is not None:
            plan = {"alternative": held.alternative, "switch": held.switch}
            given = Solution.from_plan(encoded.problem(kept), held.chosen, **plan)
            found = replace(given, reason=found.reason, seconds=found.seconds)
    return found, kept


def _lost_promises(scene: Scene, run: Working, kept: Collection[str]) -> tuple[str, ...]:
    """Return the plans, from today on, that somebody decided to do and that are not there."""
    decided = {plan for ask in run.opened.asks for plan in agreed(scene, ask.id)}
    coming = (p for p in decided - set(kept) if (agreed_on(p) or dt.date.min) >= scene.today)
    return tuple(sorted(coming))


def _reviews(scene: Scene) -> tuple[str, ...]:
    """Return what is to be looked at again by the end of the week, oldest first."""
    hood, last = scene.hood, scene.week.sunday
    rows = (
        *(s for s in hood.safeguards if s.until is None or s.until >= scene.today),
        *hood.people,
        *(n for n in hood.needs if n.closed_on is None),
    )
    due = [(day, r) for r in rows if (day := getattr(r, "review_on", None)) and day <= last]
    named = sorted((day, _named(row)) for day, row in due)
    return tuple(name for _, name in named)


def _named(row: Record) -> str:
    """Return the id of a row with its kind, written once."""
    prefix = reference(row.table, "")
    return prefix + str(row.id).removeprefix(prefix)


_version = cache(version)


def _certificate(
    worked: Worked, left_out: tuple[int, bool], seed: int, notes: tuple[str, ...]
) -> Certificate:
    scene, solution = worked.working.scene, worked.solution
    seconds = 0.0 if solution.reason is Stopped.TIME_LIMIT else FEW_SECONDS
    cut, tiled = left_out
    names = [level.value for level in scene.policy.levels]
    objective = solution.objective or (0,) * len(names)
    gaps = [None if b is None else b - o for b, o in zip(solution.bound, objective, strict=True)]
    libraries = ("assetmap", "numpy", "ortools", "scipy")
    return Certificate(
        status=solution.status,
        stopped=solution.reason,
        objective=MappingProxyType(dict(zip(names, objective, strict=True))),
        bound=MappingProxyType(dict(zip(names, solution.bound, strict=True))),
        gap=MappingProxyType(dict(zip(names, gaps, strict=True))),
        considered="cut" if cut else "times" if tiled else "all",
        cut=cut,
        method=solution.method,
        seed=seed,
        versions=MappingProxyType({name: _version(name) for name in libraries}),
        notes=notes,
        more_needs=further_needs(worked, time_limit=seconds),
    )
