"""What is asked and not there, what is there and not asked, and where is nothing to meet at."""

from __future__ import annotations

from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.lanes import gaps
from assetmap.lanes.card import Card
from assetmap.lanes.results import Lack, LaneResult, Verdict
from assetmap.lanes.scene import scene_of
from assetmap.lanes.supply import asked_in_vain, never_asked
from assetmap.model import Activity, Area, Arrangement, Person, Place, Talent
from tests.lanes.hoods import DAY, asked, hood_of, people


def _look(*records: Any, **own: Any) -> LaneResult:
    scene = scene_of(hood_of(*records, settings=own), DAY)
    return gaps.look(scene, scene.settings)


def _of(*records: Any, **own: Any) -> dict[str, Card]:
    return {card.card or "": card for card in _look(*records, **own).cards}


def _asks(number: int, category: str = "computer", **cells: Any) -> list[Any]:
    return [asked(f"n{n}", f"p{n}", 5, category=category, **cells) for n in range(number)]


COOK = Talent(talent="cook", owner="p9", category="cook")
FOLK = people(10)


def test_three_households_ask_and_nobody_offers() -> None:
    """Not two, not three of one household, and not where an activity answers it."""
    card = _of(FOLK, COOK, _asks(3))["gaps|computer|asked"]
    assert (card.people, card.count, card.area) == (3, 3, "north")
    assert card.members == ("person:p0", "person:p1", "person:p2")
    assert "Wij kennen hier niemand" in card.what.said("nl")
    assert _of(FOLK, COOK, _asks(2)) == {}
    home = [Person(person=f"p{n}", household="h") for n in range(9)]
    assert _of(home, Person(person="p9"), COOK, _asks(3)) == {}
    walk_in = Activity(activity="a1", name="Inloop", category="computer", start="2026-12-01 10:00")
    assert _of(FOLK, COOK, _asks(3), walk_in) == {}


def test_where_no_talent_was_ever_written_down_nothing_is_missing() -> None:
    """An empty table of talents is unknown, and never "nobody"."""
    found = _look(FOLK, _asks(3))
    assert (found.cards, [each.lack for each in found.lacking]) == ((), [Lack.NO_TALENTS])


def test_what_professionals_do_and_what_peers_do_is_no_gap() -> None:
    """Help with debts is kept for professionals; peers answer each other."""
    assert _of(FOLK, COOK, _asks(3, "debt_help")) == {}
    assert _of(FOLK, COOK, _asks(3, "peer_contact")) == {}


def test_what_comes_near_is_on_the_card() -> None:
    """Nobody repairs a bicycle, and somebody hangs lamps: a talent to begin with."""
    lamps = Talent(talent="t1", owner="p8", category="hang_lamp")
    card = _of(FOLK, lamps, _asks(3, "bike_repair"))["gaps|bike_repair|asked"]
    assert [near.ref for near in card.nearby] == ["talent:t1"]
    assert card.steps[0].said("en").startswith("Ask who offers something like it")


def test_many_offer_and_nobody_ever_asked() -> None:
    """Three offer computer help; one question, also one that is closed, makes it asked."""
    offers = [Talent(talent=f"t{n}", owner=f"p{n}", category="computer") for n in range(3)]
    other = asked("n9", "p9", 5, category="garden")
    card = _of(FOLK, offers, other)["gaps|computer|offered"]
    assert (card.people, card.talents) == (3, 3)
    assert card.what.said("nl").startswith("3 mensen of groepen bieden aan: ")
    closed = asked("n8", "p8", 90, category="computer", closed_on="2026-10-01")
    assert "gaps|computer|offered" not in _of(FOLK, offers, other, closed)
    assert _of(FOLK, offers) == {}


def test_offered_but_not_at_that_time() -> None:
    """All three want it in the evening, it is offered by day; with a time unknown nothing is."""
    by_day = Talent(talent="t1", owner="p9", category="computer", available="Mon 09:00-12:00")
    late = _asks(3, when="Mon 19:00-21:00 | Tue 19:00-21:00")
    card = _of(FOLK, by_day, late)["gaps|computer|time"]
    assert card.basis is not None
    assert card.basis.baseline is not None
    assert card.basis.baseline.said("en") == "At another time there is 1 offer."
    assert card.talents == 1
    anytime = Talent(talent="t2", owner="p8", category="computer")
    assert _of(FOLK, by_day, anytime, late) == {}
    early = _asks(3, when="Mon 11:00-13:00")
    assert _of(FOLK, by_day, early) == {}


CATEGORIES = ("meal", "company", "pets", "dog_walking", "computer")
OWNERS = [f"p{n}" for n in range(4)]
ROWS = st.lists(st.tuples(st.sampled_from(OWNERS), st.sampled_from(CATEGORIES)), max_size=10)


@settings(max_examples=60, deadline=None)
@given(needs=ROWS, talents=ROWS, least=st.integers(1, 3), met=st.booleans())
def test_gaps_are_what_the_degrees_of_the_tree_say(
    needs: list[tuple[str, str]], talents: list[tuple[str, str]], least: int, met: bool
) -> None:
    """Look at every pair of a question and an offer; count the households by hand."""
    hood = hood_of(
        people(4),
        [asked(f"n{at}", who, 9, category=what) for at, (who, what) in enumerate(needs)],
        [Talent(talent=f"t{at}", owner=o, category=c) for at, (o, c) in enumerate(talents)],
        [Arrangement(arrangement="r", need="n0", leg="help", provider="p3")]
        if met and needs
        else [],
    )
    open_ = needs[1:] if met and needs else needs
    answer = {pair: hood.tree.answer(*pair) > 0 for pair in product(CATEGORIES, repeat=2)}
    vain = {
        what: {who for who, other in open_ if other == what}
        for _, what in open_
        if not any(answer[offer, what] for _, offer in talents)
    }
    unasked = {
        offer: {who for who, other in talents if other == offer}
        for _, offer in talents
        if not any(answer[offer, what] for _, what in needs)
    }
    found = {each.category: len(each.owners) for each in asked_in_vain(hood, DAY, least=least)}
    assert found == {what: len(who) for what, who in vain.items() if len(who) >= least}
    offered = {each.category: len(each.owners) for each in never_asked(hood, DAY, least=least)}
    assert offered == {what: len(who) for what, who in unasked.items() if len(who) >= least}


def test_an_area_with_nothing_to_meet_at_and_one_that_is_unknown() -> None:
    """The north has a house; the south has people and nothing else; of the west nothing is known.

    Of an area and one in it the smaller has the card.
    """
    base = [
        Area(area="all", name="Alles"),
        Area(area="far", name="Ver"),
        *[
            Area(area=a, name=a.title(), parent="far" if a == "south" else "all")
            for a in ("north", "south", "west")
        ],
        Place(place="house", area="north"),
        Person(person="p1", area="south", ties_asked_on="2026-10-01"),
        Person(person="p2", area="south", ties_asked_on="2026-10-01"),
        Activity(
            activity="a1", name="Soep", category="meal", start="2026-12-01 12:00", area="north"
        ),
    ]
    found = _look(*base)
    (card,) = found.cards
    assert (card.card, card.people) == ("gaps|-|south", 2)
    assert card.basis is not None
    assert card.basis.baseline is not None
    assert "Contacten tussen hen: 0, 0 procent" in card.basis.baseline.said("nl")
    assert dict(found.left_out) == {"lane_gaps.unknown": 1}


def test_nothing_at_all_cannot_say() -> None:
    """Without needs, talents and areas there is nothing to look at."""
    assert _look().verdict is Verdict.CANNOT_SAY
