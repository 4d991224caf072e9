"""Writing files: canonical CSV text, and all files of a set or none."""

from __future__ import annotations

import errno
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from assetmap.errors import UnusableInput
from assetmap.model import cell_text
from assetmap.tables.grid import marked

__all__ = ["csv_text", "put", "write_rows"]

_LONGEST = 60
"""Characters of a name that a file beside it begins with: a name can only be so long."""
_NEEDS_QUOTES = re.compile(r'[",;\t\r\n]|^\s|\s$')


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if _NEEDS_QUOTES.search(text) else text


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """Return rows as the text of a CSV file.

    Parameters
    ----------
    columns : sequence of str
        Headings, in order.
    rows : iterable of Mapping[str, object]
        Column to value; a column that is not there, and None, give a blank cell. Values are
        written as :func:`assetmap.model.cell_text` does. A text that a spreadsheet program
        would take for a formula gets a ``'`` before it, which the reader takes away again.

    Returns
    -------
    str
        Comma-separated, quoted as RFC 4180, every row ending in a line feed.

    Examples
    --------
    >>> print(csv_text(["need", "why"], [{"need": "n1", "why": "Near, and free."}]), end="")
    need,why
    n1,"Near, and free."
    """
    lines = [",".join(_quoted(marked(name)) for name in columns)]
    lines.extend(
        ",".join(_quoted(marked(cell_text(row.get(name)))) for name in columns) for row in rows
    )
    return "\n".join(lines) + "\n"


def write_rows(
    path: str | os.PathLike[str],
    *,
    columns: Sequence[str],
    rows: Iterable[Mapping[str, object]],
) -> None:
    """Write one CSV file, whole or not at all, readable by its owner only.

    Parameters
    ----------
    path : path
        The file; its folder is made where needed.
    columns : sequence of str
        Headings, in order.
    rows : iterable of Mapping[str, object]
        As for :func:`csv_text`. Nothing is checked here: give only what may leave.

    Raises
    ------
    UnusableInput
        The file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "unmet.csv")
    ...     write_rows(path, columns=["need", "reason"], rows=[{"need": "n1", "reason": "term"}])
    ...     path.read_text().split()
    ['need,reason', 'n1,term']
    """
    put({Path(path): csv_text(columns, rows).encode()})


def put(
    files: Mapping[Path, bytes], *, keep_rights: bool = False, gone: Iterable[Path] = ()
) -> None:
    """Write files beside their places first and then move them there: all, or none.

    Parameters
    ----------
    files : Mapping[Path, bytes]
        What to write where. Folders that are not there are made, for the owner only.
    keep_rights : bool, default False
        Whether a file that is there already keeps its rights; otherwise, and for a new file,
        only its owner can read it.
    gone : iterable of Path, optional
        Files that are taken away in the same go.

    Raises
    ------
    UnusableInput
        A file cannot be written; the text says which.
    """
    work = _Work()
    at = Path()
    try:
        for at, content in files.items():
            work.fit(at)
            work.beside[at] = _written(at, content, keep_rights=keep_rights)
        for at in gone:
            work.take_away(at)
        work.move()
    except BaseException as wrong:
        work.undo()
        if not isinstance(wrong, OSError | ValueError):
            raise
        place = getattr(wrong, "filename2", None)
        text = f"{Path(place).name if place else at.name} cannot be written. {_advice(wrong)}"
        raise UnusableInput(text) from wrong
    finally:
        work.clear()


def _advice(wrong: Exception) -> str:
    number = getattr(wrong, "errno", None)
    if number in {errno.ENOSPC, errno.EDQUOT}:
        say = "The disk is full: make room, or choose another place."
    elif number == errno.EISDIR:
        say = "There is a folder of that name: choose another name."
    elif number == errno.EROFS:
        say = "Nothing can be written there: choose another place."
    else:
        say = "Close it in other programs, and check the folder."
    return f"{say} What was there before is as it was."


@dataclass
class _Work:
    """A set of files on its way, and what it takes to undo it.

    Attributes
    ----------
    beside : dict of Path to Path
        The new file for each place.
    kept : dict of Path to Path
        A copy of what stood there.
    done : list of Path
        Places that hold the new file already.
    away : dict of Path to Path
        Where each file that is taken away stands meanwhile.
    folders : list of Path
        Folders that were made.
    """

    beside: dict[Path, Path] = field(default_factory=dict)
    kept: dict[Path, Path] = field(default_factory=dict)
    done: list[Path] = field(default_factory=list)
    away: dict[Path, Path] = field(default_factory=dict)
    folders: list[Path] = field(default_factory=list)

    def fit(self, path: Path) -> None:
        """Make the folders that a file needs, and see that no folder has its name."""
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "a folder", path.name)
        missing = []
        folder = path.parent
        while not folder.is_dir():
            missing.append(folder)
            folder = folder.parent
        for one in reversed(missing):
            one.mkdir(mode=0o700, exist_ok=True)
            self.folders.append(one)

    def take_away(self, path: Path) -> None:
        """Set a file aside, to be removed when everything else is in its place."""
        aside = _temporary(path, ".old")
        try:
            path.replace(aside)
        except BaseException:
            aside.unlink(missing_ok=True)
            raise
        self.away[path] = aside

    def move(self) -> None:
        """Put every file in its place; one by itself needs no copy of what stood there."""
        if len(self.beside) > 1:
            for at in self.beside:
                if at.exists():
                    self.kept[at] = _temporary(at, ".old")
                    shutil.copy2(at, self.kept[at])
        for at, new in self.beside.items():
            new.replace(at)
            self.done.append(at)

    def undo(self) -> None:
        """Put everything back to what it was."""
        for at in self.done:
            try:
                if at in self.kept:
                    self.kept[at].replace(at)
                else:
                    at.unlink()
            except OSError:
                self.kept.pop(at, None)  # the copy is all there is left: it stays
        for at, aside in list(self.away.items()):
            with suppress(OSError):
                aside.replace(at)
            self.away.pop(at)
        self.clear()
        for folder in reversed(self.folders):
            with suppress(OSError):
                folder.rmdir()

    def clear(self) -> None:
        """Remove what stands beside the places."""
        for extra in (*self.beside.values(), *self.kept.values(), *self.away.values()):
            with suppress(OSError):
                extra.unlink(missing_ok=True)


def _temporary(path: Path, ending: str) -> Path:
    """Make an empty file beside a place."""
    beginning = f".{path.name[:_LONGEST]}."
    handle, name = tempfile.mkstemp(prefix=beginning, suffix=ending, dir=path.parent)
    os.close(handle)
    return Path(name)


def _written(path: Path, content: bytes, *, keep_rights: bool) -> Path:
    """Write a file beside its place."""
    temporary = _temporary(path, ".new")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if keep_rights and path.exists():
            temporary.chmod(path.stat().st_mode & 0o777)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary
