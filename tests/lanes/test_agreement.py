"""The team's own rule: so many households with one question, within so many real days."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.lanes import agreement
from assetmap.lanes.card import Card, CardState
from assetmap.lanes.results import LaneResult
from assetmap.lanes.scene import scene_of
from assetmap.model import (
    Activity,
    Initiative,
    Neighbourhood,
    Organisation,
    Person,
    Record,
    Talent,
)
from tests.lanes.hoods import (
    DAY,
    ago,
    asked,
    heard,
    hood_of,
    people,
    slow_agreements,
    told_apart,
)


def _look(*records: Any, day: dt.date = DAY, **own: Any) -> LaneResult:
    return _of(hood_of(*records, settings=own), day)


def _of(hood: Neighbourhood, day: dt.date = DAY) -> LaneResult:
    scene = scene_of(hood, day)
    return agreement.look(scene, scene.settings)


def _asks(*days: int, **cells: Any) -> list[Record]:
    return [asked(f"n{n}", f"p{n}", back, **cells) for n, back in enumerate(days)]


def _one(*records: Any, **own: Any) -> Card:
    (card,) = _look(*records, **own).cards
    return card


def test_it_fires_at_the_third_household_and_not_at_the_second() -> None:
    """Three different households, each once."""
    assert _look(people(3), _asks(10, 5)).cards == ()
    card = _one(people(3), _asks(10, 5, 1))
    assert (card.theme, card.area, card.households, card.count) == ("homework", "north", 3, 3)


def test_three_questions_of_one_household_are_one() -> None:
    """Also when three persons of it ask, or the same question is noted again."""
    alone = [asked(f"n{n}", "p0", n) for n in range(3)]
    assert _look(people(3), alone).cards == ()
    assert _look(people(3, household="h1"), _asks(3, 2, 1)).cards == ()
    noted = [asked("n0", "p0", 2), heard("o1", 1, speaker="p0", category="homework")]
    assert _look(people(3), noted, asked("n1", "p1", 1)).cards == ()


def test_a_week_has_no_edges() -> None:
    """Days are real days: 21 days hold the first and the 21st, not the 22nd."""
    assert len(_look(people(3), _asks(20, 10, 0)).cards) == 1
    assert _look(people(3), _asks(21, 10, 0)).cards == ()


def test_a_period_that_ended_before_the_meeting_is_told_too() -> None:
    """For as many days as the period is long; after that it is over."""
    for back, cards in ((15, 1), (20, 1), (21, 0)):
        found = _look(people(3), _asks(back + 19, back + 8, back))
        assert len(found.cards) == cards, back
    card = _one(people(3), _asks(39, 28, 20))
    assert (card.first, card.last) == (ago(40), ago(20))


def test_the_team_decides_how_many_and_how_long() -> None:
    """Both are settings."""
    records = [people(4), _asks(20, 10, 5, 0)]
    assert len(_look(*records, households=4).cards) == 1
    assert _look(*records, households=5).cards == ()
    assert _look(*records, households=4, window_days=20).cards == ()


def test_areas_before_the_neighbourhood_as_a_whole() -> None:
    """Where no area has enough, they count together; where one has, that is told alone."""
    spread = [Person(person=f"p{n}", area=area) for n, area in enumerate(["north", "south", None])]
    card = _one(spread, _asks(3, 2, 1))
    assert (card.area, card.households) == (None, 3)
    card = _one(people(3), Person(person="p3", area="south"), _asks(3, 2, 1, 0))
    assert (card.area, card.households) == ("north", 3)


def test_the_parties_to_bring_together_are_those_of_the_category() -> None:
    """By name where they are in the tables, of the same area where there is one; else by kind."""
    records = [people(3), _asks(3, 2, 1)]
    bare = _one(*records).parties
    assert [(whom.name, whom.kind and whom.kind.nl) for whom in bare] == [
        (None, "ouders"),
        (None, "school"),
    ]
    schools = [
        Organisation(organisation="s1", name="De Brug", kind="basisschool", area="south"),
        Organisation(organisation="s2", name="De Linde", kind="school", area="north"),
    ]
    named = _one(*records, schools)
    assert [whom.name for whom in named.parties] == [None, "De Linde"]
    steps = [line.said("nl") for line in named.steps]
    assert "Breng bij elkaar: ouders en De Linde, samen met de mensen die het vroegen." in steps


def test_single_questions_stay_open_and_an_initiative_is_suggested() -> None:
    """It says how many; those that were answered are not among them."""
    answered = [*_asks(3, 2), asked("n2", "p2", 1, closed_on=ago(0))]
    steps = [line.key.rpartition(".")[2] for line in _one(people(3), answered).steps]
    assert steps == ["bring_together", "start", "keep_open"]
    assert _one(people(3), answered).steps[-1].facts == {"n": 2}
    hood = hood_of(people(3), _asks(3, 2, 1))
    _of(hood)
    assert all(need.closed_on is None for need in hood.needs)


def test_what_is_there_already_stands_beside_it() -> None:
    """Talents and what one can join, before any other step."""
    card = _one(
        people(4),
        _asks(3, 2, 1),
        Talent(talent="t1", owner="p3", category="homework"),
        Initiative(initiative="i1", name="Huiswerkklas", area="north"),
        Activity(
            activity="a1",
            initiative="i1",
            name="Huiswerkuur",
            category="homework",
            start="2026-11-25 15:00",
            rrule="FREQ=WEEKLY",
        ),
    )
    assert [near.ref for near in card.nearby or ()] == ["talent:t1", "activity:a1"]
    assert (card.talents, card.to_join) == (1, ("Huiswerkuur",))
    assert (card.steps or ())[0].key == "lane_agreement.with_talents"


def test_it_is_addressed_to_the_workers_who_know_the_askers() -> None:
    """Those who hold a question too; who has none is not made one up."""
    workers = [Person(person=w, kind="worker", called=w.title()) for w in ("w1", "w2")]
    rest = [Person(person="p0", worker="w1"), Person(person="p1"), Person(person="p2")]
    card = _one(workers, rest, _asks(3, 2), asked("n2", "p2", 1, worker="w2"))
    assert card.to == ("person:w1", "person:w2")
    assert [whom.name for whom in card.ask or ()] == ["W1", "W2"]
    assert _one(people(3), _asks(3, 2, 1)).to == ()


def test_how_often_chance_does_the_same() -> None:
    """Six households in a year: about once in six or seven years; it needs some history."""
    long_ago = [asked(f"n{n}", f"p{n}", back) for n, back in enumerate([364, 250, 150, 9, 5, 1])]
    surprise = _one(people(6), long_ago).surprise
    assert surprise is not None
    assert surprise.times_a_year == pytest.approx(0.1553, abs=1e-3)
    little = _one(people(3), _asks(3, 2, 1)).surprise
    assert little is not None
    assert little.times_a_year is None


def test_a_theme_that_is_too_common_is_left_to_the_lane_of_the_unusual() -> None:
    """Chance alone would fire all the time; that is counted, and a team may want it otherwise."""
    weekly = [asked(f"n{n}", f"p{n}", 5 * n) for n in range(73)]
    found = _look(people(73), weekly)
    assert found.cards == ()
    assert dict(found.left_out) == {"lane_agreement.too_common": 1}
    assert len(_look(people(73), weekly, common_times_a_year=60).cards) == 1


def test_the_same_reporter_is_told_as_another_explanation() -> None:
    """Only where that is known of all of them."""
    notes = [
        heard(f"o{n}", n, speaker=f"p{n}", reporter="p3", category="homework") for n in range(3)
    ]
    keys = [line.key for line in _one(people(4), notes).others or ()]
    assert "lane_agreement.one_reporter" in keys
    unsigned = heard("o3", 1, speaker="p3", category="homework")
    keys = [line.key for line in _one(people(4), notes, unsigned).others or ()]
    assert "lane_agreement.one_reporter" not in keys


# Signals about a group


GROUP = [
    Organisation(organisation="bar", name="Bewonersadviesraad", kind="bewonersadviesraad"),
    Organisation(organisation="town", name="Gemeente", kind="gemeente"),
    Initiative(initiative="lessons", name="Budgetlessen"),
]


def _group(**cells: Any) -> Record:
    told = {
        "category": "coaching_debts",
        "reporter": "bar",
        "to": "town",
        "target_group": "jongeren",
        "initiative": "lessons",
        **cells,
    }
    return heard("o1", 14, kind="concern", **told)


def test_a_signal_about_a_group_has_nobody_in_it() -> None:
    """It goes to the party that can act, and says who brought it in."""
    card = _one(people(1), GROUP, _group())
    assert (card.people, card.households, card.to) == (0, 0, ("organisation:town",))
    assert card.what is not None
    assert "Bewonersadviesraad" in card.what.said("nl")
    assert "jongeren" in card.what.said("en")
    assert (card.evidence, card.state) == (("observation:o1",), CardState.NEW)


def test_what_was_done_about_it_is_told_with_the_days_it_took() -> None:
    """Once the initiative has done something, up to the day of the meeting."""
    lesson = Activity(
        activity="a1",
        initiative="lessons",
        name="Les",
        category="training",
        start="2026-11-19 10:00",
    )
    card = _one(people(1), GROUP, _group(), lesson)
    assert card.state is CardState.PICKED_UP
    assert "na 10 dagen" in (card.steps or ())[0].said("nl")
    later = lesson.replace(start="2026-11-24 10:00")
    assert _one(people(1), GROUP, _group(), later).state is CardState.NEW


def test_a_signal_about_a_group_is_told_for_six_weeks() -> None:
    """After that it is over, unless the team looks back further."""
    old = _group().replace(date=ago(42))
    assert _look(people(1), GROUP, old).cards == ()
    assert len(_look(people(1), GROUP, old, look_back_days=43).cards) == 1


# Against the definition, tried out day by day


@st.composite
def _small(draw: Any) -> tuple[Neighbourhood, int, int]:
    homes = st.sampled_from(["h1", "h2", None])
    areas = st.sampled_from(["north", "south", None])
    persons = [Person(person=f"p{n}", area=draw(areas), household=draw(homes)) for n in range(6)]
    themes = st.sampled_from(["homework", "meal", "violence", "zomaar iets"])
    back = st.integers(-2, 30)
    needs = [
        asked(f"n{n}", f"p{draw(st.integers(0, 5))}", draw(back), category=draw(themes))
        for n in range(draw(st.integers(0, 8)))
    ]
    kinds = st.sampled_from(["need", "complaint", "idea", "concern", ""])
    speakers = st.sampled_from(["p0", "p1", "p5", None])
    notes = [
        heard(
            f"o{n}",
            draw(back),
            kind=draw(kinds),
            category=draw(themes),
            speaker=draw(speakers),
            about=draw(speakers),
            household=draw(homes),
            area=draw(areas),
        )
        for n in range(draw(st.integers(0, 5)))
    ]
    households, window = draw(st.integers(2, 4)), draw(st.integers(1, 15))
    own = {"households": households, "window_days": window}
    return hood_of(persons, needs, notes, settings=own), households, window


@settings(max_examples=150, deadline=None)
@given(_small())
def test_it_is_what_the_definition_says(small: tuple[Neighbourhood, int, int]) -> None:
    """The same themes and areas as when every period of days is tried."""
    hood, households, window = small
    found = {(card.theme, card.area) for card in _of(hood).cards}
    expected = slow_agreements(told_apart(hood), DAY, households=households, window=window)
    assert found == expected
