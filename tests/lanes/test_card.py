"""A card keeps its id, is said in two languages, and leaves as its audience may have it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import pytest

from assetmap.lanes.card import Card, CardState, Lane, OwnCard, Surprise, Whom, card_id
from assetmap.lanes.lines import Line, Word
from assetmap.lanes.results import Lack, Verdict, cannot_say, looked
from assetmap.lanes.telling import card_lines, what_of
from assetmap.privacy import Audience, release

CARD = Card(
    card="unusual|meal|north",
    lane=Lane.UNUSUAL,
    what=Line.of("words.answer.yes"),
    theme="meal",
    area="north",
    people=7,
    households=3,
    surprise=Surprise(0.5, 0.01),
    evidence=("need:n1",),
    members=("person:p1",),
    to=("person:w2",),
)
OWN = OwnCard(
    card="visit|person:p1",
    lane=Lane.VISIT,
    what=Line.of("words.answer.yes"),
    to=("person:w1",),
    persons=("person:p1",),
)


@dataclass(frozen=True)
class Handful:
    """Some cards."""

    cards: tuple[Card, ...]


def test_an_id_stays_the_same_and_tells_lanes_apart() -> None:
    """It is made of lane, theme and area; nothing stands where there is none."""
    assert card_id(Lane.UNUSUAL, "meal", "north") == "unusual|meal|north"
    assert card_id(Lane.AGREEMENT, "meal", None) == "agreement|meal|-"


def test_a_card_about_a_person_is_for_the_own_worker_alone() -> None:
    """Nobody else gets it, not even as a number of cards that were left out."""
    both = Handful((CARD, OWN))
    mine = release(both, Audience.TEAM, reader="w1")
    assert [card.card for card in mine.value.cards] == ["unusual|meal|north", "visit|person:p1"]
    for reader in ("w2", None):
        other = release(both, Audience.TEAM, reader=reader)
        assert [card.card for card in other.value.cards] == ["unusual|meal|north"]
        assert other.left_out == {}


@pytest.mark.parametrize("audience", [Audience.RESIDENTS, Audience.COUNCIL, Audience.RESEARCH])
def test_others_get_the_heading_and_counts_that_are_protected(audience: Audience) -> None:
    """No evidence, no sentence, no member; three households are too few, seven people are five."""
    (shown,) = release(Handful((CARD, OWN)), audience).value.cards
    assert (shown.theme, shown.area, shown.people, shown.households) == ("meal", "north", 5, None)
    assert (shown.what, shown.surprise, shown.evidence, shown.members) == (None,) * 4
    assert shown.card != CARD.card


def test_a_word_is_said_in_both_languages() -> None:
    """Facts of a sentence may be called differently in each; a list of them as well."""
    meal, walk = Word("maaltijd", "meal"), Word("wandelen", "a walk")
    line = Line.of("words.window.run", first=meal, last=(meal, walk))
    assert line.said("nl") == "maaltijd tot en met maaltijd en wandelen"
    assert line.said("en").startswith("meal ")
    assert line.said("en").endswith("meal and a walk")


def test_a_lane_says_signal_none_or_why_it_cannot_say() -> None:
    """What was left out is kept where there is something."""
    assert looked(Lane.UNUSUAL).verdict is Verdict.NONE
    found = looked(Lane.UNUSUAL, [CARD], left_out={"b": 1, "a": 0})
    assert (found.verdict, found.left_out) == (Verdict.SIGNAL, {"b": 1})
    missing = cannot_say(Lane.UNUSUAL, Lack.LITTLE_HISTORY, days=10, needed=84)
    assert missing.verdict is Verdict.CANNOT_SAY
    assert "10 dagen" in missing.lacking[0].said("nl")


@pytest.mark.parametrize("lack", list(Lack))
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_whatever_lacks_can_be_said(lack: Lack, lang: str) -> None:
    """Each has a sentence."""
    (lacking,) = cannot_say(Lane.GROWTH, lack, days=1, needed=2, n=1).lacking
    assert lacking.said(lang).endswith(".")


def test_a_new_card_is_new() -> None:
    """Until a meeting has seen it, and without a date of its own."""
    assert CARD.state is CardState.NEW
    assert CARD.since is None
    assert dt.date(2026, 11, 23) not in (CARD.first, CARD.last)


def test_the_heading_for_others_says_what_is_so() -> None:
    """A card about a group is no question of households, and no theme is not called a theme."""
    group = Card(card="a", lane=Lane.AGREEMENT, what=None, theme_name=Word("eten", "meals"))
    assert what_of(group, "nl") == "Er is aandacht gevraagd voor: eten."
    assert what_of(replace(group, households=0), "en") == "Attention was asked for: meals."
    assert "eten" in (several := what_of(replace(group, households=5), "nl"))
    assert several != what_of(group, "nl")
    longer = Card(card="b", lane=Lane.BACKLOG, what=None)
    assert what_of(longer, "nl") == "Vragen wachten langer."
    assert what_of(replace(longer, area_name="Noord"), "nl") == "Vragen wachten langer, in Noord."


def test_nobody_is_sent_to_themselves() -> None:
    """The own worker reads the card; somebody else to ask is named."""
    both = (Whom("person:w1", "Marit"), Whom("person:w2", "Joris"))
    own = replace(OWN, to=("person:w1",), ask=both)
    assert card_lines(own, "nl")["ask"] == ("Vraag het aan Joris.",)
    assert card_lines(replace(own, ask=both[:1]), "nl")["ask"] == ()
    shared = replace(CARD, to=("person:w1",), ask=both[:1])
    assert card_lines(shared, "nl")["ask"] == ("Vraag het aan Marit.",)


def test_what_python_shows_of_a_card_is_one_line_without_persons() -> None:
    """Lane, day, theme and state; of a card for one worker not even what it is about."""
    said = Line.of("signals.no_signal")
    card = replace(CARD, last=dt.date(2026, 11, 21), evidence=("person:p7",), because="Zwaantje")
    own = replace(OWN, area="north", what=said)
    assert repr(card) == "<Card unusual 2026-11-21 about meal, north: new>"
    assert repr(own) == "<OwnCard visit: new>"
