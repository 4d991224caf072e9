"""Headings that the tables have no place for, wherever a table comes from."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from assetmap.model.spelling import plain, plain_words

__all__ = ["refused"]


@cache
def _rules() -> Mapping[str, Any]:
    source = files("assetmap.model") / "data" / "refused.toml"
    return MappingProxyType(tomllib.loads(source.read_text(encoding="utf-8")))


@lru_cache(maxsize=5_000)
def refused(table: str, text: str) -> str | None:
    """Say why the tables have no place for a heading: ``"never"``, ``"contacts"``, or None.

    Parameters
    ----------
    table : str
        Canonical name of the table.
    text : str
        The heading, in Dutch or English.

    Examples
    --------
    >>> refused("people", "Nationaliteit"), refused("people", "E-mail"), refused("people", "team")
    ('never', 'contacts', None)
    """
    whole, parts = plain(text), set(plain_words(text))
    for reason, rule in _rules().items():
        if table in rule.get("tables", (table,)) and (
            whole in rule["words"]
            or parts & set(rule["words"])
            or any(stem in whole for stem in rule["stems"])
            or get_close_matches(whole, rule["stems"], n=1, cutoff=0.85)
        ):
            return str(reason)
    return None
