"""In which area something is, and which areas lie in which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from assetmap.model import Activity, Initiative, Neighbourhood, Record
from assetmap.overview.common import party

__all__ = ["area_of", "areas_by_name", "within"]


def area_of(hood: Neighbourhood, row: Record) -> str | None:
    """Return the area of a row: its own, else that of its place, initiative or owner."""
    own: str | None = getattr(row, "area", None)
    if own is not None:
        return own
    if isinstance(row, Activity | Initiative) and row.place is not None:
        for place in hood.matches(row.place, "places"):
            if (found := area_of(hood, place)) is not None:
                return found
    if isinstance(row, Activity) and row.initiative is not None:
        initiative = hood.index["initiatives"].get(row.initiative)
        return None if initiative is None else area_of(hood, initiative)
    owner = party(hood, getattr(row, "owner", None))
    return None if owner is None else area_of(hood, owner)


def areas_by_name(hood: Neighbourhood) -> Mapping[str, str | None]:
    """Return every area that is listed or named, sorted, with what it is called."""
    found: dict[str, str | None] = {area.area: area.name for area in hood.areas}
    for table in (hood.people, hood.places, hood.initiatives, hood.activities):
        for row in table:
            if row.area is not None:
                found.setdefault(row.area, None)
    return dict(sorted(found.items()))


def within(hood: Neighbourhood) -> Mapping[str, frozenset[str]]:
    """Return for every area itself and all that lies in it."""
    inside = defaultdict[str, set[str]](set)
    for area in hood.areas:
        if area.parent is not None:
            inside[area.parent].add(area.area)
    found = {}
    for name in areas_by_name(hood):
        all_in, todo = {name}, [name]
        while todo:
            more = inside[todo.pop()] - all_in
            all_in |= more
            todo += more
        found[name] = frozenset(all_in)
    return found
