"""Any other network: what a table of ties becomes, what was assumed, and what is refused."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetmap.errors import UnusableInput
from assetmap.graph import from_edges, node_by_degree
from assetmap.sociometry import Reading
from assetmap.sociometry.reading import reading


def pairs(*named: str) -> list[dict[str, object]]:
    """A row per tie: ``pairs("ab")`` joins a and b."""
    return [{"source": name[0], "target": name[1]} for name in named]


def test_a_table_of_ties_is_a_plain_graph() -> None:
    """Nodes come in the order of their first tie; each row is a tie."""
    g = from_edges(pd.DataFrame(pairs("ca", "ab")))
    assert type(g) is nx.Graph
    assert (list(g.nodes), list(g.edges)) == (["c", "a", "b"], [("c", "a"), ("a", "b")])
    assert g.graph == {}


def test_with_a_direction_a_tie_back_is_a_tie_of_its_own() -> None:
    """In a directed network, a to b and b to a are two ties."""
    g = from_edges(pairs("ab", "ba"), directed=True)
    assert type(g) is nx.DiGraph
    assert (list(g.edges), g.graph) == ([("a", "b"), ("b", "a")], {})


def test_nodes_give_the_order_and_the_attributes() -> None:
    """Nodes without a tie are there; the order is that of the table of nodes."""
    nodes = pd.DataFrame({"age": [70, 30, 45]}, index=["c", "b", "a"])
    g = from_edges(pairs("ab"), nodes=nodes)
    assert list(g.nodes(data=True)) == [("c", {"age": 70}), ("b", {"age": 30}), ("a", {"age": 45})]


def test_an_id_may_be_a_column_or_the_index() -> None:
    """The column `id` goes before the index, and is no attribute."""
    nodes = pd.DataFrame({"id": ["a", "b"], "age": [1, 2]})
    assert dict(from_edges(pairs("ab"), nodes=nodes).nodes(data=True))["b"] == {"age": 2}
    rows = [{"id": "a", "age": 1}, {"id": "b"}]
    assert from_edges(pairs("ab"), nodes=rows).nodes["b"] == {}


def test_numbers_of_numpy_become_plain() -> None:
    """Ids, weights and attributes are values of Python itself, so that any file can hold them."""
    edges = pd.DataFrame(
        {"source": np.array([1, 2]), "target": np.array([2, 3]), "weight": np.float32([0.5, 2])}
    )
    nodes = pd.DataFrame(
        {
            "id": pd.array([1, 2, 3], dtype="Int64"),
            "x": np.float64([1, 2, 3]),
            "yes": np.array([True, False, True]),
            "word": pd.array(["p", None, "q"], dtype="string"),
            "day": pd.to_datetime(["2026-01-02", None, "2026-01-03"]),
        }
    )
    g = from_edges(edges, nodes=nodes)
    assert {type(n) for n in g} == {int}
    assert {type(w) for _, _, w in g.edges(data="weight")} == {float}
    assert {name: type(v) for name, v in g.nodes[1].items()} == {
        "x": float,
        "yes": bool,
        "word": str,
        "day": str,
    }
    assert g.nodes[2] == {"x": 2.0, "yes": False}


@pytest.mark.parametrize("missing", [None, float("nan"), np.nan, pd.NA, pd.NaT])
def test_a_missing_cell_is_an_attribute_that_is_absent(missing: object) -> None:
    """Nothing stands in for a value that is not there."""
    edges = [{**pairs("ab")[0], "weight": 2, "since": missing}, pairs("bc")[0]]
    g = from_edges(edges, nodes=[{"id": n, "age": missing} for n in "abc"])
    assert dict(g.nodes(data=True)) == {"a": {}, "b": {}, "c": {}}
    assert g.edges["a", "b"] == {"weight": 2}
    assert g.edges["b", "c"] == {}


def test_a_tie_without_a_weight_beside_ties_with_one_is_told() -> None:
    """Where some ties have a weight, those without count as 1, and the graph says so."""
    g = from_edges([{**pairs("ab")[0], "weight": 2}, pairs("bc")[0]])
    assert g.graph["assumptions"] == "1 tie has no weight, which counts as 1"


def test_whole_numbers_beside_fractions_are_fractions() -> None:
    """An attribute has one type on every tie and every node."""
    rows = [{"id": "a", "x": 1}, {"id": "b", "x": 2.5}]
    g = from_edges(pairs("ab"), nodes=rows)
    assert [type(x) for _, x in g.nodes(data="x")] == [float, float]


def test_dates_are_iso_text() -> None:
    """A date is written as in every other graph."""
    row = {**pairs("ab")[0], "since": dt.date(2026, 3, 1)}
    assert from_edges([row]).edges["a", "b"] == {"since": "2026-03-01"}
    row["since"] = np.datetime64("2026-03-01")
    assert from_edges([row]).edges["a", "b"] == {"since": "2026-03-01T00:00:00"}


def test_a_pair_named_again_is_one_tie_and_is_told() -> None:
    """Undirected, the other way round is the same pair; without a weight says nothing else."""
    rows = [{**row, "weight": w} for row, w in zip(pairs("ab", "ba", "bc"), (2, 2, 1), strict=True)]
    g = from_edges([*rows, pairs("ab")[0]])
    assert list(g.edges(data="weight")) == [("a", "b", 2), ("b", "c", 1)]
    assert g.graph["assumptions"] == "1 pair is named more than once and is one tie"
    g = from_edges(pairs("ab", "ab", "bc", "cb"))
    assert g.graph["assumptions"] == "2 pairs are named more than once and are one tie each"


def test_a_pair_with_two_weights_is_refused() -> None:
    """Which of the two weights holds cannot be known."""
    rows = [{**row, "weight": w} for row, w in zip(pairs("ab", "ba"), (2, 3), strict=True)]
    with pytest.raises(UnusableInput) as told:
        from_edges(rows)
    assert str(told.value) == (
        "1 problem must be repaired first:\n"
        "edges, row 3, column weight: row 2 names the same pair and says otherwise"
    )
    assert from_edges(rows, directed=True).number_of_edges() == 2


def test_what_two_rows_say_of_one_tie_agrees() -> None:
    """The other columns of a pair that is named again may add, not contradict."""
    first, again = ({**row, "kind": "friend"} for row in pairs("ab", "ba"))
    assert from_edges([first, {**again, "since": 2020}]).edges["a", "b"] == {
        "kind": "friend",
        "since": 2020,
    }
    with pytest.raises(UnusableInput, match="row 3, column kind: row 2 names the same pair"):
        from_edges([first, {**again, "kind": "neighbour"}])


def test_a_tie_to_oneself_stays_and_is_not_measured() -> None:
    """The graph holds it; the measures leave it out and say so."""
    g = from_edges(pairs("aa", "ab"))
    assert list(g.edges) == [("a", "a"), ("a", "b")]
    degree = node_by_degree(g)
    assert degree.to_dict() == {"a": 1, "b": 1}
    assert "ties of a node to itself left out" in degree.attrs["assumptions"]


def test_modes_of_nodes_make_two_modes() -> None:
    """The column `bipartite` becomes the mode that measures look at."""
    nodes = pd.DataFrame({"bipartite": [0.0, 1.0, 0.0]}, index=list("abc"))
    g = from_edges(pairs("ab", "cb"), nodes=nodes)
    assert [type(mode) for _, mode in g.nodes(data="bipartite")] == [int, int, int]
    mode = reading(g).network.mode
    assert mode is not None
    assert mode.tolist() == [0, 1, 0]


WRONG: Mapping[str, tuple[object, object, tuple[str, ...]]] = {
    "an end that is nobody": (
        pairs("ab", "xa"),
        [{"id": "a"}, {"id": "b"}],
        ("edges, row 3, column source: this end is not in nodes",),
    ),
    "an end that is absent": (
        [{"source": "a", "target": None}, {"source": "", "target": "b"}],
        None,
        (
            "edges, row 2, column target: there is no id here",
            "edges, row 3, column source: there is no id here",
        ),
    ),
    "no such columns": (
        pd.DataFrame({"from": ["a"], "to": ["b"]}),
        pd.DataFrame({"id": ["a", "a"]}),
        (
            "edges, column source: this column is not there",
            "edges, column target: this column is not there",
            "nodes, row 3, column id: an earlier row has the same id",
        ),
    ),
    "no ids": (pairs("ab"), [{"age": 1}], ("nodes, column id: the column id is not there",)),
    "weights": (
        [{**row, "weight": w} for row, w in zip(pairs("ab", "bc", "cd"), (0, 1, -1), strict=True)],
        None,
        (
            "edges, row 2, column weight: a weight is a number above 0",
            "edges, row 4, column weight: a weight is a number above 0",
        ),
    ),
    "an endless weight": ([{**pairs("ab")[0], "weight": float("inf")}], None, ("above 0",)),
    "a weight in words": ([{**pairs("ab")[0], "weight": "2"}], None, ("row 2, column weight",)),
    "a weight that is a mark": ([{**pairs("ab")[0], "weight": True}], None, ("column weight",)),
    "two types": (
        pairs("ab"),
        [{"id": "a", "x": 1}, {"id": "b", "x": "one"}],
        ("nodes, column x: an attribute has one type, and here are text, whole numbers",),
    ),
    "a list": (
        [{**pairs("ab")[0], "kinds": ["friend"]}],
        None,
        ("edges, row 2, column kinds: an attribute is text (no control signs), a number",),
    ),
    "signs that no file holds": (
        [{"source": "a", "target": "b\x00", "x": "\ud800"}, {**pairs("bc")[0], "x": "\x0b"}],
        None,
        (
            "edges, row 2, column target: an id is text (no control signs)",
            "edges, row 2, column x: an attribute is text (no control signs)",
            "edges, row 3, column x: an attribute is text (no control signs)",
        ),
    ),
    "ids of two types": (
        pairs("12"),
        pd.DataFrame({"age": [3, 4]}, index=[1, 2]),
        ("some ids are text and some are numbers",),
    ),
    "a fraction as an id": ([{"source": 1.5, "target": 2}], None, ("or a whole number",)),
    "modes": (
        pairs("ac", "ab"),
        [{"id": "a", "bipartite": 0}, {"id": "b", "bipartite": 2}, {"id": "c", "bipartite": 0}],
        ("nodes, row 3, column bipartite: every node", "edges, row 2: both ends are of one mode"),
    ),
    "a mode that is absent": (
        [],
        [{"id": "a", "bipartite": 0}, {"id": "b"}],
        ("nodes, row 3, column bipartite",),
    ),
    "a column twice": (
        pd.DataFrame([["a", "b", "c"]], columns=["source", "target", "target"]),
        None,
        ("edges, column target: this column is there twice",),
    ),
    "a column without a name": (
        pd.DataFrame([["a", "b", "c"]], columns=["source", "target", 7]),
        None,
        ("edges: the name of column 3 is no text; give it a name",),
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_all_that_is_wrong_is_told_with_its_place(case: str) -> None:
    """One refusal names every problem, with table, row as in a spreadsheet, and column."""
    edges, nodes, says = WRONG[case]
    with pytest.raises(UnusableInput) as told:
        from_edges(edges, nodes=nodes)
    lines = str(told.value).splitlines()
    assert lines[0].startswith(f"{len(says)} problem")
    assert len(lines) == len(says) + 1
    for said in says:
        assert any(said in line for line in lines), lines


@pytest.mark.parametrize("edges", ["ab", {"source": "a"}, 3, [("a", "b")]])
def test_what_is_no_table_is_refused(edges: object) -> None:
    """Only a DataFrame or rows with named cells are read."""
    with pytest.raises(UnusableInput, match="must be a DataFrame, or a sequence of mappings"):
        from_edges(edges)


def test_a_direction_is_yes_or_no() -> None:
    """A word for directed is not taken for yes."""
    with pytest.raises(UnusableInput, match="True or False"):
        from_edges([], directed="no")


def test_a_long_list_of_problems_ends() -> None:
    """The first fifty are shown and the rest are counted."""
    with pytest.raises(UnusableInput) as told:
        from_edges([{"source": "a", "target": None}] * 70)
    lines = str(told.value).splitlines()
    assert (lines[0], lines[-1]) == ("70 problems must be repaired first:", "and 20 more")


@pytest.mark.parametrize("nothing", [[], pd.DataFrame()])
def test_nothing_is_an_empty_graph(nothing: object) -> None:
    """No ties and no nodes are no error."""
    assert len(from_edges(nothing)) == len(from_edges(nothing, nodes=nothing)) == 0
    assert list(from_edges(nothing, nodes=[{"id": "a"}])) == ["a"]


def test_the_input_stays_as_it_is() -> None:
    """Tables are read, never changed."""
    edges = pd.DataFrame(pairs("ab"))
    nodes = pd.DataFrame({"x": [1, 2]}, index=["a", "b"])
    before = edges.copy(), nodes.copy()
    from_edges(edges, nodes=nodes).nodes["a"]["x"] = 9
    pd.testing.assert_frame_equal(edges, before[0])
    pd.testing.assert_frame_equal(nodes, before[1])


ENDS = st.sampled_from("abcde")
CELLS = st.none() | st.integers(-3, 3) | st.floats(-2, 2) | st.text(max_size=3) | st.booleans()


@given(
    st.lists(st.fixed_dictionaries({"source": ENDS, "target": ENDS, "x": CELLS}), max_size=8),
    st.booleans(),
)
def test_what_is_not_refused_always_writes_and_reads_back(
    rows: list[dict[str, object]], directed: bool
) -> None:
    """Whatever is in the cells: it is refused, or GraphML gives back the same graph."""
    try:
        g = from_edges(rows, directed=directed)
    except UnusableInput:
        return
    file = io.BytesIO()
    nx.write_graphml(g, file)
    file.seek(0)
    back = nx.read_graphml(file)
    assert list(back.nodes(data=True)) == list(g.nodes(data=True))
    assert _said(back) == _said(g)


def _said(g: nx.Graph) -> dict[object, dict[str, object]]:
    """What each tie says; a file has one kind of line end, and of white space alone nothing."""
    key = tuple if g.is_directed() else frozenset
    return {
        key((a, b)): {
            name: " ".join(value.split()) if isinstance(value, str) else value
            for name, value in facts.items()
            if not isinstance(value, str) or value.strip()
        }
        for a, b, facts in g.edges(data=True)
    }


@given(st.permutations(pairs("ab", "bc", "cd", "de", "ba")))
def test_the_order_of_rows_makes_no_difference(rows: list[dict[str, object]]) -> None:
    """With a table of nodes, the same rows in another order are the same graph."""
    nodes = [{"id": n} for n in "edcba"]
    g, again = from_edges(rows, nodes=nodes), from_edges(pairs("ab", "bc", "cd", "de"), nodes=nodes)
    assert list(g.nodes) == list(again.nodes)
    assert nx.utils.edges_equal(g.edges(data=True), again.edges(data=True))
    assert isinstance(reading(g), Reading)


def test_a_heading_that_is_not_known_is_shown() -> None:
    """Another capital or another word is seen at once; of many columns the first."""
    with pytest.raises(UnusableInput, match=r"the columns are 'Source', 'to'$") as refused:
        from_edges(pd.DataFrame({"Source": ["a"], "to": ["b"]}))
    assert str(refused.value).count("this column is not there") == 2
    with pytest.raises(UnusableInput, match="'c11' and 3 more"):
        from_edges([{f"c{at}": 1 for at in range(15)}])
    with pytest.raises(UnusableInput, match="nor an index with ids; the columns are 'name'"):
        from_edges([{"source": "a", "target": "b"}], nodes=[{"name": "a"}])


def test_an_index_of_row_numbers_is_told_to_be_the_ids() -> None:
    """Who forgets the column id reads where the numbers come from."""
    with pytest.raises(UnusableInput, match="without a column id, the ids of nodes are those of"):
        from_edges([{"source": "a", "target": "b"}], nodes=pd.DataFrame({"name": ["a", "b"]}))


def test_a_projection_that_kept_its_column_of_modes_is_of_one_mode() -> None:
    """All nodes with one value of bipartite: no network of two modes."""
    nodes = [{"id": name, "bipartite": 0} for name in "abc"]
    g = from_edges(pairs("ab", "bc"), nodes)
    assert reading(g).network.mode is None
    assert node_by_degree(g).tolist() == [1, 2, 1]


def test_everything_can_be_given_by_position() -> None:
    """Scripts call it with the three in their order."""
    edges = pd.DataFrame({"source": ["a"], "target": ["b"]})
    nodes = pd.DataFrame({"area": ["x", "y"]}, index=["a", "b"])
    assert from_edges(edges, nodes, True).is_directed()
