"""From what somebody typed to a category, carefully.

Exact words (case, accents, spaces and hyphens aside) are *found*, also with the usual words around
them ("hulp met", "samen", "doen"), in the plural or made small; near words are only *suggested*,
for a person to accept. A word that may be about safety is never brought near a
harmless category, however it is misspelt.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from assetmap.categories.phrases import forms_of
from assetmap.categories.record import Category

__all__ = ["Words", "plain"]

_NEAR = 0.8
"""Likeness from which a word is suggested for another."""
_FEW_LETTERS = 8
"""Of a word of so few letters just one may be wrong: with two it is soon another word."""
_ALARM_TOKEN = 0.72
"""Likeness to one word of a safety category from which a text is treated with care."""
_ALARM_WHOLE = 0.78
"""Likeness to a whole safety text from which a text is treated with care."""
_LEFT_OUT = 2
"""A word that is more letters longer or shorter is another word."""
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
    safety : frozenset of str
        The ids of safety categories.
    """

    exact: dict[str, frozenset[str]]
    safe_words: tuple[str, ...]
    safety_words: tuple[str, ...]
    alarms: tuple[str, ...]
    everyday: frozenset[str]
    safety: frozenset[str] = frozenset()

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
        safety: set[str] = set()
        for category in categories:
            if category.safety:
                safety.add(category.id)
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
            safety=frozenset(safety),
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
        ids = self.exact.get(plain(text)) or self._inside(text)
        return next(iter(ids)) if len(ids) == 1 else None

    def _inside(self, text: str) -> frozenset[str]:
        """Return what a phrase is about when the words around it are taken off.

        Where it may be about safety, only a safety category counts.
        """
        forms = ("".join(form) for form in forms_of(_tokens(text)))
        ids = next((self.exact[form] for form in forms if form in self.exact), frozenset())
        return frozenset() if ids and not ids <= self.safety and self.alarming(text) else ids

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
        if self.alarming(text):
            return self._one(_nearest(whole, self.safety_words, _NEAR))
        for form in _shortest_first(forms_of(_tokens(text))):
            near = self._harmless("".join(form), form)
            if near is not None:
                return near
        return None

    def _harmless(self, whole: str, tokens: tuple[str, ...]) -> str | None:
        """Return the nearest harmless id; none where a word that was spelt right would go lost."""
        if len(whole) < _SHORTEST_SUGGESTED:
            return None
        right = [token for token in tokens if token in self.everyday]
        near = [
            word
            for word in _nearest(whole, self.safe_words, _NEAR)
            if all(token in word for token in right)
            and abs(len(word) - len(whole)) <= _LEFT_OUT
            and (len(whole) >= _FEW_LETTERS or _one_slip(whole, word))
        ]
        return self._one(near)

    def _one(self, words: Iterable[str]) -> str | None:
        ids = {name for word in words for name in self.exact[word]}
        return ids.pop() if len(ids) == 1 else None


def _shortest_first(forms: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return the forms without those that only differ by an ending, the shortest first."""
    kept: dict[int, tuple[str, ...]] = {}
    for form in forms:
        kept.setdefault(len(form), form)
    return [kept[length] for length in sorted(kept)]


def _one_slip(one: str, other: str) -> bool:
    """Say whether two words differ by one letter: left out, added, changed, or two swapped."""
    start = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    a, b = one[start:], other[start:]
    swapped = a[:2] == b[1::-1] and a[2:] == b[2:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or swapped


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
