"""Safety themes are kept apart, completely, and nothing else is."""

from __future__ import annotations

from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetmap.errors import PrivacyError
from assetmap.model import (
    Activity,
    Arrangement,
    CategoryRow,
    Decision,
    Initiative,
    Need,
    Neighbourhood,
    Observation,
    Person,
    Referral,
    Row,
    Safeguard,
    Talent,
)
from assetmap.privacy import (
    Audience,
    SafetyRecords,
    holds_safety,
    meldcode_steps,
    release,
    split_safety,
)

PEOPLE = (
    Person(person="w1", kind="worker"),
    Person(person="w2", kind="worker"),
    Person(person="p1", worker="w1"),
    Person(person="p2"),
)


def apart_of(*records: object) -> SafetyRecords:
    return split_safety(Neighbourhood.from_records(PEOPLE, *records))[1]


def pairs(records: tuple[object, ...]) -> list[tuple[str, str | None]]:
    return [(r.record, r.worker) for r in records]


@pytest.mark.parametrize(
    "category", ["violence", "domestic_violence", "huiselijk geweld", "huislijk gewelt", "neglect"]
)
def test_a_safety_theme_goes_to_the_named_worker_and_nowhere_else(category: str) -> None:
    """Also a finer one, a word for one, and a misspelt word for one."""
    hood = Neighbourhood.from_records(
        PEOPLE,
        Need(need="n1", owner="p1", category=category),
        Need(need="n2", owner="p1", category="meal"),
    )
    rest, apart = split_safety(hood)
    assert [need.need for need in rest.needs] == ["n2"]
    assert pairs(apart.safety) == [("need:n1", "w1")]
    assert apart.unmapped == ()


def test_what_maps_to_nothing_known_enters_nothing_either() -> None:
    """An unknown category is not matched, counted or exported, and is kept for its worker."""
    hood = Neighbourhood.from_records(
        PEOPLE,
        Need(need="n1", owner="p1", category="fladderen"),
        Talent(talent="t1", owner="p1", category="fladderen"),
        Activity(activity="a1", name="X", category="fladderen", start="2026-11-27 18:00"),
        Observation(observation="o1", date="2026-11-01", category="fladderen"),
    )
    rest, apart = split_safety(hood)
    assert rest.counts() == {"people": 4}
    assert pairs(apart.unmapped) == [
        ("activity:a1", None),
        ("need:n1", "w1"),
        ("observation:o1", None),
        ("talent:t1", "w1"),
    ]
    assert apart.safety == ()


def test_a_category_of_the_team_counts_as_known() -> None:
    """The team's own rows are part of the tree, safety among them."""
    hood = Neighbourhood.from_records(
        PEOPLE,
        CategoryRow(category="fladderen", parent="sport"),
        CategoryRow(category="onrust", safety="yes"),
        Need(need="n1", owner="p1", category="fladderen"),
        Need(need="n2", owner="p1", category="onrust"),
    )
    rest, apart = split_safety(hood)
    assert [need.need for need in rest.needs] == ["n1"]
    assert pairs(apart.safety) == [("need:n2", "w1")]


@pytest.mark.parametrize(
    ("facts", "worker"),
    [
        ({"reporter": "w2", "about": "p1"}, "w2"),
        ({"reporter": "p2", "about": "p1"}, "w1"),
        ({"speaker": "p1"}, "w1"),
        ({"about": "p2"}, None),
        ({}, None),
    ],
)
def test_the_worker_of_an_observation_is_who_wrote_it_or_knows_them(
    facts: dict[str, str], worker: str | None
) -> None:
    """The author first, then the worker of the person it is about; else somebody is to be named."""
    apart = apart_of(Observation(observation="o1", date="2026-11-01", category="abuse", **facts))
    assert pairs(apart.safety) == [("observation:o1", worker)]
    assert apart.for_worker(worker) == apart
    assert apart.for_worker("w9") == SafetyRecords()


def test_the_worker_of_the_question_goes_before_that_of_the_person() -> None:
    """A need may name its own worker."""
    apart = apart_of(Need(need="n1", owner="p1", category="abuse", worker="w2"))
    assert pairs(apart.safety) == [("need:n1", "w2")]


