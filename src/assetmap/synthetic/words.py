"""The words of a made-up neighbourhood, plain or (for tests) as awkward as texts can be."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any
from zlib import crc32

__all__ = ["HOSTILE", "Words", "shares", "stock"]

HOSTILE: tuple[str, ...] = (
    "<script>alert('hostile')</script>",
    '</script><img src=x onerror="alert(1)">',
    "<b>hostile</b> &amp; <!-- ",
    '=HYPERLINK("http://hostile.invalid","click")',
    "+SUM(1;2)",
    "-2+3|cmd",
    "@hostile",
    "'=1+1",
    "\u202eelitsoh\u202c \u05d0\u05d1 \u0639\u0631\u0628\u064a",
    "😀👩‍👩‍👧 🧑🏽‍🦽",
    "'; DROP TABLE hostile; --",
    "hostile \"double\", 'single' and `back`; too",
    "hostile\nin two\n\nlines\tand a tab",
    "very long hostile text " * 350,
    "p1",
    "person:p1",
    "need:n1",
    "i1",
    "06-12345678",
    "hostile@example.invalid",
    "https://hostile.invalid/?a=1&b=2#c",
    "{{ hostile }} {% raw %} ${hostile} %s %(hostile)s {0}",
    "2026-11-23",
    "007",
    "1e5",
    "TRUE",
    "#N/B",
    "NaN",
    "_x0041_hostile",
    "hos\u0301tile İ ß ﬁ",
    "javascript:alert('hostile')",
    "\\u003chostile\\u003e \\n",
)
"""Awkward texts, for ``hostile=True``: what somebody could type, and a page must only show."""

_HOSTILE_SHARE = 3
"""Of so many texts, all but one are awkward."""


@cache
def stock(name: str) -> Mapping[str, Any]:
    """Read one of the lists beside this file."""
    text = (files("assetmap.synthetic") / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def shares(*names: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return the categories of a list with their weights, such as ``shares("heard", "need")``."""
    found: Mapping[str, Any] = stock("shares")
    for name in names:
        found = found[name]
    return tuple(found), tuple(found.values())


class Words:
    """Texts by purpose and number; the same number gives the same text."""

    def __init__(self, language: str, *, hostile: bool) -> None:
        self.language = language
        self.hostile = hostile
        self._lists: Mapping[str, Any] = stock("words")[language]
        self._called: tuple[str, ...] = tuple(stock("words")["called"])

    def called(self, number: int) -> str:
        """Return a made-up roepnaam."""
        return self._maybe("called", number) or self._called[number % len(self._called)]

    def one(self, purpose: str, number: int) -> str:
        """Return one text of a list."""
        found: list[str] = self._lists[purpose]
        return self._maybe(purpose, number) or found[number % len(found)]

    def kept(self, purpose: str, number: int = 0) -> str:
        """Return a text that other rows repeat word for word, and that is never awkward."""
        found: Any = self._lists[purpose]
        return str(found if isinstance(found, str) else found[number % len(found)])

    def title(self, names: Mapping[str, str], number: int) -> str:
        """Return the name of an initiative, activity or place."""
        return self._maybe("title", number) or names[self.language]

    def id(self, letter: str, number: int) -> str:
        """Return an id, counted from 0; among awkward ones some are no plain word."""
        plain = f"{letter}{number + 1}"
        if not self.hostile or number % 25 != 24:
            return plain
        marks = ('"><b>', "=", "'", "é&", " <")
        return marks[number // 25 % len(marks)] + plain

    def _maybe(self, purpose: str, number: int) -> str | None:
        if not self.hostile or number % _HOSTILE_SHARE == 2:
            return None
        return HOSTILE[(number + crc32(purpose.encode("ascii"))) % len(HOSTILE)].strip()
