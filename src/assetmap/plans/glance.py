"""The week at a glance, for a notebook: each plan with its reasons behind a click."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from html import escape

from assetmap.plans.outcome import Gap, Plan
from assetmap.plans.wording import (
    Run,
    Teller,
    doubts,
    remedy,
    why_gap,
    why_leg,
    why_plan,
)
from assetmap.texts import day, listing, moment

__all__ = ["glance"]


def glance(
    run: Run,
    *,
    language: str | None = None,
    name: Callable[[str], str] = str,
    person: str | None = None,
) -> str:
    """Return the week as HTML that needs no script; whatever people typed is escaped.

    Parameters
    ----------
    run : Run
        The proposals.
    language : str, optional
        Language of the sentences; default: the team's.
    name : callable, optional
        How a party is named; default: by id.
    person : str, optional
        Id of somebody (``p1`` or ``person:p1``): only the plans and gaps in which they have a
        part. Default: all.

    Returns
    -------
    str
        A ``section`` with a line per plan, and behind a click why it is there.

    Examples
    --------
    >>> import assetmap
    >>> shown = glance(assetmap.propose(assetmap.Neighbourhood(), "2026-W48"), language="en")
    >>> shown.partition("<p>")[2]
    'There are no proposals and no open questions.</p></section>'
    """
    teller = Teller(run, run.policy.language if language is None else language, name)
    wanted = None if person is None else person.removeprefix("person:")
    plans = [p for p in run.items if wanted is None or wanted in _people(teller, p)]
    gaps = [g for g in run.gaps if wanted in {None, teller.hood.need(g.need).owner}]
    parts = [f"<h4>{escape(str(run.week))}</h4>"]
    if plans:
        parts.append(_heading(teller, "plans", len(plans)))
        parts += (_plan(teller, plan) for plan in plans)
    if gaps:
        parts.append(_heading(teller, "gaps", len(gaps)))
        parts += (_gap(teller, gap) for gap in gaps)
    if not plans and not gaps:
        parts.append(f"<p>{escape(teller.say('explain.glance.nothing'))}</p>")
    return f'<section lang="{escape(teller.lang)}">{"".join(parts)}</section>'


def _people(teller: Teller, plan: Plan) -> Iterator[str]:
    """Yield who has a part in a plan: who asks, who gives, and who introduces them."""
    yield teller.hood.need(plan.need).owner
    for leg in plan.legs:
        yield from (leg.provider.removeprefix("person:"), *leg.chain)


def _heading(teller: Teller, word: str, n: int) -> str:
    return f"<p><b>{escape(teller.say(f'explain.glance.{word}', n=n))}</b></p>"


def _plan(teller: Teller, plan: Plan) -> str:
    givers = dict.fromkeys(teller.name(leg.provider) for leg in plan.legs)
    head = f"{_asked(teller, plan.need)} – {listing(givers, teller.lang)}, {_when(teller, plan)}"
    lines = [*(why_leg(teller, leg, plan=plan) for leg in plan.legs), why_plan(teller, plan)]
    return _details(head, [*filter(None, lines), *doubts(teller, plan)])


def _gap(teller: Teller, gap: Gap) -> str:
    return _details(_asked(teller, gap.need), [why_gap(teller, gap), remedy(teller, gap)])


def _asked(teller: Teller, need: str) -> str:
    return f"{need}: {teller.asked_by(need)}, {teller.label(teller.hood.need(need).category)}"


def _when(teller: Teller, plan: Plan) -> str:
    when = plan.occurrence
    if when is None:
        return teller.say("explain.some_time")
    if isinstance(when, dt.datetime):
        return moment(when, teller.lang)
    return teller.say("explain.week_of", day=day(when, teller.lang))


def _details(head: str, lines: Iterable[str]) -> str:
    inside = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f"<details><summary>{escape(head)}</summary>{inside}</details>"
