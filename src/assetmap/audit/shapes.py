"""What must hold for a plan as a whole: its parts, its date, its step and its points."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

from assetmap.audit.clauses import broken, is_minor, refusal_holds, rung_of
from assetmap.audit.deeds import RIDES, Deed, Moment, deeds_of, minutes_of
from assetmap.audit.facts import DAY, Facts, alive
from assetmap.audit.standing import arranged, deed, due, holds, row_of
from assetmap.audit.views import LegView, PlanView
from assetmap.audit.wishes import needs_ride
from assetmap.model import DecisionWord, Leg, Need, Share, Term
from assetmap.schedule import ends

__all__ = [
    "Slot",
    "days_waited",
    "faults_of",
    "in_turns",
    "is_open",
    "may_divide",
    "may_share",
    "shape",
    "slots",
    "turned_down",
]

HOUR = 60
MOST_SHIFTS = 4
Slot = tuple[dt.date, dt.date]
"""The first day of an occurrence of a need, and the first day after it."""

_KINDS: Mapping[str, Leg] = MappingProxyType(
    {
        "space": Leg.PLACE,
        "land": Leg.PLACE,
        "money": Leg.MONEY,
        "permission": Leg.CONTACT,
        "knowledge": Leg.CONTACT,
    }
)


def is_open(facts: Facts, need: Need) -> bool:
    """Say whether a need is asked in the week of the run."""
    sunday = facts.week.sunday
    if need.closed_on is not None and need.closed_on <= sunday:
        return False
    if need.since is not None and need.since > sunday:
        return False
    words = [d for d in facts.hood.decisions if d.need == need.need and d.date <= sunday]
    done = any(d.decision is DecisionWord.DONE for d in words)
    lasting = need.rrule is not None or any(r.need == need.need for r in facts.hood.arrangements)
    return lasting or not done


def days_waited(facts: Facts, need: Need) -> int:
    """Return the days from the first question to the Monday of the run."""
    return max(0, (facts.monday - need.since).days) if need.since is not None else 0


def slots(facts: Facts, need: Need) -> list[Slot]:
    """Return the occurrences for which a need asks a plan each, while the asker is here."""
    rows = arranged(facts, need.need)
    asker = facts.asker(need)
    days = [start.date() for start in due(facts, need, rows)]
    found = [(day, day + DAY) for day in days if alive(asker, day)]
    if not found and need.rrule is None:
        found = [(facts.monday, facts.beyond)]
    elif not found and need.rrule is not None:
        found = _recurring(facts, need, need.rrule)
    first = max(facts.monday, need.since or facts.monday)
    last = asker.until + DAY if asker is not None and asker.until is not None else dt.date.max
    within = [(max(begin, first), min(end, last)) for begin, end in found]
    return [(begin, end) for begin, end in within if begin < end]


def _recurring(facts: Facts, need: Need, rule: str) -> list[Slot]:
    first = min(need.since or facts.monday, facts.monday)
    if "FREQ=WEEKLY" in rule and "BYDAY" not in rule:
        first -= dt.timedelta(days=first.weekday())
        length = dt.timedelta(weeks=1)
    elif any(word in rule for word in ("BYDAY", "BYMONTHDAY", "FREQ=DAILY")):
        length = DAY
    else:
        return [(facts.monday, facts.beyond)]
    found = facts.repeated(first, rule)
    return [(day, day + length) for day in found]


def touches(slot: Slot, when: Moment) -> bool:
    """Say whether a plan for a time, or for some time in a week, can be for an occurrence."""
    if isinstance(when, dt.datetime):
        return slot[0] <= when.date() < slot[1]
    if when is not None and when.weekday() != 0:
        return slot == (when, when + DAY)
    return when is not None and when < slot[1] and slot[0] < when + 7 * DAY


def kind_for(facts: Facts, need: Need) -> Leg:
    """Return what kind of part a talent is for a need."""
    line = facts.line(need.category)
    return next((leg for top, leg in _KINDS.items() if top in line), Leg.HELP)


def may_share(facts: Facts, need: Need) -> bool:
    """Say whether a long question may be shared by people who each help for a short time."""
    asked = need.term is Term.LONG and (need.people_needed or 1) == 1
    talked = need.talked is True or facts.asker(need) is None
    arranged_before = any(row.need == need.need for row in facts.hood.arrangements)
    help_ = kind_for(facts, need) is Leg.HELP
    return facts.policy.split_long and asked and talked and help_ and not arranged_before


def may_divide(facts: Facts, need: Need) -> bool:
    """Say whether people may come one after another: help of two hours or more, for one person."""
    told = need.hours is not None and minutes_of(facts, need) >= 2 * HOUR
    talked = need.talked is True or facts.asker(need) is None
    arranged_before = any(row.need == need.need for row in facts.hood.arrangements)
    single = (need.people_needed or 1) == 1 and kind_for(facts, need) is Leg.HELP
    return facts.policy.split_hours and told and talked and single and not arranged_before


def _shifts(facts: Facts, need: Need, deeds: Sequence[Deed]) -> Iterator[str]:
    """Two to four people come one after another, an hour at least each, for all of the time."""
    whole, zone = minutes_of(facts, need), facts.policy.zone
    found = sorted(deeds, key=lambda d: str(d.start))
    shares = [d.minutes or 0 for d in found]
    if not may_divide(facts, need) or not 2 <= len(found) <= MOST_SHIFTS:
        yield "it is shared, and may not be"
    if min(shares) < HOUR:
        yield "somebody comes for less than an hour"
    if all(d.end is None for d in found):
        if any(share != -(-whole // len(found)) for share in shares):
            yield "not everybody comes for the same time"
        return
    if sum(shares) != whole or (len(found) > 2 and max(shares) - min(shares) > 1):
        yield "its parts are not as long as they have to be"
    for one in found:
        start, end = one.start, one.end
        if not isinstance(start, dt.datetime) or end != ends(start, one.minutes or 0, zone):
            yield "a part does not take as long as it says"
    if any(a.end != b.start for a, b in pairwise(found)):
        yield "its parts do not follow one another"


def in_turns(facts: Facts, one: Deed) -> bool:
    """Say whether a part is help by somebody who wants to help for a short time."""
    talent = facts.talent(one.talent)
    return one.leg is Leg.HELP and talent is not None and talent.term is Term.SHORT


def _people(facts: Facts, need: Need, deeds: Sequence[Deed]) -> int:
    """Return how many a plan takes: one place holds everybody, two share what names no dates."""
    if all(d.place and not d.talent for d in deeds):
        return 1
    shared = may_share(facts, need) and all(in_turns(facts, d) for d in deeds)
    return 2 if shared and need.rrule is None else need.people_needed or 1


def shape(facts: Facts, need: Need, deeds: Sequence[Deed]) -> list[str]:
    """Return what is wrong with the parts of a plan taken together: all of them or nothing."""
    count = Counter(d.leg for d in deeds)
    found = []
    if count[Leg.ACTIVITY]:
        wanted = Counter({Leg.ACTIVITY: 1})
        one = next(d for d in deeds if d.leg is Leg.ACTIVITY)
        if needs_ride(facts, need, one.activity):
            wanted.update(RIDES)
        if len({d.activity for d in deeds}) != 1:
            found.append("its parts are for different activities")
    elif all(d.firm for d in deeds):
        return []
    elif any(d.minutes is not None for d in deeds):
        wanted = Counter({kind_for(facts, need): len(deeds)})
        found += [*_shifts(facts, need, deeds), *_twice(deeds)]
    elif any(d.talent or d.place for d in deeds):
        wanted = Counter({kind_for(facts, need): _people(facts, need, deeds)})
        found += _twice(deeds)
    else:
        wanted = Counter({Leg.CONTACT: 1})
    return [*found, *_counted(count, wanted)]


def _twice(deeds: Sequence[Deed]) -> Iterator[str]:
    if len({d.giver for d in deeds}) != len(deeds):
        yield "somebody gives two parts of it"


def _counted(count: Counter[Leg], wanted: Counter[Leg]) -> Iterator[str]:
    for leg in Leg:
        if count[leg] < wanted[leg]:
            yield f"the part {leg} is missing"
        if count[leg] > wanted[leg]:
            yield f"it has the part {leg} too often"


def _dated(facts: Facts, need: Need, plan: PlanView) -> Iterator[str]:
    # The date exists, lies within the horizon and suits what is asked
    when, activity = plan.occurrence, next((p.activity for p in plan.legs if p.activity), None)
    day = when.date() if isinstance(when, dt.datetime) else when
    if plan.status == "standing" and when in due(facts, need, arranged(facts, need.need)):
        return
    if day is None or not facts.within(day):
        yield "its date lies outside the horizon"
        return
    where = facts.activity(activity)
    if where is not None:
        if when not in facts.dates(where):
            yield "there is no such date of the activity"
        elif isinstance(when, dt.datetime) and plan.end != facts.over(where, when):
            yield "it does not end when the activity ends"
    elif not isinstance(when, dt.datetime) and day.weekday() != 0 and not _named(facts, need, day):
        yield "it has neither a time, nor the Monday of a week, nor a day that was asked for"
    elif isinstance(when, dt.datetime) and (plan.end is None or plan.end <= when):
        yield "it has no end after its beginning"
    if not any(touches(slot, when) for slot in slots(facts, need)):
        yield "nothing is asked for on that date"


def _named(facts: Facts, need: Need, day: dt.date) -> bool:
    return (day, day + DAY) in slots(facts, need)


def _steps(facts: Facts, need: Need, plan: PlanView, deeds: Sequence[Deed]) -> Iterator[str]:
    """Every part stands on its own step, and the plan on the highest of them."""
    for part, one in zip(plan.legs, deeds, strict=True):
        steps = {rung_of(facts, need, one)}
        if one.is_ride:
            steps.add(rung_of(facts, need, one, anyway=True))
        if part.rung not in steps:
            yield f"the part {part.leg} is said to be on the step {part.rung}"
    if plan.rung.step != max(part.rung.step for part in plan.legs):
        yield f"the step {plan.rung} is not the highest of its parts"


def _points(plan: PlanView) -> Iterator[str]:
    told = sum(sum(part.points.values()) for part in plan.legs)
    if plan.scores.get("fit", told) != told:
        yield "the points of its parts do not add up to its fit"


def _met(facts: Facts, need: Need, part: LegView, one: Deed) -> Iterator[str]:
    # Whoever introduces people may be named, and knows the next in the chain
    asker, names = facts.asker(need), [part.introducer, *part.chain[1:-1]]
    for name in {n for n in names if n is not None}:
        person = facts.person(name)
        if person is None:
            yield "nobody has the id of the one who introduces them"
        elif person.share is Share.NO and not person.is_worker:
            yield "somebody in the chain of acquaintance may not be named"
        elif not person.is_worker and is_minor(facts, person) and not facts.policy.minors:
            yield "somebody in the chain of acquaintance is, or may be, under age"
        elif any(facts.apart(("people", person.person), end) for end in (one.asker, one.giver)):
            yield "somebody in the chain of acquaintance is kept apart from one of the two"
    chain = part.chain
    if any(facts.apart(facts.party(a), facts.party(b)) for a, b in pairwise(chain)):
        yield "two in the chain of acquaintance are kept apart"
    giver = one.giver[1] if one.giver is not None else part.provider
    astray = chain and asker is not None and (chain[0], chain[-1]) != (asker.person, giver)
    if astray or not all(_linked(facts, a, b) for a, b in pairwise(chain)):
        yield "the chain of acquaintance does not lead from one to the other"
    if len(chain) > 2 and part.introducer != chain[1]:
        yield "the one who introduces them is not the first in the chain"


def _linked(facts: Facts, a: str, b: str) -> bool:
    """Say whether two people know each other, perhaps as worker and resident."""
    if facts.knows(a, b):
        return True
    one, other = facts.person(a), facts.person(b)
    if one is None or other is None:
        return False
    held = one.worker == other.person or other.worker == one.person
    told = any({t.a, t.b} == {a, b} and alive(t, facts.monday, "since") for t in facts.hood.ties)
    return held or told


def turned_down(facts: Facts, plan: PlanView) -> bool:
    """Say whether a plan with these very parts was turned down, and that still counts."""
    rows = [d for d in facts.hood.decisions if d.need == plan.need and d.provider is None]
    same = [d for d in rows if _code(d.plan, plan.need) == _code(plan.plan, plan.need)]
    return any(refusal_holds(facts, d.date, d.until, d.decision) for d in same)


def _code(plan: str, need: str) -> str:
    """Return what a plan's id says about its parts, whatever the date."""
    return plan.removeprefix(f"{need}-").partition("-")[0]


