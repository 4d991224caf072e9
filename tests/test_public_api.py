"""The public names are a contract: all there, described, and light to list."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import assetmap
from tests.house.rules import FLOORS

ROOT = Path(__file__).parents[1]
INIT = ROOT / "src" / "assetmap" / "__init__.py"
PAGES = ROOT / "docs" / "reference"
AGREED = {
    ("detectors", "farrington"): 9,
    ("detectors", "scan"): 9,
    ("match", "propose"): 8,
    ("solvers", "solve"): 8,
}
"""Functions with more arguments than six, and how many: the limits of a search are arguments."""
BY_POSITION = {
    ("detectors", "chance_of_cluster"): 4,
    ("detectors", "recurrence"): 3,
    ("detectors", "round_counts"): 3,
    ("detectors", "scan"): 3,
    ("detectors", "zones_by_distance"): 3,
    ("graph", "from_edges"): 3,
    ("graph", "measures"): 3,
    ("graph", "whole"): 3,
}
"""Functions with more arguments by position than two: scripts of others call them so."""
MODULES = sorted(name for name in assetmap.__all__ if name in FLOORS)


@pytest.mark.parametrize("name", assetmap.__all__)
def test_a_public_name_is_there_and_described(name: str) -> None:
    """Each name of the public list can be had, and says in its own words what it is."""
    assert _describes_itself(getattr(assetmap, name))


def _describes_itself(value: object) -> bool:
    """Tell whether somebody wrote a docstring: not inherited, not made by ``dataclass``."""
    own = vars(value).get("__doc__") if inspect.isclass(value) else value.__doc__
    return bool(own) and not own.startswith(f"{getattr(value, '__name__', '')}(")


def test_every_public_name_has_a_reference_page() -> None:
    """Some page of the reference shows each public name as code."""
    text = "\n".join(
        page.read_text(encoding="utf-8")
        for page in sorted({*PAGES.glob("*.md")} - {PAGES / "index.md"})
    )
    absent = [
        name
        for name in assetmap.__all__
        if not re.search(rf"(`|::: )(assetmap\.)?([a-z_]+\.)*{name}\b", text)
    ]
    assert absent == []


def test_the_public_list_is_sorted_and_said_once() -> None:
    """The list has an order that makes a missing name visible."""
    assert list(assetmap.__all__) == sorted(set(assetmap.__all__))


def test_editors_see_what_programs_get() -> None:
    """The names imported for type checking are exactly the public ones."""
    tree = ast.parse(INIT.read_text(encoding="utf-8"))
    seen = {
        alias.asname or alias.name
        for block in tree.body
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert seen == set(assetmap.__all__)


def test_public_names_are_listed_before_they_are_loaded() -> None:
    """``dir(assetmap)`` shows the public names and the version."""
    assert {*assetmap.__all__, "__version__"} <= set(dir(assetmap))


def test_an_unknown_name_is_an_attribute_error() -> None:
    """Asking for a name that is not there ends as with any module."""
    with pytest.raises(AttributeError, match="no attribute 'nothing_here'"):
        _ = assetmap.nothing_here


def test_the_version_is_that_of_the_package() -> None:
    """The version shown is the version of pyproject.toml."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert assetmap.__version__ == settings["project"]["version"]


def test_no_public_function_has_the_name_of_a_module() -> None:
    """A name is a function or a module, never both."""
    functions = {n for n in assetmap.__all__ if not isinstance(getattr(assetmap, n), ModuleType)}
    assert functions & set(FLOORS) == set()


@pytest.mark.parametrize("module", MODULES)
def test_a_public_module_lists_what_it_offers(module: str) -> None:
    """Each public module has an ``__all__`` whose names are there and described."""
    silent = [name for name, value in _offered(module) if not _describes_itself(value)]
    assert silent == []


@pytest.mark.parametrize("module", MODULES)
def test_a_public_function_is_easy_to_call(module: str) -> None:
    """At most two arguments by position, six in all, and an example that runs."""
    hard = []
    for name, value in _offered(module):
        if inspect.isfunction(value):
            kinds = [p.kind for p in inspect.signature(value).parameters.values()]
            if kinds.count(inspect.Parameter.POSITIONAL_OR_KEYWORD) > BY_POSITION.get(
                (module, name), 2
            ):
                hard.append(f"{name}: more than two arguments by position")
            if len(kinds) > AGREED.get((module, name), 6):
                hard.append(f"{name}: more than six arguments")
            if ">>>" not in (value.__doc__ or ""):
                hard.append(f"{name}: no example in the docstring")
    assert hard == []


def _offered(module: str) -> Iterator[tuple[str, object]]:
    """Yield the functions and classes that a public module lists."""
    loaded = importlib.import_module(f"assetmap.{module}")
    for name in loaded.__all__:
        value = getattr(loaded, name)
        if inspect.isfunction(value) or inspect.isclass(value):
            yield name, value
