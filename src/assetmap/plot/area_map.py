"""A map without tiles: what each area has to offer, where one can go, and then what is asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil, hypot, sqrt
from typing import TYPE_CHECKING, Annotated, Any

from assetmap.geo import Shape
from assetmap.model import Activity, InitiativeStatus, Neighbourhood, Person, Place, Status
from assetmap.overview.common import homes_of, live, party
from assetmap.overview.homes import area_of
from assetmap.plot.canvas import (
    INK,
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
    open_need,
    served,
)
from assetmap.privacy import Audience, CountTable, Discloses, Released, release, require
from assetmap.ties.exports.naming import Names

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.path import Path

__all__ = ["MapArea", "MapFacts", "MapSpot", "draw_map", "map_facts"]

_WASHES = ("#F7FBFF", "#DEEBF7", "#BBD6EB", "#8FBCDB", "#5E9CCB")
"""From few talents to many: darker in grey as well, and light enough to write on."""
_LATTICE = 15


@dataclass(frozen=True, slots=True)
class MapArea:
    """One area and its outline.

    Attributes
    ----------
    name : Label
        Id and name.
    parts : nested tuples of float
        The rings of its outline in metres; the first of each part is the outer one.
    x, y : float
        Where its name is written.
    """

    name: Label
    parts: Annotated[tuple[tuple[tuple[tuple[float, float], ...], ...], ...], Discloses.OPEN]
    x: Annotated[float, Discloses.OPEN]
    y: Annotated[float, Discloses.OPEN]


@dataclass(frozen=True, slots=True)
class MapSpot:
    """A place, and how many activities there are; without a name where that is somebody's."""

    name: Annotated[str | None, Discloses.OPEN]
    x: Annotated[float, Discloses.OPEN]
    y: Annotated[float, Discloses.OPEN]
    activities: Annotated[int, Discloses.OPEN]


@dataclass(frozen=True, slots=True)
class MapFacts:
    """What the map shows.

    Attributes
    ----------
    day : date
        The day.
    language : str
        The team's language.
    areas : tuple of MapArea
        Those with an outline; without a map all of them, as squares.
    drawn : bool
        Whether the outlines come from a map.
    source : str or None
        Whom to name under it.
    spots : tuple of MapSpot
        Places that lie on the map.
    talents, needs : CountTable
        How many there are by area; protected outside the team.
    elsewhere : int
        How many areas are on no map.
    """

    day: Annotated[dt.date, Discloses.OPEN]
    language: Annotated[str, Discloses.OPEN]
    areas: tuple[MapArea, ...]
    drawn: Annotated[bool, Discloses.OPEN]
    source: Annotated[str | None, Discloses.OPEN]
    spots: tuple[MapSpot, ...]
    talents: Annotated[CountTable, Discloses.COUNT]
    needs: Annotated[CountTable, Discloses.COUNT]
    elsewhere: Annotated[int, Discloses.OPEN]


def map_facts(
    hood: Neighbourhood, audience: str = Audience.TEAM, *, asof: dt.date
) -> Released[MapFacts]:
    """Gather what each area offers, where one can go, and what is asked.

    Areas come from the map beside the tables (GeoJSON, CBS codes or own ones). An area that
    others with an outline lie in is not drawn. Without a map every area is a square. The area of
    a talent or question is that of its owner.

    Parameters
    ----------
    hood : Neighbourhood
        All tables; what is about safety is left out, and for others than the team what is
        sensitive.
    audience : Audience, default "team"
        Outside the team counts below the minimum are hidden, and others rounded; residents see
        only activities of initiatives that may be shown.
    asof : date
        The day.

    Examples
    --------
    >>> import datetime as dt
    >>> from assetmap.model import Neighbourhood, Person, Talent
    >>> hood = Neighbourhood.from_records(
    ...     Person(person="p1", area="north"), Talent(talent="t1", owner="p1", category="garden")
    ... )
    >>> for audience in ("team", "residents"):
    ...     shown = map_facts(hood, audience, asof=dt.date(2026, 11, 23)).value
    ...     print(shown.talents.cells["north", "talents"])
    1
    None
    """
    reader = served(audience)
    rest = for_reader(hood, reader)
    talents = [(area_of(rest, t), t.owner) for t in rest.talents if live(t, asof)]
    needs = [(area_of(rest, n), n.owner) for n in rest.needs if open_need(n, asof)]
    areas = tuple(_areas(rest, reader))
    homes = homes_of(rest)
    named = [each.name.id for each in areas]
    facts = MapFacts(
        day=asof,
        language=hood.policy.language,
        areas=areas,
        drawn=bool(len(rest.shapes)),
        source=rest.shapes.source,
        spots=tuple(_spots(rest, reader, asof)) if len(rest.shapes) else (),
        talents=_counted(talents, named, "talents", homes),
        needs=_counted(needs, named, "needs", homes),
        elsewhere=len({area for area, _ in (*talents, *needs) if area} - set(named)),
    )
    return release(facts, reader, thresholds=hood.policy.privacy)


