"""Which groups there are: as published, the same for a seed, and named from week to week."""

from __future__ import annotations

import random

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap import graph
from assetmap.errors import UnusableInput
from tests.networks.drawn import graphs

KARATE = nx.karate_club_graph()
DAVIS = nx.davis_southern_women_graph()
PAW = nx.Graph([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")])


def _shuffled(g: nx.Graph, seed: int) -> nx.Graph:
    """The same network, its rows in another order and its ends the other way round."""
    ties, nodes = list(g.edges(data=True)), list(g.nodes(data=True))
    random.Random(seed).shuffle(ties)
    random.Random(seed + 1).shuffle(nodes)
    made = g.__class__()
    made.add_nodes_from(nodes)
    made.add_edges_from((a, b, d) if g.is_directed() else (b, a, d) for a, b, d in ties)
    return made


# --- published values ----------------------------------------------------------------------------


def test_the_karate_club_has_its_known_optimum() -> None:
    """Aloise et al. (2010, Phys. Rev. E 82, 046112): the largest is 0.4198, in 4 groups.

    networkx carries weights with this graph; they do not count unless asked for.
    """
    found = graph.communities(KARATE)
    assert found.metric == "modularity"
    assert found.modularity == pytest.approx(0.419790, abs=5e-7)
    assert [len(group) for group in found.groups] == [12, 11, 6, 5]
    assert found.stability > 0.98
    assert "best of 50 runs" in str(found)
    assert graph.communities(KARATE, weighted=True).modularity == pytest.approx(0.44490, abs=5e-6)


def test_les_miserables_has_its_known_optimum() -> None:
    """Knuth's network: 0.5600 without weights (Aloise et al. 2010, Phys. Rev. E 82, 046112)."""
    assert graph.communities(nx.les_miserables_graph()).modularity == pytest.approx(
        0.5600, abs=5e-5
    )


def test_the_two_factions_of_the_karate_club() -> None:
    """The split that Zachary (1977) saw, as networkx works its modularity out."""
    club = nx.get_node_attributes(KARATE, "club")
    expected = nx.community.modularity(
        KARATE, [{n for n in club if club[n] == c} for c in set(club.values())], weight=None
    )
    assert graph.whole_modularity(KARATE, "club") == pytest.approx(expected)


def test_the_core_of_the_karate_club() -> None:
    """The innermost core is the 4-core of ten members (Seidman's definition, by networkx)."""
    found = graph.node_by_core(KARATE)
    assert found.to_dict() == nx.core_number(KARATE)
    assert (found == 4).sum() == 10


# --- communities ---------------------------------------------------------------------------------


def test_two_triangles_are_two_groups() -> None:
    """By hand: 6 of 7 ties inside, each group with half of all ends: 6/7 - 2/4."""
    g = nx.Graph(
        [("a", "b"), ("b", "c"), ("c", "a"), ("x", "y"), ("y", "z"), ("z", "x"), ("c", "x")]
    )
    found = graph.communities(g)
    assert found.groups == (frozenset("abc"), frozenset("xyz"))
    assert found.modularity == pytest.approx(6 / 7 - 1 / 2)
    assert graph.node_in_community(g).to_dict() == dict.fromkeys("abc", 0) | dict.fromkeys("xyz", 1)
    assert "modularity 0.3571" in graph.node_in_community(g).attrs["assumptions"]


@settings(max_examples=25, deadline=None)
@given(graphs(most=8, directed=None, weighted=True), st.integers(0, 3))
def test_groups_do_not_depend_on_the_order_of_rows(g: nx.Graph, seed: int) -> None:
    """The same seed gives the same numbers, whatever the order."""
    named = nx.relabel_nodes(g, lambda n: f"p{n}")
    one = graph.communities(named, seed=seed, runs=5, weighted=True)
    two = graph.communities(_shuffled(named, seed), seed=seed, runs=5, weighted=True)
    assert one.groups == two.groups
    assert one.modularity == two.modularity
    assert one.stability == two.stability


def test_who_is_alone_is_a_group_alone() -> None:
    """Isolates, an empty network, and one without ties."""
    g = nx.Graph([("a", "b")])
    g.add_node("z")
    assert graph.node_in_community(g).to_dict() == {"a": 0, "b": 0, "z": 1}
    nothing = graph.communities(nx.empty_graph(3))
    assert (nothing.modularity, nothing.stability, len(nothing.groups)) == (None, None, 3)
    assert str(nothing) == "no groups: there is no tie"
    assert graph.communities(nx.Graph()).groups == ()
    assert graph.node_in_community(nx.Graph()).empty


def test_runs_that_disagree_are_told() -> None:
    """A random network has no steady groups; a ring of cliques has."""
    assert graph.communities(nx.gnm_random_graph(60, 180, seed=1)).stability < 0.8
    assert graph.communities(nx.ring_of_cliques(5, 5)).stability == 1.0
    assert graph.communities(PAW, runs=1).stability is None


def test_resolution_makes_groups_smaller() -> None:
    """Above 1 a ring of pairs of cliques falls apart in its cliques."""
    g = nx.ring_of_cliques(30, 3)
    few, many = graph.communities(g), graph.communities(g, resolution=10.0)
    assert len(few.groups) < len(many.groups) == 30


def test_two_modes_are_refused() -> None:
    """Modularity among pairs that cannot be tied means something else."""
    for measure in (
        graph.communities,
        graph.node_in_community,
        graph.node_is_core,
        graph.node_by_coreness,
    ):
        with pytest.raises(UnusableInput, match="project"):
            measure(DAVIS)
    with pytest.raises(UnusableInput, match="project"):
        graph.whole_modularity(DAVIS, "bipartite")


def test_modularity_of_an_attribute_needs_a_group_for_all() -> None:
    """A blank is not a group; a mapping or table will do."""
    g = nx.Graph([("a", "b"), ("x", "y")])
    assert graph.whole_modularity(g, pd.Series({"a": 1, "b": 1, "x": 2, "y": 2})) == 0.5
    with pytest.raises(UnusableInput, match="a group for every node"):
        graph.whole_modularity(g, {"a": 1})
    with pytest.raises(UnusableInput, match="no node of the network"):
        graph.whole_modularity(g, {})
    assert np.isnan(graph.whole_modularity(nx.empty_graph(1), {0: "one"}))


# --- names from week to week ---------------------------------------------------------------------


def test_a_group_that_splits_keeps_its_name_in_the_larger_part() -> None:
    """Three of four stay 0; the one that left and found others is new."""
    before = pd.Series({"a": 0, "b": 0, "c": 0, "d": 0, "x": 1, "y": 1})
    now = pd.Series({"d": 0, "e": 0, "f": 0, "a": 1, "b": 1, "c": 1, "x": 2, "y": 2})
    found = graph.same_names(before, now)
    assert found.to_dict() == {"d": 2, "e": 2, "f": 2, "a": 0, "b": 0, "c": 0, "x": 1, "y": 1}
    assert "kept from the groups of before" in found.attrs["assumptions"]


def test_numbers_of_earlier_weeks_are_not_given_out_anew() -> None:
    """A group that ended leaves its number to nobody, if it is told."""
    before, now = pd.Series({"a": 0}), pd.Series({"a": 0, "q": 1})
    assert graph.same_names(before, now)["q"] == 1
    assert graph.same_names(before, now, taken=[0, 1, 2])["q"] == 3


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(st.integers(0, 9), st.integers(0, 3)),
    st.dictionaries(st.integers(0, 9), st.integers(0, 3)),
)
def test_renaming_keeps_the_groups(before: dict[int, int], now: dict[int, int]) -> None:
    """The same are together as without new names; unchanged groups keep their number."""
    old, new = pd.Series(before, dtype="int64"), pd.Series(now, dtype="int64")
    found = graph.same_names(old, new)
    assert len(set(zip(new, found, strict=True))) == new.nunique() == found.nunique()
    assert graph.same_names(old, old).to_dict() == before
    gone = set(before.values())
    for name, group in found.groupby(found):
        if name in gone:
            assert set(group.index) & {n for n in before if before[n] == name}


# --- the others ----------------------------------------------------------------------------------


@settings(max_examples=30, deadline=None)
@given(graphs(directed=None, weighted=True))
def test_pagerank_is_that_of_networkx(g: nx.Graph) -> None:
    """With weights, with and without direction."""
    found = graph.node_by_pagerank(g)
    expected = nx.pagerank(g, tol=1e-12, max_iter=1000) if len(g) else {}
    assert found.to_dict() == pytest.approx(expected, abs=1e-9)


def test_pagerank_needs_a_damping_below_one() -> None:
    """1 would never start anew."""
    with pytest.raises(UnusableInput, match="damping is 1"):
        graph.node_by_pagerank(PAW, damping=1)


@pytest.mark.parametrize(
    "name",
    [
        *("node_by_pagerank", "node_in_component", "node_by_core", "node_by_coreness"),
        *("node_is_core", "node_in_community"),
    ],
)
def test_rows_in_another_order_give_the_same_digits(name: str) -> None:
    """Shuffled rows, the same table."""
    g = nx.relabel_nodes(KARATE, lambda n: f"p{n}")
    one, two = (getattr(graph, name)(each) for each in (g, _shuffled(g, 5)))
    assert one.to_dict() == two.to_dict()
    assert list(two.index) == list(_shuffled(g, 5).nodes)


def test_core_and_periphery_of_a_star() -> None:
    """The middle is the core; it says how it was found."""
    found = graph.core_periphery(nx.star_graph(5))
    assert (found.core, found.exact) == (frozenset({0}), True)
    assert found.fit == pytest.approx(1.0)
    assert str(found) == "a core of 1 and a periphery of 5, fit 1.000 (all divisions looked at)"
    marks = graph.node_is_core(nx.star_graph(5))
    assert marks.attrs["fit"] == found.fit
    assert marks.tolist() == [True, *[False] * 5]
    assert not graph.core_periphery(KARATE).exact
    assert "by search, seed 0" in graph.core_periphery(KARATE).assumptions


def test_a_core_that_cannot_be_is_refused_or_none() -> None:
    """Without ties there is no pattern; an empty network has an empty table."""
    assert graph.core_periphery(nx.empty_graph(3)) is None
    for measure in (graph.node_is_core, graph.node_by_coreness):
        with pytest.raises(UnusableInput, match="no core"):
            measure(nx.complete_graph(3))
        assert measure(nx.Graph()).empty
    with pytest.raises(UnusableInput, match="between is 'near'"):
        graph.core_periphery(PAW, between="near")
