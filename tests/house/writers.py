"""Find writers and pictures that take what was not released, on the syntax trees of a package."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.house.architecture import unit_of
from tests.house.imports import SourceFile

__all__ = ["unreleased_writers", "writers"]

WRITING = frozenset({"report", "view", "plot"})
"""Modules whose public functions write or draw, unless they give back a class of the package."""
EXPORTING = ("write", "to_", "export")
"""How the functions of `graph`, and of the rooms behind it, begin that write."""
NETWORKS = frozenset({"graph", "sociometry", "ties"})
RESULTS = "result"
"""What the files of `tables` are called that write results."""
_SHOWS = ("save", "write", "render", "to_", "_repr_html_", "_repr_svg_", "_repr_mimebundle_")
"""How methods begin that show or write the object they belong to."""

_Function = ast.FunctionDef | ast.AsyncFunctionDef


def unreleased_writers(files: tuple[SourceFile, ...]) -> list[str]:
    """Find public writers that have no argument annotated ``Released[...]``.

    A function is a writer when it is public in `report`, `view` or `plot` and gives back text,
    bytes, a picture or nothing, rather than an object of a class of the package (which is then
    looked at itself); in `graph` and the rooms behind it when its name says so; in `tables` when
    its file is about results. One that is given nothing but paths writes nothing about anybody. A
    class is a writer when it has a method that shows or writes it: then one of its fields, or an
    argument of its ``__init__``, is annotated ``Released[...]``.
    """
    classes = {node.name for file in files for node in file.tree.body if _is_class(node)}
    found = []
    for file, node in writers(files, classes - {"Released"}):
        if not _takes_released(node):
            found.append(f"{file.module}:{node.lineno} {node.name} takes what was not released")
    return found


def writers(
    files: tuple[SourceFile, ...], classes: set[str]
) -> Iterator[tuple[SourceFile, _Function | ast.ClassDef]]:
    """Yield the public functions and classes that write or draw."""
    packages = _offered_by_packages(files)
    for file in files:
        for node in file.tree.body:
            if isinstance(node, _Function | ast.ClassDef) and _offers(file, node.name, packages):
                writes = (
                    _shows_itself(file, node)
                    if isinstance(node, ast.ClassDef)
                    else _writes(file, node, classes)
                )
                if writes:
                    yield file, node


def _offers(file: SourceFile, name: str, packages: dict[str, set[str]]) -> bool:
    """Tell whether a name is public: said by its package, or of a module of a single file."""
    unit = unit_of(file.module)
    alone = file.module.count(".") == 1 and unit not in packages
    return not name.startswith("_") and (alone or name in packages.get(unit, ()))


def _offered_by_packages(files: tuple[SourceFile, ...]) -> dict[str, set[str]]:
    """Return what each package offers, by the ``__all__`` of its ``__init__``."""
    offered = {}
    for file in files:
        if file.path.name == "__init__.py" and file.module.count(".") == 1:
            offered[unit_of(file.module)] = {
                constant.value
                for node in file.tree.body
                if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
                for constant in ast.walk(node.value)
                if isinstance(constant, ast.Constant)
            }
    return offered


def _writes(file: SourceFile, node: _Function, classes: set[str]) -> bool:
    unit = unit_of(file.module)
    if all(_is_path(each.annotation) for each in _arguments(node)):
        return False
    if unit in NETWORKS:
        return node.name.startswith(EXPORTING)
    if unit == "tables":
        return RESULTS in file.module.rpartition(".")[2] and node.name.startswith(EXPORTING)
    return unit in WRITING and not _gives_own(node, classes)


def _shows_itself(file: SourceFile, node: ast.ClassDef) -> bool:
    methods = [n.name for n in node.body if isinstance(n, _Function)]
    return unit_of(file.module) in WRITING and any(n.startswith(_SHOWS) for n in methods)


def _gives_own(node: _Function, classes: set[str]) -> bool:
    returned = ast.walk(node.returns) if node.returns is not None else ()
    return any(_name(part) in classes for part in returned)


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return node.id if isinstance(node, ast.Name) else ""


def _is_class(node: ast.stmt) -> bool:
    return isinstance(node, ast.ClassDef)


def _takes_released(node: _Function | ast.ClassDef) -> bool:
    if isinstance(node, ast.ClassDef):
        fields = [n.annotation for n in node.body if isinstance(n, ast.AnnAssign)]
        made = [n for n in node.body if isinstance(n, _Function) and n.name == "__init__"]
        return any(map(_is_released, fields)) or any(map(_takes_released, made))
    return any(_is_released(each.annotation) for each in _arguments(node))


def _arguments(node: _Function) -> tuple[ast.arg, ...]:
    return (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)


def _is_path(annotation: ast.expr | None) -> bool:
    parts = ast.walk(annotation) if annotation is not None else ()
    return bool({"Path", "PathLike"} & {_name(part) for part in parts})


def _is_released(annotation: ast.expr | None) -> bool:
    """Tell whether an annotation is ``Released[...]`` itself, not something or that."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        annotation = ast.parse(annotation.value, mode="eval").body
    return isinstance(annotation, ast.Subscript) and _name(annotation.value) == "Released"
