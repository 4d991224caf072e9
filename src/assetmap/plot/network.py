"""Who knows whom: people by what they can offer, or areas where no person may be shown."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from assetmap import graph
from assetmap.model import Neighbourhood
from assetmap.plot.canvas import (
    INK,
    MARKS,
    PALE,
    clear,
    drawing,
    emptied,
    finish,
    hidden_mark,
    language_of,
    sheet,
    tell,
)
from assetmap.plot.counting import (
    COUNTED,
    Label,
    area_names,
    for_reader,
    label,
    served,
    theme_of,
)
from assetmap.privacy import Audience, Discloses, Released, few_ties, release, require

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "AreaDot",
    "AreaLine",
    "NetworkFacts",
    "PersonDot",
    "PersonLine",
    "draw_network",
    "network_facts",
]

_NAMED = 120
"""Of at most so many people the names are written in."""
_THEMES = len(MARKS) - 1
"""So many themes have a mark of their own; the last mark is for all others."""
_OTHER = "other"


@dataclass(frozen=True, slots=True)
class PersonDot:
    """One person and where they are drawn.

    Attributes
    ----------
    id, called : str or None
        Who it is, as far as the reader may know.
    worker : bool or None
        Whether it is a worker.
    theme : str or None
        What they offer, by the theme that most people offer; ``other``; None: nothing is known.
    x, y : float or None
        The place in the drawing.
    """

    id: Annotated[str | None, Discloses.PERSON]
    called: Annotated[str | None, Discloses.CALLED]
    worker: Annotated[bool | None, Discloses.TRAIT]
    theme: Annotated[str | None, Discloses.TRAIT]
    x: Annotated[float | None, Discloses.TRAIT]
    y: Annotated[float | None, Discloses.TRAIT]


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A tie between two people, by their ids."""

    one: Annotated[str | None, Discloses.PERSON]
    other: Annotated[str | None, Discloses.PERSON]
    strength: Annotated[int | None, Discloses.TRAIT]


@dataclass(frozen=True, slots=True)
class AreaDot:
    """An area: how many residents offer something, and how many live there; protected."""

    area: Annotated[str, Discloses.OPEN]
    name: Label
    x: Annotated[float, Discloses.OPEN]
    y: Annotated[float, Discloses.OPEN]
    givers: Annotated[int | None, Discloses.COUNT]
    people: Annotated[int | None, Discloses.COUNT]


@dataclass(frozen=True, slots=True)
class AreaLine:
    """How many pairs of residents know each other between two areas; protected."""

    one: Annotated[str, Discloses.OPEN]
    other: Annotated[str, Discloses.OPEN]
    pairs: Annotated[int | None, Discloses.COUNT]


@dataclass(frozen=True, slots=True)
class NetworkFacts:
    """What the picture of the network shows; persons, or areas instead of them.

    Attributes
    ----------
    day : date
        The day.
    language : str
        The team's language.
    themes : tuple of Label
        What is offered, by most people first.
    persons, lines : tuple
        For the team and for research.
    areas, area_lines : tuple
        For residents and the council.
    """

    day: Annotated[dt.date, Discloses.OPEN]
    language: Annotated[str, Discloses.OPEN]
    themes: tuple[Label, ...] = ()
    persons: tuple[PersonDot, ...] = ()
    lines: tuple[PersonLine, ...] = ()
    areas: tuple[AreaDot, ...] = ()
    area_lines: tuple[AreaLine, ...] = ()


