"""Rows that may stand in the tables twice: proposed to the team, never merged."""

from __future__ import annotations

import time
import unicodedata
from collections import Counter
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.model import Activity, Initiative, Neighbourhood, Organisation, Person, Place
from assetmap.overview import LikeBecause, Likeness, duplicates
from assetmap.privacy import Audience, release
from assetmap.synthetic import neighbourhood


def pairs(*rows: Any) -> dict[tuple[str, str], str]:
    """Give the pairs that are found, with why."""
    found = duplicates(Neighbourhood.from_records(*rows))
    return {each.pair: str(each.because) for each in found if each.pair}


def two(one: dict[str, Any], other: dict[str, Any]) -> str | None:
    """Tell why two people may be the same; None where they may not."""
    return pairs(Person(person="p1", **one), Person(person="p2", **other)).get(("p1", "p2"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Karin", "Carin"),
        ("Sylvia", "silvia"),
        ("Zoë", "Zoe"),
        ("Anna", "Ana"),
        ("Fatima", "Fatma"),
        ("Mohamed", "Mohammed"),
        ("Marieke", "Mareike"),
        ("An Marie", "Marie An"),
    ],
)
def test_names_that_are_spelt_another_way_are_alike(one: str, other: str) -> None:
    """Accents, doubled letters, letters that sound alike and one typing error do not part them."""
    assert two({"called": one, "household": "h"}, {"called": other, "household": "h"})


@pytest.mark.parametrize(
    ("one", "other"), [("Jan", "Joan"), ("Anna", "Anja"), ("Willem", "Wouter")]
)
def test_other_names_are_not_alike(one: str, other: str) -> None:
    """Short names one letter apart are two names."""
    assert two({"called": one, "household": "h"}, {"called": other, "household": "h"}) is None


def test_what_else_has_to_agree_for_people() -> None:
    """A household, or an area with a decade; a decade that differs parts parent and child."""
    base = {"called": "Joke", "area": "noord"}
    assert two({**base, "born": 1950}, {**base, "born": 1950}) == "decade"
    assert two({**base, "born": 1950}, {**base, "born": 1980}) is None
    assert two({**base, "born": 1950}, base) == "area"
    assert two(base, {**base, "area": "zuid"}) is None
    home = {**base, "household": "h1"}
    assert two(home, home) == "household"
    assert two({**home, "born": 1950}, {**home, "born": 1980}) is None
    assert two(base, {**base, "kind": "worker"}) is None
    assert two({"area": "noord"}, {"area": "noord"}) is None, "no name, no likeness"


def test_a_common_name_says_nothing() -> None:
    """Four people of one name in an area without decades are not told; three are."""
    many = [Person(person=f"p{at}", called="Joke", area="noord") for at in range(4)]
    assert pairs(*many) == {}
    assert len(pairs(*many[:3])) == 3


def test_parties_and_activities() -> None:
    """Names alike, where no area differs; activities at the same time and place."""
    assert pairs(
        Organisation(organisation="o1", name="Stichting Buurtzorg", area="noord"),
        Organisation(organisation="o2", name="Buurtzorg, stichting"),
        Organisation(organisation="o3", name="Stichting Buurtzorg", area="zuid"),
        Initiative(initiative="i1", name="Team 1 Noord"),
        Initiative(initiative="i2", name="Team 2 Noord"),
        Initiative(initiative="i3", name="Eetkafee"),
        Initiative(initiative="i4", name="Eetcafé"),
    ) == {("o1", "o2"): "name", ("o2", "o3"): "name", ("i3", "i4"): "name"}
    held = {"name": "Koffieochtend", "category": "company", "start": "2026-11-25 10:00"}
    found = pairs(
        Place(place="a"),
        Place(place="b"),
        Activity(activity="a1", **held, place="a"),
        Activity(activity="a2", **held),
        Activity(activity="a3", **held, place="b"),
        Activity(activity="a4", **{**held, "start": "2026-11-26 10:00"}),
    )
    assert found == {("a1", "a2"): "time", ("a2", "a3"): "time"}


def test_only_the_team_gets_the_ids() -> None:
    """Outside the team neither the ids nor the reason leave."""
    found = Likeness("people", ("p1", "p2"), LikeBecause.DECADE)
    for audience in (Audience.RESIDENTS, Audience.COUNCIL, Audience.RESEARCH):
        outward = release(found, audience).value
        assert (outward.pair, outward.because) == (None, None)
    assert release(found, Audience.TEAM).value == found


