"""What is offered and asked, by area and category; what is unused, and what is not met."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated

from assetmap.model import Arrangement, Need, Neighbourhood, Record, Talent
from assetmap.overview.common import check_days, homes_of, live, party, party_ref
from assetmap.overview.homes import area_of
from assetmap.privacy import CountTable, Discloses, split_safety
from assetmap.schedule import Window

__all__ = ["Gaps", "gaps"]


@dataclass(frozen=True)
class Gaps:
    """Talents and needs by area (``unknown`` where it is not) and category; raw.

    Attributes
    ----------
    talents, needs : CountTable
        What is offered, and what is asked and open.
    unused : CountTable
        Talents of whom nobody makes use by a confirmed arrangement.
    unmet : CountTable
        Needs without a confirmed arrangement.
    talents_when, needs_when : CountTable
        The same by part of the week (``weekday_morning`` to ``weekend_night``) and category: each
        counts for every part in which some of its time lies. ``unknown``: no time is known of a
        talent; ``any_time``: none was asked for.
    nobody_offers : tuple of (str, str)
        Area and category of what is asked there, while nobody in the whole neighbourhood offers
        anything that answers it.
    unused_talents, unmet_needs : tuple of str
        Which they are, by id.
    """

    talents: Annotated[CountTable, Discloses.COUNT]
    needs: Annotated[CountTable, Discloses.COUNT]
    unused: Annotated[CountTable, Discloses.COUNT]
    unmet: Annotated[CountTable, Discloses.COUNT]
    talents_when: Annotated[CountTable, Discloses.COUNT]
    needs_when: Annotated[CountTable, Discloses.COUNT]
    nobody_offers: Annotated[tuple[tuple[str, str], ...] | None, Discloses.TEAM]
    unused_talents: Annotated[tuple[str, ...] | None, Discloses.TEAM]
    unmet_needs: Annotated[tuple[str, ...] | None, Discloses.TEAM]


def gaps(hood: Neighbourhood, *, asof: dt.date) -> Gaps:
    """Count talents and needs by area and category, and what of them is unused and unmet.

    A talent is used when a live arrangement names it; or, where the arrangement names none, when
    its owner does something there that it answers. The area is that of the owner.

    Parameters
    ----------
    hood : Neighbourhood
        All tables; what is about safety is left out.
    asof : date
        The day.

    Returns
    -------
    Gaps
        Raw; :func:`assetmap.privacy.release` hides small counts.

    Examples
    --------
    >>> import datetime as dt
    >>> from assetmap.model import Need, Neighbourhood, Person, Talent
    >>> hood = Neighbourhood.from_records(
    ...     *[Person(person=p, area="north") for p in ("p1", "p2")],
    ...     Talent(talent="t1", owner="p2", category="garden"),
    ...     Need(need="n1", owner="p1", category="ride"),
    ... )
    >>> found = gaps(hood, asof=dt.date(2026, 11, 23))
    >>> found.unused.cells["north", "garden"], found.nobody_offers
    (1, (('north', 'ride'),))
    """
    check_days(asof=asof)
    rest = split_safety(hood)[0]
    talents = sorted((row for row in rest.talents if live(row, asof)), key=lambda row: row.talent)
    needs = sorted((row for row in rest.needs if _open(row, asof)), key=lambda row: row.need)
    agreed = [row for row in rest.arrangements if live(row, asof)]
    met = {row.need for row in agreed}
    unmet = [row for row in needs if row.need not in met]
    unused = [row for row in talents if not any(_uses(rest, each, row) for each in agreed)]
    offered = {row.category for row in talents}
    nobody = {
        (_where(rest, row), row.category)
        for row in needs
        if not any(rest.tree.answer(each, row.category) for each in offered)
    }
    return Gaps(
        _table(rest, talents),
        _table(rest, needs),
        _table(rest, unused),
        _table(rest, unmet),
        _by_time(rest, ((row, _when(rest, row), "unknown") for row in talents)),
        _by_time(rest, ((row, row.when, "any_time") for row in needs)),
        tuple(sorted(nobody)),
        tuple(row.talent for row in unused),
        tuple(row.need for row in unmet),
    )


def _open(row: Need, asof: dt.date) -> bool:
    begun = row.since is None or row.since <= asof
    return begun and (row.closed_on is None or asof < row.closed_on)


def _uses(hood: Neighbourhood, row: Arrangement, talent: Talent) -> bool:
    """Tell whether an arrangement makes use of a talent."""
    if row.talent is not None:
        return row.talent == talent.talent
    need = hood.index["needs"].get(row.need)
    if not isinstance(need, Need) or row.activity is not None:
        return False
    whole = party_ref(hood, talent.owner) or talent.owner
    own = (party_ref(hood, row.provider) or row.provider) == whole
    return own and hood.tree.answer(talent.category, need.category) > 0


def _where(hood: Neighbourhood, row: Record) -> str:
    return area_of(hood, row) or "unknown"


def _table(hood: Neighbourhood, rows: Iterable[Talent | Need]) -> CountTable:
    found = [((_where(hood, row), row.category), row.owner) for row in rows]
    return CountTable.tally(found, households=homes_of(hood))


_HOURS = {"night": (0, 6), "morning": (6, 12), "afternoon": (12, 18), "evening": (18, 24)}
_DAY, _FRIDAY = 24 * 60, 4


def _when(hood: Neighbourhood, row: Talent) -> tuple[Window, ...] | None:
    """Return when a talent is there: its own times, else those of its owner."""
    owner = party(hood, row.owner)
    return row.available or getattr(owner, "available", None)


def _by_time(
    hood: Neighbourhood,
    rows: Iterable[tuple[Talent | Need, tuple[Window, ...] | None, str]],
) -> CountTable:
    found = [
        ((part, row.category), row.owner)
        for row, windows, blank in rows
        for part in ({blank} if not windows else {p for w in windows for p in _parts(w)})
    ]
    return CountTable.tally(found, households=homes_of(hood))


def _parts(window: Window) -> Iterator[str]:
    """Yield the parts of the week in which some minutes of a window lie."""
    for day in range(window.start // _DAY, (window.end - 1) // _DAY + 1):
        week = "weekday" if day % 7 <= _FRIDAY else "weekend"
        for part, (first, last) in _HOURS.items():
            begin, end = day * _DAY + first * 60, day * _DAY + last * 60
            if window.start < end and begin < window.end:
                yield f"{week}_{part}"
