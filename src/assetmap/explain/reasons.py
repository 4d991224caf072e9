"""Why a need has this plan, or why it has none yet: facts, and the sentence made of them."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum, StrEnum
from html import escape
from types import MappingProxyType
from typing import Any

from assetmap.errors import UnknownName, UnusableInput
from assetmap.match import Proposals
from assetmap.model import Leg, Level, Need, Rung, reference
from assetmap.plans import Doubt, Gap, Plan, PlanLeg, PlanStatus, Reason, names_days
from assetmap.plans.ending import last_day
from assetmap.plans.telling import told_group
from assetmap.plans.wording import (
    Teller,
    called,
    doubts,
    funnel_counts,
    funnel_lines,
    remedy,
    why_gap,
    why_leg,
    why_plan,
)
from assetmap.privacy import SafetyRecord
from assetmap.texts import Language, day, language, moment, say

__all__ = [
    "Explanation",
    "FunnelFacts",
    "GapFacts",
    "LegFacts",
    "Outcome",
    "PlanFacts",
    "called",
    "why",
]


class Outcome(StrEnum):
    """What became of a need in a run."""

    PLANNED = "planned"
    """There is at least one plan."""
    UNMET = "unmet"
    """It is open and has no plan."""
    MET_BY_GIVING = "met_by_giving"
    """It is met by what the asker does for somebody else."""
    NOT_OPEN = "not_open"
    """It is closed, met before, or asked only later."""
    SUBJECT_UNKNOWN = "subject_unknown"
    """Its category is not in the list, so it took no part: somebody has to choose one."""


@dataclass(frozen=True, slots=True)
class LegFacts:
    """One part of a plan, and why it is this one.

    Attributes
    ----------
    leg : Leg
        Which part.
    provider : str
        Id of who gives it.
    talent, activity : str or None
        With what, or at what.
    rung : Rung
        The step of the ladder it stands on.
    introducer : str or None
        Who can introduce them.
    chain : tuple of str
        The chain of acquaintance from asker to provider.
    doubts : tuple of Doubt
        What to ask about it.
    points : Mapping[str, int]
        What it adds to `fit`, by part.
    sentence : str
        The same in words.
    """

    leg: Leg
    provider: str
    talent: str | None
    activity: str | None
    rung: Rung
    introducer: str | None
    chain: tuple[str, ...]
    doubts: tuple[Doubt, ...]
    points: Mapping[str, int]
    sentence: str


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """One plan for a need, with every date on which the same people do the same.

    Attributes
    ----------
    plan : str
        Id of the first of these plans.
    dates : tuple of datetime or date
        When, in order; a bare date is a week by its Monday. Empty: still to be agreed.
    status : PlanStatus
        How firm it is.
    rung : Rung
        The highest step of the ladder among its legs.
    legs : tuple of LegFacts
        Its parts, in the order in which they happen.
    also_helps : tuple of str
        Needs of the providers that it meets as well.
    welfare_answer : bool
        An informal answer where a formal provision was the alternative.
    fit : int or None
        Score of the first of these plans on the level `fit`; None for what is not weighed again.
    questions : tuple of str
        What to ask first, in words.
    sentence : str
        Why this plan as a whole, in words.
    """

    plan: str
    dates: tuple[dt.datetime | dt.date, ...]
    status: PlanStatus
    rung: Rung
    legs: tuple[LegFacts, ...]
    also_helps: tuple[str, ...]
    welfare_answer: bool
    fit: int | None
    questions: tuple[str, ...]
    sentence: str

    @property
    def parts(self) -> Mapping[str, int]:
        """The score `fit` in parts, over all legs; they add up to it exactly."""
        total: dict[str, int] = {}
        for leg in self.legs:
            for name, points in leg.points.items():
                total[name] = total.get(name, 0) + points
        return MappingProxyType(total)


@dataclass(frozen=True, slots=True)
class GapFacts:
    """Why a need has no plan.

    Attributes
    ----------
    reason : Reason
        One code from the closed list.
    leg : Leg or None
        The part that is missing.
    closest : str or None
        The offer that came nearest; never one that was kept from the asker.
    price : str or None
        What it costs, in euros, where that is too much.
    next_date : date or None
        The date that is coming.
    rung : Rung or None
        The step of the ladder that is waited for.
    opens_on : date or None
        When that step opens by waiting.
    wishes : tuple of str
        The asker's own wishes about who, whether or not they are why.
    worker : str or None
        Who holds the question now.
    sentence, remedy : str
        Why, and what helps now, in words.
    """

    reason: Reason
    leg: Leg | None
    closest: str | None
    price: str | None
    next_date: dt.date | None
    rung: Rung | None
    opens_on: dt.date | None
    wishes: tuple[str, ...]
    worker: str | None
    sentence: str
    remedy: str


@dataclass(frozen=True, slots=True)
class FunnelFacts:
    """How many offers there were for a need, and what became of them; counts only.

    Attributes
    ----------
    offers : int
        Offers of others that answer the need in kind.
    removed : tuple of (Reason, int)
        How many fell away, in the fixed order of the rules. What may not be told apart
        (sharing, safeguards, wishes, refusals) is one number.
    left : int
        Offers from which a plan could be made.
    colleagues : int
        Offers known to another worker only.
    sentences : tuple of str
        The same in words.
    """

    offers: int
    removed: tuple[tuple[Reason, int], ...]
    left: int
    colleagues: int
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a need has this plan, or why none: ``str()`` is the answer in words.

    It is for the team that knows the people; like a run it leaves only through
    :func:`assetmap.privacy.release`, as a page or a table.

    Attributes
    ----------
    need : str
        Id of the need.
    outcome : Outcome
        What became of it.
    language : Language
        Language of the sentences.
    plans : tuple of PlanFacts
        Its plans, those with the same people and things together, first date first.
    gap : GapFacts or None
        Why it has no plan.
    funnel : FunnelFacts or None
        What the rules left of all offers; None where nothing was weighed.
    sentences : tuple of str
        The whole answer.
    """

    need: str
    outcome: Outcome
    language: Language
    plans: tuple[PlanFacts, ...]
    gap: GapFacts | None
    funnel: FunnelFacts | None
    sentences: tuple[str, ...]

    def __repr__(self) -> str:
        """Return a summary without anything personal."""
        what = f"{len(self.plans)} plans" if self.plans else "no plan"
        return f"<Explanation {self.need}: {self.outcome.value}, {what}>"

    def __str__(self) -> str:
        """Return the answer in words, one line per plan."""
        return "\n".join(self.sentences)

    def to_dict(self) -> dict[str, Any]:
        """Return the facts as plain values: texts, numbers, lists and dictionaries."""
        found = {f.name: _plain(getattr(self, f.name)) for f in dataclasses.fields(self)}
        for plan, facts in zip(self.plans, found["plans"], strict=True):
            facts["parts"] = dict(plan.parts)
        return found

    def _repr_html_(self) -> str:
        lines = "".join(f"<p>{escape(line)}</p>" for line in self.sentences)
        return f'<div lang="{self.language.value}"><h4>{escape(self.need)}</h4>{lines}</div>'


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if dataclasses.is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    return value


