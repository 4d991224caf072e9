"""The counts of the report as a map: GeoJSON that a GIS opens, with no person on it."""

from __future__ import annotations

import datetime as dt
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import assetmap
from assetmap.errors import PrivacyError, UnusableInput
from assetmap.geo import Shape, Shapes
from assetmap.model import Area, Need, Neighbourhood, Person, Talent
from assetmap.privacy import Audience, release
from assetmap.report import council_map, council_report, gather_council

FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 6, 30)
CBS = Path(__file__).parents[2] / "examples" / "cbs"
SQUARE = ((5.38, 52.15), (5.39, 52.15), (5.39, 52.16), (5.38, 52.16), (5.38, 52.15))
HOLE = ((5.383, 52.153), (5.386, 52.153), (5.386, 52.156), (5.383, 52.156), (5.383, 52.153))
BESIDE = tuple((x + 0.01, y) for x, y in SQUARE)


def _hood(*areas: Area) -> Neighbourhood:
    people = [
        Person(
            person=f"p{k}",
            called=f"Wendelmoed{k}",
            area="a" if k < 7 else "b",
            lat=52.15512,
            lon=5.38123,
        )
        for k in range(10)
    ]
    talents = [Talent(talent=f"t{k}", owner=f"p{k}", category="ride") for k in range(10)]
    needs = [Need(need=f"n{k}", owner="p0", category="meal") for k in range(6)]
    return Neighbourhood.from_records(*areas, *people, *talents, *needs)


def _map(hood: Neighbourhood, shapes: Shapes, lang: str = "en") -> dict[str, Any]:
    released = gather_council(hood, first=FIRST, last=LAST)
    return dict(json.loads(council_map(released, shapes, lang=lang)))


SHAPES = Shapes.of([Shape("a", ((SQUARE[::-1], HOLE),)), Shape("b", ((BESIDE,),))])


def test_each_area_has_its_counts_and_where_its_code_comes_from() -> None:
    """Seven offer a ride in the one; three in the other are hidden, with the reason."""
    hood = _hood(Area(area="a", name="Noord", scheme="cbs", year=2025), Area(area="b", name="Zuid"))
    a, b = (feature["properties"] for feature in _map(hood, SHAPES)["features"])
    assert a == {
        "area": "a",
        "name": "Noord",
        "scheme": "cbs",
        "year": 2025,
        "talents": None,
        "talents_hidden": "too few people, or such a count could be worked out from it",
        "needs": None,
        "needs_hidden": "too few people, or such a count could be worked out from it",
        "first": "2026-01-01",
        "last": "2026-06-30",
        "source": None,
    }
    assert (b["name"], b["talents"], b["scheme"], b["year"]) == ("Zuid", None, None, None)


def test_a_true_nought_and_a_shown_count_have_no_reason() -> None:
    """Seven in the one, none in the other."""
    people = [Person(person=f"p{k}", area="a") for k in range(7)]
    talents = [Talent(talent=f"t{k}", owner=f"p{k}", category="ride") for k in range(7)]
    hood = Neighbourhood.from_records(people, talents, Area(area="b", name="Zuid"))
    a, b = (feature["properties"] for feature in _map(hood, SHAPES)["features"])
    assert [a["talents"], a["talents_hidden"], a["needs"]] == [5, None, 0]
    assert [b["talents"], b["talents_hidden"]] == [0, None]


def test_it_is_geojson_as_the_standard_has_it() -> None:
    """No crs, longitude first, closed rings: outer ones turn left, holes right."""
    made = _map(_hood(), SHAPES)
    assert made["type"] == "FeatureCollection"
    assert "crs" not in made
    for feature in made["features"]:
        assert feature["geometry"]["type"] == "MultiPolygon"
        for part in feature["geometry"]["coordinates"]:
            for at, ring in enumerate(part):
                assert ring[0] == ring[-1]
                assert all(3 < x < 8 and 50 < y < 54 for x, y in ring)
                twice = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))
                assert (twice > 0) is (at == 0)


