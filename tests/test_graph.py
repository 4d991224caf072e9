"""The graph of a neighbourhood: what is in it, what is not, and who can introduce whom."""

from __future__ import annotations

import datetime as dt
import io
import random
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise, permutations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetmap import graph
from assetmap.errors import UnknownName, UnusableInput
from assetmap.model import (
    RECORDS,
    Activity,
    Area,
    Arrangement,
    Initiative,
    Membership,
    Need,
    Neighbourhood,
    Observation,
    Organisation,
    Person,
    Place,
    Talent,
    Tie,
)
from assetmap.ties.schema import ELSEWHERE

TODAY = dt.date(2026, 11, 23)

# Which kinds of node each kind of edge joins: as documented, apart from the code.
JOINS: Mapping[str, tuple[str, str]] = {
    "tie": ("person", "person"),
    "introduced_by": ("person", "person"),
    "known_to": ("person", "person"),
    "offers": ("person initiative organisation place", "talent"),
    "asks": ("person initiative organisation", "need"),
    "wants": ("need", "activity initiative"),
    "going_to": ("person initiative organisation place", "activity"),
    "arrangement": ("person initiative organisation", "person initiative organisation"),
    "member_of": ("person organisation", "initiative organisation"),
    "managed_by": ("initiative place", "person initiative organisation"),
    "hosted_by": ("initiative", "organisation initiative"),
    "owned_by": ("place", "person initiative organisation"),
    "part_of": ("activity organisation area", "initiative organisation area"),
    "at": ("talent initiative activity", "place"),
    "in_area": ("person initiative organisation activity place", "area"),
    "adjacent_to": ("area", "area"),
}


def street(**changes: object) -> Neighbourhood:
    """A small street in which every kind of node and edge occurs once or more."""
    return Neighbourhood.from_records(
        Person(
            person="p1",
            called="Zwaantje",
            area="north",
            born=1950,
            languages="nl | fy",
            motive="graag onder de mensen",
            ties_asked_on="2026-09-01",
            worker="w1",
        ),
        Person(person="p2", called="Quirijn", area="south", wheelchair="no"),
        Person(person="p3"),
        Person(person="w1", kind="worker", team="north", function="opbouwwerker"),
        Talent(
            talent="t1",
            owner="p2",
            category="ride",
            seats="3",
            going_to="a1",
            description="ik rijd graag",
        ),
        Talent(talent="t2", owner="i1", category="meal", place="l1"),
        Need(need="n1", owner="p1", category="company", wants="a1", since="2026-10-01"),
        Need(need="n2", owner="i1", category="volunteering"),
        Need(need="n3", owner="p1", category="violence"),
        Activity(
            activity="a1",
            initiative="i1",
            name="Eetcafé",
            category="meal",
            place="l1",
            start="2026-11-27 18:00",
            rrule="FREQ=WEEKLY",
            fee_eur="7,50",
        ),
        Initiative(
            initiative="i1", name="De Tafel", kind="meal", place="l1", manager="w1", host="o1"
        ),
        Place(
            place="l1", name="Buurthuis", area="north", owner="o1", manager="i1", x="1000", y="2000"
        ),
        Organisation(organisation="o1", name="Welzijn", parent="o2"),
        Organisation(organisation="o2"),
        Area(area="north", name="Noord", adjacent="south"),
        Area(area="south", parent="north"),
        Membership(member="p2", party="i1", role="kok", hours_week="2,5"),
        Tie(a="p1", b="p2", kind="friend", strength=2, reported_by="p1", introduced_by="w1"),
        Tie(a="p1", b="p2", kind="carer", strength=1, reported_by="p2"),
        Arrangement(
            arrangement="r1",
            need="n1",
            leg="ride_out",
            provider="p2",
            talent="t1",
            since="2026-10-05",
        ),
        Observation(observation="o1", date="2026-10-01", category="meal", note="zag haar lopen"),
        *changes.values(),
    )


def edges_of(g: nx.MultiDiGraph, kind: str) -> set[tuple[str, str]]:
    return {(a, b) for a, b, facts in g.edges(data=True) if facts["kind"] == kind}


