"""Who asks a worker's time, who takes over, and what could follow: told of any neighbourhood."""

from __future__ import annotations

import datetime as dt

from hypothesis import HealthCheck, given, settings

import assetmap
from assetmap import Neighbourhood
from assetmap.explain import next_steps, successions, worker_time
from assetmap.model import Membership
from tests.plans.small import WEEK, initiative, need, person, run, talent, worker
from tests.strategies import neighbourhoods


@settings(suppress_health_check=list(HealthCheck), max_examples=40)
@given(neighbourhoods())
def test_what_is_told_is_in_the_run(hood: Neighbourhood) -> None:
    """Needs of initiatives, workers, people and dates that are there, and proposals as they are."""
    found = assetmap.propose(hood, WEEK)
    given_by = {(p.need, leg.provider) for p in found.items for leg in p.legs}
    initiatives = found.hood.index["initiatives"]
    for each in worker_time(found):
        assert found.hood.person(each.worker).is_worker
        assert len({row.initiative for row in each.asked}) > 1
        for row in each.asked:
            assert found.hood.need(row.need).owner == row.initiative in initiatives
            assert row.proposed is ((row.need, each.worker) in given_by)
    for each in successions(found):
        assert found.week.monday <= each.last_day
        assert each.provider not in each.successors
        assert {(each.need, p) for p in each.successors} <= given_by
    for step in next_steps(found):
        assert found.hood.need(step.need).owner == step.initiative in initiatives
        assert str(step)


def test_hours_for_the_neighbourhood_stand_beside_who_asks_them():
    """What the worker agreed on for initiatives; nothing agreed is not nought."""
    rows = (
        worker("w1"),
        initiative("i1"),
        initiative("i2"),
        talent("t1", "w1", "guidance", per_week=2),
        need("n1", owner="i1", category="guidance"),
        need("n2", owner="i2", category="guidance"),
    )
    (each,) = worker_time(run(*rows))
    assert each.hours is None
    meant = [Membership(member="w1", party="i1", hours_week=h, purpose=p) for h, p in HOURS]
    (each,) = worker_time(run(*rows, *meant))
    assert each.hours == 5


HOURS = ((8, "cases"), (4, "community"), (1, None), (9, "other"))


def test_coaching_that_goes_on_or_ends_later_is_not_done():
    """A question that is open, or closed only after this week, has no next step yet."""
    rows = person("p1"), initiative("i1"), talent("t1", "p1", "cook")
    asked = need("n2", owner="i1", category="cook")
    for closed, count in ((None, 0), (dt.date(2026, 11, 30), 0), (dt.date(2026, 11, 29), 1)):
        coached = need("n1", owner="p1", category="coaching_debts", closed_on=closed)
        assert len(next_steps(run(*rows, asked, coached))) == count
