"""The hard rules: what passes each of them, what does not, and what blank means."""

from __future__ import annotations

import sys

import pytest

from assetmap.model import Organisation, Policy
from assetmap.model.age import under_age
from assetmap.plans import Catalogue
from assetmap.plans.outcome import Reason
from assetmap.plans.rules import (
    RULES,
    distance,
    first_broken,
    languages_shared,
    place_of,
    reserved,
    sharing,
    sifted,
)
from tests.plans.small import (
    ASKER,
    HELPER,
    PAIR,
    activity,
    ask,
    decided,
    initiative,
    kept_apart,
    need,
    offer,
    person,
    place,
    scene,
    talent,
    tie,
    worker,
)

T1, N1 = talent("t1", "p2"), need("n1")
VISIT = need("n1", category="meal", wants="a1")


def broken(*records, key="talent:t1", policy=None):
    """Name the first rule that removes an offer for need n1; None if it may stay."""
    at = scene(*records, policy=policy)
    rule = first_broken(at, ask(at), offer(at, key))
    return rule.name if rule is not None else None


def test_every_rule_has_a_test_of_its_own_here():
    """A new rule cannot come without a test that carries its name."""
    tests = [name for name in dir(sys.modules[__name__]) if name.startswith("test_")]
    alone = [r.name for r in RULES if not any(t.startswith(f"test_{r.name}_") for t in tests)]
    assert alone == []


def test_the_rules_are_named_once_and_each_gives_a_reason():
    """The funnel tells rules by name, so a name stands for one rule."""
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(isinstance(rule.reason, Reason) for rule in RULES)


def test_the_first_broken_rule_in_the_fixed_order_is_the_one_that_is_told():
    """An offer that breaks several rules is counted once, under the first."""
    shy = person("p2", share="no")
    assert broken(ASKER, shy, talent("t1", "p2", fee_eur=9, term="once"), N1) == "sharing"
    asked = need("n1", fee_max_eur=1, term="long")
    assert broken(*PAIR, talent("t1", "p2", fee_eur=9, term="once"), asked) == "term"


def test_all_offers_sifted_together_fall_to_the_rule_that_each_falls_to_alone():
    """One pass over all of them gives the same as rule by rule for each."""
    crowd = [person(f"p{n}", share=share) for n, share in enumerate(("yes", "no", "team"), 3)]
    many = [talent(f"t{n}", f"p{n}", term=term) for n, term in enumerate(("once", "long", None), 2)]
    at = scene(*PAIR, *crowd, *many, talent("t1", "p1"), need("n1", term="long", fee_max_eur=1))
    asked = ask(at)
    left, gone = sifted(at, asked, [(o, 50) for o in Catalogue(at).offers])
    alone = {o.key: first_broken(at, asked, o) for o in Catalogue(at).offers}
    assert {o.key for o, _ in left} == {key for key, rule in alone.items() if rule is None}
    assert {o.key: name for o, _, name in gone} == {k: r.name for k, r in alone.items() if r}
    assert {percent for _, percent in left} == {50}
    assert {name for _, _, name in gone} == {"somebody_else", "sharing", "term"}


def test_somebody_else_has_to_help():
    """Nobody is proposed to themself."""
    assert broken(*PAIR, T1, N1) is None
    assert broken(*PAIR, talent("t1", "p1"), N1) == "somebody_else"


def test_somebody_else_than_the_initiative_that_asks():
    """Nor is an initiative."""
    garden = initiative("i1", manager="p2")
    asked = need("n1", "i1", "garden")
    assert broken(*PAIR, garden, talent("t1", "i1", "garden"), asked) == "somebody_else"
    assert broken(*PAIR, garden, talent("t1", "p2", "garden"), asked) is None


@pytest.mark.parametrize(
    ("share", "rule"), [("yes", None), ("team", None), (None, None), ("no", "sharing")]
)
def test_sharing_no_is_never_proposed(share, rule):
    """Where no team is known everybody is of the team that holds the tables; no is no."""
    assert broken(ASKER, person("p2", share=share), T1, N1) == rule


TWO_TEAMS = (worker("w1", team="east"), worker("w2", team="west"))


