"""What each audience gets of a network: pseudonyms, coarse facts, protected counts; no names."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import assetmap
from assetmap import graph
from assetmap.errors import PrivacyError, UnusableInput
from assetmap.model import (
    RECORDS,
    Initiative,
    Membership,
    Need,
    Neighbourhood,
    Organisation,
    Person,
    Place,
    Policy,
    Talent,
    Tie,
)
from assetmap.model.policy import PrivacyThresholds
from assetmap.privacy import Audience, pseudonyms, release
from assetmap.synthetic import neighbourhood
from tests.ties.outside import WRITERS, awkward, names, said, secrets, street, written

ROOT = Path(__file__).parents[2]
KEY = b"a key of the test, long enough"
AUDIENCES = ("team", "research", "residents", "council")


@cache
def hoods() -> dict[str, Neighbourhood]:
    return {
        "bundled": assetmap.read(ROOT / "examples" / "buurthuis"),
        "hostile": neighbourhood(150, 3, weeks=3, hostile=True),
        "street": street(),
    }


FURTHER = sorted({name for kind in graph.NODE_KINDS.values() for name in kind.further})


@pytest.mark.parametrize("hood", ["bundled", "hostile", "street"])
@pytest.mark.parametrize("audience", ["research", "residents", "council"])
def test_no_byte_of_a_file_tells_a_name_or_a_remark(
    hood: str, audience: str, tmp_path: Path
) -> None:
    """Every file of every format, with every attribute asked for: no name, remark or own id."""
    tables = hoods()[hood]
    whole = graph.build(tables, attributes=FURTHER)
    hidden = secrets(tables)
    assert names(tables) <= hidden
    assert len(hidden) > len(names(tables))
    for network in (whole, graph.people(whole)):
        shared = graph.for_audience(network, audience, hood=tables)
        for form, text in written(shared, tmp_path).items():
            assert (form, said(text, hidden)) == (form, [])
            assert "person:" not in text or audience == "research"
            ids = frozenset(f"person:{person.person}" for person in tables.people)
            assert (form, said(text, ids)) == (form, [])


@pytest.mark.parametrize("hood", ["bundled", "hostile"])
def test_the_team_gets_no_names_either(hood: str, tmp_path: Path) -> None:
    """Nobody's called name is in a file for the team; with its own ids it finds its rows again."""
    tables = hoods()[hood]
    network = graph.build(tables)
    hidden = names(tables)
    shared = graph.for_audience(network, "team", hood=tables)
    for form, text in written(shared, tmp_path / "codes").items():
        assert (form, said(text, hidden)) == (form, [])
    assert not set(network) & {n for n in graph.to_networkx(shared) if n.startswith("person:")}
    own = graph.to_networkx(graph.for_audience(network, "team", hood=tables, own_ids=True))
    assert set(own) == set(network)


def test_a_name_that_is_there_would_be_found(tmp_path: Path) -> None:
    """The search can fail: with other tables the name of an initiative may hold one."""
    tables = Neighbourhood.from_records(
        Person(person="p1", called="Zwaantje"),
        Initiative(initiative="i1", name="Thee bij Zwaantje"),
    )
    network = graph.build(tables)
    other = graph.for_audience(network, hood=Neighbourhood())
    found = written(other, tmp_path / "without")
    assert {form for form, text in found.items() if said(text, names(tables))} == set(WRITERS)
    safe = written(graph.for_audience(network, hood=tables), tmp_path / "with")
    assert {form for form, text in safe.items() if said(text, names(tables))} == set()


def test_an_id_that_holds_a_name_is_replaced() -> None:
    """Also the id of an initiative or an area, and where an area is told of."""
    tables = Neighbourhood.from_records(
        Person(person="p1", called="Zwaantje", area="bij Zwaantje"),
        Initiative(initiative="zwaantje", name="Thee", area="bij Zwaantje"),
    )
    for network in (graph.build(tables), graph.people(graph.build(tables))):
        for audience in AUDIENCES:
            shared = graph.to_networkx(graph.for_audience(network, audience, hood=tables))
            assert "zwaantje" not in repr((shared.nodes(data=True), shared.edges)).casefold()
            assert len(shared)


