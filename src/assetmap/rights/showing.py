"""Everything about one person, for that person: what others said or asked is never in it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from types import MappingProxyType

from assetmap.history import History, KeptPlan
from assetmap.model import (
    Arrangement,
    Decision,
    DecisionWord,
    Observation,
    ObservationKind,
    Person,
    Record,
    columns,
)
from assetmap.privacy import split_safety
from assetmap.rights.results import opened
from assetmap.rights.sheets import CONTACTS, At, Line, Sheets, known_person, sheets_of
from assetmap.texts import Language

__all__ = ["PersonFile", "export_person"]

Cells = Mapping[str, str]


@dataclass(frozen=True)
class PersonFile:
    """Everything about one person.

    Attributes
    ----------
    person : str
        Id of the person.
    language : Language
        The language that they read.
    tables : Mapping[str, tuple of Mapping[str, str]]
        Their rows by table, each as column and text.
    history : tuple of Mapping[str, str]
        Where they occur in earlier weeks: week, their part, state, date.
    read_first : tuple of Line
        Free texts that are in it: for somebody of the team to read before it is handed over.
    held_back : tuple of Line
        Rows that name them and are not in it, because they tell of others; for the team alone.
    """

    person: str
    language: Language
    tables: Mapping[str, tuple[Cells, ...]]
    history: tuple[Cells, ...]
    read_first: tuple[Line, ...]
    held_back: tuple[Line, ...]

    def to_json(self) -> str:
        """Return what is handed over, as JSON."""
        tables = {name: [dict(row) for row in rows] for name, rows in self.tables.items()}
        whole = {
            "person": self.person,
            "tables": tables,
            "history": [dict(row) for row in self.history],
        }
        return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def export_person(
    folder: str | PathLike[str], person: str, *, out: str | PathLike[str] | None = None
) -> PersonFile:
    """Gather everything about one person, for that person.

    In it are their own rows, what was arranged and decided about their part, what was noted of
    them, and where earlier weeks had a part for them. Not in it is what others asked, offered,
    refused or were kept from, who said something in confidence, what is about safety, and whether
    there is a safeguard: a file that is the same with and without one tells nobody about it.

    Parameters
    ----------
    folder : path
        The tables, as for :func:`assetmap.read`.
    person : str
        Id of the person.
    out : path, optional
        Folder of the results, with the history. Default: only the tables.

    Raises
    ------
    DataProblems
        There are errors in the tables; all of them.
    UnknownName
        Nobody has that id.

    Examples
    --------
    >>> found = export_person("examples/buurthuis", "p1")
    >>> found.person, found.tables["people"][0]["person"], "safeguards" in found.tables
    ('p1', 'p1', False)
    """
    sheets = sheets_of(folder)
    known = known_person(sheets, person)
    own = _Own(sheets, known)
    tables: dict[str, tuple[Cells, ...]] = {}
    read_first: list[Line] = []
    held: list[Line] = []
    for at, row in sheets.all_rows():
        if not own.named_in(row):
            continue
        cells = own.cells(at, row)
        if cells is None:
            held.append(sheets.line(at))
            continue
        tables[at[0]] = (*tables.get(at[0], ()), MappingProxyType(cells))
        described = {column.name for column in columns(type(row))} - _FREE
        read_first += [sheets.line(at, name) for name in cells if name not in described]
    reached = tuple(own.contacts())
    if reached:
        tables[CONTACTS] = reached
    with opened(None if out is None else Path(out), folder, copy=True) as store:
        history = tuple(own.kept(store)) if store is not None else ()
    return PersonFile(
        known.person,
        _language_of(known, sheets.hood.policy.language),
        MappingProxyType(tables),
        history,
        tuple(read_first),
        tuple(held),
    )


_FREE = frozenset({"note", "description", "motive", "conditions", "closed_because"})
_THEIRS = frozenset({"people", "talents", "needs"})
_NEVER = frozenset({"safeguards"})
_NOT_FOR_THEM = frozenset({"reported_by", "introduced_by", "speaker", "reporter", "to"})
"""Columns that tell who said something."""
_SPOKEN = frozenset({ObservationKind.CONCERN, ObservationKind.COMPLAINT})


def _language_of(person: Person, team: str) -> Language:
    """Return the first language of theirs that there are words in, else that of the team."""
    for tag in person.languages or ():
        short = tag.partition("-")[0].casefold()
        if short in {lang.value for lang in Language}:
            return Language(short)
    return Language(team)


class _Own:
    """What is somebody's own in the tables."""

    def __init__(self, sheets: Sheets, person: Person) -> None:
        self.sheets, self.person = sheets, person.person
        self.names = frozenset({person.person, f"person:{person.person}"})
        rest = split_safety(sheets.hood)[0]
        self.apart = {
            (table, name)
            for table in ("needs", "talents", "observations")
            for name in sheets.hood.index[table].keys() - rest.index[table].keys()
        }
        self.needs = frozenset(
            need.need for need in rest.needs if self._is(need.owner, "people", "initiatives")
        )

    def _is(self, ref: str | None, *tables: str) -> bool:
        found = self.sheets.hood.matches(ref, *tables) if ref is not None else ()
        return any(row.table == "people" and row.id == self.person for row in found)

    def named_in(self, row: Record) -> bool:
        """Tell whether a row is theirs or names them; who works for others is not told of these."""
        if isinstance(row, Person):
            return row.person == self.person
        if row.table in {"needs", "decisions", "arrangements", "referrals"} and (
            (row.id if row.table == "needs" else row.value("need")) in self.needs
        ):
            return True
        return any(
            self._is(row.value(column.name), *column.refers_to)
            for column in columns(type(row))
            if column.refers_to and isinstance(row.value(column.name), str)
        )

    def cells(self, at: At, row: Record) -> dict[str, str] | None:
        """Return what they may see of a row; None: nothing."""
        if at[0] in _NEVER or (at[0], str(row.id)) in self.apart:
            return None
        shown = row.cells()
        if isinstance(row, Decision | Arrangement):
            return self._part(row, shown)
        if isinstance(row, Observation):
            return self._heard(row, shown)
        if at[0] in {"needs", "talents"} and not self._is(row.value("owner"), "people"):
            return None
        if at[0] == "referrals" and row.value("need") not in {*self.needs, None}:
            return None
        if at[0] == "ties" and not self._told(row):
            return None
        kept = {n: text for n, text in shown.items() if n not in _NOT_FOR_THEM}
        return {**kept, **self._extra(at[0], row)}

    def _extra(self, table: str, row: Record) -> Mapping[str, str]:
        """Return what the team wrote in columns of its own."""
        own = self.sheets.hood.extra.get(table, {}) if table in _THEIRS else {}
        return own.get(str(row.id), {})

    def _told(self, tie: Record) -> bool:
        """Tell whether a tie is theirs, and not the word of somebody else on them."""
        theirs = self._is(tie.value("a"), "people") or self._is(tie.value("b"), "people")
        by = tie.value("reported_by")
        return theirs and (by is None or self._is(by, "people") or self._works(by))

    def _works(self, ref: str) -> bool:
        found = self.sheets.hood.matches(ref, "people")
        return any(isinstance(row, Person) and row.is_worker for row in found)

    def _part(self, row: Decision | Arrangement, shown: dict[str, str]) -> dict[str, str] | None:
        """Return their part of a decision or arrangement, without the question of another."""
        mine = self._is(row.provider, "people", "initiatives", "organisations", "places")
        asked = row.need in self.needs
        agreed = {DecisionWord.DO, DecisionWord.DONE}
        if not (mine or asked) or (isinstance(row, Decision) and row.decision not in agreed):
            return None  # a refusal may be that of somebody else
        hidden = {"remark"} if asked else {"remark", "need", "plan"}
        return {n: text for n, text in shown.items() if n not in hidden}

    def _heard(self, row: Observation, shown: dict[str, str]) -> dict[str, str] | None:
        """Return what they said, or what was noted of them; not what was said against them."""
        said, about = self._is(row.speaker, "people"), self._is(row.about, "people")
        by = row.reporter
        noted = by is None or self._is(by, "people") or self._works(by)
        alone = about and noted and row.speaker is None and row.kind not in _SPOKEN
        if not (said and (about or row.about is None)) and not alone:
            return None
        hidden = _NOT_FOR_THEM if said else _NOT_FOR_THEM | {"household"}
        return {n: text for n, text in shown.items() if n not in hidden}

    def contacts(self) -> Iterator[Cells]:
        """Yield how they are reached."""
        called = self.sheets.hood.person(self.person).called
        same = [p for p in self.sheets.hood.people if p.called == called]
        names = {*self.names, *([called] if called and len(same) == 1 else [])}
        for grid, headings in self.sheets.contacts:
            for _, cells in grid.rows[headings.first :]:
                row = {n: cells[at] for at, n in headings.columns.items() if at < len(cells)}
                if row.get("person") in names:
                    yield MappingProxyType({n: text for n, text in row.items() if text})

    def kept(self, store: History) -> Iterator[Cells]:
        """Yield their parts in earlier weeks; of another's question neither who nor what."""
        for run in store.runs():
            for plan in run.plans:
                yield from self._parts(run.week, plan)
            for gap in run.gaps:
                if gap.asker in self.names and gap.need in self.needs:
                    shown = {"week": run.week, "part": "asked", "need": gap.need}
                    yield MappingProxyType({**shown, "state": "no_plan", "reason": gap.reason})
        for row in store.decisions():
            cells = self._part(row, row.cells())
            if cells is not None:
                yield MappingProxyType({"part": "decided", **cells})

    def _parts(self, week: str, plan: KeptPlan) -> Iterator[Cells]:
        common = {"week": week, "state": plan.status}
        if plan.occurrence is not None:
            common["date"] = plan.occurrence.isoformat()
        if plan.asker in self.names and plan.need in self.needs:
            legs = " | ".join(leg.leg for leg in plan.legs)
            yield MappingProxyType({**common, "part": "asked", "need": plan.need, "legs": legs})
        for leg in plan.legs:
            if leg.provider in self.names:
                own = {"leg": leg.leg, "talent": leg.talent or "", "activity": leg.activity or ""}
                filled = {name: text for name, text in own.items() if text}
                yield MappingProxyType({**common, "part": "offered", **filled})
            if leg.introducer in self.names:
                yield MappingProxyType({**common, "part": "introduced"})
