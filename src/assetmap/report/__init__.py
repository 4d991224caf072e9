"""Pages to print: facts gathered once, released for whoever reads them, and shown.

``gather`` collects what a run proposes into typed facts for the team and lets
:mod:`assetmap.privacy` release them; ``week_html`` and ``write_week`` only show what was released.
``gather_council`` counts for a council; ``council_html``, ``write_council`` and ``council_files``
show that. ``gather_contacts`` tells a worker whom to call and for whom to
print, ``gather_own_week`` a helper what that helper does this week.
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
from assetmap.report.own_week import (
    OwnTask,
    OwnWeek,
    WeekHelpers,
    gather_helpers,
    gather_own_week,
    own_week_html,
    write_own_week,
)
from assetmap.report.page import week_html, write_week
from assetmap.report.reaching import (
    Reaching,
    ReachLine,
    Way,
    gather_contacts,
    reaching_html,
    write_reaching,
)

__all__ = [
    "ChallengeLine",
    "CouncilFacts",
    "Giver",
    "MissingAsk",
    "MissingGroup",
    "OwnTask",
    "OwnWeek",
    "Proof",
    "ReachLine",
    "Reaching",
    "SignalFacts",
    "StageLine",
    "StandingFacts",
    "StepLine",
    "Story",
    "Theme",
    "Times",
    "Way",
    "WeekFacts",
    "WeekHelpers",
    "council_files",
    "council_html",
    "gather",
    "gather_contacts",
    "gather_council",
    "gather_helpers",
    "gather_own_week",
    "own_week_html",
    "reaching_html",
    "week_html",
    "write_council",
    "write_own_week",
    "write_reaching",
    "write_week",
]
