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


_SEVERAL = object()
"""More than one thing could take a moment."""


class Clock:
    """Remembers at which moments somebody could begin something.

    Two stretches of time overlap exactly when one of them covers the beginning of the other, so
    one resource per person and beginning, with room for one, keeps all of them apart. A moment
    that only one thing could take, and that thing just once, is left out: it never runs out.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._noted: dict[str, set[tuple[Span, Hashable]]] = defaultdict(set)
        self._sorted: dict[str, list[dt.datetime]] = {}

    def note(self, who: str, span: Span, of: Hashable = None) -> None:
        """Remember a stretch of time; all of them before any is used.

        Parameters
        ----------
        who : str
            Whose time.
        span : tuple of (datetime, datetime)
            From when until when.
        of : hashable, optional
            For what; of all that is noted for one thing at most one stretch is ever used.
            Default: for something of its own.
        """
        self._noted[who].add((span, object() if of is None else of))

    def uses(self, who: str, span: Span) -> dict[Hashable, int]:
        """Return the moments that a stretch of time takes up."""
        moments = self._sorted.get(who)
        if moments is None:
            moments = self._sorted[who] = self._scarce(who)
        if not moments:
            return {}
        first, last = (bisect_left(moments, moment) for moment in span)
        names = [("time", who, moment) for moment in moments[first:last]]
        for name in names:
            self._ledger.resource(name, 1)
        return dict.fromkeys(names, 1)

    def _scarce(self, who: str) -> list[dt.datetime]:
        """Return the beginnings that more than one thing could take."""
        noted = self._noted[who]
        if len({of for _, of in noted}) < 2:
            return []
        moments = sorted({span[0] for span, _ in noted})
        taken: list[Hashable] = [None] * len(moments)
        for span, of in noted:
            first, last = (bisect_left(moments, moment) for moment in span)
            for at in range(first, last):
                if taken[at] is None:
                    taken[at] = of
                elif taken[at] != of:
                    taken[at] = _SEVERAL
        return [moment for moment, of in zip(moments, taken, strict=True) if of is _SEVERAL]
