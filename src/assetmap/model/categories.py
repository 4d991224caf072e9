"""The team's own categories on top of the shipped tree."""

from __future__ import annotations

from collections.abc import Iterable

from assetmap.categories import Category, Distance, Domain, Tree, Where, shipped
from assetmap.errors import UnusableInput
from assetmap.model.notes import CategoryRow

__all__ = ["extended"]


def _category(row: CategoryRow) -> Category:
    try:
        return Category(
            id=row.category,
            parent=row.parent,
            name_nl=row.name_nl or row.category,
            name_en=row.name_en or row.name_nl or row.category,
            answers=dict(row.answers or ()),
            reserved=row.reserved,
            safety=row.safety,
            distance=Distance(row.distance) if row.distance else None,
            at=Where(row.at) if row.at else None,
            group_first=row.group_first,
            domain=Domain(row.domain) if row.domain else None,
            parties=row.parties or (),
        )
    except ValueError as error:
        raise UnusableInput(f"{row.category}: {error}") from None


def extended(rows: Iterable[CategoryRow]) -> Tree:
    """Return the shipped tree with the team's own categories added.

    Raises
    ------
    UnusableInput
        A parent that is not there, a cycle, a double id or an unknown word.
    """
    own = [_category(row) for row in rows]
    return shipped().extend(own) if own else shipped()
