"""Confirmed arrangements: what stands, what fell away, and what they already use up."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assetmap.model import Arrangement, Initiative, InitiativeStatus, Leg, Need, Person, Talent
from assetmap.plans.refusals import refusals
from assetmap.plans.scene import Meeting, Scene, live
from assetmap.plans.walking import RIDES, needs_ride
from assetmap.privacy import SharingScope, sharing_of
from assetmap.schedule import Window, covers, ends, occurrences

__all__ = [
    "Busy",
    "Fixed",
    "Standing",
    "activity_of",
    "comers",
    "reservations",
    "what_stands",
]

_DAY = 24 * 60
Comers = Mapping[str, frozenset[tuple[str, str]]]
"""Per activity, who comes there whatever is proposed, each with the need they drive for."""


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
    timed : bool
        The hour is known, not only the day.
    """

    need: str
    start: dt.datetime
    end: dt.datetime
    rows: tuple[Arrangement, ...]
    timed: bool = True


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


def comers(scene: Scene) -> Comers:
    """Return who comes to each activity by arrangement, or says so; who drives there too."""
    found = {name: {(who, "") for who in people} for name, people in scene.regulars.items()}
    for need, rows in scene.arrangements.items():
        activity = activity_of(scene, rows)
        drives = [r.provider for r in rows if r.leg in RIDES and live(r, scene.today, "since")]
        if activity is not None:
            drivers = {(who, need) for who in drives if who in scene.people}
            found.setdefault(activity, set()).update(drivers)
    return {activity: frozenset(people) for activity, people in found.items()}


def what_stands(scene: Scene, need: Need, there: Comers | None = None) -> Standing | None:
    """Return what stands for a need; None when nothing was arranged, or it ended long ago.

    An arrangement whose leg was ended stands no longer as a whole: the leg is asked again.

    Parameters
    ----------
    scene, need : Scene, Need
        The run, and what is asked.
    there : mapping, optional
        What :func:`comers` returns, where that is known already.
    """
    rows = _latest(scene, need)
    if not rows:
        return None
    dates = _dates(scene, need, rows)
    if not dates:
        return Standing((), (), tuple(r.arrangement for r in rows))
    asker = scene.people.get(need.owner)
    begun = min((r.since for r in rows if r.since is not None), default=scene.today)
    guests = (comers(scene) if there is None else there).get(activity_of(scene, rows) or "")
    whole, broken, stopped = [], [], set()
    for start, end in dates:
        if start.date() < begun or (asker is not None and not live(asker, start.date())):
            continue
        mine = _on(rows, start.date())
        held = tuple(
            r
            for r in mine
            if _held(scene, need, r, (start, end))
            and not _gives_way(scene, need, r, (start.date(), guests or frozenset()))
        )
        if len(held) == len(mine) and _both_ways(scene, need, mine):
            whole.append(Fixed(need.need, start, end, held, _timed(scene, need, rows)))
        else:
            broken.append((start, tuple(r.arrangement for r in held)))
            stopped |= {r.arrangement for r in mine if r not in held}
    return Standing(tuple(whole), tuple(broken), tuple(sorted(stopped)))


def _latest(scene: Scene, need: Need) -> list[Arrangement]:
    """Return the last arrangement of each leg and provider that began, talents filled in.

    A leg that ended within the days after which refusals lapse counts as fallen away, unless
    somebody else took it over.
    """
    since = scene.today - dt.timedelta(days=scene.policy.declined_days)
    begun = [r for r in scene.arrangements.get(need.need, ()) if _begun(r, scene.last)]
    now = {r.leg for r in begun if live(r, scene.today, "since")}
    kept = [
        r
        for r in begun
        if live(r, scene.today, "since")
        or (r.leg not in now and (r.until is None or r.until >= since))
    ]
    return [_with_talent(scene, need, r) for r in kept]


def _on(rows: Sequence[Arrangement], day: dt.date) -> list[Arrangement]:
    """Return the rows that count on a day: who was succeeded, or is yet to begin, does not."""
    there = {r.leg for r in rows if live(r, day, "since")}
    return [r for r in rows if live(r, day, "since") or r.leg not in there]


def _begun(row: Arrangement, last: dt.date) -> bool:
    return row.since is None or row.since < last


