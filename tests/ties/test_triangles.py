"""Ties that would close a triangle: the indices by hand and as networkx has them."""

from __future__ import annotations

from itertools import combinations
from math import log

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetmap.errors import UnusableInput
from assetmap.graph import closing_triangles


def test_by_hand() -> None:
    """Ans and Bo both know Xia and Yke; Yke knows Cor as well, and so tells less of two."""
    g = nx.Graph([("ans", "xia"), ("bo", "xia"), ("ans", "yke"), ("bo", "yke"), ("cor", "yke")])
    table = closing_triangles(g)
    assert [tuple(row) for row in table[["a", "b"]].to_numpy()] == [
        ("xia", "yke"),
        ("ans", "bo"),
        ("ans", "cor"),
        ("bo", "cor"),
    ]
    first = table.iloc[1]
    assert first["common_neighbours"] == 2
    assert first["jaccard"] == 1
    assert first["adamic_adar"] == pytest.approx(1 / log(2) + 1 / log(3))
    assert first["resource_allocation"] == pytest.approx(1 / 2 + 1 / 3)


@given(st.integers(0, 10_000))
def test_each_index_is_that_of_networkx(seed: int) -> None:
    """Random networks, a tie to oneself added; and every open pair with something in common."""
    g = nx.gnp_random_graph(9, 0.3, seed=seed)
    plain = g.copy()
    g.add_edge(0, 0)
    table = closing_triangles(g)
    pairs = [(a, b) for a, b in table[["a", "b"]].itertuples(index=False)]
    assert set(pairs) == {
        (a, b)
        for a, b in combinations(plain, 2)
        if not plain.has_edge(a, b) and set(plain[a]) & set(plain[b])
    }
    for column, theirs in (
        ("jaccard", nx.jaccard_coefficient),
        ("adamic_adar", nx.adamic_adar_index),
        ("resource_allocation", nx.resource_allocation_index),
    ):
        assert table[column].tolist() == pytest.approx([v for *_, v in theirs(plain, pairs)])
    assert table["adamic_adar"].is_monotonic_decreasing


def test_the_order_of_the_network_makes_no_difference() -> None:
    """The same table to the last digit."""
    g = nx.karate_club_graph()
    turned = nx.Graph(reversed(list(g.edges())))
    pd.testing.assert_frame_equal(closing_triangles(g), closing_triangles(turned), check_exact=True)


@pytest.mark.parametrize("g", [nx.Graph(), nx.complete_graph(3), nx.empty_graph(2)])
def test_nothing_to_close_is_an_empty_table(g: nx.Graph) -> None:
    """With its columns."""
    table = closing_triangles(g)
    assert table.empty
    assert "adamic_adar" in table.columns


def test_a_direction_or_two_modes_are_refused() -> None:
    """No triangle closes there."""
    with pytest.raises(UnusableInput, match="without a direction"):
        closing_triangles(nx.DiGraph())
    with pytest.raises(UnusableInput, match="project it first"):
        closing_triangles(nx.davis_southern_women_graph())
