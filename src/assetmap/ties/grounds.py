"""Why two people could be introduced: a need and a talent, or something that both share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from assetmap.model import DecisionWord, Need, Role, Talent
from assetmap.ties.street import Street, live

__all__ = ["Ground", "IntroductionReason", "grounds"]


class Ground(StrEnum):
    """What speaks for an introduction."""

    NEED = "need"
    """One offers what the other asks."""
    EXPERIENCE = "experience"
    """Both said that they may be introduced on this experience."""
    SITUATION = "situation"
    """Both ask something, and said that they share this situation."""
    INTEREST = "interest"
    """Both offer the same thing that one does together."""


@dataclass(frozen=True, slots=True, order=True)
class IntroductionReason:
    """One reason to introduce two people.

    Attributes
    ----------
    ground : Ground
        What speaks for it.
    asker, giver : str or None
        Who asks and who offers, where one does.
    asked, offered : str or None
        The categories; no more than these is told of what somebody asked.
    tag : str or None
        What both chose to share.
    """

    ground: Ground
    asker: str | None = None
    giver: str | None = None
    asked: str | None = None
    offered: str | None = None
    tag: str | None = None


Pair: TypeAlias = tuple[str, str]
Found: TypeAlias = Mapping[Pair, list[IntroductionReason]]


def grounds(street: Street, near: Mapping[str, frozenset[str]]) -> Found:
    """Return the reasons of every pair that is near each other; each pair in order of id.

    Parameters
    ----------
    street : Street
        The day.
    near : Mapping[str, frozenset[str]]
        For everybody who may be introduced, whom they know or could meet.
    """
    found = defaultdict[Pair, set[IntroductionReason]](set)
    for a, b, reason in (*_needs(street, near), *_shared(street, near)):
        if street.may_meet(a, b):
            found[min(a, b), max(a, b)].add(reason)
    return {pair: sorted(found[pair], key=_order) for pair in sorted(found)}


def _order(reason: IntroductionReason) -> tuple[int, tuple[str, ...]]:
    cells = (reason.asker, reason.giver, reason.asked, reason.offered, reason.tag)
    return list(Ground).index(reason.ground), tuple(cell or "" for cell in cells)


Ways: TypeAlias = Iterator[tuple[str, str, IntroductionReason]]


def _needs(street: Street, near: Mapping[str, frozenset[str]]) -> Ways:
    """Yield who asks what whom offers."""
    givers = defaultdict[str, set[str]](set)
    for talent in street.hood.talents:
        if _offered(street, talent):
            givers[talent.category] |= near.keys() & set(street.nodes(talent.owner))
    refused = _refused(street)
    for need in street.hood.needs:
        if not _asks(street, need) or _of_peers(street, need):
            continue
        for asker in near.keys() & set(street.nodes(need.owner)):
            for offered, _ in street.hood.tree.answering(need.category):
                for giver in near[asker] & givers[offered]:
                    fits = _fits(street, need, asker, giver)
                    if fits and (need.need, giver) not in refused:
                        told = {"asked": need.category, "offered": offered}
                        yield asker, giver, IntroductionReason(Ground.NEED, asker, giver, **told)


def _offered(street: Street, talent: Talent) -> bool:
    """Tell whether a neighbour offers it that day, rather than a professional."""
    return live(talent, street.asof) and talent.role is not Role.PROFESSIONAL


def _asks(street: Street, need: Need) -> bool:
    """Tell whether a question is open that day, and may lead to somebody in the neighbourhood."""
    closed = need.closed_on is not None and need.closed_on <= street.asof
    later = need.since is not None and need.since > street.asof
    elsewhere = need.sensitive or need.not_known or need.not_area or need.wants
    return not (closed or later or elsewhere or street.hood.is_reserved(need.category))


def _of_peers(street: Street, need: Need) -> bool:
    """Tell whether somebody asks for others in the same situation: then only who shares it."""
    return "peer_contact" in (need.category, *_above(street, need.category))


def _above(street: Street, category: str) -> tuple[str, ...]:
    tree = street.hood.tree
    return tree.ancestors(category) if category in tree else ()


def _fits(street: Street, need: Need, asker: str, giver: str) -> bool:
    """Tell whether this question may lead to this giver: talked over, and of age."""
    if not need.talked and not street.network.has_edge(asker, giver):
        return False
    if not {asker, giver} & street.young:
        return True
    allowed = set(street.hood.policy.minor_categories)
    return bool(allowed & {need.category, *_above(street, need.category)})


def _refused(street: Street) -> frozenset[tuple[str, str]]:
    """Return who was turned down, or said no, for which question."""
    no = {DecisionWord.NOT_NOW, DecisionWord.NO_MORE}
    return frozenset(
        (row.need, node)
        for row in street.hood.decisions
        if row.decision in no
        and row.date <= street.asof
        and (row.until is None or row.until >= street.asof)
        for node in street.nodes(row.provider)
    )


def _shared(street: Street, near: Mapping[str, frozenset[str]]) -> Ways:
    """Yield what two grown people chose to share."""
    for (ground, word), nodes in _chosen(street, near).items():
        grown = (nodes & near.keys()) - street.young
        for a in grown:
            for b in near[a] & grown:
                if a < b and ground is Ground.INTEREST:
                    yield a, b, IntroductionReason(ground, offered=word)
                elif a < b:
                    yield a, b, IntroductionReason(ground, tag=word)


def _chosen(
    street: Street, near: Mapping[str, frozenset[str]]
) -> Mapping[tuple[Ground, str], set[str]]:
    """Return what people chose to share, and who did."""
    found = defaultdict[tuple[Ground, str], set[str]](set)
    for node in near:
        for tag, yes in street.here[node].experiences or ():
            if yes:
                found[Ground.EXPERIENCE, tag.casefold()].add(node)
    for need in street.hood.needs:
        if _asks(street, need):
            for tag in need.context or ():
                found[Ground.SITUATION, tag.casefold()].update(street.nodes(need.owner))
    for talent in street.hood.talents:
        if _offered(street, talent) and _together(street, talent.category):
            found[Ground.INTEREST, talent.category].update(street.nodes(talent.owner))
    return found


def _together(street: Street, category: str) -> bool:
    tree = street.hood.tree
    if category not in tree or street.hood.is_reserved(category):
        return False
    return bool(tree[category].group_first)
