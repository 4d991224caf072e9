"""Read the code blocks, links and tables of a Markdown page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Block", "blocks", "links", "prose", "table_rows"]

_FENCE = re.compile(
    r"^(?P<indent> *)```(?P<language>[\w+-]*)[^\n]*\n(?P<text>.*?)^(?P=indent)```\s*$",
    re.MULTILINE | re.DOTALL,
)
_LINK = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)\s]+)[^)]*\)")


@dataclass(frozen=True)
class Block:
    """One fenced block: its language, its text and the line it starts on."""

    language: str
    text: str
    line: int


def blocks(page: Path) -> Iterator[Block]:
    """Yield the fenced blocks of a page in order."""
    text = page.read_text(encoding="utf-8")
    for match in _FENCE.finditer(text):
        indent = len(match["indent"])
        inner = "\n".join(line[indent:] for line in match["text"].splitlines())
        yield Block(match["language"], inner + "\n", text.count("\n", 0, match.start()) + 1)


def prose(page: Path) -> str:
    """Return the text of a page without its fenced blocks."""
    return _FENCE.sub("", page.read_text(encoding="utf-8"))


def links(page: Path) -> list[str]:
    """Return the targets of the links and pictures of a page."""
    return [match["target"] for match in _LINK.finditer(prose(page))]


def table_rows(page: Path) -> Iterator[tuple[str, ...]]:
    """Yield the cells of every table row of a page."""
    for line in prose(page).splitlines():
        if line.startswith("|") and line.rstrip().endswith("|"):
            yield tuple(cell.strip() for cell in line.strip().strip("|").split("|"))
