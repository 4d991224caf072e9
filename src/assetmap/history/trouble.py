"""What goes wrong with the file, in plain words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assetmap.errors import InUse, UnusableInput

__all__ = ["plainly"]

_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_ADVICE = {
    sqlite3.SQLITE_FULL: "The disk is full: make room.",
    sqlite3.SQLITE_READONLY: "It may not be written in: check its rights and those of its folder.",
    sqlite3.SQLITE_IOERR: "The disk gives an error: check it, and make room.",
    sqlite3.SQLITE_CANTOPEN: "Check that its folder is there and can be written in.",
    sqlite3.SQLITE_NOTADB: "It is not a history of assetmap. Choose another file name.",
    sqlite3.SQLITE_CORRUPT: "The file is damaged: put back a copy of it.",
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
        words = (f"{path.name} cannot be used.", _ADVICE.get(code, ""), "Nothing was changed.")
        raise UnusableInput(" ".join(word for word in words if word)) from wrong
