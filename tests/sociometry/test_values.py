"""One rule for what the value of an attribute is, in every measure that takes one."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from assetmap import graph
from assetmap.errors import UnusableInput

ONE_EACH: list[Callable[..., Any]] = [
    graph.node_by_brokerage,
    graph.whole_brokerage,
    graph.whole_assortativity,
    graph.whole_modularity,
    graph.pairs_alike,
]


def _line(*values: object) -> nx.Graph[str]:
    """Return a line of nodes a, b, c, ... with these values of the attribute g."""
    line: nx.Graph[str] = nx.Graph()
    line.add_nodes_from((chr(97 + at), {"g": value}) for at, value in enumerate(values))
    names = list(line)
    line.add_edges_from(pairwise(names))
    return line


def _text(result: Any) -> str:
    """Return every number of a result, for comparison; a missing one is nan."""
    return repr(np.asarray(result, dtype=np.float64).tolist())


@pytest.mark.parametrize("measure", ONE_EACH)
def test_several_values_are_refused_where_one_is_needed(measure: Callable[..., Any]) -> None:
    """A list of languages is no group of its own."""
    with pytest.raises(UnusableInput, match="one group per node, and some have several"):
        measure(_line("nl|ar", "nl", "ar|nl"), attribute="g")


def test_gathered_measures_say_that_several_values_were_refused() -> None:
    """The E-I index is there, and the others tell why they are not."""
    line = _line("nl|ar", "nl", "ar|nl")
    found, whole = graph.measures(line, "g"), graph.whole(line, "g")
    assert found["node_by_ei_index"].tolist() == [-1, -1, -1]
    assert "some have several" in found.attrs["refused"]["node_by_brokerage"]
    assert {"whole_brokerage", "whole_modularity", "whole_assortativity"} <= set(
        whole.attrs["refused"]
    )


@pytest.mark.parametrize("unknown", [None, float("nan"), pd.NA, pd.NaT, "", "  ", "|"])
def test_what_is_unknown_is_unknown_to_all(unknown: object) -> None:
    """Missing values of every kind, and blank text."""
    line = _line(unknown, "x", "x", "y")
    without = line.copy()
    del without.nodes["a"]["g"]
    for measure in (
        graph.node_by_brokerage,
        graph.whole_brokerage,
        graph.whole_assortativity,
        graph.whole_ei_index,
        graph.node_by_ei_index,
    ):
        assert _text(measure(line, attribute="g")) == _text(measure(without, attribute="g"))
    assert list(graph.mixing_table(line, "g").to_frame().index) == ["unknown", "x", "y"]
    for refusing in (graph.whole_modularity, graph.pairs_alike):
        with pytest.raises(UnusableInput, match="every node"):
            refusing(line, "g")


def test_an_attribute_that_is_blank_everywhere_is_not_there() -> None:
    """As one that no node has."""
    with pytest.raises(UnusableInput, match="no node has the attribute 'g'"):
        graph.whole_ei_index(_line("", " ", None), "g")
    with pytest.raises(UnusableInput, match="no node has the attribute 'g'"):
        graph.measures(_line("", " ", None), "g")


@pytest.mark.parametrize("measure", [*ONE_EACH, graph.node_by_ei_index, graph.whole_ei_index])
def test_a_whole_number_is_one_group_however_it_is_kept(measure: Callable[..., Any]) -> None:
    """1, 1.0 and a numpy number are the same value; networkx agrees on assortativity."""
    mixed, plain = _line(1, 1.0, np.int64(2), np.float64(2.0)), _line("1", "1", "2", "2")
    assert _text(measure(mixed, attribute="g")) == _text(measure(plain, attribute="g"))
    theirs = nx.attribute_assortativity_coefficient(_line(1, 1.0, 2, 2.0), "g")
    assert graph.whole_assortativity(mixed, "g") == pytest.approx(theirs)


def test_nothing_expected_is_nought_without_a_minus() -> None:
    """A group of one cannot be a coordinator."""
    table = graph.node_by_brokerage(_line("x", "y"), attribute="g")
    whole = graph.whole_brokerage(_line("x", "y"), attribute="g")
    numbers = np.concatenate([table.filter(like="_expected").to_numpy().ravel(), whole["expected"]])
    assert not np.signbit(numbers).any()


@pytest.mark.parametrize(
    "name", ["node_by_brokerage", "whole_brokerage", "whole_assortativity", "whole_modularity"]
)
def test_the_catalogue_says_who_takes_one_value(name: str) -> None:
    """What refuses several values says so in its row."""
    assert "several" in graph.assumptions(name)
