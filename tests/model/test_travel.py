"""The team's own distances: from a mapping or a function to rows, and back to metres."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap import Area, Neighbourhood, Place, Travel
from assetmap.errors import UnknownName, UnusableInput
from assetmap.geo import Shape, Shapes, Spot

SQUARE = ((5.38, 52.15), (5.39, 52.15), (5.39, 52.16), (5.38, 52.16), (5.38, 52.15))


def hood(*more: Any) -> Neighbourhood:
    return Neighbourhood.from_records(
        Area(area="north", name="Noord"),
        Area(area="south"),
        Place(place="hall", x=155_000, y=463_000, area="north"),
        *more,
    )


def test_rows_become_metres() -> None:
    """An area is its id, a place is marked as one; names are understood as everywhere."""
    rows = (Travel(from_="Noord", to="hall", km="1,25"), Travel(from_="south", to="north", km=2))
    made = hood(*rows)
    assert made.distances == {("north", "place:hall"): 1250, ("south", "north"): 2000}
    assert made.notices[0].code == "travel-incomplete"


def test_an_id_of_both_is_the_area_unless_it_says_place() -> None:
    """Where an area and a place share an id, a bare one would be unclear and is refused."""
    both = hood(Area(area="hall"), Travel(from_="place:hall", to="area:hall", km=1))
    assert both.distances == {("place:hall", "hall"): 1000}


def test_a_mapping_takes_the_place_of_the_rows() -> None:
    """Metres per pair become rows in kilometres, in order of the pair; nothing else changes."""
    before = hood(Travel(from_="north", to="south", km=9))
    after = before.with_travel({("south", "north"): 1999.6, ("north", "place:hall"): 350})
    assert [row.cells() for row in after.travel] == [
        {"from": "north", "to": "hall", "km": "0.35"},
        {"from": "south", "to": "north", "km": "2"},
    ]
    assert before.distances == {("north", "south"): 9000}
    assert after.areas is before.areas


def test_a_function_is_asked_for_every_pair_both_ways() -> None:
    """It gets the spots as far as they are known, and may say that it does not know."""
    shapes = Shapes.of([Shape("south", ((SQUARE,),))])
    seen: list[tuple[Spot, Spot]] = []

    def by_bike(a: Spot, b: Spot) -> float | None:
        seen.append((a, b))
        return None if a.x is None or b.x is None else 700.0

    made = hood().with_shapes(shapes).with_travel(by_bike)
    south = Spot(*shapes["south"].centre, "south")
    hall = Spot(155_000, 463_000, "north", "hall")
    assert (south, hall) in seen
    assert (Spot(area="north"), south) in seen
    assert len(seen) == 6
    assert {(r.from_, r.to) for r in made.travel} == {("hall", "south"), ("south", "hall")}


@pytest.mark.parametrize("metres", [-1, float("nan"), float("inf")])
def test_what_is_no_distance_is_refused(metres: float) -> None:
    """Negative and missing numbers are refused from a mapping and from a function."""
    with pytest.raises(UnusableInput, match="0 or more"):
        hood().with_travel({("north", "south"): metres})
    with pytest.raises(UnusableInput, match="0 or more"):
        hood().with_travel(lambda *_: metres)


def test_an_unknown_end_is_named() -> None:
    """A pair with something that is no area or place is refused, by its name."""
    with pytest.raises(UnknownName, match="elsewhere"):
        hood().with_travel({("north", "elsewhere"): 5})


pairs = st.sampled_from(["north", "south", "hall"])


@given(st.dictionaries(st.tuples(pairs, pairs), st.integers(0, 99_999), max_size=6))
@settings(max_examples=60)
def test_metres_survive_the_table(own: Mapping[tuple[str, str], int]) -> None:
    """From metres to rows to cells and back, every pair keeps its metres."""
    made = hood().with_travel(own)
    again = Neighbourhood.from_frames(made.frames())
    want = {
        (a.replace("hall", "place:hall"), b.replace("hall", "place:hall")): metres
        for (a, b), metres in own.items()
    }
    assert again.distances == made.distances == want
