"""Numbers back into pandas, with what was assumed."""

from __future__ import annotations

from typing import Any

import pandas as pd

from assetmap.sociometry.measured import said
from assetmap.sociometry.reading import Reading

__all__ = ["per_node"]


def per_node(read: Reading, name: str, values: Any, *notes: str) -> pd.Series[Any]:
    """Return one value per node, in the order of the graph, with ``.attrs["assumptions"]``."""
    index = pd.Index(list(read.nodes), name="node", tupleize_cols=False)
    column = pd.Series(values, index=index, name=name)
    column.attrs["assumptions"] = said(read, name, *notes)
    return column
