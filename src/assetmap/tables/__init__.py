"""Reading and writing a neighbourhood's tables: CSV folder, workbook and document."""

from __future__ import annotations

from assetmap.tables.reading import check, read
from assetmap.tables.telling import told

__all__ = ["check", "read", "told"]
