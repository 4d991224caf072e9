"""Doors, streets, areas, groups and sources of which less was heard than chance would give."""

from __future__ import annotations

from fractions import Fraction
from math import comb
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.lanes import not_heard
from assetmap.lanes.card import Card
from assetmap.lanes.reach import by_street, quiet
from assetmap.lanes.results import Lack, LaneResult, Verdict
from assetmap.lanes.scene import scene_of
from assetmap.model import Area, Initiative, Observation, Organisation, Person, Talent, Visit
from assetmap.overview import door_to_door
from assetmap.texts import say
from tests.lanes.hoods import DAY, ago, asked, hood_of, people


def _look(*records: Any, **own: Any) -> LaneResult:
    scene = scene_of(hood_of(*records, settings=own), DAY)
    return not_heard.look(scene, scene.settings)


def _cards(*records: Any, **own: Any) -> dict[str, Card]:
    return {card.card or "": card for card in _look(*records, **own).cards}


def _doors(street: str, opened: int, closed: int, *, days: int = 30, blank: int = 0) -> list[Visit]:
    states = ["yes"] * opened + ["no"] * closed + [None] * blank
    return [
        Visit(visit=f"{street}{at}", date=ago(days), area="north", street=street, reached=state)
        for at, state in enumerate(states)
    ]


def _tail(seen: int, *, drawn: int, marked: int, total: int) -> float:
    """Draw without looking: every way to find so few marked ones, of every way to draw."""
    ways = sum(
        comb(marked, k) * comb(total - marked, drawn - k)
        for k in range(seen + 1)
        if 0 <= drawn - k <= total - marked
    )
    return float(Fraction(ways, comb(total, drawn)))


def test_the_scan_with_its_interval_and_talents_first() -> None:
    """200 doors, 101 opened; what was told stands beside it, and no answer is no answer."""
    told = [
        Observation(
            observation=f"o{at}", date=ago(30), kind=kind, category="garden", visit=f"Kade{at}"
        )
        for at, kind in enumerate(["talent", "talent", "idea", "need", "concern", "complaint"])
    ]
    found = _look(_doors("Kade", 101, 99), told)
    (card,) = found.cards
    assert card.what.said("nl") == (
        "Bij 101 van de 200 deuren deed iemand open: 50,5 procent (ergens tussen 43,6 en 57,4)."
    )
    assert card.basis is not None
    assert card.basis.baseline is not None
    assert card.basis.baseline.said("nl") == (
        "Wie opendeed, vertelde over talenten (2), ideeën (1), vragen (1) en zorgen (2)."
    )
    assert card.steps[0].said("nl").startswith("Begin bij de talenten")
    assert card.others[0].said("nl") == (
        "Bij 99 deuren was er geen gehoor. Dat is iets anders dan geen vraag."
    )
    blank = _look(_doors("Kade", 20, 10, blank=7))
    assert dict(blank.left_out) == {"lane_not_heard.blank": 7}
    assert _look(_doors("Kade", 101, 99, days=500)).cards == ()


@settings(max_examples=60, deadline=None)
@given(
    streets=st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), min_size=1, max_size=4),
    least=st.integers(5, 12),
)
def test_streets_are_tested_by_drawing_doors(streets: list[tuple[int, int]], least: int) -> None:
    """Each street beside the other doors; small ones, and ones beside few others, are not."""
    doors = [row for at, (a, b) in enumerate(streets) for row in _doors(f"s{at}", a, b)]
    found = by_street(door_to_door(hood_of(doors)), least=least)
    reached, total = sum(a for a, _ in streets), sum(a + b for a, b in streets)
    expected = {
        f"north: s{at}": _tail(a, drawn=reached, marked=a + b, total=total)
        for at, (a, b) in enumerate(streets)
        if a + b >= least and total - a - b >= least
    }
    assert {each.name: each.p for each in found} == pytest.approx(expected)


def test_a_street_where_hardly_anybody_opened() -> None:
    """Four of twenty where elsewhere it is 54 %; the doors it rests on are named."""
    before = [Visit(visit="old", date=ago(500), area="north", street="Hof", reached="yes")]
    doors = [*_doors("Hof", 4, 16), *_doors("Kade", 97, 83)]
    card = _cards(before, doors)["not_heard|street|north: Hof"]
    assert card.what.said("nl").startswith("In Hof, north deed bij 4 van de 20 deuren")
    assert card.surprise is not None
    assert card.surprise.p == pytest.approx(_tail(4, drawn=101, marked=20, total=200))
    assert len(card.evidence or ()) == 20


def test_an_area_of_which_few_were_heard_for_its_inhabitants() -> None:
    """Half of the inhabitants live in the south, and one of twenty who were heard."""
    areas = [
        Area(area="all", population=2000),
        *[Area(area=a, parent="all", population=1000) for a in ("north", "south")],
    ]
    folk = [Person(person=f"p{n}", area="south" if n == 0 else "north") for n in range(20)]
    needs = [asked(f"n{n}", f"p{n}", 20) for n in range(20)]
    found = _cards(areas, folk, needs)
    card = found["not_heard|area|south"]
    assert card.surprise is not None
    assert card.surprise.p == pytest.approx(_tail(1, drawn=20, marked=1000, total=2000))
    assert "not_heard|area|north" not in found
    old = [asked(f"n{n}", f"p{n}", 300) for n in range(20)]
    assert _cards(areas, folk, old) == {}


