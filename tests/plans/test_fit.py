"""What makes one giver fit better than another, in parts that add up; who can introduce."""

from __future__ import annotations

import pytest

from assetmap.model import FitWeights, Policy
from assetmap.plans.fit import connectors, discreet, introduction, points
from tests.plans.small import (
    ASKER,
    PAIR,
    activity,
    ask,
    kept_apart,
    need,
    offer,
    person,
    plan,
    run,
    scene,
    talent,
    tie,
    worker,
)

T1, N1 = talent("t1", "p2"), need("n1")
FAR = {"area": None, "x": 155_000}


def parts(*records, key="talent:t1", percent=100, policy=None, **told):
    """Return the parts of fit of an offer for n1."""
    at = scene(*records, policy=policy)
    return dict(points(at, ask(at), offer(at, key), percent, **told))


def part(name, *records, **told):
    """Return one part; nothing is 0."""
    return parts(*records, **told).get(name, 0)


def test_parts_of_nothing_are_left_out():
    """Two strangers of unknown place: only the category counts."""
    nowhere = person("p1", area=None), person("p2", area=None)
    assert parts(*nowhere, T1, N1) == {"category": 30}


@pytest.mark.parametrize(("strength", "value"), [(None, 40), (1, 40), (2, 80), (3, 120)])
def test_tie_counts_by_how_well_they_know_each_other(strength, value):
    """A blank strength is 1."""
    assert part("tie", *PAIR, T1, N1, tie("p1", "p2", strength=strength)) == value


def test_common_counts_an_acquaintance_who_can_introduce_them():
    """Not one who wants to stay out of it, is kept from them, or where they know each other."""
    ties = tie("p1", "p3"), tie("p3", "p2")
    assert part("common", *PAIR, person("p3"), T1, N1, *ties) == 30
    assert part("common", *PAIR, person("p3", share="no"), T1, N1, *ties) == 0
    assert part("common", *PAIR, person("p3"), T1, N1, *ties, kept_apart("p3", "p1")) == 0
    assert part("common", *PAIR, person("p3"), T1, N1, *ties, tie("p1", "p2")) == 0
    assert part("common", *PAIR, person("p3"), T1, N1, ties[0]) == 0


@pytest.mark.parametrize("wish", [{"sensitive": "yes"}, {"not_known": "yes"}, {"not_area": "x"}])
def test_common_does_not_count_where_nobody_of_the_circle_needs_to_know(wish):
    """Nor with a category that is for professionals."""
    ties = tie("p1", "p3"), tie("p3", "p2")
    base = (*PAIR, person("p3"), *ties)
    asked = need("n1", **wish)
    assert discreet(scene(*base, asked), ask(scene(*base, asked)))
    assert part("common", *base, T1, asked) == 0
    debts = need("n1", category="debt_help"), talent("t1", "p2", "debt_help")
    assert part("common", *base, *debts) == 0
    assert not discreet(scene(*base, N1), ask(scene(*base, N1)))


def test_going_anyway_counts_for_a_driver():
    """Only where that is told."""
    assert part("going_anyway", *PAIR, T1, N1, anyway=True) == 30
    assert part("going_anyway", *PAIR, T1, N1) == 0


@pytest.mark.parametrize(("percent", "value"), [(100, 30), (50, 15), (33, 9), (1, 0)])
def test_category_counts_as_far_as_the_offer_is_what_was_asked(percent, value):
    """Whole points, rounded down."""
    assert part("category", *PAIR, T1, N1, percent=percent) == value


@pytest.mark.parametrize(
    ("metres", "category", "value"),
    [
        (0, "shopping", 20),
        (2500, "shopping", 10),
        (4999, "shopping", 0),
        (5000, "shopping", 0),
        (9000, "shopping", 0),
        (0, "language", 6),
        (0, "bookkeeping", 0),
    ],
)
def test_distance_counts_where_the_category_says_that_it_matters(metres, category, value):
    """Wholly next door, not at all from the usual limit on; a third where it matters little."""
    people = person("p1", y=463_000, **FAR), person("p2", y=463_000 + metres, **FAR)
    records = (*people, talent("t1", "p2", category), need("n1", category=category))
    assert part("distance", *records) == value


@pytest.mark.parametrize("wish", [{"not_area": "south"}, {"sensitive": "yes"}])
def test_distance_does_not_count_for_who_wants_somebody_from_elsewhere(wish):
    """Near is not better then; unknown is never better."""
    assert part("distance", *PAIR, T1, N1) > 0
    assert part("distance", *PAIR, T1, need("n1", **wish)) == 0
    assert part("distance", ASKER, person("p2", area=None), T1, N1) == 0


