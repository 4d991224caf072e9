"""A network map that exists in Kumu, as a graph for the same measures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assetmap.tables.grid import Grid
from assetmap.tables.kumu_files import kumu_grids
from assetmap.ties.edges import from_edges
from assetmap.ties.plain_tables import Faults, writable

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["read_kumu"]

_OURS = {"label": "name", "type": "kind", "weight": "weight"}
"""Headings of Kumu that have a name of their own here, whatever their capitals."""
_PLACES = frozenset({"id", "from", "to", "direction"})
_WHOLE = re.compile(r"-?(?:0|[1-9]\d{0,14})")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,17})?")
_YES_NO = {"yes": True, "no": False, "true": True, "false": False}
_DIRECTIONS = ("undirected", "directed", "mutual")
_BETWEEN = "|"


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet with its columns understood; `lines` are the row numbers of the file."""

    name: str
    columns: Mapping[str, Sequence[Any]]
    headings: Mapping[str, str]
    """Columns by their names here, as the sheet calls them."""
    lines: Sequence[int]

    @property
    def labelled(self) -> bool:
        """Whether it has the heading that elements have."""
        return self.headings.get("name", "").casefold() == "label"

    def said(self, column: str) -> Sequence[str]:
        """Return the texts of a column; blank ones where it is not there."""
        return self.columns.get(column) or [""] * len(self.lines)

    def facts(self, at: int) -> dict[str, Any]:
        """Return the attributes of a row."""
        return {
            name: cells[at]
            for name, cells in self.columns.items()
            if name not in _PLACES and cells[at] != ""
        }


@dataclass(slots=True)
class _Reading:
    """What was read so far, and what is to be told of it."""

    faults: Faults = field(default_factory=Faults)
    nodes: dict[str, dict[str, Any]] = field(default_factory=dict)
    called: dict[str, list[str]] = field(default_factory=dict)
    """Ids of nodes by their label, whatever its capitals."""
    ties: list[tuple[str, str, str, dict[str, Any]]] = field(default_factory=list)
    told: Counter[str] = field(default_factory=Counter)

    def fault(self, code: str, sheet: _Sheet, at: int, column: str, *, says: str) -> None:
        """Note a fault at a row of a sheet."""
        heading = sheet.headings.get(column, column)
        self.faults.add(code, sheet.name, sheet.lines[at] - 2, heading, says=says)


def read_kumu(path: str | PathLike[str]) -> nx.Graph[str]:
    r"""Read a network map of Kumu as a graph, for the same measures.

    Parameters
    ----------
    path : path
        A workbook with the sheets Elements and Connections, a JSON document with both, a CSV file
        of connections, or a folder of CSV files. Sheets are known by their headings: ``Label``
        makes elements, ``From`` and ``To`` make connections; those called ``(ignore)`` are
        passed over.

    Returns
    -------
    networkx.Graph or networkx.DiGraph
        Directed where a connection is; then one that is not, or is mutual, goes both ways. The id
        of a node is its ``Id``, or else its label; the label is its `name` where that is another,
        its type its `kind`, and every other column an attribute under its own heading. A column
        of only numbers, or only yes and no, is read as that. ``graph["assumptions"]`` says what
        was assumed.

    Raises
    ------
    DataProblems
        The file cannot be read.
    UnusableInput
        Everything that is wrong, with its sheet, row and column.

    Notes
    -----
    Several connections between the same two become one tie: weights are added up, other texts
    stand behind each other, and other numbers are left out. Several names in one ``To``, with
    ``|`` between them, make a connection each. An element that only a connection names is there
    too, as in Kumu itself.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "connections.csv")
    ...     _ = path.write_text("From,To,Type\nKoor,Buurthuis,uses\nKoor,Kerk|Buurthuis,sings\n")
    ...     network = read_kumu(path)
    >>> list(network.edges(data="kind"))
    [('Koor', 'Buurthuis', 'uses | sings'), ('Koor', 'Kerk', 'sings')]
    """
    reading = _Reading()
    sheets = [_sheet(grid, reading.faults) for grid in kumu_grids(Path(path)) if grid.rows]
    held = [sheet for sheet in sheets if {"from", "to"} <= sheet.columns.keys()]
    listed = [sheet for sheet in sheets if sheet.labelled and sheet not in held]
    if not held and not listed:
        says = "no sheet has the heading Label (elements), or From and To (connections)"
        reading.faults.add("column-missing", None, None, None, says=says)
    for sheet in listed:
        _elements(sheet, reading)
    for sheet in held:
        _connections(sheet, reading)
    reading.faults.raise_any()
    return _graph(reading, passed=len(sheets) - len(held) - len(listed))


