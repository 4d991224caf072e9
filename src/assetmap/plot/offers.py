"""What is offered against what is asked, by theme and area."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Annotated, TypeAlias

from assetmap.model import Neighbourhood
from assetmap.overview.common import homes_of, live
from assetmap.overview.homes import area_of
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
from assetmap.plot.counting import (
    COUNTED,
    Label,
    area_names,
    for_reader,
    label,
    open_need,
    served,
    theme_of,
)
from assetmap.privacy import Audience, CountTable, Discloses, Released, release, require

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["OfferFacts", "draw_offers", "offer_facts"]

_MOST_AREAS = 8
_UNKNOWN = "unknown"
_WIDE = 0.62
"""What the longest bar takes of a column."""


@dataclass(frozen=True, slots=True)
class OfferFacts:
    """What the picture of offers and questions shows.

    Attributes
    ----------
    day : date
        The day.
    language : str
        The team's language.
    themes : tuple of Label
        Those with most offers first, then those that are only asked.
    areas : tuple of Label
        Those where most is offered first, at most eight; ``unknown`` last.
    offered, asked : CountTable
        How many talents and open questions by theme and area; protected outside the team.
    left : int
        How many further areas have no column; they count in the totals.
    """

    day: Annotated[dt.date, Discloses.OPEN]
    language: Annotated[str, Discloses.OPEN]
    themes: tuple[Label, ...]
    areas: tuple[Label, ...]
    offered: Annotated[CountTable, Discloses.COUNT]
    asked: Annotated[CountTable, Discloses.COUNT]
    left: Annotated[int, Discloses.OPEN]


def offer_facts(
    hood: Neighbourhood, audience: str = Audience.TEAM, *, asof: dt.date
) -> Released[OfferFacts]:
    """Count what is offered and what is asked, by theme and area.

    Parameters
    ----------
    hood : Neighbourhood
        All tables; what is about safety is left out, and for others than the team what is
        sensitive.
    audience : Audience, default "team"
        Outside the team small counts are hidden, with what they could be worked out from, and
        others rounded.
    asof : date
        The day: talents that are there, questions that are open.

    Examples
    --------
    >>> import datetime as dt
    >>> from assetmap.model import Need, Neighbourhood, Person, Talent
    >>> hood = Neighbourhood.from_records(
    ...     Person(person="p1", area="north"),
    ...     Person(person="p2", area="north"),
    ...     Talent(talent="t1", owner="p2", category="garden"),
    ...     Need(need="n1", owner="p1", category="ride"),
    ... )
    >>> shown = offer_facts(hood, asof=dt.date(2026, 11, 23)).value
    >>> [theme.id for theme in shown.themes], shown.offered.cells["garden", "north"]
    (['garden', 'ride'], 1)
    """
    reader = served(audience)
    rest = for_reader(hood, reader)
    offered = [
        (theme, area_of(rest, row) or _UNKNOWN, row.owner)
        for row in rest.talents
        if live(row, asof) and (theme := theme_of(rest, row.category))
    ]
    asked = [
        (theme, area_of(rest, row) or _UNKNOWN, row.owner)
        for row in rest.needs
        if open_need(row, asof) and (theme := theme_of(rest, row.category))
    ]
    themes = _most_first(offered, asked, 0)
    areas = _most_first(offered, asked, 1)
    areas = [*(a for a in areas if a != _UNKNOWN), *(a for a in areas if a == _UNKNOWN)]
    homes = homes_of(rest)
    facts = OfferFacts(
        day=asof,
        language=hood.policy.language,
        themes=tuple(label(rest, theme) for theme in themes),
        areas=tuple(area_names(rest, areas[:_MOST_AREAS], reader).values()),
        offered=_table(offered, themes, areas, homes),
        asked=_table(asked, themes, areas, homes),
        left=len(areas[_MOST_AREAS:]),
    )
    return release(facts, reader, thresholds=hood.policy.privacy)


def _most_first(
    offered: Iterable[tuple[str, str, str]], asked: Iterable[tuple[str, str, str]], at: int
) -> list[str]:
    has, wants = Counter(row[at] for row in offered), Counter(row[at] for row in asked)
    return sorted(has.keys() | wants.keys(), key=lambda each: (-has[each], -wants[each], each))


def _table(
    rows: Iterable[tuple[str, str, str]],
    themes: list[str],
    areas: list[str],
    homes: Mapping[str, str],
) -> CountTable:
    things = [((theme, area), owner) for theme, area, owner in rows]
    return CountTable.tally(things, cells=product(themes, areas), households=homes)


# --- the picture --------------------------------------------------------------------------------


def draw_offers(
    shown: Released[OfferFacts], *, ax: Axes | None = None, language: str | None = None
) -> Axes:
    """Draw for each theme, in all areas and in each, how much is offered and how much asked.

    Parameters
    ----------
    shown : Released
        What :func:`offer_facts` gave.
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
    >>> from assetmap.model import Neighbourhood
    >>> shown = offer_facts(Neighbourhood(), asof=dt.date(2026, 11, 23))
    >>> draw_offers(shown, language="en").get_title(loc="left")
    'What is offered, and what is asked'
    """
    facts = require(shown, Audience.TEAM, Audience.RESEARCH, *COUNTED)
    lang = language_of(facts, language)
    with drawing():
        columns = 1 + len(facts.areas)
        ax = sheet(ax, 3.2 + 1.15 * columns, 2.8 + 0.36 * len(_told(facts)))
        further: list[str] = []
        if _told(facts):
            _draw_table(ax, facts, lang)
            further.append(tell("offers.read", lang, day=facts.day, year=facts.day.year))
            if shown.audience is not Audience.TEAM:
                further.append(tell("hidden-read", lang))
            if few := len(facts.themes) - len(_told(facts)):
                further.append(tell("offers.few", lang, n=few))
            if facts.left:
                further.append(tell("offers.left", lang, n=facts.left))
        else:
            emptied(ax, tell("offers.empty", lang))
        return finish(ax, shown, tell("offers.title", lang), *further, lang=lang, room=(12, 10))


def _draw_table(ax: Axes, facts: OfferFacts, lang: str) -> None:
    """Draw two small bars in every cell, each column on its own scale for the totals."""
    themes, columns = _told(facts), _columns(facts, lang)
    scales = _scales(columns)
    for at, (_, offered, asked) in enumerate(columns):
        for row, theme in enumerate(themes):
            y = len(themes) - 1 - row
            _bar(ax, (at, y + 0.19), offered[theme.id], scales[at], offered=True)
            _bar(ax, (at, y - 0.19), asked[theme.id], scales[at], offered=False)
            for off, count in ((0.19, offered[theme.id]), (-0.19, asked[theme.id])):
                text = hidden_mark(lang) if count is None else str(count) if count else ""
                beside = at + _WIDE * (count or 0) / scales[at] + 0.03
                ax.text(
                    beside, y + off - 0.01, text, va="center", fontsize=7.5, color=INK, gid="count"
                )
    ax.set_xlim(-0.08, len(columns))
    ax.set_ylim(-0.6, len(themes) - 0.4)
    ax.set_yticks(range(len(themes)), [t.said[lang] for t in reversed(themes)])
    ax.set_xticks(
        [at + 0.02 for at in range(len(columns))], [_short(c[0]) for c in columns], ha="left"
    )
    ax.xaxis.set_ticks_position("top")
    ax.tick_params(length=0, labelsize=9, labelcolor=INK)
    ax.spines[:].set_visible(False)
    for at in range(len(columns)):
        ax.axvline(at, color="#999999", linewidth=0.8, zorder=0)
    for y in range(len(themes) + 1):
        ax.axhline(y - 0.5, color="#DDDDDD", linewidth=0.6, zorder=0)
    _legend(ax, lang)


def _told(facts: OfferFacts) -> list[Label]:
    """Return the themes of which at least one total is shown."""
    totals = (facts.offered.row_totals, facts.asked.row_totals)
    return [theme for theme in facts.themes if any(part[theme.id] for part in totals)]


Column: TypeAlias = "tuple[str, Mapping[str, int | None], Mapping[str, int | None]]"
"""What a column is called, what is offered and what is asked in it, by theme."""


def _columns(facts: OfferFacts, lang: str) -> list[Column]:
    totals = (tell("offers.all", lang), facts.offered.row_totals, facts.asked.row_totals)
    columns: list[Column] = [totals]
    for area in facts.areas:
        offered, asked = (
            {theme.id: table.cells[theme.id, area.id] for theme in facts.themes}
            for table in (facts.offered, facts.asked)
        )
        columns.append((area.said[lang], offered, asked))
    return columns


def _short(name: str) -> str:
    """Break a name over at most two lines."""
    lines = textwrap.wrap(name, 14, break_long_words=True)
    return "\n".join(lines if len(lines) <= 2 else (lines[0], f"{lines[1][:12]}…"))


def _scales(columns: list[Column]) -> list[int]:
    """Return the largest count of the totals, and that of all areas together for each area."""
    largest = [
        max((n for part in (offered, asked) for n in part.values() if n), default=1)
        for _, offered, asked in columns
    ]
    return [largest[0], *([max(largest[1:], default=1)] * (len(largest) - 1))]


def _bar(
    ax: Axes, place: tuple[float, float], count: int | None, most: int, *, offered: bool
) -> None:
    if count:
        at, y = place
        ax.barh(
            y,
            _WIDE * count / most,
            height=0.34,
            left=at,
            color=OFFERED if offered else ASKED,
            hatch=None if offered else "////",
            edgecolor=INK,
            linewidth=0.6,
            gid=f"{'offered' if offered else 'asked'}-{at}",
        )


def _legend(ax: Axes, lang: str) -> None:
    from matplotlib.patches import Patch

    handles = [
        Patch(facecolor=OFFERED, edgecolor=INK, label=tell("offers.offered", lang)),
        Patch(facecolor=ASKED, edgecolor=INK, hatch="////", label=tell("offers.asked", lang)),
    ]
    ax.legend(
        handles=handles,
        loc="lower right",
        bbox_to_anchor=(-0.01, 1.0),
        frameon=False,
        fontsize=9,
        borderaxespad=0,
        handlelength=1.4,
    )
