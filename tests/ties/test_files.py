"""Every kind of file reads back as what was written, whatever somebody typed."""

from __future__ import annotations

import csv
import inspect
import json
import re
import stat
import sys
import types
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetmap import graph
from assetmap.errors import MissingProgram, PrivacyError, UnusableInput
from assetmap.tables.grid import unmarked
from tests.ties.outside import AWKWARD, WRITERS, Shared, awkward, street

Facts = dict[str, Any]
Read = tuple[dict[str, Facts], list[tuple[str, str, Facts]]]

CONTROLS = "\x00\x01\x0b\x1f\x7f\ufffe" + chr(0xD800)


def own(network: nx.Graph[Any]) -> Shared:
    return graph.for_audience(network, "team", own_ids=True)


def of_networkx(network: nx.Graph[Any], *, drop: tuple[str, ...] = ()) -> Read:
    def rest(facts: Facts) -> Facts:
        return {name: value for name, value in facts.items() if name not in drop}

    return (
        {node: rest(facts) for node, facts in network.nodes(data=True)},
        sorted(
            ((*sorted((a, b)), rest(facts)) for a, b, facts in network.edges(data=True)), key=repr
        ),
    )


def exactly(found: Read) -> str:
    """Return it with its types, whatever the order."""
    edges = sorted(json.dumps(edge, sort_keys=True) for edge in found[1])
    return json.dumps([found[0], edges], sort_keys=True)


def graphml(path: Path) -> Read:
    return of_networkx(nx.read_graphml(path))


def gexf(path: Path) -> Read:
    nodes, edges = of_networkx(nx.read_gexf(path), drop=("label", "id"))
    return nodes, [(a, b, {**f, "weight": int(f["weight"])}) for a, b, f in edges]


def linked(path: Path) -> nx.Graph[str]:
    """Read node-link JSON; older versions of networkx have another word for `edges`."""
    words = inspect.signature(nx.node_link_graph).parameters
    word = "edges" if "edges" in words else "link"
    graph: nx.Graph[str] = nx.node_link_graph(json.loads(path.read_text()), **{word: "links"})
    return graph


def node_link(path: Path) -> Read:
    return of_networkx(linked(path))


def cytoscape(path: Path) -> Read:
    drop = ("id", "value", "name", "source", "target", "key")
    return of_networkx(nx.cytoscape_graph(json.loads(path.read_text())), drop=drop)


def typed(text: str, name: str) -> Any:
    """Give a cell of a CSV file back the type that its column has."""
    kinds: dict[str, Callable[[str], Any]] = {
        "number": int,
        "weight": int,
        "half": float,
        "even": lambda word: word == "yes",
    }
    return kinds.get(name, unmarked)(text)


def tables(path: Path) -> Read:
    def rows(name: str) -> list[Facts]:
        with (path / name).open(encoding="utf-8", newline="") as file:
            return [
                {n: typed(v, n) for n, v in row.items() if v != ""} for row in csv.DictReader(file)
            ]

    nodes = {row.pop("id"): row for row in rows("nodes.csv")}
    edges = [(row.pop("source"), row.pop("target"), row) for row in rows("edges.csv")]
    return nodes, sorted(((*sorted((a, b)), f) for a, b, f in edges), key=repr)


def kumu(path: Path) -> Read:
    book = openpyxl.load_workbook(path)

    def rows(name: str) -> list[Facts]:
        head, *rest = book[name].iter_rows()
        assert all(cell.data_type != "f" for row in (head, *rest) for cell in row)
        headings = [str(cell.value) for cell in head]
        return [
            {n: c.value for n, c in zip(headings, row, strict=True) if c.value is not None}
            for row in rest
        ]

    elements = rows("Elements")
    assert len({row["Label"].casefold() for row in elements}) == len(elements)
    ids = {row["Label"]: row["Id"] for row in elements}
    drop = {"Label", "Type", "Id", "From", "To", "Direction"}
    nodes = {row["Id"]: {n: v for n, v in row.items() if n not in drop} for row in elements}
    edges = [
        (ids[row["From"]], ids[row["To"]], {n: v for n, v in row.items() if n not in drop})
        for row in rows("Connections")
    ]
    return nodes, sorted(((*sorted((a, b)), f) for a, b, f in edges), key=repr)


