"""Who connects: what comes back, what is refused, and that the order of rows changes nothing."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from assetmap import graph
from assetmap.errors import UnusableInput
from assetmap.sociometry import MEASURES, connecting, steps

MEASURED: dict[str, Callable[..., Any]] = {
    "node_by_betweenness": graph.node_by_betweenness,
    "node_by_closeness": graph.node_by_closeness,
    "node_by_constraint": graph.node_by_constraint,
    "node_by_constraint_whole": graph.node_by_constraint_whole,
    "node_by_effective_size": graph.node_by_effective_size,
    "node_by_effective_size_whole": graph.node_by_effective_size_whole,
    "node_by_efficiency": graph.node_by_efficiency,
    "node_by_efficiency_whole": graph.node_by_efficiency_whole,
    "node_by_harmonic": graph.node_by_harmonic,
    "node_by_hierarchy": graph.node_by_hierarchy,
    "node_by_hierarchy_whole": graph.node_by_hierarchy_whole,
    "node_is_cut_point": graph.node_is_cut_point,
}


def street(seed: int | None = None) -> nx.Graph:
    """Forty people with ties of differing strength; rows in another order for each seed."""
    made = nx.connected_watts_strogatz_graph(40, 4, 0.3, seed=1)
    names = {at: f"p{at}" for at in made}
    nodes = [(names[at], {"area": "abc"[at % 3]}) for at in made]
    edges = [(names[a], names[b], {"weight": 1 + (a * b) % 5 / 3}) for a, b in made.edges]
    if seed is not None:
        random.Random(seed).shuffle(nodes)
        random.Random(seed).shuffle(edges)
    shuffled = nx.Graph()
    shuffled.add_nodes_from(nodes)
    shuffled.add_edges_from(edges)
    return shuffled


@pytest.mark.parametrize("name", MEASURED)
def test_the_order_of_rows_changes_no_digit(name: str) -> None:
    """The same network in another order gives the same numbers, in that order."""
    one, other = MEASURED[name](street()), MEASURED[name](street(3))
    assert list(other.index) == list(street(3).nodes)
    assert other.reindex(one.index).tolist() == one.tolist()


@pytest.mark.parametrize("name", MEASURED)
def test_every_measure_tells_what_it_assumes(name: str) -> None:
    """Its row of the catalogue, and what holds for this graph; also of a graph of nobody."""
    found = MEASURED[name](nx.Graph())
    assert found.empty
    assert found.name == name
    assert found.attrs["assumptions"].startswith(MEASURES[name].treatment)


@pytest.mark.parametrize("name", [name for name in MEASURED if "is_cut" not in name])
def test_who_has_no_tie(name: str) -> None:
    """Zero where nothing goes through them, missing where nothing can be said."""
    found = MEASURED[name](nx.empty_graph(4))
    zero = name in {"node_by_betweenness", "node_by_harmonic"}
    assert (found == 0).all() if zero else found.isna().all()


def test_the_normalised_and_the_plain_number() -> None:
    """Florentine marriages: the Medici lie between 52 in a hundred pairs, 47.5 of 91."""
    families = nx.florentine_families_graph()
    assert graph.node_by_betweenness(families)["Medici"].round(4) == 0.522
    assert graph.node_by_betweenness(families, normalised=False)["Medici"] == 47.5
    assert graph.node_by_betweenness(nx.path_graph(2)).isna().all()


def test_a_sum_over_ordered_pairs_where_ties_have_a_direction() -> None:
    """One way round a ring of four: each lies between three ordered pairs of six."""
    ring = nx.cycle_graph(4, create_using=nx.DiGraph)
    assert graph.node_by_betweenness(ring, normalised=False).tolist() == [3.0] * 4
    assert graph.node_by_betweenness(ring).tolist() == [0.5] * 4


def test_two_modes_are_measured_against_their_own_most() -> None:
    """The Southern Women: as networkx' measure for two modes (Borgatti & Halgin)."""
    women = nx.davis_southern_women_graph()
    top = women.graph["top"]
    told = nx.bipartite.betweenness_centrality(women, top)
    assert graph.node_by_betweenness(women).to_dict() == pytest.approx(told)


