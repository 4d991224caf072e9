"""Tables: CSV files of nodes, edges and measures, and the workbook that Kumu takes."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from pathlib import Path

from assetmap.errors import PrivacyError
from assetmap.privacy import Released
from assetmap.tables import csv_text
from assetmap.tables.output import put
from assetmap.tables.plain_book import plain_book
from assetmap.ties.exports.audience import COUNTED
from assetmap.ties.exports.plain import Plain, Row, plain
from assetmap.ties.exports.shared import SharedNetwork
from assetmap.ties.exports.xml_files import printable

__all__ = ["write_csv", "write_kumu", "write_measures"]

_MEASURE = "node_"


def write_csv(shared: Released[SharedNetwork], folder: str | PathLike[str]) -> None:
    """Write ``nodes.csv`` and ``edges.csv``: both, or none.

    Parameters
    ----------
    shared : Released
        From :func:`for_audience`.
    folder : path
        Where; it is made if need be. Only its owner can read the files. A text that a spreadsheet
        program would take for a formula gets a ``'`` before it.

    Raises
    ------
    UnusableInput
        A file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> import networkx as nx
    >>> from assetmap.graph import for_audience
    >>> shared = for_audience(nx.Graph([("Ans", "Bo")]), "team", own_ids=True)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_csv(shared, folder)
    ...     Path(folder, "edges.csv").read_text().split()
    ['source,target', 'Ans,Bo']
    """
    found = plain(shared)
    of_nodes, of_edges = found.columns
    edges: list[dict[str, object]] = [
        {"source": a, "target": b, **facts} for a, b, facts in found.edges
    ]
    put(
        {
            Path(folder, "nodes.csv"): _csv(("id", *of_nodes), _node_rows(found)),
            Path(folder, "edges.csv"): _csv(("source", "target", *of_edges), edges),
        }
    )


def write_measures(shared: Released[SharedNetwork], path: str | PathLike[str]) -> None:
    """Write the measures of people as one CSV file: a row per person, in the order of the codes.

    Parameters
    ----------
    shared : Released
        From :func:`for_audience` with `measures`.
    path : path
        The file, as for :func:`write_csv`.

    Raises
    ------
    PrivacyError
        It was released for an audience that gets no persons.
    UnusableInput
        The file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> import networkx as nx
    >>> from assetmap.graph import for_audience, node_by_degree
    >>> network = nx.Graph([("Ans", "Bo")])
    >>> measured = node_by_degree(network).to_frame()
    >>> shared = for_audience(network, "team", measures=measured, own_ids=True)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_measures(shared, Path(folder, "measures.csv"))
    ...     Path(folder, "measures.csv").read_text().split()
    ['id,node_by_degree', 'Ans,1', 'Bo,1']
    """
    found = plain(shared)
    if shared.audience in COUNTED:
        raise PrivacyError(f"measures of single people are not for {shared.audience.value}")
    names = [name for name in found.columns[0] if name.startswith(_MEASURE)]
    wanted = ["id", *(n for n in ("part", "area") if n in found.columns[0]), *names]
    rows = [row for row in _node_rows(found) if any(name in row for name in names)]
    put({Path(path): _csv(tuple(wanted), rows)})


def write_kumu(shared: Released[SharedNetwork], path: str | PathLike[str]) -> None:
    """Write a workbook for Kumu: the sheets Elements and Connections.

    Parameters
    ----------
    shared : Released
        From :func:`for_audience`.
    path : path
        The file (``.xlsx``), as for :func:`write_csv`. Cells are texts and numbers, never
        formulas; what a workbook cannot hold becomes U+FFFD.

    Raises
    ------
    UnusableInput
        The file cannot be written, or a sheet cannot hold it.

    Notes
    -----
    Kumu joins elements by their label, so each has one of its own: what it is called, with its id
    behind it where two are called alike.

    Examples
    --------
    >>> import tempfile
    >>> import networkx as nx
    >>> from assetmap.graph import for_audience
    >>> shared = for_audience(nx.Graph([("Ans", "Bo")]), "team", own_ids=True)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "kumu.xlsx")
    ...     write_kumu(shared, path)
    ...     path.stat().st_size > 0
    True
    """
    found = printable(plain(shared))
    labels = _labels(found)
    direction = "directed" if found.directed else "undirected"
    elements = [
        {"Label": labels[node], "Type": facts.get("kind", "person"), "Id": node, **_rest(facts)}
        for node, facts in found.nodes
    ]
    connections = [
        {
            "From": labels[a],
            "To": labels[b],
            "Direction": direction,
            "Type": facts.get("kind", "tie"),
            **_rest(facts),
        }
        for a, b, facts in found.edges
    ]
    headings = (("Label", "Type", "Id"), ("From", "To", "Direction", "Type"))
    columns = [
        (*first, *(name for name in names if name not in _SAID))
        for first, names in zip(headings, found.columns, strict=True)
    ]
    sheets = {"Elements": (columns[0], elements), "Connections": (columns[1], connections)}
    put({Path(path): plain_book(sheets)})


_SAID = frozenset({"kind", "name"})
"""Attributes that stand in a column of another name."""


def _rest(facts: Row) -> Row:
    return {name: value for name, value in facts.items() if name not in _SAID}


def _labels(found: Plain) -> Mapping[str, str]:
    """Give every node a label of its own, whatever the capitals."""
    called = {node: str(facts.get("name", node)) for node, facts in found.nodes}
    alike: dict[str, list[str]] = {}
    for node, label in called.items():
        alike.setdefault(label.casefold(), []).append(node)
    taken = {node.casefold() for node in called}
    return {
        node: label
        if len(alike[label.casefold()]) == 1 and (label == node or label.casefold() not in taken)
        else f"{label} ({node})"
        for node, label in called.items()
    }


def _node_rows(found: Plain) -> list[dict[str, object]]:
    return [{"id": node, **facts} for node, facts in found.nodes]


def _csv(columns: tuple[str, ...], rows: list[dict[str, object]]) -> bytes:
    return csv_text(columns, rows).encode("utf-8", "backslashreplace")
