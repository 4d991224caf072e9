"""A day as people type it."""

from __future__ import annotations

import datetime as dt
import re

__all__ = ["typed_day"]

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DUTCH = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})")


def typed_day(text: str) -> dt.date | None:
    """Return the day that was typed, the year first or last; None when it does not exist."""
    iso, dutch = _ISO.fullmatch(text.strip()), _DUTCH.fullmatch(text.strip())
    parts = iso.groups() if iso else dutch.groups()[::-1] if dutch else ("0", "0", "0")
    try:
        return dt.date(*map(int, parts))
    except ValueError:
        return None