def test_strength_is_nearness() -> None:
    """With weights the way over two strong ties is shorter than one weak tie."""
    g = nx.Graph()
    g.add_weighted_edges_from([("a", "b", 4), ("b", "c", 4), ("a", "c", 1)])
    assert graph.node_by_betweenness(g, weighted=True, normalised=False)["b"] == 1.0
    assert graph.node_by_betweenness(g, normalised=False)["b"] == 0.0
    with pytest.raises(UnusableInput, match="leave sources out"):
        graph.node_by_betweenness(g, weighted=True, sources=2)


def test_above_a_stated_size_it_is_estimated_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sources, seed and standard error are told; the same seed gives the same numbers."""
    monkeypatch.setattr(connecting, "EXACT_UP_TO", 30)
    monkeypatch.setattr(connecting, "SOURCES", 12)
    found = graph.node_by_betweenness(street(), seed=4)
    assert "estimated from 12 of 40 sources, seed 4" in found.attrs["assumptions"]
    assert "largest standard error" in found.attrs["assumptions"]
    again = graph.node_by_betweenness(street(2), seed=4)
    assert again.reindex(found.index).tolist() == found.tolist()
    assert graph.node_by_betweenness(street(), seed=5).tolist() != found.tolist()
    table = graph.node_by_betweenness_sampled(street(), sources=12, seed=4)
    assert table["node_by_betweenness_sampled"].tolist() == found.tolist()
    assert f"{table['standard_error'].max():.3g}" in found.attrs["assumptions"]
    assert "estimated" in table.attrs["assumptions"]


def test_closeness_of_a_large_network_is_estimated_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """From the steps to some; the mean squared error of many draws is the one that is told."""
    exact = graph.node_by_harmonic(street())
    near = graph.node_by_closeness(street())
    monkeypatch.setattr(steps, "STEPS_UP_TO", 30)
    monkeypatch.setattr(steps, "TARGETS", 20)
    found = [graph.node_by_harmonic(street(), seed=seed) for seed in range(60)]
    assert "estimated from the steps to 20 of 40 nodes, seed 7" in found[7].attrs["assumptions"]
    told = [float(each.attrs["assumptions"].split("error ")[1].split(";")[0]) for each in found]
    off = np.array([each - exact for each in found])
    assert 0.3 * np.mean(told) < np.sqrt((off**2).mean()) < np.mean(told)
    assert abs(off.mean()) < 0.01
    plain = graph.node_by_harmonic(street(), normalised=False, seed=7)
    assert np.allclose(plain, found[7] * 39)
    other = np.array([graph.node_by_closeness(street(), seed=seed) - near for seed in range(60)])
    assert abs(other.mean()) < 0.02
    assert "estimated" in graph.node_by_closeness(street()).attrs["assumptions"]
    again = graph.node_by_closeness(street(4), seed=3).reindex(near.index)
    assert again.tolist() == graph.node_by_closeness(street(), seed=3).tolist()
    with pytest.raises(UnusableInput, match="up to 30 nodes; here are 40"):
        graph.whole_fragmentation_distance(street())


def test_an_estimate_needs_two_sources() -> None:
    """One source has no spread."""
    with pytest.raises(UnusableInput, match="needs 2 or more"):
        graph.node_by_betweenness_sampled(street(), sources=1)
    with pytest.raises(UnusableInput, match="needs 2 or more"):
        graph.node_by_betweenness(street(), sources=0)


@pytest.mark.parametrize("directed", [False, True])
def test_closeness_and_harmonic_are_those_of_networkx(directed: bool) -> None:
    """Outward here, inward there; whoever reaches nobody is missing here, 0 there."""
    made = nx.gnp_random_graph(12, 0.12, seed=6, directed=directed)
    turned = made.reverse() if directed else made
    near = graph.node_by_closeness(made).fillna(0.0)
    assert near.to_dict() == pytest.approx(nx.closeness_centrality(turned))
    told = nx.harmonic_centrality(turned)
    assert graph.node_by_harmonic(made, normalised=False).to_dict() == pytest.approx(told)


def test_bridges_and_cut_points_by_hand() -> None:
    """Two triangles joined by one tie."""
    g = nx.Graph(["ab", "bc", "ca", "cd", "de", "ef", "fd"])
    marks = graph.node_is_cut_point(g)
    assert list(marks[marks].index) == ["c", "d"]
    bridges = graph.tie_is_bridge(g)
    assert bridges[bridges].index.to_list() == [("c", "d")]
    assert list(bridges.index.names) == ["source", "target"]
    assert graph.tie_is_bridge(nx.Graph()).empty


def test_a_two_mode_network_has_no_holes() -> None:
    """Networkx gives 1/degree there, which means nothing."""
    women = nx.davis_southern_women_graph()
    for name in MEASURED:
        if any(word in name for word in ("constraint", "size", "efficiency", "hierarchy")):
            with pytest.raises(UnusableInput, match="project it on one mode first"):
                MEASURED[name](women)


def test_weights_may_be_left_out_of_holes() -> None:
    """Zachary's club as networkx ships it has weights; the published figures have none."""
    club = nx.karate_club_graph()
    plain = graph.node_by_constraint_whole(club, weighted=False)
    assert plain[0] == pytest.approx(0.155423, abs=1e-6)
    assert "every tie counts as 1" in plain.attrs["assumptions"]
    told = nx.constraint(club, weight="weight")
    weighted = graph.node_by_constraint_whole(club)
    assert weighted.to_dict() == pytest.approx(told)
    assert "weights used" in weighted.attrs["assumptions"]
    assert graph.node_by_constraint(club)[0] != pytest.approx(weighted[0])


