"""Initiatives through time: keys, stages, money, challenges, open hours, events (S41 to S57)."""

from __future__ import annotations

import datetime as dt
import itertools
from decimal import Decimal
from pathlib import Path

import pytest

import assetmap
from assetmap import explain, overview
from assetmap.audit import faults
from assetmap.categories import shipped
from assetmap.model import AgreementKind, AgreementStatus, Claim, InitiativeStatus, Side
from assetmap.overview import Move
from tests.acceptance.stories import everywhere, files, gap, less, more, put, run, told

DAY = dt.date(2026, 11, 23)

# --- S41 and S43: from an idea of residents to standing on its own -------------------------------

GARDEN = {
    "people": """
        person;kind;area
        ans;;north
        bo;;north
        ward;worker;
        """,
    "organisations": "organisation;name;kind\ntown;Gemeente;gemeente",
    "places": "place;name;owner;manager\nfield;Veldje;town;plot",
    "initiatives": """
        initiative;name;kind;place;manager;status;status_since
        plot;Moestuin;moestuin;field;ward;starting;2026-02-01
        """,
    "memberships": """
        member;party;role;hours_week;since;until
        ward;plot;opbouwwerker;3;2026-02-01;2026-08-31
        ward;plot;opbouwwerker;1;2026-09-01;
        ans;plot;tuinder;;2026-03-01;
        bo;plot;tuinder;;2026-09-01;
        """,
}


def test_S41_afterwards_residents_run_it(tmp_path: Path) -> None:
    """The worker found the land; later a resident runs the garden, and the garden the field."""
    before = everywhere(tmp_path, GARDEN)
    assert overview.run_by(before, "plot") is Side.PROFESSIONALS
    after = files(
        tmp_path, {**GARDEN, "initiatives": put(GARDEN["initiatives"], "plot", manager="ans")}
    )
    assert overview.run_by(after, "plot") is Side.RESIDENTS
    (field,) = overview.stewardships(after)
    assert (field.owner, field.manager, field.by) == (
        "organisation:town",
        "initiative:plot",
        Side.RESIDENTS,
    )


@pytest.mark.parametrize(
    ("was", "now", "move"),
    [
        ("idea", "starting", Move.FORWARD),
        ("starting", "running", Move.FORWARD),
        ("running", "independent", Move.FORWARD),
        ("independent", "starting", Move.REOPENED),
        ("ended", "idea", Move.REOPENED),
        ("running", "starting", Move.BACK),
        ("running", "ended", Move.ENDED),
        ("", "idea", Move.NEW),
        ("running", "running", None),
    ],
)
def test_S43_each_stage_follows_another_and_can_be_opened_again(
    tmp_path: Path, was: str, now: str, move: Move | None
) -> None:
    """Two moments are compared; what stayed as it was is no step."""
    rows = [put(GARDEN["initiatives"], "plot", status=status) for status in (was, now)]
    before, after = (files(tmp_path, {**GARDEN, "initiatives": text}) for text in rows)
    found = overview.steps(before, after)
    assert [step.move for step in found] == ([] if move is None else [move])
    if move is not None:
        assert found[0].now is InitiativeStatus(now)


def test_S43_the_help_of_the_worker_over_time_and_where_it_can_go_down(tmp_path: Path) -> None:
    """Three hours at first, one later; an hour a week too much once it stands on its own."""
    hood = everywhere(tmp_path, GARDEN)
    days = (dt.date(2026, 1, 31), dt.date(2026, 2, 1), dt.date(2026, 8, 31), dt.date(2026, 9, 1))
    hours = [[each.hours_week for each in overview.effort(hood, asof=day)] for day in days]
    assert hours == [[], [3.0], [3.0], [1.0]]
    assert not overview.effort(hood, asof=DAY)[0].may_drop
    rows = put(GARDEN["initiatives"], "plot", status="zelfstandig")
    alone = files(tmp_path, {**GARDEN, "initiatives": rows})
    assert overview.effort(alone, asof=DAY)[0].may_drop


