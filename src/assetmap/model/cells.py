"""What one cell can hold: the text of a cell to a value, and back again.

Every type below takes the text of a cell (or a value that is already right) and gives a frozen
value; :func:`cell_text` is its inverse. A cell that cannot be read raises :class:`CellError`
with a stable code, which the table readers turn into a problem with its place.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from assetmap.errors import UnusableInput
from assetmap.schedule import Window, format_windows, parse_rule, parse_windows

__all__ = [
    "Amount",
    "Choice",
    "Coarse",
    "Count",
    "Day",
    "Days",
    "Marks",
    "Moment",
    "Number",
    "Requirement",
    "Requirements",
    "Rule",
    "Shares",
    "Text",
    "Trainings",
    "When",
    "Words",
    "YesNo",
    "as_text",
    "cell_text",
    "is_blank",
    "tidy",
]

LONGEST_CELL = 10_000
"""Characters of one cell that are still read; a longer one is refused with its length."""
MOST = 10**12
"""Numbers go no further."""


def _fail(code: str, **facts: str) -> PydanticCustomError:
    return PydanticCustomError("cell", code, {"code": code, **facts})


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def tidy(text: str) -> str:
    """Return a text the way it is kept: composed letters, plain line ends, nothing invisible.

    Examples
    --------
    >>> tidy("  Joke" + chr(0) + " ")
    'Joke'
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", unicodedata.normalize("NFC", lines)).strip()


def as_text(value: object) -> str:
    """Return a value as text; a number that is too long to be written in digits as well.

    Examples
    --------
    >>> as_text(12), len(as_text(10**5000)) < 5000
    ('12', True)
    """
    if isinstance(value, int) and value.bit_length() > 14_000:
        return f"{value:#x}"
    return str(value)


def is_blank(value: object) -> bool:
    """Tell whether a cell says nothing: unknown, never "no" and never 0."""
    if isinstance(value, str):
        return not ("!" <= value[:1] <= "~" or tidy(value))  # most texts begin with a plain mark
    return value is None or (isinstance(value, tuple | list) and not value)


def _text(value: Any) -> str:
    text = value if isinstance(value, str) else as_text(value)
    if len(text) > LONGEST_CELL:
        raise _fail("too-long", length=str(len(text)), allowed=str(LONGEST_CELL))
    return tidy(text)


def _yes_no(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    word = _text(value).casefold()
    if word in {"yes", "true", "1", "ja"}:
        return True
    if word in {"no", "false", "0", "nee"}:
        return False
    raise _fail("not-yes-no", allowed="yes, no")


def _plain_number(text: str) -> Decimal:
    """Read ``1.250,5``, ``1250.5``, ``7,00`` or ``€ 7``; a thousands mark needs groups of three."""
    bare = text.replace("€", "").replace("\u00a0", "").replace(" ", "")
    if re.fullmatch(r"[+-]?\d{1,3}(\.\d{3})+,\d+", bare):
        bare = bare.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+\.\d+", bare):
        bare = bare.replace(",", "")
    elif re.fullmatch(r"[+-]?\d+,\d+(-)?", bare):
        bare = bare.replace(",", ".")
    if not re.fullmatch(r"[+-]?\d+(\.\d+)?", bare):
        raise InvalidOperation
    return Decimal(bare)


def _decimal(value: Any) -> Decimal:
    if isinstance(value, bool):
        raise _fail("not-a-number")
    try:
        number = Decimal(str(value)) if isinstance(value, int | float) else None
        if number is None:
            number = value if isinstance(value, Decimal) else _plain_number(_text(value))
    except InvalidOperation:
        raise _fail("not-a-number") from None
    if not number.is_finite() or abs(number) > MOST:
        raise _fail("not-a-number")
    return number


_PLAIN_COUNT = re.compile(r"[0-9]{1,12}")  # what nearly every count looks like


def _count(value: Any) -> int:
    if type(value) is int and abs(value) <= MOST:
        return value
    if isinstance(value, str) and _PLAIN_COUNT.fullmatch(value):
        return int(value)
    number = _decimal(value)
    if number != number.to_integral_value():
        raise _fail("not-a-whole-number")
    return int(number)


def _amount(value: Any) -> Decimal:
    if isinstance(value, str) and re.fullmatch(r"\D*\d{1,3}([.,]\d{3})+", value.strip()):
        raise _fail("unclear-amount")
    amount = _decimal(value)
    cents = amount.quantize(Decimal("0.01"))
    if cents != amount:
        raise _fail("not-in-cents")
    return cents


def _coarse(value: Any) -> int:
    metres = _count(value)
    return (metres + 50) // 100 * 100


def _number(value: Any) -> float:
    return float(_decimal(value))


_DUTCH_DAY = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})")
_WRITTEN_DAY = re.compile(r"(?:[a-z]+\.?,?\s+)?(\d{1,2})[\s-]+([a-z]{3,9})\.?[\s-]+(\d{4})")
_MONTHS = "jan feb mrt/mar/maa apr mei/may jun jul aug sep okt/oct nov dec"
_MONTH = {begin: at for at, each in enumerate(_MONTHS.split(), 1) for begin in each.split("/")}
_CLOCK = re.compile(r"(.+?)[\sT,]+(?:om\s+)?(\d{1,2})(?:[:.u](\d{2})|(?=\s*u))\s*(?:u|uur)?\.?")