def network_facts(
    hood: Neighbourhood,
    audience: str = Audience.TEAM,
    *,
    asof: dt.date,
    previous: Mapping[Hashable, tuple[float, float]] | None = None,
    seed: int = 0,
    key: bytes | None = None,
) -> Released[NetworkFacts]:
    """Gather who knows whom and what they offer, and release it for an audience.

    Parameters
    ----------
    hood : Neighbourhood
        All tables; what is about safety is left out.
    audience : Audience, default "team"
        The team sees called names, research pseudonyms (and nothing that was arranged for a
        sensitive need), residents and the council areas without any person.
    asof : date
        The day on which ties hold.
    previous : mapping, optional
        What ``graph.positions`` gave for an earlier week: whoever was there stays there.
    seed : int, default 0
        Of the places.
    key : bytes, optional
        Of the pseudonyms; see :func:`assetmap.privacy.pseudonyms`.

    Returns
    -------
    Released
        For :func:`draw_network`.

    Examples
    --------
    >>> import datetime as dt
    >>> from assetmap.model import Neighbourhood, Person, Talent, Tie
    >>> hood = Neighbourhood.from_records(
    ...     Person(person="p1", called="Ans", area="north"),
    ...     Person(person="p2", called="Bo", area="north"),
    ...     Talent(talent="t1", owner="p2", category="garden"),
    ...     Tie(a="p1", b="p2", kind="friend"),
    ... )
    >>> shown = network_facts(hood, "team", asof=dt.date(2026, 11, 23)).value
    >>> [(dot.called, dot.theme) for dot in shown.persons]
    [('Ans', None), ('Bo', 'garden')]
    >>> outward = network_facts(hood, "residents", asof=dt.date(2026, 11, 23)).value
    >>> outward.persons, outward.areas[0].people
    ((), None)
    """
    reader = served(audience)
    rest = for_reader(hood, reader)
    network = graph.people(graph.build(rest, asof=asof))
    gathered = NetworkFacts(day=asof, language=hood.policy.language)
    if reader in COUNTED:
        gathered = _by_area(gathered, rest, network, reader)
    else:
        places = graph.positions(network, previous=previous, seed=seed)
        gathered = _by_person(gathered, rest, network, places)
    return release(gathered, reader, thresholds=hood.policy.privacy, key=key)


def _offers(hood: Neighbourhood) -> dict[str, list[str]]:
    """Return the themes that each person offers."""
    people = {row.person for row in hood.people}
    found = defaultdict[str, set[str]](set)
    for row in hood.talents:
        theme = theme_of(hood, row.category)
        owner = row.owner.removeprefix("person:")
        if theme is not None and owner in people:
            found[owner].add(theme)
    return {person: sorted(themes) for person, themes in found.items()}


def _by_person(
    begun: NetworkFacts,
    hood: Neighbourhood,
    network: Any,
    places: Mapping[Any, tuple[float, float]],
) -> NetworkFacts:
    offers = _offers(hood)
    often = Counter(theme for themes in offers.values() for theme in themes)
    most = sorted(often, key=lambda theme: (-often[theme], theme))[:_THEMES]
    rank = {theme: at for at, theme in enumerate(most)}
    people = {f"person:{row.person}": row for row in hood.people}
    dots = []
    for node, (x, y) in places.items():
        row = people[node]
        themes = offers.get(row.person, [])
        known = min((t for t in themes if t in rank), key=rank.__getitem__, default=None)
        theme = known or (_OTHER if themes else None)
        dots.append(PersonDot(node, row.called, row.is_worker, theme, x, y))
    lines = (PersonLine(a, b, network.edges[a, b]["weight"]) for a, b in sorted(network.edges))
    return NetworkFacts(
        begun.day,
        begun.language,
        tuple(label(hood, theme) for theme in most),
        tuple(dots),
        tuple(lines),
    )


def _by_area(
    begun: NetworkFacts, hood: Neighbourhood, network: Any, reader: Audience
) -> NetworkFacts:
    """Count residents by area, those who offer something, and pairs that know each other."""
    homes = {
        f"person:{row.person}": row.area for row in hood.people if row.area and not row.is_worker
    }
    offers = _offers(hood)
    people = Counter(homes.values())
    givers = Counter(homes[f"person:{p}"] for p in offers if f"person:{p}" in homes)
    pairs = dict(_pairs(homes, network, hood))
    drawn = _area_places(hood, people, pairs)
    named = area_names(hood, sorted(people), reader)
    return NetworkFacts(
        begun.day,
        begun.language,
        areas=tuple(
            AreaDot(area, named[area], *drawn[area], givers[area], people[area])
            for area in sorted(people)
        ),
        area_lines=tuple(AreaLine(a, b, count) for (a, b), count in sorted(pairs.items())),
    )


