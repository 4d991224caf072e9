"""Writing files: canonical CSV text, and all files of a set or none."""

from __future__ import annotations

import errno
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from assetmap.model import cell_text
from assetmap.tables.grid import marked
from assetmap.texts import unusable

__all__ = ["Placing", "csv_text", "folder_of", "prepared", "put", "sweep", "write_rows"]

_LONGEST = 60
"""Characters of a name that a file beside it begins with: a name can only be so long."""
_NEW, _OLD = ".assetmap-new", ".assetmap-old"
"""How the files end that stand beside a place while a set is on its way."""
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

    A program that is killed between two moves leaves some files new and some old; where that
    matters a store remembers what is on its way (see :class:`assetmap.history.History`).

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
    work = prepared(files, keep_rights=keep_rights, gone=gone)
    try:
        work.move()
    except BaseException:
        work.drop()
        raise
    work.clear()


def prepared(
    files: Mapping[Path, bytes], *, keep_rights: bool = False, gone: Iterable[Path] = ()
) -> Placing:
    """Write files beside their places, and look whether they can be moved there.

    Parameters
    ----------
    files, keep_rights, gone
        As for :func:`put`.

    Raises
    ------
    UnusableInput
        A file cannot be written, or another program holds what stands there. Nothing is left.
    """
    work = Placing(gone=tuple(gone))
    try:
        with work.told():
            for at, content in files.items():
                work.at = at
                work.fit(at)
                work.beside[at] = _written(at, content, keep_rights=keep_rights)
            work.keep()
            _durable(files)
    except BaseException:
        work.drop()
        raise
    return work


_KEYS = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), "trouble.not-written-full"),
    errno.EISDIR: "trouble.not-written-folder",
    errno.EROFS: "trouble.not-written-closed",
}
"""What is said of an error of the system; of any other that the file may be open elsewhere."""


@dataclass
class Placing:
    """A set of files on its way, and what it takes to undo it.

    Attributes
    ----------
    gone : tuple of Path
        Files that are to be taken away.
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
    at : Path
        What is being written, for the text of an error.
    """

    gone: tuple[Path, ...] = ()
    beside: dict[Path, Path] = field(default_factory=dict)
    kept: dict[Path, Path] = field(default_factory=dict)
    done: list[Path] = field(default_factory=list)
    away: dict[Path, Path] = field(default_factory=dict)
    folders: list[Path] = field(default_factory=list)
    at: Path = Path()

    @contextmanager
    def told(self) -> Iterator[None]:
        """Say in plain words what cannot be written."""
        try:
            yield
        except (OSError, ValueError) as wrong:
            place = getattr(wrong, "filename2", None)
            name = Path(place).name if place else self.at.name
            key = _KEYS.get(getattr(wrong, "errno", None) or 0, "trouble.not-written")
            raise unusable(key, name=name) from wrong

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

    def keep(self) -> None:
        """Copy what stands there; one file by itself needs no copy.

        Some systems refuse to move a file that another program has open: moving it to where it
        is shows that before anything is changed.
        """
        places = [at for at in (*self.beside, *self.gone) if at.exists()]
        if len(self.beside) + len(self.gone) == 1:
            return
        for at in places:
            self.at = at
            at.replace(at)
        for at in places:
            if at in self.beside:
                self.at = at
                self.kept[at] = _temporary(at, _OLD)
                shutil.copy2(at, self.kept[at])

    def move(self) -> None:
        """Put every file in its place, or everything back.

        Raises
        ------
        UnusableInput
            One cannot be put there; all is as it was, and the new files still stand beside.
        """
        try:
            with self.told():
                for at, new in self.beside.items():
                    self.at = at
                    new.replace(at)
                    self.done.append(at)
                for at in self.gone:
                    self.at = at
                    self.away[at] = _aside(at)
                _durable((*self.beside, *self.gone))
        except BaseException:
            self._back()
            raise

    def _back(self) -> None:
        """Put everything back to what it was."""
        for at in self.done:
            try:
                if at in self.kept:
                    shutil.copy2(at, self.beside[at])
                    self.kept[at].replace(at)
                else:
                    at.replace(self.beside[at])
            except OSError:
                self.kept.pop(at, None)  # the copy is all there is left: it stays
        self.done.clear()
        for at, aside in self.away.items():
            with suppress(OSError):
                if at.exists():
                    aside.unlink()
                else:
                    aside.replace(at)
        self.away.clear()

    def drop(self) -> None:
        """Leave nothing of it; what was moved stays where it is."""
        self.clear()
        for folder in reversed(self.folders):
            with suppress(OSError):
                folder.rmdir()

    def clear(self) -> None:
        """Remove what stands beside the places."""
        for extra in (*self.beside.values(), *self.kept.values(), *self.away.values()):
            with suppress(OSError):
                extra.unlink(missing_ok=True)


def folder_of(tables: str | os.PathLike[str]) -> Path:
    """Return the folder in which the tables of a neighbourhood lie.

    Parameters
    ----------
    tables : path
        A folder, or one file.
    """
    path = Path(tables)
    return path if path.is_dir() else path.parent


def sweep(folder: Path) -> None:
    """Remove what a program that was killed left beside the files of a folder.

    Only call this when no other program can be writing there.

    Parameters
    ----------
    folder : Path
        The folder; one that is not there holds nothing.
    """
    with suppress(OSError):
        for each in list(folder.glob(".*")):
            if each.suffix in {_NEW, _OLD} and each.is_file():
                with suppress(OSError):
                    each.unlink()


def _durable(places: Iterable[Path]) -> None:
    """See that the names in the folders outlive a power cut, where the system can do that."""
    for folder in {place.parent for place in places}:
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def _temporary(path: Path, ending: str) -> Path:
    """Make an empty file beside a place."""
    beginning = f".{path.name[:_LONGEST]}."
    handle, name = tempfile.mkstemp(prefix=beginning, suffix=ending, dir=path.parent)
    os.close(handle)
    return Path(name)


def _aside(path: Path) -> Path:
    """Move a file to another name beside its place."""
    temporary = _temporary(path, _OLD)
    try:
        return path.replace(temporary)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def _written(path: Path, content: bytes, *, keep_rights: bool) -> Path:
    """Write a file beside its place."""
    temporary = _temporary(path, _NEW)
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
