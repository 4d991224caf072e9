"""Why a need has this plan, or why none, and what else there is: asked of a run, in words.

`why` tells what a run holds. `alternatives`, `reserves`, `what_if`, `remedy`, `with_remedies` and
`shortages` answer by solving again, so that what they tell is possible beside everything else that
is proposed.
"""

from __future__ import annotations

from assetmap.explain.access import Lack, Opening, openings
from assetmap.explain.ahead import NextStep, next_steps
from assetmap.explain.changes import Change, ChangeKind
from assetmap.explain.difference import PlanChange, WhatIf, what_if
from assetmap.explain.initiatives import TimeAsked, WorkerTime, worker_time
from assetmap.explain.newcomers import Trait
from assetmap.explain.others import Alternative, Reserve, alternatives, reserves
from assetmap.explain.reasons import (
    Explanation,
    FunnelFacts,
    GapFacts,
    LegFacts,
    Outcome,
    PlanFacts,
    called,
    why,
)
from assetmap.explain.remedied import with_remedies
from assetmap.explain.remedies import Remedy, remedy
from assetmap.explain.scarcity import Shortage, ShortageKind, Shortages, shortages
from assetmap.explain.steadiness import Continuity, ContinuityPoint, continuity
from assetmap.explain.successors import Succession, successions

__all__ = [
    "Alternative",
    "Change",
    "ChangeKind",
    "Continuity",
    "ContinuityPoint",
    "Explanation",
    "FunnelFacts",
    "GapFacts",
    "Lack",
    "LegFacts",
    "NextStep",
    "Opening",
    "Outcome",
    "PlanChange",
    "PlanFacts",
    "Remedy",
    "Reserve",
    "Shortage",
    "ShortageKind",
    "Shortages",
    "Succession",
    "TimeAsked",
    "Trait",
    "WhatIf",
    "WorkerTime",
    "alternatives",
    "called",
    "continuity",
    "next_steps",
    "openings",
    "remedy",
    "reserves",
    "shortages",
    "successions",
    "what_if",
    "why",
    "with_remedies",
    "worker_time",
]
