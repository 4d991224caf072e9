"""Comparing what people type: capitals, accents, spaces and signs do not matter."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["plain", "plain_words"]


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """Return the letters and digits of a text, without capitals and accents.

    Examples
    --------
    >>> plain("Hoe ver (km)"), plain("één-op-één")
    ('hoeverkm', 'eenopeen')
    """
    return "".join(plain_words(text))


def plain_words(text: str) -> list[str]:
    """Return the words of a text, without capitals and accents.

    Examples
    --------
    >>> plain_words("Bewoners Zuid, één lijst")
    ['bewoners', 'zuid', 'een', 'lijst']
    """
    letters = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return re.findall(r"[^\W_]+", bare)
