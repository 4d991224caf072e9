"""The rows of the result tables, and the sentences in them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import assetmap
from assetmap import Neighbourhood, Proposals
from assetmap.match import PLAN_COLUMNS, UNMET_COLUMNS
from assetmap.model import Leg, Record, Rung
from assetmap.plans import Doubt, Funnel, Gap, Plan, PlanLeg, PlanStatus, Reason
from assetmap.plans.enumeration import REASONS
from assetmap.plans.wording import (
    Teller,
    called,
    doubts,
    funnel_counts,
    funnel_lines,
    gap_rows,
    occurrence_text,
    plan_rows,
    remedy,
    thing,
    why_gap,
    why_leg,
    why_plan,
)
from assetmap.report import gather, week_html
from assetmap.texts import say
from tests.golden.hoods import HOODS, WEEK
from tests.golden.telling import visible
from tests.plans.small import activity, need, person, talent

LANGUAGES = ("nl", "en")
NEUTRAL = sorted(rule for rule, reason in REASONS.items() if reason is Reason.NOT_POSSIBLE_HERE)


@pytest.fixture(scope="module", params=sorted(HOODS))
def run(request: pytest.FixtureRequest) -> Proposals:
    """One of the tiny neighbourhoods."""
    return assetmap.propose(HOODS[request.param](), WEEK)


def _small() -> Neighbourhood:
    return Neighbourhood.from_records(
        person("p1", called="Ans"),
        person("p2", called="Bo"),
        talent("t1", "p2", "shopping"),
        need("n1", "p1", "shopping"),
    )


def _plan(**cells: object) -> Plan:
    leg = PlanLeg(Leg.HELP, "p2", "t1", None, Rung.NEIGHBOUR)
    facts: dict[str, object] = {
        "plan": "x",
        "need": "n1",
        "occurrence": None,
        "end": None,
        "legs": (leg,),
        "rung": Rung.NEIGHBOUR,
    }
    return Plan(**{**facts, **cells})  # type: ignore[arg-type]


@pytest.fixture
def teller() -> Teller:
    """Somebody who tells about a neighbourhood of two, in Dutch, by id."""
    return Teller(assetmap.propose(_small(), WEEK), "nl")


# The rows


def test_the_rows_have_the_columns_of_the_files(run: Proposals) -> None:
    """Every cell is text, and every column of the tables is there."""
    for rows, columns in ((plan_rows(run), PLAN_COLUMNS), (gap_rows(run), UNMET_COLUMNS)):
        for row in rows:
            assert tuple(row) == columns
            assert all(isinstance(cell, str) for cell in row.values())
            assert row["why"].endswith((".", "?"))
    assert list(run.plans.columns) == list(PLAN_COLUMNS)
    assert list(run.unmet.columns) == list(UNMET_COLUMNS)
    assert len(run.plans) == sum(len(plan.legs) for plan in run.items)


def test_the_rows_name_ids_and_nobody_by_name(run: Proposals) -> None:
    """Called names are for the team's own prints; these files hold ids."""
    text = "\n".join(" ".join(row.values()) for row in (*plan_rows(run), *gap_rows(run)))
    names = [p.called for p in run.hood.people if p.called]
    names += [i.name for i in (*run.hood.initiatives, *run.hood.organisations)]
    assert [name for name in names if name and re.search(rf"\b{re.escape(name)}\b", text)] == []


@pytest.mark.parametrize("name", sorted(HOODS))
def test_the_rows_do_not_depend_on_the_order_of_the_tables(name: str) -> None:
    """Turned tables give the same rows."""
    hood = HOODS[name]()
    turned = replace(
        hood,
        **{
            table: tuple(reversed(getattr(hood, table)))
            for table in ("people", "talents", "needs", "activities", "ties", "arrangements")
        },
    )
    one, other = assetmap.propose(hood, WEEK), assetmap.propose(turned, WEEK)
    assert plan_rows(one) == plan_rows(other)
    assert gap_rows(one) == gap_rows(other)


@pytest.mark.parametrize(
    ("when", "text"),
    [
        (dt.datetime(2026, 11, 26, 17, 30), "2026-11-26 17:30"),
        (dt.datetime(2026, 11, 26, 9), "2026-11-26 09:00"),
        (dt.date(2026, 11, 23), "2026-11-23"),
        (None, ""),
    ],
)
def test_a_date_is_written_as_the_tables_do(when: dt.date | None, text: str) -> None:
    """A moment has its time, a week is its Monday, and nothing is nothing."""
    assert occurrence_text(when) == text


# One sentence for each word of the closed lists


@pytest.mark.parametrize(("doubt", "lang"), list(product(Doubt, LANGUAGES)))
def test_every_doubt_is_a_question_to_ask(doubt: Doubt, lang: str) -> None:
    """Whatever there is to doubt, somebody can ask it."""
    run = assetmap.propose(_small(), WEEK)
    (said,) = doubts(Teller(run, lang), _plan(doubts=(doubt,)))
    assert "?" in said or said.endswith(".")
    assert "{" not in said


