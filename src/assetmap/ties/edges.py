"""Any other network: from a table of ties, and a table of nodes where there is one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Any

from assetmap.errors import UnusableInput
from assetmap.ties.plain_tables import (
    Faults,
    PlainTable,
    Tabular,
    attributes_of,
    plain_table,
    writable,
)

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["from_edges"]

_ENDS = ("source", "target")


def from_edges(
    edges: Tabular, nodes: Tabular | None = None, directed: bool = False
) -> nx.Graph[Any]:
    """Make a graph of any network, for the same measures.

    Numbers of numpy become plain Python, dates become ISO text, a missing cell is an attribute
    that is absent, and an attribute has one type on whatever carries it. A tie of a node to itself
    is kept; the measures leave it out and say so.

    Parameters
    ----------
    edges : pandas.DataFrame or sequence of mappings
        A row per tie: `source` and `target` (text or whole numbers), `weight` if there is one (a
        number above 0); further columns become attributes of the tie. A pair that is named again
        is one tie, in an undirected network also the other way round; what both rows say of it
        must agree.
    nodes : pandas.DataFrame or sequence of mappings, optional
        A row per node: its id in the column `id` or else in the index; further columns become its
        attributes. The column `bipartite` makes a two-mode network where some have 0 and others
        1. Default: the nodes that ties name, without attributes.
    directed : bool, default False
        Whether a tie from `source` to `target` says nothing about one back.

    Returns
    -------
    networkx.Graph or networkx.DiGraph
        Nodes in the order of `nodes`, otherwise in that of their first tie.
        ``graph["assumptions"]`` says what was assumed, where something was.

    Raises
    ------
    UnusableInput
        Everything that is wrong, with its table, row (the headings are row 1) and column.

    Examples
    --------
    >>> g = from_edges(
    ...     [{"source": "a", "target": "b"}, {"source": "b", "target": "a"}],
    ...     nodes=[{"id": "c", "age": 70}, {"id": "b"}, {"id": "a"}],
    ... )
    >>> list(g.nodes), list(g.edges), g.nodes["c"]
    (['c', 'b', 'a'], [('b', 'a')], {'age': 70})
    >>> g.graph["assumptions"]
    '1 pair is named more than once and is one tie'
    """
    import networkx as nx

    if not isinstance(directed, bool):
        raise UnusableInput("directed must be True or False")
    faults = Faults()
    table = plain_table("edges", edges, faults)
    listed = None if nodes is None else _listed(plain_table("nodes", nodes, faults), faults)
    ends = _ends(table, faults)
    rows = attributes_of(table, *_ENDS, faults=faults)
    _check_weights(rows, faults)
    found = _gathered(ends, rows, directed, faults)
    if _one_kind(ends, listed, faults) and listed is not None:
        _check_ends(ends, listed, faults)
    faults.raise_any()
    graph: nx.Graph[Any] = nx.DiGraph() if directed else nx.Graph()
    graph.add_nodes_from((listed or {}).items())
    graph.add_edges_from((a, b, rows[row]) for (a, b), row in found.first.items())
    if said := _assumed(found, rows):
        graph.graph["assumptions"] = said
    return graph


def _id(value: Any) -> Any:
    """Return an id; whole numbers that a column with gaps made fractions of are whole again."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _ids(cells: Any, *place: str, faults: Faults) -> list[Any]:
    """Return the ids of a column; None, and a fault, where there is none."""
    found = []
    for at, cell in enumerate(cells):
        name = None if cell == "" else _id(cell)
        if type(name) is not int and not (type(name) is str and writable(name)):
            says = "there is no id here" if name is None else _NO_ID
            faults.add("bad-id", place[0], at, place[1], says=says)
            name = None
        found.append(name)
    return found


_NO_ID = "an id is text (no control signs) or a whole number"


def _listed(table: PlainTable, faults: Faults) -> dict[Any, dict[str, Any]] | None:
    """Return the attributes of each node, by id; None where there are no ids."""
    cells, column = table.columns.get("id"), "id"
    if cells is None and table.index:
        cells, column = table.index, "index"
    if cells is None and (table.count or table.columns):
        says = f"the column id is not there, nor an index with ids; {_headings(table)}"
        faults.add("column-missing", "nodes", None, "id", says=says)
        return None
    rows = attributes_of(table, "id", faults=faults)
    listed: dict[Any, dict[str, Any]] = {}
    for at, name in enumerate(_ids(cells or (), "nodes", column, faults=faults)):
        if name in listed:
            faults.add("id-twice", "nodes", at, column, says="an earlier row has the same id")
        elif name is not None:
            listed[name] = rows[at]
    if "bipartite" in table.columns:
        _check_modes(table.columns["bipartite"], rows, faults)
    return listed


