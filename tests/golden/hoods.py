"""Tiny invented neighbourhoods whose explanations and page are kept word for word."""

from __future__ import annotations

import datetime as dt
from typing import Any

from assetmap import Neighbourhood
from assetmap.model import (
    Activity,
    Arrangement,
    Initiative,
    Membership,
    Need,
    Organisation,
    Person,
    Place,
    Policy,
    Safeguard,
    Talent,
    Tie,
)

WEEK = "2026-W48"


def _person(identifier: str, called: str, **cells: Any) -> Person:
    usual = {"area": "north", "share": "yes", "ground": "consent", "languages": "nl"}
    return Person(person=identifier, called=called, **{**usual, **cells})


def _need(identifier: str, owner: str, category: str, **cells: Any) -> Need:
    usual = {"talked": True, "since": dt.date(2026, 11, 16)}
    return Need(need=identifier, owner=owner, category=category, **{**usual, **cells})


def evening() -> Neighbourhood:
    """An evening out: one rides with a worker and a guest; for another there is no ride back."""
    return Neighbourhood.from_records(
        Place(place="centre", area="south", step_free=True),
        Initiative(initiative="i1", name="De Lange Tafel", place="centre", manager="p4"),
        Activity(
            activity="a1",
            initiative="i1",
            name="Eetcafé",
            category="community_dinner",
            start=dt.datetime(2026, 11, 5, 18, 0),
            minutes=120,
            rrule="FREQ=WEEKLY;BYDAY=TH",
            until=dt.date(2026, 11, 26),
            capacity=20,
            fee_eur="7",
        ),
        _person("w1", "Jet", kind="worker", area="south", available="Thu 17:00-19:00"),
        _person("p1", "Mien", walks_m=200, worker="w1"),
        _person("p2", "Koos", walks_m=200, worker="w1"),
        _person("p3", "Anouk", area="south"),
        _person("p4", "Sef", area="south"),
        Tie(a="p3", b="w1", kind="worker"),
        Talent(
            talent="t1",
            owner="w1",
            category="ride",
            seats=2,
            going_to="a1",
            available="Thu 17:00-18:30",
            term="once",
        ),
        Talent(
            talent="t2",
            owner="p3",
            category="ride",
            seats=1,
            going_to="a1",
            available="Thu 19:00-22:00",
            conditions="alleen voorin",
        ),
        _need("n1", "p1", "meal", wants="a1", urgency=4, tried="own_network"),
        _need("n2", "p2", "meal", wants="a1", tried="own_network"),
    )


def buddies() -> Neighbourhood:
    """The course is closed; a buddy is near, and somebody known to both can introduce them."""
    return Neighbourhood.from_records(
        _person("p1", "Selma", languages="ti | en", available="Mon 09:00-12:00"),
        _person("p2", "Greta", languages="nl | en", available="Mon 10:00-12:00"),
        _person("p3", "Tom"),
        Tie(a="p1", b="p3", kind="friend", strength=2),
        Tie(a="p2", b="p3", kind="neighbour", strength=1),
        Talent(talent="t1", owner="p2", category="language_buddy", term="long", fee_eur="2.50"),
        _need(
            "n1",
            "p1",
            "language",
            tried="own_network",
            setting="one_to_one",
            formal_route="taalcursus",
            formal_open=False,
            hours=1,
        ),
    )