def why(
    proposals: Proposals,
    need: str,
    *,
    language: str | None = None,
    name: Callable[[str], str] | None = None,
) -> Explanation:
    """Explain what a run proposes for a need, or why it proposes nothing yet.

    Nothing is told of what another person asked, refused or was kept from.

    Parameters
    ----------
    proposals : Proposals
        The run.
    need : str
        Id of a need, bare or as ``need:n1``.
    language : str, optional
        Language of the sentences; default: the team's.
    name : callable, optional
        How a party is named, such as ``called(proposals.hood)``; default: by id.

    Returns
    -------
    Explanation
        Facts, and sentences made of them.

    Raises
    ------
    UnknownName
        There is no such need; the text names the nearest id.

    Examples
    --------
    >>> import assetmap
    >>> from assetmap.model import Need, Neighbourhood, Person, Talent
    >>> hood = Neighbourhood.from_records(
    ...     Person(person="p1", area="north"),
    ...     Person(person="p2", area="north"),
    ...     Talent(talent="t1", owner="p2", category="shopping"),
    ...     Need(need="n1", owner="p1", category="shopping", talked="yes"),
    ...     Need(need="n2", owner="p1", category="computer", talked="yes"),
    ... )
    >>> proposals = assetmap.propose(hood, "2026-W48")
    >>> print(why(proposals, "n2", language="en"))
    Nobody in the neighbourhood offers this at the moment.
    Ask around who can do this and likes it, or help an initiative get started.
    There is no talent or activity that suits this.
    >>> why(proposals, "n1").plans[0].legs[0].provider
    'p2'
    """
    apart = _unmapped(proposals, need)
    if apart is not None:
        return _subject_unknown(apart, chosen_language(proposals, language), name or str)
    found = found_need(proposals, need)
    teller = Teller(proposals, chosen_language(proposals, language), name or str)
    plans = tuple(_plans(teller, [p for p in proposals.items if p.need == found.need]))
    gap = proposals.gap_for(found.need)
    told = None if gap is None else _gap(teller, gap)
    funnel = _funnel(teller, found.need)
    outcome = _outcome(proposals, found.need, plans, told)
    return Explanation(
        need=found.need,
        outcome=outcome,
        language=Language(teller.lang),
        plans=plans,
        gap=told,
        funnel=funnel,
        sentences=tuple(_sentences(teller, found, outcome, (plans, told, funnel))),
    )


