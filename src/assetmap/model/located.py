"""A record with a point: degrees become metres of the Dutch grid as soon as they come in."""

from __future__ import annotations

from typing import Any

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from assetmap.errors import UnusableInput
from assetmap.geo import rd_from_wgs84
from assetmap.model.record import Record

__all__ = ["Located"]


def _metres(lat: float, lon: float) -> tuple[int, int]:
    try:
        x, y = rd_from_wgs84(lat, lon)
    except UnusableInput:
        raise PydanticCustomError(
            "cell", "not-in-the-netherlands", {"code": "not-in-the-netherlands"}
        ) from None
    return round(x), round(y)


def _degrees(value: Any) -> float:
    return float(value.replace(",", ".")) if isinstance(value, str) else float(value)


class Located(Record):
    """A record that can lie somewhere."""

    @model_validator(mode="before")
    @classmethod
    def _one_grid(cls, data: Any) -> Any:
        if not isinstance(data, dict) or data.get("lat") is None or data.get("lon") is None:
            return data
        rest = {name: value for name, value in data.items() if name not in {"lat", "lon"}}
        if rest.get("x") is not None and rest.get("y") is not None:
            return rest
        try:
            lat, lon = _degrees(data["lat"]), _degrees(data["lon"])
        except ValueError:
            return data  # not numbers: the two columns say so themselves
        rest["x"], rest["y"] = _metres(lat, lon)
        return rest
