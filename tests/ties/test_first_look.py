"""A first look at a network of people: counts that follow their definitions."""

from __future__ import annotations

import dataclasses
from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetmap import graph
from assetmap.errors import UnusableInput
from assetmap.model import Neighbourhood, Person, Tie
from assetmap.privacy import Audience, release

PEOPLE = tuple("abcdefgh")


@st.composite
def hoods(draw: st.DrawFn) -> Neighbourhood:
    """Draw up to eight people, some of them workers, some of them asked."""
    people = draw(st.lists(st.sampled_from(PEOPLE), unique=True))
    rows = [
        Person(
            person=p,
            kind=draw(st.sampled_from(["resident", "worker"])),
            ties_asked_on=draw(st.sampled_from([None, "2026-09-01"])),
        )
        for p in people
    ]
    pairs = list(combinations(people, 2))
    ties = draw(st.lists(st.sampled_from(pairs), max_size=9)) if pairs else []
    return Neighbourhood.from_records(rows, [Tie(a=a, b=b) for a, b in ties])


def parts(people: set[str], ties: set[frozenset[str]]) -> list[set[str]]:
    """Return who hangs together, by looking again until nothing changes."""
    left, found = set(people), []
    while left:
        group = {left.pop()}
        while more := {p for p in left if any(frozenset((p, q)) in ties for q in group)}:
            group |= more
            left -= more
        found.append(group)
    return found


@given(hoods())
def test_every_count_follows_its_definition(hood: Neighbourhood) -> None:
    """Compared with looking at each person in turn."""
    people = {p.person for p in hood.people}
    workers = {p.person for p in hood.people if p.is_worker}
    asked = {p.person for p in hood.people if p.ties_asked_on}
    ties = {frozenset((tie.a, tie.b)) for tie in hood.ties}
    knows = {p: {q for tie in ties if p in tie for q in tie - {p}} for p in people}
    residents = people - workers
    groups = [group for group in parts(people, ties) if len(group) > 1]

    def splits(person: str) -> bool:
        mine = next(group for group in parts(people, ties) if person in group)
        rest = {tie for tie in ties if person not in tie}
        return len(mine) > 1 and len(parts(mine - {person}, rest)) > 1

    alone = {p for p in residents if not knows[p]}
    assert dataclasses.asdict(graph.glance(graph.build(hood))) == {
        "residents": len(residents),
        "workers": len(workers),
        "ties": len(ties),
        "groups": len(groups),
        "largest": max(map(len, groups), default=0),
        "connecting": sum(map(splits, people)),
        "alone": len(alone),
        "not_asked": len(alone - asked),
        "one_tie": sum(len(knows[p]) == 1 for p in residents),
        "only_workers": sum(bool(knows[p]) and knows[p] <= workers for p in residents),
    }


def test_outside_the_team_small_counts_are_hidden() -> None:
    """It can be released like any result."""
    people = [Person(person=f"p{at}") for at in range(12)]
    hood = Neighbourhood.from_records(people, Tie(a="p1", b="p2"))
    found = release(graph.glance(graph.build(hood)), Audience.COUNCIL).value
    assert (found.residents, found.ties, found.alone) == (10, None, 10)


def test_another_graph_is_refused() -> None:
    """Only a graph of a neighbourhood knows residents from workers."""
    with pytest.raises(UnusableInput, match=r"made by graph\.build"):
        graph.glance(nx.karate_club_graph())
