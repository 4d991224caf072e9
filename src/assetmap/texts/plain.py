"""Words that somebody typed, made fit for a page: no hidden signs, not endless."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

__all__ = ["named", "typed"]

_LONGEST_NAME = 40
_LONGEST = 120
_JOINERS = frozenset("\u200c\u200d")
"""Hidden signs that scripts and emoji need."""
_ISOLATE, _END = "\u2068", "\u2069"
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})


def typed(text: str, longest: int = _LONGEST) -> str:
    r"""Return a text on one line, without control signs, cut where it is endless.

    Signs that turn the direction of what follows are taken out; a text in a script that runs
    from right to left is kept apart, so that it turns nothing around it.

    Examples
    --------
    >>> typed("Eet\u202ecaf\u0000é  op\ndonderdag")
    'Eetcafé op donderdag'
    >>> len(typed("a" * 10_000))
    120
    """
    seen = (" " if c.isspace() else c for c in text[: longest * 20])
    kept = "".join(c for c in seen if c in _JOINERS or unicodedata.category(c)[0] != "C")
    line = " ".join(kept.split())
    if len(line) > longest:
        line = f"{line[: longest - 1].rstrip()}…"
    if any(unicodedata.bidirectional(c) in _RIGHT_TO_LEFT for c in line):
        return f"{_ISOLATE}{line}{_END}"
    return line


def named(name: Callable[[str], str]) -> Callable[[str], str]:
    r"""Return the same naming, each name made fit for a page.

    Examples
    --------
    >>> named(lambda party: "Ans\n")("p1")
    'Ans'
    """
    return lambda party: typed(name(party), _LONGEST_NAME)
