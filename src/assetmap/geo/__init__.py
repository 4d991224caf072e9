"""Where things are: RD New coordinates, areas, and how far apart two spots are.

Coordinates are whole metres in RD New (EPSG:28992). Degrees are turned into metres with fixed
published parameters and without correction grids, so that every machine gives the same result,
with or without grids installed; it differs from the official RDNAPTRANS2018 by less than 25 cm.
Nothing is loaded from a network. Messages never repeat a coordinate, because it may be somebody's.
"""

from __future__ import annotations

from assetmap.geo.cbs import CbsLevel, cbs_level, cbs_parents
from assetmap.geo.coordinates import rd_from_wgs84, rounded, wgs84_from_rd
from assetmap.geo.distances import Geography
from assetmap.geo.nearness import near_pairs
from assetmap.geo.shapes import Shape, Shapes, outline_of
from assetmap.geo.spots import Spot

__all__ = [
    "CbsLevel",
    "Geography",
    "Shape",
    "Shapes",
    "Spot",
    "cbs_level",
    "cbs_parents",
    "near_pairs",
    "outline_of",
    "rd_from_wgs84",
    "rounded",
    "wgs84_from_rd",
]