# --- build ------------------------------------------------------------------------------------


def test_every_row_becomes_a_node_whose_id_carries_its_kind() -> None:
    """Each node is the kind, a colon and the id of the row; the safety theme is absent."""
    g = graph.build(street())
    assert " ".join(g.nodes) == (
        "activity:a1 area:north area:south initiative:i1 need:n1 need:n2 organisation:o1 "
        "organisation:o2 person:p1 person:p2 person:p3 person:w1 place:l1 talent:t1 talent:t2"
    )
    assert all(facts["kind"] == node.partition(":")[0] for node, facts in g.nodes(data=True))


def test_every_kind_of_edge_is_there_and_goes_the_documented_way() -> None:
    """Offers, asks, membership, management, places, areas and the rest, each in its direction."""
    g = graph.build(street())
    assert {facts["kind"] for *_, facts in g.edges(data=True)} == set(graph.EDGE_KINDS)
    assert edges_of(g, "offers") == {("person:p2", "talent:t1"), ("initiative:i1", "talent:t2")}
    assert edges_of(g, "asks") == {("person:p1", "need:n1"), ("initiative:i1", "need:n2")}
    assert edges_of(g, "wants") == {("need:n1", "activity:a1")}
    assert edges_of(g, "going_to") == {("person:p2", "activity:a1")}
    assert edges_of(g, "member_of") == {("person:p2", "initiative:i1")}
    assert edges_of(g, "managed_by") == {
        ("initiative:i1", "person:w1"),
        ("place:l1", "initiative:i1"),
    }
    assert edges_of(g, "hosted_by") == {("initiative:i1", "organisation:o1")}
    assert edges_of(g, "owned_by") == {("place:l1", "organisation:o1")}
    assert edges_of(g, "part_of") == {
        ("activity:a1", "initiative:i1"),
        ("organisation:o1", "organisation:o2"),
        ("area:south", "area:north"),
    }
    assert edges_of(g, "at") == {
        ("talent:t2", "place:l1"),
        ("initiative:i1", "place:l1"),
        ("activity:a1", "place:l1"),
    }
    assert edges_of(g, "known_to") == {("person:p1", "person:w1")}
    assert edges_of(g, "introduced_by") == {("person:p1", "person:w1"), ("person:p2", "person:w1")}
    assert edges_of(g, "adjacent_to") == {("area:north", "area:south")}


def test_an_edge_joins_only_the_kinds_of_node_that_are_documented() -> None:
    """The ends of each edge are of the kinds that the reference page names."""
    assert set(JOINS) == set(graph.EDGE_KINDS)
    for a, b, facts in graph.build(street()).edges(data=True):
        sources, targets = JOINS[facts["kind"]]
        assert a.partition(":")[0] in sources.split()
        assert b.partition(":")[0] in targets.split()


def test_an_activity_without_an_area_lies_in_that_of_its_place() -> None:
    """A blank area of an activity is read as that of its place."""
    assert ("activity:a1", "area:north") in edges_of(graph.build(street()), "in_area")


def test_an_area_that_nobody_listed_is_a_node_as_well() -> None:
    """Areas may stay a plain word: people in one still meet in a node."""
    g = graph.build(Neighbourhood.from_records(Person(person="p1", area="de Hoek")))
    assert dict(g.nodes["area:de Hoek"]) == {"kind": "area"}
    assert edges_of(g, "in_area") == {("person:p1", "area:de Hoek")}


def test_each_report_of_a_tie_stays_with_who_reported_it() -> None:
    """Reports that contradict each other stand side by side; nothing is overwritten."""
    g = graph.build(street())
    between = g.get_edge_data("person:p1", "person:p2")
    told = {
        (facts["relation"], facts["strength"], facts["reported_by"])
        for facts in between.values()
        if facts["kind"] == "tie"
    }
    assert told == {("friend", 2, "person:p1"), ("carer", 1, "person:p2")}