def _agreed(facts: Facts, plan: PlanView) -> bool:
    said = [d for d in facts.hood.decisions if (d.plan, d.need) == (plan.plan, plan.need)]
    last = max((d.date for d in said), default=None)
    done = [d for d in said if d.date == last and d.decision is DecisionWord.DO]
    return any(d.moment is None or d.moment == plan.occurrence for d in done)


def faults_of(facts: Facts, plan: PlanView) -> Iterator[str]:
    """Yield what is wrong with one plan by itself."""
    need = facts.need(plan.need)
    if need is None:
        yield f"{plan.plan}: there is no such need"
        return
    deeds = deeds_of(facts, plan)
    for said in _all_of(facts, need, plan, deeds):
        yield f"{plan.plan}: {said}"


def _gathered(facts: Facts, need: Need, plan: PlanView, deeds: Sequence[Deed]) -> Iterator[str]:
    """Yield what is wrong with one member's plan of a group; what concerns all is in `groups`."""
    yield from _dated(facts, need, plan)
    yield from _points(plan)
    for part, one in zip(plan.legs, deeds, strict=True):
        yield from _met(facts, need, part, one)
    yield from _decided(facts, plan)


def _decided(facts: Facts, plan: PlanView) -> Iterator[str]:
    if plan.status == "pinned" and not _agreed(facts, plan):
        yield "nobody decided to do it"
    if plan.status == "proposed" and turned_down(facts, plan):
        yield "it was turned down a short while ago"


