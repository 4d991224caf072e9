"""Nobody in two places at once: moments as resources of one."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable

from assetmap.plans.ledger import Ledger

__all__ = ["Clock", "Span"]

Span = tuple[dt.datetime, dt.datetime]
"""From a moment up to, and not including, another."""


class Clock:
    """Remembers at which moments somebody could begin something.

    Two stretches of time overlap exactly when one of them covers the beginning of the other, so
    one resource per person and beginning, with room for one, keeps all of them apart.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._noted: dict[str, set[dt.datetime]] = defaultdict(set)
        self._sorted: dict[str, list[dt.datetime]] = {}

    def note(self, who: str, span: Span) -> None:
        """Remember the beginning of a stretch of time; all of them before any is used."""
        self._noted[who].add(span[0])

    def uses(self, who: str, span: Span) -> dict[Hashable, int]:
        """Return the moments that a stretch of time takes up."""
        moments = self._sorted.get(who)
        if moments is None:
            moments = self._sorted[who] = sorted(self._noted[who])
        first, last = (bisect_left(moments, moment) for moment in span)
        names = [("time", who, moment) for moment in moments[first:last]]
        for name in names:
            self._ledger.resource(name, 1)
        return dict.fromkeys(names, 1)
