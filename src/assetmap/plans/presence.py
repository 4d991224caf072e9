"""Who is where on a date, in whatever part: nobody meets somebody they are kept apart from."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assetmap.plans.ledger import Ledger
    from assetmap.plans.scene import Scene

__all__ = ["Presence"]

Date = tuple[str, dt.datetime]
"""An activity on a date."""


class Presence:
    """Remembers what could bring somebody to a date, then keeps the protected apart there.

    A seat and a drive of one person bring the same person. Each of them takes a token that a
    switch supplies: this person is there. Of two who are kept apart one switch alone can be on.

    Parameters
    ----------
    scene : Scene
        The run.
    ledger : Ledger
        Where the numbers go.
    """

    def __init__(self, scene: Scene, ledger: Ledger) -> None:
        self._scene, self._ledger = scene, ledger
        self._protected = _protected(scene)
        self._tokens: dict[Date, dict[str, set[Hashable]]] = defaultdict(lambda: defaultdict(set))

    def uses(self, person: str, date: Date, of: Hashable) -> dict[Hashable, int]:
        """Return what it takes to be there.

        Parameters
        ----------
        person : str
            Who.
        date : tuple of (str, datetime)
            An activity on a date.
        of : hashable
            What brings them: of all that has one name at most one is ever chosen.
        """
        day = date[1].date()
        others = self._protected - {person}
        if person not in self._protected:
            return {}
        if not any(self._scene.kept_apart(person, other, day) for other in others):
            return {}
        token = ("present", person, *date, of)
        self._ledger.resource(token, 0)
        self._tokens[date][person].add(token)
        return {token: 1}

    def write(self, nothing: list[int]) -> None:
        """Add a switch for everybody on every date.

        Parameters
        ----------
        nothing : list of int
            The score of a switch: none on any level.
        """
        for date, people in sorted(self._tokens.items(), key=lambda found: str(found[0])):
            day = date[1].date()
            for person, tokens in sorted(people.items()):
                uses: dict[Hashable, int] = dict.fromkeys(sorted(tokens, key=str), -1)
                for other in sorted(people.keys() - {person}):
                    if self._scene.kept_apart(person, other, day):
                        pair = ("apart", tuple(sorted((person, other))), *date)
                        self._ledger.resource(pair, 1)
                        uses[pair] = 1
                self._ledger.switch(nothing, uses)


def _protected(scene: Scene) -> frozenset[str]:
    """Return everybody who is kept apart from somebody."""
    rows = [row for rows in scene.safeguards.values() for row in rows]
    named = {row.person for row in rows} | {row.at for row in rows}
    return frozenset(person for person in named if person in scene.people)
