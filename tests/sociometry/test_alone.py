"""Who stands alone, or nearly: each apart, and ties with workers told apart."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetmap import graph
from assetmap.errors import UnusableInput

PARTS = (
    graph.node_by_ties_with_workers,
    graph.node_by_ties_with_residents,
    graph.node_is_only_with_workers,
)


def _street() -> nx.Graph:
    """The lady knows her daughter and a worker, Bo a worker only, Cor nobody."""
    g = nx.Graph([("lady", "daughter"), ("lady", "ward"), ("bo", "ward"), ("ward", "wim")])
    g.add_node("cor")
    nx.set_node_attributes(g, "resident", "part")
    nx.set_node_attributes(g, {"ward": "worker", "wim": "worker"}, "part")
    return g


def test_each_kind_of_nearly_alone_is_told_apart() -> None:
    """By hand, one street."""
    g = _street()
    assert graph.node_is_isolate(g).loc[lambda mark: mark].index.tolist() == ["cor"]
    assert graph.node_is_pendant(g).loc[lambda mark: mark].index.tolist() == [
        "daughter",
        "bo",
        "wim",
    ]
    only = graph.node_is_only_with_workers(g)
    assert only.loc[lambda mark: mark.fillna(value=False)].index.tolist() == ["bo"]
    assert only.isna().loc[lambda mark: mark].index.tolist() == ["ward", "wim"]
    assert graph.node_by_ties_with_workers(g).to_dict() == {
        "lady": 1,
        "daughter": 0,
        "ward": 1,
        "bo": 1,
        "wim": 1,
        "cor": 0,
    }
    assert graph.node_by_ties_with_residents(g)["ward"] == 2


def test_a_weight_makes_no_second_worker() -> None:
    """Ties are counted, not added up."""
    g = nx.Graph()
    g.add_edge("a", "w", weight=2.5)
    nx.set_node_attributes(g, {"a": "resident", "w": "worker"}, "part")
    assert graph.node_by_ties_with_workers(g).to_dict() == {"a": 1, "w": 0}
    assert graph.node_is_only_with_workers(g)["a"]


@given(st.integers(0, 10_000), st.booleans())
def test_it_is_what_the_definition_says(seed: int, directed: bool) -> None:
    """Random networks, with and without a direction, compared with sets of others."""
    g = nx.gnp_random_graph(8, 0.2, seed=seed, directed=directed)
    works = {n for n in g if (n * 7 + seed) % 3 == 0}
    nx.set_node_attributes(g, {n: "worker" if n in works else "resident" for n in g}, "part")
    others = {n: set(nx.all_neighbors(g, n)) - {n} for n in g}
    assert graph.node_by_degree(g).to_dict() == {n: len(o) for n, o in others.items()}
    assert graph.node_is_isolate(g).to_dict() == {n: not o for n, o in others.items()}
    assert graph.node_is_pendant(g).to_dict() == {n: len(o) == 1 for n, o in others.items()}
    with_workers = {n: len(o & works) for n, o in others.items()}
    assert graph.node_by_ties_with_workers(g).to_dict() == with_workers
    with_residents = {n: len(o - works) for n, o in others.items()}
    assert graph.node_by_ties_with_residents(g).to_dict() == with_residents
    only = {n: bool(o) and o <= works for n, o in others.items() if n not in works}
    assert graph.node_is_only_with_workers(g).dropna().to_dict() == only


@pytest.mark.parametrize("measure", PARTS)
def test_without_a_part_nothing_is_told_apart(measure: object) -> None:
    """Who is a worker is not guessed."""
    with pytest.raises(UnusableInput, match="no node has the attribute 'part'"):
        measure(nx.path_graph(3))


@pytest.mark.parametrize(
    "measure", [*PARTS, graph.node_is_pendant, graph.node_is_isolate, graph.node_by_degree]
)
def test_no_nodes_are_no_rows(measure: object) -> None:
    """An empty network is an empty series that says what it assumes."""
    found = measure(nx.Graph())
    assert len(found) == 0
    assert found.name == measure.__name__
    assert graph.assumptions(found.name) in found.attrs["assumptions"]


def test_two_modes_are_counted_as_their_rows_say() -> None:
    """Davis: the number of events of each woman, as published (Evelyn 8, Flora 2)."""
    g = nx.davis_southern_women_graph()
    degree = graph.node_by_degree(g)
    assert (degree["Evelyn Jefferson"], degree["Flora Price"], degree["E8"]) == (8, 2, 14)