def _with_talent(scene: Scene, need: Need, row: Arrangement) -> Arrangement:
    """Fill in a blank talent: the provider's ride there first, else the one that answers."""
    if row.talent is not None or row.leg is Leg.ACTIVITY:
        return row
    asked = "ride" if row.leg in RIDES else need.category
    own = [
        t
        for t in scene.talents_of.get(row.provider, ())
        if scene.tree.answer(t.category, asked) > 0
    ]
    own.sort(key=lambda t: (t.going_to != row.activity, t.going_to is not None, t.talent))
    return row.model_copy(update={"talent": own[0].talent}) if own else row


def activity_of(scene: Scene, rows: Sequence[Arrangement]) -> str | None:
    """Return the activity that an arrangement is about; None where it is about help.

    It is the one that a row names; else the one a ride goes to; else the only one that the need
    wants, or that the initiative holds that gives the seat.
    """
    named = next((r.activity for r in rows if r.activity), None)
    if named is not None or not any(r.leg in {*RIDES, Leg.ACTIVITY} for r in rows):
        return named
    talents = (scene.hood.index["talents"].get(r.talent or "") for r in rows)
    going = [t.going_to for t in talents if isinstance(t, Talent) and t.going_to]
    wants = scene.hood.need(rows[0].need).wants or ()
    hosts = {r.provider for r in rows if r.leg is Leg.ACTIVITY}
    held = [a.activity for a in scene.hood.activities if a.initiative in hosts]
    known = [w for w in wants if w in scene.hood.index["activities"]]
    found = next((f for f in (going, known, held) if len(set(f)) == 1), None)
    return found[0] if found else None


def _both_ways(scene: Scene, need: Need, rows: Sequence[Arrangement]) -> bool:
    """Say whether nobody is brought one way only."""
    legs = {r.leg for r in rows}
    activity = scene.hood.index["activities"].get(activity_of(scene, rows) or "")
    person = scene.people.get(need.owner)
    if activity is None:
        return True
    return legs >= RIDES or not needs_ride(scene, need, person, scene.spot(activity))


def _dates(
    scene: Scene, need: Need, rows: list[Arrangement]
) -> list[tuple[dt.datetime, dt.datetime]]:
    """Return the moments on which the arrangement is due: within the horizon, else the next."""
    activity = activity_of(scene, rows)
    if activity is not None:
        coming = scene.next_meeting(activity)
        found = scene.meetings.get(activity) or ((coming,) if coming is not None else ())
        days = _days_of_rule(rows, found)
        return [(m.start, m.end) for m in found if days is None or m.start.date() in days]
    first = min((r.since for r in rows if r.since is not None), default=scene.today)
    starts = occurrences(
        dt.datetime.combine(first, dt.time(12)),
        rrule=rows[0].rrule or need.rrule or "FREQ=WEEKLY",
        after=dt.datetime.combine(scene.today, dt.time.min),
        before=dt.datetime.combine(scene.last, dt.time.min),
    )
    minutes = round((need.hours or scene.policy.help_hours) * 60)
    begun = [_begin(scene, need, rows, on=start.date(), minutes=minutes) for start in starts]
    return [(start, ends(start, minutes, scene.policy.zone)) for start in begun]


