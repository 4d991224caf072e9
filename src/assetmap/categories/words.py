"""From what somebody typed to a category, carefully.

Exact words (case, accents, spaces and hyphens aside) are *found*; near words are only
*suggested*, for a person to accept. A word that may be about safety is never brought near a
harmless category, however it is misspelt.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from assetmap.categories.record import Category

__all__ = ["Words", "plain"]

_NEAR = 0.8
"""Likeness from which a word is suggested for another."""
_ALARM_TOKEN = 0.72
"""Likeness to one word of a safety category from which a text is treated with care."""
_ALARM_WHOLE = 0.78
"""Likeness to a whole safety text from which a text is treated with care."""
_SHORTEST_SUGGESTED = 4
_SHORTEST_INSIDE = 6


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """Return `text` without case, accents, spaces and signs: its letters and digits only.

    Parameters
    ----------
    text : str
        What somebody typed.

    Returns
    -------
    str
        Lower-case letters and digits.

    Examples
    --------
    >>> plain("Repair-Café ")
    'repaircafe'
    """
    return "".join(_tokens(text))


def _tokens(text: str) -> tuple[str, ...]:
    bare = "".join(
        sign
        for sign in unicodedata.normalize("NFKD", text).casefold()
        if not unicodedata.combining(sign)
    )
    return tuple(re.findall(r"[^\W_]+", bare))


@dataclass(frozen=True)
class Words:
    """Every way to write every category.

    Attributes
    ----------
    exact : dict of str to frozenset of str
        Plain word to the ids it may mean.
    safe_words : tuple of str
        Plain words of harmless categories.
    safety_words : tuple of str
        Plain words of safety categories.
    alarms : tuple of str
        Those of the safety words that are one word as typed: they alarm inside a sentence too.
    everyday : frozenset of str
        Single words that occur in the words of harmless categories.
    """

    exact: dict[str, frozenset[str]]
    safe_words: tuple[str, ...]
    safety_words: tuple[str, ...]
    alarms: tuple[str, ...]
    everyday: frozenset[str]

    @classmethod
    def of(cls, categories: Iterable[Category]) -> Words:
        """Gather the words of `categories`.

        Parameters
        ----------
        categories : iterable of Category
            Categories whose facts are filled in.

        Returns
        -------
        Words
            The gathered words.
        """
        meaning: dict[str, set[str]] = {}
        alarms: set[str] = set()
        everyday: set[str] = set()
        kinds: dict[bool, set[str]] = {True: set(), False: set()}
        for category in categories:
            for word in category.words:
                meaning.setdefault(plain(word), set()).add(category.id)
                kinds[bool(category.safety)].add(plain(word))
                parts = _tokens(word)
                if not category.safety:
                    everyday.update(parts)
                elif len(parts) == 1:
                    alarms.update(parts)
        return cls(
            exact={word: frozenset(ids) for word, ids in meaning.items()},
            safe_words=tuple(sorted(kinds[False])),
            safety_words=tuple(sorted(kinds[True])),
            alarms=tuple(sorted(alarms)),
            everyday=frozenset(everyday),
        )

    def meaning(self, text: str) -> str | None:
        """Return the one id that `text` is a word for, or None.

        Parameters
        ----------
        text : str
            What somebody typed.

        Returns
        -------
        str or None
            The id; None when there is none, or more than one.
        """
        ids = self.exact.get(plain(text), frozenset())
        return next(iter(ids)) if len(ids) == 1 else None

    def alarming(self, text: str) -> bool:
        """Tell whether an unknown `text` may be about safety, misspelt or as part of a sentence.

        Parameters
        ----------
        text : str
            What somebody typed.

        Returns
        -------
        bool
            True when it is better not to guess.
        """
        whole = plain(text)
        if any(len(alarm) >= _SHORTEST_INSIDE and alarm in whole for alarm in self.alarms):
            return True
        if _nearest(whole, self.safety_words, _ALARM_WHOLE):
            return True
        strange = (token for token in _tokens(text) if token not in self.everyday)
        return any(_nearest(token, self.alarms, _ALARM_TOKEN) for token in strange)

    def nearest(self, text: str) -> str | None:
        """Return the id of the nearest word to an unknown `text`, or None when there is doubt.

        Parameters
        ----------
        text : str
            What somebody typed.

        Returns
        -------
        str or None
            A safety id where the text may be about safety and one lies clearly nearest; a
            harmless id only where no safety word is anywhere near.
        """
        whole = plain(text)
        if len(whole) < _SHORTEST_SUGGESTED:
            return None
        words = self.safety_words if self.alarming(text) else self.safe_words
        ids = {name for word in _nearest(whole, words, _NEAR) for name in self.exact[word]}
        return ids.pop() if len(ids) == 1 else None


def _nearest(text: str, words: Iterable[str], at_least: float) -> list[str]:
    """Return the words most like `text`, all with the same likeness, from `at_least` up."""
    best, found = at_least, []
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(text)
    for word in words:
        matcher.set_seq1(word)
        if matcher.real_quick_ratio() < best or matcher.quick_ratio() < best:
            continue
        ratio = matcher.ratio()
        if ratio > best:
            best, found = ratio, [word]
        elif ratio == best:
            found.append(word)
    return found
