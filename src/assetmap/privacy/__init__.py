"""What may leave, and for whom: audiences, consent, safety apart."""

from __future__ import annotations

from assetmap.privacy.audiences import ACCESS, Access, Audience, Discloses, Withheld
from assetmap.privacy.consent import (
    Sharing,
    SharingReason,
    SharingScope,
    may_propose,
    sharing_of,
    teams_of,
)
from assetmap.privacy.safety import SafetyRecord, SafetyRecords, meldcode_steps, split_safety

__all__ = [
    "ACCESS",
    "Access",
    "Audience",
    "Discloses",
    "SafetyRecord",
    "SafetyRecords",
    "Sharing",
    "SharingReason",
    "SharingScope",
    "Withheld",
    "may_propose",
    "meldcode_steps",
    "sharing_of",
    "split_safety",
    "teams_of",
]
