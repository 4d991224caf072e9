"""Maps in GeoJSON: what they say about areas, and every way in which they can be wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap import Neighbourhood, read, write
from assetmap.errors import DataProblems
from assetmap.geo import Shape, Shapes
from assetmap.model import Area
from assetmap.tables import check, read_shapes
from assetmap.tables.maps import read_map
from tests.tables.files import codes, laid

CBS = Path(__file__).parents[2] / "examples" / "cbs"
RING = [[5.38, 52.15], [5.39, 52.15], [5.39, 52.16], [5.38, 52.16], [5.38, 52.15]]


def feature(code: object = "a", ring: Any = RING, **said: Any) -> dict[str, Any]:
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {"area": code, **said}, "geometry": geometry}


def beside(times: int) -> list[list[float]]:
    return [[lon + 0.01 * times, lat] for lon, lat in RING]


def put(path: Path, *features: Any, **about: Any) -> Path:
    whole = {"type": "FeatureCollection", **about, "features": list(features)}
    path.write_text(json.dumps(whole), encoding="utf-8")
    return path


def test_the_map_of_cbs_is_read_as_it_is() -> None:
    """Code, name, year and size come from the map, the neighbours from the borders."""
    hood = read(CBS / "cbs_noordwest_2024.geojson")
    assert len(hood.areas) == len(hood.shapes) == 13
    area = next(a for a in hood.areas if a.area == "BU03440211")
    assert (area.name, area.scheme, area.year) == ("Pijlsweerd-Zuid", "cbs", 2024)
    assert area.adjacent == ("BU03440212", "BU03440223")
    assert area.parent is None  # the district itself is nowhere in this file
    assert area.km2 == hood.shapes["BU03440211"].km2 == 0.34
    assert hood.shapes["BU03440211"].properties["jrstatcode"] == "2024BU03440211"
    assert [p.code for p in hood.notices] == ["map-added"]


def test_what_the_table_says_goes_before_the_map(tmp_path: Path) -> None:
    """The map fills what is blank and adds what is not there; a filled cell stays."""
    laid(tmp_path, areas="area,name,km2\nb,Onze buurt,9.5\n")
    put(tmp_path / "kaart.geojson", feature("a", naam="Uit de kaart"), feature("b", beside(1)))
    hood = read(tmp_path)
    assert [(a.area, a.name, a.km2) for a in hood.areas] == [
        ("b", "Onze buurt", 9.5),
        ("a", "Uit de kaart", 0.76),
    ]
    assert [a.adjacent for a in hood.areas] == [("a",), ("b",)]


def test_borders_that_the_team_filled_in_stay_theirs(tmp_path: Path) -> None:
    """Where the team says what an area borders on, the map adds nothing on either side."""
    laid(tmp_path, areas="area,adjacent\na,c\nb,\nc,\n")
    put(
        tmp_path / "kaart.geojson",
        *(feature(name, beside(at)) for at, name in enumerate("abc")),
    )
    hood = read(tmp_path)
    assert [a.adjacent for a in hood.areas] == [("c",), ("c",), ("b",)]


def test_an_area_is_not_beside_what_it_lies_in(tmp_path: Path) -> None:
    """A larger area that is drawn as well is no neighbour of its parts."""
    laid(tmp_path, areas="area,parent\nwhole,\na,whole\nb,whole\n")
    both = [[5.38, 52.15], [5.40, 52.15], [5.40, 52.16], [5.38, 52.16], [5.38, 52.15]]
    put(tmp_path / "k.geojson", feature("whole", both), feature("a"), feature("b", beside(1)))
    hood = read(tmp_path)
    assert [a.adjacent for a in hood.areas] == [None, ("b",), ("a",)]


def test_properties_with_the_name_of_a_column_fill_it(tmp_path: Path) -> None:
    """Inhabitants in Dutch or English are read; a negative number is how CBS writes unknown."""
    put(
        tmp_path / "k.geojson",
        feature("a", aantal_inwoners=1200, anders="x"),
        feature("b", beside(1), aantal_inwoners=-99997),
    )
    hood = read(tmp_path)
    assert [a.population for a in hood.areas] == [1200, None]
    assert hood.shapes["a"].properties == {"aantal_inwoners": 1200, "anders": "x"}
    assert hood.extra == {}


@pytest.mark.parametrize("name", ["statcode", "buurtcode", "BU_CODE", "code"])
def test_the_code_stands_under_a_usual_name(name: str, tmp_path: Path) -> None:
    """The properties of CBS and PDOK are known, in capitals or not."""
    one = feature()
    one["properties"] = {name: "BU03440211", "wijkcode": "WK034402"}
    assert read_shapes(put(tmp_path / "k.geojson", one)).shapes[0].area == "BU03440211"


def test_the_code_can_stand_under_a_name_of_ones_own(tmp_path: Path) -> None:
    """From Python any property will do; without one the id of the feature counts."""
    one = {**feature(), "id": 7, "properties": {"mijn": "x1"}}
    path = put(tmp_path / "k.geojson", one)
    assert [s.area for s in read_shapes(path, code="mijn")] == ["x1"]
    assert [s.area for s in read_shapes(path)] == ["7"]
    with pytest.raises(DataProblems, match="no code"):
        read_shapes(path, code="anders")


def test_parts_of_one_area_are_put_together(tmp_path: Path) -> None:
    """CBS gives land and water of an area as two features; together they are the area."""
    path = put(tmp_path / "k.geojson", feature("a"), feature("a", beside(3)))
    (shape,) = read_shapes(path)
    assert len(shape.degrees) == 2
    assert shape.km2 == pytest.approx(1.52, abs=0.01)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "[]",
        "{}",
        '{"type": "FeatureCollection"}',
        '{"type": "Feature"}',
        "[" * 9999,
        "NaN",
    ],
)
def test_a_map_that_is_none_is_a_warning(text: str, tmp_path: Path) -> None:
    """The tables are read without it, and the file is named."""
    laid(tmp_path, people="person\np1\n")
    (tmp_path / "kaart.geojson").write_text(text, encoding="utf-8")
    assert codes(tmp_path) == ["map-damaged"]
    assert "kaart.geojson" in check(tmp_path, language="nl")[0].message
    assert len(read(tmp_path).people) == 1


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (feature(None), "map-without-code"),
        (feature(""), "map-without-code"),
        ("text", "map-without-code"),
        ({"properties": {"area": "x"}}, "map-without-outline"),
        (
            {**feature("x"), "geometry": {"type": "Point", "coordinates": [5, 52]}},
            "map-without-outline",
        ),
        (feature("x", [[lat, lon] for lon, lat in RING]), "map-elsewhere"),
        (feature("x", [[0, 0], [1, 0], [1, 1], [0, 0]]), "map-elsewhere"),
    ],
)
def test_what_cannot_be_used_is_left_out_and_told(wrong: Any, code: str, tmp_path: Path) -> None:
    """The rest of the map is read; number and first place of what is left out are told."""
    path = put(tmp_path / "k.geojson", feature("a"), wrong, wrong)
    found = read_map(path)
    (problem,) = found.problems
    assert (problem.code, problem.facts["n"], problem.facts["first"]) == (code, "2", "2")
    assert [s.area for s in read_shapes(path)] == ["a"]


def test_origin_has_no_place_on_a_map_either(tmp_path: Path) -> None:
    """Properties about origin are neither read nor kept, and that is told."""
    path = put(tmp_path / "k.geojson", feature("a", nationaliteit="x"))
    assert read_shapes(path)["a"].properties == {}
    assert "map-columns-left-out" in codes(tmp_path)


def test_what_cannot_be_written_is_not_kept(tmp_path: Path) -> None:
    """Half a letter and a number beyond all bounds, which JSON can hold, do not break writing."""
    put(tmp_path / "k.geojson", feature("a\ud800", naam="x\ud800", groot=0))
    text = (
        (tmp_path / "k.geojson").read_text(encoding="utf-8").replace('"groot": 0', '"groot": 1e999')
    )
    (tmp_path / "k.geojson").write_text(text, encoding="utf-8")
    hood = read(tmp_path)
    assert [(a.area, a.name) for a in hood.areas] == [("a", "x")]
    assert hood.shapes["a"].properties == {"naam": "x"}
    write(hood, tmp_path / "copy")
    assert read(tmp_path / "copy").shapes == hood.shapes


def test_of_two_maps_the_own_one_counts(tmp_path: Path) -> None:
    """areas.geojson goes before other maps; the same outline twice brings no word."""
    put(tmp_path / "aaa.geojson", feature("a", beside(1)), feature("b", beside(5)))
    put(tmp_path / "areas.geojson", feature("a"))
    hood = read(tmp_path)
    assert hood.shapes["a"].degrees[0][0][0] == (5.38, 52.15)
    assert [p.code for p in hood.notices if p.code == "map-double"] == ["map-double"]
    put(tmp_path / "aaa.geojson", feature("a"), feature("b", beside(5)))
    assert "map-double" not in codes(tmp_path)


@pytest.mark.parametrize("form", ["folder", "buurt.xlsx", "buurt.json"])
def test_areas_and_outlines_survive_every_form(form: str, tmp_path: Path) -> None:
    """Written and read again the areas are equal, and the outlines lie beside them."""
    hood = read(CBS / "cbs_noordwest_2024.geojson")
    write(hood, tmp_path / form)
    again = read(tmp_path / form)
    assert again == hood
    assert again.shapes == hood.shapes
    name = "folder/areas.geojson" if form == "folder" else "buurt.areas.geojson"
    first = (tmp_path / name).read_bytes()
    write(again, tmp_path / form)
    assert (tmp_path / name).read_bytes() == first


def test_a_map_that_is_there_already_is_left_alone(tmp_path: Path) -> None:
    """Writing back into the folder it came from makes no second map."""
    path = put(tmp_path / "kaart.geojson", feature("a"), feature("b", beside(1)), bron="onszelf")
    before = path.read_bytes()
    hood = read(tmp_path)
    write(hood, tmp_path)
    assert not (tmp_path / "areas.geojson").exists()
    assert path.read_bytes() == before
    assert read(tmp_path) == hood
    moved = hood.with_shapes(Shapes.of([Shape("a", hood.shapes["b"].degrees)]))
    write(moved, tmp_path)
    assert read(tmp_path).shapes["a"] == moved.shapes["a"]


@given(
    st.lists(
        st.tuples(st.sampled_from("abcdef"), st.integers(0, 40)),
        max_size=5,
        unique_by=lambda each: each[0],
    ),
    st.dictionaries(st.sampled_from(["source", "jaar"]), st.text(max_size=5) | st.integers()),
)
@settings(max_examples=25)
def test_outlines_survive_writing(
    tmp_path_factory: pytest.TempPathFactory,
    where: list[tuple[str, int]],
    about: dict[str, str | int],
) -> None:
    """Any outlines with any properties come back as they were."""
    shapes = Shapes.of(
        (
            Shape(name, ((tuple((lon + 0.01 * at, lat) for lon, lat in RING),),), {"n": at})
            for name, at in where
        ),
        about,
    )
    areas = [Area(area=name) for name, _ in where] or [Area(area="z")]
    hood = Neighbourhood.from_records(areas).with_shapes(shapes)
    folder = tmp_path_factory.mktemp("map")
    write(hood, folder)
    assert read(folder).shapes == (shapes if where else Shapes())


def test_the_bundled_map_says_what_the_table_says(root: Path) -> None:
    """The invented map fits the table: the same neighbours, the same sizes, nothing to add."""
    hood = read(root / "examples" / "buurthuis")
    table = {a.area: a for a in hood.areas}
    assert {a: table[a].adjacent for a in hood.shapes.adjacent()} == hood.shapes.adjacent()
    for shape in hood.shapes:
        assert table[shape.area].km2 == pytest.approx(shape.km2, abs=0.02)
    assert not [p for p in hood.notices if p.code.startswith(("map", "figures"))]
    assert hood.shapes.source == "Verzonnen kaart / invented map"
