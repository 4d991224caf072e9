"""Reading a map of Kumu: what comes in, what is told, and what comes back as it was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import networkx as nx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetmap import graph
from assetmap.errors import DataProblems, UnusableInput


def book(path: Path, **sheets: list[list[Any]]) -> Path:
    """Write a workbook as another program would."""
    made = openpyxl.Workbook()
    del made["Sheet"]
    for name, rows in sheets.items():
        place = made.create_sheet(name.replace("_", " "))
        for row in rows:
            place.append(row)
    made.save(path)
    return path


ELEMENTS = [["Label", "TYPE", "Members"], ["Koor", "initiative", 12], ["Kerk", "place", None]]
CONNECTIONS = [["From", "To", "Direction", "Weight"], ["koor", "Kerk", "directed", 2]]


def test_a_workbook_becomes_a_network(tmp_path: Path) -> None:
    """Sheets are known by their headings, ends by their labels, columns by what is in them."""
    notes = [["What", "Who"], ["x", "y"]]
    path = book(tmp_path / "map.xlsx", A=CONNECTIONS, B=ELEMENTS, C=notes, D__ignore_=[["a"]])
    found = graph.read_kumu(path)
    assert dict(found.nodes(data=True)) == {
        "Koor": {"kind": "initiative", "Members": 12},
        "Kerk": {"kind": "place"},
    }
    assert list(found.edges(data=True)) == [("Koor", "Kerk", {"weight": 2})]
    assert found.is_directed()
    assert "sheets passed over: 2" in found.graph["assumptions"]


def test_json_and_csv_say_the_same_as_a_workbook(tmp_path: Path) -> None:
    """A document with lists and a folder of CSV files give the network of the workbook."""
    document = {
        "elements": [
            {"_id": "e1", "attributes": {"label": "Koor", "element type": "initiative"}},
            {"_id": "e2", "attributes": {"label": "Kerk", "tags": ["oud", "groot"]}},
        ],
        "connections": [{"from": "e1", "to": "e2", "direction": "mutual"}],
    }
    (tmp_path / "map.json").write_text(json.dumps(document))
    (tmp_path / "elements.csv").write_text(
        "Id;Label;Type;tags\ne1;Koor;initiative;\ne2;Kerk;;oud|groot\n"
    )
    (tmp_path / "connections.csv").write_text("From;To;Direction\nkoor;e2;Mutual\n")
    one, other = graph.read_kumu(tmp_path / "map.json"), graph.read_kumu(tmp_path)
    assert one.nodes(data=True) == other.nodes(data=True)
    assert list(one.edges) == list(other.edges) == [("e1", "e2")]
    assert one.nodes["e2"] == {"name": "Kerk", "tags": "oud|groot"}


def test_several_connections_are_one_tie(tmp_path: Path) -> None:
    """Weights add up, texts stand behind each other, other numbers that differ are left out."""
    (tmp_path / "c.csv").write_text(
        "From,To,Type,weight,year\na,b,x,1,2020\nb,a,y,2,2021\na,b|c,x,,\n"
    )
    found = graph.read_kumu(tmp_path / "c.csv")
    assert list(found.edges(data=True)) == [
        ("a", "b", {"kind": "x | y", "weight": 3}),
        ("a", "c", {"kind": "x"}),
    ]
    said = found.graph["assumptions"]
    assert "elements that only connections name: 3" in said
    assert "numbers left out because such connections say otherwise: 1" in said


def test_what_has_no_direction_goes_both_ways_beside_what_has(tmp_path: Path) -> None:
    """In a directed network the other connections are two arcs each, and that is said."""
    (tmp_path / "c.csv").write_text("From,To,Direction\na,b,directed\nb,c,mutual\nc,a,\n")
    found = graph.read_kumu(tmp_path / "c.csv")
    assert sorted(found.edges) == [("a", "b"), ("a", "c"), ("b", "c"), ("c", "a"), ("c", "b")]
    assert "a connection without a direction goes both ways" in found.graph["assumptions"]


@pytest.mark.parametrize(
    ("elements", "connections", "place"),
    [
        ([["Label"], ["a"], ["A"]], CONNECTIONS, "Elements, row 3, column Label"),
        ([["Id", "Label"], ["1", "a"], ["1", "b"]], CONNECTIONS, "Elements, row 3, column Id"),
        ([["Label", "x"], [None, "y"]], CONNECTIONS, "Elements, row 2, column Label"),
        ([["Label", "label"], ["a", "b"]], CONNECTIONS, "Elements, row 1, column label"),
        ([["Label", None], ["a", "b"]], CONNECTIONS, "Elements, row 1"),
        (ELEMENTS, [["From", "To"], ["a", "b"], ["a", None]], "Connections, row 3, column To"),
        (ELEMENTS, [["FROM", "To"], [None, "b"]], "Connections, row 2, column FROM"),
        (ELEMENTS, [["From", "To", "Weight"], ["a", "b", 0]], "row 2, column Weight"),
        (ELEMENTS, [["From", "To", "Direction"], ["a", "b", "up"]], "row 2, column Direction"),
        (
            [["Id", "Label"], ["1", "a"], ["2", "a"]],
            [["From", "To"], ["1", "A"]],
            "Connections, row 2, column To",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    elements: list[list[Any]], connections: list[list[Any]], place: str, tmp_path: Path
) -> None:
    """Sheet, row as a spreadsheet counts, and the heading as it stands there."""
    path = book(tmp_path / "map.xlsx", Elements=elements, Connections=connections)
    with pytest.raises(UnusableInput, match="must be repaired first") as wrong:
        graph.read_kumu(path)
    assert place in str(wrong.value)


def test_a_long_list_of_faults_is_cut(tmp_path: Path) -> None:
    """A hundred bad rows make a message of some fifty lines."""
    (tmp_path / "c.csv").write_text("From,To,weight\n" + "a,b,-1\n" * 100)
    with pytest.raises(UnusableInput) as wrong:
        graph.read_kumu(tmp_path / "c.csv")
    assert len(str(wrong.value).splitlines()) == 52


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"elements": 3}', '{"elements": [1]}', "["])
def test_a_document_that_is_no_map_is_refused(text: str, tmp_path: Path) -> None:
    """One error, never an exception of another kind."""
    (tmp_path / "map.json").write_text(text)
    with pytest.raises(DataProblems):
        graph.read_kumu(tmp_path / "map.json")


def test_a_workbook_without_elements_or_connections_is_refused(tmp_path: Path) -> None:
    """It is said which headings were looked for."""
    with pytest.raises(UnusableInput, match="Label"):
        graph.read_kumu(book(tmp_path / "map.xlsx", Blad=[["Naam"], ["x"]]))
    with pytest.raises(DataProblems):
        graph.read_kumu(tmp_path / "none.xlsx")


names = st.text("abcAB 12.é=+'(", min_size=1, max_size=5).map(str.strip).filter(bool)
words = st.sampled_from(("koor", "Kerk", "=1+1", "a b"))


@st.composite
def networks(draw: st.DrawFn) -> nx.Graph[str]:
    """Draw a network as others than the writer of Kumu would keep it."""
    ids = draw(st.lists(names, min_size=1, max_size=5, unique_by=str.casefold))
    network: nx.Graph[str] = nx.DiGraph() if draw(st.booleans()) else nx.Graph()
    for node in ids:
        network.add_node(node, sort=draw(words), members=draw(st.integers(0, 99)))
        if draw(st.booleans()):
            network.nodes[node]["open"] = draw(st.booleans())
    for a, b in draw(st.lists(st.tuples(*[st.sampled_from(ids)] * 2), max_size=6)):
        network.add_edge(a, b, sort=draw(words), weight=draw(st.integers(1, 9)))
    return network


@given(networks())
def test_what_was_written_for_kumu_comes_back(
    tmp_path_factory: pytest.TempPathFactory, network: nx.Graph[str]
) -> None:
    """The same nodes, ties and attributes; what had no kind has the one that the file gave it."""
    path = tmp_path_factory.mktemp("kumu") / "map.xlsx"
    graph.write_kumu(graph.for_audience(network, "team", own_ids=True), path)
    found = graph.read_kumu(path)
    assert dict(found.nodes(data=True)) == {
        node: {**facts, "kind": "person"} for node, facts in network.nodes(data=True)
    }

    def ties(of: nx.Graph[str]) -> dict[Any, Any]:
        pairs = of.edges(data=True)
        return {(a, b) if of.is_directed() else frozenset((a, b)): facts for a, b, facts in pairs}

    assert ties(found) == {pair: {**facts, "kind": "tie"} for pair, facts in ties(network).items()}
    assert found.is_directed() == (network.is_directed() and bool(network.edges))
