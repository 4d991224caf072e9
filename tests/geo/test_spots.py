"""A spot checks itself."""

from __future__ import annotations

import pytest

from assetmap.errors import UnusableInput
from assetmap.geo import Spot


@pytest.mark.parametrize(
    ("x", "y", "says"),
    [(155_000, None, "both"), (155_000.5, 463_000, "whole metres"), (463_000, 155_000, "RD New")],
)
def test_a_spot_checks_itself(x: float, y: float | None, says: str) -> None:
    """Half a coordinate, parts of metres and places elsewhere are refused."""
    with pytest.raises(UnusableInput, match=says):
        Spot(x, y)  # type: ignore[arg-type]
