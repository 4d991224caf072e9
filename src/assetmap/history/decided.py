"""What people decided, and the standing arrangements that follow from it."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from assetmap.model import Arrangement, Decision, DecisionWord
from assetmap.schedule import occurrences

__all__ = ["Recorded", "arrangements_of", "decisions_of", "record_decisions"]


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of decisions that were handed in.

    Attributes
    ----------
    new, changed, known : int
        Decisions that were not there yet, that took the place of another word of that day, and
        that were there already.
    unknown : tuple of str
        Plans that no run ever proposed; their decisions are kept, but nothing follows from them.
    arranged : tuple of str
        Ids of arrangements that began.
    ended : tuple of str
        Ids of arrangements that ended.
    """

    new: int = 0
    changed: int = 0
    known: int = 0
    unknown: tuple[str, ...] = ()
    arranged: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()


def record_decisions(connection: sqlite3.Connection, decisions: Iterable[Decision]) -> Recorded:
    """Write decisions and what follows from them."""
    counts = {"new": 0, "changed": 0, "known": 0}
    unknown: set[str] = set()
    arranged: list[str] = []
    ended: list[str] = []
    for row in sorted(decisions, key=lambda d: (d.date, d.plan, d.provider or "", d.decision)):
        became = _written(connection, row)
        counts[became] += 1
        if _last_plan(connection, row.plan) is None:
            unknown.add(row.plan)
        elif became != "known":
            begun, over = _begun(connection, row)
            arranged += begun
            ended += [*over, *_ended(connection, row)]
    return Recorded(
        **counts, unknown=tuple(sorted(unknown)), arranged=tuple(arranged), ended=tuple(ended)
    )


def _written(connection: sqlite3.Connection, row: Decision) -> str:
    """Write one decision; tell whether it was new, another word, or known."""
    key = (row.plan, row.provider or "", row.date.isoformat())
    found = connection.execute(
        "SELECT word, until, remark, moment FROM decision"
        " WHERE plan = ? AND coalesce(provider, '') = ? AND date = ?",
        key,
    ).fetchone()
    moment = None if row.moment is None else row.moment.isoformat()
    cells = (row.decision.value, _day_text(row.until), row.remark, moment)
    if found == cells:
        return "known"
    connection.execute(
        "DELETE FROM decision WHERE plan = ? AND coalesce(provider, '') = ? AND date = ?", key
    )
    connection.execute(
        "INSERT INTO decision (plan, need, provider, date, word, until, remark, moment)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (row.plan, row.need, row.provider, key[2], *cells),
    )
    return "new" if found is None else "changed"


def _last_plan(connection: sqlite3.Connection, plan: str) -> tuple[Any, ...] | None:
    """Return run, need, occurrence and repetition of a plan as it was proposed last."""
    found = connection.execute(
        "SELECT run, need, occurrence, repeats FROM plan WHERE plan = ? ORDER BY run DESC LIMIT 1",
        (plan,),
    ).fetchone()
    return None if found is None else tuple(found)


def _begun(connection: sqlite3.Connection, row: Decision) -> tuple[list[str], list[str]]:
    """Make arrangements of a plan that was done and comes back; return what began and ended.

    What stands already is not made again: a plan of next week is the same arrangement. Where
    it was done on an earlier date too, it stands from that date on. One for another day or hour
    takes the place of the old one, and so does a successor of who stops.
    """
    if row.decision is not DecisionWord.DONE:
        return [], []
    run, need, occurrence, repeats = _last_plan(connection, row.plan) or (0, "", None, None)
    if repeats is None:
        return [], []
    when = row.date.isoformat() if occurrence is None else occurrence
    made: list[str] = []
    ended: list[str] = []
    for leg, *who in _legs(connection, run, row):
        same, moved = _standing(connection, (need, leg, *who), (when, repeats))
        ended += [*_over(connection, moved, when), *_handed_over(connection, run, row, (need, leg))]
        if same is None:
            made.append(_free_name(connection, f"{need}-{leg}"))
            connection.execute(
                "INSERT INTO arrangement (arrangement, need, leg, provider, talent, activity,"
                " rrule, since, moment) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (made[-1], need, leg, *who, repeats, when[:10], when if "T" in when else None),
            )
        else:
            connection.execute(
                "UPDATE arrangement SET since = min(since, ?) WHERE arrangement = ?",
                (when[:10], same),
            )
    return made, ended


def _standing(
    connection: sqlite3.Connection, cells: tuple[Any, ...], when: tuple[str, str]
) -> tuple[str | None, list[str]]:
    """Return the arrangement that a plan is a date of, and those for another day or hour."""
    rows = connection.execute(
        "SELECT arrangement, rrule, since, moment FROM arrangement WHERE until IS NULL"
        " AND need = ? AND leg = ? AND provider = ? AND talent IS ? AND activity IS ?"
        " ORDER BY arrangement",
        cells,
    ).fetchall()
    same = [name for name, *agreed in rows if _falls_on(agreed, *when)]
    return (same[0] if same else None), [name for name, *_ in rows if name not in same]


