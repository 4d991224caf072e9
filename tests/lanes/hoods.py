"""Small neighbourhoods for signals, and a slow way to tell what lanes should find."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import comb
from typing import Any

from assetmap.model import ContactDay, Need, Neighbourhood, Observation, Person, Policy, Record

__all__ = [
    "DAY",
    "ago",
    "asked",
    "contact_days",
    "heard",
    "hood_of",
    "people",
    "slow_agreements",
    "slow_unusual",
    "told_apart",
]

DAY = dt.date(2026, 11, 23)
"""The day of every meeting in these tests: a Monday."""


def ago(days: int) -> dt.date:
    """Return the day so many days before the meeting."""
    return DAY - dt.timedelta(days=days)


def people(number: int, *, area: str | None = "north", **cells: Any) -> list[Person]:
    """Make some residents of an area, each a household of their own."""
    return [Person(person=f"p{n}", area=area, **cells) for n in range(number)]


def asked(name: str, owner: str, days: int, *, category: str = "homework", **cells: Any) -> Need:
    """Make a need that somebody asked so many days ago."""
    return Need(need=name, owner=owner, category=category, since=ago(days), **cells)


def heard(name: str, days: int, *, kind: str = "need", **cells: Any) -> Observation:
    """Make a note of so many days ago."""
    return Observation(observation=name, date=ago(days), kind=kind, **cells)


def hood_of(
    *records: Record | Iterable[Record], settings: dict[str, Any] | None = None
) -> Neighbourhood:
    """Put records together; `settings` are those of signals."""
    policy = Policy.model_validate({"signals": settings or {}})
    return Neighbourhood.from_records(*records, policy=policy)


# From the definitions, on plain tuples (day, theme, area, household); slow, and sharing no code.

Ask = tuple[dt.date, str, str | None, str]


def told_apart(hood: Neighbourhood) -> list[Ask]:
    """Return who asked what, when and where: needs of residents, and notes of a known household."""
    rows: list[Ask] = []
    by_id = {person.person: person for person in hood.people}
    for need in hood.needs:
        owner = by_id.get(need.owner)
        known = hood.tree.known(need.category) and not hood.tree.is_safety(need.category)
        if owner is not None and need.since is not None and known:
            home = f"h:{owner.household}" if owner.household else f"p:{owner.person}"
            rows.append((need.since, need.category, owner.area, home))
    for note in hood.observations:
        speaker = by_id.get(note.speaker or note.about or "")
        known = hood.tree.known(note.category) and not hood.tree.is_safety(note.category)
        kind = note.kind.value if note.kind else ""
        wrong = kind == "complaint" and note.about
        counts = known and kind in {"need", "concern", "complaint"}
        if counts and not wrong and not note.target_group:
            if speaker is not None:
                home = f"h:{speaker.household}" if speaker.household else f"p:{speaker.person}"
            elif note.household:
                home = f"h:{note.household}"
            elif note.visit:
                home = f"v:{note.visit}"
            else:
                continue
            area = note.area or (speaker.area if speaker is not None else None)
            rows.append((note.date, note.category, area, home))
    return rows


def _streams(rows: Sequence[Ask]) -> set[tuple[str, str | None]]:
    found: set[tuple[str, str | None]] = set()
    for theme in {row[1] for row in rows}:
        areas = {row[2] for row in rows if row[1] == theme}
        found |= {(theme, area) for area in areas if area is not None}
        if len(areas) > 1 or areas == {None}:
            found.add((theme, None))
    return found


def _inside(rows: Sequence[Ask], theme: str, area: str | None) -> list[Ask]:
    return [row for row in rows if row[1] == theme and (area is None or row[2] == area)]


def slow_agreements(
    rows: Sequence[Ask], day: dt.date, *, households: int, window: int
) -> set[tuple[str, str | None]]:
    """Return theme and area of every agreement: try every period that ends on a day."""
    found: set[tuple[str, str | None]] = set()
    past = [row for row in rows if row[0] <= day]
    for theme, area in _streams(past):
        own = _inside(past, theme, area)
        for back in range(window):
            last = day - dt.timedelta(days=back)
            if last not in {when for when, _, _, _ in own}:
                continue
            days = {last - dt.timedelta(days=n) for n in range(window)}
            if len({home for when, _, _, home in own if when in days}) >= households:
                found.add((theme, area))
    in_areas = {theme for theme, area in found if area is not None}
    return {(theme, area) for theme, area in found if area is not None or theme not in in_areas}


def slow_unusual(
    rows: Sequence[Ask], day: dt.date, *, window: int, periods: int
) -> dict[tuple[str, str | None], tuple[int, Fraction]]:
    """Return, for every stream that was asked in the window, how many households, and p.

    p is worked out from binomial coefficients: given the sum of window and baseline, each question
    falls in the window with a chance of one in one more than the number of periods.
    """
    found: dict[tuple[str, str | None], tuple[int, Fraction]] = {}
    past = [row for row in rows if row[0] <= day]
    for theme, area in _streams(past):
        own = _inside(past, theme, area)
        counts = []
        for period in range(periods + 1):
            newest = day - dt.timedelta(days=period * window)
            days = {newest - dt.timedelta(days=n) for n in range(window)}
            counts.append(len({home for when, _, _, home in own if when in days}))
        now, before = counts[0], sum(counts[1:])
        if now:
            share = Fraction(1, periods + 1)
            trials = now + before
            p = sum(
                comb(trials, x) * share**x * (1 - share) ** (trials - x)
                for x in range(now, trials + 1)
            )
            found[theme, area] = now, Fraction(p)
    return found


def contact_days(per_day: Sequence[int], *, area: str | None = None) -> list[ContactDay]:
    """Make the contacts of the last days, the newest last."""
    return [
        ContactDay(date=ago(len(per_day) - 1 - at), area=area, contacts=number)
        for at, number in enumerate(per_day)
    ]
