"""Reading windows as people write them, in Dutch and English."""

from __future__ import annotations

import re
from functools import lru_cache
from types import MappingProxyType

from assetmap.errors import UnusableInput
from assetmap.schedule.windows import Window, merged
from assetmap.schedule.words import (
    DAY,
    DAY_SETS,
    DAYS,
    EVERY_DAY,
    PARTS,
    WEEK,
    hint,
    lookup,
    plain,
    tokens,
)

_ALLOWED = 'Write it like "Mon 18:00-22:00 | ma-vr 09:00-17:00 | zaterdag ochtend | weekend".'

_FILLERS = frozenset(
    lookup((None, "elke elk iedere ieder alle every each all van op on om at in het de the s"))
) | {"uur", "u", "h", "hrs"}
_MEANINGS: MappingProxyType[str, tuple[str, tuple[int, ...]]] = MappingProxyType(
    {
        **{word: ("D", (day,)) for word, day in DAYS.items()},
        **{word: ("G", days) for word, days in DAY_SETS.items()},
        **{word: ("P", hours) for word, hours in PARTS.items()},
        **lookup((("G", EVERY_DAY), "dag dagen day days dagelijks daily altijd always")),
        **lookup((("P", (0, DAY)), "wholeday")),
        **lookup((("+", ()), "en and"), (("-", ()), "tot to until till through")),
        **lookup(((">", ()), "vanaf na from after sinds since")),
    }
)
_TOGETHER = MappingProxyType({day + part: (day, part) for day in DAYS for part in PARTS})
_KNOWN = frozenset({*_MEANINGS, *_FILLERS, *_TOGETHER} - {"wholeday"})
_PHRASES = (
    (re.compile(r"\b(?:de )?(?:hele|gehele) dag\b|\b(?:all|whole) day\b"), "wholeday"),
    (re.compile(r"\bdoor de week\b"), "doordeweeks"),
)

# One letter per token: D a day, G a group of days, P a part of the day, T a time, > since.
_DAY_LIST = r"(?:D-D|D|G)(?:\+?(?:D-D|D|G))*"
_HOUR_LIST = r"(?:T-T|P|>T)(?:\+(?:T-T|P|>T))*"
_UNIT = re.compile(
    rf"(?P<span>D[TP]-D[TP])|(?P<days>{_DAY_LIST})(?P<hours>{_HOUR_LIST})?|(?P<any>{_HOUR_LIST})"
)

_Value = tuple[int, ...]


def parse_windows(text: str) -> tuple[Window, ...]:
    """Read when somebody or something is available.

    Parameters
    ----------
    text : str
        Windows separated by ``|``, in Dutch or English: ``Mon 18:00-22:00``,
        ``ma-vr 09:00-17:00`` (each of these days), ``Fri 18:00-Sun 18:00`` (one long window),
        ``za ochtend`` (parts of the day: morning 9–12, afternoon 12–17, evening 18–22, daytime
        9–17), ``do vanaf 19u`` (until midnight),
        ``weekend``, ``werkdagen``, ``elke dag``. A day without hours is the whole day, hours
        without a day are every day, ``22:00-02:00`` runs into the next day, and ``24:00`` ends
        a day.

    Returns
    -------
    tuple of Window
        Joined where they overlap or touch, and sorted; empty for a blank text. In the tables
        blank means unknown: the reader of a table decides about it before calling this.

    Raises
    ------
    UnusableInput
        When a part cannot be read. The message says which part and why, and does not repeat it,
        because a cell may say more about a person than a time.

    Examples
    --------
    >>> [str(w) for w in parse_windows("donderdag 9-12 | maandagavond")]
    ['Mon 18:00-22:00', 'Thu 09:00-12:00']
    >>> [str(w) for w in parse_windows("van vrijdag 18:00 tot zondag 18:00")]
    ['Fri 18:00-Sun 18:00']
    """
    return _read(text)


@lru_cache(maxsize=4096)
def _read(text: str) -> tuple[Window, ...]:
    found: list[Window] = []
    for number, piece in enumerate(text.split("|"), start=1):
        if piece.strip():
            try:
                found.extend(_piece(piece))
            except UnusableInput as error:
                raise UnusableInput(f"Window {number} cannot be read: {error} {_ALLOWED}") from None
    return merged(found)


