"""What holds for the cards of every lane, on neighbourhoods with everything in them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import assetmap
from assetmap import signals
from assetmap.lanes.card import Card, OwnCard
from assetmap.lanes.registry import LANES
from assetmap.lanes.scene import scene_of
from assetmap.model import RECORDS, Lane, Need, Neighbourhood, Observation, Talent, Visit
from assetmap.synthetic import neighbourhood
from tests.lanes.hoods import DAY

EXAMPLE = Path(__file__).parents[2] / "examples" / "buurthuis"
HOODS = ("bundled", "made_up")


@cache
def _hood(name: str) -> Neighbourhood:
    if name == "bundled":
        return assetmap.read(EXAMPLE)
    return neighbourhood(residents=250, seed=3, weeks=26)


@cache
def _results(name: str) -> dict[Lane, Any]:
    scene = scene_of(_hood(name), DAY)
    return {lane: look(scene, scene.settings) for lane, look in LANES.items()}


def _cards(name: str) -> list[Card]:
    return [card for result in _results(name).values() for card in result.cards]


def test_every_lane_is_registered_in_order() -> None:
    """No lane of the settings is without a function."""
    assert list(LANES) == list(Lane)


def test_most_lanes_find_something_in_the_bundled_neighbourhood() -> None:
    """What follows is tested on cards of many kinds."""
    found = {card.lane for name in HOODS for card in _cards(name)}
    assert found >= set(Lane) - {Lane.GROWTH, Lane.PLACE, Lane.BALANCE, Lane.UNUSUAL}


@pytest.mark.parametrize("name", HOODS)
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_card_is_said_whole_in_both_languages(name: str, lang: str) -> None:
    """What, rule, baseline, steps and other explanations: sentences, each with an end."""
    for card in _cards(name):
        assert card.basis is not None
        basis = [card.basis.rule, *card.basis.left_out]
        basis += [card.basis.baseline] if card.basis.baseline else []
        for line in (card.what, *basis, *card.steps, *card.others):
            said = line.said(lang)
            assert said[0].isupper() or said[0].isdigit(), said
            assert said.endswith((".", "?")), said
            assert "{" not in said
    for result in _results(name).values():
        told = [each.said(lang) for each in result.lacking]
        told += [assetmap.texts.say(key, lang, n=n) for key, n in result.left_out.items()]
        assert all(said.endswith(".") for said in told)


@pytest.mark.parametrize("name", HOODS)
def test_a_card_has_another_explanation_a_step_and_one_id(name: str) -> None:
    """At least one of each; no two cards have one id, and an id names its lane."""
    cards = _cards(name)
    assert all(card.others and card.steps for card in cards)
    ids = [card.card or "" for card in cards]
    assert len(set(ids)) == len(ids)
    assert all(each.split("|")[0] == card.lane.value for each, card in zip(ids, cards, strict=True))


@pytest.mark.parametrize("name", HOODS)
def test_members_are_those_of_the_evidence(name: str) -> None:
    """So a card that was shown comes back when one joins, and not before."""
    scene = scene_of(_hood(name), DAY)
    for card in _cards(name):
        assert set(card.members) == {scene.member_of(ref) for ref in card.evidence}, card.card


@pytest.mark.parametrize("name", HOODS)
def test_a_tested_card_has_its_p_among_those_tested(name: str) -> None:
    """What chance gives is judged over all streams, those without a card too."""
    for result in _results(name).values():
        own = [card.surprise.p for card in result.cards if card.surprise and card.surprise.p]
        assert set(own) <= set(result.tested)
        assert all(0 <= p <= 1 for p in result.tested)


@pytest.mark.parametrize("name", HOODS)
def test_no_sentence_calls_somebody_lonely_or_a_burden(name: str) -> None:
    """Few ties are few ties; a structure is a structure."""
    for card in _cards(name):
        said = " ".join(line.said("nl") for line in (card.what, *card.steps)).casefold()
        assert not any(word in said for word in ("eenzaam", "overbelast", "risico", "probleem"))


@pytest.mark.parametrize("name", HOODS)
def test_who_has_few_ties_is_on_a_card_for_one_worker_only(name: str) -> None:
    """No card that the whole team reads holds a person of the lane of few ties."""
    alone = _results(name)[Lane.ALONE].cards
    own = {ref for card in alone if isinstance(card, OwnCard) for ref in card.persons}
    assert own
    for card in alone:
        if not isinstance(card, OwnCard):
            assert not own & {*card.evidence, *card.members}


def test_the_order_of_rows_makes_no_difference() -> None:
    """Every table the other way round: the same cards, to the letter."""
    hood = _hood("bundled")
    turned = replace(hood, **{name: hood.table(name)[::-1] for name in RECORDS})
    scene = scene_of(turned, DAY)
    again = {lane: look(scene, scene.settings) for lane, look in LANES.items()}
    assert again == _results("bundled")


def test_what_is_about_safety_changes_no_lane() -> None:
    """A need, a talent and a note of each theme of safety, and of words that mean nothing."""
    hood = _hood("bundled")
    people = [person.person for person in hood.people if not person.is_worker]
    more: dict[str, list[Any]] = {"needs": [], "talents": [], "observations": []}
    for at, theme in enumerate(["violence", "abuse", "neglect", "violense", "iets vreemds"] * 4):
        who = people[at]
        more["needs"].append(Need(need=f"zz{at}", owner=who, category=theme, since="2026-11-20"))
        more["talents"].append(Talent(talent=f"zz{at}", owner=who, category=theme))
        more["observations"].append(
            Observation(
                observation=f"zz{at}", date="2026-11-20", kind="need", category=theme, visit="v4"
            )
        )
    mixed = replace(hood, **{name: (*hood.table(name), *rows) for name, rows in more.items()})
    scene = scene_of(mixed, DAY)
    again = {lane: look(scene, scene.settings) for lane, look in LANES.items()}
    assert again == _results("bundled")


def test_a_second_question_of_the_same_person_changes_no_signal() -> None:
    """Every question asked twice by the same person, on the same days: the same cards, as sure."""
    hood = _hood("bundled")
    agreed = {row.need for row in hood.arrangements} | {row.need for row in hood.decisions}
    twice = [
        row.model_copy(update={"need": f"again-{row.need}"})
        for row in hood.needs
        if row.need not in agreed
    ]
    scene = scene_of(replace(hood, needs=(*hood.needs, *twice)), DAY)
    for lane, look in LANES.items():
        told = [
            {(c.card, c.people, c.households, c.surprise) for c in result.cards}
            for result in (look(scene, scene.settings), _results("bundled")[lane])
        ]
        assert told[0] == told[1], lane


def test_nothing_of_a_later_day_counts() -> None:
    """What is asked, told or visited after the day changes no card of that day."""
    hood = _hood("bundled")
    later = {
        "needs": (Need(need="zz1", owner="p1", category="meal", since="2026-11-24"),),
        "observations": (
            Observation(
                observation="zz1", date="2026-11-24", kind="need", category="company", household="x"
            ),
        ),
        "visits": (Visit(visit="zz1", date="2026-11-24", area="hart", reached="no"),),
    }
    mixed = replace(hood, **{name: (*hood.table(name), *rows) for name, rows in later.items()})
    scene = scene_of(mixed, DAY)
    again = {lane: look(scene, scene.settings) for lane, look in LANES.items()}
    assert again == _results("bundled")


def test_a_card_that_was_shown_stays_away_until_somebody_joins() -> None:
    """A week after everything was on the table, only what is new is on it."""
    hood = _hood("bundled")
    first = signals.detect(hood, asof=DAY)
    notes = [
        signals.MeetingNote(card.card or "", DAY, signals.CardState.DISCUSSED, card.evidence)
        for result in first.lanes.values()
        for card in result.cards
    ]
    again = signals.detect(hood, asof=DAY + dt.timedelta(days=1), earlier=notes)
    known = {note.card for note in notes}
    assert not [card.card for card in again.cards if card.card in known and not card.joined]


def test_an_empty_neighbourhood_has_no_card() -> None:
    """Zeros never alarm; most lanes say that they cannot say."""
    scene = scene_of(Neighbourhood(), DAY)
    for look in LANES.values():
        assert look(scene, scene.settings).cards == ()
