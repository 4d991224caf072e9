"""Phrases for how often something comes back, in Dutch and English, turned into rules."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import MappingProxyType

from assetmap.errors import UnusableInput
from assetmap.schedule.rules import EXAMPLE, Frequency, Rule, read_rule
from assetmap.schedule.words import DAY_SETS, DAYS, hint, lookup, plain
from assetmap.schedule.zones import ZONE

_ALLOWED = (
    'Write it like "elke dinsdag", "om de week woensdag", "elke 2e en 4e vrijdag", '
    f'"last Friday of the month", "every two weeks", or as a rule such as {EXAMPLE}.'
)


def parse_rule(text: str, *, zone: str = ZONE) -> str:
    """Read how often something comes back.

    Parameters
    ----------
    text : str
        A rule of RFC 5545, or one of a closed set of phrases in Dutch and English (all are in
        the reference): ``elke dinsdag``, ``om de week woensdag``, ``elke 2e en 4e vrijdag``,
        ``eerste dinsdag van de maand``, ``maandelijks``, ``every Tuesday``,
        ``every other Wednesday``, ``two Fridays a month`` (the second and fourth).
    zone : str, default "Europe/Amsterdam"
        The zone in which an UNTIL that is given in UTC is to be understood.

    Returns
    -------
    str
        The canonical rule, without ``RRULE:``; reading it again gives the same text. Every other
        week counts from the week of the start; a plain ``FREQ=MONTHLY`` keeps the day of the
        month of the start and skips the months that have no such day.

    Raises
    ------
    UnusableInput
        When the text is neither, when a phrase has two meanings, or when a rule comes back more
        often than daily or has more than 10,000 dates.

    Examples
    --------
    >>> parse_rule("elke 2e en 4e vrijdag")
    'FREQ=MONTHLY;BYDAY=2FR,4FR'
    >>> parse_rule("every other Wednesday")
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=WE'
    """
    if "=" in text:
        rule = str(read_rule(text, zone))
        _agreed(rule)
        return rule
    try:
        return str(_phrase(text))
    except UnusableInput as error:
        raise UnusableInput(f"The recurrence cannot be read: {error} {_ALLOWED}") from None


def _agreed(rule: str) -> None:
    """Let dateutil read the rule as well; what it refuses is not passed on."""
    from datetime import datetime

    from dateutil.rrule import rrulestr

    try:
        rrulestr(rule, dtstart=datetime(2026, 1, 1))
    except ValueError:
        raise UnusableInput(f"The rule cannot be read. An example is {EXAMPLE}.") from None


_Value = tuple[int, ...]

_UNITS = lookup(
    ((0, 1), "dag dagen day days"),
    ((1, 1), "week weken weeks"),
    ((2, 1), "maand maanden month months"),
    ((2, 3), "kwartaal kwartalen quarter quarters"),
    ((3, 1), "jaar jaren year years"),
)
"""Units: the place in Frequency, and how many of those."""

_ADVERBS = lookup(
    ((0, 1), "dagelijks daily"),
    ((1, 1), "wekelijks weekly"),
    ((1, 2), "tweewekelijks veertiendaags fortnightly"),
    ((2, 1), "maandelijks monthly"),
    ((2, 2), "tweemaandelijks"),
    ((2, 3), "driemaandelijks quarterly"),
    ((3, 1), "jaarlijks yearly annually"),
)
_ORDINALS = lookup(
    (1, "eerste first 1e 1ste 1st"),
    (2, "tweede second 2e 2de 2nd"),
    (3, "derde third 3e 3de 3rd"),
    (4, "vierde fourth 4e 4de 4th"),
    (5, "vijfde fifth 5e 5de 5th"),
    (-1, "laatste last"),
)
_NUMBERS = lookup(
    *((number, str(number)) for number in range(1, 100)),
    *enumerate(("een one", "twee two", "drie three", "vier four", "vijf five", "zes six"), start=1),
)

# One letter per token: E every, O every other, D a day, S a set of days, N an ordinal,
# I a number, U a unit, A an adverb, X times, Q per, M of the month, + and, - until.
_MEANINGS: MappingProxyType[str, tuple[str, _Value]] = MappingProxyType(
    {
        **{word: ("D", (day,)) for word, day in DAYS.items()},
        **{word: ("S", days) for word, days in DAY_SETS.items()},
        **{word: ("N", (number,)) for word, number in _ORDINALS.items()},
        **{word: ("I", (number,)) for word, number in _NUMBERS.items()},
        **{word: ("U", unit) for word, unit in _UNITS.items()},
        **{word: ("A", unit) for word, unit in _ADVERBS.items()},
        **lookup(
            (("E", ()), "elke elk iedere ieder alle every each all"),
            (("Q", ()), "per a"),
            (("X", ()), "x \u00d7 keer maal time times"),
            (("+", ()), "en and + & ,"),
            (("-", ()), "tot to until through -"),
            (("M", ()), "ofmonth"),
            (("O", ()), "other"),
        ),
    }
)
_FILLERS = frozenset(["op", "on", "s", "de", "het", "the", "in"])
_KNOWN = frozenset({*_MEANINGS, *_FILLERS} - {"ofmonth"})
_TOKEN = re.compile(r"[0-9]+(?:ste|de|e|st|nd|rd|th)\b|[0-9]+|[^\W\d_]+|\S")
_SHORTER = (
    (r"\b(?:van|of|in) (?:de|the|elke|iedere|each|every) (?:maand|month)\b", "ofmonth"),
    (r"\b(?:per maand|per month|a month)\b", "ofmonth"),
    (r"\b(?:every other|om (?:de|het)(?: andere)?)\b", "other"),
    (r"\bdoor de week\b", "doordeweeks"),
    (r"\b(?:eens|eenmaal|once)\b", "1 x"),
    (r"\b(?:tweemaal|twice)\b", "2 x"),
    (r"(?<=[0-9])(?:x|\u00d7)(?!\w)", " x"),
)

_WEEKDAYS = r"(?P<days>[DS](?:-D)?(?:\+[DS](?:-D)?)*)"
_NUMBERED = r"(?P<numbered>N(?:\+N)*D(?:\+N(?:\+N)*D)*)"


def _phrase(text: str) -> Rule:
    short = plain(text)
    for pattern, replacement in _SHORTER:
        short = re.sub(pattern, replacement, short)
    read: list[tuple[str, _Value]] = []
    for token in _TOKEN.findall(short):
        if token in _MEANINGS:
            read.append(_MEANINGS[token])
        elif token not in _FILLERS:
            raise UnusableInput(f"it holds a word that is not known.{hint(token, _KNOWN)}")
    kinds = "".join(kind for kind, _ in read)
    values = [value for _, value in read]
    for form, make in _FORMS:
        match = form.fullmatch(kinds)
        if match is not None:
            return make(match, values)
    raise UnusableInput("it is not one of the phrases that are known.")


def _weekdays(match: re.Match[str], values: list[_Value]) -> tuple[tuple[int, int], ...]:
    """Return the days that a phrase names, as BYDAY holds them; none when it names none."""
    days: set[int] = set()
    begin, end = match.span("days")
    for at in range(begin, end):
        if match.string[at] == "-":
            first, last = values[at - 1][0], values[at + 1][0]
            days.update((first + step) % 7 for step in range((last - first) % 7 + 1))
        else:
            days.update(values[at])
    return tuple((0, day) for day in sorted(days))


def _number(match: re.Match[str], values: list[_Value], group: str) -> int | None:
    return values[match.start(group)][0] if match[group] else None


def _every(match: re.Match[str], values: list[_Value]) -> Rule:
    """Such as every week, every two weeks on Wednesday, every other month, once a week."""
    which, step = values[match.start("unit")]
    number = _number(match, values, "number")
    interval = step * (number or (2 if "O" in match.string else 1))
    days = _weekdays(match, values)
    freq = list(Frequency)[which]
    if days and freq is not Frequency.WEEKLY:
        raise UnusableInput("days of the week go with weeks only, or with a number in the month.")
    return Rule(freq, interval, byday=days)


def _on_days(match: re.Match[str], values: list[_Value]) -> Rule:
    """Such as every Tuesday, every other Wednesday, weekdays."""
    interval = 2 if match.string.startswith("O") else 1
    return Rule(Frequency.WEEKLY, interval, byday=_weekdays(match, values))


def _times(match: re.Match[str], values: list[_Value]) -> Rule:
    """Such as once a week, once every two weeks, twice a week on Tuesday and Thursday."""
    times = values[match.start("times")][0]
    if times not in {1, len(_weekdays(match, values))}:
        raise UnusableInput("it does not say on which days: name as many as there are times.")
    return _every(match, values)


def _monthly(match: re.Match[str], values: list[_Value]) -> Rule:
    """Such as once a month, two Fridays a month."""
    times = _number(match, values, "times")
    day = _number(match, values, "day")
    if day is None and times in {None, 1}:
        return Rule(Frequency.MONTHLY)
    if day is None or times != 2:
        raise UnusableInput("it does not say which days of the month: number them.")
    return Rule(Frequency.MONTHLY, byday=((2, day), (4, day)))


def _numbered(match: re.Match[str], values: list[_Value]) -> Rule:
    """Such as the second and fourth Friday of the month."""
    begin, end = match.span("numbered")
    found: set[tuple[int, int]] = set()
    waiting: list[int] = []
    for at in range(begin, end):
        if match.string[at] == "N":
            waiting.append(values[at][0])
        elif match.string[at] == "D":
            found.update((number, values[at][0]) for number in waiting)
            waiting.clear()
    if match[0].startswith("EN") and "M" not in match[0] and len(found) == 1:
        number, _ = next(iter(found))
        if number not in {1, -1}:
            raise UnusableInput(
                "it may mean once a month or every so many weeks: "
                'add "van de maand", or write "om de week".'
            )
    for at in range(begin):
        if match.string[at] in "AU" and values[at] != _UNITS["maand"]:
            raise UnusableInput("a numbered day goes with months only.")
        if match.string[at] == "I" and values[at] != (1,):
            raise UnusableInput("the number of times and the days do not agree.")
    days = sorted(found, key=lambda pair: (pair[0] < 0, *pair))
    return Rule(Frequency.MONTHLY, byday=tuple(days))


def _day_of_month(match: re.Match[str], values: list[_Value]) -> Rule:
    """Such as the last day of the month."""
    number, unit = values[match.start("place")][0], values[match.start("unit")]
    if unit != _UNITS["dag"]:
        raise UnusableInput("only a day can be numbered in the month.")
    return Rule(Frequency.MONTHLY, bymonthday=(number,))


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], list[_Value]], Rule]], ...] = (
    (re.compile(rf"(?P<unit>A)(?P<number>I){{0}}{_WEEKDAYS}?"), _every),
    (re.compile(rf"[EOQ](?P<number>I)?(?P<unit>U){_WEEKDAYS}?"), _every),
    (re.compile(rf"[EO]?{_WEEKDAYS}"), _on_days),
    (re.compile(rf"(?P<times>I)X[EQ]?(?P<number>I)?(?P<unit>U){_WEEKDAYS}?"), _times),
    (re.compile(r"(?:(?P<times>I)X)?M(?P<day>D)?"), _monthly),
    (re.compile(r"(?P<times>I)(?P<day>D)M"), _monthly),
    (re.compile(rf"(?:A|E|EU|IXM)?{_NUMBERED}M?"), _numbered),
    (re.compile(r"E?(?P<place>N)(?P<unit>U)M"), _day_of_month),
)
"""Every form a phrase can have, in the order in which they are tried."""
