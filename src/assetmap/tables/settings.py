"""``team.toml``: the settings of a team, read with all problems at once, and written."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from typing import Any

from assetmap.categories import Tree
from assetmap.errors import DataProblem
from assetmap.model import Policy
from assetmap.model.settings import SETTINGS_FILE, policy_from, settings_of
from assetmap.tables.grid import error, warning

__all__ = ["SETTINGS_FILE", "read_settings", "settings_text", "unknown_categories"]

_MOST_DOTS = 100
"""Points in one line: a setting lies at most one section deep."""
_CATEGORY_LISTS = ("reserved", "not_reserved", "minor_categories")


def read_settings(text: str | None) -> tuple[Policy | None, list[DataProblem]]:
    """Read the text of ``team.toml``; None (no such file) gives the usual policy."""
    if text is None:
        return Policy(), []
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > _MOST_DOTS:
            return None, [_unreadable(number)]
    try:
        settings = tomllib.loads(text)
    except (ValueError, RecursionError) as wrong:
        said = re.search(r"at line (\d+)", str(wrong))
        return None, [_unreadable(int(said[1]) if said else text.rstrip().count("\n") + 1)]
    policy, problems = policy_from(settings)
    return policy, list(problems)


def _unreadable(line: int) -> DataProblem:
    return error("settings-unreadable", (SETTINGS_FILE, None, None), line=line)


def unknown_categories(policy: Policy, tree: Tree) -> tuple[Policy, list[DataProblem]]:
    """Turn the names of categories in a policy into ids, and name those that are not known."""
    problems = []
    changes: dict[str, tuple[str, ...]] = {}
    for name in _CATEGORY_LISTS:
        given: tuple[str, ...] = getattr(policy, name)
        changes[name] = tuple(tree.find(word) or word for word in given)
        if any(word not in tree for word in changes[name]):
            problems.append(warning("unknown-category", (SETTINGS_FILE, None, name)))
    return policy.model_copy(update=changes), problems


def settings_text(policy: Policy) -> str:
    """Return ``team.toml`` for a policy: only what differs from the usual.

    Examples
    --------
    >>> print(settings_text(Policy(horizon_weeks=2, distances={"same_area_m": 300})))
    horizon_weeks = 2
    <BLANKLINE>
    [distances]
    same_area_m = 300
    <BLANKLINE>
    """
    settings = settings_of(policy)
    plain = {name: v for name, v in settings.items() if not isinstance(v, Mapping)}
    lines = [f"{name} = {_value(value)}" for name, value in plain.items()]
    for section, values in settings.items():
        if isinstance(values, Mapping):
            lines += ["", f"[{section}]", *(f"{n} = {_value(v)}" for n, v in values.items())]
    return "\n".join(lines).lstrip("\n") + "\n" if lines else ""


def _value(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, str):
        return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