def test_S43_what_ended_does_not_go_on(tmp_path: Path) -> None:
    """An ended garden with a running activity is a contradiction; with a past one it is not."""
    story = {
        **GARDEN,
        "initiatives": put(GARDEN["initiatives"], "plot", status="ended"),
        "activities": """
            activity;initiative;name;category;start;status
            dig;plot;Spitten;community_garden;2026-04-04 10:00;running
            """,
    }
    assert told(everywhere(tmp_path, story)) == {("ended-still-runs", "activities", 2, "status")}
    over = put(story["activities"], "dig", status="past")
    assert told(files(tmp_path, {**story, "activities": over})) == set()


# --- S45: who holds the keys ---------------------------------------------------------------------

KEYS = {
    "initiatives": "initiative;name\ndads;Powervaders\nhouse;Buurthuis\nchoir;Koor",
    "places": "place;name;manager\nhall;Buurthuis;house",
    "responsibilities": """
        place;party;when;from;until
        hall;dads;vr 18:00-zo 18:00;2026-03-06;2026-12-13
        """,
}


@pytest.mark.parametrize(
    ("moment", "who"),
    [
        ("2026-11-28 10:00", "dads"),
        ("2026-11-24 10:00", "house"),
        ("2026-11-27 17:59", "house"),
        ("2026-11-27 18:00", "dads"),
        ("2026-11-27 23:59", "dads"),
        ("2026-11-28 00:00", "dads"),
        ("2026-11-29 17:59", "dads"),
        ("2026-11-29 18:00", "house"),
        ("2026-03-01 12:00", "house"),
        ("2026-03-06 18:00", "dads"),
        ("2026-12-13 17:59", "dads"),
        ("2026-12-19 10:00", "house"),
        ("2026-10-25 02:30", "dads"),
    ],
)
def test_S45_the_fathers_from_friday_evening_to_sunday_evening_else_the_house(
    tmp_path: Path, moment: str, who: str
) -> None:
    """Both sides of every border: the hours, midnight, the first and the last weekend."""
    hood = everywhere(tmp_path, KEYS)
    at = dt.datetime.fromisoformat(moment)
    assert overview.responsible(hood, "hall", at=at) == (f"initiative:{who}",)


def test_S45_over_midnight_and_from_sunday_into_monday(tmp_path: Path) -> None:
    """Sunday night runs on into Monday; it is the next day that decides whether it still holds."""
    rows = "place;party;when;until\nhall;dads;Sun 22:00-02:00;2026-11-29"
    hood = files(tmp_path, {**KEYS, "responsibilities": rows})
    late = [dt.datetime(2026, 11, 29, 23, 59), dt.datetime(2026, 11, 30, 0, 0)]
    found = [overview.responsible(hood, "hall", at=at) for at in late]
    assert found == [("initiative:dads",), ("initiative:house",)]
    open_end = files(tmp_path, {**KEYS, "responsibilities": put(rows, "hall", until="")})
    monday = [dt.datetime(2026, 11, 30, 1, 59), dt.datetime(2026, 11, 30, 2, 0)]
    found = [overview.responsible(open_end, "hall", at=at) for at in monday]
    assert found == [("initiative:dads",), ("initiative:house",)]


def test_S45_two_at_once_is_told_and_nobody_is_nobody(tmp_path: Path) -> None:
    """Two parties on one Saturday are a contradiction; touching hours or other dates are not."""
    one = KEYS["responsibilities"]
    both = more(one, "hall;choir;Sat 09:00-12:00;;")
    hood = everywhere(tmp_path, {**KEYS, "responsibilities": both})
    assert told(hood) == {("keys-twice", "responsibilities", 3, "when")}
    saturday = dt.datetime(2026, 11, 28, 10)
    assert overview.responsible(hood, "hall", at=saturday) == (
        "initiative:choir",
        "initiative:dads",
    )
    for other in ("hall;choir;Sun 18:00-20:00;;", "hall;choir;Sat 09:00-12:00;2026-12-14;"):
        assert told(files(tmp_path, {**KEYS, "responsibilities": more(one, other)})) == set()
    bare = {**KEYS, "places": "place;name\nhall;Buurthuis"}
    tuesday = dt.datetime(2026, 11, 24, 10)
    assert overview.responsible(files(tmp_path, bare), "hall", at=tuesday) == ()