@pytest.mark.parametrize(("rule", "lang"), list(product(sorted(REASONS), LANGUAGES)))
def test_every_rule_has_a_place_in_the_funnel(rule: str, lang: str) -> None:
    """Each rule that removes an offer is told as a count, or is the asker's own offer."""
    teller = Teller(assetmap.propose(_small(), WEEK), lang)
    for n in (1, 2):
        lines = funnel_lines(teller, Funnel(3, ((rule, n),), 3 - n))
        assert len(lines) == (1 if rule == "somebody_else" else 3)
        assert all(line[0].isupper() or line[0].isdigit() for line in lines)


@pytest.mark.parametrize(("reason", "lang"), list(product(Reason, LANGUAGES)))
def test_every_reason_can_be_told(reason: Reason, lang: str) -> None:
    """A gap of any kind has a sentence and something that helps."""
    gap = Gap(
        need="n1",
        reason=reason,
        leg=Leg.HELP,
        closest="t1",
        next_date=dt.date(2027, 1, 3),
        opens_on=dt.date(2026, 12, 3),
        rung=Rung.VOLUNTEER,
        price="7.00",
        wishes=("not_area", "not_known", "sensitive"),
    )
    teller = Teller(assetmap.propose(_small(), WEEK), lang)
    assert why_gap(teller, gap).startswith(say(f"reasons.{reason.value}", lang))
    assert remedy(teller, gap).startswith(say(f"reasons.{reason.value}_remedy", lang))


def _proposed(*records: Record) -> Proposals:
    return assetmap.propose(Neighbourhood.from_records(*records), WEEK)


WHEELS = person("p1", walks_m=100, wheelchair="yes")
CAR = talent("t2", "p2", "ride", seats=3)


@pytest.mark.parametrize(
    ("records", "said", "asked"),
    [
        ((activity("a1", area="south"), need("n1", "p1", "meal")), "rit naar", "auto heeft"),
        ((need("n1", "p1", "ride"),), "nog geen auto gevonden", "zo'n auto"),
    ],
)
def test_a_wheelchair_is_said_by_its_name(
    records: tuple[Record, ...], said: str, asked: str
) -> None:
    """An ordinary car is there and is not enough: it is told what the car has to take."""
    found = _proposed(WHEELS, person("p2"), CAR, *records)
    (gap,) = found.gaps
    told = why_gap(Teller(found, "nl"), gap)
    assert said in told
    assert "waar een rolstoel in kan" in told
    assert "initiatief" not in told + remedy(Teller(found, "nl"), gap)
    assert asked in remedy(Teller(found, "nl"), gap)
    assert "olstoel" in visible(week_html(gather(found)))
    walker = _proposed(person("p1", walks_m=100), person("p2"), *records)
    assert all("rolstoel" not in why_gap(Teller(walker, "nl"), each) for each in walker.gaps)


def test_hours_that_are_too_few_are_not_called_used_up() -> None:
    """Nobody asked for the one hour there is: it is not enough for two."""
    rows = person("p1"), person("p2"), talent("t2", "p2", hours_week=1), need("n1", hours=2)
    found = _proposed(*rows)
    (gap,) = found.gaps
    assert gap.reason is Reason.NO_HOURS
    teller = Teller(found, "nl")
    said = " ".join((why_gap(teller, gap), *funnel_lines(teller, found.funnels["n1"])))
    assert "niet genoeg uren" in said
    assert " op." not in said
    assert "geen uren meer" not in said


# What is not told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_may_not_be_told_apart_reads_the_same(lang: str) -> None:
    """Sharing, safeguards, wishes and refusals: one number, the same words, the same place."""
    teller = Teller(assetmap.propose(_small(), WEEK), lang)
    alone = {funnel_lines(teller, Funnel(4, ((rule, 2),), 2)) for rule in NEUTRAL}
    among = {
        funnel_lines(teller, Funnel(5, tuple(sorted([("time", 1), (rule, 2)])), 2))
        for rule in NEUTRAL
    }
    assert len(NEUTRAL) > 4
    assert len(alone) == len(among) == 1


@given(
    removed=st.dictionaries(st.sampled_from(sorted(REASONS)), st.integers(1, 5)),
    left=st.integers(0, 5),
)
@settings(max_examples=30)
def test_the_counts_of_the_funnel_add_up(removed: dict[str, int], left: int) -> None:
    """Offers are what fell away and what is left; the asker's own are no offers."""
    funnel = Funnel(sum(removed.values()) + left, tuple(removed.items()), left)
    offers, told, rest = funnel_counts(funnel)
    assert offers == sum(n for _, n in told) + rest
    assert offers == funnel.offers - removed.get("somebody_else", 0)


def test_not_possible_here_names_nobody(teller: Teller) -> None:
    """Even if a nearest offer were known, it is not told."""
    gap = Gap("n1", Reason.NOT_POSSIBLE_HERE, closest="t1")
    assert why_gap(teller, gap) == "Deze combinatie is hier niet mogelijk."


