"""Can what the community centre keeps in its calendar help somebody who asks for company?

Yes: the coffee morning in its file becomes an activity beside the team's own tables, and Elly is
proposed to go there. What goes back to residents is a calendar with that morning and no Elly.
"""

import datetime as dt
from pathlib import Path
from tempfile import TemporaryDirectory

import assetmap
from assetmap import Need, Neighbourhood, Person
from assetmap.audit import faults
from assetmap.tables import read_calendar, write_calendar

MONDAY = dt.date(2026, 11, 23)
FROM_THE_CENTRE = """\
BEGIN:VCALENDAR
BEGIN:VEVENT
UID:coffee@centre.example
SUMMARY:Koffieochtend
DTSTART;TZID=Europe/Amsterdam:20260902T100000
DTEND;TZID=Europe/Amsterdam:20260902T113000
RRULE:FREQ=WEEKLY
LOCATION:De Put
ATTENDEE:mailto:joke@example.org
END:VEVENT
END:VCALENDAR
"""

own = Neighbourhood.from_records(
    Person(person="elly", called="Elly", share="yes", ground="consent"),
    Need(need="company", owner="elly", category="company", talked=True),
)

with TemporaryDirectory() as folder:
    file = Path(folder, "centre.ics")
    file.write_text(FROM_THE_CENTRE, encoding="utf-8")
    found = read_calendar(file, category="company", since=MONDAY)
    for notice in found.notices:
        print(notice)

    hood = Neighbourhood.from_records(
        *own.people, *own.needs, *found.activities, *found.places, policy=own.policy
    )
    proposals = assetmap.propose(hood, week="2026-W48")
    assert faults(proposals) == []
    print(assetmap.explain.why(proposals, "company", language="en"), end="\n\n")

    for_residents = Path(folder, "residents.ics")
    for notice in write_calendar(hood, for_residents, asof=MONDAY):
        print(notice)
    told = for_residents.read_text(encoding="utf-8")

print(*(line for line in told.splitlines() if line.startswith(("SUMMARY", "DTSTART;"))), sep="\n")
assert proposals.plans["activity"].tolist() == [found.activities[0].activity]
assert "Koffieochtend" in told
assert not any(name in told.casefold() for name in ("elly", "joke"))
