"""Add rows to a set of categories: check them all, then fill in what they inherit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from assetmap.categories.record import Category, Distance, Where
from assetmap.categories.words import plain
from assetmap.errors import UnusableInput

__all__ = ["grow"]

T = TypeVar("T")

_FORBIDDEN = frozenset("|:,")


def grow(existing: Mapping[str, Category], rows: Iterable[Category]) -> dict[str, Category]:
    """Return the categories with `rows` added, their facts filled in, sorted by id.

    Parameters
    ----------
    existing : Mapping[str, Category]
        Categories whose facts are filled in.
    rows : iterable of Category
        Rows as stated; they may name each other, in any order.

    Returns
    -------
    dict of str to Category
        All of them.

    Raises
    ------
    UnusableInput
        Naming every problem: a blank or unusable id, an id that exists, an unknown parent, a
        circle, a word of a safety category, and degrees that cannot be.
    """
    added = sorted(rows, key=lambda row: row.id)
    named = {**existing, **{row.id: row for row in added}}
    problems = [*_bad_ids(added, existing), *_bad_parents(added, named)]
    if not problems:
        problems = [*_bad_words(added, named), *_bad_answers(added, named)]
    if problems:
        raise UnusableInput("these categories cannot be used:\n" + "\n".join(problems))
    full = dict(existing)
    for row in added:
        _fill(row.id, named, full)
    return dict(sorted(full.items()))


def _bad_ids(added: list[Category], existing: Mapping[str, Category]) -> Iterator[str]:
    times = Counter(row.id for row in added)
    for name in sorted(times):
        if not name.strip() or name != name.strip() or _FORBIDDEN & set(name):
            yield f"{name!r}: an id is text without '|', ':', ',' and spaces around it"
        if name in existing:
            yield f"{name!r}: exists already; choose another id"
        elif times[name] > 1:
            yield f"{name!r}: stands there {times[name]} times; keep one"


def _bad_parents(added: list[Category], named: Mapping[str, Category]) -> Iterator[str]:
    for row in added:
        if row.parent is not None and row.parent not in named:
            yield f"{row.id!r}: its parent {row.parent!r} is not in the tree"
        elif row.id in _above(row.id, named):
            yield f"{row.id!r}: is its own ancestor; break the circle"


def _above(name: str, named: Mapping[str, Category]) -> list[str]:
    """Ids above `name`, nearest first; stops where a circle closes or a parent is missing."""
    found: list[str] = []
    parent = named[name].parent
    while parent is not None and parent in named and parent not in found:
        found.append(parent)
        parent = named[parent].parent
    return found


def _is_safety(name: str, named: Mapping[str, Category]) -> bool:
    return any(named[each].safety for each in (name, *_above(name, named)))


def _bad_words(added: list[Category], named: Mapping[str, Category]) -> Iterator[str]:
    """No harmless category may be reached by a word that means a safety category."""
    safety = {name for name in named if _is_safety(name, named)}
    alarm = {plain(word): name for name in sorted(safety) for word in named[name].words}
    harmless = {plain(w): name for name in sorted(named.keys() - safety) for w in named[name].words}
    for row in added:
        other = harmless if row.id in safety else alarm
        for word in row.words:
            if plain(word) in other:
                yield (
                    f"{row.id!r}: {word!r} is also a word for {other[plain(word)]!r}; "
                    "a safety category shares no word with another: choose other words"
                )


def _bad_answers(added: list[Category], named: Mapping[str, Category]) -> Iterator[str]:
    for row in added:
        for target, percent in sorted(row.answers.items()):
            says = f"{row.id!r}: answers {target!r}"
            if target not in named:
                yield f"{says}, which is not in the tree"
                continue
            if percent not in range(1, 101):
                yield f"{says} to {percent!r} percent; allowed is 1 to 100"
            if row.id in (target, *_above(target, named)):
                yield f"{says}, which is the same or finer; that follows from the tree"
            if _is_safety(target, named) or _is_safety(row.id, named):
                yield f"{says}; a safety category answers nothing and is answered by nothing"


def _fill(name: str, named: Mapping[str, Category], full: dict[str, Category]) -> None:
    """Fill in the facts of `name`, and first those of everything above it."""
    chain = [name, *_above(name, named)]
    for each in reversed(chain):
        if each not in full:
            row = named[each]
            full[each] = _inherit(row, None if row.parent is None else full[row.parent])


def _inherit(row: Category, parent: Category | None) -> Category:
    above = parent or _TOP
    label = row.name_nl or row.name_en or row.id
    return replace(
        row,
        name_nl=label,
        name_en=row.name_en or label,
        answers={**above.answers, **row.answers},
        reserved=_or(row.reserved, above.reserved),
        safety=bool(row.safety) or bool(above.safety),
        distance=_or(row.distance, above.distance),
        at=_or(row.at, above.at),
        group_first=_or(row.group_first, above.group_first),
        domain=_or(row.domain, above.domain),
        parties=row.parties or above.parties,
    )


def _or(stated: T | None, inherited: T | None) -> T | None:
    return inherited if stated is None else stated


_TOP = Category(
    id="top",
    reserved=False,
    safety=False,
    distance=Distance.MATTERS,
    at=Where.ASKER,
    group_first=False,
)
