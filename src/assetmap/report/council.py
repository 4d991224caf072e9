"""The report for a council: one page to print, and its tables as files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from assetmap.privacy import Audience, Released, notices, require
from assetmap.report.council_facts import CouncilFacts
from assetmap.report.council_tables import Cell, Sheet, topics
from assetmap.report.templates import style, template
from assetmap.tables.output import csv_text, put
from assetmap.tables.plain_book import plain_book
from assetmap.texts import day, language, say

__all__ = ["council_files", "council_html", "write_council"]

_ACROSS = 6
"""So many columns of numbers fit beside each other on a sheet of A4."""
_HIDDEN = "–"
_LONGEST_NAME = 31
"""Characters that the name of a sheet may have."""

Files: TypeAlias = Mapping[str, bytes]


def council_html(
    released: Released[CouncilFacts],
    lang: str | None = None,
    *,
    reader: str | None = None,
    draft: bool = False,
) -> str:
    """Return the report as one HTML document that loads nothing and prints on A4.

    Parameters
    ----------
    released : Released
        What :func:`gather_council` returns.
    lang : str, optional
        Language of the page; default: the team's.
    reader : str, optional
        Name of the party that the page is for, such as one that observes a team
        (:func:`assetmap.overview.observers`). Default: the council.
    draft : bool, default False
        Whether it says of itself that it is a draft, not to be given out.

    Returns
    -------
    str
        The document.

    Raises
    ------
    PrivacyError
        Something that was not released, or not for the council.

    Examples
    --------
    >>> import datetime as dt
    >>> from assetmap.model import Neighbourhood
    >>> from assetmap.report import gather_council
    >>> days = {"first": dt.date(2026, 1, 1), "last": dt.date(2026, 6, 30)}
    >>> council_html(gather_council(Neighbourhood(), **days), "en").splitlines()[:2]
    ['<!doctype html>', '<html lang="en">']
    """
    facts = require(released, Audience.COUNCIL)
    chosen = language(facts.language if lang is None else lang).value
    return template("council").render(
        lang=chosen,
        style=style("sheet"),
        say=lambda key, **told: say(f"council.{key}", chosen, **told),
        first=day(facts.first, chosen, year=True),
        last=day(facts.last, chosen, year=True),
        topics=topics(facts, chosen),
        parts=lambda sheet: tuple(_parts(sheet, chosen)),
        cell=_shown,
        is_number=lambda value: value is None or isinstance(value, int),
        heading=_heading(reader, chosen),
        before=_before(facts, chosen),
        draft=say("council.draft", chosen) if draft else None,
        notice=_notice(released, reader, chosen),
    )


def council_files(
    released: Released[CouncilFacts],
    lang: str | None = None,
    *,
    reader: str | None = None,
    draft: bool = False,
) -> Files:
    """Return the tables of the report: each as a CSV file, and all of them as a workbook.

    Parameters
    ----------
    released : Released
        What :func:`gather_council` returns.
    lang : str, optional
        Language of the headings; default: the team's.
    reader, draft : optional
        As for :func:`council_html`.

    Returns
    -------
    Mapping of str to bytes
        By name: ``themes.csv``, ``areas.csv``, ... and ``report.xlsx`` (``verslag.xlsx``). A
        count that is hidden stands there as ``–``. Text that a spreadsheet program would take
        for a formula is kept from being one.

    Raises
    ------
    PrivacyError
        Something that was not released, or not for the council.

    Examples
    --------
    >>> import datetime as dt
    >>> from assetmap.model import Initiative, Neighbourhood
    >>> from assetmap.report import gather_council
    >>> hood = Neighbourhood.from_records(
    ...     Initiative(initiative="i1", name="Moestuin", status="running", visible=True)
    ... )
    >>> days = {"first": dt.date(2026, 1, 1), "last": dt.date(2026, 6, 30)}
    >>> sorted(council_files(gather_council(hood, **days), "en"))
    ['report.xlsx', 'stages.csv']
    """
    facts = require(released, Audience.COUNCIL)
    chosen = language(facts.language if lang is None else lang).value
    sheets = [sheet for topic in topics(facts, chosen) for sheet in topic.sheets]
    rows = {sheet.key: [_row(sheet, row) for row in sheet.rows] for sheet in sheets}
    found = {
        f"{each.key}.csv": csv_text(_headings(each), rows[each.key]).encode() for each in sheets
    }
    about = say("council.heading", chosen)[:_LONGEST_NAME]
    first = (say("council.draft", chosen),) if draft else ()
    told = [{about: line} for line in (*first, *_about(released, reader, chosen))]
    book = {each.title[:_LONGEST_NAME]: (_headings(each), rows[each.key]) for each in sheets}
    found[f"{say('council.files', chosen)}.xlsx"] = plain_book({about: ([about], told), **book})
    return MappingProxyType(found)


def write_council(
    released: Released[CouncilFacts], path: str | PathLike[str], *, lang: str | None = None
) -> None:
    """Write the page of the report, whole or not at all, readable by its owner only.

    Parameters
    ----------
    released : Released
        What :func:`gather_council` returns.
    path : path
        The file; its folder is made where needed.
    lang : str, optional
        Language of the page; default: the team's.

    Raises
    ------
    UnusableInput
        The file cannot be written.

    Examples
    --------
    >>> import datetime as dt, tempfile
    >>> from assetmap.model import Neighbourhood
    >>> from assetmap.report import gather_council
    >>> days = {"first": dt.date(2026, 1, 1), "last": dt.date(2026, 6, 30)}
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_council(gather_council(Neighbourhood(), **days), Path(folder, "raad.html"))
    ...     [each.name for each in Path(folder).iterdir()]
    ['raad.html']
    """
    put({Path(path): council_html(released, lang).encode()})


def _heading(reader: str | None, lang: str) -> str:
    return say("council.heading", lang) if reader is None else say("council.for", lang, name=reader)


def _before(facts: CouncilFacts, lang: str) -> str | None:
    """Say which report counts were taken from again; None where all are of now."""
    if facts.as_before is None:
        return None
    first, last = (day(each, lang, year=True) for each in facts.as_before)
    return say("council.as-before", lang, first=first, last=last)


def _notice(released: Released[CouncilFacts], reader: str | None, lang: str) -> str:
    if reader is None:
        return notices(released, lang)[0]
    return say("council.notice", lang, name=reader)


def _about(released: Released[CouncilFacts], reader: str | None, lang: str) -> Iterator[str]:
    facts = released.value
    if reader is not None:
        yield _heading(reader, lang)
    days = {name: day(getattr(facts, name), lang, year=True) for name in ("first", "last")}
    yield say("council.period", lang, **days)
    before = _before(facts, lang)
    yield from () if before is None else (before,)
    for key in ("about", "reading", "not-target"):
        yield say(f"council.{key}", lang)
    yield _notice(released, reader, lang)


def _parts(sheet: Sheet, lang: str) -> Iterator[Sheet]:
    """Yield a wide table in parts that fit on paper, each with the headings of its rows."""
    if len(sheet.columns) <= _ACROSS + 1:
        yield sheet
        return
    found = []
    for at in range(1, len(sheet.columns), _ACROSS):
        cut = ((row[0], *row[at : at + _ACROSS]) for row in sheet.rows)
        kept = tuple(row for row in cut if any(row[1:]))
        if kept:
            found.append(((sheet.columns[0], *sheet.columns[at : at + _ACROSS]), kept))
    for k, (columns, rows) in enumerate(found, 1):
        title = say("council.part", lang, title=sheet.title, k=k, of=len(found))
        yield Sheet(f"{sheet.key}-{k}", title, columns, rows)


def _headings(sheet: Sheet) -> Sequence[str]:
    """Return the headings, each of its own even where two areas have one name."""
    seen: dict[str, int] = {}
    made = []
    for heading in sheet.columns:
        seen[heading] = seen.get(heading, 0) + 1
        made.append(heading if seen[heading] == 1 else f"{heading} ({seen[heading]})")
    return made


def _row(sheet: Sheet, row: Sequence[Cell]) -> Mapping[str, object]:
    return {
        heading: _HIDDEN if cell is None else cell
        for heading, cell in zip(_headings(sheet), row, strict=True)
    }


def _shown(cell: Cell) -> str:
    return _HIDDEN if cell is None else str(cell)
