"""Questions wait longer, or the list grows; open ones count as much as closed ones."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.lanes import backlog
from assetmap.lanes.card import Card
from assetmap.lanes.results import Lack, LaneResult, Verdict
from assetmap.lanes.scene import scene_of
from assetmap.lanes.waits import flow, little, waits
from assetmap.model import Arrangement, Decision, Person, Talent
from tests.lanes.hoods import DAY, ago, asked, hood_of, people

FOLK = people(60)


def _look(*records: Any, **own: Any) -> LaneResult:
    scene = scene_of(hood_of(*records, settings=own), DAY)
    return backlog.look(scene, scene.settings)


def _cards(*records: Any, **own: Any) -> dict[str, Card]:
    return {card.card or "": card for card in _look(*records, **own).cards}


def _need(at: int, since: int, closed: int | None = None, **cells: Any) -> Any:
    """Make the question of one resident, of so many days ago, closed so many days ago."""
    day = None if closed is None else ago(closed)
    return asked(f"n{at:02}", f"p{at}", since, closed_on=day, **cells)


SPELLS = st.lists(
    st.tuples(
        st.sampled_from(["p0", "p1"]),
        st.sampled_from(["meal", "ride"]),
        st.integers(0, 40),
        st.none() | st.integers(0, 30),
    ),
    max_size=8,
)


@settings(max_examples=80, deadline=None)
@given(spells=SPELLS)
def test_who_waits_on_each_day_is_counted_day_by_day(
    spells: list[tuple[str, str, int, int | None]],
) -> None:
    """Mark every day on which somebody waits for something: once, however often they asked.

    What comes in is a day marked after one that is not, what goes out the other way round.
    """
    needs = [
        asked(f"n{at}", who, since, category=what, closed_on=_closed(since, wait))
        for at, (who, what, since, wait) in enumerate(spells)
    ]
    found, undated = waits(hood_of(people(2), needs), DAY)
    marked: dict[tuple[str, str], set[int]] = {}
    for who, what, since, wait in spells:
        last = 0 if _closed(since, wait) is None else max(0, since - (wait or 0) + 1)
        marked.setdefault((who, what), set()).update(range(last, since + 1))
    assert undated == 0
    for back in range(43):
        waiting = {(w.owner, w.category) for w in found if w.open_on(ago(back))}
        assert waiting == {key for key, days in marked.items() if back in days}
    own = flow(found, DAY, 6)
    counts = [sum(back in days for days in marked.values()) for back in range(43)]
    assert own.open == tuple(counts[back] for back in range(42, -1, -7))
    assert all(
        after - before == came - gone
        for before, after, came, gone in zip(
            own.open, own.open[1:], own.inflow, own.outflow, strict=False
        )
    )
    assert own.rose == sum(a < b for a, b in zip(own.open, own.open[1:], strict=False))


def _closed(since: int, wait: int | None) -> dt.date | None:
    """Return when it was closed; a day that is still to come is not known yet."""
    return None if wait is None or wait > since else ago(since - wait)


def test_a_wait_ends_when_it_is_arranged_or_done() -> None:
    """The first of closing, an arrangement, and a decision; one without a day is left out."""
    hood = hood_of(
        people(4),
        [_need(at, 50) for at in range(4)],
        Arrangement(arrangement="r0", need="n00", leg="help", provider="p3", since=ago(40)),
        Decision(plan="x", need="n01", provider="p3", date=ago(30), decision="done"),
        Arrangement(arrangement="r2", need="n02", leg="help", provider="p3"),
    )
    found, undated = waits(hood, DAY)
    assert [(each.needs, each.days(DAY)) for each in found] == [
        (("n00",), 10),
        (("n01",), 20),
        (("n03",), 50),
    ]
    assert undated == 1


def test_a_list_that_grows_week_after_week() -> None:
    """Two come in every week and one goes out: in eight of eight weeks it is longer."""
    rows = [_need(at, 3 * at) for at in range(40)]
    closed = [_need(40 + at, 60, 4 + 7 * at) for at in range(8)]
    card = _cards(FOLK, rows, closed)["backlog|-|grows"]
    assert card.basis is not None
    assert card.basis.rule.said("nl") == "De lijst werd langer in 8 van de 8 weken."
    assert card.basis.baseline is not None
    assert card.basis.baseline.said("nl") == "De oudste open vraag wacht 117 dagen."
    assert card.surprise is None
    assert (card.count, card.people) == (40, 40)
    assert len(card.evidence or ()) == 40


def test_more_came_than_went_and_a_coin_would_seldom_do_it() -> None:
    """Fourteen in and four out in bursts: 1.5 % of fair coins; nine and six is nothing."""
    old = [_need(at, 100, 90) for at in range(12)]
    burst = [_need(12 + at, 9) for at in range(14)]
    gone = [_need(26 + at, 70, 30) for at in range(4)]
    card = _cards(FOLK, old, burst, gone)["backlog|-|grows"]
    assert card.basis is not None
    assert card.basis.rule.said("nl") == "Er kwamen 14 vragen bij, en er gingen er 4 af."
    assert card.surprise is not None
    assert card.surprise.p == pytest.approx(4048 / 262144)
    calm = [_need(12 + at, 9) for at in range(9)], [_need(26 + at, 70, 30) for at in range(6)]
    assert "backlog|-|grows" not in _cards(FOLK, old, *calm)


def test_the_latest_questions_wait_longer_than_those_before() -> None:
    """Half a year ago all were answered in a week; of the last weeks nearly none is."""
    before = [_need(at, 120 + 5 * at, 113 + 5 * at) for at in range(20)]
    now = [_need(20 + at, 14 + 3 * at) for at in range(18)]
    answered = [_need(40 + at, 80, 78 - at) for at in range(6)]
    found = _cards(FOLK, before, now, answered, list_weeks=4)
    card = found["backlog|-|slower"]
    assert card.basis is not None
    assert card.basis.baseline is not None
    assert card.basis.baseline.said("nl").startswith("De helft is klaar na 7 dagen")
    assert card.basis.rule.said("nl") == "Van 24 vragen is nog niet de helft klaar."
    assert card.surprise is not None
    assert (card.surprise.p or 1) < 0.001
    other_way = [_need(at, 260 - at, 100) for at in range(20)]
    quick = [_need(20 + at, 40 + at, 38 + at) for at in range(20)]
    assert "backlog|-|slower" not in _cards(FOLK, other_way, quick)


def test_one_theme_waits_longer_than_the_others() -> None:
    """Rides wait for months, the rest for days; the talent that fits is on the card."""
    rides = [_need(at, 100 + at, category="ride") for at in range(12)]
    meals = [_need(12 + at, 100 + at, 95 + at, category="meal") for at in range(14)]
    driver = Person(person="d", area="north")
    talent = Talent(talent="t1", owner="d", category="ride")
    found = _cards(FOLK, driver, talent, rides, meals)
    card = found["backlog|ride|slower"]
    assert (card.theme, card.count, card.talents) == ("ride", 12, 1)
    assert "backlog|meal|slower" not in found


def test_a_list_that_nobody_cleans_up_is_doubted() -> None:
    """Forty stand open for months, while what comes in is done in two days: perhaps not closed."""
    stale = [_need(at, 200 + at) for at in range(40)]
    quick = [_need(40 + at, 5 + at, 3 + at) for at in range(6)]
    fresh = [_need(46 + at, 2) for at in range(14)]
    card = _cards(FOLK, stale, quick, fresh)["backlog|-|grows"]
    assert any("niet afgesloten" in line.said("nl") for line in card.others)
    found, _ = waits(hood_of(FOLK, quick), DAY)
    length, expected = little(found, DAY, 8) or (0.0, 0.0)
    days = [sum(each.open_on(ago(back)) for each in found) for back in range(56)]
    assert length == pytest.approx(sum(days) / 56)
    assert expected == pytest.approx(6 / 56 * 2)
    assert little((), DAY, 8) is None


def test_what_it_needs_to_say_anything() -> None:
    """Days, enough of them, and enough questions."""
    assert [each.lack for each in _look(FOLK).lacking] == [Lack.NOTHING_KNOWN]
    blank = [asked("n0", "p0", 5).model_copy(update={"since": None})]
    assert [each.lack for each in _look(FOLK, blank).lacking] == [Lack.NO_DATES]
    short = _look(FOLK, [_need(at, at) for at in range(20)])
    assert short.verdict is Verdict.CANNOT_SAY
    assert [each.lack for each in short.lacking] == [Lack.LITTLE_HISTORY]
    (few,) = _look(FOLK, [_need(at, 100 + at) for at in range(9)]).lacking
    assert few.said("nl") == "Er zijn te weinig vragen om te vergelijken: 9. Nodig zijn er 10."
