"""Visits in turns: as even as those who can allow, before everything but the ladder."""

from __future__ import annotations

from collections import Counter
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.audit import faults
from assetmap.model import Policy, Record
from tests.plans.small import ASKER, need, person, run, talent, tie

DAYS = ("Mon", "Wed", "Fri")
VISITS = need("n1", category="visit", hours=1, rrule="FREQ=WEEKLY;BYDAY=MO,WE,FR")
MEMBERS = ("p2", "p3", "p4")


def visits(*records: Record, policy: Policy | None = None) -> Counter[str]:
    """Return how many turns each of them has."""
    found = run(ASKER, *(person(name) for name in MEMBERS), VISITS, *records, policy=policy)
    assert faults(found) == []
    assert len({plan.occurrence for plan in found.items}) == len(found.items)
    return Counter(plan.legs[0].provider for plan in found.items)


def member(name: str, days: tuple[str, ...] = DAYS, **cells: object) -> Record:
    """Somebody who could come at two on some days, up to three times a week."""
    when = " | ".join(f"{day} 14:00-15:00" for day in days)
    return talent(f"t-{name}", name, "visit", **{"available": when, "per_week": 3, **cells})


def test_turns_are_even() -> None:
    """Fifteen visits, three who can: five each."""
    assert visits(*map(member, MEMBERS)) == {"p2": 5, "p3": 5, "p4": 5}


def test_what_fits_better_does_not_tip_the_balance() -> None:
    """One has a good friend in common with her: still eight turns and seven."""
    friend = (person("p5"), tie("p1", "p5"), tie("p5", "p2"))
    turns = visits(*friend, member("p2"), member("p3"))
    assert turns == {"p2": 8, "p3": 7}


def test_who_can_on_one_day_only_takes_that_day() -> None:
    """Five Mondays for one; ten other visits are shared by two."""
    days = (member("p2", ("Mon",)), member("p3"), member("p4"))
    assert visits(*days) == {"p2": 5, "p3": 5, "p4": 5}


def test_the_own_network_goes_before_the_spread() -> None:
    """The ladder is never traded: a friend who can come always comes."""
    assert visits(tie("p1", "p2"), *map(member, MEMBERS)) == {"p2": 15}


def test_once_a_week_is_no_rota() -> None:
    """One steady visitor is better than a row of them."""
    weekly = need("n1", category="visit", hours=1, rrule="FREQ=WEEKLY;BYDAY=MO")
    close = (person("p5"), tie("p1", "p5"), tie("p5", "p2"))
    found = run(ASKER, *map(person, MEMBERS), *close, weekly, *map(member, MEMBERS))
    assert {plan.legs[0].provider for plan in found.items} == {"p2"}


@settings(max_examples=20)
@given(
    st.lists(
        st.tuples(st.sets(st.sampled_from(DAYS), min_size=1), st.integers(1, 3)),
        min_size=3,
        max_size=3,
    ),
    st.booleans(),
)
def test_no_turns_are_more_even(said: list[tuple[set[str], int]], close: bool) -> None:
    """Every way to take turns is tried for two weeks: none meets more, none is more even."""
    talents = [
        member(name, tuple(sorted(days)), per_week=most)
        for name, (days, most) in zip(MEMBERS, said, strict=True)
    ]
    common = (person("p5"), tie("p1", "p5"), tie("p5", "p2")) if close else ()
    turns = visits(*talents, *common, policy=Policy(horizon_weeks=2))
    able = [[n for n, (d, _) in enumerate(said) if day in d] for day in DAYS]
    weeks = []
    for way in product(*[[None, *who] for who in able]):
        count = Counter(n for n in way if n is not None)
        if all(count[n] <= most for n, (_, most) in enumerate(said)):
            weeks.append(tuple(count[n] for n in range(3)))
    best = max(
        (
            sum(a) + sum(b),
            [-t for t in sorted((x + y for x, y in zip(a, b, strict=True)), reverse=True)],
        )
        for a, b in product(set(weeks), repeat=2)
    )
    mine = sorted((turns[name] for name in MEMBERS), reverse=True)
    assert (sum(mine), [-t for t in mine]) == best
