"""Who drives to an activity is kept from whoever comes there, also when both are only proposed."""

from __future__ import annotations

import pytest

from assetmap.audit import faults
from tests.plans.small import activity, kept_apart, need, person, run, talent

CLUB = activity("a1", area="south")
ASKS = (
    person("p1", walks_m=100),
    person("p3", area="south"),
    need("n1", owner="p1", category="meal", wants="a1"),
    need("n2", owner="p3", category="meal", wants="a1"),
)


@pytest.mark.parametrize(("who", "other"), [("p2", "p3"), ("p3", "p2")])
def test_a_driver_brings_nobody_to_where_they_would_meet_who_they_are_kept_from(who, other):
    """One of the two goes; with another driver both do."""
    drives = person("p2"), talent("t2", "p2", "ride", seats=2)
    apart = kept_apart(who, other)
    found = run(*ASKS, *drives, CLUB, apart)
    assert faults(found) == []
    assert len(found.items) == len(found.gaps) == 1
    both = run(*ASKS, *drives, CLUB, apart, person("p4"), talent("t4", "p4", "ride", seats=2))
    assert faults(both) == []
    assert {part.provider for plan in both.items for part in plan.legs} & {"p2"} == set()
    assert len(both.items) == 2


def test_without_a_protection_the_same_driver_brings_them():
    """Nothing else stands in the way."""
    found = run(*ASKS, person("p2"), talent("t2", "p2", "ride", seats=2), CLUB)
    assert len(found.items) == 2
    assert faults(found) == []