def _counted(
    found: list[tuple[str | None, str]], areas: list[str], what: str, homes: Mapping[str, str]
) -> CountTable:
    things = [((area, what), owner) for area, owner in found if area in areas]
    cells = [(area, what) for area in areas]
    return CountTable.tally(
        ((cell, owner) for cell, owner in things if cell in cells), cells=cells, households=homes
    )


def _areas(hood: Neighbourhood, reader: Audience) -> Iterator[MapArea]:
    """Yield the finest areas with an outline, or all areas as squares where there is no map."""
    if not len(hood.shapes):
        yield from _squares(hood, reader)
        return
    parents = {row.area: row.parent for row in hood.areas}
    above = {parents.get(shape.area) for shape in hood.shapes}
    named = area_names(hood, (shape.area for shape in hood.shapes), reader)
    for shape in hood.shapes:
        if shape.area not in above:
            yield MapArea(named[shape.area], shape.metres, *_middle(shape))


def _middle(shape: Shape) -> tuple[float, float]:
    x, y = shape.centre
    return float(x), float(y)


def _squares(hood: Neighbourhood, reader: Audience) -> Iterator[MapArea]:
    above = {row.parent for row in hood.areas}
    listed = {row.area for row in hood.areas if row.area not in above}
    told = {row.area for row in hood.people if row.area is not None} - above
    names = sorted(listed | told)
    wide, named = ceil(sqrt(len(names))), area_names(hood, names, reader)
    for at, area in enumerate(names):
        x, y = float(at % wide), -float(at // wide)
        low, high = -0.47, 0.47
        ring = ((low, low), (high, low), (high, high), (low, high), (low, low))
        yield MapArea(named[area], ((tuple((x + a, y + b) for a, b in ring),),), x, y)


def _spots(hood: Neighbourhood, reader: Audience, asof: dt.date) -> Iterator[MapSpot]:
    """Yield the places with coordinates; for others than the team none that somebody owns."""
    team = reader is Audience.TEAM
    names = Names.of(None if team else hood)
    for place in sorted(hood.places, key=lambda row: row.place):
        owned = isinstance(party(hood, place.owner), Person)
        if place.x is not None and place.y is not None and (team or not owned):
            here = [a for a in hood.activities if _at(hood, a, place) and _runs(a, asof)]
            shown = [a for a in here if reader is not Audience.RESIDENTS or _visible(hood, a)]
            name = place.name or place.place
            told = None if names.said_in(name) else name
            yield MapSpot(told, float(place.x), float(place.y), len(shown))


def _at(hood: Neighbourhood, row: Activity, place: Place) -> bool:
    initiative = hood.index["initiatives"].get(row.initiative or "")
    at = row.place if row.place is not None else getattr(initiative, "place", None)
    return at == place.place


def _runs(row: Activity, asof: dt.date) -> bool:
    return row.status is not Status.PAST and (row.until is None or asof <= row.until)


def _visible(hood: Neighbourhood, row: Activity) -> bool:
    initiative = hood.index["initiatives"].get(row.initiative or "")
    if initiative is None:
        return True
    ended = getattr(initiative, "status", None) is InitiativeStatus.ENDED
    return bool(getattr(initiative, "visible", False)) and not ended


# --- the picture --------------------------------------------------------------------------------


def draw_map(
    shown: Released[MapFacts], *, ax: Axes | None = None, language: str | None = None
) -> Axes:
    """Draw the areas, darker where there is more to offer, with places and activities.

    Parameters
    ----------
    shown : Released
        What :func:`map_facts` gave.
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
    >>> from assetmap.model import Neighbourhood
    >>> draw_map(map_facts(Neighbourhood(), asof=dt.date(2026, 11, 23))).get_title(loc="left")
    'Wat elk gebied te bieden heeft, en wat er gevraagd wordt'
    """
    facts = require(shown, Audience.TEAM, Audience.RESEARCH, *COUNTED)
    lang = language_of(facts, language)
    with drawing():
        ax = sheet(ax, 10.0, 7.6)
        further: list[str] = []
        if facts.areas:
            _draw_areas(ax, facts, lang)
            _draw_spots(ax, facts, lang)
            further = list(_read(shown, facts, lang))
        else:
            emptied(ax, tell("map.empty", lang))
        ax.set_aspect("equal")
        ax.set_axis_off()
        return finish(ax, shown, tell("map.title", lang), *further, lang=lang, room=(8, 10))


def _read(shown: Released[MapFacts], facts: MapFacts, lang: str) -> Iterator[str]:
    yield tell("map.read", lang, day=facts.day, year=facts.day.year)
    if shown.audience is not Audience.TEAM:
        yield tell("hidden-read", lang)
    if not facts.drawn:
        yield tell("map.no-outlines", lang)
    if facts.elsewhere:
        yield tell("map.elsewhere", lang, n=facts.elsewhere)
    if facts.source is not None:
        yield tell("map.source", lang, source=facts.source)


def _wash(count: int | None, most: int) -> str:
    if count is None or not most:
        return "white" if count is None else _WASHES[0]
    return _WASHES[min(len(_WASHES) - 1, ceil((len(_WASHES) - 1) * count / most))]


def _draw_areas(ax: Axes, facts: MapFacts, lang: str) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    counts = {each.name.id: facts.talents.cells[each.name.id, "talents"] for each in facts.areas}
    most = max((count for count in counts.values() if count is not None), default=0)
    for each in facts.areas:
        area = each.name.id
        count, asked = counts[area], facts.needs.cells[area, "needs"]
        rings = [Path(ring, closed=True) for part in each.parts for ring in part]
        outline = Path.make_compound_path(*rings)
        ax.add_patch(
            PathPatch(
                outline,
                facecolor=_wash(count, most),
                edgecolor=INK,
                linewidth=1.2,
                hatch="...." if count is None else None,
                zorder=1,
                gid=f"area-{area}",
            )
        )
        mark = hidden_mark(lang)
        lines = (
            each.name.said[lang],
            tell("map.talents", lang, n=count)
            if count is not None
            else tell("map.talents-hidden", lang, mark=mark),
            tell("map.needs", lang, n=asked)
            if asked is not None
            else tell("map.needs-hidden", lang, mark=mark),
        )
        ax.annotate(
            "\n".join(lines),
            _free_spot(outline, each, facts),
            ha="center",
            va="center",
            fontsize=8,
            color=INK,
            zorder=4,
            linespacing=1.35,
            gid=f"label-{area}",
            bbox={"boxstyle": "round,pad=0.25", "fc": "white", "ec": "none", "alpha": 0.75},
        )
    ax.autoscale_view()
    ax.margins(0.03)


def _draw_spots(ax: Axes, facts: MapFacts, lang: str) -> None:
    """Draw places with numbers, as triangles where there is something to do, else as squares."""
    kinds = ((True, "^", "#F5B78F", "map.active"), (False, "s", "white", "map.quiet"))
    for active, marker, colour, key in kinds:
        spots = [spot for spot in facts.spots if bool(spot.activities) is active]
        if spots:
            ax.scatter(
                [s.x for s in spots],
                [s.y for s in spots],
                marker=marker,
                s=300 if active else 150,
                color=colour,
                edgecolors=INK,
                zorder=5,
                label=tell(key, lang),
                gid=f"spots-{marker}",
            )
    for number, spot in enumerate(facts.spots, start=1):
        low = -1.6 if spot.activities else 0.0
        ax.annotate(
            str(number),
            (spot.x, spot.y),
            xytext=(0, low),
            textcoords="offset points",
            fontsize=7,
            ha="center",
            va="center",
            color=INK,
            zorder=6,
            gid="place",
        )
    if facts.spots:
        ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False, fontsize=8.5)
        names = (
            f"{number}  {spot.name or tell('map.place', lang)}"
            for number, spot in enumerate(facts.spots, start=1)
        )
        ax.annotate(
            "\n".join(names),
            (1.0, 1.0),
            xycoords="axes fraction",
            xytext=(8, -48),
            textcoords="offset points",
            va="top",
            fontsize=8.5,
            color=INK,
            linespacing=1.5,
            gid="places",
        )


def _free_spot(outline: Path, area: MapArea, facts: MapFacts) -> tuple[float, float]:
    """Return where in an area its name fits best: away from the borders and from places.

    Of a lattice of points inside it, the one that is farthest from both; sideways counts half,
    because a name is wide.
    """
    corners = [point for part in area.parts for ring in part for point in ring]
    columns, rows = (sorted(point[at] for point in corners) for at in (0, 1))
    steps = [(at + 0.5) / _LATTICE for at in range(_LATTICE)]
    lattice = [
        (columns[0] + a * (columns[-1] - columns[0]), rows[0] + b * (rows[-1] - rows[0]))
        for a in steps
        for b in steps
    ]
    inside = [
        p for p, within in zip(lattice, outline.contains_points(lattice), strict=True) if within
    ]
    edge: Any = outline.interpolated(8).vertices
    avoid = [*((float(x), float(y)) for x, y in edge), *((s.x, s.y) for s in facts.spots)]

    def room(point: tuple[float, float]) -> float:
        return min(hypot((point[0] - x) / 2, point[1] - y) for x, y in avoid)

    return max(inside, key=room, default=(area.x, area.y))
