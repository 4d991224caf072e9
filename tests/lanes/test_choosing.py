"""Which cards fit a meeting: not chance, people first, within the budget."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetmap.lanes.card import Card, Lane, OwnCard, Surprise, card_id
from assetmap.lanes.choosing import NotShown, choose, not_chance
from assetmap.lanes.lines import Line
from assetmap.lanes.results import looked
from assetmap.model import SignalSettings
from tests.lanes.hoods import ago

USUAL = SignalSettings()


def _card(
    theme: str, people: int, days: int = 0, *, lane: Lane = Lane.GROWTH, p: float | None = None
) -> Card:
    return Card(
        card=card_id(lane, theme, None),
        lane=lane,
        theme=theme,
        what=Line("x"),
        people=people,
        latest=ago(days),
        surprise=Surprise(p=p),
    )


def _themes(cards: list[Card], **own: int) -> list[str | None]:
    return [card.theme for card in choose(cards, [], SignalSettings.model_validate(own)).cards]


def test_most_people_first_then_the_freshest() -> None:
    """Then the lane and the name, so that it is the same every time."""
    cards = [_card("a", 3, 5), _card("b", 3, 1), _card("d", 4, 9), _card("c", 3, 1)]
    assert _themes(cards) == ["d", "b", "c", "a"]
    assert _themes(cards[::-1]) == ["d", "b", "c", "a"]


def test_what_does_not_fit_the_budget_is_counted() -> None:
    """By lane; none of it is lost without a word."""
    cards = [_card(theme, people) for people, theme in enumerate("abcdefg")]
    found = choose(cards, [], USUAL)
    assert [card.theme for card in found.cards] == list("gfedc")
    assert found.not_shown == {(Lane.GROWTH, NotShown.OVER_BUDGET): 2}
    assert choose(cards, [], SignalSettings(budget=0)).cards == ()


def test_agreements_and_cards_for_one_worker_are_outside_the_budget() -> None:
    """What the team agreed on hides nothing else, and is not hidden."""
    agreed = [_card(f"x{n}", 9, lane=Lane.AGREEMENT) for n in range(7)]
    own = OwnCard(card="visit|person:p1", lane=Lane.VISIT, what=Line("x"), people=50)
    rest = [_card(theme, 1) for theme in "abcdef"]
    found = choose([own, *agreed, *rest], [], USUAL)
    assert len(found.cards) == 7 + 5 + 1
    assert found.cards[-1] is own
    assert found.not_shown == {(Lane.GROWTH, NotShown.OVER_BUDGET): 1}


def test_what_chance_may_have_brought_does_not_take_a_place() -> None:
    """One theme in twenty at a twentieth is what chance gives."""
    card = _card("a", 9, lane=Lane.UNUSUAL, p=0.05)
    one = looked(Lane.UNUSUAL, [card], tested=[0.05])
    twenty = looked(Lane.UNUSUAL, [card], tested=[0.05, *[0.5] * 19])
    assert choose([card], [one], USUAL).cards == (card,)
    found = choose([card, _card("b", 1)], [twenty], SignalSettings(budget=1))
    assert [card.theme for card in found.cards] == ["b"]
    assert found.not_shown == {(Lane.UNUSUAL, NotShown.BY_CHANCE): 1}


@pytest.mark.parametrize(
    ("tested", "limit"),
    [([], None), ([0.5], None), ([0.19], 0.19), ([0.11, 0.12], 0.12), ([0.01, 0.15, 0.9], 0.01)],
)
def test_the_limit_depends_on_all_that_was_tested(tested: list[float], limit: float | None) -> None:
    """By hand, at a share of one in five."""
    assert not_chance([looked(Lane.UNUSUAL, tested=tested)], USUAL) == limit


@given(st.lists(st.floats(0, 1), max_size=12), st.floats(0.01, 0.9))
def test_the_limit_is_that_of_benjamini_and_hochberg(tested: list[float], share: float) -> None:
    """The largest p of which enough others are as small: counted anew for each."""
    m = len(tested)
    told = [p for p in tested if p <= sum(other <= p for other in tested) * share / m]
    results = [looked(Lane.UNUSUAL, tested=tested[::2]), looked(Lane.PLACE, tested=tested[1::2])]
    settings = SignalSettings(false_share=share)
    assert not_chance(results, settings) == max(told, default=None)


@given(st.permutations([_card(t, n % 3, n % 2) for n, t in enumerate("abcdefghij")]))
def test_the_order_in_which_lanes_answer_does_not_matter(cards: list[Card]) -> None:
    """The same list, and the same counts."""
    found = choose(cards, [], USUAL)
    assert found == choose(sorted(cards, key=lambda card: card.theme or ""), [], USUAL)
