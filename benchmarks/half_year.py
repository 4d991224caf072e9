"""Half a year, week by week: does anybody wait without being named, and does anything change idly?

Made-up decisions are drawn with a seed: what is proposed for the week is done, agreed on for later,
put off, refused, or not answered. What is done and comes back becomes a standing arrangement, new
questions come in, and now and then somebody stops. Every week the proposals are audited from the
tables alone, and it is looked at whether

- every open question is in one place, and one that waits for a step of the ladder has a day on
  which the step opens, within the days that the team chose; who waited through all of them has a
  named worker, or somebody who is proposed;
- the same tables, with what was proposed and not answered, give the same proposals;
- one giver who leaves changes nothing of the others but what is worth it on a higher level.

The peer is the same week proposed afresh, without what was proposed before: of the proposals that
are not answered and still possible, how many change by themselves. Prints the ratio, writes JSON.

    python benchmarks/half_year.py [WEEKS]
"""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import random
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from assetmap import Neighbourhood, Proposals, propose
from assetmap.audit import faults
from assetmap.explain import continuity
from assetmap.model import Arrangement, Decision, Need, Rung
from assetmap.plans import Gap, Plan, PlanStatus, Reason
from assetmap.schedule import Week

OUT = Path(__file__).parent / "out" / "half_year.json"
BUURTHUIS = Path(__file__).parent.parent / "examples" / "buurthuis.xlsx"
WEEKS = 26
COMPARED = (
    "of these still possible",
    "of these changed",
    "of these changed in a week afresh",
)


@dataclass
class Told:
    """What happened in a half year.

    Attributes
    ----------
    faults, unnamed, idle, restless, moved : list of str
        What is wrong: faults of the audit; questions that wait without being named; proposals
        that changed from one week to the next though nothing was gained by it; those that changed
        though nothing else did; those that changed for nothing when somebody else left. All empty
        when all is well.
    counts : Counter
        How often something happened.
    lost : Counter
        For each question, in how many weeks it lost to others.
    waits : dict
        For each question that was met, the days it waited.
    """

    faults: list[str] = field(default_factory=list)
    unnamed: list[str] = field(default_factory=list)
    idle: list[str] = field(default_factory=list)
    restless: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    waits: dict[str, int] = field(default_factory=dict)


def half_year(hood: Neighbourhood, monday: dt.date, *, weeks: int = WEEKS, seed: int = 1) -> Told:
    """Live through some weeks.

    Parameters
    ----------
    hood : Neighbourhood
        As it is at the beginning.
    monday : date
        Of the first week.
    weeks : int
        How many.
    seed : int
        Of the made-up decisions.
    """
    draw, told = random.Random(seed), Told()
    kept: frozenset[str] = frozenset()
    for number in range(weeks):
        week = Week.of(monday + dt.timedelta(weeks=number))
        hood = with_news(hood, week, draw)
        found = propose(hood, week, kept=kept)
        told.counts["weeks"] += 1
        told.counts["proposed"] += len(proposed(found))
        compare(found, kept, told)
        told.faults += [f"{week}: {each}" for each in faults(found)]
        told.unnamed += [f"{week}: {each}" for each in unnamed(found)]
        note_waits(found, told)
        told.idle += [f"{week}: {each}" for each in for_nothing(found)]
        told.restless += [f"{week}: {each}" for each in restless(found)]
        told.moved += [f"{week}: {each}" for each in moved(found, draw, told)]
        hood, answered = decided(hood, found, draw, told)
        ahead = (p for p in proposed(found) if p.plan not in answered and after(p, week))
        kept = frozenset(p.plan for p in ahead)
        if number % 4 == 3:
            hood = without_one(hood, week, draw, told)
    return told


# --- what is looked at ------------------------------------------------------------------------


def proposed(found: Proposals) -> list[Plan]:
    """Return what is new."""
    return [p for p in found.items if p.status is PlanStatus.PROPOSED]


def ids(found: Proposals) -> set[str]:
    """Return the ids of everything that is planned."""
    return {p.plan for p in found.items}


def unnamed(found: Proposals) -> Iterator[str]:
    """Yield the questions that wait without a day or a worker, or longer than was chosen."""
    planned = Counter([p.need for p in found.items] + [g.need for g in found.gaps])
    days = found.policy.waiting_days
    for name in sorted(found.funnels):
        if not planned[name] and name not in found.met_by_giving:
            yield f"{name} is nowhere"
    workers = [p for p in found.hood.people if p.is_worker]
    for gap in found.gaps:
        need = found.hood.need(gap.need)
        since = min(need.since or found.week.monday, found.week.monday)
        if gap.reason is Reason.WAITING_FOR_RUNG:
            yield from _waiting(gap, since, days, found.week.monday)
        elif gap.worker is None and workers:
            yield f"{gap.need} has no worker"


