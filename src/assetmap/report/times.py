"""Dates folded into what people say: one date, a rhythm, or so many times from a first one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from assetmap.report.facts import Times
from assetmap.texts import clock, listing, say

__all__ = ["folded", "short_day", "times_text"]

_WEEK = 7


def folded(when: Sequence[dt.datetime | dt.date], *, by_day: bool = False) -> Times | None:
    """Fold dates; None for none.

    Parameters
    ----------
    when : sequence of datetime or date
        Moments, or bare dates.
    by_day : bool, default False
        A bare date is that day, its hour unknown; else it is a week, by its Monday.

    Examples
    --------
    >>> import datetime as dt
    >>> mondays = [dt.datetime(2026, 11, 23, 7) + dt.timedelta(weeks=k) for k in range(3)]
    >>> times_text(folded(mondays), "nl")
    ('elke ma', '23 nov – 7 dec', '7.00 uur')
    """
    if not when:
        return None
    days = sorted(w.date() if isinstance(w, dt.datetime) else w for w in when)
    begins = {w.hour * 60 + w.minute for w in when if isinstance(w, dt.datetime)}
    return Times(
        first=days[0],
        last=days[-1],
        count=len(days),
        clock=begins.pop() if len(begins) == 1 else None,
        weekdays=_rhythm(days),
        by_week=not by_day and not any(isinstance(w, dt.datetime) for w in when),
    )


def _rhythm(days: list[dt.date]) -> tuple[int, ...]:
    """Return the weekdays on which it is every week without a gap; nothing for one date."""
    if len(days) < 2 or len(set(days)) < len(days):
        return ()
    weekdays = {day.weekday() for day in days}
    span = (days[-1] - days[0]).days
    every = [days[0] + dt.timedelta(days=k) for k in range(span + 1)]
    steady = days == [day for day in every if day.weekday() in weekdays]
    return tuple(sorted(weekdays)) if steady and span >= _WEEK else ()


def short_day(when: dt.date, lang: str, *, weekday: bool = True) -> str:
    """Return a day in short: *do 26 nov*.

    Examples
    --------
    >>> import datetime as dt
    >>> short_day(dt.date(2026, 11, 26), "nl"), short_day(dt.date(2026, 11, 26), "en")
    ('do 26 nov', 'Thu 26 Nov')
    """
    month = say(f"report.month.m{when.month:02d}", lang)
    written = f"{when.day} {month}"
    return f"{_weekday(when.weekday(), lang)} {written}" if weekday else written


def _weekday(number: int, lang: str) -> str:
    return say(f"report.weekday.d{number + 1}", lang)


def times_text(times: Times | None, lang: str) -> tuple[str, ...]:
    """Return when something is, as one to three short lines."""
    if times is None:
        return (say("report.when.to_agree", lang),)
    at = (
        () if times.clock is None else (say("report.when.at", lang, time=clock(times.clock, lang)),)
    )
    if times.by_week:
        day = short_day(times.first, lang, weekday=False)
        if times.count == 1:
            return (say("report.when.week_of", lang, day=day),)
        return (say("report.when.weeks", lang, n=times.count, day=day),)
    if times.count == 1:
        return (short_day(times.first, lang), *at)
    if times.weekdays:
        names = listing([_weekday(d, lang) for d in times.weekdays], lang)
        first, last = (short_day(d, lang, weekday=False) for d in (times.first, times.last))
        return (say("report.when.every", lang, days=names), f"{first} – {last}", *at)
    first = short_day(times.first, lang)
    return (
        say("report.when.times", lang, n=times.count),
        say("report.when.from", lang, day=first),
        *at,
    )
