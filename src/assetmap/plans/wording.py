"""The rows of ``plans.csv`` and ``unmet.csv``, and why a need has no plan, in plain words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from assetmap.model import Leg, Neighbourhood, Person, Talent
from assetmap.plans.funnels import reason_of
from assetmap.plans.outcome import Funnel, Gap, Plan, PlanLeg, Reason
from assetmap.plans.telling import (
    Run,
    Teller,
    called,
    clauses_of_leg,
    clauses_of_plan,
    doubts,
    main_leg,
    why_leg,
    why_plan,
)
from assetmap.texts import money

__all__ = [
    "Run",
    "Teller",
    "called",
    "clauses_of_leg",
    "clauses_of_plan",
    "doubts",
    "funnel_counts",
    "funnel_lines",
    "gap_details",
    "gap_rows",
    "occurrence_text",
    "plan_rows",
    "reason_key",
    "remedy",
    "remedy_details",
    "thing",
    "why_gap",
    "why_leg",
    "why_plan",
]

_OWN = "somebody_else"
"""The rule that removes what the asker offers; that was never an offer to them."""


def plan_rows(run: Run) -> list[dict[str, str]]:
    """Return the rows of ``plans.csv``: one per leg, by need and date.

    Parties are named by id; sentences are in the language of the policy.

    Parameters
    ----------
    run : Run
        The proposals.

    Returns
    -------
    list of dict
        Column to text; what there is not is the empty text.
    """
    teller = Teller(run, run.policy.language)
    return [_plan_row(teller, plan, leg) for plan in run.items for leg in plan.legs]


def _plan_row(teller: Teller, plan: Plan, leg: PlanLeg) -> dict[str, str]:
    main = leg is main_leg(plan)
    why = [why_leg(teller, leg, plan=plan)] + ([why_plan(teller, plan)] if main else [])
    asked = (*plan.doubts, *leg.doubts) if main else leg.doubts
    return {
        "plan": plan.plan,
        "need": plan.need,
        "occurrence": occurrence_text(plan.occurrence),
        "leg": leg.leg.value,
        "provider": leg.provider,
        "talent": leg.talent or "",
        "activity": leg.activity or "",
        "rung": leg.rung.value,
        "introducer": leg.introducer or "",
        "status": plan.status.value,
        "also_helps": " | ".join(plan.also_helps) if main else "",
        "doubts": " | ".join(dict.fromkeys(d.value for d in asked)),
        "why": " ".join(part for part in why if part),
    }


def occurrence_text(when: dt.datetime | dt.date | None) -> str:
    """Return a local date and time as the tables write it; a bare date is a week by its Monday.

    Examples
    --------
    >>> import datetime as dt
    >>> occurrence_text(dt.datetime(2026, 11, 26, 17, 30)), occurrence_text(None)
    ('2026-11-26 17:30', '')
    """
    if isinstance(when, dt.datetime):
        return when.strftime("%Y-%m-%d %H:%M")
    return "" if when is None else when.isoformat()


def gap_rows(run: Run) -> list[dict[str, str]]:
    """Return the rows of ``unmet.csv``: one per open need without a plan.

    Parameters
    ----------
    run : Run
        The proposals.

    Returns
    -------
    list of dict
        Column to text; what there is not is the empty text.
    """
    teller = Teller(run, run.policy.language)
    return [
        {
            "need": gap.need,
            "reason": gap.reason.value,
            "leg": gap.leg.value if gap.leg is not None else "",
            "closest": gap.closest or "",
            "remedy": remedy(teller, gap),
            "worker": gap.worker or "",
            "why": why_gap(teller, gap),
        }
        for gap in run.gaps
    ]


def why_gap(teller: Teller, gap: Gap) -> str:
    """Return why a need has no plan: the reason, and what is known about it."""
    return " ".join(
        [teller.say(f"reasons.{reason_key(teller.hood, gap)}"), *gap_details(teller, gap)]
    )


def reason_key(hood: Neighbourhood, gap: Gap) -> str:
    """Return which sentence tells the reason.

    For an activity that is over nobody is thanked; a search that was stopped says no more than
    that; of a group it is not told whether there is anybody else in the same situation; and where
    the asker rides in a wheelchair it is said what the car has to take.
    """
    if gap.stopped:
        return f"{gap.reason.value}_stopped"
    if gap.reason is Reason.ENDED and gap.leg is Leg.ACTIVITY:
        return f"{gap.reason.value}_activity"
    if gap.reason is Reason.GROUP_TOO_SMALL and gap.leg is Leg.GROUP:
        return f"{gap.reason.value}_alike"
    return f"{gap.reason.value}_wheelchair" if _lacks_a_car(hood, gap) else gap.reason.value


def _lacks_a_car(hood: Neighbourhood, gap: Gap) -> bool:
    """Say whether a car is missing that takes the asker's wheelchair."""
    asker = hood.index["people"].get(hood.need(gap.need).owner)
    if not isinstance(asker, Person) or not asker.wheelchair:
        return False
    if gap.reason in {Reason.NO_RIDE_OUT, Reason.NO_RIDE_BACK}:
        return True
    near = hood.index["talents"].get(gap.closest or "")
    car = isinstance(near, Talent) and "ride" in (
        near.category,
        *hood.tree.ancestors(near.category),
    )
    return car and gap.reason is Reason.NOT_ACCESSIBLE