def test_what_rests_on_it_goes_along() -> None:
    """No arrangement, decision, referral or safeguard gives away what was taken out."""
    gone = (
        Need(need="n1", owner="p1", category="abuse"),
        Activity(activity="a1", name="X", category="abuse", start="2026-11-27 18:00"),
        Talent(talent="t1", owner="p1", category="abuse"),
        Arrangement(arrangement="r1", need="n1", leg="help", provider="p2"),
        Arrangement(arrangement="r2", need="n2", leg="activity", provider="p2", activity="a1"),
        Arrangement(arrangement="r3", need="n2", leg="help", provider="p2", talent="t1"),
        Decision(plan="x", need="n1", date="2026-11-01", decision="do"),
        Referral(referral="f1", need="n1", from_party="w1", to_party="w2"),
        Safeguard(safeguard="s1", person="p2", at="a1", from_="2026-11-01", review_on="2026-12-01"),
    )
    stays = (
        Need(need="n2", owner="p1", category="meal"),
        Talent(talent="t2", owner="p1", category="ride"),
        Arrangement(arrangement="r4", need="n2", leg="help", provider="p2", talent="t2"),
        Decision(plan="x", need="n2", date="2026-11-01", decision="do"),
        Referral(referral="f2", from_party="w1", to_party="w2"),
        Safeguard(safeguard="s2", person="p2", at="p1", from_="2026-11-01", review_on="2026-12-01"),
    )
    rest, _ = split_safety(Neighbourhood.from_records(PEOPLE, gone, stays))
    assert rest == Neighbourhood.from_records(PEOPLE, stays)


def test_a_driver_is_no_longer_going_to_an_activity_that_was_taken_out() -> None:
    """An optional reference is emptied; the talent itself stays."""
    hood = Neighbourhood.from_records(
        PEOPLE,
        Activity(activity="a1", name="X", category="abuse", start="2026-11-27 18:00"),
        Talent(talent="t1", owner="p1", category="ride", going_to="a1"),
    )
    (talent,) = split_safety(hood)[0].talents
    assert talent.going_to is None


def test_a_wish_that_leads_to_nothing_is_not_widened() -> None:
    """`wants` is hard; emptied, it would mean anything at all."""
    hood = Neighbourhood.from_records(
        PEOPLE,
        Activity(activity="a1", name="X", category="fladderen", start="2026-11-27 18:00"),
        Need(need="n1", owner="p1", category="meal", wants="a1"),
    )
    rest, _ = split_safety(hood)
    assert rest.activities == ()
    assert rest.needs[0].wants == ("a1",)


def test_safety_tags_are_taken_out_of_experiences_and_contexts() -> None:
    """Nobody is introduced on a shared experience of violence; other tags stay."""
    hood = Neighbourhood.from_records(
        Person(person="p1", experiences="huiselijk geweld:yes | rouw:yes"),
        Person(person="p2", experiences="mishandeling:yes"),
        Need(need="n1", owner="p1", category="peer_contact", context="verwaarlozing | rouw"),
        Initiative(initiative="i1", name="X", kind="violence"),
        Initiative(initiative="i2", name="Y", kind="meal"),
    )
    rest, _ = split_safety(hood)
    assert [p.experiences for p in rest.people] == [(("rouw", True),), None]
    assert rest.needs[0].context == ("rouw",)
    assert [i.kind for i in rest.initiatives] == [None, "meal"]


def test_what_people_wrote_in_their_own_words_is_not_read() -> None:
    """Nothing is inferred from words: a need for a meal stays one, whatever its note says."""
    hood = Neighbourhood.from_records(
        PEOPLE,
        Observation(observation="o1", date="2026-11-01", category="meal", note="geweld?"),
        Talent(talent="t1", owner="p1", category="meal", description="na huiselijk geweld"),
    )
    rest, apart = split_safety(hood)
    assert (len(rest.observations), len(rest.talents)) == (1, 1)
    assert apart == SafetyRecords()


def test_unknown_columns_stay_with_their_own_row() -> None:
    """The extra cells of a row that was taken out go; those of the others keep their row."""
    hood = Neighbourhood.from_rows(
        {
            "people": [Row(2, {"person": "p1", "kleur": "wit"})],
            "needs": [
                Row(2, {"need": "n1", "owner": "p1", "category": "abuse", "kleur": "rood"}),
                Row(3, {"need": "n2", "owner": "p1", "category": "meal", "kleur": "groen"}),
            ],
            "decisions": [
                Row(
                    2, {"plan": "x", "need": "n1", "date": "2026-11-01", "decision": "do", "k": "1"}
                ),
                Row(
                    3, {"plan": "x", "need": "n2", "date": "2026-11-01", "decision": "do", "k": "2"}
                ),
            ],
        }
    )
    rest, _ = split_safety(hood)
    assert rest.extra == {
        "people": {"p1": {"kleur": "wit"}},
        "needs": {"n2": {"kleur": "groen"}},
        "decisions": {"0": {"k": "2"}},
    }
    assert isinstance(rest.extra, MappingProxyType)


