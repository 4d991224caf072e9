"""A team fills in the workbook for the first time: whom can it introduce to whom this week?

Two neighbours who never met: one has a garden he can no longer keep up, the other worked in
parks and has time on his hands; the worker knows them both. The third question finds nobody yet,
and the answer says what would help.
"""

import datetime as dt
import tempfile
from pathlib import Path

import assetmap
from assetmap import Activity, Need, Neighbourhood, Person, Talent
from assetmap.audit import faults

asked = {"ground": "consent", "share": "yes", "worker": "joris", "area": "noord"}
ROWS = (
    Person(person="wim", called="Wim", **asked),
    Person(person="stefan", called="Stefan", **asked),
    Person(person="nadia", called="Nadia", **asked),
    Person(person="joris", called="Joris", kind="worker"),
    Talent(talent="t1", owner="stefan", category="garden", term="long", per_week=1),
    Talent(talent="t2", owner="nadia", category="language", available="Tue 09:00-12:00"),
    Need(need="n1", owner="wim", category="garden", urgency=3, talked=True),
    Need(need="n2", owner="stefan", category="company", talked=True),
    Need(need="n3", owner="nadia", category="ride", since=dt.date(2026, 11, 2), talked=True),
    Activity(
        activity="a1",
        name="Koffieochtend",
        category="coffee_morning",
        area="noord",
        start=dt.datetime(2026, 11, 25, 10),
        minutes=90,
        rrule="FREQ=WEEKLY;BYDAY=WE",
        capacity=12,
    ),
)

with tempfile.TemporaryDirectory() as desk:
    workbook, *scripts = assetmap.tables.starter(Path(desk, "onze-buurt"))
    print(f"A workbook to fill in, {workbook.name}, and {len(scripts)} files to double-click.")

    assetmap.write(Neighbourhood.from_records(*ROWS), workbook)
    assert assetmap.check(workbook) == []
    proposals = assetmap.propose(assetmap.read(workbook), week="2026-W48")

assert faults(proposals) == []
name = assetmap.explain.called(proposals.hood)
for heading, table in {"Proposed": proposals.plans, "Not yet": proposals.unmet}.items():
    for need in table["need"].unique():
        print(f"\n{heading}, {need}:")
        print(assetmap.explain.why(proposals, need, language="en", name=name))

plans = proposals.plans.set_index("need")
assert plans.loc["n1", ["provider", "introducer"]].to_list() == ["stefan", "joris"]
assert list(proposals.unmet["reason"]) == ["no_talent"]
