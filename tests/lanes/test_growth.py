"""A slow rise: evidence added up week by week."""

from __future__ import annotations

from math import log
from typing import Any

import pytest

from assetmap.lanes import growth
from assetmap.lanes.blocks import blocks_of, weeks_of
from assetmap.lanes.results import Lack, LaneResult, Verdict
from assetmap.lanes.scene import scene_of
from assetmap.model import Record
from tests.lanes.hoods import DAY, ago, asked, heard, hood_of, people

WEEKS = 52
OLD = heard("old", WEEKS * 7 - 1, kind="idea", category="music")


def _look(*records: Any, old: Record = OLD, **own: Any) -> LaneResult:
    scene = scene_of(hood_of(old, *records, settings=own), DAY)
    return growth.look(scene, scene.settings)


def _weekly(counts: list[int]) -> list[Record]:
    """So many households in each week, the newest last; each asks once."""
    found: list[Record] = []
    for back, number in enumerate(reversed(counts)):
        found += [asked(f"n{back}-{n}", f"p{len(found) + n}", 7 * back + n) for n in range(number)]
    return found


def _slow(counts: list[int], *, base: int, ratio: float, limit: float) -> list[bool]:
    """Tell after which weeks the sum reached the limit: written from the definition."""
    mean = (sum(counts[:base]) + 1) / base
    total, reached = 0.0, []
    for count in counts[base:]:
        total = max(0.0, total + count * log(ratio) - mean * (ratio - 1))
        reached.append(total >= limit)
        if reached[-1]:
            total = 0.0
    return reached


RISING = [0, 1, 0, 0] * 7 + [1, 1, 0, 1] * 3 + [1, 2, 1, 1] * 3
FLAT = [0, 1, 0, 0] * 13


@pytest.mark.parametrize(("counts", "cards"), [(RISING, 1), (FLAT, 0), ([0] * WEEKS, 0)])
def test_a_rise_is_told_and_what_stays_the_same_is_not(counts: list[int], cards: int) -> None:
    """One in a month that becomes one in a week; none at all never is a rise."""
    assert any(_slow(counts, base=26, ratio=1.5, limit=5)[-3:]) == bool(cards)
    found = _look(people(sum(counts)), _weekly(counts))
    assert len(found.cards) == cards


def test_it_says_since_when_and_how_much() -> None:
    """Per month, before and since; the period begins where the climb did."""
    (card,) = _look(people(sum(RISING)), _weekly(RISING)).cards
    assert card.what is not None
    assert card.what.facts["usual"] == pytest.approx(sum(RISING[:26]) / 26 * 365.25 / 84, abs=0.05)
    assert card.first is not None
    assert ago(26 * 7) < card.first < ago(21)
    assert (card.last, card.theme, card.area) == (DAY, "homework", "north")
    assert card.surprise is not None
    assert card.surprise.at_most


def test_a_rise_of_few_people_is_not_told() -> None:
    """Two households who ask again and again are no growth of the neighbourhood."""
    again = [asked(f"n{n}", f"p{n % 2}", back) for n, back in enumerate(range(0, 25 * 7, 21 // 2))]
    assert _look(people(2), again).cards == ()


def test_a_rise_that_was_over_before_is_not_told() -> None:
    """Only one that reached the limit in the last three weeks."""
    over = [*RISING[:-4], 3, 3, 3, 3, 0, 0, 0, 0]
    over = over[-WEEKS:]
    assert any(_slow(over, base=26, ratio=1.5, limit=5))
    assert not any(_slow(over, base=26, ratio=1.5, limit=5)[-3:])
    assert _look(people(sum(over)), _weekly(over)).cards == ()


def test_too_short_a_history_cannot_say() -> None:
    """A baseline and eight weeks after it."""
    short = heard("old", 34 * 7 - 2, kind="idea", category="music")
    found = _look(people(1), old=short)
    assert found.verdict is Verdict.CANNOT_SAY
    assert found.lacking[0].lack is Lack.LITTLE_HISTORY
    enough = heard("old", 34 * 7 - 1, kind="idea", category="music")
    assert _look(people(1), old=enough).verdict is Verdict.NONE


def test_the_team_decides_on_how_much_and_how_sure() -> None:
    """More evidence, or a steeper rise, gives fewer cards."""
    records = [people(sum(RISING)), _weekly(RISING)]
    assert _look(*records, growth_limit=15).cards == ()
    assert _look(*records, baseline_weeks=40).verdict is not Verdict.CANNOT_SAY


def test_a_household_counts_once_in_each_period_and_in_its_first_week_of_it() -> None:
    """Counted back from the day; asking again within the period changes no week."""
    scene = scene_of(
        hood_of(
            people(2),
            [asked(f"n{n}", "p0", back) for n, back in enumerate([0, 8, 20, 21, 30])],
            asked("n9", "p1", 8),
        ),
        DAY,
    )
    both = {"some": scene.events, "none": ()}
    assert blocks_of(both, DAY, 21, 63) == {"some": (0, 1, 2), "none": (0, 0, 0)}
    assert weeks_of(both, DAY, 21, 6) == {"some": (0, 1, 0, 1, 1, 0), "none": (0,) * 6}
