"""What is left of a phrase when the words around its subject are taken off: no guessing."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["forms_of"]

_BEFORE = """
hulp help helpen hulpje ondersteuning samen met bij in van aan om mee te voor op naar de het een
mijn zijn haar hun onze iemand graag zoek zoekt zoeken gezocht gevraagd even soms weer wat extra
ergens lekker ik wij kan wil
helping assistance support with at the a an my his her our their to for of in on someone
somebody together some looking need needed wanted going doing
"""
"""Words before a subject that leave it what it is."""
_AFTER = """
doen halen maken gaan lenen aanvragen regelen invullen nodig gezocht gevraagd graag samen
krijgen zoeken
help needed wanted together please
"""
"""Words behind a subject that leave it what it is."""
_FILLING = (frozenset(_BEFORE.split()), frozenset(_AFTER.split()))
_SHORTEST = 4
_ENDINGS = (
    (r"(.{2,}[^aeiou])etjes?", r"\1"),
    (r"(.{2,})[tp]jes?", r"\1"),
    (r"(.{2,})jes?", r"\1"),
    (r"(.{2,}?)([bdfgklmnprst])\2en", r"\1\2"),
    (r"(.*[^aeiou])([aeou])([bdfgklmnprst])en", r"\1\2\2\3"),
    (r"(.{2,})ven", r"\1f"),
    (r"(.{2,})zen", r"\1s"),
    (r"(.+(?:[aeiouy]{2}[^aeiou]|[^aeiou]{2}|e[lmnr]))en", r"\1"),
    (r"(.{4,})s", r"\1"),
)
"""Dutch and English endings of more than one, and of something small, with what stood before."""


def forms_of(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the phrase with less and less around its subject, and in the singular.

    Parameters
    ----------
    words : tuple of str
        The words of a phrase, in small letters.

    Examples
    --------
    >>> list(forms_of(("hulp", "in", "de", "tuin")))[-1]
    ('tuin',)
    >>> ("lamp", "ophangen") in forms_of(("lampen", "ophangen"))
    True
    """
    before, after = _FILLING
    first = next((at for at, word in enumerate(words) if word not in before), len(words))
    last = next((at for at, word in enumerate(reversed(words)) if word not in after), len(words))
    cuts = sorted((a + b, a, b) for a in range(first + 1) for b in range(last + 1))
    for _, start, end in cuts:
        left = words[start : len(words) - end]
        if left:
            yield left
            for at, word in enumerate(left):
                yield from ((*left[:at], one, *left[at + 1 :]) for one in _singulars(word))


def _singulars(word: str) -> Iterator[str]:
    if len(word) < _SHORTEST:
        return
    for ending, stem in _ENDINGS:
        if re.fullmatch(ending, word):
            yield re.sub(f"^{ending}$", stem, word)