@pytest.mark.parametrize(
    ("share", "own", "rule"),
    [
        ("yes", "w2", None),
        ("team", "w1", None),
        ("team", "w2", "sharing"),
        (None, "w1", None),
        (None, "w2", "sharing"),
    ],
)
def test_sharing_team_and_blank_keep_to_the_own_team(share, own, rule):
    """Of another team only who shares with everybody is proposed; blank is not a yes."""
    people = (*TWO_TEAMS, person("p1", worker="w1"), person("p2", share=share, worker=own))
    assert broken(*people, T1, N1) == rule


def test_sharing_of_somebody_the_asker_knows_gives_nothing_away():
    """A friend who is known to another team may be proposed; one who said no may not."""
    known = tie("p1", "p2")
    for share, rule in (("team", None), ("no", "sharing")):
        people = (*TWO_TEAMS, person("p1", worker="w1"), person("p2", share=share, worker="w2"))
        assert broken(*people, known, T1, N1) == rule


def test_sharing_is_what_privacy_says_of_it():
    """The rule has no opinion of its own."""
    at = scene(*TWO_TEAMS, person("p1", worker="w1"), person("p2", share="team", worker="w2"), N1)
    assert sharing(at, ask(at), at.people["p2"]).value == "team"


@pytest.mark.parametrize(
    ("one", "other"), [("p1", "p2"), ("p2", "p1"), ("p1", "person:p2"), ("p2", "person:p1")]
)
def test_safeguard_between_two_people_works_both_ways(one, other):
    """Whoever of the two the protection is written for."""
    assert broken(*PAIR, T1, N1, kept_apart(one, other)) == "safeguard"


def test_safeguard_of_somebody_else_or_of_another_time_does_not_count():
    """A protection is scoped and dated."""
    third = person("p3")
    assert broken(*PAIR, third, T1, N1, kept_apart("p1", "p3")) is None
    assert broken(*PAIR, T1, N1, kept_apart("p1", "p2", until="2026-11-22")) is None
    assert broken(*PAIR, T1, N1, kept_apart("p1", "p2", from_="2026-12-28")) is None
    assert broken(*PAIR, T1, N1, kept_apart("p1", "p2", until="2026-11-23")) == "safeguard"


def test_safeguard_against_an_activity_counts_where_it_holds_on_every_date():
    """A date after the protection ends is still possible; blank dates are told elsewhere."""
    weekly, asked = activity("a1", rrule="FREQ=WEEKLY"), need("n1", category="meal")
    club = initiative("i1")
    held = activity("a1", rrule="FREQ=WEEKLY", initiative="i1")
    for at in ("a1", "i1"):
        always = kept_apart("p1", at)
        assert broken(ASKER, club, held, asked, always, key="activity:a1") == "safeguard"
    a_while = kept_apart("p1", "a1", until="2026-12-05")
    assert broken(ASKER, weekly, asked, a_while, key="activity:a1") is None
    april = activity("a1", start="2027-04-09 18:00")
    assert broken(ASKER, april, asked, kept_apart("p1", "a1"), key="activity:a1") == "safeguard"
    assert broken(ASKER, april, asked, key="activity:a1") is None


def test_lasting_activities_have_a_date_to_come():
    """Also one beyond the horizon; past, or over, is no offer."""
    asked = need("n1", category="meal")
    for cells, rule in (
        ({}, None),
        ({"start": "2027-04-09 18:00"}, None),
        ({"start": "2026-04-10 18:00"}, "lasting"),
        ({"status": "past"}, "lasting"),
    ):
        assert broken(ASKER, activity("a1", **cells), asked, key="activity:a1") == rule


def test_safeguard_holds_where_a_giver_always_is():
    """A ride to an activity one is kept from is no offer; nor is helping an initiative."""
    market, ride = activity("a1"), talent("t1", "p2", "ride", going_to="a1")
    asked = need("n1", category="ride")
    assert broken(*PAIR, market, ride, asked) is None
    assert broken(*PAIR, market, ride, asked, kept_apart("p1", "a1")) == "safeguard"
    garden, call = initiative("i1"), need("n1", "i1", "garden")
    dig = talent("t1", "p2", "garden")
    assert broken(*PAIR, garden, dig, call, kept_apart("p2", "i1")) == "safeguard"
    assert broken(*PAIR, garden, dig, call, kept_apart("p1", "i1")) is None


