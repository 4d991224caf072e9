"""Who is there for an activity on each date: rostered, at one place at a time, or a gap."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.audit import faults
from assetmap.match import Proposals
from assetmap.model import Membership, Organisation, Policy, Record
from tests.plans.small import FRIDAY, activity, gives, initiative, need, person, reason, run, talent

PEOPLE = tuple(person(f"p{n}") for n in range(1, 6))
CLUB = initiative("i1")
DROP_IN = activity(
    "a1", "drop_in", initiative="i1", requires="listening:1", rrule="FREQ=WEEKLY", minutes=60
)


def ear(name: str, **cells: object) -> tuple[Record, ...]:
    """A volunteer of the club who listens well."""
    return (talent(f"t-{name}", name, "listening", **cells), Membership(member=name, party="i1"))


def rostered(*records: Record) -> Proposals:
    """Propose a week in which the audit finds nothing wrong."""
    found = run(*PEOPLE, CLUB, *records)
    assert faults(found) == []
    return found


def test_every_date_has_somebody_though_nobody_asks_for_a_seat() -> None:
    """Five Fridays, two volunteers: three turns and two."""
    found = rostered(DROP_IN, *ear("p2"), *ear("p3"))
    assert [d.missing for d in found.roster] == [0] * 5
    assert sorted(Counter(d.people for d in found.roster).values()) == [2, 3]
    assert found.items == ()


def test_a_date_that_nobody_can_fill_is_a_gap() -> None:
    """She is away from the third Friday on; before it she is there."""
    found = rostered(DROP_IN, *ear("p2", until=dt.date(2026, 12, 5)))
    assert [d.missing for d in found.roster] == [0, 0, 1, 1, 1]
    assert {d.people for d in found.roster if d.missing} == {()}


def test_some_of_those_who_are_required_is_told() -> None:
    """Two are needed and one can: one is there, one is missing, and there are no seats."""
    two = DROP_IN.model_copy(update={"requires": _read("listening:2")})
    found = rostered(two, *ear("p2"), need("n1", category="company", wants="a1"))
    assert {(d.people, d.missing) for d in found.roster} == {(("p2",), 1)}
    assert reason(found) == "activity_incomplete"


def _read(text: str) -> object:
    return activity("a9", requires=text).requires


def test_a_party_is_there_or_missing() -> None:
    """Police belongs to it, housing does not."""
    both = activity("a1", initiative="i1", requires="party:police:1|party:homes:1")
    police = (
        Organisation(organisation="police"),
        Organisation(organisation="homes"),
        Membership(member="police", party="i1"),
    )
    found = rostered(both, *police)
    assert {(d.party, d.people, d.missing) for d in found.roster} == {
        ("police", ("police",), 0),
        ("homes", (), 1),
    }


COOK = (
    initiative("i2"),
    talent("t1", "p2", "cook"),
    Membership(member="p2", party="i1"),
    Membership(member="p2", party="i2"),
)
ONE = activity("a1", initiative="i1", requires="cook:1")
OTHER = activity("a2", initiative="i2", requires="cook:1")


def test_one_cook_is_not_at_two_dinners_at_one_hour() -> None:
    """Two dinners, one cook: the more urgent question has a seat, the other dinner has no cook."""
    asked = (
        need("n1", category="meal", wants="a1", urgency=5),
        need("n2", "p3", "meal", wants="a2"),
    )
    found = rostered(ONE, OTHER, *COOK, *asked)
    assert gives(found) == {"activity": "i1"}
    assert reason(found, "n2") == "activity_incomplete"
    assert {(d.activity, d.people) for d in found.roster} == {("a1", ("p2",)), ("a2", ())}


def test_at_another_hour_the_same_cook_does_both() -> None:
    """At six and at eight."""
    late = OTHER.model_copy(update={"start": FRIDAY + dt.timedelta(hours=2)})
    asked = (need("n1", category="meal", wants="a1"), need("n2", "p3", "meal", wants="a2"))
    found = rostered(ONE, late, *COOK, *asked)
    assert {p.need for p in found.items} == {"n1", "n2"}


@pytest.mark.parametrize(("urgency", "cooks"), [(5, False), (1, True)])
def test_who_helps_elsewhere_does_not_cook(urgency: int, cooks: bool) -> None:
    """One who cooks and shops, at one hour: the dinner with a guest, or the urgent question."""
    only = need("n1", category="meal", wants="a1", urgency=3)
    shop = need("n2", "p3", "shopping", urgency=urgency, when="Fri 18:00-19:00")
    own = talent("t2", "p2", "shopping", available="Fri 18:00-19:00")
    only_now = Policy(horizon_weeks=1)
    found = run(*PEOPLE, CLUB, ONE, *COOK, only, shop, own, policy=only_now)
    assert faults(found) == []
    assert {p.need for p in found.items} == ({"n1"} if cooks else {"n2"})


def test_who_cooks_may_sit_down_as_well() -> None:
    """The cook asks for the meal: a seat for the cook, at the dinner that the cook makes."""
    found = rostered(ONE, *COOK, need("n1", "p2", "meal", wants="a1"))
    assert gives(found) == {"activity": "i1"}
    assert found.roster[0].people == ("p2",)


def test_the_audit_tells_what_is_wrong_with_a_roster() -> None:
    """Somebody who can't, somebody at two places, and a post that was left open."""
    found = rostered(ONE, OTHER, *COOK)
    (open_post,) = [d for d in found.roster if d.missing]
    for people, said in ((("p3",), "who can't"), (("p2",), "two activities at once")):
        other = [d if d is not open_post else replace(d, people=people) for d in found.roster]
        assert any(said in fault for fault in _said(found, other))
    nobody = [replace(d, people=()) for d in found.roster]
    assert any("somebody could fill" in fault for fault in _said(found, nobody))
    assert any("not in the roster" in fault for fault in _said(found, found.roster[:1]))


