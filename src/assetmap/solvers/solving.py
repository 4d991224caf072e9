"""Choose a method per component by its structure, and put the results together."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from assetmap.errors import ProblemError, UnusableInput
from assetmap.solvers.assembly import assemble
from assetmap.solvers.components import Split, members, select, split
from assetmap.solvers.cpsat import search_cpsat
from assetmap.solvers.enumeration import is_tiny, solve_tiny
from assetmap.solvers.faces import solve_by_faces
from assetmap.solvers.flow import solve_flow
from assetmap.solvers.guided import Guided
from assetmap.solvers.levels import Climb, Search
from assetmap.solvers.mixed import is_comfortable, is_float_safe, search_mixed
from assetmap.solvers.model import Part, compile_problem
from assetmap.solvers.network import flow_components
from assetmap.solvers.outcome import Listener, Outcome, Watch
from assetmap.solvers.problem import Problem
from assetmap.solvers.solution import Reason, Solution, Status
from assetmap.solvers.swapping import choices

if TYPE_CHECKING:
    from assetmap.solvers.arrays import Ints

Method: TypeAlias = Literal["auto", "flow", "guided", "milp", "cpsat"]

LARGE = 1500
"""From so many columns on a part that is no flow is searched guided by prices."""

HARD = 300
"""So many columns of choices that branch and bound did not settle are searched guided by prices."""

_METHODS = ("auto", "flow", "guided", "milp", "cpsat")
_SEARCHES: dict[str, list[tuple[str, Search]]] = {
    "milp": [("milp", search_mixed), ("cpsat", search_cpsat)],
    "cpsat": [("cpsat", search_cpsat)],
}


def solve(  # noqa: PLR0913 (the limits of a search are its parameters)
    problem: Problem,
    *,
    time_limit: float = 60.0,
    work_limit: float | None = None,
    gap: float = 0.0,
    seed: int = 0,
    method: Method = "auto",
    start: Solution | None = None,
    progress: Listener | None = None,
) -> Solution:
    """Find the plan that is best on level 0, among those on level 1, and so on.

    1. What is decided already is taken out and the rest is split into components.
    2. Components that are flow networks are solved together as one integer min-cost flow;
       very small ones by trying everything; the others by branch and bound, level by level.
       Large ones are searched guided by prices. They run side by side.
    3. The plans are put together, their values computed again, the bounds added up.

    Parameters
    ----------
    problem : Problem
        The problem; it is not changed.
    time_limit : float, default 60.0
        Seconds of wall clock for all components together. Where it strikes, the result may
        differ from run to run.
    work_limit : float, optional
        Limit on work, split between components by size; where it strikes, the result is the
        same every time. One unit is a deterministic second of CP-SAT, or 100 nodes of HiGHS.
    gap : float, default 0.0
        Level 0 may stop when its bound is so close, relative to its value; the levels after
        it then hold level 0 at what it reached.
    seed : int, default 0
        For the methods that use random numbers: those guided by prices, and CP-SAT.
    method : {"auto", "flow", "guided", "milp", "cpsat"}, default "auto"
        One method for every component, or by structure. Where HiGHS contradicts exact
        arithmetic CP-SAT takes over, and `Solution.method` tells.
    start : Solution, optional
        A plan to begin with: a hint, and what is returned if nothing better is found. In
        components where it breaks a rule it is not used.
    progress : callable, optional
        Called with a :class:`Progress` before each component, after each level, and for each
        better plan of CP-SAT (a flow and HiGHS can't be stopped within a level). Returning
        False stops with reason interrupted and what is found so far; an exception ends it.

    Returns
    -------
    Solution
        The plan, its exact values, and what is proven.

    Raises
    ------
    UnusableInput
        If a limit or the method is not allowed.
    ProblemError
        If `method` can't solve this structure, or `start` has other sizes than the problem.

    Examples
    --------
    >>> from assetmap.solvers import Problem, solve
    >>> solution = solve(Problem.from_scores([[5, 1], [4, 3]]))
    >>> solution.chosen.tolist(), solution.objective, solution.method
    ([True, False, False, True], (8,), 'flow')
    """
    _usable(time_limit, work_limit, gap, method)
    watch = Watch(
        time.perf_counter() + time_limit, work_limit, gap, seed, progress, problem.options
    )
    begin = _begin(problem, start)
    taken = split(compile_problem(problem))
    if not taken.feasible:
        return assemble(problem, watch, taken, [])
    jobs = _jobs(taken, method, faces=begin is None and gap == 0.0)
    outcomes = _run(jobs, watch, begin, workers=os.cpu_count() or 1)
    return assemble(
        problem, watch, taken, list(zip([job.part for job in jobs], outcomes, strict=False))
    )


def _run(jobs: list[_Job], watch: Watch, begin: Ints | None, *, workers: int) -> list[Outcome]:
    """Solve every job, side by side where that helps; up to the first infeasible one in order.

    What a job gets is decided beforehand by its size, so the plan does not depend on which
    one ends first.
    """
    sizes = np.array([job.size for job in jobs], dtype=np.float64)
    shares = sizes / max(sizes.sum(), 1.0)
    workers = max(1, min(workers, int((sizes > 0).sum())))

    def one(index: int) -> Outcome:
        job = jobs[index]
        mine = watch.enter(job.method, index, len(jobs))
        mine.tell(0, None)
        mine.work = None if watch.work is None else watch.work * float(shares[index])
        ahead = sizes[index:].sum()
        part = 1.0 if ahead <= 0 else min(1.0, workers * float(sizes[index] / ahead))
        return _solve_job(job, mine, begin, watch.remaining() * part)

    outcomes: list[Outcome] = []
    if workers == 1:
        for index in range(len(jobs)):
            outcomes.append(one(index))
            if outcomes[-1].status is Status.INFEASIBLE:
                break
        return outcomes
    with ThreadPoolExecutor(workers) as pool:
        found = list(pool.map(one, range(len(jobs))))
    for outcome in found:
        outcomes.append(outcome)
        if outcome.status is Status.INFEASIBLE:
            break
    return outcomes


@dataclass(frozen=True, eq=False)
class _Job:
    """One part and the method for it."""

    method: str
    part: Part

    @property
    def size(self) -> int:
        """What limits are divided by: columns; a flow takes no share."""
        return 0 if self.method in ("flow", "enumeration") else int(self.part.columns.size)


def _usable(time_limit: float, work_limit: float | None, gap: float, method: str) -> None:
    """Refuse limits that can't be kept."""
    if method not in _METHODS:
        raise UnusableInput(f"method: found {method!r}; allowed: {', '.join(_METHODS)}.")
    for name, value in (("time_limit", time_limit), ("work_limit", work_limit), ("gap", gap)):
        if value is not None and not value >= 0:
            raise UnusableInput(f"{name}: found {value}; allowed: 0 or more.")


def _begin(problem: Problem, start: Solution | None) -> Ints | None:
    """Return the plan to begin with as one value per column, None if there is none."""
    if start is None or start.chosen is None:
        return None
    groups = (
        ("chosen", start.chosen, problem.options),
        ("alternative", start.alternative, problem.alternatives),
        ("switch", start.switch, problem.switches),
    )
    columns = []
    for name, values, size in groups:
        found = np.asarray(values)
        if found.shape != (size,):
            raise ProblemError(f"start.{name}: found shape {found.shape}; allowed: ({size},).")
        columns.append(found.astype(np.int64))
    return np.concatenate(columns)


def _jobs(taken: Split, method: Method, *, faces: bool) -> list[_Job]:
    """Return the flow components as one job, then one job per other component.

    Components that climb from face to face are one job as well, since each level of all of them
    is one relaxation.
    """
    core, count = taken.core, taken.count
    labels = (taken.row_component, taken.column_component)
    is_flow = np.zeros(count, dtype=np.bool_)
    if method in ("auto", "flow"):
        is_flow = flow_components(core, labels, count)
    if method == "flow" and not is_flow.all():
        raise ProblemError(
            f"method: found 'flow', but {int((~is_flow).sum())} of {count} components are not "
            "flow networks (a column with more than two limits, uses of different sizes on one "
            "resource, or very large scores); allowed: 'auto', 'milp' or 'cpsat'."
        )
    jobs = []
    if is_flow.any():
        rows = np.flatnonzero(is_flow[taken.row_component])
        columns = np.flatnonzero(is_flow[taken.column_component])
        jobs.append(_Job("flow", select(core, rows, columns)))
    all_rows, all_columns = members(labels[0], count), members(labels[1], count)
    climbed = []
    for component in np.flatnonzero(~is_flow):
        part = select(core, all_rows[component], all_columns[component])
        chosen = _method_for(part, method)
        on_faces = chosen == "milp" or (chosen == "guided" and not _one_level_of_choices(part))
        if faces and method == "auto" and on_faces:
            climbed.append(component)
        else:
            jobs.append(_Job(chosen, part))
    if climbed:
        rows = np.sort(np.concatenate([all_rows[at] for at in climbed]))
        columns = np.sort(np.concatenate([all_columns[at] for at in climbed]))
        jobs.append(_Job("faces", select(core, rows, columns)))
    return jobs


def _one_level_of_choices(part: Part) -> bool:
    """Say whether a search guided by prices needs no faces: nothing follows the first level."""
    return int((part.score != 0).any(axis=0).sum()) <= 1 and choices(part) is not None


def _method_for(part: Part, method: Method) -> str:
    """Return the method for a component that is not solved as a flow."""
    if method in ("guided", "milp") and not is_float_safe(part):
        raise ProblemError(
            f"method: found {method!r}, but a level or resource has a sum of absolute values of "
            "2**53 or more, which floats can't hold; allowed: 'auto', 'flow' or 'cpsat'."
        )
    if method != "auto":
        return method
    if is_tiny(part):
        return "enumeration"
    if not is_comfortable(part):
        return "cpsat"
    return "guided" if part.columns.size >= LARGE else "milp"


def _solve_job(job: _Job, watch: Watch, begin: Ints | None, seconds: float) -> Outcome:
    """Solve one part with its share of the limits."""
    fallback = _fallback(job.part, begin)
    if job.method == "flow":
        outcome = solve_flow(job.part, watch)
        return (
            outcome
            if outcome.status is not Status.NO_SOLUTION
            else _given_up(job, fallback, outcome.reason)
        )
    if job.method == "enumeration":
        stopped = watch.stop_reason()
        return solve_tiny(job.part) if stopped is None else _given_up(job, fallback, stopped)
    if job.method == "faces":
        return solve_by_faces(job.part, watch, partial(_climb_left, watch, seconds))
    if job.method == "guided":
        return Guided(job.part, watch, seconds, watch.work, fallback).run()
    return Climb(
        part=job.part,
        searches=list(_SEARCHES[job.method]),
        watch=watch,
        seconds=seconds,
        work=watch.work,
        plan=fallback,
    ).run()


def _climb_left(
    watch: Watch, seconds: float, part: Part, share: float, plan: Ints | None
) -> Outcome:
    """Maximise all levels of a component that no prices could prove.

    Where choices are all there is branch and bound has just been tried as a whole.
    """
    work = None if watch.work is None else watch.work * share
    begin = _fallback(part, None) if plan is None else plan
    left = min(seconds, watch.remaining()) * share
    width = part.columns.size
    if width >= LARGE or (width >= HARD and _one_level_of_choices(part)):
        outcome = Guided(part, watch, left, work, begin).run()
    else:
        outcome = Climb(
            part=part,
            searches=list(_SEARCHES["milp"]),
            watch=watch,
            seconds=left,
            work=work,
            plan=begin,
        ).run()
    if watch.work is not None and work is not None:
        watch.work -= work
    return outcome


def _fallback(part: Part, begin: Ints | None) -> Ints | None:
    """Return the plan to begin with if it keeps all rows, else the empty one if that does."""
    plans = [part.low] if begin is None else [begin[part.columns], part.low]
    return next((plan for plan in plans if part.keeps(plan)), None)


def _given_up(job: _Job, fallback: Ints | None, reason: Reason) -> Outcome:
    """Return the plan to fall back on for a part that was not begun."""
    status = Status.NO_SOLUTION if fallback is None else Status.FEASIBLE
    none: tuple[int | None, ...] = (None,) * job.part.levels
    return Outcome(status, reason, fallback, none, job.method)
