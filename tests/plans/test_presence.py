"""Who is where on a date, whatever brings them."""

from __future__ import annotations

from assetmap.audit import faults
from assetmap.plans.ledger import Ledger
from assetmap.plans.presence import Presence
from tests.plans.small import (
    FRIDAY,
    PAIR,
    activity,
    gives,
    kept_apart,
    need,
    person,
    run,
    scene,
    talent,
)

EVENING = ("a1", FRIDAY)


def test_who_is_kept_from_nobody_takes_nothing():
    """And neither does somebody whose protection is over by then."""
    nobody = Presence(scene(*PAIR), Ledger(1))
    assert nobody.uses("p1", EVENING, "n1") == {}
    over = kept_apart("p1", "p2", until="2026-11-26")
    assert Presence(scene(*PAIR, over), Ledger(1)).uses("p1", EVENING, "n1") == {}


def test_one_person_is_there_once_however_many_things_bring_them():
    """A seat and a drive take a token each, and one switch supplies both."""
    ledger = Ledger(1)
    known = Presence(scene(*PAIR, kept_apart("p1", "p2")), ledger)
    seat, drive = known.uses("p1", EVENING, "n1"), known.uses("p1", EVENING, "t1")
    other = known.uses("p2", EVENING, "n2")
    known.write([0])
    assert len({*seat, *drive, *other}) == 3
    assert len(ledger.switch_max) == 2
    assert sorted(ledger.capacity) == [0, 0, 0, 1]


def test_a_driver_who_is_kept_from_somebody_may_eat_there_too():
    """The one they are kept from has no plan; the driver's own seat is no reason to stay away."""
    found = run(
        person("p1", walks_m=100),
        person("p2", area="south"),
        person("p3", area="south"),
        talent("t2", "p2", "ride", seats=1),
        activity("a1", area="south"),
        need("n1", category="meal", urgency=5),
        need("n2", "p2", "meal"),
        need("n3", "p3", "meal", urgency=1),
        kept_apart("p3", "p2"),
    )
    assert faults(found) == []
    assert gives(found, "n1")["ride_out"] == "p2"
    assert gives(found, "n2") == {"activity": "a1"}
    assert [gap.need for gap in found.gaps] == ["n3"]
