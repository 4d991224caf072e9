"""Words that can be typed after an option."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Form", "Served"]


class Form(StrEnum):
    """A kind of file to write a network in."""

    GRAPHML = "graphml"
    GEXF = "gexf"
    JSON = "json"
    CYTOSCAPE = "cytoscape"
    KUMU = "kumu"
    CSV = "csv"


class Served(StrEnum):
    """Audiences that a network can be shared with."""

    TEAM = "team"
    RESEARCH = "research"
    RESIDENTS = "residents"
    COUNCIL = "council"
