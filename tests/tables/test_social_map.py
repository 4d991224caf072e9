"""A social map (HSDS): what goes out, what comes in, and what is told to be left behind."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import assetmap
from assetmap.errors import DataProblems
from assetmap.model import (
    Activity,
    Area,
    Initiative,
    Neighbourhood,
    Organisation,
    Person,
    Place,
    Policy,
)
from assetmap.tables import read_hsds, told, write_hsds
from assetmap.texts import Language
from tests.tables.social_map_format import faults


def written(hood: Neighbourhood, **more: str) -> tuple[list[dict[str, Any]], list[str]]:
    """Write a neighbourhood; give the services and the codes of what was told."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "services.json")
        notices = write_hsds(hood, path, **more)
        return json.loads(path.read_text(encoding="utf-8")), [n.code for n in notices]


def taken(services: object) -> Neighbourhood:
    """Read services."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "services.json")
        path.write_text(json.dumps(services), encoding="utf-8")
        return read_hsds(path)


def back(hood: Neighbourhood) -> Neighbourhood:
    """Write a neighbourhood and read it again."""
    return taken(written(hood)[0])


def cells(hood: Neighbourhood, table: str) -> dict[str, dict[str, str]]:
    """Give the rows of a table by id."""
    return {str(row.id): dict(row.cells()) for row in hood.table(table)}


def activity(**more: Any) -> Activity:
    """Make an activity on a Friday at six."""
    base = {"activity": "a1", "name": "Eetcafé", "category": "meal", "start": "2026-11-27 18:00"}
    return Activity(**{**base, **more})


def service(**more: Any) -> dict[str, Any]:
    """Make a service as another program would write it."""
    return {"id": "s1", "name": "Inloop", "status": "active", **more}


WINTER = {"dtstart": "2026-11-27", "opens_at": "18:00+01:00", "closes_at": "20:00+01:00"}


def test_every_object_has_what_the_format_asks_for() -> None:
    """The bundled neighbourhood gives services that the checker of the format finds nothing in."""
    services, _ = written(assetmap.read(Path(__file__).parents[2] / "examples" / "buurthuis"))
    assert len(services) == 36
    assert faults(services) == []
    assert {each["status"] for each in services} <= {"active", "inactive", "defunct"}


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda s: s.pop("status"), "service without status"),
        (lambda s: s.update(status="open"), "service.status is no status"),
        (lambda s: s.update(id="a1"), "service.id is no uuid"),
        (lambda s: s.update(email="x@example.org"), "service.email is not a field"),
        (lambda s: s.update(languages=[]), "service.languages is no list of something"),
        (lambda s: s["schedules"][0].update(opens_at="18:00"), "schedule.opens_at is no clock"),
        (lambda s: s["schedules"][0].update(opens_at="24:00Z"), "schedule.opens_at is no clock"),
        (lambda s: s["schedules"][0].update(timezone=2), "timezone is not that of opens_at"),
        (lambda s: s["schedules"][0].update(timezone="1"), "schedule.timezone is no hours"),
        (lambda s: s["schedules"][0].update(freq="DAILY"), "schedule.freq is no freq"),
        (lambda s: s["schedules"][0].update(dtstart="27-11-2026"), "schedule.dtstart is no date"),
        (lambda s: s["schedules"][0].update(service_id=str(UUID(int=1))), "of another"),
        (lambda s: s["organization"].pop("description"), "organization without description"),
        (lambda s: s.update(organization_id=str(UUID(int=1))), "is not that of its organization"),
        (lambda s: s["cost_options"][0].update(amount="2.50"), "cost_option.amount is no number"),
        (lambda s: s["service_at_locations"][0]["location"].pop("location_type"), "location_type"),
        (lambda s: s["service_at_locations"][0]["location"].update(addresses=[]), "not a field"),
    ],
)
def test_the_checker_of_the_format_sees_each_fault(
    spoil: Callable[[dict[str, Any]], object], said: str
) -> None:
    """A service that fits has no fault; each thing that is spoilt in it is told."""
    hood = Neighbourhood.from_records(
        Organisation(organisation="o1", name="Welzijn"),
        Initiative(initiative="i1", name="Koor", host="o1", visible="yes"),
        Place(place="pl1", name="Zaal", x=155_000, y=463_000),
        activity(initiative="i1", place="pl1", minutes=90, rrule="FREQ=WEEKLY", fee_eur="2.50"),
    )
    _, held = written(hood)[0]
    assert faults([held]) == []
    spoil(held)
    assert any(said in fault for fault in faults([held]))


def test_nothing_of_a_person_goes_out() -> None:
    """Neither ids nor called names nor anything else of people is in the file."""
    hood = Neighbourhood.from_records(
        Person(person="ppp7", called="Zwaantje", area="north"),
        Initiative(initiative="i1", name="Koor", manager="ppp7", visible="yes"),
        Place(place="pl1", name="Zaal", owner="ppp7", manager="ppp7"),
        activity(initiative="i1", place="pl1", requires="party:ppp7:1 | cook:1"),
    )
    services, codes = written(hood)
    text = json.dumps(services)
    assert "ppp7" not in text
    assert "Zwaantje" not in text
    assert "cook:1" in text
    assert codes.count("hsds-person") == 3
    assert "hsds-stays" in codes


def test_what_is_hidden_or_about_safety_stays_out() -> None:
    """Neither a hidden initiative nor a theme of safety leaves, nor what it does."""
    hood = Neighbourhood.from_records(
        Initiative(initiative="i1", name="Stil", visible="no"),
        Initiative(initiative="i2", name="Veilig", kind="violence", visible="yes"),
        activity(initiative="i1"),
        activity(activity="a2", initiative="i2"),
        activity(activity="a3", category="huiselijk geweld"),
    )
    services, codes = written(hood)
    assert services == []
    assert codes == ["hsds-hidden", "hsds-safety", "hsds-safety"]
    blank = Neighbourhood.from_records(Initiative(initiative="i1", name="Nieuw"))
    assert written(blank) == ([], ["hsds-hidden"]), "blank is not permission"


def test_what_is_called_after_somebody_stays_out() -> None:
    """A row or text that holds what somebody is called does not go, nor does its id."""
    hood = Neighbourhood.from_records(
        Person(person="p1", called="Zwaantje"),
        Initiative(initiative="i1", name="Zwaantjes tafel", visible="yes"),
        activity(initiative="i1"),
        Place(place="bij-zwaantje", name="Zaal"),
        Area(area="north", name="Rond Zwaantje"),
        activity(
            activity="a2", place="bij-zwaantje", audience="vrienden van zwaantje", area="north"
        ),
    )
    services, codes = written(hood)
    assert len(services) == 1
    assert "zwaantje" not in json.dumps(services).casefold()
    assert codes.count("hsds-named") == 3


def test_a_hidden_host_is_not_named() -> None:
    """An initiative whose host stays out says nothing of that host."""
    hood = Neighbourhood.from_records(
        Initiative(initiative="secret9", name="Stil", visible="no"),
        Initiative(initiative="i2", name="Koor", host="secret9", visible="yes"),
    )
    services, codes = written(hood)
    assert "secret9" not in json.dumps(services)
    assert "hsds-left-out" in codes


def test_the_order_of_rows_does_not_matter() -> None:
    """The same rows in another order give the same file."""
    hood = assetmap.read(Path(__file__).parents[2] / "examples" / "buurthuis")
    turned = Neighbourhood(
        **{name: hood.table(name)[::-1] for name in ("initiatives", "activities", "places")},
        organisations=hood.organisations[::-1],
        areas=hood.areas[::-1],
    )
    plain = Neighbourhood(
        **{name: hood.table(name) for name in ("initiatives", "activities", "places")},
        organisations=hood.organisations,
        areas=hood.areas,
    )
    assert written(turned) == written(plain)


def test_a_source_keeps_two_teams_apart() -> None:
    """The same id in two teams gives two identifiers where each names itself."""
    hood = Neighbourhood.from_records(activity())
    ids = [written(hood, source=name)[0][0]["id"] for name in ("", "west", "oost", "west")]
    assert ids[1] == ids[3]
    assert len(set(ids)) == 3


def test_the_clock_is_ours_in_summer_and_winter() -> None:
    """Times bear the offset of their first day, and come back as the local clock."""
    for start, clock in (("2026-07-03 18:00", "18:00+02:00"), ("2026-11-27 18:00", "18:00+01:00")):
        hood = Neighbourhood.from_records(activity(start=start, minutes=90, rrule="FREQ=WEEKLY"))
        (made,) = written(hood)[0][0]["schedules"]
        assert made["opens_at"] == clock
        assert made["timezone"] == int(clock[-4])
        assert back(hood).activities == hood.activities


@pytest.mark.parametrize(
    ("schedule", "start"),
    [
        ({"dtstart": "2026-07-03", "opens_at": "16:00Z"}, "2026-07-03 18:00"),
        ({"dtstart": "2026-11-27", "opens_at": "16:00", "timezone": 0}, "2026-11-27 17:00"),
        ({"dtstart": "2026-11-27", "opens_at": "12:00-05:00"}, "2026-11-27 18:00"),
        ({"valid_from": "2026-11-27", "opens_at": "9:30:00+01"}, "2026-11-27 09:30"),
        ({"dtstart": "2026-11-27T00:00:00Z", "opens_at": "23:30Z"}, "2026-11-28 00:30"),
    ],
)
def test_times_of_others_become_local(schedule: dict[str, Any], start: str) -> None:
    """UTC, offsets and a zone for the whole schedule are understood."""
    hood = taken([service(schedules=[schedule])])
    assert f"{hood.activities[0].start:%Y-%m-%d %H:%M}" == start


def test_days_that_move_to_another_date_are_not_guessed() -> None:
    """Monday evening in another zone can be Tuesday here: the rule is left out and that is told."""
    late = {"dtstart": "2026-11-23", "opens_at": "23:30Z", "freq": "WEEKLY", "byday": "MO"}
    hood = taken([service(schedules=[late])])
    assert hood.activities[0].rrule is None
    assert "hsds-rule-unread" in [n.code for n in hood.notices]


@pytest.mark.parametrize(
    ("parts", "rule"),
    [
        ({"freq": "WEEKLY", "byday": "FR"}, "FREQ=WEEKLY;BYDAY=FR"),
        ({"freq": "WEEKLY", "interval": 2.0, "count": 4}, "FREQ=WEEKLY;INTERVAL=2;COUNT=4"),
        ({"freq": "MONTHLY", "byday": "2FR,-1FR"}, "FREQ=MONTHLY;BYDAY=2FR,-1FR"),
        ({"freq": "WEEKLY", "until": "2026-12-31"}, "FREQ=WEEKLY;UNTIL=20261231T235959"),
    ],
)
def test_rules_of_others_are_read(parts: dict[str, Any], rule: str) -> None:
    """The parts of a schedule become one rule."""
    assert taken([service(schedules=[{**WINTER, **parts}])]).activities[0].rrule == rule


def test_what_cannot_be_said_in_weeks_and_months_is_told() -> None:
    """A yearly rule comes back whole, and other programs not seeing it is told."""
    hood = Neighbourhood.from_records(activity(rrule="FREQ=YEARLY"))
    services, codes = written(hood)
    assert "freq" not in services[0]["schedules"][0]
    assert "hsds-rule-apart" in codes
    assert back(hood).activities == hood.activities


def test_a_service_of_another_program_becomes_an_initiative_with_activities() -> None:
    """Each schedule with a first day is an activity; the rest is told, no contact is kept."""
    hood = taken(
        {
            "total_items": 1,
            "contents": [
                service(
                    email="someone@example.org",
                    contacts=[{"name": "Iemand"}],
                    organization={"id": "o9", "name": "Welzijn", "description": "x"},
                    languages=[{"id": "l", "code": "nl"}, {"id": "m", "name": "Turkish"}],
                    cost_options=[{"id": "c", "currency": "eur", "amount": 2.5}],
                    attributes=[{"id": "x", "taxonomy_term": {"id": "t", "name": "koken"}}],
                    schedules=[{"freq": "WEEKLY", "byday": "MO"}],
                    service_at_locations=[
                        {
                            "id": "q",
                            "location": {
                                "id": "urn:place:1",
                                "location_type": "physical",
                                "name": "Zaal",
                                "latitude": 52.1551729,
                                "longitude": 5.3872037,
                                "addresses": [{"id": "z", "country": "NL"}],
                            },
                            "schedules": [WINTER],
                        }
                    ],
                )
            ],
        }
    )
    (initiative,), (held,), (place,) = hood.initiatives, hood.activities, hood.places
    assert (initiative.name, initiative.host, initiative.place) == ("Inloop", "o9", place.place)
    assert (place.name, place.x, place.y) == ("Zaal", 155_000, 463_000)
    assert (held.minutes, held.initiative, held.place) == (120, "s1", place.place)
    assert (str(held.fee_eur), held.languages) == ("2.50", ("nl", "tr"))
    assert not hood.people
    about = {n.facts["field"] for n in hood.notices if n.code == "hsds-not-kept"}
    told_of = {"service.email", "service.contacts", "location.addresses"}
    assert about == told_of | {"organization.description"}
    assert "hsds-no-start" in [n.code for n in hood.notices]
    assert not any("Iemand" in str(n) or "example.org" in str(n) for n in hood.notices)


def test_one_page_of_several_is_told() -> None:
    """Whoever saved the first page of an interface hears that there is more."""
    page = {"total_items": 61, "total_pages": 3, "page_number": 1, "contents": [service()]}
    assert [(n.code, n.facts["n"]) for n in taken(page).notices] == [("hsds-page", "3")]
    assert taken({**page, "total_pages": 1}).notices == ()


def test_a_list_of_organisations_is_not_read_as_services() -> None:
    """Another list of the same interface is refused, rather than read as what it is not."""
    other = {"id": "o1", "name": "Welzijn", "description": "x", "locations": []}
    with pytest.raises(DataProblems) as wrong:
        taken({"contents": [other]})
    assert [p.code for p in wrong.value.problems] == ["hsds-shape"]
    assert taken([{**other, "status": "active"}]).initiatives[0].name == "Welzijn"


def test_what_has_no_organisation_is_told_of_both_tables() -> None:
    """The format as tables asks for an organisation behind each service, also an activity."""
    loose = Neighbourhood.from_records(Initiative(initiative="i1", name="Koor", visible="yes"))
    for hood in (loose, Neighbourhood.from_records(activity())):
        assert written(hood)[1].count("hsds-no-organisation") == 1
    behind = Neighbourhood.from_records(
        Organisation(organisation="o1", name="Welzijn"),
        Initiative(initiative="i1", name="Koor", host="o1", visible="yes"),
        activity(initiative="i1"),
    )
    (_, held), codes = written(behind)
    assert held["program"]["organization_id"] == held["organization_id"]
    assert "hsds-no-organisation" not in codes


def test_a_part_of_our_own_file_can_be_read() -> None:
    """Where somebody took services out, what pointed to them is told, and the rest comes in."""
    hood = Neighbourhood.from_records(
        Initiative(initiative="i1", name="Koor", visible="yes"), activity(initiative="i1")
    )
    services, _ = written(hood)
    got = taken(services[1:])
    assert [(a.activity, a.initiative) for a in got.activities] == [("a1", None)]
    assert [n.facts["field"] for n in got.notices] == ["activities.initiative"]


@pytest.mark.parametrize("label", ["activity", "place", "organisation", "initiative"])
def test_a_mark_without_an_id_is_passed_over(label: str) -> None:
    """Where somebody emptied the id in a mark, the identifier of the map takes its place."""
    hood = Neighbourhood.from_records(
        Initiative(initiative="i1", name="Koor", host="o1", visible="yes"),
        activity(place="pl1"),
        Place(place="pl1"),
        Organisation(organisation="o1"),
    )
    text = json.dumps(written(hood)[0])
    for name in ("a1", "pl1", "o1", "i1"):
        text = text.replace(
            f'"label": "{label}", "value": "{name}"', f'"label": "{label}", "value": " "'
        )
    got = taken(json.loads(text))
    table = {"activity": "activities"}.get(label, f"{label}s")
    assert len(str(got.table(table)[0].id)) == 36


odd = st.sampled_from(
    (
        *(None, 1, -1.5, 1e308, True, "", "x", [], {}, [1], [{}], {"id": 1}),
        *("25:00", "9999-99-99", "18:00", "2026-11-27", "|,:", "WEEKLY"),
    )
)


def ways(found: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Give the way to every value inside."""
    if way:
        yield way
    inside = dict(enumerate(found)) if isinstance(found, list) else found
    for name, value in inside.items() if isinstance(inside, dict) else ():
        yield from ways(value, (*way, name))


