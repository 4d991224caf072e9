"""What must hold for the needs without a plan: each has one reason, and that reason is true."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from assetmap.audit.clauses import broken, is_reserved
from assetmap.audit.deeds import Deed
from assetmap.audit.facts import PARTIES, Facts
from assetmap.audit.possible import Possible, certain, offers, possible, somebody, waits_for
from assetmap.audit.shapes import days_waited, slots
from assetmap.audit.standing import arranged, due
from assetmap.audit.views import GapView
from assetmap.audit.wishes import needs_ride
from assetmap.model import Activity, InitiativeStatus, Leg, Need, Rung, Talent

__all__ = ["REASONS", "Seen", "faults_of_gap"]

CONTESTED = frozenset(
    {
        "taken_by_more_urgent",
        "no_capacity",
        "no_hours",
        "no_ride_out",
        "no_ride_back",
        "no_time",
        "needs_worker",
        "waiting_for_rung",
        "activity_incomplete",
    }
)
"""Reasons that may mean that others took what was needed."""
SECRET = frozenset(
    {"sharing", "safeguard", "refused", "of_age", "not_known", "sensitive", "supportive"}
)
"""Clauses that never show in what is named as closest."""
YEAR = 52


@dataclass(frozen=True, eq=False)
class Seen:
    """What a gap is looked at beside.

    Attributes
    ----------
    facts : Facts
        The neighbourhood.
    firm, deeds : sequence of Deed
        What is so whatever is proposed, and that together with what is proposed.
    proven : bool
        Nothing was left out, and nothing better is possible.
    every_hour : bool
        That holds for every hour at which help could begin.
    """

    facts: Facts
    firm: Sequence[Deed]
    deeds: Sequence[Deed]
    proven: bool
    every_hour: bool


@dataclass(frozen=True, eq=False)
class _Case:
    """One gap, with what it is about."""

    seen: Seen
    gap: GapView
    need: Need
    could: tuple[Possible, ...]

    @property
    def facts(self) -> Facts:
        return self.seen.facts

    @property
    def record(self) -> Talent | Activity | None:
        """What came nearest."""
        return self.facts.talent(self.gap.closest) or self.facts.activity(self.gap.closest)

    def breaks(self, *names: str) -> bool:
        """Say whether one of these clauses does not hold for what came nearest."""
        near = [d for d in offers(self.facts, self.need) if self.is_of(d)]
        return any(set(names) & set(broken(self.facts, self.need, d)) for d in near)

    def is_of(self, deed: Deed) -> bool:
        """Say whether a deed is with what came nearest."""
        return self.gap.closest in {deed.talent, deed.activity, deed.place}

    def dates(self) -> list[dt.datetime]:
        """Return the dates of what came nearest, where it has any."""
        record = self.record
        return self.facts.dates(record) if isinstance(record, Activity) else []


def _first_talk(case: _Case) -> bool:
    return case.need.talked is not True and case.facts.asker(case.need) is not None


def _worker(case: _Case) -> bool:
    return is_reserved(case.facts, case.need.category)


def _waits(case: _Case) -> bool:
    opens, rung = case.gap.opens_on, case.gap.rung
    if opens is None or rung is None or opens <= case.facts.monday:
        return False
    return _held(case) or not certain(case.facts, case.need)


def _there(case: _Case) -> set[Rung]:
    """Return the steps on which somebody could; whoever may be proposed for it could drive."""
    found = somebody(case.facts, case.need, case.seen.firm)
    askers = {case.facts.party(n.owner) for n in case.facts.hood.needs if n.need != case.need.need}
    for one in case.could:
        pairs = zip(one.deeds, one.rungs, strict=True)
        rungs = [Rung.NEIGHBOUR if d.is_ride and d.giver in askers else r for d, r in pairs]
        found.add(max(rungs, key=lambda rung: rung.step))
    return found


def _held(case: _Case) -> bool:
    # There is a plan that still waits for a lower step, whoever else goes there
    there = _there(case)
    return any(waits_for(case.facts, case.need, p, there, case.seen.firm) for p in case.could)


def _comes(case: _Case) -> bool:
    record, day = case.record, case.gap.next_date
    if day is None or day < case.facts.beyond:
        return False
    if record is None:  # an arrangement whose next date is far away
        rows = arranged(case.facts, case.need.need)
        return day in {start.date() for start in due(case.facts, case.need, rows)}
    if isinstance(record, Talent):
        owner = case.facts.record(record.owner, "people")
        return day in {record.from_, getattr(owner, "from_", None)}
    weeks = case.facts.policy.horizon_weeks + YEAR
    return day in {d.date() for d in case.facts.dates(record, weeks=weeks)} and not case.dates()


def _nothing(case: _Case) -> bool:
    # or who could do it lacks the training that the team asks for
    return not offers(case.facts, case.need) or case.breaks("trained")


def _no_time(case: _Case) -> bool:
    beside = possible(case.facts, case.need, case.seen.deeds, firm=case.seen.firm)
    return not any(case.is_of(d) for p in beside for d in p.deeds)


def _no_ride(case: _Case) -> bool:
    where = case.record
    if case.gap.leg != case.gap.reason.removeprefix("no_"):
        return False
    if isinstance(where, Talent):
        return case.facts.is_ride(where.category)
    return where is not None and needs_ride(case.facts, case.need, where.activity)


def _incomplete(case: _Case) -> bool:
    record = case.record
    return isinstance(record, Activity) and bool(record.requires) and bool(case.dates())


def _short(case: _Case) -> bool:
    # Somebody could, if others were not helped first
    asked = case.facts.need(case.gap.closest or "")
    near = any(case.is_of(d) for d in offers(case.facts, case.need))
    return near or bool(case.could) or asked is not None


def _taken(case: _Case) -> bool:
    facts = case.facts
    if not _short(case):
        return False
    needs = [facts.need(d.need or "") for d in case.seen.deeds if not d.firm]
    own = _weight(facts, case.need)
    return any(n is not None and _weight(facts, n) > own for n in needs)


def _weight(facts: Facts, need: Need) -> int:
    urgency = 5 if arranged(facts, need.need) else need.urgency or 3
    return 10 * urgency + 10 * (days_waited(facts, need) // 7)


def _over_budget(case: _Case) -> bool:
    fee = getattr(case.record, "fee_eur", None)
    told = case.gap.price is None or fee is None or float(case.gap.price) == float(fee)
    return case.breaks("fee") and told


def _ended(case: _Case) -> bool:
    record = case.record
    if not slots(case.facts, case.need):
        return True
    if isinstance(record, Activity):
        return not case.dates()
    owner = case.facts.record(record.owner, *PARTIES) if record is not None else None
    ends = [day for r in (record, owner) if (day := getattr(r, "until", None)) is not None]
    stopped = getattr(owner, "status", None) is InitiativeStatus.ENDED
    return stopped or any(day < case.facts.beyond for day in ends)


def _any(case: _Case) -> bool:
    return True


def _silent(case: _Case) -> bool:
    return case.gap.closest is None


REASONS: Mapping[str, Callable[[_Case], bool]] = MappingProxyType(
    {
        "first_conversation": _first_talk,
        "needs_worker": _worker,
        "waiting_for_rung": _waits,
        "next_occurrence": _comes,
        "no_talent": _nothing,
        "too_far": lambda case: case.breaks("reach", "walks"),
        "no_time": _no_time,
        "no_shared_language": lambda case: case.breaks("language"),
        "no_capacity": _short,
        "no_hours": _short,
        "no_ride_out": _no_ride,
        "no_ride_back": _no_ride,
        "not_accessible": lambda case: case.breaks("accessible", "supported"),
        "fee_over_budget": _over_budget,
        "audience": lambda case: case.breaks("audience"),
        "term": lambda case: case.breaks("term"),
        "group_too_small": lambda case: (
            (case.need.people_needed or 1) > 1 or bool(case.need.context)
        ),
        "activity_incomplete": _incomplete,
        "taken_by_more_urgent": _taken,
        "ended": _ended,
        "not_possible_here": _silent,
        "several": _any,
    }
)
"""The closed list of reasons, each with what must be so for it to be true."""


def faults_of_gap(seen: Seen, gap: GapView) -> Iterator[str]:
    """Yield what is wrong with one gap."""
    facts, need = seen.facts, seen.facts.need(gap.need)
    if need is None:
        yield f"{gap.need}: there is no such need"
        return
    case = _Case(seen, gap, need, tuple(possible(facts, need, seen.firm)))
    if gap.reason not in REASONS:
        yield f"{gap.need}: the reason {gap.reason} is not in the closed list"
    elif not REASONS[gap.reason](case):
        yield f"{gap.need}: the reason {gap.reason} is not true"
    if gap.closest is not None:
        known = any(gap.closest in facts.hood.index[table] for table in ("needs", "places"))
        if case.record is None and not known:
            yield f"{gap.need}: what is named as closest does not exist"
        elif _kept(case):
            yield f"{gap.need}: what is named as closest was kept from the asker"
    workers = {p.person for p in facts.hood.people if p.is_worker}
    named = gap.worker is not None or not {
        p.person for p in facts.hood.people if p.is_worker and p.until is None
    }
    if not named or not (gap.worker is None or gap.worker in workers):
        yield f"{gap.need}: no worker is named who holds the question"
    yield from _overlooked(case)


def _kept(case: _Case) -> bool:
    """Say whether what came nearest was kept from the asker: on every date, if it has dates."""
    near = [d for d in offers(case.facts, case.need) if case.is_of(d)]
    for one in near:
        activity = case.facts.activity(one.activity)
        weeks = case.facts.policy.horizon_weeks + YEAR
        dates = case.dates() if activity is not None else []
        if activity is not None and not dates:
            today = dt.datetime.combine(case.facts.monday, dt.time())
            dates = case.facts.dates(activity, weeks=weeks)[:1] or [today]
        dated = [replace(one, start=d, end=d) for d in dates] or [one]
        if all(SECRET & set(broken(case.facts, case.need, d)) for d in dated):
            return True
    return False


def _meets(case: _Case) -> bool:
    """Say whether somebody is proposed for a date of it who is kept apart from the asker."""
    facts, asker = case.facts, case.facts.party(case.need.owner)
    dates = {(d.activity, d.start) for one in case.could for d in one.deeds if d.activity}
    there = (d for d in case.seen.deeds if (d.activity, d.start) in dates)
    return any(facts.apart(asker, d.asker, d.day) for d in there)


def _fitted_in(deed: Deed, beside: Sequence[Deed]) -> bool:
    """Say whether an hour of help would have to fit in with other things of that week."""
    if deed.leg is not Leg.HELP or not isinstance(deed.start, dt.datetime):
        return False
    both, week = {deed.giver, deed.asker} - {None}, deed.start.isocalendar()[:2]
    dated = (d for d in beside if d.day is not None and d.day.isocalendar()[:2] == week)
    return any(both & {d.giver, d.asker} for d in dated)


def _overlooked(case: _Case) -> Iterator[str]:
    """Nothing that is possible beside all proposals was overlooked."""
    facts, gap = case.facts, case.gap
    there = _there(case)
    beside = case.seen.deeds
    usable = [p for p in case.could if not waits_for(facts, case.need, p, there, beside)]
    contested = gap.reason in CONTESTED or (gap.reason == "not_possible_here" and _meets(case))
    if usable and not contested:
        yield f"{gap.need}: there was a plan but for others, and the reason is {gap.reason}"
    if not case.seen.proven:
        return
    for found in possible(facts, case.need, beside, firm=case.seen.firm):
        if not case.seen.every_hour and any(_fitted_in(d, beside) for d in found.deeds):
            continue
        if not waits_for(facts, case.need, found, there, beside):
            yield f"{gap.need}: it can be met beside everything that is proposed"
            return