# --- S48: an open hour with its parties ----------------------------------------------------------

OPEN_HOUR = {
    "people": "person;kind\nward;worker",
    "organisations": """
        organisation;name;kind
        police;Politie;politie
        town;Gemeente;gemeente
        homes;Corporatie;woningbouwvereniging
        """,
    "initiatives": "initiative;name\nhouse;Buurthuis",
    "memberships": """
        member;party;role;since;until
        ward;house;buurtwerker;;
        police;house;partner;;
        town;house;partner;;2026-12-31
        homes;house;partner;2026-12-01;
        """,
    "activities": """
        activity;initiative;name;category;start;minutes;rrule;requires
        open;house;Inloop;inloop;2026-01-06 14:00;120;eerste dinsdag van de maand;\
party:ward|party:police|party:town|party:homes
        """,
}


def test_S48_the_next_dates_with_the_parties_and_who_is_missing(tmp_path: Path) -> None:
    """Each first Tuesday; housing comes from December on, the town stays until New Year."""
    hood = everywhere(tmp_path, OPEN_HOUR)
    found = overview.meetings(hood, "open", first=DAY - dt.timedelta(20), last=dt.date(2027, 1, 5))
    assert [(meeting.start.isoformat(" ", "minutes"), meeting.missing) for meeting in found] == [
        ("2026-11-03 14:00", ("organisation:homes",)),
        ("2026-12-01 14:00", ()),
        ("2027-01-05 14:00", ("organisation:town",)),
    ]
    assert found[0].required == (
        "organisation:homes",
        "organisation:police",
        "organisation:town",
        "worker",
    )


def test_S48_a_party_that_nobody_knows_is_an_error(tmp_path: Path) -> None:
    """It points to nothing, and is told with its place."""
    rows = OPEN_HOUR["activities"].replace("party:homes", "party:brandweer")
    with pytest.raises(assetmap.DataProblems) as caught:
        files(tmp_path, {**OPEN_HOUR, "activities": rows})
    assert [(p.code, p.row, p.column) for p in caught.value.problems] == [
        ("unknown-reference", 2, "requires")
    ]


# --- S49: all kinds of initiatives ---------------------------------------------------------------

KINDS = [
    "energiecollectief",
    "zorgcoöperatie",
    "burenhulpcentrale",
    "vervoersdienst",
    "ontmoetingsproject",
    "buurthuis",
    "zwembad",
    "leeszaal",
    "maatjesproject",
    "ruildienst",
    "formulierenbrigade",
    "klussendienst",
    "vrijwillige ouderenadvisering",
    "telefooncirkel",
    "jong en oud samen",
    "dagbesteding",
    "speeltuinvereniging",
    "scouting",
    "Zonnebloem",
    "eetcafé",
    "wandelclub",
    "moestuin",
    "Buurtcamping",
    "repaircafé",
]


def test_S49_every_kind_of_initiative_can_be_written_down(tmp_path: Path) -> None:
    """As people call it; each is another category, with a label in both languages."""
    rows = more("initiative;name;kind", *(f"i{n};x{n};{kind}" for n, kind in enumerate(KINDS)))
    hood = everywhere(tmp_path, {"initiatives": rows})
    assert told(hood) == set()
    found = [row.kind for row in hood.initiatives]
    assert len(set(found)) == len(KINDS)
    tree = shipped()
    assert all(tree.label(kind, "nl") and tree.label(kind, "en") for kind in found)


