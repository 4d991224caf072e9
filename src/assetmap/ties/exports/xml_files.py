"""GraphML and GEXF, which most programs for networks read."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from os import PathLike
from pathlib import Path
from typing import Any

from assetmap.errors import UnusableInput
from assetmap.privacy import Released
from assetmap.tables.output import put
from assetmap.ties.exports.objects import networkx_of
from assetmap.ties.exports.plain import Plain, Row, plain
from assetmap.ties.exports.shared import Fact, SharedNetwork

__all__ = ["printable", "write_gexf", "write_graphml"]

_NOT_IN_XML = re.compile(
    "[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]"
)
_STANDS_FOR_IT = "\N{REPLACEMENT CHARACTER}"


def write_graphml(shared: Released[SharedNetwork], path: str | PathLike[str]) -> None:
    """Write GraphML, for yEd, Cytoscape, visone, igraph and networkx.

    Parameters
    ----------
    shared : Released
        From :func:`for_audience`.
    path : path
        The file; it is written beside its place first, and only its owner can read it.

    Raises
    ------
    UnusableInput
        The file cannot be written, or two ids differ only in characters that no XML file can
        hold: those become U+FFFD, and a line end becomes a line feed.

    Examples
    --------
    >>> import tempfile
    >>> import networkx as nx
    >>> from assetmap.graph import for_audience
    >>> shared = for_audience(nx.Graph([("Ans", "Bo")]), "team", own_ids=True)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "network.graphml")
    ...     write_graphml(shared, path)
    ...     sorted(nx.read_graphml(path).nodes)
    ['Ans', 'Bo']
    """
    import networkx as nx

    buffer = BytesIO()
    nx.write_graphml_xml(networkx_of(printable(plain(shared))), buffer)
    put({Path(path): buffer.getvalue()})


def write_gexf(shared: Released[SharedNetwork], path: str | PathLike[str]) -> None:
    """Write GEXF, for Gephi. What something is called is its label.

    Parameters
    ----------
    shared : Released
        From :func:`for_audience`.
    path : path
        The file, as for :func:`write_graphml`.

    Raises
    ------
    UnusableInput
        As for :func:`write_graphml`.

    Examples
    --------
    >>> import tempfile
    >>> import networkx as nx
    >>> from assetmap.graph import for_audience
    >>> shared = for_audience(nx.Graph([("Ans", "Bo")]), "team", own_ids=True)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "network.gexf")
    ...     write_gexf(shared, path)
    ...     nx.read_gexf(path).nodes["Ans"]
    {'label': 'Ans'}
    """
    from networkx.readwrite.gexf import GEXFWriter

    graph = networkx_of(printable(plain(shared)))
    for node, facts in graph.nodes(data=True):
        facts["label"] = str(facts.get("name", node))
    writer = GEXFWriter(graph, version="1.2draft")
    _undated(writer.xml)
    buffer = BytesIO()
    writer.write(buffer)
    put({Path(path): buffer.getvalue()})


def _undated(xml: Any) -> None:
    """Take out the day of writing: the same network gives the same bytes."""
    for part in xml.iter("meta"):
        part.attrib.pop("lastmodifieddate", None)


def printable(found: Plain) -> Plain:
    """Replace what an XML file, and so a workbook, cannot hold."""
    nodes = tuple((_text(node), _row(facts)) for node, facts in found.nodes)
    if len({node for node, _ in nodes}) < len(nodes):
        raise UnusableInput("two ids differ only in characters that this file cannot hold")
    return replace(
        found,
        about={name: _text(value) for name, value in found.about.items()},
        nodes=nodes,
        edges=tuple((_text(a), _text(b), _row(facts)) for a, b, facts in found.edges),
    )


def _row(facts: Row) -> Row:
    return {_text(name): _value(value) for name, value in facts.items()}


def _value(value: Fact) -> Fact:
    return _text(value) if isinstance(value, str) else value


def _text(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _NOT_IN_XML.sub(_STANDS_FOR_IT, lines)
