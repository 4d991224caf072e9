"""Read what a tree of Python files imports, without importing anything.

Imports inside functions and under ``TYPE_CHECKING`` count like any other, and so does
``importlib.import_module`` with a literal name: what a reader has to know counts, not what
happens to run.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Import", "SourceFile", "read_tree"]

_DYNAMIC = {"import_module", "__import__"}


@dataclass(frozen=True)
class Import:
    """One imported module, as far as the text tells: ``target`` is absolute."""

    target: str
    line: int


@dataclass(frozen=True)
class SourceFile:
    """One parsed file of a package."""

    path: Path
    module: str
    tree: ast.Module
    imports: tuple[Import, ...]
    opaque: tuple[int, ...]
    """Lines that import a module whose name cannot be read from the text."""

    @property
    def lines(self) -> int:
        """How long the file is."""
        return len(self.path.read_text(encoding="utf-8").splitlines())


def read_tree(package: Path) -> tuple[SourceFile, ...]:
    """Parse every file below a package folder, sorted by module name."""
    paths = sorted(package.rglob("*.py"))
    modules = {_module_name(package, path) for path in paths}
    return tuple(_read(package, path, modules) for path in paths)


def _module_name(package: Path, path: Path) -> str:
    parts = [package.name, *path.relative_to(package).with_suffix("").parts]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _read(package: Path, path: Path, modules: set[str]) -> SourceFile:
    tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    name = _module_name(package, path)
    home = name if path.name == "__init__.py" else name.rpartition(".")[0]
    found: list[Import] = []
    opaque: list[int] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [Import(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(node, home)
            found += [Import(target, node.lineno) for target in _targets(node, base, modules)]
        elif isinstance(node, ast.Call) and _called(node.func) in _DYNAMIC:
            literal = node.args[0] if node.args else None
            if isinstance(literal, ast.Constant) and isinstance(literal.value, str):
                found.append(Import(literal.value, node.lineno))
            else:
                opaque.append(node.lineno)
    found = [each for each in found if each.target != name]
    return SourceFile(path, name, tree, tuple(found), tuple(opaque))


def _absolute(node: ast.ImportFrom, home: str) -> str:
    """Spell out what a (relative) ``from`` refers to."""
    if not node.level:
        return node.module or ""
    above = home.split(".")[: len(home.split(".")) - node.level + 1]
    return ".".join([*above, *([node.module] if node.module else [])])


def _targets(node: ast.ImportFrom, base: str, modules: set[str]) -> Iterator[str]:
    """Tell ``from package import submodule`` from ``from module import name``.

    For our own files the tree decides. For a library, ``from scipy import stats`` counts as
    ``scipy.stats``: its homes are told apart by submodule.
    """
    ours = {name.partition(".")[0] for name in modules}
    for alias in node.names:
        longer = f"{base}.{alias.name}"
        if base.partition(".")[0] in ours:
            yield longer if longer in modules else base
        else:
            yield longer if base.count(".") == 0 else base


def _called(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
