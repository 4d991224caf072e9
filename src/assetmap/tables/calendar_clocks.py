"""Zones that a calendar describes itself, under names that nobody else knows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

__all__ = ["Clocks"]

_MOST = 200
"""Lines of one description that are looked at, and descriptions."""
_EUROPE: Mapping[frozenset[str], str] = MappingProxyType(
    {
        frozenset({"+0000", "+0100"}): "Europe/London",
        frozenset({"+0100", "+0200"}): "Europe/Amsterdam",
        frozenset({"+0200", "+0300"}): "Europe/Helsinki",
    }
)
"""By both offsets: a zone whose clock changes on the last Sundays of March and October."""
_SUNDAYS = frozenset({("3", "-1SU"), ("10", "-1SU")})
_HOURS = re.compile(r"([+-])(\d\d)00(?:00)?")


@dataclass(slots=True)
class Clocks:
    """What the zones of a calendar mean, as far as their descriptions say it plainly.

    Attributes
    ----------
    known : dict of str to str
        The name in the calendar, and a zone of IANA with the same clock.
    lines : list of (str, str)
        Name and value of what was read of the description that is not ended yet.

    Examples
    --------
    >>> clocks = Clocks()
    >>> clocks.line("TZID", "Here")
    >>> clocks.line("TZOFFSETTO", "+0100")
    >>> clocks.end()
    >>> clocks.known
    {'Here': 'Etc/GMT-1'}
    """

    known: dict[str, str] = field(default_factory=dict)
    lines: list[tuple[str, str]] = field(default_factory=list)

    def line(self, name: str, value: str) -> None:
        """Take in one line of a description."""
        if len(self.lines) < _MOST:
            self.lines.append((name, value.strip()))

    def end(self) -> None:
        """Understand the description that ends here."""
        said = dict(reversed(self.lines))
        offsets = frozenset(value for name, value in self.lines if name == "TZOFFSETTO")
        rules = [value.upper() for name, value in self.lines if name == "RRULE"]
        found = said.get("X-LIC-LOCATION") or _fixed(offsets) or _european(offsets, rules)
        if "TZID" in said and found and len(self.known) < _MOST:
            self.known[said["TZID"]] = found
        self.lines = []


def _fixed(offsets: frozenset[str]) -> str | None:
    """Return the zone of one offset in whole hours; IANA turns the sign of such a zone round."""
    hours = _HOURS.fullmatch(next(iter(offsets))) if len(offsets) == 1 else None
    if hours is None:
        return None
    return f"Etc/GMT{'-' if hours[1] == '+' else '+'}{int(hours[2])}"


def _european(offsets: frozenset[str], rules: list[str]) -> str | None:
    parts = [dict(part.split("=", 1) for part in rule.split(";") if "=" in part) for rule in rules]
    days = {(each.get("BYMONTH", ""), each.get("BYDAY", "")) for each in parts}
    return _EUROPE.get(offsets) if days == _SUNDAYS else None
