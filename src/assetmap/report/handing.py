"""All sheets of a week: who gets one, what each file is called, and one print of all of them."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Annotated, TypeAlias, cast

from assetmap.match import Proposals
from assetmap.model import Initiative, Person
from assetmap.model import reference as qualified
from assetmap.plans import PlanStatus
from assetmap.privacy import Audience, Discloses, Released, notices, pseudonyms, release, require
from assetmap.report.arranged import bare, called_of
from assetmap.report.hosted import Part, initiative_parts
from assetmap.report.initiative_week import InitiativeWeek, initiative_week, initiative_week_slip
from assetmap.report.own_week import OwnTask, OwnWeek, own_tasks, own_week, own_week_slip
from assetmap.report.slips import Slip, calendar, document
from assetmap.texts import Language, day, language, say

__all__ = [
    "OwnSheet",
    "SheetLine",
    "SheetList",
    "WeekSheets",
    "gather_sheets",
    "sheet_calendar",
    "sheet_files_in",
    "sheet_folder",
    "sheet_html",
    "sheet_stem",
    "sheets_html",
    "sheets_json",
    "without_empty",
]

OwnSheet: TypeAlias = OwnWeek | InitiativeWeek
"""What one helper or one initiative gets."""

LISTING = "sheets.json"
"""Which sheets there are and whom they are about; for the team, and to find somebody in them."""
_PLAIN_ID = re.compile(r"[a-z]{0,2}\d{1,6}")
"""An id that tells nothing and that every computer takes for a file name."""
_KINDS = ("helper", "initiative")


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One sheet, for whoever hands it out.

    Attributes
    ----------
    reader : str or None
        Qualified id of whose it is.
    kind : str
        ``helper`` or ``initiative``.
    called : str or None
        What the reader is called.
    new : bool
        Whether there is something on it that was decided on and may still have to be asked.
    file : str
        Its file, without the ending.
    about : tuple of str
        Ids of the parties that have a part in what is on it, named or not.
    """

    reader: Annotated[str | None, Discloses.PERSON]
    kind: Annotated[str, Discloses.OPEN]
    called: Annotated[str | None, Discloses.CALLED]
    new: Annotated[bool, Discloses.OPEN]
    file: Annotated[str, Discloses.OPEN]
    about: Annotated[tuple[str, ...], Discloses.PERSON]


@dataclass(frozen=True, slots=True)
class SheetList:
    """The sheets of a week.

    Attributes
    ----------
    week : str
        ISO week.
    monday, sunday : date
        Its first and last day.
    language : str
        The team's language.
    lines : tuple of SheetLine
        Helpers by name, then initiatives by name.
    """

    week: Annotated[str, Discloses.OPEN]
    monday: Annotated[dt.date, Discloses.OPEN]
    sunday: Annotated[dt.date, Discloses.OPEN]
    language: Annotated[str, Discloses.OPEN]
    lines: tuple[SheetLine, ...]


@dataclass(frozen=True, slots=True)
class WeekSheets:
    """Every sheet of a week, each released for its own reader, and the list for the team.

    Attributes
    ----------
    listed : Released
        The list, for the team.
    sheets : tuple of Released
        The sheets, in the order of the list.
    """

    listed: Released[SheetList]
    sheets: tuple[Released[OwnSheet], ...]


def gather_sheets(proposals: Proposals, *, key: bytes, lang: str | None = None) -> WeekSheets:
    """Collect a sheet for everybody who has something to do in the week of a run.

    Parameters
    ----------
    proposals : Proposals
        The run.
    key : bytes
        For the names of files: an id that is more than a short code, and might be a name, is
        replaced by a pseudonym (:func:`assetmap.privacy.pseudonyms`).
    lang : str, optional
        Language of the names of files; default: the team's.

    Examples
    --------
    >>> from assetmap.match import propose
    >>> from assetmap.model import Neighbourhood
    >>> made = gather_sheets(propose(Neighbourhood(), "2026-W48"), key=b"a key of the team")
    >>> made.sheets, made.listed.value.lines
    ((), ())
    """
    chosen = language(proposals.policy.language if lang is None else lang).value
    found = sorted(
        (*_helpers(proposals), *_initiatives(proposals)),
        key=lambda pair: _place(pair[0]),
    )
    files = _files([line for line, _ in found], key, chosen)
    facts = SheetList(
        week=str(proposals.week),
        monday=proposals.week.monday,
        sunday=proposals.week.sunday,
        language=proposals.policy.language,
        lines=tuple(
            SheetLine(line.reader, line.kind, line.called, line.new, file, line.about)
            for (line, _), file in zip(found, files, strict=True)
        ),
    )
    return WeekSheets(release(facts, Audience.TEAM), tuple(sheet for _, sheet in found))


def _place(line: SheetLine) -> tuple[int, bool, str, str]:
    called = (line.called or "").casefold()
    return _KINDS.index(line.kind), not called, called, line.reader or ""


