"""Pages to print: facts gathered once, released for whoever reads them, and shown.

``gather`` collects what a run proposes into typed facts for the team and lets
:mod:`assetmap.privacy` release them; ``week_html`` and ``write_week`` only show what was released.
``gather_council`` counts for a council, ``council_report`` beside earlier reports;
``council_html``, ``write_council``, ``council_files`` and ``council_map`` show that.
``gather_contacts`` tells a worker whom to call and for whom to print, ``gather_own_week`` a helper
what that helper does this week, ``gather_initiative_week`` those who run an initiative who comes
and who helps. ``gather_sheets`` collects all of these.
"""

from __future__ import annotations

from assetmap.report.council import council_files, council_html, write_council
from assetmap.report.council_areas import council_map
from assetmap.report.council_facts import (
    AreaLine,
    ChallengeLine,
    CouncilFacts,
    CouncilReport,
    StageLine,
    StepLine,
    council_report,
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
from assetmap.report.handing import (
    OwnSheet,
    SheetLine,
    SheetList,
    WeekSheets,
    gather_sheets,
    sheet_calendar,
    sheet_html,
    sheets_html,
)
from assetmap.report.hosted import InitiativeHelp, InitiativeItem
from assetmap.report.initiative_week import (
    InitiativeWeek,
    WeekInitiatives,
    gather_initiative_week,
    gather_initiatives,
    initiative_week_html,
    write_initiative_week,
)
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
from assetmap.report.releases import Release, releases_of

__all__ = [
    "AreaLine",
    "ChallengeLine",
    "CouncilFacts",
    "CouncilReport",
    "Giver",
    "InitiativeHelp",
    "InitiativeItem",
    "InitiativeWeek",
    "MissingAsk",
    "MissingGroup",
    "OwnSheet",
    "OwnTask",
    "OwnWeek",
    "Proof",
    "ReachLine",
    "Reaching",
    "Release",
    "SheetLine",
    "SheetList",
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
    "WeekInitiatives",
    "WeekSheets",
    "council_files",
    "council_html",
    "council_map",
    "council_report",
    "gather",
    "gather_contacts",
    "gather_council",
    "gather_helpers",
    "gather_initiative_week",
    "gather_initiatives",
    "gather_own_week",
    "gather_sheets",
    "initiative_week_html",
    "own_week_html",
    "reaching_html",
    "releases_of",
    "sheet_calendar",
    "sheet_html",
    "sheets_html",
    "week_html",
    "write_council",
    "write_initiative_week",
    "write_own_week",
    "write_reaching",
    "write_week",
]
