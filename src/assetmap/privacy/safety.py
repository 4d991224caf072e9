"""Safety themes are kept apart: out of everything shared, with the named worker alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from types import MappingProxyType
from typing import Annotated, Any

from assetmap.categories import Tree
from assetmap.model import Neighbourhood, Observation, Record, reference
from assetmap.privacy.audiences import Discloses
from assetmap.texts import say

__all__ = ["SafetyRecord", "SafetyRecords", "holds_safety", "meldcode_steps", "split_safety"]

_STEPS = 5

Alarm = Callable[[str], bool]
"""Tells whether a word may be about safety."""


def meldcode_steps(lang: str) -> tuple[str, ...]:
    """Return the five steps of the meldcode, in the words of the catalogue.

    Parameters
    ----------
    lang : str
        Language code.

    Returns
    -------
    tuple of str
        The steps, in order. They are a professional's norm; nothing here decides.

    Examples
    --------
    >>> len(meldcode_steps("nl"))
    5
    """
    return tuple(say(f"safety.step_{at}", lang) for at in range(1, _STEPS + 1))


@dataclass(frozen=True, slots=True, repr=False)
class SafetyRecord:
    """One record that is kept apart: which one, and whose it is. Nothing of what it says.

    Attributes
    ----------
    record : str
        Qualified reference, such as ``need:n4``.
    worker : str or None
        Id of the named worker; None: somebody has to be named.
    """

    record: Annotated[str, Discloses.OWNER]
    worker: Annotated[str | None, Discloses.READERS]


@dataclass(frozen=True, slots=True, repr=False)
class SafetyRecords:
    """What was kept apart; for the named workers alone, each their own.

    Attributes
    ----------
    safety : tuple of SafetyRecord
        Records about a safety theme, and those whose unknown category may mean one.
    unmapped : tuple of SafetyRecord
        Records whose category maps to nothing known: somebody has to say what is meant.
    """

    safety: tuple[SafetyRecord, ...] = ()
    unmapped: tuple[SafetyRecord, ...] = ()

    def for_worker(self, worker: str | None) -> SafetyRecords:
        """Return what one worker holds.

        Parameters
        ----------
        worker : str or None
            Id of the worker; None: what still has no worker.

        Returns
        -------
        SafetyRecords
            Only the records of that worker.
        """
        return SafetyRecords(
            tuple(r for r in self.safety if r.worker == worker),
            tuple(r for r in self.unmapped if r.worker == worker),
        )

    def steps(self, lang: str) -> tuple[str, ...]:
        """Return the steps of the meldcode; see :func:`meldcode_steps`."""
        return meldcode_steps(lang)


def holds_safety(tables: Mapping[str, Iterable[Record]], tree: Tree) -> bool:
    """Say whether some record is about a safety theme; not which, and not how many.

    Parameters
    ----------
    tables : Mapping[str, iterable of Record]
        Rows by table.
    tree : Tree
        The categories, those of the team among them.

    Examples
    --------
    >>> from assetmap.categories import shipped
    >>> from assetmap.model import Need
    >>> rows = {"needs": [Need(need="n1", owner="p1", category="violence")]}
    >>> holds_safety(rows, shipped()), holds_safety({}, shipped())
    (True, False)
    """
    alarming = cache(tree.may_be_safety)
    rows = [row for table in _WITH_CATEGORY for row in tables.get(table, ())]
    groups = (row.target_group for row in rows if isinstance(row, Observation) and row.target_group)
    return any(alarming(word) for word in chain((row.value("category") for row in rows), groups))


def split_safety(hood: Neighbourhood) -> tuple[Neighbourhood, SafetyRecords]:
    """Take safety themes out of a neighbourhood; everything shared goes on with the rest.

    A need, talent, activity or observation is taken out when its category is a safety theme or
    maps to nothing known, and with it the arrangements, decisions, referrals and safeguards that
    rest on it. A tag that may mean a safety theme is taken out of experiences, of the context of
    a need and of the kind of an initiative; a note about a group that may mean one is taken out
    whole. What people wrote in their own words is not read.
    `wants` stays as it is: a wish that leads to nothing is met by nothing.

    Parameters
    ----------
    hood : Neighbourhood
        All tables.

    Returns
    -------
    tuple of (Neighbourhood, SafetyRecords)
        The tables without them, and what was kept apart. Doing it again changes nothing.

    Examples
    --------
    >>> from assetmap.model import Need, Neighbourhood, Person
    >>> hood = Neighbourhood.from_records(
    ...     Person(person="w1", kind="worker"),
    ...     Person(person="p1", worker="w1"),
    ...     Need(need="n1", owner="p1", category="violence"),
    ...     Need(need="n2", owner="p1", category="meal"),
    ... )
    >>> rest, apart = split_safety(hood)
    >>> [need.need for need in rest.needs]
    ['n2']
    >>> [(r.record, r.worker) for r in apart.for_worker("w1").safety]
    [('need:n1', 'w1')]
    """
    tree, alarming = hood.tree, cache(hood.tree.may_be_safety)
    safety: list[SafetyRecord] = []
    unmapped: list[SafetyRecord] = []
    gone: dict[str, set[str]] = {}
    for table in _WITH_CATEGORY:
        for row in hood.table(table):
            category: str = row.value("category")
            group = getattr(row, "target_group", None)
            about_safety = alarming(category) or (group is not None and alarming(group))
            if about_safety or category not in tree:
                identifier = str(row.id)
                gone.setdefault(table, set()).add(identifier)
                record = SafetyRecord(reference(table, identifier), _worker(hood, row))
                (safety if about_safety else unmapped).append(record)
    apart = SafetyRecords(_sorted(safety), _sorted(unmapped))
    if not gone and _is_bare(hood, alarming):
        return hood, apart
    return _without(hood, gone, alarming), apart


def _is_bare(hood: Neighbourhood, alarming: Alarm) -> bool:
    """Tell whether nothing but categories could have to go, as when it was split before."""
    tags = chain(
        (mark[0] for row in hood.people for mark in row.experiences or ()),
        (tag for row in hood.needs for tag in row.context or ()),
        (row.kind for row in hood.initiatives if row.kind),
    )
    return not (hood.notices or hood.extra) and not any(alarming(tag) for tag in tags)


_WITH_CATEGORY = ("talents", "needs", "activities", "observations")
_RESTS_ON: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "arrangements": {
            "need": ("needs",),
            "talent": ("talents",),
            "activity": ("activities",),
        },
        "decisions": {"need": ("needs",)},
        "referrals": {"need": ("needs",)},
        "safeguards": {"at": ("initiatives", "activities", "people")},
    }
)
"""Which column of which table rests on which tables: the row goes when what it rests on goes."""


def _sorted(records: Iterable[SafetyRecord]) -> tuple[SafetyRecord, ...]:
    return tuple(sorted(records, key=lambda r: r.record))


def _without(hood: Neighbourhood, gone: Mapping[str, set[str]], alarming: Alarm) -> Neighbourhood:
    tables = {name: _kept(hood, name, gone) for name in (*_WITH_CATEGORY, *_RESTS_ON)}
    rows = {name: tuple(row for _, row in kept) for name, kept in tables.items()}
    rows |= {
        "people": _bare_tags(hood.people, "experiences", lambda mark: mark[0], alarming),
        "needs": _bare_tags(rows["needs"], "context", lambda tag: tag, alarming),
        "initiatives": tuple(
            row.model_copy(update={"kind": None}) if row.kind and alarming(row.kind) else row
            for row in hood.initiatives
        ),
        "talents": tuple(
            row.model_copy(update={"going_to": None}) if _leads_to(row.going_to, gone) else row
            for row in rows["talents"]
        ),
    }
    extra = {
        name: _extra_of(cells, tables.get(name), keyed=name != "decisions")
        for name, cells in hood.extra.items()
    }
    changes: dict[str, Any] = {**rows, "extra": MappingProxyType(extra), "notices": ()}
    found = replace(hood, **changes)
    vars(found)["tree"] = hood.tree  # the categories are the same ones
    return found


def _kept(
    hood: Neighbourhood, table: str, gone: Mapping[str, set[str]]
) -> tuple[tuple[int, Any], ...]:
    """Return the rows that stay, each with its position."""
    own = gone.get(table, set())
    return tuple(
        (at, row)
        for at, row in enumerate(hood.table(table))
        if row.id not in own and not _rests_on(hood, row, gone)
    )


def _rests_on(hood: Neighbourhood, row: Record, gone: Mapping[str, set[str]]) -> bool:
    for column, tables in _RESTS_ON.get(row.table, {}).items():
        ref = row.value(column)
        if ref is None:
            continue
        found = hood.matches(ref, *tables)
        if any(r.id in gone.get(r.table, ()) for r in found):
            return True
    return False


def _leads_to(activity: str | None, gone: Mapping[str, set[str]]) -> bool:
    return activity is not None and activity.removeprefix("activity:") in gone.get("activities", ())


def _bare_tags(
    rows: Iterable[Any], column: str, tag: Callable[[Any], str], alarming: Alarm
) -> tuple[Any, ...]:
    """Take the tags that may mean a safety theme out of one column."""
    changed = []
    for row in rows:
        marks = getattr(row, column) or ()
        kept = tuple(m for m in marks if not alarming(tag(m)))
        same = len(kept) == len(marks)
        changed.append(row if same else row.model_copy(update={column: kept or None}))
    return tuple(changed)


def _extra_of(
    cells: Mapping[str, Mapping[str, str]],
    kept: tuple[tuple[int, Any], ...] | None,
    *,
    keyed: bool,
) -> Mapping[str, Mapping[str, str]]:
    """Keep the unknown columns of the rows that stay, under their new positions."""
    if kept is None:
        return cells
    if keyed:
        ids = {str(row.id) for _, row in kept}
        return MappingProxyType({key: own for key, own in cells.items() if key in ids})
    moved = {str(old): str(new) for new, (old, _) in enumerate(kept)}
    return MappingProxyType({moved[key]: own for key, own in cells.items() if key in moved})


def _worker(hood: Neighbourhood, row: Any) -> str | None:
    """Name the worker of a record: its own, else that of the persons it is about."""
    own = getattr(row, "worker", None)
    if own is not None:
        return str(own)
    if isinstance(row, Observation):
        refs = (row.reporter, row.about, row.speaker)
    else:
        refs = (getattr(row, "owner", None), None, None)
    for ref in refs:
        for person in hood.matches(ref, "people") if ref is not None else ():
            worker = _worker_of(person)
            if worker is not None:
                return worker
    return None


def _worker_of(person: Any) -> str | None:
    return str(person.person) if person.is_worker else person.worker
