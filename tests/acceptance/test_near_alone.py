"""Who is nearly alone, and who no longer is (S4, S77)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from assetmap import graph
from assetmap.errors import PrivacyError
from assetmap.privacy import Audience, release
from tests.acceptance.stories import everywhere, files, more, put

SPRING, AUTUMN = dt.date(2026, 4, 1), dt.date(2026, 10, 1)

# --- S4: the carer who is relieved, and the lady who is less alone -------------------------------

LADY = {
    "people": """
        person;kind;ties_asked_on;until
        lady;;2026-03-01;
        daughter;;2026-03-01;
        ans;;2026-03-01;
        ward;worker;;
        """,
    "ties": """
        a;b;kind;since;until;reported_by;introduced_by
        daughter;lady;carer;2020-01-01;;daughter;
        lady;ward;worker;2026-03-01;;ward;
        """,
}
MET = "lady;ans;introduced;2026-05-01;;lady;ward"


def test_S04_her_ties_go_from_one_to_two(tmp_path: Path) -> None:
    """After she met Ans she is among those who are less alone; the worker made the introduction."""
    hood = everywhere(tmp_path, {**LADY, "ties": more(LADY["ties"], MET)})
    found = graph.compare(graph.build(hood, asof=SPRING), graph.build(hood, asof=AUTUMN))
    assert found.less_alone == ("person:lady",)
    assert found.perhaps_before == ()
    (gained,) = (tie for tie in found.ties or () if tie.change is graph.Change.GAINED)
    assert (gained.a, gained.b) == ("person:ans", "person:lady")


def test_S04_the_worker_or_a_tie_that_ended_makes_her_no_less_alone(tmp_path: Path) -> None:
    """Without Ans nothing changed; with Ans instead of the daughter she still has one tie."""
    hood = everywhere(tmp_path, LADY)
    nets = [graph.build(hood, asof=day) for day in (SPRING, AUTUMN)]
    assert graph.compare(*nets).less_alone == ()
    instead = put(more(LADY["ties"], MET), "daughter", until="2026-06-01")
    hood = files(tmp_path, {**LADY, "ties": instead})
    nets = [graph.build(hood, asof=day) for day in (SPRING, AUTUMN)]
    assert graph.compare(*nets).less_alone == ()


def test_S04_nobody_outside_the_team_learns_who_it_was(tmp_path: Path) -> None:
    """A resident, the council and a researcher get no person and no number this small."""
    hood = everywhere(tmp_path, {**LADY, "ties": more(LADY["ties"], MET)})
    found = graph.compare(graph.build(hood, asof=SPRING), graph.build(hood, asof=AUTUMN))
    for audience in (Audience.RESIDENTS, Audience.COUNCIL, Audience.RESEARCH):
        outside = release(found, audience).value
        assert (outside.less_alone, outside.less_alone_count, outside.ties) == (None, None, None)


# --- S77: residents with hardly a tie ------------------------------------------------------------

FEW = {
    "people": """
        person;kind;area;worker;ties_asked_on
        lady;;north;ward;2026-03-01
        daughter;;south;wim;2026-03-01
        son;;south;wim;2026-03-01
        new;;north;ward;
        ward;worker;;;
        wim;worker;;;
        """,
    "ties": """
        a;b;kind;reported_by
        daughter;lady;carer;daughter
        daughter;son;family;son
        lady;wim;worker;wim
        """,
}


def test_S77_the_own_worker_reads_who_has_hardly_a_tie(tmp_path: Path) -> None:
    """Ward reads of the lady, whose one tie is the daughter; a tie with a worker is told apart."""
    found = graph.nearly_alone(graph.build(everywhere(tmp_path, FEW)))
    lady, new = release(found, Audience.TEAM, reader="ward").value.people
    assert (lady.person, lady.known, lady.with_workers) == (
        "person:lady",
        ("person:daughter",),
        1,
    )
    assert lady.company is graph.Company.NEARLY_ALONE
    assert (new.person, new.company) == ("person:new", graph.Company.NOT_ASKED)
    (son,) = release(found, Audience.TEAM, reader="wim").value.people
    assert son.person == "person:son"


def test_S77_nobody_else_reads_it(tmp_path: Path) -> None:
    """Not the team without a name, not another worker, not a resident, not a researcher."""
    found = graph.nearly_alone(graph.build(everywhere(tmp_path, FEW)))
    assert release(found, Audience.TEAM, reader="somebody").value.people == ()
    for audience in (Audience.TEAM, Audience.RESIDENTS, Audience.COUNCIL, Audience.RESEARCH):
        with pytest.raises(PrivacyError):
            release(found, audience)


def test_S77_the_setting_says_how_few_is_few(tmp_path: Path) -> None:
    """With at most two ties the daughter is listed too; with none only who has none."""
    g = graph.build(everywhere(tmp_path, FEW))
    listed = [each.person for each in graph.nearly_alone(g, few=2).people]
    assert listed == ["person:daughter", "person:lady", "person:new", "person:son"]
    assert [each.person for each in graph.nearly_alone(g, few=0).people] == ["person:new"]


def test_S77_elsewhere_only_numbers_by_area_that_are_large_enough(tmp_path: Path) -> None:
    """Seven of eight in the north are nearly alone: shown rounded; in the south one: hidden."""
    people = [f"n{at};;north;ward;2026-03-01" for at in range(6)]
    hood = everywhere(tmp_path, {**FEW, "people": more(FEW["people"], *people)})
    found = graph.nearly_alone_by_area(graph.build(hood))
    assert found.table.cells["north", "nearly_alone"] == 7
    assert found.table.cells["north", "not_asked"] == 1
    assert found.table.cells["south", "nearly_alone"] == 1
    outside = release(found, Audience.COUNCIL).value.table
    assert outside.cells["south", "nearly_alone"] is None
    assert outside.cells["north", "not_asked"] is None
    assert outside.total == 10
