"""Looking through files for words that tell of somebody; what was found is never repeated."""

from __future__ import annotations

import html
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from assetmap.tables.grid import LARGEST_FILE, LARGEST_UNPACKED

__all__ = ["Words", "files_in", "tells_of", "texts_in"]

_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_LEAST_DIGITS = 6


class Words:
    """Words to look for.

    Parameters
    ----------
    ids : iterable of str
        Ids: found as a whole word, with their own capitals.
    names : iterable of str
        What somebody is called and how they are reached: as whole words, in any capitals and
        with or without accents; a telephone number with any signs between its digits.
    """

    def __init__(self, ids: Iterable[str], names: Iterable[str] = ()) -> None:
        folded = sorted({_folded(name) for name in names} - {""})
        self._ids = _whole(sorted({*ids} - {""}))
        self._names = _whole(folded)
        digits = {re.sub(r"\D", "", name) for name in folded if not re.search(r"[^\W\d]", name)}
        self._numbers = {number for number in digits if len(number) >= _LEAST_DIGITS}

    def __contains__(self, text: str) -> bool:
        """Tell whether one of the words is in a text."""
        if self._ids is not None and self._ids.search(text):
            return True
        if self._names is not None and self._names.search(_folded(text)):
            return True
        return bool(self._numbers) and self._has_number(text)

    def _has_number(self, text: str) -> bool:
        runs = re.findall(r"\d[\d\s().\-/]{4,}", text)
        found = [re.sub(r"\D", "", run) for run in runs]
        return any(number in run for run in found for number in self._numbers)


def _whole(words: Iterable[str]) -> re.Pattern[str] | None:
    parts = "|".join(re.escape(word) for word in words)
    return re.compile(rf"(?<!\w)(?:{parts})(?!\w)") if parts else None


def _folded(text: str) -> str:
    if text.isascii():
        return " ".join(text.casefold().split())
    bare = unicodedata.normalize("NFKD", text)
    plain = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return " ".join(plain.casefold().split())


def texts_in(raw: bytes) -> Iterator[tuple[str | None, str]]:
    """Yield the texts in a file; of a packed one each part with its name.

    Examples
    --------
    >>> list(texts_in("Zoë".encode()))
    [(None, 'Zoë')]
    """
    if raw.startswith(b"PK\x03\x04"):
        try:
            yield from _unpacked(raw)
        except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError):
            yield None, _decoded(raw)
        return
    yield None, _decoded(raw)


def _unpacked(raw: bytes) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        size = 0
        for part in archive.infolist():
            size += part.file_size
            if size > LARGEST_UNPACKED:
                return
            yield part.filename, _decoded(archive.read(part))


def _decoded(raw: bytes) -> str:
    """Return the letters of a text, whatever it is written in, with what stands for a letter."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = raw.decode("utf-16", "replace")
    else:
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            text = raw.decode("cp1252", "replace")
    if "\\u" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return html.unescape(text) if "&" in text else text


def tells_of(path: Path, words: Words) -> bool:
    """Tell whether one of the words is in a file; what cannot be read, may hold one."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            return True
        raw = path.read_bytes()
    except OSError:
        return True
    return any(text in words for _, text in texts_in(raw))


def files_in(folder: Path) -> tuple[Path, ...]:
    """Return every ordinary file in a folder and the folders in it, in order."""
    if not folder.is_dir():
        return ()
    return tuple(sorted(p for p in folder.rglob("*") if p.is_file() and not p.is_symlink()))