@settings(max_examples=150)
@given(st.data())
def test_a_spoilt_file_gives_problems_and_nothing_else(data: st.DataObject) -> None:
    """Whatever stands in a field, reading gives rows or problems."""
    one = service(
        schedules=[{**WINTER, "freq": "WEEKLY", "byday": "FR", "timezone": 1, "count": 2}],
        service_at_locations=[
            {"id": "q", "location": {"id": "p", "location_type": "physical", "latitude": 52.1}}
        ],
        cost_options=[{"id": "c", "currency": "EUR", "amount": 2}],
        languages=[{"id": "l", "code": "nl"}],
        organization={"id": "o", "name": "x", "description": "x"},
    )
    own, _ = written(Neighbourhood.from_records(activity(place="pl1"), Place(place="pl1")))
    services = [one, *own]
    for _ in range(data.draw(st.integers(1, 3))):
        way = data.draw(st.sampled_from([w for w in ways(services) if len(w) > 1]))
        inside: Any = services
        for name in way[:-1]:
            inside = inside[name]
        inside[way[-1]] = json.loads(json.dumps(data.draw(odd)))
    with contextlib.suppress(DataProblems):
        assert not taken(services).people


def test_places_elsewhere_are_told() -> None:
    """A virtual location is no place, and a point outside the Netherlands no point."""
    at = [
        {"id": "1", "location": {"id": "p", "location_type": "virtual"}},
        {
            "id": "2",
            "location": {"id": "q", "location_type": "physical", "latitude": 1, "longitude": 2},
        },
        {"id": "3"},
    ]
    hood = taken([service(service_at_locations=at)])
    assert [(p.place, p.x) for p in hood.places] == [("q", None)]
    assert next(n.facts["n"] for n in hood.notices if n.code == "hsds-elsewhere") == "3"


