"""Which plans could meet a question, and the funnel of what was removed."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.model import Policy, SolverLimits
from assetmap.plans.building import LATER_RULES, MOST_TIMES, ORDER, leg_of
from assetmap.plans.enumeration import REASONS
from assetmap.plans.rules import RULES
from tests.plans.small import (
    ASKER,
    PAIR,
    activity,
    arranged,
    ask,
    decided,
    initiative,
    kept_apart,
    need,
    person,
    place,
    plan,
    providers,
    removed,
    run,
    scene,
    talent,
    tie,
    weighed,
    worker,
)

T1, N1 = talent("t1", "p2"), need("n1")
MEAL = need("n1", category="meal")
LADY = person("p1", walks_m=100)
AWAY = activity("a1", area="south")


def options(*records, policy=None):
    """Return the plans for n1."""
    return weighed(scene(*records, policy=policy)).options


def taken_off(*records, policy=None):
    """Return how many offers each rule removed for n1."""
    return removed(weighed(scene(*records, policy=policy)))


def starts(*records, policy=None):
    """Return when the plans for n1 begin."""
    return [o.start for o in options(*records, policy=policy)]


# --- the funnel -----------------------------------------------------------------------------

GOES = talent("t1", "p2", "ride", going_to="a1")
FRIEND = person("p3"), tie("p1", "p3"), talent("t2", "p3")
FUNNEL_CASES = {
    "coming": (
        (ASKER, activity("a1", start="2027-04-09 18:00"), MEAL),
        (ASKER, activity("a1"), MEAL),
    ),
    "declined": (
        (*PAIR, T1, N1, decided("n1-xumke4pt-20261118", "no_more")),
        (*PAIR, T1, N1, decided("n1-anything-20261118", "no_more")),
    ),
    "apart": (
        (*PAIR, activity("a1"), GOES, MEAL, kept_apart("p1", "p2")),
        (*PAIR, activity("a1"), GOES, MEAL),
    ),
    "time": (
        (ASKER, activity("a1"), need("n1", category="meal", when="Mon 9-12")),
        (ASKER, activity("a1"), need("n1", category="meal", when="Fri 18-20")),
    ),
    "hours": (
        (*PAIR, talent("t1", "p2", hours_week=1), need("n1", hours=2)),
        (*PAIR, talent("t1", "p2", hours_week=2), need("n1", hours=2)),
    ),
    "complete": (
        (ASKER, activity("a1", requires="host:1"), MEAL),
        (*PAIR, activity("a1", requires="host:1"), MEAL, talent("t1", "p2", "host", going_to="a1")),
    ),
    "capacity": (
        (ASKER, activity("a1", capacity=0), MEAL),
        (ASKER, activity("a1", capacity=1), MEAL),
    ),
    "enough": (
        (*PAIR, T1, need("n1", people_needed=2)),
        (*PAIR, T1, person("p3"), talent("t2", "p3"), need("n1", people_needed=2)),
    ),
    "ride_out": (
        (LADY, AWAY, MEAL, person("p2"), talent("t1", "p2", "ride", available="Fri 20-22")),
        (LADY, AWAY, MEAL, person("p2"), talent("t1", "p2", "ride", available="Fri 17-22")),
    ),
    "ride_back": (
        (LADY, AWAY, MEAL, person("p2"), talent("t1", "p2", "ride", available="Fri 17-18")),
        (LADY, AWAY, MEAL, person("p2"), talent("t1", "p2", "ride", available="Fri 17-22")),
    ),
    "ladder": (
        (*PAIR, T1, *FRIEND, N1),
        (*PAIR, T1, *FRIEND, need("n1", since="2026-11-16")),
    ),
}


def test_every_later_rule_has_a_case():
    """A new rule cannot come without one."""
    assert set(FUNNEL_CASES) == {name for name, _ in LATER_RULES}


@pytest.mark.parametrize("rule", FUNNEL_CASES)
def test_a_rule_that_needs_a_date_removes_what_breaks_it_and_nothing_else(rule):
    """The funnel names it where the offer fails, and not where it passes."""
    fails, passes = FUNNEL_CASES[rule]
    assert removed(weighed(scene(*fails))) == {rule: 1}
    assert removed(weighed(scene(*passes))) == {}


def test_the_funnel_tells_the_rules_in_one_fixed_order():
    """Those without a date first, then those with one; each with a reason."""
    names = [r.name for r in RULES] + [name for name, _ in LATER_RULES]
    assert list(ORDER) == names
    assert len(set(names)) == len(names)
    assert set(REASONS) == set(names)


people = st.builds(
    lambda share, area, languages: {"share": share, "area": area, "languages": languages},
    st.sampled_from(["yes", "no", None]),
    st.sampled_from(["north", "south", None]),
    st.sampled_from(["nl", "ar", None]),
)
gifts = st.builds(
    lambda **cells: cells,
    category=st.sampled_from(["shopping", "meal", "ride", "odd_job"]),
    role=st.sampled_from(["neighbour", "volunteer", "professional", None]),
    term=st.sampled_from(["once", "long", None]),
    available=st.sampled_from(["Mon 9-12", "Fri 17-22", None]),
    fee_eur=st.sampled_from([0, 5, None]),
    until=st.sampled_from(["2026-11-01", None]),
    per_week=st.sampled_from([0, 2, None]),
)
asked = st.builds(
    lambda **cells: cells,
    category=st.sampled_from(["shopping", "meal"]),
    talked=st.sampled_from(["yes", "no", None]),
    since=st.sampled_from(["2026-11-09", "2026-09-01", None]),
    rrule=st.sampled_from(["FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=FR", None]),
    when=st.sampled_from(["Mon 9-10", "Fri 18-20", None]),
    fee_max_eur=st.sampled_from([2, None]),
    language_hard=st.sampled_from(["yes", None]),
    people_needed=st.sampled_from([2, None]),
    tried=st.sampled_from(["own_network", None]),
)


@st.composite
def neighbourhoods(draw):
    """Draw an asker, a few helpers with talents, and an evening."""
    helpers = draw(st.lists(st.tuples(people, gifts), max_size=5))
    records = [person("p1", walks_m=draw(st.sampled_from([100, None])), languages="nl")]
    for k, (cells, gift) in enumerate(helpers):
        records += [person(f"h{k}", **cells), talent(f"t{k}", f"h{k}", **gift)]
    if helpers and draw(st.booleans()):
        records.append(tie("p1", "h0"))
    area = draw(st.sampled_from(["north", "south"]))
    capacity = draw(st.sampled_from([0, 1, None]))
    records.append(activity("a1", area=area, capacity=capacity))
    return [*records, need("n1", **draw(asked))]


@given(neighbourhoods())
@settings(max_examples=50)
def test_the_funnel_adds_up_and_keeps_its_order(records):
    """Offers are those that were removed, each by one rule, and those that are left."""
    found = weighed(scene(*records))
    funnel = found.funnel
    names = [name for name, _ in funnel.removed]
    assert funnel.offers == sum(n for _, n in funnel.removed) + funnel.left
    assert names == sorted(names, key=list(ORDER).index)
    assert len(set(names)) == len(names)
    assert all(n > 0 for _, n in funnel.removed)
    assert sum(n for _, n in funnel.removed) == len(found.misses)
    able = {g.offer.key for o in found.options for p in o.parts for g in p.givers if not g.is_ride}
    assert funnel.left == len(able)
    assert funnel.plans == len(found.options) + found.cut
    assert not able & {m.offer.key for m in found.misses}


@given(neighbourhoods())
@settings(max_examples=30)
def test_the_nearest_miss_is_the_one_that_came_furthest(records):
    """Then what answers best, then by id: that is what an unmet need tells of."""
    misses = weighed(scene(*records)).misses
    assert list(misses) == sorted(
        misses, key=lambda m: (-list(ORDER).index(m.rule), -m.percent, m.offer.key)
    )


@given(neighbourhoods())
@settings(max_examples=30)
def test_every_option_is_whole_and_on_an_open_step(records):
    """Each part has enough givers, none of them above the step, one of them on it."""
    found = weighed(scene(*records))
    for option in found.options:
        givers = [g for p in option.parts for g in p.givers]
        assert all(g.rung in found.steps for g in givers if not g.is_ride)
        assert all(part.possible for part in option.parts)
        assert max(g.step for g in givers) == option.step
        legs = [p.leg.value for p in option.parts]
        assert ("ride_out" in legs) is ("ride_back" in legs)


# --- times for help ---------------------------------------------------------------------------

MONDAYS = [dt.date(2026, 11, 23) + n * dt.timedelta(weeks=1) for n in range(5)]
WEEK_ONLY = Policy(horizon_weeks=1)


def test_where_no_time_is_known_a_plan_is_for_a_week():
    """A bare Monday: some time in that week, with a doubt."""
    found = options(*PAIR, T1, N1)
    assert [o.start for o in found] == MONDAYS
    assert {o.end for o in found} == {None}
    assert "time_unknown" in {d.value for d in found[0].parts[0].givers[0].doubts}


@pytest.mark.parametrize("side", ["asker", "helper", "talent", "need"])
def test_a_time_known_of_one_side_is_enough_to_name_one(side):
    """Whichever side says it; of the helper unknown is a doubt."""
    hours = {"available": "Tue 10:00-12:00"}
    records = {
        "asker": (person("p1", **hours), person("p2"), T1, N1),
        "helper": (ASKER, person("p2", **hours), T1, N1),
        "talent": (*PAIR, talent("t1", "p2", **hours), N1),
        "need": (*PAIR, T1, need("n1", when="Tue 10:00-12:00")),
    }[side]
    found = options(*records, policy=WEEK_ONLY)
    assert [o.start for o in found] == [dt.datetime(2026, 11, 24, 10)]
    doubts = {d.value for d in found[0].parts[0].givers[0].doubts}
    assert ("time_unknown" in doubts) is (side in {"asker", "need"})


@pytest.mark.parametrize(
    ("theirs", "mine", "hours", "begin"),
    [
        ("Mon 9-12", "Mon 10-13", 1, ["10:00", "11:00"]),
        ("Mon 9-12", "Mon 10-13", 2, ["10:00"]),
        ("Mon 9-12", "Mon 10-13", 2.5, []),
        ("Mon 9-12", "Mon 11:30-13", 1, []),
        ("Mon 9-10", "Mon 9-10", None, ["09:00"]),
        ("Mon 9-20", "Mon 9-20", 1, ["09:00", "10:00", "11:00", "12:00"]),
    ],
)
def test_times_are_tiled_from_the_start_of_what_both_share(theirs, mine, hours, begin):
    """One after another, as long as they fit, and at most four a week."""
    helper = talent("t1", "p2", available=theirs, per_week=9)
    found = starts(*PAIR, helper, need("n1", when=mine, hours=hours), policy=WEEK_ONLY)
    assert [f"{at:%H:%M}" for at in found] == begin
    assert len(found) <= MOST_TIMES


@pytest.mark.parametrize(("per_week", "count"), [(None, 1), (1, 1), (3, 3), (9, 4)])
def test_as_many_times_are_weighed_as_somebody_gives_in_a_week(per_week, count):
    """Nobody has anything else to fit in, so more times would not help."""
    helper = talent("t1", "p2", available="Mon 9-20", per_week=per_week)
    assert len(starts(*PAIR, helper, N1, policy=WEEK_ONLY)) == count


@pytest.mark.parametrize(
    "other", [talent("t2", "p2", "pets"), need("n2", "p2", "meal"), need("n2", "p1", "meal")]
)
def test_more_times_are_weighed_where_giver_or_asker_has_other_things_to_fit_in(other):
    """Four a week."""
    helper = talent("t1", "p2", available="Mon 9-20")
    assert len(starts(*PAIR, helper, N1, other, policy=WEEK_ONLY)) == MOST_TIMES


def test_times_keep_clear_of_what_stands_already():
    """The helper is somewhere on Monday from nine to ten, the asker from ten to eleven."""
    helper = talent("t1", "p2", available="Mon 9-13", per_week=9)
    evening = activity("a1", start="2026-11-23 09:00", minutes=60)
    later = activity("a2", start="2026-11-23 10:00", minutes=60)
    goes = talent("t2", "p2", "cook", going_to="a1"), talent("t3", "p1", "cook", going_to="a2")
    found = starts(*PAIR, helper, N1, evening, later, *goes, policy=WEEK_ONLY)
    assert [f"{at:%H:%M}" for at in found] == ["11:00", "12:00"]


def test_help_that_begins_later_is_not_proposed_before():
    """Nor after it ends; weeks that are cut short count where a day is left."""
    first = talent("t1", "p2", **{"from": "2026-12-01"}, until="2026-12-14")
    assert starts(*PAIR, first, N1) == MONDAYS[1:4]
    dated = talent("t1", "p2", available="Mon 9-10", **{"from": "2026-12-01"}, until="2026-12-14")
    assert [at.date() for at in starts(*PAIR, dated, N1)] == MONDAYS[2:4]


def test_help_that_begins_beyond_the_horizon_is_a_date_that_is_coming():
    """It is told, as an activity is."""
    found = weighed(scene(*PAIR, talent("t1", "p2", **{"from": "2027-03-01"}), N1))
    assert removed(found) == {"coming": 1}
    assert found.misses[0].date == dt.date(2027, 3, 1)


# --- what kind of part it is ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("category", "leg"),
    [
        ("shopping", "help"),
        ("space", "place"),
        ("meeting_room", "place"),
        ("land", "place"),
        ("money", "money"),
        ("neighbourhood_fund", "money"),
        ("permission", "contact"),
        ("bookkeeping", "contact"),
    ],
)
def test_a_talent_is_help_a_place_money_or_a_contact(category, leg):
    """By the category of the question, finer ones included."""
    at = scene(ASKER, need("n1", category=category))
    assert leg_of(at, ask(at)).value == leg


def test_a_place_or_a_call_for_people_is_for_a_week():
    """There is no time to agree on yet."""
    room = initiative("i1"), place("h1", space_for="meeting"), need("n1", "i1", "space")
    (found,) = options(*room)
    assert (found.start, found.end, found.parts[0].leg.value) == (MONDAYS[0], None, "place")
    call = ASKER, initiative("i1"), need("n2", "i1", "host"), need("n1", category="volunteering")
    (found,) = options(*call)
    assert (found.start, found.parts[0].leg.value) == (MONDAYS[0], "contact")


# --- activities --------------------------------------------------------------------------------


def test_an_activity_is_a_plan_on_each_of_its_dates():
    """For a question that is asked once, any date of the horizon."""
    weekly = activity("a1", rrule="FREQ=WEEKLY")
    assert [at.day for at in starts(ASKER, weekly, MEAL)] == [27, 4, 11, 18, 25]


def test_who_cannot_walk_there_gets_both_rides_or_no_plan():
    """In the order in which they happen."""
    base = LADY, AWAY, MEAL, person("p2")
    (found,) = options(*base, talent("t1", "p2", "ride"))
    assert [p.leg.value for p in found.parts] == ["ride_out", "activity", "ride_back"]
    assert options(*base) == ()


def test_who_is_somewhere_else_at_that_hour_has_no_time():
    """A ride takes a quarter of an hour more on both sides."""
    first = activity("a2", "sport", start="2026-11-27 16:00", minutes=110)
    comes = talent("t9", "p1", "cook", going_to="a2")
    car = person("p2"), talent("t1", "p2", "ride")
    assert options(LADY, AWAY, first, comes, *car, MEAL) == ()
    assert len(options(person("p1"), AWAY, first, comes, *car, MEAL)) == 1


def test_a_date_beyond_the_horizon_is_told_as_coming():
    """With its day; a question that comes back does not wait for it."""
    april = activity("a1", start="2027-04-09 18:00")
    found = weighed(scene(ASKER, april, MEAL))
    assert (found.misses[0].rule, found.misses[0].date) == ("coming", dt.date(2027, 4, 9))
    weekly = need("n1", category="meal", rrule="FREQ=WEEKLY")
    assert taken_off(ASKER, april, weekly) == {"time": 1}


def test_a_date_that_is_coming_holds_the_higher_steps():
    """The neighbour waits; for a question that comes back they do not."""
    april = activity("a1", start="2027-04-09 18:00")
    cooks = talent("t1", "p2", "meal")
    assert providers(options(*PAIR, april, cooks, MEAL)) == set()
    weekly = need("n1", category="meal", rrule="FREQ=WEEKLY")
    assert providers(options(*PAIR, april, cooks, weekly)) == {"p2"}


def test_what_was_arranged_is_mended_and_not_traded():
    """Another evening is no candidate for a lady whose ride fell away."""
    other = activity("a2")
    weekly = activity("a1", area="south", rrule="FREQ=WEEKLY")
    rows = (
        arranged("r1", "activity", "i1", activity="a1"),
        arranged("r2", "ride_out", "p2", talent="t1", activity="a1", until="2026-11-20"),
        arranged("r3", "ride_back", "p2", talent="t1", activity="a1"),
    )
    helps = person("p2"), person("p3"), talent("t1", "p2", "ride"), talent("t2", "p3", "ride")
    found = options(LADY, initiative("i1"), weekly, other, *helps, MEAL, *rows)
    assert {o.offer.id for o in found} == {"a1"}
    assert {g.offer.provider for o in found for g in o.parts[2].givers} == {"p2"}


# --- limits and steps ---------------------------------------------------------------------------


def test_a_policy_limits_how_many_plans_are_weighed_and_says_so():
    """The best of them stay: the lowest step, the first week, the best fit."""
    known = person("p3", languages="nl"), talent("t2", "p3")
    asker = person("p1", languages="nl")
    few = Policy(solver=SolverLimits(options_per_need=2))
    found = weighed(scene(asker, person("p2"), T1, *known, N1, policy=few))
    assert (len(found.options), found.cut, found.funnel.plans) == (2, 8, 10)
    assert {(o.offer.provider, o.week) for o in found.options} == {("p2", 0), ("p3", 0)}
    one = Policy(solver=SolverLimits(options_per_need=1))
    best = weighed(scene(asker, person("p2"), T1, *known, N1, policy=one)).options
    assert providers(best) == {"p3"}


def test_one_option_for_each_highest_step_of_its_drivers():
    """A friend drives, or a volunteer: two options, the lower of which has no volunteer in it."""
    since = need("n1", category="meal", since="2026-09-01")
    friend = person("p2"), talent("t1", "p2", "ride"), tie("p1", "p2")
    helper = person("p3"), talent("t2", "p3", "ride", role="volunteer")
    found = options(LADY, AWAY, since, *friend, *helper)
    assert [o.step for o in found] == [1, 3]
    assert {g.offer.provider for g in found[0].parts[0].givers} == {"p2"}
    assert {g.offer.provider for g in found[1].parts[0].givers} == {"p2", "p3"}


def test_a_step_that_is_held_back_is_told_with_the_day_on_which_it_opens():
    """The friend comes first; strangers after a week."""
    known = person("p3"), tie("p1", "p3"), talent("t2", "p3")
    found = weighed(scene(*PAIR, T1, N1, *known))
    assert providers(found.options) == {"p3"}
    assert (found.waiting, found.opens) == ("neighbour", dt.date(2026, 11, 30))
    later = weighed(scene(*PAIR, T1, need("n1", since="2026-11-16"), *known))
    assert (later.waiting, later.opens) == (None, None)


def test_somebody_of_another_team_who_fits_is_counted_and_not_named():
    """Only where everything else holds."""
    teams = worker("w1", team="east"), worker("w2", team="west"), person("p1", worker="w1")
    hidden = person("p2", share="team", worker="w2")
    assert weighed(scene(*teams, hidden, T1, N1)).funnel.colleagues == 1
    too_dear = talent("t1", "p2", fee_eur=9), need("n1", fee_max_eur=1)
    assert weighed(scene(*teams, hidden, *too_dear)).funnel.colleagues == 0


def test_doubts_tell_what_is_unknown_or_to_be_asked():
    """None of them is held against anybody."""
    asker = person("p1", wheelchair="yes", needs_buddy="yes")
    quiet = need("n1", category="meal", setting="quiet", tried="initiative")
    (found,) = options(asker, activity("a1", area=None, fee_eur=3), quiet)
    assert {d.value for d in found.parts[0].givers[0].doubts} == {
        "distance_unknown", "costs_money", "step_free_unknown", "quiet_unknown", "buddy_wanted",
        "tried_before",
    }  # fmt: skip
    helper = person("p2", ground=None, languages="ar", area=None)
    mine = person("p1", languages="nl")
    dear = talent("t1", "p2", fee_eur=2, conditions="x", until="2026-12-20")
    found = options(mine, helper, dear, need("n1", term="long"))[0]
    assert {d.value for d in found.parts[0].givers[0].doubts} == {
        "time_unknown", "distance_unknown", "costs_money", "conditions", "no_shared_language",
        "not_met_before", "ground_unknown", "stops_soon",
    }  # fmt: skip


def test_candidates_do_not_depend_on_the_order_of_the_rows():
    """The same plans from the same records, turned round."""
    records = [*PAIR, T1, N1, person("p3"), talent("t2", "p3"), activity("a1"), need("n2")]
    first, second = weighed(scene(*records)), weighed(scene(*reversed(records)))
    assert [(o.key, o.step) for o in first.options] == [(o.key, o.step) for o in second.options]
    assert first.funnel == second.funnel
    assert plan(run(*records)).plan == plan(run(*reversed(records))).plan


# --- corners --------------------------------------------------------------------------------------


def test_of_a_weekly_evening_only_the_dates_after_a_protection_are_left():
    """A protection that ends on 5 December."""
    weekly = activity("a1", rrule="FREQ=WEEKLY")
    apart = kept_apart("p1", "a1", until="2026-12-05")
    assert [at.day for at in starts(ASKER, weekly, MEAL, apart)] == [11, 18, 25]


def test_a_ride_that_is_asked_for_itself_is_a_ride_all_the_same():
    """To the hospital: a car without seats, or one that takes no wheelchair, is no help."""
    asks = need("n1", category="hospital_ride")
    ride = talent("t1", "p2", "hospital_ride", seats=0)
    assert taken_off(*PAIR, ride, asks) == {"capacity": 1}
    wheels = person("p1", wheelchair="yes"), person("p2")
    for takes, rules in (("yes", {}), ("no", {"accessible": 1}), (None, {"accessible": 1})):
        car = talent("t1", "p2", "hospital_ride", wheelchair=takes)
        assert taken_off(*wheels, car, asks) == rules


def test_somebody_who_stops_before_the_day_that_is_asked_has_stopped():
    """The first Friday is after their last day."""
    fridays = need("n1", rrule="FREQ=WEEKLY;BYDAY=FR")
    short = talent("t1", "p2", until="2026-11-25", available="Wed-Fri 9-10", term="long")
    assert taken_off(*PAIR, short, fridays) == {"lasting": 1}


def test_a_place_is_asked_for_the_day_that_is_named():
    """Each Wednesday is a plan of its own with an id of its own."""
    asks = need("n1", "i1", "space", rrule="FREQ=WEEKLY;BYDAY=WE")
    found = run(initiative("i1"), place("h1", space_for="meeting"), asks)
    assert [p.occurrence.day for p in found.items] == [25, 2, 9, 16, 23]
    assert len({p.plan for p in found.items}) == 5