def _waiting(gap: Gap, since: dt.date, days: dict[Rung, int], monday: dt.date) -> Iterator[str]:
    """Yield what is wrong with a question that waits for a step to open."""
    if gap.opens_on is None or gap.rung is None:
        yield f"{gap.need} waits without a day"
    elif not monday < gap.opens_on <= since + dt.timedelta(days=sum(days.values())):
        yield f"{gap.need} waits longer than was chosen"


def note_waits(found: Proposals, told: Told) -> None:
    """Remember how long people wait, and who loses to others."""
    for plan in proposed(found):
        need = found.hood.need(plan.need)
        if need.since is not None and need.since <= found.week.monday:
            told.waits.setdefault(plan.need, (found.week.monday - need.since).days)
    for gap in found.gaps:
        if gap.reason is Reason.TAKEN_BY_MORE_URGENT:
            told.lost[gap.need] += 1


def compare(found: Proposals, kept: frozenset[str], told: Told) -> None:
    """Count how many unanswered proposals changed, and how many would in a week afresh."""
    curve = continuity(found)
    afresh = ids(propose(found.hood, found.week)) if kept else set()
    moves = len((kept & ids(found)) - afresh) - len((kept & afresh) - ids(found))
    told.counts["answers outstanding"] += len(kept)
    told.counts["of these still possible"] += curve.kept
    told.counts["of these changed"] += curve.changes
    told.counts["of these changed in a week afresh"] += curve.changes + moves


def restless(found: Proposals) -> Iterator[str]:
    """Yield the proposals that change when nothing did."""
    again = propose(found.hood, found.week, kept=frozenset(p.plan for p in proposed(found)))
    yield from sorted(ids(found) ^ ids(again))


def moved(found: Proposals, draw: random.Random, told: Told) -> Iterator[str]:
    """Let a giver leave; yield the plans of others that change though nothing is gained."""
    givers = sorted({part.provider for p in proposed(found) for part in p.legs})
    people = [g for g in givers if g in found.hood.index["people"]]
    if not people:
        return
    gone = draw.choice(people)
    before = [p for p in proposed(found) if all(part.provider != gone for part in p.legs)]
    asks = {n.need for n in found.hood.needs if n.owner == gone}
    before = [p for p in before if p.need not in asks]
    until = found.week.monday - dt.timedelta(days=1)
    people_left = tuple(
        p.model_copy(update={"until": until}) if p.person == gone else p for p in found.hood.people
    )
    left = replace(found.hood, people=people_left)
    after = propose(left, found.week, kept=frozenset(p.plan for p in before))
    changed = {p.plan for p in before} - ids(after)
    told.counts["leavers tried"] += 1
    told.counts["plans of others"] += len(before)
    told.counts["of these changed by leaving"] += len(changed)
    for each in for_nothing(after):
        yield f"{gone} gone: {each}"


def for_nothing(found: Proposals) -> Iterator[str]:
    """Yield the changes without which nothing would be lost on a higher level."""
    curve = continuity(found)
    for point in curve.points:
        if point.costs is None:
            yield f"{curve.changes} changed where {point.changes} would do"
        if not point.proven:
            yield f"it is not proven what {point.changes} changes come to"


# --- what happens -----------------------------------------------------------------------------


def after(plan: Plan, week: Week) -> bool:
    """Say whether a plan is for a later week."""
    return plan.occurrence is not None and day(plan) > week.sunday


def day(plan: Plan) -> dt.date:
    """Return the day of a plan."""
    when = plan.occurrence
    assert when is not None
    return when.date() if isinstance(when, dt.datetime) else when


def with_news(hood: Neighbourhood, week: Week, draw: random.Random) -> Neighbourhood:
    """Add a few questions, like those that are there."""
    like = sorted((n for n in hood.needs if n.need.partition("+")[0] == n.need), key=_need)
    new = []
    for number in range(draw.randint(0, 3)):
        one = draw.choice(like)
        cells = {
            "need": f"{one.need}+{week.monday:%m%d}{number}",
            "since": week.monday - dt.timedelta(days=draw.randint(0, 6)),
            "talked": draw.random() < 0.8 or None,
            "urgency": draw.randint(1, 5),
            "tried": None,
            "closed_on": None,
            "closed_because": None,
        }
        new.append(one.model_copy(update=cells))
    return replace(hood, needs=(*hood.needs, *new))


def _need(row: Need) -> str:
    return row.need


