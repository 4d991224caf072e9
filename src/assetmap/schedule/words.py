"""The Dutch and English words for days and parts of the day, and how a text becomes words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from types import MappingProxyType
from typing import TypeVar

DAY = 24 * 60
"""Minutes in a day."""
WEEK = 7 * DAY
"""Minutes in a week."""

DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
"""The canonical names, Monday first."""

_DAY_SPELLINGS = (
    "ma maandag maandagen maandags mon monday mondays",
    "di dinsdag dinsdagen dinsdags tue tues tuesday tuesdays",
    "wo woe woensdag woensdagen woensdags wed weds wednesday wednesdays",
    "do don donderdag donderdagen donderdags thu thur thurs thursday thursdays",
    "vr vrij vrijdag vrijdagen vrijdags fri friday fridays",
    "za zat zaterdag zaterdagen zaterdags sat saturday saturdays",
    "zo zon zondag zondagen zondags sun sunday sundays",
)
EVERY_DAY = tuple(range(7))
WORKDAYS = tuple(range(5))
WEEKEND = (5, 6)

Value = TypeVar("Value")


def lookup(*entries: tuple[Value, str]) -> MappingProxyType[str, Value]:
    """Make a table of words from values, each with the words that mean it.

    Examples
    --------
    >>> lookup((1, "een one"), (2, "twee two"))["two"]
    2
    """
    return MappingProxyType({word: value for value, words in entries for word in words.split()})


DAYS = lookup(*enumerate(_DAY_SPELLINGS))
"""Every spelling of a day, with its number (Monday is 0)."""

DAY_SETS = lookup(
    (WORKDAYS, "werkdag werkdagen doordeweeks weekday weekdays workday workdays"),
    (WEEKEND, "weekend weekends weekeind weekenden weekeinden"),
)
"""Words for several days of the week at once."""

PARTS = lookup(
    ((9 * 60, 12 * 60), "ochtend ochtends ochtenden morgens morning mornings"),
    ((12 * 60, 17 * 60), "middag middags middagen afternoon afternoons"),
    ((18 * 60, 22 * 60), "avond avonds avonden evening evenings"),
    ((9 * 60, 17 * 60), "overdag daytime"),
)
"""Parts of the day: minutes after midnight at which each begins and ends."""

_TOKEN = re.compile(
    r"(?P<time>[0-9]{1,2}(?:[:.uh][0-9]{2})?(?![0-9]))|(?P<word>[^\W\d_]+)\.?"
    r"|(?P<sign>[-&+])|(?P<other>\S)"
)
_DASHES = re.compile(r"[\u2010-\u2015\u2212]|\bt/m\b|\btot en met\b")
_APOSTROPHES = re.compile(r"[\u2018\u2019\u0060\u00b4']")


def plain(text: str) -> str:
    """Return `text` in lower case, without accents and apostrophes, and with plain dashes."""
    letters = unicodedata.normalize("NFKD", _APOSTROPHES.sub(" ", text.casefold()))
    lowered = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(_DASHES.sub("-", lowered).split())


def tokens(text: str) -> list[tuple[str, str]]:
    """Split a text made by :func:`plain` into (sort, token): time, word, sign or other."""
    return [(str(m.lastgroup), str(m[str(m.lastgroup)])) for m in _TOKEN.finditer(text)]


def hint(word: str, known: Iterable[str]) -> str:
    """Name the nearest known word in a short sentence, or nothing when none comes near.

    The word itself is not repeated: a cell may hold more about a person than a time.
    """
    near = get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f' The nearest known word is "{near[0]}".' if near else ""
