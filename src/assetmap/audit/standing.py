"""Confirmed arrangements: on which dates each of them holds as a whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from assetmap.audit.clauses import refusal_holds
from assetmap.audit.deeds import RIDES, Deed, Source, minutes_of, rides_of
from assetmap.audit.facts import PARTIES, Facts, alive, fits
from assetmap.model import (
    Arrangement,
    Initiative,
    InitiativeStatus,
    Leg,
    Need,
    Person,
    Share,
)
from assetmap.schedule import covers, ends, occurrences

YEAR = 52
"""So many weeks beyond the horizon a next date is looked for."""

__all__ = ["activity_of", "arranged", "deed", "due", "holds", "later", "row_of"]


def arranged(facts: Facts, need: str) -> list[Arrangement]:
    """Return what is arranged for a need: what holds, and legs that fell away and are missed.

    A leg that ended is missed for as long as refusals count, unless somebody took it over.
    """
    rows = sorted((r for r in facts.hood.arrangements if r.need == need), key=_id)
    begun = [r for r in rows if r.since is None or r.since < facts.beyond]
    now = {r.leg for r in begun if alive(r, facts.monday, "since")}
    lapsed = facts.monday - dt.timedelta(days=facts.policy.declined_days)
    return [
        _with_talent(facts, r)
        for r in begun
        if alive(r, facts.monday, "since")
        or (r.leg not in now and not (r.until is not None and r.until < lapsed))
    ]


def _id(row: Arrangement) -> str:
    return row.arrangement


def _with_talent(facts: Facts, row: Arrangement) -> Arrangement:
    """Fill in a blank talent where the provider has just one that it can be."""
    need = facts.need(row.need)
    if row.talent is not None or row.leg is Leg.ACTIVITY or need is None:
        return row
    asked = "ride" if row.leg in RIDES else need.category
    own = [t for t in facts.hood.talents if facts.party(t.owner) == facts.party(row.provider)]
    able = [t for t in own if facts.tree.answer(t.category, asked) > 0]
    return row.model_copy(update={"talent": able[0].talent}) if len(able) == 1 else row


def activity_of(facts: Facts, need: Need, rows: Sequence[Arrangement]) -> str | None:
    """Return the activity that an arrangement is about; None where it is about help.

    Where no row names it: the one a ride goes to, else the only one that is wanted, or that the
    initiative holds that gives the seat.
    """
    named = next((r.activity for r in rows if r.activity), None)
    if named is not None or not any(r.leg in {*RIDES, Leg.ACTIVITY} for r in rows):
        return named
    talents = [facts.talent(r.talent) for r in rows]
    hosts = [facts.party(r.provider) for r in rows if r.leg is Leg.ACTIVITY]
    ways: list[list[str]] = [
        [t.going_to for t in talents if t is not None and t.going_to],
        [w for w in need.wants or () if facts.activity(w) is not None],
        [a.activity for a in facts.hood.activities if facts.party(a.initiative) in hosts],
    ]
    return next((way[0] for way in ways if len(set(way)) == 1), None)


def _own_rhythm(rows: Sequence[Arrangement], found: Sequence[dt.datetime]) -> Sequence[dt.datetime]:
    """Keep the dates of an activity on which the arrangement's own rule falls, if it has one."""
    row = next((r for r in rows if r.rrule is not None), None)
    if row is None or not found:
        return found
    begin = dt.datetime.combine(row.since or found[0].date(), found[0].time())
    after, before = found[0], found[-1] + dt.timedelta(days=1)
    days = {d.date() for d in occurrences(begin, rrule=row.rrule, after=after, before=before)}
    return [start for start in found if start.date() in days]


def due(facts: Facts, need: Need, rows: Sequence[Arrangement]) -> list[dt.datetime]:
    """Return the dates for which something is arranged: within the horizon, else the next."""
    at = facts.activity(activity_of(facts, need, rows))
    if at is not None:
        found = facts.dates(at) or facts.dates(at, weeks=facts.policy.horizon_weeks + YEAR)[:1]
        begun = min((r.since for r in rows if r.since is not None), default=facts.monday)
        return [start for start in _own_rhythm(rows, found) if start.date() >= begun]
    if not rows:
        return []
    since = min((r.since for r in rows if r.since is not None), default=facts.monday)
    days = occurrences(
        dt.datetime.combine(since, dt.time(12)),
        rrule=rows[0].rrule or need.rrule or "FREQ=WEEKLY",
        after=dt.datetime.combine(facts.monday, dt.time()),
        before=dt.datetime.combine(facts.beyond, dt.time()),
    )
    return [_hour(facts, need, rows, day) for day in days]


