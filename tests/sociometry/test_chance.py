"""Could it be chance: p-values against all that is possible, seeds, orders, and sentences."""

from __future__ import annotations

import random
from itertools import permutations

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
LINE = nx.path_graph(5)


def _near(p: float, exact: float, runs: int) -> bool:
    """Within five standard errors of a share, and the one that the observed network adds."""
    return abs(p - exact) <= 5 * np.sqrt(exact * (1 - exact) / runs) + 2 / runs


def _shuffled(g: nx.Graph) -> nx.Graph:
    ties, nodes = list(g.edges(data=True)), list(g.nodes(data=True))
    random.Random(1).shuffle(ties)
    random.Random(2).shuffle(nodes)
    made = g.__class__()
    made.add_nodes_from(nodes)
    made.add_edges_from(ties)
    return made


# --- against all that is possible ----------------------------------------------------------------


@settings(max_examples=12, deadline=None)
@given(graphs(most=5, directed=None), st.data())
def test_shuffling_comes_near_all_permutations(g: nx.Graph, data: st.DataObject) -> None:
    """The share of all orders of the values with as large an index, and as small."""
    if not g.number_of_edges():
        return
    kind = {node: data.draw(st.sampled_from("xy")) for node in g}
    observed = graph.whole_ei_index(g, kind)
    every = [
        graph.whole_ei_index(g, dict(zip(g, order, strict=True)))
        for order in permutations(kind.values())
    ]
    runs = 300
    found = graph.by_shuffling(g, graph.whole_ei_index, attribute=kind, runs=runs)
    assert found.observed == observed
    assert _near(found.p_greater, np.mean([x >= observed - 1e-12 for x in every]), runs)
    assert _near(found.p_less, np.mean([x <= observed + 1e-12 for x in every]), runs)
    assert {round(x, 9) for x in found.distribution} <= {round(x, 9) for x in every}


def test_qap_comes_near_all_exchanges() -> None:
    """Five nodes, 120 orders: the exact share of correlations as large."""
    rng = np.random.default_rng(4)
    tables = []
    for _ in range(2):
        upper = np.triu(rng.integers(0, 3, (5, 5)), 1)
        tables.append(pd.DataFrame(upper + upper.T, index=list("abcde"), columns=list("abcde")))
    x, y = tables
    above = np.triu_indices(5, 1)

    def correlate(order: tuple[int, ...]) -> float:
        other = y.to_numpy()[np.ix_(order, order)]
        return float(np.corrcoef(x.to_numpy()[above], other[above])[0, 1])

    every = [correlate(order) for order in permutations(range(5))]
    found = graph.qap_correlation(x, y, runs=2000)
    assert found.observed == pytest.approx(every[0])
    exact = np.mean([value >= every[0] - 1e-12 for value in every])
    assert _near(found.p_greater, exact, 2000)


def test_rewiring_comes_near_all_networks_with_these_degrees() -> None:
    """Twelve rings of five and nothing else have two ties each: no triangle by chance, ever."""
    found = graph.by_rewiring(nx.cycle_graph(5), graph.whole_transitivity, runs=50)
    assert set(found.distribution) == {0.0}
    assert (found.p_greater, found.p_less, found.p_two_sided) == (1.0, 1.0, 1.0)
    six = nx.disjoint_union(nx.cycle_graph(3), nx.cycle_graph(3))
    triangles = graph.by_rewiring(six, graph.whole_transitivity, runs=600, between=60)
    assert _near(triangles.p_greater, 10 / 70, 600)  # 10 pairs of triangles, 60 rings of six


def test_drawing_comes_near_the_exact_share() -> None:
    """Three of the six ties of four nodes: 4 of 20 choices are a triangle."""
    g = nx.Graph([(0, 1), (1, 2), (0, 2)])
    g.add_node(3)
    found = graph.by_drawing(g, graph.whole_transitivity, runs=2000)
    assert found.undefined == 0
    assert _near(found.p_greater, 4 / 20, 2000)


# --- what p means --------------------------------------------------------------------------------


@settings(max_examples=15, deadline=None)
@given(graphs(most=8), st.integers(0, 5))
def test_p_counts_the_observed_as_one(g: nx.Graph, seed: int) -> None:
    """(r + 1) / (n + 1), with as much counted as more; two-sided twice the smaller."""
    if len(g) < 3:
        return
    found = graph.by_drawing(g, graph.whole_components, keep="size", runs=20, seed=seed)
    more = sum(x >= found.observed for x in found.distribution)
    less = sum(x <= found.observed for x in found.distribution)
    assert (found.p_greater, found.p_less) == ((more + 1) / 21, (less + 1) / 21)
    assert found.p_two_sided == min(1, 2 * min(found.p_greater, found.p_less))
    assert found.mean == pytest.approx(np.mean(found.distribution))
    assert found.deviation == pytest.approx(np.std(found.distribution))


