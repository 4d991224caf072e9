"""The example rows of the starter workbook: read until there is a row of one's own.

A row is an example when the name in it begins with the word "Voorbeeld" or "Example". So the
first run has something to show, and nobody has to delete anything before the second.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assetmap.errors import DataProblem
from assetmap.model import STARTER, Row
from assetmap.tables.grid import notice

__all__ = ["is_example", "without_examples"]

_NAMED_IN = {"people": "called", "talents": "owner", "needs": "owner", "activities": "name"}
_MARK = re.compile(r"(voorbeeld|example)[\s:-]+\S", re.IGNORECASE)


def is_example(table: str, row: Row) -> bool:
    """Tell whether a row is one of the examples."""
    return bool(_MARK.match(str(row.cells.get(_NAMED_IN[table], ""))))


def without_examples(
    rows: Mapping[str, Sequence[Row]],
) -> tuple[dict[str, Sequence[Row]], list[DataProblem]]:
    """Leave out the examples as soon as one of the four sheets holds another row.

    Parameters
    ----------
    rows : Mapping[str, sequence of Row]
        The rows of all tables.

    Returns
    -------
    (dict, list of DataProblem)
        The sheets that changed, and a notice for each.
    """
    starter = {table: rows[table] for table in STARTER if table in rows}
    own = {t: [r for r in found if not is_example(t, r)] for t, found in starter.items()}
    if not any(own.values()):
        return {}, []
    changed = {t: kept for t, kept in own.items() if len(kept) < len(starter[t])}
    notices = [
        notice("examples-left-out", (t, None, None), n=len(starter[t]) - len(kept))
        for t, kept in changed.items()
    ]
    return dict(changed), notices
