"""Which categories a training unlocks."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from assetmap.categories import Tree
from assetmap.model.spelling import plain

__all__ = ["categories_of_training"]

_NOT_BY_NAME = "training"
"""To have been trained is not to train others."""


@cache
def _topics() -> Mapping[str, tuple[str, ...]]:
    source = files("assetmap.model") / "data" / "trainings.toml"
    found: dict[str, tuple[str, ...]] = {}
    for name, row in tomllib.loads(source.read_text(encoding="utf-8")).items():
        for word in (name, *row["nl"], *row["en"]):
            found[plain(word)] = tuple(row["unlocks"])
    return MappingProxyType(found)


def categories_of_training(topic: str, tree: Tree) -> tuple[str, ...]:
    """Return the categories that a training is about, not those below them.

    Parameters
    ----------
    topic : str
        The topic, in Dutch or English: a well-known course, or any word for a category.
    tree : Tree
        The categories.

    Returns
    -------
    tuple of str
        None when the topic names neither.

    Examples
    --------
    >>> from assetmap.categories import shipped
    >>> categories_of_training("Gespreksvaardigheden", shipped())
    ('listening', 'visit')
    >>> categories_of_training("fietsen maken voor beginners", shipped())
    ()
    """
    known = _topics().get(plain(topic))
    if known is not None:
        return tuple(name for name in known if name in tree)
    found = tree.find(topic)
    if found is None or _NOT_BY_NAME in (found, *tree.ancestors(found)):
        return ()
    return (found,)
