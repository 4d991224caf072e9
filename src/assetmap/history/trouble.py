"""What goes wrong with the file, in plain words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assetmap.errors import InUse
from assetmap.texts import unusable

__all__ = ["plainly"]

_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_KEYS = {
    sqlite3.SQLITE_FULL: "trouble.store-full",
    sqlite3.SQLITE_READONLY: "trouble.store-read-only",
    sqlite3.SQLITE_IOERR: "trouble.store-disk",
    sqlite3.SQLITE_CANTOPEN: "trouble.store-folder",
    sqlite3.SQLITE_NOTADB: "trouble.store-other",
    sqlite3.SQLITE_CORRUPT: "trouble.store-damaged",
}


@contextmanager
def plainly(path: Path) -> Iterator[None]:
    """Turn what SQLite says into an error that helps.

    Parameters
    ----------
    path : Path
        The file; only its name is told.

    Raises
    ------
    InUse
        Another program holds the file.
    UnusableInput
        Anything else that is wrong with it.

    Examples
    --------
    >>> with plainly(Path("history.sqlite")):
    ...     raise sqlite3.DatabaseError("odd")
    Traceback (most recent call last):
    ...
    assetmap.errors.UnusableInput: history.sqlite cannot be used. Nothing was changed.
    """
    try:
        yield
    except sqlite3.DatabaseError as wrong:
        code = getattr(wrong, "sqlite_errorcode", 0) & 0xFF
        if code in _BUSY:
            raise InUse(
                f"{path.name} is being changed by another program. Wait until that is ready "
                "and try again. Nothing was changed."
            ) from None
        raise unusable(_KEYS.get(code, "trouble.store"), name=path.name) from wrong
