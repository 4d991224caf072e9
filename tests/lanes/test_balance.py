"""Hours for building community beside what was agreed; of the team, and never of one worker."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.lanes import balance
from assetmap.lanes.results import Lack, LaneResult, Verdict
from assetmap.lanes.scene import scene_of
from assetmap.model import Membership, Organisation, Person, TeamHours
from assetmap.schedule import Week
from tests.lanes.hoods import DAY, hood_of

WARD = [Person(person="ward", kind="worker"), Organisation(organisation="team", kind="team")]
LAST = Week.of(DAY) + -1


def _look(*records: Any, **own: Any) -> LaneResult:
    scene = scene_of(hood_of(*records, settings=own), DAY)
    return balance.look(scene, scene.settings)


def _hours(*weeks: tuple[float, float] | None) -> list[TeamHours]:
    """Make hours for (community, cases) in each of the last weeks, the newest last."""
    found = []
    for back, pair in enumerate(reversed(weeks)):
        for purpose, hours in zip(("community", "cases"), pair or (), strict=False):
            found.append(
                TeamHours(week=str(LAST + -back), worker="ward", purpose=purpose, hours=hours)
            )
    return found


def test_below_half_where_half_was_agreed() -> None:
    """Four weeks of 5 in 18 hours: 28 %; at 9 of 18 there is nothing to tell."""
    (card,) = _look(WARD, _hours(*[(5, 13)] * 4), community_share=0.5).cards
    assert card.what.said("nl") == (
        "In de laatste 4 weken ging 28 procent van de uren naar samenlevingsopbouw. "
        "Afgesproken is 50 procent."
    )
    assert "ward" not in str(card.evidence)
    assert _look(WARD, _hours(*[(9, 9)] * 4), community_share=0.5).verdict is Verdict.NONE


def test_what_was_agreed_may_stand_in_the_memberships() -> None:
    """Nine of eighteen hours in the memberships is half; the setting goes before."""
    halves = [
        Membership(member="ward", party="team", hours_week=9, purpose=purpose)
        for purpose in ("community", "cases")
    ]
    assert _look(WARD, halves, _hours(*[(8, 10)] * 4)).verdict is Verdict.SIGNAL
    assert _look(WARD, halves, _hours(*[(8, 10)] * 4), community_share=0.4).cards == ()


@pytest.mark.parametrize(
    ("records", "own", "lack"),
    [
        ([], {"community_share": 0.5}, Lack.NO_HOURS),
        (_hours((5, 13), (5, 13), (5, 13)), {}, Lack.NO_AGREEMENT),
        (_hours((5, 13), (5, 13)), {"community_share": 0.5}, Lack.LITTLE_HISTORY),
        (_hours((5, 13), (5, 13), *[None] * 7), {"community_share": 0.5}, Lack.LITTLE_HISTORY),
    ],
)
def test_what_it_needs_to_say_anything(records: list[Any], own: dict[str, Any], lack: Lack) -> None:
    """Hours, what was agreed, and three weeks of late; a week that is blank is unknown."""
    found = _look(WARD, records, **own)
    assert found.verdict is Verdict.CANNOT_SAY
    assert [each.lack for each in found.lacking] == [lack]


def test_one_week_is_no_signal() -> None:
    """A week of courses pulls four weeks below half; three of the four were as agreed."""
    assert _look(WARD, _hours((9, 9), (9, 9), (9, 9), (0, 18)), community_share=0.5).cards == ()


def test_the_chart_tells_a_change_from_how_it_always_is() -> None:
    """A year of halves and then a fifth is a change; a year of a third is no exception."""
    changed = [(9, 9), (10, 8), (8, 10)] * 5 + [(3, 15)] * 4
    (card,) = _look(WARD, _hours(*changed), community_share=0.5).cards
    assert card.others[0].said("en").startswith("It is less than usual")
    assert card.basis is not None
    assert card.basis.left_out == ()
    always = [(6, 12), (5, 13), (7, 11)] * 5
    (card,) = _look(WARD, _hours(*always), community_share=0.5).cards
    assert card.others[0].said("en").startswith("It has been so for longer")
    (card,) = _look(WARD, _hours(*always[:4]), community_share=0.5).cards
    assert card.basis is not None
    assert card.basis.left_out[0].said("nl") == (
        "De grenzen zijn nog voorlopig: er zijn pas 4 weken."
    )


PAIR = st.tuples(st.integers(0, 20), st.integers(0, 20))


@settings(max_examples=60, deadline=None)
@given(weeks=st.lists(PAIR, max_size=8), agreed=st.sampled_from([0.25, 0.5, 0.75]))
def test_it_is_the_sum_of_the_last_weeks_and_most_of_them(
    weeks: list[tuple[int, int]], agreed: float
) -> None:
    """Add up by hand: of the last eight weeks, the last four with hours, at least three."""
    known = [pair for pair in weeks if sum(pair)][-4:]
    found = _look(WARD, _hours(*weeks), community_share=agreed)
    if len(known) < 3:
        assert found.verdict is Verdict.CANNOT_SAY
        return
    community, cases = (sum(pair[at] for pair in known) for at in (0, 1))
    low = [pair for pair in known if pair[0] < agreed * sum(pair)]
    below = community < agreed * (community + cases) and len(low) > len(known) / 2
    assert bool(found.cards) is below