@pytest.mark.parametrize(
    ("called", "text"),
    [
        ("Bo", "tafel_van_bo"),
        ("Bo", "Soep_bij_Bo"),
        ("Bo", "BO'S tafel"),
        ("Ans de Vries", "Eettafel bij Ans"),
        ("Ans de Vries", "ans-de-vries"),
        ("mevrouw Kievit", "Tuin van Kievit"),
        ("Jannie", "Jannies breiclub"),
        ("José", "Koor van Jose"),
        ("Jose", "Koor van Jose\N{COMBINING ACUTE ACCENT}"),
        ("Anne-Marie", "annemarie"),
        ("J.P.", "bij jp"),
    ],
)
@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_name_is_found_in_whatever_form(called: str, text: str, audience: str) -> None:
    """Joined by an underscore, the first word alone, with an s, with and without accents."""
    tables = Neighbourhood.from_records(
        Person(person="p1", called=called),
        Initiative(initiative=text, name="Thee", visible=True),
        Initiative(initiative="i2", name=text, visible=True),
        Initiative(initiative="i3", name="Anders", visible=True),
    )
    shared = graph.to_networkx(graph.for_audience(graph.build(tables), audience, hood=tables))
    found = [dict(f) for n, f in shared.nodes(data=True) if n.startswith("initiative:")]
    assert sorted(facts.get("name", "") for facts in found) == ["", "Anders", "Thee"]
    assert text not in repr(list(shared.nodes(data=True)))


def test_other_words_than_names_stay() -> None:
    """A title before a name, a letter, and a word that a name is only a part of."""
    tables = Neighbourhood.from_records(
        Person(person="p1", called="mevrouw de Kievit"),
        Person(person="p2", called="J. Ooievaar"),
        [
            Initiative(initiative=f"i{at}", name=name, visible=True)
            for at, name in enumerate(("De mevrouw van J", "Kievitshof", "Ooievaartje"))
        ],
    )
    shared = graph.to_networkx(graph.for_audience(graph.build(tables), "residents", hood=tables))
    names_left = {name for _, name in shared.nodes(data="name")}
    assert names_left == {"De mevrouw van J", "Kievitshof", "Ooievaartje"}


def test_one_key_gives_one_pseudonym() -> None:
    """The same person has the same code in nodes, ties and reports; another key gives another."""
    tables = street()
    network = graph.build(tables)
    codes = pseudonyms([n for n in network if n.startswith(("person:", "need:"))], KEY)
    for audience in ("team", "research"):
        found = graph.to_networkx(graph.for_audience(network, audience, hood=tables, key=KEY))
        assert {n for n in found if n.startswith("person:")} == {
            code for code in codes.values() if code.startswith("person:")
        }
        reported = {
            (a, b, facts["reported_by"])
            for a, b, facts in found.edges(data=True)
            if "reported_by" in facts
        }
        assert (
            codes["person:p1"],
            codes["person:p2"],
            codes["person:p1"],
        ) in reported
        again = graph.for_audience(network, audience, hood=tables, key=KEY + b"!")
        other = graph.to_networkx(again)
        assert not {n for n in other if n.startswith("person:")} & set(codes.values())


def test_without_a_key_two_exports_cannot_be_joined() -> None:
    """The key is thrown away."""
    tables = street()
    network = graph.people(graph.build(tables))
    first, second = (graph.to_networkx(graph.for_audience(network, hood=tables)) for _ in range(2))
    assert not set(first) & set(second)
    assert sorted(d for _, d in first.degree()) == sorted(d for _, d in second.degree())


def test_the_order_of_nodes_does_not_tell_who_they_are() -> None:
    """Nodes come in the order of their codes."""
    tables = street()
    shared = graph.for_audience(graph.build(tables), hood=tables, key=KEY)
    found = list(graph.to_networkx(shared))
    assert found == sorted(found)