def test_the_kite_as_published() -> None:
    """Krackhardt (1990), Administrative Science Quarterly 35: three people, each first in one."""
    kite = nx.krackhardt_kite_graph()
    degree, near = graph.node_by_degree(kite), graph.node_by_closeness(kite)
    between = graph.node_by_betweenness(kite, normalised=False)
    assert degree.tolist() == [4, 4, 3, 6, 3, 5, 5, 3, 2, 1]
    assert near.round(3).tolist() == [0.529, 0.529, 0.5, 0.6, 0.5, 0.643, 0.643, 0.6, 0.429, 0.31]
    assert between.round(2).tolist() == [0.83, 0.83, 0, 3.67, 0, 8.33, 8.33, 14, 8, 0]
    assert (degree.idxmax(), near.idxmax(), between.idxmax()) == (3, 5, 7)


def test_redundancy_as_published() -> None:
    """Borgatti (1997), Connections 20(1), 35-38: G has six contacts, 4.67 of them effective."""
    drawn = nx.Graph(["AB", "AF", "AG", "AE", "EG", "FG", "BG", "BD", "DG", "GC"])
    for form in ("", "_whole"):
        size = MEASURED[f"node_by_effective_size{form}"](drawn)
        share = MEASURED[f"node_by_efficiency{form}"](drawn)
        assert size[["G", "A", "C"]].round(2).tolist() == [4.67, 2.5, 1]
        assert share[["G", "A", "C"]].round(2).tolist() == [0.78, 0.62, 1]


def test_the_two_forms_by_hand() -> None:
    """A triangle with a tail, worked out on paper: only outside ties of contacts differ."""
    g = nx.Graph(["ab", "ac", "bc", "cd"])
    own, whole = graph.node_by_constraint(g), graph.node_by_constraint_whole(g)
    assert own["a"] == pytest.approx(2 * (1 / 2 + 1 / 4) ** 2)
    assert whole["a"] == pytest.approx((1 / 2 + 1 / 6) ** 2 + (1 / 2 + 1 / 4) ** 2)
    assert own["c"] == whole["c"] == pytest.approx(2 * (1 / 3 + 1 / 6) ** 2 + 1 / 9)
    assert graph.node_by_effective_size(g)["c"] == pytest.approx(3 - 2 / 3)
    assert graph.node_by_efficiency_whole(g)["c"] == pytest.approx((3 - 2 / 3) / 3)


