"""What the neighbourhood is short of: what one, two or four more of a thing would change."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from typing import TYPE_CHECKING

from assetmap.explain.changes import Change, ChangeKind, changes_for, records_of
from assetmap.explain.reasons import chosen_language
from assetmap.explain.remedies import focus_of, merged, reached, told_changes
from assetmap.explain.trial import Study, Trial
from assetmap.match import Proposals
from assetmap.model import Leg, Person, Record
from assetmap.plans import Ask, Reason
from assetmap.plans.building import leg_of
from assetmap.plans.wording import Teller
from assetmap.solvers import Status
from assetmap.texts import Language

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Shortage", "ShortageKind", "Shortages", "shortages"]

COLUMNS = (
    "category",
    "area",
    "when",
    "kind",
    "with",
    "one_more",
    "two_more",
    "four_more",
    "verified",
)
NEAREST = 2
"""So many changes of a kind are looked into for each need without a plan, the nearest first."""
AT_HAND = 24
"""So many runs with something more are kept at hand, for whoever points to the same."""
_DRIVING = {ChangeKind.RIDE_OUT: "out", ChangeKind.RIDE_BACK: "back", ChangeKind.RIDE: "out"}
_GOING = frozenset({*_DRIVING, ChangeKind.SEAT})
_SILENT = frozenset({Reason.NOT_POSSIBLE_HERE, Reason.FIRST_CONVERSATION})
"""Needs that point to nothing: nothing may be told of why, or nobody has talked about it yet."""


class ShortageKind(StrEnum):
    """Of what there could be more."""

    SEAT = "seat"
    """A seat at an activity, or in a car."""
    PLACE = "place"
    """A room or a piece of land."""
    HOURS = "hours"
    """Once more a week, or more hours, of somebody who helps already."""
    TALENT = "talent"
    """Somebody who offers it."""


_KINDS = {
    ChangeKind.SEAT: ShortageKind.SEAT,
    ChangeKind.RIDE_OUT: ShortageKind.SEAT,
    ChangeKind.RIDE_BACK: ShortageKind.SEAT,
    ChangeKind.RIDE: ShortageKind.SEAT,
    ChangeKind.PLAN: ShortageKind.HOURS,
    ChangeKind.HOUR: ShortageKind.HOURS,
    ChangeKind.TALENT: ShortageKind.TALENT,
}


@dataclass(frozen=True, slots=True)
class Shortage:
    """One thing, or pair of things, that the neighbourhood is short of.

    Attributes
    ----------
    category : str
        What it is; for a seat in a car ``ride``.
    area : str or None
        Where: of the activity, of who helps, or where a ride or a talent is wanted.
    when : str or None
        When, for what belongs to an activity: the start, or the beginning of the drive.
    kind : ShortageKind
        What kind of thing.
    together : str or None
        The other of a pair: category, area, when and kind.
    one_more, two_more, four_more : int
        Needs that would be met in addition, everybody keeping the plan they have, with one, two
        and four more of it, or of both.
    verified : bool
        Solved again with each of these.
    changes : tuple of Change
        One more of it, as records that :func:`assetmap.explain.what_if` can add.
    """

    category: str
    area: str | None
    when: str | None
    kind: ShortageKind
    together: str | None
    one_more: int
    two_more: int
    four_more: int
    verified: bool
    changes: tuple[Change, ...]

    @property
    def records(self) -> tuple[Record, ...]:
        """What :func:`assetmap.explain.what_if` would add for one more."""
        return merged(*self.changes)


@dataclass(frozen=True)
class Shortages:
    """What the neighbourhood is short of, what changes most first; ``str()`` tells it in words.

    Attributes
    ----------
    items : tuple of Shortage
        The shortages.
    language : Language
        Language of the sentences.
    sentences : tuple of str
        The same in words, one for each.
    """

    items: tuple[Shortage, ...]
    language: Language
    sentences: tuple[str, ...]

    def __str__(self) -> str:
        """Return the shortages in words, one line for each."""
        return "\n".join(self.sentences)

    def to_frame(self) -> pd.DataFrame:
        """Return one row per shortage, with the columns of ``shortages.csv``."""
        import pandas as pd

        rows = [
            (s.category, s.area, s.when, s.kind.value, s.together, *_counts(s), s.verified)
            for s in self.items
        ]
        frame = pd.DataFrame(rows, columns=list(COLUMNS))
        kinds = dict.fromkeys(COLUMNS[:5], "string") | dict.fromkeys(COLUMNS[5:8], "Int64")
        return frame.astype({**kinds, "verified": "boolean"})

    def _repr_html_(self) -> str:
        lines = "".join(f"<p>{escape(line)}</p>" for line in self.sentences)
        return f'<div lang="{self.language.value}">{lines}</div>'


def _counts(found: Shortage) -> tuple[int, int, int]:
    return found.one_more, found.two_more, found.four_more


def shortages(
    proposals: Proposals,
    *,
    language: str | None = None,
    name: Callable[[str], str] | None = None,
) -> Shortages:
    """Tell of what there is too little, and what one, two and four more of it would change.

    1. Each need without a plan points to things by its nearest misses: a seat, a ride, somebody's
       time, a talent; and to pairs of these at an activity that are worth nothing alone.
    2. For each of them the run is solved again with one, two and four more: as many needs without
       a plan as possible, while everybody keeps the plan they have, or where it is no longer
       possible another one.
    3. What changes nothing is left out.

    Parameters
    ----------
    proposals : Proposals
        The run.
    language : str, optional
        Language of the sentences; default: the team's.
    name : callable, optional
        How a party is named, such as ``called(proposals.hood)``; default: by id.

    Returns
    -------
    Shortages
        For the team: exact numbers. What leaves goes through the result tables of a run.

    Raises
    ------
    UnusableInput
        The proposals do not hold their working.

    Examples
    --------
    >>> import assetmap
    >>> from assetmap.model import Activity, Need, Neighbourhood, Person
    >>> start = "2026-11-27 18:00"
    >>> hood = Neighbourhood.from_records(
    ...     [Person(person=p, area="north") for p in ("p1", "p2", "p3")],
    ...     Activity(
    ...         activity="a1",
    ...         name="Eetcafé",
    ...         category="meal",
    ...         area="north",
    ...         start=start,
    ...         capacity=1,
    ...     ),
    ...     [
    ...         Need(need=f"n{n}", owner=f"p{n}", category="meal", talked="yes", wants="a1")
    ...         for n in (1, 2, 3)
    ...     ],
    ... )
    >>> found = shortages(assetmap.propose(hood, "2026-W48"), language="en")
    >>> (seat,) = found.items
    >>> seat.kind.value, seat.when, seat.one_more, seat.two_more, seat.four_more
    ('seat', '2026-11-27 18:00', 1, 2, 2)
    >>> print(found)
    One place more at ‘Eetcafé’: then 1 more need has a plan; with two 2, with four 2.
    """
    study = Study(proposals)
    teller = Teller(proposals, chosen_language(proposals, language), name or str)
    found = Scarcity(study).found() if study.worked.solution.chosen is not None else ()
    said = tuple(_told(teller, each) for each in found)
    return Shortages(
        items=found,
        language=Language(teller.lang),
        sentences=said or (teller.say("explain.shortage.none"),),
    )


def _told(teller: Teller, found: Shortage) -> str:
    what = told_changes(teller, found.changes)
    counts = {"n": found.one_more, "two": found.two_more, "four": found.four_more}
    key = "pair" if len(what) > 1 else "single"
    sentence = teller.say(f"explain.shortage.{key}", what=what, **counts)
    return f"{sentence[0].upper()}{sentence[1:]}"


class Scarcity:
    """Looks into the things that needs without a plan point to.

    Parameters
    ----------
    study : Study
        The run.
    """

    def __init__(self, study: Study) -> None:
        self.study, self.base = study, Trial(study)
        self.trials: dict[tuple[Record, ...], Trial] = {(): self.base}
        self.counts: dict[tuple[object, ...], int | None] = {}
        reasons = {gap.need: gap.reason for gap in study.run.gaps}
        open_to_all = (need for need in study.unmet if reasons[need] not in _SILENT)
        self.needs = tuple(sorted(open_to_all))
        self.already: tuple[str, ...] = ()
        if study.run.certificate.status is not Status.OPTIMAL:
            possible = self.base.solved(self.needs)  # as it is: the search had stopped before
            self.already = possible.met if possible is not None else ()
            self.needs = tuple(need for need in self.needs if need not in self.already)

    def found(self) -> tuple[Shortage, ...]:
        """Return the shortages, what changes most first; of those alike the largest."""
        rows: dict[tuple[object, ...], Shortage] = {}
        seen: set[object] = set()
        for way, ask in self.pointed():
            name = tuple((*c.name, c.area, c.traits) for c in way)
            found = None if name in seen else self.weighed(way, ask)
            seen.add(name)
            if found is None:
                continue
            key = (found.category, found.area, found.when, found.kind, found.together)
            if key not in rows or _counts(found) > _counts(rows[key]):
                rows[key] = found
        return tuple(sorted(rows.values(), key=_first))

    # --- what points to what ----------------------------------------------------------------------

    def pointed(self) -> Iterator[tuple[tuple[Change, ...], Ask]]:
        """Yield the things, and pairs of things, that the needs point to."""
        for need in self.needs:
            ask = self.study.asks[need]
            for change in self.nearest(changes_for(self.base, ask)):
                yield (change,), ask
                if change.kind in _GOING:
                    yield from self.pairs(change, ask)

    def nearest(self, changes: Iterable[Change]) -> Iterator[Change]:
        kinds: Counter[ChangeKind] = Counter()
        for change in changes:
            kinds[change.kind] += 1
            if change.kind in _KINDS and kinds[change.kind] <= NEAREST:
                yield change

    def pairs(self, first: Change, ask: Ask) -> Iterator[tuple[tuple[Change, ...], Ask]]:
        """Yield what has to come along where one more alone is not enough for this need."""
        trial = self.trial(first.records)
        alone = trial.solved([ask.id])
        if alone is None or ask.id in alone.met:
            return
        before = reached(self.base.candidates(ask.id))
        focus = focus_of(first, before, reached(trial.candidates(ask.id)))
        for second in self.nearest(changes_for(trial, ask, focus)):
            alike = first.kind in _DRIVING and second.kind in _DRIVING  # one car drives both ways
            if second.kind not in _GOING or second.name == first.name or alike:
                continue
            both = self.trial(merged(first, second)).solved([ask.id])
            if both is not None and ask.id in both.met:
                yield tuple(sorted((first, second), key=lambda c: c.name)), ask

    # --- how much it would change -----------------------------------------------------------------

    def weighed(self, way: tuple[Change, ...], ask: Ask) -> Shortage | None:
        """Return what more of something would change; None: nothing."""
        most = self.within(way, ask, 4)
        one = self.met(way, ask, 1) if most else None
        if one is None:
            return None
        if len(way) > 1 and max(self.met((c,), ask, 1) or 0 for c in way) >= one:
            return None
        four = one if one == len(most) else self.met(way, ask, 4)  # what one more does, four do
        two = one if one == four else self.met(way, ask, 2)
        if not four or two is None:
            return None
        main = way[0]
        others = [self.written(c, ask) for c in way[1:]]
        if main.kind is ChangeKind.RIDE:
            others.append(self.written(main, ask, back=True))
        category, area, when, kind = self.cells(main, ask)
        together = " | ".join(others) or None
        return Shortage(category, area, when, kind, together, one, two, four, True, way)

    def met(self, way: tuple[Change, ...], ask: Ask, times: int) -> int | None:
        """Return how many needs would be met in addition; None: not everything could stay met."""
        wanted = (*self.within(way, ask, times), *self.already)
        trial = self.with_more(way, ask, times)
        key = (trial.records, wanted)
        if key not in self.counts:
            found = trial.solved(wanted)
            self.counts[key] = None if found is None else len(found.met) - len(self.already)
        return self.counts[key]

    def within(self, way: tuple[Change, ...], ask: Ask, times: int) -> list[str]:
        """Return the needs for which there is any plan, with so much more of something."""
        trial = self.with_more(way, ask, times)
        able = (need for need in self.needs if trial.could_help(self.study.asks[need]))
        return [need for need in able if trial.candidates(need).options]

    def with_more(self, way: tuple[Change, ...], ask: Ask, times: int) -> Trial:
        """Return the run with so much more of something."""
        records: tuple[Record, ...] = ()
        for change in way:
            more = records_of(self.trial(records), ask, change, times)
            records = (*records, *more)
        last = {(r.table, str(r.id)): r for r in records}
        return self.trial(tuple(last.values()))

    def trial(self, records: tuple[Record, ...]) -> Trial:
        """Return the run with some records more; the last few are kept."""
        if records not in self.trials:
            while len(self.trials) > AT_HAND:
                self.trials.pop(next(key for key in self.trials if key))
            self.trials[records] = Trial(self.study, records)
        return self.trials[records]

    # --- as cells ---------------------------------------------------------------------------------

    def cells(
        self, change: Change, ask: Ask, *, back: bool = False
    ) -> tuple[str, str | None, str | None, ShortageKind]:
        """Return category, area, when and kind."""
        area, when, kind = change.area, change.when, _KINDS[change.kind]
        if change.kind in _DRIVING:
            when = self.drive(change, back=back)
        elif change.kind is ChangeKind.TALENT and change.when is None:
            somebody = next((r for r in change.records if isinstance(r, Person)), None)
            area = somebody.area if somebody is not None else area
            if leg_of(self.study.scene, ask) is Leg.PLACE:
                kind = ShortageKind.PLACE
        return change.category or "", area, when, kind

    def written(self, change: Change, ask: Ask, *, back: bool = False) -> str:
        """Return the other of a pair as one cell."""
        return " / ".join(str(cell) for cell in self.cells(change, ask, back=back) if cell)

    def drive(self, change: Change, *, back: bool) -> str | None:
        """Return when the first drive there, or home, begins."""
        meetings = self.study.scene.meetings.get(change.thing)
        if not meetings:
            return change.when
        margin = dt.timedelta(minutes=self.study.scene.policy.ride_margin_minutes)
        home = back or change.kind is ChangeKind.RIDE_BACK
        begins = meetings[0].end if home else meetings[0].start - margin
        return begins.strftime("%Y-%m-%d %H:%M")


def _first(found: Shortage) -> tuple[object, ...]:
    counts = tuple(-n for n in _counts(found))
    cells = (found.kind.value, found.category, found.area or "", found.when or "")
    return (*counts, *cells, found.together or "")