def _all_of(facts: Facts, need: Need, plan: PlanView, deeds: Sequence[Deed]) -> Iterator[str]:
    if not is_open(facts, need):
        yield "its need is not asked now"
    if not deeds:
        yield "it has no parts"
        return
    if plan.status != "standing" and any(d.leg is Leg.GROUP for d in deeds):
        yield from _gathered(facts, need, plan, deeds)
        return
    yield from shape(facts, need, deeds)
    yield from _dated(facts, need, plan)
    timed = [d for d in deeds if d.minutes is not None and isinstance(d.start, dt.datetime)]
    if timed and (min(str(d.start) for d in timed), max(str(d.end) for d in timed)) != (
        str(plan.occurrence),
        str(plan.end),
    ):
        yield "its parts begin or end at another time than it says"
    if plan.status == "standing":
        yield from _stands(facts, deeds)
        return
    shared = may_share(facts, need) and all(in_turns(facts, d) for d in deeds)
    for one in deeds:
        for name in set(broken(facts, need, one)) - ({"term"} if shared else set()):
            yield f"the clause {name} does not hold for the part {one.leg}"
    yield from _costs(facts, need, deeds)
    yield from _mends(facts, need, deeds)
    yield from _steps(facts, need, plan, deeds)
    yield from _points(plan)
    for part, one in zip(plan.legs, deeds, strict=True):
        yield from _met(facts, need, part, one)
    yield from _decided(facts, plan)


