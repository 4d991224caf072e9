"""What every picture counts: rows that may be told, and never more than the people behind them."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated

from assetmap.errors import PrivacyError, UnusableInput
from assetmap.graph import without_sensitive
from assetmap.model import Need, Neighbourhood, Policy, PrivacyThresholds
from assetmap.privacy import Audience, Discloses, few_people, split_safety
from assetmap.texts import Language, say
from assetmap.ties.exports.naming import Names

__all__ = [
    "COUNTED",
    "Label",
    "area_names",
    "count_behind",
    "for_reader",
    "label",
    "limits_for",
    "open_need",
    "served",
    "theme_of",
]

COUNTED = (Audience.RESIDENTS, Audience.COUNCIL)
"""Audiences that get counts and no persons."""
_SERVED = (Audience.TEAM, Audience.RESEARCH, *COUNTED)


@dataclass(frozen=True, slots=True)
class Label:
    """What something is called.

    Attributes
    ----------
    id : str
        Id of a category or area.
    said : Mapping of str to str
        Its name by language code.
    """

    id: Annotated[str, Discloses.OPEN]
    said: Annotated[Mapping[str, str], Discloses.OPEN]


def served(audience: str, *among: Audience) -> Audience:
    """Return an audience that a picture can be made for.

    Raises
    ------
    UnusableInput
        Another word.
    PrivacyError
        An audience that this picture is not for.
    """
    words = [each.value for each in Audience]
    if audience not in words:
        raise UnusableInput(f"there is no audience {audience!r}; there are: {', '.join(words)}")
    reader, allowed = Audience(audience), among or _SERVED
    if reader not in allowed:
        names = ", ".join(each.value for each in allowed)
        raise PrivacyError(f"this picture is for {names}, not for {reader.value}")
    return reader


def for_reader(hood: Neighbourhood, audience: Audience) -> Neighbourhood:
    """Leave out what is about safety, and for others than the team what is sensitive."""
    rest = split_safety(hood)[0]
    return rest if audience is Audience.TEAM else without_sensitive(rest)


def theme_of(hood: Neighbourhood, category: str) -> str | None:
    """Return the category at the top above a category; None where it is not known."""
    return (category, *hood.tree.ancestors(category))[-1] if category in hood.tree else None


def label(hood: Neighbourhood, category: str) -> Label:
    """Return what a category is called in every language."""
    return Label(category, {lang.value: hood.tree.label(category, lang) for lang in Language})


def area_names(hood: Neighbourhood, areas: Iterable[str], reader: Audience) -> dict[str, Label]:
    """Return what areas are called; outside the team never by the name of somebody."""
    names = Names.of(None if reader is Audience.TEAM else hood)
    listed = {row.area: row.name for row in hood.areas}
    found = {}
    for area in areas:
        known = area != "unknown" or area in listed
        said = (text for text in (listed.get(area), area) if text and known)
        told = next((text for text in said if not names.said_in(text)), None)
        key = "plot.area" if known else "plot.area-unknown"
        found[area] = Label(area, {e.value: told or say(key, e) for e in Language})
    return found


def open_need(row: Need, asof: dt.date) -> bool:
    """Tell whether a question is open on a day."""
    begun = row.since is None or row.since <= asof
    return begun and (row.closed_on is None or asof < row.closed_on)


def limits_for(reader: Audience, policy: Policy) -> PrivacyThresholds | None:
    """Return what counts for an audience are held to; None for the team."""
    return None if reader is Audience.TEAM else policy.privacy


def count_behind(
    found: Iterable[tuple[Hashable, Hashable]],
    limits: PrivacyThresholds | None,
    households: Mapping[str, str] | None = None,
) -> dict[Hashable, int]:
    """Count things by what they belong to; too small to be shown where few people are behind them.

    Parameters
    ----------
    found : iterable of (key, person)
        One for each thing: where it is counted, and whose it is.
    limits : PrivacyThresholds or None
        Where they say that too few people stand behind a count, or that one gives too much of it,
        it is their number at most, and below the minimum. None: all are counted.
    households : Mapping of str to str, optional
        Household by person, where it is known.

    Examples
    --------
    >>> count_behind([("north", "p1"), ("north", "p1"), ("south", "p2")], PrivacyThresholds())
    {'north': 1, 'south': 1}
    """
    behind = defaultdict[Hashable, Counter[Hashable]](Counter)
    for key, person in found:
        behind[key][person] += 1
    homes = households or {}
    return {key: _at_most(people, limits, homes) for key, people in behind.items()}


def _at_most(
    people: Counter[Hashable], limits: PrivacyThresholds | None, homes: Mapping[str, str]
) -> int:
    count = people.total()
    if limits is None or not few_people(people, limits, households=homes):
        return count
    return min(count, len(people), limits.minimum - 1)
