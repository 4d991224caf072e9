"""Made-up neighbourhoods: whole, sound, repeatable, and as practice is."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections import Counter
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap import propose
from assetmap.audit import faults
from assetmap.errors import Severity, UnusableInput
from assetmap.model import RECORDS, Neighbourhood, Role, Share, columns
from assetmap.model.cells import tidy
from assetmap.privacy import split_safety
from assetmap.schedule import Week
from assetmap.synthetic import HOSTILE, Recipe, neighbourhood

START = dt.date(2026, 5, 25)
END = START + dt.timedelta(weeks=26)


@pytest.fixture(scope="module")
def hood() -> Neighbourhood:
    return neighbourhood()


@pytest.fixture(scope="module")
def hostile() -> Neighbourhood:
    return neighbourhood(400, hostile=True)


def _network(hood: Neighbourhood) -> nx.Graph:
    found = nx.Graph()
    found.add_nodes_from(p.person for p in hood.people if not p.is_worker)
    found.add_edges_from((t.a, t.b) for t in hood.ties)
    return found


# --- whole and sound ----------------------------------------------------------------------------


@pytest.mark.parametrize(("residents", "seed"), [(1200, 1), (300, 2), (300, 3)])
def test_every_table_has_rows(residents: int, seed: int) -> None:
    """From a few hundred residents on no table is empty, whatever table is added later."""
    made = neighbourhood(residents, seed)
    assert [name for name in RECORDS if not made.table(name)] == []


def test_every_column_is_used_somewhere(hood: Neighbourhood) -> None:
    """No column is blank in all rows, apart from degrees, which become metres."""
    blank = {
        f"{name}.{column.name}"
        for name, record in RECORDS.items()
        for column, field in zip(columns(record), record.model_fields, strict=True)
        if all(getattr(row, field) is None for row in hood.table(name))
    }
    assert blank == {"people.lat", "people.lon", "places.lat", "places.lon"}


@settings(max_examples=12, deadline=None)
@given(st.integers(10, 160), st.integers(0, 2**40), st.integers(1, 30), st.booleans())
def test_whatever_is_made_holds_no_error_and_no_warning(
    residents: int, seed: int, weeks: int, awkward: bool
) -> None:
    """Every reference resolves and nothing contradicts; from_records raises on errors."""
    made = neighbourhood(residents, seed, weeks=weeks, hostile=awkward)
    assert sum(not p.is_worker for p in made.people) == residents
    assert [p for p in made.notices if p.severity is not Severity.NOTICE] == []


def test_a_reference_to_nothing_would_be_found(hood: Neighbourhood) -> None:
    """The check that the soundness above rests on can fail."""
    lost = hood.needs[0].replace(owner="nobody-at-all")
    with pytest.raises(Exception, match="Nothing has this id"):
        Neighbourhood.from_records(hood.people, lost)


def test_dates_lie_where_they_belong(hood: Neighbourhood) -> None:
    """What is asked, decided, heard and counted lies inside the weeks; nothing knows the future."""
    residents = {p.person for p in hood.people}
    asked = [n.since for n in hood.needs if n.owner in residents]
    heard = [row.date for row in (*hood.observations, *hood.visits, *hood.contact_days)]
    decided = [d.date for d in hood.decisions] + [a.since for a in hood.arrangements]
    closed = [n.closed_on for n in hood.needs if n.closed_on]
    referred = [r.date for r in hood.referrals]
    days = [day for day in (*asked, *heard, *decided, *closed, *referred) if day is not None]
    assert min(days) >= START
    assert max(days) < END
    assert {row.week for row in hood.team_hours} == {
        str(Week.of(START + dt.timedelta(weeks=n))) for n in range(26)
    }


def test_the_first_day_is_an_argument() -> None:
    """Another first day moves everything; it is taken back to the Monday of its week."""
    made = neighbourhood(100, weeks=2, start=dt.date(2024, 2, 29))
    assert min(row.date for row in made.observations) >= dt.date(2024, 2, 26)
    assert max(row.date for row in made.observations) < dt.date(2024, 3, 11)
    assert made == neighbourhood(100, weeks=2, start=dt.date(2024, 2, 26))


def test_what_cannot_be_made_is_refused() -> None:
    """Numbers outside their limits are an error that says what is allowed."""
    with pytest.raises(UnusableInput, match="from 10 to 1,000,000"):
        neighbourhood(9)
    with pytest.raises(UnusableInput, match="seed"):
        neighbourhood(seed=-1)
    with pytest.raises(UnusableInput, match="from 1 to 520"):
        neighbourhood(weeks=0)


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"sharing": 1.1}, "sharing is a share"),
        ({"needs_per_resident": -1}, "from 0 to 50"),
        ({"volunteering": 0.7}, "volunteers offer"),
        ({"centre_volunteers": 0}, "from 1 to 1,000"),
        ({"language": "fr"}, "no texts in language"),
        ({"alone": float("nan")}, "alone is a share"),
    ],
)
def test_an_impossible_recipe_is_refused(cells: dict[str, Any], message: str) -> None:
    """Shares, amounts, languages: each has its limits."""
    with pytest.raises(UnusableInput, match=message):
        Recipe(**cells)


@pytest.mark.parametrize(
    "recipe",
    [
        Recipe(talents_per_resident=0, needs_per_resident=0, notes_per_week=0, friends=0),
        Recipe(alone=1, sharing=0, talked=0, reached=0),
        Recipe(asking=0, offering=1, volunteering=1, drivers=1, closing=1, nearby=0),
    ],
)
def test_extreme_recipes_hold_too(recipe: Recipe) -> None:
    """All or nothing of something is still a neighbourhood."""
    made = neighbourhood(60, recipe=recipe, weeks=3)
    assert len([p for p in made.people if not p.is_worker]) == 60


# --- repeatable -----------------------------------------------------------------------------------


PRINT = """
import hashlib
from assetmap.model import RECORDS
from assetmap.synthetic import neighbourhood
made = neighbourhood(80, 7, weeks=3, hostile=True)
digest = hashlib.sha256(repr([made.table(name) for name in RECORDS]).encode()).hexdigest()
print(digest)
"""


def test_the_same_arguments_give_the_same_bytes() -> None:
    """The hash seed of the interpreter has no say."""
    prints = {
        subprocess.run(
            [sys.executable, "-c", PRINT],
            env={**os.environ, "PYTHONHASHSEED": number},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for number in ("0", "1", "2")
    }
    assert len(prints) == 1
    assert neighbourhood(80, 7, weeks=3) == neighbourhood(80, 7, weeks=3)


def test_another_seed_gives_another_neighbourhood() -> None:
    """People, ties and questions all differ."""
    one, other = neighbourhood(120, 1, weeks=4), neighbourhood(120, 2, weeks=4)
    for name in ("people", "talents", "needs", "ties", "observations"):
        assert one.table(name) != other.table(name)


def test_more_weeks_only_add() -> None:
    """What was there stays; of an open question it may become known how it ended."""
    short, long = neighbourhood(250, 5, weeks=6), neighbourhood(250, 5, weeks=11)
    same = set(RECORDS) - {"needs"}
    for name in sorted(same):
        assert long.table(name)[: len(short.table(name))] == short.table(name), name
    for name in ("people", "talents", "activities", "memberships", "safeguards"):
        assert long.table(name) == short.table(name)
    for before, after in zip(short.needs, long.needs, strict=False):
        if before.closed_on is None:
            after = after.replace(closed_on=None, closed_because=None)
        assert after == before
    assert len(long.needs) > len(short.needs)
    assert any(
        a.closed_on for b, a in zip(short.needs, long.needs, strict=False) if not b.closed_on
    )


# --- as practice is -------------------------------------------------------------------------------


def _roots(hood: Neighbourhood, names: list[str]) -> Counter[str]:
    return Counter((name, *hood.tree.ancestors(name))[-1] for name in names)


def test_what_is_offered_and_asked_most(hood: Neighbourhood) -> None:
    """Many offer company, rides and shopping; odd jobs are asked most; offers are easier made."""
    offers = _roots(hood, [t.category for t in hood.talents])
    asks = _roots(hood, [n.category for n in hood.needs])
    assert {name for name, _ in offers.most_common(3)} == {"company", "ride", "shopping"}
    assert asks.most_common(1)[0][0] == "odd_job"
    assert len({t.owner for t in hood.talents}) > 1.5 * len({n.owner for n in hood.needs})


def test_the_shares_of_the_recipe_are_kept(hood: Neighbourhood) -> None:
    """Counts and shares come out as asked, within a small tolerance."""
    residents = [p for p in hood.people if not p.is_worker]
    adults = {p.person for p in residents if not p.minor}
    volunteers = {t.owner for t in hood.talents if t.role is Role.VOLUNTEER} & adults
    given = [t for t in hood.talents if t.owner in adults]
    assert len(volunteers) / len(adults) == pytest.approx(0.5, abs=0.04)
    assert len(given) == pytest.approx(1200, rel=0.01)
    assert sum(n.owner in adults for n in hood.needs) == 360
    shared = sum(p.share is Share.YES for p in residents) / len(residents)
    assert shared == pytest.approx(0.65, abs=0.05)
    talked = sum(bool(n.talked) for n in hood.needs) / len(hood.needs)
    assert talked == pytest.approx(0.75, abs=0.08)


def test_one_driver_goes_there_for_every_ten_who_cannot(hood: Neighbourhood) -> None:
    """Those who cannot walk far, or sit in a wheelchair, are ten for every driver going anyway."""
    riders = sum(
        bool(p.wheelchair) or (p.walks_m is not None and p.walks_m <= 500) for p in hood.people
    )
    drivers = sum(t.going_to is not None for t in hood.talents)
    assert riders > 40
    assert drivers == pytest.approx(riders / 10, abs=0.51)


def test_a_community_centre_has_about_thirty_volunteers(hood: Neighbourhood) -> None:
    """Its members by now; organisations at its table do not count."""
    centres = [i.initiative for i in hood.initiatives if i.kind == "community_centre"]
    people = {p.person for p in hood.people}
    for centre in centres:
        found = [m for m in hood.memberships if m.party == centre and m.member in people]
        assert 27 <= len(found) <= 30


def test_a_scan_of_two_hundred_doors(hood: Neighbourhood) -> None:
    """Every door is there, the closed ones too; about half of them open."""
    opened = sum(v.reached == "yes" for v in hood.visits)
    assert len(hood.visits) == 200
    assert 80 <= opened <= 120


def test_a_few_notes_a_week(hood: Neighbourhood) -> None:
    """Between none and about ten, not the same every week."""
    weeks = Counter(Week.of(o.date) for o in hood.observations)
    counts = [weeks[Week.of(START) + n] for n in range(26)]
    assert 3 <= sum(counts) / 26 <= 7
    assert max(counts) <= 12
    assert len(set(counts)) > 4


def test_safety_themes_are_there_to_be_kept_apart() -> None:
    """A few notes are about safety, so that whoever shows anything can be tested on them."""
    _, apart = split_safety(neighbourhood(3000, seed=2))
    assert len(apart.safety) > 0
    assert apart.unmapped == ()


def test_friends_of_friends_are_friends(hood: Neighbourhood) -> None:
    """Ties cluster far above a random network with the same degrees."""
    network = _network(hood)
    degrees = [d for _, d in network.degree()]
    chance = nx.Graph(nx.configuration_model(degrees, seed=1))
    chance.remove_edges_from(nx.selfloop_edges(chance))
    assert nx.transitivity(network) > 6 * nx.transitivity(chance)
    assert nx.average_clustering(network) > 0.2
    biggest = network.subgraph(max(nx.connected_components(network), key=len))
    assert len(biggest) > 0.9 * len(network)
    some = sorted(biggest)[::60]
    paths = [nx.single_source_shortest_path_length(biggest, one) for one in some]
    assert sum(sum(path.values()) for path in paths) / len(biggest) / len(some) < 8


def test_a_few_know_many(hood: Neighbourhood) -> None:
    """The tail of the degrees is heavy: connectors know many times what is usual."""
    degrees = sorted(d for _, d in _network(hood).degree())
    median = degrees[len(degrees) // 2]
    assert degrees[-1] >= 6 * median
    assert sum(d > 3 * median for d in degrees) < 0.1 * len(degrees)


def test_people_know_who_lives_near_and_is_like_them(hood: Neighbourhood) -> None:
    """Areas and ages mix far less than chance would."""
    by = {p.person: p for p in hood.people}
    ties = [(by[t.a], by[t.b]) for t in hood.ties if t.kind in {"friend", "neighbour"}]
    same_area = sum(a.area == b.area for a, b in ties) / len(ties)
    assert same_area > 0.6
    friends = [(by[t.a], by[t.b]) for t in hood.ties if t.kind == "friend"]
    apart = [abs((a.born or 0) - (b.born or 0)) for a, b in friends]
    shuffled = [
        abs((a.born or 0) - (b.born or 0))
        for (a, _), (_, b) in zip(friends, friends[7:] + friends[:7], strict=True)
    ]
    assert sum(apart) < 0.9 * sum(shuffled)


def test_who_stands_alone_is_meant_to(hood: Neighbourhood) -> None:
    """People without a tie live alone, were asked, and are as many as the recipe says."""
    network = _network(hood)
    alone = [hood.person(p) for p in nx.isolates(network)]
    homes = Counter(p.household for p in hood.people)
    assert len(alone) / 1200 == pytest.approx(0.03, abs=0.015)
    assert all(homes[p.household] == 1 and p.ties_asked_on for p in alone)


def test_areas_border_on_each_other_both_ways(hood: Neighbourhood) -> None:
    """What one area says of its neighbours, they say of it; people live inside their own."""
    beside = {a.area: set(a.adjacent or ()) for a in hood.areas if a.parent}
    assert all(one in beside[other] for one, others in beside.items() for other in others)
    assert all(beside.values())
    people = Counter(p.area for p in hood.people if not p.is_worker)
    assert {a.area: a.population for a in hood.areas if a.parent} == {
        area: people[area] for area in beside
    }


def test_points_lie_in_a_lake(hood: Neighbourhood) -> None:
    """Nobody lives there: the middle of the Markermeer, in metres of the Dutch grid."""
    points = [(r.x, r.y) for r in (*hood.people, *hood.places) if r.x is not None]
    assert all(142_000 <= x <= 152_000 and 502_000 <= (y or 0) <= 512_000 for x, y in points)


def test_the_texts_have_a_language() -> None:
    """Dutch is usual, English on request; ids, numbers and dates are the same."""
    dutch, english = neighbourhood(80), neighbourhood(80, recipe=Recipe(language="en"))
    assert "Eetcafé" in {i.name for i in dutch.initiatives}
    assert "Dinner club" in {i.name for i in english.initiatives}
    assert english.policy.language == "en"
    assert [p.person for p in dutch.people] == [p.person for p in english.people]
    assert [(t.a, t.b, t.since) for t in dutch.ties] == [(t.a, t.b, t.since) for t in english.ties]


# --- used -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("residents", "seed", "awkward"), [(150, 1, False), (40, 3, True)])
def test_a_week_for_it_can_be_proposed(residents: int, seed: int, awkward: bool) -> None:
    """The week after the history has proposals and questions without one, and nothing is wrong."""
    made = neighbourhood(residents, seed, hostile=awkward)
    proposals = propose(made, str(Week.of(END)))
    assert len(proposals.plans) > 0
    assert len(proposals.unmet) > 0
    assert faults(proposals) == []


def test_awkward_texts_are_all_there(hostile: Neighbourhood) -> None:
    """Every awkward text stands in some cell, two in three names are one, and some ids are odd."""
    texts = {text for name in RECORDS for r in hostile.table(name) for text in r.cells().values()}
    assert [text for text in HOSTILE if tidy(text) not in texts] == []
    called = [p.called for p in hostile.people]
    assert sum(c in set(map(tidy, HOSTILE)) for c in called) > len(called) / 2
    assert any("<b>" in p.person for p in hostile.people)


def test_plain_texts_are_not_awkward(hood: Neighbourhood) -> None:
    """Without being asked for, none of it is there."""
    texts = {text for name in RECORDS for r in hood.table(name) for text in r.cells().values()}
    assert [text for text in HOSTILE if "hostile" in text and text in texts] == []
    assert not any("<" in text for text in texts)
