"""One corner of the neighbourhood, for a short time: over areas that hang together."""

from __future__ import annotations

import datetime as dt
from itertools import combinations
from math import log
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.lanes import place
from assetmap.lanes.results import Lack, LaneResult, Verdict
from assetmap.lanes.scene import scene_of
from assetmap.model import Area, Person
from tests.lanes.hoods import DAY, ago, asked, hood_of

ROW = tuple("abcdefghij")
AREAS = [
    Area(area=name, name=f"Straat {name}", adjacent=beside)
    for name, beside in zip(ROW, (*ROW[1:], None), strict=True)
]


def _look(*records: Any, day: dt.date = DAY, **own: Any) -> LaneResult:
    scene = scene_of(hood_of(*records, settings=own), day)
    return place.look(scene, scene.settings)


def _asks(*rows: tuple[str, int], **cells: Any) -> list[Any]:
    """Make a household of its own for each (area, days ago)."""
    found: list[Any] = []
    for at, (area, back) in enumerate(rows):
        found.append(Person(person=f"p{at}", area=area))
        found.append(asked(f"n{at}", f"p{at}", back, **cells))
    return found


SPREAD = [(name, 15 + 13 * at + n) for n, name in enumerate(ROW) for at in range(9)]
CORNER = [("b", 1), ("b", 3), ("c", 2), ("c", 6), ("c", 0), ("b", 9), ("b", 5), ("c", 4)]


def test_a_corner_of_two_streets_this_fortnight() -> None:
    """Eight in two streets beside each other, where two a month is usual in each of ten."""
    (card,) = _look(AREAS, _asks(*SPREAD, *CORNER)).cards
    assert card.card == "place|homework|b+c"
    assert card.what.said("nl").startswith(
        "In Straat b en Straat c vroegen in 10 dagen 8 huishoudens: huiswerk."
    )
    assert (card.households, card.first, card.last) == (8, ago(9), DAY)
    assert card.surprise is not None
    assert (card.surprise.p or 1) <= 0.05
    assert card.basis is not None
    assert [line.key for line in card.basis.left_out] == ["lane_place.pairs"]


def test_the_expected_number_is_that_of_the_street_and_of_the_days() -> None:
    """Of 98 questions 26 are of the two streets, and 8 of the ten days: 26 times 8 over 98."""
    rows = [*SPREAD, *CORNER]
    (card,) = _look(AREAS, _asks(*rows)).cards
    own = sum(area in {"b", "c"} for area, _ in rows)
    late = sum(back <= 9 for _, back in rows)
    assert card.basis is not None
    assert card.basis.baseline is not None
    assert card.basis.baseline.facts["expected"] == round(own * late / len(rows), 1)


def test_a_busy_week_everywhere_or_a_street_that_is_always_busy_is_nothing() -> None:
    """Everybody asks this week; one street asks every week: neither is a corner in time."""
    everywhere = [(name, back) for name in ROW for back in (1, 3)]
    assert _look(AREAS, _asks(*SPREAD, *everywhere)).cards == ()
    always = [("b", back) for back in range(0, 120, 6)]
    assert _look(AREAS, _asks(*SPREAD, *always)).cards == ()


def test_streets_that_do_not_touch_are_no_corner() -> None:
    """The same eight, four in each of two streets apart, make no corner of two."""
    apart = [("a" if area == "b" else "j", back) for area, back in CORNER]
    for card in _look(AREAS, _asks(*SPREAD, *apart)).cards:
        assert "+" not in (card.card or "")


def test_a_second_question_of_a_household_changes_nothing() -> None:
    """Each household counts once in fourteen days, with its first question."""
    once = _asks(*SPREAD, *CORNER)
    again = [asked(f"m{at}", f"p{len(SPREAD) + at}", 0) for at in range(8)]
    (one,), (two,) = _look(AREAS, once).cards, _look(AREAS, once, again).cards
    assert (one.card, one.surprise, one.households) == (two.card, two.surprise, two.households)
    assert one.basis is not None
    assert two.basis is not None
    assert one.basis.baseline == two.basis.baseline


def test_shifting_all_days_shifts_the_window_and_no_more() -> None:
    """A week later everything is a week later; the order of rows makes no difference."""
    rows = _asks(*SPREAD, *CORNER)
    (card,) = _look(AREAS, rows).cards
    week = dt.timedelta(days=7)
    moved = [
        row.model_copy(update={"since": row.since + week}) if hasattr(row, "since") else row
        for row in rows
    ]
    (later,) = _look(AREAS, moved, day=DAY + week).cards
    assert (later.first, later.surprise) == ((card.first or DAY) + week, card.surprise)
    assert _look(AREAS[::-1], rows[::-1]).cards == (card,)


LATE = st.lists(st.tuples(st.sampled_from(ROW[:4]), st.integers(0, 40)), min_size=6, max_size=14)


@settings(max_examples=25, deadline=None)
@given(rows=LATE)
def test_the_corner_is_the_strongest_of_all_that_hang_together(
    rows: list[tuple[str, int]],
) -> None:
    """Work out the ratio of every corner and window by hand; the card has the largest of them."""
    days = max(56, max(back for _, back in rows) + 1)
    first = [("a", days - 1)]
    own = [*first, *rows]
    found = _look(AREAS[:4], _asks(*own), alpha=0.999, people=2, replicates=99)
    late = sum(back < 14 for _, back in own)
    total = len(own)
    corners = [c for n in (1, 2) for c in combinations("abcd", n) if n == 1 or _touch(*c)]
    ratios = {}
    for corner in corners:
        for width in range(1, 15):
            inside = sum(area in corner and back < width for area, back in own)
            zone = sum(area in corner for area, _ in own)
            expected = zone * sum(back < width for _, back in own) / total
            if inside >= 2 and inside > expected:
                rest = total - inside
                ratio = inside * log(inside / expected)
                ratio += rest * log(rest / (total - expected)) if rest else 0.0
                ratios["+".join(corner), width] = ratio
    if late < 2 or not ratios:
        assert found.cards == ()
        return
    best = max(ratios.values())
    strongest = {key for key, ratio in ratios.items() if ratio == pytest.approx(best, abs=1e-7)}
    for card in found.cards:
        corner = (card.card or "").rpartition("|")[2]
        assert (corner, (DAY - (card.first or DAY)).days + 1) in strongest


def _touch(one: str, other: str) -> bool:
    return abs(ord(one) - ord(other)) == 1


def test_what_it_needs_to_say_anything() -> None:
    """Areas beside each other, and two months; a few questions are not tested."""
    bare = [Area(area=name) for name in ROW]
    lacks = [each.lack for each in _look(bare, _asks(*SPREAD)).lacking]
    assert lacks == [Lack.NOT_BESIDE]
    short = _look(AREAS, _asks(*CORNER))
    assert [each.lack for each in short.lacking] == [Lack.LITTLE_HISTORY]
    few = _look(AREAS, _asks(*SPREAD, *CORNER[:2]))
    assert (few.verdict, few.tested) == (Verdict.NONE, ())


def test_chance_is_asked_more_often_only_where_it_may_matter() -> None:
    """In steps of a hundred where it is nothing; in those of all replicates where it may be."""
    everywhere = [(name, back) for name in ROW for back in (1, 3)]
    (nothing,) = _look(AREAS, _asks(*SPREAD, *everywhere)).tested
    assert nothing > 0.2
    assert round(nothing * 100) == pytest.approx(nothing * 100)
    (corner,) = _look(AREAS, _asks(*SPREAD, *CORNER), replicates=1234).tested
    assert corner < 0.05
    assert round(corner * 1235) == pytest.approx(corner * 1235)