READERS: dict[str, Callable[[Path], Read]] = {
    "graphml": graphml,
    "gexf": gexf,
    "json": node_link,
    "cytoscape": cytoscape,
    "kumu": kumu,
    "csv": tables,
}


@pytest.mark.parametrize("form", READERS)
def test_an_awkward_network_reads_back(form: str, tmp_path: Path) -> None:
    """Markup, formulas, quotes, line ends, emoji, numbers as text: ids, attributes and types."""
    file, write = WRITERS[form]
    write(own(awkward()), tmp_path / file)
    assert exactly(READERS[form](tmp_path / file)) == exactly(of_networkx(awkward()))


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=8)


@st.composite
def networks(draw: st.DrawFn) -> nx.Graph[str]:
    """Draw a small network with any text for an id or an attribute."""
    names = draw(st.lists(TEXTS.filter(str.strip), max_size=5, unique_by=str.casefold))
    network: nx.Graph[str] = nx.Graph()
    for name in names:
        network.add_node(name, said=draw(TEXTS), number=draw(st.integers(-9, 9)))
    for a, b in (
        draw(st.lists(st.tuples(*[st.sampled_from(names)] * 2), max_size=6)) if names else ()
    ):
        network.add_edge(a, b, weight=draw(st.integers(1, 5)), told=draw(TEXTS))
    return network


