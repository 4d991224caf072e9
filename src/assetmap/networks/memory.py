"""What was worked out on a network is kept as long as the network is."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

from assetmap.networks.network import Network

__all__ = ["remembered"]

T = TypeVar("T")


def remembered(kernel: Callable[[Network], T]) -> Callable[[Network], T]:
    """Work a kernel out once per network.

    A network never changes, so what is found on it stays true; it is forgotten with the network.
    """
    known: WeakKeyDictionary[Network, T] = WeakKeyDictionary()

    @wraps(kernel)
    def once(network: Network) -> T:
        if network not in known:
            known[network] = kernel(network)
        return known[network]

    return once
