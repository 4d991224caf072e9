"""See a neighbourhood: the viewer, in a notebook and as one file that needs no network.

:func:`neighbourhood` gathers what one audience may have and draws it; :func:`at_a_glance` tells the
week in short, and :func:`progress_bar` shows how far a run has come.
"""

from __future__ import annotations

from assetmap.view.notebook import WeekView, at_a_glance, progress_bar
from assetmap.view.viewer import Viewer, neighbourhood

__all__ = ["Viewer", "WeekView", "at_a_glance", "neighbourhood", "progress_bar"]


def __dir__() -> list[str]:
    """List what one can call, for whoever presses the tab key."""
    return list(__all__)
