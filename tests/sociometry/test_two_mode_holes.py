"""Structural holes of people by the places where they meet: Burchard and Cornwell (2018)."""

from __future__ import annotations

import math

import networkx as nx
import pytest

from assetmap import graph
from assetmap.errors import UnusableInput

FIGURE_2 = {"i": "12", "j": "13", "k": "14", "m": "234"}
"""The network of their figure 2: four people and four groups; the values are worked by hand."""


def meetings(where: dict[str, str]) -> nx.Graph:
    """People by their groups."""
    g = nx.Graph()
    g.add_nodes_from(where, bipartite=0)
    g.add_nodes_from(sorted({place for places in where.values() for place in places}), bipartite=1)
    g.add_edges_from((person, place) for person, places in where.items() for place in places)
    return g


def test_the_example_of_the_paper() -> None:
    """I shares one of two groups with each of three; m one of three, and nobody meets there."""
    g = meetings(FIGURE_2)
    constraint = graph.node_by_constraint_two_mode(g)
    size = graph.node_by_effective_size_two_mode(g)
    assert constraint["i"] == pytest.approx(3 / 4)
    assert constraint["m"] == pytest.approx(1 / 3)
    assert size["i"] == pytest.approx(3 - 2 / 3)
    assert size["m"] == 3
    assert list(constraint.index) == list(g)


def test_a_group_of_one_does_not_count_and_who_meets_nobody_is_missing() -> None:
    """Pendants are left out of what is counted; alone in a group is nobody met."""
    g = meetings({"a": "1x", "b": "1", "c": "y"})
    assert graph.node_by_constraint_two_mode(g)["a"] == 1
    assert math.isnan(graph.node_by_constraint_two_mode(g)["c"])
    assert math.isnan(graph.node_by_effective_size_two_mode(g)["c"])


def test_one_mode_is_refused() -> None:
    """In a network of one mode it would mean something else."""
    with pytest.raises(UnusableInput, match="two-mode"):
        graph.node_by_constraint_two_mode(nx.karate_club_graph())
