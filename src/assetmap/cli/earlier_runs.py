"""``assetmap history``: earlier runs, and what is different between two of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from rich.console import RenderableType
from rich.table import Table

from assetmap.cli.screen import Screen
from assetmap.errors import InUse, UnknownName, UnusableInput
from assetmap.history import History, KeptRun, RunDifference, compare, settings_of
from assetmap.tables import csv_text
from assetmap.texts import Language, say, unusable_in
from assetmap.week.running import HISTORY

__all__ = ["look_back"]

_COLUMNS = ("run", "week", "plans", "standing", "unmet", "proof")
_NUMBERS = frozenset({"run", "plans", "standing", "unmet"})
_CELLS = (
    "run", "week", "plans", "proposed", "pinned", "standing", "unmet", "met_by_giving", "status",
    "stopped", "seed", "assetmap", "fingerprint", "settings", "inputs", "versions",
)  # fmt: skip
_DIFFERENCE = ("kind", "name", "before", "after")
_NEEDS = ("asked", "met", "changed", "unmet", "gone", "began", "ended")
_SAID = {"changed": "changed-plan", "unmet": "unmet-now"}
"""Kinds whose word in the list is another."""
_NAMED = 12
"""At most so many questions are named on a line."""


def look_back(
    folder: Path, screen: Screen, *, pair: tuple[int, int] | None, as_csv: bool = False
) -> int:
    """List the runs in a folder of results, or compare two, and return the exit code."""
    file = next((path for path in _places(folder, screen.lang) if path.is_file()), None)
    if file is None:
        return _stopped(folder, screen, say("cli.history.none", screen.lang))
    try:
        with History(file, must_exist=True) as store:
            runs = store.runs() if pair is None else (store.run(pair[0]), store.run(pair[1]))
    except UnknownName:
        return _stopped(folder, screen, _no_such_run(file, screen.lang))
    except InUse:
        return _stopped(folder, screen, say("cli.rights.in-use", screen.lang))
    except UnusableInput as wrong:
        return _stopped(folder, screen, unusable_in(wrong, screen.lang))
    shown: Sequence[RenderableType]
    if pair is None:
        cells = [_cells(run, before) for before, run in zip((None, *runs), runs, strict=False)]
        document: dict[str, Any] = {"runs": cells}
        table, shown = csv_text(_CELLS, map(_flat, cells)), [*_listed(runs, screen.lang)]
    else:
        found = compare(*runs)
        document = {"difference": dataclasses.asdict(found), "values": _values(runs, found)}
        table = csv_text(_DIFFERENCE, _rows(runs, found))
        shown = _compared(runs, found, screen.lang)
    if as_csv:
        screen.pass_on(table)
    else:
        screen.show(*shown)
    screen.hand_over({"folder": str(folder), "exit": 0, **document})
    return 0


def _stopped(folder: Path, screen: Screen, why: str) -> int:
    screen.tell("cli.history.not-read", why=why)
    screen.hand_over({"folder": str(folder), "exit": 2})
    return 2


def _no_such_run(file: Path, lang: Language) -> str:
    """Return which numbers there are, when one was asked that is not there."""
    with History(file, must_exist=True) as store:
        numbers = [run.run for run in store.runs()]
    if not numbers:
        return say("cli.history.none", lang)
    return say("cli.history.no-run", lang, first=numbers[0], last=numbers[-1])


def _places(folder: Path, lang: Language) -> tuple[Path, ...]:
    """Return where a history may be: the file itself, its folder, or beside the tables."""
    names = dict.fromkeys(say("workbook.start.results", each) for each in (lang, *Language))
    return (folder, folder / HISTORY, *(folder / name / HISTORY for name in names))


# --- the list ----------------------------------------------------------------------------------


def _cells(run: KeptRun, before: KeptRun | None) -> dict[str, Any]:
    """Return what a machine reads of a run; what differs is beside the run above it."""
    firm = [plan.status for plan in run.plans]
    helped = {need for plan in run.plans for need in plan.also_helps or ()}
    found = None if before is None else compare(before, run)
    return {
        "run": run.run,
        "week": run.week,
        "plans": len(run.plans),
        **{status: firm.count(status) for status in ("proposed", "pinned", "standing")},
        "unmet": len(run.gaps),
        "met_by_giving": len(helped - {plan.need for plan in run.plans}),
        "status": run.status,
        "stopped": run.stopped,
        "seed": run.seed,
        "assetmap": run.versions.get("assetmap", ""),
        "fingerprint": run.fingerprint,
        "settings": [] if found is None else list(found.settings),
        "inputs": [] if found is None else list(found.inputs),
        "versions": [] if found is None else list(found.versions),
    }


def _flat(cells: Mapping[str, Any]) -> dict[str, Any]:
    return {k: " | ".join(v) if isinstance(v, list) else v for k, v in cells.items()}


def _listed(runs: Sequence[KeptRun], lang: Language) -> Iterator[RenderableType]:
    """Yield the list, and what is different in each run from the one above it."""
    table = Table(box=None, pad_edge=False)
    for name in _COLUMNS:
        table.add_column(
            say(f"cli.history.{name}", lang), justify="right" if name in _NUMBERS else "left"
        )
    for run in runs:
        told = _cells(run, None) | {"proof": say(f"cli.history.proof-{run.status}", lang)}
        table.add_row(*(str(told[name]) for name in _COLUMNS))
    yield table
    if len(runs) > 1:
        yield f"\n{say('cli.history.above', lang)}"
    for before, run in pairwise(runs):
        yield f"  {run.run}: {_changed(compare(before, run), lang)}"


def _changed(found: RunDifference, lang: Language) -> str:
    """Return in a few words what is not as it was in the run before."""
    kinds = {"files": found.inputs, "choices": found.settings, "programs": found.versions}
    told = [say(f"cli.history.{k}", lang, names=", ".join(v)) for k, v in kinds.items() if v]
    return "; ".join(told) or say("cli.history.as-it-was", lang)


# --- two beside each other ---------------------------------------------------------------------


def _compared(runs: Sequence[KeptRun], found: RunDifference, lang: Language) -> list[str]:
    first, second = runs
    needs = []
    for kind in _NEEDS:
        names = getattr(found, kind)
        if names:
            shown = [*names[:_NAMED], *(["…"] if len(names) > _NAMED else [])]
            what = say(f"cli.history.{_SAID.get(kind, kind)}", lang)
            needs.append(say("cli.history.needs", lang, what=what, names=", ".join(shown)))
    facts = {"one": first.run, "first": first.week, "two": second.run, "second": second.week}
    lines = [
        say("cli.history.compared", lang, **facts),
        *(needs or [say("cli.whole-week.same", lang)]),
    ]
    for kind, rows in _values(runs, found).items():
        told = [_step(name, before, after, lang) for name, (before, after) in rows.items()]
        if told:
            lines.append(say(f"cli.history.differ-{kind}", lang, names="; ".join(told)))
    return lines


def _step(name: str, before: str | None, after: str | None, lang: Language) -> str:
    """Return what became of one setting, file or program."""
    if before is None or after is None:
        return say(f"cli.history.{'came' if before is None else 'went'}", lang, name=name)
    if len(before) == len(after) == _SHA256:
        return name
    return say("cli.history.from-to", lang, name=name, before=before, after=after)


_SHA256 = 64


def _values(
    runs: Sequence[KeptRun], found: RunDifference
) -> dict[str, dict[str, tuple[str | None, str | None]]]:
    """Return the settings, files and programs that differ, as they were and as they are."""
    first, second = runs
    sides = {
        "settings": (settings_of(first), settings_of(second)),
        "inputs": (first.inputs, second.inputs),
        "versions": (first.versions, second.versions),
    }
    return {
        kind: {name: (_text(was, name), _text(now, name)) for name in getattr(found, kind)}
        for kind, (was, now) in sides.items()
    }


def _text(values: Mapping[str, object], name: str) -> str | None:
    if name not in values:
        return None
    value = values[name]
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _rows(runs: Sequence[KeptRun], found: RunDifference) -> Iterator[dict[str, Any]]:
    """Yield a row for everything that differs."""
    for kind in (*_NEEDS, "stayed"):
        for name in getattr(found, kind):
            yield dict(zip(_DIFFERENCE, (kind, name, None, None), strict=True))
    for kind, values in _values(runs, found).items():
        for name, (before, after) in values.items():
            yield dict(zip(_DIFFERENCE, (kind, name, before, after), strict=True))