@pytest.mark.parametrize(
    ("mine", "theirs", "value"), [("nl", "nl | tr", 10), ("ar", "nl", 0), ("nl", None, 0)]
)
def test_language_counts_where_it_is_surely_shared(mine, theirs, value):
    """Unknown is not."""
    people = person("p1", languages=mine), person("p2", languages=theirs)
    assert part("language", *people, T1, N1) == value


@pytest.mark.parametrize(
    ("wish", "setting", "value"),
    [("group", "group", 10), ("group", "small_group", 0), ("group", None, 0), (None, "group", 0)],
)
def test_setting_counts_where_an_activity_is_as_was_wished(wish, setting, value):
    """Help by a person is one to one."""
    asked = need("n1", category="meal", setting=wish)
    evening = activity("a1", setting=setting)
    assert part("setting", ASKER, evening, asked, key="activity:a1") == value
    helps = talent("t1", "p2"), need("n1", setting="one_to_one")
    assert part("setting", *PAIR, *helps) == 10
    assert part("setting", *PAIR, T1, need("n1", setting="group")) == 0


@pytest.mark.parametrize(
    ("motive", "value"),
    [
        ("shopping", 10),
        ("boodschappen", 10),
        ("work_experience", 10),
        ("sport", 0),
        (None, 0),
        ("zz", 0),
    ],
)
def test_motive_counts_where_giving_serves_the_giver(motive, value):
    """In whatever word the tree knows."""
    assert part("motive", ASKER, person("p2", motive=motive), T1, N1) == value


def test_weights_are_the_teams_own():
    """A weight of nothing leaves its part out."""
    weights = FitWeights(tie=1, common=0, category=7, distance=0, language=0)
    found = parts(*PAIR, T1, N1, tie("p1", "p2", strength=2), policy=Policy(fit=weights))
    assert found == {"tie": 2, "category": 7}


# --- who can introduce ------------------------------------------------------------------------

THIRD = person("p3")
KNOWN = (*PAIR, THIRD, tie("p1", "p3"), tie("p3", "p2"))


def introduced(*records):
    """Return who can introduce p1 and p2, and how."""
    return introduction(scene(*records), "p1", "p2")


def test_nobody_is_needed_for_who_know_each_other():
    """The chain is the two of them."""
    assert introduced(*KNOWN, tie("p1", "p2")) == (None, ("p1", "p2"))


def test_a_shared_acquaintance_introduces_the_best_known_first():
    """To both: the weaker of the two ties counts; then by id."""
    assert introduced(*KNOWN) == ("p3", ("p1", "p3", "p2"))
    fourth = person("p4"), tie("p1", "p4", strength=2), tie("p4", "p2", strength=2)
    assert introduced(*KNOWN, *fourth) == ("p4", ("p1", "p4", "p2"))
    lopsided = person("p4"), tie("p1", "p4", strength=3), tie("p4", "p2", strength=1)
    assert introduced(*KNOWN, *lopsided)[0] == "p3"
    assert connectors(scene(*KNOWN, *fourth), "p1", "p2") == ("p4", "p3")


def test_a_worker_who_knows_both_comes_next():
    """Before a longer chain of acquaintance."""
    people = worker("w1"), person("p1", worker="w1"), person("p2", worker="w1")
    long = person("p3"), person("p4"), tie("p1", "p3"), tie("p3", "p4"), tie("p4", "p2")
    assert introduced(*people, *long) == ("w1", ("p1", "w1", "p2"))


def test_a_worker_does_not_introduce_themself():
    """Who holds the question is in touch already."""
    people = worker("p2"), person("p1", worker="p2")
    assert introduction(scene(*people), "p1", "p2")[0] is None


def test_a_longer_chain_is_named_by_its_first_link():
    """The one nearest the asker; if there is none nobody is named."""
    long = person("p3"), person("p4"), tie("p1", "p3"), tie("p3", "p4"), tie("p4", "p2")
    assert introduced(*PAIR, *long) == ("p3", ("p1", "p3", "p4", "p2"))
    assert introduced(*PAIR) == (None, ())


# --- through a whole run ------------------------------------------------------------------------


def test_the_points_of_the_legs_are_the_score_of_the_plan():
    """Nothing is added that is not told, and nothing told that is not counted."""
    friend = person("p3", walks_m=100, languages="nl")
    driver = person("p4", languages="nl", motive="ride")
    evening = activity("a1", area="south", setting="group", languages="nl")
    found = run(
        *PAIR, friend, driver, evening, tie("p3", "p4"), tie("p1", "p2", strength=3),
        T1, N1, talent("t2", "p4", "ride"), need("n3", "p3", "meal", setting="group"),
    )  # fmt: skip
    assert len(found.items) == 2
    for item in found.items:
        assert sum(sum(leg.points.values()) for leg in item.legs) == item.scores["fit"]
    driven = {"tie", "category", "distance", "language", "motive"}
    assert set(plan(found, "n3").leg("ride_out").points) == driven
    assert plan(found, "n3").leg("activity").points["sooner"] == 4
