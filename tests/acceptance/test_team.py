"""Who is in a team and around it, with which hours, rewards, trainings and motives (S62 to S72)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from assetmap import explain, overview
from assetmap.audit import faults
from assetmap.model import (
    ALLOWANCE_LIMITS,
    Cap,
    Leg,
    Policy,
    Purpose,
    Reward,
    Rung,
    Side,
    SupportNeeded,
    party_kind,
)
from assetmap.privacy import Audience, release
from tests.acceptance.stories import (
    everywhere,
    files,
    gap,
    givers,
    less,
    more,
    put,
    run,
    the_plan,
    told,
    unmet,
)

DAY = dt.date(2026, 11, 23)

# --- S62: four kinds of reward, and the cap of a year --------------------------------------------

REWARDS = {
    "people": "person;minor\nans;\nkim;ja",
    "initiatives": "initiative;name\ncafe;Eetcafé\nhouse;Buurthuis",
    "talents": """
        talent;owner;category;reward
        t1;ans;kok;onbetaald
        t2;ans;gastvrouw;vrijwilligersvergoeding
        t3;ans;tuin;in dienst
        t4;ans;oppas;inhuur
        """,
    "memberships": """
        member;party;role;reward;hours_week;Bedrag per uur;since;until
        ans;cafe;kok;vergoeding;4;5,75;2026-01-01;2026-12-31
        ans;house;beheer;vergoeding;3;5,75;2026-01-01;2026-12-31
        """,
}


def test_S62_anybody_can_give_in_all_four_ways(tmp_path: Path) -> None:
    """Unpaid, with an allowance, employed, hired: one person, four talents."""
    hood = everywhere(tmp_path, REWARDS)
    assert [talent.reward for talent in hood.talents] == list(Reward)
    assert told(hood) == set()


def test_S62_the_limits_of_the_year_have_a_source() -> None:
    """2026: 5.75 an hour, 220 a month, 2,200 a year; the rows before it rise to it."""
    limit = ALLOWANCE_LIMITS[2026]
    assert (limit.hour_eur, limit.month_eur, limit.year_eur) == (Decimal("5.75"), 220, 2200)
    assert all(row.source for row in ALLOWANCE_LIMITS.values())
    years = [ALLOWANCE_LIMITS[year] for year in sorted(ALLOWANCE_LIMITS)]
    for name in ("hour_eur", "young_hour_eur", "month_eur", "year_eur"):
        amounts = [getattr(row, name) for row in years]
        assert amounts == sorted(amounts)


def test_S62_all_organisations_count_together(tmp_path: Path) -> None:
    """Seven hours at two houses are just below the limit, eight are over it: only told."""
    hood = everywhere(tmp_path / "below", REWARDS)
    found = overview.allowance_in(hood, "ans", year=2026)
    assert (found.year_eur, found.month_eur) == (Decimal("2098.75"), Decimal("178.25"))
    assert found.passed == ()
    more_hours = REWARDS["memberships"].replace("beheer;vergoeding;3", "beheer;vergoeding;4")
    over = everywhere(tmp_path / "over", {**REWARDS, "memberships": more_hours})
    assert overview.allowance_in(over, "ans", year=2026).passed == (Cap.YEAR,)
    assert told(over) == {("allowance-over-year", "memberships", 3, "hour_eur")}
    (warning,) = over.notices
    assert (warning.facts["limit"], warning.facts["year"]) == ("2200", "2026")
    assert str(warning.severity) == "warning"


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        ("ans;cafe;kok;vergoeding;2;5,76;2026-01-01;", {"allowance-over-hour"}),
        ("ans;cafe;kok;vergoeding;2;5,65;2026-01-01;", set()),
        ("ans;cafe;kok;vergoeding;2;5,65;2025-12-01;", {"allowance-over-hour"}),
        ("kim;cafe;kok;vergoeding;2;3,41;2026-01-01;", {"allowance-over-hour"}),
        ("kim;cafe;kok;vergoeding;2;3,40;2026-01-01;", set()),
        ("ans;cafe;kok;vergoeding;20;5,00;2026-05-01;2026-05-14", set()),
        ("ans;cafe;kok;vergoeding;20;5,00;2026-05-01;2026-05-17", {"allowance-over-month"}),
        ("ans;cafe;kok;in dienst;20;15,00;2026-05-01;", {"amount-without-allowance"}),
        ("ans;cafe;kok;vergoeding;20;50,00;2031-01-01;2031-12-31", set()),
        ("ans;cafe;kok;vergoeding;;5,00;2026-01-01;", set()),
    ],
)
def test_S62_each_limit_has_two_sides(tmp_path: Path, row: str, codes: set[str]) -> None:
    """The hour, the month, the younger, another year, no allowance, a year nobody knows yet."""
    head = "member;party;role;reward;hours_week;hour_eur;since;until"
    hood = files(tmp_path, {**REWARDS, "memberships": more(head, row)})
    assert {each[0] for each in told(hood)} == codes


# --- S65: hours per purpose ----------------------------------------------------------------------

HALF = {
    "people": "person;kind\nward;worker\nvera;worker",
    "organisations": "organisation;name;kind\nteam;Wijkteam;team",
    "memberships": """
        Wie;Waarvan;Rol;Uren per week;Waarvoor;Sinds
        ward;team;opbouwwerker;9;samenlevingsopbouw;
        ward;team;opbouwwerker;9;casussen;
        vera;team;opbouwwerker;16;samenlevingsopbouw;2026-11-24
        """,
    "team_hours": """
        week;worker;purpose;hours
        2026-W48;ward;cases;12
        2026-W48;ward;community;6
        2026-W47;ward;cases;9
        """,
}


def test_S65_hours_are_kept_per_purpose(tmp_path: Path) -> None:
    """Three hours too many on cases leave the three for the neighbourhood where they were."""
    hood = everywhere(tmp_path, HALF)
    week = {row.purpose: row for row in overview.purpose_hours(hood, week="2026-W48")}
    assert (week[Purpose.CASES].agreed, week[Purpose.CASES].used) == (9.0, 12.0)
    assert week[Purpose.CASES].left == -3.0
    assert week[Purpose.COMMUNITY].left == 3.0
    assert (week[Purpose.OTHER].agreed, week[Purpose.OTHER].used) == (None, None)


def test_S65_a_role_begins_on_its_day(tmp_path: Path) -> None:
    """Sixteen hours more from the Monday after; asked of one worker, only the own hours."""
    hood = files(tmp_path, HALF)
    agreed = [
        overview.purpose_hours(hood, week=week)[1].agreed for week in ("2026-W48", "2026-W49")
    ]
    assert agreed == [9.0, 25.0]
    assert overview.purpose_hours(hood, week="2026-W49", worker="vera")[1].agreed == 16.0


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("2026-W48;ward;cases;1", "hours-twice", "purpose"),
        ("2026-W48;ward;other;151", "week-too-long", "hours"),
        ("2026-W48;ward;other;150", None, None),
        ("2026-W46;ward;cases;1", None, None),
    ],
)
def test_S65_hours_that_cannot_be_are_told(
    tmp_path: Path, row: str, code: str | None, column: str | None
) -> None:
    """The same purpose twice in a week, or more hours than a week has."""
    hood = everywhere(tmp_path, {**HALF, "team_hours": more(HALF["team_hours"], row)})
    assert told(hood) == ({(code, "team_hours", 5, column)} if code else set())


BUILDER = {
    "people": """
        person;kind;area;worker
        asks;;north;ward
        bo;;north;ward
        ward;worker;north;
        """,
    "initiatives": "initiative;name;area;manager\ncafe;Eetcafé;north;ward",
    "talents": "talent;owner;category;per_week\nt1;ward;guidance;9",
    "memberships": """
        member;party;hours_week;purpose
        ward;cafe;1;cases
        ward;cafe;2;community
        """,
    "needs": """
        need;owner;category;talked;hours;tried
        n1;asks;guidance;yes;1;own_network|neighbour|initiative|volunteer
        n2;bo;guidance;yes;1;own_network|neighbour|initiative|volunteer
        n3;cafe;guidance;;2;own_network|neighbour|initiative|volunteer
        """,
}
ONE_WEEK = Policy(horizon_weeks=1)


def test_S65_case_work_takes_nothing_of_the_hours_for_the_neighbourhood() -> None:
    """An hour for cases: one of the two; the two hours for the initiative are kept for it."""
    found = run(BUILDER, policy=ONE_WEEK)
    assert givers(found, "n3") == {"contact": "ward"}
    assert len({"n1", "n2"} & unmet(found)) == 1
    without = run(BUILDER, needs=less(BUILDER["needs"], "n3"), policy=ONE_WEEK)
    assert len({"n1", "n2"} & unmet(without)) == 1
    assert faults(found) == faults(without) == []


def test_S65_a_team_may_use_hours_for_either() -> None:
    """With the switch of the team three hours are three hours, whoever asks."""
    either = ONE_WEEK.model_copy(update={"purposes_apart": False})
    needs = less(BUILDER["needs"], "n3")
    assert unmet(run(BUILDER, needs=needs, policy=either)) == set()
    full = run(BUILDER, policy=either)
    assert len(unmet(full)) == 1
    assert faults(full) == []


@pytest.mark.parametrize(
    ("row", "left"),
    [
        ("2026-W48;ward;cases;1", {"n3"}),
        ("2026-W48;ward;cases;9", {"n3"}),
        ("2026-W48;ward;community;1", {"n1"}),
        ("2026-W48;ward;community;9", {"n1"}),
        ("2026-W48;ward;other;9", {"n1", "n3"}),
        ("2026-W47;ward;cases;9", {"n1", "n3"}),
    ],
)
def test_S65_what_was_written_down_is_used_up(row: str, left: set[str]) -> None:
    """In that week, for that purpose; hours too many for one take nothing of the other."""
    hours = f"week;worker;purpose;hours\n{row}"
    needs = less(BUILDER["needs"], "n2")
    found = run(BUILDER, needs=needs, team_hours=hours, policy=ONE_WEEK)
    assert {plan.need for plan in found.items} == left
    assert faults(found) == []


def test_S65_hours_meant_for_nothing_in_particular_are_for_either() -> None:
    """An hour more without a purpose: for the second case, or for an initiative, not for both."""
    rows = more(BUILDER["memberships"], "ward;cafe;1;")
    assert unmet(run(BUILDER, memberships=rows, policy=ONE_WEEK)) == set()
    longer = put(BUILDER["needs"], "n3", hours="3")
    found = run(BUILDER, memberships=rows, needs=longer, policy=ONE_WEEK)
    assert len(unmet(found)) == 1
    assert faults(found) == []


def test_S65_standing_help_takes_hours_of_its_own_purpose() -> None:
    """An hour a week by arrangement for one case leaves nothing for the other."""
    standing = """
        arrangement;need;leg;provider;talent;since;rrule
        r1;n1;help;ward;t1;2026-10-01;FREQ=WEEKLY
        """
    found = run(BUILDER, arrangements=standing, policy=ONE_WEEK)
    assert unmet(found) == {"n2"}
    assert givers(found, "n3") == {"contact": "ward"}
    assert faults(found) == []


# --- S66: somebody stops -------------------------------------------------------------------------

LEAVES = {
    "people": """
        person;area;share;from;until
        asks;north;yes;;
        goes;north;yes;2025-09-01;2026-12-05
        """,
    "talents": "talent;owner;category;until\nt1;goes;shopping;",
    "needs": "need;owner;category;talked;hours;rrule\nn1;asks;shopping;yes;1;elke dinsdag",
    "arrangements": """
        arrangement;need;leg;provider;talent;since;until
        r1;n1;help;goes;t1;2026-10-01;
        """,
}


def test_S66_an_arrangement_past_the_end_is_to_be_handed_over(tmp_path: Path) -> None:
    """It is told on reading and listed from five weeks before; a year before it is not yet."""
    hood = everywhere(tmp_path, LEAVES)
    assert told(hood) == {("runs-past-end", "arrangements", 2, "until")}
    (task,) = overview.hand_overs(hood, asof=DAY)
    assert (task.arrangement, task.need, task.leg) == ("r1", "n1", Leg.HELP)
    assert (task.provider, task.last_day) == ("person:goes", dt.date(2026, 12, 5))
    soon = dt.date(2026, 12, 5) - dt.timedelta(days=Policy().ending_soon_days)
    assert overview.hand_overs(hood, asof=soon) != ()
    assert overview.hand_overs(hood, asof=soon - dt.timedelta(days=1)) == ()
    assert overview.hand_overs(hood, asof=soon - dt.timedelta(days=1), days=36) != ()


@pytest.mark.parametrize(
    ("table", "row", "change", "ends"),
    [
        ("arrangements", "r1", {"until": "2026-12-05"}, None),
        ("arrangements", "r1", {"until": "2026-12-06"}, dt.date(2026, 12, 5)),
        ("talents", "t1", {"until": "2026-12-01"}, dt.date(2026, 12, 1)),
        ("people", "goes", {"until": ""}, None),
        ("people", "goes", {"until": "2026-11-01"}, dt.date(2026, 11, 1)),
    ],
)
def test_S66_the_expected_end_of_whichever_comes_first(
    tmp_path: Path, table: str, row: str, change: dict[str, str], ends: dt.date | None
) -> None:
    """The arrangement's own end, the talent's, the person's; already over is told as well."""
    hood = files(tmp_path, {**LEAVES, table: put(LEAVES[table], row, **change)})
    found = overview.hand_overs(hood, asof=DAY)
    assert [task.last_day for task in found] == ([] if ends is None else [ends])
    assert {each[0] for each in told(hood)} == (set() if ends is None else {"runs-past-end"})


