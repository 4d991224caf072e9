"""``assetmap history``: earlier runs, and what is different between two of them."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from rich.table import Table

from assetmap.cli.screen import Screen
from assetmap.cli.whole_week import difference_lines
from assetmap.errors import InUse, UnknownName, UnusableInput
from assetmap.history import History, KeptRun, RunDifference, compare
from assetmap.texts import Language, say
from assetmap.week.running import HISTORY

__all__ = ["look_back"]

_COLUMNS = ("run", "week", "plans", "unmet", "status", "seed")


def look_back(folder: Path, screen: Screen, *, pair: tuple[int, int] | None) -> int:
    """List the runs in a folder of results, or compare two, and return the exit code."""
    file = next((path for path in _places(folder, screen.lang) if path.is_file()), None)
    if file is None:
        return _stopped(folder, screen, say("cli.history.none", screen.lang))
    try:
        with History(file, must_exist=True) as store:
            runs = store.runs() if pair is None else (store.run(pair[0]), store.run(pair[1]))
    except (UnusableInput, UnknownName, InUse) as wrong:
        return _stopped(folder, screen, str(wrong))
    if pair is None:
        screen.show(_listed(runs, screen.lang))
        screen.hand_over({"folder": str(folder), "exit": 0, "runs": [_cells(r) for r in runs]})
        return 0
    found = compare(*runs)
    screen.show(*_compared(runs, found, screen.lang))
    screen.hand_over({"folder": str(folder), "exit": 0, "difference": dataclasses.asdict(found)})
    return 0


def _stopped(folder: Path, screen: Screen, why: str) -> int:
    screen.tell("cli.history.not-read", why=why)
    screen.hand_over({"folder": str(folder), "exit": 2})
    return 2


def _places(folder: Path, lang: Language) -> tuple[Path, ...]:
    """Return where a history may be: the file itself, its folder, or beside the tables."""
    names = dict.fromkeys(say("workbook.start.results", each) for each in (lang, *Language))
    return (folder, folder / HISTORY, *(folder / name / HISTORY for name in names))


def _cells(run: KeptRun) -> dict[str, object]:
    return {
        "run": run.run,
        "week": run.week,
        "plans": len(run.plans),
        "unmet": len(run.gaps),
        "status": run.status,
        "seed": run.seed,
    }


def _listed(runs: tuple[KeptRun, ...], lang: Language) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in _COLUMNS:
        table.add_column(say(f"cli.history.{name}", lang))
    for run in runs:
        table.add_row(*(str(value) for value in _cells(run).values()))
    return table


def _compared(runs: tuple[KeptRun, ...], found: RunDifference, lang: Language) -> list[str]:
    first, second = runs
    lines = [
        say("cli.history.compared", lang, one=first.run, first=first.week, two=second.run,
            second=second.week),
        *difference_lines(found, lang),
    ]  # fmt: skip
    differ = ((name, getattr(found, name)) for name in ("settings", "inputs", "versions"))
    lines += [
        say(f"cli.history.differ-{name}", lang, names=", ".join(names))
        for name, names in differ
        if names
    ]
    return lines
