"""Read the categories that come with assetmap."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from assetmap.categories.degrees import answers_from_text
from assetmap.categories.growing import grow
from assetmap.categories.record import Category, Distance, Domain, Where
from assetmap.categories.tree import Tree
from assetmap.errors import UnusableInput

__all__ = ["shipped"]


@cache
def shipped() -> Tree:
    """Return the tree that comes with assetmap; read once, then kept.

    Returns
    -------
    Tree
        More than two hundred categories with Dutch and English labels and synonyms.

    Examples
    --------
    >>> tree = shipped()
    >>> tree.label("community_dinner", "nl"), tree["community_dinner"].parent
    ('eetcafé', 'meal')
    """
    return Tree(grow({}, _rows(files("assetmap.categories") / "shipped")))


def _rows(folder: Traversable) -> Iterator[Category]:
    seen: dict[str, str] = {}
    for source in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if source.name.endswith(".toml"):
            for name, facts in tomllib.loads(source.read_text(encoding="utf-8")).items():
                if name in seen:
                    raise UnusableInput(f"{name!r} is in {seen[name]} and in {source.name}")
                seen[name] = source.name
                yield _row(name, facts)


def _row(name: str, facts: dict[str, Any]) -> Category:
    """Make one row; an unknown key of the file is an error of the constructor."""
    words = {key: tuple(facts[key]) for key in _LISTS if key in facts}
    chosen = {key: kind(facts[key]) for key, kind in _CHOICES.items() if key in facts}
    answers = answers_from_text(facts.get("answers", ""))
    return Category(id=name, **{**facts, **words, **chosen, "answers": answers})


_LISTS = ("synonyms_nl", "synonyms_en", "parties")
_CHOICES: dict[str, type[Distance] | type[Where] | type[Domain]] = {
    "distance": Distance,
    "at": Where,
    "domain": Domain,
}