def test_S49_another_kind_is_kept_with_a_warning_and_a_team_may_add_it(tmp_path: Path) -> None:
    """A kind that is not there is told and kept; with a row of one's own it is known."""
    rows = "initiative;name;kind\ni1;Bijen;bijenclub"
    hood = everywhere(tmp_path, {"initiatives": rows})
    assert hood.initiatives[0].kind == "bijenclub"
    assert told(hood) == {("unknown-category", "initiatives", 2, "kind")}
    own = "category;parent;name_nl;name_en\nbees;green;bijenclub;bee club"
    known = everywhere(tmp_path / "known", {"initiatives": rows, "categories": own})
    assert (known.initiatives[0].kind, told(known)) == ("bees", set())


# --- S50, S51 and S52: owners, budgets, challenges, contracts ------------------------------------

PARTIES = {
    "organisations": "organisation;name;kind\ntown;Gemeente;gemeente\nfirm;Groenbedrijf;bedrijf",
    "initiatives": "initiative;name\nhouse;Buurthuis\ngreen;Groengroep\nplay;Speeltuin",
    "places": "place;name;owner;manager\nhall;Buurthuis;town;house\nshed;Schuur;green;green",
    "talents": "talent;owner;category;amount_eur;conditions\nt1;green;buurtbudget;300;planten",
    "agreements": """
        agreement;kind;from_party;to_party;about;claim;amount_eur;status;since;until
        ag1;budget;town;green;groenonderhoud;;2500,00;loopt;2026-01-01;2026-12-31
        ag2;uitdaging;town;play;speeltuin beheren;beter;;voorgesteld;;
        ag3;uitdaging;firm;green;gras maaien;goedkoper;1800;loopt;2026-05-01;
        ag4;opdracht;town;house;maaltijden;;3600;loopt;2026-02-01;2027-01-31
        """,
}


def test_S50_owner_and_manager_are_two_and_residents_hold_a_budget(tmp_path: Path) -> None:
    """The town owns the hall and residents run it; the green group decides on 2,500 euro."""
    hood = everywhere(tmp_path, PARTIES)
    assert [(s.place, s.owner, s.manager) for s in overview.stewardships(hood)] == [
        ("hall", "organisation:town", "initiative:house")
    ]
    held = [(b.holder, b.giver, b.amount_eur) for b in overview.budgets(hood, asof=DAY)]
    assert held == [
        ("initiative:green", None, Decimal("300.00")),
        ("initiative:green", "organisation:town", Decimal("2500.00")),
    ]
    later = overview.budgets(hood, asof=dt.date(2027, 1, 1))
    assert [budget.giver for budget in later] == [None]


@pytest.mark.parametrize(
    ("row", "change", "code", "column"),
    [
        ("ag1", {"amount_eur": ""}, "budget-without-amount", "amount_eur"),
        ("ag1", {"to_party": "town"}, "agreement-with-self", "to_party"),
        ("ag2", {"claim": ""}, "challenge-without-claim", "claim"),
        ("ag4", {"claim": "beter"}, "claim-without-challenge", "claim"),
    ],
)
def test_S50_S51_an_agreement_that_cannot_be_is_told(
    tmp_path: Path, row: str, change: dict[str, str], code: str, column: str
) -> None:
    """A budget without money, a claim without a challenge; each with its place."""
    assert told(files(tmp_path, PARTIES)) == set()
    rows = put(PARTIES["agreements"], row, **change)
    hood = everywhere(tmp_path, {**PARTIES, "agreements": rows})
    assert told(hood) == {(code, "agreements", int(row[-1]) + 1, column)}


def test_S51_a_challenge_has_a_claim_and_a_status_and_moves_the_task(tmp_path: Path) -> None:
    """Until it is agreed on the town does it; the mowing that runs is the residents' task."""
    hood = everywhere(tmp_path, PARTIES)
    proposed, running = overview.challenges(hood)
    assert (proposed.claim, proposed.status) == (Claim.BETTER, AgreementStatus.PROPOSED)
    assert (proposed.challenger, proposed.provider) == ("initiative:play", "organisation:town")
    assert (running.claim, running.provider) == (Claim.CHEAPER, "initiative:green")


