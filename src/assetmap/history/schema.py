"""The tables of the store, and the steps that bring an older store up to date."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from assetmap.texts import unusable

__all__ = ["APPLICATION", "STEPS", "brought_up_to_date"]

APPLICATION = 0x41_73_73_65
"""Written into every store, so that another SQLite file is not taken for one."""

_FIRST = """
CREATE TABLE run (
  run INTEGER PRIMARY KEY,
  week TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  seed INTEGER NOT NULL,
  status TEXT NOT NULL,
  stopped TEXT NOT NULL,
  policy TEXT NOT NULL,
  versions TEXT NOT NULL,
  certificate TEXT NOT NULL,
  UNIQUE (week, fingerprint)
);
CREATE TABLE input (
  run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (run, name)
) WITHOUT ROWID;
CREATE TABLE plan (
  run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
  plan TEXT NOT NULL,
  need TEXT NOT NULL,
  asker TEXT NOT NULL,
  status TEXT NOT NULL,
  occurrence TEXT,
  repeats TEXT,
  PRIMARY KEY (run, plan)
) WITHOUT ROWID;
CREATE TABLE leg (
  run INTEGER NOT NULL,
  plan TEXT NOT NULL,
  position INTEGER NOT NULL,
  leg TEXT NOT NULL,
  provider TEXT NOT NULL,
  talent TEXT,
  activity TEXT,
  rung TEXT NOT NULL,
  introducer TEXT,
  PRIMARY KEY (run, plan, position),
  FOREIGN KEY (run, plan) REFERENCES plan ON DELETE CASCADE
) WITHOUT ROWID;
CREATE TABLE gap (
  run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
  need TEXT NOT NULL,
  asker TEXT NOT NULL,
  reason TEXT NOT NULL,
  leg TEXT,
  worker TEXT,
  PRIMARY KEY (run, need)
) WITHOUT ROWID;
CREATE TABLE decision (
  decision INTEGER PRIMARY KEY,
  plan TEXT NOT NULL,
  need TEXT NOT NULL,
  provider TEXT,
  date TEXT NOT NULL,
  word TEXT NOT NULL,
  until TEXT,
  remark TEXT
);
CREATE UNIQUE INDEX decided_once ON decision (plan, coalesce(provider, ''), date);
CREATE TABLE arrangement (
  arrangement TEXT PRIMARY KEY,
  need TEXT NOT NULL,
  leg TEXT NOT NULL,
  provider TEXT NOT NULL,
  talent TEXT,
  activity TEXT,
  rrule TEXT,
  since TEXT,
  until TEXT
) WITHOUT ROWID;
"""

_NOTES = """
CREATE TABLE note (
  card TEXT NOT NULL,
  date TEXT NOT NULL,
  state TEXT NOT NULL,
  because TEXT,
  outcome TEXT,
  PRIMARY KEY (card, date)
) WITHOUT ROWID;
CREATE TABLE evidence (
  card TEXT NOT NULL,
  date TEXT NOT NULL,
  record TEXT NOT NULL,
  PRIMARY KEY (card, date, record),
  FOREIGN KEY (card, date) REFERENCES note ON DELETE CASCADE
) WITHOUT ROWID;
"""

_UNPLACED = """
CREATE TABLE unplaced (
  place TEXT PRIMARY KEY,
  beside TEXT,
  stood TEXT
) WITHOUT ROWID;
"""

_ALSO = """
CREATE TABLE also (
  run INTEGER NOT NULL,
  plan TEXT NOT NULL,
  way TEXT NOT NULL,
  need TEXT NOT NULL,
  asker TEXT NOT NULL,
  PRIMARY KEY (run, plan, way, need),
  FOREIGN KEY (run, plan) REFERENCES plan ON DELETE CASCADE
) WITHOUT ROWID;
ALTER TABLE run ADD COLUMN knows_also INTEGER NOT NULL DEFAULT 0;
CREATE TABLE newest (
  week TEXT PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE
) WITHOUT ROWID;
INSERT INTO newest SELECT week, max(run) FROM run GROUP BY week;
"""
"""What else a plan meets; runs that were kept before this step do not know it. And which run of a
week was made last: the same run again is not written twice, but it is the last again."""

_AGREED = """
ALTER TABLE arrangement ADD COLUMN moment TEXT;
ALTER TABLE decision ADD COLUMN moment TEXT;
ALTER TABLE leg ADD COLUMN instead TEXT;
ALTER TABLE leg ADD COLUMN last_day TEXT;
"""
"""For which hour people agreed; and from whom a part takes over, with the last day of that one."""

STEPS: tuple[str, ...] = (_FIRST, _NOTES, _UNPLACED, _ALSO, _AGREED)
"""Each brings a store one version further; the number of the last is the version of today.
A step that was once released is never changed."""


def brought_up_to_date(
    connection: sqlite3.Connection, name: str, *, steps: Sequence[str] = STEPS
) -> int:
    """Take a store through the steps it has not had, all or none; return how many there were.

    Parameters
    ----------
    connection : sqlite3.Connection
        The open store, outside any transaction.
    name : str
        Its file name, for the text of an error.
    steps : sequence of str, optional
        The steps, the first from an empty file.

    Raises
    ------
    UnusableInput
        It is another kind of SQLite file, or was written by a later version.

    Examples
    --------
    >>> import sqlite3
    >>> connection = sqlite3.connect(":memory:", isolation_level=None)
    >>> brought_up_to_date(connection, "h.sqlite"), brought_up_to_date(connection, "h.sqlite")
    (5, 0)
    """
    version = _version_of(connection, name)
    if version > len(steps):
        raise unusable("trouble.later-version", name=name)
    if version == len(steps):
        return 0
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = _version_of(connection, name)  # another program may have been quicker
        for step in steps[version:]:
            for statement in step.split(";"):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {len(steps)}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    return len(steps) - version


def _version_of(connection: sqlite3.Connection, name: str) -> int:
    """Return the version of a store; 0 for a file that holds nothing yet."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application == APPLICATION or (not application and not version and not tables):
        return int(version)
    raise unusable("trouble.not-a-history", name=name)
