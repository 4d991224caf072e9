"""Statistics on arrays: what is more than usual, and what may be chance.

Numbers go in, a frozen result comes out; no name and no id of a person enters here. Other projects
may use each method for data of their own.
"""

from __future__ import annotations

from assetmap.detectors.intervals import Interval, wilson

__all__ = [
    "Interval",
    "wilson",
]
