"""Meeting comes before helping, and who could introduce whom (S74, S75)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from assetmap import graph
from assetmap.audit import introduction_faults
from tests.acceptance.stories import everywhere, files, less, put

DAY = dt.date(2026, 11, 23)
STREET = {
    "people": """
        person;area;share
        asks;north;yes
        close;north;yes
        friend;south;yes
        mutual;north;yes
        known;south;yes
        """,
    "ties": """
        a;b;kind
        asks;mutual;friend
        mutual;known;acquaintance
        asks;friend;friend
        """,
    "talents": """
        talent;owner;category
        t1;close;shopping
        t2;known;shopping
        t3;friend;shopping
        """,
    "needs": """
        need;owner;category;talked
        n1;asks;shopping;yes
        """,
}


def test_S74_who_knows_each_other_comes_first_and_a_stranger_is_met_first(tmp_path: Path) -> None:
    """A friend, then who shares an acquaintance, then the neighbour whom she meets at the soup."""
    soup = {
        "activities": """
            activity;name;category;start
            a1;Soep;meal;2026-11-27 18:00
            """,
        "needs": """
            need;owner;category;talked
            n1;asks;shopping;yes
            n2;asks;meal;yes
            """,
        "arrangements": """
            arrangement;need;leg;provider;activity;since
            r1;n2;activity;a1;a1;2026-11-01
            """,
        "talents": """
            talent;owner;category;going_to
            t1;close;shopping;a1
            t2;known;shopping;
            t3;friend;shopping;
            """,
    }
    hood = everywhere(tmp_path, {**STREET, **soup})
    found = graph.introductions(hood, asof=DAY)
    assert [each.b if each.a == "person:asks" else each.a for each in found.pairs or ()] == [
        "person:friend",
        "person:known",
        "person:close",
    ]
    last = (found.pairs or ())[-1]
    assert (last.chain, last.at) == (None, ("activity:a1",))
    assert introduction_faults(found, hood, asof=DAY) == []
    strangers = files(tmp_path, {**STREET, "ties": "a;b\nasks;mutual"})
    assert (graph.introductions(strangers, asof=DAY).pairs) == ()


def test_S75_the_introducer_is_named_unless_she_said_no(tmp_path: Path) -> None:
    """The sentence names who knows both; who said no to sharing introduces nobody."""
    talents = less(STREET["talents"], "t1", "t3")
    hood = everywhere(tmp_path, {**STREET, "talents": talents})
    (pair,) = graph.introductions(hood, asof=DAY, language="nl").pairs or ()
    assert pair.introducer == "person:mutual"
    assert "person:mutual kent hen allebei en kan hen aan elkaar voorstellen." in str(pair)
    people = put(STREET["people"], "mutual", share="no")
    hood = files(tmp_path, {**STREET, "talents": talents, "people": people})
    assert graph.introductions(hood, asof=DAY).pairs == ()
