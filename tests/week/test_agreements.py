"""What people agreed on never moves by itself: it is told as changed, and asked again."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import assetmap
from assetmap import Neighbourhood
from assetmap.audit import faults
from assetmap.history import History
from assetmap.model import Arrangement, Decision, Need, Person, Talent, Tie
from assetmap.plans import Plan
from assetmap.privacy import Audience, require
from assetmap.week import WeekRun, run
from tests.week.books import answer, rows_of, told

WEEK, NEXT, AFTER = "2026-W48", "2026-W49", "2026-W50"
BOOK, LATER = f"voorstellen-{WEEK}.xlsx", f"voorstellen-{NEXT}.xlsx"

PEOPLE = """person,called,area,share,ground,walks_m,until
p1,Mien,north,yes,consent,100,
p2,Bram,north,yes,consent,,
p3,Cor,north,yes,consent,,
"""
TALENTS = """talent,owner,category,going_to,seats
t2,p2,ride,a1,1
"""
NEEDS = """need,owner,category,wants,talked,since,rrule,term,closed_on
n1,p1,meal,a1,yes,2026-11-02,,,
"""
ACTIVITIES = """activity,initiative,name,category,start,minutes,rrule,area,except
a1,i1,Eetcafé,community_dinner,2026-11-05 18:00,120,FREQ=WEEKLY;BYDAY=TH,south,
"""
INITIATIVES = "initiative,name\ni1,De Lange Tafel\n"
TIES = "a,b,kind\np1,p2,neighbour\np1,p3,neighbour\n"
TABLES = {
    "people": PEOPLE,
    "talents": TALENTS,
    "needs": NEEDS,
    "activities": ACTIVITIES,
    "initiatives": INITIATIVES,
    "ties": TIES,
}


@pytest.fixture
def street(tmp_path: Path) -> Path:
    """One who cannot walk far, a driver, and an evening in another part of the neighbourhood."""
    folder = tmp_path / "straat"
    folder.mkdir()
    for name in TABLES:
        _write(folder, name)
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "uit"


def _write(folder: Path, table: str, *changes: tuple[str, str]) -> None:
    """Write a table as it is at first, with texts replaced."""
    text = TABLES[table]
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (folder / f"{table}.csv").write_text(text, encoding="utf-8")


def _plans(made: WeekRun, need: str = "n1") -> list[Plan]:
    return [plan for plan in made.proposals.items if plan.need == need]


def _said(made: WeekRun) -> str:
    facts = require(made.facts, Audience.TEAM)
    return "\n".join(line["nl"] for line in (*facts.stopped, *facts.changes))


def _moments(made: WeekRun) -> set[tuple[str, str]]:
    return {(plan.status.value, f"{plan.occurrence:%a %H:%M}") for plan in _plans(made)}


# --- one hour of a day -----------------------------------------------------------------------


def _helped(*rows: object) -> Neighbourhood:
    usual = {"share": "yes", "ground": "consent", "area": "north"}
    return Neighbourhood.from_records(
        Person(person="p1", **usual),
        Person(person="p2", available="Thu 09:00-21:00", **usual),
        Need(
            need="n1",
            owner="p1",
            category="computer",
            talked=True,
            hours=1,
            when="Thu 09:00-21:00",
            rrule="FREQ=WEEKLY",
        ),
        Talent(talent="t2", owner="p2", category="computer"),
        Tie(a="p1", b="p2", kind="neighbour"),
        *rows,
    )


def _agreed(plan: Plan, moment: dt.datetime | None) -> Decision:
    return Decision(
        plan=plan.plan, need="n1", date=dt.date(2026, 11, 23), decision="do", moment=moment
    )


def test_what_was_agreed_for_the_evening_stays_in_the_evening() -> None:
    """There is time in the morning as well: Thursday 19:00 stays Thursday 19:00."""
    first = assetmap.propose(_helped(), WEEK).items[0]
    assert first.occurrence == dt.datetime(2026, 11, 26, 9)
    evening = dt.datetime(2026, 11, 26, 19)
    found = assetmap.propose(_helped(_agreed(first, evening)), WEEK)
    assert (found.items[0].status, found.items[0].occurrence) == ("pinned", evening)
    assert faults(found) == []
    loose = assetmap.propose(_helped(_agreed(first, None)), WEEK)
    assert (loose.items[0].status, loose.items[0].occurrence) == ("pinned", first.occurrence)


def test_an_hour_that_is_not_possible_any_more_is_asked_again() -> None:
    """By now nobody is there at six in the morning: told, and proposed for another hour."""
    first = assetmap.propose(_helped(), WEEK).items[0]
    found = assetmap.propose(_helped(_agreed(first, dt.datetime(2026, 11, 26, 6))), WEEK)
    assert found.items[0].status == "proposed"
    assert found.certificate.notes == (first.plan,)
    assert faults(found) == []


@pytest.mark.parametrize("hour", [9, 14, 20])
def test_an_arrangement_stands_at_the_hour_that_was_agreed(hour: int) -> None:
    """Help every Thursday at the agreed hour, not at the first that suits everybody."""
    moment = dt.datetime(2026, 11, 12, hour)
    row = Arrangement(
        arrangement="r1",
        need="n1",
        leg="help",
        provider="p2",
        talent="t2",
        since=moment.date(),
        moment=moment,
    )
    found = assetmap.propose(_helped(row), WEEK)
    assert [(p.status, p.occurrence) for p in found.items] == [
        ("standing", dt.datetime(2026, 11, 26, hour))
    ]
    assert faults(found) == []


# --- an activity that moves ------------------------------------------------------------------


def test_a_promise_for_another_hour_is_asked_again(street: Path, out: Path) -> None:
    """Decided for six; the evening begins at half past seven now: shown, blank, asked again."""
    run(street, WEEK, out=out)
    answer(out / BOOK, {"n1": "doen"})
    held = run(street, WEEK, out=out)
    assert {status for status, _ in _moments(held)} == {"pinned"}
    _write(street, "activities", ("05 18:00", "05 19:30"))
    moved = run(street, WEEK, out=out)
    assert _moments(moved) == {("proposed", "Thu 19:30")}
    assert "besloten was donderdag 26 november om 18.00 uur" in _said(moved)
    assert "Vraag het opnieuw." in _said(moved)
    assert told(out / BOOK, "n1")["Besluit"] is None
    again = run(street, WEEK, out=out)
    assert _moments(again) == {("proposed", "Thu 19:30")}
    answer(out / BOOK, {"n1": "doen"})
    asked = run(street, WEEK, out=out)
    assert _moments(asked) == {("pinned", "Thu 19:30")}
    assert "besloten was" not in _said(asked)
    assert told(out / BOOK, "n1")["Besluit"] == "doen"


def test_an_old_workbook_promises_only_what_it_told(street: Path, out: Path) -> None:
    """Last week's workbook says do, for six: next week's evening at half past seven is asked."""
    run(street, WEEK, out=out)
    answer(out / BOOK, {"n1": "doen"})
    _write(street, "activities", ("05 18:00", "05 19:30"))
    for _ in range(2):
        made = run(street, NEXT, out=out)
        assert _moments(made) == {("proposed", "Thu 19:30")}
        assert told(out / LATER, "n1")["Besluit"] is None


def test_an_hour_that_is_moved_back_is_what_was_agreed(street: Path, out: Path) -> None:
    """A mistake in the tables that is repaired: the promise holds again."""
    run(street, WEEK, out=out)
    answer(out / BOOK, {"n1": "doen"})
    run(street, WEEK, out=out)
    _write(street, "activities", ("05 18:00", "05 19:30"))
    run(street, WEEK, out=out)
    _write(street, "activities")
    back = run(street, WEEK, out=out)
    assert _moments(back) == {("pinned", "Thu 18:00")}


@pytest.mark.parametrize(
    ("changes", "now"),
    [
        ((("05 18:00", "05 19:30"),), "Thu 19:30"),
        ((("05 18:00", "06 18:00"), ("BYDAY=TH", "BYDAY=FR")), "Fri 18:00"),
        ((("BYDAY=TH", "BYDAY=TU"),), "Tue 18:00"),
    ],
)
def test_a_standing_arrangement_does_not_move_along(
    street: Path, out: Path, changes: tuple[tuple[str, str], ...], now: str
) -> None:
    """Another hour or day: told, asked again with the same people, and agreed on anew."""
    run(street, WEEK, out=out)
    answer(out / BOOK, {"n1": "gedaan"})
    stands = run(street, NEXT, out=out)
    assert _moments(stands) == {("standing", "Thu 18:00")}
    _write(street, "activities", *changes)
    moved = run(street, NEXT, out=out)
    assert {status for status, _ in _moments(moved)} == {"proposed"}
    assert {when for _, when in _moments(moved)} == {now}
    said = "Mien: de vaste afspraak was op donderdag om 18.00 uur. Eetcafé is nu op een andere tijd"
    assert said in _said(moved)
    assert "Vaste afspraak voorbij" not in _said(moved)
    assert {leg.provider for plan in _plans(moved) for leg in plan.legs} == {"i1", "p2"}
    answer(out / LATER, {"n1": "gedaan"})
    agreed = run(street, AFTER, out=out)
    assert _moments(agreed) == {("standing", now)}
    assert said not in _said(agreed)
    with History(out / "history.sqlite") as store:
        until = {row.arrangement: row.until for row in store.arrangements()}
    assert sum(day is None for day in until.values()) == sum(
        day is not None for day in until.values()
    )


def test_a_date_that_is_left_out_is_told(street: Path, out: Path) -> None:
    """No evening on a holiday: who counts on it is named; the dates after it stand."""
    run(street, WEEK, out=out)
    answer(out / BOOK, {"n1": "gedaan"})
    _write(street, "activities", ("south,", "south,2026-12-24"))
    assert "gaat niet door" not in _said(run(street, NEXT, out=out))
    made = run(street, AFTER, out=out)
    assert "Eetcafé gaat niet door op donderdag 24 december. Vertel het aan Mien en Bram." in _said(
        made
    )
    holiday = run(street, "2026-W52", out=out)
    assert {(p.status, p.occurrence) for p in _plans(holiday)} == {
        ("standing", dt.datetime(2026, 12, 31, 18))
    }
    assert "gaat niet door" not in _said(run(street, "2026-W53", out=out))


# --- what ends -------------------------------------------------------------------------------


def _standing(street: Path, out: Path) -> WeekRun:
    """Run two weeks: what was done on Thursday stands."""
    run(street, WEEK, out=out)
    answer(out / BOOK, {"n1": "gedaan"})
    made = run(street, NEXT, out=out)
    assert made.before is not None
    assert made.before.began == ("n1",)
    return made


def test_a_question_that_is_closed_ends_its_arrangement(street: Path, out: Path) -> None:
    """It is told once on the page as over, and nothing of it is proposed or stands."""
    _standing(street, out)
    _write(street, "needs", ("2026-11-02,,,", "2026-11-02,,,2026-12-05"))
    made = run(street, AFTER, out=out)
    assert _plans(made) == []
    assert "Vaste afspraak voorbij: Mien" in _said(made)
    assert "Niet meer open" not in _said(made)
    assert "voorbij" not in _said(run(street, "2026-W51", out=out))


def test_somebody_who_leaves_is_told_and_asked_again(street: Path, out: Path) -> None:
    """The driver is gone: which part falls away is told, and there is no ride."""
    _standing(street, out)
    _write(
        street, "people", ("p2,Bram,north,yes,consent,,", "p2,Bram,north,yes,consent,,2026-12-04")
    )
    made = run(street, AFTER, out=out)
    assert "Mien: heenrit door Bram valt weg." in _said(made)
    assert "Vaste afspraak voorbij" not in _said(made)
    assert {gap.need for gap in made.proposals.gaps} == {"n1"}


def test_who_stops_soon_hands_over_to_who_accepts(street: Path, out: Path) -> None:
    """The workbook has a row for the successor; done there ends the old and starts the new."""
    _standing(street, out)
    _write(
        street, "people", ("p2,Bram,north,yes,consent,,", "p2,Bram,north,yes,consent,,2026-12-11")
    )
    two = TALENTS + "t3,p3,ride,a1,1\n"
    (street / "talents.csv").write_text(two, encoding="utf-8")
    made = run(street, AFTER, out=out)
    page = (out / f"week-{AFTER}.html").read_text(encoding="utf-8")
    assert "Bram stopt binnenkort. Wie kan het daarna overnemen?" in page
    row = told(out / f"voorstellen-{AFTER}.xlsx", "n1")
    assert "Bram doet dit tot en met vrijdag 11 december." in row["Redenen"]
    assert "Cor" in row["Met wie"]
    assert {plan.status.value for plan in _plans(made)} == {"standing", "proposed"}
    answer(out / f"voorstellen-{AFTER}.xlsx", {"n1": "gedaan"})
    over = run(street, "2026-W51", out=out)
    assert {leg.provider for plan in _plans(over) for leg in plan.legs} == {"i1", "p3"}
    assert {plan.status.value for plan in _plans(over)} == {"standing"}
    with History(out / "history.sqlite") as store:
        rows = store.arrangements()
    ends = {(row.provider, row.until) for row in rows if row.leg != "activity"}
    assert ends == {("p2", dt.date(2026, 12, 11)), ("p3", None)}
    _write(street, "people")  # he stays after all: it was handed over, and stays so
    again = run(street, "2026-W52", out=out)
    assert {leg.provider for plan in _plans(again) for leg in plan.legs} == {"i1", "p3"}
    assert rows_of(out / "voorstellen-2026-W52.xlsx") == []
