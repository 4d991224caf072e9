"""Can somebody who walks 200 metres and has no car eat out with others on Thursday?

Yes: the worker goes to the eetcafé anyway and picks her up, a guest who eats there takes her
home. It is the whole evening or nothing: with one seat fewer on the way back there is no plan at
all, and the answer says which ride is missing.
"""

import datetime as dt

import assetmap
from assetmap import Activity, Area, Need, Neighbourhood, Person, Talent, Tie
from assetmap.audit import faults

WEEK = "2026-W48"
EVENING = dt.datetime(2026, 11, 26, 17, 30)


def neighbourhood(seats_back: int) -> Neighbourhood:
    """Return the few people of this story; `seats_back` is what the guest's car has free."""
    ride = {"category": "ride", "going_to": "eetcafe"}
    return Neighbourhood.from_records(
        Area(area="north", adjacent="centre"),
        Area(area="centre"),
        Person(person="hennie", called="Hennie", area="north", walks_m=200, share="team"),
        Person(person="carla", called="Carla", area="south"),
        Person(person="ton", called="Ton", kind="worker", area="centre"),
        Person(person="ria", called="Ria", area="north", share="yes", ground="consent"),
        Tie(a="hennie", b="carla", kind="family", strength=3),
        Tie(a="hennie", b="ton", kind="worker"),
        Tie(a="ton", b="ria", kind="acquaintance"),
        Activity(
            activity="eetcafe",
            name="Eetcafé",
            category="meal",
            area="centre",
            start=EVENING,
            minutes=120,
            rrule="FREQ=WEEKLY;BYDAY=TH",
            capacity=20,
        ),
        Talent(**ride, talent="out", owner="ton", available="Thu 16:30-18:30", seats=1),
        Talent(**ride, talent="back", owner="ria", available="Thu 19:00-21:00", seats=seats_back),
        Need(need="evening", owner="hennie", category="meal", wants="eetcafe", talked=True),
    )


def story(seats_back: int) -> assetmap.Proposals:
    """Propose the week and tell what came out, in words."""
    proposals = assetmap.propose(neighbourhood(seats_back), week=WEEK)
    assert faults(proposals) == []
    name = assetmap.explain.called(proposals.hood)
    print(f"Free seats on the way back: {seats_back}")
    print(assetmap.explain.why(proposals, "evening", language="en", name=name), end="\n\n")
    return proposals


with_seat, without_seat = story(seats_back=1), story(seats_back=0)

legs = with_seat.plans.set_index("leg")["provider"]
assert legs["ride_out"] == "ton"
assert legs["ride_back"] == "ria"
assert len(without_seat.plans) == 0
assert list(without_seat.unmet["reason"]) == ["no_ride_back"]