def _piece(piece: str) -> list[Window]:
    text = plain(piece)
    for pattern, word in _PHRASES:
        text = pattern.sub(word, text)
    read = _since([pair for sort, token in tokens(text) for pair in _meaning(sort, token)])
    kinds = "".join(kind for kind, _ in read)
    values = [value for _, value in read]
    found: list[Window] = []
    at = 0
    while at <= len(kinds):
        unit = _UNIT.match(kinds, at)
        if unit is None or kinds[unit.end() : unit.end() + 1] not in {"", "+"}:
            raise UnusableInput(_order(kinds))
        found.extend(_unit(unit, values))
        at = unit.end() + 1
    return found


def _since(read: list[tuple[str, _Value]]) -> list[tuple[str, _Value]]:
    """Keep "from" only before a time that has no end; elsewhere it adds nothing."""
    kinds = "".join(kind for kind, _ in read)
    open_ended = {m.start() for m in re.finditer(r">T(?!-)", kinds)}
    return [pair for at, pair in enumerate(read) if pair[0] != ">" or at in open_ended]


def _meaning(sort: str, token: str) -> list[tuple[str, _Value]]:
    """Turn a token into letters with their values; a word that adds nothing into none."""
    if sort == "time":
        return [("T", (_clock(token),))]
    if sort == "sign":
        return [("-" if token == "-" else "+", ())]
    if sort == "word":
        return _word(token)
    extra = " Windows are separated by | only." if token in ",;" else ""
    raise UnusableInput(f"it holds a sign that is not used here.{extra}")


def _word(token: str) -> list[tuple[str, _Value]]:
    if token in _TOGETHER:
        day, part = _TOGETHER[token]
        return [("D", (DAYS[day],)), ("P", PARTS[part])]
    if token in _MEANINGS:
        return [_MEANINGS[token]]
    if token in _FILLERS:
        return []
    raise UnusableInput(f"it holds a word that is not known.{hint(token, _KNOWN)}")


def _clock(token: str) -> int:
    """Minutes after midnight of ``9``, ``09:00``, ``9.30`` or ``9u30``."""
    hour, _, minute = re.sub(r"[.uh]", ":", token).partition(":")
    minutes = int(hour) * 60 + int(minute or 0)
    if minutes > DAY or int(minute or 0) > 59:
        raise UnusableInput(f"{token} is not a time from 00:00 to 24:00.")
    return minutes


def _order(kinds: str) -> str:
    if not kinds:
        return "it names no day and no time."
    if re.search(r"(?<![->])T(?!-)", kinds):
        return "a time stands alone; it needs a begin and an end."
    return "its parts are not in an order that is known: first the day, then from when until when."


def _unit(unit: re.Match[str], values: list[_Value]) -> list[Window]:
    if unit["span"] is not None:
        (day,), begin, _, (last,), close = values[unit.start() : unit.end()]
        start, end = (day * DAY + begin[0]) % WEEK, last * DAY + close[-1]
        return [Window(start, end if end > start else end + WEEK)]
    if unit["any"] is not None:
        days, hours = list(EVERY_DAY), _hours(unit["any"], values[unit.start() :])
    else:
        days, hours = _days(unit["days"], values[unit.start() :]), [(0, DAY)]
    if unit["hours"] is not None:
        hours = _hours(unit["hours"], values[unit.start("hours") :])
    return [Window(day * DAY + start, day * DAY + end) for day in days for start, end in hours]


def _days(kinds: str, values: list[_Value]) -> list[int]:
    days: list[int] = []
    for match in re.finditer(r"D-D|D|G", kinds):
        if match[0] == "D-D":
            start, end = values[match.start()][0], values[match.end() - 1][0]
            if start == end:
                raise UnusableInput("a range of days needs two different days.")
            days.extend((start + step) % 7 for step in range((end - start) % 7 + 1))
        else:
            days.extend(values[match.start()])
    return days


def _hours(kinds: str, values: list[_Value]) -> list[tuple[int, int]]:
    hours = []
    for match in re.finditer(r"T-T|P|>T", kinds):
        if match[0] == ">T":
            (start,) = values[match.end() - 1]
            if start == DAY:
                raise UnusableInput("nothing is left of a day from 24:00.")
            hours.append((start, DAY))
            continue
        start, end = values[match.start()][0], values[match.end() - 1][-1]
        if start in {end, DAY}:
            raise UnusableInput("a time must begin before it ends.")
        hours.append((start, end if end > start else end + DAY))
    return hours