def test_refused_is_whoever_was_turned_down_a_short_while_ago():
    """For this need only, and not for ever."""
    no = decided("n1-x-20261118", "no_more", provider="p2")
    assert broken(*PAIR, T1, N1, no) == "refused"
    other = decided("n2-x-20261118", "no_more", provider="p2")
    assert broken(*PAIR, T1, N1, need("n2"), other) is None
    long_ago = decided("n1-x-20261118", "no_more", provider="p2", date="2026-01-05")
    assert broken(*PAIR, T1, N1, long_ago) is None


@pytest.mark.parametrize("no", ["p2", "pl1"])
def test_refused_is_a_place_whose_keeper_was_turned_down(no):
    """Whoever says yes to lending it may be named, and so may the place itself."""
    room, asked = place("pl1", manager="p2", space_for="company"), need("n1", category="space")
    base = (*PAIR, room, asked)
    said = decided("n1-x-20261118", "no_more", provider=no)
    assert broken(*base, key="place:pl1") is None
    assert broken(*base, said, key="place:pl1") == "refused"


@pytest.mark.parametrize("who", ["p1", "p2"])
def test_of_age_are_giver_and_asker_unless_the_team_says_otherwise(who):
    """Under age is off by default; a policy opens named categories and what is below them."""
    people = [person(p, minor="yes" if p == who else None) for p in ("p1", "p2")]
    assert broken(*people, T1, N1) == "of_age"
    open_to = Policy(minors=True, minor_categories=("shopping",))
    assert broken(*people, T1, N1, policy=open_to) is None
    finer = talent("t1", "p2", "shopping_together"), need("n1", category="shopping_together")
    assert broken(*people, *finer, policy=open_to) is None
    elsewhere = Policy(minors=True, minor_categories=("sport",))
    assert broken(*people, T1, N1, policy=elsewhere) == "of_age"
    assert broken(*people, T1, N1, policy=Policy(minor_categories=("shopping",))) == "of_age"


@pytest.mark.parametrize(
    ("cells", "young"),
    [
        ({}, False),
        ({"minor": "no", "born": 2010}, False),
        ({"minor": "yes", "born": 1950}, True),
        ({"born": 2010}, True),
        ({"born": 2008}, True),
        ({"born": 2007}, False),
        ({"born": 2000}, True),
        ({"born": 2000, "minor": "no"}, False),
        ({"born": 1990}, False),
    ],
)
def test_who_may_be_under_age_is_protected(cells, young):
    """What is filled in goes first; blank is of age; a decade is any of its years (2000: 2009)."""
    assert under_age(person("p2", **cells), 2026) is young


def test_opted_in_are_both_before_they_meet_as_peers():
    """Peer contact needs a shared experience on which both said yes; unknown is not a yes."""
    talks = talent("t1", "p2", "peer_contact"), need("n1", category="peer_contact")
    yes, no = "Bereavement:yes", "bereavement:no"

    def meets(mine, theirs):
        people = person("p1", experiences=mine), person("p2", experiences=theirs)
        return broken(*people, *talks)

    assert meets(yes, "bereavement:yes") is None
    for mine, theirs in ((yes, no), (no, yes), (yes, None), (None, yes), (yes, "debts:yes")):
        assert meets(mine, theirs) == "opted_in"
    nurse = worker("p2")
    assert broken(ASKER, nurse, *talks) is None


def test_formal_route_that_is_closed_is_not_proposed_again():
    """By id or by name; where it is open, or where that is not known, it may be."""
    college = Organisation(organisation="o1", name="Taalschool", kind="school")
    lessons = talent("t1", "o1", "language", role="professional")
    for route in ("o1", "taalschool", "t1"):
        asked = need("n1", category="language", formal_route=route, formal_open="no")
        assert broken(ASKER, college, lessons, asked) == "formal_route"
    for state in ("yes", None):
        asked = need("n1", category="language", formal_route="o1", formal_open=state)
        assert broken(ASKER, college, lessons, asked) is None
    elsewhere = need("n1", category="language", formal_route="o2", formal_open="no")
    assert broken(ASKER, college, lessons, elsewhere) is None


RUCKSACK = person("p1", support_needed="some")
JOINS = need("n1", category="walk", wants="a1")
WALK = activity("a1", category="walk", initiative="i1")