def _sheet(grid: Grid, faults: Faults) -> _Sheet:
    """Understand the headings of a sheet, and what type each column has."""
    first, heads = grid.rows[0]
    rows = grid.rows[1:]
    width = max(map(len, (cells for _, cells in grid.rows)))
    for wrong in grid.faults:
        head = heads[wrong.at] if wrong.at < len(heads) else ""
        says = "this cell cannot be used: an error, a formula without a value, or too long"
        faults.add(wrong.code, grid.name, wrong.row - 2, head or None, says=says)
    headings: dict[str, str] = {}
    columns: dict[str, Sequence[Any]] = {}
    for at, head in enumerate((*heads, *[""] * (width - len(heads)))):
        cells = [row[at] if at < len(row) else "" for _, row in rows]
        plain = head.strip().casefold()
        name = plain if plain in _PLACES else _OURS.get(plain, head.strip())
        if not name:
            if any(cells):
                says = f"column {at + 1} has no heading"
                faults.add("bad-heading", grid.name, first - 2, None, says=says)
        elif name in columns:
            says = "two columns have this name"
            faults.add("column-twice", grid.name, first - 2, head, says=says)
        else:
            headings[name] = head.strip()
            columns[name] = cells if name in {*_PLACES, "name", "kind"} else _typed(cells)
    return _Sheet(grid.name, columns, headings, [number for number, _ in rows])


def _typed(cells: Sequence[str]) -> Sequence[Any]:
    """Return the values of a column: numbers, or yes and no, where all that is there are."""
    there = [cell for cell in cells if cell]
    if there and all(cell.casefold() in _YES_NO for cell in there):
        return [_YES_NO[cell.casefold()] if cell else "" for cell in cells]
    for form, kind in ((_WHOLE, int), (_NUMBER, float)):
        if there and all(form.fullmatch(cell) for cell in there):
            return [kind(cell) if cell else "" for cell in cells]
    return cells


def _elements(sheet: _Sheet, reading: _Reading) -> None:
    for at, (own, label) in enumerate(zip(sheet.said("id"), sheet.said("name"), strict=True)):
        node = own or label
        facts = sheet.facts(at)
        if not node:
            reading.fault("bad-id", sheet, at, "name", says="there is no label here")
        elif node in reading.nodes or (not own and label.casefold() in reading.called):
            column = "id" if own else "name"
            says = "an earlier row has the same; give each an Id of its own"
            reading.fault("id-twice", sheet, at, column, says=says)
        elif _can_be_written(sheet, at, {"id": own, **facts}, reading):
            reading.called.setdefault(label.casefold(), []).append(node)
            name = label.removesuffix(f" ({own})") if own else label
            reading.nodes[node] = {**facts, "name": name}
            if name in {node, ""}:
                del reading.nodes[node]["name"]


def _can_be_written(sheet: _Sheet, at: int, facts: Mapping[str, Any], reading: _Reading) -> bool:
    odd = [name for name, cell in facts.items() if isinstance(cell, str) and not writable(cell)]
    for name in odd:
        says = "a text holds control signs, which no file of a network can hold"
        reading.fault("bad-value", sheet, at, name, says=says)
    return not odd