def _check_modes(cells: Any, rows: list[dict[str, Any]], faults: Faults) -> None:
    """Refuse another mode than 0 or 1; the mode is a whole number from here on."""
    for at, (cell, row) in enumerate(zip(cells, rows, strict=True)):
        if type(cell) in {int, float, bool} and cell in {0, 1}:
            row["bipartite"] = int(cell)
        else:
            says = "every node of a two-mode network has the mode 0 or 1"
            faults.add("bad-mode", "nodes", at, "bipartite", says=says)


def _ends(table: PlainTable, faults: Faults) -> list[tuple[Any, Any]]:
    """Return the two ends of each row, None for one that is not there."""
    columns = []
    for name in _ENDS:
        if name in table.columns:
            columns.append(_ids(table.columns[name], "edges", name, faults=faults))
        else:
            columns.append([None] * table.count)
            if table.count or table.columns:
                says = f"this column is not there; {_headings(table)}"
                faults.add("column-missing", "edges", None, name, says=says)
    return list(zip(*columns, strict=True))


_HEADINGS = 12


def _headings(table: PlainTable) -> str:
    """Say which columns were seen, so that another name or capital is recognised."""
    seen = [repr(head) for head in table.columns]
    if not seen:
        return "there are no columns"
    more = f" and {len(seen) - _HEADINGS} more" if len(seen) > _HEADINGS else ""
    return f"the columns are {', '.join(seen[:_HEADINGS])}{more}"


@dataclass(frozen=True, slots=True)
class _Ties:
    """The ties that were found, each once, with the row that names it first."""

    first: dict[tuple[Any, Any], int]
    again: set[int]
    """Rows whose tie is named once more."""


def _gathered(
    ends: list[tuple[Any, Any]], rows: list[dict[str, Any]], directed: bool, faults: Faults
) -> _Ties:
    """Make one tie of the rows that name one pair; the first of them gets what others add."""
    found = _Ties({}, set())
    first = found.first
    for at, pair in enumerate(ends):
        row = first.get(pair)
        if row is None and not directed:
            row = first.get((pair[1], pair[0]))
        if row is not None:
            found.again.add(row)
            _agree(rows, row, at, faults)
        elif pair[0] is not None and pair[1] is not None:
            first[pair] = at
    return found


def _agree(rows: list[dict[str, Any]], row: int, at: int, faults: Faults) -> None:
    """Add to a tie what another row says of it; a fault where the two contradict each other."""
    for name, value in rows[at].items():
        if rows[row].setdefault(name, value) != value:
            says = f"row {row + 2} names the same pair and says otherwise"
            faults.add("said-otherwise", "edges", at, name, says=says)


def _assumed(found: _Ties, rows: list[dict[str, Any]]) -> str:
    said = []
    if again := len(found.again):
        are = "pair is" if again == 1 else "pairs are"
        ends = "is one tie" if again == 1 else "are one tie each"
        said.append(f"{again} {are} named more than once and {ends}")
    bare = sum("weight" not in rows[row] for row in found.first.values())
    if 0 < bare < len(found.first):
        ties = "tie has" if bare == 1 else "ties have"
        said.append(f"{bare} {ties} no weight, which counts as 1")
    return "; ".join(said)


def _check_weights(rows: list[dict[str, Any]], faults: Faults) -> None:
    if not any("weight" in facts for facts in rows):
        return
    for at, facts in enumerate(rows):
        weight = facts.get("weight", 1)
        if type(weight) not in {int, float} or not 0 < weight < inf:
            says = "a weight is a number above 0; leave out a row that is no tie"
            faults.add("bad-weight", "edges", at, "weight", says=says)


def _one_kind(
    ends: list[tuple[Any, Any]], listed: Mapping[Any, Any] | None, faults: Faults
) -> bool:
    """Refuse ids of which some are text and some are numbers: 1 and "1" may be one node."""
    kinds = {type(end) for pair in ends for end in pair if end is not None}
    kinds |= {type(name) for name in listed or ()}
    if len(kinds) > 1:
        says = (
            "some ids are text and some are numbers; make them all one or the other "
            "(without a column id, the ids of nodes are those of the index)"
        )
        faults.add("mixed-types", "edges" if listed is None else None, None, None, says=says)
    return len(kinds) <= 1


def _check_ends(
    ends: list[tuple[Any, Any]], listed: Mapping[Any, Mapping[str, Any]], faults: Faults
) -> None:
    modes = {name: facts.get("bipartite") for name, facts in listed.items()}
    one_mode = len(set(modes.values())) <= 1
    for at, pair in enumerate(ends):
        if one_mode and pair[0] in listed and pair[1] in listed:
            continue
        for column, end in zip(_ENDS, pair, strict=True):
            if end is not None and end not in listed:
                faults.add("unknown-id", "edges", at, column, says="this end is not in nodes")
        sides = [modes.get(end) for end in pair]
        if None not in sides and sides[0] == sides[1]:
            says = "both ends are of one mode; a tie of a two-mode network joins the two"
            faults.add("one-mode", "edges", at, None, says=says)