@pytest.mark.parametrize(
    ("support", "rule"),
    [("none", "supported"), ("some", None), ("much", None), (None, None)],
)
def test_supported_keeps_somebody_from_where_there_is_no_support_for_them(support, rule):
    """Only where the initiative said that it cannot; who needs none may come anywhere."""
    plot = initiative("i1", support=support)
    key = "activity:a1"
    assert broken(RUCKSACK, plot, WALK, JOINS, key=key) == rule
    assert broken(person("p1"), plot, WALK, JOINS, key=key) is None
    alone = activity("a1", category="walk")
    assert broken(RUCKSACK, plot, alone, JOINS, key=key) is None
    helping = need("n2", owner="i1", category="volunteering")
    asked = need("n1", category="volunteering")
    assert broken(RUCKSACK, plot, helping, asked, key="vacancy:n2") == rule


@pytest.mark.parametrize(
    ("support", "rule"),
    [("none", "supportive"), ("some", None), ("much", None), (None, None)],
)
def test_supportive_keeps_volunteers_from_where_there_is_no_support_for_them(support, rule):
    """Not a professional, nor a party; and a person who asks gives no support."""
    plot, asked = initiative("i1", support=support), need("n1", owner="i1", category="garden")
    helper, gives = person("p2", support_needed="some"), talent("t1", "p2", "garden")
    assert broken(helper, plot, gives, asked) == rule
    assert broken(person("p2"), plot, gives, asked) is None
    paid = talent("t1", "p2", "garden", role="professional")
    assert broken(helper, plot, paid, asked) is None
    other = initiative("i2")
    assert broken(other, plot, talent("t1", "i2", "garden"), asked) is None
    assert broken(ASKER, helper, plot, gives, need("n1", category="garden")) is None


LISTENS = Policy(training_required=("listening",))


@pytest.mark.parametrize(
    ("trainings", "rule"),
    [
        ("gespreksvaardigheden:2026-03-01", None),
        ("gespreksvaardigheden:2026-11-23", None),
        ("gespreksvaardigheden:2026-11-24", "trained"),
        ("luisterend oor", None),
        ("sociale kaart", "trained"),
        (None, "trained"),
    ],
)
def test_trained_counts_a_talent_only_with_the_training_that_the_team_asks(trainings, rule):
    """By its day, of residents, and where the team asks it: for what is asked or offered."""
    helper = person("p2", trainings=trainings)
    gives, asked = talent("t1", "p2", "listening"), need("n1", category="listening")
    assert broken(ASKER, helper, gives, asked, policy=LISTENS) == rule
    assert broken(ASKER, helper, gives, asked) is None
    finer = need("n1", category="listening_by_phone")
    assert broken(ASKER, helper, gives, finer, policy=LISTENS) == rule
    paid = talent("t1", "p2", "listening", role="professional")
    assert broken(ASKER, helper, paid, asked, policy=LISTENS) is None


def test_discreet_not_known_keeps_acquaintances_out():
    """Who wants nobody they know gets a stranger; a worker's tie counts for nothing."""
    asked = need("n1", not_known="yes")
    assert broken(*PAIR, T1, asked) is None
    assert broken(*PAIR, T1, asked, tie("p1", "p2")) == "discreet"
    assert broken(*PAIR, T1, asked, tie("p1", "p2", until="2026-11-01")) is None
    assert broken(*PAIR, T1, N1, tie("p1", "p2")) is None


@pytest.mark.parametrize(
    ("wish", "area", "rule"),
    [
        ("yes", "south", None),
        ("yes", "north", "discreet"),
        ("yes", None, "discreet"),
        ("south", "south", "discreet"),
        ("south", "north", None),
        ("south", None, "discreet"),
        (None, None, None),
    ],
)
def test_discreet_not_area_keeps_an_area_out(wish, area, rule):
    """`yes` is the asker's own area; somebody whose area is unknown may well be from there."""
    helper = person("p2", area=area)
    assert broken(ASKER, helper, T1, need("n1", not_area=wish)) == rule


def test_discreet_not_area_yes_of_an_unknown_area_protects_by_keeping_everybody_out():
    """Where the asker's own area is not known nobody surely comes from outside it."""
    asked = need("n1", not_area="yes")
    assert broken(person("p1", area=None), person("p2"), T1, asked) == "discreet"


def test_discreet_not_area_yes_also_means_nobody_they_know():
    """A friend from another village knows them as well."""
    friends = person("p2", area="south"), tie("p1", "p2")
    assert broken(ASKER, *friends, T1, need("n1", not_area="yes")) == "discreet"
    assert broken(ASKER, *friends, T1, need("n1", not_area="west")) is None


