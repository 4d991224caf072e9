"""Nobody left out: who has something for all they ask, by group, naming nobody (S60)."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

import assetmap
from assetmap import Proposals
from assetmap.overview import Fairness, GroupBy, fairness
from assetmap.privacy import Audience, release
from tests.acceptance.stories import everywhere

NORTH, SOUTH, EAST = 16, 15, 3


def town() -> dict[str, str]:
    """North asks for shopping, which is there; south asks for computer help, which is not."""
    people = ["person;area;languages;born;share;called"]
    needs = ["need;owner;category;talked"]
    talents = ["talent;owner;category;per_week"]
    for number in range(NORTH + SOUTH + EAST):
        area = "north" if number < NORTH else "south" if number < NORTH + SOUTH else "east"
        tongue, born = ("ar|nl", 1950) if area == "south" else ("nl", 1990)
        lacking = area != "north" or number == 0
        people.append(f"p{number};{area};{tongue};{born};yes;Roepnaam{number}")
        people.append(f"h{number};{area};nl|ar;1990;yes;")
        needs.append(f"n{number};p{number};{'computer' if lacking else 'shopping'};yes")
        talents.append(f"t{number};h{number};shopping;1")
    return {name: "\n".join(t) for name, t in zip(_TABLES, (people, needs, talents), strict=True)}


_TABLES = ("people", "needs", "talents")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Proposals:
    hood = everywhere(tmp_path_factory.mktemp("town"), town())
    return assetmap.propose(hood, "2026-W48")


def test_S60_every_group_has_its_proposals_and_its_unmet_share(found: Proposals) -> None:
    """By area, age and first language: who has something for all they ask, and who has not."""
    table = fairness(found)
    assert table.areas.cells["north", "with"] == NORTH - 1
    assert table.areas.cells["north", "without"] == 1
    assert table.areas.cells["south", "without"] == SOUTH
    assert table.ages.cells["70+", "without"] == SOUTH
    assert table.ages.cells["30-49", "without"] == 1 + EAST
    assert table.languages.cells["ar", "without"] == SOUTH
    totals = {t.total for t in (table.areas, table.ages, table.languages)}
    assert totals == {NORTH + SOUTH + EAST}


def test_S60_a_large_difference_is_told_without_naming_anybody(found: Proposals) -> None:
    """South lacks by far more than elsewhere: the group is told, in both languages, no person."""
    table = fairness(found)
    assert {(each.by, each.group) for each in table.uneven} == {
        (GroupBy.AREA, "south"),
        (GroupBy.AGE, "70+"),
        (GroupBy.LANGUAGE, "ar"),
    }
    dutch, english = table.sentences("nl"), table.sentences("en")
    assert dutch[0].startswith("In south is er voor ongeveer 100 van de 100 mensen met een vraag")
    assert english[0].startswith("In south about 100 of every 100 people who ask still lack")
    for text in (*dutch, *english):
        assert not any(word.startswith(("Roepnaam", "p1", "p2")) for word in text.split())


def test_S60_small_groups_stay_out_of_sight_outside_the_team(found: Proposals) -> None:
    """The three of east are no number for the council, nor can they be worked out."""
    raw = fairness(found)
    outside = release(raw, Audience.COUNCIL).value
    assert raw.areas.cells["east", "without"] == EAST
    assert outside.areas.cells["east", "without"] is None
    assert outside.areas.cells["north", "without"] is None
    assert outside.areas.hidden >= 4
    shown = [n for n in outside.areas.cells.values() if n]
    assert all(n % 5 == 0 for n in shown)
    inside = release(raw, Audience.TEAM).value
    assert inside == raw


def test_S60_what_is_hidden_is_not_told_in_words_either(found: Proposals) -> None:
    """Differences rest on the numbers that are let pass, so that words give nothing away."""
    outside = release(fairness(found), Audience.COUNCIL).value
    tables = {
        by: getattr(outside, field.name)
        for by, field in zip(GroupBy, fields(Fairness), strict=True)
    }
    for each in outside.uneven:
        row = [tables[each.by].cells[each.group, column] for column in ("with", "without")]
        assert None not in row
    assert outside.sentences("nl")


def test_S60_without_differences_it_says_so(tmp_path: Path) -> None:
    """Where every area has the same share nothing is flagged; too few people are no pattern."""
    story = town()
    story["needs"] = story["needs"].replace("computer", "shopping")
    even = fairness(assetmap.propose(everywhere(tmp_path, story), "2026-W48"))
    assert even.uneven == ()
    assert "geen grote verschillen" in even.sentences("nl")[0]


def test_S60_who_asks_twice_counts_once(tmp_path: Path) -> None:
    """Somebody with two questions is one person: left without while one of them is open."""
    story = town()
    story["needs"] += "\nn99;p1;computer;yes"
    twice = fairness(assetmap.propose(everywhere(tmp_path, story), "2026-W48"))
    assert twice.areas.total == NORTH + SOUTH + EAST
    assert twice.areas.cells["north", "without"] == 2