def _connections(sheet: _Sheet, reading: _Reading) -> None:
    weights = sheet.columns.get("weight") or [""] * len(sheet.lines)
    for at, weight in enumerate(weights):
        if weight != "" and (type(weight) not in {int, float} or weight <= 0):
            says = "a weight is a number above 0; leave out a row that is no tie"
            reading.fault("bad-weight", sheet, at, "weight", says=says)
        way = sheet.said("direction")[at].casefold() or _DIRECTIONS[0]
        if way not in _DIRECTIONS:
            says = f"a direction is one of {', '.join(_DIRECTIONS)}, or blank"
            reading.fault("bad-direction", sheet, at, "direction", says=says)
        facts = sheet.facts(at)
        starts = list(_ends(sheet, at, "from", reading))
        if not _can_be_written(sheet, at, facts, reading):
            continue
        for target in _ends(sheet, at, "to", reading):
            reading.ties += [(start, target, way, facts) for start in starts]


def _ends(sheet: _Sheet, at: int, column: str, reading: _Reading) -> Iterator[str]:
    """Yield the nodes that a cell names; several only in ``To``, as in Kumu."""
    text = sheet.columns[column][at]
    parts = [text]
    if column == "to" and not _named(text, reading):
        parts = [part.strip() for part in text.split(_BETWEEN)]
    for part in parts:
        found = _named(part, reading)
        if not part or not writable(part):
            reading.fault("bad-id", sheet, at, column, says="no element is named here")
        elif len(found) > 1:
            says = "several elements are called this; name the one that is meant by its Id"
            reading.fault("ambiguous-end", sheet, at, column, says=says)
        elif found:
            yield found[0]
        else:
            reading.told["alone"] += 1
            reading.nodes[part] = {}
            reading.called[part.casefold()] = [part]
            yield part


def _named(text: str, reading: _Reading) -> list[str]:
    if text in reading.nodes:
        return [text]
    return reading.called.get(text.casefold(), [])


def _graph(reading: _Reading, passed: int) -> nx.Graph[str]:
    """Make one tie of the connections between the same two."""
    directed = any(way == "directed" for _, _, way, _ in reading.ties)
    ties: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for start, target, way, facts in reading.ties:
        pair = (start, target)
        if not directed and pair not in ties and pair[::-1] in ties:
            pair = pair[::-1]
        ties.setdefault(pair, []).append(facts)
        if directed and way != "directed" and start != target:
            ties.setdefault(pair[::-1], []).append(facts)
    rows = [
        {"source": a, "target": b, **_together(of, reading.told)} for (a, b), of in ties.items()
    ]
    nodes = [{"id": node, **facts} for node, facts in reading.nodes.items()]
    graph = from_edges(rows, nodes, directed)
    said = [str(graph.graph["assumptions"])] if "assumptions" in graph.graph else []
    if alone := reading.told["alone"]:
        said.append(f"elements that only connections name: {alone}")
    if again := sum(len(of) > 1 for of in ties.values()):
        said.append(f"ties made of several connections: {again}")
    if lost := reading.told["left out"]:
        said.append(f"numbers left out because such connections say otherwise: {lost}")
    if directed and any(way == _DIRECTIONS[0] for _, _, way, _ in reading.ties):
        said.append("a connection without a direction goes both ways")
    if passed:
        said.append(f"sheets passed over: {passed}")
    if said:
        graph.graph["assumptions"] = "; ".join(said)
    return graph


def _together(several: Sequence[Mapping[str, Any]], told: Counter[str]) -> dict[str, Any]:
    """Return the attributes of a tie that one or more connections make."""
    made: dict[str, Any] = {}
    for name in dict.fromkeys(name for facts in several for name in facts):
        values = [facts[name] for facts in several if name in facts]
        different = list(dict.fromkeys(values))
        if name == "weight":
            made[name] = sum(values)
        elif len(different) == 1:
            made[name] = different[0]
        elif all(isinstance(value, str) for value in different):
            made[name] = " | ".join(different)
        else:
            told["left out"] += 1
    return made
