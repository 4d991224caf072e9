"""The page about plans cannot go stale: it names every rule, reason, level and part of fit."""

from __future__ import annotations

import re

import pytest

from assetmap.model import RUNGS, DecisionWord, FitWeights, Leg, Level
from assetmap.plans import RULES, Reason
from assetmap.plans.building import LATER_RULES, MOST_TIMES
from assetmap.plans.rides import MOST_RIDERS, MOST_STOPS, RIDE_RULES
from tests.conftest import ROOT
from tests.house.markdown import table_rows

PAGE = ROOT / "docs" / "reference" / "plans.md"
TEXT = PAGE.read_text(encoding="utf-8")
EVERY = [(r.name, r.reason.value) for r in RULES] + [(n, r.value) for n, r in LATER_RULES]


def rows():
    """Return the rows of the tables whose first cell is one name in code."""
    found = [cells for cells in table_rows(PAGE) if re.fullmatch(r"`\w+`", cells[0])]
    return [[cells[0].strip("`"), *cells[1:]] for cells in found]


def test_every_rule_is_explained_in_the_order_of_the_funnel_with_its_reason():
    """Those without a date, then those with one; no other is told of."""
    told = [(cells[0], cells[-1].strip("`")) for cells in rows() if len(cells) == 4]
    assert told == EVERY
    assert all(len(cells[1]) > 10 for cells in rows() if len(cells) == 4)


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_is_named(reason):
    """In code, as the tables have it."""
    assert f"`{reason.value}`" in TEXT


def test_the_parts_of_fit_are_told_with_the_weights_of_the_policy():
    """In the order in which they are defined."""
    weights = FitWeights().model_dump()
    told = {cells[0]: cells[1] for cells in rows() if cells[0] in weights and len(cells) == 3}
    assert list(told) == list(weights)
    for name, said in told.items():
        assert re.search(rf"\b{weights[name]}\b", said), name


@pytest.mark.parametrize("kind", [Level, Leg, DecisionWord])
def test_levels_legs_and_decisions_are_all_told(kind):
    """Each by its name."""
    assert [word for word in kind if f"`{word.value}`" not in TEXT] == []


def test_the_steps_of_the_ladder_are_told_in_their_order():
    """The ordinary ladder."""
    told = [cells[0] for cells in rows() if cells[0] in set(RUNGS)]
    assert told == [rung.value for rung in RUNGS]


def test_the_rules_for_drivers_are_told():
    """By name, in the order of the funnel."""
    (sentence,) = re.findall(r"A driver passes the rules (.*?);", TEXT, re.DOTALL)
    assert re.findall(r"`(\w+)`", sentence) == [r.name for r in RULES if r.name in RIDE_RULES]


def test_the_numbers_on_the_page_are_those_of_the_code():
    """Small limits that are no settings."""
    words = {3: "three", 4: "four", 12: "twelve"}
    assert f"; {words[MOST_TIMES]} where giver or asker has other" in TEXT.replace("\n", " ")
    assert f"At most {words[MOST_STOPS]} different places are called at" in TEXT.replace("\n", " ")
    assert f"at most {words[MOST_RIDERS]} people are weighed" in TEXT.replace("\n", " ")
