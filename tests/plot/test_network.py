"""Who knows whom: every person, mark, tie and count of areas, counted again from the tables."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest

from assetmap import graph, plot
from assetmap.model import Need, Neighbourhood, Person, Talent, Tie
from tests.plot.conftest import DAY, with_gid


def dots(ax: Any) -> dict[str, int]:
    """Return how many marks of each kind are drawn."""
    return {
        a.get_gid().removeprefix("people-"): len(a.get_offsets()) for a in with_gid(ax, "people-")
    }


def test_everybody_is_drawn_once_with_what_they_offer(linden: Neighbourhood) -> None:
    """Workers as workers; others by the theme among theirs that most people offer."""
    offers: dict[str, set[str]] = {}
    for row in linden.talents:
        if any(person.person == row.owner for person in linden.people):
            theme = (row.category, *linden.tree.ancestors(row.category))[-1]
            offers.setdefault(row.owner, set()).add(theme)
    often = Counter(theme for themes in offers.values() for theme in themes)
    best = sorted(often, key=lambda theme: (-often[theme], theme))[:6]
    expected: Counter[str] = Counter()
    for person in linden.people:
        mine = [theme for theme in best if theme in offers.get(person.person, ())]
        expected[
            "worker" if person.is_worker
            else mine[0] if mine
            else "other" if person.person in offers else "none"
        ] += 1  # fmt: skip
    ax = plot.draw_network(plot.network_facts(linden, asof=DAY))
    assert dots(ax) == dict(expected)
    assert len(with_gid(ax, "name")) == sum(bool(p.called) for p in linden.people)


def test_every_tie_is_a_line_between_its_two_people(linden: Neighbourhood) -> None:
    """Lines end where the people are drawn; thicker where the tie is stronger."""
    network = graph.people(graph.build(linden, asof=DAY))
    places = graph.positions(network)
    ax = plot.draw_network(plot.network_facts(linden, asof=DAY))
    lines = with_gid(ax, "ties")[0]
    drawn = {frozenset(map(tuple, segment.round(3))) for segment in lines.get_segments()}
    assert drawn == {frozenset((places[a], places[b])) for a, b in network.edges}
    widths = dict(zip(
        (frozenset(map(tuple, s.round(3))) for s in lines.get_segments()),
        lines.get_linewidths(), strict=True,
    ))  # fmt: skip
    for a, b, weight in network.edges(data="weight"):
        assert widths[frozenset((places[a], places[b]))] == pytest.approx(0.7 * weight)


def test_who_was_there_stays_there(linden: Neighbourhood) -> None:
    """With the places of an earlier week only newcomers get a place."""
    first = graph.positions(graph.people(graph.build(linden, asof=DAY)))
    more = Neighbourhood.from_records(
        *linden.people, *linden.ties, Person(person="new", called="Xandra"),
        Tie(a="new", b=linden.people[0].person, kind="neighbour"),
    )  # fmt: skip
    moved = {node: (x + 5, y) for node, (x, y) in first.items()}
    facts = plot.network_facts(more, asof=DAY, previous=moved).value
    at = {dot.id: (dot.x, dot.y) for dot in facts.persons}
    assert {node: at[node] for node in moved} == moved
    assert "person:new" in at


def test_research_gets_pseudonyms_and_the_same_drawing(linden: Neighbourhood) -> None:
    """As many people of each kind, no name and no id; ties arranged for what is sensitive go."""
    team = plot.network_facts(linden, "team", asof=DAY).value
    facts = plot.network_facts(linden, "research", asof=DAY).value
    own = {row.person for row in linden.people}
    assert not {dot.id for dot in facts.persons} & ({f"person:{p}" for p in own} | own)
    assert all(dot.called is None for dot in facts.persons)
    kinds = [Counter((d.worker, d.theme) for d in each.persons) for each in (team, facts)]
    assert kinds[0] == kinds[1]
    ids = {dot.id for dot in facts.persons}
    assert all({line.one, line.other} <= ids for line in facts.lines)


def _street(people: int, area: str) -> list[Any]:
    rows: list[Any] = [Person(person=f"{area}{n}", area=area) for n in range(people)]
    rows += [Talent(talent=f"t{area}{n}", owner=f"{area}{n}", category="garden")
             for n in range(people)]  # fmt: skip
    return rows


def test_residents_see_areas_with_protected_counts_and_no_person() -> None:
    """Twelve gardeners are ten; four are too few; a line that few people stand behind is hidden."""
    ties = [Tie(a=f"north{n}", b=f"south{n}", kind="friend") for n in range(6)]
    few = [Tie(a="north0", b=f"tiny{n}", kind="friend") for n in range(4)]
    hood = Neighbourhood.from_records(
        *_street(12, "north"), *_street(7, "south"), *_street(4, "tiny"), *ties, *few,
        Person(person="w1", kind="worker", area="north"),
    )  # fmt: skip
    for audience in ("residents", "council"):
        facts = plot.network_facts(hood, audience, asof=DAY).value
        assert (facts.persons, facts.lines) == ((), ())
        assert {a.area: (a.givers, a.people) for a in facts.areas} == {
            "north": (10, 10), "south": (5, 5), "tiny": (None, None),
        }  # fmt: skip
        assert {(a.one, a.other): a.pairs for a in facts.area_lines} == {
            ("north", "south"): 5, ("north", "tiny"): None,
        }  # fmt: skip
        ax = plot.draw_network(plot.network_facts(hood, audience, asof=DAY))
        assert len(with_gid(ax, "area")) == 3
        assert [line.get_linestyle() for line in with_gid(ax, "known")] == ["-"]
        assert [line.get_linestyle() for line in with_gid(ax, "hidden")] == [":"]


def test_many_people_have_no_names_on_them() -> None:
    """Above 120 people names would be a blot; the caption says so."""
    hood = Neighbourhood.from_records(*[Person(person=f"p{n}", called="Ans") for n in range(121)])
    ax = plot.draw_network(plot.network_facts(hood, asof=DAY), language="en")
    assert not with_gid(ax, "name")
    assert "With more than 120 people" in with_gid(ax, "caption")[0].get_text().replace("\n", " ")


def test_a_theme_of_safety_is_in_no_picture() -> None:
    """Somebody whose only record is about safety is drawn as somebody of whom nothing is known."""
    hood = Neighbourhood.from_records(
        Person(person="p1"), Person(person="p2"),
        Talent(talent="t1", owner="p1", category="abuse"),
        Need(need="n1", owner="p2", category="violence"),
    )  # fmt: skip
    assert dots(plot.draw_network(plot.network_facts(hood, asof=DAY))) == {"none": 2}
    assert plot.offer_facts(hood, asof=DAY).value.themes == ()


def test_the_order_of_rows_makes_no_difference(linden: Neighbourhood) -> None:
    """People and ties turned round give the same picture."""
    talents = [row for row in linden.talents if row.place is None and row.going_to is None]
    people = {row.person for row in linden.people}
    rows = [*linden.people, *linden.ties, *(row for row in talents if row.owner in people)]
    straight, turned = (Neighbourhood.from_records(*each) for each in (rows, reversed(rows)))
    shown = [plot.network_facts(each, asof=DAY).value for each in (straight, turned)]
    assert shown[0] == shown[1]


def test_an_ego_picture_has_the_person_amid_whom_they_know(linden: Neighbourhood) -> None:
    """One star, a mark for each acquaintance, a line to each, a dashed line between those."""
    network = graph.people(graph.build(linden, asof=DAY))
    near = set(network["person:w1"])
    ax = plot.draw_ego(plot.ego_facts(linden, "w1", asof=DAY), language="en")
    assert len(with_gid(ax, "tie")) == len(near)
    assert sum(len(a.get_offsets()) for a in with_gid(ax, "around")) == len(near)
    among = [edge for edge in network.edges if set(edge) <= near]
    assert len(with_gid(ax, "among")) == len(among)
    beside = with_gid(ax, "sides")[0].get_text()
    assert beside.index("Can do and offers") < beside.index("Asks")
    assert np.allclose(with_gid(ax, "ego")[0].get_offsets(), [[0, 0]])