def _pairs(
    homes: Mapping[str, str], network: Any, hood: Neighbourhood
) -> Iterator[tuple[tuple[str, str], int]]:
    """Yield pairs of areas with how many know each other, few where few people stand behind."""
    found = defaultdict[tuple[str, str], list[tuple[str, str]]](list)
    for a, b in network.edges:
        if a in homes and b in homes:
            one, other = sorted((a, b), key=lambda node: (homes[node], node))
            found[homes[one], homes[other]].append((one, other))
    for areas, ties in found.items():
        few = few_ties(ties, hood.policy.privacy, across=areas[0] != areas[1])
        yield areas, min(len(ties), hood.policy.privacy.minimum - 1) if few else len(ties)


def _area_places(
    hood: Neighbourhood, people: Mapping[str, int], pairs: Mapping[tuple[str, str], int]
) -> dict[str, tuple[float, float]]:
    """Return where areas are drawn: as on the map, or else by who knows whom."""
    if people and all(area in hood.shapes for area in people):
        middles = {area: hood.shapes[area].centre for area in people}
        return {area: (float(x), float(y)) for area, (x, y) in middles.items()}
    import networkx as nx

    between: nx.Graph[str] = nx.Graph()
    between.add_nodes_from(people)
    between.add_edges_from(pair for pair in pairs if pair[0] != pair[1])
    return graph.positions(between)


def draw_network(
    shown: Released[NetworkFacts], *, ax: Axes | None = None, language: str | None = None
) -> Axes:
    """Draw who knows whom, people by what they offer.

    Parameters
    ----------
    shown : Released
        What :func:`network_facts` gave.
    ax : Axes, optional
        Where to draw. Default: a new figure.
    language : str, optional
        ``nl`` or ``en``. Default: the team's.

    Returns
    -------
    matplotlib.axes.Axes
        The picture.

    Examples
    --------
    >>> import datetime as dt
    >>> from assetmap.model import Neighbourhood, Person
    >>> hood = Neighbourhood.from_records(Person(person="p1", called="Ans"))
    >>> day = dt.date(2026, 11, 23)
    >>> ax = draw_network(network_facts(hood, asof=day), language="en")
    >>> ax.get_title(loc="left")
    'What people offer, and who knows whom'
    """
    facts = require(shown, Audience.TEAM, Audience.RESEARCH, *COUNTED)
    lang = language_of(facts, language)
    with drawing():
        ax = sheet(ax, 10.5, 8.5)
        if facts.persons:
            _draw_people(ax, facts, lang)
            further = [tell("network.read", lang, day=facts.day, year=facts.day.year)]
            if shown.audience is Audience.TEAM and len(facts.persons) > _NAMED:
                further.append(tell("network.no-names", lang, n=_NAMED))
        elif facts.areas:
            _draw_areas(ax, facts, lang)
            further = [tell("network.read-areas", lang, day=facts.day, year=facts.day.year)]
        else:
            emptied(ax, tell("network.empty", lang))
            further = []
        ax.set_aspect("equal", adjustable="datalim")
        ax.set_axis_off()
        part = "areas" if shown.audience in COUNTED else "title"
        named = 0 < len(facts.persons) <= _NAMED
        title = tell(f"network.{part}", lang)
        return finish(ax, shown, title, *further, lang=lang, room=(6, 10), named=named)


