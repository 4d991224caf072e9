"""Whoever is kept apart is not brought together: not by an introduction, not by who runs things."""

from __future__ import annotations

import pytest

from assetmap.audit import faults
from assetmap.explain import what_if, why
from assetmap.model import Membership, Record, Safeguard
from tests.plans.small import (
    activity,
    initiative,
    kept_apart,
    need,
    person,
    run,
    talent,
    tie,
    worker,
)

PAIR = [person("p1"), person("p2"), talent("t2", "p2"), need("n1")]
EVENING = [
    person("p1"),
    person("p3"),
    activity("a1", initiative="i1"),
    need("n1", "p1", "meal", wants="a1"),
]


@pytest.mark.parametrize("ends", [("p1", "p3"), ("p3", "p1"), ("p2", "p3"), ("p3", "p2")])
def test_nobody_is_introduced_by_whom_they_are_kept_from(ends: tuple[str, str]) -> None:
    """A shared acquaintance introduces, unless a protection stands between them and either."""
    known = [person("p3"), tie("p1", "p3"), tie("p3", "p2")]
    free = run(*PAIR, *known).plan_for("n1")
    plan = run(*PAIR, *known, kept_apart(*ends)).plan_for("n1")
    assert free is not None
    assert free.legs[0].introducer == "p3"
    assert plan is not None
    assert (plan.legs[0].introducer, plan.legs[0].chain) == (None, ())


def test_a_longer_chain_has_nobody_who_is_kept_apart() -> None:
    """Neither from the two ends, nor from each other."""
    known = [person("p3"), person("p4"), tie("p1", "p3"), tie("p3", "p4"), tie("p4", "p2")]
    free = run(*PAIR, *known).plan_for("n1")
    assert free is not None
    assert free.legs[0].chain == ("p1", "p3", "p4", "p2")
    for ends in [("p1", "p4"), ("p3", "p2"), ("p3", "p4")]:
        found = run(*PAIR, *known, kept_apart(*ends))
        plan = found.plan_for("n1")
        assert plan is not None
        assert plan.legs[0].chain == ()
        assert faults(found) == []


def test_a_worker_from_whom_somebody_is_kept_introduces_nobody() -> None:
    """The worker of both is no connector then."""
    both = [worker("w1"), person("p1", worker="w1"), person("p2", worker="w1"), *PAIR[2:]]
    free = run(*both).plan_for("n1")
    plan = run(*both, kept_apart("p2", "w1")).plan_for("n1")
    assert free is not None
    assert free.legs[0].introducer == "w1"
    assert plan is not None
    assert plan.legs[0].introducer is None


@pytest.mark.parametrize("ends", [("p1", "p3"), ("p3", "p1")])
@pytest.mark.parametrize(
    "runs",
    [
        (initiative("i1", manager="p3"),),
        (initiative("i1"), Membership(member="p3", party="i1", role="guest")),
    ],
    ids=["manager", "member"],
)
def test_who_runs_it_may_be_met_there(runs: tuple[Record, ...], ends: tuple[str, str]) -> None:
    """What somebody manages or belongs to is not proposed to who is kept from them."""
    assert run(*EVENING, *runs).plan_for("n1") is not None
    found = run(*EVENING, *runs, kept_apart(*ends))
    assert found.plan_for("n1") is None
    gap = found.gap_for("n1")
    assert gap is not None
    assert gap.reason == "not_possible_here"
    assert faults(found) == []


def test_who_helps_an_initiative_meets_who_runs_it() -> None:
    """The same where the initiative is the one that asks."""
    asks = need("n1", "i1", "shopping")
    people = [person("p2"), person("p3"), talent("t2", "p2"), initiative("i1", manager="p3"), asks]
    assert run(*people).plan_for("n1") is not None
    found = run(*people, kept_apart("p3", "p2"))
    assert found.plan_for("n1") is None
    assert faults(found) == []


def test_a_member_who_left_is_not_there() -> None:
    """A membership that is over keeps nobody away."""
    left = Membership(member="p3", party="i1", until="2026-11-01")
    found = run(*EVENING, initiative("i1"), left, kept_apart("p1", "p3"))
    assert found.plan_for("n1") is not None


def test_the_same_is_told_whoever_is_behind_it() -> None:
    """Kept from the evening, from who runs it or from who has a seat: one text."""
    evening = activity("a1")
    asks = [need("n1", "p1", "meal", wants="a1"), need("n3", "p3", "meal", wants="a1", urgency=5)]
    people = [person("p1"), person("p3"), evening, *asks]
    from_the_guest = run(*people, kept_apart("p1", "p3"))
    from_the_evening = run(*people, kept_apart("p1", "a1"))
    told = [str(why(found, "n1", language="nl")) for found in (from_the_guest, from_the_evening)]
    assert told[0] == told[1]
    assert from_the_guest.funnels["n1"] == from_the_evening.funnels["n1"]


def test_what_goes_with_somebody_does_not_tell_a_protection() -> None:
    """What is left out with a person names no protection, unless that was asked."""
    before = run(*PAIR, kept_apart("p1", "p2"))
    gone = what_if(before, remove=["p2"], language="en")
    (guard,) = before.hood.safeguards
    assert isinstance(guard, Safeguard)
    assert "safeguard" not in str(gone) + str(gone.removed) + str(gone.blanked)
    asked = what_if(before, remove=[f"safeguard:{guard.safeguard}"], language="en")
    assert asked.removed == (f"safeguard:{guard.safeguard}",)
