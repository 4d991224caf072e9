"""What is in the page, for whom, and that it stays text."""

from __future__ import annotations

import datetime as dt
import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

import assetmap
from assetmap import Neighbourhood, PrivacyError, UnusableInput
from assetmap.model import Initiative, Need, Organisation, Person, Talent, Tie
from assetmap.synthetic import neighbourhood as synthetic
from assetmap.view import Viewer, neighbourhood
from tests.view.hoods import NASTY, WEEK, hostile, street

ROOT = Path(__file__).parents[2]
NAMES = ("Ans", "Bo", "Cees", "Dina", "Ed", "Wil")


def facts(seen: Viewer) -> dict[str, Any]:
    """Return the document in a page."""
    found = re.search(
        r'<script type="application/json" id="facts">(.*?)</script>', seen.html, re.DOTALL
    )
    assert found is not None
    document = json.loads(found[1])
    assert isinstance(document, dict)
    return document


def dots(seen: Viewer, world: int = 0) -> dict[str, list[Any]]:
    """Return the dots of one audience by id."""
    return {row[0]: row for row in facts(seen)["worlds"][world]["dots"]}


def text(seen: Viewer, at: int, world: int = 0) -> object:
    return facts(seen)["worlds"][world]["texts"][at]


def test_the_team_sees_everybody_and_the_week() -> None:
    """People by name, talents and needs around them, proposals and gaps with reasons."""
    hood = street()
    seen = neighbourhood(hood, assetmap.propose(hood, WEEK))
    here = facts(seen)["worlds"][0]
    found = dots(seen)
    assert text(seen, found["person:p1"][2]) == "Ans"
    assert here["dots"][found["talent:t1"][3]][0] == "person:p2"
    (plan,) = [each for each in here["proposals"] if here["dots"][each["need"]][0] == "need:n1"]
    assert here["texts"][plan["who"]] == "Bo"
    chain = [here["dots"][at][0] for at in plan["via"][0]]
    assert chain == ["person:p1", "person:p3", "person:p2"]
    assert all(plan[name] for name in ("why", "parts"))
    (gap,) = here["gaps"]
    assert here["dots"][gap["need"]][0] == "need:n2"
    assert len(gap["why"]) >= 2


@pytest.mark.parametrize("audience", ["team", "residents", "research"])
def test_a_kind_of_organisation_is_said_in_both_languages(audience: str) -> None:
    """However it was typed; a kind of the team's own stays as it is."""
    hood = Neighbourhood.from_records(
        Organisation(organisation="o1", name="Lindemeer", kind="municipality"),
        Organisation(organisation="o2", name="Troef", kind="toneelvereniging"),
    )
    seen = neighbourhood(hood, audience=audience)
    said = {node: text(seen, row[10][-1]) for node, row in dots(seen).items()}
    assert said == {
        "organisation:o1": ["gemeente", "municipality"],
        "organisation:o2": "toneelvereniging",
    }


def test_research_sees_what_an_initiative_offers_with_its_owner() -> None:
    """As what a person offers."""
    hood = Neighbourhood.from_records(
        Initiative(initiative="i1", name="Straatkoor"),
        Talent(talent="t1", owner="initiative:i1", category="choir"),
    )
    seen = neighbourhood(hood, audience="research")
    here = facts(seen)["worlds"][0]
    (owner,) = [row[3] for node, row in dots(seen).items() if node.startswith("talent:")]
    assert here["dots"][owner][0] == "initiative:i1"


def test_the_team_of_a_worker_is_called_by_its_name() -> None:
    """Not by its number; what is no organisation stays as it was typed."""
    hood = Neighbourhood.from_records(
        Organisation(organisation="o1", name="Wijkteam De Linden"),
        Person(person="w1", kind="worker", team="o1"),
        Person(person="w2", kind="worker", team="Oost"),
    )
    seen = neighbourhood(hood)
    said = [text(seen, row[10][-1]) for row in dots(seen).values() if row[10]]
    assert said == ["Wijkteam De Linden", "Oost"]


def test_ids_that_several_kinds_share_are_found_on_the_map() -> None:
    """A person and an initiative are both called 1: who asks and who gives are told apart."""
    hood = Neighbourhood.from_records(
        Person(person="1", called="Ans", area="noord"),
        Person(person="2", called="Bo", area="noord"),
        Initiative(initiative="1", name="Straatkoor"),
        Need(need="1", owner="person:1", category="shopping", talked="yes"),
        Talent(talent="1", owner="person:2", category="shopping"),
    )
    here = facts(neighbourhood(hood, assetmap.propose(hood, WEEK)))["worlds"][0]
    (plan,) = here["proposals"]
    ids = [here["dots"][at][0] for at in (plan["need"], plan["asker"], plan["parts"][0][0])]
    assert ids == ["need:1", "person:1", "person:2"]


def test_the_team_previews_what_others_get() -> None:
    """The other audiences are in the team's file as they would get it."""
    worlds = facts(neighbourhood(street()))["worlds"]
    assert [world["audience"] for world in worlds] == ["team", "residents", "research"]
    for world in worlds[1:]:
        said = json.dumps(world)
        assert not [name for name in NAMES if re.search(rf"\b{name}\b", said)]


