"""Reading one CSV file: which letters, which separator, which rows; never an exception."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from assetmap.errors import DataProblem
from assetmap.tables.grid import (
    LARGEST_FILE,
    LONGEST_TEXT,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    Found,
    Grid,
    cell_of,
    error,
    is_blank_row,
    too_large,
    unmarked,
    warning,
)

__all__ = ["file_bytes", "laid_out", "read_csv", "separated", "text_of"]

_BINARY = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_LETTER = re.compile(rb"[\xc3-\xdf][\x80-\xbf](?![\x80-\xbf])|[\xe1-\xef][\x80-\xbf]{2}")
"""A letter as UTF-8 writes it, which in other encodings is two or three odd signs."""
_SEPARATORS = (",", ";", "\t")
_BEGINNING = 100_000
"""Characters in which the headings must stand."""


def file_bytes(path: Path, largest: int = LARGEST_FILE) -> bytes | DataProblem:
    """Return what is in a file, or the problem that keeps it closed.

    What is no ordinary file (a folder, a pipe, a device) is not opened: it may have no end.
    """
    try:
        if not path.is_file() and path.exists():
            return error("not-a-file", file=path.name)
        if path.stat().st_size > largest:
            return error("file-too-large", file=path.name, limit=largest // 1024**2)
        return path.read_bytes()
    except FileNotFoundError:
        return error("no-such-file", file=path.name)
    except PermissionError:
        return error("file-locked", file=path.name)
    except (OSError, ValueError):
        return error("file-unreadable", file=path.name)


def text_of(raw: bytes, file: str) -> tuple[str | None, list[DataProblem]]:
    """Decode a text file: UTF-8, or with a warning what else it clearly is.

    Parameters
    ----------
    raw : bytes
        What is in the file.
    file : str
        Its name, for the problem.

    Returns
    -------
    (str or None, list of DataProblem)
        The text, None when it is no text; and what came up.
    """
    if raw.startswith(_BINARY):
        return None, [error("not-text", file=file)]
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(raw, "utf-16", file)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        if _LETTER.search(raw):
            line = raw.count(b"\n", 0, wrong.start) + 1
            return None, [error("mixed-encoding", file=file, line=line)]
        return _decoded(raw, "cp1252", file)
    if "\x00" in text:
        return None, [error("not-text", file=file)]
    return text, []


def _decoded(raw: bytes, encoding: str, file: str) -> tuple[str | None, list[DataProblem]]:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        return None, [error("not-text", file=file)]
    if _CONTROL.search(text):
        return None, [error("not-text", file=file)]
    return text, [warning("other-encoding", file=file, encoding=encoding)]


def read_csv(path: Path, known: Callable[[str, tuple[str, ...]], int]) -> Found:
    """Read one CSV file.

    Parameters
    ----------
    path : Path
        The file.
    known : callable
        Given the name of the file and the cells of a row: how many of them are headings of that
        table. The separator that gives most of them is the one that was used.

    Returns
    -------
    Found
        One grid, or the problem.
    """
    raw = file_bytes(path)
    if isinstance(raw, DataProblem):
        return Found(problems=[raw], lost={path.stem})
    text, problems = text_of(raw, path.name)
    if text is None:
        return Found(problems=problems, lost={path.stem})
    lost: set[str] = set()
    body, mark = laid_out(text, lambda cells: known(path.stem, cells))
    rows: list[tuple[int, tuple[str, ...]]] = []
    filled = 0
    for number, cells in enumerate(separated(body, mark), 1):
        if isinstance(cells, str):
            lost.add(path.stem)
            problems.append(error(cells, (None, number, None), file=path.name))
        elif not is_blank_row(cells):
            filled += sum(map(bool, cells))
            if number > MOST_ROWS or len(cells) > MOST_COLUMNS or filled > MOST_CELLS:
                return Found(problems=[*problems, too_large(path.name)], lost={path.stem})
            rows.append((number, cells))
    return Found([Grid(path.stem, path.name, rows, ruled=True, file=path)], problems, lost=lost)


def laid_out(text: str, known: Callable[[tuple[str, ...]], int]) -> tuple[str, str]:
    """Return the rows of a CSV text, without a first line that names the separator; and that."""
    said = re.match(r"\"?sep=([^\w\s\"]|\t)\"?(?:\r\n?|\n)", text, re.IGNORECASE)
    if said:
        return text[said.end() :], said[1]
    return text, _separator(text, known)


def separated(text: str, mark: str) -> Iterator[tuple[str, ...] | str]:
    """Yield the cells of each row; the code of a problem for a row that cannot be read."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    while True:
        try:
            cells = tuple(
                cell.strip() if cell.isascii() and "'" not in cell else unmarked(cell_of(cell))
                for cell in next(reader)
            )
            yield "cell-too-large" if max(map(len, cells), default=0) > LONGEST_TEXT else cells
        except StopIteration:
            return
        except csv.Error as wrong:
            yield "cell-too-large" if "larger" in str(wrong) else "wrong-quotes"


def _separator(text: str, known: Callable[[tuple[str, ...]], int]) -> str:
    """Return the separator under which the first filled row looks most like headings."""
    best, chosen = (-1, -1), _SEPARATORS[0]
    text = text[:_BEGINNING]
    for mark in _SEPARATORS:
        first = next((c for c in separated(text, mark) if isinstance(c, str) or any(c)), "")
        if not isinstance(first, str):
            score = (known(first), len(first))
            if score > best:
                best, chosen = score, mark
    return chosen
