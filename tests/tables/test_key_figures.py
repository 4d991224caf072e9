"""The key figures of CBS, as CBS gives them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assetmap import read, write
from assetmap.tables.key_figures import read_figures
from tests.tables.files import codes, laid

CBS = Path(__file__).parents[2] / "examples" / "cbs"
HEAD = "gwb_code_10;regio;recs;a_inw;a_opp_ha;a_65_oo\n"


def test_figures_and_map_of_cbs_come_together(tmp_path: Path) -> None:
    """Both files as they are, in one folder: name, inhabitants, borders, and what lies in what."""
    for file in CBS.glob("cbs_*"):
        shutil.copy(file, tmp_path)
    hood = read(tmp_path)
    areas = {a.area: a for a in hood.areas}
    assert len(areas) == 15
    assert (areas["WK034402"].population, areas["WK034402"].parent) == (45_220, "GM0344")
    assert areas["BU03440244"].population == 3765
    assert areas["BU03440244"].parent == "WK034402"
    assert areas["BU03440244"].adjacent == ("BU03440233", "BU03440243")
    assert areas["GM0344"].km2 is None  # "." is missing, and there is no outline either
    assert areas["BU03440224"].name == "Egelantierstraat, Mariëndaalstraat e.o."
    assert hood.extra["areas"]["BU03440211"]["a_65_oo"] == "285"
    assert "bev_dich" not in hood.extra["areas"]["BU03440211"]
    assert {a.year for a in hood.areas} == {2024}
    assert sorted(p.code for p in hood.notices) == ["figures-added", "map-added"]


@pytest.mark.parametrize("form", ["copy", "buurt.xlsx", "buurt.json"])
def test_no_figure_is_lost_in_writing(form: str, tmp_path: Path) -> None:
    """All areas with all their figures come back from every form."""
    hood = read(CBS)
    write(hood, tmp_path / form)
    again = read(tmp_path / form)
    assert again == hood
    assert again.extra == hood.extra


def test_neighbourhoods_need_not_add_up_to_their_district() -> None:
    """Figures are rounded to fives and kept so; nothing is made to fit."""
    hood = read(CBS)
    elders = {code: int(cells["a_65_oo"]) for code, cells in hood.extra["areas"].items()}
    parts = sum(n for code, n in elders.items() if code.startswith("BU"))
    assert (parts, elders["WK034402"]) == (4525, 4540)
    assert all((a.population or 0) % 5 == 0 for a in hood.areas if a.area != "GM0344")


def test_hectares_become_square_kilometres(tmp_path: Path) -> None:
    """The size of CBS goes before that of an outline; a comma or a point may be there."""
    laid(tmp_path, kwb_2023=HEAD + "BU03440211;Zuid;Buurt;4745;34;1\nWK034402;W;Wijk;.;3,5;.\n")
    hood = read(tmp_path)
    assert [(a.area, a.km2, a.population, a.year) for a in hood.areas] == [
        ("BU03440211", 0.34, 4745, 2023),
        ("WK034402", 0.035, None, 2023),
    ]


def test_newer_and_older_headings_are_known(tmp_path: Path) -> None:
    """gwb_code alone will do, in capitals, with commas between; the number of eight is not used."""
    laid(tmp_path, cijfers="GWB_CODE,gwb_code_8,Regio,A_INW\nGM0344,344,Utrecht,374238\n")
    (area,) = read(tmp_path).areas
    assert (area.area, area.name, area.population) == ("GM0344", "Utrecht", 374_238)
    assert area.year is None
    assert set(codes(tmp_path)) == {"figures-added", "cbs-year-unknown"}


def test_of_the_whole_country_only_the_own_areas_are_taken(tmp_path: Path) -> None:
    """With areas of one's own, only these and what they lie in are filled; the country never."""
    laid(
        tmp_path,
        areas="area,scheme,year,name\nBU03440211,cbs,2024,Onze naam\n",
        kwb_2024=HEAD
        + "NL00;Nederland;Land;17942942;.;1\n"
        + "GM0344;Utrecht;Gemeente;374238;.;1\nWK034402;W2;Wijk;45220;.;1\n"
        + "BU03440211;Pijlsweerd-Zuid;Buurt;4745;.;1\nBU19000000;Elders;Buurt;5;.;1\n",
    )
    areas = read(tmp_path).areas
    assert [a.area for a in areas] == ["BU03440211", "GM0344", "WK034402"]
    assert (areas[0].name, areas[0].population) == ("Onze naam", 4745)


def test_figures_of_another_year_are_doubted(tmp_path: Path) -> None:
    """The same code can be other land in another year: joined, with a warning."""
    laid(
        tmp_path,
        areas="area,scheme,year\nBU03440211,cbs,2024\n",
        kwb_2021=HEAD + "BU03440211;Zuid;Buurt;4700;.;1\n",
    )
    assert "figures-other-year" in codes(tmp_path)
    (area,) = read(tmp_path).areas
    assert (area.year, area.population) == (2024, 4700)


@pytest.mark.parametrize(
    "name", ["a_marok", "p_nw_all", "a_w_all", "a_geb_nl", "p_eur_al", "a_ov_nw", "a_tur"]
)
def test_origin_is_not_read(name: str, tmp_path: Path) -> None:
    """Where people or their parents were born is left out, and that it is, is told."""
    laid(tmp_path, kwb_2024=f"gwb_code_10;a_inw;{name};a_geb\nBU03440211;4745;15;20\n")
    hood = read(tmp_path)
    assert hood.extra["areas"]["BU03440211"] == {"a_geb": "20"}
    assert "map-columns-left-out" in {p.code for p in hood.notices}


def test_figures_under_the_name_of_the_table_are_figures(tmp_path: Path) -> None:
    """Somebody who saves the file of CBS as areas.csv gets the same areas."""
    laid(tmp_path, areas=HEAD + "BU03440211;Zuid;Buurt;4745;.;1\n")
    assert [a.area for a in read(tmp_path).areas] == ["BU03440211"]


def test_other_files_are_left_to_others(tmp_path: Path) -> None:
    """A file without the heading of CBS, or that is not there, is none of these."""
    laid(tmp_path, iets="a,b\n1,2\n", gwb_code="over gwb_code\nniets\n")
    assert read_figures(tmp_path / "iets.csv") is None
    assert read_figures(tmp_path / "gwb_code.csv") is None
    assert read_figures(tmp_path / "weg.csv") is None