def test_no_place_of_a_person_is_on_it() -> None:
    """Every corner is one of the outlines; no called name, id or coordinate of anybody."""
    text = json.dumps(_map(_hood(), SHAPES))
    rings = [ring for each in SHAPES for part in each.degrees for ring in part]
    corners = {(round(x, 7), round(y, 7)) for ring in rings for x, y in ring}
    for feature in json.loads(text)["features"]:
        for part in feature["geometry"]["coordinates"]:
            assert {tuple(point) for ring in part for point in ring} <= corners
    assert not [word for word in ("Wendelmoed", '"p0"', "52.15512", "5.38123") if word in text]


def test_areas_of_two_years_do_not_fit_on_one_map() -> None:
    """One code may be other land in another year."""
    areas = [Area(area="a", scheme="cbs", year=2024), Area(area="b", scheme="cbs", year=2025)]
    with pytest.raises(UnusableInput, match=r"different years \(2024, 2025\)"):
        _map(_hood(*areas), SHAPES)


def test_without_an_outline_there_is_no_map() -> None:
    """Of other areas neither."""
    with pytest.raises(UnusableInput, match="no area of this report has an outline"):
        _map(_hood(), Shapes())
    with pytest.raises(UnusableInput, match="no area"):
        _map(_hood(), Shapes.of([Shape("elsewhere", ((SQUARE,),))]))


def test_an_area_that_others_lie_in_is_not_drawn_over_them() -> None:
    """The district is left out where its neighbourhoods are there."""
    hood = _hood(Area(area="a", parent="b"))
    assert [each["id"] for each in _map(hood, SHAPES)["features"]] == ["a"]


def test_it_reads_back_as_a_map_of_areas(tmp_path: Path) -> None:
    """The areas of CBS: the same outlines, names, codes and year, and the source of CBS."""
    hood = assetmap.read(CBS)
    drawn = gather_council(hood, first=FIRST, last=LAST)
    file = tmp_path / "areas.geojson"
    file.write_bytes(council_map(drawn, hood.shapes))
    back = assetmap.tables.read_shapes(file)
    known = {row.area: row for row in hood.areas}
    assert len(back) > 5
    for shape in back:
        assert shape.km2 == hood.shapes[shape.area].km2
        assert shape.properties["name"] == known[shape.area].name
        assert shape.properties["year"] == known[shape.area].year
    assert back.source == hood.shapes.source == "© CBS, © Kadaster"
    (tmp_path / "people.csv").write_text("person,area\np1,BU03440211\n", encoding="utf-8")
    areas = {row.area: row for row in assetmap.read(tmp_path).areas}
    assert (areas["BU03440211"].name, areas["BU03440211"].year) == ("Pijlsweerd-Zuid", 2024)


def test_an_area_that_came_after_an_earlier_report_is_not_nought() -> None:
    """Three began there: that is not nobody, and is not told."""
    people = [Person(person=f"p{k}", area="a" if k < 7 else "b") for k in range(10)]
    talents = [Talent(talent=f"t{k}", owner=f"p{k}", category="ride") for k in range(10)]
    days = {"first": FIRST, "last": LAST}
    one = council_report(Neighbourhood.from_records(people, talents[:7]), **days)
    two = council_report(
        Neighbourhood.from_records(people, talents), **days, previous=[one.release]
    )
    made = json.loads(council_map(two.released, SHAPES))
    counts = {each["id"]: each["properties"]["talents"] for each in made["features"]}
    assert counts == {"a": 5, "b": None}


def test_it_is_for_the_council_only() -> None:
    """Facts that were not released are refused, and those for the team."""
    released = gather_council(_hood(), first=FIRST, last=LAST)
    for wrong in (released.value, release(released.value, Audience.TEAM)):
        with pytest.raises(PrivacyError):
            council_map(wrong, SHAPES)  # type: ignore[arg-type]
