"""Reading and writing a neighbourhood's tables: CSV folder, workbook and document.

Reading understands Dutch and English, collects every problem before it says anything, and never
repeats what a cell says about a person. Writing is canonical and the same to the byte.
"""

from __future__ import annotations

from assetmap.tables.calendar_file import CalendarEvent, calendar_bytes
from assetmap.tables.calendar_reading import read_calendar
from assetmap.tables.calendar_writing import write_calendar
from assetmap.tables.contact_file import read_contacts
from assetmap.tables.maps import read_shapes
from assetmap.tables.output import csv_text, write_rows
from assetmap.tables.reading import check, read
from assetmap.tables.social_map_reading import read_hsds
from assetmap.tables.social_map_writing import write_hsds
from assetmap.tables.starter_kit import starter
from assetmap.tables.telling import told
from assetmap.tables.write_back import write_back_ids
from assetmap.tables.writing import write

__all__ = [
    "CalendarEvent",
    "calendar_bytes",
    "check",
    "csv_text",
    "read",
    "read_calendar",
    "read_contacts",
    "read_hsds",
    "read_shapes",
    "starter",
    "told",
    "write",
    "write_back_ids",
    "write_calendar",
    "write_hsds",
    "write_rows",
]
