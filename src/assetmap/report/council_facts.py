"""What a council may know: counts of talents and questions, and how initiatives fare; no person."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Annotated

from assetmap.match import Proposals
from assetmap.model import InitiativeStatus, Need, Neighbourhood, Talent
from assetmap.model.parties import party_kinds
from assetmap.overview import (
    DoorToDoor,
    Fairness,
    InformalShare,
    Intake,
    Move,
    Referrals,
    challenges,
    door_to_door,
    effort,
    fairness,
    informal_share,
    intake,
    newly_found,
    participants,
    referrals,
    steps,
    unknown_to_team,
)
from assetmap.overview.common import check_days, homes_of, live, ref_of
from assetmap.overview.homes import area_of
from assetmap.plot.counting import (
    area_names,
    for_reader,
    label,
    open_need,
    theme_of,
)
from assetmap.privacy import Audience, CountTable, Discloses, Released, release
from assetmap.report.facts import Said
from assetmap.report.releases import Release, Stock, releases_bytes, settle
from assetmap.texts import Language, say
from assetmap.ties.exports.naming import Names

__all__ = [
    "AreaLine",
    "ChallengeLine",
    "CouncilFacts",
    "CouncilReport",
    "StageLine",
    "StepLine",
    "council_report",
    "gather_council",
]

_AUDIENCE = Audience.COUNCIL
_UNKNOWN = "unknown"
_STOCKS = (
    Stock("offered", "offered", of="offered"),
    Stock("asked", "asked", of="asked"),
    Stock("joined_first", "joined-first", of="joined", on_first=True),
    Stock("joined_last", "joined-last", of="joined"),
    Stock("fairness.areas", "fair-area", of="fair-area"),
    Stock("fairness.ages", "fair-age", of="fair-age"),
    Stock("fairness.languages", "fair-language", of="fair-language"),
)
"""Tables of what is there on a day."""
_FLOWS = {
    "share.by_residents": "residents",
    "share.by_professionals": "professionals",
    "share.by_neither": "neither",
    "doors.streets": "doors",
    "doors.heard": "heard",
    "referrals.directions": "directions",
    "referrals.parties": "parties",
    "referrals.outcomes": "outcomes",
    "intake.channels": "channels",
    "intake.sources": "sources",
}
"""Tables of what happened in a period, and under which name each is kept."""


@dataclass(frozen=True, slots=True)
class StageLine:
    """How many initiatives are at one stage of their life.

    Attributes
    ----------
    stage : str
        From ``idea`` to ``ended``; ``unknown``.
    number : int
        How many.
    since : int
        How many of them came to it in the period.
    names : tuple of str
        Those that may be shown to residents.
    """

    stage: Annotated[str, Discloses.OPEN]
    number: Annotated[int, Discloses.OPEN]
    since: Annotated[int, Discloses.OPEN]
    names: Annotated[tuple[str, ...], Discloses.OPEN]


@dataclass(frozen=True, slots=True)
class StepLine:
    """How many initiatives made one sort of step between two moments.

    Attributes
    ----------
    move : str
        ``new``, ``forward``, ``reopened``, ``back`` or ``ended``.
    number : int
        How many.
    """

    move: Annotated[str, Discloses.OPEN]
    number: Annotated[int, Discloses.OPEN]


@dataclass(frozen=True, slots=True)
class ChallengeLine:
    """Residents who say that they can do a task; without the words of the task.

    Attributes
    ----------
    challenger, challenged : str or None
        The initiative or organisation; None for a person, and where it may not be shown.
    claim, status : str or None
        Better, more efficient or cheaper; and how far it has come.
    taken_over : bool
        Whether the challengers do the task now.
    """

    challenger: Annotated[str | None, Discloses.OPEN]
    challenged: Annotated[str | None, Discloses.OPEN]
    claim: Annotated[str | None, Discloses.OPEN]
    status: Annotated[str | None, Discloses.OPEN]
    taken_over: Annotated[bool, Discloses.OPEN]


@dataclass(frozen=True, slots=True)
class AreaLine:
    """An area that counts stand by.

    Attributes
    ----------
    area : str
        Its id.
    scheme : str or None
        Whose areas it is one of: ``cbs``, or the team's own.
    year : int or None
        Of which year its code is.
    above : bool
        Whether other areas lie in it.
    """

    area: Annotated[str, Discloses.OPEN]
    scheme: Annotated[str | None, Discloses.OPEN]
    year: Annotated[int | None, Discloses.OPEN]
    above: Annotated[bool, Discloses.OPEN]


@dataclass(frozen=True)
class CouncilFacts:
    """Everything that the report for a council shows.

    Attributes
    ----------
    first, last : date
        The period, both days included.
    language : str
        The team's language.
    names : Mapping of str to Said
        What themes, areas and parties are called: ``theme:ride``, ``area:north``,
        ``initiative:i1``.
    offered, asked : CountTable
        Talents that are there, and questions that are open, on the last day: theme by area.
    share : InformalShare
        What residents and what professionals did.
    doors : DoorToDoor
        What a door-to-door scan reached, by area, and what was heard there, by theme.
    referrals : Referrals
        What was passed on, in both directions.
    intake : Intake
        Where questions came from.
    stages : tuple of StageLine
        The initiatives by stage, on the last day.
    steps : tuple of StepLine or None
        The steps since an earlier moment; None where no earlier moment was given.
    independent, still_helped : int
        Initiatives that stand on their own, and those of them that workers still give hours to.
    challenges : tuple of ChallengeLine
        Challenges for a task, those that have come furthest first.
    found, unmet : int
        Initiatives that the team heard of in the period, and those that it has not met yet.
    found_names, unmet_names : tuple of str
        Those of them that may be shown to residents.
    joined_first, joined_last : CountTable
        Who takes part on the first and on the last day, by initiative.
    fairness : Fairness or None
        Who has something for all they ask, by group; None where no proposals were given.
    areas : tuple of AreaLine
        The areas, with the list that their codes come from.
    as_before : tuple of date or None
        The period of the last report from which a count was taken again, because it differs by
        too few people.
    """

    first: Annotated[dt.date, Discloses.OPEN]
    last: Annotated[dt.date, Discloses.OPEN]
    language: Annotated[str, Discloses.OPEN]
    names: Annotated[Mapping[str, Said], Discloses.OPEN]
    offered: Annotated[CountTable, Discloses.COUNT]
    asked: Annotated[CountTable, Discloses.COUNT]
    share: InformalShare
    doors: DoorToDoor
    referrals: Referrals
    intake: Intake
    stages: tuple[StageLine, ...]
    steps: tuple[StepLine, ...] | None
    independent: Annotated[int, Discloses.OPEN]
    still_helped: Annotated[int, Discloses.OPEN]
    challenges: tuple[ChallengeLine, ...]
    found: Annotated[int, Discloses.OPEN]
    unmet: Annotated[int, Discloses.OPEN]
    found_names: Annotated[tuple[str, ...], Discloses.OPEN]
    unmet_names: Annotated[tuple[str, ...], Discloses.OPEN]
    joined_first: Annotated[CountTable, Discloses.COUNT]
    joined_last: Annotated[CountTable, Discloses.COUNT]
    fairness: Fairness | None
    areas: tuple[AreaLine, ...] = ()
    as_before: Annotated[tuple[dt.date, dt.date] | None, Discloses.OPEN] = None


@dataclass(frozen=True, repr=False)
class CouncilReport:
    """A report for a council, and what the team keeps of it for the next one.

    Attributes
    ----------
    released : Released
        What may leave: for :func:`council_html`, :func:`council_files` and :func:`council_map`.
    releases : tuple of Release
        The earlier reports and this one: what to give as `previous` the next time. They stay with
        the team.
    """

    released: Released[CouncilFacts]
    releases: tuple[Release, ...]

    @property
    def release(self) -> Release:
        """What was given out in this report."""
        return self.releases[-1]

    def kept(self) -> bytes:
        """Return what to keep for the next time; :func:`releases_of` reads it again.

        It holds exact counts, and is for the team alone.
        """
        return releases_bytes(self.releases)


def gather_council(
    hood: Neighbourhood,
    *,
    first: dt.date,
    last: dt.date,
    before: Neighbourhood | None = None,
    proposals: Proposals | None = None,
) -> Released[CouncilFacts]:
    """Collect what the report for a council shows, and release it: counts, never persons.

    Parameters
    ----------
    hood : Neighbourhood
        All tables. What is about safety and what is sensitive is left out first.
    first, last : date
        The period, both days included.
    before : Neighbourhood, optional
        The tables at an earlier moment: then the steps of initiatives since are counted.
    proposals : Proposals, optional
        A run: then it is told whether proposals reach everybody alike.

    Returns
    -------
    Released
        For the council. Counts that are too small are hidden, with those that they could be
        worked out from, and others are rounded. An initiative or organisation is named only if it
        may be shown and its name holds nobody's name.

    Raises
    ------
    UnusableInput
        Something else than two days, or a period that ends before it begins.

    Examples
    --------
    >>> import datetime as dt
    >>> from assetmap.model import Initiative, Neighbourhood
    >>> hood = Neighbourhood.from_records(
    ...     Initiative(initiative="i1", name="Moestuin", status="running", visible=True)
    ... )
    >>> released = gather_council(hood, first=dt.date(2026, 1, 1), last=dt.date(2026, 6, 30))
    >>> [(line.stage, line.names) for line in released.value.stages if line.number]
    [('running', ('Moestuin',))]
    """
    return council_report(hood, first=first, last=last, before=before, proposals=proposals).released


def council_report(
    hood: Neighbourhood,
    *,
    first: dt.date,
    last: dt.date,
    before: Neighbourhood | None = None,
    proposals: Proposals | None = None,
    previous: Sequence[Release] = (),
) -> CouncilReport:
    """Collect a report for a council beside the reports that were given out before it.

    Two reports together must tell no more than each: what differs between them is the same, or
    differs by enough people (:func:`assetmap.privacy.republish`). So a report on 1 January to
    7 July after one on 1 January to 30 June gives the counts of the first again, except where
    enough people came in that week.

    Parameters
    ----------
    hood, first, last, before, proposals
        As for :func:`gather_council`.
    previous : sequence of Release, optional
        What was kept of earlier reports, the latest last. Default: none was given out.

    Returns
    -------
    CouncilReport
        What may leave, and what to keep.

    Raises
    ------
    UnusableInput
        As for :func:`gather_council`.

    Examples
    --------
    >>> import datetime as dt
    >>> from assetmap.model import Neighbourhood, Person, Talent
    >>> people = [Person(person=f"p{k}", area="north") for k in range(13)]
    >>> talents = [Talent(talent=f"t{k}", owner=f"p{k}", category="ride") for k in range(13)]
    >>> days = {"first": dt.date(2026, 1, 1), "last": dt.date(2026, 6, 30)}
    >>> one = council_report(Neighbourhood.from_records(people, talents[:12]), **days)
    >>> two = council_report(
    ...     Neighbourhood.from_records(people, talents), **days, previous=[one.release]
    ... )
    >>> [each.released.value.offered.total for each in (one, two)], two.released.value.as_before
    ([10, 10], (datetime.date(2026, 1, 1), datetime.date(2026, 6, 30)))
    """
    check_days(first=first, last=last)
    rest, limits = for_reader(hood, _AUDIENCE), hood.policy.privacy
    known = _Known(rest)
    facts = replace(
        _gathered(rest, known, (first, last)),
        steps=None if before is None else _steps(for_reader(before, _AUDIENCE), rest),
        fairness=None if proposals is None else fairness(proposals),
    )
    settled = settle(
        facts,
        period=(first, last),
        stocks=_STOCKS,
        flows=_FLOWS,
        previous=previous,
        limits=limits,
    )
    latest = settled.held[-1] if settled.held else None
    whole = replace(
        settled.facts,
        names=_names(rest, known, settled.facts),
        as_before=None if latest is None else (latest.first, latest.last),
    )
    releases = (*previous, settled.release)
    return CouncilReport(release(whole, _AUDIENCE, thresholds=limits), releases)


def _gathered(hood: Neighbourhood, known: _Known, period: tuple[dt.date, dt.date]) -> CouncilFacts:
    """Count everything but what needs a run or an earlier moment; raw."""
    first, last = period
    alone = [each for each in hood.initiatives if each.status is InitiativeStatus.INDEPENDENT]
    helped = {each.initiative for each in effort(hood, asof=last)}
    found, unmet = newly_found(hood, first=first, last=last), unknown_to_team(hood, asof=last)
    offered, asked = _offers(hood, last)
    return CouncilFacts(
        first=first,
        last=last,
        language=hood.policy.language,
        names={},
        offered=offered,
        asked=asked,
        share=informal_share(hood, first=first, last=last),
        doors=_by_area_and_theme(hood, door_to_door(hood, first=first, last=last)),
        referrals=referrals(hood, first=first, last=last),
        intake=intake(hood, first=first, last=last),
        stages=tuple(_stages(hood, known, period)),
        steps=None,
        independent=len(alone),
        still_helped=sum(each.initiative in helped for each in alone),
        challenges=_challenges(hood, known, last),
        found=len(found),
        unmet=len(unmet),
        found_names=known.shown(found),
        unmet_names=known.shown(unmet),
        joined_first=participants(hood, asof=first),
        joined_last=participants(hood, asof=last),
        fairness=None,
        areas=tuple(_areas(hood)),
    )


def _areas(hood: Neighbourhood) -> Iterator[AreaLine]:
    """Yield every area that has a row or an outline, or that somebody lives in."""
    rows = {row.area: row for row in hood.areas}
    parents = {row.parent for row in hood.areas}
    lived = {row.area for row in hood.people if row.area is not None}
    for area in sorted({*rows, *(shape.area for shape in hood.shapes), *lived}):
        row = rows.get(area)
        scheme = None if row is None or row.scheme is None else row.scheme.value
        yield AreaLine(area, scheme, None if row is None else row.year, area in parents)


# --- talents and questions, by theme and area ---------------------------------------------------


def _offers(hood: Neighbourhood, day: dt.date) -> tuple[CountTable, CountTable]:
    """Count talents and open questions, and remember whose they are."""
    talents = [row for row in hood.talents if live(row, day)]
    needs = [row for row in hood.needs if open_need(row, day)]
    parts = [list(_themed(hood, talents)), list(_themed(hood, needs))]
    themes = {theme for part in parts for (theme, _), _ in part}
    areas = {area for part in parts for (_, area), _ in part}
    homes = homes_of(hood)
    offered, asked = (
        CountTable.tally(part, cells=product(themes, areas), households=homes) for part in parts
    )
    return offered, asked


def _themed(
    hood: Neighbourhood, rows: Iterable[Talent | Need]
) -> Iterator[tuple[tuple[str, str], str]]:
    for row in rows:
        theme = theme_of(hood, row.category)
        if theme is not None:
            yield (theme, area_of(hood, row) or _UNKNOWN), row.owner


def _by_area_and_theme(hood: Neighbourhood, found: DoorToDoor) -> DoorToDoor:
    """Put streets together to areas, and categories to themes: a council needs no more."""
    known = {row.area for row in hood.visits}

    def area(cell: tuple[str, str]) -> tuple[str, str]:
        return (cell[0] if cell[0] in known else cell[0].partition(": ")[0]), cell[1]

    def theme(cell: tuple[str, str]) -> tuple[str, str]:
        return cell[0], theme_of(hood, cell[1]) or _UNKNOWN

    return replace(found, streets=found.streets.merged(area), heard=found.heard.merged(theme))


# --- names that may be told ----------------------------------------------------------------------


class _Known:
    """Knows what initiatives and organisations are called, as far as that may be told."""

    def __init__(self, hood: Neighbourhood) -> None:
        names = Names.of(hood)
        rows = [(ref_of(r), r.name) for r in hood.initiatives if r.visible]
        rows += [(ref_of(r), r.name or r.organisation) for r in hood.organisations]
        self.names = {ref: name for ref, name in rows if not names.said_in(name)}

    def shown(self, initiatives: Iterable[str]) -> tuple[str, ...]:
        """Return the names of initiatives that may be shown, by the alphabet."""
        refs = (f"initiative:{each}" for each in initiatives)
        return tuple(sorted(self.names[ref] for ref in refs if ref in self.names))


def _names(hood: Neighbourhood, known: _Known, facts: CouncilFacts) -> dict[str, Said]:
    """Return what every heading of a table is called, in every language."""
    offered, asked = facts.offered, facts.asked
    themes = {*offered.rows, *asked.rows, *facts.doors.heard.columns} - {_UNKNOWN}
    homes = (row.area or _UNKNOWN for row in hood.people)
    areas = {*offered.columns, *asked.columns, *homes, *facts.doors.streets.rows}
    areas |= {line.area for line in facts.areas}
    found: dict[str, Said] = {f"theme:{each}": label(hood, each).said for each in sorted(themes)}
    told = area_names(hood, sorted(areas), _AUDIENCE)
    found |= {f"area:{each}": named.said for each, named in told.items()}
    for ref in sorted(ref_of(row) for row in (*hood.initiatives, *hood.organisations)):
        kind = ref.partition(":")[0]
        found[ref] = {
            lang.value: known.names.get(ref) or say(f"council.some.{kind}", lang)
            for lang in Language
        }
    for sort in party_kinds().values():
        found[f"source:{sort.id}"] = {lang.value: sort.label(lang.value) for lang in Language}
    return found


# --- the life of initiatives ---------------------------------------------------------------------


def _stages(
    hood: Neighbourhood, known: _Known, period: tuple[dt.date, dt.date]
) -> Iterator[StageLine]:
    first, last = period
    by_stage = defaultdict[str, list[str]](list)
    came: Counter[str] = Counter()
    for row in hood.initiatives:
        stage = row.status.value if row.status else _UNKNOWN
        by_stage[stage].append(row.initiative)
        came[stage] += row.status_since is not None and first <= row.status_since <= last
    for stage in (*(each.value for each in InitiativeStatus), _UNKNOWN):
        there = by_stage[stage]
        yield StageLine(stage, len(there), came[stage], known.shown(there))


def _steps(before: Neighbourhood, after: Neighbourhood) -> tuple[StepLine, ...]:
    made = [s for s in steps(before, after) if s.record.startswith("initiative:")]
    counts = Counter(step.move for step in made)
    return tuple(StepLine(move.value, counts[move]) for move in Move)


def _challenges(hood: Neighbourhood, known: _Known, last: dt.date) -> tuple[ChallengeLine, ...]:
    """Tell what stood on the last day: not what residents asked for only later."""
    later = {a.agreement for a in hood.agreements if a.since is not None and a.since > last}
    order = ["running", "agreed", "negotiating", "proposed", "ended", "refused", None]
    lines = [
        ChallengeLine(
            known.names.get(each.challenger or ""),
            known.names.get(each.challenged or ""),
            each.claim.value if each.claim else None,
            each.status.value if each.status else None,
            each.provider is not None and each.provider == each.challenger,
        )
        for each in challenges(hood)
        if each.agreement not in later
    ]
    return tuple(sorted(lines, key=lambda line: order.index(line.status)))
