"""When a service is held: our local clock and rule, and the schedule of a social map."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assetmap.errors import UnusableInput
from assetmap.schedule import ends, from_utc, parse_rule, to_utc
from assetmap.schedule.rules import WEEKDAYS, Frequency, Rule, read_rule

__all__ = ["Times", "schedule_of", "times_of"]

_DAY = 24 * 60
_CLOCK = re.compile(
    r"(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?", re.IGNORECASE
)
_PARTS = ("freq", "interval", "count", "until", "byday", "bymonthday", "byweekno", "byyearday")
"""Fields of a schedule that are parts of a rule of RFC 5545."""


@dataclass(frozen=True, slots=True)
class Times:
    """What a schedule says, in cells of the table of activities.

    Attributes
    ----------
    cells : Mapping of str to str
        ``start``, ``minutes``, ``rrule`` and ``until``, as far as they are said.
    faults : tuple of str
        Codes of what could not be taken over, or had to be assumed.
    """

    cells: Mapping[str, str]
    faults: tuple[str, ...] = ()


def schedule_of(
    start: dt.datetime, minutes: int | None, rule: str | None, until: dt.date | None, zone: str
) -> tuple[dict[str, Any], bool]:
    """Return the fields of a schedule, and whether they say the rule.

    Parameters
    ----------
    start : datetime
        The first time, by the local clock.
    minutes : int or None
        How long it really lasts.
    rule : str or None
        A rule of RFC 5545.
    until : date or None
        The last day.
    zone : str
        Time zone of the clock.

    Examples
    --------
    >>> start = dt.datetime(2026, 11, 27, 18)
    >>> made, whole = schedule_of(start, 90, "FREQ=WEEKLY", None, "Europe/Amsterdam")
    >>> made["opens_at"], made["closes_at"], made["freq"], whole
    ('18:00+01:00', '19:30+01:00', 'WEEKLY', True)
    """
    made: dict[str, Any] = {
        "dtstart": start.date().isoformat(),
        "timezone": _offset(start, zone) / dt.timedelta(hours=1),
        "opens_at": _clock(start, zone),
    }
    if until is not None:
        made["valid_to"] = until.isoformat()
    if minutes is not None and 0 < minutes < _DAY:
        made["closes_at"] = _clock(ends(start, minutes, zone), zone)
    if rule is None:
        return made, True
    parts = _parts(read_rule(rule, zone), start)
    if parts is None:
        return {**made, "notes": f"RRULE:{rule}"}, False
    return {**made, **parts}, True


def _offset(local: dt.datetime, zone: str) -> dt.timedelta:
    return local - to_utc(local, zone).replace(tzinfo=None)


def _clock(local: dt.datetime, zone: str) -> str:
    minutes = _offset(local, zone) // dt.timedelta(minutes=1)
    hours, rest = divmod(abs(minutes), 60)
    return f"{local:%H:%M}{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"


def _parts(rule: Rule, start: dt.datetime) -> dict[str, Any] | None:
    """Return a rule in the fields of a schedule, which knows weeks and months only."""
    if rule.bymonth or rule.byyearday or rule.byweekno or rule.bysetpos:
        return None
    plain = rule.interval == 1 and not (rule.byday or rule.bymonthday)
    daily = rule.freq is Frequency.DAILY and plain
    if not daily and rule.freq not in {Frequency.WEEKLY, Frequency.MONTHLY}:
        return None
    days = [(0, day) for day in range(7)] if daily else rule.byday
    parts: dict[str, Any] = {"freq": "WEEKLY" if daily else rule.freq.value}
    if rule.interval > 1:
        parts["interval"] = rule.interval
    if rule.count is not None:
        parts["count"] = rule.count
    if rule.until is not None:
        late = rule.until.time() < start.time()
        parts["until"] = (rule.until.date() - dt.timedelta(days=late)).isoformat()
    if days:
        parts["byday"] = ",".join(f"{n or ''}{WEEKDAYS[day]}" for n, day in days)
    if rule.bymonthday:
        parts["bymonthday"] = ",".join(map(str, rule.bymonthday))
    if rule.wkst:
        parts["wkst"] = WEEKDAYS[rule.wkst]
    return parts


def times_of(schedule: Mapping[str, Any], zone: str) -> Times:
    """Return what a schedule says, by the local clock.

    The offset from UTC that stands behind a time is taken to hold on the first day; from then on
    the local clock counts, so that six o'clock stays six o'clock in summer.

    Parameters
    ----------
    schedule : Mapping
        A schedule of HSDS.
    zone : str
        Time zone of the neighbourhood.

    Examples
    --------
    >>> schedule = {"dtstart": "2026-07-03", "opens_at": "16:00Z", "closes_at": "17:30Z"}
    >>> sorted(times_of(schedule, "Europe/Amsterdam").cells.items())
    [('minutes', '90'), ('start', '2026-07-03 18:00')]
    >>> times_of({"byday": "MO", "freq": "WEEKLY"}, "Europe/Amsterdam").faults
    ('hsds-no-start',)
    """
    day = _day(schedule.get("dtstart")) or _day(schedule.get("valid_from"))
    opens = _time(schedule.get("opens_at"), schedule.get("timezone"))
    if day is None or opens is None:
        return Times({}, ("hsds-no-start",))
    faults = [] if opens[1] is not None else ["hsds-no-zone"]
    start = _local(day, opens, zone)
    cells = {"start": f"{start:%Y-%m-%d %H:%M}"}
    closes = _time(schedule.get("closes_at"), schedule.get("timezone"))
    if closes is not None:
        lasts = _moment(day, closes, zone) - _moment(day, opens, zone)
        cells["minutes"] = str(lasts // dt.timedelta(minutes=1) % _DAY or _DAY)
    until = _day(schedule.get("valid_to"))
    if until is not None:
        cells["until"] = until.isoformat()
    rule = _rule(schedule, moved=start.date() != day)
    if rule is not None:
        cells["rrule"] = rule
    elif any(schedule.get(name) for name in ("freq", "byday", "bymonthday")):
        faults.append("hsds-rule-unread")
    return Times(cells, tuple(faults))


def _day(value: object) -> dt.date | None:
    text = value.strip() if isinstance(value, str) else ""
    for piece in (text[:10], text[:8]):
        try:
            found = dt.date.fromisoformat(piece)
        except ValueError:
            continue
        return found if 1900 <= found.year <= 2200 else None
    return None


def _time(value: object, hours: object) -> tuple[dt.time, dt.timedelta | None] | None:
    """Return a time of day with its offset from UTC, its own or that of the schedule."""
    found = _CLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    return dt.time(int(found[1]), int(found[2])), _stated(found[3], hours)


def _stated(text: str | None, hours: object) -> dt.timedelta | None:
    if text is None:
        if isinstance(hours, bool) or not isinstance(hours, int | float) or not -14 <= hours <= 14:
            return None
        return dt.timedelta(hours=hours)
    if text.upper() == "Z":
        return dt.timedelta()
    digits = text[1:].replace(":", "").ljust(4, "0")
    size = dt.timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return -size if text.startswith("-") else size


def _moment(day: dt.date, time: tuple[dt.time, dt.timedelta | None], zone: str) -> dt.datetime:
    """Return the moment in UTC, without its zone; without an offset the local clock is meant."""
    clock = dt.datetime.combine(day, time[0])
    return to_utc(clock, zone).replace(tzinfo=None) if time[1] is None else clock - time[1]


def _local(day: dt.date, time: tuple[dt.time, dt.timedelta | None], zone: str) -> dt.datetime:
    clock, moment = dt.datetime.combine(day, time[0]), _moment(day, time, zone)
    if to_utc(clock, zone).replace(tzinfo=None) == moment:
        return clock  # also an hour that the clock skips
    return from_utc(moment.replace(tzinfo=dt.UTC), zone).replace(fold=0)


def _rule(schedule: Mapping[str, Any], *, moved: bool) -> str | None:
    """Return the rule; None where there is none or it cannot be read.

    Where another zone puts the first time on another day of ours, named days would be wrong.
    """
    said = {name: schedule[name] for name in (*_PARTS, "wkst") if schedule.get(name)}
    until = _day(said.pop("until", None))
    if until is not None and "count" not in said:
        said["until"] = f"{until:%Y%m%d}"
    if "freq" not in said or (moved and said.keys() & {"byday", "bymonthday"}):
        return None
    parts = (f"{name.upper()}={_text(value)}" for name, value in said.items())
    try:
        return parse_rule(";".join(parts))
    except UnusableInput:
        return None


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)