def test_the_club_splits_by_faction_but_its_triangles_follow_from_its_degrees() -> None:
    """Zachary's split is beyond chance; its transitivity is not, once degrees are kept."""
    split = graph.by_shuffling(KARATE, graph.whole_ei_index, attribute="club", runs=199)
    assert split.p_less == 1 / 200
    closed = graph.by_rewiring(KARATE, graph.whole_transitivity, runs=199)
    assert closed.p_greater > 0.05
    assert graph.by_drawing(KARATE, graph.whole_transitivity, runs=199).p_greater == 1 / 200
    assert "burn-in 7800 steps, then every 780" in str(closed)
    assert str(closed).startswith("whole_transitivity is 0.2557; by chance ")


def test_draws_without_a_number_are_left_out_and_counted() -> None:
    """Of two ties of four nodes some have no way of two ties: transitivity is undefined there."""
    g = nx.Graph([(0, 1), (1, 2)])
    g.add_node(3)
    found = graph.by_drawing(g, graph.whole_transitivity, runs=100)
    assert found.undefined > 0
    assert len(found.distribution) == 100 - found.undefined
    assert "undefined in" in str(found)


# --- any statistic, the same for a seed ----------------------------------------------------------


def test_a_statistic_of_networkx_gives_the_same() -> None:
    """Ours take arrays, others a networkx graph; the draws are the same networks."""
    ours = graph.by_rewiring(KARATE, graph.whole_transitivity, runs=20)
    theirs = graph.by_rewiring(KARATE, lambda g: nx.transitivity(g), runs=20)
    assert theirs.distribution == pytest.approx(ours.distribution)
    ours = graph.by_shuffling(KARATE, graph.whole_assortativity, attribute="club", runs=10)
    for statistic in (
        nx.attribute_assortativity_coefficient,
        lambda g: nx.attribute_assortativity_coefficient(g, "club"),
    ):
        theirs = graph.by_shuffling(KARATE, statistic, attribute="club", runs=10)
        assert theirs.distribution == pytest.approx(ours.distribution)
    turned = nx.gnm_random_graph(8, 20, seed=1, directed=True)
    for keep in ("ties", "dyads", "size"):
        ours = graph.by_drawing(turned, graph.whole_reciprocity, keep=keep, runs=10)
        theirs = graph.by_drawing(turned, lambda g: nx.overall_reciprocity(g), keep=keep, runs=10)
        assert theirs.distribution == pytest.approx(ours.distribution)


def test_seed_and_order_of_rows() -> None:
    """The same seed gives the same draws, whatever the order; another seed gives others."""
    g = nx.relabel_nodes(KARATE, lambda n: f"p{n}")
    other = _shuffled(g)
    calls = [
        lambda h, seed: graph.by_rewiring(h, graph.whole_clustering, runs=5, seed=seed),
        lambda h, seed: graph.by_drawing(h, graph.whole_clustering, runs=5, seed=seed),
        lambda h, seed: graph.by_shuffling(
            h, graph.whole_assortativity, attribute="club", runs=5, seed=seed
        ),
        lambda h, seed: graph.qap_correlation(h, graph.pairs_alike(h, "club"), runs=5, seed=seed),
    ]
    for call in calls:
        one = call(g, 1)
        assert one.distribution == call(other, 1).distribution
        assert one.distribution != call(g, 2).distribution


def test_what_cannot_be_compared_is_refused() -> None:
    """Undefined here, no number, other words, no run."""
    with pytest.raises(UnusableInput, match="undefined for this network"):
        graph.by_drawing(nx.Graph([(0, 1)]), graph.whole_transitivity)
    only_once = iter([1.0])
    with pytest.raises(UnusableInput, match="undefined in every network"):
        graph.by_drawing(LINE, lambda _: next(only_once, None), runs=5)
    with pytest.raises(UnusableInput, match="must return a number"):
        graph.by_drawing(LINE, graph.whole_geodesics)
    with pytest.raises(UnusableInput, match="keep is 'all'"):
        graph.by_drawing(LINE, graph.whole_density, keep="all")
    with pytest.raises(UnusableInput, match="directed networks"):
        graph.by_drawing(LINE, graph.whole_density, keep="dyads")
    with pytest.raises(UnusableInput, match="burn_in must be 0 or more"):
        graph.by_rewiring(LINE, graph.whole_density, burn_in=-1)
    with pytest.raises(UnusableInput, match="runs is 0"):
        graph.by_shuffling(LINE, graph.whole_ei_index, attribute="area", runs=0)
