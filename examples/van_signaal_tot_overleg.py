"""What should the meeting talk about, of everything that was heard in the street these weeks?

Three parents asked for help with homework within three weeks, two of them at the school gate: one
card, with who could help already. Another question of the same parent changes nothing, and what
was said about violence is on no card. Next week the list is empty, until a fourth family asks.
"""

import datetime as dt
from dataclasses import replace

from assetmap import Need, Neighbourhood, Observation, Person, Talent, signals

MONDAY, WEEK = dt.date(2026, 11, 23), dt.timedelta(days=7)


def heard(name: str, day: int, **said: str) -> Observation:
    """Return what a worker wrote down on a day in November."""
    about = {"reporter": "ton", "area": "north", "kind": "need", "category": "homework"} | said
    return Observation(observation=name, date=dt.date(2026, 11, day), **about)


street = (
    Person(person="ton", called="Ton", kind="worker", area="north"),
    Person(person="olga", called="Olga", area="north", share="yes"),
    *[Person(person=f"p{n}", area="north", worker="ton") for n in range(1, 5)],
    Talent(talent="t1", owner="olga", category="homework"),
    Need(need="n1", owner="p1", category="homework", since="2026-11-03"),
    heard("o1", 9, speaker="p2"),
    heard("o2", 20, speaker="p3"),
)
more = (heard("o3", 20, speaker="p1"), heard("o4", 20, category="violence", speaker="p4"))

found = signals.detect(Neighbourhood.from_records(*street), asof=MONDAY)
print(found.text("en"))
(card,) = found.cards
assert (card.lane, card.households, card.count) == (signals.Lane.AGREEMENT, 3, 3)
assert found.lanes[signals.Lane.UNUSUAL].verdict is signals.Verdict.CANNOT_SAY  # no weeks before

again = signals.detect(Neighbourhood.from_records(*street, *more), asof=MONDAY)
assert [each.households for each in again.cards] == [3]
assert "violence" not in again.text("en")

notes = found.notes(signals.CardState.PICKED_UP)
later = signals.detect(Neighbourhood.from_records(*street), asof=MONDAY + WEEK, earlier=notes)
assert later.cards == ()
fourth = heard("o5", 27, speaker="p4")
joined = signals.detect(
    Neighbourhood.from_records(*street, fourth), asof=MONDAY + WEEK, earlier=notes
)
(back,) = joined.cards
print(f"\nA week later a fourth family asks, and the card is back: {back.state.value}.")
assert "observation:o5" in (back.evidence or ())

six_weeks = MONDAY + 6 * WEEK
asked = signals.detect(Neighbourhood.from_records(*street), asof=six_weeks, earlier=notes)
print("Six weeks later:", *(each.line().said("en") for each in asked.look_back))
answer = replace(notes[0], date=six_weeks, outcome=signals.SixWeeks.BETTER)
answered = signals.detect(
    Neighbourhood.from_records(*street), asof=six_weeks, earlier=[*notes, answer]
)
assert (len(asked.look_back), len(answered.look_back)) == (1, 0)
