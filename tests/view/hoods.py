"""Small neighbourhoods to look at: one with everything, one whose every text is hostile."""

from __future__ import annotations

import datetime as dt

from assetmap import Neighbourhood
from assetmap.model import (
    Activity,
    Area,
    Initiative,
    Membership,
    Need,
    Organisation,
    Person,
    Place,
    Talent,
    Tie,
)

WEEK = "2026-W48"
NASTY = "</script><img src=x onerror=\"document.title='taken'\"><!--\u2028'&lt;"


def street() -> Neighbourhood:
    """A street with talents, a choir, a garden and two questions, of which one has an answer."""
    people = {"p1": "Ans", "p2": "Bo", "p3": "Cees", "p4": "Dina", "p5": "Ed"}
    return Neighbourhood.from_records(
        Area(area="noord", name="Noord"),
        Area(area="zuid", name="Zuid"),
        *(
            Person(person=key, called=name, area="zuid" if key == "p5" else "noord", share="yes")
            for key, name in people.items()
        ),
        Person(person="w1", called="Wil", kind="worker", area="noord"),
        Talent(
            talent="t1",
            owner="p2",
            category="shopping",
            available="Tue 09:00-12:00",
            description="Ik loop graag een rondje",
        ),
        Talent(talent="t2", owner="p3", category="garden", available="Sat 09:00-12:00"),
        Talent(talent="t3", owner="p3", category="cook"),
        Need(need="n1", owner="p1", category="shopping", talked="yes", since="2026-11-02"),
        Need(need="n2", owner="p4", category="computer", talked="yes", since="2026-11-02"),
        Tie(a="p1", b="p3", kind="friend", strength=2, since="2026-01-05"),
        Tie(a="p3", b="p2", kind="neighbour", since="2026-10-05"),
        Place(place="g1", name="Buurthuis", area="noord", step_free=True),
        Organisation(organisation="o1", name="Stichting Samen", area="noord"),
        Initiative(
            initiative="i1", name="Straatkoor", area="noord", manager="p3", host="o1", visible=True
        ),
        Activity(
            activity="a1",
            name="Zingen",
            category="choir",
            initiative="i1",
            place="g1",
            start=dt.datetime(2026, 11, 4, 20, 0),
            rrule="FREQ=WEEKLY;BYDAY=WE",
        ),
        Membership(member="p1", party="i1", since="2026-10-01"),
    )


def hostile() -> Neighbourhood:
    """Somebody typed a piece of a page into every text."""
    return Neighbourhood.from_records(
        Area(area="noord", name=NASTY),
        Person(person="p1", called=NASTY, area="noord", share="yes", function=NASTY),
        Person(person="w1", called=f"W{NASTY}", kind="worker", function=NASTY, team=NASTY),
        Talent(talent="t1", owner="p1", category="shopping", description=NASTY, conditions=NASTY),
        Need(need="n1", owner="w1", category="shopping", talked="yes"),
        Place(place="g1", name=NASTY, area="noord"),
        Organisation(organisation="o1", name=NASTY, kind=NASTY),
        Initiative(initiative="i1", name=NASTY, kind=NASTY, visible=True),
        Activity(
            activity="a1",
            name=NASTY,
            category=NASTY,
            initiative="i1",
            start=dt.datetime(2026, 11, 4, 20, 0),
        ),
    )