def test_a_large_page_holds_no_previews() -> None:
    """Above two thousand nodes the page would become slow to make and to open."""
    hood = Neighbourhood.from_records([Person(person=f"p{at}") for at in range(2001)])
    assert len(facts(neighbourhood(hood))["worlds"]) == 1


@pytest.mark.parametrize("audience", ["residents", "research"])
def test_no_byte_tells_who_somebody_is(audience: str, tmp_path: Path) -> None:
    """Neither names nor ids of people, talents and needs are in the file, nor the week."""
    hood = street()
    path = neighbourhood(hood, assetmap.propose(hood, WEEK), audience=audience).save(
        tmp_path / "buurt.html"
    )
    said = path.read_text(encoding="utf-8").partition('id="facts">')[2].partition("</script>")[0]
    kept = json.dumps(json.loads(said)["worlds"])
    assert not [name for name in NAMES if re.search(rf"\b{name}\b", kept)]
    assert not re.search(r'"(person:)?[pw]\d"|(talent|need):[tn]\d+\b|rondje', kept)
    assert '"proposals": []' in kept
    assert ("person:" in kept) is (audience == "research")
    assert ('"area:' in kept) is (audience == "residents")


def test_residents_see_areas_things_and_protected_counts() -> None:
    """What there is has a name; people are counted by area, and small counts are not told."""
    hood = synthetic(residents=300, seed=3)
    seen = neighbourhood(hood, audience="residents")
    kinds = {row[0].partition(":")[0] for row in facts(seen)["worlds"][0]["dots"]}
    assert kinds == {"area", "initiative", "activity", "place", "organisation"}
    here = facts(seen)["worlds"][0]
    at = here["words"].index("count_people")
    counts = {
        int(here["texts"][row[10][place + 1]])
        for row in here["dots"]
        for place in range(0, len(row[10]), 2)
        if row[10][place] == at
    }
    assert counts
    assert all(count % 5 == 0 for count in counts)


def test_counts_of_two_dates_cannot_be_set_off() -> None:
    """Residents see how many know each other on the last date only; it is never new."""
    hood = synthetic(residents=300, seed=3)
    seen = neighbourhood(hood, audience="residents", before=dt.date(2020, 1, 1))
    here = facts(seen)["worlds"][0]
    kinds = {at for at, kind in enumerate(here["kinds"]) if kind.startswith("count_")}
    counted = [row[4] for row in here["lines"] if row[2] in kinds]
    assert counted
    assert set(counted) == {0b11}


def test_residents_of_a_neighbourhood_without_areas_see_no_person() -> None:
    """Where there is nothing to count by, the page is empty rather than wrong."""
    hood = Neighbourhood.from_records(Person(person="p1", called="Ans"))
    assert dots(neighbourhood(hood, audience="residents")) == {}


def test_an_empty_neighbourhood_has_a_page() -> None:
    """Nothing is there yet, and that is no error."""
    seen = neighbourhood(Neighbourhood())
    assert dots(seen) == {}
    assert repr(seen) == "<Viewer for team>"


def test_what_somebody_typed_stays_text() -> None:
    """In no audience's page does a text end the script or begin an element."""
    hood = hostile()
    for audience in ("team", "residents", "research"):
        page = neighbourhood(hood, assetmap.propose(hood, WEEK), audience=audience).html
        assert "<img" not in page
        assert "\u2028" not in page
        assert page.count("</script>") == page.count("<script") == 3
    shown = neighbourhood(hood)
    name = str(text(shown, dots(shown)["person:p1"][2]))
    assert name.startswith("</script><img src=x onerror=")
    assert NASTY[:20] in name


def test_two_dates_mark_what_is_new() -> None:
    """Each dot and line says at which dates it is there; who was there stands still."""
    hood = street()
    late = neighbourhood(hood, before=[dt.date(2026, 2, 1)], asof=dt.date(2026, 11, 23))
    world = facts(late)["worlds"][0]
    place = {row[0]: at for at, row in enumerate(world["dots"])}
    when = {(row[0], row[1]): row[4] for row in world["lines"]}
    assert when[place["person:p1"], place["person:p3"]] == 0b11
    assert when[place["person:p2"], place["person:p3"]] == 0b10
    assert dots(late)["need:n1"][9] == 0b10
    assert dots(late)["person:p1"][9] == 0b11
    labels = [world["texts"][at] for at in world["stops"]]
    assert labels == [
        ["zondag 1 februari 2026", "Sunday 1 February 2026"],
        ["maandag 23 november 2026", "Monday 23 November 2026"],
    ]