def _hour(facts: Facts, need: Need, rows: Sequence[Arrangement], day: dt.datetime) -> dt.datetime:
    """Return the hour that was agreed for that weekday, else the earliest that suits everybody.

    Without such a minute: the earliest of the asker's that day, else of the first window; noon
    where the asker named no hours.
    """
    for row in rows:
        if row.moment is not None and row.moment.weekday() == day.weekday():
            return dt.datetime.combine(day.date(), row.moment.time())
    if not need.when:
        return day
    midnight = dt.datetime.combine(day.date(), dt.time())
    wanted = [need.when]
    for row in rows:
        talent = facts.hood.index["talents"].get(row.talent or "")
        giver = facts.hood.index["people"].get(row.provider)
        hours = talent.value("available") if talent is not None else None
        hours = hours or (giver.value("available") if giver is not None else None)
        wanted += [hours] if hours else []
    length = minutes_of(facts, need)
    for minute in sorted({w.start % 1440 for windows in wanted for w in windows}):
        start = midnight + dt.timedelta(minutes=minute)
        over = ends(start, length, facts.policy.zone)
        if all(covers(windows, start, over) for windows in wanted):
            return start
    that_day = [w.start % 1440 for w in need.when if w.start // 1440 == day.weekday()]
    return midnight + dt.timedelta(minutes=min(that_day, default=need.when[0].start % 1440))


def deed(
    facts: Facts, need: Need, rows: Sequence[Arrangement], at: int, start: dt.datetime
) -> Deed:
    """Return one row of an arrangement on one date."""
    row = rows[at]
    activity = activity_of(facts, need, rows)
    where = facts.activity(activity)
    minutes = minutes_of(facts, need)
    end = facts.over(where, start) if where else ends(start, minutes, facts.policy.zone)
    return Deed(
        plan=f"arrangement {row.arrangement}",
        need=need.need,
        asker=facts.party(need.owner),
        leg=row.leg,
        giver=facts.party(row.provider),
        talent=row.talent,
        activity=activity,
        start=start,
        end=end,
        source=Source.ARRANGED,
    )


def holds(facts: Facts, row: Arrangement, one: Deed) -> bool:
    """Say whether one leg of an arrangement holds on a date: everybody is there and may be."""
    day = one.day or facts.monday
    activity = facts.activity(one.activity)
    apart = [one.giver]
    if one.leg is Leg.ACTIVITY and activity is not None:
        apart += [("activities", activity.activity), facts.party(activity.initiative)]
    if not alive(row, day, "since") or any(facts.apart(one.asker, p, day) for p in apart):
        return False
    asker = facts.record(one.asker[1], "people") if one.asker and one.asker[0] == "people" else None
    if _taken_back(facts, row) or not alive(asker, day) or _drives_away(facts, one, day):
        return False
    if not _at_its_hour(row, one):
        return False
    talent = facts.talent(row.talent)
    if row.talent is not None and (talent is None or not alive(talent, day)):
        return False
    if not _gives(facts, row, day):
        return False
    span = rides_of(facts, one) if one.is_ride else None
    if span is None or talent is None or talent.going_to is not None:
        return True
    owner = facts.person(talent.owner)
    return fits(talent.available or getattr(owner, "available", None), *span)


def _at_its_hour(row: Arrangement, one: Deed) -> bool:
    """Say whether a date is not at another hour than people agreed to."""
    agreed, start = row.moment, one.start
    if agreed is None or not isinstance(start, dt.datetime):
        return True
    other_day = row.activity is None and agreed.weekday() != start.weekday()
    return other_day or (agreed.hour, agreed.minute) == (start.hour, start.minute)


def _taken_back(facts: Facts, row: Arrangement) -> bool:
    """Say whether the provider was turned down, or stopped, after it was arranged."""
    said = [d for d in facts.hood.decisions if d.need == row.need and d.provider is not None]
    same = [d for d in said if facts.provider(d.provider) == facts.provider(row.provider)]
    since = [d for d in same if row.since is None or d.date >= row.since]
    return any(refusal_holds(facts, d.date, d.until, d.decision) for d in since)


def _drives_away(facts: Facts, one: Deed, day: dt.date) -> bool:
    """Say whether a driver is to stay away from somebody who comes there by arrangement too."""
    if not one.is_ride or not any(
        facts.party(s.person) == one.giver for s in facts.hood.safeguards
    ):
        return False
    there = {facts.party(t.owner) for t in facts.hood.talents if t.going_to == one.activity}
    for need in facts.hood.needs:
        rows = [r for r in arranged(facts, need.need) if alive(r, facts.monday, "since")]
        if one.activity is not None and activity_of(facts, need, rows) == one.activity:
            there |= {facts.party(need.owner) if r.activity else None for r in rows}
            there |= {facts.party(r.provider) for r in rows if r.leg in RIDES}
    return any(facts.yields(one.giver, other, day) for other in there - {one.giver, None})


def _gives(facts: Facts, row: Arrangement, day: dt.date) -> bool:
    giver = facts.record(row.provider, *PARTIES)
    if isinstance(giver, Person):
        return giver.share is not Share.NO and alive(giver, day)
    ended = isinstance(giver, Initiative) and giver.status is InitiativeStatus.ENDED
    return facts.provider(row.provider) is not None and not ended


def row_of(facts: Facts, one: Deed) -> Arrangement | None:
    """Return the arrangement behind one part of a standing plan."""
    return next(
        (
            r
            for r in facts.hood.arrangements
            if (r.need, r.leg) == (one.need, one.leg)
            and r.talent in {None, one.talent}
            and facts.provider(r.provider) in one.providers
        ),
        None,
    )


def later(facts: Facts) -> Iterator[list[Deed]]:
    """Yield what stands within the horizon, arrangement by arrangement and date by date."""
    for need in facts.hood.needs:
        rows = arranged(facts, need.need)
        for start in due(facts, need, rows):
            mine = _turns(rows, start.date())
            deeds = [deed(facts, need, mine, at, start) for at in range(len(mine))]
            if all(holds(facts, row, one) for row, one in zip(mine, deeds, strict=True)):
                yield deeds


def _turns(rows: Sequence[Arrangement], day: dt.date) -> list[Arrangement]:
    """Leave out who has another in their place that day, before a start or after an end."""
    off = [row for row in rows if not alive(row, day, "since")]
    busy = [row.leg for row in rows if row not in off]
    return [row for row in rows if row not in off or row.leg not in busy]