def test_the_same_report_twice_is_two_reports() -> None:
    """One edge per report, also where two rows say the same."""
    tie = Tie(a="p1", b="p2", kind="friend")
    people = [Person(person="p1"), Person(person="p2")]
    assert graph.build(Neighbourhood.from_records(people, tie, tie)).number_of_edges() == 2


def test_what_is_stated_twice_without_attributes_is_one_edge() -> None:
    """Two reports of one introduction are two ties and one introducer."""
    tie = Tie(a="p1", b="p2", introduced_by="w1")
    people = [Person(person=p) for p in ("p1", "p2", "w1")]
    g = graph.build(Neighbourhood.from_records(people, tie, tie))
    introduced = [pair for *pair, kind in g.edges(data="kind") if kind == "introduced_by"]
    assert sorted(introduced) == [["person:p1", "person:w1"], ["person:p2", "person:w1"]]


def test_nobody_is_joined_to_themself() -> None:
    """A worker who is filled in as their own worker has no edge for it."""
    hood = Neighbourhood.from_records(Person(person="w1", kind="worker", worker="w1"))
    assert graph.build(hood).number_of_edges() == 0


def test_a_carer_tie_goes_from_the_carer() -> None:
    """`a` cares for `b`, so the edge goes from `a` to `b`, whatever the order of their ids."""
    hood = Neighbourhood.from_records(
        Person(person="p1"), Person(person="p2"), Tie(a="p2", b="p1", kind="carer")
    )
    assert edges_of(graph.build(hood), "tie") == {("person:p2", "person:p1")}


def test_an_arrangement_goes_from_who_does_it_to_who_asked() -> None:
    """Standing help is an edge between the two parties, with the need and the leg."""
    g = graph.build(street())
    (facts,) = (f for _, _, f in g.edges(data=True) if f["kind"] == "arrangement")
    assert edges_of(g, "arrangement") == {("person:p2", "person:p1")}
    assert facts == {
        "kind": "arrangement",
        "need": "need:n1",
        "leg": "ride_out",
        "since": "2026-10-05",
    }


def test_not_asked_and_no_tie_stay_apart() -> None:
    """The day on which somebody was asked is there; who was not asked has no such day."""
    g = graph.build(street())
    assert g.nodes["person:p1"]["ties_asked_on"] == "2026-09-01"
    assert "ties_asked_on" not in g.nodes["person:p2"]


def test_a_blank_kind_of_person_is_a_resident() -> None:
    """Everybody plays a part; blank is read as resident."""
    g = graph.build(street())
    assert (g.nodes["person:p3"]["part"], g.nodes["person:w1"]["part"]) == ("resident", "worker")


def _attributes(g: nx.MultiDiGraph) -> list[tuple[str, set[str], dict[str, object]]]:
    nodes = [(f["kind"], "node", f) for _, f in g.nodes(data=True)]
    edges = [(f["kind"], "edge", f) for *_, f in g.edges(data=True)]
    found = []
    for kind, what, facts in nodes + edges:
        if what == "node":
            schema = graph.NODE_KINDS[kind]
            allowed = {"kind", *schema.always, *schema.further}
        else:
            allowed = {"kind", *graph.EDGE_KINDS[kind].attributes}
        found.append((kind, allowed, facts))
    return found


ALL = sorted({name for kind in graph.NODE_KINDS.values() for name in kind.further})


@pytest.mark.parametrize("further", [[], ALL], ids=["default", "all attributes"])
def test_only_what_the_schema_allows_is_there_with_the_type_it_states(further: list[str]) -> None:
    """No attribute besides those of the schema, and each has exactly its one type."""
    for kind, allowed, facts in _attributes(graph.build(street(), attributes=further)):
        assert set(facts) <= allowed, kind
        for name, value in facts.items():
            assert type(value) is graph.ATTRIBUTES[name], name


