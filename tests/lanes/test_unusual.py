"""More than usual: the exact tail on periods of real days, with contacts where they are known."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.lanes import unusual
from assetmap.lanes.results import Lack, LaneResult, Verdict
from assetmap.lanes.scene import scene_of
from assetmap.model import Neighbourhood, Person, Record
from tests.lanes.hoods import (
    DAY,
    asked,
    contact_days,
    heard,
    hood_of,
    people,
    slow_unusual,
    told_apart,
)

OLD = heard("old", 400, kind="idea", category="music")
"""Something of long ago, so that there is history."""


def _look(*records: Any, **own: Any) -> LaneResult:
    return _of(hood_of(OLD, *records, settings=own))


def _of(hood: Neighbourhood) -> LaneResult:
    scene = scene_of(hood, DAY)
    return unusual.look(scene, scene.settings)


def _asks(*days: int) -> list[Record]:
    return [asked(f"n{n}", f"p{n}", back) for n, back in enumerate(days)]


def test_three_where_there_were_none_is_unusual() -> None:
    """With the exact chance: of three questions, all in the last of nine periods."""
    found = _look(people(3), _asks(1, 2, 3))
    (card,) = found.cards
    assert found.tested == (pytest.approx((1 / 9) ** 3),)
    assert card.surprise is not None
    assert card.surprise.times_a_year == pytest.approx(52 / 9**3)
    assert (card.count, card.households, card.theme, card.area) == (3, 3, "homework", "north")


def test_as_many_as_always_is_not() -> None:
    """One in every period, and one now."""
    found = _look(people(9), _asks(*range(1, 190, 21)))
    assert found.verdict is Verdict.NONE
    assert len(found.tested) == 1


def test_fewer_than_three_households_never_are() -> None:
    """However rare the theme; a second note of one of them changes nothing."""
    few = [people(2), _asks(1, 2)]
    assert _look(*few).cards == ()
    again = heard("o1", 1, speaker="p1", category="homework")
    assert _look(*few, again).cards == ()
    assert _look(*few, again).tested == _look(*few).tested
    assert len(_look(*few, people=2).cards) == 1


def test_a_theme_that_nobody_asked_lately_is_not_tested() -> None:
    """All zeros in the window say nothing."""
    found = _look(people(3), _asks(30, 31, 32))
    assert (found.cards, found.tested, found.streams) == ((), (), 0)


@pytest.mark.parametrize(("days", "verdict"), [(103, Verdict.CANNOT_SAY), (104, Verdict.SIGNAL)])
def test_too_short_a_history_cannot_say(days: int, verdict: Verdict) -> None:
    """Four periods before the window are needed: five times three weeks."""
    start = heard("old", days, kind="idea", category="music")
    hood = hood_of(start, people(3), _asks(1, 2, 3))
    found = _of(hood)
    assert found.verdict is verdict
    if verdict is Verdict.CANNOT_SAY:
        (lacking,) = found.lacking
        assert (lacking.lack, dict(lacking.facts)) == (
            Lack.LITTLE_HISTORY,
            {"days": days + 1, "needed": 105},
        )


def test_a_day_off_the_window_is_not_in_it() -> None:
    """The window is 21 days long, the day of the meeting included."""
    assert len(_look(people(3), _asks(20, 19, 18)).cards) == 1
    assert _look(people(3), _asks(21, 19, 18)).cards == ()


# Contacts


def _weighed(now: int, before: int) -> LaneResult:
    contacts = contact_days([before] * (8 * 21) + [now] * 21)
    return _look(people(11), _asks(1, 2, 3, 4, *range(30, 170, 21)), contacts)


def test_a_busy_time_is_not_unusual_by_itself() -> None:
    """With four times as many contacts, four questions for each period's one are as usual."""
    (plain,) = _weighed(5, 5).tested
    (busy,) = _weighed(20, 5).tested
    assert plain < 0.05 < busy
    assert _weighed(5, 5).cards
    assert _weighed(20, 5).cards == ()


def test_only_the_proportion_of_contacts_matters() -> None:
    """Twice as many on both sides change nothing."""
    assert _weighed(40, 10).tested == _weighed(20, 5).tested


def test_contacts_that_are_not_known_throughout_do_not_count() -> None:
    """It is told with the card; one period without any is enough."""
    asks = [people(11), _asks(1, 2, 3, 4, *range(30, 170, 21))]
    part = contact_days([0] * 21 + [5] * (8 * 21))
    (card,) = _look(*asks, part).cards
    assert card.basis is not None
    assert "lane_unusual.no_effort" in [line.key for line in card.basis.left_out]
    (known,) = _weighed(5, 5).cards
    assert known.basis is not None
    assert known.basis.left_out == ()
    assert known.contacts == 105


def test_contacts_of_an_area_count_for_that_area() -> None:
    """Where they are noted by area; others' contacts do not."""
    busy = contact_days([5] * (8 * 21) + [20] * 21, area="north")
    calm = contact_days([5] * (9 * 21), area="south")
    asks = [people(11), _asks(1, 2, 3, 4, *range(30, 170, 21))]
    assert _look(*asks, busy, calm).tested == _weighed(20, 5).tested
    away = [Person(person=f"p{n}", area="south") for n in range(11)]
    assert _look(away, asks[1], busy, calm).tested == _weighed(5, 5).tested


# Against the definition


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_the_chance_is_what_the_definition_says(data: st.DataObject) -> None:
    """From binomial coefficients, for every stream that was asked in the window."""
    areas = st.sampled_from(["north", "south", None])
    persons = [
        Person(
            person=f"p{n}", area=data.draw(areas), household=data.draw(st.sampled_from(["h", None]))
        )
        for n in range(5)
    ]
    number = data.draw(st.integers(0, 12))
    needs = [
        asked(
            f"n{n}",
            f"p{data.draw(st.integers(0, 4))}",
            data.draw(st.integers(-2, 60)),
            category=data.draw(st.sampled_from(["homework", "meal", "neglect"])),
        )
        for n in range(number)
    ]
    hood = hood_of(
        OLD, persons, needs, settings={"window_days": 7, "baseline_weeks": 6, "people": 2}
    )
    slow = slow_unusual(told_apart(hood), DAY, window=7, periods=6)
    found = _of(hood)
    assert sorted(found.tested) == pytest.approx(sorted(float(p) for _, p in slow.values()))
    high = {key for key, (now, p) in slow.items() if p <= 0.05 and now >= 2}
    in_areas = {theme for theme, area in high if area is not None}
    expected = {(theme, area) for theme, area in high if area is not None or theme not in in_areas}
    assert {(card.theme, card.area) for card in found.cards} == expected


@pytest.mark.parametrize(
    ("before", "told"),
    [
        (
            (),
            "vroegen 4 huishoudens in 21 dagen hetzelfde: huiswerk. Meestal vraagt bijna niemand",
        ),
        ((30, 60, 90, 120), "hetzelfde: huiswerk. Meestal zijn het er 0,5."),
    ],
)
def test_a_small_mean_is_told_in_words(before: tuple[int, ...], told: str) -> None:
    """Nobody is asked 0.13 times; from one in two periods on it is a number with one decimal."""
    (card,) = _look(people(4 + len(before)), _asks(1, 2, 3, 4, *before), alpha=0.2).cards
    assert told in card.what.said("nl")


def test_the_chance_is_at_most_what_is_told() -> None:
    """Tails of small counts move in steps, so that chance stays below the figure."""
    (card,) = _look(people(3), _asks(1, 2, 3)).cards
    assert card.surprise is not None
    assert card.surprise.at_most