def _helpers(run: Proposals) -> Iterator[tuple[SheetLine, Released[OwnSheet]]]:
    tasks = defaultdict[str, list[OwnTask]](list)
    about = defaultdict[str, set[str]](set)
    new = set()
    for plan, task in own_tasks(run):
        (who,) = task.helper
        tasks[who].append(task)
        about[who].add(bare(run.hood.need(plan.need).owner))
        if plan.status is PlanStatus.PINNED:
            new.add(who)
    for who, own in tasks.items():
        row = run.hood.person(who)
        yield _line(row, "helper", about=about[who], new=who in new), own_week(run, row, own)


def _initiatives(run: Proposals) -> Iterator[tuple[SheetLine, Released[OwnSheet]]]:
    parts = defaultdict[str, list[Part]](list)
    for part in initiative_parts(run):
        parts[part.initiative].append(part)
    for who, own in parts.items():
        row = run.hood.index["initiatives"][who]
        if isinstance(row, Initiative) and any(part.item.settled for part in own):
            about = {bare(party) for part in own for party in part.parties}
            sheet = initiative_week(run, row, (part.item for part in own))
            yield _line(row, "initiative", about=about, new=any(p.new for p in own)), sheet


def _line(row: Person | Initiative, kind: str, *, about: set[str], new: bool) -> SheetLine:
    reader = qualified(row.table, str(row.id))
    return SheetLine(reader, kind, called_of(row), new, "", tuple(sorted(about)))


# --- names of files -------------------------------------------------------------------------------


def _files(lines: Sequence[SheetLine], key: bytes, lang: str) -> Iterator[str]:
    """Yield the name of each file: a short code as it is, anything else as a pseudonym."""
    ids = [(line.reader or "").partition(":")[2] for line in lines]
    alike = Counter((line.kind, each.casefold()) for line, each in zip(lines, ids, strict=True))
    for line, each in zip(lines, ids, strict=True):
        reader = line.reader or ""
        plain = _PLAIN_ID.fullmatch(each) and alike[line.kind, each.casefold()] == 1
        code = each if plain else pseudonyms([reader], key)[reader].partition(":")[2]
        yield f"{sheet_stem(line.kind, lang)}-{code}"


def sheet_stem(kind: str, lang: str) -> str:
    """Return how the file of a kind of sheet begins: of a helper, an initiative, or ``all``.

    Examples
    --------
    >>> sheet_stem("all", "nl"), sheet_stem("initiative", "en")
    ('alles', 'initiative')
    """
    return say(f"sheets.file.{kind}", lang)


def sheet_folder(week: str, lang: str) -> str:
    """Return the folder of the sheets of a week.

    Examples
    --------
    >>> sheet_folder("2026-W48", "nl"), sheet_folder("2026-W48", "en")
    ('briefjes-2026-W48', 'sheets-2026-W48')
    """
    return f"{say('sheets.file.folder', lang)}-{week}"


def sheet_files_in(out: Path, week: str | None = None) -> tuple[Path, ...]:
    """Return the sheets in a folder of results that a run wrote, by their names, in order.

    A folder or file that only points somewhere else is left alone, and so is any other file.

    Parameters
    ----------
    out : Path
        Folder of the results.
    week : str, optional
        ISO week; default: every week.

    Examples
    --------
    >>> sheet_files_in(Path("examples/buurthuis"))
    ()
    """
    kinds = "|".join(sorted({sheet_stem(kind, each) for kind in _KINDS for each in Language}))
    whole = "|".join(sorted({sheet_stem("all", each) for each in Language}))
    form = re.compile(
        rf"(?:{kinds})-[a-z0-9]+\.(?:html|ics)|(?:{whole})\.html|{re.escape(LISTING)}"
    )
    found = []
    for folder in _folders(out, week):
        inside = (p for p in folder.iterdir() if form.fullmatch(p.name))
        found += [p for p in inside if p.is_file() and not p.is_symlink()]
    return tuple(sorted(found))


def _folders(out: Path, week: str | None) -> Iterator[Path]:
    number = r"\d{4}-W\d\d" if week is None else re.escape(week)
    names = "|".join(sorted({say("sheets.file.folder", each) for each in Language}))
    form = re.compile(rf"(?:{names})-{number}")
    for path in sorted(out.iterdir()) if out.is_dir() else ():
        if form.fullmatch(path.name) and path.is_dir() and not path.is_symlink():
            yield path


def without_empty(gone: Iterable[Path]) -> None:
    """Take away the folders of files that went, as far as nothing is left in them."""
    for folder in sorted({path.parent for path in gone}):
        with suppress(OSError):
            if folder in _folders(folder.parent, None):
                folder.rmdir()


# --- what is in them ------------------------------------------------------------------------------


def _slip(sheet: Released[OwnSheet], lang: str | None) -> Slip:
    if sheet.audience is Audience.HELPER:
        return own_week_slip(cast("Released[OwnWeek]", sheet), lang)
    return initiative_week_slip(cast("Released[InitiativeWeek]", sheet), lang)