def test_the_schema_names_only_attributes_with_a_type_and_columns_that_exist() -> None:
    """Schema, tables and types agree with each other."""
    for kind in graph.NODE_KINDS.values():
        record = RECORDS[kind.table]
        for name in (*kind.always, *kind.further):
            assert ELSEWHERE.get(name, name) in record.model_fields
            assert name in graph.ATTRIBUTES
    for schema in graph.EDGE_KINDS.values():
        assert set(schema.attributes) <= set(graph.ATTRIBUTES)
    used = {"kind"}.union(
        *[{*k.always, *k.further} for k in graph.NODE_KINDS.values()],
        *[k.attributes for k in graph.EDGE_KINDS.values()],
    )
    assert used == set(graph.ATTRIBUTES)


def test_further_attributes_are_there_only_when_asked_for() -> None:
    """Year of birth is not in the graph until somebody asks for it."""
    assert "born" not in graph.build(street()).nodes["person:p1"]
    g = graph.build(street(), attributes=["born", "languages"])
    assert g.nodes["person:p1"]["born"] == 1950
    assert g.nodes["person:p1"]["languages"] == "nl | fy"
    assert "born" not in g.nodes["person:p2"]


@pytest.mark.parametrize(
    "name", ["called", "description", "motive", "experiences", "note", "lat", "remark", "nothing"]
)
def test_a_name_or_remark_cannot_be_asked_for(name: str) -> None:
    """Called names, own words and the like have no way into the graph."""
    with pytest.raises(UnusableInput, match="allowed are: accessible, born"):
        graph.build(street(), attributes=[name])


def test_one_word_instead_of_several_is_refused() -> None:
    """A text would be read letter by letter."""
    with pytest.raises(UnusableInput, match="several names"):
        graph.build(street(), attributes="born")


@pytest.mark.parametrize("write", [nx.write_graphml, nx.write_gexf])
@pytest.mark.parametrize("further", [[], ALL], ids=["default", "all attributes"])
def test_it_always_writes_and_holds_no_name_and_no_remark(
    write: object, further: list[str]
) -> None:
    """GraphML and GEXF can be written and read back; no name and no word of anybody is in it."""
    g = graph.build(street(), attributes=further, asof=TODAY)
    file = io.BytesIO()
    write(g, file)
    text = file.getvalue().decode()
    for word in ("Zwaantje", "Quirijn", "onder de mensen", "rijd graag", "lopen", "violence"):
        assert word not in text
    file.seek(0)
    read = nx.read_graphml if write is nx.write_graphml else nx.read_gexf
    again = read(file)
    assert (set(again.nodes), again.number_of_edges()) == (set(g.nodes), g.number_of_edges())
    assert again.nodes["person:p1"]["part"] == "resident"


def test_the_people_network_writes_as_well() -> None:
    """The network of people carries only plain values, its assumptions included."""
    file = io.BytesIO()
    nx.write_graphml(graph.people(graph.build(street())), file)
    file.seek(0)
    assert nx.read_graphml(file).graph["assumptions"].startswith("undirected")


def _shuffled(hood: Neighbourhood, seed: int) -> Neighbourhood:
    rng = random.Random(seed)
    tables = {name: list(hood.table(name)) for name in RECORDS}
    for rows in tables.values():
        rng.shuffle(rows)
    return replace(hood, **{name: tuple(rows) for name, rows in tables.items()})


@given(st.integers(0, 10_000))
def test_the_order_of_rows_makes_no_difference(seed: int) -> None:
    """Nodes, edges, keys and attributes come out in the same order, to the last."""
    one, other = graph.build(street()), graph.build(_shuffled(street(), seed))
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))
    assert list(one.edges(keys=True, data=True)) == list(other.edges(keys=True, data=True))
    people = graph.people(one), graph.people(other)
    assert list(people[0].edges(data=True)) == list(people[1].edges(data=True))


def test_the_input_stays_as_it_is() -> None:
    """Building changes nothing in the tables."""
    hood = street()
    graph.build(hood, attributes=ALL, asof=TODAY)
    assert hood == street()


