"""Write the reference page of the measures from the catalogue: ``make reference``."""

from __future__ import annotations

import sys
from pathlib import Path

from assetmap.graph import MEASURES, Measure

__all__ = ["PAGE", "page"]

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "measures.md"
_HEAD = """# Measures

One row for each measure, one function of `assetmap.graph` for each row. `graph.measures(g)` gathers
those of the nodes, `graph.whole(g)` those of the network; ° marks what they leave out, which is
called by itself. What a measure assumes is in `.attrs["assumptions"]` of what it returns, and
`graph.assumptions(name)` says it again.

```python
>>> import networkx as nx
>>> from assetmap import graph
>>> table = graph.measures(nx.Graph([("ans", "bo"), ("bo", "co")]))
>>> table["node_by_degree"].to_dict()
{'ans': 1, 'bo': 2, 'co': 1}
>>> graph.assumptions("node_by_degree").split("; ")[0]
'direction: a tie either way counts, once'

```

A measure that is undefined for the network that it is given refuses, or returns a missing value, as
its row says: never a number that means something else. In `graph.measures` such a column is absent
and named in `.attrs["refused"]`. How other programs differ is told on
[the page of differences](../explanation/differences.md). This page is made of the catalogue, with
`make reference`.
"""
_PARTS = {
    "node_by_": "A number for each node",
    "node_is_": "A mark for each node",
    "node_in_": "A group for each node",
    "tie_": "For each tie",
    "whole_": "Of the whole network",
}


_COLUMNS = {
    "question": "question",
    "definition": "definition",
    "domain": "values",
    "direction": "direction",
    "weights": "weights",
    "two_mode": "two-mode",
    "isolates": "isolates",
    "missing": "missing",
    "source": "source",
}


def page() -> str:
    """Return the text of the page."""
    parts = [_HEAD.rstrip()]
    for prefix, title in _PARTS.items():
        rows = [MEASURES[name] for name in sorted(MEASURES) if name.startswith(prefix)]
        if rows:
            parts.append("\n".join((f"## {title}", "", *_table(rows))))
    return "\n\n".join(parts) + "\n"


def _table(rows: list[Measure]) -> list[str]:
    heads = ("measure", *_COLUMNS.values())
    return [
        f"| {' | '.join(heads)} |",
        "|---" * len(heads) + "|",
        *(f"| {' | '.join(_cells(row))} |" for row in rows),
    ]


def _cells(row: Measure) -> list[str]:
    mark = "" if row.gathered else "°"
    told = (getattr(row, name) for name in _COLUMNS)
    return [f"`{row.name}`{mark}", *(cell.replace("|", r"\|") for cell in told)]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{PAGE}\n")
