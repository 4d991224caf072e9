"""The tables of the team with what the history knows beside them."""

from __future__ import annotations

from dataclasses import replace

from assetmap.history import History
from assetmap.model import Arrangement, Decision, Neighbourhood

__all__ = ["with_history"]


def with_history(hood: Neighbourhood, store: History) -> Neighbourhood:
    """Return a neighbourhood with earlier decisions and arrangements added.

    What the tables say themselves goes before, and what is about people, talents or questions
    that are in the tables no more is left out.

    Parameters
    ----------
    hood : Neighbourhood
        The tables of the team.
    store : History
        What was decided before.
    """
    said = {(d.plan, d.provider, d.date) for d in hood.decisions}
    decisions = [
        row
        for row in store.decisions()
        if (row.plan, row.provider, row.date) not in said and _stands(hood, row)
    ]
    there = {row.arrangement for row in hood.arrangements}
    same = {_what(row) for row in hood.arrangements}
    arrangements = [
        row
        for row in store.arrangements()
        if row.arrangement not in there and _what(row) not in same and _stands(hood, row)
    ]
    return replace(
        hood,
        decisions=(*hood.decisions, *decisions),
        arrangements=(*hood.arrangements, *arrangements),
    )


def _what(row: Arrangement) -> tuple[str, str, str, str | None, str | None]:
    return row.need, row.leg.value, row.provider, row.talent, row.activity


def _stands(hood: Neighbourhood, row: Arrangement | Decision) -> bool:
    """Tell whether everything that a row points to is in the tables."""
    points = [(row.need, "needs")]
    if isinstance(row, Arrangement):
        points += [(name, table) for name, table in _extras(row) if name is not None]
    known = all(len(hood.matches(name, table)) == 1 for name, table in points)
    return known and (row.provider is None or len(hood.matches(row.provider, *_PROVIDERS)) == 1)


_PROVIDERS = ("people", "initiatives", "organisations", "activities", "places")


def _extras(row: Arrangement) -> tuple[tuple[str | None, str], ...]:
    return (row.talent, "talents"), (row.activity, "activities")
