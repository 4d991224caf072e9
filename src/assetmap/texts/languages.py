"""The languages that texts exist in."""

from __future__ import annotations

from enum import StrEnum

from assetmap.errors import UnusableInput

__all__ = ["Language", "language", "locale"]


class Language(StrEnum):
    """A language that every text exists in."""

    NL = "nl"
    """Dutch, plain (B1)."""
    EN = "en"
    """English, plain and British."""


_LOCALES = {Language.NL: "nl", Language.EN: "en_GB"}


def language(text: str) -> Language:
    """Return the language that `text` names.

    Parameters
    ----------
    text : str
        A language code; capitals and a region (``"nl-NL"``) do not matter.

    Returns
    -------
    Language
        The language.

    Raises
    ------
    UnusableInput
        When there are no texts in that language.

    Examples
    --------
    >>> language("NL").value
    'nl'
    """
    code = text.strip().casefold().replace("_", "-").split("-")[0]
    if code in set(Language):
        return Language(code)
    known = " or ".join(repr(each.value) for each in Language)
    raise UnusableInput(f"no texts in language {text!r}: use {known}")


def locale(lang: str) -> str:
    """Return the CLDR locale for `lang`.

    Parameters
    ----------
    lang : str
        A language code, as :func:`language` takes it.

    Returns
    -------
    str
        Such as ``"en_GB"``.

    Examples
    --------
    >>> locale("en")
    'en_GB'
    """
    return _LOCALES[language(lang)]
