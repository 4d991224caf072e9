"""The graph of a neighbourhood always writes, and reads back with the same types."""

from __future__ import annotations

import io

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap import graph
from assetmap.synthetic import neighbourhood

ALL = sorted({name for kind in graph.NODE_KINDS.values() for name in kind.further})


@settings(max_examples=6)
@given(st.integers(0, 1000), st.booleans())
def test_every_attribute_has_one_type_and_comes_back_with_it(seed: int, hostile: bool) -> None:
    """GraphML gives back each node and edge with what it carries, however awkward the texts."""
    g = graph.build(
        neighbourhood(residents=25, seed=seed, weeks=2, hostile=hostile), attributes=ALL
    )
    for facts in (*dict(g.nodes(data=True)).values(), *(f for *_, f in g.edges(data=True))):
        assert {name: graph.ATTRIBUTES[name] for name in facts} == {
            name: type(value) for name, value in facts.items()
        }
    file = io.BytesIO()
    nx.write_graphml(g, file)
    file.seek(0)
    again = nx.read_graphml(file, force_multigraph=True)
    assert dict(again.nodes(data=True)) == dict(g.nodes(data=True))
    assert sorted((a, b, sorted(f.items())) for a, b, f in again.edges(data=True)) == sorted(
        (a, b, sorted(f.items())) for a, b, f in g.edges(data=True)
    )


@pytest.mark.parametrize("make", [graph.build, lambda hood: graph.people(graph.build(hood))])
def test_gexf_comes_back_too(make: object) -> None:
    """GEXF gives back the nodes with what they carry, and each edge."""
    g = make(neighbourhood(residents=30, seed=4, weeks=2))
    file = io.BytesIO()
    nx.write_gexf(g, file)
    file.seek(0)
    again = nx.read_gexf(file)
    label = {"label"}
    for node, facts in g.nodes(data=True):
        back = {name: v for name, v in again.nodes[node].items() if name not in label}
        assert back == facts
    assert again.number_of_edges() == g.number_of_edges()
