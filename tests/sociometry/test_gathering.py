"""Many measures at once: the same as one by one, whatever the order of the graph."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap import graph, sociometry
from assetmap.errors import UnusableInput
from assetmap.model import Neighbourhood, Person, Tie
from assetmap.sociometry import MEASURES, Reading, gathering
from assetmap.sociometry.reading import reading
from assetmap.sociometry.steady import in_order


def _planted(monkeypatch: pytest.MonkeyPatch, **functions: object) -> Mapping[str, object]:
    """A catalogue with these measures only."""
    row = MEASURES["node_by_degree"]
    rows = {name: replace(row, name=name) for name in functions}
    monkeypatch.setattr(gathering, "MEASURES", MappingProxyType(rows))
    monkeypatch.setattr(gathering, "assumptions", lambda name: f"as {name} does")
    return functions


def _nodes(functions: Mapping[str, Any], g: nx.Graph, **given: Any) -> pd.DataFrame:
    return gathering.gather_nodes(functions, g, **{"attribute": None, "seed": 0, **given})


def _whole(functions: Mapping[str, Any], g: nx.Graph, **given: Any) -> pd.Series:
    return gathering.gather_whole(functions, g, **{"attribute": None, "seed": 0, **given})


LINE = nx.Graph([("c", "a"), ("a", "b")])


def test_each_column_is_the_measure_itself() -> None:
    """A gathered column equals the function of its name, and assumes the same."""
    g = nx.relabel_nodes(nx.gnm_random_graph(12, 20, seed=3), str)
    nx.set_node_attributes(g, {n: "xyz"[int(n) % 3] for n in g}, "area")
    table = graph.measures(g, attribute="area")
    assert list(table.index) == list(g.nodes)
    for name in table.columns:
        if name in MEASURES:
            function = getattr(sociometry, name)
            own = function(g, attribute="area") if _looks(function) else function(g)
            if isinstance(own, pd.Series):
                pd.testing.assert_series_equal(table[name], own, check_names=False, rtol=1e-12)
                assert table.attrs["assumptions"][name] == own.attrs["assumptions"]
    assert set(table.attrs["assumptions"]) == set(table.columns)


def _looks(function: Any) -> bool:
    return "attribute" in function.__code__.co_varnames[: function.__code__.co_argcount + 9]


def test_every_measure_of_nodes_is_a_column_or_is_named_with_a_reason() -> None:
    """Nothing is silently left out."""
    table = graph.measures(LINE)
    wanted = {n for n, row in MEASURES.items() if n.startswith("node_") and row.gathered}
    there = {name for name in wanted for column in table.columns if column.startswith(name)}
    assert there | set(table.attrs["refused"]) == wanted
    assert there & set(table.attrs["refused"]) == set()


def test_every_measure_of_the_whole_is_an_entry_or_is_named_with_a_reason() -> None:
    """Nothing is silently left out."""
    found = graph.whole(LINE)
    wanted = {n for n, row in MEASURES.items() if n.startswith("whole_") and row.gathered}
    there = {name for name in wanted for entry in found.index if entry.startswith(name)}
    assert there | set(found.attrs["refused"]) == wanted
    assert set(found.attrs["assumptions"]) == set(found.index)


@settings(max_examples=15)
@given(st.integers(0, 10_000))
def test_the_order_of_the_graph_makes_no_difference(seed: int) -> None:
    """Other order of nodes and ties: the same table to the last digit, in the other order."""
    g = nx.gnm_random_graph(9, 14, seed=seed % 50)
    weights = random.Random(seed % 50)
    nx.set_edge_attributes(g, {e: weights.random() + 0.1 for e in sorted(g.edges)}, "weight")
    nx.set_node_attributes(g, {n: f"k{n % 3}" for n in g}, "kind")
    shuffled = random.Random(seed)
    nodes, ties = list(g.nodes(data=True)), list(g.edges(data=True))
    shuffled.shuffle(nodes)
    shuffled.shuffle(ties)
    other = nx.Graph()
    other.add_nodes_from(nodes)
    other.add_edges_from(
        (b, a, facts) if shuffled.random() < 0.5 else (a, b, facts) for a, b, facts in ties
    )
    one, two = graph.measures(g, "kind", seed=4), graph.measures(other, "kind", seed=4)
    pd.testing.assert_frame_equal(one, two.loc[one.index], check_exact=True)
    assert list(two.index) == list(other.nodes)
    pd.testing.assert_series_equal(
        graph.whole(g, "kind"), graph.whole(other, "kind"), check_exact=True
    )


def test_a_measure_that_refuses_is_absent_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other columns are there all the same."""

    def node_by_nothing(read: Reading) -> pd.Series:
        raise UnusableInput("undefined for a line")

    planted = _planted(monkeypatch, node_by_nothing=node_by_nothing, node_by_one=_ones)
    table = _nodes(planted, LINE)
    assert list(table.columns) == ["node_by_one"]
    assert table.attrs["refused"] == {"node_by_nothing": "undefined for a line"}


def _ones(read: Reading) -> pd.Series:
    return pd.Series(range(len(read.nodes)), index=list(read.nodes))


