"""The facts of a page as one JSON document: short, plain ASCII, and harmless inside a page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from assetmap.texts import Language, catalogue_keys, say, sentence_forms, weekday
from assetmap.view.facts import Dot, Gap, Line, Proposal, Said
from assetmap.view.scenes import Scene
from assetmap.view.spots import Spot, spots

__all__ = ["page_data", "page_words", "world_of"]

_PIXELS = 90
"""How long a tie is on the page."""
_COUNT = "count_"
"""How lines begin that are numbers of people: only those of the last date are told, so that no
two dates can be set off against each other."""
_IN_A_PAGE = str.maketrans({"<": r"\u003c", ">": r"\u003e", "&": r"\u0026"})


class _Texts:
    """Keeps every text once, and gives its number."""

    def __init__(self) -> None:
        self.all: dict[Said, int] = {}

    def at(self, said: Said | None) -> int:
        return -1 if said is None else self.all.setdefault(said, len(self.all))

    def listed(self) -> list[str | list[str]]:
        return [nl if nl == en else [nl, en] for nl, en in self.all]


class _World:
    """What one audience sees over all stops, as numbers and texts."""

    def __init__(self, stops: Sequence[Scene]) -> None:
        self.texts = _Texts()
        self.kinds: dict[str, int] = {}
        self.words: dict[str, int] = {}
        self.dots: dict[str, tuple[Dot, int]] = {}
        self.lines: dict[tuple[str, str, str], tuple[Line, int]] = {}
        for at, scene in enumerate(stops):
            for dot in scene.dots:
                self.dots[dot.id] = (dot, self.dots.get(dot.id, (dot, 0))[1] | 1 << at)
            for line in scene.lines:
                if not line.kind.startswith(_COUNT):
                    key = (line.source, line.target, line.kind)
                    self.lines[key] = (line, self.lines.get(key, (line, 0))[1] | 1 << at)
        always = (1 << len(stops)) - 1
        counted = (line for line in stops[-1].lines if line.kind.startswith(_COUNT))
        self.lines |= {(c.source, c.target, c.kind): (c, always) for c in counted}
        self.place = {node: at for at, node in enumerate(sorted(self.dots))}

    def dot(self, dot: Dot, there: int, spot: Spot) -> list[Any]:
        details = [n for word, said in dot.details for n in (self._word(word), self.texts.at(said))]
        return [
            dot.id,
            self.kind(dot.kind),
            self.texts.at(dot.name),
            self.place.get(dot.owner or "", -1),
            self.texts.at(dot.area),
            self.texts.at(dot.theme),
            -1 if dot.days is None else sum(1 << each for each in dot.days),
            round(spot[0] * _PIXELS),
            round(spot[1] * _PIXELS),
            there,
            details,
        ]

    def line(self, line: Line, there: int) -> list[int]:
        ends = (self.place[line.source], self.place[line.target])
        return [*ends, self.kind(line.kind), self.texts.at(line.said), there]

    def proposal(self, each: Proposal) -> dict[str, Any]:
        return {
            **self.gap(each),
            "status": each.status,
            "when": self.texts.at(each.when),
            "who": self.texts.at(each.who),
            "parts": [
                [self.place[part.who], self.texts.at(part.what)]
                for part in each.parts
                if part.who in self.place
            ],
            "via": [[self.place[who] for who in chain if who in self.place] for chain in each.via],
            "ask": self._texts(each.questions),
        }

    def gap(self, each: Proposal | Gap) -> dict[str, Any]:
        return {
            "need": self.place.get(each.need, -1),
            "asker": self.place.get(each.asker, -1),
            "title": self.texts.at(each.title),
            "why": self._texts(each.why),
        }

    def kind(self, kind: str) -> int:
        return self.kinds.setdefault(kind, len(self.kinds))

    def _word(self, word: str) -> int:
        return self.words.setdefault(word, len(self.words))

    def _texts(self, lines: Iterable[Said]) -> list[int]:
        return [self.texts.at(line) for line in lines]


def world_of(stops: Sequence[Scene], labels: Sequence[Said]) -> dict[str, Any]:
    """Return what one audience sees.

    Parameters
    ----------
    stops : sequence of Scene
        One for every date, the oldest first; proposals are those of the last.
    labels : sequence of Said
        What the dates are called.
    """
    world, last, at = _World(stops), stops[-1], spots(stops)
    found = {
        "audience": last.audience.value,
        "stops": [world.texts.at(label) for label in labels],
        "notices": [world.texts.at(line) for line in last.notices],
        "dots": [world.dot(*world.dots[node], at[node]) for node in world.place],
        "lines": [world.line(*world.lines[key]) for key in sorted(world.lines)],
        "proposals": [world.proposal(each) for each in last.proposals],
        "gaps": [world.gap(each) for each in last.gaps],
    }
    names = {"kinds": list(world.kinds), "words": list(world.words), "texts": world.texts.listed()}
    return {**found, **names}


def page_words() -> dict[str, dict[str, str]]:
    """Return the words of the page itself, by language and key."""
    keys = catalogue_keys("view", Language.NL)
    found = {}
    for lang in Language:
        said = {key.removeprefix("view."): sentence_forms(key, lang)["other"] for key in keys}
        said |= {f"day.{at}": weekday(at, lang) for at in range(7)}
        said |= {f"audience.{a}": say(f"words.audience.{a}", lang) for a in _AUDIENCES}
        said |= {f"status.{s}": say(f"words.status.{s}", lang) for s in _STATUSES}
        found[lang.value] = said
    return found


_AUDIENCES = ("team", "residents", "research", "council")
_STATUSES = ("proposed", "standing", "pinned")


def page_data(worlds: Sequence[Mapping[str, Any]], lang: Language) -> str:
    """Return the document that a page reads.

    Parameters
    ----------
    worlds : sequence of Mapping
        Of :func:`world_of`; the first is whom the page is for, others are previews.
    lang : Language
        Language in which the page opens.
    """
    document = {"language": lang.value, "words": page_words(), "worlds": list(worlds)}
    text = json.dumps(document, allow_nan=False, separators=(",", ":"))
    return text.translate(_IN_A_PAGE)
