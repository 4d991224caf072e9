"""Which plans could meet a need, and which rule removed each that could not.

A plan is the unit: an activity with a ride there and a ride back, or help by somebody; all its
legs or nothing. Reading order: `scene` (everything worked out once), `asking` and `catalogue`
(what is asked, what is offered), `rules` (the hard rules), `candidates` (the plans), `ladder` and
`fit` (what is better), `encode` (as numbers), `decode` and `gaps` (as results).
"""

from __future__ import annotations

from assetmap.plans.asking import opened
from assetmap.plans.candidates import Candidates, candidates
from assetmap.plans.catalogue import Catalogue
from assetmap.plans.decode import proposed, standing_plans
from assetmap.plans.encode import Encoded, encode
from assetmap.plans.gaps import unmet
from assetmap.plans.mutual import mutual
from assetmap.plans.outcome import Doubt, Funnel, Gap, Plan, PlanLeg, PlanStatus, Reason
from assetmap.plans.rules import RULES, Rule
from assetmap.plans.scene import Meeting, Scene
from assetmap.plans.standing import reservations

__all__ = [
    "RULES",
    "Candidates",
    "Catalogue",
    "Doubt",
    "Encoded",
    "Funnel",
    "Gap",
    "Meeting",
    "Plan",
    "PlanLeg",
    "PlanStatus",
    "Reason",
    "Rule",
    "Scene",
    "candidates",
    "encode",
    "mutual",
    "opened",
    "proposed",
    "reservations",
    "standing_plans",
    "unmet",
]
