"""Who help each other: pairs both ways, rings of three, and what counts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assetmap.audit import faults
from assetmap.plans import Circle, circles
from tests.plans.small import arranged, need, person, plan, run, talent, worker

THREE = (person("p1"), person("p2"), person("p3"))
ROUND = (
    talent("t1", "p1", "odd_job"),
    talent("t2", "p2", "computer"),
    talent("t3", "p3", "shopping"),
    need("n1", "p1", "shopping"),
    need("n2", "p2", "odd_job"),
    need("n3", "p3", "computer"),
)


def people(found):
    """Return who are in the circles of a run."""
    return [circle.people for circle in found.circles]


def test_a_ring_begins_with_its_lowest_id_whatever_the_order_of_the_plans():
    """Each helps the next; the way round is kept."""
    found = run(*THREE, *ROUND)
    assert people(found) == [("p1", "p2", "p3")]
    assert circles(found.hood, reversed(found.items)) == found.circles


def test_a_line_is_no_ring():
    """Without the third there is nothing to close it."""
    assert people(run(*THREE, *ROUND[:-1])) == []


def test_a_pair_within_a_ring_is_told_as_well():
    """Both are true."""
    back = talent("t4", "p2", "garden"), need("n4", "p1", "garden")
    assert people(run(*THREE, *ROUND, *back)) == [("p1", "p2"), ("p1", "p2", "p3")]


def test_what_was_arranged_counts():
    """One of the two helps for a month already."""
    rows = person("p1"), person("p2"), talent("t1", "p2"), talent("t2", "p1", "garden")
    stands = arranged("r1", "help", "p2", talent="t1", rrule="FREQ=WEEKLY")
    found = run(*rows, need("n1"), stands, need("n2", "p2", "garden"))
    assert people(found) == [("p1", "p2")]
    assert {p.status for p in found.items} == {"standing", "proposed"}
    assert faults(found) == []


def test_what_somebody_does_as_a_professional_closes_nothing():
    """A worker who asks a resident for help is not in a circle by doing their work."""
    rows = person("p1"), worker("w1"), talent("t1", "w1"), talent("t2", "p1", "garden")
    found = run(*rows, need("n1"), need("n2", "w1", "garden"))
    assert {p.need for p in found.items} == {"n1", "n2"}
    assert people(found) == []
    assert faults(found) == []


@pytest.mark.parametrize("cells", [{"sensitive": "yes"}, {"not_known": "yes"}])
def test_a_question_that_is_not_for_all_ears_closes_nothing(cells):
    """Nor is it told by leaving a hole in a sentence."""
    quiet = (*ROUND[:3], *ROUND[4:], need("n1", "p1", "shopping", **cells))
    helps = talent("t3", "p3", "shopping", role="volunteer")
    rest = (row for row in quiet if row.id != "t3")
    found = run(*THREE[:2], person("p3", area="south"), *rest, helps)
    assert plan(found).legs[0].provider == "p3"
    assert people(found) == []
    assert faults(found) == []


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ((), "told wrongly"),
        ((Circle(("p1", "p3", "p2"), ()),), "told wrongly"),
        ((Circle(("p1", "p2", "p3"), ("n1-x",)),), "are others"),
    ],
)
def test_a_circle_that_is_told_wrongly_is_found(told, said):
    """The audit looks up afresh who helps whom."""
    found = run(*THREE, *ROUND)
    assert faults(found) == []
    wrong = replace(found)
    vars(wrong)["circles"] = told
    assert any(said in fault for fault in faults(wrong))
    twice = replace(found)
    vars(twice)["circles"] = found.circles * 2
    assert any("told twice" in fault for fault in faults(twice))
