"""Which lanes there are, in the order in which they are told."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from assetmap.lanes import (
    agreement,
    alone,
    backlog,
    balance,
    gaps,
    growth,
    not_heard,
    peers,
    place,
    structure,
    unusual,
    visit,
)
from assetmap.lanes.results import Look
from assetmap.model import Lane

__all__ = ["LANES"]

LANES: Mapping[Lane, Look] = MappingProxyType(
    {
        Lane.VISIT: visit.look,
        Lane.AGREEMENT: agreement.look,
        Lane.UNUSUAL: unusual.look,
        Lane.GROWTH: growth.look,
        Lane.PLACE: place.look,
        Lane.PEERS: peers.look,
        Lane.BACKLOG: backlog.look,
        Lane.STRUCTURE: structure.look,
        Lane.ALONE: alone.look,
        Lane.NOT_HEARD: not_heard.look,
        Lane.GAPS: gaps.look,
        Lane.BALANCE: balance.look,
    }
)
"""Every lane with its function. To add one: write it, and put it here."""
