"""What earlier runs proposed and what people decided: one SQLite file per team.

>>> import tempfile
>>> from pathlib import Path
>>> with tempfile.TemporaryDirectory() as folder:
...     with History(Path(folder, "history.sqlite")) as history:
...         history.runs()
()
"""

from __future__ import annotations

from assetmap.history.comparing import RunDifference, compare, settings_of
from assetmap.history.decided import Recorded
from assetmap.history.erasing import Erased
from assetmap.history.kept import KeptGap, KeptLeg, KeptPlan, KeptRun
from assetmap.history.store import History
from assetmap.history.trying import trial

__all__ = [
    "Erased",
    "History",
    "KeptGap",
    "KeptLeg",
    "KeptPlan",
    "KeptRun",
    "Recorded",
    "RunDifference",
    "compare",
    "settings_of",
    "trial",
]