SUCCESSOR = {
    **LEAVES,
    "people": more(LEAVES["people"], "next;north;yes;;"),
    "talents": more(LEAVES["talents"], "t2;next;shopping;"),
}


@pytest.mark.parametrize("ends", ["people", "talents", "arrangements"])
def test_S66_a_successor_is_tried_for_the_dates_after_the_last_day(ends: str) -> None:
    """Until the last day nothing changes; after it somebody else is proposed, with urgency."""
    whole = put(SUCCESSOR["people"], "goes", until="")
    rows = {"people": ("goes", whole), "talents": ("t1", SUCCESSOR["talents"])}
    row, table = rows.get(ends, ("r1", LEAVES["arrangements"]))
    changed = {"people": whole, ends: put(table, row, until="2026-12-05")}
    found = run(SUCCESSOR, **changed)
    assert faults(found) == []
    dates = {plan.occurrence.isoformat()[:10]: plan for plan in found.items}
    assert {day: plan.legs[0].provider for day, plan in dates.items()} == {
        "2026-11-24": "goes",
        "2026-12-08": "next",
        "2026-12-15": "next",
        "2026-12-22": "next",
    }
    assert dates["2026-11-24"].status == "standing"
    assert "stops_soon" in dates["2026-11-24"].legs[0].doubts
    sentence = explain.why(found, "n1", language="en").plans[1].sentence
    assert "goes does this until Saturday 5 December. next can take over after that." in sentence