@pytest.mark.parametrize(
    ("role", "area", "rule"),
    [
        ("professional", "north", None),
        ("volunteer", "south", None),
        ("volunteer", "north", "discreet"),
        ("volunteer", None, "discreet"),
        ("neighbour", "south", "discreet"),
        (None, "south", "discreet"),
    ],
)
def test_discreet_sensitive_goes_to_a_professional_or_a_volunteer_from_elsewhere(role, area, rule):
    """Never to somebody of the own area, nor to somebody who may live there."""
    helper, asked = person("p2", area=area), need("n1", sensitive="yes")
    assert broken(ASKER, helper, talent("t1", "p2", role=role), asked) == rule


def test_discreet_sensitive_is_not_for_a_group():
    """A sensitive question is not brought to an activity or an initiative."""
    asked = need("n1", category="meal", sensitive="yes")
    assert broken(ASKER, activity("a1"), asked, key="activity:a1") == "discreet"
    assert broken(ASKER, activity("a1"), need("n1", category="meal"), key="activity:a1") is None


DEBTS = need("n1", category="debt_help")


@pytest.mark.parametrize(
    ("role", "rule"), [("professional", None), ("volunteer", "reserved"), (None, "reserved")]
)
def test_reserved_categories_are_for_professionals(role, rule):
    """A blank role of a resident is a neighbour, which is not a professional."""
    assert broken(*PAIR, talent("t1", "p2", "debt_help", role=role), DEBTS) == rule


def test_reserved_is_the_teams_own_choice():
    """A team may keep more for professionals, or less, finer categories included."""
    debts = talent("t1", "p2", "debt_help")
    assert broken(*PAIR, debts, DEBTS, policy=Policy(not_reserved=("debt_help",))) is None
    assert broken(*PAIR, T1, N1, policy=Policy(reserved=("shopping",))) == "reserved"
    at = scene(*PAIR, policy=Policy(reserved=("shopping",)))
    assert reserved(at, "shopping_together")
    assert not reserved(at, "meal")


def test_reserved_activities_are_led_by_a_worker_or_an_organisation():
    """A drop-in for young people is proposed where a worker or an organisation is behind it."""
    asked, evening = need("n1", category="youth_work"), activity("a1", "youth_work")
    town = Organisation(organisation="o1", name="Town")
    led = {"manager": "w1"}, {"host": "o1"}
    base = ASKER, worker("w1"), town, asked
    for who in led:
        found = broken(
            *base, initiative("i1", **who), activity("a1", "youth_work", initiative="i1"),
            key="activity:a1",
        )  # fmt: skip
        assert found is None
    assert broken(*base, evening, key="activity:a1") == "reserved"


@pytest.mark.parametrize("talked", ["no", None])
def test_conversation_comes_before_anybody_outside_the_own_network(talked):
    """Blank is not yet: until then only somebody who is known already may be proposed."""
    asked = need("n1", talked=talked)
    assert broken(*PAIR, T1, asked) == "conversation"
    assert broken(*PAIR, T1, asked, tie("p1", "p2")) is None
    pro = talent("t1", "p2", role="professional")
    assert broken(*PAIR, pro, asked, tie("p1", "p2")) == "conversation"
    assert broken(*PAIR, T1, need("n1", talked="yes")) is None


def test_conversation_is_not_needed_with_an_initiative():
    """An initiative asks for itself."""
    asked = need("n1", "i1", "garden", talked=None)
    assert broken(*PAIR, initiative("i1"), talent("t1", "p2", "garden"), asked) is None


@pytest.mark.parametrize(
    ("cells", "rule"),
    [
        ({}, None),
        ({"until": "2026-11-23"}, None),
        ({"until": "2026-11-22"}, "lasting"),
        ({"from": "2026-12-27"}, None),
        ({"from": "2027-03-01"}, None),
    ],
)
def test_lasting_offers_have_not_stopped(cells, rule):
    """Who has stopped is no offer; who is still to begin is told with the dates."""
    assert broken(*PAIR, talent("t1", "p2", **cells), N1) == rule
    assert broken(ASKER, person("p2", **cells), T1, N1) == rule


def test_lasting_initiatives_have_not_ended():
    """What an initiative offered ends with it."""
    for status, rule in (("running", None), (None, None), ("ended", "lasting")):
        party = initiative("i1", status=status)
        assert broken(ASKER, party, talent("t1", "i1"), N1) == rule


