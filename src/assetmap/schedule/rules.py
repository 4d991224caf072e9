"""Recurrence rules of RFC 5545, reduced to what a neighbourhood needs: dates, never hours."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from types import MappingProxyType

from assetmap.errors import UnusableInput
from assetmap.schedule.zones import ZONE, from_utc

MOST_DATES = 10_000
"""The highest COUNT that is accepted."""
MOST_APART = 1_000
"""The highest INTERVAL that is accepted."""

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
EXAMPLE = "FREQ=MONTHLY;BYDAY=2FR,4FR"


class Frequency(StrEnum):
    """How often a rule comes back."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


@dataclass(frozen=True, slots=True)
class Rule:
    """A recurrence rule, part by part; empty parts are absent from the text.

    Attributes
    ----------
    freq : Frequency
        Daily, weekly, monthly or yearly.
    interval : int
        Every how many days, weeks, months or years.
    count : int or None
        How many dates at most.
    until : datetime or None
        The last local moment, included.
    bymonth, bymonthday, byyearday, byweekno, bysetpos : tuple of int
        As in RFC 5545; negative numbers count from the end.
    byday : tuple of (int, int)
        Ordinal (0 for every) and weekday (Monday is 0).
    wkst : int
        The weekday on which a week begins.
    """

    freq: Frequency
    interval: int = 1
    count: int | None = None
    until: datetime | None = None
    bymonth: tuple[int, ...] = ()
    bymonthday: tuple[int, ...] = ()
    byyearday: tuple[int, ...] = ()
    byweekno: tuple[int, ...] = ()
    byday: tuple[tuple[int, int], ...] = ()
    bysetpos: tuple[int, ...] = ()
    wkst: int = 0

    def __str__(self) -> str:
        """Return the canonical text, without the word RRULE."""
        parts = [f"FREQ={self.freq}"]
        if self.interval > 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.count is not None:
            parts.append(f"COUNT={self.count}")
        if self.until is not None:
            parts.append(f"UNTIL={self.until:%Y%m%dT%H%M%S}")
        for name in ("BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO"):
            parts.extend(self._listed(name))
        if self.byday:
            days = ",".join(f"{n or ''}{WEEKDAYS[day]}" for n, day in self.byday)
            parts.append(f"BYDAY={days}")
        parts.extend(self._listed("BYSETPOS"))
        if self.wkst:
            parts.append(f"WKST={WEEKDAYS[self.wkst]}")
        return ";".join(parts)

    def _listed(self, name: str) -> list[str]:
        numbers: tuple[int, ...] = getattr(self, name.lower())
        return [f"{name}={','.join(map(str, numbers))}"] if numbers else []


def read_rule(text: str, zone: str = ZONE) -> Rule:
    """Read the text of a rule and check every part of it.

    Parameters
    ----------
    text : str
        As in RFC 5545, with or without ``RRULE:`` before it. An UNTIL that is a date alone
        includes that whole day; one in UTC is turned into local time.
    zone : str, default "Europe/Amsterdam"
        The zone for an UNTIL in UTC.

    Returns
    -------
    Rule
        Its lists sorted and without doubles.

    Raises
    ------
    UnusableInput
        When a part is missing, unknown, out of range, or does not go with another.

    Examples
    --------
    >>> str(read_rule("RRULE:freq=monthly;byday=4FR,2FR"))
    'FREQ=MONTHLY;BYDAY=2FR,4FR'
    """
    body = "".join(text.upper().split()).removeprefix("RRULE:").rstrip(";")
    values: dict[str, str] = {}
    for piece in body.split(";"):
        name, equals, value = piece.partition("=")
        if not equals or name not in _NAMES:
            raise UnusableInput(_unknown(name))
        if name in values:
            raise UnusableInput(f"The rule gives {name} twice: give it once.")
        values[name] = value
    until = _until(values["UNTIL"], zone) if "UNTIL" in values else None
    rule = Rule(
        freq=_frequency(values.get("FREQ", "")),
        until=until,
        byday=_by_day(values["BYDAY"]) if "BYDAY" in values else (),
        wkst=_weekday(values.get("WKST", "MO")),
        interval=_number("INTERVAL", values.get("INTERVAL", "1"), MOST_APART),
        count=_number("COUNT", values["COUNT"], MOST_DATES) if "COUNT" in values else None,
        **{name.lower(): _numbers(name, values) for name in _LISTS},
    )
    for breaks, reason in _CLASHES:
        if breaks(rule):
            raise UnusableInput(f"{reason} An example of a rule is {EXAMPLE}.")
    return rule


def _unknown(name: str) -> str:
    if name in {"BYHOUR", "BYMINUTE", "BYSECOND"}:
        return f"{name} cannot be used: the time of day is that of the start."
    return (
        "The rule holds a part that is not known: use NAME=VALUE with "
        f"{', '.join(_NAMES)}, separated by semicolons, such as {EXAMPLE}."
    )