def _costs(facts: Facts, need: Need, deeds: Sequence[Deed]) -> Iterator[str]:
    """All parts together cost no more than the asker can pay."""
    if need.fee_max_eur is None:
        return
    records = {d.talent: facts.talent(d.talent) for d in deeds if d.talent}
    fees = [t.fee_eur for t in records.values() if t is not None]
    places = {d.activity for d in deeds if d.leg is Leg.ACTIVITY}
    fees += [a.fee_eur for a in map(facts.activity, places) if a is not None]
    if sum(fee for fee in fees if fee is not None) > need.fee_max_eur:
        yield "its parts together cost more than the asker can pay"


def _mends(facts: Facts, need: Need, deeds: Sequence[Deed]) -> Iterator[str]:
    # What was arranged and still holds is kept; only what fell away is filled again
    rows = arranged(facts, need.need)
    for start in due(facts, need, rows):
        if start.date() != deeds[0].day:
            continue
        for at, row in enumerate(rows):
            one = deed(facts, need, rows, at, start)
            same = [d for d in deeds if (d.leg, d.activity) == (one.leg, one.activity)]
            kept = any(d.giver == one.giver or d.leg is Leg.ACTIVITY for d in same)
            if holds(facts, row, one) and not kept:
                yield f"the arrangement for the part {row.leg} still holds, and was dropped"


def _stands(facts: Facts, deeds: Sequence[Deed]) -> Iterator[str]:
    """Every part of a standing plan is an arrangement that holds on the date."""
    for one in deeds:
        row = row_of(facts, one)
        if row is None and one.leg is Leg.ACTIVITY and any(d.is_ride for d in deeds):
            continue  # the seat at the end of the ride
        if row is None:
            yield f"nothing was arranged for the part {one.leg}"
        elif not holds(facts, row, one):
            yield f"the arrangement for the part {one.leg} no longer holds"