def gap_details(teller: Teller, gap: Gap) -> tuple[str, ...]:
    """Return what is known about a gap beyond its reason, sentence by sentence."""
    return tuple(_details(teller, gap))


def _details(teller: Teller, gap: Gap) -> Iterator[str]:
    if gap.wishes:
        wishes = [teller.say(f"why.wish.{wish}") for wish in gap.wishes]
        yield teller.say("why.gap.wishes", wishes=wishes)
    if gap.price is not None:
        price = money(Decimal(gap.price), teller.lang)
        yield teller.say("why.gap.price", price=price)
    if gap.next_date is not None:
        yield teller.say("why.gap.next", day=gap.next_date)
    if gap.closest is not None and gap.reason is Reason.NO_TALENT:
        yield teller.say("why.gap.untrained", what=thing(teller, gap.closest, leg=gap.leg))
    elif gap.closest is not None and gap.reason is not Reason.NOT_POSSIBLE_HERE:
        yield teller.say("why.gap.closest", what=thing(teller, gap.closest, leg=gap.leg))


def remedy(teller: Teller, gap: Gap) -> str:
    """Return what helps now for a need without a plan."""
    first = teller.say(f"reasons.{reason_key(teller.hood, gap)}_remedy")
    return " ".join([first, *remedy_details(teller, gap)])


def remedy_details(teller: Teller, gap: Gap) -> tuple[str, ...]:
    """Return when the next step of the ladder opens, and how many colleagues know somebody."""
    said = []
    if gap.opens_on is not None and gap.rung is not None and gap.opens_on > teller.run.week.monday:
        rung = teller.rungs([gap.rung])
        said.append(teller.say("why.gap.opens", rung=rung, day=gap.opens_on))
    funnel = teller.run.funnels.get(gap.need)
    if funnel is not None and funnel.colleagues:
        said.append(teller.say("why.gap.colleagues", n=funnel.colleagues))
    return tuple(said)


def thing(teller: Teller, identifier: str, *, leg: Leg | None = None) -> str:
    """Return what an offer is called: an activity by its name, a talent by what and whose it is."""
    first = ("activities", "talents") if leg is Leg.ACTIVITY else ("talents", "activities")
    for table in (*first, "needs"):
        row = teller.hood.index[table].get(identifier)
        if row is None:
            continue
        if table == "activities":
            return f"‘{teller.activity(identifier)}’"
        owner = row.value("owner")
        label = teller.label(row.value("category"))
        return teller.say("why.thing", what=label, giver=teller.name(owner))
    return identifier


# --- the funnel: counts only --------------------------------------------------------------------


def funnel_counts(funnel: Funnel) -> tuple[int, tuple[tuple[Reason, int], ...], int]:
    """Return how many offers there were, how many fell away by reason, and how many are left.

    What the asker offers is not counted. Everything that one may not tell apart (sharing,
    safeguards, wishes, refusals) is one number, and comes first.

    Parameters
    ----------
    funnel : Funnel
        What the rules removed.

    Returns
    -------
    tuple of (int, tuple, int)
        Offers, removed by reason in the fixed order, left.
    """
    removed: dict[Reason, int] = {Reason.NOT_POSSIBLE_HERE: 0}
    own = 0
    for rule, n in funnel.removed:
        if rule == _OWN:
            own += n
        else:
            removed[reason_of(rule)] = removed.get(reason_of(rule), 0) + n
    told = tuple((reason, n) for reason, n in removed.items() if n)
    return funnel.offers - own, told, funnel.left


def funnel_lines(teller: Teller, funnel: Funnel) -> tuple[str, ...]:
    """Return the funnel as sentences: what there is, what falls away in order, what is left."""
    offers, removed, left = funnel_counts(funnel)
    if not offers:
        return (teller.say("why.funnel.none"),)
    said = [teller.say("why.funnel.offers", n=offers)]
    if removed:
        parts = [teller.say(f"why.funnel.{reason.value}", n=n) for reason, n in removed]
        sentence = "; ".join(parts)
        said.append(f"{sentence[0].upper()}{sentence[1:]}.")
        said.append(
            teller.say("why.funnel.left", n=left) if left else teller.say("why.funnel.nothing_left")
        )
    return tuple(said)
