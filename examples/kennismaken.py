"""Who in the neighbourhood could meet whom, who could introduce them, and did it help?

One woman asks for company on a walk; a man further on offers it. They do not know each
other, but her neighbour knows them both and may be named. Half a year later the woman, who knew
only her daughter, knows two people more, and one of those ties came about by introduction.
"""

import datetime as dt

from assetmap import Need, Neighbourhood, Person, Talent, Tie, graph, overview
from assetmap.audit import introduction_faults
from assetmap.explain import called

SPRING, AUTUMN = dt.date(2026, 4, 1), dt.date(2026, 10, 1)
STREET = (
    Person(person="p1", called="Hennie", share="yes", worker="w1", ties_asked_on="2026-03-01"),
    Person(person="p2", called="Carla", ties_asked_on="2026-03-01"),
    Person(person="p3", called="Ria", share="yes"),
    Person(person="p4", called="Joop", share="yes"),
    Person(person="w1", called="Ton", kind="worker"),
    Talent(talent="t1", owner="p4", category="walk"),
    Need(need="n1", owner="p1", category="walk", talked="yes"),
    Tie(a="p1", b="p2", kind="family", reported_by="p1"),
    Tie(a="p3", b="p4", kind="acquaintance", reported_by="p3"),
)
MET = (
    Tie(a="p1", b="p3", kind="neighbour", since="2026-04-20", reported_by="p1"),
    Tie(a="p1", b="p4", since="2026-05-04", introduced_by="p3", reported_by="p1"),
)

before = Neighbourhood.from_records(*STREET)
alone = graph.nearly_alone(graph.build(before, asof=SPRING)).people
print("Nearly alone in spring:", [f"{each.person}: {each.company.value}" for each in alone])

soon = Neighbourhood.from_records(*STREET, MET[0])
day = dt.date(2026, 4, 21)
found = graph.introductions(soon, asof=day, language="en", name=called(soon))
assert introduction_faults(found, soon, asof=day) == []
(pair,) = found.pairs
print(pair)
assert pair.introducer == "person:p3"

after = Neighbourhood.from_records(*STREET, *MET)
change = graph.compare(graph.build(after, asof=SPRING), graph.build(after, asof=AUTUMN))
print("Ties gained:", change.gained, "- less alone:", change.less_alone)
assert "person:p1" in change.less_alone
assert overview.introduced_ties(after, first=SPRING, last=AUTUMN).by == (("p3", 1),)