def _iso_day(text: str) -> str:
    """Turn a date as people write it (``3-11-26``, ``3 november 2026``) into that of ISO 8601."""
    found = _DUTCH_DAY.fullmatch(text)
    if found:
        year = found[3] if len(found[3]) == 4 else f"20{found[3]}"
        return f"{year}-{int(found[2]):02}-{int(found[1]):02}"
    found = _WRITTEN_DAY.fullmatch(text.casefold())
    month = _MONTH.get(found[2][:3]) if found else None
    return f"{found[3]}-{month:02}-{int(found[1]):02}" if found and month else text


def _day(value: Any) -> dt.date:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    text = _text(value)
    text = re.sub(r"[T ]00:00(:00(\.0+)?)?$", "", text)
    try:
        day = dt.date.fromisoformat(_iso_day(text))
    except ValueError:
        raise _fail("not-a-date", allowed="2026-11-23, 23-11-2026") from None
    return _within_reason(day)


def _within_reason(day: dt.date) -> dt.date:
    if not 1900 <= day.year <= 2200:
        raise _fail("not-a-date", allowed="1900 – 2200")
    return day


def _apart(text: str) -> tuple[str, str]:
    """Part a date from the time of day behind it."""
    found = re.fullmatch(r"(.+?)[T ]\s*(\d{1,2}:\S+)", text)
    return (found[1].strip(), found[2].rjust(5, "0")) if found else (text, "")


def _moment(value: Any) -> dt.datetime:
    if isinstance(value, dt.datetime):
        moment = value
    else:
        text = _text(value)
        if found := _CLOCK.fullmatch(text):
            text = f"{found[1]} {int(found[2]):02}:{found[3] or '00'}"
        day, clock = _apart(text)
        try:
            moment = dt.datetime.fromisoformat(f"{_iso_day(day)} {clock}".strip())
        except ValueError:
            raise _fail("not-a-moment", allowed="2026-11-27 18:00") from None
        if not clock:
            raise _fail("no-time-of-day", allowed="2026-11-27 18:00")
    if moment.tzinfo is not None:
        raise _fail("moment-with-zone", allowed="2026-11-27 18:00")
    _within_reason(moment.date())
    return moment.replace(second=0, microsecond=0)


def _list(value: Any, marks: str) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        parts = [part.strip() for part in re.split(marks, _text(value))]
    else:
        parts = [_text(part) for part in value]
        if any(re.search(marks, part) for part in parts):
            raise _fail("mark-in-word")
    return tuple(dict.fromkeys(part for part in parts if part))


def _words(value: Any) -> tuple[str, ...]:
    return _list(value, r"[|,]")


def _days(value: Any) -> tuple[dt.date, ...]:
    parts = value if isinstance(value, list | tuple) else _list(value, r"[|,]")
    return tuple(sorted({_day(part) for part in parts}))


def _when(value: Any) -> tuple[Window, ...]:
    if isinstance(value, tuple) and all(isinstance(w, Window) for w in value):
        return value
    try:
        return parse_windows(_text(value))
    except UnusableInput:
        raise _fail("not-a-window") from None


def _rule(value: Any) -> str:
    try:
        return parse_rule(_text(value))
    except UnusableInput:
        raise _fail("not-a-recurrence") from None


@dataclass(frozen=True, slots=True, order=True)
class Requirement:
    """What an activity cannot do without: so many of a role or category, or one given party.

    Attributes
    ----------
    what : str
        A category id (``"cook"``), or ``"party"`` for a named party.
    party : str or None
        The id of the party when ``what`` is ``"party"``.
    count : int
        How many are required.
    """

    what: str
    party: str | None = None
    count: int = 1

    def __str__(self) -> str:
        """Return the text of the cell, such as ``cook:1`` or ``party:police:1``."""
        name = f"{self.what}:{self.party}" if self.party is not None else self.what
        return f"{name}:{self.count}"


def _requirement(part: str) -> Requirement:
    words = [w.strip() for w in part.split(":")]
    count = "1"
    if len(words) > 1 and words[-1].isdecimal():
        count = words.pop()
    party = words.pop() if words[0] == "party" and len(words) == 2 else None
    if len(words) != 1 or not words[0] or party == "" or not 1 <= int(count) <= 1000:
        raise _fail("not-a-requirement", allowed="cook:1 | host:1 | party:police:1")
    return Requirement(words[0], party, int(count))


def _requirements(value: Any) -> tuple[Requirement, ...]:
    if isinstance(value, tuple) and all(isinstance(v, Requirement) for v in value):
        return value
    return tuple(_requirement(part) for part in _list(value, r"\|"))


def _trainings(value: Any) -> tuple[tuple[str, dt.date | None], ...]:
    if isinstance(value, tuple) and all(isinstance(v, tuple) for v in value):
        return value
    pairs = []
    for part in _list(value, r"[|,]"):
        topic, mark, day = part.partition(":")
        pairs.append((topic.strip(), _day(day) if mark else None))
    return tuple(pairs)