def test_research_gets_coarse_facts() -> None:
    """A decade that five of the area share, no dates, no household, no sensitive need."""
    tables = street()
    network = graph.build(tables, attributes=["born", "household"])
    codes = pseudonyms(list(network), KEY)
    shared = graph.to_networkx(graph.for_audience(network, hood=tables, key=KEY))
    first, sixth = (dict(shared.nodes[codes[f"person:p{at}"]]) for at in (1, 6))
    assert first == {
        "kind": "person",
        "part": "resident",
        "area": "north",
        "asked": True,
        "decade": 1950,
    }
    assert sixth == {"kind": "person", "part": "resident", "area": "south", "asked": True}
    ties = [facts for _, _, facts in shared.edges(data=True) if facts["kind"] == "tie"]
    assert {frozenset(facts) for facts in ties} == {
        frozenset({"kind", "relation", "strength", "reported_by"})
    }
    assert not [n for n in shared if n.startswith("need:")]
    team = graph.to_networkx(graph.for_audience(network, "team", hood=tables, key=KEY))
    assert team.nodes[codes["person:p1"]]["born"] == 1952
    assert [n for n in team if n.startswith("need:")] == [codes["need:n1"]]


def test_a_need_is_told_by_its_theme_only() -> None:
    """Research reads the theme of a need; the team its category."""
    tables = Neighbourhood.from_records(
        Person(person="p1"), Need(need="n1", owner="p1", category="addiction_help")
    )
    network = graph.build(tables)
    told = {
        audience: [dict(f) for _, f in graph.to_networkx(shared).nodes(data=True)]
        for audience in ("research", "team")
        if (shared := graph.for_audience(network, audience, hood=tables))
    }
    assert {"kind": "need", "theme": "social_work"} in told["research"]
    assert "addiction_help" in str(told["team"])


def test_asked_and_not_asked_stay_apart() -> None:
    """Who has no tie may not have been asked."""
    tables = Neighbourhood.from_records(
        Person(person="p1", ties_asked_on="2026-09-01"), Person(person="p2")
    )
    found = graph.to_networkx(graph.for_audience(graph.build(tables), hood=tables))
    assert sorted(facts["asked"] for _, facts in found.nodes(data=True)) == [False, True]


# --- residents and the council --------------------------------------------------------------------


def village(**changes: int) -> Neighbourhood:
    """Two areas of twelve and seven people; who knows whom is stated below."""
    sizes = {"north": 12, "south": 7, **changes}
    people = [
        Person(person=f"{area}{at}", called=f"Zwaan{at}", area=area)
        for area, size in sizes.items()
        for at in range(size)
    ]
    inside = [Tie(a=f"north{a}", b=f"north{b}") for a in range(4) for b in range(4, 8)]
    across = [Tie(a=f"north{at}", b=f"south{at}") for at in range(6)]
    hub = [Tie(a="south6", b=f"south{at}") for at in range(3)]
    talents = [Talent(talent=f"t{at}", owner=f"north{at}", category="meal") for at in range(8)]
    club = Initiative(initiative="i1", name="Kring", visible=True)
    back = Initiative(initiative="i2", name="Achteraf", visible=None)
    members = [Membership(member=f"north{at}", party="i1") for at in range(9)]
    members += [Membership(member="south0", party="i1")]
    return Neighbourhood.from_records(people, inside, across, hub, talents, club, back, members)


@pytest.mark.parametrize("audience", ["residents", "council"])
def test_residents_see_areas_and_no_persons(audience: str) -> None:
    """People, talents and acquaintance are counts by area: small ones hidden, others rounded."""
    tables = village()
    found = graph.to_networkx(graph.for_audience(graph.build(tables), audience, hood=tables))
    kinds = {facts["kind"] for _, facts in found.nodes(data=True)}
    assert kinds == {"area", "initiative"}
    north, south = dict(found.nodes["area:north"]), dict(found.nodes["area:south"])
    theme = next(name for name in north if name.startswith("talents_"))
    assert north == {"kind": "area", "people": 10, "acquainted": 15, theme: 10}
    assert south == {"kind": "area", "people": 5}
    told = {(a, b, f["kind"], f["weight"]) for a, b, f in found.edges(data=True) if "weight" in f}
    assert told == {
        ("area:north", "area:south", "acquainted", 5),
        ("area:north", "initiative:i1", "members", 10),
    }


