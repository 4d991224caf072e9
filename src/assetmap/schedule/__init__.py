"""Windows of the week, how often things come back, weeks, and the clock.

Everything here is local wall-clock time without a time zone; `to_utc` and `from_utc` are the only
doors to real time. Times are whole minutes.
"""

from __future__ import annotations

from assetmap.schedule.dates import occurrences
from assetmap.schedule.phrases import parse_rule
from assetmap.schedule.reading import parse_windows
from assetmap.schedule.weeks import Week, weeks_between
from assetmap.schedule.windows import (
    Window,
    common,
    covers,
    dated,
    format_windows,
    overlaps,
)
from assetmap.schedule.zones import elapsed_minutes, ends, from_utc, to_utc

__all__ = [
    "Week",
    "Window",
    "common",
    "covers",
    "dated",
    "elapsed_minutes",
    "ends",
    "format_windows",
    "from_utc",
    "occurrences",
    "overlaps",
    "parse_rule",
    "parse_windows",
    "to_utc",
    "weeks_between",
]