def _draw_people(ax: Axes, facts: NetworkFacts, lang: str) -> None:
    at = {dot.id: (dot.x or 0.0, dot.y or 0.0) for dot in facts.persons}
    crowd = len(facts.persons)
    _draw_ties(ax, facts, at, thin=crowd > _NAMED)
    size = max(14.0, min(90.0, 9000.0 / crowd))
    kinds = _kinds(facts, lang)
    for name, (text, marker, colour) in kinds.items():
        dots = [dot for dot in facts.persons if _kind(dot) == name]
        if dots:
            ax.scatter(
                [at[dot.id][0] for dot in dots],
                [at[dot.id][1] for dot in dots],
                s=size * (1.3 if marker in "^vPX*" else 1.0),
                marker=marker,
                color=colour,
                edgecolors=INK,
                linewidths=0.8 if crowd <= _NAMED else 0.4,
                label=text,
                zorder=3,
                gid=f"people-{name}",
            )
    if crowd <= _NAMED:
        for dot in facts.persons:
            if dot.called is not None:
                ax.annotate(
                    dot.called,
                    at[dot.id],
                    xytext=(0, 5),
                    textcoords="offset points",
                    ha="center",
                    va="bottom",
                    fontsize=7,
                    color=INK,
                    zorder=4,
                    path_effects=clear(),
                    gid="name",
                )
    _legend(ax, tell("network.legend", lang))


def _draw_ties(
    ax: Axes, facts: NetworkFacts, at: Mapping[str | None, tuple[float, float]], *, thin: bool
) -> None:
    from matplotlib.collections import LineCollection

    lines = LineCollection(
        [(at[line.one], at[line.other]) for line in facts.lines],
        linewidths=[(0.35 if thin else 0.7) * (line.strength or 1) for line in facts.lines],
        colors="#CCCCCC" if thin else "#B5B5B5",
        zorder=1,
        gid="ties",
    )
    ax.add_collection(lines)


def _kinds(facts: NetworkFacts, lang: str) -> dict[str, tuple[str, str, str]]:
    """Return every kind of dot with its text, mark and colour: talents first."""
    kinds = {
        theme.id: (theme.said[lang], *mark)
        for theme, mark in zip(facts.themes, MARKS, strict=False)
    }
    kinds[_OTHER] = (tell("network.other", lang), *MARKS[-1])
    kinds["none"] = (tell("network.none", lang), "o", "white")
    kinds["worker"] = (tell("network.worker", lang), "*", "#4D4D4D")
    return kinds


def _kind(dot: PersonDot) -> str:
    return "worker" if dot.worker else dot.theme or "none"


def _legend(ax: Axes, title: str) -> None:
    ax.legend(
        loc="upper left",
        bbox_to_anchor=(1.0, 1.0),
        title=title,
        frameon=False,
        fontsize=9,
        alignment="left",
    )


def _draw_areas(ax: Axes, facts: NetworkFacts, lang: str) -> None:
    """Draw areas as rounds, larger where more residents offer something."""
    at = {dot.area: (dot.x, dot.y) for dot in facts.areas}
    for line in facts.area_lines:
        if line.one != line.other:
            known = line.pairs is not None
            ends = zip(at[line.one], at[line.other], strict=True)
            ax.plot(
                *ends,
                color="#8A8A8A",
                linestyle="-" if known else ":",
                linewidth=1.0 + (line.pairs or 0) / 10,
                zorder=1,
                gid="known" if known else "hidden",
            )
    for dot in facts.areas:
        known = dot.givers is not None
        ax.scatter(
            [dot.x],
            [dot.y],
            s=700 + 18 * min(dot.givers or 0, 200),
            color="#9ECAE1" if known else PALE,
            hatch=None if known else "////",
            edgecolors=INK,
            zorder=2,
            gid="area",
        )
        name = dot.name.said[lang]
        count = hidden_mark(lang) if dot.givers is None else str(dot.givers)
        ax.annotate(
            count,
            at[dot.area],
            ha="center",
            va="center",
            fontsize=9,
            zorder=3,
            fontweight="bold",
            color=INK,
        )
        ax.annotate(
            name,
            at[dot.area],
            xytext=(0, -26),
            textcoords="offset points",
            ha="center",
            va="top",
            fontsize=9,
            color=INK,
            zorder=3,
            path_effects=clear(),
        )
    ax.margins(0.18)
