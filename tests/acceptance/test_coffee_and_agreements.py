"""Go and have coffee, the third question of a kind, and who can act (S1, S9, S32, S34, S37)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import assetmap
from assetmap import Neighbourhood, signals
from assetmap.model import Policy
from assetmap.privacy import Audience
from assetmap.signals import Card, Lane, OwnCard, Signals
from tests.acceptance.stories import everywhere, files, less, more, put

DAY = dt.date(2026, 11, 23)
OUTSIDE = (Audience.RESIDENTS, Audience.COUNCIL, Audience.RESEARCH)


def _detect(hood: Neighbourhood, day: dt.date = DAY) -> Signals:
    return signals.detect(hood, asof=day)


def _cards(hood: Neighbourhood, lane: Lane, day: dt.date = DAY) -> list[Card]:
    """Return the cards of a lane that are on the list."""
    return [card for card in _detect(hood, day).cards if card.lane is lane]


# --- S1, stage 1: the gruff man with the neglected garden ----------------------------------------

GARDEN = {
    "people": """
        person;called;kind;area;share;worker
        man;Gerrit;;north;;ward
        next;Nel;;north;yes;ward
        ans;Ans;;north;;
        bo;Bo;;north;;
        ward;Ward;worker;;;
        wim;Wim;worker;;;
        """,
    "talents": "talent;owner;category;description\nt1;next;garden;werkte in de groenvoorziening",
    "observations": """
        observation;date;kind;category;area;about;reporter;note
        o1;2026-10-20;complaint;garden_upkeep;north;man;ans;schande
        o2;2026-11-03;complaint;garden_upkeep;north;man;bo;
        o3;2026-11-09;complaint;garden_upkeep;north;man;ans;
        o4;2026-11-10;complaint;garden_upkeep;north;man;next;
        """,
}
WISH = "need;owner;category;since;talked\nn1;man;garden_upkeep;2026-11-12;yes"


def test_S01_a_complaint_without_a_wish_is_one_signal_go_by_for_coffee(tmp_path: Path) -> None:
    """Many reporters, one card, for his own worker; no proposal, and no theme of the street."""
    hood = everywhere(tmp_path, GARDEN)
    found = _detect(hood)
    (card,) = [card for card in found.cards if card.lane is Lane.VISIT]
    assert isinstance(card, OwnCard)
    assert (card.to, card.reporters, card.count) == (("person:ward",), 3, 4)
    assert card.what is not None
    assert card.what.said("nl") == (
        "Er zijn 4 klachten over Gerrit (tuinonderhoud). Gerrit heeft zelf niets gevraagd."
    )
    assert (card.steps or ())[0].said("nl").startswith("Ga langs bij Gerrit voor een kop koffie.")
    assert {card.theme for lane in found.lanes.values() for card in lane.cards} == {None}
    assert assetmap.propose(hood, "2026-W48").items == ()


def test_S01_nobody_but_his_worker_hears_of_it(tmp_path: Path) -> None:
    """Not on the list of the team, not in numbers, and never as a report to somebody else."""
    found = _detect(files(tmp_path, GARDEN))
    assert "Gerrit" in signals.told(signals.for_audience(found, "team", reader="ward"))
    for audience in (*OUTSIDE, Audience.TEAM):
        shared = signals.for_audience(found, audience, reader="wim")
        assert [card for card in shared.value.cards if card.lane is Lane.VISIT] == []
        assert "Gerrit" not in signals.told(shared)
    whole = " ".join(
        signals.told(signals.for_audience(found, "team", reader="ward"), lang)
        for lang in ("nl", "en")
    )
    assert "bemoeizorg" not in whole
    assert "schande" not in whole


def test_S01_once_he_says_what_he_would_like_the_signal_is_over(tmp_path: Path) -> None:
    """Stage 2: his own question takes its place; the neighbour who knows gardens is proposed."""
    hood = files(tmp_path, {**GARDEN, "needs": WISH})
    assert _cards(hood, Lane.VISIT) == []


# --- S9: the third question of a kind ------------------------------------------------------------

HOMEWORK = {
    "people": """
        person;called;area;household;worker
        a1;Aat;elst;hA;ward
        a2;Ank;elst;hA;ward
        b1;Ben;elst;hB;ward
        c1;Cas;elst;hC;wim
        t1;Truus;elst;hT;
        ward;Ward;;;
        wim;Wim;;;
        """,
    "organisations": """
        organisation;name;kind;area
        brug;De Brug;basisschool;elst
        verre;De Verre;school;west
        """,
    "talents": "talent;owner;category\nx1;t1;homework",
    "needs": """
        need;owner;category;since;talked;source
        n1;a1;homework;2026-10-30;yes;beschikking gestopt
        n2;b1;homework;2026-11-09;yes;school
        n3;c1;homework;2026-11-18;yes;buurvrouw
        """,
}
WORKERS = put(put(HOMEWORK["people"], "ward", kind="worker"), "wim", kind="worker")
HOMEWORK = {**HOMEWORK, "people": WORKERS}


def _agreed(hood: Neighbourhood, day: dt.date = DAY) -> list[Card]:
    return [card for card in _cards(hood, Lane.AGREEMENT, day) if card.theme == "homework"]


def test_S09_the_third_household_makes_a_collective_signal(tmp_path: Path) -> None:
    """On the day it comes; with two there is none, and the day is what counts, not the week."""
    hood = everywhere(tmp_path, HOMEWORK)
    (card,) = _agreed(hood)
    assert (card.area, card.households, card.count) == ("elst", 3, 3)
    assert len(_agreed(hood, dt.date(2026, 11, 18))) == 1
    assert _agreed(hood, dt.date(2026, 11, 17)) == []
    late = put(HOMEWORK["needs"], "n3", since="2026-11-20")
    assert _agreed(files(tmp_path, {**HOMEWORK, "needs": late})) == []


def test_S09_three_questions_of_one_household_are_no_collective_signal(tmp_path: Path) -> None:
    """Nor of two; a note of a question that is there already adds nobody."""
    needs = put(put(HOMEWORK["needs"], "n2", owner="a2"), "n3", owner="a1")
    assert _agreed(files(tmp_path, {**HOMEWORK, "needs": needs})) == []
    two = less(HOMEWORK["needs"], "n3")
    again = """
        observation;date;kind;category;speaker;area
        o1;2026-11-10;need;homework;a2;elst
        """
    assert _agreed(files(tmp_path, {**HOMEWORK, "needs": two, "observations": again})) == []


def test_S09_it_names_the_parties_suggests_an_initiative_and_keeps_the_questions(
    tmp_path: Path,
) -> None:
    """Parents and the school of the village; the three questions stay open in the proposals."""
    hood = files(tmp_path, HOMEWORK)
    (card,) = _agreed(hood)
    assert [(whom.ref, whom.kind and whom.kind.nl) for whom in card.parties or ()] == [
        (None, "ouders"),
        ("organisation:brug", "school"),
    ]
    said = [line.said("nl") for line in card.steps or ()]
    assert any("ouders en De Brug" in line for line in said)
    assert any("initiatief" in line for line in said)
    assert "Laat de 3 losse vragen open staan tot ze echt beantwoord zijn." in said
    assert [near.ref for near in card.nearby or ()] == ["talent:x1"]
    proposals = assetmap.propose(hood, "2026-W48")
    told = {plan.need for plan in proposals.items} | {gap.need for gap in proposals.gaps}
    assert told == {"n1", "n2", "n3"}


def test_S09_a_team_sets_its_own_threshold(tmp_path: Path) -> None:
    """Two households, or another number of weeks, in ``team.toml``."""
    hood = files(tmp_path, {**HOMEWORK, "needs": less(HOMEWORK["needs"], "n3")})
    assert _agreed(hood) == []
    two = Policy.model_validate({"signals": {"households": 2}})
    assert len(_agreed(hood.with_policy(two))) == 1


# --- S32: to whoever can act, both ways ----------------------------------------------------------

BOTH_WAYS = {
    "people": """
        person;called;kind;worker
        ans;Ans;;ward
        host;Huub;;
        ward;Ward;worker;
        """,
    "initiatives": "initiative;name;manager\nhouse;Buurthuis;host",
    "observations": """
        observation;date;kind;category;about;reporter;to
        o1;2026-11-16;concern;listening;ans;ward;house
        o2;2026-11-17;concern;visit;ans;house;ward
        """,
}


def test_S32_each_signal_is_for_who_can_act_and_says_what_one_could_do(tmp_path: Path) -> None:
    """The worker goes by because the house asks it; the house lends an ear because he asks it."""
    cards = {card.card: card for card in _cards(everywhere(tmp_path, BOTH_WAYS), Lane.VISIT)}
    ear = cards["visit|person:ans|initiative:house"]
    visit = cards["visit|person:ans|person:ward"]
    assert ear.to == ("person:ward", "initiative:house")
    assert visit.to == ("person:ward",)
    assert (ear.steps or ())[0].said("nl") == "Vraag Buurthuis om een luisterend oor voor Ans."
    assert (visit.steps or ())[0].said("nl") == "Ga langs bij Ans. Vraag hoe het gaat, en luister."
    assert [whom.name for whom in visit.ask or ()] == ["Buurthuis"]


def test_S32_a_theme_of_safety_is_for_nobody_here(tmp_path: Path) -> None:
    """It is kept apart for the named worker."""
    rows = put(BOTH_WAYS["observations"], "o1", category="elder_abuse")
    found = _detect(files(tmp_path, {**BOTH_WAYS, "observations": rows}))
    assert [card.evidence for card in found.cards if card.lane is Lane.VISIT] == [
        ("observation:o2",)
    ]
    assert [each.record for each in found.apart.safety] == ["observation:o1"]


# --- S34: a signal without a single person in it -------------------------------------------------

YOUNG = {
    "people": "person;called\nans;Ans",
    "organisations": """
        organisation;name;kind
        bar;Bewonersadviesraad;bewonersadviesraad
        town;Gemeente;gemeente
        """,
    "initiatives": "initiative;name;kind\nlessons;Budgetlessen;coaching_debts",
    "observations": """
        observation;date;kind;category;reporter;to;target_group;initiative
        o1;2026-11-02;concern;coaching_debts;bar;town;jongeren;lessons
        """,
}


def test_S34_a_group_is_a_card_for_the_party_that_can_act_and_for_everybody_to_see(
    tmp_path: Path,
) -> None:
    """No person, no household; it may leave the team, and it says how long the answer took."""
    hood = everywhere(tmp_path, YOUNG)
    (card,) = _cards(hood, Lane.AGREEMENT)
    assert (card.people, card.households, card.to) == (0, 0, ("organisation:town",))
    assert [whom.name for whom in card.ask or ()] == ["Bewonersadviesraad", "Budgetlessen"]
    for audience in OUTSIDE:
        (shown,) = signals.for_audience(_detect(hood), audience).value.cards
        assert shown.theme == "coaching_debts"
    lesson = """
        activity;initiative;name;category;start
        les;lessons;Les op school;coaching_debts;2026-11-16 10:00
        """
    (card,) = _cards(files(tmp_path, {**YOUNG, "activities": lesson}), Lane.AGREEMENT)
    assert card.state.value == "picked_up"
    assert (card.steps or ())[0].said("nl") == "Er is al iets gedaan, na 14 dagen. Laat horen wat."


# --- S37: what stays outside the own circle ------------------------------------------------------

DISCREET = {
    "people": """
        person;area;share;kind
        a;north;yes;
        b;north;yes;
        c;north;yes;
        next;north;yes;
        friend;south;yes;
        far;south;yes;
        ward;north;yes;worker
        """,
    "ties": "a;b;kind\na;friend;friend",
    "talents": """
        talent;owner;category;role
        t1;next;listening;volunteer
        t2;friend;listening;volunteer
        t3;far;listening;volunteer
        t4;far;listening;neighbour
        t5;ward;listening;professional
        """,
    "needs": """
        need;owner;category;since;talked;sensitive
        n1;a;listening;2026-11-09;yes;yes
        n2;b;listening;2026-11-10;yes;
        n3;c;listening;2026-11-11;yes;
        """,
}


def test_S37_beside_a_sensitive_question_nobody_of_the_own_circle_is_named(tmp_path: Path) -> None:
    """Only a professional, and a volunteer from elsewhere whom none of them knows."""
    (card,) = _cards(everywhere(tmp_path, DISCREET), Lane.AGREEMENT)
    assert {near.ref for near in card.nearby or ()} == {"talent:t3", "talent:t5"}
    assert card.talents == 2
    open_ = put(DISCREET["needs"], "n1", sensitive="")
    (card,) = _cards(files(tmp_path, {**DISCREET, "needs": open_}), Lane.AGREEMENT)
    assert card.talents == 5


@pytest.mark.parametrize("audience", OUTSIDE)
def test_S37_a_sensitive_theme_leaves_only_with_many_people(
    tmp_path: Path, audience: Audience
) -> None:
    """Seven households would do for another theme."""
    seven = [f"p{n}" for n in range(7)]
    people = more("person;area", *[f"{name};north" for name in seven])
    rows = [f"n{name};{name};listening;2026-11-10;yes;" for name in seven]
    needs = more("need;owner;category;since;talked;sensitive", *rows)
    plain = files(tmp_path, {"people": people, "needs": needs})
    assert len(signals.for_audience(_detect(plain), audience).value.cards) == 1
    marked = put(needs, "np3", sensitive="yes")
    hood = files(tmp_path, {"people": people, "needs": marked})
    assert signals.for_audience(_detect(hood), audience).value.cards == ()
