"""The counts of the report for a council as a map: one GeoJSON file that a GIS opens."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from assetmap.errors import UnusableInput
from assetmap.geo import Shape, Shapes
from assetmap.privacy import Audience, CountTable, Released, require
from assetmap.report.council_facts import AreaLine, CouncilFacts
from assetmap.texts import day, language, say

__all__ = ["council_map"]

_DECIMALS = 7
"""Digits of a degree: about a centimetre."""

Ring = list[list[float]]


def council_map(
    released: Released[CouncilFacts],
    shapes: Shapes,
    *,
    lang: str | None = None,
    draft: bool = False,
) -> bytes:
    """Return talents and open questions by area, with the outlines, as GeoJSON (RFC 7946).

    Parameters
    ----------
    released : Released
        What :func:`gather_council` returns.
    shapes : Shapes
        The outlines of the areas: ``hood.shapes``. An area that others with an outline lie in is
        left out.
    lang : str, optional
        Language of names and sentences; default: the team's.
    draft : bool, default False
        As for :func:`council_html`.

    Returns
    -------
    bytes
        A FeatureCollection in degrees (WGS 84), outer rings counterclockwise. Of each area:
        ``area``, ``name``, ``scheme``, ``year``; ``talents`` and ``needs``, null where they are
        hidden, with the reason in ``talents_hidden`` and ``needs_hidden``; ``first`` and ``last``
        day of the period; ``source`` of the outlines. Nothing in it is the place of a person.

    Raises
    ------
    PrivacyError
        Something that was not released, or not for the council.
    UnusableInput
        No area of the report has an outline, or areas with codes of CBS are of different years:
        one code may be other land in another year.

    Examples
    --------
    >>> import datetime as dt
    >>> from assetmap.geo import Shape, Shapes
    >>> from assetmap.model import Neighbourhood, Person, Talent
    >>> from assetmap.report import gather_council
    >>> hood = Neighbourhood.from_records(
    ...     *[Person(person=f"p{k}", area="north") for k in range(6)],
    ...     *[Talent(talent=f"t{k}", owner=f"p{k}", category="ride") for k in range(6)],
    ... )
    >>> corner = ((5.38, 52.15), (5.39, 52.15), (5.39, 52.16), (5.38, 52.15))
    >>> days = {"first": dt.date(2026, 1, 1), "last": dt.date(2026, 6, 30)}
    >>> made = council_map(gather_council(hood, **days), Shapes.of([Shape("north", ((corner,),))]))
    >>> json.loads(made)["features"][0]["properties"]["talents"]
    5
    """
    facts = require(released, Audience.COUNCIL)
    chosen = language(facts.language if lang is None else lang).value
    lines = {line.area: line for line in facts.areas}
    drawn = [each for each in shapes if each.area in lines and not lines[each.area].above]
    if not drawn:
        raise UnusableInput("no area of this report has an outline: put a map beside the tables")
    _check_years(lines[each.area] for each in drawn)
    days = {name: day(getattr(facts, name), chosen, year=True) for name in ("first", "last")}
    told = [*(["draft"] if draft else []), "about", "reading"]
    document = {
        "type": "FeatureCollection",
        "name": say("council.map.name", chosen),
        "title": say("council.period", chosen, **days),
        "about": " ".join(say(f"council.{key}", chosen) for key in told),
        "source": shapes.source,
        "features": [
            _feature(facts, each, lines[each.area], shapes.source, chosen) for each in drawn
        ],
    }
    return (json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _check_years(lines: Iterator[AreaLine]) -> None:
    years = sorted({line.year for line in lines if line.scheme == "cbs" and line.year is not None})
    if len(years) > 1:
        told = ", ".join(map(str, years))
        raise UnusableInput(f"areas of different years ({told}) do not fit on one map")


def _feature(
    facts: CouncilFacts, shape: Shape, line: AreaLine, source: str | None, lang: str
) -> dict[str, Any]:
    counts: dict[str, int | str | None] = {}
    for name, table in (("talents", facts.offered), ("needs", facts.asked)):
        count = _count(facts, table, line.area)
        counts[name] = count
        counts[f"{name}_hidden"] = say("council.map.hidden", lang) if count is None else None
    return {
        "type": "Feature",
        "id": line.area,
        "properties": {
            "area": line.area,
            "name": facts.names[f"area:{line.area}"][lang],
            "scheme": line.scheme,
            "year": line.year,
            **counts,
            "first": facts.first.isoformat(),
            "last": facts.last.isoformat(),
            "source": source,
        },
        "geometry": {
            "type": "MultiPolygon",
            "coordinates": [
                [_turned(ring, outer=not at) for at, ring in enumerate(part)]
                for part in shape.degrees
            ],
        },
    }


def _count(facts: CouncilFacts, table: CountTable, area: str) -> int | None:
    """Return the count of an area; of one that is in no count, nought where that is certain."""
    if area in table.columns:
        return table.column_totals[area]
    return 0 if facts.as_before is None else None


def _turned(ring: tuple[tuple[float, float], ...], *, outer: bool) -> Ring:
    """Return a ring that turns left when it is an outer one, and right when it is a hole."""
    x0, y0 = ring[0]
    moved = [(x - x0, y - y0) for x, y in ring]
    left = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(moved)) > 0
    points = ring if left == outer else ring[::-1]
    return [[round(x, _DECIMALS), round(y, _DECIMALS)] for x, y in points]
