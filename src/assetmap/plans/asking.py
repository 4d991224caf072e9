"""Which questions are open in a week, and for which dates each of them asks a plan."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from assetmap.model import Initiative, Need, Person, Record
from assetmap.plans.asks import Ask, Slot, names_days
from assetmap.plans.refusals import finished
from assetmap.plans.scene import Scene
from assetmap.plans.standing import Fixed, Standing, activity_of, comers, what_stands
from assetmap.schedule import occurrences, weeks_between

__all__ = ["Opened", "opened"]

REOPENED_URGENCY = 5
"""A need whose arrangement fell away asks again with the highest urgency."""


@dataclass(frozen=True)
class Opened:
    """The questions of a run.

    Attributes
    ----------
    asks : tuple of Ask
        Open needs that ask for a plan, by id.
    fixed : tuple of Fixed
        Occurrences that stand by arrangement.
    stopped : tuple of str
        Arrangements that fell away within the horizon.
    """

    asks: tuple[Ask, ...]
    fixed: tuple[Fixed, ...]
    stopped: tuple[str, ...]


def opened(scene: Scene) -> Opened:
    """Sort the needs into those that stand and those that ask for a plan."""
    asks: list[Ask] = []
    fixed: list[Fixed] = []
    stopped: list[str] = []
    there = comers(scene)
    for need in sorted(scene.hood.needs, key=lambda n: n.need):
        if not _open(scene, need):
            continue
        held = what_stands(scene, need, there)
        if held is not None:
            fixed.extend(held.whole)
            stopped.extend(held.stopped)
            if held.whole and not held.broken:
                continue
        asks.append(_ask(scene, need, held))
    return Opened(tuple(asks), tuple(fixed), tuple(stopped))


def _open(scene: Scene, need: Need) -> bool:
    if need.closed_on is not None and need.closed_on <= scene.week.sunday:
        return False
    if need.since is not None and need.since > scene.week.sunday:
        return False
    lasting = need.rrule is not None or need.need in scene.arrangements
    return lasting or not finished(scene, need.need)


def _ask(scene: Scene, need: Need, held: Standing | None) -> Ask:
    owner = scene.hood.find(need.owner, "people", "initiatives", "organisations")
    person = owner if isinstance(owner, Person) else None
    since = min(need.since or scene.today, scene.today)
    urgency = need.urgency or 3
    if held is not None:
        urgency = max(urgency, REOPENED_URGENCY)
    weight = 10 * urgency + 10 * weeks_between(since, scene.today)
    mended = held if held is not None and held.broken else None
    slots = _reopened(scene, need, mended, weight) if mended else _slots(scene, need, weight)
    return Ask(
        need=need,
        owner=owner,
        category=scene.tree[need.category],
        spot=scene.spot(owner),
        windows=need.when or (person.available if person is not None else None),
        languages=need.languages or getattr(owner, "languages", None),
        worker=_worker(scene, need, owner) or _nearest_worker(scene, owner),
        days_waited=(scene.today - since).days,
        weight=weight,
        slots=slots,
        arranged=_arranged(scene, need) if mended else None,
        next_date=_next_date(scene, mended) if mended else None,
    )


def _next_date(scene: Scene, held: Standing) -> dt.date | None:
    days = (start.date() for start, _ in held.broken)
    return min((day for day in days if day >= scene.last), default=None)


def _arranged(scene: Scene, need: Need) -> str | None:
    rows = scene.arrangements.get(need.need, ())
    return activity_of(scene, rows) if rows else None


def _shares(weight: int, parts: int) -> list[int]:
    """Divide a weight over occurrences; what does not divide goes to the first ones."""
    each, over = divmod(weight, parts)
    return [max(1, each + (at < over)) for at in range(parts)]


def _reopened(scene: Scene, need: Need, held: Standing, weight: int) -> tuple[Slot, ...]:
    """Ask every date again with its full weight: each of them was promised."""
    first, last = _reach(scene, need)
    dates = [(s.date(), kept) for s, kept in held.broken if first <= s.date() < last]
    day = dt.timedelta(days=1)
    return tuple(Slot(at, date, date + day, weight, kept) for at, (date, kept) in enumerate(dates))


def _slots(scene: Scene, need: Need, weight: int) -> tuple[Slot, ...]:
    if need.rrule is None:
        periods = [(scene.today, scene.last)]
    else:
        periods = _periods(scene, need, need.rrule)
    first, last = _reach(scene, need)
    within = ((max(a, first), min(b, last)) for a, b in periods)
    periods = [(a, b) for a, b in within if a < b]
    weights = _shares(weight, max(1, len(periods)))
    return tuple(Slot(at, a, b, weights[at]) for at, (a, b) in enumerate(periods))


def _reach(scene: Scene, need: Need) -> tuple[dt.date, dt.date]:
    """Return from when, and before when, somebody can be helped: asked already, still here."""
    owner = scene.people.get(need.owner)
    until = owner.until if owner is not None else None
    last = scene.last if until is None else min(scene.last, until + dt.timedelta(days=1))
    return max(scene.today, need.since or scene.today), last


def _periods(scene: Scene, need: Need, rule: str) -> list[tuple[dt.date, dt.date]]:
    """Return the days on which a recurring need asks, or the weeks where no day is named."""
    first = min(need.since or scene.today, scene.today)
    begin = dt.datetime.combine(first, dt.time.min)
    after = dt.datetime.combine(scene.today, dt.time.min)
    before = dt.datetime.combine(scene.last, dt.time.min)
    if names_days(rule):
        if (first, rule) not in scene.named_days:
            found = occurrences(begin, rrule=rule, after=after, before=before)
            scene.named_days[first, rule] = tuple(m.date() for m in found)
        return [(d, d + dt.timedelta(days=1)) for d in scene.named_days[first, rule]]
    monday = dt.datetime.combine(begin.date() - dt.timedelta(days=begin.weekday()), dt.time.min)
    if "FREQ=WEEKLY" in rule:
        starts = occurrences(monday, rrule=rule, after=after, before=before)
        return [(s.date(), s.date() + dt.timedelta(days=7)) for s in starts]
    return [(scene.today, scene.last)]


def _worker(scene: Scene, need: Need, owner: Record) -> str | None:
    """Return who holds the question: named with it, the asker's worker, or the one in charge."""
    if need.worker is not None:
        return need.worker
    if isinstance(owner, Person):
        return scene.worker_of(owner)
    manager = owner.manager if isinstance(owner, Initiative) else None
    found = scene.people.get(manager or "")
    if found is not None and found.is_worker:
        return found.person
    return scene.worker_of(found)


def _nearest_worker(scene: Scene, owner: Record) -> str | None:
    """Name a worker for a question that nobody holds: of the same area first, then by id."""
    area = scene.spot(owner).area
    near = [p.person for p in scene.workers if area is not None and p.area == area]
    return min(near or [p.person for p in scene.workers], default=None)
