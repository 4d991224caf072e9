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
_Spans = dict[dt.datetime, dt.datetime]
"""By its beginning, until when the longest stretch lasts."""


UNNUMBERED = -1
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
        self._noted: dict[str, dict[Hashable, _Spans]] = defaultdict(dict)
        self._moments: dict[str, list[dt.datetime]] = {}
        self._numbers: dict[str, list[int]] = {}

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
        begin, end = span
        spans = self._noted[who].setdefault(object() if of is None else of, {})
        if begin not in spans or spans[begin] < end:
            spans[begin] = end

    def uses(self, who: str, span: Span) -> dict[Hashable, int]:
        """Return the moments that a stretch of time takes up, by the number of the resource."""
        return dict.fromkeys(self.taken(who, span), 1)

    def taken(self, who: str, span: Span) -> list[int]:
        """Return the numbers of the moments that a stretch of time takes up."""
        moments = self._moments.get(who)
        if moments is None:
            moments = self._moments[who] = self._scarce(who)
            self._numbers[who] = [UNNUMBERED] * len(moments)
        if not moments:
            return []
        first, last = bisect_left(moments, span[0]), bisect_left(moments, span[1])
        numbers = self._numbers[who]
        for at in range(first, last):
            if numbers[at] == UNNUMBERED:
                numbers[at] = self._ledger.resource(("time", who, moments[at]), 1)
        return numbers[first:last]

    def close(self) -> None:
        """Forget what was noted: nothing more is asked."""
        for known in (self._noted, self._moments, self._numbers):
            known.clear()

    def _scarce(self, who: str) -> list[dt.datetime]:
        """Return the beginnings that more than one thing could take."""
        noted = self._noted[who]
        if len(noted) < 2:
            return []
        moments = sorted({begin for spans in noted.values() for begin in spans})
        taken: list[Hashable] = [None] * len(moments)
        for of, spans in noted.items():
            for begin, end in spans.items():
                for at in range(bisect_left(moments, begin), bisect_left(moments, end)):
                    if taken[at] is None:
                        taken[at] = of
                    elif taken[at] != of:
                        taken[at] = _SEVERAL
        return [moment for moment, of in zip(moments, taken, strict=True) if of is _SEVERAL]