def test_S51_the_status_flows(tmp_path: Path) -> None:
    """Proposed, in talks, agreed, running; refused, and opened again."""
    flow = ("proposed", "negotiating", "agreed", "running", "ended")
    hoods = [
        files(tmp_path, {**PARTIES, "agreements": put(PARTIES["agreements"], "ag2", status=status)})
        for status in (*flow, "refused", "negotiating")
    ]
    pairs = itertools.pairwise(hoods)
    moves = [[(s.record, s.move) for s in overview.steps(*pair)] for pair in pairs]
    forward, ended, reopened = Move.FORWARD, Move.ENDED, Move.REOPENED
    expected = [forward, forward, forward, ended, ended, reopened]
    assert moves == [[("agreement:ag2", move)] for move in expected]
    providers = [overview.challenges(hood)[0].provider for hood in hoods[:5]]
    assert providers == ["organisation:town"] * 2 + ["initiative:play"] * 2 + ["organisation:town"]


def test_S52_a_contract_between_town_and_residents(tmp_path: Path) -> None:
    """'Opdracht' in the sheet is a contract, with its amount and its dates."""
    hood = everywhere(tmp_path, PARTIES)
    (row,) = [row for row in hood.agreements if row.kind is AgreementKind.CONTRACT]
    assert (row.from_party, row.to_party, row.amount_eur) == ("town", "house", Decimal("3600.00"))
    assert (row.status, row.until) == (AgreementStatus.RUNNING, dt.date(2027, 1, 31))


# --- S53 and S54: the worker's hours, and initiatives that become visible ------------------------

HELP = {
    "people": """
        person;kind;area;share
        ward;worker;north;yes
        a;;north;yes
        b;;north;yes
        """,
    "initiatives": """
        initiative;name;area;manager;found_on;visible
        big;Eetcafé;north;a;2026-03-01;yes
        small;Leesclub;north;b;2026-11-24;no
        quiet;Breigroep;north;b;;
        """,
    "talents": "talent;owner;category;hours_week\nt1;ward;group_guidance;2",
    "needs": """
        need;owner;category;hours;urgency;when
        n1;big;group_guidance;2;4;Mon 09:00-12:00
        n2;small;group_guidance;2;2;Tue 09:00-12:00
        """,
    "memberships": """
        member;party;since;until
        a;big;2026-03-01;
        b;big;2026-06-01;
        b;small;;
        b;big;2026-07-01;
        ward;small;2026-11-24;
        """,
}


def test_S53_a_workers_hours_are_limited_and_the_reach_is_known(tmp_path: Path) -> None:
    """Two hours for two who each ask two: the same week only one, with four hours both."""
    hood = everywhere(tmp_path, HELP)
    reach = overview.participants(hood, asof=DAY).cells
    assert [reach[f"initiative:{i}", "residents"] for i in ("big", "small", "quiet")] == [2, 1, 0]
    talents = put(HELP["talents"], "t1", until="2026-11-29")
    short = run(HELP, talents=talents)
    assert short.plan_for("n1") is not None
    assert gap(short, "n2") in {"no_hours", "taken_by_more_urgent"}
    four = put(talents, "t1", hours_week="4")
    assert run(HELP, talents=four).plan_for("n2") is not None


def test_S53_the_worker_sees_who_asks_and_decides() -> None:
    """Urgency, weeks and reach stand beside each; the other one is named with the proposal."""
    talents = put(HELP["talents"], "t1", until="2026-11-29")
    found = run(HELP, talents=talents)
    assert faults(found) == []
    (told_of,) = explain.worker_time(found, language="en")
    assert (told_of.worker, [each.initiative for each in told_of.asked]) == (
        "ward",
        ["big", "small"],
    )
    first, second = told_of.asked
    assert (first.urgency, first.reach, first.hours, first.proposed) == (4, 2, 2, True)
    assert (second.urgency, second.reach, second.proposed) == (2, 1, False)
    assert str(told_of) == (
        "Several initiatives ask time of ward. big: urgency 4, 2 hours, 2 residents take part. "
        "It is among the proposals now. small: urgency 2, 2 hours, 1 resident takes part. "
        "ward decides."
    )
    sentence = explain.why(found, "n1").plans[0].sentence
    assert "Ook small vraagt tijd van ward. ward kiest zelf." in sentence


