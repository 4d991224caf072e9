"""Small random neighbourhoods, rich in conflicts: few people, seats and hours, many wishes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from assetmap.model import (
    Activity,
    Area,
    Arrangement,
    Decision,
    Initiative,
    Leg,
    Membership,
    Need,
    Neighbourhood,
    Organisation,
    Person,
    Place,
    Policy,
    Record,
    Safeguard,
    Talent,
    TeamHours,
    Tie,
)
from assetmap.schedule import Week

__all__ = ["WEEK", "evenings", "neighbourhoods", "outings", "shuffled"]

WEEK = Week.parse("2026-W48")
MONDAY = WEEK.monday
PEOPLE = ("p1", "p2", "p3", "p4", "p5", "w1")
AREAS = ("north", "south", "east")
OFTEN = ("shopping", "company", "meal", "meal", "walk", "football", "garden")
KINDS = (
    *OFTEN,
    *OFTEN,
    "ride",
    "forms",
    "knowledge",
    "space",
    "money",
    "debt_help",
    "peer_contact",
    "volunteering",
)
WHEN = (
    "Fri 18:00-22:00",
    "Fri 17:00-18:30 | Sat 09:00-12:00",
    "Wed 09:00-11:00",
    "Mon-Sun 08:00-22:00",
)


def rarely(strategy: st.SearchStrategy[Any], *, one_in: int = 4) -> st.SearchStrategy[Any]:
    """Draw a value now and then, and leave the cell blank otherwise."""
    return st.integers(1, one_in).flatmap(lambda n: strategy if n == one_in else st.none())


def some(*values: Any, one_in: int = 4) -> st.SearchStrategy[Any]:
    """Draw one of these values now and then."""
    return rarely(st.sampled_from(values), one_in=one_in)


YES = some("yes", one_in=6)
PAST = st.integers(1, 200).map(lambda days: MONDAY - dt.timedelta(days=days))
SOON = st.integers(-30, 60).map(lambda days: MONDAY + dt.timedelta(days=days))
PERIOD = {"from_": rarely(SOON, one_in=12), "until": rarely(SOON, one_in=8)}


def rows(cls: type[Record], ids: tuple[str, ...], **cells: Any) -> st.SearchStrategy[list[Record]]:
    """Draw some records of one table."""
    strategies = {
        k: v if isinstance(v, st.SearchStrategy) else st.just(v) for k, v in cells.items()
    }
    one = st.fixed_dictionaries(strategies)
    many = st.lists(one, min_size=len(ids) // 2, max_size=len(ids))
    return many.map(
        lambda found: [cls(**{str(cls.key): i}, **c) for i, c in zip(ids, found, strict=False)]
    )


def _spots() -> dict[str, Any]:
    return {"area": some(*AREAS, one_in=1) | st.none()}


@st.composite
def people(draw: Any, walks: st.SearchStrategy[int | None]) -> list[Record]:
    """Draw everybody: residents and one worker."""
    found: list[Record] = []
    for name in PEOPLE:
        point = draw(rarely(st.tuples(st.integers(0, 60), st.integers(0, 60))))
        cells = {
            "area": draw(some(*AREAS, one_in=1)),
            "walks_m": draw(walks),
            "wheelchair": draw(some("yes", one_in=10)),
            "minor": draw(some("yes", one_in=12)),
            "languages": draw(some(("nl",), ("ar",), ("nl", "ar"))),
            "available": draw(some(*WHEN, one_in=3)),
            "share": draw(some("yes", "no", "team", one_in=3)),
            "ground": draw(some("consent", one_in=2)),
            "groups": draw(some(("women",), one_in=3)),
            "experiences": draw(some("debts:yes", "debts:no", one_in=3)),
            "household": draw(some("h1", one_in=5)),
            "worker": draw(some("w1", one_in=3)) if name != "w1" else None,
            "until": draw(rarely(SOON, one_in=15)),
            "support_needed": draw(some("none", "some", "much", one_in=5)),
            "trainings": draw(some("shopping", "company", "forms: 2027-01-01", one_in=4)),
        }
        if point is not None:
            cells |= {"x": 140_000 + 100 * point[0], "y": 450_000 + 100 * point[1]}
        kind = "worker" if name == "w1" else None
        found.append(Person(person=name, kind=kind, **cells))
    return found


def talents(theme: tuple[str, ...]) -> st.SearchStrategy[list[Record]]:
    """Draw talents; rides among them."""
    return rows(
        Talent,
        ("t1", "t2", "t3", "t4", "t5", "t6"),
        owner=st.sampled_from((*PEOPLE, "i1", "o1", "pl1")),
        category=st.sampled_from(("ride", *theme)),
        role=some("neighbour", "volunteer", "professional", one_in=2),
        term=some("once", "short", "long", one_in=5),
        per_week=some(0, 1, 2, 3, one_in=2),
        hours_week=some(0, 0.5, 1, 2, one_in=6),
        available=some(*WHEN, one_in=2),
        max_km=some(0.5, 1, 3, one_in=5),
        seats=some(0, 1, 1, 2, 3, one_in=2),
        wheelchair=YES,
        going_to=some("a1", "a2", one_in=6),
        languages=some(("nl",), ("ar",), one_in=8),
        areas=some(("north",), ("south", "east"), one_in=8),
        fee_eur=some("2", "6", one_in=6),
        **PERIOD,
    )


def needs(theme: tuple[str, ...]) -> st.SearchStrategy[list[Record]]:
    """Draw needs with wishes of every kind."""
    return rows(
        Need,
        ("n1", "n2", "n3", "n4", "n5"),
        owner=st.sampled_from((*PEOPLE[:5], *PEOPLE[:5], "i1")),
        category=st.sampled_from(theme),
        urgency=some(1, 3, 5, one_in=2),
        since=rarely(PAST, one_in=2),
        talked=st.sampled_from((*("yes",) * 11, None)),
        tried=some(("own_network",), ("neighbour",), ("own_network", "initiative"), one_in=6),
        term=some("once", "short", "long", one_in=5),
        hours=some(0.5, 1, 2, one_in=3),
        when=some(*WHEN, one_in=3),
        rrule=some("FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=FR", "FREQ=WEEKLY;BYDAY=MO,WE", one_in=6),
        wants=some(("a1",), ("i1",), ("a1", "a2"), one_in=6),
        language_hard=YES,
        not_area=some(("yes",), ("south",), one_in=8),
        not_known=YES,
        sensitive=some("yes", one_in=10),
        max_km=some(0.5, 2, one_in=8),
        fee_max_eur=some("0", "5", one_in=6),
        people_needed=some(2, one_in=12),
        setting=some("quiet", one_in=10),
        closed_on=rarely(SOON.filter(lambda day: day > MONDAY), one_in=15),
    )


def activities() -> st.SearchStrategy[list[Record]]:
    """Draw activities, most of them on Fridays around dinner."""
    start = st.sampled_from(
        (
            "2026-11-27T18:00",
            "2026-11-27T18:00",
            "2026-11-27T19:30",
            "2026-12-04T18:00",
            "2027-01-08T18:00",
        )
    )
    return rows(
        Activity,
        ("a1", "a2", "a3"),
        name="an activity",
        initiative=some("i1", "i2", one_in=2),
        category=st.sampled_from(("meal", "meal", "walk", "company", "football", "volunteering")),
        place=some("pl1", "pl2", one_in=3),
        area=some(*AREAS, one_in=2),
        start=start,
        minutes=some(60, 120, one_in=2),
        rrule=some("FREQ=WEEKLY", "FREQ=MONTHLY;BYDAY=2FR", one_in=2),
        except_=some((dt.date(2026, 12, 4),), one_in=6),
        until=rarely(SOON, one_in=12),
        capacity=some(0, 1, 1, 2, one_in=2),
        fee_eur=some("3", "8", one_in=6),
        audience=some(("women",), one_in=10),
        languages=some(("nl",), one_in=8),
        requires=some("cook:1", "host:1", one_in=10),
        status=some("past", "running", one_in=10),
    )


def parties() -> st.SearchStrategy[list[Record]]:
    """Draw initiatives, an organisation, places and areas: these are always there."""
    initiative = st.builds(
        Initiative,
        initiative=st.just("i1"),
        name=st.just("an initiative"),
        area=some(*AREAS, one_in=2),
        manager=some("p5", "w1", one_in=2),
        status=some("ended", "running", one_in=10),
        support=some("none", "some", "much", one_in=3),
    )
    other = st.builds(
        Initiative, initiative=st.just("i2"), name=st.just("another"), place=some("pl2", one_in=2)
    )
    place = st.builds(
        Place,
        place=st.just("pl1"),
        area=some(*AREAS, one_in=1),
        step_free=some("yes", "no", one_in=2),
        quiet=some("yes", "no", one_in=2),
        manager=some("p4", "o1", one_in=2),
        space_for=some(("company",), ("land",), one_in=3),
    )
    point = st.builds(Place, place=st.just("pl2"), x=st.just(142_000), y=st.just(452_000))
    areas = st.just(
        [
            Area(area="north", adjacent=("south",)),
            Area(area="south", adjacent=("east",)),
            Area(area="east"),
        ]
    )
    organisation = st.just(Organisation(organisation="o1", area="south"))
    whole = st.tuples(initiative, other, place, point, organisation)
    return st.tuples(whole, areas).map(lambda found: [*found[0], *found[1]])


def ties() -> st.SearchStrategy[list[Record]]:
    """Draw who knows whom."""
    pair = st.sets(st.sampled_from(PEOPLE), min_size=2, max_size=2).map(sorted)
    kind = some("friend", "family", "worker", one_in=1)
    return st.lists(
        st.builds(
            lambda p, k, s, u: Tie(a=p[0], b=p[1], kind=k, strength=s, until=u),
            pair,
            kind,
            some(1, 2, 3, one_in=2),
            rarely(SOON, one_in=8),
        ),
        max_size=5,
    )


def protections() -> st.SearchStrategy[list[Record]]:
    """Draw who is kept apart from whom or what."""
    late = st.integers(10, 60).map(lambda days: MONDAY + dt.timedelta(days=days))
    return rows(
        Safeguard,
        ("s1", "s2"),
        person=st.sampled_from(PEOPLE[:5]),
        at=st.sampled_from((*PEOPLE[:5], "i1", "a1")),
        from_=st.sampled_from((MONDAY - dt.timedelta(days=40), MONDAY + dt.timedelta(days=10))),
        until=rarely(late),
        review_on=dt.date(2027, 6, 1),
    )


@st.composite
def agreements(draw: Any, asked: list[Record]) -> list[Record]:
    """Draw arrangements: activity with rides, or help; some of the legs ended."""
    found: list[Record] = []
    owners = {"i1"}
    for need in asked:
        owner = getattr(need, "owner", "")
        if owner in owners or draw(st.integers(1, 8)) != 8:
            continue
        owners.add(owner)
        since = draw(rarely(PAST, one_in=2))
        legs = draw(
            st.sampled_from(
                ((Leg.HELP,), (Leg.ACTIVITY,), (Leg.RIDE_OUT, Leg.ACTIVITY, Leg.RIDE_BACK))
            )
        )
        name = str(need.id)
        for leg in legs:
            others = [p for p in PEOPLE if p != owner]
            provider = draw(st.sampled_from(others)) if leg is not Leg.ACTIVITY else "i1"
            found.append(
                Arrangement(
                    arrangement=f"x{name}{leg}",
                    need=name,
                    leg=leg,
                    provider=provider,
                    activity="a1" if leg is Leg.ACTIVITY else None,
                    since=since,
                    until=draw(rarely(SOON, one_in=8)),
                )
            )
    return found


@st.composite
def decisions(draw: Any, asked: list[Record]) -> list[Record]:
    """Draw who was turned down, and what is done already."""
    chosen = [need for need in asked if draw(st.integers(1, 5)) == 5]
    return [
        Decision(
            plan=f"{need.id}-aaaaaaaa-20261101",
            need=str(need.id),
            provider=draw(st.sampled_from((*PEOPLE, "i1"))),
            date=draw(PAST),
            decision=draw(st.sampled_from(("not_now", "no_more", "done", "other"))),
            until=draw(rarely(SOON.filter(lambda day: day > MONDAY), one_in=6)),
        )
        for need in chosen
    ]


def policies() -> st.SearchStrategy[Policy]:
    """Draw the choices of a team; a short horizon keeps the examples small."""
    return st.builds(
        Policy,
        horizon_weeks=st.sampled_from((1, 2, 3)),
        minors=st.sampled_from((False, True)),
        minor_categories=st.just(("sport", "meal")),
        hours_hard=st.sampled_from((True, True, False)),
        training_required=st.sampled_from(((), (), (), ("shopping",), ("company", "forms"))),
        purposes_apart=st.sampled_from((True, True, False)),
        default_per_week=st.sampled_from((1, 1, 2)),
    )


@st.composite
def neighbourhoods(draw: Any) -> Neighbourhood:
    """Draw a small neighbourhood, rich in conflicts."""
    theme = tuple(draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=3)))
    asked = draw(needs(theme))
    happening = draw(activities())
    records = [
        *draw(people(some(0, 300, 2000))),
        *draw(parties()),
        *happening,
        *draw(talents(theme)),
        *asked,
        *draw(ties()),
        *draw(protections()),
        *draw(agreements(asked)),
        *draw(decisions(asked)),
        *draw(
            st.lists(
                st.builds(
                    Membership,
                    member=st.sampled_from(PEOPLE),
                    party=st.just("i1"),
                    role=some("cook", one_in=2),
                    hours_week=some(1, 2, one_in=2),
                    purpose=some("cases", "community", "other", one_in=2),
                ),
                max_size=3,
            )
        ),
        *draw(
            st.lists(
                st.builds(
                    TeamHours,
                    week=st.sampled_from(("2026-W48", "2026-W49")),
                    worker=st.sampled_from(PEOPLE),
                    purpose=some("cases", "community", "other", one_in=1),
                    hours=st.sampled_from((0.5, 1, 2)),
                ),
                max_size=2,
            )
        ),
    ]
    names = {str(a.id) for a in happening}
    return Neighbourhood.from_records(_sound(records, names), policy=draw(policies()))


def _sound(records: list[Record], activities: set[str]) -> list[Record]:
    """Leave out what points to activities that were not drawn, or to itself."""
    kept: list[Record] = []
    for row in records:
        changes: dict[str, Any] = {}
        if isinstance(row, Talent) and row.going_to not in activities:
            changes["going_to"] = None
        if isinstance(row, Need) and row.wants:
            changes["wants"] = tuple(w for w in row.wants if w in activities or w == "i1") or None
        gone = isinstance(row, Safeguard) and row.at in {row.person, "a1"} - activities
        gone |= isinstance(row, Arrangement) and "a1" not in activities
        backwards = [getattr(row, name, None) for name in ("from_", "since", "until")]
        if isinstance(row, Activity):
            backwards = [row.start.date(), row.until]
        days = [day for day in backwards if day is not None]
        if days != sorted(days) and hasattr(row, "until"):
            changes["until"] = None
        if not gone:
            kept.append(row.model_copy(update=changes) if changes else row)
    return kept


@st.composite
def outings(draw: Any) -> Neighbourhood:
    """Draw a small neighbourhood where people who cannot walk far want to go out, and few drive."""
    asked = draw(needs(("meal",)))
    evening = Activity(
        activity="a1",
        name="an evening",
        category="meal",
        initiative=draw(some("i1", one_in=2)),
        area="south",
        start="2026-11-27T18:00",
        minutes=120,
        rrule=draw(some("FREQ=WEEKLY", one_in=2)),
        capacity=draw(some(1, 2, 3, one_in=2)),
        requires=draw(some("cook:1", one_in=10)),
    )
    other = evening.model_copy(
        update={"activity": "a2", "start": draw(st.sampled_from(_BESIDE)), "initiative": None}
    )
    happening = [evening, other][: draw(st.integers(1, 2))]
    records = [
        *draw(people(some(0, 0, 300, one_in=1))),
        *draw(parties()),
        *happening,
        *draw(talents(("ride", "ride", "shopping"))),
        *asked,
        *draw(ties()),
        *draw(protections()),
        *draw(agreements(asked)),
        *draw(decisions(asked)),
    ]
    names = {str(a.id) for a in happening}
    return Neighbourhood.from_records(_sound(records, names), policy=draw(policies()))


@st.composite
def evenings(draw: Any) -> Neighbourhood:
    """Draw so small a neighbourhood that every set of plans can be tried.

    Nothing comes back, nothing is arranged, and every category keeps the ordinary ladder.
    """
    theme = ("computer", "computer", "shopping")
    asked = [
        row.model_copy(update={"rrule": None, "tried": None, "people_needed": None})
        for row in draw(needs(theme))[: draw(st.integers(2, 4))]
    ]
    club = Activity(
        activity="a1",
        name="a club",
        category="computer",
        area="south",
        start="2026-11-27T18:00",
        minutes=60,
        capacity=draw(some(1, 2, one_in=2)),
    )
    records = [
        *draw(people(some(0, 300, one_in=2))),
        *draw(parties()),
        club,
        *draw(talents(("ride", "ride", *theme))),
        *asked,
        *draw(ties()),
        *draw(protections()),
    ]
    policy = draw(policies()).model_copy(update={"horizon_weeks": 1})
    return Neighbourhood.from_records(_sound(records, {"a1"}), policy=policy)


_BESIDE = (
    dt.datetime(2026, 11, 27, 18),
    dt.datetime(2026, 11, 27, 18, 10),
    dt.datetime(2026, 11, 27, 20),
)


def shuffled(hood: Neighbourhood, draw: Any) -> Neighbourhood:
    """Return the same neighbourhood with the rows of every table in another order."""
    tables = ("people", "talents", "needs", "activities", "ties", "places", "areas")
    more = ("initiatives", "memberships", "arrangements", "decisions", "safeguards")
    records = [
        row
        for t in (*tables, *more, "organisations")
        for row in draw(st.permutations(hood.table(t)))
    ]
    return Neighbourhood.from_records(records, policy=hood.policy)
