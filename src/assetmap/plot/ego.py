"""One person and the people around them, what they can do first; for the team only."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from math import atan2, cos, degrees, pi, sin
from typing import TYPE_CHECKING, Annotated, Any

from assetmap import graph
from assetmap.model import Neighbourhood
from assetmap.overview.common import live
from assetmap.plot.canvas import (
    INK,
    OFFERED,
    clear,
    drawing,
    emptied,
    finish,
    language_of,
    sheet,
    tell,
)
from assetmap.plot.counting import Label, for_reader, label, open_need, served, theme_of
from assetmap.privacy import Audience, Discloses, Released, release, require
from assetmap.texts import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["AroundDot", "EgoFacts", "draw_ego", "ego_facts"]


_TURNED = 14
"""With more people around, their names are written outward, so that none lies over another."""


@dataclass(frozen=True, slots=True)
class AroundDot:
    """Somebody around the person.

    Attributes
    ----------
    id, called : str or None
        Who it is.
    relations : tuple of str
        What the tie is, such as ``friend``.
    worker : bool or None
        Whether it is a worker.
    knows : tuple of str
        Who else around the person they know.
    """

    id: Annotated[str | None, Discloses.PERSON]
    called: Annotated[str | None, Discloses.CALLED]
    relations: Annotated[tuple[str, ...] | None, Discloses.TEAM]
    worker: Annotated[bool | None, Discloses.TRAIT]
    knows: Annotated[tuple[str, ...] | None, Discloses.PERSON]


@dataclass(frozen=True, slots=True)
class EgoFacts:
    """What the picture of one person shows.

    Attributes
    ----------
    day : date
        The day.
    language : str
        The team's language.
    id, called : str or None
        Who it is.
    talents, needs : tuple of Label
        What they offer, and what they ask.
    around : tuple of AroundDot
        Whom they know.
    """

    day: Annotated[dt.date, Discloses.OPEN]
    language: Annotated[str, Discloses.OPEN]
    id: Annotated[str | None, Discloses.PERSON]
    called: Annotated[str | None, Discloses.CALLED]
    talents: tuple[Label, ...]
    needs: tuple[Label, ...]
    around: tuple[AroundDot, ...]


def ego_facts(hood: Neighbourhood, person: str, *, asof: dt.date) -> Released[EgoFacts]:
    """Gather one person's talents, questions and ties, for the team.

    Parameters
    ----------
    hood : Neighbourhood
        All tables; what is about safety is left out.
    person : str
        Id of the person.
    asof : date
        The day.

    Raises
    ------
    UnknownName
        There is no such person.

    Examples
    --------
    >>> import datetime as dt
    >>> from assetmap.model import Neighbourhood, Person, Talent, Tie
    >>> hood = Neighbourhood.from_records(
    ...     Person(person="p1", called="Ans"),
    ...     Person(person="p2", called="Bo"),
    ...     Talent(talent="t1", owner="p1", category="garden"),
    ...     Tie(a="p1", b="p2", kind="friend"),
    ... )
    >>> shown = ego_facts(hood, "p1", asof=dt.date(2026, 11, 23)).value
    >>> [each.id for each in shown.talents], [(dot.called, dot.relations) for dot in shown.around]
    (['garden'], [('Bo', ('friend',))])
    """
    rest = for_reader(hood, served(Audience.TEAM))
    row = rest.person(person.removeprefix("person:"))
    network = graph.people(graph.build(rest, asof=asof))
    own = f"person:{row.person}"
    people = {f"person:{each.person}": each for each in rest.people}
    near = sorted(network[own])
    refs = {row.person, own}
    offers = [t for t in rest.talents if t.owner in refs and live(t, asof)]
    asks = [n for n in rest.needs if n.owner in refs and open_need(n, asof)]
    facts = EgoFacts(
        day=asof,
        language=hood.policy.language,
        id=own,
        called=row.called,
        talents=_labels(rest, offers),
        needs=_labels(rest, asks),
        around=tuple(
            AroundDot(
                node,
                people[node].called,
                tuple(network.edges[own, node]["kinds"].split("|")),
                people[node].is_worker,
                tuple(other for other in near if network.has_edge(node, other)),
            )
            for node in near
        ),
    )
    return release(facts, Audience.TEAM)


def _labels(hood: Neighbourhood, rows: Iterable[Any]) -> tuple[Label, ...]:
    known = {row.category for row in rows if theme_of(hood, row.category)}
    return tuple(label(hood, category) for category in sorted(known))


# --- the picture --------------------------------------------------------------------------------


def draw_ego(
    shown: Released[EgoFacts], *, ax: Axes | None = None, language: str | None = None
) -> Axes:
    """Draw one person amid those they know: talents first, then whom they know, then questions.

    Parameters
    ----------
    shown : Released
        What :func:`ego_facts` gave.
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
    >>> import datetime as dt
    >>> from assetmap.model import Neighbourhood, Person
    >>> hood = Neighbourhood.from_records(Person(person="p1", called="Ans"))
    >>> shown = ego_facts(hood, "p1", asof=dt.date(2026, 11, 23))
    >>> draw_ego(shown, language="en").get_title(loc="left")
    'What Ans can do, and whom Ans knows'
    """
    facts = require(shown, Audience.TEAM)
    lang = language_of(facts, language)
    name = facts.called or facts.id or ""
    with drawing():
        ax = sheet(ax, 9.0, 6.6)
        if facts.around:
            _draw_around(ax, facts, name, lang)
        else:
            emptied(ax, tell("ego.alone", lang))
        ax.set_aspect("equal", adjustable="box")
        ax.set_axis_off()
        ax.annotate(
            _sides(facts, lang),
            (1.0, 1.0),
            xycoords="axes fraction",
            xytext=(10, 0),
            textcoords="offset points",
            va="top",
            fontsize=9.5,
            color=INK,
            linespacing=1.45,
            gid="sides",
        )
        title = tell("ego.title", lang, name=name)
        read = tell("ego.read", lang, day=facts.day, year=facts.day.year)
        return finish(ax, shown, title, read, lang=lang, room=(6, 10), named=True)


def _sides(facts: EgoFacts, lang: str) -> str:
    """Return what stands beside the picture: talents, and then questions."""
    lines = []
    for key, labels in (("talents", facts.talents), ("needs", facts.needs)):
        lines.append(tell(f"ego.{key}", lang))
        names = [each.said[lang] for each in labels] or [tell("ego.nothing", lang)]
        for each in names:
            lines += textwrap.wrap(f"• {each}", 30, subsequent_indent="   ")
        lines.append("")
    return "\n".join(lines).rstrip()


def _draw_around(ax: Axes, facts: EgoFacts, name: str, lang: str) -> None:
    count = len(facts.around)
    at = {
        dot.id: (sin(2 * pi * place / count), cos(2 * pi * place / count))
        for place, dot in enumerate(facts.around)
    }
    for dot in facts.around:
        x, y = at[dot.id]
        ax.plot([0, x], [0, y], color="#7A7A7A", linewidth=1.3, zorder=1, gid="tie")
        for other in dot.knows or ():
            if dot.id is not None and dot.id < other:
                ax.plot(
                    *zip((x, y), at[other], strict=True),
                    color="#BDBDBD",
                    linewidth=0.8,
                    linestyle="--",
                    zorder=0,
                    gid="among",
                )
    for worker, marker, colour in ((False, "o", "#9ECAE1"), (True, "s", "#D9D9D9")):
        dots = [dot for dot in facts.around if bool(dot.worker) is worker]
        if dots:
            ax.scatter(
                [at[d.id][0] for d in dots],
                [at[d.id][1] for d in dots],
                marker=marker,
                s=130,
                color=colour,
                edgecolors=INK,
                zorder=3,
                gid=f"around-{marker}",
                label=say(f"words.kind.{'worker' if worker else 'resident'}", lang),
            )
    ax.scatter([0], [0], marker="*", s=420, color=OFFERED, edgecolors=INK, zorder=3, gid="ego")
    ax.annotate(
        name,
        (0, 0),
        xytext=(0, 13),
        textcoords="offset points",
        ha="center",
        fontsize=11,
        fontweight="bold",
        color=INK,
        path_effects=clear(),
        zorder=5,
    )
    _write_names(ax, facts, at, lang)
    wide = 2.45 if len(facts.around) > _TURNED else 1.5
    ax.set_xlim(-wide, wide)
    ax.set_ylim(0.2 - wide, wide - 0.2)
    ax.legend(loc="lower left", bbox_to_anchor=(1.0, 0.0), frameon=False, fontsize=9)


def _write_names(
    ax: Axes, facts: EgoFacts, at: dict[str | None, tuple[float, float]], lang: str
) -> None:
    """Write outside the circle who each is, and what the tie is."""
    turned = len(facts.around) > _TURNED
    for dot in facts.around:
        x, y = at[dot.id]
        side = 0.0 if turned else 0.3
        ax.annotate(
            f"{dot.called or dot.id}{', ' if turned else chr(10)}{_relation(dot, lang)}",
            (x, y),
            xytext=(12 * x, 12 * y),
            textcoords="offset points",
            ha="left" if x > side else "right" if x < -side or turned else "center",
            va="center" if turned or abs(y) <= 0.3 else "bottom" if y > 0 else "top",
            rotation=_along(x, y) if turned else 0.0,
            rotation_mode="anchor",
            fontsize=8.5,
            color=INK,
            path_effects=clear(),
            zorder=5,
            gid="name",
        )


def _along(x: float, y: float) -> float:
    """Return the angle of a text that is written outward, and never upside down."""
    angle = degrees(atan2(y, x))
    return angle if x > 0 else angle - 180


def _relation(dot: AroundDot, lang: str) -> str:
    kinds = (dot.relations or ())[:2]
    named = [
        tell("ego.unknown", lang)
        if kind == "unknown"
        else tell("ego.arrangement", lang)
        if kind == "arrangement"
        else say(f"words.tie.{kind}", lang)
        for kind in kinds
    ]
    return ", ".join(named)
