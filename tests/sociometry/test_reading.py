"""From networkx to arrays: what is read, what is refused, and what was assumed."""

from __future__ import annotations

from itertools import permutations

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from assetmap import graph
from assetmap.errors import UnusableInput
from assetmap.model import Neighbourhood, Person, Tie
from assetmap.sociometry.reading import reading


def test_nodes_keep_their_order_and_ties_their_weight() -> None:
    """A tie without a weight weighs 1; nodes may be of any kind."""
    g = nx.Graph()
    g.add_node(("z", 1))
    g.add_edge("b", 3, weight=np.float32(0.5))
    g.add_edge("b", ("z", 1))
    read = reading(g)
    assert read.nodes == (("z", 1), "b", 3)
    assert read.network.ties.toarray().tolist() == [[0, 1, 0], [1, 0, 0.5], [0, 0.5, 0]]
    assert read.notes == ()
    assert reading(read) is read


def test_directions_and_modes_are_read() -> None:
    """A directed network stays one; a node without a mode among those with one is refused."""
    read = reading(nx.DiGraph([("a", "b")]))
    assert read.network.directed
    assert read.network.ties.toarray().tolist() == [[0, 1], [0, 0]]
    g = nx.Graph([("a", "b")])
    g.nodes["a"]["bipartite"] = 0
    with pytest.raises(UnusableInput, match="1 of 2 nodes have no attribute bipartite"):
        reading(g)


@pytest.mark.parametrize("modes", [(0, 1), ("top", "bottom"), ("0", "1"), (0.0, True)])
def test_the_two_modes_have_more_than_one_name(modes: tuple[object, object]) -> None:
    """As networkx' own pages call them, and as files of graphs write them."""
    g = nx.Graph([("a", "x")])
    nx.set_node_attributes(g, dict(zip("ax", modes, strict=True)), "bipartite")
    mode = reading(g).network.mode
    assert mode is not None
    assert mode.tolist() == [0, 1]


@pytest.mark.parametrize("other", ["people", 2, float("nan"), [0]])
def test_another_mode_is_refused_in_words(other: object) -> None:
    """And not by an error of Python."""
    g = nx.Graph([("a", "x")])
    nx.set_node_attributes(g, {"a": 0, "x": other}, "bipartite")
    with pytest.raises(UnusableInput, match="bipartite is 0 or 1"):
        reading(g)


def test_a_projection_that_kept_its_mode_is_of_one_mode() -> None:
    """What networkx projects keeps the attribute on all nodes: the measures are those without."""
    two = nx.davis_southern_women_graph()
    women = [node for node, mode in two.nodes(data="bipartite") if mode == 0]
    kept = nx.bipartite.weighted_projected_graph(two, women)
    plain = nx.Graph(kept.edges(data=True))
    found = graph.node_by_constraint_whole(kept)
    assert found.to_dict() == graph.node_by_constraint_whole(plain)[found.index].to_dict()
    assert "every node has the same value of bipartite: one mode" in found.attrs["assumptions"]
    assert len(graph.closing_triangles(kept)) == len(graph.closing_triangles(plain))


def test_a_table_is_no_graph() -> None:
    """It is said how to make one."""
    with pytest.raises(UnusableInput, match="from_edges"):
        graph.measures(pd.DataFrame({"source": ["a"], "target": ["b"]}))  # type: ignore[arg-type]


def test_parallel_ties_are_added_in_one_order() -> None:
    """0.1 + 0.2 + 0.3 is the same to the last digit, in whatever order they stand."""
    sums = set()
    for weights in permutations((0.1, 0.2, 0.3)):
        g = nx.MultiGraph()
        g.add_nodes_from("ab")
        g.add_weighted_edges_from(("a", "b", weight) for weight in weights)
        read = reading(g)
        sums.add(float(read.network.ties[0, 1]))
        assert read.notes == ("parallel ties are one tie, their weights added",)
    assert len(sums) == 1


def test_a_tie_to_oneself_is_left_out_and_told() -> None:
    """In the notes, and so in what every measure assumes."""
    read = reading(nx.Graph([("a", "a"), ("a", "b")]))
    assert read.network.tie_count == 1
    assert read.notes == ("ties of a node to itself left out",)


@pytest.mark.parametrize(
    "weight", [0, -1, float("nan"), float("inf"), None, "2", True, np.True_, 1j]
)
def test_a_weight_that_is_no_number_above_nought_is_refused(weight: object) -> None:
    """It is never taken for 1."""
    g = nx.Graph()
    g.add_edge("a", "b", weight=weight)
    with pytest.raises(UnusableInput, match="must be a number above 0"):
        reading(g)


def test_an_attribute_of_the_nodes_is_read_as_it_is() -> None:
    """None where a node has none; refused where no node has it."""
    g = nx.path_graph(2)
    g.nodes[0]["area"] = "north"
    assert reading(g).attribute("area") == ["north", None]
    with pytest.raises(UnusableInput, match="no node has the attribute 'aera'"):
        reading(g).attribute("aera")


def test_the_graph_of_the_tables_is_read_as_its_people() -> None:
    """With what that assumes."""
    rows = [Person(person=p) for p in ("p1", "p2")]
    hood = Neighbourhood.from_records(*rows, Tie(a="p1", b="p2", strength=3))
    read = reading(graph.build(hood))
    assert read.nodes == ("person:p1", "person:p2")
    assert read.network.ties.toarray().tolist() == [[0, 3], [3, 0]]
    assert read.notes[0].startswith("undirected; one report makes a tie")


def test_what_is_said_of_directed_and_weighted_networks_is_what_is_done() -> None:
    """By what betweenness is divided in two modes, and which of two weights modularity takes."""
    ring = nx.DiGraph(["ax", "xb", "by", "ya"])
    nx.set_node_attributes(ring, {"a": 0, "b": 0, "x": 1, "y": 1}, "bipartite")
    share = graph.node_by_betweenness(ring)
    pairs = graph.node_by_betweenness(ring, normalised=False)
    assert (share * (4 - 1) * (4 - 2)).tolist() == pytest.approx(pairs.tolist())
    assert "with direction by that of one mode, (n - 1)(n - 2)" in share.attrs["assumptions"]
    g = nx.DiGraph()
    g.add_weighted_edges_from([("a", "b", 2), ("b", "a", 3), ("b", "c", 1)])
    groups = {"a": 0, "b": 0, "c": 1}
    found = graph.whole_modularity(g, groups, weighted=True)
    larger = nx.Graph()
    larger.add_weighted_edges_from([("a", "b", 3), ("b", "c", 1)])
    assert found == pytest.approx(nx.community.modularity(larger, [{"a", "b"}, {"c"}]))
    for said in (found.attrs["assumptions"], graph.communities(g, weighted=True).assumptions):
        assert "of a tie each way the larger weight counts" in said
