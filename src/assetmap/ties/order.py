"""The order of ids: one rule, wherever the first id decides."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from typing import Any

__all__ = ["id_key", "in_id_order"]

_WHOLE = re.compile(r"-?[0-9]{1,18}")


def id_key(nodes: Iterable[Hashable]) -> Any:
    """Return what to sort these ids by: numbers where all are whole numbers, otherwise text.

    Text of digits only is a whole number, too, so that a network read from a file with ids as
    text has the same order. The type tells 1 and "1" apart.

    Examples
    --------
    >>> sorted([10, 9, 2], key=id_key([10, 9, 2]))
    [2, 9, 10]
    >>> sorted(["b10", "b9"], key=id_key(["b10", "b9"]))
    ['b10', 'b9']
    """
    if all(_WHOLE.fullmatch(str(node)) for node in nodes):
        return _as_number
    return _as_text


def in_id_order(nodes: Iterable[Hashable]) -> list[Any]:
    """Return these ids in their order.

    Examples
    --------
    >>> in_id_order({"10", "9", "2"})
    ['2', '9', '10']
    """
    every = list(nodes)
    return sorted(every, key=id_key(every))


def _as_number(node: Hashable) -> tuple[int, str, str]:
    return int(str(node)), *_as_text(node)


def _as_text(node: Hashable) -> tuple[str, str]:
    return str(node), type(node).__name__