FEW = Policy(privacy=PrivacyThresholds(minimum=3, minimum_households=1, base=1, p_percent=0))


@st.composite
def streets(draw: st.DrawFn) -> Neighbourhood:
    """Draw a few people in two areas or in none, who know each other, give and take part."""
    where = draw(st.lists(st.sampled_from(["north", "south", None]), min_size=1, max_size=9))
    people = [Person(person=f"p{at}", area=area) for at, area in enumerate(where)]
    ids = st.sampled_from([person.person for person in people])
    pairs = draw(st.lists(st.tuples(ids, ids).filter(lambda p: p[0] != p[1]), max_size=14))
    givers = draw(st.lists(ids, max_size=6))
    members = draw(st.lists(ids, max_size=6))
    return Neighbourhood.from_records(
        people,
        [Tie(a=a, b=b) for a, b in pairs],
        [Talent(talent=f"t{at}", owner=who, category="meal") for at, who in enumerate(givers)],
        Initiative(initiative="i1", name="Kring", visible=True),
        [Membership(member=who, party="i1") for who in members],
        policy=FEW,
    )


def _behind(owners: list[str], of: int) -> int:
    """Count the people behind a number of things, as none where one of them has most of it."""
    most = max(map(owners.count, owners), default=0)
    return 0 if 2 * most > of else len(set(owners))


@given(streets())
def test_no_count_tells_of_fewer_than_the_minimum(hood: Neighbourhood) -> None:
    """Every count that is shown is right, of three people or more, none of whom has most of it."""
    home = {p.person: p.area for p in hood.people if p.area}
    expected = {}
    for area in ("north", "south"):
        lives = {p for p, where in home.items() if where == area}
        gives = [t.owner for t in hood.talents if t.owner in lives]
        known = {frozenset((t.a, t.b)) for t in hood.ties if {t.a, t.b} <= lives}
        joined = {m.member for m in hood.memberships if m.member in lives}
        expected[area, "people"] = (len(lives), len(lives))
        expected[area, "talents_meal"] = (len(gives), _behind(gives, len(gives)))
        expected[area, "acquainted"] = (
            len(known),
            _behind([who for pair in known for who in pair], len(known)),
        )
        expected[area, "members"] = (len(joined), len(joined))
    across = {
        frozenset((t.a, t.b))
        for t in hood.ties
        if {home.get(t.a), home.get(t.b)} == {"north", "south"}
    }
    sides = [{p for pair in across for p in pair if home[p] == area} for area in ("north", "south")]
    enough = _behind([who for pair in across for who in pair], len(across))
    expected["between", "acquainted"] = (len(across), min(enough, *map(len, sides)))
    found = graph.to_networkx(graph.for_audience(graph.build(hood), "residents", hood=hood))
    shown = {
        (node.removeprefix("area:"), name): value
        for node, facts in found.nodes(data=True)
        for name, value in facts.items()
        if isinstance(value, int) and not isinstance(value, bool)
    }
    for area, other, facts in found.edges(data=True):
        if "weight" in facts:
            members = facts["kind"] == "members"
            assert members == (other == "initiative:i1")
            shown[area.removeprefix("area:") if members else "between", facts["kind"]] = facts[
                "weight"
            ]
    assert shown == {what: n for what, (n, behind) in expected.items() if min(n, behind) >= 3}


def test_many_ties_of_one_person_are_no_large_number() -> None:
    """Twelve ties that all go to one person tell of that person, and are not shown."""
    tables = Neighbourhood.from_records(
        [Person(person=f"n{at}", area="north") for at in range(12)],
        Person(person="s0", area="south"),
        [Tie(a=f"n{at}", b="s0") for at in range(12)],
    )
    found = graph.to_networkx(graph.for_audience(graph.build(tables), "council", hood=tables))
    assert found.number_of_edges() == 0


def test_residents_see_what_may_be_shown_to_them() -> None:
    """An initiative that may not be shown, or of which it is not known, is for the council."""
    tables = village()
    network = graph.build(tables)
    shown = {
        audience: set(graph.to_networkx(graph.for_audience(network, audience, hood=tables)))
        for audience in ("residents", "council")
    }
    assert "initiative:i2" not in shown["residents"]
    assert shown["council"] - shown["residents"] == {"initiative:i2"}


