"""What meetings did with the cards of signals."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections import defaultdict
from collections.abc import Iterable

from assetmap.signals import CardState, MeetingNote, SixWeeks

__all__ = ["notes_of", "record_notes"]


def record_notes(connection: sqlite3.Connection, notes: Iterable[MeetingNote]) -> None:
    """Write notes; another note on the same card and day takes the place of the one before."""
    for note in notes:
        key = (note.card, note.date.isoformat())
        connection.execute("DELETE FROM note WHERE card = ? AND date = ?", key)
        outcome = None if note.outcome is None else note.outcome.value
        connection.execute(
            "INSERT INTO note VALUES (?, ?, ?, ?, ?)",
            (*key, note.state.value, note.because, outcome),
        )
        for record in dict.fromkeys(note.evidence):
            connection.execute("INSERT INTO evidence VALUES (?, ?, ?)", (*key, record))


def notes_of(connection: sqlite3.Connection, before: dt.date | None) -> tuple[MeetingNote, ...]:
    """Return the notes of meetings before a day, or all, by day and card."""
    last = "9999-12-31" if before is None else before.isoformat()
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for card, day, record in connection.execute(
        "SELECT card, date, record FROM evidence WHERE date < ? ORDER BY record", (last,)
    ):
        found[card, day].append(record)
    rows = connection.execute(
        "SELECT card, date, state, because, outcome FROM note WHERE date < ? ORDER BY date, card",
        (last,),
    )
    return tuple(
        MeetingNote(
            card,
            dt.date.fromisoformat(day),
            CardState(state),
            tuple(found[card, day]),
            because,
            None if outcome is None else SixWeeks(outcome),
        )
        for card, day, state, because, outcome in rows
    )
