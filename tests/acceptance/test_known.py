"""Ties as they were told, introductions, and figures of a district and the country (S75 to S84)."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from assetmap import Neighbourhood, graph, overview
from assetmap.model import Policy
from assetmap.model.policy import FitWeights
from assetmap.privacy import Audience, release
from tests.acceptance.stories import everywhere, files, more, put, told

DAY = dt.date(2026, 11, 23)

# --- S75: the shortest way to an introduction ----------------------------------------------------

MET = {
    "people": "person;kind\nans;\nbo;\nco;\ndee;\nward;worker",
    "ties": """
        a;b;kind;strength;since;reported_by;introduced_by
        ans;ward;worker;2;2026-01-05;ward;
        ward;bo;worker;2;2026-01-05;ward;
        bo;co;introduced;1;2026-04-10;bo;ward
        co;bo;introduced;1;2026-04-12;co;ward
        co;dee;introduced;1;2026-07-01;co;
        ans;co;friend;3;;ans;
        """,
}


def test_S75_the_shortest_way_names_the_connector(tmp_path: Path) -> None:
    """Ans and Bo by way of the worker or of Co; the stronger way counts, and who may be named."""
    hood = everywhere(tmp_path, MET)
    network = graph.people(graph.build(hood))
    assert graph.chain(network, "person:ans", "person:bo") == (
        "person:ans",
        "person:ward",
        "person:bo",
    )
    other = graph.chain(network, "person:ans", "person:bo", permits=lambda p: p != "person:ward")
    assert other == ("person:ans", "person:co", "person:bo")
    apart = files(tmp_path, {**MET, "ties": "a;b\nans;dee"})
    assert graph.chain(graph.people(graph.build(apart)), "person:ans", "person:bo") is None


def test_S75_ties_by_introduction_in_a_period(tmp_path: Path) -> None:
    """Two reports are one tie, from the first day that is told; who introduced is kept."""
    hood = everywhere(tmp_path, MET)
    assert overview.introduced(hood) == 2
    spring = {"first": dt.date(2026, 4, 1), "last": dt.date(2026, 6, 30)}
    assert overview.introduced(hood, **spring) == 1
    assert overview.introduced(hood, first=dt.date(2026, 4, 11), last=dt.date(2026, 6, 30)) == 0
    assert overview.introduced(hood, first=dt.date(2026, 4, 10), last=dt.date(2026, 7, 1)) == 2
    found = overview.introduced_ties(hood, **spring)
    assert (found.pairs, found.by, found.total) == ((("bo", "co"),), (("ward", 1),), 1)
    assert (found.by_residents, found.by_professionals, found.by_unknown) == (0, 1, 0)
    assert overview.introduced_ties(hood).by_unknown == 1
    outside = release(found, Audience.COUNCIL).value
    assert (outside.pairs, outside.by, outside.total) == (None, None, None)
    edges = graph.build(hood).get_edge_data("person:bo", "person:co").values()
    assert [edge["introduced_by"] for edge in edges] == ["person:ward"]


# --- S79: who reported a tie ---------------------------------------------------------------------

REPORTS = {
    "people": "person;kind\nans;\nbo;\nco;\nward;worker",
    "ties": """
        a;b;kind;strength;reported_by
        ans;bo;friend;3;ans
        bo;ans;acquaintance;1;ward
        ans;co;neighbour;2;co
        ans;co;family;2;ans
        bo;co;friend;;
        """,
}


def test_S79_the_share_that_residents_told_and_reports_that_differ(tmp_path: Path) -> None:
    """Three of four by residents; friend or acquaintance is kept as both."""
    hood = everywhere(tmp_path, REPORTS)
    found = overview.tie_reports(hood)
    assert (found.residents, found.professionals, found.unknown) == (3, 1, 1)
    assert found.resident_share == pytest.approx(0.75)
    assert found.conflicting == (("ans", "bo"),)
    edges = graph.build(hood)
    assert edges.number_of_edges("person:ans", "person:bo") == 1
    assert edges.number_of_edges("person:bo", "person:ans") == 1


def test_S79_the_same_person_twice_is_no_conflict_and_no_reporter_no_share(tmp_path: Path) -> None:
    """One who changes her mind contradicts nobody; without reporters the share is unknown."""
    one = "a;b;strength;reported_by\nans;bo;3;ans\nans;bo;1;ans"
    assert overview.tie_reports(files(tmp_path, {**REPORTS, "ties": one})).conflicting == ()
    nobody = overview.tie_reports(files(tmp_path, {**REPORTS, "ties": "a;b\nans;bo"}))
    assert nobody.resident_share is None
    outside = release(nobody, Audience.RESIDENTS).value
    assert outside.unknown is None
    assert not outside.conflicting


# --- S83: a district in figures ------------------------------------------------------------------

VILLAGES = [f"kern{n:02};village;k{n};all;{3500 if n < 13 else 4000};" for n in range(1, 14)]
WORKERS = [f"w{n};worker" for n in range(9)]
TEAMS = [f"t{n};Team {n};dorpsteam" for n in range(6)]
EMPLOYERS = ["MEE", "maatschappelijk werk", "welzijn", "RIBW"]
DISTRICT = {
    "areas": more(
        "area;scheme;name;parent;population;km2", "all;own;Gemeente;;46000;115", *VILLAGES
    ),
    "people": more("person;kind", *WORKERS, *(f"v{n};" for n in range(8))),
    "organisations": more(
        "organisation;name;kind", *TEAMS, *(f"e{n};{n};{kind}" for n, kind in enumerate(EMPLOYERS))
    ),
    "memberships": more(
        "member;party;role;reward",
        *(f"w{n};t{n % 6};;in dienst" for n in range(9)),
        *(f"w{n};e{n % 4};;in dienst" for n in range(9)),
        *(f"v{n};t{n % 6};vrijwilliger;geen" for n in range(8)),
    ),
}


def test_S83_thirteen_villages_six_teams_and_what_follows(tmp_path: Path) -> None:
    """About 7,667 inhabitants and 1.5 professionals a team, 400 a square kilometre."""
    hood = everywhere(tmp_path, DISTRICT)
    assert told(hood) == set()
    found = overview.district(hood, asof=DAY)
    assert (found.population, found.km2, found.villages, found.teams) == (46_000, 115.0, 13, 6)
    assert (found.professionals, found.parents, found.volunteers) == (9, 4, 8)
    assert round(found.inhabitants_per_team) == 7667
    assert found.professionals_per_team == 1.5
    assert found.inhabitants_per_km2 == 400.0
    volunteers = [found.by_team.cells[f"organisation:t{n}", "residents"] for n in range(6)]
    assert set(volunteers) == {1, 2}


def test_S83_without_a_total_the_villages_are_added_up(tmp_path: Path) -> None:
    """46,000 again; with one village unknown the total is unknown, not smaller."""
    areas = put(DISTRICT["areas"], "all", population="")
    hood = files(tmp_path, {**DISTRICT, "areas": areas})
    assert overview.district(hood, asof=DAY).population == 46_000
    blank = files(tmp_path, {**DISTRICT, "areas": put(areas, "kern07", population="")})
    found = overview.district(blank, asof=DAY)
    assert (found.population, found.inhabitants_per_team) == (None, None)
    empty = overview.district(Neighbourhood(), asof=DAY)
    assert (empty.population, empty.teams, empty.professionals_per_team) == (None, 0, None)


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({"population": "4070"}, set()),
        ({"population": "4075"}, {("parts-exceed-whole", "areas", 2, "population")}),
        ({"km2": "116"}, {("parts-exceed-whole", "areas", 2, "km2")}),
    ],
)
def test_S83_parts_are_not_more_than_the_whole(
    tmp_path: Path, change: dict[str, str], codes: set[tuple[str, str, int, str]]
) -> None:
    """Rounding to fives is allowed for; more is told at the larger area."""
    areas = put(DISTRICT["areas"], "kern13", **change)
    assert told(files(tmp_path, {**DISTRICT, "areas": areas})) == codes


def test_S83_figures_of_an_area_as_statistics_netherlands_gives_them(tmp_path: Path) -> None:
    """A code with its year and its leading zero, read as text and kept."""
    rows = "area;scheme;year;name;population;km2\nWK034402;cbs;2024;Noordwest;45220;3,09\n0344;;;;;"
    hood = everywhere(tmp_path, {"areas": rows})
    assert [area.area for area in hood.areas] == ["WK034402", "0344"]
    assert (hood.areas[0].population, hood.areas[0].km2, hood.areas[0].year) == (45220, 3.09, 2024)


# --- S84: the national context is quoted, and weighs nothing -------------------------------------

QUOTED = {
    "87 %": "2016",
    "70 %": "2015",
    "35 %": "2016",
    "15 %": "2016",
    "8 %": "2016",
    "92 %": "2016",
    "38 %": "2016",
    "43 %": "2016",
    "84 %": "2016",
    "83 %": "2016",
    "81 %": "2016",
    "58 %": "2016",
    "46 %": "2016",
    "26 organisations": "In voor zorg!",
}


@pytest.mark.parametrize(("figure", "source"), QUOTED.items())
def test_S84_each_national_figure_stands_in_the_documentation_with_its_source(
    root: Path, figure: str, source: str
) -> None:
    """In the table of the page on practice, on a row that names the publication."""
    page = (root / "docs" / "explanation" / "practice.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("|")]
    told_in = [row for row in rows if re.search(rf"(?<!\d){re.escape(figure)}", row)]
    assert told_in, figure
    assert any(source in row.split("|")[-2] for row in told_in)


def test_S84_no_weight_or_setting_is_a_national_figure() -> None:
    """Whatever a proposal weighs stands in the policy; none of it was taken from the country."""
    national = {int(found) for figure in QUOTED for found in re.findall(r"^(\d+) %", figure)}
    telling = national - {8, 15, 35}  # hours, a quarter of an hour, five weeks in days
    numbers = set(_numbers(Policy().model_dump()))
    assert set(_numbers(FitWeights().model_dump())) <= numbers
    assert numbers & telling == set()
    assert numbers & {each / 100 for each in telling} == set()


def _numbers(value: object) -> list[float]:
    if isinstance(value, dict):
        return [number for each in value.values() for number in _numbers(each)]
    return [value] if isinstance(value, int | float) and not isinstance(value, bool) else []
