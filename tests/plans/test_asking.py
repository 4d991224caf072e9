"""Which questions are open, what each of them weighs, and on which dates it asks."""

from __future__ import annotations

import datetime as dt

import pytest

from assetmap.plans.asking import opened
from tests.plans.small import (
    ASKER,
    MONDAY,
    PAIR,
    activity,
    arranged,
    ask,
    decided,
    initiative,
    need,
    person,
    scene,
    talent,
    worker,
)


def asks(*records):
    """Return the ids of the open questions."""
    return [a.id for a in opened(scene(*records)).asks]


def test_open_questions_come_in_order_of_id():
    """Whatever the order of the rows."""
    assert asks(ASKER, need("n2"), need("n10"), need("n1")) == ["n1", "n10", "n2"]


@pytest.mark.parametrize(
    ("cells", "is_open"),
    [
        ({}, True),
        ({"closed_on": "2026-11-29"}, False),
        ({"closed_on": "2026-11-30"}, True),
        ({"since": "2026-11-29"}, True),
        ({"since": "2026-11-30"}, False),
    ],
)
def test_a_question_is_open_from_when_it_is_asked_until_it_is_closed(cells, is_open):
    """The week of the run is looked at as a whole."""
    assert asks(ASKER, need("n1", **cells)) == ["n1"] * is_open


def test_a_question_that_was_met_is_not_asked_again_unless_it_comes_back():
    """A plan that was done ends a question that is asked once."""
    done = decided("n1-x-20261118", "done")
    assert asks(ASKER, need("n1"), done) == []
    assert asks(ASKER, need("n1", rrule="FREQ=WEEKLY"), done) == ["n1"]
    assert asks(ASKER, need("n1"), decided("n1-x-20261118", "do")) == ["n1"]


@pytest.mark.parametrize(
    ("urgency", "since", "weight"),
    [
        (None, None, 30),
        (1, None, 10),
        (5, "2026-11-23", 50),
        (5, "2026-11-17", 50),
        (5, "2026-11-16", 60),
        (2, "2025-11-24", 540),
        (2, "2026-11-27", 20),
    ],
)
def test_a_question_weighs_ten_per_urgency_and_ten_per_week_waited(urgency, since, weight):
    """Uncapped, so that nobody waits for ever; blank urgency is 3, blank since is now."""
    assert ask(scene(ASKER, need("n1", urgency=urgency, since=since))).weight == weight


def test_days_waited_run_to_the_monday_of_the_run():
    """A question of later that week has not waited."""
    for since, days in (("2026-11-09", 14), ("2026-11-22", 1), ("2026-11-26", 0), (None, 0)):
        assert ask(scene(ASKER, need("n1", since=since))).days_waited == days


def test_a_question_that_is_asked_once_may_be_met_on_any_day_of_the_horizon():
    """One slot with the whole weight."""
    (slot,) = ask(scene(ASKER, need("n1"))).slots
    assert (slot.first, slot.last) == (MONDAY, dt.date(2026, 12, 28))
    assert (slot.index, slot.weight) == (0, 30)


@pytest.mark.parametrize(
    ("rrule", "first", "days"),
    [
        ("FREQ=WEEKLY", [0, 7, 14, 21, 28], 7),
        ("FREQ=WEEKLY;INTERVAL=2", [0, 14, 28], 7),
        ("FREQ=WEEKLY;BYDAY=TU,TH", [1, 3, 8, 10, 15, 17, 22, 24, 29, 31], 1),
        ("FREQ=MONTHLY", [0], 35),
        ("FREQ=MONTHLY;BYDAY=1TU", [8], 1),
    ],
)
def test_a_question_that_comes_back_asks_each_day_or_week_apart(rrule, first, days):
    """Days where the rule names them, weeks where it does not, else once in the horizon."""
    slots = ask(scene(ASKER, need("n1", rrule=rrule))).slots
    assert [(s.first - MONDAY).days for s in slots] == first
    assert {(s.last - s.first).days for s in slots} == {days}
    assert [s.index for s in slots] == list(range(len(first)))


def test_a_question_every_other_week_counts_from_when_it_was_asked():
    """Asked in the week before: this week is an odd one."""
    asked = need("n1", rrule="FREQ=WEEKLY;INTERVAL=2", since="2026-11-18")
    assert [(s.first - MONDAY).days for s in ask(scene(ASKER, asked)).slots] == [7, 21]


