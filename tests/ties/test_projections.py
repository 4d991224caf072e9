"""Projections: who has what in common with whom, with which weight, and what was assumed."""

from __future__ import annotations

import datetime as dt
import io
from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from networkx.algorithms import bipartite

from assetmap import graph
from assetmap.errors import UnusableInput
from assetmap.model import (
    Activity,
    Initiative,
    Membership,
    Neighbourhood,
    Organisation,
    Person,
    Place,
    Talent,
)

DAY = dt.date(2026, 11, 23)


def _table(*changes: object) -> Neighbourhood:
    """Three members of the Table, run by the worker; a choir of two of them; one alone."""
    return Neighbourhood.from_records(
        *[Person(person=p, area="north") for p in ("p1", "p2", "p3", "p4")],
        Person(person="w1", kind="worker"),
        Initiative(initiative="i1", name="De Tafel", manager="w1", place="l1", host="o1"),
        Initiative(initiative="i2", name="Het koor"),
        *[Membership(member=p, party="i1") for p in ("p1", "p2", "p3")],
        *[Membership(member=p, party="i2") for p in ("p1", "p2")],
        Membership(member="p3", party="i2", until=dt.date(2026, 1, 1)),
        Membership(member="o1", party="i2"),
        Organisation(organisation="o1", name="Welzijn"),
        Place(place="l1", name="Buurthuis", manager="i1"),
        Activity(activity="a1", name="Soep", category="meal", start="2026-11-27 18:00", place="l1"),
        Activity(activity="a2", name="Thee", category="meal", start="2026-11-28 18:00", place="l1"),
        Talent(talent="t1", owner="p4", category="meal", place="l1", going_to="a1"),
        Talent(talent="t2", owner="p1", category="ride", going_to="a1"),
        *changes,
    )


def _ties(network: nx.Graph) -> dict[tuple[str, str], tuple[float, str]]:
    return {(a, b): (f["weight"], f["through"]) for a, b, f in network.edges(data=True)}


def test_people_through_initiatives_count_what_they_share() -> None:
    """Members and who runs it are joined; the weight counts initiatives; nobody is dropped."""
    network = graph.project(graph.build(_table(), asof=DAY), "people", through="initiative")
    both = "initiative:i1|initiative:i2"
    assert _ties(network) == {
        ("person:p1", "person:p2"): (2, both),
        ("person:p1", "person:p3"): (1, "initiative:i1"),
        ("person:p2", "person:p3"): (1, "initiative:i1"),
        **{(f"person:p{n}", "person:w1"): (1, "initiative:i1") for n in (1, 2, 3)},
    }
    assert list(network) == [f"person:{p}" for p in ("p1", "p2", "p3", "p4", "w1")]
    assert network.nodes["person:p1"]["area"] == "north"


def test_without_a_day_whoever_was_there_ever_counts() -> None:
    """And the network says which of the two it is."""
    g = graph.build(_table())
    network = graph.project(g, "person", through="initiatives")
    assert network.edges["person:p1", "person:p3"]["weight"] == 2
    assert "whenever it was" in network.graph["assumptions"]
    dated = graph.project(graph.build(_table(), asof=DAY), "people", through="initiative")
    assert "as it is on 2026-11-23" in dated.graph["assumptions"]
    assert "by managed_by, member_of" in dated.graph["assumptions"]


def test_large_gatherings_can_count_less() -> None:
    """Newman: each in common counts 1/(k-1), here 1/3 for four and 1 for two."""
    g = graph.build(_table(), asof=DAY)
    network = graph.project(g, "people", through="initiative", weight="newman")
    assert network.edges["person:p1", "person:p2"]["weight"] == pytest.approx(1 / 3 + 1)
    assert network.edges["person:p1", "person:p3"]["weight"] == pytest.approx(1 / 3)
    assert "1/(k-1)" in network.graph["assumptions"]


@pytest.mark.parametrize(
    ("of", "through", "ties"),
    [
        ("initiatives", "people", {("initiative:i1", "initiative:i2"): 2}),
        ("people", "activity", {("person:p1", "person:p4"): 1}),
        ("activities", "people", {}),
        ("activities", "place", {("activity:a1", "activity:a2"): 1}),
        ("organisations", "initiative", {}),
        ("initiatives", "organisation", {("initiative:i1", "initiative:i2"): 1}),
        ("places", "initiatives", {}),
        ("people", "organisation", {}),
        (
            "people",
            "place",
            {
                tuple(f"person:{p}" for p in pair): 1
                for pair in combinations(("p1", "p2", "p3", "p4"), 2)
            },
        ),
    ],
)
def test_each_documented_way(of: str, through: str, ties: dict[tuple[str, str], int]) -> None:
    """By hand, for every pair of kinds; the other way round is the same way."""
    network = graph.project(graph.build(_table(), asof=DAY), of, through=through)
    assert {(a, b): w for a, b, w in network.edges(data="weight")} == ties