def _marks(value: Any) -> tuple[tuple[str, bool], ...]:
    """Read ``tag:yes``; a tag without a word is not opted in."""
    if isinstance(value, tuple) and all(isinstance(v, tuple) for v in value):
        return value
    pairs = []
    for part in _list(value, r"[|,]"):
        tag, mark, word = part.partition(":")
        pairs.append((tag.strip(), _yes_no(word) if mark else False))
    return tuple(pairs)


def _shares(value: Any) -> tuple[tuple[str, int], ...]:
    """Read ``company:0.8 | meal`` as whole percentages: ``(("company", 80), ("meal", 100))``."""
    if isinstance(value, tuple) and all(isinstance(v, tuple) for v in value):
        return value
    pairs = []
    for part in _list(value, r"\|"):
        name, mark, share = part.partition(":")
        percent = round(_number(share) * 100) if mark else 100
        if not 1 <= percent <= 100:
            raise _fail("not-a-share", allowed="0.01 – 1")
        pairs.append((name.strip(), percent))
    return tuple(pairs)


Text = Annotated[str, BeforeValidator(_text)]
"""Free text or an id; white space around it is dropped."""
YesNo = Annotated[bool, BeforeValidator(_yes_no)]
"""``yes`` or ``no``."""
Count = Annotated[int, BeforeValidator(_count)]
"""A whole number."""
Coarse = Annotated[int, BeforeValidator(_coarse)]
"""Metres, rounded to 100: where a person lives is never kept more precisely."""
Days = Annotated[tuple[dt.date, ...], BeforeValidator(_days)]
"""Dates, separated by ``|`` or ``,``; kept in order of time."""
Number = Annotated[float, BeforeValidator(_number)]
"""A number; comma or point as decimal mark."""
Amount = Annotated[Decimal, BeforeValidator(_amount)]
"""Euros and cents, exact."""
Day = Annotated[dt.date, BeforeValidator(_day)]
"""A date, ``2026-11-23`` or ``23-11-2026``."""
Moment = Annotated[dt.datetime, BeforeValidator(_moment)]
"""A local wall-clock date and time, ``2026-11-27 18:00``."""
Words = Annotated[tuple[str, ...], BeforeValidator(_words)]
"""Ids or words, separated by ``|`` or ``,``."""
When = Annotated[tuple[Window, ...], BeforeValidator(_when)]
"""Weekly windows, separated by ``|``."""
Rule = Annotated[str, BeforeValidator(_rule)]
"""An RFC 5545 recurrence rule."""
Requirements = Annotated[tuple[Requirement, ...], BeforeValidator(_requirements)]
"""What an activity requires."""
Trainings = Annotated[tuple[tuple[str, dt.date | None], ...], BeforeValidator(_trainings)]
"""Topics with the date of the training."""
Marks = Annotated[tuple[tuple[str, bool], ...], BeforeValidator(_marks)]
"""Self-declared tags, each with whether one may be introduced on it."""
Shares = Annotated[tuple[tuple[str, int], ...], BeforeValidator(_shares)]
"""Category ids with a whole percentage."""


def _choice(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value
    return re.sub(r"[\s-]+", "_", value.strip().casefold()) if isinstance(value, str) else value


Choice = BeforeValidator(_choice)
"""To annotate an enum with: spaces, hyphens and capitals do not matter."""


def _pair_text(pair: tuple[Any, ...]) -> str:
    name, value = pair
    if value is None:
        return str(name)
    if isinstance(value, bool):
        return f"{name}:{'yes' if value else 'no'}"
    if isinstance(value, int):
        return str(name) if value == 100 else f"{name}:{value / 100:g}"
    return f"{name}:{value}"


def _tuple_text(value: tuple[Any, ...]) -> str:
    if value and isinstance(value[0], Window):
        return format_windows(value)
    return " | ".join(_pair_text(v) if isinstance(v, tuple) else str(v) for v in value)


def _number_text(value: float) -> str:
    return str(int(value)) if value == int(value) else format(Decimal(repr(value)), "f")


_TEXTS: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (bool, lambda v: "yes" if v else "no"),
    (StrEnum, lambda v: str(v.value)),
    (str, str),
    (float, _number_text),
    (Decimal, lambda v: format(v, "f")),
    (dt.datetime, lambda v: v.strftime("%Y-%m-%d %H:%M")),
    (dt.date, lambda v: v.isoformat()),
    (tuple, _tuple_text),
)


def cell_text(value: object) -> str:
    """Write a value as the text of a cell; the readers turn it into the same value again.

    Parameters
    ----------
    value : object
        A field of a record. None gives the empty cell.

    Returns
    -------
    str
        The canonical text.

    Examples
    --------
    >>> cell_text(True), cell_text(None), cell_text(("p1", "p2"))
    ('yes', '', 'p1 | p2')
    """
    if value is None:
        return ""
    for kind, write in _TEXTS:
        if isinstance(value, kind):
            return write(value)
    return str(value)
