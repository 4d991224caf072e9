"""How much is asked of each kind of helper: kinds, never persons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from assetmap.match import Proposals
from assetmap.model import Person, Talent
from assetmap.overview.common import live, party
from assetmap.plans.catalogue import role_of
from assetmap.plot.canvas import (
    ASKED,
    INK,
    OFFERED,
    drawing,
    emptied,
    finish,
    hidden_mark,
    language_of,
    sheet,
    tell,
)
from assetmap.plot.counting import COUNTED, served, theme_of
from assetmap.privacy import Audience, Discloses, Released, release, require
from assetmap.texts import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["HELPER_KINDS", "KindLoad", "LoadFacts", "draw_load", "load_facts"]

HELPER_KINDS = ("neighbour", "volunteer", "initiative", "professional")
"""Kinds of helper, nearest first; associations and churches count with the initiatives."""


@dataclass(frozen=True, slots=True)
class KindLoad:
    """How many helpers of one kind are free and busy, and their turns; no total is told."""

    kind: Annotated[str, Discloses.OPEN]
    free: Annotated[int | None, Discloses.COUNT]
    busy: Annotated[int | None, Discloses.COUNT]
    turns: Annotated[int | None, Discloses.COUNT]


@dataclass(frozen=True, slots=True)
class LoadFacts:
    """What the picture of the load shows.

    Attributes
    ----------
    week : str
        ISO week.
    language : str
        The team's language.
    kinds : tuple of KindLoad
        One for each of :data:`HELPER_KINDS`: those who offer something and are free, those who
        have a part in some plan of this run, and how often they have one. Who has talents of two
        kinds counts for both.
    """

    week: Annotated[str, Discloses.OPEN]
    language: Annotated[str, Discloses.OPEN]
    kinds: tuple[KindLoad, ...]


def load_facts(proposals: Proposals, audience: str = Audience.TEAM) -> Released[LoadFacts]:
    """Count for each kind of helper how many have a part this week, and how many are free.

    Parameters
    ----------
    proposals : Proposals
        The run.
    audience : Audience, default "team"
        Outside the team small counts are hidden.

    Examples
    --------
    >>> from assetmap.match import propose
    >>> from assetmap.model import Need, Neighbourhood, Person, Talent
    >>> hood = Neighbourhood.from_records(
    ...     *[Person(person=p, area="north") for p in ("p1", "p2", "p3")],
    ...     Talent(talent="t1", owner="p2", category="shopping"),
    ...     Talent(talent="t2", owner="p3", category="garden"),
    ...     Need(need="n1", owner="p1", category="shopping", talked="yes"),
    ... )
    >>> shown = load_facts(propose(hood, "2026-W48")).value
    >>> shown.kinds[0]
    KindLoad(kind='neighbour', free=1, busy=1, turns=1)
    """
    reader = served(audience)
    hood = proposals.hood
    busy = {leg.provider for plan in proposals.items for leg in plan.legs}
    kinds = {
        (kind, row.owner)
        for row in hood.talents
        if live(row, proposals.week.monday) and theme_of(hood, row.category)
        for kind in _kinds(proposals, row)
    }
    kinds |= {("initiative", ref) for ref in busy if not isinstance(party(hood, ref), Person)}
    turns, givers = Counter[str](), dict[str, set[str]]()
    for kind, provider in _turns(proposals, dict.fromkeys(sorted(kinds))):
        turns[kind] += 1
        givers.setdefault(kind, set()).add(provider)
    smallest = 0 if reader is Audience.TEAM else proposals.policy.privacy.minimum
    few = {kind: len(who) for kind, who in givers.items() if len(who) < smallest}
    states = Counter((kind, "busy" if owner in busy else "free") for kind, owner in kinds)
    facts = LoadFacts(
        week=str(proposals.week),
        language=proposals.policy.language,
        kinds=tuple(
            KindLoad(
                kind,
                states[kind, "free"],
                states[kind, "busy"],
                min(turns[kind], few.get(kind, turns[kind])),
            )
            for kind in HELPER_KINDS
        ),
    )
    return release(facts, reader, thresholds=proposals.policy.privacy)


def _kinds(proposals: Proposals, row: Talent) -> Iterator[str]:
    """Yield the kind of helper behind a talent."""
    owner = party(proposals.hood, row.owner)
    role = None if owner is None else role_of(row, owner)
    yield "initiative" if role is None else role.value


def _turns(proposals: Proposals, kinds: dict[tuple[str, str], None]) -> Iterator[tuple[str, str]]:
    """Yield the kind and provider of every part; rides there and back by one are one."""
    talents = {row.talent: row for row in proposals.hood.talents}
    for plan in proposals.items:
        once = {(leg.provider, leg.talent) for leg in plan.legs}
        for provider, talent in sorted(once, key=str):
            row = talents.get(talent or "")
            if row is not None:
                kind = next(_kinds(proposals, row))
            else:
                kind = next((k for k, owner in kinds if owner == provider), "initiative")
            yield kind, provider


# --- the picture --------------------------------------------------------------------------------


def draw_load(
    shown: Released[LoadFacts], *, ax: Axes | None = None, language: str | None = None
) -> Axes:
    """Draw for each kind of helper how many are still free and how many have a part.

    Parameters
    ----------
    shown : Released
        What :func:`load_facts` gave.
    ax : Axes, optional
        Where to draw. Default: a new figure.
    language : str, optional
        ``nl`` or ``en``. Default: the team's.

    Returns
    -------
    matplotlib.axes.Axes
        The picture.

    Examples
    --------
    >>> from assetmap.match import propose
    >>> from assetmap.model import Neighbourhood
    >>> ax = draw_load(load_facts(propose(Neighbourhood(), "2026-W48")), language="en")
    >>> ax.get_title(loc="left")
    'Who can help in week 48, and how much is asked of them'
    """
    facts = require(shown, Audience.TEAM, Audience.RESEARCH, *COUNTED)
    lang = language_of(facts, language)
    with drawing():
        ax = sheet(ax, 8.5, 4.2)
        further: list[str] = []
        if all(each.free == 0 == each.busy for each in facts.kinds):
            emptied(ax, tell("load.empty", lang))
        else:
            _draw_bars(ax, facts, lang)
            further.append(tell("load.read", lang))
            if shown.audience is not Audience.TEAM:
                further.append(tell("hidden-read", lang))
        title = tell("load.title", lang, number=int(facts.week.rpartition("W")[2]))
        return finish(ax, shown, title, *further, lang=lang, room=(42, 10))


def _draw_bars(ax: Axes, facts: LoadFacts, lang: str) -> None:
    looks = {"free": (OFFERED, None), "busy": (ASKED, "////")}
    longest = max(1, *((each.free or 0) + (each.busy or 0) for each in facts.kinds))
    for row, each in enumerate(facts.kinds):
        left = 0
        for state, count in (("free", each.free), ("busy", each.busy)):
            colour, hatch = looks[state]
            if count:
                ax.barh(
                    row,
                    count,
                    left=left,
                    height=0.56,
                    color=colour,
                    hatch=hatch,
                    edgecolor=INK,
                    linewidth=0.8,
                    gid=f"{state}-{each.kind}",
                )
                left += count
        ax.text(
            left + longest * 0.02,
            row,
            _told(each, lang),
            va="center",
            fontsize=9,
            color=INK,
            gid="turns",
        )
    ax.set_yticks(range(len(HELPER_KINDS)), [tell(f"load.{k}", lang) for k in HELPER_KINDS])
    ax.set_ylim(len(HELPER_KINDS) - 0.5, -0.5)
    ax.set_xlim(0, longest * 1.75)
    ax.set_xlabel(tell("load.unit", lang), color=INK)
    ax.locator_params(axis="x", integer=True, nbins=7)
    ax.tick_params(axis="y", length=0)
    ax.spines[["top", "right", "left"]].set_visible(False)
    _legend(ax, lang)


def _told(each: KindLoad, lang: str) -> str:
    """Say how many are free and have a part, and how often a kind has a turn."""
    mark = hidden_mark(lang)
    counts = {
        name: mark if count is None else number(count, lang)
        for name, count in (("free", each.free), ("busy", each.busy), ("turns", each.turns))
    }
    return tell("load.counts", lang, **counts)


def _legend(ax: Axes, lang: str) -> None:
    from matplotlib.patches import Patch

    handles = [
        Patch(facecolor=OFFERED, edgecolor=INK, label=tell("load.free", lang)),
        Patch(facecolor=ASKED, edgecolor=INK, hatch="////", label=tell("load.busy", lang)),
    ]
    ax.legend(handles=handles, loc="lower right", frameon=False, fontsize=9)
