"""The network as a whole: by hand, against networkx, and against published values."""

from __future__ import annotations

import json
import pickle
import random

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

from assetmap import graph
from assetmap.errors import UnusableInput
from assetmap.sociometry import steps, wholes
from tests.networks.drawn import graphs

KARATE = nx.karate_club_graph()
FLORENCE = nx.florentine_families_graph()
DAVIS = nx.davis_southern_women_graph()
PAW = nx.Graph([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")])
"""A triangle with one more hanging on it."""


# --- published values ----------------------------------------------------------------------------


def test_karate_as_published() -> None:
    """Zachary's club (1977, J. Anthropol. Res. 33, 452-473), ties without weights.

    34 members, 78 ties; transitivity 25.6 %, diameter 5 and mean distance 2.41 as in KONECT
    (Kunegis 2013, WWW Companion, 1343-1350); the mean of the local values is 0.571.
    """
    assert graph.whole_transitivity(KARATE) == pytest.approx(0.25568, abs=5e-6)
    assert graph.whole_clustering(KARATE) == pytest.approx(0.57064, abs=5e-6)
    assert graph.whole_mean_distance(KARATE) == pytest.approx(2.40820, abs=5e-6)
    assert graph.whole_density(KARATE) == pytest.approx(0.13904, abs=5e-6)
    assert graph.whole_geodesics(KARATE).to_dict() == {1: 78, 2: 265, 3: 137, 4: 73, 5: 8}


def test_florentine_marriages_as_published() -> None:
    """Padgett's families as in Wasserman and Faust (1994), without the isolated Pucci.

    15 families with 20 marriages; degree centralisation 0.267 with Pucci, table 5.1 and page 180.
    """
    assert graph.whole_density(FLORENCE) == pytest.approx(20 / 105)
    with_pucci = FLORENCE.copy()
    with_pucci.add_node("Pucci")
    assert graph.whole_degree_centralisation(with_pucci) == pytest.approx(0.267, abs=5e-4)
    assert graph.whole_components(with_pucci) == 2


def test_davis_women_as_published() -> None:
    """Davis, Gardner and Gardner (1941): 18 women, 14 events, 89 of 252 attendances."""
    assert graph.whole_density(DAVIS) == pytest.approx(89 / 252)
    with pytest.raises(UnusableInput, match="two-mode"):
        graph.whole_transitivity(DAVIS)
    assert graph.whole_geodesics(DAVIS)[1] == 89


# --- by hand -------------------------------------------------------------------------------------


def test_a_triangle_with_a_pendant_by_hand() -> None:
    """Six of ten ordered ways are closed; who has one tie counts as nothing, or not at all."""
    assert graph.whole_transitivity(PAW) == 0.6
    assert graph.whole_clustering(PAW) == pytest.approx((1 + 1 + 1 / 3 + 0) / 4)
    assert graph.whole_clustering(PAW, few_ties="left out") == pytest.approx((1 + 1 + 1 / 3) / 3)
    assert "1 with fewer than two ties: zero" in graph.whole_clustering(PAW).attrs["assumptions"]
    assert graph.node_by_clustering(PAW)["c"] == pytest.approx(1 / 3)
    assert np.isnan(graph.node_by_clustering(PAW)["d"])
    assert graph.whole_degree_centralisation(PAW) == pytest.approx((1 + 1 + 2) / 6)


def test_directed_by_hand() -> None:
    """A to b and back, a to c, b to c: one of four ties each way is answered."""
    g = nx.DiGraph([("a", "b"), ("b", "a"), ("a", "c"), ("b", "c")])
    assert graph.whole_reciprocity(g) == 0.5
    assert graph.whole_density(g) == 4 / 6
    assert graph.whole_transitivity(g) == 1.0
    assert graph.whole_geodesics(g).to_dict() == {1: 4}
    assert graph.whole_geodesics(g).attrs["unreachable"] == 2
    assert graph.whole_mean_distance(g) == 1.0
    assert graph.whole_degree_centralisation(g, direction="in") == pytest.approx((1 + 1) / 4)
    assert graph.whole_degree_centralisation(g, direction="out") == pytest.approx(2 / 4)


def test_a_cycle_of_one_way_ties_is_not_transitive() -> None:
    """From a over b to c, and the tie goes from c to a: direction counts."""
    g = nx.DiGraph([("a", "b"), ("b", "c"), ("c", "a")])
    assert graph.whole_transitivity(g) == 0.0
    assert graph.whole_transitivity(g.to_undirected()) == 1.0


def test_pairs_without_a_way_are_left_out_and_counted() -> None:
    """The mean is over pairs that reach each other, and says how many do not."""
    g = nx.Graph([("a", "b"), ("b", "c"), ("x", "y")])
    found = graph.whole_mean_distance(g)
    assert found == 10 / 8
    assert "12 of 20 ordered pairs left out" in found.attrs["assumptions"]
    assert graph.whole_geodesics(g).attrs["unreachable"] == 6


@pytest.mark.parametrize("empty", [nx.Graph(), nx.empty_graph(1), nx.empty_graph(3)])
def test_without_ties_what_is_undefined_is_missing(empty: nx.Graph) -> None:
    """No division by nothing: NaN, an empty table, or a plain 0 that means 0."""
    for measure in (graph.whole_transitivity, graph.whole_mean_distance):
        assert np.isnan(measure(empty))
    assert np.isnan(graph.whole_density(empty)) == (len(empty) < 2)
    assert np.isnan(graph.whole_clustering(empty)) == (len(empty) == 0)
    assert graph.whole_components(empty) == len(empty)
    assert graph.whole_geodesics(empty).empty
    assert len(graph.node_by_clustering(empty)) == len(empty)


def test_what_is_undefined_is_refused() -> None:
    """Undirected reciprocity, closeness across components, other words: refused with a reason."""
    apart = nx.Graph([("a", "b"), ("x", "y")])
    with pytest.raises(UnusableInput, match="undirected"):
        graph.whole_reciprocity(PAW)
    with pytest.raises(UnusableInput, match="cannot reach"):
        graph.whole_closeness_centralisation(apart)
    with pytest.raises(UnusableInput, match="undirected networks"):
        graph.whole_closeness_centralisation(nx.DiGraph(PAW))
    with pytest.raises(UnusableInput, match="few_ties is 'one'"):
        graph.whole_clustering(PAW, few_ties="one")
    with pytest.raises(UnusableInput, match="direction is 'up'"):
        graph.whole_degree_centralisation(PAW, direction="up")
    with pytest.raises(UnusableInput, match="this one is undirected"):
        graph.whole_degree_centralisation(PAW, direction="in")
    for measure in (
        graph.whole_clustering,
        graph.node_by_clustering,
        graph.whole_degree_centralisation,
    ):
        with pytest.raises(UnusableInput, match="project it on one mode"):
            measure(DAVIS)


# --- against networkx ----------------------------------------------------------------------------


@settings(max_examples=50, deadline=None)
@given(graphs(directed=None))
def test_the_same_as_networkx_where_definitions_agree(g: nx.Graph) -> None:
    """Density, reciprocity, transitivity and clustering, up to what networkx calls 0."""
    if len(g) > 1:
        assert graph.whole_density(g) == pytest.approx(nx.density(g))
    if g.is_directed() and g.number_of_edges():
        assert graph.whole_reciprocity(g) == pytest.approx(nx.overall_reciprocity(g))
    if len(g):
        assert graph.whole_clustering(g) == pytest.approx(nx.average_clustering(g))
    if not g.is_directed():
        assert np.nan_to_num(graph.whole_transitivity(g)) == pytest.approx(nx.transitivity(g))
        if len(g) > 1 and nx.is_connected(g):
            mean = nx.average_shortest_path_length(g)
            assert graph.whole_mean_distance(g) == pytest.approx(mean)


@settings(max_examples=25, deadline=None)
@given(graphs(most=7))
def test_closeness_centralisation_from_its_definition(g: nx.Graph) -> None:
    """Differences of networkx's closeness, over those of a star of the same size."""
    if len(g) < 3 or not nx.is_connected(g):
        return

    def spread(of: nx.Graph) -> float:
        values = nx.closeness_centrality(of).values()
        return sum(max(values) - value for value in values)

    expected = spread(g) / spread(nx.star_graph(len(g) - 1))
    assert graph.whole_closeness_centralisation(g) == pytest.approx(expected)


# --- sampled, shuffled, said ---------------------------------------------------------------------


def test_a_large_network_is_sampled_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Above the limit distances are to a sample: near the truth, the same for a seed, and said."""
    g = nx.gnm_random_graph(300, 900, seed=2)
    exact, pairs = graph.whole_mean_distance(g), graph.whole_geodesics(g)
    monkeypatch.setattr(steps, "STEPS_UP_TO", 100)
    monkeypatch.setattr(steps, "TARGETS", 150)
    found = graph.whole_mean_distance(g, seed=1)
    assert "150 of 300 nodes, seed 1" in found.attrs["assumptions"]
    assert found != exact
    assert found == pytest.approx(exact, rel=0.03)
    assert found == graph.whole_mean_distance(g, seed=1) != graph.whole_mean_distance(g, seed=2)
    estimate = graph.whole_geodesics(g)
    assert estimate[2] == pytest.approx(pairs[2], rel=0.2)
    with pytest.raises(UnusableInput, match="up to 100 nodes"):
        graph.whole_closeness_centralisation(g)


def test_the_order_of_rows_makes_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every number is the same to the last digit, sampled ones too."""
    monkeypatch.setattr(steps, "STEPS_UP_TO", 30)
    monkeypatch.setattr(steps, "TARGETS", 10)
    g = nx.relabel_nodes(nx.gnm_random_graph(40, 100, seed=4), lambda n: f"p{n}")
    ties, nodes = list(g.edges), list(g.nodes)
    random.Random(1).shuffle(ties)
    random.Random(2).shuffle(nodes)
    other = nx.Graph()
    other.add_nodes_from(nodes)
    other.add_edges_from((b, a) for a, b in ties)
    for name in wholes.__all__:
        if name == "whole_reciprocity" or "closeness" in name:
            continue
        one, two = getattr(graph, name)(g), getattr(graph, name)(other)
        if name.startswith("node_"):
            one, two = one.to_dict(), two.to_dict()
            assert all(one[n] == two[n] or (one[n] != one[n] and two[n] != two[n]) for n in one)
        elif name == "whole_geodesics":
            assert one.to_dict() == two.to_dict()
        else:
            assert one == two


def test_a_measured_number_is_a_plain_number() -> None:
    """It can be added, written as JSON and kept; what was assumed goes with it."""
    found = graph.whole_density(PAW)
    assert json.dumps(found) == json.dumps(4 / 6)
    kept = pickle.loads(pickle.dumps(found))
    assert kept == found
    assert kept.attrs == found.attrs
    assert found.attrs["assumptions"] == graph.assumptions("whole_density")
