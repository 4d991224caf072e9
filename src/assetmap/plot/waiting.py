"""How long questions wait, those that are still open counted too."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from assetmap.detectors import Survival, kaplan_meier
from assetmap.model import DecisionWord, Need, Neighbourhood
from assetmap.plot.canvas import INK, drawing, emptied, finish, language_of, sheet, tell
from assetmap.plot.counting import COUNTED, Label, for_reader, label, served, theme_of
from assetmap.privacy import Audience, Discloses, Released, release, require
from assetmap.texts import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["WaitCurve", "WaitStep", "WaitingFacts", "draw_waiting", "waiting_facts"]

_MOST_THEMES = 3
_LEAST = 8
"""A theme has a curve of its own when so many of its questions are known."""
_DAYS = 7.0
_COARSE = 20
"""Outside the team shares are told in twentieths."""


@dataclass(frozen=True, slots=True)
class WaitStep:
    """From so many weeks on, this share still waits."""

    weeks: Annotated[float, Discloses.OPEN]
    share: Annotated[float, Discloses.OPEN]


@dataclass(frozen=True, slots=True)
class WaitCurve:
    """One curve.

    Attributes
    ----------
    theme : Label or None
        Of which theme; None: of all questions.
    questions : int or None
        How many stand behind it.
    median : float or None
        After how many weeks half were answered; None where that is not reached.
    steps : tuple of WaitStep
        From 0 weeks on.
    """

    theme: Label | None
    questions: Annotated[int | None, Discloses.COUNT]
    median: Annotated[float | None, Discloses.OPEN]
    steps: tuple[WaitStep, ...]


@dataclass(frozen=True, slots=True)
class WaitingFacts:
    """What the picture of waiting times shows.

    Attributes
    ----------
    day : date
        Up to when.
    language : str
        The team's language.
    curves : tuple of WaitCurve
        All questions first, then the themes asked most.
    undated : int or None
        How many questions have no day on which they were asked, and are left out.
    """

    day: Annotated[dt.date, Discloses.OPEN]
    language: Annotated[str, Discloses.OPEN]
    curves: tuple[WaitCurve, ...]
    undated: Annotated[int | None, Discloses.COUNT]


def waiting_facts(
    hood: Neighbourhood, audience: str = Audience.TEAM, *, asof: dt.date
) -> Released[WaitingFacts]:
    """Estimate which share of the questions still waits, by the weeks since they were asked.

    A wait ends when the question is closed, an arrangement for it begins, or somebody decides to
    do what was proposed, whichever is first. Questions that are still open count up to `asof`
    (:func:`assetmap.detectors.kaplan_meier`).

    Parameters
    ----------
    hood : Neighbourhood
        All tables; what is about safety is left out, and for others than the team what is
        sensitive.
    audience : Audience, default "team"
        Outside the team a curve goes by whole weeks and twentieths, and ends where fewer people
        than the minimum still wait.
    asof : date
        The day.

    Examples
    --------
    >>> import datetime as dt
    >>> from assetmap.model import Need, Neighbourhood, Person
    >>> days = [dt.date(2026, 11, 2), dt.date(2026, 11, 9), None]
    >>> hood = Neighbourhood.from_records(
    ...     Person(person="p1"),
    ...     *[
    ...         Need(need=f"n{n}", owner="p1", category="ride", since="2026-10-26", closed_on=day)
    ...         for n, day in enumerate(days)
    ...     ],
    ... )
    >>> curve = waiting_facts(hood, asof=dt.date(2026, 11, 23)).value.curves[0]
    >>> [(step.weeks, round(step.share, 2)) for step in curve.steps], curve.median
    ([(0.0, 1.0), (1.0, 0.67), (2.0, 0.33), (4.0, 0.33)], 2.0)
    """
    reader = served(audience)
    rest = for_reader(hood, reader)
    waits = list(_waits(rest, asof))
    by_theme = defaultdict[str, list[_Wait]](list)
    for each in waits:
        if each.theme is not None:
            by_theme[each.theme].append(each)
    most = sorted(by_theme, key=lambda theme: (-len(by_theme[theme]), theme))[:_MOST_THEMES]
    smallest = 0 if reader is Audience.TEAM else hood.policy.privacy.minimum
    groups = [(None, waits), *((theme, by_theme[theme]) for theme in most)]
    facts = WaitingFacts(
        day=asof,
        language=hood.policy.language,
        curves=tuple(
            _curve(None if theme is None else label(rest, theme), found, smallest)
            for theme, found in groups
            if _enough(theme, found, smallest)
        ),
        undated=sum(row.since is None for row in rest.needs),
    )
    return release(facts, reader, thresholds=hood.policy.privacy)


@dataclass(frozen=True, slots=True)
class _Wait:
    """One question: how many weeks it waited, whether that ended, and whose it is."""

    theme: str | None
    owner: str
    weeks: float
    ended: bool


def _waits(hood: Neighbourhood, asof: dt.date) -> Iterator[_Wait]:
    ends = defaultdict[str, list[dt.date]](list)
    for arrangement in hood.arrangements:
        if arrangement.since is not None:
            ends[arrangement.need].append(arrangement.since)
    for decision in hood.decisions:
        if decision.decision in {DecisionWord.DO, DecisionWord.DONE}:
            ends[decision.need].append(decision.date)
    for row in sorted(hood.needs, key=lambda need: need.need):
        if row.since is not None and row.since <= asof:
            yield _wait(hood, row, [*ends[row.need], *filter(None, [row.closed_on])], asof)


def _wait(hood: Neighbourhood, row: Need, ends: Sequence[dt.date], asof: dt.date) -> _Wait:
    since = row.since or asof
    last = min((day for day in ends if since <= day <= asof), default=None)
    days = ((asof if last is None else last) - since).days
    return _Wait(theme_of(hood, row.category), row.owner, days / _DAYS, last is not None)


def _enough(theme: str | None, found: Sequence[_Wait], smallest: int) -> bool:
    """Tell whether there is something to draw, and enough people stand behind it."""
    few = len({each.owner for each in found}) < 2 * smallest
    return bool(found) and not few and (theme is None or len(found) >= _LEAST)


def _curve(theme: Label | None, found: Sequence[_Wait], smallest: int) -> WaitCurve:
    if smallest:
        found = [_Wait(w.theme, w.owner, float(-(-w.weeks // 1)), w.ended) for w in found]
    known = kaplan_meier([w.weeks for w in found], [w.ended for w in found])
    longest = max(w.weeks for w in found)
    steps = [WaitStep(0.0, 1.0), *_steps(known, found, smallest)]
    if not smallest and steps[-1].weeks < longest:
        steps.append(WaitStep(longest, steps[-1].share))
    median = known.median
    if smallest and (median is None or median > steps[-1].weeks):
        median = None
    return WaitCurve(theme, len(found), median, tuple(steps))


def _steps(known: Survival, found: Sequence[_Wait], smallest: int) -> Iterator[WaitStep]:
    for week, left in zip(known.times.tolist(), known.share.tolist(), strict=True):
        if not smallest:
            yield WaitStep(week, left)
            continue
        waiting = {each.owner for each in found if each.weeks >= week}
        if len(waiting) < smallest:
            return
        yield WaitStep(week, round(left * _COARSE) / _COARSE)


# --- the picture --------------------------------------------------------------------------------


_LINES = (("#000000", "-"), ("#0072B2", "--"), ("#D55E00", ":"), ("#009E73", "-."))
"""Colours with a pattern of their own, so that the lines differ without colour too."""


def draw_waiting(
    shown: Released[WaitingFacts], *, ax: Axes | None = None, language: str | None = None
) -> Axes:
    """Draw which share of the questions still waits, as steps over the weeks.

    Parameters
    ----------
    shown : Released
        What :func:`waiting_facts` gave.
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
    >>> shown = waiting_facts(Neighbourhood(), asof=dt.date(2026, 11, 23))
    >>> draw_waiting(shown, language="en").get_title(loc="left")
    'How soon questions find an answer'
    """
    facts = require(shown, Audience.TEAM, Audience.RESEARCH, *COUNTED)
    lang = language_of(facts, language)
    with drawing():
        ax = sheet(ax, 8.0, 5.4)
        further: list[str] = []
        if facts.curves:
            _draw_curves(ax, facts, lang)
            further.append(tell("waiting.read", lang, day=facts.day, year=facts.day.year))
            if facts.undated:
                further.append(tell("waiting.undated", lang, n=facts.undated))
        else:
            emptied(ax, tell("waiting.empty", lang))
        title = tell("waiting.title", lang)
        return finish(ax, shown, title, *further, lang=lang, room=(42, 10))


def _draw_curves(ax: Axes, facts: WaitingFacts, lang: str) -> None:
    for curve, (colour, pattern) in zip(facts.curves, _LINES, strict=False):
        ax.step(
            [step.weeks for step in curve.steps],
            [100 * (1 - step.share) for step in curve.steps],
            where="post",
            color=colour,
            linestyle=pattern,
            linewidth=2.0,
            label=_named(curve, lang),
            gid=f"curve-{'all' if curve.theme is None else curve.theme.id}",
        )
    ax.axhline(50, color="#BBBBBB", linewidth=0.8, zorder=0)
    ax.set_ylim(0, 102)
    ax.set_xlim(left=0)
    ax.set_xlabel(tell("waiting.weeks", lang), color=INK)
    ax.set_ylabel(tell("waiting.share", lang), color=INK)
    ax.yaxis.set_major_formatter(lambda value, _: f"{value:.0f}%")
    ax.spines[["top", "right"]].set_visible(False)
    ax.legend(
        loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False, fontsize=9, handlelength=3.2
    )


def _named(curve: WaitCurve, lang: str) -> str:
    """Return what stands beside a curve: of what, how many, and the wait of half of them."""
    name = tell("waiting.all", lang) if curve.theme is None else curve.theme.said[lang]
    lines = [name]
    if curve.questions is not None:
        lines.append(tell("waiting.questions", lang, n=curve.questions))
    if curve.median is None:
        lines.append(tell("waiting.no-median", lang))
    else:
        lines.append(tell("waiting.median", lang, weeks=number(round(curve.median, 1), lang)))
    return "\n".join(lines)
