"""What the map of the team holds: facts in every language, for the team alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, TypeAlias

from assetmap.privacy import Discloses

__all__ = ["Dot", "Gap", "Line", "PageText", "Part", "Proposal", "Said", "TeamMap", "same"]

Said: TypeAlias = tuple[str, str]
"""One text in Dutch and in English."""


def same(text: str) -> Said:
    """Return a text that is the same in every language, such as a name.

    Examples
    --------
    >>> same("Ans")
    ('Ans', 'Ans')
    """
    return text, text


@dataclass(frozen=True, slots=True)
class Dot:
    """One thing on the map: a person, a talent, an initiative.

    Attributes
    ----------
    id : str
        With its kind, as in ``person:p1``.
    kind : str
        Kind of node.
    name : Said
        What it is called; of talents and needs what they are about.
    owner : str or None
        Id of whom a talent or need is of.
    area : Said or None
        Name of the area.
    theme : Said or None
        The category at the top of the tree.
    days : tuple of int or None
        Days of the week, Monday is 0; None: not known.
    details : tuple of (str, Said)
        What else is known: a word of ``view.fact`` and what it is.
    """

    id: str
    kind: str
    name: Said
    owner: str | None = None
    area: Said | None = None
    theme: Said | None = None
    days: tuple[int, ...] | None = None
    details: tuple[tuple[str, Said], ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """What connects two things: a word of ``view.line``, and more about it if there is."""

    source: str
    target: str
    kind: str
    said: Said | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Who does what in a proposal: an id, and the part in words."""

    who: str
    what: Said


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposed plan, drawn and explained.

    Attributes
    ----------
    need, asker : str
        Ids of the need and of who asks.
    status : str
        Proposed, standing or pinned.
    title, when, who : Said
        What is asked by whom, on which day, and by whom it is done.
    parts : tuple of Part
        Who does what.
    via : tuple of tuple of str
        Chains of acquaintance from asker to provider, by id.
    why, questions : tuple of Said
        Why this is proposed, and what to ask first.
    """

    need: str
    asker: str
    status: str
    title: Said
    when: Said
    who: Said
    parts: tuple[Part, ...]
    via: tuple[tuple[str, ...], ...]
    why: tuple[Said, ...]
    questions: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """One need without a plan, and why not: reason, remedy and what was looked at."""

    need: str
    asker: str
    title: Said
    why: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class TeamMap:
    """Everything that the map of the team shows; nobody else gets any of it.

    Attributes
    ----------
    dots, lines : tuple
        What there is, and how it is connected.
    proposals, gaps : tuple
        The week: what is proposed, and what has no plan yet.
    """

    dots: Annotated[tuple[Dot, ...], Discloses.TEAM]
    lines: Annotated[tuple[Line, ...], Discloses.TEAM]
    proposals: Annotated[tuple[Proposal, ...], Discloses.TEAM] = ()
    gaps: Annotated[tuple[Gap, ...], Discloses.TEAM] = ()


@dataclass(frozen=True, slots=True)
class PageText:
    """A page on its way out.

    Attributes
    ----------
    for_team : str or None
        A page that tells of people by name.
    for_others : str or None
        A page that was made of nothing but what was released for its audience.
    """

    for_team: Annotated[str | None, Discloses.TEAM] = None
    for_others: Annotated[str | None, Discloses.OPEN] = None
