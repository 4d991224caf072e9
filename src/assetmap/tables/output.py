"""Writing files: canonical CSV text, and all files of a set or none."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from assetmap.errors import UnusableInput
from assetmap.model import cell_text
from assetmap.tables.grid import marked

__all__ = ["csv_text", "put", "write_rows"]

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


def put(files: Mapping[Path, bytes], *, keep_rights: bool = False) -> None:
    """Write files beside their places first and then move them there: all, or none.

    Parameters
    ----------
    files : Mapping[Path, bytes]
        What to write where. Folders that are not there are made, for the owner only.
    keep_rights : bool, default False
        Whether a file that is there already keeps its rights; otherwise, and for a new file,
        only its owner can read it.

    Raises
    ------
    UnusableInput
        A file cannot be written; the text says which.
    """
    beside: dict[Path, Path] = {}
    at = Path()
    try:
        for at, content in files.items():
            _folder(at.parent)
            beside[at] = _written(at, content, keep_rights=keep_rights)
        for at, temporary in beside.items():
            temporary.replace(at)
    except OSError as wrong:
        text = f"{at.name} cannot be written. Close it in other programs, and check the folder."
        raise UnusableInput(text) from wrong
    finally:
        for temporary in beside.values():
            temporary.unlink(missing_ok=True)


def _folder(folder: Path) -> None:
    if not folder.is_dir():
        _folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def _written(path: Path, content: bytes, *, keep_rights: bool) -> Path:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if keep_rights and path.exists():
            temporary.chmod(path.stat().st_mode & 0o777)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    return temporary