def test_whoever_was_there_stays_in_place_from_week_to_week() -> None:
    """With the same first date, a page of a later week has them where they were."""
    hood = street()
    since = dt.date(2026, 2, 1)
    later = Neighbourhood.from_records(
        *(row for table in hood.counts() for row in hood.table(table)),
        Tie(a="p5", b="p4", kind="friend", since="2026-11-24"),
    )
    one = dots(neighbourhood(hood, before=since, asof=dt.date(2026, 11, 23)))
    other = dots(neighbourhood(later, before=since, asof=dt.date(2026, 11, 30)))
    assert [row[7:9] for row in one.values()] == [other[node][7:9] for node in one]


def test_earlier_tables_are_a_date_too() -> None:
    """Somebody who is only in the earlier tables is there then and gone now."""
    old = Neighbourhood.from_records(Person(person="p1"), Person(person="p9"))
    new = Neighbourhood.from_records(Person(person="p1"), Person(person="p2"))
    there = {node: row[9] for node, row in dots(neighbourhood(new, before=old)).items()}
    assert there == {"person:p1": 0b11, "person:p2": 0b10, "person:p9": 0b01}


def test_the_same_tables_give_the_same_page() -> None:
    """The order of rows makes no difference; only pseudonyms are drawn anew."""
    hood = street()
    turned = Neighbourhood.from_records(
        *(row for table in reversed(hood.counts()) for row in reversed(hood.table(table)))
    )
    one, other = (facts(neighbourhood(each))["worlds"][:2] for each in (hood, turned))
    assert one == other


def test_the_day_filter_knows_weekdays() -> None:
    """Bits of the days on which something can be; a talent without times has its owner's."""
    found = dots(neighbourhood(street(), asof=dt.date(2026, 11, 23)))
    assert found["talent:t1"][6] == 1 << 1
    assert found["activity:a1"][6] == 1 << 2
    assert found["talent:t3"][6] == -1
    assert dots(neighbourhood(street(), audience="residents"))["activity:a1"][6] == 1 << 2


def test_the_page_opens_in_the_language_that_was_asked() -> None:
    """The team's language, unless another is asked; both are in the page."""
    assert '<html lang="nl">' in neighbourhood(street()).html
    page = neighbourhood(street(), language="en")
    assert '<html lang="en">' in page.html
    assert facts(page)["words"].keys() == {"nl", "en"}


def test_a_notebook_gets_the_same_page_in_a_frame() -> None:
    """The frame holds the page itself, and may do nothing but run its scripts and print."""
    seen = neighbourhood(street())
    shown = seen._repr_html_()
    found = re.search(r'srcdoc="(.*?)" sandbox="(.*?)"', shown, re.DOTALL)
    assert found is not None
    assert unescape(found[1]) == seen.html
    assert found[2] == "allow-scripts allow-modals"


def test_saving_is_whole_and_for_the_owner(tmp_path: Path) -> None:
    """The file is the page; nothing stands beside it."""
    seen = neighbourhood(street())
    path = seen.save(tmp_path / "deep" / "buurt.html")
    assert path.read_text(encoding="utf-8") == seen.html
    assert [each.name for each in path.parent.iterdir()] == ["buurt.html"]
    assert path.stat().st_mode & 0o077 == 0


def test_who_else_asks_gets_a_clear_answer() -> None:
    """An audience that does not exist, one that gets no map, and a day that is none."""
    hood = street()
    with pytest.raises(UnusableInput, match="there is no audience 'everybody'"):
        neighbourhood(hood, audience="everybody")
    with pytest.raises(PrivacyError, match="not for helper"):
        neighbourhood(hood, audience="helper")
    days = [dt.date(2026, 2, 1), dt.date(2026, 1, 1)]
    with pytest.raises(UnusableInput, match="must rise"):
        neighbourhood(hood, before=days)
    with pytest.raises(UnusableInput, match="must rise"):
        neighbourhood(hood, before=days[0], asof=days[0])
    with pytest.raises(UnusableInput, match="at most 30 moments, not 31"):
        neighbourhood(hood, before=[days[0] + dt.timedelta(days=each) for each in range(31)])
    with pytest.raises(UnusableInput, match="before takes dates and neighbourhoods, not str"):
        neighbourhood(hood, before="2026-01-01")  # type: ignore[arg-type]
    with pytest.raises(UnusableInput, match="language"):
        neighbourhood(hood, language="xx")


def test_two_thousand_nodes_fit_in_a_small_file() -> None:
    """Below one and a half megabyte, the drawing library and all three audiences included."""
    hood = synthetic(residents=820, seed=4)
    seen = neighbourhood(hood)
    assert 1900 <= len(dots(seen)) <= 2300
    assert len(seen.html.encode()) < 1_500_000


def test_the_library_that_draws_comes_with_its_licence() -> None:
    """Somebody who gets the package can see what it is and whose."""
    folder = ROOT / "src/assetmap/view/cytoscape"
    origin = (folder / "ORIGIN.md").read_text(encoding="utf-8")
    version = re.search(r"cytoscape.js (\d+\.\d+\.\d+)", origin)
    assert version is not None
    assert f'"{version[1]}"' in (folder / "cytoscape.min.js").read_text(encoding="utf-8")
    assert "Permission is hereby granted" in (folder / "LICENSE").read_text(encoding="utf-8")