def test_the_network_of_people_is_counted_too() -> None:
    """Without other nodes the areas are made of what people say."""
    tables = village()
    network = graph.people(graph.build(tables))
    found = graph.to_networkx(graph.for_audience(network, "residents", hood=tables))
    assert dict(found.nodes["area:north"]) == {"kind": "area", "people": 10, "acquainted": 15}
    assert found.edges["area:north", "area:south"] == {"kind": "acquainted", "weight": 5}


def test_a_place_of_somebody_keeps_its_name_and_spot() -> None:
    """A garden that a person owns is there without name or spot; that of a club is not hidden."""
    tables = Neighbourhood.from_records(
        Person(person="p1"),
        Organisation(organisation="o1", name="Club"),
        Place(place="g1", name="De achtertuin", owner="p1", x=100_000, y=400_000),
        Place(place="g2", name="De kas", owner="o1", x=100_000, y=400_000),
    )
    network = graph.build(tables, attributes=["x", "y"])
    for audience in AUDIENCES:
        found = graph.to_networkx(graph.for_audience(network, audience, hood=tables))
        assert dict(found.nodes["place:g1"]) == {"kind": "place"}
        assert found.nodes["place:g2"]["name"] == "De kas"
        assert found.nodes["place:g2"]["x"] == 100_000


def test_what_members_have_in_common_is_not_told() -> None:
    """Initiatives joined by the members they share: residents see no such edge."""
    tables = Neighbourhood.from_records(
        Person(person="p1"),
        [Initiative(initiative=i, name=i, visible=True) for i in ("i1", "i2")],
        [Membership(member="p1", party=i) for i in ("i1", "i2")],
    )
    joined = graph.project(graph.build(tables), "initiatives", through="people")
    assert joined.number_of_edges() == 1
    shared = graph.for_audience(joined, "residents", hood=tables)
    assert graph.to_networkx(shared).number_of_edges() == 0


def test_without_areas_there_is_nothing_to_count_by() -> None:
    """A network that says nothing of areas cannot be told to residents."""
    with pytest.raises(UnusableInput, match="no node has an area"):
        graph.for_audience(nx.karate_club_graph(), "residents")


# --- measures, other networks, refusals -----------------------------------------------------------


def test_measures_become_attributes() -> None:
    """Under the pseudonym of the person they are of; what is missing is absent."""
    tables = street()
    network = graph.people(graph.build(tables))
    codes = pseudonyms(list(network), KEY)
    measured = pd.DataFrame({"node_by_degree": graph.node_by_degree(network)})
    measured["node_by_x"] = [0.5, *([float("nan")] * 5)]
    released = graph.for_audience(network, hood=tables, measures=measured, key=KEY)
    shared = graph.to_networkx(released)
    assert {shared.nodes[codes[n]]["node_by_degree"] == d for n, d in network.degree()} == {True}
    assert [f["node_by_x"] for _, f in shared.nodes(data=True) if "node_by_x" in f] == [0.5]


@pytest.mark.parametrize("audience", ["team", "research"])
def test_a_group_named_after_a_member_is_a_code_too(audience: str) -> None:
    """The code of that member; a text that is nobody's id becomes a code of its own."""
    tables = street()
    network = graph.people(graph.build(tables))
    codes = pseudonyms(list(network), KEY)
    group = ["person:p1"] * 3 + ["led by person:p4"] * 3
    measured = pd.DataFrame({"node_in_group": group}, index=list(network))
    shared = graph.for_audience(network, audience, hood=tables, measures=measured, key=KEY)
    found = dict(graph.to_networkx(shared).nodes(data="node_in_group"))
    told = [found[codes[node]] for node in network]
    assert told[:3] == [codes["person:p1"]] * 3
    assert len(set(told[3:])) == 1
    assert "p4" not in told[3]
    kept = graph.for_audience(network, "team", hood=tables, measures=measured, own_ids=True)
    own = graph.to_networkx(kept)
    assert own.nodes["person:p6"]["node_in_group"] == "led by person:p4"