@pytest.mark.parametrize(
    ("audience", "groups", "rule"),
    [
        ("women", "women", None),
        ("Women", "women | 55+", None),
        ("women", "55+", "audience"),
        ("women", None, "audience"),
        (None, None, None),
    ],
)
def test_audience_is_who_says_to_belong_to_it(audience, groups, rule):
    """Nobody is taken to belong to a group who did not say so; without an audience all may come."""
    asker, evening = person("p1", groups=groups), activity("a1", audience=audience)
    assert broken(asker, evening, need("n1", category="meal"), key="activity:a1") == rule


@pytest.mark.parametrize(
    ("offered", "asked", "rrule", "rule"),
    [
        ("once", "once", None, None),
        ("once", None, None, None),
        ("once", None, "FREQ=WEEKLY", "term"),
        ("once", "once", "FREQ=WEEKLY", "term"),
        ("once", "short", None, "term"),
        ("short", "short", None, None),
        ("short", None, "FREQ=WEEKLY", None),
        ("short", "long", None, "term"),
        ("long", "long", "FREQ=WEEKLY", None),
        (None, "long", "FREQ=WEEKLY", None),
    ],
)
def test_term_once_is_not_bound_to_what_comes_back(offered, asked, rrule, rule):
    """An offer lasts as long as the question; a blank term is not held against anybody."""
    wanted = need("n1", term=asked, rrule=rrule)
    assert broken(*PAIR, talent("t1", "p2", term=offered), wanted) == rule


@pytest.mark.parametrize(
    ("mine", "theirs", "hard", "rule"),
    [
        ("nl", "nl", "yes", None),
        ("ar", "ar-SY", "yes", None),
        ("ar", "nl | ar", "yes", None),
        ("ar", "nl", "yes", "language"),
        ("ar", None, "yes", None),
        (None, "nl", "yes", None),
        ("ar", "nl", None, None),
        ("ar", None, "no", None),
    ],
)
def test_language_is_hard_only_where_it_is_marked_so(mine, theirs, hard, rule):
    """An unknown language is a doubt, also where it is hard."""
    people = person("p1", languages=mine), person("p2", languages=theirs)
    assert broken(*people, T1, need("n1", language_hard=hard)) == rule


def test_language_of_the_need_and_of_the_offer_go_before_those_of_the_people():
    """A question in Arabic by somebody who also speaks Dutch."""
    at = scene(
        person("p1", languages="nl"),
        person("p2", languages="nl"),
        talent("t1", "p2", languages="ar"),
        need("n1", languages="ar"),
    )
    assert languages_shared(ask(at), offer(at)) is True


@pytest.mark.parametrize(
    ("step_free", "wheelchair", "rule"),
    [
        ("yes", "yes", None),
        ("no", "yes", "accessible"),
        (None, "yes", None),
        ("no", None, None),
        ("no", "no", None),
    ],
)
def test_accessible_for_a_wheelchair(step_free, wheelchair, rule):
    """A step keeps a wheelchair out; an unknown place is a doubt."""
    asker, hall = person("p1", wheelchair=wheelchair), place("h1", step_free=step_free)
    asked = need("n1", category="meal")
    assert broken(asker, hall, activity("a1", place="h1"), asked, key="activity:a1") == rule


@pytest.mark.parametrize(("quiet", "rule"), [("yes", None), ("no", "accessible"), (None, None)])
def test_accessible_for_who_wants_quiet(quiet, rule):
    """The initiative's own place counts where the activity names none."""
    hall, club = place("h1", quiet=quiet), initiative("i1", place="h1")
    evening = activity("a1", initiative="i1")
    for setting, expected in (("quiet", rule), ("group", None)):
        asked = need("n1", category="meal", setting=setting)
        assert broken(ASKER, hall, club, evening, asked, key="activity:a1") == expected


def test_the_place_of_an_offer_is_that_of_the_activity_else_of_its_initiative():
    """A talent has a place of its own or none."""
    halls = place("h1"), place("h2")
    records = (*halls, initiative("i1", place="h1"), *PAIR, talent("t1", "p2", place="h2"))
    at = scene(*records, activity("a1", initiative="i1"), activity("a2", place="h2"))
    assert place_of(at, offer(at, "activity:a1")).place == "h1"
    assert place_of(at, offer(at, "activity:a2")).place == "h2"
    assert place_of(at, offer(at, "talent:t1")).place == "h2"
    assert place_of(scene(*PAIR, T1), offer(scene(*PAIR, T1))) is None


