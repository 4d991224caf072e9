"""What is past its time is listed, and goes when asked; what has to be talked over only waits."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import assetmap
from assetmap.history import History
from assetmap.model import Neighbourhood, Policy
from assetmap.rights import Todo, WhyNow, retention
from assetmap.rights.results import HISTORY
from assetmap.week import run
from tests.rights.hood import everything_written, mentions, street
from tests.strategies import neighbourhoods

DAY = dt.date(2026, 11, 23)
PEOPLE = """\
person,called,share,ground,review_on,from,until,household
p1,Ali,yes,consent,2026-11-22,2026-01-01,,
p2,Bo,yes,,,2026-01-01,,
p3,Cas,yes,consent,,2026-01-01,,
p4,Dee,team,,,2025-11-22,,
p5,Eva,team,,,2025-11-23,,
p6,Fay,team,,,,,
p7,Gus,team,,,,2024-11-22,
p8,Han,yes,consent,2026-11-23,2026-01-01,,
"""
TABLES = {
    "people": PEOPLE,
    "needs": """\
need,owner,category,closed_on,review_on
n1,p1,meal,2025-11-22,2025-01-01
n2,p1,meal,2025-11-23,
n3,p1,meal,,2026-11-22
""",
    "talents": "talent,owner,category,until\nt1,p7,meal,\nt2,p2,meal,2024-11-22\nt3,p8,meal,\n",
    "observations": """\
observation,date,category,about,speaker,note
ob1,2025-11-22,meal,p1,,iets
ob2,2025-11-23,meal,p1,,iets
ob3,2020-01-01,meal,,,
""",
    "safeguards": "safeguard,person,at,from,until,review_on\ns1,p1,p2,2026-01-01,,2026-11-01\n",
}


def _folder(tmp_path: Path) -> Path:
    folder = tmp_path / "straat"
    folder.mkdir()
    for name, text in TABLES.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def test_each_row_is_on_the_list_for_its_reason(tmp_path: Path) -> None:
    """On the last day of the period a row may still be there; the day after it is listed."""
    found = retention(_folder(tmp_path), asof=DAY)
    listed = {(row.id, row.why.value, row.todo.value) for row in found.overdue}
    assert listed == {
        ("n1", "closed", "remove"),
        ("t2", "ended", "remove"),
        ("p7", "ended", "remove"),
        ("ob1", "old", "make_nameless"),
        ("p4", "nothing_open", "remove"),
        ("p6", "no_date", "talk"),
        ("p1", "review_due", "talk"),
        ("n3", "review_due", "talk"),
        ("s1", "review_due", "talk"),
        ("p2", "no_ground", "talk"),
        ("p3", "no_review", "talk"),
    }
    assert not found.done


def test_only_what_is_past_its_time_goes(tmp_path: Path) -> None:
    """Afterwards nothing is left to remove, and what waits for a talk is as it was."""
    folder = _folder(tmp_path)
    seen, done = (retention(folder, asof=DAY, dry_run=dry) for dry in (True, False))
    assert (seen.rows, seen.cells) == (done.rows, done.cells)
    hood = assetmap.read(folder)
    assert [p.person for p in hood.people] == ["p1", "p2", "p3", "p5", "p6", "p8"]
    assert [n.need for n in hood.needs] == ["n2", "n3"]
    assert [t.talent for t in hood.talents] == ["t3"]
    first = hood.observations[0].cells()
    assert first == {"observation": "ob1", "date": "2025-11-22", "category": "meal"}
    again = retention(folder, asof=DAY, dry_run=False)
    assert not again.removes
    assert {row.todo for row in again.overdue} == {Todo.TALK}


def test_the_team_sets_the_periods(tmp_path: Path) -> None:
    """A period in ``team.toml`` counts instead of the usual one."""
    folder = _folder(tmp_path)
    text = "[privacy]\nkeep_closed_days = 4000\nkeep_ended_days = 4000\nkeep_people_days = 4000\n"
    (folder / "team.toml").write_text(f"{text}keep_observations_days = 0\n", encoding="utf-8")
    found = retention(folder, asof=DAY)
    assert {row.id for row in found.overdue if row.todo is not Todo.TALK} == {"ob1", "ob2"}


def test_the_history_and_old_results_go_by_age(tmp_path: Path) -> None:
    """Runs of weeks that are too long ago are gone to the last byte, with their files."""
    folder, out = street(tmp_path / "straat"), tmp_path / "uit"
    run(folder, "2026-W48", out=out)
    later = DAY + dt.timedelta(days=Policy().privacy.keep_ended_days + 14)
    with History(out / HISTORY) as store:
        assert len(store.runs()) == 1
    seen = retention(folder, asof=later, out=out)
    assert (out / "week-2026-W48.html").exists()
    done = retention(folder, asof=later, out=out, dry_run=False)
    assert seen.erased == done.erased
    assert done.erased is not None
    assert done.erased.runs == 1
    assert not (out / "week-2026-W48.html").exists()
    with History(out / HISTORY) as store:
        assert store.runs() == ()
    assert not mentions(everything_written(out), "n1")


def test_a_person_who_goes_leaves_the_history_too(tmp_path: Path) -> None:
    """Nothing open for long: out of the tables, the results and the memory of earlier weeks."""
    folder, out = street(tmp_path / "straat"), tmp_path / "uit"
    run(folder, "2026-W48", out=out)
    people = folder / "people.csv"
    lines = people.read_text(encoding="utf-8").splitlines()
    lines[0] += ";until"
    lines[1] += ";2026-11-24"
    people.write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "team.toml").write_text("[privacy]\nkeep_ended_days = 1\n", encoding="utf-8")
    done = retention(folder, asof=dt.date(2026, 11, 27), out=out, dry_run=False)
    assert ("p1", WhyNow.ENDED) in {(row.id, row.why) for row in done.overdue}
    assert not mentions(everything_written(out), "p1")


@pytest.mark.parametrize("years", [0, 5])
@given(hood=neighbourhoods(), days=st.integers(0, 400))
@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow])
def test_once_is_enough(years: int, hood: Neighbourhood, days: int) -> None:
    """After it there is nothing that can be removed, and the tables can still be read."""
    asof = DAY + dt.timedelta(days=days + 365 * years)
    with tempfile.TemporaryDirectory() as name:
        assetmap.write(hood, name)
        before = retention(name, asof=asof, dry_run=False)
        after = retention(name, asof=asof, dry_run=False)
        left = assetmap.read(name)
    assert not [row for row in after.overdue if row.why in {WhyNow.CLOSED, WhyNow.ENDED}]
    assert len(left.people) <= len(hood.people)
    removed = {row.id for row in before.overdue if row.todo is Todo.REMOVE and row.id}
    assert not removed & {str(row.id) for t in ("people", "needs") for row in left.table(t)}
