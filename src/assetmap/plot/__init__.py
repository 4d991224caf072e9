"""Pictures for the team, residents, the council and research; talents first in each.

For every picture one function gathers facts and releases them for an audience, and one draws what
was released: on axes that are given, or on a new sheet. Nothing else is drawn, so a picture tells
no more than its audience may know. Colours come with a mark or hatch of their own, so that a copy
without colour says the same.

- ``network``: what people offer, and who knows whom; ``ego``: one person, for the team;
- ``map``: what each area has to offer, and what is asked; ``offers``: the same by theme;
- ``flow``: the questions of a week, over the steps, to what came of them;
- ``load``: how much is asked of each kind of helper;
- ``waiting``: how soon questions find an answer;
- ``change``: what came, stayed and went between two weeks;
- ``signals``: what fits each signal already, and the half year before it.
"""

from __future__ import annotations

from assetmap.plot.area_map import MapArea, MapFacts, MapSpot, draw_map, map_facts
from assetmap.plot.change import CHANGING, Changed, ChangeFacts, change_facts, draw_change
from assetmap.plot.counting import Label
from assetmap.plot.ego import AroundDot, EgoFacts, draw_ego, ego_facts
from assetmap.plot.flow import FLOW_ENDS, FLOW_STEPS, FlowFacts, draw_flow, flow_facts
from assetmap.plot.load import HELPER_KINDS, KindLoad, LoadFacts, draw_load, load_facts
from assetmap.plot.network import (
    AreaDot,
    AreaLine,
    NetworkFacts,
    PersonDot,
    PersonLine,
    draw_network,
    network_facts,
)
from assetmap.plot.offers import OfferFacts, draw_offers, offer_facts
from assetmap.plot.saving import draw_picture, picture_bytes, write_picture
from assetmap.plot.timelines import (
    SignalFacts,
    SignalRow,
    WeekCount,
    draw_signals,
    signal_facts,
)
from assetmap.plot.waiting import (
    WaitCurve,
    WaitingFacts,
    WaitStep,
    draw_waiting,
    waiting_facts,
)

__all__ = [
    "CHANGING",
    "FLOW_ENDS",
    "FLOW_STEPS",
    "HELPER_KINDS",
    "AreaDot",
    "AreaLine",
    "AroundDot",
    "ChangeFacts",
    "Changed",
    "EgoFacts",
    "FlowFacts",
    "KindLoad",
    "Label",
    "LoadFacts",
    "MapArea",
    "MapFacts",
    "MapSpot",
    "NetworkFacts",
    "OfferFacts",
    "PersonDot",
    "PersonLine",
    "SignalFacts",
    "SignalRow",
    "WaitCurve",
    "WaitStep",
    "WaitingFacts",
    "WeekCount",
    "change_facts",
    "draw_change",
    "draw_ego",
    "draw_flow",
    "draw_load",
    "draw_map",
    "draw_network",
    "draw_offers",
    "draw_picture",
    "draw_signals",
    "draw_waiting",
    "ego_facts",
    "flow_facts",
    "load_facts",
    "map_facts",
    "network_facts",
    "offer_facts",
    "picture_bytes",
    "signal_facts",
    "waiting_facts",
    "write_picture",
]