def test_safety_and_unmapped_leave_no_trace() -> None:
    """A need about violence or of an unknown category, and the arrangement on it, are absent."""
    with_theme = street(
        talent=Talent(talent="t9", owner="p3", category="onbekend woord"),
        arrangement=Arrangement(arrangement="r9", need="n3", leg="help", provider="p3"),
    )
    g = graph.build(with_theme)
    assert list(g.nodes(data=True)) == list(graph.build(street()).nodes(data=True))
    assert list(g.edges(data=True)) == list(graph.build(street()).edges(data=True))


PERIODS = [
    (Person, {"person": "x1"}, "from", "until"),
    (Talent, {"talent": "x1", "owner": "p1", "category": "meal"}, "from", "until"),
    (Need, {"need": "x1", "owner": "p1", "category": "meal"}, "since", "closed_on"),
    (Tie, {"a": "p1", "b": "p3"}, "since", "until"),
    (Membership, {"member": "p3", "party": "o2"}, "since", "until"),
    (
        Arrangement,
        {"arrangement": "x1", "need": "n2", "leg": "help", "provider": "p3"},
        "since",
        "until",
    ),
]


@pytest.mark.parametrize(("record", "facts", "first", "last"), PERIODS)
def test_a_day_shows_what_is_there_on_it(
    record: type, facts: dict[str, str], first: str, last: str
) -> None:
    """From the first day up to the last; a closed need is gone on the day it was closed."""
    row = record(**facts, **{first: "2026-11-01", last: "2026-11-30"})
    final = dt.date(2026, 11, 29 if last == "closed_on" else 30)

    def is_there(day: dt.date | None) -> bool:
        with_row, without = street(row=row), street()
        there = graph.build(with_row, asof=day)
        bare = graph.build(without, asof=day)
        return (len(there), there.size()) != (len(bare), bare.size())

    days = (dt.date(2026, 11, 1), final, None)
    assert [is_there(day) for day in days] == [True, True, True]
    beside = (dt.date(2026, 10, 31), final + dt.timedelta(days=1))
    assert [is_there(day) for day in beside] == [False, False]


def test_a_person_who_left_takes_the_ties_along() -> None:
    """Edges to what is not there on the day are not there either."""
    hood = street(
        gone=Person(person="p8", until="2026-01-31"), tie=Tie(a="p8", b="p1", kind="friend")
    )
    assert "person:p8" in graph.build(hood)
    g = graph.build(hood, asof=TODAY)
    assert "person:p8" not in g
    assert g.graph == {"asof": "2026-11-23"}


def test_activities_that_are_over_and_initiatives_that_ended_are_not_there() -> None:
    """A single evening is over the day after; one still to come is there already."""
    hood = street(
        past=Activity(activity="a8", name="Feest", category="meal", start="2026-11-22 18:00"),
        soon=Activity(activity="a9", name="Feest", category="meal", start="2026-12-05 18:00"),
        ended=Initiative(initiative="i8", name="Oud", status="ended"),
        ending=Initiative(initiative="i9", name="Bijna", status="ended", status_since="2026-11-24"),
    )
    g = graph.build(hood, asof=TODAY)
    found = {"activity:a8", "activity:a9", "initiative:i8", "initiative:i9"} & set(g)
    assert found == {"activity:a9", "initiative:i9"}


@pytest.mark.parametrize("asof", [dt.datetime(2026, 11, 23, 9), "2026-11-23"])
def test_a_day_is_a_date(asof: object) -> None:
    """A moment or a text is refused instead of compared."""
    with pytest.raises(UnusableInput, match="date"):
        graph.build(street(), asof=asof)
    with pytest.raises(UnusableInput, match="date"):
        graph.people(graph.build(street()), asof=asof)


def test_an_empty_neighbourhood_is_an_empty_graph() -> None:
    """Nothing in, nothing out, and the network of people too."""
    g = graph.build(Neighbourhood())
    assert len(g) == len(graph.people(g)) == 0


# --- people -----------------------------------------------------------------------------------


