"""The dates on which a rule falls.

The dates are worked out period by period, here and not by dateutil, for two reasons: dateutil
starts at the first date each time, and it walks on to the year 9999 when a rule has no more
dates. Here the periods before the wanted time are skipped and those after it are never made.
"""

from __future__ import annotations

from calendar import isleap, monthrange
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from assetmap.errors import UnusableInput
from assetmap.schedule.phrases import parse_rule
from assetmap.schedule.rules import Frequency, Rule, read_rule


def occurrences(
    start: datetime,
    *,
    rrule: str | None = None,
    after: date,
    before: date,
    until: date | None = None,
    exceptions: Iterable[date] = (),
) -> list[datetime]:
    """List when something takes place, in local wall-clock time.

    Parameters
    ----------
    start : datetime
        The first time. With a rule it counts as a date only when it matches the rule; otherwise
        the rule's first match after it comes first. It gives every date its time of day, and
        "every other week" its weeks.
    rrule : str, optional
        As `parse_rule` reads it (in its default zone); without it only `start` is a date.
    after : date or datetime
        Leave out what comes before this moment, or before this day.
    before : date or datetime
        Leave out this moment and later, or this day and later.
    until : date or datetime, optional
        The last day, included, or the last moment, included.
    exceptions : iterable of date or datetime
        Days, or exact times, on which it does not take place. They do count for COUNT.

    Returns
    -------
    list of datetime
        Sorted, at most one a day.

    Raises
    ------
    UnusableInput
        When the rule cannot be read, or a time carries a time zone.

    Notes
    -----
    The time taken grows with the days between `after` and `before`, not with the years since
    `start`, unless the rule has a COUNT: then every date since `start` is counted.

    Examples
    --------
    >>> weeks = {"after": date(2026, 11, 23), "before": date(2026, 12, 28)}
    >>> found = occurrences(datetime(2026, 1, 9, 18), rrule="elke 2e en 4e vrijdag", **weeks)
    >>> [f"{moment:%d-%m %H:%M}" for moment in found]
    ['27-11 18:00', '11-12 18:00', '25-12 18:00']
    """
    start, first, close = _moment(start), _moment(after), _closing(before, until)
    left_out = [_local(moment) for moment in exceptions]
    times = {moment for moment in left_out if isinstance(moment, datetime)}
    days = {moment for moment in left_out if not isinstance(moment, datetime)}
    moments = [start] if rrule is None else _by_rule(_rule(rrule), start, first, close)
    return [
        moment
        for moment in moments
        if first <= moment < close and moment not in times and moment.date() not in days
    ]


def _local(moment: date) -> date:
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        raise UnusableInput("Dates are in local time: give times without a time zone.")
    return moment


def _closing(before: date, until: date | None) -> datetime:
    """Return the moment before which the dates must lie: `before`, or right after `until`."""
    close = _moment(before)
    if until is None:
        return close
    last = _local(until)
    last = last if isinstance(last, datetime) else datetime.combine(last, time.max)
    return last + timedelta(microseconds=1) if last < close else close


def _moment(moment: date) -> datetime:
    moment = _local(moment)
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time())


@lru_cache(maxsize=1024)
def _rule(text: str) -> Rule:
    return read_rule(parse_rule(text))


def _by_rule(rule: Rule, start: datetime, first: datetime, close: datetime) -> Iterator[datetime]:
    """Yield the dates before `close`, from `first` on or somewhat earlier."""
    rule = _completed(rule, start.date())
    moment = start.time()
    since = start.date() if rule.count is not None else max(start, first).date()
    found = 0
    for period in _periods(rule, start.date(), since, close.date()):
        for day in _days(rule, period):
            at = datetime.combine(day, moment)
            if at < start:
                continue
            if at >= close or (rule.until is not None and at > rule.until):
                return
            found += 1
            if rule.count is not None and found > rule.count:
                return
            yield at


