"""Where each dot stands: people and things by their ties, talents and needs around their owner."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import cos, pi, sin
from typing import Any, TypeAlias

from assetmap.graph import from_edges, positions
from assetmap.view.facts import Dot
from assetmap.view.scenes import Scene

__all__ = ["Spot", "spots"]

Spot: TypeAlias = tuple[float, float]

_AROUND = 10
"""So many talents and needs stand around somebody on one ring."""
_RING = 0.4
"""How far the first ring is from its owner, in lengths of a tie."""


def spots(stops: Sequence[Scene]) -> Mapping[str, Spot]:
    """Return a place for every dot that is there at some stop, in lengths of a tie.

    Who is there at an earlier stop stands still; newcomers get a place beside whom they know.

    Parameters
    ----------
    stops : sequence of Scene
        What is seen, the oldest first.
    """
    fixed: dict[Any, Spot] = {}
    dots: dict[str, Dot] = {}
    for scene in stops:
        dots |= {dot.id: dot for dot in scene.dots}
        held = {dot.id for dot in scene.dots if dot.owner in dots}
        rows = [
            {"source": line.source, "target": line.target}
            for line in scene.lines
            if not {line.source, line.target} & held
        ]
        nodes = [{"id": dot.id} for dot in scene.dots if dot.id not in held]
        if nodes:
            network = from_edges(rows, nodes)
            fixed |= positions(network, previous=fixed or None)
    return fixed | _around(dots.values(), fixed)


def _around(dots: Iterable[Dot], fixed: Mapping[str, Spot]) -> dict[str, Spot]:
    """Put what somebody has around them, by id, ring after ring."""
    placed: dict[str, Spot] = {}
    count: dict[str, int] = {}
    for dot in sorted(dots, key=lambda each: (each.kind != "talent", each.id)):
        owner = dot.owner
        if dot.id in fixed or owner is None or owner not in fixed:
            continue
        nth = count[owner] = count.get(owner, -1) + 1
        ring, place = divmod(nth, _AROUND)
        turn, far = 2 * pi * (place + ring / 2) / _AROUND - pi / 2, _RING * (1 + ring / 2)
        x, y = fixed[owner]
        placed[dot.id] = (x + far * cos(turn), y + far * sin(turn))
    return placed
