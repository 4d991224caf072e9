"""The whole weekly journey in one call: what was decided comes in, what is proposed goes out."""

from __future__ import annotations

from assetmap.week.running import Settings, WeekRun, run

__all__ = ["Settings", "WeekRun", "run"]