def test_any_network_can_be_shared() -> None:
    """Its nodes are taken for people, its attributes for the team's own."""
    network = awkward()
    research = graph.to_networkx(graph.for_audience(network))
    assert all(node.startswith("person:") for node in research)
    assert {frozenset(facts) for _, facts in research.nodes(data=True)} == {frozenset()}
    assert {frozenset(facts) for _, _, facts in research.edges(data=True)} == {
        frozenset({"weight"})
    }
    team = graph.to_networkx(graph.for_audience(network, "team", own_ids=True))
    assert nx.utils.graphs_equal(team, network)


def test_an_empty_network_stays_empty() -> None:
    """Nothing is nothing, for everybody."""
    for audience in AUDIENCES:
        assert len(graph.to_networkx(graph.for_audience(nx.Graph(), audience))) == 0


def test_the_order_of_rows_makes_no_difference(tmp_path: Path) -> None:
    """The same key and rows in another order: the same bytes."""
    tables = hoods()["bundled"]
    turned = {name: tuple(reversed(tables.table(name))) for name in RECORDS}
    other = Neighbourhood.from_records(*turned.values(), policy=tables.policy)
    for audience in AUDIENCES:
        shared = [
            graph.for_audience(graph.build(h), audience, hood=h, key=KEY) for h in (tables, other)
        ]
        first, second = (
            written(each, tmp_path / f"{audience}{at}") for at, each in enumerate(shared)
        )
        assert first == second


def refusals() -> Iterator[tuple[dict[str, object], type[Exception], str]]:
    degree = pd.DataFrame({"node_by_degree": [1]}, index=["a"])
    yield {"audience": "helper"}, PrivacyError, "it is for team, research, residents, council"
    yield {"audience": "initiative"}, PrivacyError, "it is for team"
    yield {"audience": "everybody"}, UnusableInput, "there is no audience 'everybody'"
    yield {"own_ids": True}, PrivacyError, "own ids are for the team, not for research"
    yield {"audience": "council", "measures": degree}, PrivacyError, "not for council"
    yield {"measures": degree.rename(columns=str.upper)}, UnusableInput, "is no measure"
    yield {"key": b"short"}, UnusableInput, "could be guessed"


@pytest.mark.parametrize(("asked", "kind", "text"), list(refusals()), ids=lambda v: str(v)[:20])
def test_what_is_not_for_somebody_is_refused(
    asked: dict[str, object], kind: type[Exception], text: str
) -> None:
    """An audience that gets no network, own ids or measures for others, a key that is too short."""
    with pytest.raises(kind, match=text):
        graph.for_audience(nx.Graph([("a", "b")]), **asked)  # type: ignore[arg-type]


def test_ids_that_are_the_same_text_are_refused() -> None:
    """A file could not tell the number 1 from the text 1."""
    network: nx.Graph[object] = nx.Graph([(1, "1")])
    with pytest.raises(UnusableInput, match="the same text"):
        graph.for_audience(network)


@pytest.mark.parametrize("write", [w for _, w in WRITERS.values()], ids=list(WRITERS))
def test_a_writer_takes_only_what_was_released(write: object, tmp_path: Path) -> None:
    """A bare graph is refused, and so is something released by another door for a helper."""
    with pytest.raises(PrivacyError, match="was not released"):
        write(nx.Graph(), tmp_path / "x")  # type: ignore[operator]
    bare = graph.SharedNetwork(directed=False, parallel=False, about={})
    sneaked = release(bare, Audience.HELPER, reader="p1")
    with pytest.raises(PrivacyError, match="released for helper"):
        write(sneaked, tmp_path / "x")  # type: ignore[operator]
    assert not list(tmp_path.iterdir())


def test_persons_that_are_released_to_the_council_stay_out() -> None:
    """Who goes round :func:`for_audience` gets no person either, and not even how many."""
    tables = street()
    one = graph.for_audience(graph.build(tables), "team", hood=tables, own_ids=True).value
    outward = graph.to_networkx(release(one, Audience.COUNCIL))
    assert {facts["kind"] for _, facts in outward.nodes(data=True)} == {"area"}
    assert outward.number_of_edges() == 0
