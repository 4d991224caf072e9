"""The table of needs without a plan: what is worked out, what stays general advice, and why."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import assetmap
from assetmap.errors import UnusableInput
from assetmap.explain import remedied, remedy, with_remedies
from assetmap.model import Policy
from assetmap.plans import Reason
from assetmap.privacy import Audience
from assetmap.report.results import results
from tests.plans.small import (
    FRIDAY,
    WEEK,
    activity,
    decided,
    need,
    person,
    run,
    talent,
)
from tests.strategies import neighbourhoods, shuffled

ENGLISH = Policy(language="en")
ASKER = person("p1")
MEAL = need("n1", category="meal", wants="a1")
FULL = activity("a1", capacity=0)
SEAT = "This is enough: one place more at ‘a1’. Worked out: all other plans can stay."


def told(proposals, **asked) -> str:
    """Return the only remedy of a run."""
    return with_remedies(proposals, **asked)["remedy"].item()


def test_a_change_that_is_enough_takes_the_place_of_general_advice():
    """It is the sentence that `remedy` gives; all other columns are as they were."""
    proposals = run(ASKER, MEAL, FULL, policy=ENGLISH)
    table = with_remedies(proposals)
    assert table["remedy"].item() == SEAT == str(remedy(proposals, "n1"))
    others = [name for name in table.columns if name != "remedy"]
    pd.testing.assert_frame_equal(table[others], proposals.unmet[others])
    assert list(table.columns) == list(proposals.unmet.columns)
    assert (table.dtypes == proposals.unmet.dtypes).all()


def test_where_two_changes_are_not_enough_that_is_told():
    """Advice that would not help is not repeated."""
    proposals = run(ASKER, need("n1", people_needed=3), policy=ENGLISH)
    found = remedy(proposals, "n1")
    assert found is not None
    assert not found.verified
    assert told(proposals) == str(found) != proposals.unmet["remedy"].item()


@pytest.mark.parametrize(
    ("reason", "records"),
    [
        (
            Reason.NOT_POSSIBLE_HERE,
            (
                *(ASKER, person("p2"), need("n1"), talent("t1", "p2")),
                decided("n1-aaaaaaaa-20261120", "not_now", provider="p2"),
            ),
        ),
        (
            Reason.NEXT_OCCURRENCE,
            (
                *(ASKER, need("n1", category="meal")),
                activity("a1", start=FRIDAY.replace(year=2027, month=2)),
            ),
        ),
    ],
)
def test_general_advice_stays_where_nothing_may_or_need_be_changed(reason, records):
    """Of what somebody refused nothing is told; a date that is coming needs no change."""
    proposals = run(*records, policy=ENGLISH)
    assert proposals.gap_for("n1").reason is reason
    assert told(proposals) == proposals.unmet["remedy"].item()


def test_somebody_gets_in_touch_before_anything_else():
    """The advice to talk comes first; then what is enough, if it is."""
    quiet = need("n1", talked=None)
    proposals = run(ASKER, person("p2"), quiet, talent("t1", "p2"), policy=ENGLISH)
    general = proposals.unmet["remedy"].item()
    assert proposals.gap_for("n1").reason is Reason.FIRST_CONVERSATION
    assert told(proposals) == f"{general} {remedy(proposals, 'n1')}"
    nothing = run(ASKER, quiet, talent("t1", "p1"), policy=ENGLISH)
    assert told(nothing).startswith(general)


def two(**cells):
    """Return two people who both want the only evening, which is full."""
    return run(
        *(ASKER, person("p2"), activity("a1", capacity=0)),
        need("n1", "p1", "meal", wants="a1"),
        need("n2", "p2", "meal", wants="a1", **cells),
        policy=ENGLISH,
    )


def test_the_needs_that_weigh_most_come_first():
    """Where not all are worked out the others keep the general advice."""
    proposals = two(urgency=5)
    general = list(proposals.unmet["remedy"])
    assert list(with_remedies(proposals, most=0)["remedy"]) == general
    assert list(with_remedies(proposals, most=1)["remedy"]) == [general[0], SEAT]
    assert list(with_remedies(two(urgency=1), most=1)["remedy"]) == [SEAT, general[1]]
    assert list(with_remedies(proposals)["remedy"]) == [SEAT, SEAT]


def test_a_large_run_has_fewer_worked_out_by_its_size_alone(monkeypatch):
    """No clock decides which; a few always are."""
    proposals = two()
    monkeypatch.setattr(remedied, "WORK", 0)
    monkeypatch.setattr(remedied, "FEWEST", 1)
    assert list(with_remedies(proposals)["remedy"]).count(SEAT) == 1


@given(data=st.data())
@settings(max_examples=8)
def test_the_table_does_not_depend_on_the_order_of_rows(data):
    """And what is worked out is what `remedy` says."""
    hood = data.draw(neighbourhoods())
    proposals = assetmap.propose(hood, WEEK)
    table = with_remedies(proposals)
    again = with_remedies(assetmap.propose(shuffled(hood, data.draw), WEEK))
    pd.testing.assert_frame_equal(table, again)
    general = dict(zip(proposals.unmet["need"], proposals.unmet["remedy"], strict=True))
    for name, text in zip(table["need"], table["remedy"], strict=True):
        assert text == general[name] or str(remedy(proposals, name)) in text


def test_nonsense_is_refused():
    """Fewer than none; and proposals without their working."""
    proposals = two()
    with pytest.raises(UnusableInput, match="most"):
        with_remedies(proposals, most=-1)
    with pytest.raises(UnusableInput, match="run propose again"):
        with_remedies(dataclasses.replace(proposals, worked=None))


def test_the_team_gets_them_where_it_asks_and_nobody_else():
    """For research the column is not there at all, so nothing is worked out."""
    proposals = two()
    general = list(proposals.unmet["remedy"])
    assert [row.remedy for row in results(proposals).value.unmet] == general
    assert [row.remedy for row in results(proposals, remedies=True).value.unmet] == [SEAT, SEAT]
    for_research = results(proposals, Audience.RESEARCH, remedies=True).value
    assert all(row.remedy is None for row in for_research.unmet)
