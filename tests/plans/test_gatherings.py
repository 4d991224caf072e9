"""Groups of three or more: who is introduced together, and who is not."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from assetmap import explain
from assetmap.audit import faults
from assetmap.match import Proposals
from assetmap.model import Record
from tests.plans.small import (
    decided,
    kept_apart,
    need,
    person,
    plan,
    reason,
    run,
    talent,
    tie,
    worker,
)

CHOSE = {"experiences": "alone:yes"}
NAMES = ("p1", "p2", "p3")


def parents(*names: str, **cells: Any) -> tuple[Record, ...]:
    """People who chose to meet others in their situation, and ask for it."""
    return (
        *(person(name, **CHOSE) for name in names),
        *(asked(name, **cells) for name in names),
        worker("w1"),
    )


def asked(name: str, **cells: Any) -> Record:
    usual = {"category": "peer_contact", "context": "alone"}
    return need(f"n{name[1:]}", name, **{**usual, **cells})


def groups(found: Proposals) -> dict[str, set[str]]:
    """Return to whom everybody is introduced in a group; the audit finds nothing wrong."""
    assert faults(found) == []
    return {
        found.hood.need(p.need).owner: {leg.provider for leg in p.legs}
        for p in found.items
        if p.legs[0].leg == "group"
    }


def test_three_meet_together_and_each_of_them_is_asker_and_giver() -> None:
    """Three plans, one for each question, and in each the two others."""
    found = run(*parents(*NAMES))
    assert groups(found) == {"p1": {"p2", "p3"}, "p2": {"p1", "p3"}, "p3": {"p1", "p2"}}
    assert {p.rung for p in found.items} == {"initiative"}
    assert found.gaps == ()


def test_the_tag_with_the_question_is_enough_to_meet() -> None:
    """Who gave it wants to meet who gave it too, whatever else they told; a no stays a no."""
    people = [person(name) for name in NAMES]
    asks = [asked(name) for name in NAMES]
    found = run(*people, *asks, worker("w1"))
    assert set(groups(found)) == set(NAMES)
    mixed = run(person("p1", **CHOSE), *people[1:], *asks, worker("w1"))
    assert set(groups(mixed)) == set(NAMES)
    refused = person("p1", experiences="alone:no")
    assert groups(run(refused, *people[1:], *asks, worker("w1"))) == {}
    other = [person("p1", experiences="loss:yes"), *people[1:]]
    assert set(groups(run(*other, *asks, worker("w1")))) == set(NAMES)


def test_two_who_both_chose_it_are_introduced_to_each_other() -> None:
    """On the step of neighbours, and told neutrally; friends on that of the own network."""
    found = run(*parents("p1", "p2"))
    assert groups(found) == {"p1": {"p2"}, "p2": {"p1"}}
    assert {p.rung for p in found.items} == {"neighbour"}
    said = str(explain.why(found, "n1", language="nl"))
    assert "p1 en p2 kunnen met elkaar kennismaken" in said
    assert "Gedeelde ervaring, beiden gekozen." in said
    assert "alone" not in said
    friends = run(*parents("p1", "p2"), tie("p1", "p2"))
    assert {p.rung for p in friends.items} == {"own_network"}
    assert set(groups(friends)) == {"p1", "p2"}


@pytest.mark.parametrize("told", [None, "alone:no", "loss:yes"])
@pytest.mark.parametrize("category", ["peer_contact", "company"])
def test_two_of_whom_one_did_not_choose_it_are_not_introduced(
    told: str | None, category: str
) -> None:
    """The tag with the question is enough for a group and not for two, whatever is asked."""
    people = person("p1", **CHOSE), person("p2", experiences=told)
    asks = [asked(name, category=category) for name in ("p1", "p2")]
    assert groups(run(*people, *asks, worker("w1"))) == {}


def test_what_is_missing_is_told_in_the_same_words_whoever_else_asks() -> None:
    """Alone, beside one who did not choose it, or one kept apart: nothing gives the other away."""
    alone = run(*parents("p1"))
    beside = run(*parents("p1"), person("p2", experiences="alone:no"), asked("p2"))
    apart = run(*parents("p1", "p2"), kept_apart("p1", "p2"))
    away = run(*parents("p1"), person("p2", share="no", **CHOSE), asked("p2"))
    told = []
    for found in (alone, beside, apart, away):
        assert faults(found) == []
        assert reason(found, "n1") == "group_too_small"
        said = str(explain.why(found, "n1", language="nl"))
        assert "p2" not in said
        told.append((said, found.gap_for("n1"), found.funnels["n1"]))
    assert all(each == told[0] for each in told)


def test_where_a_group_is_possible_nobody_is_introduced_two_by_two() -> None:
    """Four who all chose it meet at once, not as two pairs, whatever is asked."""
    for category in ("peer_contact", "company", "creative"):
        found = groups(run(*parents("p1", "p2", "p3", "p4", category=category)))
        assert {len(others) for others in found.values()} == {3}


def test_the_audit_tells_when_two_meet_who_did_not_both_choose_it() -> None:
    """A plan made when both said yes, in tables where one did not."""
    found = run(*parents("p1", "p2"))
    rows = [r for r in parents("p1", "p2") if r.id != "p2"]
    other = run(*rows, person("p2"))
    assert any("not both of them chose" in s for s in faults(replace(other, items=found.items)))


def test_all_of_four_meet() -> None:
    """One more is welcome."""
    assert {len(others) for others in groups(run(*parents("p1", "p2", "p3", "p4"))).values()} == {3}


@pytest.mark.parametrize(
    "cells",
    [
        {"context": None},
        {"context": "other"},
        {"talked": None},
        {"setting": "one_to_one"},
        {"sensitive": "yes"},
        {"category": "shopping"},
    ],
)
def test_who_did_not_choose_it_or_asks_something_else_stays_out(cells: dict[str, Any]) -> None:
    """The three others meet without them."""
    cells = dict(cells)
    other = need("n4", "p4", cells.pop("category", "peer_contact"), **{"context": "alone", **cells})
    found = run(*parents(*NAMES), person("p4", **CHOSE), other)
    assert set(groups(found)) == set(NAMES)


@pytest.mark.parametrize("cells", [{"experiences": "alone:no"}, {"share": "no"}, {"minor": "yes"}])
def test_who_may_not_be_introduced_is_in_no_group(cells: dict[str, Any]) -> None:
    """Not chosen, not shared, under age: the two others meet."""
    other = person("p3", **{**CHOSE, **cells})
    records = [row for row in parents(*NAMES) if row.id != "p3"]
    assert groups(run(*records, other)) == {"p1": {"p2"}, "p2": {"p1"}}


def test_two_who_are_kept_apart_are_not_in_one_group() -> None:
    """Of four, one of the two meets the others."""
    found = run(*parents("p1", "p2", "p3", "p4"), kept_apart("p1", "p2"))
    together = groups(found)
    assert len(together) == 3
    assert {"p3", "p4"} <= set(together)
    assert not {"p1", "p2"} <= set(together)


def test_the_own_network_goes_first() -> None:
    """A friend in the same situation who offers it: then two are left, and that is no group."""
    friend = (person("p5", **CHOSE), talent("t1", "p5", "peer_contact"), tie("p1", "p5"))
    found = run(*parents(*NAMES), *friend)
    assert plan(found, "n1").rung == "own_network"
    assert groups(found) == {}


def test_where_one_is_promised_elsewhere_the_group_is_too_small() -> None:
    """A friend was asked and said yes; the two others are no group, and nobody is named."""
    friend = (person("p5", **CHOSE), talent("t1", "p5", "peer_contact"), tie("p1", "p5"))
    not_for = [
        decided(f"{name}-aaaaaaaa-20261101", "no_more", provider="p5") for name in ("n2", "n3")
    ]
    long = {"since": dt.date(2026, 9, 1)}
    before = plan(run(*parents("p1", **long), *friend)).plan
    found = run(*parents(*NAMES, **long), *friend, *not_for, decided(before, "do"))
    assert groups(found) == {}
    assert reason(found, "n2") == "group_too_small"
    assert found.gap_for("n2").closest is None


def test_what_was_turned_down_as_a_whole_is_not_proposed_again() -> None:
    """Not now said one of three: the others are not a group either."""
    before = plan(run(*parents(*NAMES)), "n1").plan
    found = run(*parents(*NAMES), decided(before, "not_now"))
    assert groups(found) == {}
    assert {gap.reason for gap in found.gaps} == {"group_too_small"}


def test_what_was_agreed_is_kept() -> None:
    """One of them said yes: the group stays."""
    before = plan(run(*parents(*NAMES)), "n1").plan
    found = run(*parents(*NAMES), decided(before, "do"))
    assert plan(found, "n1").status == "pinned"
    assert set(groups(found)) == set(NAMES)


@pytest.mark.parametrize("category", ["company", "peer_contact"])
def test_a_group_is_said_as_one(category: str) -> None:
    """Everybody in one sentence; nothing that says that there is nothing."""
    found = run(*parents(*NAMES, category=category))
    said = str(explain.why(found, "n1", language="nl"))
    assert "p1, p2 en p3 kunnen samen in één groep van 3" in said
    assert said.count("samen in") == 1
    assert "geen talent of activiteit" not in said
    helper = (person("p9"), talent("t9", "p9", "company", per_week=0))
    beside = str(
        explain.why(run(*parents(*NAMES, category="company"), *helper), "n1", language="nl")
    )
    assert "Naast een groep is dit er: Er is 1 talent" in beside
    apart = run(*parents("p1", "p2", "p3", "p4", category=category), kept_apart("p1", "p2"))
    (gap,) = apart.gaps
    assert "geen talent of activiteit" not in str(explain.why(apart, gap.need, language="nl"))


def test_the_audit_tells_when_somebody_is_left_out() -> None:
    """Two of three plans, or a situation that is not shared."""
    found = run(*parents(*NAMES))
    less = replace(found, items=found.items[:2])
    assert any("not introduced to the others" in said for said in faults(less))
    other = run(*parents("p1", "p2"), person("p3", **CHOSE), asked("p3", context="other"))
    assert any("no situation in common" in s for s in faults(replace(other, items=found.items)))
