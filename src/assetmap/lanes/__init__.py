"""Ways of looking for a signal: each gives cards, nothing, or why it cannot say.

A lane is a plain function ``(scene, settings) -> LaneResult``. The scene is gathered once; nothing
about safety is in it. It registers in :mod:`assetmap.lanes.registry`. Its sentences stand in a
section of their own, ``lane_<name>.toml``, in both languages.
"""

from __future__ import annotations
