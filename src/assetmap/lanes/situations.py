"""Who shares a situation by their own choice, and could be put in touch as a group."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any, TypeAlias

from assetmap.model import Need, Neighbourhood
from assetmap.ties.street import Street

Network: TypeAlias = Any
"""Who knows whom, as :func:`assetmap.graph.people` tells it."""

__all__ = ["Situation", "situations"]


@dataclass(frozen=True, slots=True)
class Situation:
    """Several people who chose to share the same situation.

    Attributes
    ----------
    tag : str
        What they share, in their own word.
    needs : tuple of str
        The questions of the period in which it came up; sorted.
    askers : tuple of str
        Whose these are; sorted.
    households : int
        Of how many households.
    group : tuple of str
        Who could be introduced as one group: nobody in it is kept from another, and everybody
        chose for it.
    areas : tuple of str
        Where they live.
    latest : date
        The last of the days on which one asked.
    """

    tag: str
    needs: tuple[str, ...]
    askers: tuple[str, ...]
    households: int
    group: tuple[str, ...]
    areas: tuple[str, ...]
    latest: dt.date


def situations(
    hood: Neighbourhood,
    asof: dt.date,
    *,
    days: int,
    households: int,
    network: Network | None = None,
) -> tuple[tuple[Situation, ...], int]:
    """Return what came up so often that a group could be made of it, and how many tags came up.

    1. What somebody asked in the period counts for each tag in its `context`, and for each
       experience on which the asker said that they may be introduced (``tag:yes``).
       Who told of it and said no there (``tag:no``) stays out.
    2. A tag with questions of enough households may become a group: of these askers, and of
       everybody else who said yes to that tag.
    3. Everybody in the group may be introduced to everybody else in it. Who may not, stays out;
       it is not told who, or why.
    4. Of three people or more, who do not all know each other, it is a group.

    `network` is who knows whom on that day, where that was worked out already.
    """
    street = Street(hood, asof)
    known = network if network is not None else street.network
    open_ = set(street.open) - street.young
    chosen = {node: _tags(street, node) for node in sorted(open_)}
    asked = defaultdict[str, list[Need]](list)
    for need in sorted(hood.needs, key=lambda row: row.need):
        if need.since is not None and _counts(need, asof, days):
            owners = [node for node in street.nodes(need.owner) if node in open_]
            own = {tag.casefold() for tag in need.context or ()}
            for node in owners:
                for tag in (own | chosen[node]) - _refused(street, node):
                    asked[tag].append(need)
    found = []
    for tag, needs in sorted(asked.items()):
        askers = {node for need in needs for node in street.nodes(need.owner) if node in open_}
        homes = len(_homes(street, askers))
        willing = askers | {node for node, tags in chosen.items() if tag in tags}
        group = _group(street, willing, askers)
        if homes >= households and len(group) >= 3 and not _acquainted(street, group, known):
            days_asked = [need.since for need in needs if need.since is not None]
            areas = {street.here[node].area for node in group}
            found.append(
                Situation(
                    tag,
                    tuple(need.need for need in needs),
                    tuple(sorted(askers)),
                    homes,
                    group,
                    tuple(sorted(area for area in areas if area is not None)),
                    max(days_asked),
                )
            )
    return tuple(found), len(asked)


def _tags(street: Street, node: str) -> frozenset[str]:
    marks = street.here[node].experiences or ()
    return frozenset(tag.casefold() for tag, yes in marks if yes)


def _refused(street: Street, node: str) -> frozenset[str]:
    """Return what somebody told without choosing to be introduced on it."""
    marks = street.here[node].experiences or ()
    return frozenset(tag.casefold() for tag, yes in marks if not yes)


def _counts(need: Need, asof: dt.date, days: int) -> bool:
    """Tell whether a question of the period is open, and may lead to others in the same boat."""
    if need.since is None or not asof - dt.timedelta(days=days) < need.since <= asof:
        return False
    closed = need.closed_on is not None and need.closed_on <= asof
    return not (closed or need.sensitive or need.not_known)


def _homes(street: Street, nodes: Iterable[str]) -> set[str]:
    rows: Mapping[str, str | None] = {node: street.here[node].household for node in nodes}
    return {node if home is None else f"household:{home}" for node, home in rows.items()}


def _group(street: Street, willing: set[str], askers: set[str]) -> tuple[str, ...]:
    """Leave out whoever may not meet most of the others, until everybody may meet everybody."""
    inside = sorted(willing)
    barred = [(a, b) for a, b in combinations(inside, 2) if not street.may_meet(a, b)]
    while barred:
        times = {node: sum(node in pair for pair in barred) for pair in barred for node in pair}
        out = max(times, key=lambda node: (times[node], node not in askers, node))
        inside.remove(out)
        barred = [pair for pair in barred if out not in pair]
    for node in sorted(willing - set(inside)):  # whoever fits after all
        if all(street.may_meet(node, other) for other in inside):
            inside.append(node)
    return tuple(sorted(inside))


def _acquainted(street: Street, group: tuple[str, ...], network: Network) -> bool:
    """Tell whether everybody in a group knows everybody else, or lives with them."""
    homes = {node: street.here[node].household for node in group}
    return all(
        network.has_edge(a, b) or (homes[a] is not None and homes[a] == homes[b])
        for a, b in combinations(group, 2)
    )
