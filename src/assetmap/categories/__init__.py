"""What people offer and ask: the category tree, and what answers what.

The shipped tree holds everyday help, meeting, learning, the means that initiatives look for,
what is reserved for professionals, and safety themes. A team adds its own rows with
:meth:`Tree.extend`; the library's code does not change.
"""

from __future__ import annotations

from assetmap.categories.degrees import answers_from_text, answers_text
from assetmap.categories.record import Category, Distance, Domain, Where
from assetmap.categories.stock import shipped
from assetmap.categories.tree import Tree

__all__ = [
    "Category",
    "Distance",
    "Domain",
    "Tree",
    "Where",
    "answers_from_text",
    "answers_text",
    "shipped",
]
