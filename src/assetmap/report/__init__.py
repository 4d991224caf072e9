"""The page of the week for the team: facts gathered once, released, and shown.

``gather`` collects what a run proposes into typed facts and lets :mod:`assetmap.privacy` release
them; ``week_html`` and ``write_week`` only show what was released.
"""

from __future__ import annotations

from assetmap.report.facts import (
    Giver,
    MissingAsk,
    MissingGroup,
    Proof,
    SignalFacts,
    StandingFacts,
    Story,
    Theme,
    Times,
    WeekFacts,
)
from assetmap.report.gathering import gather
from assetmap.report.page import week_html, write_week

__all__ = [
    "Giver",
    "MissingAsk",
    "MissingGroup",
    "Proof",
    "SignalFacts",
    "StandingFacts",
    "Story",
    "Theme",
    "Times",
    "WeekFacts",
    "gather",
    "week_html",
    "write_week",
]
