"""From a run to the rows that are kept of it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from assetmap.history.reading import ANSWERS, HELPS
from assetmap.match import Proposals
from assetmap.model import Neighbourhood
from assetmap.plans import Plan
from assetmap.plans.ending import succeeds

__all__ = ["canonical", "fingerprint_of", "hood_hash", "insert_run"]


def canonical(value: object) -> str:
    """Return a value as JSON text in which only the value decides the bytes.

    Examples
    --------
    >>> canonical({"b": 1, "a": (None, "é")})
    '{"a":[null,"é"],"b":1}'
    """
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
    )


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    return str(value)


def hood_hash(hood: Neighbourhood) -> str:
    """Return the SHA-256 of all records; the order of rows does not matter.

    Examples
    --------
    >>> from assetmap.model import Person
    >>> one, two = Person(person="p1"), Person(person="p2")
    >>> hood_hash(Neighbourhood.from_records(one, two)) == hood_hash(
    ...     Neighbourhood.from_records(two, one)
    ... )
    True
    """
    tables = {
        field.name: sorted(canonical(row.model_dump()) for row in getattr(hood, field.name))
        for field in dataclasses.fields(hood)
        if field.type.startswith("tuple") and field.name != "notices"
    }
    return hashlib.sha256(canonical(tables).encode()).hexdigest()


def fingerprint_of(proposals: Proposals, inputs: Mapping[str, str]) -> str:
    """Return the SHA-256 of all that could change the outcome of a run, and of the outcome.

    What a stopped search found may differ from time to time, and what was decided meanwhile is
    in no file of the input, so the outcome is in it too, with how firm it is.
    """
    whole = {
        "week": str(proposals.week),
        "inputs": dict(inputs),
        "policy": proposals.policy.model_dump(),
        "versions": dict(proposals.certificate.versions),
        "seed": proposals.certificate.seed,
        "plans": [
            (plan.plan, plan.status.value, _moment(plan.occurrence)) for plan in proposals.items
        ],
        "gaps": [(gap.need, gap.reason) for gap in proposals.gaps],
    }
    return hashlib.sha256(canonical(whole).encode()).hexdigest()


def insert_run(
    connection: sqlite3.Connection,
    proposals: Proposals,
    inputs: Mapping[str, str],
    *,
    fingerprint: str,
) -> int:
    """Write a run and all that belongs to it; return its number."""
    proof = proposals.certificate
    told = {
        "objective": dict(proof.objective),
        "bound": dict(proof.bound),
        "gap": dict(proof.gap),
        "considered": proof.considered,
        "cut": proof.cut,
        "method": proof.method,
        "more_needs": proof.more_needs,
    }
    cursor = connection.execute(
        "INSERT INTO run (week, fingerprint, seed, status, stopped, policy, versions, certificate)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            str(proposals.week),
            fingerprint,
            proof.seed,
            proof.status.value,
            proof.stopped.value,
            canonical(proposals.policy.model_dump()),
            canonical(dict(proof.versions)),
            canonical(told),
        ),
    )
    run = int(cursor.lastrowid or 0)
    owners = {need.need: need.owner for need in proposals.hood.needs}
    _many(connection, "input", ((run, *item) for item in sorted(inputs.items())))
    _many(connection, "plan", (_plan_row(run, p, owners, proposals.hood) for p in proposals.items))
    _note_also(connection, proposals, run, owners)
    _many(connection, "leg", _leg_rows(run, proposals))
    _many(
        connection,
        "gap",
        (
            (run, g.need, owners[g.need], g.reason.value, g.leg.value if g.leg else None, g.worker)
            for g in proposals.gaps
        ),
    )
    return run


def _note_also(
    connection: sqlite3.Connection, proposals: Proposals, run: int, owners: Mapping[str, str]
) -> None:
    """Write which other needs the plans of a run meet."""
    _many(
        connection,
        "also",
        (
            (run, plan.plan, way, need, owners[need])
            for plan in proposals.items
            for way, needs in ((HELPS, plan.also_helps), (ANSWERS, plan.also_answers))
            for need in needs
        ),
    )
    connection.execute("UPDATE run SET knows_also = 1 WHERE run = ?", (run,))


def _many(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    for row in rows:
        marks = ", ".join("?" * len(row))
        connection.execute(f"INSERT INTO {table} VALUES ({marks})", row)


def _plan_row(
    run: int, plan: Plan, owners: Mapping[str, str], hood: Neighbourhood
) -> tuple[Any, ...]:
    return (
        run,
        plan.plan,
        plan.need,
        owners[plan.need],
        plan.status.value,
        _moment(plan.occurrence),
        _repeats(plan, hood),
    )


def _moment(when: dt.datetime | dt.date | None) -> str | None:
    return None if when is None else when.isoformat()


def _repeats(plan: Plan, hood: Neighbourhood) -> str | None:
    """Return how often the need comes back; without a word about it, how often its activity."""
    need = hood.need(plan.need)
    if need.rrule is not None or need.term == "once":
        return need.rrule
    rules = (
        hood.find(leg.activity, "activities").value("rrule")
        for leg in plan.legs
        if leg.activity is not None and leg.leg == "activity"
    )
    found = next((rule for rule in rules if rule is not None), None)
    return None if found is None else str(found)


def _leg_rows(run: int, proposals: Proposals) -> Iterator[tuple[Any, ...]]:
    for plan in proposals.items:
        stops = succeeds(proposals.hood, plan, proposals.week.monday)
        after = {(leg.leg, leg.provider): (old, day.isoformat()) for leg, old, day in stops}
        for position, leg in enumerate(plan.legs):
            yield (
                run,
                plan.plan,
                position,
                leg.leg.value,
                leg.provider,
                leg.talent,
                leg.activity,
                leg.rung.value,
                leg.introducer,
                *after.get((leg.leg, leg.provider), (None, None)),
            )
