"""Reading what each field of a result discloses, from its annotation."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, TypeAlias, Union, get_args, get_origin, get_type_hints

from assetmap.errors import PrivacyError
from assetmap.privacy.audiences import ACCESS, Access, Discloses
from assetmap.privacy.counts import CountTable

__all__ = ["Item", "Leaf", "Many", "Pairs", "Shape", "fields_of", "for_owners", "says"]

COUNTS = frozenset({Discloses.COUNT, Discloses.SENSITIVE_COUNT})


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value of one class, or several in a tuple or frozenset."""

    discloses: Discloses
    blank: bool
    """Whether it may be None."""
    shrinks: bool
    """Whether something stays when all of it is left out: no elements, or hidden counts."""


@dataclass(frozen=True, slots=True)
class Item:
    """A nested dataclass."""

    kind: type
    blank: bool


@dataclass(frozen=True, slots=True)
class Many:
    """A tuple of any length, or a frozenset."""

    of: Shape
    blank: bool


@dataclass(frozen=True, slots=True)
class Pairs:
    """A mapping."""

    keys: Shape
    values: Shape
    blank: bool


Shape: TypeAlias = Leaf | Item | Many | Pairs


@cache
def fields_of(kind: type) -> Mapping[str, Shape]:
    """Return the fields of a frozen dataclass with what each holds and discloses.

    Raises
    ------
    PrivacyError
        Naming the field that does not say what it discloses, or that could not be left out.
    """
    where = kind.__qualname__
    if not dataclasses.is_dataclass(kind) or not kind.__dataclass_params__.frozen:  # type: ignore[attr-defined]
        raise PrivacyError(f"{where} cannot be released: it is not a frozen dataclass")
    hints = _hints(kind)
    found: dict[str, Shape] = {}
    for field in dataclasses.fields(kind):
        place = f"{where}.{field.name}"
        if not field.init:
            raise PrivacyError(f"{place} cannot be released: it is not given when the item is made")
        shape = _shape(hints[field.name], place)
        if not shape.blank and _must_be_blank(shape):
            raise PrivacyError(
                f"{place} is left out for some audience, so its type must allow None"
            )
        found[field.name] = shape
    classes = {shape.discloses for shape in found.values() if isinstance(shape, Leaf)}
    if Discloses.OWNER in classes and Discloses.READERS not in classes:
        raise PrivacyError(f"{where} has an owner's field, but no field that says who reads it")
    return types.MappingProxyType(found)


def for_owners(kind: type) -> bool:
    """Tell whether there is a field for owners alone in a dataclass, or in an item in it."""
    todo, seen = [kind], {kind}
    while todo:
        inside = list(fields_of(todo.pop()).values())
        while inside:
            shape = inside.pop()
            if isinstance(shape, Leaf) and shape.discloses is Discloses.OWNER:
                return True
            if isinstance(shape, Item) and shape.kind not in seen:
                seen.add(shape.kind)
                todo.append(shape.kind)
            inside += [shape.of] if isinstance(shape, Many) else []
            inside += [shape.keys, shape.values] if isinstance(shape, Pairs) else []
    return False


@cache
def says(kind: type) -> bool:
    """Tell whether a dataclass says of one of its own fields what it discloses."""
    return any(_marks(_without_none(hint)[0]) for hint in _hints(kind).values())


def _marks(hint: Any) -> list[Discloses]:
    return [mark for mark in getattr(hint, "__metadata__", ()) if isinstance(mark, Discloses)]


def _hints(kind: type) -> dict[str, Any]:
    try:
        return get_type_hints(kind, include_extras=True)
    except NameError as error:
        raise PrivacyError(
            f"{kind.__qualname__} cannot be released: its annotations need {error.name}, "
            "which must be imported when the program runs"
        ) from None


def _must_be_blank(shape: Shape) -> bool:
    """Tell whether some audience does not get it; an owner's field goes with its whole item."""
    if isinstance(shape, Leaf):
        kept = set(ACCESS[shape.discloses].values()) == {Access.KEEP}
        return not (kept or shape.shrinks or shape.discloses is Discloses.OWNER)
    if isinstance(shape, Item):
        hints = (_without_none(hint)[0] for hint in _hints(shape.kind).values())
        return any(Discloses.READERS in _marks(hint) for hint in hints)
    return False


def _without_none(hint: Any) -> tuple[Any, bool]:
    """Return an annotation without None, and whether None was in it."""
    if get_origin(hint) in {Union, types.UnionType}:
        rest = tuple(each for each in get_args(hint) if each is not type(None))
        if len(rest) == 1:
            return rest[0], True
    return hint, False


def _shape(hint: Any, place: str) -> Shape:
    """Turn an annotation into a shape; refuse what does not say what it discloses."""
    inner, blank = _without_none(hint)
    origin, arguments = get_origin(inner) or inner, get_args(inner)
    if origin is Annotated:
        return _leaf(inner, blank, place)
    if isinstance(origin, type) and dataclasses.is_dataclass(origin) and origin is not CountTable:
        return Item(origin, blank)
    endless = origin is tuple and arguments[1:] == (Ellipsis,)
    if endless or (origin is frozenset and arguments):
        return Many(_shape(arguments[0], place), blank)
    if isinstance(origin, type) and issubclass(origin, Mapping) and arguments:
        return Pairs(_shape(arguments[0], place), _shape(arguments[1], place), blank)
    raise PrivacyError(
        f"{place} does not say what it discloses; annotate it, as in "
        "Annotated[str | None, Discloses.PERSON]"
    )


def _leaf(hint: Any, blank: bool, place: str) -> Leaf:
    classes = _marks(hint)
    if len(classes) != 1:
        raise PrivacyError(f"{place} does not say what it discloses, or says it more than once")
    inner, inside = _without_none(get_args(hint)[0])
    several = get_origin(inner) in {tuple, frozenset}
    if several and classes[0] in COUNTS:
        raise PrivacyError(f"{place} holds several counts; use a CountTable")
    if isinstance(inner, type) and dataclasses.is_dataclass(inner) and says(inner):
        raise PrivacyError(f"{place} holds an item that says itself what it discloses")
    return Leaf(classes[0], blank or inside, several or inner is CountTable)