def test_S66_the_run_tells_who_stops_and_who_takes_over() -> None:
    """With a successor, and without one: then the question is open, and is told so."""
    (found,) = explain.successions(run(SUCCESSOR))
    assert (found.arrangement, found.provider, found.successors) == ("r1", "goes", ("next",))
    assert str(found) == "goes stopt op zaterdag 5 december. next kan dit overnemen: boodschappen."
    people = more(SUCCESSOR["people"], "other;north;yes;;")
    both = run(SUCCESSOR, people=people, talents=more(SUCCESSOR["talents"], "t3;other;shopping;"))
    (shared,) = explain.successions(both, language="en")
    assert sorted(shared.successors) == ["next", "other"]
    assert str(shared).endswith("can take over together: shopping.")
    alone = run(LEAVES)
    (left,) = explain.successions(alone)
    assert left.successors == ()
    assert str(left).endswith("Er is nog niemand die dit overneemt: boodschappen.")
    assert alone.gap_for("n1") is not None
    stays = run(SUCCESSOR, people=put(SUCCESSOR["people"], "goes", until=""))
    assert explain.successions(stays) == ()
    assert {plan.legs[0].provider for plan in stays.items} == {"goes"}


def test_S66_who_takes_over_goes_before_who_asks_for_the_first_time() -> None:
    """What was promised is asked again with the highest urgency: a new question waits."""
    needs = more(LEAVES["needs"], "n2;asks2;shopping;yes;1;elke dinsdag")
    people = more(SUCCESSOR["people"], "asks2;north;yes;;")
    found = run(SUCCESSOR, needs=needs, people=people)
    assert faults(found) == []
    later = [p for p in found.items if p.occurrence.isoformat() > "2026-12-06"]
    assert {plan.need for plan in later} == {"n1"}


