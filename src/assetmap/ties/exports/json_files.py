"""JSON: node-link data for programs, and elements for Cytoscape."""

from __future__ import annotations

import json
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import Any

from assetmap.privacy import Released
from assetmap.tables.output import put
from assetmap.ties.exports.plain import plain
from assetmap.ties.exports.shared import SharedNetwork

__all__ = ["write_cytoscape", "write_json"]


def write_json(shared: Released[SharedNetwork], path: str | PathLike[str]) -> None:
    """Write node-link JSON; the edges stand under ``links``.

    Parameters
    ----------
    shared : Released
        From :func:`for_audience`.
    path : path
        The file; it is written beside its place first, and only its owner can read it. It is
        plain ASCII without angle brackets, so that it can stand inside a page.

    Raises
    ------
    UnusableInput
        The file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> import networkx as nx
    >>> from assetmap.graph import for_audience
    >>> shared = for_audience(nx.Graph([("Ans", "Bo")]), "team", own_ids=True)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "network.json")
    ...     write_json(shared, path)
    ...     json.loads(path.read_text())["links"]
    [{'source': 'Ans', 'target': 'Bo'}]
    """
    found = plain(shared)
    keys = [{"key": at} if found.parallel else {} for at in range(len(found.edges))]
    document = {
        "directed": found.directed,
        "multigraph": found.parallel,
        "graph": found.about,
        "nodes": [{"id": node, **facts} for node, facts in found.nodes],
        "links": [
            {"source": source, "target": target, **key, **facts}
            for (source, target, facts), key in zip(found.edges, keys, strict=True)
        ],
    }
    put({Path(path): _bytes(document)})


def write_cytoscape(shared: Released[SharedNetwork], path: str | PathLike[str]) -> None:
    """Write JSON for Cytoscape and cytoscape.js. What something is called is its `name`.

    Parameters
    ----------
    shared : Released
        From :func:`for_audience`.
    path : path
        The file, as for :func:`write_json`.

    Raises
    ------
    UnusableInput
        The file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> import networkx as nx
    >>> from assetmap.graph import for_audience
    >>> shared = for_audience(nx.Graph([("Ans", "Bo")]), "team", own_ids=True)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "network.cyjs")
    ...     write_cytoscape(shared, path)
    ...     sorted(nx.cytoscape_graph(json.loads(path.read_text())).nodes)
    ['Ans', 'Bo']
    """
    found = plain(shared)
    nodes = [
        {"data": {**facts, "id": node, "value": node, "name": str(facts.get("name", node))}}
        for node, facts in found.nodes
    ]
    edges = [
        {"data": {**facts, "id": f"edge:{at}", "source": source, "target": target, "key": at}}
        for at, (source, target, facts) in enumerate(found.edges)
    ]
    document = {
        "directed": found.directed,
        "multigraph": found.parallel,
        "data": list(found.about.items()),
        "elements": {"nodes": nodes, "edges": edges},
    }
    put({Path(path): _bytes(document)})


_IN_A_PAGE = str.maketrans({"<": r"\u003c", ">": r"\u003e", "&": r"\u0026"})


def _bytes(document: Mapping[str, Any]) -> bytes:
    text = json.dumps(document, indent=1, allow_nan=False).translate(_IN_A_PAGE)
    return (text + "\n").encode("ascii")
