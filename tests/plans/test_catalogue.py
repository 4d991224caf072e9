"""What there is to propose, and which of it answers a question in kind."""

from __future__ import annotations

import pytest

from assetmap.model import CategoryRow, Organisation
from assetmap.plans import Catalogue
from assetmap.plans.catalogue import role_of
from assetmap.plans.offers import OfferKind
from tests.plans.small import (
    ASKER,
    PAIR,
    activity,
    ask,
    initiative,
    need,
    offer,
    person,
    place,
    scene,
    talent,
    worker,
)


def answering(*records, name="n1"):
    """Return the offers for a question, with how well they answer."""
    at = scene(*records)
    return {o.key: percent for o, percent in Catalogue(at).answering(ask(at, name))}


def test_offers_are_talents_activities_places_and_calls_for_people():
    """By key, whatever the order of the rows."""
    at = scene(
        *PAIR,
        talent("t1", "p2"),
        activity("a1"),
        place("h1", space_for="meeting"),
        initiative("i1"),
        need("n1", "i1", "volunteering"),
        need("n2"),
    )
    keys = [o.key for o in Catalogue(at).offers]
    assert keys == ["activity:a1", "place:h1", "talent:t1", "vacancy:n1"]
    kinds = {offer(at, key).kind for key in keys}
    assert kinds == set(OfferKind) - {OfferKind.PEER}  # peers are found per question, by context


def test_safety_and_words_the_tree_does_not_know_are_never_offers():
    """Nothing of that kind is matched."""
    at = scene(*PAIR, talent("t1", "p2", "violence"), talent("t2", "p2", "quux"))
    assert Catalogue(at).offers == ()


def test_a_general_offer_answers_a_finer_question_wholly_and_the_other_way_round_in_part():
    """The degrees are those of the tree of categories."""
    general = answering(*PAIR, talent("t1", "p2"), need("n1", category="shopping_together"))
    finer = answering(*PAIR, talent("t1", "p2", "shopping_together"), need("n1"))
    same = answering(*PAIR, talent("t1", "p2"), need("n1"))
    assert same == {"talent:t1": 100}
    assert 0 < finer["talent:t1"] <= general["talent:t1"] <= 100
    assert answering(*PAIR, talent("t1", "p2", "ride"), need("n1")) == {}


def test_a_team_can_add_what_answers_what():
    """A category of the team's own is a category like any other."""
    own = CategoryRow(category="sewing", parent="creative", answers="shopping:0.4")
    assert answering(own, *PAIR, talent("t1", "p2", "sewing"), need("n1")) == {"talent:t1": 40}


def test_who_wants_something_by_name_is_answered_by_that_alone():
    """An activity, or whatever an initiative does or offers; whatever its category."""
    records = (
        *PAIR,
        initiative("i1"),
        activity("a1", "sport", initiative="i1"),
        activity("a2"),
        talent("t1", "i1", "meal"),
        talent("t2", "p2", "meal"),
    )
    for wants in ("a1", "activity:a1"):
        asked = need("n1", category="meal", wants=wants)
        assert answering(*records, asked) == {"activity:a1": 100}
    whole = need("n1", category="meal", wants="i1 | a2")
    assert set(answering(*records, whole)) == {"activity:a1", "activity:a2", "talent:t1"}


CALL = need("n2", "i1", "host")
CLUB = initiative("i1")


@pytest.mark.parametrize("category", ["volunteering", "work_experience"])
def test_a_call_for_people_answers_who_wants_to_do_something(category):
    """An initiative that asks for a host is a place for somebody who wants to help."""
    assert "vacancy:n2" in answering(ASKER, CLUB, CALL, need("n1", category=category))


def test_a_call_for_people_answers_company_for_who_has_a_talent():
    """Doing something together is company; somebody without a talent is not put to work."""
    lonely = need("n1", category="company")
    assert "vacancy:n2" not in answering(ASKER, CLUB, CALL, lonely)
    assert "vacancy:n2" in answering(ASKER, CLUB, CALL, lonely, talent("t1", "p1", "pets"))


def test_a_call_for_people_is_not_for_who_offers_that_very_thing():
    """Their talent answers the call itself; one proposal is enough."""
    wish, hosts = need("n1", category="volunteering"), talent("t1", "p1", "host")
    assert "vacancy:n2" not in answering(ASKER, CLUB, CALL, wish, hosts)
    assert "talent:t1" in answering(ASKER, CLUB, CALL, wish, hosts, name="n2")


