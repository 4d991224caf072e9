"""Several people in one situation, by their own choice: one group in place of separate matches."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.lanes import peers
from assetmap.lanes.card import Card
from assetmap.lanes.results import LaneResult, Verdict
from assetmap.lanes.scene import scene_of
from assetmap.lanes.situations import situations
from assetmap.model import Person, Safeguard, Tie
from tests.lanes.hoods import DAY, asked, hood_of

TAG = "alone_with_children"


def _look(*records: Any, **own: Any) -> LaneResult:
    scene = scene_of(hood_of(*records, settings=own), DAY)
    return peers.look(scene, scene.settings)


def _folk(number: int, **cells: Any) -> list[Person]:
    return [
        Person(person=f"p{n}", called=f"Per{n}", share="yes", area="north", born=1980, **cells)
        for n in range(number)
    ]


def _asks(*owners: int, days: int = 5, **cells: Any) -> list[Any]:
    own = {"context": TAG, **cells}
    return [asked(f"n{n}", f"p{n}", days, category="meal", **own) for n in owners]


def _one(*records: Any, **own: Any) -> Card:
    (card,) = _look(*records, **own).cards
    return card


def test_three_times_in_a_few_weeks_makes_one_group() -> None:
    """One card that names the three, and asks whether they were put in touch."""
    card = _one(_folk(4), _asks(0, 1, 2))
    assert card.what.said("nl") == "Lotgenoten: 3 keer in 8 weken ‘alone with children’."
    assert card.steps[0].said("nl") == "Een groep van 3 is mogelijk: Per0, Per1 en Per2."
    assert (card.people, card.households, card.sensitive) == (3, 3, True)
    assert card.evidence == ("need:n0", "need:n1", "need:n2")
    assert card.members == ("person:p0", "person:p1", "person:p2")


def test_a_tag_is_said_in_words() -> None:
    """A code that we know has a label in both languages; a team's own is shown with spaces."""
    said = _one(_folk(4), _asks(0, 1, 2, context="lone_parent")).what
    assert said.said("nl") == "Lotgenoten: 3 keer in 8 weken ‘alleenstaande ouder’."
    assert "single parent" in said.said("en")
    assert "alleen met katten" in _one(
        _folk(4), _asks(0, 1, 2, context="alleen_met_katten")
    ).what.said("nl")


def test_two_or_long_ago_or_one_household_is_none() -> None:
    """Not twice, not half a year ago, not three of one home, and not what was closed."""
    assert _look(_folk(4), _asks(0, 1)).cards == ()
    assert _look(_folk(4), _asks(0, 1), _asks(2, days=180)).cards == ()
    assert _look(_folk(4, household="h"), _asks(0, 1, 2)).cards == ()
    assert _look(_folk(4), _asks(0, 1), _asks(2, closed_on="2026-11-20")).cards == ()


def test_an_experience_with_a_yes_counts_and_one_without_does_not() -> None:
    """Who asked and chose to be introduced; who also chose it joins; who said no stays out."""
    chosen = _folk(4, experiences=f"{TAG}:yes")
    card = _one(chosen, _asks(0, 1, 2, context=None))
    assert card.steps[0].said("en") == "A group of 4 is possible: Per0, Per1, Per2 and Per3."
    assert card.evidence == ("need:n0", "need:n1", "need:n2", "person:p3")
    refused = _folk(4, experiences=f"{TAG}:no")
    assert _look(refused, _asks(0, 1, 2)).cards == ()
    assert _look(_folk(4), _asks(0, 1, 2, context=None)).verdict is Verdict.CANNOT_SAY


def test_who_may_not_be_introduced_stays_out_without_a_word() -> None:
    """A no to sharing, under age, a safeguard, a sensitive question: three are not left."""
    first = _folk(3)
    for cells in ({"share": "no"}, {"minor": True}):
        third = Person(**{"person": "p2", "share": "yes", "born": 1980, **cells})
        assert _look(first[:2], third, _asks(0, 1, 2)).cards == ()
    apart = Safeguard(
        safeguard="s1", person="p1", at="p2", from_="2026-01-01", review_on="2027-01-01"
    )
    assert _look(first, _asks(0, 1, 2), apart).cards == ()
    four = _one(_folk(4), _asks(0, 1, 2, 3), apart)
    assert four.people == 3
    assert "s1" not in str(four)
    assert _look(first, _asks(0, 1), _asks(2, sensitive=True)).cards == ()


def test_who_all_know_each_other_need_no_introduction() -> None:
    """Three friends who all asked it; when one of the ties is missing they are a group."""
    ties = [Tie(a=f"p{a}", b=f"p{b}", kind="friend") for a, b in combinations(range(3), 2)]
    assert _look(_folk(3), _asks(0, 1, 2), ties).cards == ()
    assert _one(_folk(3), _asks(0, 1, 2), ties[:2]).people == 3


PAIRS = list(combinations(range(5), 2))


@settings(max_examples=40, deadline=None)
@given(
    apart=st.sets(st.sampled_from(PAIRS), max_size=4),
    askers=st.sets(st.integers(0, 4)),
    chosen=st.sets(st.integers(0, 4)),
)
def test_the_group_is_safe_and_everybody_in_it_chose(
    apart: set[tuple[int, int]], askers: set[int], chosen: set[int]
) -> None:
    """Nobody in it is kept from another or did not choose; and nobody who fits is left out."""
    folk = [
        Person(
            person=f"p{n}",
            share="yes",
            born=1980,
            experiences=f"{TAG}:yes" if n in chosen else None,
        )
        for n in range(5)
    ]
    guards = [
        Safeguard(
            safeguard=f"s{a}{b}",
            person=f"p{a}",
            at=f"p{b}",
            from_="2026-01-01",
            review_on="2027-01-01",
        )
        for a, b in apart
    ]
    hood = hood_of(folk, _asks(*sorted(askers)), guards)
    found, _ = situations(hood, DAY, days=56, households=3)
    willing = askers | chosen
    sizes = [
        set(group)
        for size in range(3, 6)
        for group in combinations(sorted(willing), size)
        if not any(set(pair) <= set(group) for pair in apart)
    ]
    if len(askers) < 3:
        assert found == ()
        return
    for each in found:
        own = {int(node[-1]) for node in each.group}
        assert own in sizes
        assert not any(own < other for other in sizes)
    if not apart:
        assert len(found) == 1