def test_what_was_noticed_while_reading_does_not_give_it_away() -> None:
    """A notice may suggest a safety word for what was typed, so none goes along."""
    hood = Neighbourhood.from_records(PEOPLE, Need(need="n1", owner="p1", category="gewelt"))
    assert any("violence" in str(n.facts) for n in hood.notices)
    assert split_safety(hood)[0].notices == ()


CATEGORIES = ("violence", "child_abuse", "meal", "ride", "fladderen", "geweld", "company")


@given(
    st.lists(st.sampled_from(CATEGORIES), max_size=6),
    st.lists(st.sampled_from(CATEGORIES), max_size=6),
)
def test_nothing_is_lost_and_twice_is_once(asked: list[str], offered: list[str]) -> None:
    """Each record is either in the rest or apart, and splitting the rest changes nothing."""
    needs = [Need(need=f"n{i}", owner="p1", category=c) for i, c in enumerate(asked)]
    talents = [Talent(talent=f"t{i}", owner="p2", category=c) for i, c in enumerate(offered)]
    hood = Neighbourhood.from_records(PEOPLE, needs, talents)
    rest, apart = split_safety(hood)
    kept = {f"need:{n.need}" for n in rest.needs} | {f"talent:{t.talent}" for t in rest.talents}
    away = {r.record for r in (*apart.safety, *apart.unmapped)}
    assert not kept & away
    everything = {f"need:{n.need}" for n in needs} | {f"talent:{t.talent}" for t in talents}
    assert kept | away == everything
    assert all(row.category in {"meal", "ride", "company"} for row in (*rest.needs, *rest.talents))
    assert split_safety(rest) == (rest, SafetyRecords())


def test_only_the_named_worker_gets_them_through_the_gate() -> None:
    """Each worker sees the own records; no other reader or audience sees any, or how many."""
    apart = apart_of(
        Need(need="n1", owner="p1", category="abuse"),
        Need(need="n2", owner="p2", category="abuse", worker="w2"),
        Need(need="n3", owner="p2", category="abuse"),
    )
    mine = release(apart, Audience.TEAM, reader="w1")
    assert pairs(mine.value.safety) == [("need:n1", "w1")]
    assert mine.left_out == {}
    assert release(apart, Audience.TEAM, reader="p1").value == SafetyRecords()


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("records", ["some", "none"])
def test_safety_records_are_refused_elsewhere_whether_there_are_any_or_not(
    audience: Audience, records: str
) -> None:
    """The refusal is the same for an empty result, so it tells nothing."""
    some = apart_of(Need(need="n1", owner="p1", category="abuse"))
    reader = None if audience is Audience.TEAM else "w1"
    with pytest.raises(PrivacyError, match="for the named worker alone"):
        release(some if records == "some" else SafetyRecords(), audience, reader=reader)


def test_they_do_not_show_themselves() -> None:
    """Printing the result by accident tells nothing, not even whether it is empty."""
    some = apart_of(Need(need="n1", owner="p1", category="abuse"))
    for shown in (repr(some), repr(some.safety[0])):
        assert "n1" not in shown
        assert "w1" not in shown


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_meldcode_has_five_steps(lang: str) -> None:
    """The steps are five different sentences, the same wherever they are asked for."""
    steps = meldcode_steps(lang)
    assert len(set(steps)) == 5
    assert SafetyRecords().steps(lang) == steps
    assert "Veilig Thuis" in steps[1]


@pytest.mark.parametrize("group", ["slachtoffers van huiselijk geweld", "mishandelde moeders"])
def test_a_note_about_a_group_of_safety_is_one_of_safety(group: str) -> None:
    """The word for a group stands on cards of the team, so it is read as tags are."""
    told = Observation(observation="o1", date="2026-11-01", category="meal", target_group=group)
    young = Observation(
        observation="o2", date="2026-11-01", category="meal", target_group="jongeren"
    )
    rest, apart = split_safety(Neighbourhood.from_records(PEOPLE, told, young))
    assert [row.observation for row in rest.observations] == ["o2"]
    assert [each.record for each in apart.safety] == ["observation:o1"]
    assert holds_safety({"observations": [told]}, rest.tree)
    assert not holds_safety({"observations": [young]}, rest.tree)


def test_tables_without_anything_to_take_out_are_the_same_tables() -> None:
    """So that splitting once more costs nothing; a tag or a notice makes others of them."""
    plain = Neighbourhood.from_records(PEOPLE, Need(need="n1", owner="p1", category="meal"))
    rest = split_safety(plain)[0]
    assert split_safety(rest)[0] is rest
    tagged = Need(need="n2", owner="p1", category="meal", context="geweld")
    assert split_safety(Neighbourhood.from_records(PEOPLE, tagged))[0].needs[0].context is None
