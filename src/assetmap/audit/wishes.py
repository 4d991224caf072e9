"""The clauses about wishes, distance and time; the rest are in `clauses`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from types import MappingProxyType

from assetmap.audit.deeds import RIDES, Deed, rides_of
from assetmap.audit.facts import Facts, fits
from assetmap.categories import Where
from assetmap.geo import Spot
from assetmap.model import Initiative, Leg, Need, Person, Place, Record, Role, Setting

__all__ = ["WISHES", "needs_ride", "path", "place_of"]


def _person(facts: Facts, deed: Deed) -> Person | None:
    found = deed.giver is not None and deed.giver[0] == "people"
    return facts.person(f"person:{deed.giver[1]}") if found and deed.giver else None


def _professional(facts: Facts, deed: Deed) -> bool:
    talent = facts.talent(deed.talent)
    return talent is not None and facts.role(talent) is Role.PROFESSIONAL


def _not_known(facts: Facts, need: Need, deed: Deed) -> bool:
    """Who wants nobody they know gets nobody they know."""
    person, asker = _person(facts, deed), facts.asker(need)
    discreet = need.not_known or "yes" in (need.not_area or ())
    if not discreet or person is None or asker is None:
        return True
    return not facts.knows(asker.person, person.person)


def _not_area(facts: Facts, need: Need, deed: Deed) -> bool:
    """Nobody from the areas that were ruled out; an unknown area protects nobody."""
    person = _person(facts, deed)
    if not need.not_area or person is None:
        return True
    home = facts.spot(_asker(facts, need)).area
    if "yes" in need.not_area and home is None:
        return False
    ruled_out = {a for a in need.not_area if a not in {"yes", "no"}}
    ruled_out |= {home} if "yes" in need.not_area and home else set()
    return not ruled_out or (person.area is not None and person.area not in ruled_out)


def _asker(facts: Facts, need: Need) -> Record | None:
    return facts.record(need.owner, "people", "initiatives", "organisations")


def _sensitive(facts: Facts, need: Need, deed: Deed) -> bool:
    """Sensitive: a professional, or a volunteer from outside the asker's circle and area."""
    if not need.sensitive or _professional(facts, deed):
        return True
    person, talent = _person(facts, deed), facts.talent(deed.talent)
    if person is None or talent is None or facts.role(talent) is not Role.VOLUNTEER:
        return False
    asker = facts.asker(need)
    home = facts.spot(_asker(facts, need)).area
    known = asker is not None and facts.knows(asker.person, person.person)
    return not known and (home is None or person.area not in {None, home})


def _opted_in(facts: Facts, need: Need, deed: Deed) -> bool:
    """Peers are introduced on what both opted in on: an experience, in a group also a context."""
    asker, person = facts.asker(need), _person(facts, deed)
    peers = "peer_contact" in facts.line(need.category) and not deed.is_ride
    if not peers or asker is None or person is None or _professional(facts, deed):
        return True
    tags = []
    for one in (asker, person):
        said = {tag.casefold(): yes for tag, yes in one.experiences or ()}
        asked = [n for n in facts.hood.needs if n.owner == one.person and deed.leg is Leg.GROUP]
        chosen = {tag.casefold() for n in asked for tag in n.context or ()}
        tags.append(
            {t for t, yes in said.items() if yes} | {t for t in chosen if said.get(t, True)}
        )
    return not tags[0].isdisjoint(tags[1])


def _audience(facts: Facts, need: Need, deed: Deed) -> bool:
    # An activity for a group is for those who said that they belong to it
    activity = facts.activity(deed.activity)
    if deed.leg is not Leg.ACTIVITY or activity is None or not activity.audience:
        return True
    asker = facts.asker(need)
    mine = {g.casefold() for g in (asker.groups if asker is not None else None) or ()}
    return any(group.casefold() in mine for group in activity.audience)


def _language(facts: Facts, need: Need, deed: Deed) -> bool:
    """Where a shared language is a must, one is shared, as far as languages are known."""
    if not need.language_hard:
        return True
    talent, activity = facts.talent(deed.talent), facts.activity(deed.activity)
    mine = need.languages or getattr(_asker(facts, need), "languages", None)
    theirs = getattr(talent or activity, "languages", None)
    if theirs is None and talent is not None:
        owner = facts.record(talent.owner, "people", "initiatives", "organisations", "places")
        theirs = getattr(owner, "languages", None)
    if theirs is None and talent is None and activity is not None:
        theirs = getattr(facts.initiative(activity), "languages", None)
    if talent is None and activity is None:  # a place among the people of an initiative
        giver = deed.giver[1] if deed.giver else ""
        theirs = getattr(facts.record(giver, "initiatives"), "languages", None)
        theirs = theirs or _asked_in(facts, giver)
    return not mine or not theirs or bool(_bases(mine) & _bases(theirs))


