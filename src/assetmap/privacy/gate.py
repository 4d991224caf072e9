"""The one gate: nothing is written or drawn that did not come through :func:`release`."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import Enum
from functools import cached_property
from types import MappingProxyType
from typing import Any, Generic, NoReturn, TypeVar, cast, final

from assetmap.errors import PrivacyError, UnusableInput
from assetmap.model import PrivacyThresholds
from assetmap.privacy.aliases import Pseudonymiser
from assetmap.privacy.audiences import ACCESS, Access, Audience, Discloses, Withheld
from assetmap.privacy.counts import CountTable, protect, protected_count
from assetmap.privacy.fields import Item, Leaf, Many, Pairs, Shape, fields_of, for_owners, says

__all__ = ["Released", "release", "require"]

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

_SEAL = object()
"""Known to this module alone: only :func:`release` can make a :class:`Released`."""


@final
class Released(Generic[T_co]):
    """A value as one audience may have it. Only :func:`release` makes one.

    Writers and pictures take this type instead of the bare value, so that the type checker finds
    what was not released, and call :func:`require`, so that the program does.

    Examples
    --------
    >>> Released("anything", Audience.TEAM, {}, seal=None)
    Traceback (most recent call last):
        ...
    assetmap.errors.PrivacyError: only assetmap.privacy.release makes a Released
    """

    __slots__ = ("_audience", "_left_out", "_value")

    _value: T_co
    _audience: Audience
    _left_out: Mapping[Withheld, int]

    def __init__(
        self, value: T_co, audience: Audience, left_out: Mapping[Withheld, int], *, seal: object
    ) -> None:
        if seal is not _SEAL:
            raise PrivacyError("only assetmap.privacy.release makes a Released")
        object.__setattr__(self, "_value", value)
        object.__setattr__(self, "_audience", audience)
        object.__setattr__(self, "_left_out", MappingProxyType(dict(left_out)))

    @property
    def value(self) -> T_co:
        """What may go out."""
        return self._value

    @property
    def audience(self) -> Audience:
        """For whom."""
        return self._audience

    @property
    def left_out(self) -> Mapping[Withheld, int]:
        """How many values were left out, by reason; for the team's own record, not for print."""
        return self._left_out

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise PrivacyError("a Released cannot be changed; release again")

    def __delattr__(self, name: str) -> NoReturn:
        raise PrivacyError("a Released cannot be changed; release again")

    def __copy__(self) -> Released[T_co]:
        return self

    def __deepcopy__(self, memo: object) -> Released[T_co]:
        return self

    def __reduce__(self) -> NoReturn:
        raise PrivacyError("a Released cannot be pickled; release again where it is needed")

    def __repr__(self) -> str:
        """Return the type and the audience, nothing of the value."""
        return f"<Released {type(self._value).__name__} for {self._audience.value}>"


def release(
    value: T,
    audience: Audience,
    *,
    thresholds: PrivacyThresholds | None = None,
    key: bytes | None = None,
    reader: str | None = None,
) -> Released[T]:
    """Return what one audience may have of a result: the only way out.

    Parameters
    ----------
    value : frozen dataclass
        Every field says in its annotation what it discloses (:class:`Discloses`). Nested
        dataclasses, tuples, frozensets and mappings are gone into.
    audience : Audience
        Who is going to read it.
    thresholds : PrivacyThresholds, optional
        For counts outside the team. Default: ``PrivacyThresholds()``.
    key : bytes, optional
        For pseudonyms; see :func:`pseudonyms`. Default: a random one, thrown away.
    reader : str, optional
        Id of the one person (or initiative) who reads it: needed for a helper and an initiative,
        who get only the items that name them under ``Discloses.READERS``, and for what belongs
        to a named worker alone.

    Returns
    -------
    Released
        A changed copy; what was left out is None, or absent from its tuple or mapping. With
        pseudonyms, ids and the items that hold them come in the order of the pseudonyms.

    Raises
    ------
    PrivacyError
        A field that does not say what it discloses, a value of another kind than its field
        allows, or something that is not for this audience or reader at all.
    UnusableInput
        An audience that needs a reader and has none.

    Examples
    --------
    >>> from dataclasses import make_dataclass
    >>> from typing import Annotated
    >>> fields = [
    ...     ("activity", Annotated[str, Discloses.OPEN]),
    ...     ("driver", Annotated[str | None, Discloses.CALLED]),
    ...     ("riders", Annotated[int | None, Discloses.COUNT]),
    ... ]
    >>> Lift = make_dataclass("Lift", fields, frozen=True)
    >>> lift = Lift("eetcafé", "Ans", 3)
    >>> release(lift, Audience.TEAM).value
    Lift(activity='eetcafé', driver='Ans', riders=3)
    >>> outward = release(lift, Audience.RESIDENTS)
    >>> outward.value
    Lift(activity='eetcafé', driver=None, riders=None)
    >>> {reason.value: number for reason, number in outward.left_out.items()}
    {'called': 1, 'small_count': 1}
    """
    audience = Audience(audience)
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        raise PrivacyError(f"a {type(value).__name__} cannot be released; make a frozen dataclass")
    if reader is None and audience in _PERSONAL:
        raise UnusableInput(f"what is for one {audience.value} needs the reader's id")
    if for_owners(type(value)) and (audience is not Audience.TEAM or reader is None):
        raise PrivacyError(f"{type(value).__name__} is for the named worker alone")
    walk = _Walk(audience, thresholds or PrivacyThresholds(), key, reader)
    out = walk.item(value, False)
    if out is _GONE:
        raise PrivacyError(f"this {type(value).__name__} is not for this reader")
    counted = {reason: n for reason, n in sorted(walk.left_out.items()) if n}
    return Released(cast("T", out), audience, counted, seal=_SEAL)


