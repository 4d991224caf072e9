"""What eight ways of looking say of stories of practice (S4, S8, S33, S36, S38, S40, S54, S56)."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from pathlib import Path

from assetmap import Neighbourhood, signals
from assetmap.model import Policy
from assetmap.privacy import Audience
from assetmap.signals import Card, Lane, Verdict
from tests.acceptance.stories import everywhere, files, less, more, put

DAY = dt.date(2026, 11, 23)
OUTSIDE = (Audience.RESIDENTS, Audience.COUNCIL, Audience.RESEARCH)


def _cards(hood: Neighbourhood, lane: Lane, day: dt.date = DAY) -> dict[str, Card]:
    """Return every card of a lane, also those that do not fit the meeting."""
    return {c.card or "": c for c in signals.detect(hood, asof=day).lanes[lane].cards}


# --- S4: the carer who is relieved, and the lady who is less alone -------------------------------

LADY = {
    "people": """
        person;called;kind;worker;ties_asked_on
        lady;Lena;;ward;2026-03-01
        daughter;Dora;;ward;2026-03-01
        ans;Ans;;wim;2026-03-01
        bo;Bo;;wim;2026-03-01
        co;Co;;wim;2026-03-01
        ward;Ward;worker;;
        wim;Wim;worker;;
        """,
    "ties": """
        a;b;kind;since;reported_by;introduced_by
        daughter;lady;carer;2020-01-01;daughter;
        lady;ward;worker;2026-03-01;ward;
        daughter;bo;friend;2020-01-01;daughter;
        ans;bo;friend;2020-01-01;ans;
        ans;co;friend;2020-01-01;ans;
        bo;co;friend;2020-01-01;bo;
        """,
}
MET = more(LADY["ties"], "lady;ans;introduced;2026-11-01;lady;ward")


def test_S04_her_card_closes_and_the_carer_counts_as_helped_too(tmp_path: Path) -> None:
    """With one tie her worker has a card; with two it is gone, and another tells of both."""
    before = _cards(everywhere(tmp_path, LADY), Lane.ALONE)
    assert list(before) == ["alone|person:lady"]
    after = _cards(files(tmp_path, {**LADY, "ties": MET}), Lane.ALONE)
    assert list(after) == ["alone|person:lady|more"]
    card = after["alone|person:lady|more"]
    assert card.people == 2
    assert card.what.said("nl") == "Lena heeft er contacten bij: nu zijn het er 2."
    assert [line.said("nl") for line in card.steps][-1] == "Vraag Dora of het lichter is geworden."


def test_S04_only_her_worker_reads_it_and_no_score_of_anybody_is_in_it(tmp_path: Path) -> None:
    """Not another worker, not the team's own list, not the council; nothing is said of lonely."""
    for ties in (LADY["ties"], MET):
        found = signals.detect(files(tmp_path, {**LADY, "ties": ties}), asof=DAY)
        own = signals.told(signals.for_audience(found, Audience.TEAM, reader="ward"))
        assert "Lena" in own
        shared = [signals.for_audience(found, Audience.TEAM, reader="wim")]
        shared += [signals.for_audience(found, audience) for audience in (Audience.TEAM, *OUTSIDE)]
        assert not any(
            "Lena" in signals.told(each) or "lady" in signals.told(each) for each in shared
        )
        assert "is eenzaam" not in own


# --- S8: the same situation several times ---------------------------------------------------------

MOTHERS = {
    "people": """
        person;called;area;share;experiences
        a;Aïsha;north;yes;alone_with_children:yes
        b;Bea;north;yes;alone_with_children:yes
        c;Cora;north;yes;alone_with_children:yes
        d;Door;north;yes;alone_with_children:no
        """,
    "needs": """
        need;owner;category;since;talked;context
        n1;a;child_care;2026-11-02;yes;alone_with_children
        n2;b;company;2026-11-09;yes;alone_with_children
        n3;c;peer_contact;2026-11-16;yes;alone_with_children
        n4;d;company;2026-11-16;yes;
        """,
}


def test_S08_three_times_in_a_few_weeks_one_group_is_proposed(tmp_path: Path) -> None:
    """The card asks at once whether they were put in touch; each of them gives and receives."""
    found = _cards(everywhere(tmp_path, MOTHERS), Lane.PEERS)
    (card,) = found.values()
    assert card.what.said("nl") == "Lotgenoten: 3 keer in 8 weken ‘alone with children’."
    said = " ".join(line.said("nl") for line in card.steps)
    assert "Een groep van 3 is mogelijk: Aïsha, Bea en Cora." in said
    assert "in contact gebracht" in said
    assert "te bieden heeft" in said
    assert "Door" not in said


def test_S08_two_or_one_without_consent_make_no_signal(tmp_path: Path) -> None:
    """With two there is none, nor where the third would not share, nor long after each other."""
    two = {**MOTHERS, "needs": less(MOTHERS["needs"], "n3")}
    assert _cards(files(tmp_path, two), Lane.PEERS) == {}
    silent = {**MOTHERS, "people": put(MOTHERS["people"], "c", share="no")}
    assert _cards(files(tmp_path, silent), Lane.PEERS) == {}
    slow = {**MOTHERS, "needs": put(MOTHERS["needs"], "n1", since="2026-02-01")}
    assert _cards(files(tmp_path, slow), Lane.PEERS) == {}


