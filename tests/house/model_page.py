"""Write the reference page of the records from the records: ``make reference``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from assetmap import Contact, Policy
from assetmap.model import ALLOWANCE_LIMITS, RECORDS, STARTER, Column, Record, columns, party_kinds
from assetmap.model.record import plain_type

__all__ = ["PAGE", "page"]

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "model.md"
_HEAD = """# Records, the whole, and the policy

A `Neighbourhood` is a set of records that was checked as a whole. Each table has one kind of
record; each record is frozen, knows no other fields than these, and checks itself. A blank cell is
`None` and means *unknown*: never "no", never nought.

```python
>>> import assetmap
>>> anna = assetmap.Person(person="p1", area="north", walks_m=300)
>>> anna.replace(walks_m=200).cells()
{'person': 'p1', 'area': 'north', 'walks_m': '200'}
```

In the tables below, \\* marks a column that every record has filled (a blank id is filled in on
reading), **bold** a column of the starter workbook, and † a value that says something about a
person and therefore never appears in a message, and as text or in a notebook only as `…`. Of a
`Contact` and a `Safeguard` only the id is shown. What is wrong with a record is raised as
`DataProblems`, which never holds what stood there. This page is made from the records themselves,
with `make reference`.

::: assetmap.model.Neighbourhood
"""


def page() -> str:
    """Return the text of the page."""
    parts = [_HEAD.rstrip()]
    parts += [_section(record) for record in [*RECORDS.values(), Contact]]
    parts += [_policy(), _parties(), _allowances()]
    return "\n\n".join(parts) + "\n"


def _section(record: type[Record]) -> str:
    starter = " One of the four tables of the starter." if record.table in STARTER else ""
    lines = [
        f"## `{record.__name__}`: table `{record.table}`",
        "",
        f"{(record.__doc__ or '').splitlines()[0]}{starter}",
        "",
        "| column | what it means | unit, words or where it points |",
        "|---|---|---|",
    ]
    lines += [
        f"| {_name(each)} | {each.description} | {_values(record, each)} |"
        for each in columns(record)
    ]
    return "\n".join(lines)


def _name(column: Column) -> str:
    name = f"`{column.name}`"
    if column.starter:
        name = f"**{name}**"
    return name + (r" \*" if column.required else "") + ("†" if column.personal else "")


def _values(record: type[Record], column: Column) -> str:
    kind = plain_type(record, column.name)
    if kind is not None and issubclass(kind, StrEnum):
        return ", ".join(f"`{word.value}`" for word in kind)
    if column.refers_to:
        return "→ " + ", ".join(f"`{table}`" for table in column.refers_to)
    return column.unit or ""


def _policy() -> str:
    lines = [
        "## `Policy`: what differs per team",
        "",
        "Read from `team.toml` beside the tables; every setting may be left out.",
        "",
        "| setting | what it means | default |",
        "|---|---|---|",
        *_settings(Policy, ""),
    ]
    return "\n".join(lines)


def _parties() -> str:
    lines = [
        "## Kinds of parties",
        "",
        "What may stand in the column `kind` of organisations, with the words that are understood "
        "as well; another kind is kept, and sits on neither `Side`. `party_kind` reads a word, "
        "`party_kinds` gives them all as `PartyKind`, `side_of` says where a party sits. "
        "`categories_of_training` says in the same way what a training is about.",
        "",
        "| kind | words | side |",
        "|---|---|---|",
    ]
    for kind in party_kinds().values():
        words = ", ".join(dict.fromkeys((*kind.nl, *kind.en)))
        lines.append(f"| `{kind.id}` | {words} | {kind.side} |")
    return "\n".join(lines)


def _allowances() -> str:
    lines = [
        "## What a volunteer may receive",
        "",
        "`ALLOWANCE_LIMITS` by year, each an `AllowanceLimit`, in euro. `allowance_of` adds up "
        "what somebody receives (an `Allowance`) and names each `Cap` that is passed; it only "
        "warns.",
        "",
        "| year | an hour | below 21 | a month | a year | read at |",
        "|---|---|---|---|---|---|",
    ]
    for row in ALLOWANCE_LIMITS.values():
        amounts = (row.hour_eur, row.young_hour_eur, row.month_eur, row.year_eur)
        lines.append(f"| {row.year} | {' | '.join(map(str, amounts))} | {row.source} |")
    return "\n".join(lines)


def _settings(model: type[BaseModel], prefix: str) -> Iterator[str]:
    for name, info in model.model_fields.items():
        kind = info.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from _settings(kind, f"{prefix}{name}.")
        else:
            default = info.get_default(call_default_factory=True)
            yield f"| `{prefix}{name}` | {info.description or ''} | {_shown(default)} |"


def _shown(value: object) -> str:
    if value is PydanticUndefined or value is None or value == ():
        return ""
    if isinstance(value, bool):
        return "`true`" if value else "`false`"
    if isinstance(value, dict):
        return ", ".join(f"`{key}` {each}" for key, each in value.items())
    if isinstance(value, tuple):
        return ", ".join(f"`{each}`" for each in value)
    return f"`{value}`"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{PAGE}\n")
