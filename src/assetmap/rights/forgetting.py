"""Taking somebody out: tables, contacts, results of earlier weeks and the history, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from assetmap.errors import InUse, UnknownName
from assetmap.history import Erased, History
from assetmap.model import PREFIXES, Decision, Person
from assetmap.report.handing import without_empty
from assetmap.rights.falling import Falling, falling
from assetmap.rights.leftovers import contact_words, left_to_look_at
from assetmap.rights.results import opened, results_in, whole_sets
from assetmap.rights.sheets import At, Line, Sheets, sheets_of
from assetmap.rights.traces import Words, tells_of
from assetmap.schedule import Week
from assetmap.tables.output import put
from assetmap.tables.write_back import in_use

__all__ = ["Forgotten", "apply", "forget", "mentioning", "plans_with"]


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was taken out, or would be.

    Attributes
    ----------
    person : str
        Id of the person.
    rows : tuple of Line
        Rows that go.
    cells : tuple of Line
        Cells of other rows that are emptied.
    results : tuple of Path
        Results of earlier weeks that mention them; these files are removed.
    erased : Erased or None
        What goes out of the history; None: there is no history, or no place for it was given.
    look : tuple of Line
        Where a text or a file may still tell of them: for somebody to read. It is never guessed.
    done : bool
        Whether it was done.
    """

    person: str
    rows: tuple[Line, ...]
    cells: tuple[Line, ...]
    results: tuple[Path, ...]
    erased: Erased | None
    look: tuple[Line, ...]
    done: bool

    @property
    def found(self) -> bool:
        """Whether there was anything about them."""
        kept = self.erased is not None and self.erased != Erased(0, 0, 0, 0)
        return bool(self.rows or self.cells or self.results or self.look or kept)


def forget(
    folder: str | PathLike[str],
    person: str,
    *,
    out: str | PathLike[str] | None = None,
    dry_run: bool = False,
) -> Forgotten:
    """Take somebody out of the files of a team, all of them or none.

    Rows that are theirs go, and rows that are nothing without these; in other rows the cells that
    name them are emptied. Of the results of earlier weeks the files that mention them are removed;
    run the week again to get them anew. Texts that may speak of them are named, not changed.

    Parameters
    ----------
    folder : path
        The tables, as for :func:`assetmap.read`.
    person : str
        Id of the person, also of one who is in the history only.
    out : path, optional
        Folder of the results of all weeks, with the history. Default: only the tables.
    dry_run : bool, default False
        Whether nothing is changed.

    Raises
    ------
    DataProblems
        There are errors in the tables; all of them.
    UnknownName
        There is nothing about them.
    InUse
        A file is open in another program.
    UnusableInput
        A file cannot be changed; then none was.

    Examples
    --------
    >>> found = forget("examples/buurthuis", "p1", dry_run=True)
    >>> found.done, sorted({line.table for line in found.rows})
    (False, ['needs', 'observations', 'people', 'ties'])
    """
    place = None if out is None else Path(out)
    with opened(place, folder, copy=dry_run) as store:
        sheets = sheets_of(folder)
        known = sheets.person(person)
        name = person.removeprefix("person:") if known is None else known.person
        plans = plans_with(store, (name,))
        start = {*([] if known is None else [_row_of(sheets, known)]), *_decided(sheets, plans)}
        gone = falling(sheets, start)
        results = mentioning(place, gone, (name,), plans)
        seen = Forgotten(
            person=name,
            rows=gone.row_lines,
            cells=gone.cell_lines,
            results=results,
            erased=None,
            look=left_to_look_at(gone, (name,), (place, results), _remarks(store, plans)),
            done=not dry_run,
        )
        erased = apply(gone, (name,), (store, results), dry_run=dry_run)
    without_empty(() if dry_run else results)
    whole = Forgotten(
        seen.person, seen.rows, seen.cells, seen.results, erased, seen.look, seen.done
    )
    if not whole.found:
        text = "There is nothing about that id in the tables, the results or the history."
        raise UnknownName(text)
    return whole


def apply(
    gone: Falling,
    people: Iterable[str],
    rest: tuple[History | None, Iterable[Path]],
    *,
    before: Week | None = None,
    dry_run: bool,
) -> Erased | None:
    """Change the files and the history together; of a dry run only (a copy of) the history.

    Raises
    ------
    InUse
        A file is open in another program, which would write everything back.
    """
    store, results = rest
    files = gone.files()
    held = next((file for file in files if in_use(file)), None)
    if held is not None and not dry_run:
        text = f"{held.name} is open in another program. Close it there first; nothing was changed."
        raise InUse(text)

    if store is None:
        if not dry_run:
            put(files, keep_rights=True, gone=results)
        return None
    if not dry_run:
        store.put(files, keep_rights=True, gone=results)
    records = [f"{kind}:{name}" for name in sorted(gone.ids) for kind in sorted(PREFIXES)]
    return store.forget(*people, records=records, before=before)


def _row_of(sheets: Sheets, person: Person) -> At:
    return "people", sheets.places()["people", person.person]


def plans_with(store: History | None, people: Iterable[str]) -> frozenset[str]:
    """Return the ids of the plans of earlier runs in which somebody has a part."""
    names = {spelt for name in people for spelt in (name, f"person:{name}")}
    found = set()
    for run in store.runs() if store is not None else ():
        for plan in run.plans:
            parts = {plan.asker, *(leg.provider for leg in plan.legs)}
            parts |= {leg.introducer for leg in plan.legs if leg.introducer is not None}
            if parts & names:
                found.add(plan.plan)
    return frozenset(found)


def _decided(sheets: Sheets, plans: frozenset[str]) -> Iterator[At]:
    """Yield the decisions in the tables on plans in which they had a part."""
    for at, row in sheets.all_rows():
        if isinstance(row, Decision) and row.plan in plans:
            yield at


def _remarks(store: History | None, plans: frozenset[str]) -> tuple[tuple[Path, str], ...]:
    """Return the remarks in the history that stay."""
    if store is None:
        return ()
    kept = [row.remark for row in store.decisions() if row.remark and row.plan not in plans]
    kept += [row.because for row in store.notes() if row.because]
    return tuple((store.path, text) for text in kept)


def mentioning(
    out: Path | None, gone: Falling, people: Iterable[str], plans: frozenset[str]
) -> tuple[Path, ...]:
    """Return the results of earlier weeks that mention somebody, or what goes with them."""
    if out is None:
        return ()
    called = {p.called for name in people if (p := gone.sheets.person(name)) and p.called}
    words = Words({*people, *gone.ids, *plans, *called}, contact_words(gone))
    return whole_sets((file for file in results_in(out) if tells_of(file, words)), out)
