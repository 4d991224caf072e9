"""From what was released to what is drawn: the same plain dots and lines for every audience."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from assetmap.categories import Tree, shipped
from assetmap.graph import SharedNetwork
from assetmap.privacy import Audience, Released, notices, require
from assetmap.schedule import occurrences
from assetmap.texts import Language, listing
from assetmap.texts.plain import typed
from assetmap.view.facts import Dot, Gap, Line, Proposal, Said, TeamMap, same
from assetmap.view.naming import in_both, in_words, party_word

__all__ = ["Scene", "shared_scene", "team_scene"]

_LEFT_OUT = frozenset({"adjacent_to", "introduced_by"})
_WEEKS = 8


@dataclass(frozen=True, slots=True)
class Scene:
    """What one audience sees, ready to be drawn.

    Attributes
    ----------
    audience : Audience
        For whom.
    notices : tuple of Said
        Whom it is for and what was left out.
    dots, lines, proposals, gaps : tuple
        As in :class:`TeamMap`.
    """

    audience: Audience
    notices: tuple[Said, ...]
    dots: tuple[Dot, ...]
    lines: tuple[Line, ...]
    proposals: tuple[Proposal, ...] = ()
    gaps: tuple[Gap, ...] = ()


def team_scene(released: Released[TeamMap]) -> Scene:
    """Return what the team sees."""
    found = require(released, Audience.TEAM)
    return Scene(
        Audience.TEAM, _notices(released), found.dots, found.lines, found.proposals, found.gaps
    )


def shared_scene(released: Released[SharedNetwork], tree: Tree | None = None) -> Scene:
    """Return what others see: only what :func:`assetmap.graph.for_audience` lets out.

    Parameters
    ----------
    released : Released
        For research, residents or the council.
    tree : Tree, optional
        The categories, for their labels; default: the shipped ones.
    """
    shared = require(released, Audience.RESEARCH, Audience.RESIDENTS, Audience.COUNCIL)
    draw = _Drawing(shared, shipped() if tree is None else tree)
    dots = tuple(draw.dots())
    there = {dot.id for dot in dots}
    lines = (line for line in draw.lines() if {line.source, line.target} <= there)
    return Scene(released.audience, _notices(released), dots, tuple(lines))


def _notices(released: Released[Any]) -> tuple[Said, ...]:
    nl, en = (notices(released, lang) for lang in (Language.NL, Language.EN))
    return tuple(zip(nl, en, strict=True))


class _Drawing:
    """Turns a shared network into dots and lines."""

    def __init__(self, shared: SharedNetwork, tree: Tree) -> None:
        self.shared = shared
        self.tree = tree
        self.names = {each.id: _name(each.id, each.facts) for each in shared.things}
        self.label = cache(self._label)

    def _label(self, category: str) -> Said:
        if category not in self.tree:
            return same(typed(category))
        return in_both(lambda lang: self.tree.label(category, lang))

    def _theme(self, category: object) -> Said | None:
        if not isinstance(category, str) or category not in self.tree:
            return None
        return self.label((category, *self.tree.ancestors(category))[-1])

    def dots(self) -> Iterator[Dot]:
        """Yield persons, their talents and needs, and what there is."""
        areas = {}
        for person in self.shared.persons:
            if person.id is not None:
                traits = person.traits or {}
                areas[person.id] = area = self._area(traits.get("area"))
                name = same(person.id.partition(":")[2][:8])
                yield Dot(person.id, "person", name, area=area, details=_decade(traits))
        held = (tie for tie in self.shared.ties if tie.kind in _HOLDS)
        owners = {tie.target: tie.source or tie.source_thing for tie in held}
        for record in self.shared.records:
            if record.id is not None:
                yield self._record(record.id, record.traits or {}, owners.get(record.id), areas)
        for thing in self.shared.things:
            if not (self.shared.persons and thing.facts.get("kind") == "area"):
                yield self._thing(thing.id, thing.facts)

    def _record(
        self,
        node: str,
        traits: Mapping[str, Any],
        owner: str | None,
        areas: Mapping[str, Said | None],
    ) -> Dot:
        category = traits.get("category", traits.get("theme"))
        known = isinstance(category, str)
        return Dot(
            id=node,
            kind=node.partition(":")[0],
            name=self.label(str(category)) if known else in_words("view.subject_unknown"),
            owner=owner,
            area=areas.get(owner or ""),
            theme=self._theme(category),
        )

    def _thing(self, node: str, facts: Mapping[str, Any]) -> Dot:
        kind = str(facts.get("kind"))
        details = [(word, said) for word, said in self._facts(kind, facts)]
        counts = [c for c in self.shared.counts if c.at == node and c.to is None and c.count]
        details += [self._counted(c.what, c.count) for c in counts]
        return Dot(
            id=node,
            kind=kind,
            name=self.names[node],
            area=self.names[node] if kind == "area" else self._area(facts.get("area")),
            theme=self._theme(facts.get("category", facts.get("sort"))),
            days=_days(facts),
            details=tuple(details),
        )

    def _area(self, area: object) -> Said | None:
        return None if area is None else self.names.get(f"area:{area}", same(typed(str(area))))

    def _facts(self, kind: str, facts: Mapping[str, Any]) -> Iterator[tuple[str, Said]]:
        for name in ("category", "sort"):
            if text := facts.get(name):
                label = party_word if kind == "organisation" else self.label
                yield "about" if name == "category" else "sort", label(str(text))
        if status := facts.get("status"):
            yield "status", in_words(f"words.{kind}_status.{status}")

    def _counted(self, what: str, count: int | None) -> tuple[str, Said]:
        """Return a count by area: talents by their theme, else people and pairs."""
        theme = what.removeprefix("talents_")
        number = same(str(count))
        if theme == what:
            return f"count_{what}", number
        label = self.label(theme)
        return "count_talents", (f"{label[0]}: {count}", f"{label[1]}: {count}")

    def lines(self) -> Iterator[Line]:
        """Yield what connects them; of what people have in common outside only counts."""
        ties: dict[tuple[str, str], dict[str, None]] = {}
        lines: dict[tuple[str, str, str], None] = {}
        for tie in self.shared.ties:
            source, target = tie.source or tie.source_thing, tie.target or tie.target_thing
            if source is None or target is None or tie.kind is None or tie.kind in _LEFT_OUT:
                continue
            if tie.kind in {"tie", "arrangement"}:
                pair = (min(source, target), max(source, target))
                relation = (tie.traits or {}).get("relation")
                word = "view.arranged" if tie.kind == "arrangement" else f"words.tie.{relation}"
                ties.setdefault(pair, {})[word if relation or tie.kind != "tie" else ""] = None
            elif tie.kind != "in_area" or not self.shared.persons:
                lines[source, target, tie.kind] = None
        yield from (Line(a, b, "tie", _related(tuple(sorted(w)))) for (a, b), w in ties.items())
        yield from (Line(*line) for line in lines)
        for count in self.shared.counts:
            if count.to is not None and count.count:
                yield Line(count.at, count.to, f"count_{count.what}", same(str(count.count)))


def _days(facts: Mapping[str, Any]) -> tuple[int, ...] | None:
    """Return on which days of the week an activity is, in its first weeks."""
    if not isinstance(facts.get("begins"), str):
        return None
    start = dt.datetime.fromisoformat(facts["begins"])
    rule, weeks = facts.get("rrule"), dt.timedelta(weeks=_WEEKS)
    when = occurrences(start, rrule=rule, after=start.date(), before=start.date() + weeks)
    return tuple(sorted({each.weekday() for each in when})) or None


_HOLDS = frozenset({"offers", "asks"})


@cache
def _related(keys: tuple[str, ...]) -> Said | None:
    said = [in_words(key) for key in keys if key]
    if not said:
        return None
    return in_both(lambda lang: listing([each[lang == "en"] for each in said], lang))


def _name(node: str, facts: Mapping[str, Any]) -> Said:
    return same(typed(str(facts.get("name") or node.partition(":")[2]), 40))


def _decade(traits: Mapping[str, Any]) -> tuple[tuple[str, Said], ...]:
    found: list[tuple[str, Said]] = []
    if traits.get("part") == "worker":
        found.append(("part", in_words("words.kind.worker")))
    if decade := traits.get("decade"):
        found.append(("decade", same(str(decade))))
    return tuple(found)
