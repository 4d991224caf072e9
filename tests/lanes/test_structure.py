"""What hangs on one person, ends soon, or is closed in on itself."""

from __future__ import annotations

import datetime as dt
from itertools import combinations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.graph import build
from assetmap.lanes import structure
from assetmap.lanes.card import Card
from assetmap.lanes.leaning import leaning
from assetmap.lanes.results import LaneResult, Verdict
from assetmap.lanes.scene import scene_of
from assetmap.model import (
    Activity,
    Arrangement,
    Initiative,
    Membership,
    Need,
    Organisation,
    Person,
    Talent,
    Tie,
)
from tests.lanes.hoods import DAY, hood_of

NAMES = ("ans", "bo", "co", "dee", "ed", "fay")


def _look(*records: Any, day: dt.date = DAY, **own: Any) -> LaneResult:
    scene = scene_of(hood_of(*records, settings=own), day)
    return structure.look(scene, scene.settings)


def _cards(*records: Any, **own: Any) -> dict[str, Card]:
    return {card.card or "": card for card in _look(*records, **own).cards}


def _people(*names: str, **cells: Any) -> list[Person]:
    return [Person(person=name, called=name.title(), **cells) for name in names or NAMES]


def _members(*names: str, party: str = "house", **cells: Any) -> list[Membership]:
    return [Membership(member=name, party=party, **cells) for name in names or NAMES]


def _ties(*pairs: str) -> list[Tie]:
    return [Tie(a=a, b=b, kind="friend") for a, b in (pair.split("-") for pair in pairs)]


HOUSE = Initiative(initiative="house", name="Buurthuis", status="running")
STAR = _ties(*(f"ans-{other}" for other in NAMES[1:]))


def test_a_group_that_one_person_holds_together() -> None:
    """Five know Ans and nobody else: without Ans they are five single people."""
    (card,) = _cards(HOUSE, _people(), _members(since="2026-10-01"), STAR).values()
    assert card.what.said("nl") == (
        "Bij ‘Buurthuis’ houdt één persoon de groep bij elkaar. "
        "Zonder deze persoon vallen de andere 5 mensen uiteen in 5 delen."
    )
    assert [whom.name for whom in card.ask] == ["Ans"]
    assert (card.people, card.evidence) == (1, ("initiative:house", "person:ans"))
    assert _cards(HOUSE, _people(), _members(since="2026-10-01"), STAR, group_people=7) == {}
    assert "Ans" not in card.what.said("nl")


def test_it_says_who_was_asked_and_how_the_hours_lie() -> None:
    """No tie known may mean that nobody asked; a third of the people does most of the hours."""
    asked = [Person(person=n, ties_asked_on="2026-10-01") for n in NAMES[:2]]
    hours = [
        Membership(member=n, party="house", hours_week=h, since="2026-10-01")
        for n, h in zip(NAMES, (10, 6, 1, 1, 1, 1), strict=True)
    ]
    (card,) = _cards(HOUSE, asked, _people(*NAMES[2:]), hours, STAR).values()
    assert "aan 2 van de 6 mensen is gevraagd" in card.others[0].said("nl")
    assert card.basis is not None
    assert card.basis.baseline is not None
    assert card.basis.baseline.said("nl").startswith("Een derde van de mensen doet 80 procent")


def test_somebody_at_the_edge_is_no_leaning_group() -> None:
    """One friend of Bo is cut off without Bo; a sixth of the group is not a third."""
    ring = _ties("ans-bo", "bo-co", "co-dee", "dee-ed", "ed-ans", "bo-fay")
    base = (HOUSE, _people(), _members(since="2026-10-01"), ring)
    assert _cards(*base) == {}
    assert list(_cards(*base, cut_off_share=0.2)) == ["structure|initiative:house|leans|person:bo"]


PAIRS = list(combinations(NAMES, 2))


@settings(max_examples=40, deadline=None)
@given(chosen=st.sets(st.sampled_from(PAIRS)), inside=st.sets(st.sampled_from(NAMES)))
def test_leaning_is_what_taking_each_person_out_shows(
    chosen: set[tuple[str, str]], inside: set[str]
) -> None:
    """Walk through the group without each person in turn: who is no longer joined."""
    hood = hood_of(
        HOUSE, _people(), _members(*inside) if inside else [], _ties(*map("-".join, chosen))
    )
    found = {
        (each.person.removeprefix("person:"), each.parts, each.cut_off)
        for each in leaning(build(hood, asof=DAY), hood, DAY, least=1 / 3)
    }
    expected = set()
    if len(inside) >= 3:
        for person in inside:
            before, after = (_parts(inside - gone, chosen) for gone in (set(), {person}))
            cut = len(inside) - 1 - max(map(len, after))
            if len(after) > len(before) and 3 * cut >= len(inside) - 1:
                expected.add((person, len(after), cut))
    assert found == expected