# --- S33: themes of safety ------------------------------------------------------------------------


def test_S33_a_safety_theme_is_on_no_card_of_any_lane(tmp_path: Path) -> None:
    """Three questions about violence beside three about the children change nothing anywhere."""
    hood = everywhere(tmp_path, MOTHERS)
    rows = [
        f"v{at};{who};violence;2026-11-1{at};yes;alone_with_children"
        for at, who in enumerate("abc")
    ]
    mixed = files(tmp_path, {**MOTHERS, "needs": more(MOTHERS["needs"], *rows)})
    plain, other = (signals.detect(each, asof=DAY) for each in (hood, mixed))
    assert other.lanes == plain.lanes
    assert other.cards == plain.cards
    assert {each.record for each in other.apart.safety} == {"need:v0", "need:v1", "need:v2"}


# --- S36: a neighbourhood without structures; empty is "unknown" ---------------------------------

NORTH_SOUTH = {
    "areas": "area;name;population\ndune;Duinbuurt;2000\nlane;Laanbuurt;3000\nquay;Kadebuurt;900",
    "people": """
        person;area;ties_asked_on
        p1;dune;2026-09-01
        p2;dune;2026-09-01
        p3;lane;2026-09-01
        """,
    "places": "place;name;area\nhouse;Buurthuis;lane",
    "activities": """
        activity;name;category;start;rrule;area
        soup;Soep;meal;2026-01-09 12:00;elke vrijdag;lane
        """,
    "ties": "a;b;kind;reported_by\np2;p3;friend;p2",
}


def test_S36_the_area_with_nothing_to_meet_at_has_a_card_with_its_numbers(tmp_path: Path) -> None:
    """The dunes have no place and no activity, and no tie inside; the quay is unknown."""
    found = signals.detect(everywhere(tmp_path, NORTH_SOUTH), asof=DAY).lanes[Lane.GAPS]
    (card,) = found.cards
    assert card.card == "gaps|-|dune"
    assert card.what.said("nl") == (
        "In Duinbuurt kennen wij geen plek en geen activiteit om elkaar te ontmoeten."
    )
    assert card.basis is not None
    assert card.basis.baseline is not None
    assert card.basis.baseline.said("nl") == (
        "Bewoners die wij kennen: 2. Initiatieven: 0. Contacten tussen hen: 0, 0 procent van wat "
        "mogelijk is; aan 2 mensen is ernaar gevraagd."
    )
    assert dict(found.left_out) == {"lane_gaps.unknown": 1}


def test_S36_empty_tables_are_unknown_and_make_no_signal(tmp_path: Path) -> None:
    """Where nobody filled in a place or an activity, three areas are unknown and none is bare."""
    bare = {**NORTH_SOUTH, "places": "place;name", "activities": "activity;name;category;start"}
    found = signals.detect(files(tmp_path, bare), asof=DAY)
    lane = found.lanes[Lane.GAPS]
    assert lane.verdict is Verdict.NONE
    assert dict(lane.left_out) == {"lane_gaps.unknown": 3}
    assert "Van 3 gebieden is onbekend" in found.text("nl")


# --- S38: community building squeezed by casework -------------------------------------------------

TEAM = {
    "people": "person;kind\nward;worker\nnel;worker",
    "team_hours": more(
        "week;worker;purpose;hours",
        *(f"2026-W{week};ward;community;9" for week in range(36, 48)),
        *(f"2026-W{week};ward;cases;9" for week in range(36, 48)),
        *(f"2026-W{week};nel;community;{9 if week < 44 else 2}" for week in range(36, 48)),
        *(f"2026-W{week};nel;cases;{9 if week < 44 else 16}" for week in range(36, 48)),
    ),
}
HALF = Policy.model_validate({"signals": {"community_share": 0.5}})


def test_S38_the_part_for_the_community_drops_below_the_agreed_half(tmp_path: Path) -> None:
    """Eight weeks of halves, then four of 31 %: a card about the team; no worker is named."""
    hood = everywhere(tmp_path, TEAM).with_policy(HALF)
    (card,) = _cards(hood, Lane.BALANCE).values()
    assert card.what.said("nl") == (
        "In de laatste 4 weken ging 31 procent van de uren naar samenlevingsopbouw. "
        "Afgesproken is 50 procent."
    )
    told = signals.detect(hood, asof=DAY).text("nl")
    assert "31 procent" in told
    assert "ward" not in told
    assert "nel" not in told.split()