def _begin(
    scene: Scene, need: Need, rows: Sequence[Arrangement], *, on: dt.date, minutes: int
) -> dt.datetime:
    """Return when help begins on a day: as agreed, else the first moment that suits everybody.

    Without an hour that was agreed for this weekday, where none suits it is the first that suits
    the asker that day, else on any day; where nothing is known of the asker's hours it is noon.
    """
    agreed = (row.moment for row in rows if row.moment is not None)
    hour = next((then.time() for then in agreed if then.weekday() == on.weekday()), None)
    if hour is not None:
        return dt.datetime.combine(on, hour)
    noon = dt.datetime.combine(on, dt.time(12))
    if not need.when:
        return noon
    givers = [ws for row in rows if (ws := _windows_of(scene, row))]
    hours = {w.start % _DAY for ws in (need.when, *givers) for w in ws if _is_on(w, on)}
    moments = [dt.datetime.combine(on, dt.time(h // 60, h % 60)) for h in sorted(hours)]
    for start in moments:
        end = ends(start, minutes, scene.policy.zone)
        if all(covers(windows, start, end) for windows in (need.when, *givers)):
            return start
    own = min((w.start % _DAY for w in need.when if _is_on(w, on)), default=None)
    clock = need.when[0].start % _DAY if own is None else own
    return dt.datetime.combine(on, dt.time(clock // 60, clock % 60))


def _windows_of(scene: Scene, row: Arrangement) -> Sequence[Window] | None:
    """Return when a provider has time for what was arranged; None: it is not known."""
    talent = scene.hood.index["talents"].get(row.talent or "")
    person = scene.people.get(row.provider)
    own = talent.available if isinstance(talent, Talent) else None
    return own or (person.available if person is not None else None)


def _is_on(window: Window, day: dt.date) -> bool:
    return window.start // _DAY == day.weekday()


def _timed(scene: Scene, need: Need, rows: Sequence[Arrangement]) -> bool:
    """Say whether the hour of an arrangement is known: of the activity, or when it suits."""
    agreed = any(row.moment is not None for row in rows)
    return agreed or bool(need.when) or activity_of(scene, rows) is not None


def _days_of_rule(
    rows: Sequence[Arrangement], found: Sequence[Meeting]
) -> frozenset[dt.date] | None:
    """Return the days on which the arrangement's own rule falls; None: it has no rule."""
    row = next((r for r in rows if r.rrule is not None), None)
    if row is None or not found:
        return None
    begin = dt.datetime.combine(row.since or found[0].start.date(), found[0].start.time())
    last = found[-1].start + dt.timedelta(days=1)
    dates = occurrences(begin, rrule=row.rrule, after=found[0].start, before=last)
    return frozenset(moment.date() for moment in dates)


def _held(
    scene: Scene, need: Need, row: Arrangement, when: tuple[dt.datetime, dt.datetime]
) -> bool:
    """Say whether one leg still stands on a date: everybody is there, and may be."""
    day = when[0].date()
    if not live(row, day, "since") or _taken_back(scene, need, row):
        return False
    if not _as_agreed(row, when[0]):
        return False
    if _apart(scene, need, row, when[0]):
        return False
    for party in scene.hood.matches(row.provider, "people", "initiatives", "organisations"):
        if isinstance(party, Person) and not _still_gives(scene, party, day):
            return False
        if isinstance(party, Initiative) and party.status is InitiativeStatus.ENDED:
            return False
    talent = scene.hood.index["talents"].get(row.talent or "")
    if not isinstance(talent, Talent):
        return row.talent is None
    return live(talent, day) and (row.leg not in RIDES or _in_time(scene, row, talent, when))


def _as_agreed(row: Arrangement, start: dt.datetime) -> bool:
    """Say whether it begins at the hour that was agreed; help on another weekday has its own."""
    then = row.moment
    if then is None or (row.activity is None and then.weekday() != start.weekday()):
        return True
    return then.time() == start.time()


def _taken_back(scene: Scene, need: Need, row: Arrangement) -> bool:
    """Say whether the provider was turned down, or stopped, after it was arranged."""
    return any(
        d.provider == row.provider and (row.since is None or d.date >= row.since)
        for d in refusals(scene, need.need)
    )


def _apart(scene: Scene, need: Need, row: Arrangement, start: dt.datetime) -> bool:
    """Say whether a protection keeps the asker from provider or activity."""
    owner, day = need.owner, start.date()
    if scene.kept_apart(owner, row.provider, day):
        return True
    return row.activity is not None and scene.kept_apart(owner, row.activity, day)


def _gives_way(
    scene: Scene, need: Need, row: Arrangement, there: tuple[dt.date, frozenset[tuple[str, str]]]
) -> bool:
    """Say whether asker or driver is to stay away from somebody who comes there too."""
    day, comers = there
    if row.leg in RIDES and any(scene.yields(row.provider, who, day) for who, _ in comers):
        return True
    others = {who for who, asked in comers if asked != need.need}  # the own drivers: leg by leg
    return row.activity is not None and any(scene.yields(need.owner, o, day) for o in others)


def _still_gives(scene: Scene, person: Person, day: dt.date) -> bool:
    scope = sharing_of(person, asof=scene.today).scope
    return live(person, day) and scope is not SharingScope.NOBODY


def _in_time(
    scene: Scene, row: Arrangement, talent: Talent, when: tuple[dt.datetime, dt.datetime]
) -> bool:
    if talent.going_to is not None:
        return True
    owner = scene.people.get(talent.owner)
    windows = talent.available or (owner.available if owner is not None else None)
    return not windows or covers(windows, *ride_span(scene, row.leg, *when))


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
    cases : Counter
        The part of these minutes that goes to people, and not to initiatives.
    spans : Mapping[str, list]
        When people are busy: person to (start, end) pairs.
    riders : Mapping
        Who rides already: (talent, activity, start, leg) to askers.
    load : Counter
        Plans given by person.
    """

    seats: Counter[tuple[str, dt.datetime]] = field(default_factory=Counter)
    plans: Counter[tuple[str, int]] = field(default_factory=Counter)
    minutes: Counter[tuple[str, int]] = field(default_factory=Counter)
    cases: Counter[tuple[str, int]] = field(default_factory=Counter)
    spans: Mapping[str, list[tuple[dt.datetime, dt.datetime]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    riders: Mapping[tuple[str, str, dt.datetime, Leg], list[str]] = field(
        default_factory=lambda: defaultdict(list)
    )
    load: Counter[str] = field(default_factory=Counter)
    attending: Mapping[tuple[str, dt.datetime], set[str]] = field(
        default_factory=lambda: defaultdict(set)
    )

    def free(self, person: str, start: dt.datetime, end: dt.datetime) -> bool:
        """Say whether somebody has nothing else between two moments."""
        return all(end <= s or e <= start for s, e in self.spans.get(person, ()))

    def over(self, person: str, start: dt.datetime, end: dt.datetime) -> dt.datetime | None:
        """Return when that is over what somebody has to do between two moments; None: nothing."""
        ends = (e for s, e in self.spans.get(person, ()) if s < end and start < e)
        return max(ends, default=None)

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
    need = scene.hood.need(plan.need)
    week = scene.week_of(plan.start.date())
    activity = activity_of(scene, plan.rows)
    if activity is not None and need.owner in scene.people:
        busy.attend(need.owner, Meeting(plan.start, plan.end, activity))
    given: set[tuple[str, str | None]] = set()
    driven: set[tuple[str, str | None]] = set()
    for row in plan.rows:
        if row.leg in RIDES:
            first = _reserve_ride(scene, plan, row, busy)
            (given if first else driven).add((row.provider, row.talent))
        elif row.leg is not Leg.ACTIVITY:
            _reserve_help(scene, plan, row, busy)
            given.add((row.provider, row.talent))
    for provider, talent in sorted(given - driven, key=str):
        busy.load[provider] += 1
        if talent is not None:
            busy.plans[talent, week] += 1


def _reserve_ride(scene: Scene, plan: Fixed, row: Arrangement, busy: Busy) -> bool:
    """Take a seat in a car; return whether the car drives only because of it."""
    owner = scene.hood.need(plan.need).owner
    span = ride_span(scene, row.leg, plan.start, plan.end)
    busy.spans[owner].append(span)
    if row.talent is None:
        busy.spans[row.provider].append(span)
        return True
    aboard = busy.riders[row.talent, activity_of(scene, plan.rows) or "", plan.start, row.leg]
    if owner in aboard:
        return False  # for another question, on the same ride
    aboard.append(owner)
    if len(aboard) > 1:
        return False
    busy.spans[row.provider].append(span)
    week = scene.week_of(plan.start.date())
    busy.minutes[row.talent, week] += scene.policy.ride_margin_minutes
    busy.cases[row.talent, week] += scene.policy.ride_margin_minutes
    return True


def _reserve_help(scene: Scene, plan: Fixed, row: Arrangement, busy: Busy) -> None:
    owner, span = scene.hood.need(plan.need).owner, (plan.start, plan.end)
    for who in (row.provider, owner):
        if plan.timed and who in scene.people:
            busy.spans[who].append(span)
    if row.talent is not None:
        minutes = round((plan.end - plan.start).total_seconds() / 60)
        given = (row.talent, scene.week_of(plan.start.date()))
        busy.minutes[given] += minutes
        busy.cases[given] += minutes * (owner in scene.people)


def ride_span(
    scene: Scene, leg: Leg, start: dt.datetime, end: dt.datetime
) -> tuple[dt.datetime, dt.datetime]:
    """Return when a driver is busy with a ride there or back."""
    margin = dt.timedelta(minutes=scene.policy.ride_margin_minutes)
    return (start - margin, start) if leg is Leg.RIDE_OUT else (end, end + margin)
