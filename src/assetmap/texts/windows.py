"""Windows of the week in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from assetmap.errors import UnusableInput
from assetmap.texts.catalogue import say
from assetmap.texts.forms import clock, listing
from assetmap.texts.languages import locale

__all__ = ["weekday", "windows_text"]

_DAY = 24 * 60
_WEEK = 7 * _DAY
_A_MONDAY = date(2024, 1, 1)
_SHORTEST_RUN = 3


def weekday(index: int, lang: str) -> str:
    """Return the name of a day of the week.

    Parameters
    ----------
    index : int
        0 for Monday to 6 for Sunday.
    lang : str
        Language code.

    Returns
    -------
    str
        The name.

    Examples
    --------
    >>> weekday(0, "nl"), weekday(6, "en")
    ('maandag', 'Sunday')
    """
    from babel.dates import format_date

    when = _A_MONDAY + timedelta(days=index % 7)
    return str(format_date(when, "EEEE", locale=locale(lang)))


def windows_text(windows: Iterable[tuple[int, int]], lang: str) -> str:
    """Write windows of the week: days with the same times together.

    Parameters
    ----------
    windows : iterable of (int, int)
        Start and end in minutes after Monday 00:00; 0 <= start < end. An end past the week's end
        (10,080) lies in the next week.
    lang : str
        Language code.

    Returns
    -------
    str
        The phrase.

    Raises
    ------
    UnusableInput
        When a window does not lie in a week or ends before it starts.

    Examples
    --------
    >>> windows_text([(1080, 1320), (4860, 5040)], "nl")
    'maandag van 18.00 tot 22.00 uur en donderdag van 9.00 tot 12.00 uur'
    >>> windows_text([(540, 720), (1980, 2160), (3420, 3600)], "en")
    'Monday to Wednesday from 09:00 to 12:00'
    """
    pairs = sorted(set(windows))
    for start, end in pairs:
        if not (0 <= start < _WEEK and start < end <= start + _WEEK):
            raise UnusableInput(
                f"window ({start}, {end}) is not in a week: start from 0 to {_WEEK - 1}, "
                "end after it, at most a week later"
            )
    if not pairs:
        return say("words.window.never", lang)
    if any(end - start == _WEEK for start, end in pairs):
        return say("words.window.always", lang)
    days: dict[tuple[int, int], list[int]] = {}
    for start, end in pairs:
        index, minute = divmod(start, _DAY)
        days.setdefault((minute, minute + end - start), []).append(index)
    groups = sorted((indices, times) for times, indices in days.items())
    phrases = [_phrase(indices, times, lang) for indices, times in groups]
    if any(len(indices) > 1 for indices, _ in groups):
        return "; ".join(phrases)
    return listing(phrases, lang)


def _phrase(indices: list[int], times: tuple[int, int], lang: str) -> str:
    start, end = times
    if end > _DAY and (start, end) != (0, _DAY):
        return listing((_crossing(index, times, lang) for index in indices), lang)
    on = _days(indices, lang)
    if (start, end) == (0, _DAY):
        return say("words.window.all_day", lang, days=on)
    return say("words.window.times", lang, days=on, start=clock(start, lang), end=clock(end, lang))


def _crossing(index: int, times: tuple[int, int], lang: str) -> str:
    """Write a window that ends on a later day."""
    later, end = divmod(times[1], _DAY)
    return say(
        "words.window.until_day",
        lang,
        day=weekday(index, lang),
        start=clock(times[0], lang),
        later=weekday(index + later, lang),
        end=clock(end, lang),
    )


def _days(indices: list[int], lang: str) -> str:
    """Name the days; three or more in a row as a run."""
    runs: list[list[int]] = []
    for index in indices:
        if runs and runs[-1][-1] == index - 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    named: list[str] = []
    for run in runs:
        if len(run) == 7:
            named.append(say("words.window.every_day", lang))
        elif len(run) >= _SHORTEST_RUN:
            first, last = weekday(run[0], lang), weekday(run[-1], lang)
            named.append(say("words.window.run", lang, first=first, last=last))
        else:
            named.extend(weekday(index, lang) for index in run)
    return listing(named, lang)
