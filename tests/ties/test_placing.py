"""Where the nodes of a network are drawn: by id, whatever the order, and as they were before."""

from __future__ import annotations

import random
from typing import Any

import networkx as nx
import pytest

from assetmap import graph
from assetmap.errors import UnusableInput


def test_the_order_of_nodes_and_ties_makes_no_difference() -> None:
    """A graph made in another order, or with its ties turned round, is drawn alike."""
    ties = [(f"p{a}", f"p{b}") for a, b in nx.gnm_random_graph(40, 60, seed=3).edges]
    first = nx.Graph(ties)
    mixed = [(b, a) for a, b in ties]
    random.Random(4).shuffle(mixed)
    assert graph.positions(nx.MultiDiGraph(mixed)) == graph.positions(first)
    assert list(graph.positions(first)) == sorted(first)


def test_another_seed_is_another_drawing() -> None:
    """The seed is an argument; nothing else draws chance."""
    network: nx.Graph[Any] = nx.gnm_random_graph(30, 45, seed=1)
    assert graph.positions(network, seed=1) == graph.positions(network, seed=1)
    assert graph.positions(network, seed=1) != graph.positions(network, seed=2)


def test_places_of_last_week_are_kept_and_who_left_is_ignored() -> None:
    """One goes, one comes: everybody else stays exactly where they were."""
    before = graph.positions(nx.Graph([("a", "b"), ("b", "c"), ("c", "d")]))
    after = graph.positions(nx.Graph([("a", "b"), ("b", "c"), ("c", "e")]), previous=before)
    assert {node: after[node] for node in "abc"} == {node: before[node] for node in "abc"}
    assert "d" not in after
    assert "e" in after


def test_a_loop_and_a_parallel_tie_make_no_difference() -> None:
    """Drawn is who has ties with whom."""
    plain: nx.MultiGraph[str] = nx.MultiGraph([("a", "b"), ("b", "c")])
    more: nx.MultiGraph[str] = nx.MultiGraph([("a", "b"), ("a", "b"), ("b", "c"), ("c", "c")])
    assert graph.positions(more) == graph.positions(plain)


def test_an_empty_network_has_no_places() -> None:
    """Nobody is drawn."""
    assert graph.positions(nx.Graph()) == {}
    assert graph.positions(nx.Graph(), previous={"gone": (0.0, 1.0)}) == {}


@pytest.mark.parametrize("place", [("x", "y"), (1.0,), 3, (1.0, 2.0, 3.0), None])
def test_a_previous_place_that_is_none_is_refused(place: Any) -> None:
    """Two numbers, or nothing."""
    with pytest.raises(UnusableInput, match="two numbers"):
        graph.positions(nx.Graph([("a", "b")]), previous={"a": place})


def test_something_else_than_a_graph_is_refused() -> None:
    """A table of ties goes through from_edges first."""
    with pytest.raises(UnusableInput, match="networkx graph"):
        graph.positions([("a", "b")])  # type: ignore[arg-type]