def decided(
    hood: Neighbourhood, found: Proposals, draw: random.Random, told: Told
) -> tuple[Neighbourhood, set[str]]:
    """Answer some proposals; return the neighbourhood with the answers, and what was answered."""
    decisions: list[Decision] = []
    rows: list[Arrangement] = []
    held = {r.need for r in hood.arrangements}
    for plan in [p for p in found.items if p.status is not PlanStatus.STANDING]:
        word = _answer(plan, found.week, draw)
        if word is None:
            continue
        told.counts[word] += 1
        who = draw.choice(plan.legs).provider if word in {"not_now", "no_more"} else None
        on = found.week.sunday
        decisions.append(
            Decision(plan=plan.plan, need=plan.need, provider=who, date=on, decision=word)
        )
        need = hood.need(plan.need)
        if word == "done" and need.rrule is not None and need.need not in held:
            held.add(need.need)
            rows += _arranged(plan, need)
            told.counts["arranged"] += 1
    answered = {d.plan for d in decisions}
    arrangements = (*hood.arrangements, *rows)
    return replace(hood, decisions=(*hood.decisions, *decisions), arrangements=arrangements), (
        answered
    )


def _answer(plan: Plan, week: Week, draw: random.Random) -> str | None:
    """Draw what becomes of a plan; None: nobody answered."""
    chance = draw.random()
    if plan.status is PlanStatus.PINNED:
        return None if after(plan, week) else "done" if chance < 0.9 else "no_more"
    if after(plan, week):
        return "do" if chance < 0.2 else "not_now" if chance < 0.25 else None
    for word, upto in (("done", 0.45), ("not_now", 0.6), ("no_more", 0.7)):
        if chance < upto:
            return word
    return None


def _arranged(plan: Plan, need: Need) -> list[Arrangement]:
    return [
        Arrangement(
            arrangement=f"{plan.plan}-{number}",
            need=need.need,
            leg=part.leg,
            provider=part.provider,
            talent=part.talent,
            activity=part.activity,
            rrule=need.rrule,
            since=day(plan),
        )
        for number, part in enumerate(plan.legs)
    ]


def without_one(hood: Neighbourhood, week: Week, draw: random.Random, told: Told) -> Neighbourhood:
    """Let somebody who gives something stop at the end of the week."""
    owners = {t.owner for t in hood.talents} | {r.provider for r in hood.arrangements}
    there = sorted(p.person for p in hood.people if p.person in owners and p.until is None)
    if not there:
        return hood
    gone = draw.choice(there)
    told.counts["stopped"] += 1
    people = tuple(
        p.model_copy(update={"until": week.sunday}) if p.person == gone else p for p in hood.people
    )
    return replace(hood, people=people)


# --- the benchmark ----------------------------------------------------------------------------


def neighbourhoods() -> Iterable[tuple[str, Neighbourhood, dt.date]]:
    """Yield the bundled neighbourhood and made-up ones, with the Monday of the first week."""
    import assetmap
    from assetmap.synthetic import neighbourhood

    yield "buurthuis", assetmap.read(BUURTHUIS), dt.date(2026, 11, 23)
    for seed in (1, 2):
        made = neighbourhood(150, seed, weeks=13)
        yield f"150 residents, seed {seed}", made, dt.date(2026, 8, 24)


def summary(told: Told) -> dict[str, Any]:
    """Return the figures of a half year."""
    waits = sorted(told.waits.values())
    return {
        "faults": told.faults,
        "waiting without being named": told.unnamed,
        "changed from week to week for nothing": told.idle,
        "changed though nothing did": told.restless,
        "changed by somebody else's leaving for nothing": told.moved,
        "counts": dict(told.counts),
        "weeks lost to others at most": max(told.lost.values(), default=0),
        "days until the first proposal": {
            "median": waits[len(waits) // 2] if waits else None,
            "most": waits[-1] if waits else None,
        },
    }


def main() -> None:
    """Live through half a year in each neighbourhood; print, and write one file."""
    weeks = int(sys.argv[1]) if len(sys.argv) > 1 else WEEKS
    result: dict[str, Any] = {}
    for name, hood, monday in neighbourhoods():
        begin = time.perf_counter()
        mine = half_year(hood, monday, weeks=weeks)
        seconds = time.perf_counter() - begin
        wrong = [*mine.faults, *mine.unnamed, *mine.idle, *mine.restless, *mine.moved]
        kept, changed, afresh = (mine.counts[name] for name in COMPARED)
        result[name] = {
            "claim": "nobody waits unnamed, and nothing changes idly",
            "holds": not wrong,
            "seconds": round(seconds, 1),
            "half year": summary(mine),
            "ratio of changes to a week afresh": round(changed / afresh, 3) if afresh else None,
        }
        print(
            f"{name}: {wrong[:5] if wrong else 'all well'}; of {kept} unanswered proposals that "
            f"were still possible {changed} changed, {afresh} in a week afresh; {seconds:.0f} s"
        )
    result["load_average"], result["processors"] = os.getloadavg(), os.cpu_count()
    result["python"] = platform.python_version()
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(result, indent=2, default=str) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
