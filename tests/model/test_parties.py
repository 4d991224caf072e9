"""Kinds of parties: words that mean one thing, and a side for each."""

from __future__ import annotations

from collections import defaultdict

import pytest

from assetmap.categories import shipped
from assetmap.errors import UnusableInput
from assetmap.model import (
    Initiative,
    Organisation,
    Person,
    Place,
    Side,
    categories_of_training,
    party_kind,
    party_kinds,
    side_of,
)
from assetmap.model.parties import near_party_kind
from assetmap.model.spelling import plain
from assetmap.model.trainings import _topics


def test_no_word_means_two_kinds_and_each_has_a_label_in_both_languages() -> None:
    """Whatever is written for a kind is read as that kind alone."""
    meanings = defaultdict(set)
    for kind in party_kinds().values():
        for word in (kind.id, *kind.nl, *kind.en):
            meanings[plain(word)].add(kind.id)
            assert party_kind(word.upper()) is kind
        assert kind.label("nl")
        assert kind.label("en")
    assert {word: kinds for word, kinds in meanings.items() if len(kinds) > 1} == {}


def test_another_language_has_no_labels() -> None:
    """The error says which there are."""
    with pytest.raises(UnusableInput, match="'nl' or 'en'"):
        party_kinds()["team"].label("fr")


def test_whoever_a_category_brings_together_is_a_known_party() -> None:
    """The tree names parties by the same ids."""
    tree = shipped()
    named = {party for name in tree for party in tree[name].parties}
    assert named <= set(party_kinds())


def test_a_misspelt_kind_is_suggested_and_another_word_is_not() -> None:
    """Near is near."""
    near = near_party_kind("bewonersadviesrad")
    assert near is not None
    assert near.id == "residents_council"
    assert near_party_kind("ruimtevaart") is None


@pytest.mark.parametrize(
    ("party", "side"),
    [
        (Person(person="p1"), Side.RESIDENTS),
        (Person(person="w1", kind="worker"), Side.PROFESSIONALS),
        (Initiative(initiative="i1", name="x"), Side.RESIDENTS),
        (Organisation(organisation="o1", kind="dorpsbelangen"), Side.RESIDENTS),
        (Organisation(organisation="o1", kind="corporation"), Side.PROFESSIONALS),
        (Organisation(organisation="o1", kind="fonds"), Side.NEITHER),
        (Organisation(organisation="o1", kind="ruimtevaart"), Side.NEITHER),
        (Organisation(organisation="o1"), Side.NEITHER),
        (Place(place="pl1"), Side.NEITHER),
    ],
)
def test_where_a_party_sits(party: Person, side: Side) -> None:
    """What is not known sits on neither side."""
    assert side_of(party) is side


def test_a_training_is_about_categories_that_exist_and_never_about_training() -> None:
    """Each well-known course unlocks something; to have been trained is not to train."""
    tree = shipped()
    assert all(set(names) <= set(tree) and names for names in _topics().values())
    assert categories_of_training("training", tree) == ()
    assert categories_of_training("luisterend oor", tree) == ("listening",)