def require(released: Released[T], *audiences: Audience) -> T:
    """Return what was released, if it was released for one of these audiences.

    The first thing that every writer calls.

    Parameters
    ----------
    released : Released
        What came from :func:`release`.
    *audiences : Audience
        Those whom this writer serves; one or more.

    Returns
    -------
    object
        The released value.

    Raises
    ------
    PrivacyError
        Something that was not released, or was released for somebody else.

    Examples
    --------
    >>> from dataclasses import make_dataclass
    >>> from typing import Annotated
    >>> Title = make_dataclass("Title", [("text", Annotated[str, Discloses.OPEN])], frozen=True)
    >>> require(release(Title("week 48"), Audience.TEAM), Audience.TEAM)
    Title(text='week 48')
    """
    if type(released) is not Released:
        raise PrivacyError(f"a {type(released).__name__} was not released; call privacy.release")
    if released.audience not in audiences:
        served = ", ".join(audience.value for audience in audiences) or "nobody"
        raise PrivacyError(f"released for {released.audience.value}, but this is for {served}")
    return released.value


_PERSONAL = frozenset({Audience.HELPER, Audience.INITIATIVE})
"""Audiences of one reader, who gets only the items that name that reader."""

_GONE: Any = object()
"""Stands for what is left out."""

_REASONS = MappingProxyType(
    {
        Discloses.PERSON: Withheld.PERSON,
        Discloses.READERS: Withheld.PERSON,
        Discloses.RECORD: Withheld.RECORD,
        Discloses.CALLED: Withheld.CALLED,
        Discloses.TEAM: Withheld.TEAM_ONLY,
        Discloses.AREA: Withheld.AREA,
        Discloses.TRAIT: Withheld.TRAIT,
    }
)
_IDS = frozenset({Discloses.PERSON, Discloses.READERS, Discloses.RECORD})
_PLAINEST = frozenset({str, int, float, bool, type(None)})
"""Most values by far are one of these, and need no further look."""
_SCALARS = (str, int, float, Decimal, dt.date, dt.time, dt.timedelta, Enum, type(None))