def test_S53_weeks_and_reach_speak_where_urgency_is_the_same() -> None:
    """The one that waits longer comes first, then the one with the larger reach; alone is alone."""
    needs = put(put(HELP["needs"], "n1", urgency="3"), "n2", urgency="3")
    orders = []
    for since in ("", "2026-11-02"):
        (each,) = explain.worker_time(run(HELP, needs=put(needs, "n2", since=since)))
        orders.append([asked.initiative for asked in each.asked])
    assert orders == [["big", "small"], ["small", "big"]]
    alone = run(HELP, needs=less(HELP["needs"], "n2"))
    assert explain.worker_time(alone) == ()
    assert "kiest zelf" not in explain.why(alone, "n1").plans[0].sentence


def test_S54_what_was_found_and_what_the_team_has_not_met(tmp_path: Path) -> None:
    """One was found this week; one more nobody of the team knows."""
    hood = everywhere(tmp_path, HELP)
    last = dt.date(2026, 11, 29)
    assert overview.newly_found(hood, first=DAY, last=last) == ("small",)
    assert overview.unknown_to_team(hood, asof=last) == ("quiet",)
    assert overview.unknown_to_team(hood, asof=DAY) == ("quiet", "small")
    known = put(HELP["initiatives"], "quiet", manager="ward")
    assert (
        overview.unknown_to_team(files(tmp_path, {**HELP, "initiatives": known}), asof=last) == ()
    )


def test_S54_how_many_more_take_part_since(tmp_path: Path) -> None:
    """One at the time it was found, two half a year later; somebody twice is one."""
    hood = files(tmp_path, HELP)
    assert [row.visible for row in hood.initiatives] == [True, False, None]
    days = (dt.date(2026, 2, 28), dt.date(2026, 3, 1), dt.date(2026, 9, 1))
    counts = [overview.participants(hood, asof=day).cells for day in days]
    assert [cells["initiative:big", "residents"] for cells in counts] == [0, 1, 2]


# --- S57: one-off events -------------------------------------------------------------------------

EVENT = {
    "people": "person\nans\nbo\nco",
    "activities": """
        activity;name;category;start;status
        camp;Buurtcamping;neighbourhood_camping;2026-07-10 16:00;past
        """,
    "needs": "need;owner;category;event\nn1;ans;language;Buurtcamping\nn2;ans;meal;",
    "talents": "talent;owner;category;event\nt1;bo;music;camp\nt2;co;ride;Bakkie in de Wijk",
    "ties": """
        a;b;kind;since;reported_by;event
        ans;bo;acquaintance;2026-07-11;ans;buurtcamping
        bo;ans;acquaintance;2026-07-11;bo;camp
        ans;co;acquaintance;2026-07-11;ans;
        """,
}


def test_S57_an_event_brings_contacts_needs_and_talents(tmp_path: Path) -> None:
    """By the name of the activity or by its id; two reports of a pair are one contact."""
    hood = everywhere(tmp_path, EVENT)
    for called in ("Buurtcamping", "camp", "activity:camp", "BUURT CAMPING"):
        found = overview.from_event(hood, called)
        assert (found.needs, found.talents, found.contacts) == (("n1",), ("t1",), 1)
    coffee = overview.from_event(hood, "Bakkie in de wijk")
    assert (coffee.needs, coffee.talents, coffee.contacts) == ((), ("t2",), 0)
    assert overview.from_event(hood, "nooit geweest").contacts == 0


def test_S57_an_event_that_is_over_is_no_place_to_go(tmp_path: Path) -> None:
    """What came of it stays; nobody is sent there."""
    story = {name: text for name, text in EVENT.items() if name != "talents"}
    needs = "need;owner;category;talked;wants\nn1;ans;neighbourhood_camping;yes;camp"
    assert run(story, needs=needs).plan_for("n1") is None
    rows = less(EVENT["needs"], "n1")
    assert overview.from_event(files(tmp_path, {**EVENT, "needs": rows}), "camp").needs == ()
