"""Which pictures can a team take to the meeting, and what may residents see of them?

Four pictures of the invented neighbourhood, drawn twice: for the team, and for residents. The team
sees everybody by name; residents see areas and no number below five. Drawn again they have the
same bytes, so a picture in a report can be checked.
"""

import datetime as dt
import tempfile
from pathlib import Path

import assetmap
from assetmap import plot

DAY = dt.date(2026, 11, 23)
hood = assetmap.read(Path(__file__).parent / "buurthuis")
week, before = (assetmap.propose(hood, name) for name in ("2026-W48", "2026-W47"))

with tempfile.TemporaryDirectory() as folder:
    for audience in ("team", "residents"):
        pictures = {
            "network": plot.network_facts(hood, audience, asof=DAY),
            "map": plot.map_facts(hood, audience, asof=DAY),
            "flow": plot.flow_facts(week, audience),
            "change": plot.change_facts(before, week, audience=audience),
        }
        for name, shown in pictures.items():
            path = Path(folder) / f"{name}-{audience}.svg"
            plot.write_picture(shown, path, language="en")
            print("Drawn:", path.name)
    again = plot.picture_bytes(pictures["map"], language="en")
    assert again == Path(folder, "map-residents.svg").read_bytes()

team, everybody = (plot.network_facts(hood, who, asof=DAY).value for who in ("team", "residents"))
print("People on the picture for the team:", len(team.persons))
print("Areas, and no people, on the one for residents:", len(everybody.areas))
assert team.persons
assert everybody.persons == ()
