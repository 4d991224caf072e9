"""Tiny neighbourhoods: a few records, one week, and the parts of a run by name."""

from __future__ import annotations

import datetime as dt
from typing import Any

import assetmap
from assetmap import Neighbourhood, Proposals
from assetmap.model import (
    Activity,
    Arrangement,
    Decision,
    Initiative,
    Need,
    Person,
    Place,
    Policy,
    Record,
    Safeguard,
    Talent,
    Tie,
)
from assetmap.plans import (
    Ask,
    Candidates,
    Catalogue,
    Option,
    Plan,
    Scene,
    Supply,
    candidates,
    opened,
    reservations,
)
from assetmap.plans.offers import Offer
from assetmap.plans.scene import Meeting
from assetmap.schedule import Week

WEEK = "2026-W48"
MONDAY = dt.date(2026, 11, 23)
FRIDAY = dt.datetime(2026, 11, 27, 18, 0)
"""The Friday evening of the week."""


def person(name: str, **cells: Any) -> Person:
    """Somebody of area north who may be proposed to everybody, unless told otherwise."""
    return Person(person=name, **{"area": "north", "share": "yes", "ground": "consent", **cells})


def worker(name: str, **cells: Any) -> Person:
    """A worker of the neighbourhood team."""
    return person(name, kind="worker", **cells)


def talent(name: str, owner: str, category: str = "shopping", **cells: Any) -> Talent:
    """Something somebody offers."""
    return Talent(talent=name, owner=owner, category=category, **cells)


def need(name: str, owner: str = "p1", category: str = "shopping", **cells: Any) -> Need:
    """A question about which somebody was talked with."""
    return Need(need=name, owner=owner, category=category, **{"talked": "yes", **cells})


def activity(name: str, category: str = "meal", **cells: Any) -> Activity:
    """Something to join in area north on the Friday evening of the week, once."""
    usual = {"name": name, "area": "north", "start": FRIDAY, "minutes": 120}
    return Activity(activity=name, category=category, **{**usual, **cells})


def initiative(name: str, **cells: Any) -> Initiative:
    """Something residents run."""
    return Initiative(initiative=name, name=name, **{"area": "north", **cells})


def place(name: str, **cells: Any) -> Place:
    """Somewhere things can happen."""
    return Place(place=name, **{"area": "north", **cells})


def tie(a: str, b: str, **cells: Any) -> Tie:
    """Two people who know each other."""
    return Tie(a=a, b=b, **cells)


def kept_apart(one: str, at: str, **cells: Any) -> Safeguard:
    """Tell that somebody is to be kept from a person, initiative or activity."""
    usual = {"safeguard": f"s-{one}-{at}".replace(":", "-"), "reason": "conflict"}
    when = {"from_": dt.date(2026, 1, 1), "review_on": dt.date(2027, 1, 1)}
    return Safeguard(person=one, at=at, **{**usual, **when, **cells})


def decided(plan: str, word: str, **cells: Any) -> Decision:
    """Tell what somebody decided on a plan, a week before the week of the run."""
    usual = {"need": plan.partition("-")[0], "date": dt.date(2026, 11, 18)}
    return Decision(plan=plan, decision=word, **{**usual, **cells})


def arranged(name: str, leg: str, provider: str, **cells: Any) -> Arrangement:
    """One leg that was confirmed a month ago, for need n1."""
    usual = {"need": "n1", "since": dt.date(2026, 10, 26)}
    return Arrangement(arrangement=name, leg=leg, provider=provider, **{**usual, **cells})


ASKER = person("p1")
HELPER = person("p2")
PAIR = (ASKER, HELPER)


def scene(*records: Record, policy: Policy | None = None, week: str = WEEK) -> Scene:
    """Set the scene of a week."""
    hood = Neighbourhood.from_records(*records, policy=policy)
    return Scene(hood, hood.policy, Week.parse(week))


def run(*records: Record, policy: Policy | None = None, week: str = WEEK, **told: Any) -> Proposals:
    """Propose the week of a neighbourhood."""
    return assetmap.propose(Neighbourhood.from_records(*records, policy=policy), week, **told)


def ask(at: Scene, name: str = "n1") -> Ask:
    """Return an open question by the id of its need."""
    return next(a for a in opened(at).asks if a.id == name)


def offer(at: Scene, key: str = "talent:t1") -> Offer:
    """Return an offer by its key."""
    return next(o for o in Catalogue(at).offers if o.key == key)


def supply(at: Scene) -> Supply:
    """Return what a run can draw on."""
    return Supply(Catalogue(at), reservations(at, opened(at).fixed))


def weighed(at: Scene, name: str = "n1") -> Candidates:
    """Return what could meet a need."""
    return candidates(at, ask(at, name), supply(at))


def meeting(at: Scene, name: str, number: int = 0) -> Meeting:
    """Return a dated occurrence of an activity."""
    return at.meetings[name][number]


def providers(options: tuple[Option, ...]) -> set[str]:
    """Return who gives the main part of some options."""
    return {o.offer.provider for o in options}


def removed(found: Candidates) -> dict[str, int]:
    """Return how many offers each rule removed."""
    return dict(found.funnel.removed)


def plan(found: Proposals, name: str = "n1") -> Plan:
    """Return the one plan of a need."""
    (only,) = [p for p in found.items if p.need == name]
    assert found.gap_for(name) is None
    return only


def gives(found: Proposals, name: str = "n1") -> dict[str, str]:
    """Return who gives which part of the one plan of a need."""
    return {part.leg.value: part.provider for part in plan(found, name).legs}


def reason(found: Proposals, name: str = "n1") -> str:
    """Return why a need has no plan."""
    assert found.plan_for(name) is None
    gap = found.gap_for(name)
    assert gap is not None
    return gap.reason.value
