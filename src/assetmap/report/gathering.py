"""Gather the facts of the page of the week, once; pages and texts only show them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from assetmap.errors import PrivacyError
from assetmap.history import RunDifference
from assetmap.match import Proposals
from assetmap.model import Talent, reference
from assetmap.plans import Doubt, Gap, Reason
from assetmap.plans.wording import Teller, gap_details, reason_key, remedy_details
from assetmap.privacy import Audience, Released, release
from assetmap.report.agreements import fallen_away, left_out
from assetmap.report.facts import MissingAsk, MissingGroup, Proof, Said, WeekFacts
from assetmap.report.meeting import changes, signals_told
from assetmap.report.potential import potential
from assetmap.report.stories import standing, stories
from assetmap.report.voice import Voice
from assetmap.signals import Signals
from assetmap.solvers import Reason as Stopped
from assetmap.solvers import Status

__all__ = ["gather"]


def gather(
    proposals: Proposals,
    audience: Audience = Audience.TEAM,
    *,
    signals: Signals | None = None,
    before: RunDifference | None = None,
    quick: bool = False,
) -> Released[WeekFacts]:
    """Collect what the page of the week shows, and release it for an audience.

    Parameters
    ----------
    proposals : Proposals
        The run.
    audience : Audience, default Audience.TEAM
        Who is going to read it. The page tells of people by name, so it is for the team only.
    signals : Signals, optional
        What :func:`assetmap.signals.detect` found for the meeting; default: the page has none.
    before : RunDifference, optional
        What is different from last time; default: the page does not tell.
    quick : bool, default False
        Whether to tell that what is short, what would help and who could step in is left out.

    Returns
    -------
    Released
        The facts, each sentence in every language.

    Raises
    ------
    PrivacyError
        Another audience than the team.

    Examples
    --------
    >>> from assetmap.match import propose
    >>> from assetmap.model import Need, Neighbourhood, Person, Talent
    >>> hood = Neighbourhood.from_records(
    ...     Person(person="p1", called="Ans", area="north"),
    ...     Person(person="p2", called="Bo", area="north"),
    ...     Talent(talent="t1", owner="p2", category="shopping"),
    ...     Need(need="n1", owner="p1", category="shopping", talked="yes"),
    ... )
    >>> facts = gather(propose(hood, "2026-W48")).value
    >>> facts.stories[0].asker, facts.stories[0].givers[0].name
    ('Ans', 'Bo')
    """
    if Audience(audience) is not Audience.TEAM:
        raise PrivacyError(
            f"the page of the week tells of people by name: it is for the team, "
            f"not for {audience.value}"
        )
    facts = _facts(Voice(proposals), signals, before)
    return release(replace(facts, quick=quick), audience, thresholds=proposals.policy.privacy)


def _facts(voice: Voice, signals: Signals | None, before: RunDifference | None) -> WeekFacts:
    run, there = voice.run, potential(voice)
    first = [g for g in run.gaps if g.reason is Reason.FIRST_CONVERSATION]
    rest = [g for g in run.gaps if g.reason is not Reason.FIRST_CONVERSATION]
    return WeekFacts(
        week=str(run.week),
        monday=run.week.monday,
        sunday=run.week.sunday,
        until=run.week.horizon(run.policy.horizon_weeks)[1] - dt.timedelta(days=1),
        language=run.policy.language,
        talents=there.talents,
        people=there.people,
        initiatives=there.initiatives,
        activities=there.activities,
        themes=there.themes,
        stories=stories(voice),
        standing=standing(voice),
        conversations=tuple(_ask(voice, gap) for gap in first),
        missing=_groups(voice, rest),
        missing_count=len(run.gaps),
        by_giving=tuple(_plain_ask(voice, need) for need in sorted(run.met_by_giving)),
        stopped=(*fallen_away(voice), *left_out(voice)),
        overloaded=tuple(_overloaded(voice)),
        reviews=tuple(_reviews(voice)),
        signals=signals_told(signals),
        changes=changes(voice, before),
        unmapped=sum(not r.record.startswith("observation:") for r in run.apart.unmapped),
        unasked=len(_unasked(run)),
        joinable=there.joinable,
        quick=False,
        proof=Proof(
            found=run.certificate.status in {Status.OPTIMAL, Status.FEASIBLE},
            optimal=run.certificate.status is Status.OPTIMAL,
            bounded=next(iter(run.certificate.bound.values()), None) is not None,
            cut=run.certificate.considered == "cut",
            some_times=run.certificate.considered == "times",
            out_of_time=run.certificate.stopped is Stopped.TIME_LIMIT,
            more=run.certificate.more_needs,
        ),
    )


# --- what is missing ----------------------------------------------------------------------------


def _groups(voice: Voice, gaps: list[Gap]) -> tuple[MissingGroup, ...]:
    """Put needs together that lack a plan for the same reason, in the order of the codes."""
    place = {reason: at for at, reason in enumerate(Reason)}
    keys = dict.fromkeys((place[g.reason], g.reason, reason_key(voice.run.hood, g)) for g in gaps)
    return tuple(
        MissingGroup(
            reason=reason.value,
            why=voice.say(f"reasons.{key}"),
            remedy=voice.say(f"reasons.{key}_remedy"),
            asks=tuple(_ask(voice, gap) for gap in gaps if reason_key(voice.run.hood, gap) == key),
        )
        for _, reason, key in sorted(keys)
    )


def _ask(voice: Voice, gap: Gap) -> MissingAsk:
    def details(teller: Teller) -> tuple[str, ...]:
        return (*gap_details(teller, gap), *remedy_details(teller, gap))

    return MissingAsk(
        need=gap.need,
        asker=voice.asker(gap.need),
        asked=voice.asked(gap.need),
        worker=None if gap.worker is None else voice.name(gap.worker),
        details=voice.several(details),
    )


def _plain_ask(voice: Voice, need: str) -> MissingAsk:
    return MissingAsk(need, voice.asker(need), voice.asked(need), None, ())


# --- what is too much, what to look at again ---------------------------------------


def _overloaded(voice: Voice) -> Iterator[Said]:
    for name in voice.run.overloaded:
        row = voice.run.hood.index["talents"].get(name)
        if isinstance(row, Talent):
            giver, what = voice.name(row.owner), voice.label(row.category)
            yield voice.say("report.overloaded", giver=giver, what=what)
        elif name.startswith(reference("people", "")):
            (person,) = voice.run.hood.matches(name, "people")
            yield voice.say("report.too_many_hours", giver=voice.name(str(person.id)))


def _unasked(run: Proposals) -> set[str]:
    """Return who is proposed without a note of what that rests on."""
    legs = (leg for plan in run.items for leg in plan.legs)
    return {leg.provider for leg in legs if Doubt.GROUND_UNKNOWN in leg.doubts}


def _reviews(voice: Voice) -> Iterator[Said]:
    """Yield what is to be looked at again, people in one line; of protections only the number."""
    people, safeguards = [], 0
    for name in voice.run.reviews:
        table, _, key = name.partition(":")
        if table == "person":
            people.append(voice.name(key))
        elif table == "need":
            asker, asked = voice.asker(key), voice.asked(key)
            yield voice.say("report.review_need", asker=asker, asked=asked)
        else:
            safeguards += 1
    if people:
        yield voice.say("report.review_person", who=people)
    if safeguards:
        yield voice.say("report.review_safeguards", n=safeguards)
