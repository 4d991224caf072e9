"""Who passes what to whom, whose case it is, and where it came from (S25 to S28, S30, S31)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import assetmap
from assetmap import overview
from assetmap.categories import Domain
from assetmap.model import Channel, Policy, Side
from assetmap.overview import CaseReason
from assetmap.privacy import Audience, release
from tests.acceptance.stories import everywhere, files, givers, less, more, put, run, told

DAY = dt.date(2026, 11, 23)

# --- S25 and S26: in both directions, and residents call in professionals ------------------------

ODD_JOBS = {
    "people": """
        person;kind;area
        ans;;north
        bo;;north
        ward;worker;
        """,
    "organisations": """
        organisation;name;kind
        team;Wijkteam;wijkteam
        """,
    "initiatives": """
        initiative;name
        jobs;Klussengroep
        """,
    "needs": """
        need;owner;category
        n1;ans;odd_job
        n2;bo;odd_job
        n3;bo;forms
        n4;ans;violence
        """,
    "referrals": """
        referral;need;from_party;to_party;initiator;date;status
        r1;n1;team;jobs;team;2026-11-02;taken
        r2;n2;team;jobs;team;2026-11-09;open
        r3;n3;jobs;team;jobs;2026-11-16;returned
        r4;n4;jobs;team;ward;2026-11-17;open
        """,
}


def test_S25_both_directions_are_counted_with_what_is_open_and_what_came_back(
    tmp_path: Path,
) -> None:
    """Two odd jobs to the residents, one question to the team; one is open, one came back."""
    hood = everywhere(tmp_path, ODD_JOBS)
    found = overview.referrals(hood)
    assert found.directions.cells["professionals", "residents"] == 2
    assert found.directions.cells["residents", "professionals"] == 1
    assert found.parties.cells["organisation:team", "initiative:jobs"] == 2
    assert found.outcomes.cells["residents > professionals", "returned"] == 1
    assert (found.open, found.returned) == (("r2",), ("r3",))


def test_S25_a_period_and_the_gate(tmp_path: Path) -> None:
    """Only what was passed on in the period; outside the team small counts are hidden."""
    hood = files(tmp_path, ODD_JOBS)
    week = overview.referrals(hood, first=dt.date(2026, 11, 9), last=dt.date(2026, 11, 15))
    assert (week.directions.total, week.open) == (1, ("r2",))
    outside = release(overview.referrals(hood), Audience.COUNCIL).value
    assert outside.open == ()
    assert set(outside.directions.cells.values()) <= {0, None}


def test_S25_what_nobody_filled_in_is_unknown(tmp_path: Path) -> None:
    """A referral without a status is neither open nor returned."""
    rows = put(ODD_JOBS["referrals"], "r2", status="")
    found = overview.referrals(files(tmp_path, {**ODD_JOBS, "referrals": rows}))
    assert found.open == ()
    assert found.outcomes.cells["professionals > residents", "unknown"] == 1


@pytest.mark.parametrize(
    ("initiator", "code"),
    [
        ("jobs", None),
        ("bo", None),
        ("team", "not-asked-by-residents"),
        ("ward", "not-asked-by-residents"),
        ("", "initiator-unknown"),
    ],
)
def test_S26_professionals_come_in_when_residents_ask(
    tmp_path: Path, initiator: str, code: str | None
) -> None:
    """A question of residents that a professional called for is told, and so is a blank."""
    rows = put(ODD_JOBS["referrals"], "r3", initiator=initiator)
    hood = everywhere(tmp_path, {**ODD_JOBS, "referrals": rows})
    expected = set() if code is None else {(code, "referrals", 4, "initiator")}
    assert told(hood) == expected
    assert hood.index["referrals"]["r3"].initiator == (initiator or None)


def test_S26_a_matter_of_safety_needs_no_request(tmp_path: Path) -> None:
    """The same row about safety is not told; about an odd job it is."""
    assert told(files(tmp_path, ODD_JOBS)) == set()
    needs = put(ODD_JOBS["needs"], "n4", category="odd_job")
    codes = {each[0] for each in told(files(tmp_path, {**ODD_JOBS, "needs": needs}))}
    assert codes == {"not-asked-by-residents"}


def test_S26_the_other_way_round_is_free(tmp_path: Path) -> None:
    """The team may pass an odd job on without being asked; the warning reads well in Dutch."""
    rows = put(ODD_JOBS["referrals"], "r3", initiator="team")
    files(tmp_path, {**ODD_JOBS, "referrals": rows})
    (warning,) = assetmap.check(tmp_path, language="nl")
    assert (warning.row, str(warning.severity)) == (4, "warning")
    assert warning.message.endswith("bewoners roepen professionals erbij, niet andersom.")


# --- S27: whose case, and which initiatives fit --------------------------------------------------

CASES = {
    "people": """
        person;kind;area;worker
        ans;;north;ward
        ward;worker;;
        """,
    "organisations": "organisation;name;kind\nteam;Wijkteam;team",
    "initiatives": """
        initiative;name;area;manager
        plot;Moestuin;north;ward
        soup;Soepgroep;north;ward
        """,
    "talents": """
        talent;owner;category
        t1;plot;goods
        """,
    "needs": """
        need;owner;category;sensitive;worker
        n1;ans;odd_job;;ward
        n2;ans;debt_help;;
        n3;ans;forms;yes;
        n4;ans;shopping;;
        n5;soup;goods;;
        """,
    "referrals": """
        referral;need;from_party;to_party;initiator;date;status
        r1;n4;soup;team;soup;2026-11-02;taken
        """,
}


def cases(folder: Path, policy: Policy | None = None, **changed: str) -> dict[str, tuple[str, str]]:
    hood = files(folder, {**CASES, **changed})
    found = overview.triage(hood.with_policy(policy or Policy()), asof=DAY)
    return {case.need: (case.side, case.reason) for case in found}


def test_S27_each_open_question_has_a_proposed_owner(tmp_path: Path) -> None:
    """Reserved, sensitive, or taken by the team; everything else begins with residents."""
    assert cases(tmp_path) == {
        "n1": (Side.RESIDENTS, CaseReason.RESIDENTS_FIRST),
        "n2": (Side.PROFESSIONALS, CaseReason.RESERVED),
        "n3": (Side.PROFESSIONALS, CaseReason.SENSITIVE),
        "n4": (Side.PROFESSIONALS, CaseReason.TAKEN),
        "n5": (Side.RESIDENTS, CaseReason.RESIDENTS_FIRST),
    }


def test_S27_the_team_decides(tmp_path: Path) -> None:
    """Another team keeps other themes for itself; what came back is the residents' again."""
    own = Policy(reserved=("odd_job",), not_reserved=("debt_help",))
    found = cases(tmp_path, own)
    assert found["n1"][0] is Side.PROFESSIONALS
    assert found["n2"][0] is Side.RESIDENTS
    returned = put(CASES["referrals"], "r1", status="returned")
    assert cases(tmp_path, referrals=returned)["n4"][0] is Side.RESIDENTS
    later = put(CASES["referrals"], "r1", date="2026-11-24")
    assert cases(tmp_path, referrals=later)["n4"][0] is Side.RESIDENTS


