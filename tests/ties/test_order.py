"""The order of ids, wherever the first id decides."""

from __future__ import annotations

from random import Random

import networkx as nx
import pytest

from assetmap import graph
from assetmap.ties.order import in_id_order


def test_numbers_are_ordered_as_numbers_and_other_ids_as_text() -> None:
    """Also whole numbers that a file keeps as text; one id of another kind makes all text."""
    assert in_id_order([10, 9, -2]) == [-2, 9, 10]
    assert in_id_order(["10", "9", "09"]) == ["09", "9", "10"]
    assert in_id_order(["10", "9", "a"]) == ["10", "9", "a"]
    assert in_id_order(["1", 1, 0]) == [0, 1, "1"]
    assert in_id_order([("b", 1), ("a", 2)]) == [("a", 2), ("b", 1)]
    assert in_id_order([]) == []


@pytest.mark.parametrize("kind", [int, str])
def test_the_first_id_is_the_smallest_number(kind: type) -> None:
    """Two pairs that are alike: that of 2 and 3 comes before that of 10 and 11."""
    for ties in ([(2, 3), (10, 11)], [(11, 10), (3, 2)]):
        g = nx.Graph([(kind(a), kind(b)) for a, b in ties])
        assert graph.node_in_component(g)[kind(2)] == 0
        assert graph.node_in_community(g)[kind(2)] == 0
        assert graph.key_players(g, 1, aim="reach").nodes == (kind(2),)
        gone = graph.compare(g, nx.create_empty_copy(g))
        assert [(tie.a, tie.b) for tie in gone.ties] == [
            (kind(2), kind(3)),
            (kind(10), kind(11)),
        ]


def test_the_order_of_rows_still_makes_no_difference() -> None:
    """With whole numbers as ids every table is the same to the last digit."""
    karate = nx.karate_club_graph()
    first = graph.measures(karate, "club").sort_index()
    nodes, ties = list(karate.nodes(data=True)), list(karate.edges(data=True))
    draw = Random(7)
    draw.shuffle(nodes)
    draw.shuffle(ties)
    other: nx.Graph[int] = nx.Graph()
    other.add_nodes_from(nodes)
    other.add_edges_from((b, a, facts) for a, b, facts in ties)
    assert first.equals(graph.measures(other, "club").sort_index())
    assert graph.whole(karate, "club").equals(graph.whole(other, "club"))