# --- S67 and S68: motives and ties ---------------------------------------------------------------

WHY = {
    "people": """
        person;area;share;motive;trainings
        asks;north;yes;;
        kay;north;yes;;
        lou;north;yes;werkervaring;
        mo;north;yes;;
        """,
    "talents": "talent;owner;category\nt1;kay;computer\nt2;lou;computer",
    "needs": "need;owner;category;talked;hours\nn1;asks;computer;yes;1",
}


def test_S67_a_motive_may_tip_the_balance_and_is_never_required(tmp_path: Path) -> None:
    """Who wants to gain experience is asked first; without a motive anybody still can be."""
    hood = everywhere(tmp_path, WHY)
    assert [person.motive for person in hood.people] == [None, None, "werkervaring", None]
    assert givers(run(WHY), "n1") == {"help": "lou"}
    assert "motive" in the_plan(run(WHY), "n1").legs[0].points
    other = put(put(WHY["people"], "lou", motive=""), "kay", motive="werkervaring")
    assert givers(run(WHY, people=other), "n1") == {"help": "kay"}
    nobody = run(WHY, people=put(WHY["people"], "lou", motive=""))
    assert "motive" not in the_plan(nobody, "n1").legs[0].points
    unknown = run(WHY, people=put(WHY["people"], "lou", motive="na mijn pensioen iets doen"))
    assert the_plan(unknown, "n1") is not None


