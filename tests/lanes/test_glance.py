"""The list of signals in a notebook: a table for the team, whose fields are behind a click."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from assetmap import signals
from assetmap.lanes.telling import FIELDS
from assetmap.model import Initiative, Neighbourhood, Person, Policy, Talent
from assetmap.signals import Signals
from assetmap.texts import say
from tests.lanes.hoods import DAY, asked, heard, people

NASTY = "</td><script>alert(1)</script>\u202e&"


class Tags(HTMLParser):
    """Remembers which tags are open, and fails on one that is closed out of turn."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag; no handler of events is on it."""
        assert not [name for name, _ in attrs if name.startswith("on")]
        self.open.append(tag)
        self.seen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the tag that was opened last."""
        assert self.open.pop() == tag


def found(language: str = "nl", name: str = "Olga") -> Signals:
    """Return the signals of a street where three households ask for help with homework."""
    hood = Neighbourhood.from_records(
        people(3),
        Person(person="p8", called=name, area="north"),
        Person(person="p9", called="Hidde", area="north", worker="w1"),
        Person(person="w1", kind="worker", called="Wil"),
        *(asked(f"n{n}", f"p{n}", n + 1) for n in range(3)),
        Talent(talent="t1", owner="p8", category="homework"),
        Initiative(initiative="i1", name=f"Club {name}", kind="homework", visible=True),
        heard("o1", 2, kind="complaint", about="p9", reporter="p1", category="meal"),
        policy=Policy(language=language),
    )
    return signals.detect(hood, asof=DAY)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_card_is_a_row_with_its_fields_behind_a_click(language: str) -> None:
    """What is seen, then the talents, then the numbers; all that the card says below it."""
    list_ = found(language)
    page = list_._repr_html_()
    tags = Tags(page).seen
    cards = signals.for_audience(list_, "team").value.cards
    assert page.startswith(f'<section lang="{language}">')
    assert tags.count("tbody") == len(cards) >= 1
    heads = re.findall(r'<th scope="col"[^>]*>(.*?)</th>', page)
    assert heads == [say(f"signals.field.{name}", language) for name in FIELDS[:3]]
    rows = re.findall(r"<tbody>(.*?)</tbody>", page)
    row = next(each for each in rows if "homework" in each or "huiswerk" in each)
    assert row.index("Olga") < row.index("<details>")
    for name in ("nearby", "basis", "evidence", "steps", "others", "state"):
        assert say(f"signals.field.{name}", language) in row
    assert "<caption>" in page


def test_what_is_for_one_worker_is_not_shown() -> None:
    """The visit to a neighbour about whom somebody complained is no row, and nowhere else."""
    list_ = found()
    assert any(isinstance(card, signals.OwnCard) for card in list_.cards)
    page = list_._repr_html_()
    assert "Hidde" not in page
    assert "p9" not in page


def test_whatever_people_typed_is_only_text() -> None:
    """Pieces of a page stay letters, and signs that turn the direction are gone."""
    page = found(name=NASTY)._repr_html_()
    assert "&lt;script&gt;" in page
    assert "\u202e" not in page
    assert "script" not in Tags(page).seen


def test_an_empty_week_says_so() -> None:
    """In words, without a table; and what cannot be said is behind a click."""
    page = signals.detect(Neighbourhood(), asof=DAY)._repr_html_()
    tags = Tags(page).seen
    assert "Er is deze week geen signaal." in page
    assert "table" not in tags
    assert tags.count("details") == 1


def test_what_a_notebook_keeps_as_text_tells_of_nobody() -> None:
    """The line beside the table has a day and a number."""
    list_ = found()
    assert repr(list_) == f"<Signals {DAY}: {len(list_.cards)} cards>"