def test_S27_closed_questions_and_safety_are_no_cases(tmp_path: Path) -> None:
    """Neither what is closed or yet to be asked, nor what is about safety, stands on the list."""
    needs = put(put(CASES["needs"], "n1", closed_on="2026-11-23"), "n3", category="violence")
    needs = put(needs, "n5", since="2026-11-24")
    assert sorted(cases(tmp_path, needs=needs)) == ["n2", "n4"]


def test_S27_what_one_initiative_asks_another_offers() -> None:
    """The soup asks for goods, the garden gives them; without the garden nobody does."""
    story = {name: text for name, text in CASES.items() if name not in {"referrals", "needs"}}
    story["needs"] = "need;owner;category\nn5;soup;goods"
    assert givers(run(story), "n5") == {"help": "plot"}
    assert run(story, talents=less(story["talents"], "t1")).plan_for("n5") is None


# --- S28: behind the front door, or outside it ---------------------------------------------------

DOORS = {
    "people": "person;kind\nans;\nward;worker",
    "needs": """
        need;owner;category
        n1;ans;listening
        n2;ans;neighbour_mediation
        """,
    "observations": """
        observation;date;kind;category
        o1;2026-11-24;complaint;litter
        o2;2026-11-24;concern;nuisance
        o3;2026-11-24;concern;domestic_violence
        o4;2026-11-30;concern;litter
        """,
}


