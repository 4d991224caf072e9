"""Taking somebody out of everything that was kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from typing import Self

from assetmap.schedule import Week

__all__ = ["Erased", "erase_before", "erase_person"]

_PARTS = """
  SELECT run, plan FROM plan WHERE asker = ?1
  UNION SELECT run, plan FROM leg WHERE provider = ?1 OR introducer = ?1
"""
_ASKED = """
  SELECT need FROM plan WHERE asker = ?1 UNION SELECT need FROM gap WHERE asker = ?1
  UNION SELECT need FROM also WHERE asker = ?1
"""


@dataclass(frozen=True, slots=True)
class Erased:
    """How much was taken out.

    Attributes
    ----------
    plans, gaps, decisions, arrangements : int
        Rows of each kind that are gone.
    runs : int
        Runs that are gone whole, because of their age.
    """

    plans: int
    gaps: int
    decisions: int
    arrangements: int
    runs: int = 0

    @classmethod
    def all_of(cls, each: Iterable[Erased]) -> Self:
        """Add up what was taken out at several times."""
        return cls(*map(sum, zip((0, 0, 0, 0, 0), *map(astuple, each), strict=True)))


def erase_person(
    connection: sqlite3.Connection, person: str, *, records: Iterable[str] = ()
) -> Erased:
    """Remove all rows that somebody has a part in; return how many.

    Ids that several kinds of party share are written with their kind (``person:p1``); both
    spellings are taken out.
    """
    counts = [0, 0, 0, 0]
    gone = set(records)
    for name in (person, f"person:{person}"):
        whom = (name,)
        asked = [need for (need,) in connection.execute(_ASKED, whom)]
        plans = connection.execute(_PARTS, whom).fetchall()
        for table, place in (("decision", 2), ("arrangement", 3)):
            counts[place] += _gone(connection, f"DELETE FROM {table} WHERE provider = ?", whom)
            for need in asked:
                counts[place] += _gone(connection, f"DELETE FROM {table} WHERE need = ?", (need,))
        for _, plan in plans:
            counts[2] += _gone(connection, "DELETE FROM decision WHERE plan = ?", (plan,))
        for row in plans:
            counts[0] += _gone(connection, "DELETE FROM plan WHERE run = ? AND plan = ?", row)
        counts[1] += _gone(connection, "DELETE FROM gap WHERE asker = ?", whom)
        connection.execute("UPDATE leg SET instead = NULL, last_day = NULL WHERE instead = ?", whom)
        connection.execute("DELETE FROM also WHERE asker = ?", whom)
        connection.execute("UPDATE gap SET worker = NULL WHERE worker = ?", whom)
        gone |= {f"need:{need}" for need in asked} | {f"person:{name.removeprefix('person:')}"}
        _cards(connection, name.removeprefix("person:"))
    for record in sorted(gone):
        connection.execute("DELETE FROM evidence WHERE record = ?", (record,))
    return Erased(*counts)


def _cards(connection: sqlite3.Connection, person: str) -> None:
    """Remove the cards whose id names the person: they were about nobody else."""
    for card, day in connection.execute("SELECT card, date FROM note").fetchall():
        parts = {part.removeprefix("person:") for part in card.split("|")}
        if person in parts:
            connection.execute("DELETE FROM note WHERE card = ? AND date = ?", (card, day))


def _gone(connection: sqlite3.Connection, statement: str, cells: tuple[object, ...]) -> int:
    return connection.execute(statement, cells).rowcount


def erase_before(connection: sqlite3.Connection, week: Week) -> Erased:
    """Remove runs of weeks before one, and decisions and ended arrangements from before it."""
    day = week.monday.isoformat()
    connection.execute("DELETE FROM note WHERE date < ?", (day,))
    decided = "DELETE FROM decision WHERE date < ? AND coalesce(until, '') < ?"
    return Erased(
        plans=0,
        gaps=0,
        decisions=_gone(connection, decided, (day, day)),
        arrangements=_gone(connection, "DELETE FROM arrangement WHERE until < ?", (day,)),
        runs=_gone(connection, "DELETE FROM run WHERE week < ?", (str(week),)),
    )