def visits() -> Neighbourhood:
    """A rota of friends who come by, a standing arrangement, and one that fell away."""
    rule = "FREQ=WEEKLY;BYDAY=MO,WE"
    return Neighbourhood.from_records(
        _person("p1", "Theo", available="Mon 14:00-16:00 | Wed 14:00-16:00"),
        _person("p2", "Henk", available="Mon 14:00-16:00"),
        _person("p3", "Zaza", available="Wed 14:00-16:00"),
        _person("p4", "Toos"),
        _person("p5", "Mo"),
        _person("p6", "Ria", until=dt.date(2026, 11, 25)),
        Tie(a="p1", b="p2", kind="friend", strength=3),
        Tie(a="p1", b="p3", kind="family", strength=2),
        Talent(talent="t1", owner="p2", category="visit", per_week=1),
        Talent(talent="t2", owner="p3", category="visit", per_week=1),
        Talent(talent="t3", owner="p5", category="shopping", hours_week="0.5"),
        Talent(talent="t4", owner="p6", category="pets"),
        _need("n1", "p1", "visit", rrule=rule, hours=1, term="short"),
        _need("n2", "p4", "shopping", rrule="FREQ=WEEKLY;BYDAY=FR", when="Fri 10:00-11:00"),
        _need("n3", "p4", "pets", rrule="FREQ=WEEKLY;BYDAY=TU", when="Tue 10:00-11:00"),
        Arrangement(
            arrangement="x1",
            need="n2",
            leg="help",
            provider="p5",
            talent="t3",
            rrule="FREQ=WEEKLY;BYDAY=FR",
            since=dt.date(2026, 10, 1),
        ),
        Arrangement(
            arrangement="x2",
            need="n3",
            leg="help",
            provider="p6",
            talent="t4",
            rrule="FREQ=WEEKLY;BYDAY=TU",
            since=dt.date(2026, 10, 1),
        ),
        policy=Policy(horizon_weeks=3),
    )


def lacking() -> Neighbourhood:
    """What is missing, and why: price, language, talk, time, and what may not be told apart."""
    return Neighbourhood.from_records(
        _person("w1", "Jet", kind="worker", team="north"),
        _person("w2", "Ab", kind="worker", team="south"),
        *(_person(f"p{k}", called, worker="w1") for k, called in enumerate(CALLED, start=1)),
        _person("p9", "Stil", share="team", worker="w2"),
        _person("p10", "Bep", share="yes"),
        Activity(
            activity="a1",
            name="Diner",
            category="community_dinner",
            fee_eur="7",
            start=dt.datetime(2026, 11, 27, 18, 0),
        ),
        Activity(
            activity="a2",
            name="Wandeling",
            category="walking_club",
            start=dt.datetime(2027, 1, 3, 10, 0),
        ),
        Talent(talent="t1", owner="p9", category="odd_job"),
        Talent(talent="t2", owner="p10", category="garden"),
        Talent(talent="t3", owner="p10", category="listening", languages="nl"),
        Safeguard(
            safeguard="s1",
            person="p10",
            at="p6",
            from_=dt.date(2026, 1, 1),
            review_on=dt.date(2026, 11, 24),
            reason="conflict",
        ),
        _need("n1", "p1", "meal", wants="a1", fee_max_eur="5"),
        _need("n2", "p2", "company", talked=False),
        _need("n3", "p3", "walk", wants="a2"),
        _need("n4", "p4", "computer"),
        _need("n5", "p5", "odd_job"),
        _need("n6", "p6", "garden"),
        _need("n7", "p7", "listening", languages="fa", language_hard=True),
        _need("n8", "p8", "debt_help"),
        _need("n9", "p8", "computer", closed_on=dt.date(2026, 11, 20)),
    )


CALLED = ("Sanne", "Milan", "Anne", "Co", "Dirk", "Evi", "Nadia", "Olaf")


def giving() -> Neighbourhood:
    """Who wants to do something helps an initiative that asks; an initiative asks for a place."""
    return Neighbourhood.from_records(
        Organisation(organisation="church", name="De Rank", area="north"),
        Place(place="hall", name="De Zaal", area="north", owner="church"),
        Initiative(initiative="i1", name="Vraagbaak", area="north", manager="p2"),
        _person("p1", "Petra", available="Thu 09:00-12:00"),
        _person("p2", "Annelies"),
        Membership(member="p2", party="i1"),
        Tie(a="p1", b="p2", kind="friend"),
        Talent(talent="t1", owner="p1", category="forms", role="volunteer", term="long"),
        Talent(talent="t2", owner="church", category="meeting_room", place="hall"),
        _need("n1", "i1", "forms", when="Thu 09:00-12:00", hours=2, term="long"),
        _need("n2", "p1", "volunteering", tried="own_network | neighbour"),
        _need("n3", "i1", "space"),
    )


HOODS = {hood.__name__: hood for hood in (evening, buddies, visits, lacking, giving)}
