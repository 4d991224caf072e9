"""Who is there for an activity that cannot do without them, from the definition.

An activity that requires a cook, a host or a party has no seats without; nobody is there for two
dates at one hour, nor while they help, visit or drive elsewhere.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assetmap.audit.deeds import Deed, rides_of
from assetmap.audit.facts import Facts, Party, alive, fits
from assetmap.audit.views import DutyView
from assetmap.model import Leg, Requirement

__all__ = ["faults_of_roster", "unstaffed"]

Visit = tuple[str, dt.datetime]
"""An activity on a date."""


@dataclass(frozen=True, slots=True)
class _Post:
    """A post on a date, and who could be there for it."""

    visit: Visit
    end: dt.datetime
    required: Requirement
    able: frozenset[Party]

    def meets(self, other: _Post) -> bool:
        """Say whether nobody can be at both."""
        at_once = max(self.visit[1], other.visit[1]) < min(self.end, other.end)
        return at_once and self.visit != other.visit


def unstaffed(facts: Facts, deeds: Sequence[Deed]) -> Iterator[str]:
    """Somebody can be there for every post of all that is proposed, at one place at a time."""
    asked = {
        (d.activity, d.start)
        for d in deeds
        if d.leg is Leg.ACTIVITY and d.activity and isinstance(d.start, dt.datetime) and not d.firm
    }
    diary = _diary(facts, deeds) if asked else {}
    posts = [post for visit in sorted(asked, key=str) for post in _posts(facts, diary, visit)]
    for group in _groups(posts):
        if not _filled(group, {}):
            one = group[0]
            name, start = one.visit
            what = one.required.party or one.required.what
            yield f"{name} on {start:%Y-%m-%d}: there is no {what} for all that is proposed"


def _posts(
    facts: Facts, diary: Mapping[Party, list[tuple[object, dt.datetime, dt.datetime]]], visit: Visit
) -> Iterator[_Post]:
    activity = facts.activity(visit[0])
    for required in (activity.requires or ()) if activity is not None else ():
        assert activity is not None
        end = facts.over(activity, visit[1])
        able = {
            p
            for p in _fillers(facts, visit, required)
            if required.what == "party"
            or not any(
                what != visit and max(start, visit[1]) < min(over, end)
                for what, start, over in diary.get(p, ())
            )
        }
        yield _Post(visit, end, required, frozenset(able))


def _diary(
    facts: Facts, deeds: Sequence[Deed]
) -> dict[Party, list[tuple[object, dt.datetime, dt.datetime]]]:
    """Return where everybody is when; help and rides have nothing to do with any visit."""
    found: dict[Party, list[tuple[object, dt.datetime, dt.datetime]]] = defaultdict(list)
    for one in deeds:
        if not isinstance(one.start, dt.datetime) or one.end is None:
            continue
        if one.is_ride:
            span = rides_of(facts, one) or (one.start, one.end)
            who, what = (one.giver, one.asker), object()
        elif one.leg is Leg.ACTIVITY:
            span, who, what = (one.start, one.end), (one.asker, None), (one.activity, one.start)
        else:
            span, who, what = (one.start, one.end), (one.giver, one.asker), object()
        for party in who:
            if party is not None and party[0] == "people":
                found[party].append((what, *span))
    return found


def _groups(posts: Sequence[_Post]) -> Iterator[list[_Post]]:
    """Yield the posts that touch each other in time, group by group."""
    group: list[_Post] = []
    for post in sorted(posts, key=lambda p: (p.visit[1], p.visit[0], str(p.required))):
        if group and post.visit[1] >= max(other.end for other in group):
            yield group
            group = []
        group.append(post)
    if group:
        yield group


def _filled(posts: Sequence[_Post], taken: Mapping[Party, tuple[_Post, ...]]) -> bool:
    """Say whether posts can be filled beside those that are: every way is tried."""
    if not posts:
        return True
    post, rest = posts[0], posts[1:]
    if post.required.what == "party":
        return len(post.able) >= post.required.count and _filled(rest, taken)
    return _chosen(post, rest, sorted(post.able), taken, post.required.count)


def _chosen(
    post: _Post,
    rest: Sequence[_Post],
    able: Sequence[Party],
    taken: Mapping[Party, tuple[_Post, ...]],
    count: int,
) -> bool:
    if count == 0:
        return _filled(rest, taken)
    for at, who in enumerate(able):
        mine = taken.get(who, ())
        if who[0] == "people" and any(post.meets(other) for other in mine):
            continue
        if _chosen(post, rest, able[at + 1 :], {**taken, who: (*mine, post)}, count - 1):
            return True
    return False


def _fillers(facts: Facts, visit: Visit, required: Requirement) -> set[Party]:
    name, start = visit
    activity = facts.activity(name)
    assert activity is not None
    host = facts.party(activity.initiative)
    members = [
        m
        for m in facts.hood.memberships
        if host is not None and facts.party(m.party) == host and alive(m, start.date(), "since")
    ]
    own = {p for m in members if (p := facts.party(m.member)) is not None}
    if required.what == "party":
        return own & {p for p in [facts.party(required.party)] if p is not None}
    found = {
        p
        for m in members
        if m.role and required.what in facts.line(m.role) and (p := facts.party(m.member))
    }
    end = facts.over(activity, start)
    for talent in facts.hood.talents:
        owner = facts.party(talent.owner)
        able = required.what in facts.line(talent.category) and alive(talent, start.date())
        there = owner in own or owner == host or talent.going_to == name
        windows = talent.available or getattr(facts.person(talent.owner), "available", None)
        if owner is not None and able and there and fits(windows, start, end):
            found.add(owner)
    return found


def faults_of_roster(
    facts: Facts, roster: Sequence[DutyView], deeds: Sequence[Deed], *, proven: bool
) -> Iterator[str]:
    """Yield what is wrong with who is there for activities.

    Parameters
    ----------
    facts, deeds : Facts, sequence of Deed
        The neighbourhood, and everything that is proposed or firm.
    roster : sequence of DutyView
        The posts and who fills them.
    proven : bool
        Nothing better is possible: then no post is left open that somebody could fill.
    """
    diary = _diary(facts, deeds)
    told = {(d.activity, d.start, d.what, d.party): d for d in roster}
    for activity in facts.hood.activities:
        for start in facts.dates(activity) if activity.requires else ():
            for post in _posts(facts, diary, (activity.activity, start)):
                key = (activity.activity, start, post.required.what, post.required.party)
                if key not in told:
                    yield f"{key[0]} on {start:%Y-%m-%d}: a post is not in the roster"
                    continue
                yield from _post_faults(facts, post, told.pop(key), roster, proven=proven)
    for name, start, *_ in sorted(told, key=str):
        yield f"{name} on {start:%Y-%m-%d}: a post is in the roster that is none"
    short = {(d.activity, d.start) for d in roster if len(d.people) < d.count}
    for one in deeds:
        visit = one.leg is Leg.ACTIVITY and not one.firm
        if visit and (one.activity, one.start) in short:
            yield f"{one.plan}: it is a seat where somebody is missing"


def _post_faults(
    facts: Facts, post: _Post, duty: DutyView, others: Sequence[DutyView], *, proven: bool
) -> Iterator[str]:
    where = f"{duty.activity} on {duty.start:%Y-%m-%d}"
    people = {p for name in duty.people if (p := facts.party(name)) is not None}
    if len(people) != len(duty.people) or not people <= post.able:
        yield f"{where}: somebody is there who can't be"
    party = post.required.what == "party"
    if duty.count != post.required.count or (len(people) > duty.count and not party):
        yield f"{where}: the post has another number of people"
    elsewhere = {
        p
        for other in others
        if (other.activity, other.start) != post.visit
        and other.what != "party"
        and max(other.start, duty.start) < min(other.end, duty.end)
        for name in other.people
        if (p := facts.party(name)) is not None and p[0] == "people"
    }
    if people & elsewhere and not party:
        yield f"{where}: somebody is at two activities at once"
    if proven and len(people) < duty.count and post.able - people - elsewhere:
        yield f"{where}: a post is left open that somebody could fill"