@pytest.mark.parametrize("text", ["", "[1]", "{}", '[{"id": "x"}]', "[NaN]", "[" * 100_000])
def test_a_file_that_is_no_social_map_is_refused(text: str, tmp_path: Path) -> None:
    """Another kind of file gives one error, never an exception of another kind."""
    path = tmp_path / "services.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataProblems) as wrong:
        read_hsds(path)
    assert [p.code for p in wrong.value.problems] == ["hsds-shape"]


def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    """What is missing is said like everywhere else."""
    with pytest.raises(DataProblems) as wrong:
        read_hsds(tmp_path / "none.json")
    assert wrong.value.problems[0].code == "no-such-file"


def test_what_is_told_can_be_said_in_dutch() -> None:
    """Every notice has a sentence in both languages."""
    hood = assetmap.read(Path(__file__).parents[2] / "examples" / "buurthuis")
    with tempfile.TemporaryDirectory() as folder:
        notices = write_hsds(hood, Path(folder, "s.json"))
    dutch = [told(notice, Language.NL).message for notice in notices]
    assert "Mensen, Talenten, Vragen" in dutch[-1]
    assert all(n.message != nl for n, nl in zip(notices, dutch, strict=True))


words = st.sampled_from(("Koor", "Eetcafé", "Wandelen & praten", 'Het "Honk"', "=1+1"))
clocks = st.datetimes(dt.datetime(2025, 1, 1), dt.datetime(2028, 1, 1)).map(
    lambda at: at.replace(second=0, microsecond=0)
)
days = st.dates(dt.date(2028, 2, 1), dt.date(2029, 1, 1))
rules = st.sampled_from(
    (
        *("FREQ=WEEKLY", "FREQ=DAILY", "FREQ=DAILY;INTERVAL=2", "FREQ=MONTHLY;BYDAY=2FR,-1MO"),
        *("FREQ=MONTHLY;BYMONTHDAY=1,-1", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;WKST=SU"),
        *("FREQ=YEARLY;BYMONTH=3", "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1", "FREQ=WEEKLY;COUNT=7"),
        *("FREQ=WEEKLY;UNTIL=20290101T120000", "FREQ=DAILY;UNTIL=20290101T235959"),
    )
)


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Draw a value, or nothing."""
    return st.none() | strategy


def few(*of: str) -> st.SearchStrategy[Any]:
    """Draw some words of a list, or nothing."""
    return maybe(st.lists(st.sampled_from(of), min_size=1, max_size=3, unique=True).map(tuple))


yes_no = maybe(st.booleans())
initiatives = st.builds(
    Initiative,
    initiative=st.sampled_from(("i1", "i2")),
    name=words,
    kind=maybe(st.sampled_from(("meal", "choir", "iets eigens"))),
    place=maybe(st.sampled_from(("pl1", "pl2"))),
    area=maybe(st.sampled_from(("north", "elsewhere"))),
    host=maybe(st.sampled_from(("o1", "o2"))),
    status=maybe(st.sampled_from(("idea", "starting", "running", "independent", "ended"))),
    status_since=maybe(days),
    accessible=yes_no,
    languages=few("nl", "tr", "ar-MA", "Klingon"),
    support=maybe(st.sampled_from(("none", "some", "much"))),
    visible=st.just(True),
)
activities = st.builds(
    Activity,
    activity=st.sampled_from(("a1", "a2", "a3")),
    initiative=maybe(st.just("i1")),
    name=words,
    category=st.sampled_from(("meal", "walk", "iets eigens")),
    place=maybe(st.sampled_from(("pl1", "pl2"))),
    area=maybe(st.sampled_from(("north", "elsewhere"))),
    start=clocks,
    minutes=maybe(st.integers(1, 3_000)),
    rrule=maybe(rules),
    except_=maybe(days.map(lambda day: (day,))),
    until=maybe(days),
    capacity=maybe(st.integers(0, 99)),
    fee_eur=maybe(st.decimals(0, 999, places=2)),
    audience=few("women", "fathers"),
    languages=few("nl", "tr", "ar-MA", "Klingon"),
    setting=maybe(st.sampled_from(("group", "quiet"))),
    requires=maybe(st.sampled_from(("cook:1", "cook:1 | host:2"))),
    status=maybe(st.sampled_from(("planned", "running", "past"))),
)
places = st.builds(
    Place,
    place=st.sampled_from(("pl1", "pl2")),
    name=maybe(words),
    area=maybe(st.just("north")),
    x=st.integers(20_000, 250_000),
    y=st.integers(350_000, 600_000),
    step_free=yes_no,
    quiet=yes_no,
    space_for=few("company", "meal"),
)
organisations = st.builds(
    Organisation,
    organisation=st.sampled_from(("o1", "o2")),
    name=maybe(words),
    kind=maybe(st.sampled_from(("church", "iets eigens"))),
    area=maybe(st.just("north")),
)


def by_id(rows: Sequence[Any]) -> list[Any]:
    """Keep one row for each id."""
    return list({row.id: row for row in rows}.values())


def some(rows: st.SearchStrategy[Any], *, least: int = 0) -> st.SearchStrategy[list[Any]]:
    """Draw a few rows with ids of their own."""
    return st.lists(rows, min_size=least, max_size=4).map(by_id)


@settings(max_examples=60)
@given(some(initiatives), some(activities), some(places), some(organisations))
def test_what_both_can_hold_comes_back(
    started: list[Initiative],
    held: list[Activity],
    where: list[Place],
    behind: list[Organisation],
) -> None:
    """Initiatives and activities come back as they were, with the places and hosts they name."""
    known = {"place": {p.place for p in where}, "initiative": {i.initiative for i in started}}
    known["host"] = {o.organisation for o in behind}
    rows = [
        row.model_copy(
            update={
                n: None
                for n, ids in known.items()
                if getattr(row, n, None) not in ids and n != row.key and hasattr(row, n)
            }
        )
        for row in (*started, *held)
    ]
    hood = Neighbourhood.from_records(rows, where, behind, Area(area="north", name="Noord"))
    assert faults(written(hood)[0]) == []
    got = back(hood)
    for table in ("initiatives", "activities"):
        assert cells(got, table) == cells(hood, table)
    used = {row.place for row in (*hood.initiatives, *hood.activities)}
    assert cells(got, "places") == {
        name: row for name, row in cells(hood, "places").items() if name in used
    }
    hosts = {row.host for row in hood.initiatives}
    assert cells(got, "organisations") == {
        name: row for name, row in cells(hood, "organisations").items() if name in hosts
    }


def test_another_zone_is_that_of_the_team() -> None:
    """The clock is that of the team's own zone, out and in."""
    policy = Policy(zone="America/Curacao")
    hood = Neighbourhood.from_records(activity(minutes=60), policy=policy)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "s.json")
        write_hsds(hood, path)
        assert json.loads(path.read_text())[0]["schedules"][0]["opens_at"] == "18:00-04:00"
        assert read_hsds(path, policy=policy).activities == hood.activities
