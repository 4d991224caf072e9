"""Which week somebody means: 2026-W48, 48, week 48, deze, volgende."""

from __future__ import annotations

import datetime as dt
import re
from types import MappingProxyType

from assetmap.errors import UnusableInput
from assetmap.schedule import Week

__all__ = ["nearest_week", "week_asked"]

_WORDS = MappingProxyType(
    {
        **dict.fromkeys(("deze", "dezeweek", "nu", "this", "thisweek", "now"), 0),
        **dict.fromkeys(("volgende", "volgendeweek", "komende", "next", "nextweek"), 1),
        **dict.fromkeys(("vorige", "vorigeweek", "afgelopen", "last", "lastweek"), -1),
    }
)
_NUMBER = re.compile(r"(?:week|wk|w)?(\d{1,2})")
_HIGHEST = 53


def week_asked(text: str, today: dt.date) -> Week | None:
    """Return the week that a text means on a day; None when there is no such week.

    Parameters
    ----------
    text : str
        A week, its number alone (that number nearest to the day), or a word for it.
    today : date
        The day.

    Examples
    --------
    >>> import datetime as dt
    >>> day = dt.date(2026, 11, 25)
    >>> [str(week_asked(text, day)) for text in ("2026-W50", "49", "week 2", "volgende", "60")]
    ['2026-W50', '2026-W49', '2027-W02', '2026-W49', 'None']
    """
    bare = re.sub(r"[\s.-]+", "", text).casefold()
    if bare in _WORDS:
        return Week.of(today) + _WORDS[bare]
    number = _NUMBER.fullmatch(bare)
    if number is not None:
        return _numbered(int(number[1]), today)
    try:
        return Week.parse(text)
    except UnusableInput:
        return None


def _numbered(number: int, today: dt.date) -> Week | None:
    """Return the week of this number that lies nearest to a day."""
    year = Week.of(today).year
    found = [week for each in (year - 1, year, year + 1) if (week := _week(each, number))]
    return min(found, key=lambda week: (abs((week.monday - today).days), week), default=None)


def _week(year: int, number: int) -> Week | None:
    try:
        return Week(year, number)
    except UnusableInput:
        return None


def nearest_week(text: str, today: dt.date | None = None) -> Week:
    """Return the week that is nearest to one that does not exist.

    Parameters
    ----------
    text : str
        What somebody wrote.
    today : date, optional
        Which year is meant where none is named; default: today.

    Examples
    --------
    >>> str(nearest_week("2026-W60")), str(nearest_week("2025-53"))
    ('2026-W53', '2025-W52')
    """
    day = today or dt.date.today()
    found = re.search(r"(\d{4})\D{0,3}(\d{1,2})", text)
    bare = _NUMBER.fullmatch(re.sub(r"\s+", "", text).casefold())
    if found is not None:
        year, asked = int(found[1]), int(found[2])
    elif bare is not None:
        year, asked = Week.of(day).year, int(bare[1])
    else:
        return Week.of(day)
    for number in range(min(max(asked, 1), _HIGHEST), 0, -1):
        week = _week(year, number)
        if week is not None:
            return week
    return Week.of(day)