def test_S68_ties_count_and_a_diploma_is_not_needed(tmp_path: Path) -> None:
    """A trained stranger and somebody with an acquaintance in common: the second is asked."""
    people = put(put(WHY["people"], "lou", motive=""), "kay", trainings="gespreksvaardigheden")
    ties = "a;b;kind;strength\nasks;mo;friend;2\nmo;lou;friend;2"
    story = {**WHY, "people": people, "ties": ties}
    everywhere(tmp_path, story)
    assert givers(run(story), "n1") == {"help": "lou"}
    assert "common" in the_plan(run(story), "n1").legs[0].points
    moved = "a;b;kind;strength\nasks;mo;friend;2\nmo;kay;friend;2"
    assert givers(run(story, ties=moved), "n1") == {"help": "kay"}


# --- S69: what a training unlocks ----------------------------------------------------------------

TRAINED = {
    "people": """
        person;Cursussen
        ans;Gespreksvaardigheden:2026-03-01 | sociale kaart:2026-10-01
        bo;groepsvorming
        co;schuldhulpverlening:2026-01-01 | huiselijk geweld:2026-01-01 | zweefvliegen:2026-01-01
        """,
}


def test_S69_a_training_unlocks_what_it_is_about_from_its_day(tmp_path: Path) -> None:
    """Conversation skills: a listening ear and visits; the social map only after its date."""
    hood = everywhere(tmp_path, TRAINED)
    spring = set(overview.unlocked(hood, "ans", asof=dt.date(2026, 3, 1)))
    assert {"listening", "visit"} <= spring
    assert "guidance" not in spring
    assert "guidance" in overview.unlocked(hood, "ans", asof=dt.date(2026, 10, 1))
    assert overview.unlocked(hood, "ans", asof=dt.date(2026, 2, 28)) == ()
    assert "group_guidance" in overview.unlocked(hood, "bo", asof=DAY)


def test_S69_a_training_never_unlocks_what_is_reserved(tmp_path: Path) -> None:
    """Neither debt help nor a theme of safety, whatever the course; unless the team says so."""
    hood = files(tmp_path, TRAINED)
    assert overview.unlocked(hood, "co", asof=DAY) == ()
    free = hood.with_policy(Policy(not_reserved=("debt_help",)))
    assert overview.unlocked(free, "co", asof=DAY) == ("budget_management", "debt_help")
    strict = hood.with_policy(Policy(reserved=("listening",)))
    assert "listening" not in overview.unlocked(strict, "ans", asof=DAY)
    assert "visit" in overview.unlocked(strict, "ans", asof=DAY)


# --- S70 and S71: who is in a team, and the parties around it ------------------------------------

FUNCTIONS = (
    "buurtwerker|wijkverpleegkundige|jeugdverpleegkundige|maatschappelijk werker|klantmanager|"
    "ambtenaar Wmo|ambtenaar W&I|sociaal raadsman|onafhankelijk ondersteuner|opbouwwerker|"
    "wijkagent|gebiedsregisseur"
)


def team_of(functions: str) -> dict[str, str]:
    """Tell a team of one worker for each function, with two volunteers."""
    names = functions.split("|")
    workers = [f"w{n};worker;{name};" for n, name in enumerate(names)]
    rows = [f"w{n};team;;in dienst" for n in range(len(names))]
    return {
        "people": more(
            "person;kind;function;team", *workers, "ans;;;", "bo;;;", "vic;worker;;team"
        ),
        "organisations": "organisation;name;kind\nteam;Kernteam;kernteam",
        "memberships": more(
            "member;party;role;reward", *rows, "ans;team;vrijwilliger;geen", "bo;team;lid;geen"
        ),
    }


