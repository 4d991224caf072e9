"""What must hold for every part of a proposed plan: one predicate per clause.

A predicate sees the need and one deed, and says whether the clause holds. Blank is unknown, and
unknown breaks nothing, except where somebody is protected.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from types import MappingProxyType

from assetmap.audit.deeds import Deed
from assetmap.audit.facts import PARTIES, Facts, alive
from assetmap.audit.ready import READY
from assetmap.audit.wishes import WISHES
from assetmap.model import (
    Arrangement,
    DecisionWord,
    Initiative,
    InitiativeStatus,
    Leg,
    Need,
    Person,
    Role,
    Rung,
    Share,
    Talent,
    Term,
)
from assetmap.privacy import may_propose

__all__ = [
    "CLAUSES",
    "broken",
    "is_minor",
    "is_reserved",
    "ladder_of",
    "refusal_holds",
    "rung_of",
    "seeks_people",
]

Clause = Callable[[Facts, Need, Deed], bool]

OF_AGE = 18
NAMES_DAYS = ("BYDAY", "BYMONTHDAY", "FREQ=DAILY")
"""Words of a rule by which something is asked for a day and not for a week."""
HELPS = frozenset({"volunteering", "host", "cook", "odd_job", "garden"})
"""What an initiative asks for when it asks for people."""


def _known(facts: Facts, need: Need, deed: Deed) -> bool:
    """Everything that a part names exists and belongs together."""
    talent, activity = facts.talent(deed.talent), facts.activity(deed.activity)
    if deed.talent is not None and (talent is None or facts.party(talent.owner) != deed.giver):
        return False
    if deed.place is not None:
        return facts.place(deed.place) is not None and deed.giver is not None
    if deed.leg is not Leg.ACTIVITY:
        bare = deed.leg in {Leg.CONTACT, Leg.GROUP}
        return deed.giver is not None and (talent is not None or bare)
    if activity is None or deed.talent is not None:
        return False
    host = facts.initiative(activity)
    return deed.giver == (None if host is None else ("initiatives", host.initiative))


def _answers(facts: Facts, need: Need, deed: Deed) -> bool:
    # It is what was asked; a ride is a ride
    talent, activity = facts.talent(deed.talent), facts.activity(deed.activity)
    if deed.is_ride:
        return talent is not None and facts.is_ride(talent.category)
    if deed.place is not None:
        return _lends(facts, deed.place, need)
    if talent is not None and _volunteers(facts, need, talent):
        return True
    if talent is not None and talent.going_to is not None and facts.is_ride(talent.category):
        return False  # a seat on the way to one activity is no ride elsewhere
    record = talent or activity
    if activity is not None and facts.asker(need) is None:
        return False  # a party has no seat
    if record is None:
        return _seeks_to_help(facts, need)
    named = bool(need.wants) and activity is not None
    return named or facts.tree.answer(record.category, need.category) > 0


def _seeks_to_help(facts: Facts, need: Need) -> bool:
    """Say whether a place among others may answer: who wants to help, or has something to give."""
    if facts.asker(need) is None:
        return False
    if {"volunteering", "work_experience"} & facts.line(need.category):
        return True
    gives = any(facts.party(t.owner) == facts.party(need.owner) for t in facts.hood.talents)
    return gives and facts.tree.answer("volunteering", need.category) > 0


def _volunteers(facts: Facts, need: Need, talent: Talent) -> bool:
    """Say whether an initiative that just asks for volunteers gets one."""
    owner = facts.record(need.owner, "initiatives")
    plain = need.category == "volunteering" and owner is not None
    person = facts.record(talent.owner, "people")
    return plain and person is not None and facts.role(talent) is Role.VOLUNTEER


def _lends(facts: Facts, place: str, need: Need) -> bool:
    """Say whether a place lends itself to what is asked; what is no land or room is a room."""
    row = facts.place(place)
    words = [facts.tree.find(w) or w for w in (row.space_for or () if row is not None else ())]
    kinds = [w if facts.line(w) & {"space", "land"} else "space" for w in words]
    return any(facts.tree.answer(kind, need.category) > 0 for kind in kinds)


def _wanted(facts: Facts, need: Need, deed: Deed) -> bool:
    """Who names activities or initiatives gets only those."""
    if not need.wants or deed.is_ride:
        return True
    wanted = {facts.record(w, "activities", "initiatives") for w in need.wants}
    return bool(wanted & {facts.activity(deed.activity), _giver(facts, deed)} - {None})


def _giver(facts: Facts, deed: Deed) -> object:
    return facts.record(":".join((_PREFIX[deed.giver[0]], deed.giver[1]))) if deed.giver else None


_PREFIX = MappingProxyType(
    {
        "people": "person",
        "initiatives": "initiative",
        "organisations": "organisation",
        "places": "place",
    }
)


def _somebody_else(facts: Facts, need: Need, deed: Deed) -> bool:
    return deed.giver is None or deed.giver != deed.asker


def _shares(facts: Facts, need: Need, deed: Deed) -> bool:
    """Nobody is proposed who said no, nor beyond the own team who did not say yes."""
    person = _giver(facts, deed)
    if not _asker_named_to(facts, need, deed):
        return False
    if not isinstance(person, Person):
        return True
    asker = facts.asker(need)
    known = asker is not None and facts.knows(asker.person, person.person)
    if known and person.share is not Share.NO:
        return True
    ours, theirs = facts.team(facts.holder(need)), facts.team(person)
    return may_propose(person, own_team=theirs, to_team=ours, asof=facts.monday)


def _asker_named_to(facts: Facts, need: Need, deed: Deed) -> bool:
    # An asker who said no is known to friends, to their worker, and where they are expected already
    asker = facts.asker(need)
    if asker is None or asker.share is not Share.NO:
        return True
    rows = [r for r in facts.hood.arrangements if r.need == need.need]
    expected = {facts.provider(r.provider) for r in rows}
    expected |= {("activities", r.activity) for r in rows if r.activity is not None}
    expected |= {facts.party(w) for w in (need.worker, asker.worker) if w is not None}
    if deed.leg is Leg.ACTIVITY and _rides_there(facts, need, rows, deed.activity):
        return True
    friend = deed.giver is not None and deed.giver[0] == "people"
    if friend and deed.giver is not None and facts.knows(asker.person, deed.giver[1]):
        return True
    return bool(deed.providers & expected)


def _rides_there(
    facts: Facts, need: Need, rows: Sequence[Arrangement], activity: str | None
) -> bool:
    """Say whether rides to an activity were arranged, where no row names the seat itself."""
    going = {t.going_to for r in rows if (t := facts.talent(r.talent)) is not None}
    wants = {w for w in need.wants or () if facts.activity(w) is not None}
    riding = any(r.leg in {Leg.RIDE_OUT, Leg.RIDE_BACK} for r in rows)
    return riding and activity is not None and activity in going | wants


def _not_apart(facts: Facts, need: Need, deed: Deed) -> bool:
    """No safeguard holds between the asker and whoever or whatever they would meet."""
    day = deed.day
    activity = facts.activity(deed.activity)
    if deed.leg is Leg.ACTIVITY and activity is not None:
        places = [("activities", activity.activity), deed.giver]
        return not any(facts.apart(deed.asker, p, day) for p in places)
    talent = facts.talent(deed.talent)
    going = ("activities", talent.going_to) if talent and talent.going_to else None
    if facts.apart(deed.asker, deed.giver) or facts.apart(deed.asker, going):
        return False
    if not deed.is_ride or activity is None:
        return True
    there = [("activities", activity.activity), facts.party(activity.initiative)]
    return not any(facts.apart(deed.giver, p, day) for p in there)


def _not_refused(facts: Facts, need: Need, deed: Deed) -> bool:
    """Whoever was turned down for a need is not proposed again for a while."""
    mine = [d for d in facts.hood.decisions if d.need == need.need and d.provider is not None]
    said = [d for d in mine if facts.provider(d.provider) in deed.providers]
    return not any(refusal_holds(facts, d.date, d.until, d.decision) for d in said)


def _not_stepped_down(facts: Facts, need: Need, deed: Deed) -> bool:
    # Who stopped doing something for somebody is not asked for the same a short while later
    rows = [r for r in facts.hood.arrangements if r.need == need.need]
    own = [r for r in rows if facts.provider(r.provider) in deed.providers]
    legs = {deed.leg} if deed.is_ride else {r.leg for r in own}
    return not legs or not all(_stopped(facts, [r for r in own if r.leg is g]) for g in legs)


def _stopped(facts: Facts, rows: Sequence[Arrangement]) -> bool:
    """Say whether all of these arrangements ended lately, or end within the horizon."""
    ends = [r.until for r in rows if r.until is not None]
    if not rows or len(ends) < len(rows):
        return False
    return -facts.policy.not_now_days <= (max(ends) - facts.monday).days < facts.horizon


def refusal_holds(facts: Facts, said: dt.date, until: dt.date | None, word: DecisionWord) -> bool:
    """Say whether a refusal still counts on the Monday of the run."""
    days = {
        DecisionWord.NOT_NOW: facts.policy.not_now_days,
        DecisionWord.NO_MORE: facts.policy.declined_days,
    }
    if word not in days or said > facts.week.sunday:
        return False
    if until is not None:
        return until >= facts.monday
    return (facts.monday - said).days < days[word]


def _of_age(facts: Facts, need: Need, deed: Deed) -> bool:
    """Nobody under age, unless the team allows it for what is asked."""
    people = (facts.asker(need), _giver(facts, deed))
    young = [p for p in people if isinstance(p, Person) and is_minor(facts, p)]
    line = facts.line(need.category) & set(facts.policy.minor_categories)
    return not young or (facts.policy.minors and bool(line))


def is_minor(facts: Facts, person: Person) -> bool:
    """Say whether somebody is, or may be, younger than 18 in the year of the run."""
    if person.minor is not None or person.born is None:
        return person.minor is True
    decade = person.born % 10 == 0  # then it stands for all of its ten years
    years = range(person.born, person.born + 10) if decade else (person.born,)
    # the eighteenth birthday comes in the year `born + 18`, perhaps on its last day
    return any(born + OF_AGE >= facts.monday.year for born in years)


def _alive(facts: Facts, need: Need, deed: Deed) -> bool:
    # What is offered, and whoever offers it, is there on the day
    giver, talent = _giver(facts, deed), facts.talent(deed.talent)
    if isinstance(giver, Initiative) and giver.status is InitiativeStatus.ENDED:
        return False
    rows = [talent, giver if isinstance(giver, Person) else None]
    if isinstance(deed.start, dt.datetime):
        return all(alive(r, deed.start.date()) for r in rows)
    first, length = (facts.monday, facts.horizon)
    if deed.day is not None:
        named = deed.day.weekday() != 0 or any(w in (need.rrule or "") for w in NAMES_DAYS)
        first, length = deed.day, 1 if named else 7
    days = [first + dt.timedelta(days=d) for d in range(length)]
    return any(all(alive(r, day) for r in rows) for day in days)


_LENGTH = MappingProxyType({None: 2, Term.ONCE: 0, Term.SHORT: 1, Term.LONG: 2})


def _long_enough(facts: Facts, need: Need, deed: Deed) -> bool:
    """No one-off offer for something that comes back, no short one for something long."""
    talent = facts.talent(deed.talent)
    asked = 0 if need.term is None else _LENGTH[need.term]
    return _LENGTH[talent.term if talent else None] >= max(asked, int(need.rrule is not None))


def _professional(facts: Facts, need: Need, deed: Deed) -> bool:
    # What is kept for professionals is given by professionals
    if deed.is_ride or not is_reserved(facts, need.category):
        return True
    talent, activity = facts.talent(deed.talent), facts.activity(deed.activity)
    if activity is not None:
        return facts.led(activity)
    return talent is not None and facts.role(talent) is Role.PROFESSIONAL


def is_reserved(facts: Facts, category: str) -> bool:
    """Say whether a team keeps a category for professionals."""
    line = facts.line(category)
    if line & set(facts.policy.not_reserved) or category not in facts.tree:
        return False
    return bool(line & set(facts.policy.reserved)) or bool(facts.tree[category].reserved)


def _talked(facts: Facts, need: Need, deed: Deed) -> bool:
    """Before the first conversation, only the own network."""
    if facts.asker(need) is None or need.talked is True:
        return True
    return rung_of(facts, need, deed) is Rung.OWN_NETWORK


def _no_safety(facts: Facts, need: Need, deed: Deed) -> bool:
    """No safety theme, and nothing that maps to nothing known."""
    records = (need, facts.talent(deed.talent), facts.activity(deed.activity))
    categories = [r.category for r in records if r is not None]
    return all(c in facts.tree and not facts.tree.is_safety(c) for c in categories)


def rung_of(facts: Facts, need: Need, deed: Deed, *, anyway: bool = False) -> Rung:
    """Return the step of the ladder on which a part stands for the asker."""
    if deed.place is not None:
        return Rung.INITIATIVE
    talent = facts.talent(deed.talent)
    role = facts.role(talent) if talent is not None else None
    person, asker = _giver(facts, deed), facts.asker(need)
    pair = {p.person for p in (person, asker) if isinstance(p, Person)}
    if role is not Role.PROFESSIONAL and frozenset(pair) in facts.tied:
        return Rung.OWN_NETWORK
    if anyway:
        return Rung.NEIGHBOUR
    usual = Rung.NEIGHBOUR if isinstance(person, Person) else Rung.INITIATIVE
    if role is Role.PROFESSIONAL:
        return Rung.PROFESSIONAL
    return Rung.VOLUNTEER if role is Role.VOLUNTEER else usual


def ladder_of(facts: Facts, need: Need) -> tuple[Rung, ...]:
    """Return the ladder that holds for a need, lowest step first."""
    rungs = list(Rung)
    if need.category in facts.tree and facts.tree[need.category].group_first:
        rungs[1], rungs[2] = rungs[2], rungs[1]
    return tuple(rungs)


def seeks_people(facts: Facts, need: Need) -> bool:
    """Say whether an initiative asks for people with a need."""
    owner = facts.record(need.owner, *PARTIES)
    running = isinstance(owner, Initiative) and owner.status is not InitiativeStatus.ENDED
    return running and bool(HELPS & facts.line(need.category))


CLAUSES: Mapping[str, Clause] = MappingProxyType(
    {
        "exists": _known,
        "answers": _answers,
        "safety": _no_safety,
        "wants": _wanted,
        "somebody_else": _somebody_else,
        "sharing": _shares,
        "safeguard": _not_apart,
        "refused": _not_refused,
        "stepped_down": _not_stepped_down,
        "of_age": _of_age,
        "reserved": _professional,
        **READY,
        "talked": _talked,
        "alive": _alive,
        "term": _long_enough,
        **WISHES,
    }
)
"""Every clause about one part of a plan, by name."""


def broken(
    facts: Facts, need: Need, deed: Deed, *, among: Collection[str] = CLAUSES.keys()
) -> list[str]:
    """Return the names of the clauses that do not hold for a part of a plan.

    Parameters
    ----------
    facts, need, deed : Facts, Need, Deed
        The neighbourhood, what is asked, and the part.
    among : collection of str
        Look at these clauses alone; default: all.
    """
    if not _known(facts, need, deed):
        return ["exists"]
    return [name for name in CLAUSES if name in among and not CLAUSES[name](facts, need, deed)]
