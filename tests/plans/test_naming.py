"""Ids that several kinds of party share."""

from __future__ import annotations

import pytest

import assetmap
from assetmap.model import Neighbourhood, Row
from assetmap.plans.naming import distinct
from tests.acceptance.stories import rows


def read(story: dict[str, str]) -> dict[str, list[Row]]:
    """Return the tables of a story as rows of cells."""
    return {name: rows(text) for name, text in story.items()}


def tables(person: str, party: str, prefix: str) -> dict[str, str]:
    """Return an evening where the driver and the initiative have these ids."""
    return {
        "people": f"""
            person;area;walks_m;share;until
            lady;north;200;yes;
            {person};north;;yes;
            other;north;;yes;
            """,
        "initiatives": f"""
            initiative;name;area
            {party};Eetcafé;south
            """,
        "activities": f"""
            activity;initiative;name;category;area;start;minutes;capacity
            eet;{party};Eetcafé;meal;south;2026-11-26 17:30;120;2
            """,
        "talents": f"""
            talent;owner;category;going_to;seats
            t1;{prefix}{person};ride;eet;1
            """,
        "needs": """
            need;owner;category;talked
            n1;lady;meal;yes
            n2;other;meal;yes
            """,
        "ties": f"""
            a;b;kind
            lady;{person};friend
            """,
    }


def told(hood: Neighbourhood) -> list[tuple[object, ...]]:
    """Return what is proposed, with the two parties called by what they are."""
    found = assetmap.propose(hood, "2026-W48")
    names = {"person:x": "driver", "p": "driver", "initiative:x": "party", "i": "party"}
    legs = [
        (plan.need, leg.leg, names.get(leg.provider, leg.provider), leg.rung)
        for plan in found.items
        for leg in plan.legs
    ]
    return [*legs, *((gap.need, gap.reason) for gap in found.gaps)]


def test_a_shared_id_changes_nothing() -> None:
    """With `x` for a person and an initiative the same is proposed as with ids apart."""
    shared = Neighbourhood.from_rows(read(tables("x", "x", "person:")))
    apart = Neighbourhood.from_rows(read(tables("p", "i", "")))
    assert told(shared) == told(apart)
    assert ("n2", "no_capacity") in told(shared)


@pytest.mark.parametrize("prefix", ["person:", ""])
def test_ids_that_are_unique_stay(prefix: str) -> None:
    """A neighbourhood without shared ids comes back as it is."""
    hood = Neighbourhood.from_rows(read(tables("p", "i", prefix)))
    assert distinct(hood) is hood


def test_what_was_read_is_not_changed() -> None:
    """The ids in the tables stay those of the tables; doing it twice changes nothing more."""
    hood = Neighbourhood.from_rows(read(tables("x", "x", "person:")))
    once = distinct(hood)
    assert [p.person for p in hood.people] == ["lady", "x", "other"]
    assert [p.person for p in once.people] == ["lady", "person:x", "other"]
    assert once.ties[0].b == "person:x"
    assert once.activities[0].initiative == "initiative:x"
    assert distinct(once) is once