def _asked_in(facts: Facts, initiative: str) -> tuple[str, ...]:
    asked = [n.languages or () for n in facts.hood.needs if n.owner.endswith(initiative)]
    return tuple(tag for tags in asked for tag in tags)


def _bases(tags: tuple[str, ...] | None) -> set[str]:
    return {tag.partition("-")[0] for tag in tags or ()}


def place_of(facts: Facts, deed: Deed) -> Place | None:
    """Return the place where a part happens, where it is known."""
    talent, activity = facts.talent(deed.talent), facts.activity(deed.activity)
    if deed.is_ride:
        return None
    if deed.place is not None:
        return facts.place(deed.place)
    if talent is not None:
        return facts.place(talent.place)
    if activity is None:
        return None
    return facts.place(activity.place) or facts.place(
        getattr(facts.initiative(activity), "place", None)
    )


def _accessible(facts: Facts, need: Need, deed: Deed) -> bool:
    """No steps for a wheelchair, a car that takes one, and quiet for who needs quiet."""
    asker, place, talent = facts.asker(need), place_of(facts, deed), facts.talent(deed.talent)
    open_to_all, calm = _invites(facts, need)
    wheels = open_to_all if asker is None else bool(asker.wheelchair)
    if wheels and talent is not None and facts.is_ride(talent.category):
        return talent.wheelchair is True
    if place is None:
        return True
    if wheels and place.step_free is False:
        return False
    return not ((calm or need.setting is Setting.QUIET) and place.quiet is False)


def _invites(facts: Facts, need: Need) -> tuple[bool, bool]:
    """Say whether an initiative looks for room for people with a disability, for quiet things."""
    owner = facts.record(need.owner, "initiatives", "people", "organisations")
    if not isinstance(owner, Initiative) or not {"space", "land"} & set(facts.line(need.category)):
        return False, False
    held = (a for a in facts.hood.activities if facts.initiative(a) is owner)
    return owner.accessible is True, any(a.setting is Setting.QUIET for a in held)


def _formal(facts: Facts, need: Need, deed: Deed) -> bool:
    # The formal provision that is closed to somebody is not proposed to them after all
    if need.formal_route is None or need.formal_open is not False or deed.is_ride:
        return True
    rows: list[Record | None] = [facts.talent(deed.talent), facts.activity(deed.activity)]
    if deed.giver is not None:
        rows.append(facts.hood.index[deed.giver[0]].get(deed.giver[1]))
    names = {str(r.id) for r in rows if r is not None}
    names |= {str(getattr(r, "name", None) or "") for r in rows if r is not None}
    return need.formal_route.casefold() not in {n.casefold() for n in names}


def _fee(facts: Facts, need: Need, deed: Deed) -> bool:
    # It costs no more than the asker can pay
    record = facts.talent(deed.talent) or facts.activity(deed.activity)
    fee = getattr(record, "fee_eur", None)
    return fee is None or need.fee_max_eur is None or fee <= need.fee_max_eur


def path(facts: Facts, need: Need, deed: Deed) -> list[tuple[Spot, Spot]]:
    """Return what has to be travelled for a part of a plan."""
    home = facts.spot(_asker(facts, need))
    talent, activity = facts.talent(deed.talent), facts.activity(deed.activity)
    if deed.is_ride and talent is not None:
        return [(facts.spot(_owner_or_place(facts, talent)), home), (home, facts.spot(activity))]
    if facts.tree[need.category].at is Where.REMOTE:
        return []
    record = talent or activity
    if record is not None and facts.tree[record.category].at is Where.REMOTE:
        return []
    if talent is not None:
        return [(home, facts.spot(_owner_or_place(facts, talent)))]
    if deed.place is not None:
        return [(home, facts.spot(facts.place(deed.place)))]
    giver = facts.record(deed.giver[1], "initiatives") if deed.giver else None
    return [(home, facts.spot(activity or giver))]