@pytest.mark.parametrize(
    ("of", "through"), [("people", "area"), ("people", None), ("cats", "place")]
)
def test_an_unknown_kind_is_refused(of: str, through: str | None) -> None:
    """The kinds that can be used are named."""
    with pytest.raises(UnusableInput, match="use one of: people, initiatives"):
        graph.project(graph.build(_table()), of, through=through)


def test_a_way_that_is_not_documented_is_refused() -> None:
    """Kinds between which nothing leads are told, with what there is."""
    with pytest.raises(UnusableInput, match="between person and person; there are: person and in"):
        graph.project(graph.build(_table()), "people", through="people")


def test_another_weight_or_graph_is_refused() -> None:
    """A word for the weight that is unknown; a graph that is not one of the tables."""
    with pytest.raises(UnusableInput, match="use 'shared' or 'newman'"):
        graph.project(graph.build(_table()), "people", through="place", weight="size")
    with pytest.raises(UnusableInput, match="not a graph made by"):
        graph.project(nx.Graph(), "people", through="place")


def test_it_writes_and_reads_back() -> None:
    """The projection carries plain values only."""
    network = graph.project(graph.build(_table()), "people", through="place")
    for write, read in ((nx.write_graphml, nx.read_graphml), (nx.write_gexf, nx.read_gexf)):
        file = io.BytesIO()
        write(network, file)
        file.seek(0)
        again = read(file)
        assert set(again.nodes) == set(network.nodes)
        assert again.edges["person:p1", "person:p2"]["through"] == "place:l1"


# --- two modes -----------------------------------------------------------------------------------

DAVIS = nx.davis_southern_women_graph()


def test_a_two_mode_network_of_the_literature() -> None:
    """Davis, Gardner and Gardner: Evelyn and Laura were at six events together."""
    women = graph.project(DAVIS, 0)
    assert women.number_of_nodes() == 18
    assert women.edges["Evelyn Jefferson", "Laura Mandeville"]["weight"] == 6
    assert "bipartite" not in women.nodes["Evelyn Jefferson"]
    theirs = bipartite.weighted_projected_graph(DAVIS, DAVIS.graph["top"])
    assert {frozenset(e[:2]): e[2] for e in women.edges(data="weight")} == {
        frozenset(e[:2]): e[2] for e in theirs.edges(data="weight")
    }


@given(st.integers(0, 10_000), st.sampled_from([0, 1]))
def test_both_weights_are_those_of_networkx(seed: int, mode: int) -> None:
    """Random two-mode networks, both modes, both weights; order of nodes is kept."""
    g = bipartite.random_graph(5, 6, 0.4, seed=seed)
    kept = [n for n, side in g.nodes(data="bipartite") if side == mode]
    for weight, theirs in (
        ("shared", bipartite.weighted_projected_graph(g, kept)),
        ("newman", bipartite.collaboration_weighted_projected_graph(g, kept)),
    ):
        ours = graph.project(g, mode, weight=weight)
        assert list(ours) == kept
        assert nx.utils.edges_equal(ours.edges(), theirs.edges())
        for a, b, size in theirs.edges(data="weight"):
            assert ours.edges[a, b]["weight"] == pytest.approx(size)


def test_the_order_of_a_two_mode_network_makes_no_difference() -> None:
    """Weights are added in the order of the ids, so that they are the same to the last digit."""
    turned = nx.Graph()
    turned.add_nodes_from(reversed(list(DAVIS.nodes(data=True))))
    turned.add_edges_from((b, a) for a, b in reversed(list(DAVIS.edges())))
    one, two = (graph.project(g, 1, weight="newman") for g in (DAVIS, turned))
    for a, b, size in one.edges(data="weight"):
        assert two.edges[a, b]["weight"] == size


@pytest.mark.parametrize(
    ("g", "of", "through", "says"),
    [
        (nx.path_graph(3), 0, None, "has the attribute bipartite"),
        (DAVIS, 2, None, "of is 0 or 1"),
        (DAVIS, True, None, "of is 0 or 1"),
        (DAVIS, 0, "place", "through is left out"),
    ],
)
def test_what_has_no_two_modes_is_refused(
    g: nx.Graph, of: int, through: str | None, says: str
) -> None:
    """A one-mode network, or a mode that there is not."""
    with pytest.raises(UnusableInput, match=says):
        graph.project(g, of, through=through)


def test_a_tie_within_a_mode_is_refused() -> None:
    """Two of one mode who are tied make it no two-mode network."""
    g = nx.Graph([("a", "b")])
    nx.set_node_attributes(g, 0, "bipartite")
    with pytest.raises(UnusableInput, match="joins the two modes"):
        graph.project(g, 0)


def test_modes_of_another_name_are_projected_alike() -> None:
    """What a measure reads as two modes can be projected, as it tells one to do."""
    g = nx.Graph([("a", "x"), ("b", "x")])
    nx.set_node_attributes(g, {"a": "top", "b": "top", "x": "bottom"}, "bipartite")
    assert list(graph.project(g, 0).edges) == [("a", "b")]
    nx.set_node_attributes(g, {"x": ["bottom"]}, "bipartite")
    with pytest.raises(UnusableInput, match="has the attribute bipartite, 0 or 1"):
        graph.project(g, 0)
