"""The example rows of the starter workbook: read until there is a row of one's own.

A row is an example when the name in it begins with the word "Voorbeeld" or "Example". So the
first run has something to show, and nobody has to delete anything before the second.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from assetmap.errors import DataProblem
from assetmap.model import PersonKind, Role, Row, Share, Term
from assetmap.schedule import parse_windows
from assetmap.tables.grid import notice
from assetmap.texts import Language, say

__all__ = ["example_rows", "examples_in", "without_examples"]

_NAMED_IN = {"people": "called", "talents": "owner", "needs": "owner", "activities": "name"}
_MARK = re.compile(r"(voorbeeld|example)[\s:-]+\S", re.IGNORECASE)


def examples_in(rows: Mapping[str, Sequence[Row]]) -> dict[str, frozenset[int]]:
    """Return the row numbers of the examples, by table.

    Parameters
    ----------
    rows : Mapping[str, sequence of Row]
        The rows of all tables.

    Returns
    -------
    dict of str to frozenset of int
        A table for each of the four sheets that is there. What an example person offers or asks
        is an example, also when that person is written as an id.
    """
    ids = {
        _said(row, "person")
        for row in rows.get("people", ())
        if _MARK.match(_said(row, "called")) and _said(row, "person")
    }
    ids |= {f"person:{name}" for name in ids}
    return {
        table: frozenset(
            row.number
            for row in rows[table]
            if _MARK.match(_said(row, column)) or _said(row, column) in ids
        )
        for table, column in _NAMED_IN.items()
        if table in rows
    }


def _said(row: Row, column: str) -> str:
    return str(row.cells.get(column, ""))


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
    examples = examples_in(rows)
    if all(len(numbers) == len(rows[table]) for table, numbers in examples.items()):
        return {}, []
    changed = {
        table: [row for row in rows[table] if row.number not in numbers]
        for table, numbers in examples.items()
        if numbers
    }
    notices = [
        notice("examples-left-out", (table, None, None), n=len(examples[table]))
        for table in changed
    ]
    return dict(changed), notices


Examples = tuple[Mapping[str, object], Mapping[str, object]]
_ASKED = dt.date(2026, 1, 5)
_MORNING, _EVENING = "Tue 09:00-13:00", "Fri 17:00-23:00"


def example_rows(language: Language) -> dict[str, Examples]:
    """Return two example rows for each of the four sheets; together they give a first result."""
    return {
        "people": _people(language),
        "talents": _talents(language),
        "needs": _needs(language),
        "activities": _activities(language),
    }


def _text(name: str, language: Language) -> str:
    return say(f"workbook.example.{name}", language)


def _people(language: Language) -> Examples:
    both = {
        "kind": PersonKind.RESIDENT,
        "area": _text("area", language),
        "available": parse_windows(f"{_MORNING} | {_EVENING}"),
        "share": Share.YES,
    }
    return (
        {**both, "called": _text("anja", language), "languages": ("nl", "tr"), "walks_m": 300},
        {**both, "called": _text("karim", language), "languages": ("nl", "ar")},
    )


def _talents(language: Language) -> Examples:
    both = {"role": Role.NEIGHBOUR, "term": Term.LONG}
    return (
        {
            **both,
            "owner": _text("karim", language),
            "category": "ride",
            "per_week": 2,
            "max_km": 10.0,
            "seats": 3,
            "description": _text("ride", language),
        },
        {
            **both,
            "owner": _text("anja", language),
            "category": "language",
            "per_week": 1,
            "description": _text("talk", language),
        },
    )


def _needs(language: Language) -> Examples:
    both = {"since": _ASKED, "talked": True, "term": Term.LONG}
    return (
        {
            **both,
            "owner": _text("anja", language),
            "category": "meal",
            "urgency": 3,
            "when": parse_windows(_EVENING),
            "wants": (_text("dinner", language),),
        },
        {
            **both,
            "owner": _text("karim", language),
            "category": "language",
            "urgency": 2,
            "when": parse_windows(_MORNING),
        },
    )


def _activities(language: Language) -> Examples:
    area = _text("area", language)
    return (
        {
            "name": _text("dinner", language),
            "category": "meal",
            "area": area,
            "start": dt.datetime(2026, 1, 9, 18),
            "minutes": 120,
            "rrule": _text("fridays", language),
            "capacity": 20,
            "fee_eur": Decimal("7.00"),
        },
        {
            "name": _text("walk", language),
            "category": "walk",
            "area": area,
            "start": dt.datetime(2026, 1, 6, 10),
            "minutes": 60,
            "rrule": _text("tuesdays", language),
            "capacity": 12,
            "fee_eur": Decimal("0.00"),
        },
    )