def _frequency(value: str) -> Frequency:
    if value in {"SECONDLY", "MINUTELY", "HOURLY"}:
        raise UnusableInput(
            f"FREQ={value} comes back too often: use DAILY, WEEKLY, MONTHLY or YEARLY."
        )
    if value not in Frequency.__members__:
        raise UnusableInput(
            "FREQ is missing or not known: use DAILY, WEEKLY, MONTHLY or YEARLY, "
            f"such as {EXAMPLE}."
        )
    return Frequency(value)


def _number(name: str, value: str, most: int) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", value) or not 1 <= int(value) <= most:
        raise UnusableInput(f"{name} is out of range: give a whole number from 1 to {most}.")
    return int(value)


def _numbers(name: str, values: Mapping[str, str]) -> tuple[int, ...]:
    if name not in values:
        return ()
    least, most = _LISTS[name]
    found: set[int] = set()
    for piece in values[name].split(","):
        number = int(piece) if re.fullmatch(r"[-+]?[0-9]{1,3}", piece) else 0
        if number == 0 or not least <= number <= most:
            bounds = f"1 to {most}" + (f" or -1 to {least}" if least < 0 else "")
            raise UnusableInput(f"{name} is out of range: give numbers from {bounds}.")
        found.add(number)
    return tuple(sorted(found, key=lambda number: (number < 0, number)))


def _by_day(value: str) -> tuple[tuple[int, int], ...]:
    found: set[tuple[int, int]] = set()
    for piece in value.split(","):
        match = re.fullmatch(r"([-+]?[0-9]{1,2})?([A-Z]{2})", piece)
        number = int(match[1] or 0) if match else 0
        if match is None or (match[1] and number == 0) or abs(number) > 53:
            raise UnusableInput(
                "BYDAY cannot be read: write days such as TU, 2FR (the second) or -1FR (the last)."
            )
        found.add((number, _weekday(match[2])))
    return tuple(sorted(found, key=lambda pair: (pair[0] < 0, *pair)))


def _weekday(value: str) -> int:
    if value not in WEEKDAYS:
        raise UnusableInput(f"A day in the rule is not known: use {', '.join(WEEKDAYS)}.")
    return WEEKDAYS.index(value)


def _until(value: str, zone: str) -> datetime:
    match = re.fullmatch(r"([0-9]{8})(?:T([0-9]{6})(Z?))?", value)
    digits = match[1] + (match[2] or "235959") if match else ""
    try:
        moment = datetime.strptime(digits, "%Y%m%d%H%M%S")
    except ValueError:
        raise UnusableInput(
            "UNTIL cannot be read: write a date such as 20261231 or 20261231T220000Z."
        ) from None
    return (
        from_utc(moment.replace(tzinfo=UTC), zone).replace(fold=0)
        if value.endswith("Z")
        else moment
    )


_LISTS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "BYMONTH": (1, 12),
        "BYMONTHDAY": (-31, 31),
        "BYYEARDAY": (-366, 366),
        "BYWEEKNO": (-53, 53),
        "BYSETPOS": (-366, 366),
    }
)
"""The parts that are lists of numbers, with the lowest and highest that are allowed."""

_NAMES = ("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", *_LISTS, "WKST")

_CLASHES: tuple[tuple[Callable[[Rule], bool], str], ...] = (
    (
        lambda r: r.count is not None and r.until is not None,
        "COUNT and UNTIL do not go together: give one of them.",
    ),
    (
        lambda r: any(n for n, _ in r.byday) and r.freq in {Frequency.DAILY, Frequency.WEEKLY},
        "A numbered day such as 2FR goes with MONTHLY or YEARLY only.",
    ),
    (
        lambda r: (
            any(abs(n) > 5 for n, _ in r.byday) and (r.freq is Frequency.MONTHLY or bool(r.bymonth))
        ),
        "A month has no sixth of a weekday: number the days from 1 to 5 or -1 to -5.",
    ),
    (
        lambda r: any(n for n, _ in r.byday) and bool(r.byweekno),
        "A numbered day such as 2FR does not go with BYWEEKNO.",
    ),
    (
        lambda r: bool(r.byweekno or r.byyearday) and r.freq is not Frequency.YEARLY,
        "BYWEEKNO and BYYEARDAY go with YEARLY only.",
    ),
    (
        lambda r: bool(r.bymonthday) and r.freq is Frequency.WEEKLY,
        "BYMONTHDAY does not go with WEEKLY.",
    ),
    (
        lambda r: (
            bool(r.bysetpos)
            and not (r.byday or r.bymonthday or r.bymonth or r.byyearday or r.byweekno)
        ),
        "BYSETPOS needs another part, such as BYDAY.",
    ),
)
"""What RFC 5545 does not allow together, each with what to do about it."""
