"""From what somebody typed to a category: found, suggested, or left alone with care."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetmap.categories import Category, shipped
from assetmap.categories.words import plain

TREE = shipped()
SAFETY = tuple(name for name in TREE if TREE.is_safety(name))

EVERYDAY = {
    "boodschappen": "shopping",
    "ritje naar het ziekenhuis": "hospital_ride",
    "hond uitlaten": "dog_walking",
    "lamp ophangen": "hang_lamp",
    "tuinonderhoud": "garden_upkeep",
    "verwaarloosde tuin": "garden_upkeep",
    "telefoon": "computer",
    "formulieren": "forms",
    "huiswerk": "homework",
    "Nederlands oefenen": "language",
    "op bezoek": "visit",
    "luisterend oor": "listening",
    "wandelmaatje": "walking_buddy",
    "oppas": "child_care",
    "eenzaamheid": "company",
    "geldzorgen": "coaching_debts",
    "onzekerheid": "coaching_insecurity",
    "niet meekunnen": "coaching_keeping_up",
    "lotgenoten": "peer_contact",
    "mantelzorger ontlasten": "carer_support",
    "vrijwilligerswerk zoeken": "volunteering",
    "werkervaring": "work_experience",
    "ruimte": "space",
    "stuk grond": "land",
    "geldpotje": "money",
    "gereedschap": "tools",
    "kennis": "knowledge",
    "vergunning": "permission",
    "kok": "cook",
    "gastvrouw": "host",
    "schulden": "debt_help",
    "jongerenwerk": "youth_work",
    "huiselijk geweld": "domestic_violence",
}


@pytest.mark.parametrize(("word", "name"), EVERYDAY.items())
def test_everyday_words_are_found(word: str, name: str) -> None:
    """The words that a tired worker types lead to the category that is meant."""
    assert TREE.find(word) == name


def test_every_word_finds_its_category() -> None:
    """Every id, label and synonym is found, whatever its case, spaces and hyphens."""
    for name in TREE:
        for word in TREE[name].words:
            assert TREE.find(word) == name
            assert TREE.find(f"  {word.upper().replace(' ', '-')} ") == name
            assert TREE.suggest(word) == name


def test_a_word_with_two_meanings_finds_neither() -> None:
    """A team's own word that is taken leads nowhere until it is made clear; its id still does."""
    tree = TREE.extend([Category(id="own_drop_in", parent="company", name_nl="inloop")])
    assert tree.find("inloop") is None
    assert tree.suggest("inloop") is None
    assert tree.find("own_drop_in") == "own_drop_in"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("boodschapen", "shopping"),
        ("etcafe", "community_dinner"),
        ("hont uitlaten", "dog_walking"),
        ("verhuisen", "moving_house"),
        ("homewrok", "homework"),
        ("gewelt", "violence"),
        ("mishandelng", "abuse"),
        ("verwarlozing", "neglect"),
        ("oudren mishandeling", "elder_abuse"),
    ],
)
def test_a_typo_gets_a_suggestion(typed: str, name: str) -> None:
    """A slip of the pen is not found, but the nearest category is suggested."""
    assert TREE.find(typed) is None
    assert TREE.suggest(typed) == name


@pytest.mark.parametrize("typed", ["", "x", "zzzzzzzz", "qwertyuiop", "12345"])
def test_nonsense_gets_no_suggestion(typed: str) -> None:
    """What is near nothing is neither found nor suggested."""
    assert TREE.find(typed) is None
    assert TREE.suggest(typed) is None


def test_most_slips_in_everyday_words_are_understood() -> None:
    """A letter left out of a long word: nearly always a suggestion, never a wrong one."""
    right = wrong = tried = 0
    for name in TREE.ids[::3]:
        word = TREE[name].name_nl
        if TREE.is_safety(name) or len(plain(word)) < 7:
            continue
        typed = word[:4] + word[5:]
        tried += 1
        near = TREE.suggest(typed)
        right += near == name
        wrong += near not in (name, None)
    assert tried > 30
    assert wrong == 0
    assert right >= 0.9 * tried


def test_no_slip_in_a_safety_word_is_found_as_something_harmless() -> None:
    """Every safety word with any one letter left out, changed, added or swapped (S33)."""
    caught = []
    for name in SAFETY:
        for word in TREE[name].words:
            for typed in _slips(plain(word), string.ascii_lowercase):
                found = TREE.find(typed)
                if found is not None and not TREE.is_safety(found):
                    caught.append((word, typed, found))
    assert caught == []


def test_a_slip_in_a_safety_word_is_treated_with_care() -> None:
    """Left-out and swapped letters: it may be safety, and nothing harmless is suggested."""
    for name in SAFETY:
        for word in TREE[name].words:
            for typed in _slips(word, "e"):
                near = TREE.suggest(typed)
                assert near is None or TREE.is_safety(near), (word, typed, near)
                assert TREE.may_be_safety(typed), (word, typed)


@given(
    word=st.sampled_from([word for name in SAFETY for word in TREE[name].words if len(word) > 5]),
    places=st.lists(st.integers(0, 40), min_size=2, max_size=2),
    letters=st.text(string.ascii_lowercase, min_size=2, max_size=2),
)
def test_two_slips_in_a_safety_word_suggest_nothing_harmless(
    word: str, places: list[int], letters: str
) -> None:
    """Two letters changed still never lead to a harmless category."""
    typed = list(word)
    for place, letter in zip(places, letters, strict=True):
        typed[place % len(typed)] = letter
    near = TREE.suggest("".join(typed))
    assert near is None or TREE.is_safety(near)


@pytest.mark.parametrize(
    "typed",
    [
        "wordt mishandeld door haar zoon",
        "slaat zijn vrouw",
        "vermoeden van kindermishandeling",
        "abuse at home",
    ],
)
def test_a_safety_word_inside_a_sentence_is_noticed(typed: str) -> None:
    """A sentence that holds a safety word is treated with care."""
    assert TREE.may_be_safety(typed)
    near = TREE.suggest(typed)
    assert near is None or TREE.is_safety(near)


@pytest.mark.parametrize(
    "typed", ["boodschapen", "samen eten", "verwaarloosde tuin", "schakn", "geld"]
)
def test_everyday_words_raise_no_alarm(typed: str) -> None:
    """What is harmless, and known words that look like a safety word, raise no alarm."""
    assert not TREE.may_be_safety(typed)


def _slips(word: str, letters: str) -> set[str]:
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    left_out = {a + b[1:] for a, b in cuts if b}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    changed = {a + letter + b[1:] for a, b in cuts if b for letter in letters}
    added = {a + letter + b for a, b in cuts for letter in letters}
    return left_out | swapped | changed | added
