"""What the neighbourhood has: talents by theme, and who could still be asked."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from assetmap.match import Proposals
from assetmap.model import Status, Talent
from assetmap.report.facts import Theme
from assetmap.report.naming import may_be_named, protected
from assetmap.report.voice import Voice
from assetmap.schedule import occurrences

__all__ = ["Potential", "potential"]


@dataclass(frozen=True, slots=True)
class Potential:
    """Counts of what there is, and the themes, those with most talents first."""

    talents: int
    people: int
    initiatives: int
    activities: int
    joinable: tuple[str, ...]
    themes: tuple[Theme, ...]


def potential(voice: Voice) -> Potential:
    """Return what there is in the weeks that the run looked at.

    Named as somebody who could still be asked is only who may be proposed to everybody, is of
    age, has no part in the plans of this run, and is not named in a protection: a name beside
    a need that is "not possible here" could give that away.
    """
    run = voice.run
    there = [t for t in run.hood.talents if _there(run, t)]
    owners = {t.owner for t in there}
    people = {p.person for p in run.hood.people} & owners
    counts: Counter[str] = Counter()
    free: dict[str, dict[str, None]] = defaultdict(dict)
    busy = {leg.provider for plan in run.items for leg in plan.legs} | protected(run)
    for talent in sorted(there, key=lambda t: t.talent):
        top = (talent.category, *run.hood.tree.ancestors(talent.category))[-1]
        counts[top] += 1
        if talent.owner not in busy and may_be_named(run, talent.owner):
            free[top][voice.name(talent.owner)] = None
    dated = list(_dated(run))
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return Potential(
        talents=len(there),
        people=len(people),
        initiatives=len(owners - people),
        activities=len(dated),
        joinable=tuple(sorted({voice.activity(name) for name in dated})),
        themes=tuple(
            Theme(top, voice.label(top), n, tuple(sorted(free[top]))) for top, n in ordered
        ),
    )


def _there(run: Proposals, talent: Talent) -> bool:
    """Say whether a talent is there some day within the horizon, and its category is known."""
    if talent.category not in run.hood.tree:
        return False
    first, last = run.week.horizon(run.policy.horizon_weeks)
    rows = [talent, *run.hood.matches(talent.owner, "people")]
    for row in rows:
        begin, end = getattr(row, "from_", None), getattr(row, "until", None)
        if (begin is not None and begin >= last) or (end is not None and end < first):
            return False
    return True


def _dated(run: Proposals) -> Iterator[str]:
    """Yield the activities that have a date within the horizon."""
    first, last = run.week.horizon(run.policy.horizon_weeks)
    for row in run.hood.activities:
        dates = occurrences(
            row.start,
            rrule=row.rrule,
            after=dt.datetime.combine(first, dt.time.min),
            before=dt.datetime.combine(last, dt.time.min),
            until=row.until,
            exceptions=row.except_ or (),
        )
        if dates and row.status is not Status.PAST:
            yield row.activity
