"""Signals on a line of time: each card of the list, its weeks counted again from the tables."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from assetmap import plot
from assetmap.model import Lane, Membership, Need, Neighbourhood, Organisation, Person, TeamHours
from assetmap.signals import detect
from tests.plot.conftest import DAY, texts_of, with_gid


def street(gaps: list[int], *, sensitive: bool = False) -> Neighbourhood:
    """Make a question about homework for each number of days before the meeting."""
    return Neighbourhood.from_records(
        *[Person(person=f"p{n}", area="north") for n in range(len(gaps))],
        *[
            Need(
                need=f"n{n}",
                owner=f"p{n}",
                category="homework",
                since=DAY - dt.timedelta(gap),
                sensitive=sensitive,
            )
            for n, gap in enumerate(gaps)
        ],
    )


def rows_of(hood: Neighbourhood, audience: str = "team") -> dict[Lane, Any]:
    """Return the first row of each lane."""
    shown = plot.signal_facts(detect(hood, asof=DAY), hood, audience=audience).value
    return {row.lane: row for row in reversed(shown.rows)}


def test_each_card_of_the_list_is_a_row(linden: Neighbourhood) -> None:
    """In the order of the list, without the cards for one worker."""
    found = detect(linden, asof=DAY)
    shown = plot.signal_facts(found, linden)
    cards = [card for card in found.cards if type(card).__name__ == "Card"]
    assert [row.lane for row in shown.value.rows] == [card.lane for card in cards]
    assert [row.talents for row in shown.value.rows] == [card.talents for card in cards]
    assert not {row.lane for row in shown.value.rows} & {Lane.VISIT, Lane.ALONE}
    ax = plot.draw_signals(shown)
    assert len(ax.get_yticks()) == len(cards)


def test_weeks_end_on_the_day_and_count_households() -> None:
    """Today and six days ago are this week, seven days ago the week before; half a year back."""
    row = rows_of(street([0, 6, 7, 13, 14, 181, 182]))[Lane.AGREEMENT]
    assert {week.ago: week.count for week in row.weeks if week.count} == {0: 2, 1: 2, 2: 1, 25: 1}
    assert len(row.weeks) == 26


def test_bars_are_as_high_as_the_counts_and_dark_within_the_period() -> None:
    """The highest has its number; what was looked at is shaded."""
    hood = street([1, 2, 8, 100])
    shown = plot.signal_facts(detect(hood, asof=DAY), hood)
    ax = plot.draw_signals(shown)
    first = [bar for bar in with_gid(ax, "week") if bar.get_y() == len(shown.value.rows) - 1]
    heights = {round(-bar.get_x() - bar.get_width()): bar.get_height() for bar in first}
    by_week = {week.ago: week.count for week in shown.value.rows[0].weeks if week.count}
    most = max(by_week.values())
    assert heights == {ago: pytest.approx(0.62 * n / most) for ago, n in by_week.items()}
    colours = {bar.get_facecolor() for bar in first}
    assert len(colours) == 2
    assert {text.get_text() for text in with_gid(ax, "most")} >= {str(most)}
    assert len(with_gid(ax, "period")) == len(shown.value.rows)


def test_a_backlog_counts_what_was_open_each_week() -> None:
    """Of twelve questions of ten weeks, one more is open each week."""
    hood = street([7 * n for n in range(12)])
    rows = rows_of(hood)
    if Lane.BACKLOG not in rows:
        pytest.fail("a list that only grows is a signal")
    weeks = {week.ago: week.count for week in rows[Lane.BACKLOG].weeks}
    assert [weeks[ago] for ago in range(13)] == [12 - ago for ago in range(13)]


def test_hours_are_a_line_with_what_was_agreed() -> None:
    """Each week its part for the neighbourhood; dashed is the part of the memberships."""
    weeks = [f"2026-W{n}" for n in range(22, 48)]
    hood = Neighbourhood.from_records(
        Person(person="w1", kind="worker"),
        Organisation(organisation="team", kind="team"),
        Membership(member="w1", party="team", purpose="community", hours_week=20),
        Membership(member="w1", party="team", purpose="cases", hours_week=20, role="second"),
        *[
            TeamHours(week=week, worker="w1", purpose=purpose, hours=hours)
            for at, week in enumerate(weeks)
            for purpose, hours in (("community", 20 if at < 14 else 4), ("cases", 20))
        ],
    )
    row = rows_of(hood)[Lane.BALANCE]
    assert row.agreed == 0.5
    assert [week.share for week in row.weeks][:1] == [pytest.approx(4 / 24)]
    assert row.weeks[-1].share == 0.5
    shown = plot.signal_facts(detect(hood, asof=DAY), hood)
    ax = plot.draw_signals(shown, language="en")
    (line,) = with_gid(ax, "agreed")
    base = len(shown.value.rows) - 1 - [r.lane for r in shown.value.rows].index(Lane.BALANCE)
    assert line.get_ydata().tolist() == pytest.approx([base + 0.4] * 2)
    assert any("agreed: 50%" in text for text in texts_of(ax))


def test_others_see_protected_weeks_and_none_of_what_is_sensitive() -> None:
    """Three households in a week are a dash; a sensitive theme is not there at all."""
    hood = street([1, 2, 3, 8, 9, 10, 11, 12, 15, 16, 17, 18, 19, 20])
    row = rows_of(hood, "council")[Lane.AGREEMENT]
    assert [row.weeks[ago].count for ago in range(4)] == [None, 5, 5, 0]
    ax = plot.draw_signals(plot.signal_facts(detect(hood, asof=DAY), hood, audience="council"))
    assert with_gid(ax, "hidden")
    hidden = street([1, 2, 3, 8, 9, 10, 11, 12, 15, 16, 17], sensitive=True)
    for row in rows_of(hidden, "council").values():
        assert all(not week.count for week in row.weeks)


def test_what_fits_stands_before_how_many_ask(linden: Neighbourhood) -> None:
    """Talents first, in every row of the text beside the picture."""
    ax = plot.draw_signals(plot.signal_facts(detect(linden, asof=DAY), linden), language="en")
    for text in with_gid(ax, "beside"):
        lines = text.get_text().splitlines()
        assert "fit" in lines[0]
