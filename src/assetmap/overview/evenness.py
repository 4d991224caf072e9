"""Whether proposals reach everybody alike: by area, age and language, without naming anybody."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Protocol

from assetmap.model import Neighbourhood, Person
from assetmap.overview.common import homes_of
from assetmap.privacy import CountTable, Discloses
from assetmap.schedule import Week
from assetmap.texts import language as known_language
from assetmap.texts import say

__all__ = ["Fairness", "GroupBy", "Uneven", "fairness"]

UNKNOWN = "unknown"
WITH, WITHOUT = "with", "without"
"""The columns: people with something for all they ask, and people with a question left over."""
BANDS = ((30, "0-29"), (50, "30-49"), (70, "50-69"))
OLDEST = "70+"
LARGE = 0.2
"""A share that is higher by so much is a large difference."""
FEWEST = 10
"""Of fewer people than this no difference is told: one more or less would turn it."""
HALF_DECADE = 5


class GroupBy(StrEnum):
    """By what people are grouped."""

    AREA = "area"
    AGE = "age"
    LANGUAGE = "language"


class Asked(Protocol):
    """Something about a need."""

    @property
    def need(self) -> str:
        """The need."""


class Run(Protocol):
    """What a run proposes, as far as it is looked at here."""

    @property
    def hood(self) -> Neighbourhood:
        """The neighbourhood."""

    @property
    def week(self) -> Week:
        """The week of the run."""

    @property
    def items(self) -> Sequence[Asked]:
        """The plans."""

    @property
    def gaps(self) -> Sequence[Asked]:
        """Open needs without a plan."""

    @property
    def met_by_giving(self) -> Collection[str]:
        """Needs met by what the asker gives."""


@dataclass(frozen=True, slots=True)
class Uneven:
    """A group in which many more people are left with a question than elsewhere.

    Attributes
    ----------
    by : GroupBy
        By what people are grouped.
    group : str
        The group; never a person.
    share, elsewhere : float
        Which part of those who ask is left with a question: here, and in the other groups.
    """

    by: GroupBy
    group: str
    share: float
    elsewhere: float

    def sentence(self, language: str) -> str:
        """Return it in words, in Dutch (``nl``) or English (``en``)."""
        lang = known_language(language)
        group = say("report.fairness.unknown", lang) if self.group == UNKNOWN else self.group
        here, there = (round(100 * part) for part in (self.share, self.elsewhere))
        return say(f"report.fairness.{self.by.value}", lang, group=group, here=here, there=there)


@dataclass(frozen=True)
class Fairness:
    """How many people have something for all they ask, and how many are left with a question.

    Everybody who asks something counts once in each table, in the column ``with`` or ``without``.
    The numbers are raw; they leave through the gate of privacy, which hides small ones. What is
    told of differences rests on the numbers that are there: after the gate, on what it let pass.

    Attributes
    ----------
    areas : CountTable
        By area.
    ages : CountTable
        By age, from the decade of birth: the middle of it counts.
    languages : CountTable
        By the language that somebody named first.
    """

    areas: Annotated[CountTable, Discloses.COUNT]
    ages: Annotated[CountTable, Discloses.COUNT]
    languages: Annotated[CountTable, Discloses.COUNT]

    @property
    def uneven(self) -> tuple[Uneven, ...]:
        """The groups of ten people or more that are left out by a fifth more than the others."""
        tables = zip(GroupBy, (self.areas, self.ages, self.languages), strict=True)
        return tuple(found for by, table in tables for found in _uneven(by, table))

    def sentences(self, language: str) -> tuple[str, ...]:
        """Return the large differences in words, or that none were seen."""
        found = tuple(each.sentence(language) for each in self.uneven)
        return found or (say("report.fairness.none", known_language(language)),)


def fairness(proposals: Run) -> Fairness:
    """Count by area, age and language who has something for all they ask and who does not.

    Only people count, not initiatives and organisations that ask; a standing arrangement counts
    as something. What was set apart because of safety is in no number.

    Parameters
    ----------
    proposals : Proposals
        What :func:`assetmap.propose` returned, or anything with the same attributes.

    Examples
    --------
    >>> import assetmap
    >>> from assetmap.model import Need, Neighbourhood, Person, Talent
    >>> hood = Neighbourhood.from_records(
    ...     Person(person="p1", area="north"),
    ...     Person(person="p2", area="south"),
    ...     Person(person="p3", area="south"),
    ...     Talent(talent="t1", owner="p2", category="shopping"),
    ...     Need(need="n1", owner="p1", category="shopping", talked="yes"),
    ...     Need(need="n2", owner="p3", category="computer", talked="yes"),
    ... )
    >>> found = fairness(assetmap.propose(hood, "2026-W48"))
    >>> found.areas.cells["north", "with"], found.areas.cells["south", "without"]
    (1, 1)
    >>> found.sentences("en")[0][:27]
    'No large differences were s'
    """
    hood, year = proposals.hood, proposals.week.monday.year
    left = {gap.need for gap in proposals.gaps}
    asked = left | {plan.need for plan in proposals.items} | set(proposals.met_by_giving)
    without: dict[str, bool] = {}
    for name in sorted(asked):
        owner = hood.need(name).owner
        without[owner] = without.get(owner, False) or name in left
    people = {p.person: p for p in hood.people}
    askers = [(people[who], gone) for who, gone in without.items() if who in people]

    def table(group: Callable[[Person], str]) -> CountTable:
        found = [((group(p), WITHOUT if gone else WITH), p.person) for p, gone in askers]
        every = {(row, column) for (row, _), _ in found for column in (WITH, WITHOUT)}
        return CountTable.tally(found, cells=every, households=homes_of(hood))

    return Fairness(
        areas=table(lambda person: person.area or UNKNOWN),
        ages=table(lambda person: _band(person, year)),
        languages=table(lambda person: (person.languages or (UNKNOWN,))[0]),
    )


def _band(person: Person, year: int) -> str:
    """Return the age band of somebody, as if born in the middle of the decade."""
    if person.born is None:
        return UNKNOWN
    age = year - person.born - HALF_DECADE
    return next((name for below, name in BANDS if age < below), OLDEST)


def _uneven(by: GroupBy, table: CountTable) -> Iterator[Uneven]:
    """Yield the groups that are left out, as far as the numbers may be seen."""
    seen = {row: _pair(table, row) for row in table.rows}
    pairs = {row: pair for row, pair in seen.items() if pair is not None}
    for row, (have, lack) in pairs.items():
        others = [pair for other, pair in pairs.items() if other != row]
        total, rest = have + lack, sum(a + b for a, b in others)
        if total < FEWEST or rest < FEWEST:
            continue
        here, there = lack / total, sum(b for _, b in others) / rest
        if here - there >= LARGE:
            yield Uneven(by, row, here, there)


def _pair(table: CountTable, row: str) -> tuple[int, int] | None:
    """Return the two numbers of a group, or None where one of them is hidden."""
    have, lack = table.cells.get((row, WITH)), table.cells.get((row, WITHOUT))
    return None if have is None or lack is None else (have, lack)
