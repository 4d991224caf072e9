"""From the settings of ``team.toml`` to a policy, with every problem at once, and back again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ValidationError

from assetmap.errors import DataProblem, Severity
from assetmap.model.policy import Policy
from assetmap.model.problems import problem

__all__ = ["SETTINGS_FILE", "policy_from", "settings_of"]

SETTINGS_FILE = "team.toml"
"""Name of the file that holds what differs per team."""

_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "int": "whole-number",
        "float": "number",
        "bool": "yes-no",
        "string": "text",
        "tuple": "list",
        "dict": "section",
        "model": "section",
    }
)


def policy_from(settings: Mapping[str, Any]) -> tuple[Policy | None, tuple[DataProblem, ...]]:
    """Read the settings of a team.

    Parameters
    ----------
    settings : Mapping[str, object]
        What ``team.toml`` holds; sections are mappings.

    Returns
    -------
    (Policy or None, tuple of DataProblem)
        The policy, None when a setting cannot be used; and every problem.

    Examples
    --------
    >>> policy, problems = policy_from({"horizon_weeks": 40})
    >>> policy is None, problems[0].code, problems[0].column
    (True, 'too-large', 'horizon_weeks')
    """
    try:
        policy = Policy.model_validate(settings)
    except ValidationError as error:
        return None, tuple(_told(wrong) for wrong in error.errors())
    try:
        ZoneInfo(policy.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None, (_at(("zone",), "unknown-zone"),)
    return policy, ()


def settings_of(policy: Policy) -> dict[str, Any]:
    """Return the settings in which a policy differs from ``Policy()``; the inverse of reading.

    Examples
    --------
    >>> settings_of(Policy(horizon_weeks=2))
    {'horizon_weeks': 2}
    """
    return dict(_differences(policy, Policy()))


def _differences(one: BaseModel, other: BaseModel) -> Iterator[tuple[str, Any]]:
    for name in type(one).model_fields:
        mine, usual = getattr(one, name), getattr(other, name)
        if mine == usual:
            continue
        if isinstance(mine, BaseModel):
            yield name, dict(_differences(mine, usual))
        elif isinstance(mine, dict):
            yield name, {str(key): value for key, value in mine.items() if usual.get(key) != value}
        elif mine is not None:
            yield name, list(map(str, mine)) if isinstance(mine, tuple) else mine


def _at(path: tuple[Any, ...], code: str, **facts: object) -> DataProblem:
    name = ".".join(str(part) for part in path if part != "[key]")
    return problem(code, Severity.ERROR, (SETTINGS_FILE, None, name or None), **facts)


def _told(wrong: Any) -> DataProblem:
    path, kind, context = wrong["loc"], str(wrong["type"]), wrong.get("ctx", {})
    if kind == "extra_forbidden":
        return _unknown(path)
    if kind == "enum":
        allowed = str(context["expected"]).replace("'", "").replace(" or ", ", ")
        return _at(path, "not-in-list", allowed=allowed)
    if kind == "string_pattern_mismatch":
        allowed = str(context["pattern"]).strip("^()$").replace("|", ", ")
        return _at(path, "not-in-list", allowed=allowed)
    if kind in {"greater_than_equal", "greater_than"}:
        return _at(path, "too-small", limit=context.get("ge", context.get("gt")))
    if kind in {"less_than_equal", "less_than"}:
        return _at(path, "too-large", limit=context.get("le", context.get("lt")))
    if kind == "value_error":
        return _at(path, f"setting-{str(path[0]).replace('_', '-')}")
    return _at(path, f"setting-{_TYPES.get(kind.split('_')[0], 'other')}")


def _unknown(path: tuple[Any, ...]) -> DataProblem:
    section: Any = Policy
    for part in path[:-1]:
        section = section.model_fields[part].annotation
    names = list(section.model_fields)
    near = get_close_matches(str(path[-1]), names, n=1)
    if near:
        return _at(path, "unknown-setting-near", near=".".join(map(str, (*path[:-1], near[0]))))
    return _at(path, "unknown-setting", allowed=", ".join(names))
