"""Introductions: every rule with its opposite, and the checker that finds what is planted."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap import graph
from assetmap.audit import introduction_faults
from assetmap.errors import UnusableInput
from assetmap.graph import Ground, Introductions, introductions
from assetmap.model import (
    Activity,
    Arrangement,
    Decision,
    Initiative,
    Membership,
    Need,
    Neighbourhood,
    Person,
    Policy,
    Record,
    Safeguard,
    Talent,
    Tie,
)
from assetmap.privacy import Audience, release

DAY = dt.date(2026, 11, 23)


def _street(
    *rows: Record, policy: Policy | None = None, **changes: dict[str, Any]
) -> Neighbourhood:
    """Ans asks for help in the garden, Co offers it, Bo knows them both; cells may change."""
    people = {p: {"share": "yes"} for p in ("ans", "bo", "co")}
    facts = {**people, "ward": {"kind": "worker"}, "need": {}, "talent": {}}
    facts = {name: {**cells, **changes.get(name, {})} for name, cells in facts.items()}
    persons = [Person(person=p, **facts[p]) for p in ("ans", "bo", "co", "ward")]
    need = {"need": "n1", "owner": "ans", "category": "garden", "talked": "yes", **facts["need"]}
    talent = {"talent": "t1", "owner": "co", "category": "garden", **facts["talent"]}
    ties = [Tie(a="ans", b="bo"), Tie(a="bo", b="co")]
    records = [*persons, Need(**need), Talent(**talent), *ties, *rows]
    return Neighbourhood.from_records(*records, policy=policy)


def _found(hood: Neighbourhood, **settings: Any) -> Introductions:
    """Introductions, which the checker agrees with."""
    found = introductions(hood, asof=DAY, **settings)
    longest = settings.get("longest", 2)
    assert introduction_faults(found, hood, asof=DAY, longest=longest) == []
    return found


def _pairs(hood: Neighbourhood, **settings: Any) -> list[tuple[str, str]]:
    found = _found(hood, **settings)
    return [(each.a.partition(":")[2], each.b.partition(":")[2]) for each in found.pairs or ()]


def test_a_need_and_a_talent_by_way_of_who_knows_both() -> None:
    """Bo is named as the one who can introduce them, with the reason in both languages."""
    hood = _street()
    (pair,) = _found(hood, language="nl", name=lambda p: p[7:].title()).pairs or ()
    assert (pair.a, pair.introducer, pair.b) == ("person:ans", "person:bo", "person:co")
    assert (pair.chain, pair.common) == (
        ("person:ans", "person:bo", "person:co"),
        ("person:bo",),
    )
    assert str(pair) == (
        "Ans vraagt: tuin. Co biedt dat aan. Bo kent hen allebei en kan hen aan elkaar voorstellen."
    )
    (pair,) = _found(hood, language="en").pairs or ()
    assert "person:bo knows them both" in pair.sentence
    frame = _found(hood).to_frame()
    assert frame.loc[0, "grounds"] == "need"
    assert frame.loc[0, "chain"] == "person:ans|person:bo|person:co"


NO_PAIR: dict[str, tuple[list[Record], dict[str, dict[str, Any]]]] = {
    "the asker said no": ([], {"ans": {"share": "no"}}),
    "the giver said no": ([], {"co": {"share": "no"}}),
    "who is in between said no": ([], {"bo": {"share": "no"}}),
    "a child asks": ([], {"ans": {"minor": "yes"}}),
    "a child would introduce": ([], {"bo": {"born": 2010}}),
    "kept apart": (
        [
            Safeguard(
                safeguard="s", person="ans", at="co", from_="2026-01-01", review_on="2027-01-01"
            )
        ],
        {},
    ),
    "kept apart the other way": (
        [
            Safeguard(
                safeguard="s", person="co", at="ans", from_="2026-12-01", review_on="2027-01-01"
            )
        ],
        {},
    ),
    "the introducer is kept from one of them": (
        [
            Safeguard(
                safeguard="s", person="co", at="bo", from_="2026-01-01", review_on="2027-01-01"
            )
        ],
        {},
    ),
    "in confidence": ([], {"need": {"sensitive": "yes"}}),
    "nobody known": ([], {"need": {"not_known": "yes"}}),
    "nobody from here": ([], {"need": {"not_area": "yes"}}),
    "only a certain initiative": (
        [Initiative(initiative="i1", name="De Tafel")],
        {"need": {"wants": "i1"}},
    ),
    "closed": ([], {"need": {"closed_on": "2026-11-23"}}),
    "not asked yet": ([], {"need": {"since": "2026-11-24"}}),
    "not talked over": ([], {"need": {"talked": "no"}}),
    "the offer is over": ([], {"talent": {"until": "2026-11-22"}}),
    "a professional offers it": ([], {"talent": {"role": "professional"}}),
    "another thing is offered": ([], {"talent": {"category": "ride"}}),
    "for professionals": (
        [],
        {"need": {"category": "nursing"}, "talent": {"category": "nursing"}},
    ),
    "a matter of safety": (
        [],
        {"need": {"category": "violence"}, "talent": {"category": "listening"}},
    ),
    "somebody left": ([], {"bo": {"until": "2026-11-22"}}),
    "a worker asks": ([], {"ans": {"kind": "worker"}}),
    "turned down": (
        [Decision(plan="n1-x", need="n1", provider="co", date="2026-11-01", decision="no_more")],
        {},
    ),
    "another team's": (
        [Person(person="wim", kind="worker", team="south")],
        {
            "ans": {"share": "team", "worker": "ward"},
            "co": {"share": "team", "worker": "wim"},
            "ward": {"team": "north"},
        },
    ),
    "own questions only for who shares the situation": (
        [],
        {"need": {"category": "peer_contact"}, "talent": {"category": "peer_contact"}},
    ),
}


@pytest.mark.parametrize("case", NO_PAIR)
def test_what_stands_in_the_way(case: str) -> None:
    """Each rule by itself takes the pair away; without it the pair is there."""
    rows, changes = NO_PAIR[case]
    assert _pairs(_street(*rows, **changes)) == []
    assert _pairs(_street()) == [("ans", "co")]


def test_what_no_longer_stands_in_the_way() -> None:
    """A safeguard that ended, a refusal that ended, a question talked over by acquaintances."""
    ended = Safeguard(
        safeguard="s",
        person="ans",
        at="co",
        from_="2026-01-01",
        until="2026-11-22",
        review_on="2026-06-01",
    )
    said = Decision(
        plan="n1-x",
        need="n1",
        provider="co",
        date="2026-10-01",
        decision="not_now",
        until="2026-11-01",
    )
    assert _pairs(_street(ended, said)) == [("ans", "co")]
    known = _street(Tie(a="ans", b="co"), need={"talked": "no"})
    assert _pairs(known) == [("ans", "co")]


def test_children_take_part_where_the_team_says_so() -> None:
    """Only in the categories that the team named, and as introducers."""
    child = {"ans": {"minor": "yes"}}
    assert _pairs(_street(policy=Policy(minors=True), **child)) == []
    named = Policy(minors=True, minor_categories=("garden",))
    assert _pairs(_street(policy=named, **child)) == [("ans", "co")]


def test_who_know_each_other_come_first_then_common_acquaintances() -> None:
    """Known, then one introducer, then two; the longer chain only when asked for."""
    more = [
        *[Person(person=p, share="yes") for p in ("dee", "eef", "far")],
        *[Talent(talent=f"t{p}", owner=p, category="garden") for p in ("dee", "far")],
        Tie(a="dee", b="ans"),
        Tie(a="co", b="eef"),
        Tie(a="bo", b="eef"),
        Tie(a="eef", b="far"),
    ]
    hood = _street(*more)
    assert _pairs(hood)[:2] == [("ans", "dee"), ("ans", "co")]
    longer = [p for p in _pairs(hood, longest=3) if p[0] == "ans"]
    assert longer == [("ans", "dee"), ("ans", "co"), ("ans", "far")]
    (far,) = [p for p in _found(hood, longest=3, language="nl").pairs or () if p.b == "person:far"]
    assert far.chain == ("person:ans", "person:bo", "person:eef", "person:far")
    assert far.sentence.endswith(
        "person:bo kent person:ans en kan beginnen. Via person:eef komt het bij person:far."
    )
    (known,) = [p for p in _found(hood, language="nl").pairs or () if p.b == "person:dee"]
    assert known.introducer is None
    assert known.sentence.endswith(" Zij kennen elkaar al.")


def test_no_tie_of_a_chain_joins_two_who_are_kept_apart() -> None:
    """Who begins would have to turn to somebody from whom a safeguard keeps her."""
    further = [
        *(Person(person=p, share="yes") for p in ("dee", "eli")),
        *(Tie(a=a, b=b) for a, b in (("ans", "dee"), ("dee", "eli"), ("eli", "gus"))),
        Person(person="gus", share="yes"),
        Talent(talent="t2", owner="gus", category="garden"),
    ]
    open_ways = _street(*further)
    expected = ("person:ans", "person:dee", "person:eli", "person:gus")
    before = _found(open_ways, longest=3)
    assert expected in {each.chain for each in before.pairs or ()}
    for person, at in (("dee", "eli"), ("eli", "dee")):
        apart = Safeguard(
            safeguard="s1", person=person, at=at, from_="2026-01-01", review_on="2027-01-01"
        )
        guarded = _street(*further, apart)
        assert _pairs(guarded, longest=3) == [("ans", "co")]
        wrong = introduction_faults(before, guarded, asof=DAY, longest=3)
        assert "person:ans and person:gus: should not be there" in wrong


def test_strangers_meet_at_an_activity_first() -> None:
    """Without a chain there is a pair only where both come, and the place is named."""
    soup = Activity(activity="a1", name="Soep", category="meal", start="2026-11-27 18:00")
    hood = _street(
        soup,
        Talent(talent="t9", owner="co", category="cook", going_to="a1"),
        Need(need="n9", owner="ans", category="meal", talked="yes"),
        Arrangement(
            arrangement="r9", need="n9", leg="activity", provider="a1", activity="a1", since=DAY
        ),
        bo={"share": "no"},
    )
    (pair,) = _found(hood, language="nl").pairs or ()
    assert (pair.chain, pair.introducer, pair.at) == (None, None, ("activity:a1",))
    assert "Zij komen allebei bij activity:a1." in pair.sentence
    away = Safeguard(
        safeguard="s", person="ans", at="a1", from_="2026-01-01", review_on="2027-01-01"
    )
    assert _pairs(hood.__class__.from_records(*_records(hood), away)) == []


def _records(hood: Neighbourhood) -> list[Record]:
    from assetmap.model import RECORDS

    return [row for table in RECORDS for row in hood.table(table)]


def test_members_of_one_initiative_could_meet_there() -> None:
    """The initiative is where both come; one that ended is not."""
    rows = [Membership(member=p, party="i1") for p in ("ans", "co")]
    table = Initiative(initiative="i1", name="De Tafel")
    assert _pairs(_street(table, *rows, bo={"share": "no"})) == [("ans", "co")]
    over = Initiative(initiative="i1", name="De Tafel", status="ended")
    assert _pairs(_street(over, *rows, bo={"share": "no"})) == []


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("grief:yes", "grief:yes", True), ("grief:yes", "grief", False), ("grief", "grief", False)],
)
def test_an_experience_counts_only_when_both_chose_it(one: str, other: str, expected: bool) -> None:
    """One who did not say yes is not introduced on it."""
    hood = _street(ans={"experiences": one}, co={"experiences": other}, talent={"category": "ride"})
    found = _found(hood).pairs or ()
    assert [each.reasons[0].ground for each in found] == [Ground.EXPERIENCE] * expected


def test_a_shared_situation_and_a_shared_interest() -> None:
    """Both wrote the same tag with a question; both offer the same thing to do together."""
    both = Need(need="n2", owner="co", category="listening", context="carer", talked="yes")
    hood = _street(both, need={"context": "Carer"}, talent={"category": "ride"})
    (pair,) = _found(hood).pairs or ()
    assert [(each.ground, each.tag) for each in pair.reasons] == [(Ground.SITUATION, "carer")]
    walks = [Talent(talent=f"w{p}", owner=p, category="walk") for p in ("ans", "co")]
    (pair,) = _found(_street(*walks, talent={"category": "ride"})).pairs or ()
    assert [(each.ground, each.offered) for each in pair.reasons] == [(Ground.INTEREST, "walk")]


def test_what_somebody_asked_is_told_by_its_category_only() -> None:
    """Nothing else of a question or an offer is in the result."""
    hood = _street(
        need={"context": "debts", "source": "kerk", "urgency": 5, "closed_because": "x"},
        talent={"description": "ik help graag", "conditions": "niet op zondag"},
    )
    shown = repr(_found(hood))
    for word in ("debts", "kerk", "graag", "zondag", "n1", "t1"):
        assert word not in shown


def test_only_the_team_reads_it() -> None:
    """Elsewhere there are no pairs, and no number this small."""
    found = _found(_street())
    assert release(found, Audience.TEAM).value == found
    for audience in (Audience.RESIDENTS, Audience.COUNCIL, Audience.RESEARCH):
        outside = release(found, audience).value
        assert (outside.pairs, outside.total) == (None, None)
        assert outside.to_frame().empty


def test_the_order_of_rows_makes_no_difference() -> None:
    """The same introductions from the tables turned round."""
    hood = _street(Tie(a="ans", b="co", strength=2), Tie(a="ward", b="co"))
    turned = Neighbourhood.from_records(*reversed(_records(hood)))
    assert introductions(turned, asof=DAY) == introductions(hood, asof=DAY)


@pytest.mark.parametrize(
    ("asof", "longest"), [(dt.datetime(2026, 11, 23), 2), (None, 2), (DAY, 0), (DAY, True)]
)
def test_nonsense_is_refused(asof: Any, longest: Any) -> None:
    """A moment instead of a day; a chain without ties."""
    with pytest.raises(UnusableInput):
        introductions(Neighbourhood(), asof=asof, longest=longest)


NAMES = ("p1", "p2", "p3", "p4", "w1")
PERSONS = st.fixed_dictionaries(
    {
        "share": st.sampled_from(["yes", "yes", "team", "no", None]),
        "minor": st.sampled_from([None, None, "yes"]),
        "worker": st.sampled_from([None, "w1"]),
        "household": st.sampled_from([None, "home"]),
        "experiences": st.sampled_from([None, "loss:yes", "loss"]),
    }
)
CATEGORIES = st.sampled_from(["garden", "walk", "meal", "peer_contact"])


@st.composite
def hoods(draw: st.DrawFn) -> Neighbourhood:
    """A handful of people, what they ask and offer, and what stands between them."""
    rows: list[Record] = [Person(person="w1", kind="worker", team="north")]
    rows += [Person(person=p, **draw(PERSONS)) for p in NAMES[:4]]
    for at, (owner, category) in enumerate(
        draw(st.lists(st.tuples(st.sampled_from(NAMES[:4]), CATEGORIES), max_size=3))
    ):
        context = draw(st.sampled_from([None, "carer"]))
        talked = draw(st.sampled_from(["yes", None]))
        rows.append(
            Need(need=f"n{at}", owner=owner, category=category, context=context, talked=talked)
        )
    for at, (owner, category) in enumerate(
        draw(st.lists(st.tuples(st.sampled_from(NAMES[:4]), CATEGORIES), max_size=3))
    ):
        rows.append(
            Talent(
                talent=f"t{at}",
                owner=owner,
                category=category,
                going_to=draw(st.sampled_from([None, "a1"])),
            )
        )
    rows.append(Activity(activity="a1", name="Soep", category="meal", start="2026-11-27 18:00"))
    pairs = st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda p: p[0] != p[1])
    rows += [Tie(a=a, b=b) for a, b in draw(st.lists(pairs, max_size=5))]
    if draw(st.booleans()):
        a, b = draw(pairs)
        rows.append(
            Safeguard(safeguard="s1", person=a, at=b, from_="2026-01-01", review_on="2027-01-01")
        )
    return Neighbourhood.from_records(*rows)


@settings(max_examples=60)
@given(hoods(), st.integers(1, 3))
def test_every_clause_holds_and_nobody_is_left_out(hood: Neighbourhood, longest: int) -> None:
    """The checker, which looks at every pair by itself, finds nothing wrong."""
    found = introductions(hood, asof=DAY, longest=longest)
    assert introduction_faults(found, hood, asof=DAY, longest=longest) == []


def test_the_checker_finds_what_is_planted() -> None:
    """Each lie is told."""
    hood = _street(Tie(a="ward", b="co"), Person(person="dee", share="yes"))
    found = introductions(hood, asof=DAY)
    (pair,) = found.pairs or ()

    def told(*pairs: Any) -> str:
        return " ".join(introduction_faults(replace(found, pairs=pairs), hood, asof=DAY))

    assert "left out" in told()
    assert "twice" in told(pair, pair)
    assert "another introducer" in told(replace(pair, introducer="person:ward"))
    assert "another chain" in told(replace(pair, chain=(pair.a, "person:ward", pair.b)))
    assert "other reasons" in told(replace(pair, reasons=()))
    assert "other acquaintances" in told(replace(pair, adamic_adar=0.5))
    assert "other acquaintances" in told(replace(pair, common=()))
    assert "other places" in told(replace(pair, at=("activity:a1",)))
    assert "should not be there" in told(pair, replace(pair, b="person:dee"))
    assert "no such pair" in told(pair, replace(pair, a="person:x"))
    assert "not in order" in told(replace(pair, b="person:dee", adamic_adar=0.1), pair)


def test_the_graph_is_told_of_the_same_people() -> None:
    """Every chain is one of the network of people, whom the worker knows added."""
    hood = _street(ans={"worker": "ward"}, co={"worker": "ward"}, bo={"share": "no"})
    (pair,) = _found(hood).pairs or ()
    assert pair.introducer == "person:ward"
    assert "person:ward" in graph.people(graph.build(hood))