def test_S28_each_question_and_signal_goes_to_its_table_and_one_may_go_to_both(
    tmp_path: Path,
) -> None:
    """Listening indoors, litter outside, nuisance at both; safety at neither."""
    hood = everywhere(tmp_path, DOORS)
    week = overview.agenda(hood, first=DAY, last=dt.date(2026, 11, 29))
    assert week == {
        Domain.INDOORS: ("need:n1", "need:n2", "observation:o2"),
        Domain.LIVEABILITY: ("need:n2", "observation:o1", "observation:o2"),
    }


def test_S28_a_team_may_say_where_its_own_category_belongs(tmp_path: Path) -> None:
    """A category of its own, with a Dutch word for the domain."""
    own = "category;parent;name_nl;Domein\nbenches;nuisance;bankjes;leefbaarheid"
    hood = everywhere(tmp_path, {"categories": own})
    assert overview.tables_for(hood, "benches") == (Domain.LIVEABILITY,)
    assert overview.tables_for(hood, "nuisance") == tuple(Domain)


# --- S30 and S31: where it came from -------------------------------------------------------------

FOUND = {
    "people": """
        person;area;share
        ans;north;yes
        bo;north;yes
        """,
    "organisations": """
        organisation;naam;soort
        move;Praktijk Beweeg;Fysiotherapeut
        rank;De Rank;kerk
        team;Wijkteam;wijkteam
        """,
    "needs": """
        Nummer;Wie;Wat;Besproken;Bron;Langs welke weg;since
        n1;ans;boodschappen;ja;Praktijk Beweeg;via een partner;2026-11-02
        n2;ans;wandelen;ja;kerk;kerk;2026-11-03
        n3;ans;klusje;ja;kerk;Stip;2026-11-23
        n4;ans;taalmaatje;ja;;;
        """,
    "talents": """
        talent;owner;category;source
        t1;bo;shopping;De Rank
        t2;bo;walk;Ria van hiernaast
        """,
    "referrals": """
        referral;need;from_party;to_party;date
        r1;n1;move;team;2026-11-02
        """,
}


def test_S30_referrers_are_recorded_and_counted_by_source(tmp_path: Path) -> None:
    """A physiotherapist by name, the church by kind; what may hold a name is 'other'."""
    hood = everywhere(tmp_path, FOUND)
    assert hood.need("n1").source == "Praktijk Beweeg"
    counts = overview.intake(hood).sources.cells
    assert {key: n for key, n in counts.items() if n} == {
        ("organisation:move", "needs"): 1,
        ("organisation:move", "referrals"): 1,
        ("church", "needs"): 2,
        ("unknown", "needs"): 1,
        ("organisation:rank", "talents"): 1,
        ("other", "talents"): 1,
    }


def test_S30_a_period_counts_what_came_in_then(tmp_path: Path) -> None:
    """One of the four came in that week; a row without a day is in no week."""
    hood = files(tmp_path, FOUND)
    week = overview.intake(hood, first=DAY, last=dt.date(2026, 11, 29))
    assert week.sources.cells == {("church", "needs"): 1}


WAYS = {
    "buurthuis": "drop_in",
    "Stip": "drop_in",
    "spreekuur": "office_hour",
    "praatje": "street",
    "kerk": "church",
    "huis-aan-huis": "doorstep",
    "app": "app",
}


def test_S31_every_way_in_is_read_and_counted(tmp_path: Path) -> None:
    """As people write them, in the three kinds of files; blank is unknown, not formal."""
    lines = [f"n{at};ans;meal;{way}" for at, way in enumerate(WAYS, 1)]
    needs = more("need;owner;category;channel", *lines, "n9;ans;meal;")
    heard = more("observation;date;kind;category;channel", "o1;2026-11-24;need;walk;praatje")
    hood = everywhere(tmp_path, {"people": FOUND["people"], "needs": needs, "observations": heard})
    counts = overview.intake(hood).channels
    assert counts.cells["drop_in", "needs"] == 2
    assert counts.cells["street", "observations"] == 1
    assert counts.cells["unknown", "needs"] == 1
    assert counts.column_totals["needs"] == len(WAYS) + 1


@pytest.mark.parametrize("channel", ["", *(channel.value for channel in Channel)])
def test_S31_no_way_in_has_to_be_a_formal_one(channel: str) -> None:
    """Whatever the channel, and without any formal route, the same neighbour is proposed."""
    story = {
        "people": FOUND["people"],
        "talents": "talent;owner;category\nt1;bo;shopping",
        "needs": f"need;owner;category;talked;channel\nn1;ans;shopping;yes;{channel}",
    }
    assert givers(run(story), "n1") == {"help": "bo"}