def test_the_strongest_report_is_the_weight_and_arrangements_count() -> None:
    """Two reports and an arrangement make one edge that says what it is made of."""
    network = graph.people(graph.build(street()))
    assert dict(network.edges["person:p1", "person:p2"]) == {
        "weight": 2,
        "kinds": "arrangement|carer|friend",
    }
    assert list(network.nodes) == ["person:p1", "person:p2", "person:p3", "person:w1"]
    assert network.nodes["person:p1"]["area"] == "north"


def test_the_network_says_what_was_assumed() -> None:
    """How reports were combined and which day was looked at can be read off."""
    g = graph.build(street())
    assert "one report makes a tie" in graph.people(g).graph["assumptions"]
    assert "dates of ties not looked at" in graph.people(g).graph["assumptions"]
    all_of_day = graph.people(g, combine="all", asof=TODAY).graph["assumptions"]
    assert "both people" in all_of_day
    assert "live on 2026-11-23" in all_of_day


def test_the_day_of_the_graph_is_the_day_of_the_network() -> None:
    """Without a day of its own the network uses the day the graph was built for."""
    g = graph.build(street(), asof=TODAY)
    assert "live on 2026-11-23" in graph.people(g).graph["assumptions"]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (nx.Graph(), "graph.build"),
        (nx.MultiDiGraph([("a", "b")]), "graph.build"),
        (nx.MultiGraph(), "graph.build"),
    ],
)
def test_another_graph_is_refused(wrong: nx.Graph, says: str) -> None:
    """People are found by the schema; a graph without it has none, which would mislead."""
    with pytest.raises(UnusableInput, match=says):
        graph.people(wrong)


def test_an_unknown_way_to_combine_is_refused() -> None:
    """The text says what may be written."""
    with pytest.raises(UnusableInput, match="'any' or 'all'"):
        graph.people(graph.build(street()), combine="both")


DAYS = st.none() | st.dates(dt.date(2026, 11, 20), dt.date(2026, 11, 26))
IDS = ("p1", "p2", "p3", "p4")


@st.composite
def ties(draw: st.DrawFn) -> Tie:
    a, b = draw(st.lists(st.sampled_from(IDS), min_size=2, max_size=2, unique=True))
    since, until = draw(DAYS), draw(DAYS)
    if since and until and until < since:
        since, until = until, since
    return Tie(
        a=a,
        b=b,
        kind=draw(st.none() | st.sampled_from(["friend", "worker", "carer"])),
        strength=draw(st.none() | st.integers(1, 3)),
        since=since,
        until=until,
        reported_by=draw(st.none() | st.sampled_from(IDS)),
    )


@given(
    st.lists(ties(), max_size=8),
    st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)), max_size=2),
    st.sampled_from(["any", "all"]),
    st.none() | st.just(TODAY),
)
def test_the_network_is_what_the_definition_says(
    told: list[Tie], helped: list[tuple[str, str]], combine: str, asof: dt.date | None
) -> None:
    """For each pair: live reports, one or both, or an arrangement; weight the strongest."""
    needs = [Need(need=f"n{p}", owner=p, category="meal") for p in IDS]
    arrangements = [
        Arrangement(arrangement=f"r{i}", need=f"n{to}", leg="help", provider=by)
        for i, (by, to) in enumerate(helped)
    ]
    people = [Person(person=p) for p in IDS]
    hood = Neighbourhood.from_records(people, told, needs, arrangements)
    network = graph.people(graph.build(hood), combine=combine, asof=asof)
    for a in IDS:
        for b in IDS:
            if a < b:
                expected = _by_definition(a, b, told, helped, combine, asof)
                found = network.get_edge_data(f"person:{a}", f"person:{b}")
                assert found == expected


def _by_definition(
    a: str,
    b: str,
    told: list[Tie],
    helped: list[tuple[str, str]],
    combine: str,
    asof: dt.date | None,
) -> dict[str, object] | None:
    live = [
        t
        for t in told
        if {t.a, t.b} == {a, b}
        and (asof is None or t.since is None or t.since <= asof)
        and (asof is None or t.until is None or t.until >= asof)
    ]
    arranged = (a, b) in helped or (b, a) in helped
    if combine == "all" and not arranged and not {a, b} <= {t.reported_by for t in live}:
        return None
    if not live and not arranged:
        return None
    kinds = {str(t.kind) if t.kind else "unknown" for t in live}
    kinds |= {"arrangement"} if arranged else set()
    return {
        "weight": max([t.strength or 1 for t in live] + [1] * arranged),
        "kinds": "|".join(sorted(kinds)),
    }


