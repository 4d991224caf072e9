"""Rows that may be about the same person, party or activity: told, and never merged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import Annotated

from assetmap.model import Activity, Neighbourhood, Person, Record
from assetmap.model.spelling import plain_words
from assetmap.privacy import Discloses

__all__ = ["LikeBecause", "Likeness", "duplicates"]

_LONG_ENOUGH = 5
"""Letters of a name from which one typing error does not make another name of it."""
_MOST_OF_ONE_NAME = 3
"""With more people of one name in an area, the name and the area say nothing any more."""
_SOUNDS = (("ph", "f"), ("th", "t"), ("ck", "k"), ("c", "k"), ("ij", "i"), ("y", "i"), ("j", "i"))
"""Spellings of names that are said alike."""


class LikeBecause(StrEnum):
    """Why two rows may be about the same; the strongest reason is given."""

    HOUSEHOLD = "household"
    """Two names alike in one household, and no decades of birth that differ."""
    DECADE = "decade"
    """Two names alike in one area, born in the same decade."""
    AREA = "area"
    """One name twice or three times in an area, and a decade of birth that is not known."""
    NAME = "name"
    """Two parties with names alike, and no areas that differ."""
    TIME = "time"
    """Two activities with names alike that begin at the same time, and no places that differ."""


@dataclass(frozen=True)
class Likeness:
    """Two rows that may be about the same, for the team to look at.

    Attributes
    ----------
    table : str
        The table in which both stand.
    pair : tuple of (str, str) or None
        Their ids, sorted; for the team alone.
    because : LikeBecause or None
        Why.
    """

    table: Annotated[str, Discloses.OPEN]
    pair: Annotated[tuple[str, str] | None, Discloses.TEAM]
    because: Annotated[LikeBecause | None, Discloses.TEAM]


def duplicates(hood: Neighbourhood) -> tuple[Likeness, ...]:
    """Return the rows that may stand in the tables twice; nothing is merged.

    Parameters
    ----------
    hood : Neighbourhood
        All tables.

    Returns
    -------
    tuple of Likeness
        Sorted by table and ids. For the team; outside, release leaves the ids out.

    Notes
    -----
    1. Two names are alike when they read the same after capitals, accents, double letters and
       spellings that are said alike (Carin and Karin, Sylvia and Silvia) are set aside; the order
       of words does not matter. From five letters on one typing error may be between them.
    2. Two people, residents or workers both, may be the same when their called names are alike and
       they share a household with no decades of birth that differ, or an area and a decade. With a
       decade that is not known, the very same name in an area is told where two or three have it.
    3. Two initiatives or organisations may be the same when their names are alike and no areas
       differ; two activities when they begin at the same time as well and no places differ.

    Only names within a household, an area or a time are compared, each different name once.

    Examples
    --------
    >>> people = (
    ...     Person(person="p1", called="Karin", household="h1"),
    ...     Person(person="p2", called="Carin", household="h1"),
    ... )
    >>> [(row.pair, row.because.value) for row in duplicates(Neighbourhood(people=people))]
    [(('p1', 'p2'), 'household')]
    """
    found: dict[tuple[str, tuple[str, str]], LikeBecause] = {}
    for table, because, pairs in _looked_for(hood):
        for one, other in pairs:
            first, second = sorted((str(one.id), str(other.id)))
            found.setdefault((table, (first, second)), because)
    return tuple(Likeness(table, pair, because) for (table, pair), because in sorted(found.items()))


Pairs = Iterable[tuple[Record, Record]]


def _looked_for(hood: Neighbourhood) -> Iterator[tuple[str, LikeBecause, Pairs]]:
    """Yield the pairs of every reason, stronger reasons first."""
    called = [row for row in hood.people if row.called]
    homes = _within(called, lambda row: row.household and (row.is_worker, row.household))
    yield "people", LikeBecause.HOUSEHOLD, (p for p in homes if _agree(*p, "born"))
    decades = _within(called, lambda p: p.area and p.born and (p.is_worker, p.area, p.born))
    yield "people", LikeBecause.DECADE, decades
    yield "people", LikeBecause.AREA, _same_in_area(called)
    parties: tuple[Sequence[Record], ...] = (hood.initiatives, hood.organisations)
    for rows in parties:
        pairs = _within(rows, lambda _: "everywhere")
        table = rows[0].table if rows else ""
        yield table, LikeBecause.NAME, (p for p in pairs if _agree(*p, "area"))
    times = _within(hood.activities, _when)
    yield "activities", LikeBecause.TIME, (p for p in times if _agree(*p, "place", "area"))


def _when(row: Activity) -> Hashable:
    return row.start


def _agree(one: Record, other: Record, *columns: str) -> bool:
    """Tell whether two rows differ in none of these columns; what is blank does not differ."""
    both = ((getattr(one, name), getattr(other, name)) for name in columns)
    return all(a is None or b is None or a == b for a, b in both)


def _name(row: Record) -> str:
    text: str | None = getattr(row, "called" if isinstance(row, Person) else "name")
    return " ".join(sorted(plain_words(text or "")))


def _said(name: str) -> str:
    """Return how a name is said, roughly: one letter for spellings that sound alike."""
    for spelt, said in _SOUNDS:
        name = name.replace(spelt, said)
    return "".join(b for a, b in zip(" " + name, name, strict=False) if a != b or b.isdigit())


def _within(rows: Iterable[Record], block: Callable[..., Hashable]) -> Pairs:
    """Yield the pairs of rows of one block with names alike; a block of nothing is none."""
    blocks: dict[Hashable, dict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        name, key = _said(_name(row)), block(row)
        if name and key not in (None, ""):
            blocks[key][name].append(row)
    for names in blocks.values():
        for same in names.values():
            yield from combinations(same, 2)
        yield from _nearly(names)


def _nearly(names: Mapping[str, Sequence[Record]]) -> Pairs:
    """Yield the pairs of rows with names that one typing error lies between."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract_iter

    long = sorted(name for name in names if len(name) >= _LONG_ENOUGH)
    for at, name in enumerate(long):
        later = long[at + 1 :]
        for other, _, _ in extract_iter(name, later, scorer=OSA.distance, score_cutoff=1):
            if not _numbered(name, other):
                yield from ((one, two) for one in names[name] for two in names[other])


def _numbered(one: str, other: str) -> bool:
    """Tell whether two names have other numbers: team 1 is not team 2."""
    digits = ["".join(sign for sign in name if sign.isdigit()) for name in (one, other)]
    return digits[0] != digits[1]


def _same_in_area(called: Iterable[Person]) -> Pairs:
    """Yield the pairs with the very same name in an area where a decade is not known."""
    groups: dict[Hashable, list[Person]] = defaultdict(list)
    for row in called:
        if row.area is not None and _name(row):
            groups[row.is_worker, row.area, _name(row)].append(row)
    for same in groups.values():
        if len(same) <= _MOST_OF_ONE_NAME:
            yield from ((a, b) for a, b in combinations(same, 2) if None in (a.born, b.born))
