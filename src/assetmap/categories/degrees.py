"""How well an offer of one category answers a need of another.

A degree is an integer percentage. It is the best over these ways, with ``o`` what is offered and
``a`` what is asked:

1. *kinship*: the same category is 100; ``a`` lies ``k`` steps below ``o`` (a general offer, a
   finer need): 80 % per step; ``a`` lies ``k`` steps above ``o`` (a finer offer, a general need):
   60 % per step; otherwise, siblings too, 0;
2. *stated degrees*: ``o`` (or what it is a kind of: the nearest that states it counts) answers
   ``y`` to a stated degree, and what ``y`` is a kind of to 60 % of that per step. It does not
   answer what is finer than ``y``: a walk is company, but no flea market. Only one stated degree
   is used: what answers ``y`` does not answer what ``y`` answers. Where ``y`` lies above ``o``,
   the stated degree replaces the 60 % steps for ``y`` itself, and reaches nothing else.

Products are rounded half up once, at the end. Safety categories take no part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from assetmap.categories.record import Category
from assetmap.errors import UnusableInput

__all__ = ["FINER_NEED", "FINER_OFFER", "answers_from_text", "answers_text", "degree_table"]

FINER_NEED = 80
"""Percent per step by which a general offer answers a finer need."""
FINER_OFFER = 60
"""Percent per step by which a finer offer answers a general need."""

_ENTRY = re.compile(r"(?P<id>[^:|]+?)\s*(?::\s*(?P<degree>[01](?:[.,]\d{1,2})?))?", re.ASCII)

Children = Mapping[str, tuple[str, ...]]
Degrees = dict[str, dict[str, int]]


def answers_from_text(text: str) -> dict[str, int]:
    """Read the text form of stated degrees.

    Parameters
    ----------
    text : str
        Ids separated by ``|``, each with a degree above 0 and up to 1 (two decimals, point or
        comma); without a degree it is 1.

    Returns
    -------
    dict of str to int
        Percent for each id.

    Raises
    ------
    UnusableInput
        When an entry cannot be read, or an id stands there twice.

    Examples
    --------
    >>> answers_from_text("company:0.8 | meal")
    {'company': 80, 'meal': 100}
    """
    found: dict[str, int] = {}
    for entry in (part.strip() for part in text.split("|")):
        if not entry:
            continue
        match = _ENTRY.fullmatch(entry)
        percent = _percent(match["degree"]) if match else 0
        if match is None or not 1 <= percent <= 100:
            raise UnusableInput(
                f"cannot read {entry!r} in answers: write an id, or an id and a degree "
                "from 0.01 to 1, as in 'company:0.8 | meal'"
            )
        if match["id"] in found:
            raise UnusableInput(f"{match['id']!r} stands twice in answers: keep one")
        found[match["id"]] = percent
    return found


def answers_text(answers: Mapping[str, int]) -> str:
    """Write stated degrees in their text form, by id; the inverse of `answers_from_text`.

    Parameters
    ----------
    answers : Mapping[str, int]
        Percent for each id.

    Returns
    -------
    str
        Such as ``"company:0.8 | meal"``.

    Examples
    --------
    >>> answers_text({"meal": 100, "company": 80})
    'company:0.8 | meal'
    """
    return " | ".join(
        name if percent == 100 else f"{name}:{f'{percent / 100:.2f}'.rstrip('0')}"
        for name, percent in sorted(answers.items())
    )


def degree_table(
    categories: Mapping[str, Category], children: Children
) -> dict[str, dict[str, int]]:
    """Compute all degrees above zero.

    Parameters
    ----------
    categories : Mapping[str, Category]
        The categories of a tree, with their facts filled in (so `answers` holds what is
        inherited too).
    children : Mapping[str, tuple of str]
        The ids right below each id.

    Returns
    -------
    dict
        For each asked id, the percent for each offered id.

    Notes
    -----
    With `n` categories, `s` stated degrees (inherited ones counted) and kin lists of length `m`,
    the work is O((n + s) m).
    """
    kin = {name: tuple(_kin(name, categories, children)) for name in categories}
    table: dict[str, dict[str, int]] = {
        name: {} for name, category in categories.items() if not category.safety
    }
    for offered in table:
        for asked, degree in _reach(offered, categories, kin):
            row = table.get(asked)
            if row is not None and degree > row.get(offered, 0):
                row[offered] = degree
    return table


def _reach(
    offered: str,
    categories: Mapping[str, Category],
    kin: Mapping[str, tuple[tuple[str, int, int], ...]],
) -> Iterator[tuple[str, int]]:
    """Every category that an offer reaches, with the degree of each way to it."""
    stated = categories[offered].answers
    own = {asked for asked, _, _ in kin[offered]}
    for asked, top, bottom in kin[offered]:
        if asked not in stated:
            yield asked, _rounded(100 * top, bottom)
    for middle, percent in stated.items():
        if middle in own:
            yield middle, percent
        else:
            for asked, top, bottom in kin[middle]:
                if asked == middle or asked in _above(middle, categories):
                    yield asked, _rounded(percent * top, bottom)


def _above(name: str, categories: Mapping[str, Category]) -> Iterator[str]:
    above = categories[name].parent
    while above is not None:
        yield above
        above = categories[above].parent


def _rounded(top: int, bottom: int) -> int:
    return (2 * top + bottom) // (2 * bottom)


def _kin(
    name: str, categories: Mapping[str, Category], children: Children
) -> Iterator[tuple[str, int, int]]:
    """Everything above and below `name`, with its kinship as an exact fraction."""
    yield name, 1, 1
    top, bottom, above = FINER_OFFER, 100, categories[name].parent
    while above is not None:
        yield above, top, bottom
        top, bottom, above = top * FINER_OFFER, bottom * 100, categories[above].parent
    top, bottom, layer = FINER_NEED, 100, children.get(name, ())
    while layer:
        for below in layer:
            yield below, top, bottom
        top, bottom = top * FINER_NEED, bottom * 100
        layer = tuple(deeper for below in layer for deeper in children.get(below, ()))


def _percent(degree: str | None) -> int:
    if degree is None:
        return 100
    whole, _, part = degree.replace(",", ".").partition(".")
    return int(whole) * 100 + int(part.ljust(2, "0"))
