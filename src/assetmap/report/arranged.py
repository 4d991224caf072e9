"""What stands or was decided on in the week of a run: the only thing that is on a sheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from assetmap.match import Proposals
from assetmap.model import Activity, Leg, Person, Record
from assetmap.plans import Plan, PlanLeg, PlanStatus, names_days
from assetmap.texts.plain import typed

__all__ = [
    "RIDES",
    "activity_in",
    "arranged",
    "bare",
    "called_of",
    "day_of",
    "end_minute",
    "minute",
    "party_of",
    "place_of",
    "uses_wheelchair",
]

RIDES = (Leg.RIDE_OUT, Leg.RIDE_BACK)
_DAY = dt.timedelta(days=1)
_FIRM = frozenset({PlanStatus.STANDING, PlanStatus.PINNED})


def arranged(run: Proposals) -> Iterator[Plan]:
    """Yield the plans that stand or were decided on, and fall in the week itself."""
    for plan in run.items:
        if plan.status in _FIRM and _in_week(run, plan):
            yield plan


def _in_week(run: Proposals, plan: Plan) -> bool:
    when = plan.occurrence
    found = when.date() if isinstance(when, dt.datetime) else when
    return found is not None and run.week.monday <= found <= run.week.sunday


def bare(person: str) -> str:
    """Return the id of a person without its kind."""
    return person.removeprefix("person:")


def party_of(run: Proposals, reference: str) -> Record | None:
    """Return the one person, initiative or organisation that a reference means."""
    found = run.hood.matches(reference, "people", "initiatives", "organisations")
    return found[0] if len(found) == 1 else None


def called_of(party: Record) -> str | None:
    """Return the called name, or the name of what is no person; never an id."""
    text = party.value("called" if party.table == "people" else "name")
    return typed(str(text)) if text else None


def uses_wheelchair(party: Record | None) -> bool:
    """Tell whether somebody comes in a wheelchair."""
    return isinstance(party, Person) and party.wheelchair is True


def activity_in(run: Proposals, plan: Plan) -> Activity | None:
    """Return the activity that a plan goes to; None where it goes to none."""
    rows = (run.hood.index["activities"].get(_named(leg)) for leg in plan.legs)
    return next((row for row in rows if isinstance(row, Activity)), None)


def _named(leg: PlanLeg) -> str:
    return (leg.activity or "").removeprefix("activity:")


def day_of(run: Proposals, plan: Plan) -> dt.date | None:
    """Return the day; a bare date is one where the plan stands or was asked on named days."""
    when = plan.occurrence
    if isinstance(when, dt.datetime):
        return when.date()
    known = plan.status is PlanStatus.STANDING or names_days(run.hood.need(plan.need).rrule)
    return when if known else None


def minute(when: dt.datetime | dt.date | None) -> int | None:
    """Return the minutes after midnight; None where no hour is known."""
    return when.hour * 60 + when.minute if isinstance(when, dt.datetime) else None


def end_minute(begins: dt.datetime | dt.date | None, ends: dt.datetime | None) -> int | None:
    """Return the minutes after midnight at which something ends; None where days go by first.

    Examples
    --------
    >>> evening = dt.datetime(2026, 11, 26, 22)
    >>> end_minute(evening, evening + dt.timedelta(hours=3))
    60
    >>> end_minute(evening, evening + dt.timedelta(days=2)) is None
    True
    """
    if ends is None or not isinstance(begins, dt.datetime) or ends - begins >= _DAY:
        return None
    return minute(ends)


def place_of(run: Proposals, activity: Activity) -> str | None:
    """Return what the place of an activity is called."""
    rows = run.hood.matches(activity.place, "places") if activity.place else ()
    return next((typed(str(row.value("name"))) for row in rows if row.value("name")), None)
