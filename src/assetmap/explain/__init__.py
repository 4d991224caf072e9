"""Why a need has this plan, or why none, and what else there is: asked of a run, in words.

`why` tells what a run holds. `alternatives` and `reserves` answer by solving again, so that what
they tell is possible beside everything else that is proposed.
"""

from __future__ import annotations

from assetmap.explain.initiatives import TimeAsked, WorkerTime, worker_time
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
from assetmap.explain.steadiness import Continuity, ContinuityPoint, continuity
from assetmap.explain.successors import Succession, successions

__all__ = [
    "Alternative",
    "Continuity",
    "ContinuityPoint",
    "Explanation",
    "FunnelFacts",
    "GapFacts",
    "LegFacts",
    "Outcome",
    "PlanFacts",
    "Reserve",
    "Succession",
    "TimeAsked",
    "WorkerTime",
    "alternatives",
    "called",
    "continuity",
    "reserves",
    "successions",
    "why",
    "worker_time",
]
