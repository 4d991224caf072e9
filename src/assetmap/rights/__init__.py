"""What a person can ask of the team, and what the team owes without being asked.

To be forgotten, to see everything that is kept about them, and not to be kept longer than needed.
"""

from __future__ import annotations

from assetmap.rights.forgetting import Forgotten, forget
from assetmap.rights.keeping import Overdue, Retained, Todo, WhyNow, retention
from assetmap.rights.page import person_page
from assetmap.rights.sheets import Line
from assetmap.rights.showing import PersonFile, export_person

__all__ = [
    "Forgotten",
    "Line",
    "Overdue",
    "PersonFile",
    "Retained",
    "Todo",
    "WhyNow",
    "export_person",
    "forget",
    "person_page",
    "retention",
]
