"""Spots close together, on few places."""

from __future__ import annotations

from hypothesis import strategies as st

from assetmap.geo import Spot

__all__ = ["small_spots"]

small_spots = st.builds(
    lambda place, area: (
        Spot(area=area) if place is None else Spot(155_000 + place[0], 463_000 + place[1], area)
    ),
    st.none() | st.tuples(st.integers(0, 12), st.integers(0, 12)),
    st.none() | st.sampled_from("abcd"),
)
