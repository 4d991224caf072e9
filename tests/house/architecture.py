"""Check the house rules on the syntax trees of a package; every finding is one sentence."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator

from tests.house.imports import Import, SourceFile
from tests.house.rules import ANYWHERE, FLOORS, HOMES, NEVER, NO_NETWORK, SPEAKERS

__all__ = [
    "cycles",
    "dynamic_imports",
    "floor_breaches",
    "library_breaches",
    "loud_places",
    "network_imports",
    "same_names",
    "too_long",
    "unit_of",
]

MAX_FILE = 600
MAX_FUNCTION = 80
MAX_BODY = 60

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def unit_of(module: str) -> str:
    """Name what stands on a floor: the first part below the package.

    >>> unit_of("assetmap.tables.reading"), unit_of("assetmap")
    ('tables', '__init__')
    """
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def _own(files: tuple[SourceFile, ...]) -> str:
    return files[0].module.partition(".")[0]


def _internal(files: tuple[SourceFile, ...]) -> Iterator[tuple[SourceFile, Import]]:
    package = _own(files)
    for file in files:
        for each in file.imports:
            if each.target.partition(".")[0] == package:
                yield file, each


def _external(files: tuple[SourceFile, ...]) -> Iterator[tuple[SourceFile, Import]]:
    package = _own(files)
    for file in files:
        for each in file.imports:
            if each.target.partition(".")[0] not in {package, "__future__"}:
                yield file, each


def floor_breaches(files: tuple[SourceFile, ...]) -> list[str]:
    """Find imports that do not go down, and modules that have no floor."""
    found = [
        f"{file.module} has no floor; give it one in tests/house/rules.py"
        for file in files
        if unit_of(file.module) not in FLOORS
    ]
    for file, each in _internal(files):
        here, there = unit_of(file.module), unit_of(each.target)
        if here == there or here not in FLOORS or there not in FLOORS:
            continue
        if FLOORS[there] >= FLOORS[here]:
            found.append(
                f"{file.module}:{each.line} (floor {FLOORS[here]}) imports "
                f"{each.target} (floor {FLOORS[there]})"
            )
    return found


def library_breaches(files: tuple[SourceFile, ...]) -> list[str]:
    """Find libraries imported away from home, without a home, or never to be used."""
    found = []
    for file, each in _external(files):
        top = each.target.partition(".")[0]
        home = _home_of(each.target)
        where = f"{file.module}:{each.line} imports {each.target}"
        if top in NEVER:
            found.append(f"{where}, which is never used here")
        elif home is not None:
            if unit_of(file.module) not in home:
                found.append(f"{where}, whose home is {', '.join(sorted(home))}")
        elif top not in ANYWHERE and (top not in sys.stdlib_module_names):
            found.append(f"{where}, which has no home in tests/house/rules.py")
    return found


def _home_of(target: str) -> frozenset[str] | None:
    parts = target.split(".")
    for length in range(len(parts), 0, -1):
        home = HOMES.get(".".join(parts[:length]))
        if home is not None:
            return home
    return None


def network_imports(files: tuple[SourceFile, ...]) -> list[str]:
    """Find standard modules that could reach a network."""
    return [
        f"{file.module}:{each.line} imports {each.target}"
        for file, each in _external(files)
        if each.target.partition(".")[0] in NO_NETWORK
        and not each.target.startswith("urllib.parse")
    ]


def dynamic_imports(files: tuple[SourceFile, ...]) -> list[str]:
    """Find imports by a computed name; only the package's own ``__init__`` has a reason."""
    return [
        f"{file.module}:{line} imports a module whose name cannot be read here"
        for file in files
        if file.module != _own(files)
        for line in file.opaque
    ]