def told_plan(teller: Teller, plan: Plan) -> str:
    """Return a plan in words, as an explanation tells it."""
    facts = next(_plans(teller, [plan]))
    return _told(teller, teller.hood.need(plan.need), facts)


def told_when(teller: Teller, plan: Plan) -> str:
    """Return when a plan is, in words."""
    named = names_days(teller.hood.need(plan.need).rrule)
    by_day = plan.status is PlanStatus.STANDING or named
    return _when(teller, plan.occurrence, by_day=by_day)


def chosen_language(proposals: Proposals, chosen: str | None) -> Language:
    """Return the language of the sentences: the one chosen, else the team's."""
    return language(proposals.policy.language if chosen is None else chosen)


def _unmapped(proposals: Proposals, identifier: str) -> SafetyRecord | None:
    """Return the record of a need that was set apart because its subject is not known."""
    ref = reference("needs", identifier.removeprefix("need:"))
    return next((each for each in proposals.apart.unmapped if each.record == ref), None)


def _subject_unknown(
    apart: SafetyRecord, lang: Language, name: Callable[[str], str]
) -> Explanation:
    said = [say("explain.subject_unknown", lang)]
    if apart.worker is not None:
        said.append(say("explain.worker", lang, worker=name(apart.worker)))
    return Explanation(
        need=apart.record.removeprefix(reference("needs", "")),
        outcome=Outcome.SUBJECT_UNKNOWN,
        language=lang,
        plans=(),
        gap=None,
        funnel=None,
        sentences=tuple(said),
    )


def found_need(proposals: Proposals, identifier: str) -> Need:
    """Return a need of a run by its id."""
    known = proposals.hood.index["needs"]
    row = known.get(identifier) or known.get(identifier.removeprefix("need:"))
    if isinstance(row, Need):
        return row
    if _unmapped(proposals, identifier) is not None:
        text = f"The subject of need {identifier!r} is not known, so it took no part in this run"
        raise UnknownName(f"{text}; choose a category from the list.")
    near = get_close_matches(identifier.removeprefix("need:"), known, n=1, cutoff=0.3)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    raise UnknownName(f"There is no need {identifier!r} in this run{hint}")


def _outcome(
    proposals: Proposals, need: str, plans: tuple[PlanFacts, ...], gap: GapFacts | None
) -> Outcome:
    if plans:
        return Outcome.PLANNED
    if gap is not None:
        return Outcome.UNMET
    return Outcome.MET_BY_GIVING if need in proposals.met_by_giving else Outcome.NOT_OPEN


# --- the facts ----------------------------------------------------------------------------------


def _plans(teller: Teller, plans: list[Plan]) -> Iterator[PlanFacts]:
    """Put plans together in which the same people do the same, each time they do it."""
    alike: dict[object, list[Plan]] = {}
    for plan in plans:
        legs = tuple((leg.leg, leg.provider, leg.talent, leg.activity) for leg in plan.legs)
        alike.setdefault((plan.status, legs), []).append(plan)
    for same in alike.values():
        first = same[0]
        yield PlanFacts(
            plan=first.plan,
            dates=tuple(p.occurrence for p in same if p.occurrence is not None),
            status=first.status,
            rung=first.rung,
            legs=tuple(_leg(teller, leg, first) for leg in first.legs),
            also_helps=first.also_helps,
            welfare_answer=first.welfare_answer,
            fit=_fit(first),
            questions=doubts(teller, first),
            sentence=why_plan(teller, first),
        )


def _fit(plan: Plan) -> int | None:
    """Return the score, after checking that its parts add up to it."""
    fit = plan.scores.get(Level.FIT.value)
    if fit is not None and fit != sum(sum(leg.points.values()) for leg in plan.legs):
        raise UnusableInput(f"the parts of the score of plan {plan.plan!r} do not add up to it")
    return fit


def _leg(teller: Teller, leg: PlanLeg, plan: Plan) -> LegFacts:
    return LegFacts(
        leg=leg.leg,
        provider=leg.provider,
        talent=leg.talent,
        activity=leg.activity,
        rung=leg.rung,
        introducer=leg.introducer,
        chain=leg.chain,
        doubts=leg.doubts,
        points=leg.points,
        sentence=why_leg(teller, leg, plan=plan),
    )


