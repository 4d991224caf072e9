"""A copy of a store, to see what would come of something."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from assetmap.history.store import History

__all__ = ["trial"]


@contextmanager
def trial(path: Path) -> Iterator[History]:
    """Open a copy of a store, which is gone afterwards; nothing is touched.

    Parameters
    ----------
    path : Path
        The store; where there is none, the copy is a new one.

    Examples
    --------
    >>> with trial(Path("nowhere", "history.sqlite")) as history:
    ...     history.runs()
    ()
    """
    with tempfile.TemporaryDirectory() as away:
        copy = Path(away, path.name)
        for ending in ("", "-wal"):
            if (file := path.with_name(f"{path.name}{ending}")).is_file():
                shutil.copyfile(file, f"{copy}{ending}")
        if copy.is_file():
            _without_files(copy)
        with History(copy) as history:
            yield history


def _without_files(copy: Path) -> None:
    """Forget which files are on their way: those are not for a copy to move."""
    with closing(sqlite3.connect(copy)) as connection, suppress(sqlite3.DatabaseError), connection:
        connection.execute("DELETE FROM unplaced")
