"""Which plans could meet a need, and which rule removed each that could not.

A plan is the unit: an activity with a ride there and a ride back, or help by somebody; all its
legs or nothing. Reading order: `scene` (everything worked out once), `asking` and `catalogue`
(what is asked, what is offered), `rules` (the hard rules), `enumeration` (the plans), `ladder` and
`fit` (what is better), `encoding` (as numbers), `decode` and `gaps` (as results).
"""

from __future__ import annotations

from assetmap.plans.asking import Opened, opened
from assetmap.plans.asks import Ask, names_days
from assetmap.plans.beside import Beside, Other
from assetmap.plans.catalogue import Catalogue
from assetmap.plans.decode import proposed, standing_plans
from assetmap.plans.encoded import Chosen, Earlier, Encoded
from assetmap.plans.encoding import encode
from assetmap.plans.enumeration import Candidates, candidates
from assetmap.plans.funnels import outward
from assetmap.plans.further import Staying, further_needs, staying
from assetmap.plans.gaps import Outcome, unmet
from assetmap.plans.naming import distinct
from assetmap.plans.options import Option
from assetmap.plans.outcome import Doubt, Funnel, Gap, Plan, PlanLeg, PlanStatus, Reason
from assetmap.plans.overload import overloaded
from assetmap.plans.reciprocity import mutual
from assetmap.plans.refusals import agreed, agreed_on
from assetmap.plans.rides import Supply
from assetmap.plans.rings import Circle, circles
from assetmap.plans.roster import Duty
from assetmap.plans.rules import RULES, Rule
from assetmap.plans.scene import Meeting, Scene
from assetmap.plans.standing import Busy, reservations
from assetmap.plans.visits import naming_each_other
from assetmap.plans.working import Worked, Working, prepared

__all__ = [
    "RULES",
    "Ask",
    "Beside",
    "Busy",
    "Candidates",
    "Catalogue",
    "Chosen",
    "Circle",
    "Doubt",
    "Duty",
    "Earlier",
    "Encoded",
    "Funnel",
    "Gap",
    "Meeting",
    "Opened",
    "Option",
    "Other",
    "Outcome",
    "Plan",
    "PlanLeg",
    "PlanStatus",
    "Reason",
    "Rule",
    "Scene",
    "Staying",
    "Supply",
    "Worked",
    "Working",
    "agreed",
    "agreed_on",
    "candidates",
    "circles",
    "distinct",
    "encode",
    "further_needs",
    "mutual",
    "names_days",
    "naming_each_other",
    "opened",
    "outward",
    "overloaded",
    "prepared",
    "proposed",
    "reservations",
    "standing_plans",
    "staying",
    "unmet",
]
