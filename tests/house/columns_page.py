"""Write the reference page of the columns from the list of words: ``make reference``.

What stands above the first table is written by hand, in the page itself.
"""

from __future__ import annotations

import datetime as dt
import sys
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, get_args

from assetmap import Contact
from assetmap.model import RECORDS, STARTER, Column, Record, cells, columns
from assetmap.model.record import attribute_of, plain_type
from assetmap.tables import vocabulary

__all__ = ["PAGE", "page"]

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "columns.md"


def page() -> str:
    """Return the text of the page: its own head, and anew a section for every table."""
    parts = [PAGE.read_text(encoding="utf-8").partition("\n## ")[0].rstrip()]
    parts += [_section(record) for record in [*RECORDS.values(), Contact]]
    return "\n\n".join(parts) + "\n"


def _section(record: type[Record]) -> str:
    table = record.table
    words = vocabulary._data("headings")["sheets"][table]
    lines = [
        f"## `{table}`",
        "",
        f"Sheet or file: {_words(words['nl'])}; {_words(words['en'])}.{_apart(table)}",
        "",
        "| column | Dutch | English | in the cell |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {_name(each)} | {_headings(table, each, 'nl')} | {_headings(table, each, 'en')} "
        f"| {_cell(record, each)} |"
        for each in columns(record)
    ]
    return "\n".join(lines)


def _apart(table: str) -> str:
    if table == "contacts":
        return " Always a file of its own; only opened to print for a worker."
    if table == "safeguards":
        return " A file of its own, for the team only."
    return " One of the four sheets of the starter." if table in STARTER else ""


def _words(words: list[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _name(column: Column) -> str:
    name = f"**`{column.name}`**" if column.starter else f"`{column.name}`"
    return name + (r" \*" if column.required else "") + ("†" if column.personal else "")


def _headings(table: str, column: Column, language: str) -> str:
    first, *others = vocabulary._entries(table)[column.name][language]
    return f"**{first}**" + (f", {', '.join(others)}" if others else "")


_SHAPES = {
    "one": "category",
    "list": "list of categories",
    "shares": "categories with how well: `company:0.8 \\| meal`",
    "counts": "what, and how many: `kok:1 \\| gastheer:1 \\| partij:politie:1`",
}
_CELLS: tuple[tuple[Any, str], ...] = (
    (cells.Words, "list of words"),
    (cells.Days, "list of dates"),
    (cells.When, "times"),
    (cells.Rule, "how often"),
    (cells.Trainings, "topics with the date: `EHBO:2026-03-01`"),
    (cells.Marks, "words, with `:yes` behind what one may be introduced on"),
)
_KINDS: dict[type, str] = {
    bool: "yes or no",
    int: "whole number",
    float: "number",
    Decimal: "amount",
    dt.datetime: "date and time",
    dt.date: "date",
}


def _cell(record: type[Record], column: Column) -> str:
    table, name = record.table, column.name
    choices = vocabulary.choices_of(table, name)
    kind = plain_type(record, name)
    if name == record.key and table != "contacts":
        return "id"
    if (table, name) in vocabulary.CATEGORY_COLUMNS:
        return _SHAPES[vocabulary.CATEGORY_COLUMNS[table, name]]
    if column.refers_to:
        several = "list → " if kind is None else "→ "
        return several + ", ".join(f"`{each}`" for each in column.refers_to)
    if choices is not None and kind is not bool:
        ways = (f"{label} (`{word}`)" for word, label in choices.labels["nl"].items())
        return ("list of: " if choices.several else "") + ", ".join(ways)
    if name == "languages":
        return "languages"
    return _plain(record, column, kind)


def _plain(record: type[Record], column: Column, kind: type | None) -> str:
    field = record.model_fields[attribute_of(column.name)]
    for cell, said in _CELLS:
        if cell in get_args(field.annotation) or any(
            each in field.metadata for each in getattr(cell, "__metadata__", ())
        ):
            return said
    if kind is None or kind is str or issubclass(kind, StrEnum):
        return "text"
    least = next((each.ge for each in field.metadata if hasattr(each, "ge")), None)
    most = next((each.le for each in field.metadata if hasattr(each, "le")), None)
    bounds = f", {least} to {most}" if least is not None and most is not None else ""
    return _KINDS[kind] + bounds + (f", {column.unit}" if column.unit else "")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{PAGE}\n")
