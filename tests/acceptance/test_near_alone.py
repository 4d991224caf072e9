"""Who is nearly alone, and who no longer is (S4, S77)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from assetmap import graph
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


def test_S4_her_ties_go_from_one_to_two(tmp_path: Path) -> None:
    """After she met Ans she is among those who are less alone; the worker made the introduction."""
    hood = everywhere(tmp_path, {**LADY, "ties": more(LADY["ties"], MET)})
    found = graph.compare(graph.build(hood, asof=SPRING), graph.build(hood, asof=AUTUMN))
    assert found.less_alone == ("person:lady",)
    assert found.perhaps_before == ()
    (gained,) = (tie for tie in found.ties or () if tie.change is graph.Change.GAINED)
    assert (gained.a, gained.b) == ("person:ans", "person:lady")


def test_S4_the_worker_or_a_tie_that_ended_makes_her_no_less_alone(tmp_path: Path) -> None:
    """Without Ans nothing changed; with Ans instead of the daughter she still has one tie."""
    hood = everywhere(tmp_path, LADY)
    nets = [graph.build(hood, asof=day) for day in (SPRING, AUTUMN)]
    assert graph.compare(*nets).less_alone == ()
    instead = put(more(LADY["ties"], MET), "daughter", until="2026-06-01")
    hood = files(tmp_path, {**LADY, "ties": instead})
    nets = [graph.build(hood, asof=day) for day in (SPRING, AUTUMN)]
    assert graph.compare(*nets).less_alone == ()


def test_S4_nobody_outside_the_team_learns_who_it_was(tmp_path: Path) -> None:
    """A resident, the council and a researcher get no person and no number this small."""
    hood = everywhere(tmp_path, {**LADY, "ties": more(LADY["ties"], MET)})
    found = graph.compare(graph.build(hood, asof=SPRING), graph.build(hood, asof=AUTUMN))
    for audience in (Audience.RESIDENTS, Audience.COUNCIL, Audience.RESEARCH):
        outside = release(found, audience).value
        assert (outside.less_alone, outside.less_alone_count, outside.ties) == (None, None, None)