def cycles(files: tuple[SourceFile, ...]) -> list[str]:
    """Find groups of files that import each other, directly or by way of others.

    Strongly connected components by repeated reachability: trees are small, and the
    definition can be read off the code.
    """
    root = _own(files)
    edges: dict[str, set[str]] = {file.module: set() for file in files}
    for file, each in _internal(files):
        if each.target in edges and root not in {file.module, each.target}:
            edges[file.module].add(each.target)
    reach = {module: _reachable(module, edges) for module in edges}
    groups = {
        tuple(sorted(other for other in reach[module] if module in reach[other]))
        for module in edges
        if module in reach[module]
    }
    return [" <-> ".join(group) for group in sorted(groups)]


def _reachable(start: str, edges: dict[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    todo = list(edges[start])
    while todo:
        module = todo.pop()
        if module not in seen:
            seen.add(module)
            todo += edges[module]
    return seen


def too_long(files: tuple[SourceFile, ...]) -> list[str]:
    """Find files and functions beyond their caps.

    A function may take 80 lines in all and 60 without its docstring; a file 600.
    """
    found = [
        f"{file.module} has {file.lines} lines (cap {MAX_FILE})"
        for file in files
        if file.lines > MAX_FILE
    ]
    for file in files:
        for node in ast.walk(file.tree):
            if isinstance(node, _FUNCTIONS):
                whole, body = _lengths(node)
                if whole > MAX_FUNCTION or body > MAX_BODY:
                    found.append(
                        f"{file.module}:{node.lineno} {node.name} has {whole} lines, {body} "
                        f"without its docstring (caps {MAX_FUNCTION} and {MAX_BODY})"
                    )
    return found


def _lengths(node: ast.FunctionDef | ast.AsyncFunctionDef) -> tuple[int, int]:
    whole = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    if ast.get_docstring(node, clean=False) is None:
        return whole, whole
    return whole, whole - ((first.end_lineno or first.lineno) - first.lineno + 1)


def loud_places(files: tuple[SourceFile, ...]) -> list[str]:
    """Find printing, logging set-up and warning filters outside the command line.

    A filter inside ``with warnings.catch_warnings()`` stays within that block and is allowed.
    """
    found = []
    for file in files:
        if unit_of(file.module) in SPEAKERS:
            continue
        quiet = _inside_catch_warnings(file.tree)
        for node in ast.walk(file.tree):
            word = _loud_word(node)
            if word and not (word.startswith("warnings.") and node in quiet):
                found.append(f"{file.module}:{getattr(node, 'lineno', 0)} uses {word}")
    return found


def _loud_word(node: ast.AST) -> str | None:
    if isinstance(node, ast.Name) and node.id == "print":
        return "print"
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        word = f"{node.value.id}.{node.attr}"
        loud = {
            "builtins.print",
            "logging.basicConfig",
            "sys.stderr",
            "sys.stdout",
            "warnings.filterwarnings",
            "warnings.simplefilter",
        }
        return word if word in loud else None
    return None


def _inside_catch_warnings(tree: ast.Module) -> set[ast.AST]:
    return {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.With)
        and any("catch_warnings" in ast.unparse(item.context_expr) for item in node.items)
        for inner in ast.walk(node)
    }


def same_names(files: tuple[SourceFile, ...]) -> list[str]:
    """Find modules that are named like a function their package exports."""
    modules = {file.module for file in files}
    found = []
    for file in files:
        if file.path.name != "__init__.py" or file.module == _own(files):
            continue
        found += [
            f"{file.module}.{name} is a module and a function"
            for name in _exported_functions(file, files)
            if f"{file.module}.{name}" in modules
        ]
    return found


def _exported_functions(file: SourceFile, files: tuple[SourceFile, ...]) -> Iterator[str]:
    """Yield the functions that a package's ``__init__`` brings in or defines."""
    by_module = {each.module: each for each in files}
    for node in file.tree.body:
        if isinstance(node, _FUNCTIONS):
            yield node.name
        elif isinstance(node, ast.ImportFrom) and node.module in by_module:
            defined = {
                each.name
                for each in by_module[node.module].tree.body
                if isinstance(each, _FUNCTIONS)
            }
            yield from (alias.name for alias in node.names if alias.name in defined)