def test_a_plain_call_is_not_for_who_is_a_volunteer_already():
    """They answer the call with what they offer."""
    wish, plain = need("n1", category="volunteering"), need("n2", "i1", "volunteering")
    gives = talent("t1", "p1", "pets", role="volunteer")
    assert "vacancy:n2" in answering(ASKER, CLUB, plain, wish)
    assert "vacancy:n2" not in answering(ASKER, CLUB, plain, wish, gives)


def test_an_initiative_that_somebody_wants_may_be_helped_too():
    """By who wants to do something; not by who wants to eat there."""
    for category, keys in (
        ("volunteering", {"activity:a1", "vacancy:n2"}),
        ("meal", {"activity:a1"}),
    ):
        asked = need("n1", category=category, wants="i1")
        assert set(answering(ASKER, CLUB, activity("a1", initiative="i1"), CALL, asked)) == keys


def test_a_call_that_was_closed_or_is_no_call_for_people_is_no_vacancy():
    """A question for money is not a place for somebody."""
    wish = need("n1", category="volunteering")
    shut = need("n2", "i1", "host", closed_on="2026-11-20")
    money = need("n2", "i1", "money")
    assert answering(ASKER, CLUB, shut, wish) == answering(ASKER, CLUB, money, wish) == {}


def test_a_plain_call_for_volunteers_is_answered_by_any_volunteer():
    """In part; a neighbour's offer is not."""
    asked = need("n1", "i1", "volunteering")
    gives = talent("t1", "p2", "pets", role="volunteer"), talent("t2", "p2", "ride")
    assert answering(*PAIR, CLUB, asked, *gives) == {"talent:t1": 30}


@pytest.mark.parametrize(
    ("space_for", "category", "found"),
    [
        ("meeting", "space", True),
        ("meeting", "land", False),
        ("land", "land", True),
        (None, "space", False),
    ],
)
def test_a_place_answers_a_question_for_room(space_for, category, found):
    """A room for whatever is named, land where it says so; blank offers nothing."""
    rows = place("h1", space_for=space_for), CLUB, need("n1", "i1", category)
    assert ("place:h1" in answering(*rows)) is found


def test_who_says_yes_for_a_place_is_its_manager_else_its_owner():
    """The place itself is what is proposed."""
    town = Organisation(organisation="o1", name="Town")
    at = scene(*PAIR, town, place("h1", space_for="x", manager="p1", owner="o1"))
    assert offer(at, "place:h1").owner.id == "p1"
    assert offer(at, "place:h1").provider == "h1"
    assert offer(scene(place("h1", space_for="x")), "place:h1").owner.id == "h1"


@pytest.mark.parametrize(
    ("role", "owner", "expected"),
    [
        (None, person("p2"), "neighbour"),
        (None, worker("p2"), "professional"),
        ("volunteer", worker("p2"), "volunteer"),
        (None, Organisation(organisation="p2", name="x", kind="care"), "professional"),
        (None, Organisation(organisation="p2", name="x"), "professional"),
        (None, Organisation(organisation="p2", name="x", kind="church"), None),
        ("volunteer", Organisation(organisation="p2", name="x", kind="church"), "volunteer"),
        (None, initiative("p2"), None),
        ("volunteer", initiative("p2"), None),
    ],
)
def test_in_which_capacity_something_is_given(role, owner, expected):
    """What is filled in; blank is read from who gives it."""
    assert role_of(talent("t1", "p2", role=role), owner) == expected


def test_drivers_are_who_offers_a_ride_of_any_kind():
    """By key."""
    at = scene(
        *PAIR, talent("t2", "p2", "ride"), talent("t1", "p2", "hospital_ride"), talent("t3", "p2")
    )
    assert [o.id for o in Catalogue(at).drivers] == ["t1", "t2"]


def test_where_when_and_in_which_language_something_is_offered():
    """What the talent says goes before what its owner says."""
    owner = person("p2", available="Mon 9-12", languages="nl")
    hall = place("h1", area="south")
    own = talent("t1", "p2", available="Tue 9-12", languages="ar", place="h1")
    at = scene(owner, hall, own, talent("t2", "p2"))
    first, second = offer(at, "talent:t1"), offer(at, "talent:t2")
    assert (first.windows[0].start, first.languages, first.spot.area) == (1980, ("ar",), "south")
    assert (second.windows[0].start, second.languages, second.spot.area) == (540, ("nl",), "north")