def test_S38_as_agreed_or_without_hours_there_is_no_signal(tmp_path: Path) -> None:
    """Four weeks earlier it was still half; without hours, or agreement, it cannot say."""
    hood = files(tmp_path, TEAM)
    before = signals.detect(hood.with_policy(HALF), asof=dt.date(2026, 10, 26))
    assert before.lanes[Lane.BALANCE].verdict is Verdict.NONE
    assert signals.detect(hood, asof=DAY).lanes[Lane.BALANCE].verdict is Verdict.CANNOT_SAY
    silent = files(tmp_path, {**TEAM, "team_hours": "week;worker;purpose;hours"})
    found = signals.detect(silent.with_policy(HALF), asof=DAY)
    assert found.lanes[Lane.BALANCE].verdict is Verdict.CANNOT_SAY
    assert "niet opgeschreven" in found.text("nl")


# --- S40: about thirty volunteers, and a chair who is the driving force --------------------------

VOLUNTEERS = [f"v{at:02}" for at in range(1, 30)]
HOUSE = {
    "people": more("person;area", "chair;north", *(f"{v};north" for v in VOLUNTEERS)),
    "initiatives": "initiative;name;manager;found_on\nhouse;Buurthuis;chair;2026-01-01",
    "memberships": more(
        "member;party;role;since",
        "chair;house;chair;2026-01-01",
        *(f"{v};house;volunteer;2026-01-01" for v in VOLUNTEERS),
    ),
    "ties": more("a;b;kind", *(f"chair;{v};friend" for v in VOLUNTEERS)),
}


def test_S40_the_house_leans_on_one_person(tmp_path: Path) -> None:
    """Without the chair 29 single people are left; the card is about the house, not the chair."""
    (card,) = _cards(everywhere(tmp_path, HOUSE), Lane.STRUCTURE).values()
    assert card.what.said("nl") == (
        "Bij ‘Buurthuis’ houdt één persoon de groep bij elkaar. "
        "Zonder deze persoon vallen de andere 29 mensen uiteen in 29 delen."
    )
    assert (card.people, [whom.ref for whom in card.ask]) == (1, ["person:chair"])
    assert "Vraag deze persoon wat helpt" in card.steps[0].said("nl")
    found = signals.detect(files(tmp_path, HOUSE), asof=DAY)
    for audience in OUTSIDE:
        assert signals.for_audience(found, audience).value.cards == ()


def test_S40_a_house_whose_volunteers_know_each_other_leans_on_nobody(tmp_path: Path) -> None:
    """With ties among the volunteers anybody may stop."""
    among = (f"{a};{b};friend" for a, b in pairwise(VOLUNTEERS))
    hood = files(tmp_path, {**HOUSE, "ties": more(HOUSE["ties"], *among)})
    assert _cards(hood, Lane.STRUCTURE) == {}


# --- S54: making initiatives visible --------------------------------------------------------------


def test_S54_an_initiative_that_the_team_has_not_met_is_on_the_list(tmp_path: Path) -> None:
    """Much happens without anybody knowing: one card, with a visit as the next step."""
    knit = more(HOUSE["initiatives"], "knit;Breigroep;;")
    cards = _cards(files(tmp_path, {**HOUSE, "initiatives": knit}), Lane.NOT_HEARD)
    card = cards["not_heard|initiatives"]
    assert (
        card.what.said("nl")
        == "Het team heeft nog geen contact met 1 initiatief, voor zover opgeschreven: Breigroep."
    )
    assert card.steps[0].said("nl").startswith("Ga eens kijken")


# --- S56: a complex that is closed in on itself --------------------------------------------------

HOMES = {
    "people": more(
        "person;area;ties_asked_on",
        *(f"h{at};north;2026-10-01" for at in range(5)),
        *(f"f{at};north;2026-10-01" for at in range(3)),
        "buur;north;2026-10-01",
    ),
    "initiatives": """
        initiative;name;kind;status;found_on
        hof;Het Hof;wooncomplex;running;2026-01-01
        flat;De Flat;shared_housing;running;2026-01-01
        """,
    "memberships": more(
        "member;party;since",
        *(f"h{at};hof;2026-01-01" for at in range(5)),
        *(f"f{at};flat;2026-01-01" for at in range(3)),
    ),
    "ties": """
        a;b;kind
        h0;h1;neighbour
        h1;h2;neighbour
        h2;h3;neighbour
        h3;h4;neighbour
        h4;h0;neighbour
        f0;f1;neighbour
        f1;f2;neighbour
        f2;f0;neighbour
        f1;buur;friend
        f2;buur;friend
        """,
}


def test_S56_the_court_that_knows_only_itself_has_a_card(tmp_path: Path) -> None:
    """Of five none knows anybody outside; that they know each other is a strength as well."""
    (card,) = _cards(everywhere(tmp_path, HOMES), Lane.STRUCTURE).values()
    assert (card.card, card.people) == ("structure|initiative:hof|closed", 5)
    assert card.what.said("nl") == (
        "In ‘Het Hof’ kennen de bewoners vooral elkaar. Van de 5 kennen er 0 iemand daarbuiten."
    )
    assert any("kracht" in line.said("nl") for line in card.others)
    open_ = files(
        tmp_path, {**HOMES, "ties": more(HOMES["ties"], "h0;buur;friend", "h1;f0;friend")}
    )
    assert _cards(open_, Lane.STRUCTURE) == {}
