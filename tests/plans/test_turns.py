"""Turns are spread as evenly as can be: against every set of plans there is."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.audit import faults
from assetmap.match import propose
from assetmap.model import Arrangement, Level, Neighbourhood, Policy, Record
from tests.plans.sets import Sets
from tests.plans.small import MONDAY, WEEK, need, person, run, talent, tie

HELPERS = ("h1", "h2", "h3", "h4")
ASKERS = ("a1", "a2", "a3", "a4", "a5")
HIGHER = ("met", "ladder", "continuity", "fit")
HOURS = ("Mon 09:00-10:00", "Mon 09:00-12:00", "Mon 10:00-11:00 | Wed 10:00-11:00", None)


def _standing(need_id: str, owner: str, helper: str) -> list[Record]:
    """What somebody does every Friday already."""
    asked = need(
        need_id, owner, "walk", rrule="FREQ=WEEKLY;BYDAY=FR", when="Fri 09:00-10:00", hours=1
    )
    begun = MONDAY - dt.timedelta(days=28)
    held = Arrangement(
        arrangement=f"x{need_id}", need=need_id, leg="help", provider=helper, since=begun
    )
    return [asked, held]


@st.composite
def rotas(draw: Any) -> Neighbourhood:
    """Draw a few who help, with turns they have already, and visits to divide among them."""
    helpers = HELPERS[: draw(st.integers(2, 4))]
    askers = ASKERS[: draw(st.integers(2, 5))]
    rows: list[Record] = [person(p) for p in (*HELPERS, *ASKERS)]
    offered = [
        talent(
            f"t-{name}",
            name,
            "shopping",
            per_week=draw(st.integers(1, 4)),
            available=draw(st.sampled_from(HOURS)),
            until=MONDAY + dt.timedelta(days=6),
        )
        for name in helpers
    ]
    asked = [
        need(
            f"n-{name}",
            name,
            "shopping",
            urgency=draw(st.sampled_from((1, 3))),
            hours=draw(st.sampled_from((1, 1, 2))),
        )
        for name in askers
    ]
    stands = [
        row
        for name in helpers
        if draw(st.integers(1, 3)) == 3
        for row in _standing(f"w-{name}", draw(st.sampled_from(ASKERS)), name)
    ]
    policy = Policy(horizon_weeks=draw(st.sampled_from((1, 2))))
    return Neighbourhood.from_records(rows, offered, asked, _once_each(stands), policy=policy)


def _once_each(rows: list[Record]) -> list[Record]:
    """Leave out what would bring one asker two people at the same hour."""
    owners: set[str] = set()
    kept: set[str] = set()
    for row in rows:
        owner = getattr(row, "owner", None)
        if owner is not None and owner not in owners:
            owners.add(owner)
            kept.add(str(row.id))
    return [r for r in rows if str(r.id) in kept or getattr(r, "need", "") in kept]


@settings(max_examples=40)
@given(rotas())
def test_no_set_that_is_as_good_above_spreads_turns_better(hood: Neighbourhood) -> None:
    """Whoever does most does as little as can be; then whoever comes next, and so on."""
    found = propose(hood, WEEK)
    assert faults(found) == []
    sets = Sets(found)
    mine = sets.proposed()
    worth = sets.value(mine, *HIGHER)
    every = [sets.loads(s) for s in sets.every() if sets.value(s, *HIGHER) == worth]
    size = max(len(loads) for loads in every)
    padded = [loads + (0,) * (size - len(loads)) for loads in every]
    chosen = sets.loads(mine)
    assert chosen + (0,) * (size - len(chosen)) == min(padded)


def test_the_order_of_levels_is_the_teams_for_load_too() -> None:
    """Before fit, turns are spread even where one helper suits both better; after it not."""
    rows: list[Record] = [person(p) for p in ("a1", "a2", "h1", "h2")]
    rows += [
        talent(f"t{h}", h, per_week=2, until=MONDAY + dt.timedelta(days=6)) for h in ("h1", "h2")
    ]
    rows += [need(f"n{a}", a, tried=None) for a in ("a1", "a2")]
    rows += [tie("c", "h1"), tie("c", "a1"), tie("c", "a2"), person("c")]

    def loads(policy: Policy | None) -> list[int]:
        found = run(*rows, policy=policy)
        givers = [part.provider for p in found.items for part in p.legs]
        return sorted((givers.count(h) for h in ("h1", "h2")), reverse=True)

    usual = Policy()
    first = (Level.MET, Level.LADDER, Level.CONTINUITY, Level.LOAD, Level.FIT, Level.ORDER)
    assert loads(usual) == [2, 0]
    assert loads(Policy(levels=first)) == [1, 1]