def test_S70_every_function_and_volunteers_fit_in_a_team(tmp_path: Path) -> None:
    """All functions are kept as written; a volunteer is a member and stays a resident."""
    hood = everywhere(tmp_path, team_of(FUNCTIONS))
    assert told(hood) == set()
    found = overview.members(hood, "team", asof=DAY)
    assert {each.function for each in found if each.reward is Reward.EMPLOYED} == set(
        FUNCTIONS.split("|")
    )
    volunteers = [each.member for each in found if each.side is Side.RESIDENTS]
    assert volunteers == ["person:ans", "person:bo"]
    assert "person:vic" in {each.member for each in found}
    assert {each.role for each in found if each.side is Side.RESIDENTS} == {"vrijwilliger", "lid"}


AROUND = (
    "MEE|maatschappelijk werk|welzijn|RIBW|woningbouw|gemeente|wijkteam",
    "dorpsbelangen|wijkplatform|seniorenraad|bewonersadviesraad|wijkraad|kerk|vereniging",
    "school|huisartsen|verzorgingshuis|woningcorporatie|politie|fysiotherapeut",
)


def test_S70_S71_every_party_around_a_team_can_be_written_down(tmp_path: Path) -> None:
    """As people call them; residents' bodies on the one side, professionals on the other."""
    names = "|".join(AROUND).split("|")
    rows = [f"o{n};x{n};{name}" for n, name in enumerate(names)]
    hood = everywhere(tmp_path, {"organisations": more("organisation;name;kind", *rows)})
    assert told(hood) == set()
    assert [row.kind for row in hood.organisations] == names
    sides = {name: party_kind(name).side for name in names}
    assert {name for name, side in sides.items() if side is Side.RESIDENTS} == set(
        AROUND[1].split("|")
    )


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("ruimtevaart", "unknown-party-kind"),
        ("woningcoporatie", "unknown-party-kind-near"),
        ("Woningcorporatie", None),
        ("", None),
    ],
)
def test_S71_another_kind_of_party_is_kept_and_told(
    tmp_path: Path, kind: str, code: str | None
) -> None:
    """A notice, with the likely intention where it was misspelt; blank is only unknown."""
    hood = everywhere(tmp_path, {"organisations": f"organisation;name;kind\no1;x;{kind}"})
    assert hood.organisations[0].kind == (kind or None)
    assert told(hood) == ({(code, "organisations", 2, "kind")} if code else set())


def test_S71_an_observer_sees_counts_and_no_person(tmp_path: Path) -> None:
    """The council of seniors adopts a team: it reads as the municipality does."""
    story = team_of("opbouwwerker|wijkagent|klantmanager|buurtwerker|sociaal raadsman")
    story["organisations"] = more(story["organisations"], "seniors;Seniorenraad;seniorenraad")
    story["memberships"] = more(story["memberships"], "seniors;team;waarnemer;")
    hood = everywhere(tmp_path, story)
    found = overview.members(hood, "team", asof=DAY)
    (council,) = [each for each in found if each.member == "organisation:seniors"]
    audience = overview.audience_of(council.role)
    assert audience is Audience.COUNCIL
    figures = release(overview.district(hood, asof=DAY), audience).value
    assert (figures.teams, figures.professionals, figures.volunteers) == (1, 5, None)
    seen = release(found[0], audience).value
    assert {seen.member, seen.role, seen.function, seen.reward} == {None}
    assert overview.audience_of("vrijwilliger") is None


# --- S72: volunteers who need support themselves -------------------------------------------------


@pytest.mark.parametrize(
    ("gives", "needed", "fits"),
    [
        ("veel", "veel", True),
        ("enige", "veel", False),
        ("geen", "enige", False),
        ("geen", "geen", True),
        ("", "enige", None),
        ("", "geen", True),
        ("enige", "", None),
        ("veel", "", True),
    ],
)
def test_S72_an_initiative_says_how_much_support_it_can_give(
    tmp_path: Path, gives: str, needed: str, fits: bool | None
) -> None:
    """Enough, not enough, or not known; a blank is never read as none."""
    story = {
        "people": f"person;Steun nodig\nans;{needed}",
        "initiatives": f"initiative;name;support\nplot;Moestuin;{gives}",
    }
    hood = everywhere(tmp_path, story)
    assert hood.initiatives[0].can_support(hood.person("ans").support_needed) is fits


def test_S72_support_is_a_word_of_three(tmp_path: Path) -> None:
    """None, some, much; nothing about why."""
    assert [word.value for word in SupportNeeded] == ["none", "some", "much"]
    hood = files(tmp_path, {"people": less("person;support_needed\nans;some\nbo;much", "bo")})
    assert hood.person("ans").support_needed is SupportNeeded.SOME


