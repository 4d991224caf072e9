"""Files that go with a set of changes: remembered in the store until each is in its place.

The store is the one truth. New files are written beside their places first; that they are to be
moved is written in the store together with the changes; then they are moved. A program that is
killed before the changes are there leaves all files as they were. One that is killed later leaves
rows here, from which the next program that opens the store puts the rest in place.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from assetmap.tables.output import Placing, sweep
from assetmap.texts import unusable

__all__ = ["finish", "remember", "unplaced", "waits"]


def remember(connection: sqlite3.Connection, root: Path, work: Placing) -> None:
    """Write down what is to be moved, as part of the changes.

    Parameters
    ----------
    connection : sqlite3.Connection
        The store, in a transaction.
    root : Path
        Its folder, from which places are named.
    work : Placing
        The files, written beside their places.
    """
    for (at, place), beside in _moves(root, work):
        connection.execute(
            "INSERT OR REPLACE INTO unplaced VALUES (?, ?, ?)", (place, beside, _sha256(at))
        )


def waits(connection: sqlite3.Connection, root: Path, work: Placing) -> bool:
    """Tell whether files of a set of changes are still to be moved, and not those of another.

    Parameters
    ----------
    connection, root, work
        As for :func:`remember`.
    """
    rows = {tuple(row) for row in connection.execute("SELECT place, beside FROM unplaced")}
    return any((place, beside) in rows for (_, place), beside in _moves(root, work))


def _moves(root: Path, work: Placing) -> Iterator[tuple[tuple[Path, str], str | None]]:
    """Yield each place, how the store names it, and how it names the new file if there is one."""
    for at, new in work.beside.items():
        yield (at, _from(root, at)), _from(root, new)
    for at in work.gone:
        yield (at, _from(root, at)), None


def unplaced(connection: sqlite3.Connection) -> int:
    """Return how many files are not known to be in their place.

    Examples
    --------
    >>> from assetmap.history.schema import brought_up_to_date
    >>> connection = sqlite3.connect(":memory:", isolation_level=None)
    >>> _ = brought_up_to_date(connection, "h.sqlite")
    >>> unplaced(connection)
    0
    """
    return int(connection.execute("SELECT count(*) FROM unplaced").fetchone()[0])


def finish(connection: sqlite3.Connection, root: Path) -> bool:
    """Put in place what a program that was killed left; tell whether there was any.

    What somebody changed since then stays as they left it.

    Parameters
    ----------
    connection : sqlite3.Connection
        The store, in a transaction, so that nobody else is at it.
    root : Path
        Its folder.

    Raises
    ------
    UnusableInput
        A file cannot be put in its place; the text says which.
    """
    rows = connection.execute("SELECT place, beside, stood FROM unplaced").fetchall()
    for place, beside, stood in rows:
        at, new = root / place, None if beside is None else root / beside
        try:
            _moved(at, new, stood)
        except OSError as wrong:
            raise unusable("trouble.halfway", name=at.name) from wrong
    connection.execute("DELETE FROM unplaced")
    below = (each for each in root.iterdir() if each.is_dir())
    for folder in {root, *below, *((root / place).parent for place, _, _ in rows)}:
        sweep(folder)
    return bool(rows)


def _moved(at: Path, new: Path | None, stood: str | None) -> None:
    now = _sha256(at)
    if now is not None and now != stood:
        return  # it is in its place already, or somebody changed it
    if new is None:
        at.unlink(missing_ok=True)
    elif new.exists():
        new.replace(at)


def _from(root: Path, path: Path) -> str:
    """Name a file from the folder of the store, so that both may be moved together."""
    try:
        return os.path.relpath(path, root)
    except ValueError:  # on another drive
        return str(path.resolve())


def _sha256(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
