"""Made-up neighbourhoods of any size, to try things on: everybody in them is invented.

Nobody was the model for anybody here. Names, ties, questions and places are drawn from lists and
proportions; the points of the map lie in a lake. The same arguments give the same neighbourhood,
to the byte.
"""

from __future__ import annotations

from assetmap.synthetic.making import neighbourhood
from assetmap.synthetic.recipe import Recipe
from assetmap.synthetic.words import HOSTILE

__all__ = ["HOSTILE", "Recipe", "neighbourhood"]
