"""The report for a council as tables and sentences, which the page and the files show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assetmap.overview.doors import KINDS
from assetmap.privacy import CountTable
from assetmap.report.council_facts import CouncilFacts
from assetmap.texts import language_name, listing, say

__all__ = ["Sheet", "Topic", "topics"]

_SIDES = ("residents", "professionals", "neither")
_OUTCOMES = ("open", "taken", "returned", "done", "unknown")
_DOORS = ("reached", "no_answer", "unknown")
_WITH = ("with", "without")
_UNKNOWN = "unknown"

Cell = int | str | None
"""A number, a text, or None for a count that is hidden."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table to show.

    Attributes
    ----------
    key : str
        What its file is called.
    title : str
        Above it.
    columns : tuple of str
        Headings; the first is that of the rows.
    rows : tuple of tuple
        Each begins with its heading; None is a count that is hidden.
    """

    key: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """One part of the report.

    Attributes
    ----------
    key : str
        Its name.
    title : str
        Its heading.
    lines : tuple of str
        What is told.
    sheets : tuple of Sheet
        Its tables, none of them empty.
    """

    key: str
    title: str
    lines: tuple[str, ...]
    sheets: tuple[Sheet, ...]


def topics(facts: CouncilFacts, lang: str) -> tuple[Topic, ...]:
    """Return the parts of the report in order, talents and initiatives first.

    Parameters
    ----------
    facts : CouncilFacts
        What was released.
    lang : str
        Language code.
    """
    told = _Telling(facts, lang)
    parts: tuple[tuple[str, Callable[[_Telling], Iterable[str | Sheet]]], ...] = (
        ("offers", _offers),
        ("share", _share),
        ("stages", _stages),
        ("visible", _visible),
        ("challenges", _challenges),
        ("doors", _doors),
        ("intake", _intake),
        ("referrals", _referrals),
        ("fairness", _fairness),
    )
    made = []
    for key, part in parts:
        found = list(part(told))
        lines = [each for each in found if isinstance(each, str)]
        sheets = [each for each in found if isinstance(each, Sheet) and _tells(each)]
        if not found or (not sheets and not lines):
            lines = [told.tell("nothing")]
        made.append(Topic(key, told.tell(f"title.{key}"), tuple(lines), tuple(sheets)))
    return tuple(made)


def _tells(sheet: Sheet) -> bool:
    """Tell whether there is anything in a table besides counts that are hidden."""
    cells = [cell for row in sheet.rows for cell in row[1:]]
    return bool(sheet.rows) and not (None in cells and all(cell in (None, 0) for cell in cells))


@dataclass(frozen=True, slots=True)
class _Telling:
    """The facts, and the words for them in one language."""

    facts: CouncilFacts
    lang: str

    def tell(self, key: str, **facts: object) -> str:
        return say(f"council.{key}", self.lang, **facts)

    def named(self, kind: str, key: str) -> str:
        """Return what a theme, an area, a party, a source, an age or a language is called."""
        if kind == "age" and key != _UNKNOWN:
            return self.tell("age", years=key)
        if kind == "language" and key != _UNKNOWN:
            return language_name(key, self.lang)
        ref = key if kind == "party" else f"{kind}:{key}"
        for each in (ref, key):
            if each in self.facts.names:
                return self.facts.names[each][self.lang]
        return self.tell(f"party.{key}" if key in _PARTIES else f"party.{_UNKNOWN}")

    def sheet(self, key: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Sheet:
        headings = (self.tell(f"column.{columns[0]}"), *columns[1:])
        return Sheet(key, self.tell(f"table.{key}"), headings, tuple(map(tuple, rows)))


_PARTIES = ("resident", "worker", "other", _UNKNOWN)


def _offers(told: _Telling) -> Iterator[str | Sheet]:
    offered, asked = told.facts.offered, told.facts.asked
    yield told.tell("offers", day=told.facts.last, year=told.facts.last.year)
    headings = [told.tell("column.talents"), told.tell("column.needs")]
    by_theme = _both(offered.row_totals, asked.row_totals)
    rows = [(told.named("theme", key), *both) for key, both in by_theme]
    yield told.sheet("themes", ["theme", *headings], rows)
    if few := len(offered.row_totals) - len(rows):
        yield told.tell("few", n=few)
    by_area = _both(offered.column_totals, asked.column_totals)
    rows = [(told.named("area", key), *both) for key, both in by_area]
    yield told.sheet("areas", ["area", *headings], rows)
    for key, table in (("talents", offered), ("needs", asked)):
        yield told.sheet(
            key,
            ["theme", *(told.named("area", area) for area in table.columns)],
            _by_name(
                (told.named("theme", theme), *(table.cells[theme, area] for area in table.columns))
                for theme in table.rows
                if any(table.cells[theme, area] for area in table.columns)
            ),
        )


def _both(
    offered: Mapping[str, int | None], asked: Mapping[str, int | None]
) -> list[tuple[str, tuple[int | None, int | None]]]:
    """Put two counts beside each other, those with most talents first; none without a number."""
    both = {key: (offered.get(key), asked.get(key)) for key in (*offered, *asked)}
    found = [(key, counts) for key, counts in both.items() if any(counts)]
    return sorted(found, key=lambda each: (-(each[1][0] or 0), -(each[1][1] or 0), each[0]))


def _by_name(rows: Iterable[tuple[Cell, ...]]) -> list[tuple[Cell, ...]]:
    return sorted(rows, key=lambda row: str(row[0]).casefold())


def _share(told: _Telling) -> Iterator[str | Sheet]:
    share = told.facts.share
    yield share.said(told.lang)
    rows = [(told.tell(f"side.{name}"), getattr(share, name)) for name in _SIDES]
    if any(number for _, number in rows):
        yield told.sheet("share", ["side", told.tell("column.helped")], rows)
        yield told.tell("share")


def _stages(told: _Telling) -> Iterator[str | Sheet]:
    lines = [line for line in told.facts.stages if line.number]
    if not lines:
        return
    yield told.tell("stages")
    alone = told.facts.independent
    if alone:
        yield told.tell("alone", n=alone)
        helped = told.facts.still_helped
        yield told.tell("still-helped" if helped else "none-helped", n=helped)
    yield told.sheet(
        "stages",
        [
            "stage",
            told.tell("column.initiatives"),
            told.tell("column.since"),
            told.tell("column.who"),
        ],
        [
            (_stage(told, line.stage), line.number, line.since, ", ".join(line.names))
            for line in lines
        ],
    )
    steps = [line for line in told.facts.steps or () if line.number]
    if steps:
        rows = [(told.tell(f"move.{line.move}"), line.number) for line in steps]
        yield told.sheet("steps", ["move", told.tell("column.initiatives")], rows)
    elif told.facts.steps is not None:
        yield told.tell("no-steps")


def _stage(told: _Telling, stage: str) -> str:
    key = "words.answer.unknown" if stage == _UNKNOWN else f"words.initiative_status.{stage}"
    return say(key, told.lang)


def _visible(told: _Telling) -> Iterator[str | Sheet]:
    facts = told.facts
    if not any(line.number for line in facts.stages):
        return
    yield _with_names(told, "found", facts.found, facts.found_names)
    yield _with_names(told, "unmet", facts.unmet, facts.unmet_names)
    first, last = facts.joined_first, facts.joined_last
    rows = [
        (told.named("party", ref), *(each.cells.get((ref, "residents")) for each in (first, last)))
        for ref in last.rows
        if ref in facts.names and _is_named(told, ref)
    ]
    shown = [row for row in rows if row[1] or row[2]]
    headings = [told.tell("column.on", day=day, year=day.year) for day in (facts.first, facts.last)]
    yield told.sheet("joined", ["initiative", *headings], _by_name(shown))
    if few := len(last.rows) - len(shown):
        yield told.tell("few-initiatives", n=few)


def _is_named(told: _Telling, ref: str) -> bool:
    return told.facts.names[ref][told.lang] != told.tell("some.initiative")


def _with_names(told: _Telling, key: str, number: int, names: Sequence[str]) -> str:
    line = told.tell(key if number else f"{key}-none", n=number)
    return f"{line} {told.tell('among', names=listing(names, told.lang))}" if names else line


def _challenges(told: _Telling) -> Iterator[str | Sheet]:
    lines = told.facts.challenges
    if not lines:
        return
    yield told.tell("challenges", n=len(lines))
    headings = [told.tell(f"column.{name}") for name in ("challenged", "claim", "status", "now")]
    yield told.sheet(
        "challenges",
        ["challenger", *headings],
        [
            (
                line.challenger or told.tell("somebody"),
                line.challenged or told.tell("somebody"),
                told.tell(f"claim.{line.claim or _UNKNOWN}"),
                told.tell(f"agreement.{line.status or _UNKNOWN}"),
                told.tell(f"now.{'challenger' if line.taken_over else 'challenged'}"),
            )
            for line in lines
        ],
    )


def _doors(told: _Telling) -> Iterator[str | Sheet]:
    doors = told.facts.doors
    if not doors.streets.rows:
        return
    share, number = doors.share(), doors.doors()
    if share is None or number is None:
        yield told.tell("doors-hidden")
    else:
        yield told.tell("doors", n=number, percent=round(100 * share))
    yield _counted(told, doors.streets, ("doors", "area"), _DOORS, "door")
    kinds = [kind for kind in (*KINDS, _UNKNOWN) if kind in doors.heard.rows]
    heard = doors.heard
    rows = [
        (told.named("theme", theme), *(heard.cells[kind, theme] for kind in kinds))
        for theme in heard.columns
        if any(heard.cells[kind, theme] for kind in kinds)
    ]
    headings = [told.tell(f"heard.{kind}") for kind in kinds]
    yield told.sheet("heard", ["theme", *headings], _by_name(rows))


def _counted(
    told: _Telling, table: CountTable, key: tuple[str, str], order: Sequence[str], words: str
) -> Sheet:
    """Return a table of counts with its columns in an order, and rows that have a number."""
    name, kind = key
    columns = [column for column in order if column in table.columns]
    rows = [
        (told.named(kind, row), *(table.cells[row, column] for column in columns))
        for row in table.rows
        if any(table.cells[row, column] for column in columns)
    ]
    headings = [told.tell(f"{words}.{column}") for column in columns]
    return told.sheet(name, [kind, *headings], _by_name(rows))


def _intake(told: _Telling) -> Iterator[str | Sheet]:
    intake = told.facts.intake
    if not (intake.channels.rows or intake.sources.rows):
        return
    yield told.tell("intake")
    channels = intake.channels
    columns = [each for each in ("needs", "observations") if each in channels.columns]
    rows = [
        (told.tell(f"channel.{row}"), *(channels.cells[row, column] for column in columns))
        for row in channels.rows
        if any(channels.cells[row, column] for column in columns)
    ]
    headings = [told.tell(f"came.{column}") for column in columns]
    yield told.sheet("channels", ["channel", *headings], _by_name(rows))
    if few := len(channels.rows) - len(rows):
        yield told.tell("few-channels", n=few)
    sources = intake.sources
    yield _counted(told, sources, ("sources", "source"), ("talents", "needs", "referrals"), "came")


def _referrals(told: _Telling) -> Iterator[str | Sheet]:
    found = told.facts.referrals
    if not found.directions.rows:
        return
    total = found.directions.total
    yield told.tell("referrals-hidden") if total is None else told.tell("referrals", n=total)
    ways = found.directions
    rows = [
        (told.tell("way", a=told.tell(f"side.{a}"), b=told.tell(f"side.{b}")), ways.cells[a, b])
        for a in _SIDES
        for b in _SIDES
        if (a, b) in ways.cells and ways.cells[a, b] != 0
    ]
    yield told.sheet("directions", ["way", told.tell("column.questions")], rows)
    outcomes = found.outcomes
    columns = [each for each in _OUTCOMES if each in outcomes.columns]
    told_rows = [
        (_way(told, row), *(outcomes.cells[row, column] for column in columns))
        for row in outcomes.rows
    ]
    headings = [told.tell(f"outcome.{column}") for column in columns]
    yield told.sheet("outcomes", ["way", *headings], told_rows)


def _way(told: _Telling, direction: str) -> str:
    a, _, b = direction.partition(" > ")
    return told.tell("way", a=told.tell(f"side.{a}"), b=told.tell(f"side.{b}"))


def _fairness(told: _Telling) -> Iterator[str | Sheet]:
    found = told.facts.fairness
    if found is None:
        yield told.tell("no-run")
        return
    yield told.tell("fairness")
    yield from found.sentences(told.lang)
    for key, table in (("area", found.areas), ("age", found.ages), ("language", found.languages)):
        yield _counted(told, table, (f"fair-{key}", key), _WITH, "answer")
