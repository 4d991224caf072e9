"""The week on a terminal: the same released facts as the page, and shorter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import reduce
from itertools import groupby
from pathlib import Path

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from assetmap.privacy import Audience, Released, require
from assetmap.report.facts import Giver, MissingAsk, Story, Times, WeekFacts
from assetmap.report.times import times_text
from assetmap.texts import Language, clock, day, listing, say

__all__ = ["WeekScreen", "page_link"]

PARTS = 3
"""From so many different parts a plan is told as a story."""

_ORDER = ("ride_out", "ride_both", "activity", "ride_back")
"""In which order the parts of a story are told; other parts come last."""


class WeekScreen:
    """Shows a week: what there is, who could meet whom, and what is still missing.

    Parameters
    ----------
    released : Released
        The facts of the page, for the team.
    lang : Language
        The language to show them in.
    """

    def __init__(self, released: Released[WeekFacts], lang: Language) -> None:
        self.facts = require(released, Audience.TEAM)
        self.lang = lang

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the parts from top to bottom."""
        yield from self._opening()
        now = [s for s in self.facts.stories if _begins(s, self.facts)]
        told = _whole_story(now)
        if told is not None:
            yield from self._story(told)
        rest = [story for story in now if story is not told]
        if rest:
            yield self._heading("others" if told is not None else "introduce", n=len(rest))
            yield from self._agenda(rest)
        if not self.facts.stories:
            yield Text(f"\n{self._say('nothing')}")
        yield from self._later()
        yield from self._missing()

    def _say(self, key: str, **facts: object) -> str:
        return say(f"cli.week.{key}", self.lang, **facts)

    def _heading(self, key: str, **facts: object) -> Text:
        return Text(f"\n{self._say(key, **facts)}", style="bold cyan")

    def _asked(self, story: Story) -> str:
        return "" if story.asked is None else story.asked[self.lang]

    def _opening(self) -> Iterator[Text]:
        facts = self.facts
        span = (day(facts.monday, self.lang), day(facts.sunday, self.lang, year=True))
        number = int(facts.week.partition("W")[2])
        title = self._say("title", number=number, first=span[0], last=span[1])
        yield Text(f"\n{title}", style="bold")
        there = {
            "talents": facts.talents,
            "people": facts.people,
            "initiatives": facts.initiatives,
            "activities": facts.activities,
        }
        counted = [self._say(f"n-{name}", n=n) for name, n in there.items() if n]
        if counted:
            yield Text(self._say("there", what=listing(counted, self.lang)), style="dim")

    # --- one plan, told as the small story that it is -------------------------------------------

    def _story(self, story: Story) -> Iterator[Text | Padding]:
        title = self._say("story", asker=story.asker, asked=self._asked(story))
        yield Text(f"\n{title}", style="bold cyan")
        table = _table()
        table.add_column(style="dim", no_wrap=True)
        table.add_column(ratio=1)
        for label, line in self._lines(story):
            table.add_row(self._say(f"label-{label}"), line)
        yield _indented(table)

    def _lines(self, story: Story) -> Iterator[tuple[str, str]]:
        yield "when", " ".join(times_text(story.times, self.lang))
        for giver in sorted(story.givers, key=_place):
            label = giver.role if giver.role in _ORDER else "help"
            facts = {"who": giver.name, "asker": story.asker, "activity": giver.activity}
            yield label.replace("_", "-"), self._say(f"story-{label.replace('_', '-')}", **facts)
        if story.why:
            yield "why", " ".join(line[self.lang] for line in story.why)
        for chain in story.via:
            yield "via", reduce(lambda a, b: self._say("then", who=a, next=b), chain)
        if story.questions:
            yield "ask", "\n".join(line[self.lang] for line in story.questions)

    # --- the others, by day ---------------------------------------------------------------------

    def _agenda(self, stories: Sequence[Story]) -> Iterator[RenderableType]:
        for at, same in groupby(sorted(stories, key=_moment), key=_day):
            heading = self._say("some-time") if at is None else day(at, self.lang)
            yield Text(f"  {heading}", style="italic dim")
            table = _table()
            table.add_column(justify="right", no_wrap=True, min_width=5)
            table.add_column(ratio=10)
            table.add_column(ratio=11)
            for story in same:
                minutes = _moment(story)[1]
                time = clock(minutes, self.lang) if minutes >= 0 else ""
                asked = Text.assemble((story.asker or "", "bold"), f": {self._asked(story)}")
                table.add_row(time, asked.append(self._rhythm(story.times)), self._givers(story))
            yield _indented(table)

    def _rhythm(self, times: Times | None) -> str:
        if times is None or times.count == 1:
            return ""
        return f" {self._say('times', n=times.count)}"

    def _givers(self, story: Story) -> str:
        with_whom = listing(map(self._giver, story.givers), self.lang)
        nearest = dict.fromkeys(chain[0] for chain in story.via if chain)
        if not nearest:
            return with_whom
        return self._say("via", who=with_whom, via=listing(nearest, self.lang))

    def _giver(self, giver: Giver) -> str:
        if giver.role == "activity" and giver.activity is not None:
            return self._say("at", activity=giver.activity)
        if giver.role.startswith("ride"):
            return self._say(giver.role.replace("_", "-"), who=giver.name)
        return giver.name or ""

    # --- and the rest ---------------------------------------------------------------------------

    def _later(self) -> Iterator[Text]:
        later = sum(not _begins(story, self.facts) for story in self.facts.stories)
        rest = {"later": later, "standing": len(self.facts.standing)}
        said = [self._say(key, n=n) for key, n in rest.items() if n]
        if said:
            yield Text(f"\n{' '.join(said)}", style="dim")

    def _missing(self) -> Iterator[Text | Padding]:
        talk, groups = self.facts.conversations, self.facts.missing
        if talk:
            yield self._heading("talk", n=len(talk))
            yield _indented(Text(self._names(talk)))
        if self.facts.unmapped:
            yield Text(f"\n{say('report.unmapped', self.lang, n=self.facts.unmapped)}")
        if groups:
            yield self._heading("missing", n=sum(len(group.asks) for group in groups))
            table = _table()
            table.add_column(ratio=1)
            table.add_column(ratio=3, style="dim")
            for group in groups:
                table.add_row(self._names(group.asks), group.why[self.lang])
            yield _indented(table)

    def _names(self, asks: Sequence[MissingAsk]) -> str:
        return listing(dict.fromkeys(ask.asker or "" for ask in asks), self.lang)