RUCKSACK = {
    "people": """
        person;area;share;support_needed
        ans;north;yes;some
        bo;north;yes;
        """,
    "initiatives": "initiative;name;area;support\nplot;Moestuin;north;some",
    "activities": """
        activity;initiative;name;category;area;start;minutes
        dig;plot;Spitten;garden;north;2026-11-26 13:30;120
        """,
    "talents": "talent;owner;category;role\nt1;ans;garden;volunteer",
    "needs": """
        need;owner;category;talked;wants
        n1;plot;garden;;
        n2;ans;creative;yes;dig
        """,
}


@pytest.mark.parametrize(
    ("support", "helps", "joins", "asks"),
    [
        ("some", True, True, False),
        ("much", True, True, False),
        ("none", False, False, False),
        ("", True, True, True),
    ],
)
def test_S72_a_match_respects_the_support_that_an_initiative_can_give(
    support: str, helps: bool, joins: bool, asks: bool
) -> None:
    """As a volunteer and as somebody who takes part; where it is not known it is asked."""
    initiatives = put(RUCKSACK["initiatives"], "plot", support=support)
    found = run(RUCKSACK, initiatives=initiatives)
    assert faults(found) == []
    assert (found.plan_for("n1") is not None, found.plan_for("n2") is not None) == (helps, joins)
    if not helps:
        assert gap(found, "n1") == "not_possible_here"
        assert found.gap_for("n1").closest is None
        assert gap(found, "n2") == "not_accessible"
    for plan in found.items:
        assert ("support_unknown" in plan.legs[0].doubts) is asks
    if asks:
        questions = explain.why(found, "n2").plans[0].questions
        assert "Hoeveel begeleiding is er nodig, en kan het initiatief die geven?" in questions


def test_S72_nobody_is_asked_about_support_that_nobody_needs() -> None:
    """Blank or none: no doubt, whatever the initiative can give."""
    for support in ("", "none"):
        initiatives = put(RUCKSACK["initiatives"], "plot", support=support)
        people = put(RUCKSACK["people"], "ans", support_needed="none")
        for told_people in (people, put(people, "ans", support_needed="")):
            found = run(RUCKSACK, initiatives=initiatives, people=told_people)
            assert found.plan_for("n1") is not None
            assert not any("support_unknown" in leg.doubts for p in found.items for leg in p.legs)
            assert faults(found) == []


# --- S69 and S13: trainings in a run -------------------------------------------------------------

DESK = {
    "people": """
        person;kind;area;share;trainings;worker
        asks;;north;yes;;ward
        ans;;north;yes;sociale kaart:2026-10-01;ward
        bo;;north;yes;;ward
        ward;worker;north;yes;;
        """,
    "talents": """
        talent;owner;category;role
        t1;ans;forms;volunteer
        t2;bo;forms;volunteer
        t3;ward;forms;
        """,
    "needs": "need;owner;category;talked;hours;tried\nn1;asks;forms;yes;1;",
}
TRAINED_ONLY = Policy(training_required=("forms",), waiting_days=dict.fromkeys(Rung, 0))


def test_S69_a_talent_counts_only_with_the_training_that_the_team_asks() -> None:
    """The volunteer with the refresher, not the one without; unless the team asks nothing."""
    needs = put(DESK["needs"], "n1", tried="own_network|neighbour|initiative")
    found = run(DESK, needs=needs, policy=TRAINED_ONLY)
    assert givers(found, "n1") == {"help": "ans"}
    assert faults(found) == []
    talents = less(DESK["talents"], "t1")
    assert givers(run(DESK, needs=needs, talents=talents, policy=TRAINED_ONLY), "n1") == {
        "help": "ward"
    }
    free = TRAINED_ONLY.model_copy(update={"training_required": ()})
    assert givers(run(DESK, needs=needs, talents=talents, policy=free), "n1") == {"help": "bo"}


@pytest.mark.parametrize(
    ("topic", "counts"),
    [
        ("sociale kaart:2026-11-23", True),
        ("sociale kaart:2026-11-24", False),
        ("sociale kaart", True),
        ("wegwijs", True),
        ("groepsvorming", False),
        ("", False),
    ],
)
def test_S69_from_its_day_and_about_this(topic: str, counts: bool) -> None:
    """A training of next week does not count yet, nor one about something else."""
    people = put(DESK["people"], "ans", trainings=topic)
    talents = less(DESK["talents"], "t2", "t3")
    found = run(DESK, people=people, talents=talents, policy=TRAINED_ONLY)
    assert faults(found) == []
    if counts:
        assert givers(found, "n1") == {"help": "ans"}
        return
    assert gap(found, "n1") == "no_talent"
    told_why = str(explain.why(found, "n1", language="en"))
    assert "With a training for it this would be possible: help with forms" in told_why


