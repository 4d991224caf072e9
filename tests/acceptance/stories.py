"""Small builders: a story is a few tables as text, with `;` between the cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

import assetmap
from assetmap import Neighbourhood, Proposals
from assetmap.model import Policy, Row
from assetmap.plans import Plan

__all__ = [
    "WEEK",
    "everywhere",
    "files",
    "gap",
    "givers",
    "less",
    "moment",
    "more",
    "put",
    "rows",
    "run",
    "the_plan",
    "told",
    "unmet",
]

WEEK = "2026-W48"
"""The week of every story unless it says otherwise: Monday 23 to Sunday 29 November 2026."""

Tables = Mapping[str, str]


def rows(text: str) -> list[Row]:
    """Read one table: a line of headings and a line per row; blank cells may end a line."""
    table = csv.DictReader(io.StringIO(dedent(text).strip()), delimiter=";", restval="")
    cells = ({key.strip(): value.strip() for key, value in row.items()} for row in table)
    return [Row(at, row) for at, row in enumerate(cells, start=2)]


def put(text: str, row: str, /, **cells: str) -> str:
    """Return a table with some cells of one row, named by its id, changed or added."""
    lines = list(csv.reader(io.StringIO(dedent(text).strip()), delimiter=";"))
    heads = [head.strip() for head in lines[0]]
    heads += [name for name in cells if name not in heads]
    (chosen,) = [line for line in lines[1:] if line[0].strip() == row]
    chosen += [""] * (len(heads) - len(chosen))
    for name, value in cells.items():
        chosen[heads.index(name)] = value
    return _table([heads, *lines[1:]])


def more(text: str, *lines: str) -> str:
    """Return a table with rows added below."""
    return "\n".join([dedent(text).strip(), *lines])


def less(text: str, *ids: str) -> str:
    """Return a table without the rows of these ids."""
    lines = dedent(text).strip().splitlines()
    kept = [line for line in lines if line.partition(";")[0].strip() not in ids]
    assert len(kept) == len(lines) - len(ids)
    return "\n".join(kept)


def _table(lines: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\n").writerows(lines)
    return out.getvalue()


def run(
    tables: Tables, *, week: str = WEEK, policy: Policy | None = None, **changed: str
) -> Proposals:
    """Propose the week of a story; a table given by name replaces the one of the story."""
    told = {name: rows(text) for name, text in {**tables, **changed}.items()}
    return assetmap.propose(Neighbourhood.from_rows(told, policy=policy), week)


def files(folder: Path, tables: Tables) -> Neighbourhood:
    """Write a story as CSV files and read it back as a team would."""
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(dedent(text).strip() + "\n", encoding="utf-8")
    return assetmap.read(folder)


def everywhere(folder: Path, tables: Tables) -> Neighbourhood:
    """Read a story from CSV files, and from a workbook and a document made of them: all the same.

    Where the story has an id nowhere blank, whatever was read from the three is equal.
    """
    forms = folder / "forms"
    source = forms / "tables"
    source.mkdir(parents=True)
    hood = files(source, tables)
    for name in ("hood.xlsx", "hood.json"):
        assetmap.write(hood, forms / name)
        again = assetmap.read(forms / name)
        assert again == hood, name
        assert told(again) == told(hood), name
    return hood


def told(hood: Neighbourhood) -> set[tuple[str, str | None, int | None, str | None]]:
    """Return what was said while reading, without what is about the form and not the rows.

    That is where safeguards belong, and that a column is not there.
    """
    found = {(p.code, p.table, p.row, p.column) for p in hood.notices}
    return {each for each in found if each[0] not in {"safeguards-inside", "no-talked"}}


def the_plan(found: Proposals, need: str) -> Plan:
    """Return the one plan of a need."""
    plans = [plan for plan in found.items if plan.need == need]
    assert len(plans) == 1, f"{len(plans)} plans for {need}, {found.gap_for(need)}"
    assert found.gap_for(need) is None
    return plans[0]


def givers(found: Proposals, need: str) -> dict[str, str]:
    """Return who does which part of the one plan of a need."""
    plan = the_plan(found, need)
    parts = {part.leg.value: part.provider for part in plan.legs}
    assert len(parts) == len(plan.legs)
    return parts


def moment(found: Proposals, need: str) -> str:
    """Return when the one plan of a need is, to the minute; only the day where that is all."""
    when = the_plan(found, need).occurrence
    assert when is not None
    return f"{when:%Y-%m-%d %H:%M}" if hasattr(when, "hour") else f"{when:%Y-%m-%d}"


def gap(found: Proposals, need: str) -> str:
    """Return the reason why a need has no plan at all."""
    assert found.plan_for(need) is None, f"{need} has a plan: {found.plan_for(need)}"
    missing = found.gap_for(need)
    assert missing is not None, f"{need} is neither planned nor told as unmet"
    return missing.reason.value


def unmet(found: Proposals) -> set[str]:
    """Return the needs that are told as unmet."""
    return {missing.need for missing in found.gaps}