def _table() -> Table:
    return Table(box=None, expand=True, padding=(0, 2, 0, 0), pad_edge=False, show_header=False)


def _indented(what: RenderableType) -> Padding:
    return Padding(what, (0, 0, 0, 2))


def _begins(story: Story, facts: WeekFacts) -> bool:
    """Tell whether a proposal begins in the week itself, or has no date yet."""
    return story.times is None or story.times.first <= facts.sunday


def _whole_story(stories: Sequence[Story]) -> Story | None:
    """Return the plan with the most different parts, if there is one worth telling."""
    parts = [(len({giver.role for giver in story.givers}), story) for story in stories]
    most = max((n for n, _ in parts), default=0)
    return next((s for n, s in parts if n == most), None) if most >= PARTS else None


def _place(giver: Giver) -> int:
    return _ORDER.index(giver.role) if giver.role in _ORDER else len(_ORDER)


def _day(story: Story) -> date | None:
    """Return the first day of a proposal; None where only the week is known."""
    return None if story.times is None or story.times.by_week else story.times.first


def _moment(story: Story) -> tuple[date, int]:
    minutes = story.times.clock if story.times is not None else None
    return _day(story) or date.max, -1 if minutes is None else minutes


def page_link(path: Path, lang: Language, audience: str = "team") -> Iterator[Text]:
    """Yield where the page is: its path, and a link that a terminal can open."""
    link = path.resolve().as_uri()
    yield Text(f"\n{say(f'cli.week.page.{audience}', lang, path=str(path))}", style="bold green")
    yield Text(link, style=f"link {link}", no_wrap=True, overflow="ignore")
