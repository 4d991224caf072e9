"""The category tree: look up, find by any word, ask what answers what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any

from assetmap.categories.degrees import degree_table
from assetmap.categories.growing import grow
from assetmap.categories.record import Category
from assetmap.categories.words import Words
from assetmap.errors import UnknownName, UnusableInput

__all__ = ["Tree"]

_REMEMBERED = 20_000
"""So many texts are remembered with what they mean."""


@dataclass(frozen=True)
class Tree:
    """Categories, from general to finer, with every fact filled in.

    Made by :func:`assetmap.categories.shipped` and :meth:`extend`, which check the rows.

    Parameters
    ----------
    categories : Mapping[str, Category]
        Checked categories by id, facts filled in, sorted by id.

    Examples
    --------
    >>> from assetmap.categories import shipped
    >>> tree = shipped()
    >>> tree.find("Hond uitlaten")
    'dog_walking'
    >>> tree.answer("meal", "company")
    80
    """

    categories: Mapping[str, Category]

    def __post_init__(self) -> None:
        """Keep an own, read-only copy."""
        object.__setattr__(self, "categories", MappingProxyType(dict(self.categories)))

    def __reduce__(self) -> tuple[Any, ...]:
        """Make copies and pickles possible: a read-only mapping has none of its own."""
        return Tree, (dict(self.categories),)

    def __getitem__(self, name: str) -> Category:
        """Return the category `name`; UnknownName when it is not there."""
        if name in self.categories:
            return self.categories[name]
        near = self.suggest(name)
        hint = f"; did you mean {near!r}?" if near else ""
        raise UnknownName(f"no category {name!r} in the tree{hint}")

    def __contains__(self, name: object) -> bool:
        """Tell whether `name` is the id of a category."""
        return name in self.categories

    def __iter__(self) -> Iterator[str]:
        """Go through the ids in order."""
        return iter(self.categories)

    def __len__(self) -> int:
        """Return the number of categories."""
        return len(self.categories)

    def __hash__(self) -> int:
        """Return a hash that is equal for equal trees."""
        return hash(tuple(self.categories.values()))

    @property
    def ids(self) -> tuple[str, ...]:
        """Every id, sorted."""
        return tuple(self.categories)

    @property
    def roots(self) -> tuple[str, ...]:
        """The ids at the top, sorted."""
        return self._children.get(None, ())

    def known(self, name: str) -> bool:
        """Tell whether `name` is the id of a category.

        Parameters
        ----------
        name : str
            An id, or perhaps not.

        Returns
        -------
        bool
            Whether it is in the tree.
        """
        return name in self.categories

    def extend(self, rows: Iterable[Category]) -> Tree:
        """Return a new tree with `rows` added; this one stays as it is.

        Parameters
        ----------
        rows : iterable of Category
            Rows as stated; they may name each other, in any order.

        Returns
        -------
        Tree
            The larger tree.

        Raises
        ------
        UnusableInput
            Naming every problem: ids that exist or stand there twice, unknown parents, circles,
            degrees out of range, words that belong to a safety category.

        Examples
        --------
        >>> from assetmap.categories import Category, shipped
        >>> tree = shipped().extend([Category(id="chess", parent="games", name_nl="schaakclub")])
        >>> tree.find("Schaakclub"), tree["chess"].group_first
        ('chess', True)
        """
        return Tree(grow(self.categories, rows))

    def children(self, name: str) -> tuple[str, ...]:
        """Return the ids right below `name`, sorted.

        Parameters
        ----------
        name : str
            An id.

        Returns
        -------
        tuple of str
            The finer ids, one step down.
        """
        return self._children.get(self[name].id, ())

    def ancestors(self, name: str) -> tuple[str, ...]:
        """Return the ids above `name`, nearest first.

        Parameters
        ----------
        name : str
            An id.

        Returns
        -------
        tuple of str
            Parent, its parent, and so on to the top.
        """
        found: list[str] = []
        parent = self[name].parent
        while parent is not None:
            found.append(parent)
            parent = self.categories[parent].parent
        return tuple(found)

    def find(self, text: str) -> str | None:
        """Return the id that `text` means: an id, a label or a synonym in either language.

        Case, accents, spaces, hyphens and other signs do not matter, nor the usual words around a
        subject ("hulp met", "samen", "doen") and its plural. Nothing is guessed by likeness.

        Parameters
        ----------
        text : str
            What somebody typed.

        Returns
        -------
        str or None
            The id; None when there is none, or when it may mean more than one.

        Examples
        --------
        >>> from assetmap.categories import shipped
        >>> shipped().find("hulp met de computer"), shipped().find("lampen ophangen")
        ('computer', 'hang_lamp')
        """
        if text in self.categories:
            return text
        if text not in self._meant:
            if len(self._meant) >= _REMEMBERED:
                self._meant.clear()
            self._meant[text] = self._words.meaning(text)
        return self._meant[text]

    def suggest(self, text: str) -> str | None:
        """Return the id that `text` may have been meant for, to ask a person; never to use unasked.

        A text that may be about safety is never suggested a harmless category.

        Parameters
        ----------
        text : str
            What somebody typed.

        Returns
        -------
        str or None
            The id; None when nothing is near enough, or when there is doubt.
        """
        return self.find(text) or self._words.nearest(text)

    def may_be_safety(self, text: str) -> bool:
        """Tell whether `text` may be about safety, also when misspelt or part of a sentence.

        For words that are not in the tree: such a row is better treated as a safety theme (kept
        out of everything shared) until its worker has looked.

        Parameters
        ----------
        text : str
            What somebody typed.

        Returns
        -------
        bool
            True for a safety category and for an unknown text close to one.

        Examples
        --------
        >>> from assetmap.categories import shipped
        >>> tree = shipped()
        >>> tree.may_be_safety("huislijk gewelt"), tree.may_be_safety("boodschapen")
        (True, False)
        """
        found = self.find(text)
        return self.is_safety(found) if found is not None else self._words.alarming(text)

    def is_safety(self, name: str) -> bool:
        """Tell whether `name` is a safety category, or lies below one.

        Parameters
        ----------
        name : str
            An id; an unknown one is not.

        Returns
        -------
        bool
            Whether it is never matched, counted or shared.
        """
        category = self.categories.get(name)
        return category is not None and bool(category.safety)

    def label(self, name: str, lang: str) -> str:
        """Return the label of `name` in a language.

        Parameters
        ----------
        name : str
            An id.
        lang : str
            ``"nl"`` or ``"en"``.

        Returns
        -------
        str
            The label.
        """
        category = self[name]
        if lang == "nl":
            return category.name_nl
        if lang == "en":
            return category.name_en
        raise UnusableInput(f"no labels in language {lang!r}: use 'nl' or 'en'")

    def answer(self, offered: str, asked: str) -> int:
        """Return how well an offer of one category answers a need of another.

        Parameters
        ----------
        offered : str
            Id of what is offered (a talent, or an activity).
        asked : str
            Id of what is asked.

        Returns
        -------
        int
            Percent, 0 to 100. The same category: 100. A general offer for a finer need: 80 % per
            step. A finer offer for a general need: 60 % per step. Siblings: 0. Stated degrees
            multiply with these. Safety and unknown ids: 0.

        Examples
        --------
        >>> from assetmap.categories import shipped
        >>> tree = shipped()
        >>> tree.answer("pets", "dog_walking"), tree.answer("dog_walking", "pets")
        (80, 60)
        """
        return self._degrees.get(asked, {}).get(offered, 0)

    def answering(self, asked: str) -> tuple[tuple[str, int], ...]:
        """Return every category whose offers answer a need of `asked`.

        Parameters
        ----------
        asked : str
            Id of what is asked.

        Returns
        -------
        tuple of (str, int)
            Ids with their percent, best first, then by id. Empty for safety and unknown ids.

        Examples
        --------
        >>> from assetmap.categories import shipped
        >>> shipped().answering("dog_walking")[:2]
        (('dog_walking', 100), ('pets', 80))
        """
        return self._answering.get(asked, ())

    @cached_property
    def _children(self) -> dict[str | None, tuple[str, ...]]:
        found: dict[str | None, list[str]] = {}
        for name, category in self.categories.items():
            found.setdefault(category.parent, []).append(name)
        return {parent: tuple(sorted(names)) for parent, names in found.items()}

    @cached_property
    def _meant(self) -> dict[str, str | None]:
        """What texts were found to mean: the same few stand in thousands of rows."""
        return {}

    @cached_property
    def _words(self) -> Words:
        return Words.of(self.categories.values())

    @cached_property
    def _degrees(self) -> dict[str, dict[str, int]]:
        below = {name: self._children.get(name, ()) for name in self.categories}
        return degree_table(self.categories, below)

    @cached_property
    def _answering(self) -> dict[str, tuple[tuple[str, int], ...]]:
        return {
            asked: tuple(sorted(row.items(), key=lambda pair: (-pair[1], pair[0])))
            for asked, row in self._degrees.items()
        }
