"""Networks as arrays: nodes are positions, ties are entries of a sparse matrix.

No name and no id of a person enters here. Every measure of :mod:`assetmap.sociometry` is worked
out by a function of this package; other projects may use them on networks of their own.
"""

from __future__ import annotations

from assetmap.networks.network import Network

__all__ = ["Network"]
