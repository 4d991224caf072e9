"""Plain questions to the tables, answered by looking and counting.

Who holds the keys on Saturday morning? How many questions came in by the church? Which initiatives
stand on their own by now? Nothing here weighs or chooses. Themes of safety are left out first.

**Privacy.** Every number here is raw: it is for inside the library. What is printed, drawn or
written goes through :func:`assetmap.privacy.release`; the results say in their annotations what
they disclose, so that the gate can hide small counts and leave persons out.
"""

from __future__ import annotations

from assetmap.overview.agreeing import (
    Budget,
    Challenge,
    Stewardship,
    budgets,
    challenges,
    stewardships,
)
from assetmap.overview.answering import answered
from assetmap.overview.belonging import Member, audience_of, members, run_by, unlocked
from assetmap.overview.cases import Case, CaseReason, agenda, tables_for, triage
from assetmap.overview.contact import (
    ContactWish,
    ContactWishes,
    ContactWishesByArea,
    contact_wishes,
    contact_wishes_by_area,
)
from assetmap.overview.dates import Meeting, meetings
from assetmap.overview.doors import DoorToDoor, door_to_door
from assetmap.overview.evenness import Fairness, GroupBy, Uneven, fairness
from assetmap.overview.figures import District, district
from assetmap.overview.hearing import Collective, Message, collective, messages
from assetmap.overview.informal import COMPARISON, InformalShare, informal_share
from assetmap.overview.keys import responsible
from assetmap.overview.knowing import (
    IntroducedTies,
    TieReports,
    introduced,
    introduced_ties,
    tie_reports,
)
from assetmap.overview.likeness import LikeBecause, Likeness, duplicates
from assetmap.overview.meeting_points import AreaStructure, Known, Structures, structures
from assetmap.overview.observing import observers
from assetmap.overview.referring import Referrals, referrals
from assetmap.overview.shortfalls import Gaps, gaps
from assetmap.overview.sources import FromEvent, Intake, from_event, intake
from assetmap.overview.stages import (
    Effort,
    Move,
    Step,
    effort,
    newly_found,
    participants,
    steps,
    unknown_to_team,
)
from assetmap.overview.villages import Coverage, VillageCoverage, coverage
from assetmap.overview.working import (
    HandOver,
    PurposeHours,
    allowance_in,
    hand_overs,
    purpose_hours,
)

__all__ = [
    "COMPARISON",
    "AreaStructure",
    "Budget",
    "Case",
    "CaseReason",
    "Challenge",
    "Collective",
    "ContactWish",
    "ContactWishes",
    "ContactWishesByArea",
    "Coverage",
    "District",
    "DoorToDoor",
    "Effort",
    "Fairness",
    "FromEvent",
    "Gaps",
    "GroupBy",
    "HandOver",
    "InformalShare",
    "Intake",
    "IntroducedTies",
    "Known",
    "LikeBecause",
    "Likeness",
    "Meeting",
    "Member",
    "Message",
    "Move",
    "PurposeHours",
    "Referrals",
    "Step",
    "Stewardship",
    "Structures",
    "TieReports",
    "Uneven",
    "VillageCoverage",
    "agenda",
    "allowance_in",
    "answered",
    "audience_of",
    "budgets",
    "challenges",
    "collective",
    "contact_wishes",
    "contact_wishes_by_area",
    "coverage",
    "district",
    "door_to_door",
    "duplicates",
    "effort",
    "fairness",
    "from_event",
    "gaps",
    "hand_overs",
    "informal_share",
    "intake",
    "introduced",
    "introduced_ties",
    "meetings",
    "members",
    "messages",
    "newly_found",
    "observers",
    "participants",
    "purpose_hours",
    "referrals",
    "responsible",
    "run_by",
    "steps",
    "stewardships",
    "structures",
    "tables_for",
    "tie_reports",
    "triage",
    "unknown_to_team",
    "unlocked",
]
