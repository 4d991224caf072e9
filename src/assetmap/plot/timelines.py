"""Signals on a line of time: what fits them already, and how often something was asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from assetmap.lanes.hours import agreed_share, share_of, week_hours
from assetmap.lanes.scene import Scene
from assetmap.model import Lane, Neighbourhood, PrivacyThresholds
from assetmap.overview.common import homes_of
from assetmap.plot.canvas import (
    DARK,
    INK,
    LIGHT,
    PALE,
    drawing,
    emptied,
    finish,
    hidden_mark,
    language_of,
    sheet,
    tell,
)
from assetmap.plot.counting import COUNTED, count_behind, for_reader, limits_for, served
from assetmap.privacy import Audience, Discloses, Released, release, require
from assetmap.signals import Card, Signals, for_audience
from assetmap.texts import Language, day, number, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["SignalFacts", "SignalRow", "WeekCount", "draw_signals", "signal_facts"]

_WEEKS, _DAYS = 26, 7
_TALL = 0.62
"""What the highest bar of a row takes of it."""


@dataclass(frozen=True, slots=True)
class WeekCount:
    """How many in the week that ended so many weeks ago.

    Attributes
    ----------
    ago : int
        0 for the week that ends on the day.
    count : int or None
        Households that asked, or questions that were open.
    share : float or None
        The part of the team's hours for community building, instead of a count.
    """

    ago: Annotated[int, Discloses.OPEN]
    count: Annotated[int | None, Discloses.COUNT] = None
    share: Annotated[float | None, Discloses.OPEN] = None


@dataclass(frozen=True, slots=True)
class SignalRow:
    """One card of the list.

    Attributes
    ----------
    lane : Lane
        How it was found.
    name : Mapping of str to str
        Theme and area, by language code; blank where it is about no theme and no area.
    first, last : date or None
        The period that was looked at.
    talents, people, households : int or None
        How many talents fit, and how many stand behind it.
    weeks : tuple of WeekCount
        The weeks before, the latest first; none where a card has no history to draw.
    agreed : float or None
        The part of the hours that was agreed on.
    """

    lane: Annotated[Lane, Discloses.OPEN]
    name: Annotated[Mapping[str, str], Discloses.OPEN]
    first: Annotated[dt.date | None, Discloses.OPEN]
    last: Annotated[dt.date | None, Discloses.OPEN]
    talents: Annotated[int | None, Discloses.COUNT]
    people: Annotated[int | None, Discloses.COUNT]
    households: Annotated[int | None, Discloses.COUNT]
    weeks: tuple[WeekCount, ...]
    agreed: Annotated[float | None, Discloses.OPEN] = None


@dataclass(frozen=True, slots=True)
class SignalFacts:
    """What the picture of signals shows.

    Attributes
    ----------
    day : date
        The day of the meeting.
    language : str
        The team's language.
    rows : tuple of SignalRow
        In the order of the list.
    """

    day: Annotated[dt.date, Discloses.OPEN]
    language: Annotated[str, Discloses.OPEN]
    rows: tuple[SignalRow, ...]


def signal_facts(
    found: Signals, hood: Neighbourhood, *, audience: str = Audience.TEAM
) -> Released[SignalFacts]:
    """Gather the cards of a meeting, and the half year before it.

    Parameters
    ----------
    found : Signals
        What :func:`assetmap.signals.detect` gave.
    hood : Neighbourhood
        The tables that it was given.
    audience : Audience, default "team"
        Others see the cards that :func:`assetmap.signals.for_audience` lets leave, without the
        weeks of a sensitive theme. Cards for one worker are on no picture.

    Examples
    --------
    >>> import datetime as dt
    >>> from assetmap.model import Need, Neighbourhood, Person
    >>> from assetmap.signals import detect
    >>> hood = Neighbourhood.from_records(
    ...     *[Person(person=f"p{n}", area="north") for n in (1, 2, 3)],
    ...     *[
    ...         Need(need=f"n{n}", owner=f"p{n}", category="homework", since=f"2026-11-{n + 10}")
    ...         for n in (1, 2, 3)
    ...     ],
    ... )
    >>> shown = signal_facts(detect(hood, asof=dt.date(2026, 11, 23)), hood).value
    >>> [(row.lane.value, row.households, row.weeks[1].count) for row in shown.rows]
    [('agreement', 3, 3)]
    """
    reader = served(audience)
    scene = Scene(for_reader(hood, reader), found.asof, found.policy.signals)
    cards = for_audience(found, reader).value.cards
    inside = reader is Audience.TEAM
    sensitive = {_key(card) for card in found.cards if card.sensitive and not inside}
    limits = limits_for(reader, found.policy)
    rows = (
        SignalRow(
            lane=card.lane,
            name={lang.value: _name(card, lang) for lang in Language},
            first=card.first,
            last=card.last,
            talents=card.talents,
            people=card.people,
            households=card.households,
            weeks=() if _key(card) in sensitive else tuple(_weeks(card, scene, limits)),
            agreed=agreed_share(scene.hood, found.asof) if card.lane is Lane.BALANCE else None,
        )
        for card in cards
    )
    facts = SignalFacts(found.asof, found.policy.language, tuple(rows))
    return release(facts, reader, thresholds=found.policy.privacy)


def _key(card: Card) -> tuple[Lane, str | None, str | None]:
    return card.lane, card.theme, card.area


def _name(card: Card, lang: Language) -> str:
    theme = None if card.theme_name is None else card.theme_name.said(lang)
    return ", ".join(part for part in (theme, card.area_name or card.area) if part)


def _weeks(card: Card, scene: Scene, limits: PrivacyThresholds | None) -> Iterator[WeekCount]:
    """Yield the weeks before a card, by what it is about; nothing where it has no history."""
    if card.lane is Lane.BALANCE:
        yield from _shares(scene)
    elif card.lane is Lane.BACKLOG:
        yield from _waiting(scene, limits)
    elif card.theme is not None and (card.theme, card.area) in scene.streams:
        for ago in range(_WEEKS):
            first, last = _week(scene.asof, ago)
            asked = {
                event.household
                for event in scene.streams[card.theme, card.area]
                if first <= event.day <= last
            }
            yield WeekCount(ago, len(asked))


def _week(asof: dt.date, ago: int) -> tuple[dt.date, dt.date]:
    """Return the first and last day of the week that ended so many weeks before a day."""
    last = asof - dt.timedelta(_DAYS * ago)
    return last - dt.timedelta(_DAYS - 1), last


def _waiting(scene: Scene, limits: PrivacyThresholds | None) -> Iterator[WeekCount]:
    for ago in range(_WEEKS):
        _, last = _week(scene.asof, ago)
        waiting = [
            ("open", need.owner)
            for need in scene.needs
            if need.since is not None and need.since <= last
            and (need.closed_on is None or need.closed_on > last)
        ]  # fmt: skip
        yield WeekCount(ago, count_behind(waiting, limits, homes_of(scene.hood)).get("open", 0))


def _shares(scene: Scene) -> Iterator[WeekCount]:
    known = week_hours(scene.hood, scene.asof)
    for each in known[::-1]:
        ago = (scene.asof - each.week.sunday).days // _DAYS
        if 0 <= ago < _WEEKS:
            yield WeekCount(ago, share=share_of((each,)))


# --- the picture --------------------------------------------------------------------------------


def draw_signals(
    shown: Released[SignalFacts], *, ax: Axes | None = None, language: str | None = None
) -> Axes:
    """Draw a row for each card: what fits it already, and the half year before it.

    Parameters
    ----------
    shown : Released
        What :func:`signal_facts` gave.
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
    >>> from assetmap.model import Neighbourhood, PrivacyThresholds
    >>> from assetmap.signals import detect
    >>> hood = Neighbourhood()
    >>> shown = signal_facts(detect(hood, asof=dt.date(2026, 11, 23)), hood)
    >>> draw_signals(shown, language="en").get_title(loc="left")
    'What is already there, and what stands out'
    """
    facts = require(shown, Audience.TEAM, Audience.RESEARCH, *COUNTED)
    lang = language_of(facts, language)
    with drawing():
        ax = sheet(ax, 10.0, 2.2 + 0.78 * max(2, len(facts.rows)))
        further: list[str] = []
        if facts.rows:
            _draw_rows(ax, facts, lang)
            further.append(tell("signals.read", lang, day=facts.day, year=facts.day.year))
            if shown.audience is not Audience.TEAM:
                further.append(tell("hidden-read", lang))
        else:
            emptied(ax, tell("signals.empty", lang))
        title = tell("signals.title", lang)
        return finish(ax, shown, title, *further, lang=lang, room=(40, 10))


def _draw_rows(ax: Axes, facts: SignalFacts, lang: str) -> None:
    for at, row in enumerate(facts.rows):
        base = len(facts.rows) - 1 - at
        _draw_period(ax, row, base, facts.day)
        if row.weeks and row.weeks[0].share is not None:
            _draw_shares(ax, row, base)
        elif row.weeks:
            _draw_bars(ax, row, base, facts.day, lang)
        ax.axhline(base, color="#BBBBBB", linewidth=0.6, zorder=1)
        ax.text(0.9, base + 0.3, _beside(row, lang), va="center", fontsize=8.5, color=INK,
                linespacing=1.35, gid="beside")  # fmt: skip
    names = [f"{row.name[lang]}\n{say(f'signals.lane.{row.lane.value}', lang)}".strip()
             for row in reversed(facts.rows)]  # fmt: skip
    ax.set_yticks([at + 0.3 for at in range(len(facts.rows))], names)
    ax.set_ylim(-0.15, len(facts.rows) - 0.1)
    ax.set_xlim(-_WEEKS, 0.7)
    ticks = [-24, -16, -8, 0]
    days = (facts.day + dt.timedelta(_DAYS * tick) for tick in ticks)
    ax.set_xticks(ticks, [_short_day(each, lang) for each in days])
    ax.set_xlabel(tell("signals.unit", lang), color=INK)
    ax.tick_params(axis="both", length=0, labelsize=8.5, labelcolor=INK)
    ax.spines[:].set_visible(False)


def _short_day(each: dt.date, lang: str) -> str:
    """Return a day without its weekday."""
    return day(each, lang).split(" ", 1)[1]


def _draw_period(ax: Axes, row: SignalRow, base: float, asof: dt.date) -> None:
    """Shade the period that was looked at."""
    from matplotlib.patches import Rectangle

    if row.last is None:
        return
    end = (row.last - asof).days / _DAYS
    begin = end - 0.5 if row.first is None else ((row.first - asof).days - 1) / _DAYS
    begin = max(begin, -float(_WEEKS))
    ax.add_patch(
        Rectangle((begin, base), end - begin, 0.8, facecolor=PALE, edgecolor="none", zorder=0,
                  gid="period")
    )  # fmt: skip


def _in_period(row: SignalRow, ago: int, asof: dt.date) -> bool:
    first, last = _week(asof, ago)
    begins = row.first is None or row.first <= last
    return begins and (row.last is None or first <= row.last)


def _draw_bars(ax: Axes, row: SignalRow, base: float, asof: dt.date, lang: str) -> None:
    most = max((week.count or 0 for week in row.weeks), default=0)
    for week in row.weeks:
        if week.count is None:
            ax.text(-week.ago - 0.5, base + 0.02, hidden_mark(lang), ha="center", fontsize=7,
                    color=INK, gid="hidden")  # fmt: skip
        elif week.count:
            inside = _in_period(row, week.ago, asof)
            ax.bar(
                -week.ago - 0.5, _TALL * week.count / most, width=0.8, bottom=base,
                color=DARK if inside else LIGHT, edgecolor=INK, linewidth=0.5, zorder=2,
                gid="week",
            )  # fmt: skip
    highest = next((week for week in row.weeks if most and week.count == most), None)
    if highest is not None:
        ax.text(-highest.ago - 0.5, base + _TALL + 0.02, number(most, lang), ha="center",
                va="bottom", fontsize=7.5, color=INK, gid="most")  # fmt: skip


def _draw_shares(ax: Axes, row: SignalRow, base: float) -> None:
    """Draw the part of the hours as a line, with a dashed one for what was agreed."""
    at = [(-week.ago - 0.5, base + 0.8 * (week.share or 0.0)) for week in reversed(row.weeks)]
    ax.plot(*_columns(at), color=DARK, marker="o", markersize=3, linewidth=1.2, gid="share")
    if row.agreed is not None:
        level = base + 0.8 * row.agreed
        ax.plot([-_WEEKS, 0], [level, level], color=INK, linestyle="--", linewidth=1, gid="agreed")


def _columns(points: Sequence[tuple[float, float]]) -> tuple[list[float], list[float]]:
    return [x for x, _ in points], [y for _, y in points]


def _beside(row: SignalRow, lang: str) -> str:
    """Return what stands beside a row: what fits first, then how many are behind it."""
    lines = []
    if row.talents is not None:
        lines.append(tell("signals.talents", lang, n=row.talents))
    elif row.lane is not Lane.BALANCE:
        lines.append(tell("signals.talents-hidden", lang, mark=hidden_mark(lang)))
    if row.households:
        lines.append(tell("signals.households", lang, n=row.households))
    elif row.people:
        lines.append(tell("signals.people", lang, n=row.people))
    if row.agreed is not None:
        part = number(round(100 * row.agreed), lang)
        lines.append(tell("signals.agreed", lang, part=part))
    return "\n".join(lines)
