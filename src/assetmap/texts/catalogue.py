"""Sentences from the catalogues: facts in, sentence out.

A catalogue is one TOML file per language and section (``nl/why.toml``, ``en/why.toml``). A key is
``section.name``; tables nest (``words.rung.neighbour``). A table with an ``other`` and further
only CLDR plural names is one sentence in several forms, chosen by the fact `n`. ``{name}`` is a
placeholder; a sentence holds no other braces.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from math import isfinite
from types import MappingProxyType
from typing import Any

from assetmap.errors import UnknownName, UnusableInput
from assetmap.texts.forms import count, day, listing, moment, number
from assetmap.texts.languages import Language, language, locale

__all__ = ["catalogue_keys", "say", "sections", "sentence_forms"]

_PLURALS = frozenset({"zero", "one", "two", "few", "many", "other"})
_PLACEHOLDER = re.compile(r"\{([a-z_][a-z0-9_]*)\}")

Forms = Mapping[str, str]
"""The forms of one sentence by CLDR plural name; one without plurals has only ``other``."""


def say(key: str, lang: str, /, **facts: Any) -> str:
    """Return the sentence `key` with its facts filled in.

    Parameters
    ----------
    key : str
        ``section.name``.
    lang : str
        Language code.
    **facts : str, int, float, Decimal, bool, date, datetime, or a list or tuple of these
        What the placeholders stand for. Text goes in as it is, braces too. A whole number goes
        in as digits, but `n`, which also chooses between one and more, with thousands apart;
        other numbers, days, moments and lists as the language writes them. Facts that the
        sentence does not use are left out.

    Returns
    -------
    str
        The sentence.

    Raises
    ------
    UnknownName
        When there is no such sentence.
    UnusableInput
        When a fact is missing, None, or of a kind that cannot be written; the text names key and
        fact, never a value.

    Examples
    --------
    >>> say("words.rung.neighbour", "nl"), say("words.rung.neighbour", "en")
    ('buren', 'neighbours')
    """
    chosen = language(lang)
    forms = sentence_forms(key, chosen)
    text = forms["other"] if len(forms) == 1 else forms[_plural(key, chosen, forms, facts)]
    return _PLACEHOLDER.sub(lambda found: _fact(key, found[1], facts, chosen), text)


def sections() -> tuple[str, ...]:
    """Return the names of all sections, sorted.

    Returns
    -------
    tuple of str
        The names of the catalogue files, without their ending.

    Examples
    --------
    >>> "words" in sections()
    True
    """
    return _files(Language.NL)


def catalogue_keys(section: str, lang: str) -> tuple[str, ...]:
    """Return every key of a section, sorted.

    Parameters
    ----------
    section : str
        Name of the section.
    lang : str
        Language code.

    Returns
    -------
    tuple of str
        Keys as :func:`say` takes them.

    Examples
    --------
    >>> catalogue_keys("words", "nl")[:1]
    ('words.activity_status.past',)
    """
    return tuple(sorted(_section(language(lang), section)))


def sentence_forms(key: str, lang: str) -> Forms:
    """Return a sentence as it stands in the catalogue, its placeholders open.

    Parameters
    ----------
    key : str
        ``section.name``.
    lang : str
        Language code.

    Returns
    -------
    Mapping[str, str]
        Text by CLDR plural name; only ``other`` where the sentence has one form.

    Raises
    ------
    UnknownName
        When there is no such sentence; the text names the nearest.

    Examples
    --------
    >>> dict(sentence_forms("words.answer.yes", "nl"))
    {'other': 'ja'}
    """
    section = key.partition(".")[0]
    found = _section(language(lang), section)
    if key not in found:
        near = get_close_matches(key, found, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise UnknownName(f"no sentence {key!r} in the catalogue{hint}")
    return found[key]


@cache
def _files(lang: Language) -> tuple[str, ...]:
    folder = files("assetmap.texts") / lang.value
    return tuple(
        sorted(entry.name[:-5] for entry in folder.iterdir() if entry.name.endswith(".toml"))
    )


@cache
def _section(lang: Language, section: str) -> Mapping[str, Forms]:
    if section not in _files(lang):
        known = ", ".join(_files(lang))
        raise UnknownName(f"no section {section!r} in the catalogue; there are: {known}")
    source = files("assetmap.texts") / lang.value / f"{section}.toml"
    found: dict[str, Forms] = {}
    _flatten(section, tomllib.loads(source.read_text(encoding="utf-8")), found)
    return MappingProxyType(found)


def _flatten(key: str, table: Mapping[str, Any], found: dict[str, Forms]) -> None:
    """Put the sentences of a table, and of the tables in it, under their full keys."""
    for name, value in table.items():
        full = f"{key}.{name}"
        if isinstance(value, str):
            found[full] = _checked(full, {"other": value})
        elif isinstance(value, dict) and "other" in value and value.keys() <= _PLURALS:
            found[full] = _checked(full, value)
        elif isinstance(value, dict):
            _flatten(full, value, found)
        else:
            raise UnusableInput(f"{full!r} in the catalogue is not text")


def _checked(key: str, forms: dict[str, Any]) -> Forms:
    for text in forms.values():
        if not isinstance(text, str) or not text.strip():
            raise UnusableInput(f"{key!r} in the catalogue is empty or not text")
        if {"{", "}"} & set(_PLACEHOLDER.sub("", text)):
            raise UnusableInput(f"{key!r} in the catalogue has a brace that is no placeholder")
    return MappingProxyType(forms)


def _plural(key: str, lang: Language, forms: Forms, facts: Mapping[str, Any]) -> str:
    given = _given(key, "n", facts)
    n = int(given) if isinstance(given, str) and given.strip().isdecimal() else given
    if isinstance(n, bool) or not isinstance(n, int | float | Decimal) or not isfinite(n):
        raise UnusableInput(f"the sentence {key!r} needs a number as the fact 'n'")
    from babel import Locale

    form = str(Locale.parse(locale(lang)).plural_form(abs(float(n))))
    return form if form in forms else "other"


def _given(key: str, name: str, facts: Mapping[str, Any]) -> Any:
    value = facts.get(name)
    if value is None:
        given = ", ".join(sorted(facts)) or "none"
        raise UnusableInput(f"the sentence {key!r} needs the fact {name!r}; given: {given}")
    return value


def _fact(key: str, name: str, facts: Mapping[str, Any], lang: Language) -> str:
    value = _given(key, name, facts)
    if name == "n" and isinstance(value, int) and not isinstance(value, bool):
        return count(value, lang)
    written = _written(value, lang)
    if written is None:
        kind = type(value).__name__
        raise UnusableInput(f"the sentence {key!r} cannot write the fact {name!r}, a {kind}")
    return written


def _written(value: Any, lang: Language) -> str | None:
    """Write a fact as the language does; None for a kind that has no plain form."""
    if isinstance(value, bool):
        return say("words.answer.yes" if value else "words.answer.no", lang)
    if isinstance(value, (str, int)):
        return str(value)
    if isinstance(value, (float, Decimal)):
        return number(value, lang)
    if isinstance(value, datetime):
        return moment(value, lang)
    if isinstance(value, date):
        return day(value, lang)
    if isinstance(value, (list, tuple)):
        items = [_written(item, lang) for item in value]
        return None if None in items else listing((i for i in items if i is not None), lang)
    return None
