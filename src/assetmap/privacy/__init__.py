"""What may leave, and for whom: the one gate, counts, pseudonyms, consent, safety apart."""

from __future__ import annotations

from assetmap.privacy.aliases import pseudonyms
from assetmap.privacy.audiences import ACCESS, Access, Audience, Discloses, Withheld
from assetmap.privacy.behind import few_people, few_ties
from assetmap.privacy.consent import (
    Sharing,
    SharingReason,
    SharingScope,
    may_propose,
    sharing_of,
    teams_of,
)
from assetmap.privacy.counts import CountTable, protect, protected_count
from assetmap.privacy.gate import Released, release, require
from assetmap.privacy.repeating import Republished, republish
from assetmap.privacy.safety import (
    SafetyRecord,
    SafetyRecords,
    holds_safety,
    meldcode_steps,
    split_safety,
)
from assetmap.privacy.sentences import notices

__all__ = [
    "ACCESS",
    "Access",
    "Audience",
    "CountTable",
    "Discloses",
    "Released",
    "Republished",
    "SafetyRecord",
    "SafetyRecords",
    "Sharing",
    "SharingReason",
    "SharingScope",
    "Withheld",
    "few_people",
    "few_ties",
    "holds_safety",
    "may_propose",
    "meldcode_steps",
    "notices",
    "protect",
    "protected_count",
    "pseudonyms",
    "release",
    "republish",
    "require",
    "sharing_of",
    "split_safety",
    "teams_of",
]