def _gap(teller: Teller, gap: Gap) -> GapFacts:
    return GapFacts(
        reason=gap.reason,
        leg=gap.leg,
        closest=gap.closest,
        price=gap.price,
        next_date=gap.next_date,
        rung=gap.rung,
        opens_on=gap.opens_on,
        wishes=gap.wishes,
        worker=gap.worker,
        sentence=why_gap(teller, gap),
        remedy=remedy(teller, gap),
    )


def _funnel(teller: Teller, need: str) -> FunnelFacts | None:
    funnel = teller.run.funnels.get(need)
    if funnel is None:
        return None
    offers, removed, left = funnel_counts(funnel)
    return FunnelFacts(offers, removed, left, funnel.colleagues, funnel_lines(teller, funnel))


# --- the sentences ------------------------------------------------------------------------------


def _sentences(
    teller: Teller,
    need: Need,
    outcome: Outcome,
    facts: tuple[tuple[PlanFacts, ...], GapFacts | None, FunnelFacts | None],
) -> Iterator[str]:
    plans, gap, funnel = facts
    for plan in plans:
        yield _told(teller, need, plan)
    if gap is not None:
        if plans:
            yield _other_dates(teller, need, plans)
        yield gap.sentence
        yield gap.remedy
        if gap.worker is not None:
            yield teller.say("explain.worker", worker=teller.name(gap.worker))
    if outcome is Outcome.MET_BY_GIVING:
        yield teller.say("explain.met_by_giving", asker=teller.name(need.owner))
    if outcome is Outcome.NOT_OPEN:
        yield teller.say("explain.not_open")
    if funnel is not None and (funnel.offers or not _by_group(plans, gap)):
        beside = [teller.say("explain.beside_group")] if _by_group(plans, gap) else []
        yield " ".join([*beside, *funnel.sentences])


def _other_dates(teller: Teller, need: Need, plans: tuple[PlanFacts, ...]) -> str:
    """Return for which days there is nothing: after the last day of who stops, or those open."""
    standing = (plan for plan in plans if plan.status is PlanStatus.STANDING)
    givers = {leg.provider for plan in standing for leg in plan.legs}
    monday = teller.run.week.monday
    rows = (r for r in teller.hood.arrangements if r.need == need.need and r.provider in givers)
    ends = (last_day(teller.hood, row) for row in rows)
    stops = min((day for day in ends if day is not None and day >= monday), default=None)
    only = all(plan.status is PlanStatus.STANDING for plan in plans)
    if only and stops is not None:
        return teller.say("explain.dates_after", day=stops)
    return teller.say("explain.other_dates")


def _by_group(plans: tuple[PlanFacts, ...], gap: GapFacts | None) -> bool:
    """Say whether it is about a group: of that the funnel, which counts offers, knows nothing."""
    if plans:
        return any(leg.leg is Leg.GROUP for plan in plans for leg in plan.legs)
    return gap is not None and gap.leg is Leg.GROUP


def _told(teller: Teller, need: Need, plan: PlanFacts) -> str:
    first = plan.dates[0] if plan.dates else None
    what = " ".join([*_parts(teller, need, plan), plan.sentence])
    by_day = plan.status is PlanStatus.STANDING or names_days(need.rrule)
    when = _when(teller, first, by_day=by_day)
    said = [teller.say("explain.on", when=f"{when[0].upper()}{when[1:]}", what=what)]
    if len(plan.dates) > 1:
        last = day(plan.dates[-1], teller.lang)
        said.append(teller.say("explain.again", n=len(plan.dates) - 1, last=last))
    if plan.questions:
        said.append(teller.say("explain.ask_first", questions=" ".join(plan.questions)))
    return " ".join(said)


def _parts(teller: Teller, need: Need, plan: PlanFacts) -> Iterator[str]:
    """Yield what each part is and why; that it is a group, and who is in it, once."""
    others = [leg.provider for leg in plan.legs]
    for place, leg in enumerate(plan.legs):
        if leg.leg is Leg.GROUP and place:
            said = leg.sentence.removeprefix(told_group(teller, need, others)).strip()
            yield from [said] if said else []
        else:
            yield leg.sentence


def _when(teller: Teller, when: dt.datetime | dt.date | None, *, by_day: bool) -> str:
    if when is None:
        return teller.say("explain.some_time")
    if isinstance(when, dt.datetime):
        return moment(when, teller.lang)
    if by_day:
        return day(when, teller.lang)
    return teller.say("explain.week_of", day=day(when, teller.lang))
