"""Which lanes there are, in the order in which they are told."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from assetmap.lanes import agreement, growth, unusual, visit
from assetmap.lanes.results import Look
from assetmap.model import Lane

__all__ = ["LANES"]

LANES: Mapping[Lane, Look] = MappingProxyType(
    {
        Lane.VISIT: visit.look,
        Lane.AGREEMENT: agreement.look,
        Lane.UNUSUAL: unusual.look,
        Lane.GROWTH: growth.look,
    }
)
"""Every lane with its function. To add one: write it, and put it here."""