def test_S69_a_training_opens_nothing_that_is_reserved_in_a_run() -> None:
    """Trained or not: what the team keeps for professionals goes to the worker."""
    strict = TRAINED_ONLY.model_copy(update={"reserved": ("forms",)})
    assert givers(run(DESK, policy=strict), "n1") == {"help": "ward"}
    talents = less(DESK["talents"], "t3")
    assert gap(run(DESK, talents=talents, policy=strict), "n1") == "needs_worker"


def test_S13_the_volunteer_first_then_the_named_worker() -> None:
    """The worker stands beside the volunteer as who to turn to; tried, it goes to the worker."""
    needs = put(DESK["needs"], "n1", tried="own_network|neighbour|initiative")
    first = run(DESK, needs=needs, policy=TRAINED_ONLY)
    assert givers(first, "n1") == {"help": "ans"}
    sentence = explain.why(first, "n1").plans[0].legs[0].sentence
    assert "ans heeft hiervoor een cursus gedaan." in sentence
    assert "Komt ans er niet uit? Dan kan de vraag naar ward." in sentence
    stuck = put(DESK["needs"], "n1", tried="own_network|neighbour|initiative|volunteer")
    second = run(DESK, needs=stuck, policy=TRAINED_ONLY)
    assert givers(second, "n1") == {"help": "ward"}
    assert "cursus" not in explain.why(second, "n1").plans[0].legs[0].sentence
    nobody = run(DESK, needs=stuck, talents=less(DESK["talents"], "t1", "t3"), policy=TRAINED_ONLY)
    assert nobody.gap_for("n1").worker == "ward"
    assert faults(first) == faults(second) == faults(nobody) == []


def test_S13_what_volunteers_answered_and_what_they_passed_on(tmp_path: Path) -> None:
    """One answered by the volunteer, one passed on; what the worker answers is neither."""
    story = {
        **DESK,
        "needs": """
            need;owner;category;talked;since;tried;closed_on
            n1;asks;forms;yes;2026-11-02;;2026-11-20
            n2;asks;forms;yes;2026-11-02;volunteer;
            n3;asks;forms;yes;2026-11-02;;2026-11-20
            n4;asks;forms;yes;2026-11-02;volunteer;2026-09-30
            """,
        "decisions": """
            plan;need;provider;date;decision
            n1-a;n1;ans;2026-11-20;done
            n3-a;n3;ward;2026-11-20;done
            n2-a;n2;bo;2026-11-20;not_now
            """,
    }
    hood = files(tmp_path, {**story, "needs": put(story["needs"], "n4", since="2026-09-01")})
    month = {"first": dt.date(2026, 11, 1), "last": dt.date(2026, 11, 30)}
    assert dict(overview.answered(hood, **month).cells) == {
        ("forms", "by_volunteers"): 1,
        ("forms", "passed_on"): 1,
    }
    assert overview.answered(hood).cells["forms", "passed_on"] == 2
    early = {"first": dt.date(2026, 10, 1), "last": dt.date(2026, 10, 31)}
    assert dict(overview.answered(hood, **early).cells) == {}


# --- S62 in a run: allowances told with the plan -------------------------------------------------


@pytest.mark.parametrize(
    ("hours", "reward", "warned"),
    [(8, "allowance", True), (7, "allowance", False), (8, "none", False)],
)
def test_S62_the_limit_of_the_year_is_told_with_the_plan(
    hours: int, reward: str, warned: bool
) -> None:
    """A warning beside the proposal, and no more than that."""
    story = {
        "people": "person;area;share\nasks;north;yes\nans;north;yes",
        "initiatives": REWARDS["initiatives"],
        "talents": f"talent;owner;category;reward\nt1;ans;garden;{reward}",
        "memberships": f"""
            member;party;reward;hours_week;hour_eur;since;until
            ans;cafe;allowance;{hours};5.75;2026-01-01;2026-12-31
            """,
        "needs": "need;owner;category;talked\nn1;asks;garden;yes",
    }
    found = run(story)
    assert faults(found) == []
    assert ("over_allowance" in the_plan(found, "n1").legs[0].doubts) is warned
    questions = explain.why(found, "n1", language="en").plans[0].questions
    assert any("may pass the limit for volunteers" in q for q in questions) is warned
