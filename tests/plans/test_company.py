"""Needs that take several people."""

from __future__ import annotations

import pytest

from assetmap.model import FitWeights, Policy
from assetmap.plans.company import together
from tests.plans.small import (
    ASKER,
    activity,
    ask,
    gives,
    initiative,
    need,
    person,
    plan,
    reason,
    removed,
    run,
    scene,
    talent,
    tie,
    weighed,
)

MOVE = need("n1", people_needed=2)
PEOPLE = tuple(person(f"p{k}") for k in (2, 3, 4))


def hands(*hours):
    """Return talents of p2, p3, ... with these hours."""
    return tuple(talent(f"t{k}", f"p{k}", available=h) for k, h in enumerate(hours, start=2))


def test_who_helps_a_person_comes_together():
    """At one moment at which enough of them can; two at different hours are not two people."""
    at = scene(ASKER, *PEOPLE, *hands("Mon 9-10", "Wed 9-10", "Wed 9-10"), MOVE)
    found = weighed(at).options
    assert {o.start.strftime("%a %H") for o in found} == {"Wed 09"}
    (part,) = found[0].parts
    assert part.count == 2
    assert {g.offer.provider for g in part.givers} == {"p3", "p4"}
    apart = scene(ASKER, *PEOPLE[:2], *hands("Mon 9-10", "Wed 9-10"), MOVE)
    assert removed(weighed(apart)) == {"enough": 2}


CLUB, DIG = initiative("i1"), need("n1", "i1", "garden", people_needed=2)


def gardeners(*hours):
    """Return gardeners p2, p3, ... with these hours."""
    return tuple(
        talent(f"t{k}", f"p{k}", "garden", available=h) for k, h in enumerate(hours, start=2)
    )


def test_who_helps_an_initiative_comes_at_their_own_time_of_the_week():
    """Everybody who could is a giver of the one part, which is for the week."""
    at = scene(*PEOPLE, CLUB, *gardeners("Mon 9-10", "Wed 9-10", "Fri 9-10"), DIG)
    found = weighed(at).options
    assert len(found) == 5
    (part,) = found[0].parts
    assert part.count == 2
    assert [(g.offer.provider, g.start.day) for g in part.givers] == [
        ("p2", 23), ("p3", 25), ("p4", 27),
    ]  # fmt: skip
    assert (found[0].start.day, found[0].end) == (23, None)


def test_each_giver_stands_at_the_first_time_of_the_week_that_suits():
    """Not once for every time."""
    at = scene(*PEOPLE[:2], CLUB, *gardeners("Mon 9-18", "Mon 9-18"), DIG)
    (part,) = weighed(at).options[0].parts
    assert [g.start.hour for g in part.givers] == [9, 9]


def test_of_two_weeks_the_one_with_people_on_lower_steps_is_chosen():
    """The highest step is the same; a friend and a neighbour go before two neighbours, later on."""
    soon = talent("t3", "p3", until="2026-11-29")
    friend = tie("p1", "p4"), talent("t4", "p4", **{"from": "2026-11-30"})
    strangers = Policy(fit=FitWeights(tie=0))  # so that only the steps tell them apart
    found = plan(run(ASKER, *PEOPLE, talent("t2", "p2"), soon, *friend, MOVE, policy=strangers))
    assert {leg.provider for leg in found.legs} == {"p2", "p4"}
    assert found.occurrence.day == 30


def test_too_few_people_in_a_week_is_a_group_too_small():
    """Two people in different weeks are not two people."""
    alone = hands("Mon 9-10")
    at = scene(ASKER, PEOPLE[0], *alone, MOVE)
    assert weighed(at).options == ()
    assert removed(weighed(at)) == {"enough": 1}
    first = talent("t2", "p2", until="2026-11-29")
    second = talent("t3", "p3", **{"from": "2026-11-30"})
    assert reason(run(ASKER, *PEOPLE[:2], first, second, MOVE)) == "group_too_small"


@pytest.mark.parametrize("count", [1, 2, 3])
def test_so_many_different_people_are_in_the_plan(count):
    """The number that was asked, nobody twice."""
    people = (ASKER, *PEOPLE, *hands(None, None, None), talent("t5", "p2"))
    found = run(*people, need("n1", people_needed=count))
    legs = plan(found).legs
    assert len(legs) == count
    assert len({leg.provider for leg in legs}) == count


def test_an_activity_is_joined_as_it_is():
    """A group that asks for several seats is no rota."""
    evening = activity("a1")
    at = scene(ASKER, evening, need("n1", category="meal", people_needed=2))
    options = list(weighed(at).options)
    assert together(at, ask(at), options) == options
    found = run(ASKER, evening, need("n1", category="meal", people_needed=2))
    assert gives(found) == {"activity": "a1"}


def test_two_talents_of_one_person_are_not_two_people():
    """They have two hands."""
    two = talent("t2", "p2"), talent("t9", "p2", per_week=3)
    assert reason(run(ASKER, PEOPLE[0], *two, MOVE)) == "group_too_small"
