"""Records and plans in a few words: named where they have a name, else counted by their kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from assetmap.explain.reasons import told_when
from assetmap.model import RECORDS, Leg, Record
from assetmap.plans import Plan
from assetmap.plans.wording import Teller, thing

__all__ = ["told_need", "told_plans", "told_rows"]


def told_need(teller: Teller, identifier: str) -> str:
    """Return a need in words: its id, what is asked, and by whom."""
    need = teller.hood.need(identifier)
    what, asker = teller.label(need.category), teller.name(need.owner)
    return teller.say("explain.what_if.need", need=identifier, what=what, asker=asker)


def told_rows(teller: Teller, rows: Iterable[Record]) -> list[str]:
    """Return records in words, table by table."""
    return list(_told(teller, tuple(rows)))


def _told(teller: Teller, rows: Sequence[Record]) -> Iterator[str]:
    for table in RECORDS:
        mine = [row for row in rows if row.table == table]
        if mine and table in _NAMED:
            yield from (_NAMED[table](teller, row) for row in mine)
        elif mine:
            yield teller.say(f"explain.row.{table}", n=len(mine))


def _called(teller: Teller, row: Record) -> str:
    return teller.name(str(row.id))


def _area(_teller: Teller, row: Record) -> str:
    return str(row.value("name") or row.id)


_NAMED: Mapping[str, Callable[[Teller, Record], str]] = {
    "people": _called,
    "talents": lambda teller, row: thing(teller, str(row.id), leg=Leg.HELP),
    "needs": lambda teller, row: told_need(teller, str(row.id)),
    "activities": lambda teller, row: thing(teller, str(row.id), leg=Leg.ACTIVITY),
    "places": _called,
    "areas": _area,
    "organisations": _called,
    "initiatives": _called,
}


def told_plans(teller: Teller, plans: Sequence[Plan]) -> str:
    """Return plans for one need in short: the first by who and when, the others counted."""
    first, *others = plans
    parts = [_part(teller, leg.leg, leg.provider, leg.activity) for leg in first.legs]
    facts = {"parts": list(dict.fromkeys(parts)), "when": told_when(teller, first)}
    if not others:
        return teller.say("explain.what_if.plan", **facts)
    return teller.say("explain.what_if.plans", n=len(others), **facts)


def _part(teller: Teller, leg: Leg, provider: str, activity: str | None) -> str:
    if leg is Leg.ACTIVITY and activity is not None:
        return f"‘{teller.activity(activity)}’"
    key = leg.value if leg in {Leg.RIDE_OUT, Leg.RIDE_BACK} else "other"
    return teller.say(f"explain.what_if.part.{key}", giver=teller.name(provider))