def test_helping_somebody_as_well_does_not_say_with_what() -> None:
    """What another person asked stays with that person."""
    hood = Neighbourhood.from_records(
        *_small().people,
        *_small().talents,
        *_small().needs,
        need("n2", "p2", "volunteering"),
    )
    teller = Teller(assetmap.propose(hood, WEEK), "nl")
    said = why_plan(teller, _plan(also_helps=("n2",)))
    assert "Dit helpt ook p2 zelf." in said
    assert hood.tree.label("volunteering", "nl") not in said


# Sentences


def test_the_steps_of_the_ladder_say_how_they_were_passed() -> None:
    """Tried, waited for long enough, or nobody: each lower step is in one of the three."""
    hood = Neighbourhood.from_records(
        *_small().people,
        *_small().talents,
        need("n1", "p1", "shopping", tried="own_network", since=dt.date(2026, 11, 1)),
    )
    teller = Teller(assetmap.propose(hood, WEEK), "nl")
    assert why_plan(teller, _plan(rung=Rung.VOLUNTEER)) == (
        "Stap op de ladder: vrijwilliger. Al geprobeerd: eigen netwerk. "
        "Lang genoeg gewacht op: buren en initiatief."
    )
    fresh = Teller(assetmap.propose(_small(), WEEK), "nl")
    assert why_plan(fresh, _plan(rung=Rung.INITIATIVE)) == (
        "Stap op de ladder: initiatief. Nu niemand gevonden bij: eigen netwerk en buren."
    )


def test_what_stands_and_what_was_decided_is_not_argued_again(teller: Teller) -> None:
    """An arrangement is as it was agreed; a decision is said to be one."""
    assert why_plan(teller, _plan(status=PlanStatus.STANDING)) == "Zo is het afgesproken."
    assert why_plan(teller, _plan(status=PlanStatus.PINNED)).startswith("Dit is al besloten")


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (False, "formele route dicht (taalcursus), informele route open."),
        (True, "formele route open (taalcursus), informele route ook open."),
        (None, "van de formele route (taalcursus) is dat niet bekend."),
    ],
)
def test_an_informal_answer_names_the_formal_route(state: bool | None, said: str) -> None:
    """A welzijnsantwoord says whether the formal route is closed, open, or unknown."""
    cells = {"formal_route": "taalcursus", "formal_open": state}
    hood = Neighbourhood.from_records(
        *_small().people, *_small().talents, need("n1", "p1", "shopping", **cells)
    )
    teller = Teller(assetmap.propose(hood, WEEK), "nl")
    assert why_plan(teller, _plan(welfare_answer=True)).endswith(said)
    assert "Welzijnsantwoord" not in why_plan(teller, _plan(welfare_answer=False))


@pytest.mark.parametrize(
    ("introducer", "chain", "said"),
    [
        (None, ("p1", "p2"), "Zij kennen elkaar."),
        ("p3", ("p1", "p3", "p2"), "p3 kent hen allebei en kan hen aan elkaar voorstellen."),
        ("p3", ("p1", "p3", "p4", "p2"), "p3 kan de kennismaking beginnen, en kent p2 via p4."),
        ("p2", ("p1", "p2"), "Zij kennen elkaar."),
        (None, (), ""),
    ],
)
def test_how_two_people_come_to_meet(
    teller: Teller, introducer: str | None, chain: tuple[str, ...], said: str
) -> None:
    """They know each other, somebody knows both, or the first link of a longer chain is named."""
    leg = PlanLeg(Leg.HELP, "p2", "t1", None, Rung.NEIGHBOUR, introducer=introducer, chain=chain)
    start = "p2 kan dit doen voor p1: boodschappen."
    assert why_leg(teller, leg, plan=_plan(legs=(leg,))) == f"{start} {said}".strip()


def test_names_are_those_the_teller_is_given() -> None:
    """The same sentence for the team says what people are called."""
    run = assetmap.propose(_small(), WEEK)
    teller = Teller(run, "en", called(run.hood))
    assert "Bo can do this for Ans: " in why_leg(teller, _plan().legs[0], plan=_plan())
    assert thing(teller, "t1") == "shopping by Bo"
    assert thing(teller, "nothing") == "nothing"


def test_two_people_of_one_name_are_told_apart() -> None:
    """A called name that occurs twice comes with the id."""
    hood = Neighbourhood.from_records(person("p1", called="Ans"), person("p2", called="Ans"))
    assert called(hood)("p1") == "Ans (p1)"
    assert called(hood)("person:p2") == "Ans (p2)"


def test_colleagues_are_a_number(teller: Teller) -> None:
    """Who is known to another worker only is counted, and never named."""
    gap = Gap("n1", Reason.NOT_POSSIBLE_HERE)
    funnels = {"n1": Funnel(2, (("sharing", 2),), 0, colleagues=2)}
    other = Teller(replace(teller.run, funnels=funnels), "nl")  # type: ignore[type-var]
    assert remedy(other, gap).endswith(
        "Er zijn 2 mogelijke kandidaten bij collega's; vraag het hun."
    )