def sheet_html(released: Released[OwnSheet], lang: str | None = None) -> str:
    """Return the sheet of a helper or an initiative as one HTML document.

    Parameters
    ----------
    released : Released
        From :func:`gather_own_week`, :func:`gather_initiative_week` or :func:`gather_sheets`.
    lang : str, optional
        Language of the page; default: the team's.

    Examples
    --------
    >>> from assetmap.match import propose
    >>> from assetmap.model import Neighbourhood, Person
    >>> from assetmap.report import gather_own_week
    >>> hood = Neighbourhood.from_records(Person(person="p1", called="Bo"))
    >>> "For Bo" in sheet_html(gather_own_week(propose(hood, "2026-W48"), "p1"), "en")
    True
    """
    slip = _slip(released, lang)
    return document((slip,), slip.lang, title=slip.sentence("title", week=slip.number))


def sheet_calendar(
    released: Released[OwnSheet], *, reader: str, key: bytes, lang: str | None = None
) -> bytes | None:
    """Return the same sheet as a calendar file (iCalendar); None where nothing has a date.

    Each date is an event of its own. It is known again by a code that is the same in every run
    with the same key: opened again, a changed sheet changes the events that are there already.

    Parameters
    ----------
    released : Released
        From :func:`gather_own_week`, :func:`gather_initiative_week` or :func:`gather_sheets`.
    reader : str
        Qualified id of whose it is, ``person:p1`` or ``initiative:i1``; in the file it is only
        part of what the codes are made from.
    key : bytes
        At least 16 bytes, kept by the team.
    lang : str, optional
        Language of the texts; default: the team's.

    Examples
    --------
    >>> from assetmap.match import propose
    >>> from assetmap.model import Neighbourhood, Person
    >>> from assetmap.report import gather_own_week
    >>> hood = Neighbourhood.from_records(Person(person="p1", called="Bo"))
    >>> nothing = gather_own_week(propose(hood, "2026-W48"), "p1")
    >>> sheet_calendar(nothing, reader="person:p1", key=b"a key of the team") is None
    True
    """
    return calendar(_slip(released, lang), reader=reader, key=key)


def sheets_html(
    listed: Released[SheetList], sheets: Sequence[Released[OwnSheet]], *, lang: str | None = None
) -> str:
    """Return all sheets as one document to print, with a list of them on the first page.

    Parameters
    ----------
    listed : Released
        The list, for the team.
    sheets : sequence of Released
        The sheets, in the same order.
    lang : str, optional
        Language of the document; default: the team's.

    Examples
    --------
    >>> from assetmap.match import propose
    >>> from assetmap.model import Neighbourhood
    >>> made = gather_sheets(propose(Neighbourhood(), "2026-W48"), key=b"a key of the team")
    >>> "Who gets which sheet?" in sheets_html(made.listed, made.sheets, lang="en")
    True
    """
    facts = require(listed, Audience.TEAM)
    chosen = language(facts.language if lang is None else lang).value
    first, last = day(facts.monday, chosen), day(facts.sunday, chosen, year=True)
    number = facts.week.partition("-W")[2].lstrip("0")
    cover = SimpleNamespace(
        number=number,
        period=say("sheets.period", chosen, first=first, last=last),
        lines=list(_rows(facts.lines, chosen)),
        notice=notices(listed, chosen)[0],
    )
    slips = [_slip(sheet, chosen) for sheet in sheets]
    return document(slips, chosen, title=say("sheets.title", chosen, week=number), cover=cover)


def _rows(lines: Sequence[SheetLine], lang: str) -> Iterator[SimpleNamespace]:
    """Yield a row for each sheet; two who are called alike are told apart by their codes."""
    alike = Counter(line.called for line in lines)
    for line in lines:
        code = say("sheets.cover.nameless", lang, code=(line.reader or "").partition(":")[2])
        whom = line.called or code
        if line.called and alike[line.called] > 1:
            whom = f"{line.called} ({code})"
        yield SimpleNamespace(whom=whom, ask=line.new, file=line.file)


def sheets_json(listed: Released[SheetList]) -> str:
    """Return the list of sheets for machines: which file is whose, and whom it is about.

    Parameters
    ----------
    listed : Released
        The list, for the team.

    Examples
    --------
    >>> from assetmap.match import propose
    >>> from assetmap.model import Neighbourhood
    >>> made = gather_sheets(propose(Neighbourhood(), "2026-W48"), key=b"a key of the team")
    >>> json.loads(sheets_json(made.listed))
    {'week': '2026-W48', 'sheets': []}
    """
    facts = require(listed, Audience.TEAM)
    lines = [
        {"file": line.file, "reader": line.reader, "about": list(line.about)}
        for line in facts.lines
    ]
    return json.dumps({"week": facts.week, "sheets": lines}, ensure_ascii=False, indent=1) + "\n"