def test_a_group_that_was_not_heard_beside_the_other_residents() -> None:
    """Of twelve who speak Arabic first, one was heard; of thirty others all but one.

    A talent is being heard too, on whatever day it was told; minors are in no group.
    """
    arabic = [Person(person=f"a{n}", languages="ar") for n in range(12)]
    dutch = [Person(person=f"d{n}", languages="nl") for n in range(30)]
    needs = [asked(f"n{n}", f"d{n}", 20) for n in range(29)]
    talent = Talent(talent="t", owner="a0", category="meal")
    found = _cards(arabic, dutch, needs, talent)
    assert list(found) == ["not_heard|language|ar"]
    card = found["not_heard|language|ar"]
    assert card.what.said("en") == (
        "Of the residents who name Arabic as their first language, we heard 1 of 12; "
        "of the others 97 percent."
    )
    assert card.surprise is not None
    assert card.surprise.p == pytest.approx(_tail(1, drawn=30, marked=12, total=42))
    young = [Person(person=f"a{n}", languages="ar", minor=True) for n in range(12)]
    assert _cards(young, dutch, needs) == {}
    few = _look(arabic[:9], dutch, needs)
    assert few.tested == ()


HEARD = st.lists(
    st.tuples(
        st.integers(0, 6), st.integers(0, 60), st.sampled_from(["phone", "church", "app", None])
    ),
    max_size=30,
)


@settings(max_examples=60, deadline=None)
@given(rows=HEARD, least=st.integers(1, 4))
def test_a_channel_is_quiet_as_counted_by_hand(
    rows: list[tuple[int, int, str | None]], least: int
) -> None:
    """Households once in each of five periods of ten days; drawn from all that came in."""
    needs = [
        asked(f"n{at}", f"p{who}", back, channel=channel)
        for at, (who, back, channel) in enumerate(rows)
    ]
    scene = scene_of(hood_of(people(7), needs), DAY)
    found = {each.name: each for each in quiet(scene, days=10, least=least)}
    everybody = {(who, back // 10) for who, back, _ in rows if back < 50}
    for name in ("phone", "church", "app"):
        own = {(who, back // 10) for who, back, channel in rows if channel == name and back < 50}
        now = sum(block == 0 for _, block in own)
        tested = len(own) - now >= least and len(everybody) > len(own)
        assert (f"channel:{name}" in found) is tested
        if tested:
            drawn = sum(block == 0 for _, block in everybody)
            p = _tail(now, drawn=drawn, marked=len(own), total=len(everybody))
            assert found[f"channel:{name}"].p == pytest.approx(p)


def test_a_church_that_went_quiet_while_others_did_not() -> None:
    """Twenty by the church before and none now; in a holiday nobody brings anything."""
    church = Organisation(organisation="o1", name="De Kerk", kind="kerk")
    before = [asked(f"c{n}", f"p{n}", 60 + n, source="de kerk") for n in range(20)]
    others = [asked(f"x{n}", f"p{n}", 60 + n, category="ride") for n in range(20, 40)]
    now = [asked(f"y{n}", f"p{n}", 5, category="ride") for n in range(20, 40)]
    folk = people(40)
    card = _cards(folk, church, before, others, now)["not_heard|quiet|organisation:o1"]
    assert card.what.said("nl") == (
        "In 6 weken kwamen 0 huishoudens zo binnen: De Kerk. Eerder waren dat er ongeveer 5."
    )
    assert [whom.name for whom in card.ask] == ["De Kerk"]
    assert _cards(folk, church, before, others) == {}
    door = [asked(f"c{n}", f"p{n}", 60 + n, channel="doorstep") for n in range(20)]
    assert _cards(folk, door, others, now) == {}


def test_initiatives_that_the_team_has_not_met() -> None:
    """One card with their names; it comes back when there is another."""
    knit = Initiative(initiative="i1", name="Breigroep")
    met = Initiative(initiative="i2", name="Soep", found_on="2026-05-01")
    card = _cards(knit, met)["not_heard|initiatives"]
    assert (
        card.what.said("nl")
        == "Het team heeft nog geen contact met 1 initiatief, voor zover opgeschreven: Breigroep."
    )
    assert card.members == ("initiative:i1",)


def test_without_a_scan_it_says_so() -> None:
    """Nothing to compare: it cannot say; with something else it still tells what is lacking."""
    assert [each.lack for each in _look().lacking] == [Lack.NOTHING_KNOWN]
    found = _look(people(2))
    assert (found.verdict, [each.lack for each in found.lacking]) == (
        Verdict.CANNOT_SAY,
        [Lack.NO_VISITS],
    )


def test_a_round_of_which_nothing_is_known_is_not_no_round() -> None:
    """Visits with a blank for whether it opened: unknown, which is another thing than none."""
    rows = [Visit(visit=f"v{n}", date=DAY, area="north", street="Dijk") for n in range(3)]
    found = _look(people(2), rows)
    assert [each.lack for each in found.lacking] == [Lack.NOT_KNOWN_REACHED]
    assert "onbekend" in say("signals.lack.not_known_reached", "nl")
    assert [each.lack for each in _look(people(2)).lacking] == [Lack.NO_VISITS]
