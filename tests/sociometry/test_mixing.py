"""Who mixes with whom: by hand, as published, several or unknown values, and what may leave."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap import graph
from assetmap.errors import UnusableInput
from assetmap.model import Neighbourhood, Person, Tie
from assetmap.privacy import Audience, release
from tests.networks.drawn import graphs

KARATE = nx.karate_club_graph()
LINE = nx.path_graph(4)
HALVES = {0: "north", 1: "north", 2: "south", 3: "south"}


# --- published values ----------------------------------------------------------------------------


def test_degree_assortativity_of_the_karate_club() -> None:
    """KONECT (Kunegis 2013, WWW Companion, 1343-1350) lists -0.475613."""
    assert graph.whole_degree_assortativity(KARATE) == pytest.approx(-0.475613, abs=5e-7)


def test_mixing_of_couples_as_published() -> None:
    """Newman (2003, Phys. Rev. E 67, 026126), table I: 1958 couples by ethnicity, r = 0.621.

    The table holds shares of all couples: 0.258 0.016 0.035 0.013 / 0.012 0.157 0.058 0.019 /
    0.013 0.023 0.306 0.035 / 0.005 0.007 0.024 0.016. In thousandths, so that
    the third digit is rounding.
    """
    shares = [[258, 16, 35, 13], [12, 157, 58, 19], [13, 23, 306, 35], [5, 7, 24, 16]]
    g, kind = nx.DiGraph(), {}
    for row, cells in enumerate(shares):
        for column, number in enumerate(cells):
            for each in range(number):
                man, woman = f"m{row}{column}-{each}", f"w{row}{column}-{each}"
                g.add_edge(man, woman)
                kind[man], kind[woman] = "abcd"[row], "abcd"[column]
    assert graph.whole_assortativity(g, kind) == pytest.approx(0.621, abs=3e-3)
    table = graph.mixing_table(g, kind).to_frame()
    assert table.to_numpy().tolist() == shares


# --- by hand -------------------------------------------------------------------------------------


def test_a_line_of_two_halves_by_hand() -> None:
    """Two ties within, one across."""
    assert graph.whole_ei_index(LINE, HALVES) == pytest.approx((1 - 2) / 3)
    assert graph.node_by_ei_index(LINE, HALVES).tolist() == [-1, 0, 0, -1]
    assert graph.whole_assortativity(LINE, HALVES) == pytest.approx(1 / 3)
    table = graph.ei_by_group(LINE, HALVES)
    assert table.to_dict("index")["north"] == {
        "members": 2,
        "within": 1,
        "across": 1,
        "ei_index": 0.0,
    }
    mixing = graph.mixing_table(LINE, HALVES)
    assert mixing.to_frame().to_numpy().tolist() == [[1, 1], [1, 1]]
    assert mixing.ties.total == 3


def test_directed_ties_each_count() -> None:
    """Rows are where ties start."""
    g = nx.DiGraph([(0, 2), (2, 0), (0, 1), (1, 3)])
    assert graph.whole_ei_index(g, HALVES) == pytest.approx((3 - 1) / 4)
    assert graph.node_by_ei_index(g, HALVES)[0] == pytest.approx((2 - 1) / 3)
    table = graph.mixing_table(g, HALVES).to_frame()
    assert table.to_numpy().tolist() == [[1, 2], [1, 0]]


def test_several_languages_are_handled_and_said() -> None:
    """One in common is enough for the E-I index; a tie counts in each pair of the table."""
    g = nx.Graph([("a", "b"), ("b", "c"), ("a", "c")])
    speak = {"a": "nl|ar", "b": "ar", "c": "nl|tr"}
    found = graph.whole_ei_index(g, speak)
    assert found == pytest.approx((1 - 2) / 3)
    assert "one in common is enough" in found.attrs["assumptions"]
    mixing = graph.mixing_table(g, speak, name="languages")
    cells = {pair: n for pair, n in mixing.ties.cells.items() if n}
    assert cells == {
        ("ar", "ar"): 1,
        ("ar", "nl"): 3,
        ("ar", "tr"): 2,
        ("nl", "nl"): 1,
        ("nl", "tr"): 1,
    }
    assert "in each pair of groups" in mixing.assumptions
    assert graph.ei_by_group(g, speak).loc["nl", ["members", "within", "across"]].tolist() == [
        2,
        1,
        2,
    ]
    with pytest.raises(UnusableInput, match="E-I index takes them"):
        graph.whole_assortativity(g, speak)


def test_unknown_groups_are_left_out_and_counted() -> None:
    """None, NaN and an empty text are unknown."""
    g = nx.path_graph(5)
    known = {0: "x", 1: "x", 2: None, 3: float("nan"), 4: ""}
    assert graph.whole_ei_index(g, known) == -1
    assert "3 ties left out" in graph.whole_ei_index(g, known).attrs["assumptions"]
    assert graph.node_by_ei_index(g, known).isna().tolist() == [False, False, True, True, True]
    assert "unknown" in graph.mixing_table(g, known).to_frame().index
    ages = graph.whole_numeric_assortativity(g, {0: 1, 1: 2, 2: 1.5})
    assert "2 ties left out" in ages.attrs["assumptions"]


def test_undefined_is_missing_or_refused() -> None:
    """No ties, one group, no attribute, texts for numbers, two modes."""
    assert np.isnan(graph.whole_ei_index(nx.empty_graph(2), {0: "x", 1: "y"}))
    assert np.isnan(graph.whole_assortativity(LINE, dict.fromkeys(range(4), "x")))
    assert np.isnan(graph.whole_degree_assortativity(nx.cycle_graph(4)))
    assert graph.node_by_ei_index(nx.Graph(), "area").empty
    with pytest.raises(UnusableInput, match="no node has the attribute 'area'"):
        graph.whole_ei_index(LINE, "area")
    with pytest.raises(UnusableInput, match="no node of the network has a value"):
        graph.whole_ei_index(LINE, {})
    with pytest.raises(UnusableInput, match="must be a number"):
        graph.whole_numeric_assortativity(LINE, HALVES)
    with pytest.raises(UnusableInput, match="project"):
        graph.whole_degree_assortativity(nx.davis_southern_women_graph())


@settings(max_examples=40, deadline=None)
@given(graphs(directed=None), st.data())
def test_counts_add_up(g: nx.Graph, data: st.DataObject) -> None:
    """With one group each: the table holds every tie once, the index is that of the table."""
    kind = {node: data.draw(st.sampled_from(["x", "y", "z"])) for node in g}
    if not g:
        return
    table = graph.mixing_table(g, kind).ties
    assert table.total == g.number_of_edges()
    within = sum(n for (a, b), n in table.cells.items() if a == b)
    if table.total:
        expected = (table.total - 2 * within) / table.total
        assert graph.whole_ei_index(g, kind) == pytest.approx(expected)
    groups = graph.ei_by_group(g, kind)
    assert groups["within"].sum() == within
    assert groups["across"].sum() == 2 * (table.total - within)


# --- age -----------------------------------------------------------------------------------------


def test_age_bands_from_the_decade_of_birth() -> None:
    """The middle of the decade counts; who is unknown has none."""
    g = nx.empty_graph(0)
    for node, born in {"a": 1950, "b": 1990, "c": 2010, "d": None}.items():
        g.add_node(node, **({} if born is None else {"born": born}))
    found = graph.node_in_age_band(g, year=2026)
    assert found.tolist() == ["70+", "30-49", "0-29", None]
    assert graph.node_in_age_band(g, year=2026, bands=(18, 65)).tolist()[:2] == ["65+", "18-64"]
    g.add_edge("a", "b")
    assert graph.mixing_table(g, found).to_frame().loc["30-49", "70+"] == 1
    for wrong in ((), (50, 30), (0, 30)):
        with pytest.raises(UnusableInput, match="bands must be ages"):
            graph.node_in_age_band(g, year=2026, bands=wrong)


# --- what may leave ------------------------------------------------------------------------------


def test_small_cells_are_hidden_when_a_table_leaves() -> None:
    """For residents: counts below 5 are gone, what would give them away, and the notes."""
    people = [Person(person=f"p{n}", area="north" if n < 8 else "south") for n in range(12)]
    pairs = [(a, b) for a in range(8) for b in range(a)] + [(0, 8), (8, 9)]
    ties = [Tie(a=f"p{a}", b=f"p{b}", reported_by=f"p{a}") for a, b in pairs]
    g = graph.build(Neighbourhood.from_records(*people, *ties))
    mixing = graph.mixing_table(g, "area")
    inside = release(mixing, Audience.TEAM).value
    assert inside.to_frame().to_numpy().tolist() == [[28, 1], [1, 1]]
    outward = release(mixing, Audience.RESIDENTS).value
    assert outward.assumptions is None
    shown = outward.to_frame()
    assert pd.isna(shown.loc["south", "south"])
    assert pd.isna(shown.loc["north", "south"])
