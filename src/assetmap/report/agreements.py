"""What became of what was agreed on: fallen away, at another time by now, or not held on a day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping

from assetmap.model import Activity, Arrangement, Need
from assetmap.plans import Plan, PlanStatus
from assetmap.report.facts import Said
from assetmap.report.voice import Voice
from assetmap.schedule import occurrences
from assetmap.texts import weekday

__all__ = ["fallen_away", "left_out"]

_AHEAD = dt.timedelta(weeks=3)
"""How long before it is told that an activity is not held."""
_WEEKS = 8
"""So many weeks are looked at to see on which days an activity is held."""


def fallen_away(voice: Voice) -> Iterator[Said]:
    """Yield what was arranged or decided and does not stand any more, moved or gone."""
    rows = [voice.run.hood.index["arrangements"].get(name) for name in voice.run.stopped]
    told: set[tuple[str, dt.datetime]] = set()
    for row in rows:
        if not isinstance(row, Arrangement):
            continue
        activity = _moved(voice, row)
        if activity is None or row.moment is None:
            yield voice.say(
                "report.leg_stopped",
                asker=voice.asker(row.need),
                leg=voice.say(f"words.leg.{row.leg.value}"),
                giver=voice.name(row.provider),
            )
        elif (row.need, row.moment) not in told:
            told.add((row.need, row.moment))
            yield _another_time(voice, row.need, activity, then=row.moment)
    plans = {plan.plan: plan for plan in voice.run.items}
    for note in voice.run.certificate.notes:
        yield from _promise(voice, note, plans)


def _moved(voice: Voice, row: Arrangement) -> Activity | None:
    """Return the activity of an arrangement that is at another hour or day by now, if it is."""
    activity = voice.run.hood.index["activities"].get(row.activity or "")
    if row.moment is None or not isinstance(activity, Activity):
        return None
    monday = dt.datetime.combine(voice.run.week.monday, dt.time())
    held = occurrences(
        activity.start,
        rrule=activity.rrule,
        after=monday,
        before=monday + dt.timedelta(weeks=_WEEKS),
    )
    days = {start.weekday() for start in held}
    other_day = bool(days) and row.moment.weekday() not in days
    return activity if other_day or activity.start.time() != row.moment.time() else None


def _another_time(voice: Voice, need: str, activity: Activity, *, then: dt.datetime) -> Said:
    day = {lang: weekday(then.weekday(), lang) for lang in voice.asked(need)}
    return voice.say(
        "report.arrangement_moved",
        asker=voice.asker(need),
        activity=voice.activity(activity.activity),
        day=day,
        time=voice.clock(then),
    )


def _promise(voice: Voice, note: str, plans: Mapping[str, Plan]) -> Iterator[Said]:
    """Yield what was decided to be done: it is proposed at another time, or cannot be any more."""
    need = _need_of(voice, note)
    if need is None:
        return
    asker, asked = voice.asker(need), voice.asked(need)
    plan = plans.get(note)
    then = next((d.moment for d in voice.run.hood.decisions if d.plan == note and d.moment), None)
    again = plan is not None and plan.status is PlanStatus.PROPOSED
    if again and then is not None:
        yield voice.say("report.plan_moved", asker=asker, asked=asked, then=voice.moment(then))
    else:
        yield voice.say("report.no_longer", asker=asker, asked=asked)


def _need_of(voice: Voice, note: str) -> str | None:
    """Return the need of a plan that was decided on."""
    hood = voice.run.hood
    decided = {d.plan: d.need for d in hood.decisions}
    need = decided.get(note, note.rpartition("#")[0])
    return need if need in hood.index["needs"] else None


def left_out(voice: Voice) -> Iterator[Said]:
    """Yield the dates on which an activity is not held, with who counts on it by arrangement.

    From three weeks before: soon enough to tell everybody, and late enough to be remembered.
    """
    run = voice.run
    first, last = run.week.horizon(run.policy.horizon_weeks)
    after = min(last, first + _AHEAD)
    for activity in run.hood.activities:
        for day in _skipped(activity, first, after):
            who = _counting_on(voice, activity, day)
            if who:
                name = voice.activity(activity.activity)
                yield voice.say("report.not_held", activity=name, day=day, who=who)


def _skipped(activity: Activity, first: dt.date, after: dt.date) -> list[dt.date]:
    """Return the dates of an activity that were taken out, within the horizon."""
    out = {day for day in activity.except_ or () if first <= day < after}
    if not out:
        return []
    begin = dt.datetime.combine(first, dt.time())
    held = occurrences(
        activity.start,
        rrule=activity.rrule,
        after=begin,
        before=dt.datetime.combine(after, dt.time()),
    )
    return sorted(out & {start.date() for start in held})


def _counting_on(voice: Voice, activity: Activity, day: dt.date) -> list[str]:
    """Return who comes or drives there on a day by arrangement, by name."""
    hood = voice.run.hood
    rows: dict[str, list[Arrangement]] = defaultdict(list)
    for row in hood.arrangements:
        if (row.since or day) <= day <= (row.until or day):
            rows[row.need].append(row)
    found: dict[str, None] = {}
    for name, parts in sorted(rows.items()):
        need = hood.index["needs"].get(name)
        if not isinstance(need, Need) or (need.closed_on is not None and need.closed_on <= day):
            continue
        if any(part.activity == activity.activity for part in parts):
            people = [part.provider for part in parts if part.provider in hood.index["people"]]
            found |= dict.fromkeys([voice.name(need.owner), *map(voice.name, people)])
    return list(found)
