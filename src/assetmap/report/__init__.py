"""Pages to print: facts gathered once, released for whoever reads them, and shown.

``gather`` collects what a run proposes into typed facts for the team and lets
:mod:`assetmap.privacy` release them; ``week_html`` and ``write_week`` only show what was released.
``gather_council`` counts for a council; ``council_html``, ``write_council`` and ``council_files``
show that.
"""

from __future__ import annotations

from assetmap.report.council import council_files, council_html, write_council
from assetmap.report.council_facts import (
    ChallengeLine,
    CouncilFacts,
    StageLine,
    StepLine,
    gather_council,
)
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
    "ChallengeLine",
    "CouncilFacts",
    "Giver",
    "MissingAsk",
    "MissingGroup",
    "Proof",
<<<<<<< HEAD
    "SignalFacts",
=======
    "StageLine",
>>>>>>> 947336f (A council reads in one page what a neighbourhood does together, in counts that tell nothing of persons)
    "StandingFacts",
    "StepLine",
    "Story",
    "Theme",
    "Times",
    "WeekFacts",
    "council_files",
    "council_html",
    "gather",
    "gather_council",
    "week_html",
    "write_council",
    "write_week",
]
