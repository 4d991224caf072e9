"""Housing complexes: social life inside, and contact with the neighbourhood around (S56)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from assetmap import graph
from assetmap.privacy import Audience, release
from tests.acceptance.stories import everywhere, files, more

# --- S56: a complex that is closed in on itself --------------------------------------------------

HOMES = {
    "people": """
        person;kind;area;ties_asked_on
        h1;;north;2026-10-01
        h2;;north;2026-10-01
        h3;;north;2026-10-01
        h4;;north;2026-10-01
        h5;;north;2026-10-01
        f1;;north;2026-10-01
        f2;;north;2026-10-01
        f3;;north;2026-10-01
        buur;;north;2026-10-01
        ward;worker;;
        """,
    "initiatives": """
        initiative;name;kind;status
        hof;Het Hof;wooncomplex;running
        flat;De Flat;shared_housing;running
        moes;Moestuin;community_garden;running
        """,
    "memberships": """
        member;party;since;until
        h1;hof;;
        h2;hof;;
        h3;hof;;
        h4;hof;;
        h5;hof;;
        f1;flat;;
        f2;flat;;
        f3;flat;;
        f1;moes;;
        buur;hof;;2025-12-31
        """,
    "ties": """
        a;b;kind;reported_by;since;until
        h1;h2;neighbour;h1;;
        h2;h1;neighbour;h2;;
        h1;h3;neighbour;h1;;
        h1;h4;neighbour;h4;;
        h2;h3;friend;h3;;
        h4;h5;neighbour;h5;;
        h2;ward;worker;ward;;
        h3;ward;worker;ward;;
        f1;f2;neighbour;f1;;
        f1;buur;friend;f1;;
        f2;buur;neighbour;buur;;
        h5;buur;neighbour;h5;;2026-06-30
        """,
}
DAY = dt.date(2026, 11, 23)


def test_S56_inside_density_and_outside_contact(tmp_path: Path) -> None:
    """Five know each other and nobody else: closed. Of the flat two of three know a neighbour.

    A worker whom they know is no contact with the neighbourhood; what has ended does not count.
    """
    hood = everywhere(tmp_path, HOMES)
    flat, court = graph.housing_openness(graph.build(hood, asof=DAY))
    assert (court.group, court.members, court.inside, court.outside) == ("initiative:hof", 5, 5, 0)
    assert court.inside_density == pytest.approx(5 / 10)
    assert court.outside_contact == 0.0
    assert court.closed is True
    assert (flat.group, flat.members, flat.inside, flat.outside) == ("initiative:flat", 3, 1, 2)
    assert flat.outside_contact == pytest.approx(2 / 3)
    assert flat.closed is False
    spring = graph.build(hood, asof=dt.date(2026, 6, 1))
    assert graph.openness(spring, "initiative:hof").outside == 1


def test_S56_not_asked_is_not_closed(tmp_path: Path) -> None:
    """Without ties, and nobody asked for them, nothing is said of a complex."""
    silent = {**HOMES, "ties": "a;b\nbuur;ward"}
    silent["people"] = HOMES["people"].replace("2026-10-01", "")
    silent["people"] = more(silent["people"], "anna;;north;2026-10-01")
    hood = everywhere(tmp_path, silent)
    assert [each.closed for each in graph.housing_openness(graph.build(hood))] == [None, None]


def test_S56_small_numbers_stay_inside(tmp_path: Path) -> None:
    """What leaves the team shows no number below five, and no conclusion that rests on one."""
    flat, court = graph.housing_openness(graph.build(files(tmp_path, HOMES), asof=DAY))
    assert release(court, Audience.TEAM).value == court
    for audience in (Audience.RESIDENTS, Audience.COUNCIL, Audience.RESEARCH):
        shown = release(flat, audience).value
        assert (shown.members, shown.inside, shown.outside, shown.closed) == (None,) * 4
