"""Residents with hardly a tie: the rows by the definition, and what is refused."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap import graph
from assetmap.errors import UnusableInput
from assetmap.model import Neighbourhood, Person
from assetmap.synthetic import neighbourhood


@settings(max_examples=5)
@given(st.integers(0, 1000), st.integers(0, 3))
def test_the_list_and_the_table_agree(seed: int, few: int) -> None:
    """Everybody is in the table once; those in the list are those who have few ties."""
    g = graph.build(neighbourhood(residents=40, seed=seed, weeks=2))
    network = graph.people(g)
    listed = graph.nearly_alone(g, few=few).people
    table = graph.nearly_alone_by_area(g, few=few).table
    works = {n for n, part in network.nodes(data="part") if part == "worker"}
    expected = [n for n in sorted(set(network) - works) if len(set(network.adj[n]) - works) <= few]
    assert [each.person for each in listed] == expected
    assert table.total == len(network) - len(works)
    for company in ("nearly_alone", "not_asked"):
        in_list = sum(each.company == company for each in listed)
        assert table.column_totals.get(company, 0) == in_list
    for each in listed:
        assert each.with_workers == len(set(network.adj[each.person]) & works)


def test_an_unknown_area_is_told_as_unknown() -> None:
    """It is a row of its own, not left out."""
    hood = Neighbourhood.from_records(Person(person="p1"))
    assert graph.nearly_alone_by_area(graph.build(hood)).table.rows == ("unknown",)
    assert graph.nearly_alone_by_area(graph.build(Neighbourhood())).table.total == 0


@pytest.mark.parametrize("few", [-1, 1.5, True])
def test_few_is_a_whole_number(few: object) -> None:
    """Nought or more."""
    with pytest.raises(UnusableInput, match="whole number, 0 or more"):
        graph.nearly_alone(graph.build(Neighbourhood()), few=few)


def test_another_graph_is_refused() -> None:
    """Whose worker somebody is, is only known from the tables."""
    with pytest.raises(UnusableInput, match="not a graph made by"):
        graph.nearly_alone(nx.path_graph(3))