def _falls_on(agreed: Sequence[str | None], occurrence: str, repeats: str) -> bool:
    """Say whether a moment is one of an arrangement, by its rule, first day and agreed moment."""
    rule, since, moment = agreed
    if since is None or "T" not in occurrence or occurrence[:10] <= since:
        return True
    start = dt.datetime.fromisoformat(occurrence)
    then = None if moment is None else dt.datetime.fromisoformat(moment)
    if then is not None and then.weekday() == start.weekday() and then.time() != start.time():
        return False
    begin = dt.datetime.combine(dt.date.fromisoformat(since), start.time())
    found = occurrences(begin, rrule=rule, after=start, before=start + dt.timedelta(minutes=1))
    return rule == repeats and bool(found)


def _over(connection: sqlite3.Connection, names: Iterable[str], when: str) -> list[str]:
    """End arrangements the day before another takes their place; return their ids."""
    last = dt.date.fromisoformat(when[:10]) - dt.timedelta(days=1)
    gone = sorted(names)
    for name in gone:
        connection.execute(
            "UPDATE arrangement SET until = ? WHERE arrangement = ?", (last.isoformat(), name)
        )
    return gone


def _handed_over(
    connection: sqlite3.Connection, run: int, row: Decision, part: tuple[str, str]
) -> list[str]:
    """End the arrangement of who is succeeded on their last day; return its id."""
    found = connection.execute(
        "SELECT need, arrangement, instead, leg.last_day FROM leg JOIN arrangement"
        " ON arrangement.provider = leg.instead AND arrangement.leg = leg.leg"
        " WHERE run = ?1 AND plan = ?2 AND need = ?3 AND leg.leg = ?4"
        " AND (?5 IS NULL OR leg.provider = ?5) AND (until IS NULL OR until > leg.last_day)",
        (run, row.plan, *part, row.provider),
    ).fetchall()
    for _, name, _, last in found:
        connection.execute("UPDATE arrangement SET until = ? WHERE arrangement = ?", (last, name))
    return sorted(name for _, name, *_ in found)


def _legs(connection: sqlite3.Connection, run: int, row: Decision) -> list[tuple[Any, ...]]:
    """Return the parts of a plan that a decision is about: leg, provider, talent, activity."""
    return connection.execute(
        "SELECT leg, provider, talent, activity FROM leg WHERE run = ?1 AND plan = ?2"
        " AND (?3 IS NULL OR provider = ?3) ORDER BY position",
        (run, row.plan, row.provider),
    ).fetchall()


def _free_name(connection: sqlite3.Connection, wanted: str) -> str:
    """Return a name for an arrangement that no other has, also none that ended."""
    taken = {name for (name,) in connection.execute("SELECT arrangement FROM arrangement")}
    names = (wanted if n == 1 else f"{wanted}-{n}" for n in count(1))
    return next(name for name in names if name not in taken)


def _ended(connection: sqlite3.Connection, row: Decision) -> list[str]:
    """End what stands of a plan that is to stop, from that day on; return the ids."""
    if row.decision is not DecisionWord.NO_MORE:
        return []
    run, need, _, _ = _last_plan(connection, row.plan) or (0, "", None, None)
    last = (row.date - dt.timedelta(days=1)).isoformat()
    names: list[str] = []
    for cells in _legs(connection, run, row):
        found = connection.execute(
            "SELECT arrangement FROM arrangement WHERE need = ? AND leg = ? AND provider = ?"
            " AND talent IS ? AND activity IS ? AND (until IS NULL OR until > ?)",
            (need, *cells, last),
        )
        names += [name for (name,) in found]
    for name in names:
        connection.execute("UPDATE arrangement SET until = ? WHERE arrangement = ?", (last, name))
    connection.execute("DELETE FROM arrangement WHERE until < since")  # it never began
    return sorted(names)


def decisions_of(connection: sqlite3.Connection) -> tuple[Decision, ...]:
    """Return all decisions, by date, plan and provider."""
    rows = connection.execute(
        "SELECT plan, need, provider, date, word, until, remark, moment FROM decision"
        " ORDER BY date, plan, coalesce(provider, '')"
    )
    return tuple(
        Decision(
            plan=plan,
            need=need,
            provider=provider,
            date=_day(date),
            decision=DecisionWord(word),
            until=_day(until),
            remark=remark,
            moment=None if moment is None else dt.datetime.fromisoformat(moment),
        )
        for plan, need, provider, date, word, until, remark, moment in rows
    )


def arrangements_of(connection: sqlite3.Connection) -> tuple[Arrangement, ...]:
    """Return all arrangements, by id."""
    rows = connection.execute(
        "SELECT arrangement, need, leg, provider, talent, activity, rrule, since, until, moment"
        " FROM arrangement ORDER BY arrangement"
    )
    names = (
        "arrangement", "need", "leg", "provider", "talent", "activity", "rrule", "since", "until",
        "moment",
    )  # fmt: skip
    return tuple(Arrangement.model_validate(dict(zip(names, row, strict=True))) for row in rows)


def _day(text: str | None) -> Any:
    return None if text is None else dt.date.fromisoformat(text)


def _day_text(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()