class _Walk:
    """Goes through a value once, for one audience, and counts what it leaves out."""

    def __init__(
        self,
        audience: Audience,
        thresholds: PrivacyThresholds,
        key: bytes | None,
        reader: str | None,
    ) -> None:
        self.audience = audience
        self.thresholds = thresholds
        self.key = key
        self.reader = None if reader is None else _bare(reader)
        self.left_out: Counter[Withheld] = Counter()

    @cached_property
    def alias(self) -> Pseudonymiser:
        """Gives the pseudonyms of this release."""
        return Pseudonymiser(self.key)

    def item(self, value: Any, own: bool) -> Any:
        """Return an item without what this audience may not have; `own`: it names the reader."""
        kind: type = type(value)
        fields = fields_of(kind)
        classes = {s.discloses: n for n, s in fields.items() if isinstance(s, Leaf)}
        if Discloses.READERS in classes:
            own = self._names_reader(value, fields)
            if not own and Discloses.OWNER in classes:
                return _GONE  # not even counted
            if not own and self.audience in _PERSONAL:
                return self._without(Withheld.NOT_FOR_READER)
        changes = {}
        for name, shape in fields.items():
            place = f"{kind.__qualname__}.{name}"
            new = self._value(shape, getattr(value, name), own, place)
            changes[name] = None if new is _GONE else new
        return dataclasses.replace(value, **changes)

    def _names_reader(self, value: Any, fields: Mapping[str, Shape]) -> bool:
        named: set[str] = set()
        for name, shape in fields.items():
            if isinstance(shape, Leaf) and shape.discloses is Discloses.READERS:
                readers = getattr(value, name)
                several = isinstance(readers, tuple | frozenset)
                named.update(_bare(r) for r in (readers if several else (readers,)) if r)
        return self.reader in named

    def _without(self, reason: Withheld) -> Any:
        self.left_out[reason] += 1
        return _GONE

    def _value(self, shape: Shape, value: Any, own: bool, place: str) -> Any:
        if value is None:
            return None
        if isinstance(shape, Leaf):
            return self._leaf(shape, value, own, place)
        if isinstance(shape, Item):
            if not isinstance(value, shape.kind):
                raise PrivacyError(f"{place} holds something else than its type says")
            return self.item(value, own)
        if isinstance(shape, Many):
            return self._many(shape, value, own, place)
        return self._pairs(shape, value, own, place)

    def _leaf(self, shape: Leaf, value: Any, own: bool, place: str) -> Any:
        access = ACCESS[shape.discloses][self.audience]
        if isinstance(value, tuple | frozenset) and access is not Access.KEEP:
            kept = [n for v in value if (n := self._leaf(shape, v, own, place)) is not _GONE]
            if value and not kept and shape.blank:
                return _GONE
            return type(value)(sorted(kept) if access is Access.PSEUDONYM else kept)
        if access is Access.OWN:
            access = Access.KEEP if own else Access.DROP
        elif access is Access.OWN_EXACT:
            access = Access.KEEP if own else Access.PROTECT
        return self._treated(access, shape.discloses, value, place)

    def _treated(self, access: Access, discloses: Discloses, value: Any, place: str) -> Any:
        if access is Access.PROTECT:
            return self._protected(discloses, value, place)
        _check_plain(value, place)
        if access is Access.DROP:
            return self._without(_REASONS[discloses])
        if access is Access.PSEUDONYM:
            if not isinstance(value, str):
                raise PrivacyError(f"{place} holds an id that is not text")
            alias = self.alias.record if discloses is Discloses.RECORD else self.alias.person
            return alias(value)
        return value

    def _protected(self, discloses: Discloses, value: Any, place: str) -> Any:
        sensitive = discloses is Discloses.SENSITIVE_COUNT
        if isinstance(value, CountTable):
            table = protect(value, thresholds=self.thresholds, sensitive=sensitive)
            self.left_out[Withheld.SMALL_COUNT] += table.hidden
            return table
        if type(value) is not int:
            raise PrivacyError(f"{place} holds a count that is not a whole number")
        shown = protected_count(value, thresholds=self.thresholds, sensitive=sensitive)
        return self._without(Withheld.SMALL_COUNT) if shown is None else shown

    def _many(self, shape: Many, value: Any, own: bool, place: str) -> Any:
        if not isinstance(value, tuple | frozenset):
            raise PrivacyError(f"{place} holds something else than its type says")
        new = (self._value(shape.of, each, own, place) for each in value)
        kept = [None if n is _GONE else n for n in new if n is not _GONE or shape.of.blank]
        return type(value)(self._in_order(shape.of, kept))

    def _pairs(self, shape: Pairs, value: Any, own: bool, place: str) -> Any:
        if not isinstance(value, Mapping):
            raise PrivacyError(f"{place} holds something else than its type says")
        kept = []
        for key, held in value.items():
            name = self._value(shape.keys, key, own, place)
            new = self._value(shape.values, held, own, place)
            if name is not _GONE and (new is not _GONE or shape.values.blank):
                kept.append((name, None if new is _GONE else new))
        if self._hides_order:
            kept.sort(key=lambda pair: str(pair[0]))
        return MappingProxyType(dict(kept))

    @property
    def _hides_order(self) -> bool:
        return Access.PSEUDONYM in {row[self.audience] for row in ACCESS.values()}

    def _in_order(self, shape: Shape, kept: list[Any]) -> Iterable[Any]:
        """Sort pseudonyms and items that hold them, so that the order tells nothing of the ids."""
        if self._hides_order and isinstance(shape, Leaf) and shape.discloses in _IDS:
            return sorted(kept, key=str)
        if not self._hides_order or not isinstance(shape, Item):
            return kept

        def codes(item: Any) -> tuple[str, ...]:
            kind: type = type(item)
            named = (
                n for n, s in fields_of(kind).items() if isinstance(s, Leaf) and s.discloses in _IDS
            )
            return tuple(str(getattr(item, name)) for name in named)

        return sorted(kept, key=lambda item: () if item is None else codes(item))


def _bare(identifier: str) -> str:
    return identifier.removeprefix("person:")


def _check_plain(value: Any, place: str) -> None:
    """Refuse a value that could carry more than its field says."""
    if type(value) in _PLAINEST:
        return
    if isinstance(value, tuple | frozenset):
        inside: Iterable[Any] = value
    elif isinstance(value, Mapping):
        inside = (*value.keys(), *value.values())
    elif dataclasses.is_dataclass(value) and not isinstance(value, type) and not says(type(value)):
        inside = (getattr(value, field.name) for field in dataclasses.fields(value))
    elif isinstance(value, _SCALARS):
        return
    else:
        raise PrivacyError(f"{place} holds a {type(value).__name__}, which cannot be released")
    for each in inside:
        _check_plain(each, place)