def _completed(rule: Rule, start: date) -> Rule:
    """Fill in what the rule leaves to its start: the weekday, the day or the day and month."""
    if rule.byday or rule.bymonthday or rule.byyearday or rule.byweekno:
        return rule
    match rule.freq:
        case Frequency.WEEKLY:
            return replace(rule, byday=((0, start.weekday()),))
        case Frequency.MONTHLY:
            return replace(rule, bymonthday=(start.day,))
        case Frequency.YEARLY:
            months = rule.bymonth or (start.month,)
            return replace(rule, bymonth=months, bymonthday=(start.day,))
        case _:
            return rule


def _periods(rule: Rule, start: date, since: date, last: date) -> Iterator[range]:
    """Yield the periods in which dates can lie, as ranges of day numbers.

    The first is the last of the rule's periods that begins on or before `since`; the last begins
    on or before `last`.
    """
    step = rule.interval
    match rule.freq:
        case Frequency.DAILY | Frequency.WEEKLY:
            length = 7 if rule.freq is Frequency.WEEKLY else 1
            anchor = start.toordinal()
            if length == 7:
                anchor -= (start.weekday() - rule.wkst) % 7
            skipped = (since.toordinal() - anchor) // (step * length)
            begin = anchor + skipped * step * length
            for day in range(begin, last.toordinal() + 1, step * length):
                yield range(day, min(day + length, date.max.toordinal() + 1))
        case _:
            months = step * (12 if rule.freq is Frequency.YEARLY else 1)
            anchor = start.year * 12 + (start.month - 1 if rule.freq is Frequency.MONTHLY else 0)
            now = since.year * 12 + since.month - 1
            begin = anchor + (now - anchor) // months * months
            for month in range(begin, last.year * 12 + last.month, months):
                yield _month_days(month, 12 if rule.freq is Frequency.YEARLY else 1)


def _month_days(month: int, months: int) -> range:
    """Return the day numbers of `months` months; months are counted from the year 0."""
    first = date(month // 12, month % 12 + 1, 1)
    final = month + months - 1
    length = monthrange(final // 12, final % 12 + 1)[1]
    return range(first.toordinal(), date(final // 12, final % 12 + 1, length).toordinal() + 1)


def _days(rule: Rule, period: range) -> list[date]:
    days = [day for day in map(date.fromordinal, period) if _matches(rule, day)]
    if not rule.bysetpos:
        return days
    places = {place - 1 if place > 0 else len(days) + place for place in rule.bysetpos}
    return [day for place, day in enumerate(days) if place in places]


def _matches(rule: Rule, day: date) -> bool:
    """Apply every part of the rule that names days."""
    length = monthrange(day.year, day.month)[1]
    year = _length(day.year)
    nth = day.timetuple().tm_yday
    return (
        (not rule.bymonth or day.month in rule.bymonth)
        and _counted(rule.bymonthday, day.day, length)
        and _counted(rule.byyearday, nth, year)
        and (not rule.byweekno or _counted(rule.byweekno, *_week(day, rule.wkst)))
        and (not rule.byday or _on_weekday(rule, day, length, (nth, year)))
    )


def _counted(wanted: tuple[int, ...], place: int, length: int) -> bool:
    """Say whether a place is wanted, counted from the begin or from the end."""
    return not wanted or place in wanted or place - length - 1 in wanted


def _on_weekday(rule: Rule, day: date, length: int, yearly: tuple[int, int]) -> bool:
    place, size = yearly
    if rule.freq is Frequency.MONTHLY or rule.bymonth:
        place, size = day.day, length
    numbers = {0, (place - 1) // 7 + 1, -((size - place) // 7 + 1)}
    weekday = day.weekday()
    return any(number in numbers and wanted == weekday for number, wanted in rule.byday)


def _week(day: date, wkst: int) -> tuple[int, int]:
    """Return the number of the week, and how many weeks its year has.

    As ISO 8601 does, with weeks that begin on `wkst`: a week counts for the year in which its
    fourth day lies.
    """
    year = day.year
    fourth = day.timetuple().tm_yday + 3 - (day.weekday() - wkst) % 7
    if fourth < 1:
        year -= 1
        fourth += _length(year)
    elif fourth > _length(year):
        fourth -= _length(year)
        year += 1
    return (fourth - 1) // 7 + 1, (fourth - 1) // 7 + 1 + (_length(year) - fourth) // 7


def _length(year: int) -> int:
    return 366 if isleap(year) else 365
