"""Numbers, money, distances, days and lists, as people say them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from assetmap.errors import UnusableInput
from assetmap.texts.languages import Language, language, locale

__all__ = [
    "clock",
    "count",
    "day",
    "language_name",
    "listing",
    "metres",
    "moment",
    "money",
    "number",
]

_KILOMETRE = 1000


def number(value: float | Decimal, lang: str) -> str:
    """Write a number with the decimal sign of the language, at most two decimals.

    Parameters
    ----------
    value : int, float or Decimal
        A finite number.
    lang : str
        Language code.

    Returns
    -------
    str
        The number.

    Examples
    --------
    >>> number(1234.5, "nl"), number(1234.5, "en")
    ('1.234,5', '1,234.5')
    """
    from babel.numbers import format_decimal

    exact = Decimal(str(value))
    if not exact.is_finite():
        raise UnusableInput("only a finite number can be written out")
    rounded = exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP) + Decimal(0)
    return str(format_decimal(rounded, format="#,##0.##", locale=locale(lang)))


def count(n: int, lang: str) -> str:
    """Write a whole number, thousands apart.

    Parameters
    ----------
    n : int
        How many.
    lang : str
        Language code.

    Returns
    -------
    str
        The number.

    Examples
    --------
    >>> count(46000, "nl"), count(46000, "en")
    ('46.000', '46,000')
    """
    return number(n, lang)


def listing(items: Iterable[str], lang: str) -> str:
    """Join items into one phrase.

    Parameters
    ----------
    items : iterable of str
        The items, in the order to be shown.
    lang : str
        Language code.

    Returns
    -------
    str
        The phrase; empty when there are no items.

    Examples
    --------
    >>> listing(["a", "b", "c"], "nl"), listing(["a", "b", "c"], "en")
    ('a, b en c', 'a, b and c')
    """
    from babel.lists import format_list

    return str(format_list(list(items), locale=locale(lang)))


def day(when: date, lang: str, *, year: bool = False) -> str:
    """Write a day with its weekday.

    Parameters
    ----------
    when : date
        The day; of a datetime the time is left out.
    lang : str
        Language code.
    year : bool, default False
        Whether to add the year.

    Returns
    -------
    str
        The day.

    Examples
    --------
    >>> day(date(2026, 11, 27), "nl"), day(date(2026, 11, 27), "en", year=True)
    ('vrijdag 27 november', 'Friday 27 November 2026')
    """
    from babel.dates import format_date

    pattern = "EEEE d MMMM y" if year else "EEEE d MMMM"
    return str(format_date(when, pattern, locale=locale(lang)))


def moment(when: datetime, lang: str, *, year: bool = False) -> str:
    """Write a day and a time of the clock.

    Parameters
    ----------
    when : datetime
        Local wall-clock time; seconds are left out.
    lang : str
        Language code.
    year : bool, default False
        Whether to add the year.

    Returns
    -------
    str
        Day and time.

    Examples
    --------
    >>> moment(datetime(2026, 11, 27, 18), "nl"), moment(datetime(2026, 11, 27, 18), "en")
    ('vrijdag 27 november om 18.00 uur', 'Friday 27 November at 18:00')
    """
    time = clock(when.hour * 60 + when.minute, lang)
    written = day(when, lang, year=year)
    if language(lang) is Language.NL:
        return f"{written} om {time} uur"
    return f"{written} at {time}"


def clock(minutes: int, lang: str) -> str:
    """Write a time of the clock.

    Parameters
    ----------
    minutes : int
        Minutes after midnight, 0 to 1440 (24.00).
    lang : str
        Language code.

    Returns
    -------
    str
        The time, without a word for "o'clock".

    Examples
    --------
    >>> clock(545, "nl"), clock(545, "en")
    ('9.05', '09:05')
    """
    hour, minute = divmod(minutes, 60)
    if language(lang) is Language.NL:
        return f"{hour}.{minute:02d}"
    return f"{hour:02d}:{minute:02d}"


def metres(m: float, lang: str) -> str:
    """Write a distance: below a kilometre in whole metres, from there in tenths of kilometres.

    Parameters
    ----------
    m : float
        Metres, not negative.
    lang : str
        Language code.

    Returns
    -------
    str
        The distance.

    Examples
    --------
    >>> metres(300, "nl"), metres(1234, "nl"), metres(1234, "en")
    ('300 meter', '1,2 kilometer', '1.2 kilometres')
    """
    exact = Decimal(str(m))
    if not exact.is_finite() or exact < 0:
        raise UnusableInput("a distance is a number of metres, 0 or more")
    whole = exact.quantize(Decimal(1), rounding=ROUND_HALF_UP)
    far = whole >= _KILOMETRE
    if far:
        tenth = Decimal("0.1")
        whole = (exact / _KILOMETRE).quantize(tenth, rounding=ROUND_HALF_UP)
    dutch = language(lang) is Language.NL
    unit = ("kilometer" if far else "meter") if dutch else ("kilometre" if far else "metre")
    plural = "" if dutch or whole == 1 else "s"
    return f"{number(whole, lang)} {unit}{plural}"


def money(eur: Decimal | int, lang: str) -> str:
    """Write an amount in euros, always with the cents.

    Parameters
    ----------
    eur : Decimal or int
        Euros; rounded half up to cents.
    lang : str
        Language code.

    Returns
    -------
    str
        The amount.

    Examples
    --------
    >>> money(Decimal("7"), "nl"), money(Decimal("7"), "en")
    ('7,00 euro', '€7.00')
    """
    from babel.numbers import format_currency, format_decimal

    cents = Decimal(eur).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP) + Decimal(0)
    if language(lang) is Language.NL:
        return f"{format_decimal(cents, format='#,##0.00', locale=locale(lang))} euro"
    return str(format_currency(cents, "EUR", locale=locale(lang)))


def language_name(tag: str, lang: str) -> str:
    """Write what a language is called; the tag itself where it has no name.

    Parameters
    ----------
    tag : str
        A language tag, such as ``"ar"``.
    lang : str
        Language code of the text.

    Returns
    -------
    str
        The name.

    Examples
    --------
    >>> language_name("ar", "nl"), language_name("ar", "en"), language_name("qqq", "nl")
    ('Arabisch', 'Arabic', 'qqq')
    """
    from babel import Locale

    names = Locale.parse(locale(lang)).languages
    return str(names.get(tag) or names.get(tag.split("-")[0], tag))
