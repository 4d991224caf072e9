"""Confirmed arrangements: what stands, what fell away, and what they already use up."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assetmap.model import Arrangement, Initiative, InitiativeStatus, Leg, Need, Person, Talent
from assetmap.plans.scene import Meeting, Scene, live
from assetmap.privacy import SharingScope, sharing_of
from assetmap.schedule import covers, ends, occurrences

__all__ = ["Busy", "Fixed", "Standing", "reservations", "what_stands"]

_RIDES = frozenset({Leg.RIDE_OUT, Leg.RIDE_BACK})


@dataclass(frozen=True, slots=True)
class Fixed:
    """One occurrence of an arrangement that stands as a whole.

    Attributes
    ----------
    need : str
        The need it meets.
    start, end : datetime
        Local time.
    rows : tuple of Arrangement
        Its legs.
    """

    need: str
    start: dt.datetime
    end: dt.datetime
    rows: tuple[Arrangement, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """What the arrangements of one need amount to.

    Attributes
    ----------
    whole : tuple of Fixed
        Occurrences within the horizon on which every leg stands.
    broken : tuple of (datetime, tuple of str)
        Occurrences on which a leg fell away, with the ids of the legs that still stand.
    stopped : tuple of str
        Arrangements that fell away some time within the horizon.
    """

    whole: tuple[Fixed, ...]
    broken: tuple[tuple[dt.datetime, tuple[str, ...]], ...]
    stopped: tuple[str, ...]


def what_stands(scene: Scene, need: Need) -> Standing | None:
    """Return what stands for a need; None when nothing was arranged for it."""
    rows = [r for r in scene.arrangements.get(need.need, ()) if live(r, scene.today, "since")]
    if not rows:
        return None
    whole, broken, stopped = [], [], set()
    for start, end in _dates(scene, rows):
        held = tuple(r for r in rows if _held(scene, need, r, start, end))
        if len(held) == len(rows):
            whole.append(Fixed(need.need, start, end, held))
        else:
            broken.append((start, tuple(r.arrangement for r in held)))
            stopped |= {r.arrangement for r in rows if r not in held}
    return Standing(tuple(whole), tuple(broken), tuple(sorted(stopped)))


def _dates(scene: Scene, rows: list[Arrangement]) -> list[tuple[dt.datetime, dt.datetime]]:
    """Return the moments on which the arrangement is due within the horizon."""
    activity = next((r.activity for r in rows if r.activity), None)
    if activity is not None:
        return [(m.start, m.end) for m in scene.meetings.get(activity, ())]
    row = rows[0]
    first = row.since or scene.today
    need = scene.hood.index["needs"][row.need]
    assert isinstance(need, Need)
    clock = need.when[0].start % 1440 if need.when else 12 * 60
    begin = dt.datetime.combine(first, dt.time(clock // 60, clock % 60))
    rule = row.rrule or need.rrule or "FREQ=WEEKLY"
    starts = occurrences(
        begin,
        rrule=rule,
        after=dt.datetime.combine(scene.today, dt.time.min),
        before=dt.datetime.combine(scene.last, dt.time.min),
    )
    minutes = round((need.hours or scene.policy.help_hours) * 60)
    return [(s, ends(s, minutes, scene.policy.zone)) for s in starts]


def _held(scene: Scene, need: Need, row: Arrangement, start: dt.datetime, end: dt.datetime) -> bool:
    """Say whether one leg still stands on a date: everybody is there and may be."""
    day = start.date()
    if not live(row, day, "since") or scene.kept_apart(need.owner, row.provider, day):
        return False
    if row.activity is not None and scene.kept_apart(need.owner, row.activity, day):
        return False
    provider = scene.hood.matches(row.provider, "people", "initiatives", "organisations")
    for party in provider:
        if isinstance(party, Person) and not _still_gives(scene, party, day):
            return False
        if isinstance(party, Initiative) and party.status is InitiativeStatus.ENDED:
            return False
    if row.talent is None:
        return True
    talent = scene.hood.index["talents"].get(row.talent)
    if not isinstance(talent, Talent) or not live(talent, day):
        return False
    return not talent.available or row.leg not in _RIDES or _in_time(scene, row, start, end)


def _still_gives(scene: Scene, person: Person, day: dt.date) -> bool:
    return live(person, day) and sharing_of(person, asof=scene.today).scope is not (
        SharingScope.NOBODY
    )


def _in_time(scene: Scene, row: Arrangement, start: dt.datetime, end: dt.datetime) -> bool:
    talent = scene.hood.index["talents"][row.talent or ""]
    windows = getattr(talent, "available", None)
    margin = dt.timedelta(minutes=scene.policy.ride_margin_minutes)
    span = (start - margin, start) if row.leg is Leg.RIDE_OUT else (end, end + margin)
    return not windows or covers(windows, *span) or getattr(talent, "going_to", None) is not None


@dataclass(eq=False)
class Busy:
    """What is used up before a run begins; read only once it is made.

    Attributes
    ----------
    seats : Counter
        Seats taken by (activity, start).
    plans : Counter
        Plans given by (talent, week of the horizon).
    minutes : Counter
        Minutes given by (talent, week of the horizon).
    spans : Mapping[str, list]
        When people are busy: person to (start, end) pairs.
    riders : Mapping
        Who rides already: (talent, start, leg) to askers.
    load : Counter
        Plans given by person.
    """

    seats: Counter[tuple[str, dt.datetime]] = field(default_factory=Counter)
    plans: Counter[tuple[str, int]] = field(default_factory=Counter)
    minutes: Counter[tuple[str, int]] = field(default_factory=Counter)
    spans: Mapping[str, list[tuple[dt.datetime, dt.datetime]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    riders: Mapping[tuple[str, dt.datetime, Leg], list[str]] = field(
        default_factory=lambda: defaultdict(list)
    )
    load: Counter[str] = field(default_factory=Counter)
    attending: Mapping[tuple[str, dt.datetime], set[str]] = field(
        default_factory=lambda: defaultdict(set)
    )

    def free(self, person: str, start: dt.datetime, end: dt.datetime) -> bool:
        """Say whether somebody has nothing else between two moments."""
        return all(end <= s or e <= start for s, e in self.spans.get(person, ()))

    def attend(self, person: str, meeting: Meeting) -> None:
        """Take a seat at an activity, once per person."""
        key = (meeting.activity, meeting.start)
        if person not in self.attending[key]:
            self.attending[key].add(person)
            self.seats[key] += 1
            self.spans[person].append((meeting.start, meeting.end))


def reservations(scene: Scene, fixed: Sequence[Fixed]) -> Busy:
    """Work out what standing plans, and people who go somewhere anyway, use up."""
    busy = Busy()
    for talent in sorted(scene.hood.talents, key=lambda t: t.talent):
        if talent.going_to and talent.owner in scene.people:
            for meeting in scene.meetings.get(talent.going_to, ()):
                if live(talent, meeting.start.date()):
                    busy.attend(talent.owner, meeting)
    for plan in sorted(fixed, key=lambda f: (f.start, f.need)):
        _reserve(scene, plan, busy)
    return busy


def _reserve(scene: Scene, plan: Fixed, busy: Busy) -> None:
    need = scene.hood.index["needs"][plan.need]
    owner = getattr(need, "owner", "")
    week = scene.week_of(plan.start.date())
    outings: set[tuple[str, str | None]] = set()
    shared: set[tuple[str, str | None]] = set()
    for row in plan.rows:
        if row.leg is Leg.ACTIVITY and row.activity is not None:
            busy.attend(owner, Meeting(plan.start, plan.end, row.activity))
            continue
        if row.leg in _RIDES and row.talent is not None:
            riders = busy.riders[row.talent, plan.start, row.leg]
            if riders:
                shared.add((row.provider, row.talent))  # the car drives already
            riders.append(owner)
            span = ride_span(scene, row.leg, plan.start, plan.end)
            if busy.free(row.provider, *span):
                busy.spans[row.provider].append(span)
        elif row.provider in scene.people:
            busy.spans[row.provider].append((plan.start, plan.end))
            if owner in scene.people:
                busy.spans[owner].append((plan.start, plan.end))
        outings.add((row.provider, row.talent))
    minutes = round((plan.end - plan.start).total_seconds() / 60)
    for provider, talent in sorted(outings - shared, key=str):
        busy.load[provider] += 1
        if talent is not None:
            busy.plans[talent, week] += 1
            busy.minutes[talent, week] += minutes


def ride_span(
    scene: Scene, leg: Leg, start: dt.datetime, end: dt.datetime
) -> tuple[dt.datetime, dt.datetime]:
    """Return when a driver is busy with a ride there or back."""
    margin = dt.timedelta(minutes=scene.policy.ride_margin_minutes)
    return (start - margin, start) if leg is Leg.RIDE_OUT else (end, end + margin)