def test_brokerage_by_hand() -> None:
    """Ans and Bo of the north, Co and Dee of the south, in a row."""
    g = nx.path_graph(["ans", "bo", "co", "dee"])
    areas = {"ans": "north", "bo": "north", "co": "south", "dee": "south"}
    nx.set_node_attributes(g, areas, "area")
    table = graph.node_by_brokerage(g, attribute="area")
    assert table.loc["bo", ["gatekeeper", "representative", "total"]].tolist() == [1, 1, 2]
    assert table.loc["ans", "total"] == 0
    density = 6 / 12
    assert table.loc["bo", "gatekeeper_expected"] == pytest.approx(2 * density**2 * (1 - density))
    assert list(table.columns[:3]) == ["coordinator", "itinerant", "gatekeeper"]
    whole = graph.whole_brokerage(g, attribute="area")
    assert whole.loc["total", "raw"] == 4
    assert whole.loc["total", "z"] == pytest.approx(
        (4 - whole.loc["total", "expected"]) / whole.loc["total", "deviation"]
    )


def test_whoever_has_no_group_is_left_out_of_all_counting() -> None:
    """As if they were not there; missing in the table, and told."""
    g = nx.path_graph(["ans", "bo", "co", "dee"])
    nx.set_node_attributes(g, {"ans": "north", "bo": "north", "co": "south"}, "area")
    table = graph.node_by_brokerage(g, attribute="area")
    rest = graph.node_by_brokerage(g.subgraph(["ans", "bo", "co"]), attribute="area")
    assert table.loc["dee"].isna().all()
    pd.testing.assert_frame_equal(table.loc[["ans", "bo", "co"]], rest.loc[["ans", "bo", "co"]])
    assert "1 without area left out" in table.attrs["assumptions"]


@pytest.mark.parametrize("seed", [1, 2])
def test_brokerage_does_not_depend_on_the_order_of_rows(seed: int) -> None:
    """To the last digit."""
    one = graph.node_by_brokerage(street(), attribute="area")
    other = graph.node_by_brokerage(street(seed), attribute="area")
    pd.testing.assert_frame_equal(other.reindex(one.index), one, check_exact=True)


def test_what_chance_would_give_can_be_chosen() -> None:
    """Ties both ways at once spread wider, apart from the roles at the edge of one's group."""
    one = graph.node_by_brokerage(street(), attribute="area")
    other = graph.node_by_brokerage(street(), attribute="area", null="mutual")
    assert np.allclose(one["coordinator_z"], other["coordinator_z"] * np.sqrt(2))
    assert np.allclose(one["gatekeeper_z"], other["gatekeeper_z"])
    assert "both ways or none" in other.attrs["assumptions"]


def test_what_brokerage_refuses() -> None:
    """An attribute that nobody has, two modes, another word, both ways at once with direction."""
    with pytest.raises(UnusableInput, match="no node has the attribute 'area'"):
        graph.node_by_brokerage(nx.path_graph(3), attribute="area")
    with pytest.raises(UnusableInput, match="project it"):
        graph.whole_brokerage(nx.davis_southern_women_graph(), attribute="bipartite")
    with pytest.raises(UnusableInput, match="use 'ordered' or 'mutual'"):
        graph.node_by_brokerage(street(), attribute="area", null="free")
    with pytest.raises(UnusableInput, match="no direction"):
        graph.node_by_brokerage(street().to_directed(), attribute="area", null="mutual")
    assert graph.node_by_brokerage(nx.Graph(), attribute="area").empty
