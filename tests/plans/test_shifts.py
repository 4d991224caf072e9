"""One time in shifts: who comes one after another, where nobody has hours for all of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assetmap.audit import faults
from assetmap.audit.facts import Facts
from assetmap.audit.shapes import is_open
from assetmap.explain import alternatives, remedy, why
from assetmap.explain.changes import ChangeKind
from assetmap.match import Proposals, propose
from assetmap.model import Neighbourhood, Policy, Record
from assetmap.plans import Doubt
from tests.plans.small import (
    ASKER,
    MONDAY,
    WEEK,
    arranged,
    decided,
    need,
    person,
    plan,
    reason,
    run,
    talent,
    tie,
)
from tests.plans.test_brute import best, reached

AFTERNOON = need("n1", hours=4, when="Wed 13:00-17:00")
PEOPLE = (ASKER, person("p2"), person("p3"), person("p4"), person("p5"))


def few(*hours: float | None, **cells: Any) -> tuple[Record, ...]:
    """Return talents of p2, p3, ... with so many hours a week."""
    return tuple(talent(f"t{k}", f"p{k}", hours_week=h, **cells) for k, h in enumerate(hours, 2))


def there(*hours: str) -> tuple[Record, ...]:
    """Return talents of p2, p3, ... who are there at these hours."""
    return tuple(talent(f"t{k}", f"p{k}", available=h) for k, h in enumerate(hours, 2))


def shifts(found: Proposals) -> list[tuple[str, int, int]]:
    """Return who comes from which hour to which."""
    assert faults(found) == []
    legs = plan(found).legs
    assert all(Doubt.IN_SHIFTS in leg.doubts for leg in legs)
    assert (legs[0].start, legs[-1].end) == (plan(found).occurrence, plan(found).end)
    return [(leg.provider, leg.start.hour, leg.end.hour) for leg in legs if leg.start and leg.end]


def test_two_people_with_two_hours_each_share_an_afternoon_of_four() -> None:
    """Each for half of it, one after the other."""
    found = run(*PEOPLE, *few(2, 2), AFTERNOON)
    assert sorted((b, e) for _, b, e in shifts(found)) == [(13, 15), (15, 17)]
    assert {leg.minutes for leg in plan(found).legs} == {120}


def test_who_has_to_go_is_relieved_by_who_can_come() -> None:
    """The hours of both say when."""
    found = run(*PEOPLE, *there("Wed 13:00-16:00", "Wed 16:00-18:00"), AFTERNOON)
    assert shifts(found) == [("p2", 13, 16), ("p3", 16, 17)]
    later = run(*PEOPLE, *there("Wed 16:00-18:00", "Wed 13:00-16:00"), AFTERNOON)
    assert shifts(later) == [("p3", 13, 16), ("p2", 16, 17)]


def test_parts_need_not_be_even() -> None:
    """One hour of one and three of the other make four."""
    found = run(*PEOPLE, *few(1, 3), AFTERNOON)
    assert sorted(e - b for _, b, e in shifts(found)) == [1, 3]


def test_the_most_even_division_goes_first() -> None:
    """Where both could do more, they do the same."""
    found = run(*PEOPLE, *few(3, 3), AFTERNOON)
    assert [e - b for _, b, e in shifts(found)] == [2, 2]


def test_as_few_people_as_can_be() -> None:
    """Three only where no two can, and then four hours are not divided by the hour."""
    three = need("n1", hours=3, when="Wed 13:00-16:00")
    assert len(shifts(run(*PEOPLE, *few(1, 1, 1), three))) == 3
    assert len(shifts(run(*PEOPLE, *few(2, 1, 1), three))) == 2
    assert len(shifts(run(*PEOPLE, *few(1, 1, 1, 1), AFTERNOON))) == 4
    assert reason(run(*PEOPLE, *few(1, 1, 1), AFTERNOON)) == "no_hours"


def test_nobody_comes_for_less_than_an_hour() -> None:
    """An hour and a half is not worth sharing."""
    short = need("n1", hours=1.5, when="Wed 13:00-14:30")
    assert reason(run(*PEOPLE, *few(1, 1), short)) == "no_hours"
    assert reason(run(*PEOPLE, *few(0.5, 3.5), AFTERNOON)) == "no_hours"


def test_where_no_hours_are_known_they_share_it_in_a_week() -> None:
    """Who comes when is for them to say."""
    found = run(*PEOPLE, *few(2, 2), need("n1", hours=4))
    assert faults(found) == []
    assert (plan(found).occurrence, plan(found).end) == (dt.date(2026, 11, 23), None)
    assert [(leg.start, leg.minutes) for leg in plan(found).legs] == [(None, 120), (None, 120)]


def test_who_can_do_all_of_it_does() -> None:
    """Nothing is shared then, not even with a friend who has two hours."""
    found = run(*PEOPLE, *few(2, 2, None), AFTERNOON, tie("p1", "p2"))
    assert [leg.provider for leg in plan(found).legs] == ["p4"]
    assert plan(found).legs[0].minutes is None
    assert faults(found) == []


def test_losing_whoever_could_do_all_of_it_is_waiting() -> None:
    """Somebody could, but helps another first."""
    rows = (*PEOPLE, person("p9"), *few(2, 2), talent("t4", "p4", until=dt.date(2026, 11, 29)))
    other = need("n9", "p9", hours=4, when="Wed 13:00-17:00", urgency=5)
    policy = Policy(horizon_weeks=1)
    assert reason(run(*rows, AFTERNOON, other, policy=policy)) == "taken_by_more_urgent"


@pytest.mark.parametrize(
    ("cells", "why_not"),
    [({"people_needed": 2}, "no_hours"), ({"talked": None}, "first_conversation")],
)
def test_what_is_not_shared(cells: dict[str, Any], why_not: str) -> None:
    """For several people at once, or before the first conversation."""
    asked = need("n1", hours=4, when="Wed 13:00-17:00", **cells)
    assert reason(run(*PEOPLE, *few(2, 2), asked)) == why_not


def test_a_team_may_do_without() -> None:
    """With `split_hours` off the reason is `no_hours`, as before."""
    found = run(*PEOPLE, *few(2, 2), AFTERNOON, policy=Policy(split_hours=False))
    assert reason(found) == "no_hours"


def test_two_talents_of_one_person_are_not_two_people() -> None:
    """Nobody relieves themself."""
    both = talent("t2", "p2", hours_week=2), talent("t9", "p2", hours_week=2)
    assert reason(run(*PEOPLE, *both, AFTERNOON)) == "no_hours"


def test_whoever_may_be_asked_now_does_not_relieve_themself() -> None:
    """One friend is no plan while the volunteer waits, and the neighbour helps another first."""
    soon = {"hours_week": 2, "until": dt.date(2026, 11, 29)}
    rows = (
        *(talent("t2", "p2", **soon), talent("t4", "p4", **soon), tie("p1", "p2")),
        *(talent("t3", "p3", role="volunteer", **soon), person("p9")),
        need("n9", "p9", hours=2, urgency=5, since="2026-01-05"),
    )
    waits = need("n1", hours=4, when="Wed 13:00-17:00", since=MONDAY)
    policy = Policy(horizon_weeks=1)
    refused = [
        decided(f"n9-{code}-20261120", "not_now", provider=who)
        for code, who in (("aaaaaaaa", "p2"), ("bbbbbbbb", "p3"))
    ]
    found = run(*PEOPLE, *rows, *refused, waits, policy=policy)
    assert faults(found) == []
    assert plan(found, "n9").legs[0].provider == "p4"
    assert reason(found) == "waiting_for_rung"
    long = need("n1", hours=4, when="Wed 13:00-17:00", since="2026-01-05")
    asked = run(*PEOPLE, *rows, *refused, long, policy=policy)
    assert {leg.provider for leg in plan(asked).legs} == {"p2", "p3"}


def test_other_questions_take_hours_too() -> None:
    """Two hours are given once: to the heavier question, and the other waits."""
    rows = (*PEOPLE, person("p9"), *few(2, 2, until=dt.date(2026, 11, 29)))
    other = need("n9", "p9", hours=2, urgency=5)
    found = run(*rows, AFTERNOON, other, policy=Policy(horizon_weeks=1))
    assert faults(found) == []
    assert [p.need for p in found.items] == ["n9"]


def test_each_date_of_what_comes_back_is_looked_at() -> None:
    """On Tuesdays one person can, on Fridays two share it."""
    asked = need("n1", hours=4, rrule="FREQ=WEEKLY;BYDAY=TU,FR", when="Tue 13-17 | Fri 13-17")
    rows = (
        talent("t2", "p2", available="Tue 13-17", per_week=2),
        talent("t3", "p3", available="Fri 13-15", per_week=2),
        talent("t4", "p4", available="Fri 15-17", per_week=2),
    )
    found = run(*PEOPLE, *rows, asked)
    assert faults(found) == []
    days = {p.occurrence.strftime("%a"): len(p.legs) for p in found.items}
    assert (len(found.items), days) == (10, {"Tue": 1, "Fri": 2})


def test_what_was_agreed_stays_when_somebody_turns_up_who_can_do_it_all() -> None:
    """Two people said yes; a third with an afternoon does not undo that."""
    said = plan(run(*PEOPLE, *few(2, 2), AFTERNOON)).plan
    found = run(*PEOPLE, *few(2, 2, None), AFTERNOON, decided(said, "do"))
    assert (plan(found).plan, plan(found).status) == (said, "pinned")
    assert faults(found) == []


@pytest.mark.parametrize("people", [2, 3])
def test_what_was_turned_down_as_a_whole_is_not_proposed_again(people: int) -> None:
    """Neither shifts nor any other plan with several givers."""
    for asked in (AFTERNOON, need("n1", people_needed=2)):
        rows = (*PEOPLE, *few(*[2] * people), asked)
        said = plan(run(*rows)).plan
        found = run(*rows, decided(said, "not_now"))
        assert faults(found) == []
        assert all(p.plan.split("-")[1] != said.split("-")[1] for p in found.items)
        assert people > 2 or reason(found) in {"not_possible_here", "no_hours"}


def test_what_was_turned_down_is_not_proposed_in_other_hours() -> None:
    """Neither cut at another moment nor the other way round, on whatever step they stand."""
    asked = need("n1", hours=4, when="Wed 13:00-17:00")
    for volunteer in (None, "volunteer"):
        rows = (
            talent("t2", "p2", hours_week=2, available="Wed 13:00-16:00"),
            talent("t3", "p3", hours_week=3, role=volunteer),
        )
        said = plan(run(*PEOPLE, *rows, asked)).plan
        found = run(
            *PEOPLE, *rows, talent("t4", "p4", hours_week=1), asked, decided(said, "not_now")
        )
        assert faults(found) == []
        assert {leg.provider for p in found.items for leg in p.legs} != {"p2", "p3"}


def test_the_hours_of_an_arrangement_are_in_the_way() -> None:
    """Who helps somebody else from two to three by arrangement comes before or after."""
    held = arranged("x1", "help", "p2", need="n9", talent="t9", rrule="FREQ=WEEKLY;BYDAY=WE")
    weekly = need("n9", "p5", "walk", when="Wed 14:00-15:00", rrule="FREQ=WEEKLY;BYDAY=WE")
    found = run(*PEOPLE, *few(2, 2), talent("t9", "p2", "walk"), held, weekly, AFTERNOON)
    assert [leg.provider for leg in plan(found).legs] == ["p3", "p2"]
    assert faults(found) == []


# --- told and explained -------------------------------------------------------------------------


def test_it_is_told_who_comes_when() -> None:
    """In the table of plans, in both languages, and in the explanation."""
    found = run(*PEOPLE, *there("Wed 13:00-16:00", "Wed 16:00-18:00"), AFTERNOON)
    said = " ".join(found.plans["why"])
    assert "13.00" in said
    assert "16.00" in said
    assert "17.00" in said
    assert "13:00" in " ".join(
        run(
            *PEOPLE,
            *there("Wed 13:00-16:00", "Wed 16:00-18:00"),
            AFTERNOON,
            policy=Policy(language="en"),
        ).plans["why"]
    )
    assert "16.00" in str(why(found, "n1"))
    week = run(*PEOPLE, *few(2, 2), need("n1", hours=4))
    assert "2 uur" in " ".join(week.plans["why"])


def test_alternatives_are_shared_as_well() -> None:
    """The next-best plan has somebody else in it."""
    found = run(*PEOPLE, *few(2, 2, 2), AFTERNOON)
    other = alternatives(found, "n1", k=1)
    assert len(other) == 1


def test_one_person_with_the_hours_that_are_short_is_a_remedy() -> None:
    """Two hours are there; somebody for the other two is enough, or two more of the first."""
    found = run(*PEOPLE, *few(2), AFTERNOON)
    assert reason(found) == "no_hours"
    told = remedy(found, "n1")
    assert told is not None
    assert [(c.kind, c.hours) for c in told.changes] == [(ChangeKind.HOUR, 2.0)]
    away = run(*PEOPLE, *there("Wed 13:00-15:00"), AFTERNOON)
    relief = remedy(away, "n1", language="en")
    assert relief is not None
    assert [(c.kind, c.hours) for c in relief.changes] == [(ChangeKind.RELIEF, 2.0)]
    assert relief.verified
    assert "for 2 hours" in str(relief)


# --- no division is better ------------------------------------------------------------------------


HOURS = ("Wed 13-15", "Wed 15-17", "Wed 13-16", "Wed 16-18", "Wed 12-17", None)


@st.composite
def afternoons(draw: Any) -> Neighbourhood:
    """Draw a few who have some hours, and questions that take several."""
    rows: list[Record] = [person(f"p{k}") for k in range(1, 8)]
    for k in range(3, 3 + draw(st.integers(2, 4))):
        cells = {
            "available": draw(st.sampled_from(HOURS)),
            "hours_week": draw(st.sampled_from((None, 1, 2, 3))),
            "role": draw(st.sampled_from((None, "volunteer"))),
        }
        rows.append(talent(f"t{k}", f"p{k}", until=dt.date(2026, 11, 29), **cells))
    for k in (1, 2)[: draw(st.integers(1, 2))]:
        cells = {
            "hours": draw(st.sampled_from((1, 2, 3, 4))),
            "when": draw(st.sampled_from(("Wed 13-17", "Wed 12-18", None))),
            "urgency": draw(st.sampled_from((1, 5))),
            "since": draw(st.sampled_from((None, "2026-01-05"))),
        }
        rows.append(need(f"n{k}", f"p{k}", **cells))
    return Neighbourhood.from_records(rows, policy=Policy(horizon_weeks=1))


@settings(suppress_health_check=list(HealthCheck), max_examples=25, deadline=None)
@given(afternoons())
def test_no_division_is_better(hood: Neighbourhood) -> None:
    """Against every set of plans that the audit can think of."""
    found = propose(hood, WEEK)
    assert faults(found) == []
    facts = Facts(found.hood, found.week, found.policy)
    assert reached(facts, found) >= best(facts, [n for n in hood.needs if is_open(facts, n)])


@settings(suppress_health_check=list(HealthCheck), max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(9, 15), st.integers(1, 5), st.sampled_from((1, 2, 3, 9))),
        min_size=1,
        max_size=4,
    ),
    st.integers(2, 4),
    st.integers(9, 14),
)
def test_one_question_is_met_exactly_where_a_division_by_the_hour_exists(
    helpers: list[tuple[int, int, int]], hours: int, first: int
) -> None:
    """Hours, limits and parts in whole hours: every order of people and every cut is tried."""
    rows = [person("p1"), *(person(f"p{k}") for k in range(2, 6))]
    rows += [
        talent(f"t{k}", f"p{k}", available=f"Wed {b:02}:00-{b + n:02}:00", hours_week=most)
        for k, (b, n, most) in enumerate(helpers, 2)
    ]
    asked = need("n1", hours=hours, when=f"Wed {first:02}:00-{first + 6:02}:00")
    found = run(*rows, asked, policy=Policy(horizon_weeks=1))
    assert faults(found) == []
    assert (found.plan_for("n1") is not None) == _divisible(helpers, hours, first)


def _divisible(helpers: list[tuple[int, int, int]], hours: int, first: int) -> bool:
    """Say whether one, two, or three and four in even parts can fill the hours."""
    for people in range(1, min(4, len(helpers)) + 1):
        for way in permutations(helpers, people):
            for start in range(first, first + 7 - hours):
                for sizes in _sizes(people, hours):
                    if _covers(way, sizes, start):
                        return True
    return False


def _sizes(people: int, hours: int) -> list[tuple[float, ...]]:
    if people == 2:
        return [(a, hours - a) for a in range(1, hours)] + [(hours / 2, hours / 2)]
    return [(hours / people,) * people] if hours >= people else []


def _covers(way: Any, sizes: tuple[float, ...], start: float) -> bool:
    for (begin, length, most), size in zip(way, sizes, strict=True):
        if not (begin <= start and start + size <= begin + length and size <= most):
            return False
        start += size
    return True


# --- the audit tells ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"minutes": 30}, "less than an hour"),
        ({"minutes": 180}, "not as long"),
        ({"start": dt.datetime(2026, 11, 25, 14)}, "take as long"),
        ({"provider": "p3", "talent": "t3"}, "two parts"),
    ],
)
def test_the_audit_tells_what_is_wrong_with_parts(change: dict[str, Any], said: str) -> None:
    """Too short, too long, at another time, or twice by the same person."""
    found = run(*PEOPLE, *few(2, 2), AFTERNOON)
    one, other = plan(found).legs
    first = one if one.provider == "p2" else other
    legs = tuple(replace(leg, **change) if leg is first else leg for leg in (one, other))
    object.__setattr__(found, "items", (replace(plan(found), legs=legs),))
    assert any(said in fault for fault in faults(found))


def test_the_audit_tells_when_it_is_shared_without_need() -> None:
    """Plans made without the person who can do it all, looked at with that person."""
    shared = run(*PEOPLE, *few(2, 2), AFTERNOON)
    every = run(*PEOPLE, *few(2, 2, None), AFTERNOON)
    object.__setattr__(every, "items", shared.items)
    assert any("could come for all of it" in fault for fault in faults(every))
