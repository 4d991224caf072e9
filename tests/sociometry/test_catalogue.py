"""The catalogue: every measure has a full row, and every row is a measure."""

from __future__ import annotations

import dataclasses
import inspect
import re
from pathlib import Path

import networkx as nx
import pytest

from assetmap import graph, sociometry
from assetmap.errors import UnknownName
from assetmap.graph import MEASURES, Measure, assumptions

OFFERED = sorted(name for name in graph.__all__ if re.match(r"(node_(by|is|in)|tie|whole)_", name))


def test_every_measure_has_a_row_and_every_row_a_measure() -> None:
    """What the front door offers is what the catalogue explains, and the rooms list the same."""
    assert sorted(MEASURES) == OFFERED
    assert set(OFFERED) <= set(sociometry.__all__)


@pytest.mark.parametrize("name", MEASURES)
def test_a_row_is_full(name: str) -> None:
    """Each question about a measure has an answer, in words of its own."""
    row = MEASURES[name]
    told = {f.name: getattr(row, f.name) for f in dataclasses.fields(Measure)}
    assert [head for head, cell in told.items() if isinstance(cell, str) and not cell.strip()] == []
    assert isinstance(row.gathered, bool)
    assert not any("\n" in cell or cell != cell.strip() for cell in told.values() if cell is str)


@pytest.mark.parametrize("name", OFFERED)
def test_a_measure_takes_a_graph_and_named_arguments(name: str) -> None:
    """The graph comes first; everything else is named, or is the attribute."""
    first, *others = inspect.signature(getattr(graph, name)).parameters.values()
    assert first.kind is first.POSITIONAL_OR_KEYWORD
    by_place = [p.name for p in others if p.kind is p.POSITIONAL_OR_KEYWORD]
    assert by_place in ([], by_place[:1])


@pytest.mark.parametrize("name", OFFERED)
def test_what_a_measure_assumes_can_be_asked(name: str) -> None:
    """The same text, whether asked by name or read from the row."""
    said = assumptions(name)
    assert said == MEASURES[name].treatment
    for head in ("direction: ", "weights: ", "two-mode: ", "isolates: ", "missing: "):
        assert head in said


def test_an_unknown_measure_is_told() -> None:
    """A name that is not in the catalogue is an unknown name."""
    with pytest.raises(UnknownName, match="there is no measure 'node_by_charm'"):
        assumptions("node_by_charm")


def test_what_comes_back_carries_what_was_assumed() -> None:
    """The text of the row, then what held for this graph."""
    g = nx.MultiGraph([("a", "b"), ("a", "b"), ("a", "a")])
    said = graph.node_by_degree(g).attrs["assumptions"]
    assert said.startswith(assumptions("node_by_degree"))
    assert said.endswith("to itself left out; parallel ties are one tie, their weights added")


LEDGER = Path(__file__).parents[2] / "docs" / "explanation" / "differences.md"


def test_the_page_of_differences_has_every_measure_in_one_order() -> None:
    """Each measure is named on it, and its sections stand in the order of the alphabet."""
    page = LEDGER.read_text(encoding="utf-8")
    assert [name for name in MEASURES if f"`{name}`" not in page] == []
    headings = re.findall(r"^## (.+)$", page, flags=re.MULTILINE)
    assert headings == sorted(headings, key=str.casefold)
    assert all(f"\n\n## {heading}\n\n" in page for heading in headings)


def test_what_the_page_says_of_networkx_is_so() -> None:
    """Numbers of networkx that the page of differences names."""
    g = nx.DiGraph([("a", "b"), ("b", "c"), ("a", "c"), ("c", "d")])
    assert nx.transitivity(g) == pytest.approx(0.5)
    assert graph.whole_transitivity(g) == pytest.approx(1 / 3)
    assert graph.whole_transitivity(g.to_undirected()) == pytest.approx(0.6)
    davis = nx.davis_southern_women_graph()
    assert nx.density(davis) == pytest.approx(0.179, abs=5e-4)
    assert graph.whole_density(davis) == pytest.approx(0.353, abs=5e-4)
    path = nx.path_graph(5)
    assert graph.whole_fragmentation_distance(path) == pytest.approx(1 - nx.global_efficiency(path))