def _owner_or_place(facts: Facts, talent: Record) -> Record | None:
    place = facts.place(getattr(talent, "place", None))
    owner = getattr(talent, "owner", "")
    return place or facts.record(owner, "people", "initiatives", "organisations", "places")


def _reach(facts: Facts, need: Need, deed: Deed) -> bool:
    """Nobody travels further than they said; who did not say goes as far as is usual."""
    talent = facts.talent(deed.talent)
    home = facts.spot(_asker(facts, need)).area
    if talent is not None and talent.areas and home is not None and home not in talent.areas:
        return False
    usual = facts.policy.distances.default_max_m
    most = [] if talent is None else [usual if talent.max_km is None else talent.max_km * 1000]
    if not deed.is_ride:
        most.append(usual if need.max_km is None else need.max_km * 1000)
    stretches = [facts.metres(a, b) for a, b in path(facts, need, deed)]
    return all(m is None or m <= round(min(most)) for m in stretches)


def _walks(facts: Facts, need: Need, deed: Deed) -> bool:
    # Help that one goes to is where one can get without a ride
    at = facts.tree[need.category].at
    if deed.is_ride or deed.talent is None or at not in {Where.PROVIDER, Where.PLACE}:
        return True
    return not any(_fetched_to(facts, need, there) for _, there in path(facts, need, deed))


def needs_ride(facts: Facts, need: Need, activity: str | None) -> bool:
    """Say whether the asker cannot get to an activity alone."""
    there = facts.activity(activity)
    return there is not None and _fetched_to(facts, need, facts.spot(there))


def _fetched_to(facts: Facts, need: Need, where: Spot) -> bool:
    asker = facts.asker(need)
    if asker is None:
        return False
    rides = any(r.leg in RIDES for r in facts.hood.arrangements if r.need == need.need)
    if rides or facts.is_ride(need.category):
        return True
    if asker.walks_m is None or _drives(facts, asker):
        return False
    home = facts.spot(asker)
    if None in (home.x, where.x):
        return where.area is not None and home.area != where.area
    metres = facts.metres(home, where)
    return metres is not None and metres > asker.walks_m


def _drives(facts: Facts, asker: Person) -> bool:
    own = [t for t in facts.hood.talents if facts.party(t.owner) == ("people", asker.person)]
    return any(
        facts.is_ride(t.category) and not (t.until is not None and t.until < facts.monday)
        for t in own
    )


def _in_time(facts: Facts, need: Need, deed: Deed) -> bool:
    # It suits whoever asks and whoever gives
    if not isinstance(deed.start, dt.datetime) or deed.end is None:
        return True
    asker, talent = facts.asker(need), facts.talent(deed.talent)
    span = rides_of(facts, deed) if deed.is_ride else None
    mine = need.when or (asker.available if asker is not None else None)
    if not deed.is_ride and not fits(mine, deed.start, deed.end):
        return False
    if talent is None:
        return True
    owner = facts.record(talent.owner, "people", "initiatives", "organisations", "places")
    theirs = talent.available or getattr(owner, "available", None)
    begin, end = span or (deed.start, deed.end)
    if not deed.is_ride or talent.going_to != deed.activity:
        return fits(theirs, begin, end)
    if talent.available is None or fits(talent.available, begin, end):
        return True
    return fits(talent.available, deed.start, deed.end)


def _goes_there(facts: Facts, need: Need, deed: Deed) -> bool:
    # A seat on the way to one activity is no seat to another
    talent = facts.talent(deed.talent)
    if not deed.is_ride or talent is None or talent.going_to is None:
        return True
    return talent.going_to == deed.activity


def _has_seat(facts: Facts, need: Need, deed: Deed) -> bool:
    # A car without a seat takes nobody
    talent = facts.talent(deed.talent)
    return talent is None or not facts.is_ride(talent.category) or talent.seats != 0


WISHES: Mapping[str, Callable[[Facts, Need, Deed], bool]] = MappingProxyType(
    {
        "not_known": _not_known,
        "not_area": _not_area,
        "sensitive": _sensitive,
        "opted_in": _opted_in,
        "audience": _audience,
        "language": _language,
        "accessible": _accessible,
        "formal_route": _formal,
        "fee": _fee,
        "reach": _reach,
        "walks": _walks,
        "time": _in_time,
        "goes_there": _goes_there,
        "has_seat": _has_seat,
    }
)
"""Every clause about wishes, distance and time, by name."""