def test_five_thousand_people_are_quick() -> None:
    """Thousands of people take a moment, not a minute."""
    hood = neighbourhood(residents=5_000, seed=3, weeks=1)
    before = time.process_time()
    assert duplicates(hood)
    assert time.process_time() - before < 20


# The same, from the definition, with nothing of the module.


def sounds(text: str) -> str:
    """Give how a name is said."""
    apart = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(s if s.isalnum() else " " for s in apart if not unicodedata.combining(s))
    said = " ".join(sorted(letters.split()))
    spellings = {"ph": "f", "th": "t", "ck": "k", "c": "k", "ij": "i", "y": "i", "j": "i"}
    for spelt, meant in spellings.items():
        said = said.replace(spelt, meant)
    kept = ""
    for sign in said:
        if not kept.endswith(sign) or sign.isdigit():
            kept += sign
    return kept


def one_error(one: str, other: str) -> bool:
    """Tell whether one insertion, deletion, change or swap makes one name of the other."""
    signs = sorted(set(one + other))
    made = {other[:at] + other[at + 1 :] for at in range(len(other))}
    made |= {other[:at] + s + other[at:] for at in range(len(other) + 1) for s in signs}
    made |= {other[:at] + s + other[at + 1 :] for at in range(len(other)) for s in signs}
    made |= {
        other[:at] + other[at + 1] + other[at] + other[at + 2 :] for at in range(len(other) - 1)
    }
    return one in made


def alike(one: str, other: str) -> bool:
    """Tell whether two names are alike."""
    a, b = sounds(one), sounds(other)
    if a == b:
        return bool(a)
    same_numbers = [s for s in a if s.isdigit()] == [s for s in b if s.isdigit()]
    return min(len(a), len(b)) >= 5 and same_numbers and one_error(a, b)


def brute(people: list[Person]) -> dict[tuple[str, str], str]:
    """Give the pairs of people by looking at every two."""
    found = {}
    exact = Counter(
        (p.is_worker, p.area, (p.called or "").casefold()) for p in people if p.area and p.called
    )
    for one, other in combinations(sorted(people, key=lambda p: p.person), 2):
        if not one.called or not other.called or one.is_worker is not other.is_worker:
            continue
        like = alike(one.called, other.called)
        no_clash = None in (one.born, other.born) or one.born == other.born
        name = one.called.casefold()
        if like and one.household and one.household == other.household and no_clash:
            found[one.person, other.person] = "household"
        elif not one.area or one.area != other.area:
            continue
        elif like and one.born and one.born == other.born:
            found[one.person, other.person] = "decade"
        elif (
            name == other.called.casefold()
            and None in (one.born, other.born)
            and exact[one.is_worker, one.area, name] <= 3
        ):
            found[one.person, other.person] = "area"
    return found


names = st.sampled_from(
    ("karin", "carin", "Karen", "Joke", "joke", "Fatima", "Fatma", "Fatimah", "Anna", "Ana", "Jan")
)
somebody = st.builds(
    lambda at, **cells: Person(person=f"p{at}", **cells),
    st.integers(1, 40),
    called=st.none() | names | st.text("aeknstc12", min_size=1, max_size=7),
    area=st.sampled_from((None, "noord", "zuid")),
    household=st.sampled_from((None, None, "h1", "h2")),
    born=st.sampled_from((None, 1950, 1980)),
    kind=st.sampled_from((None, "resident", "worker")),
)
crowds = st.lists(somebody, max_size=14, unique_by=lambda p: p.person)


@settings(max_examples=150)
@given(crowds)
def test_blocks_lose_nothing(people: list[Person]) -> None:
    """Comparing within blocks finds what comparing everybody with everybody finds."""
    found = duplicates(Neighbourhood(people=tuple(people)))
    assert {each.pair: str(each.because) for each in found} == brute(people)


@settings(max_examples=50)
@given(crowds, st.randoms(use_true_random=False))
def test_order_makes_no_difference(people: list[Person], chance: Any) -> None:
    """Rows in another order, and ids the other way round, give the same pairs."""
    found = duplicates(Neighbourhood(people=tuple(people)))
    mixed = list(people)
    chance.shuffle(mixed)
    assert duplicates(Neighbourhood(people=tuple(mixed))) == found
    turned = {p.person: f"p{99 - int(p.person[1:])}" for p in people}
    other = [p.model_copy(update={"person": turned[p.person]}) for p in people]
    again = duplicates(Neighbourhood(people=tuple(other)))
    assert {frozenset(turned[n] for n in each.pair or ()) for each in found} == {
        frozenset(each.pair or ()) for each in again
    }