# --- acquaintance -----------------------------------------------------------------------------

NAMES = "abcdef"
NETWORKS = st.dictionaries(
    st.sampled_from([(x, y) for x in NAMES for y in NAMES if x < y]), st.integers(1, 3)
)


def _network(weights: Mapping[tuple[str, str], int]) -> nx.Graph:
    network = nx.Graph()
    network.add_nodes_from(NAMES)
    network.add_weighted_edges_from((x, y, w) for (x, y), w in weights.items())
    return network


@given(NETWORKS, st.sets(st.sampled_from(NAMES)), st.integers(1, 4))
def test_the_chain_is_the_best_of_all_chains(
    weights: dict[tuple[str, str], int], willing: set[str], longest: int
) -> None:
    """Compared with every chain there is: shortest, then strongest weakest tie, then ids."""
    network = _network(weights)
    found = graph.chain(network, "a", "f", permits=willing.__contains__, longest=longest)
    every = [
        ("a", *inner, "f")
        for size in range(longest)
        for inner in permutations("bcde", size)
        if set(inner) <= willing
    ]
    chains = [c for c in every if all(network.has_edge(x, y) for x, y in pairwise(c))]

    def worth(chain: tuple[str, ...]) -> tuple[int, int, tuple[str, ...]]:
        weakest = min(network.edges[x, y]["weight"] for x, y in pairwise(chain))
        return len(chain), -weakest, chain

    assert found == min(chains, key=worth, default=None)


@given(NETWORKS)
def test_without_a_word_everybody_permits_it(weights: dict[tuple[str, str], int]) -> None:
    """The chain without `permits` has the length of the shortest path."""
    network = _network(weights)
    found = graph.chain(network, "a", "f", longest=5)
    if nx.has_path(network, "a", "f"):
        assert found is not None
        assert len(found) == nx.shortest_path_length(network, "a", "f") + 1
    else:
        assert found is None


@given(NETWORKS)
def test_common_acquaintances_are_known_to_both(weights: dict[tuple[str, str], int]) -> None:
    """Who is in both circles, in order of ids."""
    network = _network(weights)
    known = {x: {y for y in NAMES if network.has_edge(x, y)} for x in NAMES}
    assert graph.acquaintances(network, "a") == tuple(sorted(known["a"]))
    assert graph.common(network, "a", "b") == tuple(sorted(known["a"] & known["b"]))


def test_people_at_the_ends_are_not_asked_for_permission() -> None:
    """Only those in between have to permit it."""
    network = nx.Graph([("a", "x"), ("x", "b")])
    assert graph.chain(network, "a", "b", permits=lambda n: n == "x") == ("a", "x", "b")
    assert graph.chain(network, "a", "b", permits=lambda n: n != "x") is None


def test_a_stronger_way_of_the_same_length_goes_first() -> None:
    """A weak first tie counts as much as a weak last one."""
    network = nx.Graph()
    network.add_weighted_edges_from([("a", "x", 3), ("x", "b", 1), ("a", "y", 2), ("y", "b", 2)])
    assert graph.chain(network, "a", "b") == ("a", "y", "b")


def test_nonsense_is_refused() -> None:
    """A chain joins two people who are there, over at least one tie."""
    network = nx.Graph([("a", "b")])
    with pytest.raises(UnusableInput, match="two different"):
        graph.chain(network, "a", "a")
    with pytest.raises(UnusableInput, match="at least 1"):
        graph.chain(network, "a", "b", longest=0)
    for call in (graph.chain, graph.common):
        with pytest.raises(UnknownName, match="'z' is not in this network"):
            call(network, "a", "z")
    with pytest.raises(UnknownName):
        graph.acquaintances(network, "z")