@pytest.mark.parametrize("form", READERS)
@given(network=networks())
def test_any_network_reads_back(
    form: str, network: nx.Graph[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever the texts are; a line separator of Unicode and U+FEFF among them."""
    file, write = WRITERS[form]
    path = tmp_path_factory.mktemp("any") / file
    write(own(network), path)
    found = READERS[form](path)
    assert exactly(found) == exactly(of_networkx(network))


@pytest.mark.parametrize("form", READERS)
def test_what_a_file_cannot_hold_does_not_break_it(form: str, tmp_path: Path) -> None:
    """Control characters and halves of letters: every file is written and read."""
    network: nx.Graph[str] = nx.Graph()
    network.add_edge(f"a{CONTROLS}", "b", told=f"x{CONTROLS}\r\ny", weight=1)
    file, write = WRITERS[form]
    write(own(network), tmp_path / file)
    nodes, ((_, _, facts),) = READERS[form](tmp_path / file)
    assert len(nodes) == 2
    assert re.fullmatch(r"x.*\s+y", facts["told"], re.DOTALL)


@pytest.mark.parametrize("form", ["graphml", "gexf", "kumu"])
def test_ids_that_would_become_one_are_refused(form: str, tmp_path: Path) -> None:
    """Two nodes never become one in silence, and then nothing is written."""
    file, write = WRITERS[form]
    with pytest.raises(UnusableInput, match="two ids differ only in characters"):
        write(own(nx.Graph([("a\x01", "a\x02")])), tmp_path / file)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("form", READERS)
@pytest.mark.parametrize("audience", ["team", "research", "residents", "council"])
def test_a_neighbourhood_is_written_for_everybody(form: str, audience: str, tmp_path: Path) -> None:
    """Several edges between two nodes, and attributes that some nodes lack."""
    tables = street()
    shared = graph.for_audience(graph.build(tables), audience, hood=tables)
    file, write = WRITERS[form]
    path = tmp_path / file
    write(shared, path)
    for each in sorted(path.iterdir()) if path.is_dir() else [path]:
        assert stat.S_IMODE(each.stat().st_mode) == 0o600
    expected = graph.to_networkx(shared)
    if form == "graphml":
        found = nx.read_graphml(path, force_multigraph=True)
        assert sorted(found.nodes(data=True), key=str) == sorted(expected.nodes(data=True), key=str)
        assert sorted(map(str, found.edges(data=True))) == sorted(
            map(str, expected.edges(data=True))
        )
        assert found.graph.get("assumptions") == expected.graph.get("assumptions")
    elif form == "gexf":
        assert set(nx.read_gexf(path)) == set(expected)
    elif form == "json":
        assert nx.utils.graphs_equal(linked(path), expected)


def test_edges_of_a_file_have_ids_of_their_own(tmp_path: Path) -> None:
    """Programs that join edges of one id lose none."""
    tables = street()
    shared = graph.for_audience(graph.build(tables), hood=tables)
    for form in ("graphml", "gexf"):
        file, write = WRITERS[form]
        write(shared, tmp_path / file)
        ids = re.findall(r"<edge [^>]*\bid=\"([^\"]*)\"", (tmp_path / file).read_text())
        assert len(ids) == len(set(ids)) == graph.to_networkx(shared).number_of_edges()


def test_json_can_stand_inside_a_page(tmp_path: Path) -> None:
    """No text closes the script that it stands in."""
    for form in ("json", "cytoscape"):
        file, write = WRITERS[form]
        write(own(awkward()), tmp_path / file)
        raw = (tmp_path / file).read_bytes()
        assert raw.isascii()
        assert not set(b"<>&") & set(raw)


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    """A text that begins like a formula is text in a workbook, and marked as text in CSV."""
    shared = own(awkward())
    graph.write_csv(shared, tmp_path)
    with (tmp_path / "nodes.csv").open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell[:1] in {"=", "+", "@"} or cell.startswith("-2+")]
    graph.write_kumu(shared, tmp_path / "kumu.xlsx")
    with zipfile.ZipFile(tmp_path / "kumu.xlsx") as archive:
        sheets = [archive.read(n).decode() for n in archive.namelist() if "worksheets" in n]
    assert sheets
    assert not [sheet for sheet in sheets if "<f>" in sheet]


def test_the_same_network_gives_the_same_bytes(tmp_path: Path) -> None:
    """No day of writing, no order of nodes; a workbook too."""
    turned = nx.Graph()
    turned.add_nodes_from(reversed(list(awkward().nodes(data=True))))
    turned.add_edges_from((b, a, f) for a, b, f in reversed(list(awkward().edges(data=True))))
    for form, (file, write) in WRITERS.items():
        for folder, network in (("a", awkward()), ("b", turned)):
            write(own(network), tmp_path / folder / file)
        paths = [tmp_path / folder / file for folder in ("a", "b")]
        files = [sorted(p.iterdir()) if p.is_dir() else [p] for p in paths]
        first, second = ([each.read_bytes() for each in found] for found in files)
        assert (form, first) == (form, second)


def test_a_file_that_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    """Both tables or none."""
    graph.write_csv(own(nx.Graph([("a", "b")])), tmp_path)
    before = (tmp_path / "nodes.csv").read_bytes()
    (tmp_path / "edges.csv").unlink()
    (tmp_path / "edges.csv").mkdir()
    with pytest.raises(UnusableInput, match=r"edges\.csv cannot be written"):
        graph.write_csv(own(awkward()), tmp_path)
    assert (tmp_path / "nodes.csv").read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {"edges.csv", "nodes.csv"}


def test_an_attribute_has_one_type_everywhere() -> None:
    """Whole and broken numbers become broken ones, other mixtures text; missing is absent."""
    network = nx.Graph()
    network.add_node("a", size=1, mixed=1, gone=float("nan"), id="x")
    network.add_node("b", size=0.5, mixed="one", gone=None, kind_of=("x", "y"))
    found = graph.to_networkx(own(network))
    assert dict(found.nodes["a"]) == {"size": 1.0, "mixed": "1", "id_": "x"}
    assert dict(found.nodes["b"]) == {"size": 0.5, "mixed": "one", "kind_of": "('x', 'y')"}


# --- objects --------------------------------------------------------------------------------------


def test_frames_keep_types_where_something_is_missing() -> None:
    """A whole number stays one, a yes or no too; ids are the index."""
    nodes, edges = graph.to_frames(own(awkward()))
    assert nodes.index.name == "id"
    assert dict(nodes.dtypes.astype(str)) == {
        "said": "object",
        "number": "Int64",
        "half": "float64",
        "even": "boolean",
    }
    assert nodes.loc["alone"].isna().all()
    assert list(edges.columns) == ["source", "target", "weight", "told"]
    assert len(edges) == len(AWKWARD) - 1
    nothing = graph.to_frames(own(nx.Graph()))
    assert [len(frame) for frame in nothing] == [0, 0]


def test_a_sparse_matrix_comes_with_its_ids() -> None:
    """Directed as the network is; several edges are added up."""
    network = nx.MultiDiGraph([("a", "b"), ("a", "b"), ("b", "c")])
    matrix, ids = graph.to_sparse(own(network))
    assert ids == ("a", "b", "c")
    assert matrix.toarray().tolist() == [[0, 2, 0], [0, 0, 1], [0, 0, 0]]
    network.add_edge("c", "a", weight="much")
    with pytest.raises(UnusableInput, match="weight of a tie"):
        graph.to_sparse(own(network))


class Made(types.SimpleNamespace):
    """Stands for ``igraph.Graph``: it keeps what it was made of."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)


def test_igraph_is_for_who_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is never loaded here: without ``import igraph`` the text says what to do."""
    shared = own(awkward())
    monkeypatch.delitem(sys.modules, "igraph", raising=False)
    with pytest.raises(MissingProgram, match="import igraph"):
        graph.to_igraph(shared)
    assert "igraph" not in sys.modules
    monkeypatch.setitem(sys.modules, "igraph", types.SimpleNamespace(Graph=Made))  # type: ignore[arg-type]
    made = graph.to_igraph(shared)
    assert (made.n, made.directed) == (len(awkward()), False)
    ids = made.vertex_attrs["name"]
    assert {frozenset((ids[a], ids[b])) for a, b in made.edges} == {
        frozenset(edge) for edge in awkward().edges
    }
    assert made.vertex_attrs["number"][ids.index("alone")] is None
    assert made.edge_attrs["weight"] == [2] * len(made.edges)


# --- measures -------------------------------------------------------------------------------------


def test_measures_are_a_table_of_persons(tmp_path: Path) -> None:
    """A row per person with the same code as in the network; not for who gets no persons."""
    hood = street()
    network = graph.people(graph.build(hood))
    measured = graph.node_by_degree(network).to_frame()
    shared = graph.for_audience(network, hood=hood, measures=measured)
    graph.write_measures(shared, tmp_path / "measures.csv")
    with (tmp_path / "measures.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["id", "part", "area", "node_by_degree"]
    degrees = dict(graph.to_networkx(shared).degree())
    assert {row["id"]: int(row["node_by_degree"]) for row in rows} == degrees
    with pytest.raises(PrivacyError, match="not for council"):
        graph.write_measures(graph.for_audience(network, "council", hood=hood), tmp_path / "x.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["measures.csv"]


def test_columns_keep_their_order_where_some_are_missing(tmp_path: Path) -> None:
    """Whoever comes first and lacks a value does not push its column to the end."""
    network = nx.Graph()
    network.add_node("a", first=1, third=3)
    network.add_node("b", first=1, second=2, third=3, fourth=4)
    graph.write_csv(own(network), tmp_path)
    head = (tmp_path / "nodes.csv").read_text().splitlines()[0]
    assert head == "id,first,second,third,fourth"


def test_kumu_tells_apart_what_is_called_alike(tmp_path: Path) -> None:
    """Two of one name get their id behind it, and so does one called as another's id."""
    network: nx.Graph[str] = nx.Graph([("a", "b"), ("b", "c")])
    nx.set_node_attributes(network, {"a": "Kring", "b": "kring", "c": "A"}, "name")
    graph.write_kumu(own(network), tmp_path / "kumu.xlsx")
    book = openpyxl.load_workbook(tmp_path / "kumu.xlsx")
    labels = [row[0].value for row in book["Elements"].iter_rows(min_row=2)]
    assert labels == ["Kring (a)", "kring (b)", "A (c)"]
    assert kumu(tmp_path / "kumu.xlsx")[1] == [("a", "b", {}), ("b", "c", {})]
