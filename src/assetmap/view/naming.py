"""What the tables call things, in both languages and fit for a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cache

from assetmap.model import Need, Neighbourhood, Person, Record, Talent, party_kind
from assetmap.schedule import Window
from assetmap.texts import Language, language_name, listing, say, windows_text
from assetmap.texts.plain import typed
from assetmap.view.facts import Said, same

__all__ = ["Words", "in_both", "in_words", "party_word"]

_LONGEST_NAME = 40


def in_both(make: Callable[[str], str]) -> Said:
    """Return what is said in Dutch and in English."""
    return make(Language.NL.value), make(Language.EN.value)


def in_words(key: str) -> Said:
    """Return a sentence without facts in Dutch and in English."""
    return in_both(lambda lang: say(key, lang))


def party_word(kind: str) -> Said:
    """Return what a kind of organisation is called; one that is not known as it was typed."""
    known = party_kind(kind)
    return same(typed(kind)) if known is None else in_both(known.label)


class Words:
    """What the tables call things, made fit for a page.

    Parameters
    ----------
    hood : Neighbourhood
        The tables.
    """

    def __init__(self, hood: Neighbourhood) -> None:
        self.hood = hood
        self._alike = Counter(p.called for p in hood.people)
        self.label = cache(self._label)
        self.theme = cache(self._theme)
        self.area = cache(self._area)
        self.windows = cache(_windows)
        self.languages = cache(_languages)

    def name(self, row: Record) -> Said:
        """Return what a row is called; a talent and a need by what they are about."""
        if isinstance(row, Talent | Need):
            return self.label(row.category)
        if isinstance(row, Person):
            return same(self._person(row))
        return same(typed(str(row.value("name") or row.id), _LONGEST_NAME))

    def _person(self, row: Person) -> str:
        if not row.called:
            return row.person
        twice = self._alike[row.called] > 1
        return typed(f"{row.called} ({row.person})" if twice else row.called, _LONGEST_NAME)

    def _label(self, category: str) -> Said:
        tree = self.hood.tree
        if category not in tree:
            return same(typed(category))
        return in_both(lambda lang: tree.label(category, lang))

    def _theme(self, category: str) -> Said | None:
        tree = self.hood.tree
        if category not in tree:
            return None
        return self._label((category, *tree.ancestors(category))[-1])

    def body(self, organisation: str) -> Said:
        """Return what an organisation is called; as it was typed where it has no name."""
        row = self.hood.index["organisations"].get(organisation)
        return same(typed(organisation)) if row is None else self.name(row)

    def _area(self, area: str | None) -> Said | None:
        if area is None:
            return None
        row = self.hood.index["areas"].get(area)
        return same(typed(str((row.value("name") if row else None) or area), _LONGEST_NAME))


def _windows(windows: tuple[Window, ...]) -> Said:
    pairs = [(each.start, each.end) for each in windows]
    return in_both(lambda lang: windows_text(pairs, lang))


def _languages(tags: tuple[str, ...]) -> Said:
    return in_both(lambda lang: listing([language_name(tag, lang) for tag in tags], lang))
