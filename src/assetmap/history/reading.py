"""From the rows that were kept to runs, decisions and arrangements."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from assetmap.errors import UnknownName
from assetmap.history.kept import KeptGap, KeptLeg, KeptPlan, KeptRun

__all__ = ["ANSWERS", "HELPS", "run_numbers", "run_of"]

HELPS, ANSWERS = "helps", "answers"
"""How a plan meets another need as well: of who gives, or of who asks."""


def run_numbers(connection: sqlite3.Connection, week: str | None) -> tuple[int, ...]:
    """Return the numbers of all runs, or those of one week, in order."""
    rows = connection.execute(
        "SELECT run FROM run WHERE ?1 IS NULL OR week = ?1 ORDER BY run", (week,)
    )
    return tuple(number for (number,) in rows)


def run_of(connection: sqlite3.Connection, number: int) -> KeptRun:
    """Return a run, whole.

    Raises
    ------
    UnknownName
        There is no run of that number.
    """
    row = connection.execute(
        "SELECT run, week, fingerprint, seed, status, stopped, policy, versions, certificate"
        " FROM run WHERE run = ?",
        (number,),
    ).fetchone()
    if row is None:
        known = run_numbers(connection, None)
        there = f"there are runs {known[0]} to {known[-1]}" if known else "there is none yet"
        raise UnknownName(f"There is no run {number}; {there}.")
    inputs = connection.execute(
        "SELECT name, sha256 FROM input WHERE run = ? ORDER BY name", (number,)
    )
    gaps = connection.execute(
        "SELECT need, asker, reason, leg, worker FROM gap WHERE run = ? ORDER BY need", (number,)
    )
    return KeptRun(
        run=row[0],
        week=row[1],
        fingerprint=row[2],
        seed=row[3],
        status=row[4],
        stopped=row[5],
        policy=_frozen(row[6]),
        versions=_frozen(row[7]),
        certificate=_frozen(row[8]),
        inputs=MappingProxyType(dict(inputs.fetchall())),
        plans=_plans(connection, number),
        gaps=tuple(KeptGap(*each) for each in gaps),
    )


def _frozen(text: str) -> Mapping[str, Any]:
    return MappingProxyType(json.loads(text))


def _plans(connection: sqlite3.Connection, number: int) -> tuple[KeptPlan, ...]:
    legs: dict[str, list[KeptLeg]] = defaultdict(list)
    rows = connection.execute(
        "SELECT plan, leg, provider, talent, activity, rung, introducer, instead, last_day FROM leg"
        " WHERE run = ? ORDER BY plan, position",
        (number,),
    )
    for plan, *cells, instead, last in rows:
        until = None if last is None else dt.date.fromisoformat(last)
        legs[plan].append(replace(KeptLeg(*cells), instead=instead, last_day=until))
    also = _also(connection, number)
    plans = connection.execute(
        "SELECT plan, need, asker, status, occurrence, repeats FROM plan WHERE run = ?"
        " ORDER BY plan",
        (number,),
    )
    return tuple(
        KeptPlan(plan, need, asker, status, _moment(when), repeats, tuple(legs[plan]), *also(plan))
        for plan, need, asker, status, when, repeats in plans
    )


_Also = tuple[tuple[str, ...] | None, tuple[str, ...] | None]


def _also(connection: sqlite3.Connection, number: int) -> Callable[[str], _Also]:
    """Return what tells of a plan which needs it also helps, and which it also answers."""
    (knows,) = connection.execute("SELECT knows_also FROM run WHERE run = ?", (number,)).fetchone()
    if not knows:
        return lambda _: (None, None)
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    rows = connection.execute(
        "SELECT plan, way, need FROM also WHERE run = ? ORDER BY need", (number,)
    )
    for plan, way, need in rows:
        found[plan, way].append(need)
    return lambda plan: (tuple(found[plan, HELPS]), tuple(found[plan, ANSWERS]))


def _moment(text: str | None) -> dt.datetime | dt.date | None:
    if text is None:
        return None
    return dt.datetime.fromisoformat(text) if "T" in text else dt.date.fromisoformat(text)