def test_ties_are_read_in_the_order_of_the_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    """A measure sees ids in order, rows come back in the order of the graph."""
    table = _nodes(_planted(monkeypatch, node_by_one=_ones), LINE)
    assert table["node_by_one"].to_dict() == {"c": 2, "a": 0, "b": 1}
    assert list(table.index) == ["c", "a", "b"]


def test_what_a_measure_has_no_value_for_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A measure of some nodes leaves the others missing."""

    def node_by_some(read: Reading) -> pd.Series:
        return pd.Series([7], index=["b"])

    table = _nodes(_planted(monkeypatch, node_by_some=node_by_some), LINE)
    assert table["node_by_some"].isna().tolist() == [True, True, False]
    assert table.loc["b", "node_by_some"] == 7


def test_a_measure_with_several_numbers_is_several_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its columns come behind its name, joined."""

    def node_by_role(read: Reading, attribute: str, *, seed: int = 1) -> pd.DataFrame:
        heads = pd.MultiIndex.from_tuples([("raw", attribute), ("raw", str(seed))])
        return pd.DataFrame([[1, 2]] * len(read.nodes), index=list(read.nodes), columns=heads)

    g = LINE.copy()
    nx.set_node_attributes(g, "x", "area")
    planted = _planted(monkeypatch, node_by_role=node_by_role)
    table = _nodes(planted, g, attribute="area", seed=5)
    assert list(table.columns) == ["node_by_role_raw_area", "node_by_role_raw_5"]
    assert _nodes(planted, g).attrs["refused"] == {"node_by_role": "needs attribute"}


def test_an_attribute_that_nobody_has_is_refused() -> None:
    """A slip of the pen does not quietly leave columns out."""
    with pytest.raises(UnusableInput, match="no node has the attribute 'aera'"):
        graph.measures(LINE, attribute="aera")
    with pytest.raises(UnusableInput, match="no node has the attribute 'aera'"):
        graph.whole(LINE, attribute="aera")


@dataclass(frozen=True)
class _Found:
    value: float
    expected: float
    roles: tuple[str, ...] = ()


def test_numbers_of_the_whole_get_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """A number, a series, a table and a frozen result each become entries; text does not."""
    table = pd.DataFrame({"x": [1, 2]}, index=["p", "q"])
    planted = _planted(
        monkeypatch,
        whole_a=lambda _: 1,
        whole_b=lambda _: pd.Series({"whole_b": 2.0, "se": None}),
        whole_c=lambda _: table,
        whole_d=lambda _: _Found(3.0, 4.0, ("x",)),
        whole_e=lambda _: ("x",),
    )
    found = _whole(planted, LINE)
    assert found.dropna().to_dict() == {
        "whole_a": 1,
        "whole_b": 2,
        "whole_c_p_x": 1,
        "whole_c_q_x": 2,
        "whole_d": 3,
        "whole_d_expected": 4,
    }
    assert found.isna()["whole_b_se"]
    assert found.attrs["refused"] == {
        "whole_e": "gives something else than numbers; call graph.whole_e by itself"
    }
    assert found.attrs["assumptions"]["whole_d_expected"] == "as whole_d does"


@pytest.mark.parametrize("g", [nx.Graph(), nx.DiGraph(), nx.empty_graph(["a"])])
def test_little_is_no_error(g: nx.Graph) -> None:
    """No nodes, or one without a tie: a table with as many rows."""
    assert list(graph.measures(g).index) == list(g.nodes)
    assert graph.whole(g).index.is_unique


def test_the_graph_of_a_neighbourhood_is_read_as_its_people() -> None:
    """A row per person, and what that assumes is told."""
    rows = [Person(person=p) for p in ("p1", "p2", "p3")]
    hood = Neighbourhood.from_records(*rows, Tie(a="p1", b="p2", reported_by="p1"))
    table = graph.measures(graph.build(hood))
    assert table["node_is_isolate"].to_dict() == {
        "person:p1": False,
        "person:p2": False,
        "person:p3": True,
    }
    assert "a confirmed arrangement counts" in table.attrs["assumptions"]["node_is_isolate"]


def test_two_modes_stay_with_their_nodes() -> None:
    """In another order the modes are those of the same nodes."""
    g = nx.Graph([("z", "a"), ("y", "a")])
    nx.set_node_attributes(g, {"z": 0, "y": 0, "a": 1}, "bipartite")
    read, place = in_order(reading(g))
    assert place.tolist() == [2, 0, 1]
    assert read.nodes == ("a", "y", "z")
    assert read.network.mode is not None
    assert read.network.mode.tolist() == [1, 0, 0]
    assert read.network.ties.toarray().tolist() == [[0, 1, 1], [1, 0, 0], [1, 0, 0]]


def test_ids_that_read_alike_stand_in_one_order() -> None:
    """The number 1 goes before the text "1", whichever comes first in the graph."""
    for ends in ((1, "1"), ("1", 1)):
        read, _ = in_order(reading(nx.Graph([ends])))
        assert read.nodes == (1, "1")