@pytest.mark.parametrize(
    ("fee", "most", "rule"),
    [
        (5, 5, None),
        (5.01, 5, "fee"),
        (5, 0, "fee"),
        (0, 0, None),
        (None, 0, None),
        (99, None, None),
    ],
)
def test_fee_may_not_be_over_what_somebody_can_pay(fee, most, rule):
    """An unknown fee, or no limit, is not held against an offer."""
    asked = need("n1", category="meal", fee_max_eur=most)
    assert broken(ASKER, activity("a1", fee_eur=fee), asked, key="activity:a1") == rule
    helps = talent("t1", "p2", fee_eur=fee), need("n1", fee_max_eur=most)
    assert broken(*PAIR, *helps) == rule


FAR = {"area": None, "x": 155_000, "y": 466_000}
HERE = {"area": None, "x": 155_000, "y": 463_000}


@pytest.mark.parametrize(
    ("asks", "gives", "rule"),
    [
        ({}, {}, None),
        ({"max_km": 3}, {"max_km": 3}, None),
        ({"max_km": 2.9}, {}, "reach"),
        ({}, {"max_km": 2.9}, "reach"),
        ({"max_km": 9}, {"max_km": 9}, None),
    ],
)
def test_reach_is_within_what_both_will_travel(asks, gives, rule):
    """Three kilometres: within the usual five, and within both limits where they are given."""
    people = person("p1", **HERE), person("p2", **FAR)
    assert broken(*people, talent("t1", "p2", **gives), need("n1", **asks)) == rule


def test_reach_beyond_the_usual_distance_needs_both_to_say_so():
    """Blank is the team's usual distance."""
    people = person("p1", **HERE), person("p2", area=None, x=155_000, y=469_000)
    assert broken(*people, T1, N1) == "reach"
    assert broken(*people, talent("t1", "p2", max_km=7), N1) == "reach"
    assert broken(*people, talent("t1", "p2", max_km=7), need("n1", max_km=7)) is None


def test_reach_that_is_unknown_is_a_doubt_and_no_obstacle():
    """So are areas that are not known to touch."""
    assert broken(ASKER, person("p2", area=None), T1, need("n1", max_km=1)) is None
    assert broken(ASKER, person("p2", area="south"), T1, need("n1", max_km=1)) is None


@pytest.mark.parametrize(
    ("areas", "rule"), [("north", None), ("south | north", None), ("south", "reach"), (None, None)]
)
def test_reach_keeps_to_the_areas_where_somebody_helps(areas, rule):
    """Areas that are named are a limit; blank is none."""
    assert broken(*PAIR, talent("t1", "p2", areas=areas), N1) == rule


@pytest.mark.parametrize(("walks", "rule"), [(3000, None), (2999, "reach"), (None, None)])
def test_reach_is_walked_by_the_asker_where_help_is_given_elsewhere(walks, rule):
    """Clothes are fetched: who cannot walk that far does not get there."""
    people = person("p1", walks_m=walks, **HERE), person("p2", **FAR)
    fetched = talent("t1", "p2", "clothes"), need("n1", category="clothes")
    assert broken(*people, *fetched) == rule
    assert broken(*people, T1, N1) is None  # shopping is done at the asker's


def test_distance_does_not_count_where_nobody_travels():
    """Bookkeeping is done from home, from any distance."""
    people = person("p1", **HERE), person("p2", area=None, x=200_000, y=463_000)
    books = talent("t1", "p2", "bookkeeping"), need("n1", category="bookkeeping")
    at = scene(*people, *books)
    assert distance(at, ask(at), offer(at)) is None
    assert broken(*people, *books) is None
    assert broken(*people, T1, N1) == "reach"


def test_a_rule_changes_nothing_and_says_the_same_again():
    """Rules are questions about frozen records."""
    at = scene(*PAIR, T1, N1)
    first = [rule.holds(at, ask(at), offer(at)) for rule in RULES]
    assert first == [rule.holds(at, ask(at), offer(at)) for rule in RULES] == [True] * len(RULES)
    assert person("p2") == HELPER