def _said(found: Proposals, roster: object) -> list[str]:
    changed = replace(found)
    changed.__dict__["roster"] = roster
    return faults(changed)


@st.composite
def clubs(draw: st.DrawFn) -> list[Record]:
    """Two or three dates at or near one hour, and a few people who can be at some of them."""
    found: list[Record] = []
    for n in range(draw(st.integers(2, 3))):
        start = FRIDAY + dt.timedelta(minutes=draw(st.sampled_from((0, 0, 60, 120))))
        post = draw(st.sampled_from(("cook:1", "cook:1|host:1", "cook:2")))
        found += [
            initiative(f"c{n}"),
            activity(f"a{n}", initiative=f"c{n}", requires=post, start=start),
        ]
        for name in ("p2", "p3", "p4"):
            role = draw(st.sampled_from((None, "cook", "host")))
            if role is not None:
                found.append(Membership(member=name, party=f"c{n}", role=role))
    return found


@settings(max_examples=25)
@given(clubs())
def test_as_many_posts_as_possible_are_filled(records: list[Record]) -> None:
    """Every way to be there is tried: no roster fills posts that are worth more."""
    found = run(*PEOPLE, *records)
    assert faults(found) == []
    people = ("p2", "p3", "p4")
    could = {(m.member, m.party, m.role) for m in found.hood.memberships if m.role is not None}
    dates = sorted({(d.activity, d.start, d.end) for d in found.roster})
    party = {a.activity: a.initiative for a in found.hood.activities}
    best = 0
    for there in product(*[list(_subsets(dates)) for _ in people]):
        if any(_clash(mine) for mine in there):
            continue
        worth = 0
        for duty in found.roster:
            at = (duty.activity, duty.start, duty.end)
            able = [
                name
                for name, mine in zip(people, there, strict=True)
                if at in mine and (name, party[duty.activity], duty.what) in could
            ]
            worth += min(duty.count, len(able))
        best = max(best, worth)
    assert sum(len(d.people) for d in found.roster) == best


def _subsets(dates: list[tuple[str, dt.datetime, dt.datetime]]):
    for mask in product((False, True), repeat=len(dates)):
        yield [date for date, chosen in zip(dates, mask, strict=True) if chosen]


def _clash(dates: list[tuple[str, dt.datetime, dt.datetime]]) -> bool:
    return any(a is not b and max(a[1], b[1]) < min(a[2], b[2]) for a in dates for b in dates)
