"""The smallest change with which a need is met and no other is dropped, found by solving again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from html import escape

from assetmap.explain.changes import Change, ChangeKind, changes_for
from assetmap.explain.newcomers import told_newcomer, told_ride
from assetmap.explain.reasons import chosen_language, found_need
from assetmap.explain.trial import Found, Study, Trial
from assetmap.match import Proposals
from assetmap.model import Leg, Record, Rung
from assetmap.plans import (
    Chosen,
    Earlier,
    Gap,
    Option,
    Plan,
    Reason,
    Scene,
    Working,
    encode,
    prepared,
    proposed,
)
from assetmap.plans.building import ORDER
from assetmap.plans.demands import demanding
from assetmap.plans.enumeration import Candidates
from assetmap.plans.wording import Teller, thing
from assetmap.solvers import Status, solve
from assetmap.texts import Language, number

__all__ = ["Remedy", "answered", "remedy"]

FREELY = 6
"""In a large run at most so many changes are tried with other plans for those near by."""


@dataclass(frozen=True)
class Remedy:
    """What is enough to meet a need; ``str()`` tells it in words.

    Attributes
    ----------
    need : str
        The need.
    changes : tuple of Change
        One or two changes, each with the records to add; empty where these are not enough, where
        it is for the worker, or where a search that was stopped left nothing to change.
    reason : Reason or None
        ``several``: no two small changes are enough. ``not_possible_here``: only the worker can
        tell. None: there is a remedy.
    verified : bool
        Solved again with these changes: this need is met, and so is all that is met now.
    plan : Plan or None
        What could be proposed for the need then.
    worker : str or None
        Who holds the question.
    language : Language
        Language of the sentence.
    sentence : str
        The same in words.
    seconds : float
        How long the search took; no part of what makes two remedies equal.
    """

    need: str
    changes: tuple[Change, ...]
    reason: Reason | None
    verified: bool
    plan: Plan | None
    worker: str | None
    language: Language
    sentence: str
    seconds: float = field(compare=False)

    @property
    def records(self) -> tuple[Record, ...]:
        """What :func:`assetmap.explain.what_if` would add: the last word on each record."""
        return merged(*self.changes)

    def __str__(self) -> str:
        """Return the sentence."""
        return self.sentence

    def _repr_html_(self) -> str:
        return f'<p lang="{self.language.value}">{escape(self.sentence)}</p>'


def merged(*changes: Change) -> tuple[Record, ...]:
    """Return the records of several changes, each made on top of the one before."""
    found = {(r.table, str(r.id)): r for change in changes for r in change.records}
    return tuple(found.values())


def remedy(
    proposals: Proposals,
    need: str,
    *,
    language: str | None = None,
    name: Callable[[str], str] | None = None,
) -> Remedy | None:
    """Find the smallest of a closed set of changes with which a need is met.

    1. The rules that stand in the way, and what others have, say which changes could help: a
       conversation, a step of the ladder, a ride, a seat, an hour, a wish, a talent.
    2. One change is tried after another, then two together: what it touches is enumerated anew,
       and the run is solved again with this need and all needs that are met now required.
    3. The first that holds is the answer. Changes that are easier to bring about come first.

    Nothing is told of what another person asked, refused or was kept from; where that is the
    reason there is no remedy but the worker.

    Parameters
    ----------
    proposals : Proposals
        The run.
    need : str
        Id of a need, bare or as ``need:n1``.
    language : str, optional
        Language of the sentence; default: the team's.
    name : callable, optional
        How a party is named, such as ``called(proposals.hood)``; default: by id.

    Returns
    -------
    Remedy or None
        None for a need that has a plan or is not open.

    Raises
    ------
    UnknownName
        There is no such need.
    UnusableInput
        The proposals do not hold their working.

    Examples
    --------
    >>> import assetmap
    >>> from assetmap.model import Activity, Need, Neighbourhood, Person
    >>> hood = Neighbourhood.from_records(
    ...     Person(person="p1", area="north"),
    ...     Activity(
    ...         activity="a1",
    ...         name="Eetcafé",
    ...         category="meal",
    ...         area="north",
    ...         start="2026-11-27 18:00",
    ...         capacity=0,
    ...     ),
    ...     Need(need="n1", owner="p1", category="meal", talked="yes", wants="a1"),
    ... )
    >>> found = remedy(assetmap.propose(hood, "2026-W48"), "n1", language="en")
    >>> found.changes[0].kind, found.verified
    (<ChangeKind.SEAT: 'seat'>, True)
    >>> print(found)
    This is enough: one place more at ‘Eetcafé’. Worked out: all other plans can stay.
    """
    begun = time.perf_counter()
    wanted = found_need(proposals, need).need
    gap = proposals.gap_for(wanted)
    if gap is None:
        return None
    teller = Teller(proposals, chosen_language(proposals, language), name or str)
    told = answered(Study(proposals), teller, gap)
    return replace(told, seconds=time.perf_counter() - begun)


def answered(study: Study, teller: Teller, gap: Gap) -> Remedy:
    """Find the remedy of one need without a plan; of what nothing may be told, nothing is sought.

    Parameters
    ----------
    study : Study
        The run.
    teller : Teller
        How it is told.
    gap : Gap
        Why the need has no plan.
    """
    secret = gap.reason is Reason.NOT_POSSIBLE_HERE
    return _answer(teller, gap, None if secret else Search(study, gap.need).smallest())


@dataclass(frozen=True, eq=False)
class Way:
    """Changes that are enough, the trial that shows it, and what that came to."""

    changes: tuple[Change, ...]
    trial: Trial
    found: Found


@dataclass(eq=False)
class Search:
    """Looks for the smallest set of changes for one need.

    Parameters
    ----------
    study : Study
        The run.
    need : str
        A need without a plan.
    """

    study: Study
    need: str

    def smallest(self) -> Way | None:
        """Return the first change that is enough, else the first two; None: two are too few.

        Where the search was stopped it may be that nothing has to change.
        """
        if self.need not in self.study.asks:
            return None
        if self.study.run.certificate.status is not Status.OPTIMAL:
            found = self.first([((), Trial(self.study))])
            if found is not None:
                return found
        singles = list(self.singles())
        found = self.first(singles)
        return found if found is not None else self.first(list(self.pairs(singles)))

    def first(self, ways: Sequence[tuple[tuple[Change, ...], Trial]]) -> Way | None:
        """Return the first way that is enough; where all keep their plan first, else freely."""
        small = len(self.study.asks) <= FREELY * FREELY
        for freely in (False, True):
            tried = 0
            for changes, trial in ways:
                if freely and not trial.candidates(self.need).options:
                    continue
                tried += 1
                if freely and not small and tried > FREELY:
                    break
                found = trial.solved([self.need], freely=freely)
                if found is None or self.need not in found.met:
                    continue
                way = Way(changes, trial, found)
                if self.holds(way):
                    return way
        return None

    def holds(self, way: Way) -> bool:
        """Say whether it is enough when everything is worked out anew from the tables.

        First it is looked whether the very plans that were found are possible together; only
        where they are not, whether any others are.
        """
        run, known = self.study.run, self.study.worked.working
        scene = Scene(way.trial.hood, run.policy, run.week)
        anew = prepared(scene, lambda _done, _total: None, before=known)
        options = {name: found.options for name, found in anew.found.items()}
        plans = [_again(c, options.get(c.option.ask.id, ())) for c in way.found.chosen]
        there = [plan for plan in plans if plan is not None]
        if len(there) == len(plans) and self.meets(anew, there):
            return True
        return self.meets(anew, anew.options)

    def meets(self, anew: Working, options: Sequence[Option]) -> bool:
        """Say whether this need can be met by some plans, with all that is met now."""
        was, asks = Earlier((), self.study.worked.encoded), anew.opened.asks
        encoded = encode(anew.scene, anew.busy, asks, options, links=anew.links, earlier=was)
        if all(isinstance(name, tuple) and name[0] != self.need for name in encoded.ledger.needs):
            return False
        problem = demanding(encoded, self.study.required, [self.need])
        found = None if problem is None else solve(problem)
        return found is not None and found.objective == (1,)

    def singles(self) -> Iterator[tuple[tuple[Change, ...], Trial]]:
        """Yield every single change, with the run in which it is made."""
        base = Trial(self.study)
        for change in changes_for(base, self.study.asks[self.need]):
            yield (change,), Trial(self.study, change.records)

    def pairs(
        self, singles: Sequence[tuple[tuple[Change, ...], Trial]]
    ) -> Iterator[tuple[tuple[Change, ...], Trial]]:
        """Yield two changes together: the second is for what the first brought further."""
        before = reached(Trial(self.study).candidates(self.need))
        seen: set[frozenset[tuple[str, str]]] = set()
        for (first,), trial in singles:
            focus = focus_of(first, before, reached(trial.candidates(self.need)))
            for second in changes_for(trial, trial.asks[self.need], focus):
                both = frozenset({first.name, second.name})
                if both in seen:
                    continue
                seen.add(both)
                together = (first, second)
                yield together, Trial(self.study, merged(*together))


def _again(plan: Chosen, options: Sequence[Option]) -> Option | None:
    """Return the very plan with its givers alone among candidates; None if it is not there."""
    givers = {(giver.identity, giver.if_attending) for giver in plan.givers}
    same = plan.option.only(lambda giver: (giver.identity, giver.if_attending) in givers)
    for option in options:
        if option.slot.index == same.slot.index and option.start == same.start:
            mine = option.only(lambda giver: (giver.identity, giver.if_attending) in givers)
            if mine.possible and _named(mine) == _named(same):
                return mine
    return None


def _named(option: Option) -> tuple[object, ...]:
    return (option.key, option.step, option.pinned, option.group)


def reached(found: Candidates) -> dict[str, int]:
    """Return how far each offer came: the place of the rule that removed it, or beyond all."""
    far = {miss.offer.key: ORDER[miss.rule] for miss in found.misses}
    return far | {option.offer.key: len(ORDER) for option in found.options}


def focus_of(
    change: Change, before: dict[str, int], after: dict[str, int]
) -> frozenset[str] | None:
    """Return the offers that a change has to do with; None: all of them."""
    if change.kind is ChangeKind.CONVERSATION or change.thing == "wants":
        return None
    further = {key for key, far in after.items() if far > before.get(key, -1)}
    ids = {str(row.id) for row in change.records} | {change.thing.rpartition("@")[2]}
    return frozenset(further | {key for key in after if key.partition(":")[2] in ids})


# --- in words -----------------------------------------------------------------------------------


def _answer(teller: Teller, gap: Gap, way: Way | None) -> Remedy:
    plan: Plan | None = None
    reason: Reason | None = gap.reason
    changes: tuple[Change, ...] = ()
    if way is not None:
        changes, reason = way.changes, None
        plan = _plan(way, gap.need)
        said = told_changes(teller, changes)
        key = "enough" if said else "already"
        sentence = teller.say(f"explain.remedy.{key}", n=len(said), changes=said)
    elif gap.reason is Reason.NOT_POSSIBLE_HERE:
        sentence = teller.say("reasons.not_possible_here_remedy")
    else:
        reason = Reason.SEVERAL
        several = (teller.say("reasons.several"), teller.say("reasons.several_remedy"))
        sentence = " ".join(several)
    return Remedy(
        need=gap.need,
        changes=changes,
        reason=reason,
        verified=way is not None,
        plan=plan,
        worker=gap.worker,
        language=Language(teller.lang),
        sentence=sentence,
        seconds=0.0,
    )


def _plan(way: Way, need: str) -> Plan | None:
    links = way.trial.study.worked.working.links
    mine = (c for c in way.found.chosen if c.option.ask.id == need)
    chosen = next(mine, None)
    return None if chosen is None else proposed(way.trial.scene, chosen, links)


def told_changes(teller: Teller, changes: Sequence[Change]) -> list[str]:
    """Return changes in words."""
    return [told_change(teller, change) for change in changes]


def told_change(teller: Teller, change: Change) -> str:
    """Return one change in words, as part of a sentence."""
    what, _, activity = change.thing.partition("@")
    key = f"explain.change.{change.kind.value}"
    if change.kind is ChangeKind.WISH:
        return teller.say(f"{key}_{change.thing}")
    if change.kind is ChangeKind.TRIED:
        return teller.say(key, rung=teller.rungs([Rung(change.thing)]))
    if change.kind in {ChangeKind.PLAN, ChangeKind.HOUR}:
        more = change.hours or 0
        facts = {"n": more, "hours": number(more, teller.lang)}
        return teller.say(key, what=thing(teller, change.thing, leg=Leg.HELP), **facts)
    if change.kind is ChangeKind.TALENT:
        if activity:
            there = {"what": teller.label(what), "activity": teller.activity(activity)}
            return teller.say(f"{key}_there", **there)
        said = teller.label(what)
        return told_newcomer(teller, change.traits, language=change.language, what=said)
    if change.kind is ChangeKind.RELIEF:
        label, spoken = teller.label(what), change.language
        who = told_newcomer(teller, change.traits, language=spoken, what=label)
        more = change.hours or 0
        return teller.say(key, who=who, n=more, hours=number(more, teller.lang))
    if change.kind is ChangeKind.CONVERSATION:
        return teller.say(key)
    said = teller.say(key, activity=teller.activity(change.thing))
    return told_ride(teller, change.traits, language=change.language, ride=said)