def _parts(inside: set[str], ties: set[tuple[str, str]]) -> list[set[str]]:
    left, parts = set(inside), []
    while left:
        part, todo = set(), [min(left)]
        while todo:
            one = todo.pop()
            if one in left:
                left.remove(one)
                part.add(one)
                todo += [b if a == one else a for a, b in ties if one in (a, b)]
        parts.append(part)
    return parts


def test_an_initiative_on_one_person_and_a_post_that_one_can_fill() -> None:
    """One takes part in the soup, and one of the house can cook; a second cook changes that."""
    soup = Initiative(initiative="soup", name="Soep")
    dinner = Activity(
        activity="a1",
        initiative="house",
        name="Eetcafé",
        category="meal",
        start="2026-01-02 18:00",
        rrule="elke vrijdag",
        requires="cook:1",
    )
    base = [
        HOUSE,
        soup,
        dinner,
        _people(),
        _members("ans", "bo", since="2026-10-01"),
        _members("co", party="soup", since="2026-10-01"),
        Talent(talent="t1", owner="ans", category="cook"),
        Talent(talent="t2", owner="dee", category="cook"),
    ]
    found = _cards(*base)
    assert sorted(found) == ["structure|one", "structure|posts"]
    assert found["structure|one"].what.said("nl") == "Dit draait nu op één persoon: Soep."
    post = found["structure|posts"]
    assert (
        post.what.said("nl")
        == "Bij deze activiteiten is er voor een taak maar één die het kan (kok): Eetcafé."
    )
    assert [near.name for near in post.nearby] == ["Dee"]
    assert post.members == ("activity:a1", "person:ans")
    role = Membership(member="bo", party="house", role="cook", since="2026-10-01")
    assert "structure|posts" not in _cards(*base, role)
    idea = Initiative(initiative="soup", name="Soep", status="idea")
    assert "structure|one" not in _cards(HOUSE, idea, *base[2:])


def test_what_ends_soon_needs_somebody_else() -> None:
    """An arrangement that goes on after its giver stops; and who runs the house stops."""
    base = [
        _people("asks"),
        Person(person="gives", until="2026-12-10"),
        Talent(talent="t1", owner="ans", category="shopping"),
        _people("ans"),
        Need(need="n1", owner="asks", category="shopping"),
        Arrangement(arrangement="r1", need="n1", leg="help", provider="gives"),
        Initiative(initiative="house", name="Buurthuis", manager="gives"),
    ]
    found = _cards(*base)
    assert sorted(found) == ["structure|hand_over", "structure|initiative:house|stops"]
    ends = found["structure|hand_over"]
    assert ends.what.said("nl").endswith("vanaf donderdag 10 december 2026.")
    assert (ends.members, [near.owner for near in ends.nearby]) == (
        ("arrangement:r1",),
        ["person:ans"],
    )
    later = [Person(person="gives", until="2027-06-01"), *base[:1], *base[2:]]
    assert _cards(*later) == {}


def test_nobody_new_for_a_year() -> None:
    """The newest came 14 months ago; with a blank day it is not known, and told so."""
    base = [HOUSE, _people(), _members("ans", "bo", since="2025-01-01")]
    (card,) = _cards(*base, _members("co", since="2025-09-20")).values()
    assert (card.card, card.evidence) == ("structure|still", ("initiative:house",))
    assert "Bewoners die meedoen: 3" in card.what.said("nl")
    assert _cards(*base, _members("co", since="2026-01-20")) == {}
    blank = _look(*base, _members("co"))
    assert blank.cards == ()
    assert dict(blank.left_out) == {"lane_structure.undated": 1}


def test_a_closed_complex_and_one_of_which_nothing_is_known() -> None:
    """Three of the court know each other only; of the flat nobody was asked."""
    court = Initiative(initiative="hof", name="Het Hof", kind="shared_housing")
    flat = Initiative(initiative="flat", name="De Flat", kind="shared_housing")
    base = [
        court,
        flat,
        [Person(person=n, ties_asked_on="2026-10-01") for n in NAMES[:3]],
        _people(*NAMES[3:]),
        _members(*NAMES[:3], party="hof", since="2026-10-01"),
        _members(*NAMES[3:], party="flat", since="2026-10-01"),
        _ties("ans-bo", "bo-co", "ans-co"),
    ]
    found = _look(*base)
    (card,) = found.cards
    assert (card.card, card.people) == ("structure|initiative:hof|closed", 3)
    assert dict(found.left_out) == {"lane_structure.complex_not_asked": 1}


def test_without_anything_written_down_it_cannot_say() -> None:
    """People alone hang together by nothing that could fall apart."""
    assert _look(_people()).verdict is Verdict.CANNOT_SAY
    assert _look(_people(), Organisation(organisation="o1")).verdict is Verdict.NONE