@pytest.mark.parametrize("rrule", ["FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=TU,TH", "FREQ=DAILY"])
@pytest.mark.parametrize("urgency", [1, 4])
def test_a_question_that_comes_back_shares_its_weight_over_its_dates(rrule, urgency):
    """It counts no more than one that is asked once, and each date counts for something."""
    found = ask(scene(ASKER, need("n1", rrule=rrule, urgency=urgency)))
    shares = [s.weight for s in found.slots]
    assert sum(shares) == max(found.weight, len(shares))
    assert max(shares) - min(shares) <= 1
    assert shares == sorted(shares, reverse=True)


def test_who_holds_a_question():
    """Named with it, the asker's own worker, else the nearest: of the same area, then by id."""
    workers = worker("w1", area="south"), worker("w2"), worker("w3")

    def holds(*rows):
        return ask(scene(*workers, *rows)).worker

    assert holds(person("p1", worker="w3"), need("n1", worker="w1")) == "w1"
    assert holds(person("p1", worker="w3"), need("n1")) == "w3"
    assert holds(ASKER, need("n1")) == "w2"
    assert holds(person("p1", area="east"), need("n1")) == "w1"
    assert ask(scene(ASKER, need("n1"))).worker is None


def test_who_holds_the_question_of_an_initiative():
    """The worker who runs it, or who knows the resident who does."""
    base = worker("w1"), worker("w2", area="south"), person("p1", worker="w2")
    asked = need("n1", "i1", "garden")
    assert ask(scene(*base, initiative("i1", manager="w2"), asked)).worker == "w2"
    assert ask(scene(*base, initiative("i1", manager="p1"), asked)).worker == "w2"
    assert ask(scene(*base, initiative("i1"), asked)).worker == "w1"


def test_a_worker_who_has_left_holds_no_questions_that_nobody_holds():
    """The next nearest one does."""
    gone, there = worker("w1", until="2026-11-01"), worker("w2", area="south")
    assert ask(scene(gone, there, ASKER, need("n1"))).worker == "w2"


def test_times_and_languages_of_the_question_go_before_those_of_the_asker():
    """Blank in both is unknown."""
    asker = person("p1", available="Mon 9-12", languages="nl")
    own = ask(scene(asker, need("n1", when="Tue 9-12", languages="ar")))
    theirs = ask(scene(asker, need("n1")))
    unknown = ask(scene(ASKER, need("n1")))
    assert [w.start // 1440 for w in own.windows] == [1]
    assert [w.start // 1440 for w in theirs.windows] == [0]
    assert (own.languages, theirs.languages) == (("ar",), ("nl",))
    assert (unknown.windows, unknown.languages) == (None, None)


def test_talking_first_is_for_people():
    """A blank is not yet; an initiative asks for itself."""
    at = scene(ASKER, initiative("i1"), need("n1", talked=None), need("n2", "i1", talked=None))
    assert [a.talked for a in opened(at).asks] == [False, True]


WEEKLY = activity("a1", rrule="FREQ=WEEKLY")
CLUB = initiative("i1")
MEAL = need("n1", category="meal", urgency=2)


def test_what_stands_by_arrangement_does_not_ask():
    """It is fixed for every date of the horizon."""
    found = opened(
        scene(*PAIR, CLUB, WEEKLY, MEAL, arranged("r1", "activity", "i1", activity="a1"))
    )
    assert found.asks == ()
    assert [f.need for f in found.fixed] == ["n1"] * 5
    assert found.stopped == ()


def test_what_was_arranged_and_fell_away_asks_again_before_others():
    """Each date with the full weight of the highest urgency, for the same activity only."""
    brings = arranged("r2", "help", "p2", talent="t1", activity="a1", until="2026-12-05")
    at = scene(
        *PAIR, CLUB, WEEKLY, MEAL, talent("t1", "p2", "meal"),
        arranged("r1", "activity", "i1", activity="a1"), brings,
    )  # fmt: skip
    found = opened(at)
    (again,) = found.asks
    assert [f.start.day for f in found.fixed] == [27, 4]
    assert [(s.first.day, s.weight, s.kept) for s in again.slots] == [
        (11, 50, ("r1",)), (18, 50, ("r1",)), (25, 50, ("r1",)),
    ]  # fmt: skip
    assert again.arranged == "a1"
    assert found.stopped == ("r2",)


def test_what_was_arranged_around_something_that_ended_is_asked_anew():
    """With the highest urgency, and not bound to what is no longer there."""
    over = activity("a1", status="past")
    found = opened(scene(*PAIR, CLUB, over, MEAL, arranged("r1", "activity", "i1", activity="a1")))
    (again,) = found.asks
    assert (again.weight, again.arranged, len(again.slots)) == (50, None, 1)
    assert (found.fixed, found.stopped) == ((), ("r1",))
