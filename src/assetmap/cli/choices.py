"""Words that can be typed after an option."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Exchange", "Form", "Picture", "Seen", "Served"]


class Exchange(StrEnum):
    """A format to exchange what there is to do in."""

    HSDS = "hsds"
    CALENDAR = "calendar"


class Form(StrEnum):
    """A kind of file to write a network in."""

    GRAPHML = "graphml"
    GEXF = "gexf"
    JSON = "json"
    CYTOSCAPE = "cytoscape"
    KUMU = "kumu"
    CSV = "csv"


class Listing(StrEnum):
    """A form in which a machine reads a list."""

    CSV = "csv"
    JSON = "json"


class Picture(StrEnum):
    """A picture to draw."""

    NETWORK = "network"
    MAP = "map"
    OFFERS = "offers"
    FLOW = "flow"
    LOAD = "load"
    WAITING = "waiting"
    CHANGE = "change"
    SIGNALS = "signals"
    PERSON = "person"


class Served(StrEnum):
    """Audiences that a network can be shared with."""

    TEAM = "team"
    RESEARCH = "research"
    RESIDENTS = "residents"
    COUNCIL = "council"


class Seen(StrEnum):
    """Audiences that the map of a neighbourhood is made for."""

    TEAM = "team"
    RESIDENTS = "residents"
    RESEARCH = "research"
