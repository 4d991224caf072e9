"""The page of the week: what it says, and that whatever people typed stays text."""

from __future__ import annotations

import re
import stat
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

import assetmap
from assetmap import Neighbourhood, PrivacyError, UnusableInput
from assetmap.model import Activity, Initiative
from assetmap.report import gather, week_html, write_week
from assetmap.solvers import Reason as Stopped
from assetmap.solvers import Status
from tests.golden.hoods import HOODS, WEEK
from tests.golden.telling import visible
from tests.plans.small import FRIDAY, need, person, talent

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style><b>",
    "{{ 7 * 7 }} {% raw %}",
    '=HYPERLINK("http://x")',
    "\u202eelttil\u2066",
    "سلمى",
    "a" * 10_000,
    "&lt;b&gt;",
    "\x00\x1b[31m",
)


class _Tags(HTMLParser):
    """Collects tags, ids and what they point to."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs


def _parsed(page: str) -> _Tags:
    found = _Tags()
    found.feed(page)
    return found


def _page(name: str, lang: str = "nl") -> str:
    return week_html(gather(assetmap.propose(HOODS[name](), WEEK)), lang)


def _typed(text: str) -> Neighbourhood:
    """A neighbourhood in which every free text is this one."""
    return Neighbourhood.from_records(
        Initiative(initiative="i1", name=text, area="north"),
        Activity(
            activity="a1", initiative="i1", name=text, category="community_dinner", start=FRIDAY
        ),
        person("p1", called=text),
        person("p2", called=text),
        talent("t1", "p2", "shopping", conditions=text, description=text),
        need("n1", "p1", "shopping", formal_route=text, formal_open=False),
        need("n2", "p1", "meal", wants="a1", tried="own_network | neighbour"),
        need("n3", "p2", "company", talked=False),
    )


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_what_people_typed_stays_text(text: str) -> None:
    """No name, condition or title becomes markup, code or a second page."""
    hood, plain = _typed(text), _typed("Anna")
    page = week_html(gather(assetmap.propose(hood, WEEK)))
    usual = week_html(gather(assetmap.propose(plain, WEEK)))
    assert _parsed(page).tags == _parsed(usual).tags
    assert [name for name, _ in _parsed(page).attributes if name.startswith("on")] == []
    assert "\u202e" not in page
    assert "\x1b" not in page
    assert len(page) < len(usual) + 20_000
    assert "49 " not in visible(page)


def test_a_page_loads_nothing_and_runs_nothing() -> None:
    """No script, no address, and a policy that refuses both."""
    for name in HOODS:
        page = _page(name)
        found = _parsed(page)
        names = {name for name, _ in found.attributes}
        assert names & {"src", "href", "action", "srcset", "background"} == set()
        assert {"script", "link", "img", "iframe", "form", "a"} & set(found.tags) == set()
        assert "default-src 'none'; style-src 'unsafe-inline'" in page
        assert re.findall(r"https?:|url\(|@import|@font-face", page) == []


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("name", sorted(HOODS))
def test_the_page_is_built_for_everybody(name: str, lang: str) -> None:
    """Language, landmarks, headings in order, and names that exist."""
    found = _parsed(_page(name, lang))
    assert ("lang", lang) in found.attributes
    assert [found.tags.count(t) for t in ("header", "main", "footer", "h1")] == [1, 1, 1, 1]
    levels = [int(tag[1]) for tag in found.tags if re.fullmatch(r"h\d", tag)]
    assert all(b - a <= 1 for a, b in pairwise(levels))
    ids = [value for name, value in found.attributes if name == "id"]
    labels = [value for name, value in found.attributes if name == "aria-labelledby"]
    assert len(set(ids)) == len(ids)
    assert set(labels) <= set(ids)


def test_talents_come_before_needs_and_people_decide() -> None:
    """The page begins with what there is, and says that nothing was sent."""
    text = visible(_page("evening"))
    assert text.index("Wat er al is") < text.index("Voorstellen\n") < text.index("Wat er nog mist")
    assert "Mensen beslissen; er is niets verstuurd" in text


@pytest.mark.parametrize(
    ("status", "stopped", "considered", "said"),
    [
        (Status.OPTIMAL, Stopped.FINISHED, "all", "Er is geen beter plan mogelijk"),
        (Status.OPTIMAL, Stopped.FINISHED, "times", "voor de dagen en uren die zijn bekeken"),
        (Status.OPTIMAL, Stopped.FINISHED, "cut", "Van alles wat is bekeken"),
        (Status.FEASIBLE, Stopped.GAP, "all", "misschien bestaat er nog een betere verdeling"),
        (Status.FEASIBLE, Stopped.TIME_LIMIT, "all", "omdat de tijd op was"),
        (Status.INFEASIBLE, Stopped.FINISHED, "all", "geen verdeling gevonden"),
    ],
)
def test_the_page_claims_what_was_proven_and_no_more(
    status: Status, stopped: Stopped, considered: str, said: str
) -> None:
    """Only a closed proof over everything says that nothing better exists."""
    run = assetmap.propose(HOODS["evening"](), WEEK)
    proof = replace(run.certificate, status=status, stopped=stopped, considered=considered)
    text = visible(week_html(gather(replace(run, certificate=proof))))
    assert said in text
    nothing = replace(proof, bound=dict.fromkeys(proof.bound))
    shown = visible(week_html(gather(replace(run, certificate=nothing))))
    assert ("goede voorstellen" in shown) is False
    assert ("hoe goed deze voorstellen zijn" in shown) is (status is Status.FEASIBLE)
    claims = status is Status.OPTIMAL and considered == "all"
    assert ("Er is geen beter plan mogelijk" in text) == claims


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (0, "Meer vragen een voorstel geven kan niet zonder dat een dringender vraag wijkt."),
        (1, "Hooguit 1 vraag meer kan een voorstel krijgen"),
        (2, "Hooguit 2 vragen meer kunnen een voorstel krijgen"),
        (None, None),
    ],
)
def test_the_page_says_how_many_more_could_be_helped(more: int | None, said: str | None) -> None:
    """The bound of the certificate stands on the page, where there are needs without a plan."""
    helped = person("p2"), talent("t2", "p2", "garden"), need("n2", "p1", "garden")
    hood = Neighbourhood.from_records(person("p1"), need("n1", "p1"), *helped)
    run = assetmap.propose(hood, WEEK)
    proof = replace(run.certificate, more_needs=more)
    text = visible(week_html(gather(replace(run, certificate=proof))))
    assert said in text if said is not None else "dringender" not in text
    nobody = assetmap.propose(Neighbourhood(), WEEK)
    assert "dringender" not in visible(week_html(gather(nobody)))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (0, "Met wat er nu is, kan geen enkele vraag een voorstel krijgen."),
        (2, "Hooguit 2 vragen kunnen een voorstel krijgen."),
    ],
)
def test_where_nothing_is_proposed_nothing_can_give_way(more: int, said: str) -> None:
    """Without a single proposal the page does not speak of more urgent needs."""
    hood = Neighbourhood.from_records(person("p1"), need("n1", "p1"))
    run = assetmap.propose(hood, WEEK)
    proof = replace(run.certificate, more_needs=more)
    text = visible(week_html(gather(replace(run, certificate=proof))))
    assert said in text
    assert "dringender" not in text


def test_what_was_not_released_is_refused() -> None:
    """Facts as they are do not become a page."""
    facts = gather(assetmap.propose(Neighbourhood(), WEEK)).value
    with pytest.raises(PrivacyError, match="not released"):
        week_html(facts)  # type: ignore[arg-type]


def test_an_unknown_language_is_refused() -> None:
    """The languages that there are, are named."""
    with pytest.raises(UnusableInput, match="use 'nl' or 'en'"):
        week_html(gather(assetmap.propose(Neighbourhood(), WEEK)), "fy")


def test_the_file_is_whole_and_for_its_owner_alone(tmp_path: Path) -> None:
    """Rights are the owner's, an older page is replaced, nothing else is left behind."""
    released = gather(assetmap.propose(HOODS["buddies"](), WEEK))
    path = tmp_path / "out" / "week.html"
    write_week(released, path)
    write_week(released, path, language="en")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text(encoding="utf-8") == week_html(released, "en")
    assert [p.name for p in path.parent.iterdir()] == ["week.html"]


def test_a_page_that_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    """The error says what to do."""
    (tmp_path / "week.html").mkdir()
    with pytest.raises(UnusableInput, match=r"week\.html cannot be written"):
        write_week(gather(assetmap.propose(Neighbourhood(), WEEK)), tmp_path / "week.html")
    assert [p.name for p in tmp_path.iterdir()] == ["week.html"]


def test_an_empty_neighbourhood_gets_a_page_too() -> None:
    """It says what to do first."""
    text = visible(week_html(gather(assetmap.propose(Neighbourhood(), WEEK))))
    assert "Vraag bij elk gesprek ook wat iemand graag doet." in text
    assert "Deze week zijn er geen voorstellen." in text
